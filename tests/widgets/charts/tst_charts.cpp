// SPDX-License-Identifier: GPL-3.0-or-later
#include <widgets/charts/chartparts.h>
#include <widgets/charts/charttheme.h>
#include <widgets/charts/qcp.h>
#include <widgets/charts/stackedbarschart.h>
#include <widgets/charts/unitticker.h>
#include <widgets/support/theme.h>

#include <QApplication>
#include <QClipboard>
#include <QFile>
#include <QLabel>
#include <QMimeData>
#include <QPrinter>
#include <QSet>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QWheelEvent>
#include <QXmlStreamReader>

using namespace llmd;

namespace {

StackedBars sample()
{
    return { .unit = QStringLiteral("GiB"),
             .segments = { QStringLiteral("Weights"), QStringLiteral("KV cache"),
                           QStringLiteral("(free)") },
             .bars = { { QStringLiteral("per GPU"), { 40, 20, 20 } } },
             .limits = { { 72, QStringLiteral("budget") } } };
}

void wheel(QWidget& widget, const QPoint& position, int delta, Qt::KeyboardModifiers modifiers)
{
    QWheelEvent event(position, widget.mapToGlobal(position), {}, { 0, delta }, Qt::NoButton,
                      modifiers, Qt::NoScrollPhase, false);
    QApplication::sendEvent(&widget, &event);
}

/** A chart on screen with its ranges settled. */
struct Shown
{
    Shown()
    {
        chart.resize(640, 360);
        chart.setBars(sample());
        chart.show();
        QTest::qWait(50);
    }
    StackedBarsChart chart { QStringLiteral("Memory") };
};

/** Two plain series with a legend, to look at what the base does. */
class PlainChart final : public ChartView
{
public:
    PlainChart()
        : ChartView(QStringLiteral("Plain"))
    {
        for (const char* name : { "first series", "second series" }) {
            QCPGraph* graph = plot().addGraph();
            graph->setName(QString::fromLatin1(name));
            graph->addData({ 1, 2, 3 }, { 1, 2, 3 });
        }
        placeLegend(LegendPlace::Beside);
        applyCurrentTheme();
        resetView();
    }

protected:
    void applyTheme(const ChartTheme& /*theme*/) override { }
    void fitRanges() override { plot().rescaleAxes(); }
};

QString textOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

} // namespace

class TestCharts : public QObject
{
    Q_OBJECT

private slots:
    void init() { applyColorScheme(ColorScheme::Light); }

    void coloursStandOut_data()
    {
        QTest::addColumn<QPalette>("palette");
        QTest::newRow("light") << lightPalette();
        QTest::newRow("dark") << darkPalette();
    }
    void coloursStandOut()
    {
        QFETCH(QPalette, palette);
        const ChartTheme theme = chartTheme(palette, QApplication::font());
        QVERIFY(contrastRatio(theme.text, theme.background) >= 7);
        for (const QColor& color : theme.series)
            QVERIFY2(contrastRatio(color, theme.background) >= 3, qPrintable(color.name()));
        for (const QColor& color : { theme.axis, theme.accent, theme.target })
            QVERIFY2(contrastRatio(color, theme.background) >= 3, qPrintable(color.name()));
        QSet<QRgb> different;
        for (const QColor& color : theme.series)
            different.insert(color.rgb());
        QCOMPARE(different.size(), static_cast<qsizetype>(theme.series.size()));
    }

    void seriesDifferByShapeToo()
    {
        QSet<int> shapes;
        for (std::size_t i = 0; i < 7; ++i)
            shapes.insert(markerShape(i));
        QCOMPARE(shapes.size(), 7);
    }

    void followsTheTheme()
    {
        Shown shown;
        QCOMPARE(shown.chart.renderImage(1, false).toImage().pixelColor(2, 2).name(),
                 lightPalette().color(QPalette::Base).name());
        applyColorScheme(ColorScheme::Dark);
        QTest::qWait(50);
        QCOMPARE(shown.chart.renderImage(1, false).toImage().pixelColor(2, 2).name(),
                 darkPalette().color(QPalette::Base).name());
        // Exports are for paper and for slides.
        QCOMPARE(shown.chart.renderImage(1, true).toImage().pixelColor(2, 2).name(),
                 lightPalette().color(QPalette::Base).name());
        QCOMPARE(shown.chart.theme().dark, true);
    }

