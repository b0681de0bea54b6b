// SPDX-License-Identifier: GPL-3.0-or-later
#include <tests/testsupport/accessibility.h>
#include <tests/testsupport/metricsexporter.h>
#include <tests/testsupport/screenshot.h>
#include <tests/testsupport/widgetfixture.h>
#include <widgets/charts/qcp.h>
#include <widgets/monitor/monitorchart.h>
#include <widgets/monitor/monitorpage.h>
#include <widgets/support/statusbanner.h>
#include <widgets/support/theme.h>

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableView>
#include <QTemporaryDir>
#include <QTextBrowser>
#include <QThread>

#include <algorithm>
#include <cmath>

using namespace llmd;
using namespace llmd::testing;
using namespace Qt::StringLiterals;

namespace {

Project smallNeed()
{
    Project project = Workbench::sample();
    project.requirements = {};
    project.requirements.title = "Help desk";
    project.requirements.rate = RequestsPerSecond(8);
    project.requirements.peakFactor = 1;
    project.requirements.promptTokens = 512;
    project.requirements.outputTokens = 256;
    project.requirements.topology = "aggregated";
    project.requirements.models = { "Qwen/Qwen3-8B" };
    project.requirements.gpusIncluded = { "h100_sxm" };
    return project;
}

/** The page on a document whose search is done. */
struct Watcher
{
    Workbench bench;
    MonitorPage page { bench.document, bench.settings };

    Watcher()
    {
        page.resize(1280, 800);
        page.show();
        bench.document.reset(smallNeed());
    }
    ~Watcher()
    {
        page.stop();
        bench.jobs.cancelAll();
    }
    template <class Widget> [[nodiscard]] Widget* find(const QString& name) const
    {
        return page.findChild<Widget*>(name);
    }
    void read(const std::string& url, bool direct = true)
    {
        find<QComboBox>(u"monitorKind"_s)->setCurrentIndex(direct ? 1 : 0);
        find<QLineEdit>(u"monitorAddress"_s)->setText(QString::fromStdString(url));
        find<QSpinBox>(u"monitorInterval"_s)->setValue(1);
        find<QPushButton>(u"monitorToggle"_s)->click();
    }
    [[nodiscard]] QString state() const { return find<StatusBanner>(u"monitorState"_s)->text(); }
};

ComparedFigure figureOf(double observed, double predicted)
{
    ComparedFigure figure;
    figure.id = "itl_mean";
    figure.name = "ITL mean";
    figure.unit = "s";
    figure.observed = ObservedFigure { observed, observed * 0.98, observed * 1.02 };
    figure.predicted = PredictedFigure { predicted, predicted * 0.9, predicted * 1.1, true };
    return figure;
}

} // namespace

class TestMonitorPage : public QObject
{
    Q_OBJECT

private slots:
    void emptyStateSaysWhatToDo()
    {
        Watcher watcher;
        QVERIFY(watcher.find<QLabel>(u"monitorEmpty"_s)->text().contains(u"Requirements"_s));
        QVERIFY(watcher.bench.waitForSearch(60'000));
        QTRY_VERIFY(watcher.find<QLabel>(u"monitorEmpty"_s)->text().contains(u"Start"_s));
        QVERIFY(!watcher.find<QPushButton>(u"monitorSuggest"_s)->isEnabled());
        QVERIFY(!watcher.find<QPushButton>(u"monitorAccept"_s)->isEnabled());
        saveScreenshot(watcher.page, u"monitor-empty"_s);
    }

    void inputsHaveNames()
    {
        Watcher watcher;
        const QStringList nameless = namelessInputs(watcher.page);
        QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(u", "_s)));
    }

