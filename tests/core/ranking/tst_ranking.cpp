// SPDX-License-Identifier: Apache-2.0
#include <core/ranking/ranker.h>
#include <tests/core/search/fakeengine.h>
#include <tests/core/search/smallcatalog.h>
#include <tests/testsupport/testtools.h>

#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <random>

using namespace llmd;

namespace {

RankingInput input(double cost, double ttft, double itl, double e2e,
                   std::optional<double> quality = {}, double complexity = 0)
{
    return { cost, e2e, ttft, itl, quality, complexity, 1000 };
}

Slo targets(double ttft, double itl)
{
    Slo slo;
    slo.ttft = LatencyTarget { 95, Seconds(ttft) };
    slo.itl = LatencyTarget { 95, Seconds(itl) };
    return slo;
}

std::vector<RankingInput> randomInputs(std::size_t count, std::uint64_t seed)
{
    std::mt19937_64 random(seed);
    const auto uniform = [&] { return static_cast<double>(random() >> 11) * 0x1p-53; };
    std::vector<RankingInput> inputs;
    for (std::size_t i = 0; i < count; ++i) {
        std::optional<double> quality;
        if (random() % 3)
            quality = std::floor(100 * uniform());
        inputs.push_back(input(std::floor(1 + 30 * uniform()), uniform(), 0.1 * uniform(),
                               20 * uniform(), quality, std::floor(12 * uniform())));
    }
    return inputs;
}

} // namespace

class TestRanking : public QObject
{
    Q_OBJECT

private slots:
    void scoresByHand()
    {
        const std::vector<RankingInput> inputs {
            input(2, 0.4, 0.04, 10, 80, 0), // cheapest, exactly on both limits
            input(4, 0.1, 0.02, 5, {}, 4), // twice the price, a quarter and a half of the limits
            input(64, 0.025, 0.0025, 1, 50, 20), // 32 times the price, a sixteenth of both
        };
        const Ranking ranking = rank(inputs, { 0.5, 0.25, 0.125, 0.125 }, targets(0.4, 0.04));
        const auto& scores = ranking.scores;
        COMPARE_NEAR(scores[0].cost, 100, 1e-12);
        COMPARE_NEAR(scores[1].cost, 87.5, 1e-12);
        COMPARE_NEAR(scores[2].cost, 37.5, 1e-12);
        COMPARE_NEAR(scores[0].latency, 50, 1e-12);
        COMPARE_NEAR(scores[1].latency, 100 - 50 * (0.25 + 0.5) / 2, 1e-12);
        COMPARE_NEAR(scores[2].latency, 100 - 50 / 16.0, 1e-12);
        COMPARE_NEAR(scores[0].simplicity, 100, 1e-12);
        COMPARE_NEAR(scores[1].simplicity, 75, 1e-12);
        COMPARE_NEAR(scores[2].simplicity, 0, 1e-12);
        QVERIFY(!scores[1].quality);
        COMPARE_NEAR(scores[0].balanced,
                     std::pow(100, 0.5) * std::pow(50, 0.25) * std::pow(80, 0.125)
                         * std::pow(100, 0.125),
                     1e-12);
        // Nobody measured its quality: nothing speaks for it.
        COMPARE_NEAR(scores[1].balanced,
                     std::pow(87.5, 0.5) * std::pow(81.25, 0.25) * std::pow(75, 0.125), 1e-12);
    }

    void excessDoesNotMakeUpForPoorQuality()
    {
        const std::vector<RankingInput> inputs {
            input(1, 0.01, 0.001, 1, 7, 0), // needlessly fast, answers badly
            input(1, 0.15, 0.015, 5, 60, 0),
        };
        const Ranking ranking = rank(inputs, {}, targets(0.4, 0.04));
        QCOMPARE(ranking.of(View::Balanced).front(), std::size_t(1));
    }

    void withoutTargetsTheFastestCounts()
    {
        const Ranking ranking = rank({ input(1, 1, 1, 8), input(1, 1, 1, 2) }, {});
        COMPARE_NEAR(ranking.scores[0].latency, 75, 1e-12);
        COMPARE_NEAR(ranking.scores[1].latency, 100, 1e-12);
    }

    void viewsOrder()
    {
        const std::vector<RankingInput> inputs {
            input(8, 0.1, 0.010, 3, 60, 2),
            input(2, 0.3, 0.030, 9, {}, 3),
            input(4, 0.2, 0.020, 6, 90, 1),
            input(2, 0.2, 0.025, 7, 60, 5),
        };
        const Ranking ranking = rank(inputs, { 1, 0, 0, 0 }, targets(0.4, 0.04));
        using Order = std::vector<std::size_t>;
        QVERIFY((ranking.of(View::LowestCost)
                 == Order { 3, 1, 2, 0 })); // the faster of the two at $2 first
        QVERIFY((ranking.of(View::Balanced) == Order { 3, 1, 2, 0 }));
        QVERIFY((ranking.of(View::LowestLatency) == Order { 0, 2, 3, 1 }));
        QVERIFY((ranking.of(View::BestQuality) == Order { 2, 3, 0, 1 })); // no data comes last
        QVERIFY((ranking.of(View::Simplest) == Order { 2, 0, 1, 3 }));
    }

