// SPDX-License-Identifier: GPL-3.0-or-later
#include <tests/testsupport/accessibility.h>
#include <tests/testsupport/manyoptions.h>
#include <tests/testsupport/testtools.h>
#include <tests/testsupport/widgetfixture.h>
#include <widgets/charts/qcp.h>
#include <widgets/charts/stackedbarschart.h>
#include <widgets/explore/chartdeck.h>
#include <widgets/explore/detailspanel.h>
#include <widgets/explore/explorepage.h>
#include <widgets/explore/filterbar.h>
#include <widgets/explore/gpucostchart.h>
#include <widgets/explore/loadchart.h>
#include <widgets/explore/optionsmodel.h>
#include <widgets/explore/optiontext.h>
#include <widgets/explore/paretochart.h>
#include <widgets/explore/refusalspanel.h>
#include <widgets/explore/rolecapacitychart.h>
#include <widgets/explore/splitchart.h>
#include <widgets/explore/throughputchart.h>
#include <widgets/support/durationspinbox.h>
#include <widgets/support/segmentedbar.h>
#include <widgets/support/statusbanner.h>
#include <widgets/tables/copytableview.h>
#include <widgets/tables/filterproxy.h>

#include <QAbstractItemModelTester>
#include <QDoubleSpinBox>
#include <QElapsedTimer>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTextBrowser>
#include <QToolButton>

using namespace llmd;

namespace {

/** RFC 4180: cells may be quoted and then hold commas, quotes and new lines. */
std::vector<QStringList> csvRows(const QString& text)
{
    std::vector<QStringList> rows { QStringList { QString() } };
    bool quoted = false;
    for (const QChar c : text) {
        if (c == u'"')
            quoted = !quoted;
        else if (c == u',' && !quoted)
            rows.back().append(QString());
        else if (c == u'\n' && !quoted)
            rows.push_back(QStringList { QString() });
        else
            rows.back().back().append(c);
    }
    rows.pop_back(); // after the last new line
    return rows;
}

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

    /** The chart of a tab, in front. */
    [[nodiscard]] OptionsChart& front(int tab) const
    {
        deck->setCurrentIndex(tab);
        QTest::qWait(50);
        return *qobject_cast<OptionsChart*>(deck->currentWidget());
    }
    /** Opens the list of a facet and ticks an entry; returns the value. */
    [[nodiscard]] QString tick(Facet facet, int entry) const
    {
        auto* button =
            page.findChild<QPushButton*>(QStringLiteral("facet%1").arg(static_cast<int>(facet)));
        emit button->menu()->aboutToShow();
        QAction* action = button->menu()->actions().at(entry);
        const QString text = action->text();
        action->trigger();
        return text.left(text.lastIndexOf(QStringLiteral(" (")));
    }
    [[nodiscard]] int shownRows() const { return table->model()->rowCount(); }

    testing::Workbench bench;
    ExplorePage page { bench.document };
    CopyTableView* table = page.findChild<CopyTableView*>(QStringLiteral("optionsTable"));
    ParetoChart* chart = page.findChild<ParetoChart*>();
    ChartDeck* deck = page.findChild<ChartDeck*>();
    FilterBar* filters = page.findChild<FilterBar*>();
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
        QVERIFY(std::abs(explored.targetBox()->value() - inMilliseconds(explored.rankedLimit()))
                < 1e-3);
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

