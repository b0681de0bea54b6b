// SPDX-License-Identifier: GPL-3.0-or-later
#include <widgets/explore/optionsmodel.h>
#include <widgets/explore/paretochart.h>
#include <widgets/tables/copytableview.h>
#include <widgets/tables/filterproxy.h>
#include <widgets/tables/tablesetup.h>

#include <QTest>

#include <random>

using namespace llmd;

namespace {

constexpr std::size_t optionCount = 10'000;

/** As many options as a wide search leaves, with figures that cover their usual ranges. */
std::shared_ptr<const SearchReport> manyOptions()
{
    auto catalog = loadCatalog();
    if (!catalog)
        return nullptr;
    auto report = std::make_shared<SearchReport>();
    report->catalog = catalog->value;
    std::mt19937 random(7);
    std::uniform_real_distribution<double> spread(0, 1);
    for (std::size_t i = 0; i < optionCount; ++i) {
        Option option;
        option.id = "option-" + std::to_string(i);
        option.candidate.model = &catalog->value->models[i % catalog->value->models.size()];
        option.candidate.gpu = &catalog->value->gpus[i % catalog->value->gpus.size()];
        option.totalGpus = 1 + static_cast<int>(i % 64);
        option.cost = dollarsPerHour(1 + static_cast<double>(i) * 0.01);
        for (auto* latency : { &option.atPeak.ttft, &option.atPeak.itl, &option.atPeak.e2e }) {
            const double value = latency == &option.atPeak.e2e ? 2 + 20 * spread(random)
                                                               : 0.02 + 0.4 * spread(random);
            *latency = { Seconds(value * 0.6), Seconds(value * 0.5), Seconds(value * 0.9),
                         Seconds(value),       Seconds(value * 1.2), { 0.9, 1.1 },
                         { 0.8, 1.2 } };
        }
        report->options.push_back(std::move(option));
    }
    return report;
}

} // namespace

/** What happens for every step of a target line that is dragged, with the widgets that show it. */
class BenchRerank : public QObject
{
    Q_OBJECT

private slots:
    void rankAndTable()
    {
        const auto report = manyOptions();
        QVERIFY(report);
        OptionsModel model;
        CopyTableView view;
        setUpTable(view, model);
        view.resize(1200, 500);
        view.show();
        const auto inputs = rankingInputs(*report);
        double limit = 20;
        QBENCHMARK
        {
            Slo slo;
            slo.e2e = LatencyTarget { 95, Seconds(limit) };
            limit = limit > 6 ? limit - 0.1 : 20;
            model.setResults(report, rank(inputs, Priorities {}, slo), View::Balanced);
            view.viewport()->repaint();
        }
    }

    void rankTableAndChart()
    {
        const auto report = manyOptions();
        QVERIFY(report);
        OptionsModel model;
        CopyTableView view;
        setUpTable(view, model);
        view.resize(1200, 500);
        view.show();
        ParetoChart chart;
        chart.resize(900, 400);
        chart.show();
        const auto inputs = rankingInputs(*report);
        chart.setResults(report, rank(inputs, Priorities {}), {});
        double limit = 20;
        QBENCHMARK
        {
            Slo slo;
            slo.e2e = LatencyTarget { 95, Seconds(limit) };
            limit = limit > 6 ? limit - 0.1 : 20;
            const Ranking ranking = rank(inputs, Priorities {}, slo);
            model.setResults(report, ranking, View::Balanced);
            chart.setRanking(ranking, slo);
        }
    }

    void sortByColumn()
    {
        const auto report = manyOptions();
        QVERIFY(report);
        OptionsModel model;
        model.setResults(report, rank(rankingInputs(*report), Priorities {}), View::Balanced);
        const int column = model.columnOf(QStringLiteral("ttft_p95"));
        QBENCHMARK
        {
            model.sort(column, Qt::AscendingOrder);
            model.sort(column, Qt::DescendingOrder);
        }
    }
};

QTEST_MAIN(BenchRerank)
#include "bench_rerank.moc"
