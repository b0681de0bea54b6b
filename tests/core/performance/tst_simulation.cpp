// SPDX-License-Identifier: Apache-2.0
#include <core/base/parallel.h>
#include <core/performance/engine.h>
#include <core/performance/simulation/quantilesketch.h>
#include <core/performance/simulation/random.h>
#include <core/project/simulationjson.h>
#include <tests/core/performance/simulationfixture.h>
#include <tests/testsupport/testtools.h>

#include <QTest>

#include <nlohmann/json.hpp>

#include <cmath>
#include <thread>

using namespace llmd;
using namespace llmd::testing;

namespace {

/** The whole report but the wall time, as text. */
std::string fingerprint(SimulationReport report)
{
    report.wall = {};
    return toJson(report).dump();
}

} // namespace

class TestSimulation : public QObject
{
    Q_OBJECT

private:
    std::shared_ptr<const Catalog> m_catalog;

    SimulationReport run(const Scenario& scenario, std::uint64_t seed = 1) const
    {
        RunContext context;
        context.seed = seed;
        const auto report = simulate(scenario, *m_catalog, standardCoefficients(), context);
        if (!report)
            qWarning("%s", describe(report.error()).c_str());
        return report ? *report : SimulationReport {};
    }

    Scenario chat(double rate, std::uint64_t requests) const
    {
        return chatScenario(llamaOnHopper(*m_catalog), openStage(rate, requests));
    }

    /** Traffic and servers of all kinds, from idle to overloaded. */
    Scenario randomScenario(std::uint64_t seed) const
    {
        Random random(seed);
        Scenario scenario = chat(0.5 + 60 * random.uniform(), 400);
        auto& traffic = scenario.traffic;
        const bool closed = random.below(3) == 0;
        if (closed)
            traffic.stages[0] = closedStage(1 + random.below(300), 400);
        else if (random.below(2) == 0)
            traffic.stages[0].arrivals = { .kind = ArrivalProcess::Kind::Gamma, .variation = 5 };
        traffic.prompt = { LengthDistribution::Shape::LogNormal, 20.0 + random.below(1500), 0.8 };
        traffic.output = { LengthDistribution::Shape::LogNormal, 2.0 + random.below(400), 0.8 };
        traffic.prefix = { static_cast<double>(random.below(300)),
                           1 + static_cast<int>(random.below(4)),
                           static_cast<int>(random.below(3) * 20) };
        if (random.below(4) == 0)
            traffic.conversations = Conversations {};
        if (random.below(3) == 0) {
            traffic.priorities = { 0.3, 0.7 };
            scenario.policy = Scenario::Policy::Priority;
        }
        scenario.timeout = Seconds(random.below(3) == 0 ? 2 + 20 * random.uniform() : 0);
        scenario.candidate.topology.pool.replicas = 1 + static_cast<int>(random.below(4));
        scenario.candidate.engine.maxNumSeqs = 4 + static_cast<int>(random.below(200));
        scenario.candidate.engine.chunkedPrefill = random.below(5) > 0;
        scenario.candidate.engine.maxNumBatchedTokens = 512 + static_cast<int>(random.below(8000));
        scenario.candidate.engine.maxModelLen = 2000 + static_cast<int>(random.below(6000));
        const char* routers[] = { "round-robin", "least-loaded", "random", "prefix-affinity",
                                  "prefix-cache=3,queue=2,kv-cache-utilization=2,no-hit-lru=1" };
        scenario.router = *parseRouter(routers[random.below(5)]);
        scenario.router.metricsInterval = Seconds(random.below(2) * 0.05);
        scenario.limits.ttft = milliseconds(100);
        return scenario;
    }

private slots:
    void initTestCase()
    {
        const auto catalog = loadCatalog();
        VERIFY_OK(catalog);
        m_catalog = catalog->value;
        QVERIFY(llamaOnHopper(*m_catalog).model != nullptr);
    }