    void wheelZoomsOneAxisAtATime()
    {
        Shown shown;
        QCustomPlot& plot = shown.chart.plot();
        const QCPRange x = plot.xAxis->range();
        const QCPRange y = plot.yAxis->range();
        const QPoint center = plot.axisRect()->center();
        wheel(plot, center, 120, Qt::NoModifier);
        QVERIFY(plot.xAxis->range().size() < x.size());
        QCOMPARE(plot.yAxis->range().size(), y.size());
        const QCPRange zoomed = plot.xAxis->range();
        wheel(plot, center, 120, Qt::ControlModifier);
        QCOMPARE(plot.xAxis->range().size(), zoomed.size());
        QVERIFY(plot.yAxis->range().size() < y.size());
        QTest::keyClick(&plot, Qt::Key_Home);
        QCOMPARE(plot.xAxis->range().size(), x.size());
        QCOMPARE(plot.yAxis->range().size(), y.size());
    }

    void dragPansAndDoubleClickResets()
    {
        Shown shown;
        QCustomPlot& plot = shown.chart.plot();
        const QCPRange before = plot.xAxis->range();
        const QPoint center = plot.axisRect()->center();
        QTest::mousePress(&plot, Qt::LeftButton, {}, center);
        QTest::mouseMove(&plot, center + QPoint(40, 0));
        QTest::mouseMove(&plot, center + QPoint(80, 0));
        QTest::mouseRelease(&plot, Qt::LeftButton, {}, center + QPoint(80, 0));
        QVERIFY(plot.xAxis->range().lower < before.lower);
        QTest::mouseDClick(&plot, Qt::LeftButton, {}, center);
        QCOMPARE(plot.xAxis->range().lower, before.lower);
    }

    void shiftDragZoomsToARectangle()
    {
        Shown shown;
        QCustomPlot& plot = shown.chart.plot();
        const QRect area = plot.axisRect()->rect();
        const double left = plot.xAxis->pixelToCoord(area.left() + 50);
        const double right = plot.xAxis->pixelToCoord(area.left() + 200);
        QTest::mousePress(&plot, Qt::LeftButton, Qt::ShiftModifier,
                          area.topLeft() + QPoint(50, 10));
        QTest::mouseMove(&plot, area.topLeft() + QPoint(120, 60));
        QTest::mouseRelease(&plot, Qt::LeftButton, Qt::ShiftModifier,
                            area.topLeft() + QPoint(200, 90));
        QVERIFY(std::abs(plot.xAxis->range().lower - left) < 0.5);
        QVERIFY(std::abs(plot.xAxis->range().upper - right) < 0.5);
    }

    void keysPanAndZoom()
    {
        Shown shown;
        QCustomPlot& plot = shown.chart.plot();
        const QCPRange before = plot.xAxis->range();
        QTest::keyClick(&plot, Qt::Key_Right);
        QVERIFY(plot.xAxis->range().lower > before.lower);
        QTest::keyClick(&plot, Qt::Key_Plus);
        QVERIFY(plot.xAxis->range().size() < before.size());
        QTest::keyClick(&plot, Qt::Key_Minus);
        QVERIFY(std::abs(plot.xAxis->range().size() - before.size()) < 1e-9);
    }

    void readoutNamesThePartWithItsUnit()
    {
        Shown shown;
        QCustomPlot& plot = shown.chart.plot();
        auto* readout = plot.findChild<QLabel*>(QStringLiteral("chartReadout"));
        QVERIFY(readout && readout->isHidden());
        const QPoint inWeights(static_cast<int>(plot.xAxis->coordToPixel(10)),
                               static_cast<int>(plot.yAxis->coordToPixel(1)));
        QTest::mouseMove(&plot, inWeights);
        QVERIFY(!readout->isHidden());
        QVERIFY(readout->text().contains(QStringLiteral("Weights")));
        QVERIFY(readout->text().contains(QStringLiteral("40.0 GiB")));
        QVERIFY(readout->geometry().right() <= plot.width());
    }

    void hintComesWithThePointer()
    {
        Shown shown;
        QSignalSpy hints(&shown.chart, &ChartView::hintChanged);
        QEvent leave(QEvent::Leave);
        QEnterEvent enter({}, {}, {});
        QApplication::sendEvent(&shown.chart.plot(), &enter);
        QApplication::sendEvent(&shown.chart.plot(), &leave);
        QCOMPARE(hints.size(), 2);
        QVERIFY(hints.first().first().toString().contains(QStringLiteral("Shift")));
        QVERIFY(hints.last().first().toString().isEmpty());
    }

