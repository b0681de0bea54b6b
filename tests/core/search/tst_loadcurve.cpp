// SPDX-License-Identifier: Apache-2.0
#include <core/search/loadcurve.h>
#include <tests/core/performance/simulationfixture.h>
#include <tests/core/search/fakeengine.h>
#include <tests/core/search/smallcatalog.h>

#include <QTest>

#include <cmath>

using namespace llmd;

namespace {

LoadCurveProblem problemOn(const Catalog& catalog)
{
    LoadCurveProblem problem;
    problem.candidate.model = catalog.findModel("acme/small-8b");
    problem.candidate.gpu = catalog.findGpu("big");
    problem.candidate.engine.maxNumSeqs = 256;
    problem.shape.prompt = { LengthDistribution::Shape::Constant, 500, 0 };
    problem.shape.output = { LengthDistribution::Shape::Constant, 200, 0 };
    problem.slo.ttft = LatencyTarget { 95, milliseconds(300) };
    problem.gpuPrice = dollarsPerHour(2);
    return problem;
}

} // namespace

class TestLoadCurve : public QObject
{
    Q_OBJECT

private slots:
    void findsSaturationAndCapacityOfAKnownCurve()
    {
        const auto catalog = test::smallCatalog();
        const auto problem = problemOn(*catalog);
        const test::FakeEngine engine;
        RunContext context;
        const auto curve = loadCurve(problem, engine, context);
        QVERIFY2(curve, curve ? "" : curve.error().detail.c_str());
        // Closed form of the fake engine: saturated at `most`; TTFT p95 = 2 x 50 ms x F / (1 - u).
        const double most = test::FakeEngine::mostPerSecond(problem.candidate);
        const double factor = test::FakeEngine::factor(problem.candidate);
        const double step = std::exp2(1.0 / rategrid::stepsPerDoubling);
        QVERIFY(curve->saturation.value() < most
                && curve->saturation.value() * step * step >= most);
        const double share = 1 - 0.1 * factor / 0.3;
        QVERIFY(curve->withinTargets.has_value());
        QVERIFY(curve->withinTargets->rate.value() <= share * most * (1 + 1e-9));
        QVERIFY(curve->withinTargets->rate.value() * step >= share * most * (1 - 1e-9));
        QCOMPARE(curve->binding, std::optional(LatencyMetric::Ttft));
        QVERIFY(curve->withinTargets->meetsTargets);
    }

    void kneeHasTheMostPower()
    {
        const auto catalog = test::smallCatalog();
        auto problem = problemOn(*catalog);
        problem.points = 200;
        const test::FakeEngine engine;
        RunContext context;
        const auto curve = loadCurve(problem, engine, context);
        QVERIFY(curve);
        // Brute force over the closed form.
        const double most = test::FakeEngine::mostPerSecond(problem.candidate);
        const double factor = test::FakeEngine::factor(problem.candidate);
        double best = 0;
        double bestPower = 0;
        for (int i = 1; i < 20'000; ++i) {
            const double u = i / 20'000.0;
            const double e2e = 0.05 * factor / (1 - u) + 199 * 0.01 * factor * (1 + u);
            if (u * most / e2e > bestPower)
                bestPower = u * most / e2e, best = u * most;
        }
        QVERIFY(std::abs(curve->knee.rate.value() / best - 1) < 0.01);
        QVERIFY(curve->knee.rate < curve->saturation);
    }