    void targetsFilter()
    {
        const std::vector<RankingInput> inputs { input(1, 0.5, 0.01, 3), input(2, 0.3, 0.01, 3),
                                                 input(3, 0.3, 0.05, 3), input(4, 0.2, 0.01, 9) };
        Slo slo = targets(0.4, 0.04);
        Ranking ranking = rank(inputs, {}, slo);
        for (const View view : allViews) {
            auto order = ranking.of(view);
            std::sort(order.begin(), order.end());
            QVERIFY((order == std::vector<std::size_t> { 1, 3 }));
        }
        // Costs are relative to the cheapest that meets the targets; what is cheaper still has no more than 100.
        COMPARE_NEAR(ranking.scores[1].cost, 100, 1e-12);
        COMPARE_NEAR(ranking.scores[0].cost, 100, 1e-12);
        slo.e2e = LatencyTarget { 95, Seconds(5) };
        QVERIFY((rank(inputs, {}, slo).of(View::Simplest) == std::vector<std::size_t> { 1 }));
        slo.minOutputThroughput = TokensPerSecond(1001);
        ranking = rank(inputs, {}, slo);
        QVERIFY(ranking.of(View::Balanced).empty());
        QCOMPARE(ranking.scores.size(), inputs.size());
    }

    void ordersAreSortedPermutations()
    {
        const auto inputs = randomInputs(2000, 3);
        const Slo slo = targets(0.7, 0.08);
        const Ranking ranking = rank(inputs, { 0.4, 0.3, 0.2, 0.1 }, slo);
        std::size_t within = 0;
        for (const RankingInput& entry : inputs)
            within += entry.ttftSeconds <= 0.7 && entry.itlSeconds <= 0.08;
        QVERIFY(within > 500 && within < 2000);
        for (const View view : allViews) {
            std::vector<std::size_t> order = ranking.of(view);
            QCOMPARE(order.size(), within);
            std::sort(order.begin(), order.end());
            QVERIFY(std::adjacent_find(order.begin(), order.end()) == order.end());
        }
        const auto& balanced = ranking.of(View::Balanced);
        const auto& simple = ranking.of(View::Simplest);
        for (std::size_t i = 1; i < within; ++i) {
            QVERIFY(ranking.scores[balanced[i - 1]].balanced
                    >= ranking.scores[balanced[i]].balanced);
            QVERIFY(inputs[simple[i - 1]].complexity <= inputs[simple[i]].complexity);
        }
        for (const Scores& scores : ranking.scores) {
            for (const double score :
                 { scores.cost, scores.latency, scores.simplicity, scores.balanced })
                QVERIFY(score >= 0 && score <= 100);
        }
    }

    void brokenNumbersAreLast()
    {
        const double nan = std::numeric_limits<double>::quiet_NaN();
        const std::vector<RankingInput> inputs { input(nan, 0.1, 0.01, 1), input(1, nan, 0.01, 1),
                                                 input(1, 0.1, 0.01, 1, nan),
                                                 input(0, 0.1, 0.01, 2) };
        const Ranking ranking = rank(inputs, { nan, -1, 1, 1 }, targets(0.4, 0.04));
        for (const View view : allViews)
            QCOMPARE(ranking.of(view).size(), std::size_t(2));
        QVERIFY(!ranking.scores[2].quality);
        QCOMPARE(ranking.of(View::LowestCost).front(), std::size_t(3)); // free hardware is cheapest
        for (const Scores& scores : ranking.scores)
            QVERIFY(std::isfinite(scores.balanced));
        QVERIFY(rank({}, {}).of(View::Balanced).empty());
        QCOMPARE(rank({ input(1, 1, 1, 1) }, { 0, 0, 0, 0 }).scores[0].balanced, 0.0);
    }

    void complexityByHand()
    {
        Option option;
        const Model plain = test::denseModel("acme/plain");
        option.candidate.model = &plain;
        option.candidate.topology.pool = { { 1, 1, 1, false }, 1 };
        QCOMPARE(complexityOf(option), 0.0);
        option.candidate.topology.pool = { { 4, 1, 1, false }, 2 };
        QCOMPARE(complexityOf(option), 3 + 0.25 + 1);
        option.candidate.topology.pool = { { 1, 2, 1, false }, 1 };
        QCOMPARE(complexityOf(option), 1.0 + 2);
        option.candidate.topology.pool = { { 1, 1, 8, true }, 1 };
        QCOMPARE(complexityOf(option), 3.0 + 1);
        // Two servers for prompts and one of two GPUs for the rest: four GPUs, three servers.
        option.candidate.topology.pool = { { 2, 1, 1, false }, 1 };
        option.candidate.topology.disaggregation = Disaggregation {};
        option.candidate.topology.disaggregation->prefill = { { 1, 1, 1, false }, 2 };
        COMPARE_NEAR(complexityOf(option), 2 + 2 + 0.25 * std::log2(3) + 0.5, 1e-12);
        option.candidate.topology.disaggregation.reset();
        Model quantised = plain;
        quantised.architecture = quantizedAtLoad(plain.architecture, Precision::Fp8);
        option.candidate.model = &quantised;
        option.candidate.topology.pool = { { 1, 1, 1, false }, 1 };
        QCOMPARE(complexityOf(option), 0.5);
        quantised.architecture.quantization.atLoad = false;
        QCOMPARE(complexityOf(option), 0.25);
    }