    void savesEveryFormat()
    {
        Shown shown;
        applyColorScheme(ColorScheme::Dark);
        QTest::qWait(50);
        QTemporaryDir folder;
        QString error;
        const QString png = folder.filePath(QStringLiteral("chart.png"));
        QVERIFY2(shown.chart.saveImage(png, error), qPrintable(error));
        const QImage image(png);
        QCOMPARE(image.width(), shown.chart.plot().width() * 2);
        QVERIFY(image.pixelColor(2, 2).lightness() > 240);
        const struct
        {
            const char* name;
            const char* magic;
        } files[] = { { "chart.svg", "<svg" }, { "chart.pdf", "%PDF" } };
        for (const auto& [name, magic] : files) {
            const QString path = folder.filePath(QString::fromLatin1(name));
            QVERIFY2(shown.chart.saveImage(path, error), name);
            QFile file(path);
            QVERIFY(file.open(QIODevice::ReadOnly));
            QVERIFY2(file.readAll().left(400).contains(magic), name);
        }
        QVERIFY(!shown.chart.saveImage(QStringLiteral("/no/such/folder/chart.png"), error));
        QVERIFY(!error.isEmpty());
        // After an export the chart has the window's theme again.
        QVERIFY(shown.chart.theme().dark);
    }

    void aZoomedViewOffersTheWayBack()
    {
        Shown shown;
        QCustomPlot& plot = shown.chart.plot();
        auto* showAll = shown.chart.findChild<QToolButton*>(QStringLiteral("chartReset"));
        QVERIFY(showAll->isHidden());
        const QCPRange before = plot.xAxis->range();
        wheel(plot, plot.axisRect()->center(), 120, Qt::NoModifier);
        QVERIFY(shown.chart.isZoomed());
        QVERIFY(showAll->isVisible());
        // New data leaves a view alone that somebody is looking at.
        const QCPRange zoomed = plot.xAxis->range();
        shown.chart.setBars(sample());
        QCOMPARE(plot.xAxis->range(), zoomed);
        showAll->click();
        QVERIFY(!shown.chart.isZoomed());
        QVERIFY(showAll->isHidden());
        QCOMPARE(plot.xAxis->range(), before);
        QTest::keyClick(&plot, Qt::Key_Right);
        QVERIFY(shown.chart.isZoomed());
        // Merely clicking is no zoom.
        shown.chart.resetView();
        QTest::mouseClick(&plot, Qt::LeftButton, {}, plot.axisRect()->center());
        QVERIFY(!shown.chart.isZoomed());
    }

    void gesturesAreListed()
    {
        Shown shown;
        auto* help = shown.chart.findChild<QLabel*>(QStringLiteral("chartHelp"));
        QVERIFY(help && help->isHidden());
        shown.chart.findChild<QToolButton*>(QStringLiteral("chartHelpButton"))->click();
        QVERIFY(help->isVisible());
        QVERIFY(help->text().contains(QStringLiteral("Shift+drag")));
        QVERIFY(help->accessibleName().contains(QStringLiteral("zoom to a rectangle")));
        QTest::keyClick(&shown.chart.plot(), Qt::Key_Escape);
        QVERIFY(help->isHidden());
        QTest::keyClick(&shown.chart.plot(), Qt::Key_Question);
        QVERIFY(shown.chart.isHelpShown());
        QTest::mouseClick(&shown.chart.plot(), Qt::LeftButton, {}, QPoint(3, 3));
        QVERIFY(!shown.chart.isHelpShown());
    }

    void legendStandsWhereItLeavesRoom()
    {
        PlainChart chart;
        chart.resize(1000, 400);
        chart.show();
        QTest::qWait(50);
        QCustomPlot& plot = chart.plot();
        QVERIFY(plot.legend->rect().left() >= plot.axisRect()->outerRect().right());
        chart.resize(360, 400);
        QTest::qWait(50);
        QEXPECT_FAIL("", "a legend does not move below a plot that becomes narrow", Abort);
        QVERIFY(plot.legend->rect().top() >= plot.axisRect()->outerRect().bottom());
        chart.resize(1000, 400);
        QTest::qWait(50);
        QVERIFY(plot.legend->rect().left() >= plot.axisRect()->outerRect().right());
        QVERIFY(plot.axisRect()->width() > 600);
    }