    void filtersHoldForTableAndCharts()
    {
        Explored explored;
        const QString gpu = explored.tick(Facet::Gpu, 1);
        const auto passes = [&gpu](const Option& option) {
            return gpuText(*option.candidate.gpu) == gpu;
        };
        const auto& options = explored.report().options;
        const auto wanted = std::count_if(options.begin(), options.end(), passes);
        QVERIFY(wanted > 0 && wanted < static_cast<std::ptrdiff_t>(options.size()));
        QVERIFY(explored.shownRows() > 0);
        for (int row = 0; row < explored.shownRows(); ++row) {
            const auto* proxy = static_cast<FilterProxy*>(explored.table->model());
            const int source = proxy->mapToSource(proxy->index(row, 0)).row();
            QVERIFY(passes(*explored.model().record(source).option));
        }
        for (int tab = 0; tab < 3; ++tab) {
            const OptionsChart& chart = explored.front(tab);
            QCOMPARE(chart.pointCount(), static_cast<std::size_t>(wanted));
            QVERIFY(!chart.frontier().empty());
            for (const std::size_t option : chart.frontier())
                QVERIFY(passes(options[option]));
        }
        // The table form of a chart has the same rows.
        ChartView& last = explored.front(0);
        last.setTableShown(true);
        QCOMPARE(last.findChild<CopyTableView*>()->model()->rowCount(), explored.shownRows());
        last.setTableShown(false);
        explored.page.findChild<QToolButton*>(QStringLiteral("clearFilters"))->click();
        QCOMPARE(explored.shownRows(), explored.model().rowCount());
        QCOMPARE(explored.front(0).pointCount(), options.size());
    }

    void filtersAgreeWithAPlainLook()
    {
        Explored explored;
        const OptionFacets facets(explored.bench.document.report());
        const auto& scores = explored.bench.document.ranking().scores;
        const auto& options = explored.report().options;
        OptionFilter filter;
        QVERIFY(filter.isEmpty());
        for (const auto& value : facets.values(Facet::Parallelism)) {
            if (value.name != QStringLiteral("TP1"))
                filter.of(Facet::Parallelism).insert(value.name);
        }
        filter.leastQuality = 40;
        filter.text = QStringLiteral(" FP8  h1");
        const std::vector<char> found = facets.matching(filter, scores);
        QCOMPARE(found.size(), options.size());
        std::size_t passing = 0;
        for (std::size_t i = 0; i < options.size(); ++i) {
            const Candidate& candidate = options[i].candidate;
            const QString text = QStringList { modelText(*candidate.model),
                                               gpuText(*candidate.gpu),
                                               weightsText(*candidate.model),
                                               topologyText(candidate.topology),
                                               QString::fromStdString(candidate.model->id),
                                               QString::fromStdString(options[i].id),
                                               QStringLiteral("Estimated") }
                                     .join(u'\n');
            const bool expected = parallelismText(candidate.topology) != QStringLiteral("TP1")
                && scores[i].quality.value_or(-1) >= 40
                && text.contains(QStringLiteral("fp8"), Qt::CaseInsensitive)
                && text.contains(QStringLiteral("h1"), Qt::CaseInsensitive);
            QCOMPARE(found[i] != 0, expected);
            passing += expected ? 1 : 0;
        }
        QVERIFY(passing > 0 && passing < options.size());
        int total = 0;
        for (const auto& value : facets.values(Facet::Model))
            total += value.count;
        QCOMPARE(static_cast<std::size_t>(total), options.size());
    }

    void filtersSurviveTheNextSearchAndKeepTheSelection()
    {
        Explored explored;
        explored.table->setCurrentIndex(explored.table->model()->index(3, 0));
        const Option* selected = explored.bench.document.selectedOption();
        QVERIFY(selected);
        const std::string id = selected->id;
        const QString own = modelText(*selected->candidate.model);
        auto* button = explored.page.findChild<QPushButton*>(QStringLiteral("facet0"));
        emit button->menu()->aboutToShow();
        for (QAction* action : button->menu()->actions()) {
            if (action->isCheckable() && !action->text().startsWith(own))
                action->trigger();
        }
        QVERIFY(explored.shownRows() > 0 && explored.shownRows() < explored.model().rowCount());
        QCOMPARE(explored.bench.document.selectedOption()->id, id);
        const int before = explored.shownRows();
        explored.bench.document.searchAgain();
        QVERIFY(explored.bench.waitForSearch());
        QCOMPARE(explored.shownRows(), before);
        QCOMPARE(explored.bench.document.selectedOption()->id, id);
        auto* quality = explored.page.findChild<QDoubleSpinBox*>(QStringLiteral("leastQuality"));
        quality->setValue(100);
        QCOMPARE(explored.shownRows(), 0);
        explored.filters->setFilter({});
        QCOMPARE(quality->value(), 0.0);
        QCOMPARE(explored.model().record(explored.table->currentIndex().row()).option->id, id);
    }

