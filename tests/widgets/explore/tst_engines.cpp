// SPDX-License-Identifier: GPL-3.0-or-later
#include <tests/testsupport/accessibility.h>
#include <tests/testsupport/screenshot.h>
#include <tests/testsupport/widgetfixture.h>
#include <widgets/charts/qcp.h>
#include <widgets/charts/stackedbarschart.h>
#include <widgets/explore/detailspanel.h>
#include <widgets/explore/engineschart.h>
#include <widgets/explore/enginesmodel.h>
#include <widgets/explore/enginespanel.h>
#include <widgets/explore/enginetext.h>
#include <widgets/explore/explorepage.h>
#include <widgets/explore/timemodel.h>
#include <widgets/explore/timepanel.h>
#include <widgets/support/statusbanner.h>
#include <widgets/support/theme.h>
#include <widgets/tables/copytableview.h>
#include <widgets/tables/filterproxy.h>

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QLabel>
#include <QSignalSpy>
#include <QTextBrowser>
#include <QToolButton>

using namespace llmd;
using namespace Qt::StringLiterals;

namespace {

/** A program that answers every request alike, after `seconds`. */
EngineDeclaration program(const std::string& id, double seconds, const std::string& answer)
{
    EngineDeclaration declaration;
    declaration.id = id;
    declaration.name = "Program " + id;
    declaration.description = "Answers every request alike";
    declaration.command = { "/bin/sh", "-c",
                            "cat > /dev/null; sleep " + std::to_string(seconds) + "; echo '"
                                + answer + "'" };
    declaration.percentiles = true;
    declaration.mixtureOfExperts = true;
    return declaration;
}

/** Says 10 ms between tokens whatever it is asked. */
EngineDeclaration honest()
{
    EngineDeclaration declaration;
    declaration.id = "good";
    declaration.name = "Ten milliseconds";
    declaration.command = { "python3", "-c", R"(
import json, sys
load = json.load(sys.stdin)["workload"]
tokens = load["output_tokens"]["mean"]
print(json.dumps({"protocol": 1, "ttft": {"mean_ms": 50}, "itl": {"mean_ms": 10},
                  "e2e": {"mean_ms": 50 + 10 * (tokens - 1)},
                  "request_rate_rps": load["load"]["rate_rps"]}))
)" };
    declaration.mixtureOfExperts = true;
    return declaration;
}

EngineDeclaration missing()
{
    EngineDeclaration declaration = program("missing", 0, "");
    declaration.command = { "/no/such/program" };
    return declaration;
}

EngineRow row(const std::string& id, double factor, bool searches = false)
{
    EngineRow row;
    row.info.id = id;
    row.info.name = id;
    row.state = EngineRow::State::Done;
    row.searches = searches;
    for (LatencyEstimate* latency : { &row.estimate.ttft, &row.estimate.itl, &row.estimate.e2e }) {
        latency->mean = latency->p50 = milliseconds(100 * factor);
        latency->p95 = milliseconds(150 * factor);
        for (IntervalFactors* interval : { &latency->meanInterval, &latency->tailInterval }) {
            interval->low = 0.9;
            interval->high = 1.2;
        }
    }
    row.estimate.outputThroughput = TokensPerSecond(1000);
    row.elapsed = milliseconds(3);
    return row;
}

/** An explore page with the result of a real search. */
struct Explored
{
    explicit Explored(std::vector<EngineDeclaration> programs = {})
        : bench(std::move(programs))
    {
        page.resize(1500, 900);
        page.show();
        ready = bench.waitForSearch();
    }
    [[nodiscard]] bool showTab(QWidget* tab)
    {
        details->setCurrentWidget(tab);
        return details->currentWidget() == tab;
    }
    [[nodiscard]] QComboBox* chooser() const
    {
        return page.findChild<QComboBox*>(u"searchEngine"_s);
    }
    void choose(const QString& id) const
    {
        const int index = chooser()->findData(id);
        chooser()->setCurrentIndex(index);
        emit chooser()->activated(index);
    }