    void inputsFollowTheTargets()
    {
        SearchReport report;
        report.catalog = test::smallCatalog();
        report.useCase = "chatbot_conversational";
        Option option;
        option.candidate.model = &report.catalog->models[0];
        option.candidate.topology.pool = { { 2, 1, 1, false }, 1 };
        option.cost = dollarsPerHour(3);
        option.atPeak.ttft = test::spread(0.1);
        option.atPeak.itl = test::spread(0.01);
        option.atPeak.e2e = test::spread(2);
        option.atPeak.outputThroughput = TokensPerSecond(500);
        report.options = { option };
        report.need.slo.ttft = LatencyTarget { 99, Seconds(1) };
        const auto own = rankingInputs(report);
        QCOMPARE(own.size(), std::size_t(1));
        COMPARE_NEAR(own[0].costPerHour, 3, 1e-12);
        COMPARE_NEAR(own[0].ttftSeconds, 0.3, 1e-9); // p99
        COMPARE_NEAR(own[0].e2eSeconds, 4, 1e-9); // p95 without a target
        QCOMPARE(own[0].complexity, 1.5);
        QCOMPARE(own[0].outputTokensPerSecond, 500.0);
        QVERIFY(!own[0].quality);
        Slo changed;
        changed.ttft = LatencyTarget { 0, Seconds(1) };
        COMPARE_NEAR(rankingInputs(report, changed)[0].ttftSeconds, 0.1, 1e-9); // mean
    }

    void viewNames()
    {
        for (const View view : allViews)
            QVERIFY(parseView(toString(view)) == view);
        QVERIFY(!parseView("best"));
    }

    /** A ranker keeps what it can from one ranking to the next; that must never show. */
    void rankersAnswerAsIfTheyWereNew()
    {
        std::mt19937 random(11);
        std::uniform_real_distribution<double> spread(0, 1);
        constexpr double odd[] = { std::numeric_limits<double>::quiet_NaN(),
                                   std::numeric_limits<double>::infinity(), 0, -1 };
        std::vector<RankingInput> inputs(500);
        for (RankingInput& row : inputs) {
            const auto figure = [&](double most) {
                return spread(random) < 0.02 ? odd[static_cast<std::size_t>(4 * spread(random))]
                                             : std::round(most * spread(random) * 20) / 20;
            };
            row.costPerHour = figure(40);
            row.ttftSeconds = figure(1);
            row.itlSeconds = figure(0.1);
            row.e2eSeconds = figure(30);
            if (spread(random) < 0.8)
                row.quality = figure(100);
            row.complexity = figure(12);
            row.outputTokensPerSecond = figure(9000);
        }
        Ranker kept(inputs);
        for (int round = 0; round < 60; ++round) {
            Slo slo;
            if (spread(random) < 0.8)
                slo.e2e = LatencyTarget { 95, Seconds(30 * spread(random)) };
            if (spread(random) < 0.5)
                slo.ttft = LatencyTarget { 95, Seconds(spread(random)) };
            if (round == 30)
                slo.ttft = LatencyTarget { 95, Seconds(-1) }; // nothing meets it
            const Priorities priorities { spread(random), spread(random), spread(random),
                                          round % 7 == 0 ? 0 : spread(random) };
            const Ranking again = kept.rank(priorities, slo);
            const Ranking fresh = rank(inputs, priorities, slo);
            QVERIFY(again.order == fresh.order);
            for (std::size_t i = 0; i < inputs.size(); ++i) {
                QCOMPARE(again.scores[i].balanced, fresh.scores[i].balanced);
                QCOMPARE(again.scores[i].cost, fresh.scores[i].cost);
                QCOMPARE(again.scores[i].latency, fresh.scores[i].latency);
                QVERIFY(again.scores[i].quality == fresh.scores[i].quality);
            }
            // Each order by its own rule, and complete.
            for (const View view : allViews)
                QCOMPARE(again.of(view).size(), again.of(View::LowestCost).size());
            const auto& cheap = again.of(View::LowestCost);
            for (std::size_t i = 1; i < cheap.size(); ++i)
                QVERIFY(inputs[cheap[i - 1]].costPerHour <= inputs[cheap[i]].costPerHour);
            const auto& balanced = again.of(View::Balanced);
            for (std::size_t i = 1; i < balanced.size(); ++i)
                QVERIFY(again.scores[balanced[i - 1]].balanced
                        >= again.scores[balanced[i]].balanced);
        }
    }
};

QTEST_APPLESS_MAIN(TestRanking)
#include "tst_ranking.moc"