    void aListOfFiltersStaysOpenWhileItIsTicked()
    {
        Explored explored;
        auto* button = explored.page.findChild<QPushButton*>(QStringLiteral("facet1"));
        QMenu& menu = *button->menu();
        menu.popup(explored.page.mapToGlobal(QPoint(10, 10)));
        QTRY_VERIFY(menu.isVisible());
        QTest::mouseClick(&menu, Qt::LeftButton, {},
                          menu.actionGeometry(menu.actions().at(0)).center());
        QVERIFY(menu.isVisible());
        QCOMPARE(explored.filters->filter().of(Facet::Gpu).size(), 1);
        menu.setActiveAction(menu.actions().at(1));
        QTest::keyClick(&menu, Qt::Key_Space);
        QVERIFY(menu.isVisible());
        QCOMPARE(explored.filters->filter().of(Facet::Gpu).size(), 2);
        QTest::keyClick(&menu, Qt::Key_Escape);
        QVERIFY(!menu.isVisible());
        QVERIFY(button->text().contains(u'2'));
    }

    void selectionIsTheSameEverywhere_data()
    {
        QTest::addColumn<int>("tab");
        QTest::newRow("cost and latency") << 0;
        QTest::newRow("throughput") << 1;
        QTest::newRow("GPU types") << 2;
    }
    void selectionIsTheSameEverywhere()
    {
        QFETCH(int, tab);
        Explored explored;
        OptionsChart& chart = explored.front(tab);
        QSignalSpy clicks(&chart, &OptionsChart::optionClicked);
        const std::size_t option = chart.frontier().back();
        QTest::mouseClick(&chart.plot(), Qt::LeftButton, {}, chart.pixelOf(option).toPoint());
        QCOMPARE(clicks.size(), 1);
        const auto clicked = clicks.first().first().value<std::size_t>();
        QCOMPARE(explored.currentOption(), clicked);
        QCOMPARE(explored.bench.document.selectedOption(), &explored.report().options[clicked]);
        for (const OptionsChart* other : explored.page.findChildren<OptionsChart*>())
            QVERIFY(other->selected() == clicked);
        QVERIFY(explored.overview()->toPlainText().contains(
            sizeText(explored.report().options[clicked].candidate.topology)));
        // By keyboard along the frontier, and read out.
        QTest::keyClick(&chart.plot(), Qt::Key_PageUp);
        QCOMPARE(clicks.size(), 2);
        const std::size_t stepped = clicks.last().first().value<std::size_t>();
        QVERIFY(chart.plot().accessibleDescription().contains(
            modelText(*explored.report().options[stepped].candidate.model)));
        QTest::keyClick(&chart.plot(), Qt::Key_Escape);
        QVERIFY(!chart.selected());
    }

    void throughputFrontierIsLabelled()
    {
        Explored explored;
        auto& chart = static_cast<ThroughputChart&>(explored.front(1));
        const auto& frontier = chart.frontier();
        QVERIFY(!frontier.empty());
        for (std::size_t i = 1; i < frontier.size(); ++i) {
            const Option& left = explored.report().options[frontier[i - 1]];
            const Option& right = explored.report().options[frontier[i]];
            QVERIFY(outputPerUser(right.atPeak) > outputPerUser(left.atPeak));
            QVERIFY(outputPerGpu(right) < outputPerGpu(left));
        }
        const QStringList labels = chart.shownLabels();
        QVERIFY(!labels.isEmpty());
        for (const QString& label : labels)
            QVERIFY2(label.contains(QStringLiteral("TP")), qPrintable(label));
        // Rate of the deployment over its GPUs; the inverse of the mean time between tokens.
        const Option& option = explored.report().options[frontier.front()];
        COMPARE_NEAR(outputPerGpu(option) * option.totalGpus,
                     option.atPeak.outputThroughput.value(), 1e-12);
        COMPARE_NEAR(outputPerUser(option.atPeak) * option.atPeak.itl.mean.value(), 1.0, 1e-12);
        COMPARE_NEAR(dollarsPerMillionTokens(option) * option.atPeak.outputThroughput.value() * 3600
                         / 1e6,
                     inDollarsPerHour(option.cost), 1e-9);
    }

