// SPDX-License-Identifier: GPL-3.0-or-later
#include <tests/testsupport/accessibility.h>
#include <tests/testsupport/screenshot.h>
#include <tests/testsupport/widgetfixture.h>
#include <widgets/accuracy/accuracychart.h>
#include <widgets/accuracy/accuracymodel.h>
#include <widgets/accuracy/accuracypage.h>
#include <widgets/accuracy/accuracytext.h>
#include <widgets/charts/qcp.h>
#include <widgets/support/theme.h>
#include <widgets/tables/copytableview.h>
#include <widgets/tables/filterproxy.h>

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QTextBrowser>

#include <limits>

using namespace llmd;
using namespace Qt::StringLiterals;

namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

/** Errors as a comparison might find them, with one class that is poor in each way. */
AccuracySummary sample()
{
    AccuracySummary summary;
    summary.date = "2026-11-24";
    summary.coefficientsVersion = "fit of long ago";
    summary.sources = { "59 stages of a <public> study" };
    const std::string latency(AccuracyData::latency);
    const std::string serving(AccuracyData::serving);
    const std::string all(accuracyAll);
    summary.rows = {
        { "analytic", latency, all, "ttft_mean", 59, 0.06, 0.04, 0.13, -0.02, 0.95 },
        { "analytic", latency, all, "e2e_mean", 59, 0.02, 0.014, 0.045, 0.002, 0.97 },
        { "analytic", latency, "dense, Hopper, BF16", "e2e_mean", 40, 0.015, 0.01, 0.03, 0, 0.98 },
        { "analytic", latency, "dense, Hopper, FP8", "e2e_mean", 4, 0.05, 0.05, 0.07, 0.05, 0.5 },
        { "analytic", latency, "MoE, Hopper, FP4", "e2e_mean", 9, 0.19, 0.02, 0.4, -0.16, 0.88 },
        { "simulation", latency, all, "e2e_mean", 59, 0.018, 0.012, 0.04, 0.001, none },
        { "simulation", latency, "MoE, Hopper, FP4", "e2e_mean", 9, 0.03, 0.03, 0.05, 0.01, none },
        { "analytic", serving, all, "tpot_mean", 587, 0.14, 0.09, 0.3, -0.02, none },
        { "analytic", std::string(AccuracyData::latencyGpuLeftOut), all, "ttft_mean", 59, 2.8, 0.1,
          0.27, 2.7, 0.7 },
        { "analytic", std::string(AccuracyData::otherEngines), "sglang", "ttft_mean", 322, 0.78,
          0.8, 0.89, -0.78, 0 },
        { "memory", std::string(AccuracyData::memory), all, "kv_cache_tokens", 41, 0.002, 0.0003,
          0.003, 0.002, none },
    };
    return summary;
}

struct Shown
{
    Shown()
    {
        page.resize(1400, 850);
        page.show();
    }
    [[nodiscard]] QString words() const { return text->toPlainText(); }
    [[nodiscard]] const AccuracyModel& model() const
    {
        return *static_cast<const AccuracyModel*>(
            static_cast<const FilterProxy*>(table->model())->sourceModel());
    }
    /** Waits for the search and selects the first option for which `fits` holds. */
    template <class Condition> [[nodiscard]] bool select(Condition fits)
    {
        if (!bench.waitForSearch() || !bench.document.report())
            return false;
        for (const Option& option : bench.document.report()->options) {
            if (fits(option)) {
                bench.document.selectOption(QString::fromStdString(option.id));
                return true;
            }
        }
        return false;
    }

    testing::Workbench bench;
    AccuracySummary summary = sample();
    AccuracyPage page { bench.document, nullptr, summary };
    QComboBox* data = page.findChild<QComboBox*>(u"accuracyData"_s);
    CopyTableView* table = page.findChild<CopyTableView*>(u"accuracyTable"_s);
    AccuracyChart* chart = page.findChild<AccuracyChart*>();
    QTextBrowser* text = page.findChild<QTextBrowser*>(u"accuracyWords"_s);
};

} // namespace