    testing::Workbench bench;
    ExplorePage page { bench.document };
    DetailsPanel* details = page.findChild<DetailsPanel*>();
    EnginesPanel* engines = page.findChild<EnginesPanel*>();
    TimePanel* time = page.findChild<TimePanel*>();
    CopyTableView* table = engines->findChild<CopyTableView*>(u"enginesTable"_s);
    QLabel* count = nullptr;
    bool ready = false;
};

const EnginesModel& modelOf(const CopyTableView& table)
{
    return *static_cast<const EnginesModel*>(
        static_cast<const FilterProxy*>(table.model())->sourceModel());
}

const EngineRow& rowOf(const CopyTableView& table, const std::string& id)
{
    const auto& rows = modelOf(table).rows();
    const auto it = std::find_if(rows.begin(), rows.end(),
                                 [&id](const EngineRow& r) { return r.info.id == id; });
    static const EngineRow none;
    return it == rows.end() ? none : *it;
}

} // namespace

class TestEngines : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY(testing::shippedCatalog()); }

    void theEngineIsPartOfThePlan()
    {
        Explored explored;
        QVERIFY(explored.ready);
        Document& document = explored.bench.document;
        QCOMPARE(explored.chooser()->currentData().toString(), u"analytic"_s);
        QCOMPARE(explored.chooser()->count(), static_cast<int>(document.engines()->list().size()));
        QCOMPARE(document.reportEngine(), std::string("analytic"));
        const Seconds before = document.report()->options.front().atPeak.itl.mean;

        explored.choose(u"roofline"_s);
        QCOMPARE(document.project().engine, std::string("roofline"));
        QCOMPARE(document.undoStack()->undoText(), u"Change Engine"_s);
        QVERIFY(document.isSearching());
        QVERIFY(explored.bench.waitForSearch());
        QCOMPARE(document.reportEngine(), std::string("roofline"));
        QCOMPARE(document.report()->options.front().atPeak.provenance.engine,
                 std::string("roofline"));
        QVERIFY(document.report()->options.front().atPeak.itl.mean != before);
        const auto labels = explored.page.findChildren<QLabel*>();
        QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel* label) {
            return label->text().contains(u"predicted by “Roofline”"_s);
        }));

        // It is saved with the plan and comes back with it.
        const QString path = explored.bench.folder.filePath(u"engine.llmdplan"_s);
        QVERIFY(document.saveAs(path));
        document.undoStack()->undo();
        QCOMPARE(explored.chooser()->currentData().toString(), u"analytic"_s);
        QVERIFY(explored.bench.waitForSearch());
        QCOMPARE(document.reportEngine(), std::string("analytic"));
        QVERIFY(document.open(path));
        QCOMPARE(explored.chooser()->currentData().toString(), u"roofline"_s);
        QVERIFY(explored.bench.waitForSearch());
    }

    void everyEngineSaysWhatItCan()
    {
        Explored explored({ missing() });
        const QComboBox& box = *explored.chooser();
        for (int i = 0; i < box.count(); ++i) {
            const QString tip = box.itemData(i, Qt::ToolTipRole).toString();
            QVERIFY2(tip.contains(u"alidated"), qPrintable(tip));
            QVERIFY2(tip.contains(u"mixture of experts"), qPrintable(tip));
        }
        const int index = box.findData(u"process:missing"_s);
        QVERIFY(index >= 0);
        QVERIFY(!(box.model()->index(index, 0).flags() & Qt::ItemIsEnabled));
        QVERIFY(box.itemData(index, Qt::ToolTipRole).toString().contains(u"/no/such/program"));
    }

    void anUnknownEngineIsNamedAndCanBeReplaced()
    {
        Explored explored;
        Document& document = explored.bench.document;
        Project project = testing::Workbench::sample();
        project.engine = "process:elsewhere";
        document.reset(project);
        QVERIFY(QTest::qWaitFor([&] { return !document.isSearching(); }));
        QVERIFY(explored.chooser()->currentText().contains(u"process:elsewhere"));
        auto* banner = explored.page.findChild<StatusBanner*>();
        QCOMPARE(banner->kind(), StatusBanner::Kind::Error);
        QVERIFY(banner->text().contains(u"process:elsewhere"));
        const auto issues = document.issues();
        QVERIFY(std::any_of(issues.begin(), issues.end(),
                            [](const Issue& issue) { return issue.subject == "engine"; }));
        const auto buttons = banner->findChildren<QAbstractButton*>();
        const auto use = std::find_if(buttons.begin(), buttons.end(), [](const auto* button) {
            return button->text().contains(u"Analytic");
        });
        QVERIFY(use != buttons.end());
        (*use)->click();
        QCOMPARE(document.project().engine, std::string("analytic"));
        QVERIFY(explored.bench.waitForSearch());
        QVERIFY(banner->isHidden());
        QVERIFY(!document.report()->options.empty());
    }

    void allEnginesAnswerForTheSelectedOption()
    {
        Explored explored({ honest() });
        QVERIFY(explored.showTab(explored.engines));
        QVERIFY(QTest::qWaitFor([&] {
            return !explored.engines->isRunning() && modelOf(*explored.table).rowCount() > 0;
        }));
        const EnginesModel& model = modelOf(*explored.table);
        QCOMPARE(model.rowCount(),
                 static_cast<int>(explored.bench.document.engines()->list().size()));
        const EngineRow& own = rowOf(*explored.table, "analytic");
        QVERIFY(own.searches && own.done());
        // The engine of the search says what the search said.
        const Option& option = *explored.bench.document.selectedOption();
        QCOMPARE(own.estimate.e2e.mean, option.atPeak.e2e.mean);
        QCOMPARE(own.estimate.outputThroughput, option.atPeak.outputThroughput);
        const EngineRow& good = rowOf(*explored.table, "process:good");
        QVERIFY2(good.done(), qPrintable(good.problem));
        QCOMPARE(good.estimate.itl.mean, milliseconds(10));
        const auto difference = differenceOf(good, EngineFigure::ItlMean);
        QVERIFY(difference);
        QCOMPARE(*difference, 0.01 / own.estimate.itl.mean.value() - 1);
        QCOMPARE(intervalText(good.estimate, good.estimate.e2e.meanInterval), u"not stated"_s);
        QVERIFY(good.elapsed.value() > 0);
        auto* chart = explored.engines->findChild<EnginesChart*>();
        QCOMPARE(chart->engineCount(), static_cast<std::size_t>(model.rowCount()));
    }

    void theMeanLoadIsAnotherQuestion()
    {
        Explored explored;
        QVERIFY(explored.showTab(explored.engines));
        const auto answered = [&] {
            return rowOf(*explored.table, "analytic").done() && !explored.engines->isRunning();
        };
        QVERIFY(QTest::qWaitFor(answered));
        const auto atPeak = rowOf(*explored.table, "analytic").estimate.outputThroughput;
        auto* load = explored.engines->findChild<QWidget*>(u"engineLoad"_s);
        load->findChildren<QAbstractButton*>().at(1)->click();
        QVERIFY(QTest::qWaitFor(answered));
        const Option& option = *explored.bench.document.selectedOption();
        QCOMPARE(rowOf(*explored.table, "analytic").estimate.outputThroughput,
                 option.atMean.outputThroughput);
        QVERIFY(option.atMean.outputThroughput < atPeak);
    }

    void aFailureIsASentenceInItsRow()
    {
        Explored explored({ missing(), program("odd", 0, "no JSON") });
        QVERIFY(explored.showTab(explored.engines));
        QVERIFY(QTest::qWaitFor([&] {
            return !explored.engines->isRunning() && modelOf(*explored.table).rowCount() > 0;
        }));
        for (const char* id : { "process:missing", "process:odd" }) {
            const EngineRow& failed = rowOf(*explored.table, id);
            QCOMPARE(failed.state, EngineRow::State::Failed);
            QVERIFY2(failed.problem.size() > 20, qPrintable(failed.problem));
        }
        QVERIFY(rowOf(*explored.table, "analytic").done());
        const EnginesModel& model = modelOf(*explored.table);
        for (int i = 0; i < model.rowCount(); ++i) {
            const EngineRow& shown = model.record(i);
            if (shown.state != EngineRow::State::Failed)
                continue;
            QCOMPARE(model.index(i, model.stateColumn()).data().toString(), shown.problem);
            QVERIFY(explored.table->columnSpan(i, model.stateColumn()) > 1);
        }
        QVERIFY(explored.page.findChild<StatusBanner*>()->isHidden());
        QTest::qWait(100);
        testing::saveScreenshot(*explored.engines, u"engines-failed"_s);
    }

    void aSlowEngineBlocksNothingAndCanBeStopped()
    {
        Explored explored({ program("slow", 30, "{}") });
        QVERIFY(explored.showTab(explored.engines));
        // The others answer while the slow one is at work.
        QVERIFY(QTest::qWaitFor([&] { return rowOf(*explored.table, "roofline").done(); }));
        QCOMPARE(rowOf(*explored.table, "process:slow").state, EngineRow::State::Running);
        auto* stop = explored.engines->findChild<QToolButton*>(u"stopEngines"_s);
        QVERIFY(stop->isVisible());
        QTest::qWait(100);
        testing::saveScreenshot(*explored.engines, u"engines-running"_s);
        stop->click();
        QVERIFY(QTest::qWaitFor([&] { return !explored.engines->isRunning(); }, 5000));
        QCOMPARE(rowOf(*explored.table, "process:slow").state, EngineRow::State::Stopped);
        QVERIFY(!stop->isVisible());
    }

    void aSlowSearchSaysSoAndCanBeStopped()
    {
        Explored explored({ program("slow", 30, "{}") });
        auto* banner = explored.page.findChild<StatusBanner*>();
        QVERIFY(banner->isHidden());
        explored.choose(u"process:slow"_s);
        QVERIFY(QTest::qWaitFor([&] { return !banner->isHidden(); }, 10000));
        QCOMPARE(banner->kind(), StatusBanner::Kind::Information);
        QVERIFY(banner->text().contains(u"Program slow"));
        const auto buttons = banner->findChildren<QAbstractButton*>();
        const auto stop = std::find_if(buttons.begin(), buttons.end(), [](const auto* button) {
            return button->text() == u"Stop";
        });
        QVERIFY(stop != buttons.end());
        (*stop)->click();
        QVERIFY(explored.bench.waitForSearch(10000));
    }

    void textsLeadToTheAccuracyPage()
    {
        Explored explored;
        QSignalSpy requested(&explored.page, &Page::pageRequested);
        const auto texts = explored.details->findChildren<QTextBrowser*>();
        const auto overview = std::find_if(texts.begin(), texts.end(), [](const auto* text) {
            return text->accessibleName() == u"Details of the selected option";
        });
        QVERIFY(overview != texts.end());
        QVERIFY((*overview)->toHtml().contains(u"page:accuracy"));
        emit(*overview)->anchorClicked(QUrl(u"page:accuracy"_s));
        QCOMPARE(requested.size(), 1);
        QCOMPARE(requested.front().front().toString(), u"accuracy"_s);
    }

    void leavingTheTabStopsTheWork()
    {
        Explored explored({ program("slow", 30, "{}") });
        QVERIFY(explored.showTab(explored.engines));
        JobRunner& jobs = explored.bench.jobs;
        QVERIFY(QTest::qWaitFor([&] { return jobs.isRunning(u"engines/process:slow"_s); }));
        explored.details->setCurrentIndex(0);
        QVERIFY(!jobs.isRunning(u"engines/process:slow"_s));
        // Another option while nobody looks starts nothing either.
        auto* options = explored.page.findChild<CopyTableView*>(u"optionsTable"_s);
        options->setCurrentIndex(options->model()->index(2, 0));
        QTest::qWait(250);
        QVERIFY(jobs.isIdle());
        QVERIFY(explored.showTab(explored.engines));
        QVERIFY(jobs.isRunning(u"engines/process:slow"_s));
    }

    void modelKeepsItsPromises()
    {
        EnginesModel model;
        QAbstractItemModelTester tester(&model,
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        EngineRow waiting;
        waiting.info.id = "third";
        model.setEngines({ row("first", 1, true), row("second", 1.5), waiting });
        const int mean = model.columnOf(u"e2e_mean"_s);
        QCOMPARE(model.index(0, mean).data().toString(), u"100"_s);
        const QString second = model.index(1, mean).data().toString();
        QVERIFY2(second.startsWith(u"150\n+50"), qPrintable(second));
        QVERIFY(model.index(1, mean).data(Qt::AccessibleTextRole).toString().contains(u"+50"));
        QCOMPARE(model.index(1, model.columnOf(u"e2e_mean_difference"_s)).data(RawRole).toDouble(),
                 50.0);
        QCOMPARE(model.index(2, model.stateColumn()).data().toString(),
                 EnginesModel::stateText(waiting));
        model.update("third", [](EngineRow& changed) { changed = row("third", 0.5); });
        QCOMPARE(*differenceOf(model.record(2), EngineFigure::E2eMean), -0.5);
        model.sort(mean, Qt::AscendingOrder);
        QCOMPARE(model.record(0).info.id, std::string("third"));
        model.setEngines({});
        QCOMPARE(model.rowCount(), 0);
    }

    void nearSaturationIsSaidInWords()
    {
        EngineRow near = row("near", 1);
        near.estimate.nearSaturation = true;
        EngineRow over = row("over", 1);
        over.estimate.saturated = true;
        const IntervalFactors interval { 0.9, 1.2 };
        QCOMPARE(intervalText(near.estimate, interval), u"near saturation"_s);
        QCOMPARE(intervalText(over.estimate, interval), u"saturated"_s);
        QVERIFY(intervalText(row("fine", 1).estimate, interval).contains(u"20"));
        QVERIFY(saturationAdvice(near.estimate).contains(u"replica"));
        QVERIFY(saturationAdvice(over.estimate).contains(u"replicas"));
        QVERIFY(saturationAdvice(row("fine", 1).estimate).isEmpty());
        for (const EngineRow* unsure : { &near, &over })
            QCOMPARE(drawnInterval(unsure->estimate, interval).high, 1.0);
        QCOMPARE(drawnInterval(row("fine", 1).estimate, interval).high, 1.2);
        QVERIFY(!drawnInterval(row("fine", 1).estimate, IntervalFactors::none()).stated);
    }

    void chartComparesWithTheEngineOfTheSearch()
    {
        EnginesModel model;
        EnginesChart chart;
        chart.resize(700, 400);
        chart.show();
        chart.setEnginesModel(model);
        QCOMPARE(chart.engineCount(), std::size_t { 0 });
        EngineRow near = row("near", 1.4);
        near.estimate.nearSaturation = true;
        model.setEngines({ row("base", 1, true), row("half", 0.5), near });
        QCOMPARE(chart.engineCount(), std::size_t { 3 });
        QCustomPlot& plot = chart.plot();
        QCOMPARE(plot.graphCount(), 3);
        QCOMPARE(plot.graph(1)->data()->at(0)->value, -50.0);
        QVERIFY(plot.yAxis->label().contains(u"base"));
        // -50 % with an interval of 0.9 to 1.2 reaches to -55 %; +40 % has none.
        QVERIFY(plot.yAxis->range().lower < -55 && plot.yAxis->range().upper < 60);
        QVERIFY(!chart.accessibleDescription().isEmpty());
        QTest::qWait(100); // the replot that gives the axes their pixels
        const QPointF mark(plot.xAxis->coordToPixel(plot.graph(2)->data()->at(0)->key),
                           plot.yAxis->coordToPixel(40));
        QTest::mouseMove(&plot, mark.toPoint());
        auto* readout = plot.findChild<QLabel*>(u"chartReadout"_s);
        QVERIFY(readout->isVisible());
        QVERIFY2(readout->text().contains(u"near saturation"), qPrintable(readout->text()));
    }

    void everyTermOfTheTimeCanBeRead()
    {
        Explored explored;
        QVERIFY(explored.showTab(explored.time));
        auto* table = explored.time->findChild<CopyTableView*>(u"timeTable"_s);
        auto* model =
            static_cast<TimeModel*>(static_cast<const FilterProxy*>(table->model())->sourceModel());
        QAbstractItemModelTester tester(model,
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        const Estimate& estimate = explored.bench.document.selectedOption()->atPeak;
        QCOMPARE(model->record(0).time, estimate.step.total);
        auto* text = explored.time->findChild<QTextBrowser*>();
        for (int i = 0; i < table->model()->rowCount(); ++i) {
            table->setCurrentIndex(table->model()->index(i, 0));
            const TimeTerm& term = model->record(i);
            const QString shown = text->toPlainText();
            QVERIFY2(shown.contains(QString::fromStdString(term.derivation)), qPrintable(shown));
            for (const CoefficientNote& note : term.sources) {
                QVERIFY2(shown.contains(QString::fromStdString(note.id)), qPrintable(shown));
                QVERIFY2(shown.contains(QString::fromStdString(note.reading).simplified()),
                         qPrintable(shown));
            }
        }
        // The bar adds up to the step, and its read-out derives what is under the pointer.
        auto* chart = explored.time->findChild<StackedBarsChart*>();
        const auto& values = chart->bars().bars.front().values;
        const double sum = std::accumulate(values.begin(), values.end(), 0.0);
        QVERIFY(std::abs(sum / inMilliseconds(estimate.step.total) - 1) < 1e-5);
        QCustomPlot& plot = chart->plot();
        QTest::qWait(50);
        QTest::mouseMove(&plot,
                         QPoint(static_cast<int>(plot.xAxis->coordToPixel(values[0] / 2)),
                                static_cast<int>(plot.yAxis->coordToPixel(1))));
        QVERIFY(plot.findChild<QLabel*>(u"chartReadout"_s)->text().contains(u"They overlap"));
    }

    void theLineStaysWhenTheOptionChanges()
    {
        Explored explored;
        QVERIFY(explored.showTab(explored.time));
        auto* table = explored.time->findChild<CopyTableView*>(u"timeTable"_s);
        table->setCurrentIndex(table->model()->index(1, 0));
        const QString part = table->currentIndex().data().toString();
        auto* options = explored.page.findChild<CopyTableView*>(u"optionsTable"_s);
        options->setCurrentIndex(options->model()->index(3, 0));
        QCOMPARE(table->currentIndex().data().toString(), part);
    }

    void everyInputHasAName()
    {
        Explored explored;
        for (QWidget* tab :
             { static_cast<QWidget*>(explored.time), static_cast<QWidget*>(explored.engines) }) {
            QVERIFY(explored.showTab(tab));
            QTest::qWait(100);
            QCOMPARE(testing::namelessInputs(explored.page), QStringList());
            QCOMPARE(testing::tabTraps(explored.page), QStringList());
        }
        auto* chart = explored.engines->findChild<EnginesChart*>();
        QVERIFY(!chart->plot().accessibleDescription().isEmpty());
    }
};

QTEST_MAIN(TestEngines)
#include "tst_engines.moc"