    void gpuTypesComeByTheirCheapestOption()
    {
        Explored explored;
        auto& chart = static_cast<GpuCostChart&>(explored.front(2));
        const auto& options = explored.report().options;
        QCOMPARE(chart.rows().first(), gpuText(*options.front().candidate.gpu));
        QSet<QString> types;
        double last = 0;
        for (const std::size_t index : chart.frontier()) {
            const Option& cheapest = options[index];
            types.insert(gpuText(*cheapest.candidate.gpu));
            QVERIFY(cheapest.cost.value() >= last);
            last = cheapest.cost.value();
            for (const Option& option : options)
                QVERIFY(option.candidate.gpu != cheapest.candidate.gpu
                        || option.cost >= cheapest.cost);
        }
        QCOMPARE(types.size(), chart.rows().size());
        QVERIFY(!chart.shownLabels().isEmpty());
    }

    void stepTimesAreComparedAndSelectable()
    {
        Explored explored;
        explored.deck->setCurrentIndex(4);
        auto* steps = qobject_cast<StackedBarsChart*>(explored.deck->currentWidget());
        QVERIFY(steps);
        QTRY_COMPARE(steps->bars().bars.size(), std::size_t { 6 });
        // The selected option is on top and marked; each bar is its option's step.
        const std::size_t selected = explored.currentOption();
        QVERIFY(steps->bars().bars.front().label.startsWith(u'▸'));
        double sum = 0;
        for (const double value : steps->bars().bars.front().values)
            sum += value;
        COMPARE_NEAR(sum, inMilliseconds(explored.report().options[selected].atPeak.step.total),
                     1e-6);
        QSignalSpy clicks(explored.deck, &ChartDeck::optionClicked);
        QTest::qWait(100);
        QCustomPlot& plot = steps->plot();
        const auto bars = static_cast<double>(steps->bars().bars.size());
        QTest::mouseClick(&plot, Qt::LeftButton, {},
                          QPoint(plot.axisRect()->left() + 5,
                                 static_cast<int>(plot.yAxis->coordToPixel(bars - 2))));
        QCOMPARE(clicks.size(), 1);
        QCOMPARE(explored.currentOption(), clicks.first().first().value<std::size_t>());
        QVERIFY(explored.currentOption() != selected);
    }

    void loadCurveFollowsTheSelection()
    {
        Explored explored;
        explored.deck->setCurrentIndex(3);
        auto* load = qobject_cast<LoadChart*>(explored.deck->currentWidget());
        QVERIFY(load);
        QTRY_VERIFY(load->message().isEmpty() && load->kneeLoad() > 0);
        // What the option carries within the targets is what the search found.
        const auto capacityOf = [&](std::size_t index) {
            const Option& option = explored.report().options[index];
            return option.capacityPerReplica.value() * option.candidate.topology.independentParts();
        };
        COMPARE_NEAR(load->limitLoad(), capacityOf(explored.currentOption()), 0.02);
        QVERIFY(load->plot().accessibleDescription().contains(QStringLiteral("Knee")));
        QTest::keyClick(&load->plot(), Qt::Key_PageDown);
        QVERIFY(load->plot().accessibleDescription().contains(QStringLiteral("p99")));
        const double before = load->limitLoad();
        int row = 1; // with another capacity
        while (std::abs(capacityOf(explored.model().record(row).index) / before - 1) < 0.1)
            ++row;
        explored.table->setCurrentIndex(explored.table->model()->index(row, 0));
        QTRY_VERIFY(load->message().isEmpty() && load->limitLoad() > 0
                    && load->limitLoad() != before);
        COMPARE_NEAR(load->limitLoad(), capacityOf(explored.currentOption()), 0.02);
        for (const LatencyMetric metric : allLatencyMetrics) {
            load->setMetric(metric);
            QCOMPARE(load->metric(), metric);
            QVERIFY(load->plot().yAxis->label().contains(metricName(metric)));
        }
        QTest::keyClick(&explored.front(0).plot(), Qt::Key_Escape);
        explored.deck->setCurrentIndex(3);
        QTRY_VERIFY(!load->message().isEmpty());
    }