class TestAccuracyPage : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY(testing::shippedCatalog()); }

    void showsOneComparisonAtATime()
    {
        Shown page;
        QCOMPARE(page.data->count(), 5);
        QCOMPARE(page.model().rowCount(), 7);
        page.data->setCurrentIndex(4);
        QCOMPARE(page.model().rowCount(), 1);
        QCOMPARE(page.model().index(0, page.model().columnOf(u"metric"_s)).data().toString(),
                 u"KV pool, tokens"_s);
        QCOMPARE(page.chart->metric(), u"kv_cache_tokens"_s);
        QVERIFY(!page.page.findChild<QLabel*>(u"accuracyAbout"_s)->text().isEmpty());
    }

    void everyFigureIsInTheTable()
    {
        Shown page;
        const AccuracyModel& model = page.model();
        const auto text = [&](int row, const char* column) {
            return model.index(row, model.columnOf(QString::fromLatin1(column))).data().toString();
        };
        QCOMPARE(text(4, "group"), u"MoE, Hopper, FP4"_s);
        QCOMPARE(text(4, "n"), u"9"_s);
        QCOMPARE(text(4, "mean"), u"19.0"_s);
        QCOMPARE(text(4, "median"), u"2.00"_s);
        QCOMPARE(text(4, "p90"), u"40.0"_s);
        QCOMPARE(text(4, "bias"), u"−16.0"_s);
        QCOMPARE(text(4, "coverage"), u"88"_s);
        QCOMPARE(text(5, "coverage"), u"–"_s);
        auto* filter = page.page.findChild<QLineEdit*>(u"accuracyFilter"_s);
        QTest::keyClicks(filter, u"moe"_s);
        QCOMPARE(page.table->model()->rowCount(), 2);
    }

    void chartSortsTheClasses()
    {
        Shown page;
        QCOMPARE(page.chart->metric(), u"e2e_mean"_s);
        const std::vector<QString> groups = page.chart->groups();
        QCOMPARE(groups.size(), std::size_t { 4 });
        QCOMPARE(groups[0], u"All measurements"_s);
        QCOMPARE(groups[1], u"dense, Hopper, BF16"_s);
        QCustomPlot& plot = page.chart->plot();
        QCOMPARE(plot.graphCount(), 2); // analytic and simulation
        QVERIFY(plot.xAxis->range().upper > 40);
        // The mark of the poor class is at 19 %, its whiskers from 2 to 40 %.
        const auto marks = plot.graph(0)->data();
        QCOMPARE(marks->size(), 4);
        bool found = false;
        for (const auto& mark : *marks)
            found = found || std::abs(mark.value - 19) < 1e-9;
        QVERIFY(found);
        page.chart->setMetric(u"ttft_mean"_s);
        QCOMPARE(page.chart->groups().size(), std::size_t { 1 });
        page.chart->setMetric(u"no such figure"_s);
        QCOMPARE(page.chart->metric(), u"ttft_mean"_s);
    }

    void whiskersBelongToTheirMarks()
    {
        Shown page;
        QCustomPlot& plot = page.chart->plot();
        const auto marks = plot.graph(0)->data();
        const QCPErrorBars* bars = nullptr;
        for (int i = 0; i < plot.plottableCount() && !bars; ++i)
            bars = qobject_cast<QCPErrorBars*>(plot.plottable(i));
        QVERIFY(bars);
        for (int i = 0; i < marks->size(); ++i) {
            const double mean = marks->at(i)->value / 100;
            const auto row = std::find_if(
                page.summary.rows.begin(), page.summary.rows.end(), [mean](const AccuracyRow& r) {
                    return r.engine == "analytic" && r.metric == "e2e_mean"
                        && std::abs(r.mean - mean) < 1e-9;
                });
            QVERIFY(row != page.summary.rows.end());
            QVERIFY(std::abs(bars->data()->at(i).errorPlus - (row->p90 - mean) * 100) < 1e-9);
        }
    }

    void readoutTellsTheWholeRow()
    {
        Shown page;
        QTest::qWait(100);
        QCustomPlot& plot = page.chart->plot();
        const auto mark = plot.graph(1)->data()->at(0);
        QTest::mouseMove(&plot,
                         QPoint(static_cast<int>(plot.xAxis->coordToPixel(mark->value)),
                                static_cast<int>(plot.yAxis->coordToPixel(mark->key))));
        auto* readout = plot.findChild<QLabel*>(u"chartReadout"_s);
        QVERIFY(readout->isVisible());
        QVERIFY2(readout->text().contains(u"Simulation"), qPrintable(readout->text()));
        QVERIFY(readout->text().contains(u"measurements"));
    }

    void saysWhereNotToTrustIt()
    {
        Shown page;
        const QString words = page.words();
        // Far off and biased; an interval that is too narrow; not the classes that are fine.
        QVERIFY2(words.contains(u"MoE, Hopper, FP4"), qPrintable(words));
        QVERIFY(words.contains(u"mostly too low"));
        QVERIFY(words.contains(u"dense, Hopper, FP8"));
        QVERIFY(!words.contains(u"dense, Hopper, BF16"));
        QVERIFY(words.contains(u"Near saturation"));
        QVERIFY(words.contains(u"CDNA3")); // no measurement of it stands behind the coefficients
        QVERIFY(words.contains(u"59 stages of a <public> study"));
        // Compared with coefficients that are no longer in use.
        QVERIFY(words.contains(u"due again"));
        QVERIFY(words.contains(u"SGLang"));
        QVERIFY(words.contains(u"but a few far off"));
        // Before there is a result there is nothing to say about an option.
        QVERIFY(words.contains(u"Once there are options"));
    }

    void followsTheChosenOptionUntilOneIsSelected()
    {
        Shown page;
        QVERIFY(page.bench.waitForSearch());
        const Option* chosen = page.bench.document.chosenOption();
        QVERIFY(chosen && !page.bench.document.selectedOption());
        const QString group = QString::fromStdString(accuracytext::classOf(chosen));
        QVERIFY(page.words().contains(group));
        page.page.hide();
        QVERIFY(page.select([&](const Option& option) {
            return accuracytext::classOf(&option) != accuracytext::classOf(chosen);
        }));
        page.page.show();
        page.page.activate();
        QVERIFY(page.words().contains(
            QString::fromStdString(accuracytext::classOf(page.bench.document.selectedOption()))));
    }

    void marksTheClassOfTheSelectedOption()
    {
        Shown page;
        QVERIFY(page.select([](const Option& option) {
            return accuracyClass(option.candidate.model->architecture, *option.candidate.gpu)
                == "MoE, Hopper, FP4";
        }));
        int marked = 0;
        for (int i = 0; i < page.model().rowCount(); ++i) {
            const AccuracyLine& line = page.model().record(i);
            QCOMPARE(line.applies,
                     line.row.group == "MoE, Hopper, FP4" && line.row.engine == "analytic");
            marked += line.applies ? 1 : 0;
        }
        QCOMPARE(marked, 1);
        QVERIFY(page.words().contains(u"Class: MoE, Hopper, FP4"));
        QVERIFY(page.words().contains(u"measure before you rely on them"));
    }

    void anUnmeasuredClassIsSaidToBeOne()
    {
        Shown page;
        QVERIFY(page.select(
            [](const Option& option) { return option.candidate.gpu->architecture != "Hopper"; }));
        QVERIFY(page.words().contains(u"No measurement of this class"));
        for (int i = 0; i < page.model().rowCount(); ++i)
            QVERIFY(!page.model().record(i).applies);
    }

    void theShippedSummaryIsShown()
    {
        testing::Workbench bench;
        AccuracyPage page(bench.document);
        auto* data = page.findChild<QComboBox*>(u"accuracyData"_s);
        QVERIFY(data->count() >= 3);
        for (int i = 0; i < data->count(); ++i) {
            data->setCurrentIndex(i);
            auto* chart = page.findChild<AccuracyChart*>();
            QVERIFY(!chart->groups().empty());
            QVERIFY(page.findChild<CopyTableView*>(u"accuracyTable"_s)->model()->rowCount() > 0);
        }
    }

    void anEmptySummaryIsNoError()
    {
        testing::Workbench bench;
        const AccuracySummary empty;
        AccuracyPage page(bench.document, nullptr, empty);
        page.show();
        QVERIFY(page.findChild<AccuracyChart*>()->groups().empty());
        QVERIFY(page.findChild<QTextBrowser*>(u"accuracyWords"_s)->toPlainText().size() > 50);
    }

    void modelKeepsItsPromises()
    {
        AccuracyModel model;
        QAbstractItemModelTester tester(&model,
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        std::vector<AccuracyLine> lines;
        for (const AccuracyRow& row : sample().rows)
            lines.push_back({ row, row.engine == "memory" });
        model.setRows(lines);
        model.sort(model.columnOf(u"mean"_s), Qt::DescendingOrder);
        QCOMPARE(model.record(0).row.mean, 2.8);
        model.setRows({});
    }

    void everyInputHasAName()
    {
        Shown page;
        QCOMPARE(testing::namelessInputs(page.page), QStringList());
        QCOMPARE(testing::tabTraps(page.page), QStringList());
        QVERIFY(!page.chart->plot().accessibleDescription().isEmpty());
    }

    void looks_data()
    {
        QTest::addColumn<QString>("scheme");
        QTest::newRow("light") << u"light"_s;
        QTest::newRow("dark") << u"dark"_s;
    }

    void looks()
    {
        QFETCH(QString, scheme);
        applyColorScheme(colorSchemeFromString(scheme));
        Shown page;
        QVERIFY(page.select([](const Option& option) {
            return accuracyClass(option.candidate.model->architecture, *option.candidate.gpu)
                == "MoE, Hopper, FP4";
        }));
        QTest::qWait(200);
        const QImage picture = page.page.grab().toImage();
        QCOMPARE(picture.pixelColor(2, picture.height() - 3).lightness() < 128, scheme == u"dark");
        testing::saveScreenshot(page.page, u"accuracy-sample-"_s + scheme);
    }
};

QTEST_MAIN(TestAccuracyPage)
#include "tst_accuracypage.moc"