    void nothingIsLost()
    {
        std::uint64_t refused = 0;
        std::uint64_t timedOut = 0;
        for (std::uint64_t seed = 1; seed <= 200; ++seed) {
            const Scenario scenario = randomScenario(seed);
            const auto report = run(scenario, seed);
            const auto where = "seed " + std::to_string(seed);
            QVERIFY2(report.arrived == 400, where.c_str());
            QVERIFY2(report.arrived == report.completed + report.timedOut + report.refused,
                     where.c_str());
            // What was not found in the cache has been computed, and more only after preemption or for clients that left.
            const std::uint64_t computed = report.promptTokens - report.hitTokens;
            QVERIFY2(report.prefillTokens >= computed, where.c_str());
            if (report.timedOut == 0 && report.preemptions == 0)
                QVERIFY2(report.prefillTokens == computed, where.c_str());
            std::uint64_t routed = 0;
            for (const auto& replica : report.replicas)
                routed += replica.requests;
            QVERIFY2(routed == report.arrived - report.refused, where.c_str());
            const StageReport& t = report.total;
            QVERIFY2(t.attainment >= 0 && t.attainment <= 1 && t.e2e.p50 <= t.e2e.p90
                         && t.e2e.p90 <= t.e2e.p99 && t.e2e.p99 <= t.e2e.maximum
                         && t.prefixHitRate <= 1 && t.kvUtilization <= 1,
                     where.c_str());
            refused += report.refused;
            timedOut += report.timedOut;
        }
        QVERIFY(refused > 100 && timedOut > 100);
    }

    void jumpingOverStepsChangesNothing()
    {
        for (std::uint64_t seed = 1; seed <= 60; ++seed) {
            Scenario scenario = randomScenario(seed);
            const auto fast = run(scenario, seed);
            scenario.fastForward = false;
            const auto slow = run(scenario, seed);
            const auto where = "seed " + std::to_string(seed);
            const bool same = fast.completed == slow.completed && fast.timedOut == slow.timedOut
                && fast.steps == slow.steps && fast.preemptions == slow.preemptions
                && fast.prefillTokens == slow.prefillTokens
                && isNear(fast.total.e2e.mean.value(), slow.total.e2e.mean.value(), 1e-9)
                && isNear(fast.total.ttft.p99.value(), slow.total.ttft.p99.value(), 1e-9)
                && isNear(fast.simulated.value(), slow.simulated.value(), 1e-9);
            QVERIFY2(same, where.c_str());
        }
    }

    void equalSeedsGiveEqualReportsOnAnyNumberOfThreads()
    {
        const std::size_t count = 12;
        std::vector<std::string> alone(count);
        std::vector<std::string> together(count);
        for (auto* results : { &alone, &together }) {
            RunContext context;
            context.threads = results == &alone ? 1 : 4;
            parallelFor(count, context, [&](std::size_t i, unsigned) {
                (*results)[i] = fingerprint(run(randomScenario(i + 1), i + 1));
            });
        }
        QVERIFY(alone == together);
        QVERIFY(alone[0] != alone[1]);
        QVERIFY(fingerprint(run(randomScenario(1), 1)) != fingerprint(run(randomScenario(1), 2)));
    }

    void engineEstimatesDoNotDependOnThreads()
    {
        const EngineRegistry engines(m_catalog);
        const auto engine = engines.find("simulation");
        VERIFY_OK(engine);
        Workload workload;
        workload.load = Load::open(RequestsPerSecond(10));
        workload.prompt = { LengthDistribution::Shape::Constant, 500, 0 };
        workload.output = { LengthDistribution::Shape::Constant, 100, 0 };
        workload.duration = Seconds(60);
        double means[2];
        for (unsigned threads : { 1u, 4u }) {
            RunContext context;
            context.threads = threads;
            const auto estimate = (*engine)->estimate(llamaOnHopper(*m_catalog), workload, context);
            VERIFY_OK(estimate);
            means[threads / 4] = estimate->e2e.mean.value();
        }
        QCOMPARE(means[0], means[1]);
    }

    void moreBandwidthIsNeverSlower()
    {
        for (std::uint64_t seed = 1; seed <= 30; ++seed) {
            Scenario scenario = randomScenario(seed);
            scenario.timeout = {};
            scenario.traffic.conversations.reset();
            scenario.router = {};
            const auto slow = run(scenario, seed);
            Gpu faster = *scenario.candidate.gpu;
            faster.memoryBandwidth *= 1.5;
            scenario.candidate.gpu = &faster;
            const auto fast = run(scenario, seed);
            QVERIFY2(fast.total.e2e.mean <= slow.total.e2e.mean * 1.001,
                     std::to_string(seed).c_str());
        }
    }