    void figuresHangTogether()
    {
        const auto catalog = test::smallCatalog();
        const auto problem = problemOn(*catalog);
        const test::FakeEngine engine;
        RunContext context;
        const auto curve = loadCurve(problem, engine, context);
        QVERIFY(curve);
        QCOMPARE(curve->points.size(), std::size_t(problem.points));
        const LoadPoint* before = nullptr;
        for (const LoadPoint& point : curve->points) {
            QCOMPARE(point.goodput.value(), point.rate.value() * point.attainment.share);
            QVERIFY(point.attainment.low <= point.attainment.share
                    && point.attainment.share <= point.attainment.high);
            QCOMPARE(point.energyPerOutputToken->value(),
                     point.power.value() / point.estimate.outputThroughput.value());
            QCOMPARE(point.costPerOutputToken->value() * point.estimate.outputThroughput.value(),
                     2.0 / 3600);
            if (before) {
                QVERIFY(point.rate > before->rate);
                QVERIFY(point.attainment.share <= before->attainment.share + 1e-12);
                QVERIFY(point.utilization > before->utilization);
            }
            before = &point;
        }
        QCOMPARE(curve->points.back().utilization, 1.0);
    }

    void sizesThePeakInWholeServers()
    {
        const auto catalog = test::smallCatalog();
        auto problem = problemOn(*catalog);
        problem.candidate.topology.pool.parallelism.tensor = 4;
        problem.headroom = 0.25;
        const test::FakeEngine engine;
        RunContext context;
        auto curve = loadCurve(problem, engine, context);
        QVERIFY(curve && !curve->fleet); // no peak, no fleet
        const double capacity = curve->withinTargets->rate.value();
        problem.peak = RequestsPerSecond(capacity * 0.75 * 4.5);
        curve = loadCurve(problem, engine, context);
        QVERIFY(curve && curve->fleet);
        const FleetSizing& fleet = *curve->fleet;
        QCOMPARE(fleet.replicas, 5);
        QCOMPARE(fleet.gpus, 20);
        QCOMPARE(fleet.nodes, 3); // two replicas of four GPUs in a server of eight
        QCOMPARE(fleet.idleGpus, 4);
        QVERIFY(std::abs(fleet.headroomLeft - (1 - 0.75 * 4.5 / 5)) < 1e-9);
        QVERIFY(fleet.headroomLeft >= fleet.headroomWanted);
        QVERIFY(std::abs(inDollarsPerHour(*fleet.cost) - 40) < 1e-9);
        QVERIFY(std::abs(inDollarsPerHour(*fleet.nodeCost) - 48) < 1e-9);
        QVERIFY(fleet.atPeak.meetsTargets);
        problem.gpusPerNode = 2; // a replica takes two servers
        curve = loadCurve(problem, engine, context);
        QCOMPARE(curve->fleet->nodes, 10);
        problem.minReplicas = 7;
        QCOMPARE(loadCurve(problem, engine, context)->fleet->replicas, 7);
    }

    void saysWhenNothingMeetsTheTargets()
    {
        const auto catalog = test::smallCatalog();
        auto problem = problemOn(*catalog);
        problem.slo.itl = LatencyTarget { 95, milliseconds(0.1) };
        problem.peak = RequestsPerSecond(10);
        const test::FakeEngine engine;
        RunContext context;
        const auto curve = loadCurve(problem, engine, context);
        QVERIFY(curve);
        QVERIFY(!curve->withinTargets && !curve->fleet);
        problem.headroom = 1;
        QVERIFY(!loadCurve(problem, engine, context));
        problem.headroom = 0;
        problem.points = 1;
        QVERIFY(!loadCurve(problem, engine, context));
    }

    void shareIsTheInverseOfThePercentile()
    {
        LatencyEstimate latency { milliseconds(100),
                                  milliseconds(90),
                                  milliseconds(180),
                                  milliseconds(240),
                                  milliseconds(400),
                                  {},
                                  {} };
        for (const double percentile : { 50.0, 70.0, 90.0, 95.0, 97.0, 99.0, 99.5 })
            QVERIFY(std::abs(shareWithin(latency, latency.at(percentile)) - percentile / 100)
                    < 1e-9);
        QCOMPARE(shareWithin(latency, milliseconds(0.001)), 0.0);
        QCOMPARE(shareWithin(latency, Seconds(1000)), 1.0);
    }

