// SPDX-License-Identifier: GPL-3.0-or-later
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
#include <QSet>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QWheelEvent>

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
