// SPDX-License-Identifier: Apache-2.0
#include <core/ranking/explanation.h>
#include <tests/core/search/fakeengine.h>
#include <tests/core/search/smallcatalog.h>

#include <QTest>

#include <random>

using namespace llmd;
using Place = TradeoffPoint::Place;

namespace {

Option madeUp(const Catalog& catalog, int gpus, double perHour, double e2eMs, double factor)
{
    Option option;
    option.candidate.model = &catalog.models.front();
    option.candidate.gpu = &catalog.gpus.front();
    option.totalGpus = gpus;
    option.cost = dollarsPerHour(perHour);
    option.atPeak.e2e = test::spread(e2eMs / 2000); // p95 is twice that
    option.atPeak.e2e.tailInterval = { 1 / factor, factor };
    return option;
}

SearchReport reportOf(std::vector<Option> options, std::shared_ptr<const Catalog> catalog)
{
    SearchReport report;
    report.catalog = std::move(catalog);
    report.options = std::move(options);
    return report;
}

/** By the definition, pair by pair. */
Place slowly(const std::vector<TradeoffPoint>& points, std::size_t index)
{
    const auto beats = [](double ax, double ay, double bx, double by) {
        return ax <= bx && ay <= by && (ax < bx || ay < by);
    };
    Place place = Place::Front;
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (i == index)
            continue;
        const TradeoffPoint& a = points[i];
        const TradeoffPoint& b = points[index];
        if (beats(a.x.high, a.y.high, b.x.low, b.y.low))
            return Place::Dominated;
        if (beats(a.x.value, a.y.value, b.x.value, b.y.value))
            place = Place::WithinUncertainty;
    }
    return place;
}

} // namespace

class TestTradeoff : public QObject
{
    Q_OBJECT

private slots:
    void dominatedOnlyBeyondUncertainty()
    {
        const auto catalog = test::smallCatalog();
        const auto report =
            reportOf({ madeUp(*catalog, 1, 1, 1000, 1.2),
                       madeUp(*catalog, 2, 2, 1100, 1.2), // slower, within 20 %
                       madeUp(*catalog, 2, 2, 2000, 1.2), // surely slower and dearer
                       madeUp(*catalog, 4, 4, 500, 1.2) },
                     catalog);
        const auto points = tradeoff(report, TradeoffAxis::Cost, TradeoffAxis::E2e);
        QVERIFY(points[0].place == Place::Front);
        QVERIFY(points[1].place == Place::WithinUncertainty);
        QVERIFY(points[2].place == Place::Dominated);
        QVERIFY(points[3].place == Place::Front);
        QVERIFY(std::abs(points[0].y.high / points[0].y.value - 1.2) < 1e-9);
    }

    void nothingIsSureWithoutIntervals()
    {
        const auto catalog = test::smallCatalog();
        auto slow = madeUp(*catalog, 2, 2, 9000, 1);
        slow.atPeak.e2e.tailInterval = IntervalFactors::none();
        auto near = madeUp(*catalog, 2, 2, 9000, 1);
        near.atPeak.nearSaturation = true;
        const auto report = reportOf({ madeUp(*catalog, 1, 1, 1000, 1.2), slow, near }, catalog);
        const auto points = tradeoff(report, TradeoffAxis::Cost, TradeoffAxis::E2e);
        QVERIFY(points[1].place == Place::WithinUncertainty);
        QVERIFY(points[2].place == Place::WithinUncertainty);
        QVERIFY(!points[1].y.stated);
    }

    void missingFiguresAreUnknown()
    {
        const auto catalog = test::smallCatalog(); // has no quality scores
        const auto report = reportOf({ madeUp(*catalog, 1, 1, 1000, 1.2) }, catalog);
        QVERIFY(tradeoff(report, TradeoffAxis::Cost, TradeoffAxis::Quality)[0].place
                == Place::Unknown);
    }

    void agreesWithTheDefinition()
    {
        const auto catalog = test::smallCatalog();
        std::mt19937 random(5);
        for (int round = 0; round < 60; ++round) {
            std::vector<Option> options;
            const auto upTo = [&random](unsigned most) {
                return 1 + static_cast<int>(random() % most);
            };
            for (int i = 0; i < 40; ++i)
                options.push_back(
                    madeUp(*catalog, upTo(6), upTo(6), 100 * upTo(12), 0.9 + 0.1 * upTo(4)));
            const auto report = reportOf(std::move(options), catalog);
            for (const auto& [x, y] : { std::pair(TradeoffAxis::Cost, TradeoffAxis::E2e),
                                        std::pair(TradeoffAxis::E2e, TradeoffAxis::Gpus),
                                        std::pair(TradeoffAxis::Gpus, TradeoffAxis::Cost) }) {
                const auto points = tradeoff(report, x, y);
                for (std::size_t i = 0; i < points.size(); ++i)
                    QVERIFY(points[i].place == slowly(points, i));
            }
        }
    }