    void splitsAreMappedForTheSelection()
    {
        Explored explored;
        explored.deck->setCurrentIndex(5);
        auto* map = qobject_cast<SplitChart*>(explored.deck->currentWidget());
        QVERIFY(map);
        QTRY_VERIFY(map->message().isEmpty() && map->feasibleCount() > 0);
        const QString summary = map->plot().accessibleDescription();
        QVERIFY2(summary.contains(QStringLiteral("prefill")), qPrintable(summary));
        QTest::keyClick(&map->plot(), Qt::Key_PageDown);
        QVERIFY(map->plot().accessibleDescription().contains(QStringLiteral("decode servers")));
        map->setShade(SplitChart::Shade::Goodput);
        map->setTableShown(true);
        QVERIFY(map->findChild<CopyTableView*>()->model()->rowCount() >= 16);
        map->setTableShown(false);
        explored.deck->setCurrentIndex(6);
        auto* roles = qobject_cast<RoleCapacityChart*>(explored.deck->currentWidget());
        QVERIFY(roles);
        QTRY_VERIFY(roles->plot().accessibleDescription().contains(QStringLiteral("needs")));
        QVERIFY(roles->plot().graph(0)->dataCount() >= 4);
    }

    void sizesExplainThemselves()
    {
        Topology topology;
        topology.pool = { { .tensor = 8 }, 5 };
        QCOMPARE(sizeText(topology), QStringLiteral("40 GPUs = 5 replicas × 8 (TP8)"));
        topology.pool = { { .tensor = 1 }, 1 };
        QCOMPARE(sizeText(topology), QStringLiteral("1 GPU = 1 replica × 1 (TP1)"));
        QCOMPARE(parallelismText(topology), QStringLiteral("TP1"));
        topology.pool = { { .tensor = 8 }, 1 };
        topology.disaggregation.emplace().prefill = { { .tensor = 4 }, 3 };
        QCOMPARE(sizeText(topology),
                 QStringLiteral("20 GPUs = 3 prefill × 4 (TP4) + 1 decode × 8 (TP8)"));
        QCOMPARE(parallelismText(topology), QStringLiteral("P/D TP4 → TP8"));
    }

    void columnsComeInPresets()
    {
        Explored explored;
        QToolButton* columns = nullptr;
        for (auto* button : explored.page.findChildren<QToolButton*>()) {
            if (button->accessibleName() == QStringLiteral("Choose the columns of the table"))
                columns = button;
        }
        QVERIFY(columns);
        const OptionsModel& model = explored.model();
        const auto shown = [&](const char* id) {
            return !explored.table->isColumnHidden(model.columnOf(QString::fromLatin1(id)));
        };
        const auto choose = [&](const char* name) {
            emit columns->menu()->aboutToShow();
            for (QAction* action : columns->menu()->actions()) {
                if (action->text() == QString::fromLatin1(name))
                    action->trigger();
            }
        };
        QVERIFY(shown("quality") && !shown("output_per_gpu"));
        choose("Throughput");
        QVERIFY(!shown("quality") && shown("output_per_gpu") && shown("model"));
        emit columns->menu()->aboutToShow();
        QStringList checked;
        for (const QAction* action : columns->menu()->actions()) {
            if (action->isChecked() && action->actionGroup())
                checked.append(action->text());
        }
        QCOMPARE(checked, QStringList { QStringLiteral("Throughput") });
        choose("Overview");
        QVERIFY(shown("quality") && !shown("output_per_gpu"));
    }

