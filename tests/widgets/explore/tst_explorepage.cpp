// SPDX-License-Identifier: GPL-3.0-or-later
#include <tests/testsupport/accessibility.h>
#include <tests/testsupport/widgetfixture.h>
#include <widgets/charts/qcp.h>
#include <widgets/explore/detailspanel.h>
#include <widgets/explore/explorepage.h>
#include <widgets/explore/optionsmodel.h>
#include <widgets/explore/paretochart.h>
#include <widgets/explore/refusalspanel.h>
#include <widgets/support/durationspinbox.h>
#include <widgets/support/segmentedbar.h>
#include <widgets/support/statusbanner.h>
#include <widgets/tables/copytableview.h>
#include <widgets/tables/filterproxy.h>

#include <QAbstractItemModelTester>
#include <QPushButton>
#include <QSignalSpy>
#include <QTextBrowser>

using namespace llmd;

namespace {

/** An explore page with the result of a real search on the shipped catalog. */
struct Explored
{
    Explored()
    {
        page.resize(1400, 900);
        page.show();
        ready = bench.waitForSearch();
        QTest::qWait(50);
    }

    [[nodiscard]] const SearchReport& report() const { return *bench.document.report(); }
    [[nodiscard]] OptionsModel& model() const
    {
        return *static_cast<OptionsModel*>(
            static_cast<FilterProxy*>(table->model())->sourceModel());
    }
    [[nodiscard]] std::size_t currentOption() const
    {
        return model().record(table->currentIndex().row()).index;
    }
    [[nodiscard]] const QTextBrowser* overview() const
    {
        for (const QTextBrowser* text : details->findChildren<QTextBrowser*>()) {
            if (text->accessibleName() == QStringLiteral("Details of the selected option"))
                return text;
        }
        return nullptr;
    }
    /** Latency of an option in the metric that the chart shows. */
    [[nodiscard]] Seconds latencyOf(std::size_t option) const
    {
        const Estimate& estimate = report().options[option].atPeak;
        const auto& target = targetOf(bench.document.need()->slo, chart->metric());
        const LatencyEstimate& latency = chart->metric() == LatencyMetric::Ttft ? estimate.ttft
            : chart->metric() == LatencyMetric::Itl                             ? estimate.itl
                                                                                : estimate.e2e;
        return latency.at(target ? target->percentile : 95);
    }
    [[nodiscard]] double inChartUnit(Seconds value) const
    {
        return chart->metric() == LatencyMetric::E2e ? value.value() : inMilliseconds(value);
    }
    /** The limit that the chart's line stands for. */
    [[nodiscard]] Seconds limit() const
    {
        return targetOf(bench.document.need()->slo, chart->metric())->limit;
    }
    [[nodiscard]] Seconds rankedLimit() const
    {
        return targetOf(bench.document.rankedSlo(), chart->metric())->limit;
    }
    [[nodiscard]] DurationSpinBox* targetBox() const
    {
        return page.findChild<DurationSpinBox*>(QStringLiteral("target")
                                                + metricName(chart->metric()));
    }
    /** Half of the options are slower than this. */
    [[nodiscard]] Seconds medianLatency() const
    {
        std::vector<Seconds> latencies;
        for (std::size_t i = 0; i < report().options.size(); ++i)
            latencies.push_back(latencyOf(i));
        const auto middle = latencies.begin() + static_cast<std::ptrdiff_t>(latencies.size() / 2);
        std::nth_element(latencies.begin(), middle, latencies.end());
        return *middle;
    }
    [[nodiscard]] QPoint pixelOf(std::size_t option) const
    {
        const Option& point = report().options[option];
        return { static_cast<int>(
                     std::lround(chart->plot().xAxis->coordToPixel(inDollarsPerMonth(point.cost)))),
                 static_cast<int>(std::lround(
                     chart->plot().yAxis->coordToPixel(inChartUnit(latencyOf(option))))) };
    }

    testing::Workbench bench;
    ExplorePage page { bench.document };
    CopyTableView* table = page.findChild<CopyTableView*>(QStringLiteral("optionsTable"));
    ParetoChart* chart = page.findChild<ParetoChart*>();
    DetailsPanel* details = page.findChild<DetailsPanel*>();
    StatusBanner* banner = page.findChild<StatusBanner*>();
    bool ready = false;
};

} // namespace