    void moreThroughputIsBetter()
    {
        const auto catalog = test::smallCatalog();
        auto weak = madeUp(*catalog, 1, 1, 1000, 1.1);
        weak.capacityPerReplica = RequestsPerSecond(1);
        weak.atPeak.itl.tailInterval = { 0.9, 1.1 };
        auto strong = weak;
        strong.capacityPerReplica = RequestsPerSecond(4);
        auto report = reportOf({ weak, strong }, catalog);
        report.need.peakLoad.output.mean = 100;
        const auto points = tradeoff(report, TradeoffAxis::ThroughputPerGpu, TradeoffAxis::Cost);
        QVERIFY(points[0].place == Place::Dominated);
        QVERIFY(points[1].place == Place::Front);
        QCOMPARE(points[1].x.value, 400.0);
    }

    void axesHaveNames()
    {
        for (const TradeoffAxis axis : allTradeoffAxes)
            QVERIFY(parseTradeoffAxis(toString(axis)) == std::optional(axis));
        QVERIFY(!parseTradeoffAxis("weight"));
    }

    void explainsWhatLimitsAnOption()
    {
        // One GPU of one kind, so that it is known which target binds.
        SearchProblem problem;
        problem.space.tensorParallel = { 1 };
        problem.space.pipelineParallel = { 1 };
        problem.space.quantizeAtLoad = false;
        problem.requirements.users = 20'000;
        problem.requirements.models = { "acme/small-8b" };
        problem.requirements.gpusIncluded = { "big" };
        problem.requirements.itl = LatencyTarget { 95, milliseconds(25) };
        problem.requirements.ttft = LatencyTarget { 95, Seconds(5) };
        const auto catalog = test::smallCatalog();
        const test::FakeEngine engine;
        RunContext context;
        auto report = search(problem, catalog, engine, context).value();
        QVERIFY(!report->options.empty());
        const auto itl = explainOption(*report, 0, engine, context);
        QVERIFY2(itl, itl ? "" : itl.error().detail.c_str());
        QVERIFY(itl->limit.kind == LoadLimit::Kind::Itl);
        QVERIFY(itl->limit.ratios.of(LatencyMetric::Itl) > 1
                && itl->limit.ratios.of(LatencyMetric::Itl) < 1.02);
        QVERIFY(QString::fromStdString(itl->limit.text).contains("25 ms"));
        problem.requirements.itl = LatencyTarget { 95, Seconds(5) };
        problem.requirements.ttft = LatencyTarget { 95, milliseconds(300) };
        report = search(problem, catalog, engine, context).value();
        QVERIFY(explainOption(*report, 0, engine, context)->limit.kind == LoadLimit::Kind::Ttft);
        QVERIFY(!explainOption(*report, report->options.size(), engine, context));
    }

    void namesTheCheapestBetterOption()
    {
        Requirements need;
        need.users = 20'000;
        const auto catalog = test::smallCatalog();
        const test::FakeEngine engine;
        RunContext context;
        const auto report = search({ need, {} }, catalog, engine, context).value();
        const auto explanation = explainOption(*report, 0, engine, context);
        QVERIFY(explanation);
        QVERIFY(!explanation->better.empty());
        QVERIFY(explanation->better.size() + explanation->unbeaten.size() == 5);
        for (const BetterOption& better : explanation->better) {
            const auto own = extentOf(*report, 0, better.axis);
            const auto other = extentOf(*report, better.option, better.axis);
            QVERIFY(moreIsBetter(better.axis) ? other->low > own->high : other->high < own->low);
            QVERIFY(better.morePerMonth >= 0);
            // Nothing in between is better as well.
            for (std::size_t i = 1; i < better.option; ++i) {
                const auto between = extentOf(*report, i, better.axis);
                QVERIFY(moreIsBetter(better.axis) ? between->low <= own->high
                                                  : between->high >= own->low);
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestTradeoff)
#include "tst_tradeoff.moc"