    void attainmentCountsEveryTarget()
    {
        Estimate estimate;
        estimate.ttft = { milliseconds(100), milliseconds(90),  milliseconds(180),
                          milliseconds(240), milliseconds(400), {},
                          { 0.5, 2 } };
        estimate.itl = estimate.ttft;
        Slo slo;
        QCOMPARE(attainmentOf(estimate, slo), (Attainment { 1, 1, 1 }));
        slo.ttft = LatencyTarget { 95, milliseconds(180) };
        const Attainment one = attainmentOf(estimate, slo);
        QVERIFY(std::abs(one.share - 0.9) < 1e-9);
        QVERIFY(std::abs(one.low - 0.5) < 1e-9); // at twice the latency only half are in time
        QVERIFY(one.high > 0.97);
        slo.itl = slo.ttft;
        const Attainment both = attainmentOf(estimate, slo);
        QVERIFY(std::abs(both.share - 0.81) < 1e-9);
        QVERIFY(both.low < 1e-6); // each may miss half, and never the same half
        estimate.saturated = true;
        QCOMPARE(attainmentOf(estimate, slo), (Attainment { 0, 0, 0 }));
    }

    void powerGrowsFromIdleToTheLimit()
    {
        Gpu gpu;
        gpu.tdp = Watts(700);
        Estimate idle;
        idle.step.total = milliseconds(10);
        QVERIFY(std::abs(gpuPower(gpu, idle).value() - 80.5) < 0.01);
        Estimate busy;
        busy.runningPerReplica = 100;
        busy.prefillShare = 1;
        QVERIFY(std::abs(gpuPower(gpu, busy).value() - 700) < 0.01);
        Estimate decoding;
        decoding.runningPerReplica = 100;
        decoding.step.total = milliseconds(10);
        decoding.step.weights = milliseconds(10); // bound by memory: the 300 W of the source
        QVERIFY(std::abs(gpuPower(gpu, decoding).value() - 300) < 1);
    }

    void doesNotDependOnThreads()
    {
        const auto catalog = loadCatalog().value().value;
        LoadCurveProblem problem;
        problem.candidate = testing::llamaOnHopper(*catalog);
        problem.shape.prompt = { LengthDistribution::Shape::LogNormal, 600, 0.5 };
        problem.shape.output = { LengthDistribution::Shape::LogNormal, 150, 0.5 };
        problem.slo.ttft = LatencyTarget { 95, milliseconds(300) };
        problem.slo.itl = LatencyTarget { 95, milliseconds(20) };
        problem.points = 8;
        problem.peak = RequestsPerSecond(60);
        const EngineRegistry engines(catalog);
        for (const char* id : { "analytic", "simulation" }) {
            std::vector<LoadCurve> curves;
            for (const unsigned threads : { 1u, 4u }) {
                RunContext context;
                context.threads = threads;
                const auto curve = loadCurve(problem, **engines.find(id), context);
                QVERIFY2(curve, curve ? "" : curve.error().detail.c_str());
                curves.push_back(*curve);
            }
            QCOMPARE(curves[0].saturation.value(), curves[1].saturation.value());
            QCOMPARE(curves[0].knee.rate.value(), curves[1].knee.rate.value());
            QCOMPARE(curves[0].withinTargets->rate.value(), curves[1].withinTargets->rate.value());
            for (std::size_t i = 0; i < curves[0].points.size(); ++i) {
                QCOMPARE(curves[0].points[i].estimate.e2e, curves[1].points[i].estimate.e2e);
                QCOMPARE(curves[0].points[i].power.value(), curves[1].points[i].power.value());
            }
            QCOMPARE(curves[0].fleet->replicas, curves[1].fleet->replicas);
        }
    }

    void stopsWhenAsked()
    {
        const auto catalog = test::smallCatalog();
        const test::FakeEngine engine;
        std::stop_source source;
        source.request_stop();
        RunContext context;
        context.stop = source.get_token();
        const auto curve = loadCurve(problemOn(*catalog), engine, context);
        QVERIFY(!curve);
        QCOMPARE(curve.error().code, ErrorCode::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestLoadCurve)
#include "tst_loadcurve.moc"