class TestExplorePage : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY(testing::shippedCatalog()); }

    void showsTheRankedOptions()
    {
        Explored explored;
        QVERIFY(explored.ready);
        const auto& order = explored.bench.document.ranking().of(View::Balanced);
        QVERIFY(!order.empty());
        QCOMPARE(explored.model().rowCount(), static_cast<int>(order.size()));
        QCOMPARE(explored.model().record(0).index, order.front());
        QCOMPARE(explored.table->currentIndex().row(), 0);
        QVERIFY(explored.banner->isHidden());
        const int label = explored.model().columnOf(QStringLiteral("label"));
        QCOMPARE(explored.model().index(0, label).data().toString(), QStringLiteral("Estimated"));
    }

    void modelKeepsItsPromises()
    {
        Explored explored;
        OptionsModel model;
        QAbstractItemModelTester tester(&model,
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setResults(explored.bench.document.report(), explored.bench.document.ranking(),
                         View::LowestCost);
        model.sort(model.columnOf(QStringLiteral("ttft_p95")), Qt::AscendingOrder);
        model.setResults(nullptr, {}, View::Balanced);
        QCOMPARE(model.rowCount(), 0);
    }

    void everyCellHasText()
    {
        Explored explored;
        const OptionsModel& model = explored.model();
        for (int row = 0; row < std::min(model.rowCount(), 200); ++row) {
            for (int column = 0; column < model.columnCount(); ++column)
                QVERIFY2(
                    !model.index(row, column).data().toString().isEmpty(),
                    qPrintable(QStringLiteral("row %1, %2")
                                   .arg(row)
                                   .arg(model.columns()[static_cast<std::size_t>(column)].id)));
        }
    }

    void viewsReorder()
    {
        Explored explored;
        auto* views = explored.page.findChild<SegmentedBar*>(QStringLiteral("views"));
        const auto buttons = views->findChildren<QAbstractButton*>();
        QCOMPARE(buttons.size(), static_cast<qsizetype>(allViews.size()));
        buttons[static_cast<int>(View::LowestCost)]->click();
        QCOMPARE(explored.bench.document.project().view, std::string("lowest_cost"));
        const int cost = explored.model().columnOf(QStringLiteral("cost_per_month"));
        double last = 0;
        for (int row = 0; row < explored.model().rowCount(); ++row) {
            const double value = explored.model().index(row, cost).data(RawRole).toDouble();
            QVERIFY(value >= last - 1e-9);
            last = value;
        }
        explored.bench.document.undoStack()->undo();
        QCOMPARE(views->current(), static_cast<int>(View::Balanced));
    }

    void filterLineNarrows()
    {
        Explored explored;
        auto* filter = explored.page.findChild<QLineEdit*>(QStringLiteral("filter"));
        const QString gpu = explored.model()
                                .index(0, explored.model().columnOf(QStringLiteral("gpu")))
                                .data()
                                .toString();
        QTest::keyClicks(filter, gpu);
        const QAbstractItemModel& shown = *explored.table->model();
        QVERIFY(shown.rowCount() > 0 && shown.rowCount() < explored.model().rowCount());
        filter->clear();
        QCOMPARE(shown.rowCount(), explored.model().rowCount());
    }

    void selectionIsLinkedBothWays()
    {
        Explored explored;
        QSignalSpy clicks(explored.chart, &ParetoChart::optionClicked);
        const auto& frontier = explored.chart->frontier();
        QVERIFY(!frontier.empty());
        const std::size_t option = frontier.back();
        const QPoint pixel = explored.pixelOf(option);
        QTest::mouseClick(&explored.chart->plot(), Qt::LeftButton, {}, pixel);
        QCOMPARE(clicks.size(), 1);
        QCOMPARE(explored.currentOption(), clicks.first().first().value<std::size_t>());
        // The other way: the details follow the table.
        explored.table->setCurrentIndex(explored.table->model()->index(1, 0));
        const QTextBrowser* text = explored.overview();
        QVERIFY(text->toPlainText().contains(
            modelText(*explored.model().record(1).option->candidate.model)));
    }

    void frontierDominates()
    {
        Explored explored;
        const auto& frontier = explored.chart->frontier();
        for (std::size_t i = 1; i < frontier.size(); ++i) {
            const Option& cheaper = explored.report().options[frontier[i - 1]];
            const Option& faster = explored.report().options[frontier[i]];
            QVERIFY(faster.cost > cheaper.cost || faster.cost == cheaper.cost);
            QVERIFY(explored.latencyOf(frontier[i]) < explored.latencyOf(frontier[i - 1]));
        }
    }

    void draggingTheTargetRanksLiveAndCommitsOnRelease()
    {
        Explored explored;
        Document& document = explored.bench.document;
        const auto start = explored.chart->targetPixel();
        QVERIFY(start);
        QCustomPlot& plot = explored.chart->plot();
        const QPoint from(plot.axisRect()->center().x(), static_cast<int>(std::lround(*start)));
        const QCPRange range = plot.yAxis->range();
        const Seconds before = explored.limit();
        const std::size_t options = document.ranking().of(View::Balanced).size();
        // Down, to the median option: lower latency is lower on the axis.
        const QPoint to(from.x(),
                        static_cast<int>(plot.yAxis->coordToPixel(
                            explored.inChartUnit(explored.medianLatency()))));
        QVERIFY(to.y() > from.y());

        QTest::mousePress(&plot, Qt::LeftButton, {}, from);
        QTest::mouseMove(&plot, (from + to) / 2);
        QTest::mouseMove(&plot, to);
        QVERIFY(document.ranking().of(View::Balanced).size() < options);
        QVERIFY(!document.isModified());
        QVERIFY(explored.rankedLimit() < before);
        QCOMPARE(plot.yAxis->range().lower, range.lower); // the drag does not pan
        // The box shows three decimals.
        QVERIFY(std::abs(explored.targetBox()->value() - inMilliseconds(explored.rankedLimit())) < 1e-3);
        QTest::mouseRelease(&plot, Qt::LeftButton, {}, to);
        QVERIFY(document.isModified());
        QVERIFY(explored.limit() < before);
        QCOMPARE(document.undoStack()->count(), 1);
        document.undoStack()->undo();
        QCOMPARE(explored.limit(), before);
    }

    void escapeGivesUpTheDrag()
    {
        Explored explored;
        Document& document = explored.bench.document;
        QCustomPlot& plot = explored.chart->plot();
        const Seconds before = explored.limit();
        const QPoint from(plot.axisRect()->center().x(),
                          static_cast<int>(std::lround(*explored.chart->targetPixel())));
        QTest::mousePress(&plot, Qt::LeftButton, {}, from);
        QTest::mouseMove(&plot, from + QPoint(0, 40));
        QVERIFY(explored.rankedLimit() != before);
        QTest::keyClick(&plot, Qt::Key_Escape);
        QCOMPARE(explored.rankedLimit(), before);
        QTest::mouseRelease(&plot, Qt::LeftButton, {}, from + QPoint(0, 40));
        QVERIFY(!document.isModified());
    }

    void keyboardMovesTheTargetAndTheSelection()
    {
        Explored explored;
        Document& document = explored.bench.document;
        const Seconds before = explored.limit();
        QTest::keyClick(&explored.chart->plot(), Qt::Key_Up, Qt::AltModifier);
        QVERIFY(explored.limit() > before);
        document.undoStack()->undo();
        QSignalSpy clicks(explored.chart, &ParetoChart::optionClicked);
        QTest::keyClick(&explored.chart->plot(), Qt::Key_PageDown);
        QCOMPARE(clicks.size(), 1);
        auto* box = explored.targetBox();
        box->stepBy(1);
        QVERIFY(explored.limit() > before);
    }

    void slidersReweigh()
    {
        Explored explored;
        Document& document = explored.bench.document;
        for (int i = 0; i < 4; ++i)
            explored.page.findChild<QSlider*>(QStringLiteral("weight%1").arg(i))
                ->setValue(i == 0 ? 100 : 0);
        QVERIFY(document.requirements().priorities);
        QCOMPARE(document.requirements().priorities->cost, 1.0);
        QCOMPARE(document.requirements().priorities->latency, 0.0);
        QCOMPARE(document.undoStack()->count(), 1);
        // All weights at zero would leave nothing to rank by.
        explored.page.findChild<QSlider*>(QStringLiteral("weight0"))->setValue(0);
        QCOMPARE(document.requirements().priorities->cost, 1.0);
    }

    void chosenOptionIsMarked()
    {
        Explored explored;
        explored.table->setCurrentIndex(explored.table->model()->index(1, 0));
        auto* choose = explored.page.findChild<QPushButton*>(QStringLiteral("chooseOption"));
        choose->click();
        Document& document = explored.bench.document;
        QCOMPARE(document.project().chosen, explored.model().record(1).option->id);
        QVERIFY(!explored.model().index(1, 0).data(Qt::DecorationRole).value<QIcon>().isNull());
        QVERIFY(!explored.model().index(0, 0).data(Qt::DecorationRole).isValid());
        choose->click();
        QVERIFY(document.project().chosen.empty());
    }

    void everyTabHasSomethingToSay()
    {
        Explored explored;
        for (int tab = 0; tab < explored.details->count(); ++tab) {
            explored.details->setCurrentIndex(tab);
            QTest::qWait(20);
            const auto texts = explored.details->currentWidget()->findChildren<QTextBrowser*>();
            auto* own = qobject_cast<QTextBrowser*>(explored.details->currentWidget());
            for (const QTextBrowser* text : texts)
                QVERIFY2(text->toPlainText().size() > 80,
                         qPrintable(explored.details->tabText(tab)));
            if (own)
                QVERIFY2(own->toPlainText().size() > 80,
                         qPrintable(explored.details->tabText(tab)));
        }
        const auto* refusals =
            explored.page.findChild<CopyTableView*>(QStringLiteral("refusalsTable"));
        QCOMPARE(refusals->model()->rowCount(),
                 static_cast<int>(explored.report().refusals.size()));
        QVERIFY(refusals->model()->rowCount() > 0);
    }

    void infeasibleNeedSaysWhy()
    {
        Explored explored;
        explored.bench.document.edit(
            QStringLiteral("requirements.budget"), QStringLiteral("Change Budget"),
            [](Project& project) { project.requirements.budgetPerMonth = 1; });
        QVERIFY(explored.bench.waitForSearch());
        QCOMPARE(explored.model().rowCount(), 0);
        QVERIFY(!explored.banner->isHidden());
        QCOMPARE(explored.banner->kind(), StatusBanner::Kind::Warning);
        QVERIFY(explored.banner->text().size() > 30);
        explored.bench.document.undoStack()->undo();
        QVERIFY(explored.bench.waitForSearch());
        QVERIFY(explored.banner->isHidden());
        QVERIFY(explored.model().rowCount() > 0);
    }

    void selectionSurvivesTheNextSearch()
    {
        Explored explored;
        explored.table->setCurrentIndex(explored.table->model()->index(2, 0));
        const std::string id = explored.model().record(2).option->id;
        explored.bench.document.searchAgain();
        QVERIFY(explored.bench.waitForSearch());
        QCOMPARE(explored.report().options[explored.currentOption()].id, id);
    }

    void otherMetricsHaveTheirOwnTarget()
    {
        Explored explored;
        for (const LatencyMetric metric :
             { LatencyMetric::Ttft, LatencyMetric::Itl, LatencyMetric::E2e }) {
            explored.chart->setMetric(metric);
            QCOMPARE(explored.chart->targetPixel().has_value(),
                     targetOf(explored.bench.document.need()->slo, metric).has_value());
            QVERIFY(!explored.chart->frontier().empty());
        }
    }

    void everyInputHasAName()
    {
        Explored explored;
        QCOMPARE(testing::namelessInputs(explored.page), QStringList());
        QCOMPARE(testing::tabTraps(explored.page), QStringList());
        QVERIFY(!explored.chart->plot().accessibleDescription().isEmpty());
    }
};

QTEST_MAIN(TestExplorePage)
#include "tst_explorepage.moc"