    void badAddress()
    {
        Watcher watcher;
        QVERIFY(watcher.bench.waitForSearch(60'000));
        watcher.read("nowhere", false);
        QVERIFY(!watcher.page.isWatching());
        QVERIFY(watcher.find<StatusBanner>(u"monitorBanner"_s)->isVisible());
    }

    /** From a server through deviation, drift and suggestion to acceptance; the GUI thread never waits. */
    void watchesAServer()
    {
        MetricsExporter exporter({ .rate = 40, .itl = 0.030 });
        exporter.advance(20);
        const auto server = serveMetrics(exporter);
        Watcher watcher;
        QTemporaryDir folder;
        const QString store = folder.filePath(u"store.db"_s);
        watcher.page.setStorePath(store);
        QVERIFY(watcher.bench.waitForSearch(60'000));
        QElapsedTimer time;
        time.start();
        watcher.read(server->url());
        QVERIFY(time.elapsed() < 200);
        QVERIFY(watcher.page.isWatching());
        QVERIFY(!watcher.find<QLineEdit>(u"monitorAddress"_s)->isEnabled());
        QTRY_VERIFY_WITH_TIMEOUT(watcher.page.update()
                                     && watcher.page.update()->state == MonitorState::Watching,
                                 20'000);
        auto* figures = watcher.find<QTableView>(u"monitorFigures"_s);
        QVERIFY(figures->model()->rowCount() > 10);
        // Five times the planned rate, and slow steps: both are noticed, and something is suggested.
        auto* suggest = watcher.find<QPushButton>(u"monitorSuggest"_s);
        QTRY_VERIFY_WITH_TIMEOUT(watcher.page.update()->drifted(), 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(suggest->isEnabled(), 5000);
        QSignalSpy suggested(&watcher.page, &MonitorPage::suggested);
        suggest->click();
        QVERIFY(suggested.wait(120'000));
        auto* findings = watcher.find<QTextBrowser>(u"monitorFindings"_s);
        QVERIFY(findings->toPlainText().contains(u"Suggested change"_s));
        QVERIFY(findings->toPlainText().contains(u"level"_s));
        auto* accept = watcher.find<QPushButton>(u"monitorAccept"_s);
        QTRY_VERIFY_WITH_TIMEOUT(accept->isEnabled(), 10'000);
        QSignalSpy accepted(&watcher.page, &MonitorPage::accepted);
        accept->click();
        QVERIFY2(accepted.wait(10'000),
                 qPrintable(watcher.find<StatusBanner>(u"monitorBanner"_s)->text()));
        QVERIFY(QFileInfo(store).size() > 0);
        saveScreenshot(watcher.page, u"monitor-watching"_s);
        applyColorScheme(ColorScheme::Dark);
        QTest::qWait(50);
        saveScreenshot(watcher.page, u"monitor-watching-dark"_s);
        applyColorScheme(ColorScheme::System);
        watcher.find<QPushButton>(u"monitorToggle"_s)->click();
        QVERIFY(!watcher.page.isWatching());
        QVERIFY(figures->model()->rowCount() > 10); // stays in view
    }

    void unreachableIsAState()
    {
        Watcher watcher;
        QVERIFY(watcher.bench.waitForSearch(60'000));
        auto server = std::make_unique<StubServer>([](const StubRequest&) {
            return StubServer::ok(
                R"({"status":"success","data":{"resultType":"matrix","result":[]}})");
        });
        watcher.read(server->url(), false);
        QTRY_VERIFY_WITH_TIMEOUT(watcher.state().contains(u"label selector"_s), 10'000);
        server.reset();
        QTRY_VERIFY_WITH_TIMEOUT(watcher.state().contains(u"Unreachable since"_s), 10'000);
        QVERIFY(watcher.page.isWatching()); // and tries again
        saveScreenshot(watcher.page, u"monitor-unreachable"_s);
    }

    void stopDoesNotWait()
    {
        const StubServer slow([](const StubRequest&) {
            QThread::msleep(1500);
            return std::string();
        });
        Watcher watcher;
        QVERIFY(watcher.bench.waitForSearch(60'000));
        watcher.read(slow.url(), false);
        QTest::qWait(100);
        QElapsedTimer time;
        time.start();
        watcher.page.stop();
        QVERIFY(time.elapsed() < 100);
        QVERIFY(watcher.state().contains(u"Stopped"_s));
    }

    void connectionIsRemembered()
    {
        QTemporaryDir folder;
        {
            Settings settings(folder.filePath(u"s.ini"_s));
            settings.setMonitorConnection(
                { true, u"http://a:1"_s, u"pod=\"x\""_s, u"TOKEN"_s, 30 });
        }
        Settings settings(folder.filePath(u"s.ini"_s));
        const MonitorConnection stored = settings.monitorConnection();
        QVERIFY(stored.direct);
        QCOMPARE(stored.address, u"http://a:1"_s);
        QCOMPARE(stored.tokenVariable, u"TOKEN"_s);
        QCOMPARE(stored.interval, 30);
    }

    void models()
    {
        FiguresModel figures;
        DriftModel drift;
        SamplesModel samples;
        for (QAbstractItemModel* model :
             std::initializer_list<QAbstractItemModel*> { &figures, &drift, &samples })
            new QAbstractItemModelTester(
                model, QAbstractItemModelTester::FailureReportingMode::QtTest, model);
        figures.setRows({ figureOf(0.02, 0.01) });
        QCOMPARE(figures.data(figures.index(0, figures.columnOf(u"observed"_s))).toString(),
                 u"20.0\u00a0ms"_s);
        DriftSignal signal;
        signal.observed = 12;
        signal.expected = 10;
        signal.direction = 1;
        signal.windows = 20;
        signal.since = 1.7e9;
        drift.setRows({ signal });
        QVERIFY(drift.data(drift.index(0, drift.columnOf(u"drift"_s)))
                    .toString()
                    .contains(u"more since"_s));
    }

    /** Memory stays bounded, and an infinite bound harms nothing. */
    void chartIsBounded()
    {
        MonitorChart chart;
        for (int i = 0; i < 50; ++i) {
            auto figure = figureOf(0.01 + 0.001 * std::sin(i), 0.01);
            figure.observed->high = INFINITY;
            chart.addSample({ 1.7e9 + 15 * i, { figure } });
        }
        chart.setFigure(u"itl_mean"_s);
        QVERIFY(chart.plot().yAxis->range().upper < 100);
        QVERIFY(chart.plot().xAxis->range().size() > 600);
        for (std::size_t i = 0; i < MonitorChart::mostSamples / 100; ++i)
            chart.addSample({ 1.7e9 + 1000 + double(i), {} });
        QVERIFY(chart.sampleCount() <= MonitorChart::mostSamples);
        chart.clear();
        QCOMPARE(chart.sampleCount(), std::size_t(0));
        QVERIFY(!chart.message().isEmpty());
    }
};

QTEST_MAIN(TestMonitorPage)
#include "tst_monitorpage.moc"