    void moreLoadIsNeverFaster()
    {
        double before = 0;
        for (const double rate : { 1., 3., 6., 12., 20., 28., 34., 40., 60. }) {
            Scenario scenario = chat(rate, 8000);
            scenario.warmUp = Seconds(0);
            const double mean = run(scenario).total.e2e.mean.value();
            QVERIFY2(mean >= before * 0.999, std::to_string(rate).c_str());
            before = mean;
        }
    }

    void aSecondReplicaIsNeverWorse()
    {
        for (std::uint64_t seed = 1; seed <= 30; ++seed) {
            Scenario scenario = randomScenario(seed);
            scenario.timeout = {};
            scenario.traffic.conversations.reset();
            scenario.traffic.prefix = {}; // two caches may hit less than one
            scenario.router.policy = RouterSettings::Policy::LeastLoaded;
            scenario.router.scorers.clear();
            scenario.candidate.topology.pool.replicas = 1;
            const auto one = run(scenario, seed);
            scenario.candidate.topology.pool.replicas = 2;
            const auto two = run(scenario, seed);
            QVERIFY2(two.total.e2e.mean <= one.total.e2e.mean * 1.001,
                     std::to_string(seed).c_str());
        }
    }

    void littlesLawHolds()
    {
        for (const double users : { 1., 16., 100., 400. }) {
            Scenario scenario = chatScenario(llamaOnHopper(*m_catalog), closedStage(users, 20'000));
            scenario.traffic.thinkTime = Seconds(1.5);
            const auto report = run(scenario);
            const StageReport& t = report.total;
            COMPARE_NEAR(t.requestRate.value() * (t.e2e.mean.value() + 1.5), users, 0.02);
        }
    }

    /**
     * One seat, constant lengths and Poisson arrivals are the queue M/D/1: mean wait rho / (2 (1 - rho)) x service. The service
     * is the time from one start to the next when there is always somebody waiting.
     */
    void oneSeatIsAQueueWithConstantService()
    {
        Scenario full = chatScenario(llamaOnHopper(*m_catalog), closedStage(4, 2000));
        full.candidate.engine.maxNumSeqs = 1;
        const double service = 1 / run(full).total.requestRate.value();
        for (const double load : { 0.3, 0.6, 0.8 }) {
            Scenario scenario = full;
            scenario.traffic.stages = { openStage(load / service, 60'000) };
            const auto report = run(scenario);
            const double expected = load / (2 * (1 - load)) * service;
            COMPARE_NEAR(report.total.queueing.value(), expected, 0.06);
        }
    }

    void overloadIsSeen()
    {
        QVERIFY(!run(chat(30, 20'000)).total.saturated);
        const auto report = run(chat(60, 20'000));
        QVERIFY(report.total.saturated);
        QVERIFY(report.total.requestRate.value() < 0.9 * report.total.offeredRate.value());
    }

    void memoryFollowsWhatIsInFlight()
    {
        const auto small = run(chat(25, 5'000));
        const auto large = run(chat(25, 200'000));
        QVERIFY(large.mostInFlight < 2 * small.mostInFlight);
        QVERIFY(large.usage.size() <= 256);
    }

    void clientsGiveUp()
    {
        Scenario scenario = chat(80, 4000);
        scenario.timeout = Seconds(5);
        scenario.warmUp = Seconds(0);
        const auto report = run(scenario);
        QVERIFY(report.timedOut > 500);
        QVERIFY(report.total.e2e.maximum.value() <= 5.1);
        QCOMPARE(report.completed + report.timedOut, 4000u);
    }

    void urgentRequestsWaitLess()
    {
        Scenario scenario = chat(45, 6000);
        scenario.traffic.priorities = { 0.2, 0.8 };
        scenario.limits.ttft = Seconds(1);
        scenario.warmUp = Seconds(0);
        const auto alike = run(scenario);
        scenario.policy = Scenario::Policy::Priority;
        const auto ranked = run(scenario);
        // In an overload the urgent fifth is served at once; first come first served lets nobody in time.
        QVERIFY(ranked.total.ttftAttainment > alike.total.ttftAttainment);
        QVERIFY(ranked.total.ttftAttainment > 0.2);
    }

    void longOnesAreRefusedOrCut()
    {
        Scenario scenario = chat(5, 100);
        scenario.candidate.engine.maxModelLen = 600;
        auto report = run(scenario);
        QCOMPARE(report.capped, 100u);
        QCOMPARE(report.outputTokens, 100u * 100u);
        scenario.candidate.engine.maxModelLen = 500;
        report = run(scenario);
        QCOMPARE(report.refused, 100u);
    }

    void theWarmUpIsLeftOut()
    {
        // All start at once: the first requests meet an unusual crowd of prompts.
        Scenario scenario = chatScenario(llamaOnHopper(*m_catalog), closedStage(200, 6000));
        const auto automatic = run(scenario);
        QVERIFY(automatic.total.start.value() > 0);
        scenario.warmUp = Seconds(0);
        QVERIFY(run(scenario).total.ttft.mean > automatic.total.ttft.mean);
        scenario.warmUp = Seconds(20);
        const auto fixed = run(scenario);
        QVERIFY(fixed.total.start.value() >= 20);
        QVERIFY(fixed.total.arrived < 6000);
    }

    void drainDoesNotCountAsThroughput()
    {
        Scenario scenario = chat(20, 2000);
        scenario.warmUp = Seconds(0);
        const auto report = run(scenario);
        // 50 requests are in flight at the end of the arrivals.
        QVERIFY(report.total.requestRate < report.total.offeredRate);
        COMPARE_NEAR(report.total.end.value(), 100.0, 0.1);
        QVERIFY(report.simulated.value() > report.total.end.value() + 1);
    }

    void sketchesAreExactThenClose()
    {
        Random random(4);
        QuantileSketch sketch;
        std::vector<double> values;
        for (int i = 0; i < 100'000; ++i) {
            const double value = 0.02 * std::exp(1.5 * random.normal());
            values.push_back(value);
            sketch.add(value);
            if (i != 4000 && i != 99'999)
                continue;
            std::vector<double> sorted = values;
            std::sort(sorted.begin(), sorted.end());
            for (const double q : { 0.0, 0.01, 0.5, 0.9, 0.99, 0.999, 1.0 }) {
                const double at = q * static_cast<double>(sorted.size() - 1);
                const auto index = static_cast<std::size_t>(at);
                const double next = sorted[std::min(index + 1, sorted.size() - 1)];
                const double exact = sorted[index] + (at - std::floor(at)) * (next - sorted[index]);
                COMPARE_NEAR(sketch.quantile(q), exact, sketch.isExact() ? 1e-12 : 0.005);
            }
        }
        QVERIFY(!sketch.isExact());
        QuantileSketch halves[2];
        for (std::size_t i = 0; i < values.size(); ++i)
            halves[i % 2].add(values[i]);
        halves[0].merge(halves[1]);
        QCOMPARE(halves[0].quantile(0.99), sketch.quantile(0.99));
        QCOMPARE(halves[0].count(), sketch.count());
        QCOMPARE(QuantileSketch().quantile(0.5), 0.0);
    }

    void cancelledSoon()
    {
        std::stop_source stop;
        RunContext context;
        context.stop = stop.get_token();
        std::jthread stopper([&] {
            std::this_thread::sleep_for(std::chrono::milliseconds(30));
            stop.request_stop();
        });
        VERIFY_ERROR(simulate(chat(20, 100'000'000), *m_catalog, standardCoefficients(), context),
                     "stopped");
    }

    void badScenariosAreRefused()
    {
        RunContext context;
        const auto refused = [&](const Scenario& scenario, const char* part) {
            VERIFY_ERROR(simulate(scenario, *m_catalog, standardCoefficients(), context), part);
        };
        Scenario scenario = chat(1, 10);
        scenario.timeout = Seconds(-1);
        refused(scenario, "time-out");
        scenario = chat(1, 10);
        scenario.candidate.model = nullptr;
        refused(scenario, "model");
        scenario = chatScenario(
            servedModel(*m_catalog, "meta-llama/Llama-3.3-70B-Instruct", "l40s"), openStage(1, 10));
        refused(scenario, "KV cache");
    }

    void enginesAgreeBelowSaturation()
    {
        const EngineRegistry engines(m_catalog);
        const auto simulation = engines.find("simulation");
        VERIFY_OK(simulation);
        RunContext context;
        for (const double rate : { 1., 8., 20. }) {
            Workload workload;
            workload.load = Load::open(RequestsPerSecond(rate));
            workload.prompt = { LengthDistribution::Shape::Constant, 500, 0 };
            workload.output = { LengthDistribution::Shape::Constant, 250, 0 };
            const auto candidate = llamaOnHopper(*m_catalog);
            const auto a = engines.standard().estimate(candidate, workload, context);
            const auto s = (*simulation)->estimate(candidate, workload, context);
            VERIFY_OK(a);
            VERIFY_OK(s);
            COMPARE_NEAR(s->e2e.mean.value(), a->e2e.mean.value(), 0.04);
            COMPARE_NEAR(s->ttft.mean.value(), a->ttft.mean.value(), 0.12);
            COMPARE_NEAR(s->runningPerReplica, a->runningPerReplica, 0.06);
            COMPARE_NEAR(s->kvUtilization, a->kvUtilization, 0.1);
            QCOMPARE(s->provenance.engine, std::string("simulation"));
            QVERIFY(s->e2e.meanInterval.high > 1 && !s->saturated);
            QVERIFY(s->e2e.p50 <= s->e2e.p90 && s->e2e.p90 <= s->e2e.p99);
        }
    }

    void stagesShareOneCache()
    {
        const EngineRegistry engines(m_catalog);
        const auto simulation = engines.find("simulation");
        VERIFY_OK(simulation);
        Workload workload;
        workload.load = Load::open(RequestsPerSecond(2));
        workload.prompt = { LengthDistribution::Shape::Constant, 4000, 0 };
        workload.output = { LengthDistribution::Shape::Constant, 50, 0 };
        workload.prefix.uniquePrompts = 20;
        workload.duration = Seconds(60);
        workload.coldStart = true;
        const std::vector<Workload> stages { workload, workload };
        RunContext context;
        const auto estimates =
            (*simulation)->estimateStages(llamaOnHopper(*m_catalog), stages, context);
        VERIFY_OK(estimates);
        QCOMPARE(estimates->size(), 2u);
        // The first of six rounds through the prompts meets an empty cache.
        COMPARE_NEAR((*estimates)[0].prefixHitRate, 5.0 / 6, 0.01);
        QVERIFY((*estimates)[1].prefixHitRate > 0.99);
        QVERIFY((*estimates)[0].ttft.mean > (*estimates)[1].ttft.mean);
    }

    void idleAndSaturatedLoadsAreAnswered()
    {
        const EngineRegistry engines(m_catalog);
        const auto simulation = engines.find("simulation");
        VERIFY_OK(simulation);
        Workload workload;
        workload.prompt = { LengthDistribution::Shape::Constant, 500, 0 };
        workload.output = { LengthDistribution::Shape::Constant, 250, 0 };
        const auto predictor = (*simulation)->predictor(llamaOnHopper(*m_catalog), workload);
        VERIFY_OK(predictor);
        RunContext context;
        const auto idle = (*predictor)->at(Load::open(RequestsPerSecond(0)), context);
        VERIFY_OK(idle);
        QCOMPARE(idle->requestRate.value(), 0.0);
        QVERIFY(idle->e2e.mean.value() > 0 && idle->runningPerReplica < 0.1);
        const auto full = (*predictor)->at(Load::open(RequestsPerSecond(200)), context);
        VERIFY_OK(full);
        QVERIFY(full->saturated && full->nearSaturation);
        QVERIFY(full->requestRate.value() < 60);
        const auto closed = (*predictor)->at(Load::closed(32), context);
        VERIFY_OK(closed);
        COMPARE_NEAR(closed->requestRate.value() * closed->e2e.mean.value(), 32.0, 0.03);
        QVERIFY(!(*predictor)->at(Load::open(RequestsPerSecond(-1)), context));
    }
};

QTEST_APPLESS_MAIN(TestSimulation)
#include "tst_simulation.moc"