    void labelsDoNotCoverEachOther()
    {
        PlainChart chart;
        PointLabels labels(chart.plot());
        labels.applyTheme(chart.theme());
        std::vector<PointLabels::Label> crowd;
        for (int i = 0; i < 12; ++i)
            crowd.push_back({ 2, 2, QStringLiteral("TP%1").arg(i) });
        crowd.push_back({ 99, 2, QStringLiteral("elsewhere") });
        labels.setLabels(crowd);
        chart.resize(700, 400);
        chart.show();
        QTest::qWait(50);
        const QStringList texts = labels.shownTexts();
        // One on each side of the point, the most important ones; what is out of view has none.
        QCOMPARE(texts,
                 QStringList({ QStringLiteral("TP0"), QStringLiteral("TP1"), QStringLiteral("TP2"),
                               QStringLiteral("TP3") }));
    }

    void anEmptyChartSaysWhy()
    {
        Shown shown;
        auto* message = shown.chart.findChild<QLabel*>(QStringLiteral("chartMessage"));
        QVERIFY(message->isHidden());
        shown.chart.setMessage(QStringLiteral("Nothing yet."));
        QVERIFY(message->isVisible());
        shown.chart.setMessage({});
        QVERIFY(message->isHidden());
    }

    void aClickedBarIsNamed()
    {
        Shown shown;
        QSignalSpy clicks(&shown.chart, &StackedBarsChart::barClicked);
        QCustomPlot& plot = shown.chart.plot();
        QTest::mouseClick(&plot, Qt::LeftButton, {},
                          QPoint(static_cast<int>(plot.xAxis->coordToPixel(10)),
                                 static_cast<int>(plot.yAxis->coordToPixel(1))));
        QCOMPARE(clicks.size(), 1);
        QCOMPARE(clicks.first().first().value<std::size_t>(), std::size_t { 0 });
    }

    void drawingsAreLinesAndLettersWithTheTitle()
    {
        Shown shown;
        QTemporaryDir folder;
        QString error;
        const QString path = folder.filePath(QStringLiteral("chart.svg"));
        QVERIFY2(shown.chart.saveImage(path, error), qPrintable(error));
        const QString svg = textOf(path);
        QXmlStreamReader reader(svg);
        QStringList texts;
        while (!reader.atEnd()) {
            if (reader.readNext() == QXmlStreamReader::StartElement
                && reader.name() == QLatin1String("text"))
                texts.append(reader.readElementText(QXmlStreamReader::IncludeChildElements));
        }
        QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
        QVERIFY(!svg.contains(QStringLiteral("<image")));
        for (const char* text : { "Memory", "Weights", "budget", "GiB" })
            QVERIFY2(texts.join(u' ').contains(QString::fromLatin1(text)),
                     qPrintable(texts.join(u'|')));
        // Afterwards the plot is as it was.
        QCOMPARE(shown.chart.plot().plotLayout()->rowCount(), 2);
    }

    void printsOnePage()
    {
        Shown shown;
        applyColorScheme(ColorScheme::Dark);
        QTest::qWait(50);
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("print.pdf"));
        QPrinter printer(QPrinter::HighResolution);
        printer.setOutputFormat(QPrinter::PdfFormat);
        printer.setOutputFileName(path);
        QVERIFY(shown.chart.print(printer));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray pdf = file.readAll();
        QVERIFY(pdf.startsWith("%PDF"));
        QCOMPARE(pdf.count("/Type /Page\n"), 1);
        QVERIFY(shown.chart.theme().dark);
    }

    void dataIsTheTable()
    {
        Shown shown;
        shown.chart.copyData();
        QCOMPARE(QApplication::clipboard()->mimeData()->text(),
                 QStringLiteral("Bar\tPart\tValue [GiB]\nper GPU\tWeights\t40\nper GPU\tKV "
                                "cache\t20\nper GPU\t(free)\t20\n"));
        QVERIFY(!shown.chart.isTableShown());
        shown.chart.setTableShown(true);
        QVERIFY(shown.chart.isTableShown());
    }

    void logarithmicTicksAreReadable()
    {
        QCustomPlot plot;
        plot.resize(600, 300);
        setAxisLogarithmic(*plot.xAxis, true);
        plot.xAxis->setRange(900, 60000);
        plot.toPixmap(600, 300);
        const auto ticks = plot.xAxis->ticker();
        QVector<double> values;
        QVector<QString> labels;
        ticks->generate(plot.xAxis->range(), QLocale::c(), u'g', 6, values, nullptr, &labels);
        QVERIFY(values.size() >= 4);
        for (const QString& label : labels)
            QVERIFY2(!label.contains(u'e'), qPrintable(label));
    }
};

QTEST_MAIN(TestCharts)
#include "tst_charts.moc"