    void everyChartIsExported()
    {
        Explored explored;
        QTemporaryDir folder;
        for (int tab = 0; tab < explored.deck->count(); ++tab) {
            explored.deck->setCurrentIndex(tab);
            QTest::qWait(400);
            auto* chart = qobject_cast<ChartView*>(explored.deck->currentWidget());
            QVERIFY(chart);
            QVERIFY(!chart->plot().accessibleDescription().isEmpty());
            QString error;
            for (const char* suffix : { "png", "svg", "pdf" }) {
                const QString path =
                    folder.filePath(QStringLiteral("%1.%2").arg(tab).arg(QLatin1String(suffix)));
                QVERIFY2(chart->saveImage(path, error), qPrintable(error));
                QFile file(path);
                QVERIFY(file.open(QIODevice::ReadOnly));
                const QByteArray data = file.readAll();
                QVERIFY(suffix == QByteArray("png") ? !QImage::fromData(data).isNull()
                                                    : data.size() > 2000);
            }
            const QString path = folder.filePath(QStringLiteral("%1.csv").arg(tab));
            QVERIFY2(chart->saveData(path, ChartView::DataRange::All, error), qPrintable(error));
            QFile file(path);
            QVERIFY(file.open(QIODevice::ReadOnly | QIODevice::Text));
            const auto lines = csvRows(QString::fromUtf8(file.readAll()));
            QVERIFY(lines.size() > 3);
            if (tab < 3)
                QCOMPARE(static_cast<int>(lines.size()), explored.model().rowCount() + 1);
            for (const QStringList& line : lines)
                QCOMPARE(line.size(), lines.front().size());
        }
        // Only what is in view.
        ChartView& chart = explored.front(1);
        QTest::keyClick(&chart.plot(), Qt::Key_Plus);
        QTest::keyClick(&chart.plot(), Qt::Key_Plus);
        QString error;
        const QString path = folder.filePath(QStringLiteral("part.csv"));
        QVERIFY(chart.saveData(path, ChartView::DataRange::Visible, error));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().count('\n') < explored.model().rowCount() + 1);
    }

    void everythingIsReachedByKeyboard()
    {
        Explored explored;
        explored.page.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&explored.page));
        QSet<QString> reached;
        explored.page.findChild<QSlider*>(QStringLiteral("weight0"))->setFocus();
        for (int i = 0; i < 80; ++i) {
            const QWidget* widget = QApplication::focusWidget();
            QVERIFY(widget);
            reached.insert(widget->objectName());
            if (qobject_cast<const QCustomPlot*>(widget))
                reached.insert(QStringLiteral("plot"));
            if (widget->inherits("QTabBar"))
                reached.insert(widget->parentWidget()->objectName());
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        }
        for (const char* name :
             { "facet0", "facet3", "leastQuality", "filter", "optionsTable", "plot", "chartDeck",
               "detailsPanel", "chooseOption", "chartHelpButton" })
            QVERIFY2(reached.contains(QString::fromLatin1(name)), name);
        QTest::keySequence(&explored.page, QKeySequence::Find);
        QCOMPARE(QApplication::focusWidget()->objectName(), QStringLiteral("filter"));
    }

    void draggingFollowsWithManyOptions()
    {
        Explored explored;
        Document& document = explored.bench.document;
        document.setReport(testing::manyOptions(20'000), "analytic");
        QTest::qWait(100);
        const QPoint from(explored.chart->plot().axisRect()->center().x(),
                          static_cast<int>(std::lround(*explored.chart->targetPixel())));
        QCustomPlot& plot = explored.chart->plot();
        QTest::mousePress(&plot, Qt::LeftButton, {}, from);
        // The event loop is watched as a user feels it: how long until it comes round again.
        double longest = 0;
        const int before = explored.shownRows();
        QVERIFY(before > 15'000);
        int rows = before;
        for (int step = 1; step <= 20; ++step) {
            QElapsedTimer turn;
            turn.start();
            QTest::mouseMove(&plot, from + QPoint(0, 4 * step));
            QTest::qWait(0);
            longest = std::max(longest, static_cast<double>(turn.nsecsElapsed()) * 1e-6);
            QVERIFY(explored.shownRows() <= rows);
            rows = explored.shownRows();
            QCOMPARE(rows, static_cast<int>(document.ranking().of(View::LowestCost).size()));
        }
        qInfo("longest turn of the event loop: %.1f ms", longest);
        QVERIFY(rows < before);
        QTest::keyClick(&plot, Qt::Key_Escape);
        QCOMPARE(explored.shownRows(), before);
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
