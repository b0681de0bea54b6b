// SPDX-License-Identifier: Apache-2.0
// Prefill and decode on servers of their own, request by request: links, conservation, and the analytic engine's figures.
#include <core/performance/engine.h>
#include <core/performance/simulation/replica.h>
#include <core/performance/simulation/transferlinks.h>
#include <core/project/simulationjson.h>
#include <tests/core/performance/simulationfixture.h>
#include <tests/testsupport/testtools.h>

#include <QTest>

#include <nlohmann/json.hpp>

#include <cmath>

using namespace llmd;
using namespace llmd::testing;

namespace {

/** The whole report but the wall time, as text. */
std::string fingerprint(SimulationReport report)
{
    report.wall = {};
    return toJson(report).dump();
}

bool near(double a, double b, double tolerance)
{
    return std::abs(a - b) <= tolerance * std::max(std::abs(a), std::abs(b));
}

struct Ended
{
    RequestId id;
    double time;
};

std::vector<Ended> runAll(TransferLinks& links)
{
    std::vector<Ended> ended;
    while (links.nextEvent() < never) {
        const double time = links.nextEvent();
        for (const RequestId id : links.advance())
            ended.push_back({ id, time });
    }
    return ended;
}

} // namespace

class TestSimulatedDisaggregation : public QObject
{
    Q_OBJECT

private:
    std::shared_ptr<const Catalog> m_catalog;
    std::unique_ptr<EngineRegistry> m_engines;

    /** Servers of Llama 3.1 8B on H100. */
    Candidate split(int prefillServers, int decodeServers) const
    {
        Candidate candidate = llamaOnHopper(*m_catalog);
        candidate.topology.pool.replicas = decodeServers;
        Disaggregation d;
        d.prefill.replicas = prefillServers;
        d.engine = candidate.engine;
        candidate.topology.disaggregation = d;
        return candidate;
    }

    Scenario scenario(const Candidate& candidate, const TrafficStage& stage) const
    {
        Scenario result = chatScenario(candidate, stage);
        result.traffic.prompt = { LengthDistribution::Shape::Constant, 2000, 0 };
        result.traffic.output = { LengthDistribution::Shape::Constant, 150, 0 };
        result.router.policy = RouterSettings::Policy::LeastLoaded;
        return result;
    }

    SimulationReport run(const Scenario& scenario, std::uint64_t seed = 1) const
    {
        RunContext context;
        context.seed = seed;
        const auto report = simulate(scenario, *m_catalog, standardCoefficients(), context);
        if (!report)
            qWarning("%s", describe(report.error()).c_str());
        return report ? *report : SimulationReport {};
    }

    /** Servers, links and traffic of all kinds, from idle to overloaded. */
    Scenario randomScenario(std::uint64_t seed) const
    {
        Random random(seed);
        Candidate candidate =
            split(1 + static_cast<int>(random.below(3)), 1 + static_cast<int>(random.below(3)));
        auto& d = *candidate.topology.disaggregation;
        const TransferPath paths[] = { TransferPath::Rdma, TransferPath::Tcp, TransferPath::ScaleUp,
                                       TransferPath::SharedStorage };
        d.transfer.path = paths[random.below(4)];
        d.transfer.bandwidth = BytesPerSecond(1e8 * std::exp(6 * random.uniform()));
        d.transfer.overlap = random.below(2) * random.uniform();
        d.localPromptTokens = random.below(3) == 0 ? 200 : 0;
        // Small pools, so that blocks are what is short.
        if (random.below(2) == 0)
            candidate.engine.gpuMemoryUtilization = 0.26;
        if (random.below(3) == 0)
            d.engine.gpuMemoryUtilization = 0.26;
        if (random.below(3) == 0)
            candidate.engine.maxNumSeqs = 4;
        Scenario result = scenario(candidate, openStage(0.5 + 30 * random.uniform(), 300));
        if (random.below(3) == 0)
            result.traffic.stages[0] = closedStage(1 + random.below(100), 300);
        result.traffic.prompt = { LengthDistribution::Shape::LogNormal, 50.0 + random.below(1500),
                                  0.7 };
        result.traffic.output = { LengthDistribution::Shape::LogNormal, 1.0 + random.below(200),
                                  0.7 };
        result.traffic.prefix = { static_cast<double>(random.below(40)),
                                  1 + static_cast<int>(random.below(3)),
                                  static_cast<int>(random.below(3) * 20) };
        if (random.below(4) == 0)
            result.traffic.conversations = Conversations {};
        if (random.below(3) == 0) {
            result.traffic.priorities = { 0.3, 0.7 };
            result.policy = Scenario::Policy::Priority;
        }
        result.timeout = Seconds(random.below(3) == 0 ? 1 + 10 * random.uniform() : 0);
        return result;
    }

    Result<Estimate> predict(const Candidate& candidate, const Workload& workload,
                             const char* engine) const
    {
        RunContext context;
        const auto found = m_engines->find(engine);
        return found ? (*found)->estimate(candidate, workload, context)
                     : tl::unexpected(found.error());
    }

private slots:
    void initTestCase()
    {
        const auto loaded = loadCatalog();
        VERIFY_OK(loaded);
        m_catalog = loaded->value;
        m_engines = std::make_unique<EngineRegistry>(m_catalog);
    }

    void linksAreShared()
    {
        // Two from one sender: half of its bandwidth each, the shorter one first, then the other alone.
        TransferLinks links(2, 2, false);
        links.begin({ .id = 1, .sender = 0, .receiver = 0, .send = 1, .receive = 0.1 }, 0);
        links.begin({ .id = 2, .sender = 0, .receiver = 1, .send = 3, .receive = 0.1 }, 0);
        // From another sender to the same receiver: its own end is the slow one, nobody is in its way.
        links.begin({ .id = 3, .sender = 1, .receiver = 1, .send = 1.5, .receive = 0.1 }, 1);
        const auto ended = runAll(links);
        QCOMPARE(ended.size(), std::size_t { 3 });
        QCOMPARE(ended[0].id, 1u);
        QVERIFY(near(ended[0].time, 2, 1e-9));
        QCOMPARE(ended[1].id, 3u);
        QVERIFY(near(ended[1].time, 2.5, 1e-9));
        QCOMPARE(ended[2].id, 2u);
        QVERIFY(near(ended[2].time, 4, 1e-9));
        QVERIFY(near(links.sendingTime(), 4 + 1.5, 1e-9));
        QCOMPARE(links.underWay(), std::size_t { 0 });
    }

    void storageIsWrittenAndThenRead()
    {
        TransferLinks links(1, 1, true);
        links.begin({ .id = 1, .send = 1, .receive = 2 }, 5);
        TransferLinks half(1, 1, true);
        half.begin({ .id = 1, .send = 1, .receive = 2, .share = 0.5 }, 5);
        QVERIFY(near(runAll(links).back().time, 8, 1e-9));
        QVERIFY(near(runAll(half).back().time, 6.5, 1e-9));
    }

    void nothingIsLost()
    {
        for (std::uint64_t seed = 1; seed <= 60; ++seed) {
            const Scenario s = randomScenario(seed);
            const SimulationReport report = run(s, seed);
            const auto note = "seed " + std::to_string(seed) + " " + fingerprint(report);
            QVERIFY2(report.arrived >= 300, note.c_str());
            QVERIFY2(report.arrived == report.completed + report.timedOut + report.refused,
                     note.c_str());
            QVERIFY2(report.disaggregation.has_value(), note.c_str());
            const DisaggregationReport& d = *report.disaggregation;
            // Every prompt that was handed over gave its blocks back, fetched or not.
            QVERIFY2(d.released == d.handedOver && d.fetched <= d.handedOver
                         && d.handedOver <= d.travelled,
                     note.c_str());
            if (s.timeout.value() == 0)
                QVERIFY2(d.handedOver == d.travelled, note.c_str());
            if (s.candidate.topology.disaggregation->localPromptTokens == 0)
                QVERIFY2(d.travelled + report.refused == report.arrived, note.c_str());
            std::uint64_t routed = 0;
            for (const auto& server : d.prefill)
                routed += server.requests;
            QCOMPARE(routed, d.travelled);
            QVERIFY2(d.linkUtilization >= 0 && d.linkUtilization <= 1 + 1e-9, note.c_str());
        }
    }

    void partsAddUpToTheFirstToken()
    {
        for (std::uint64_t seed = 1; seed <= 20; ++seed) {
            Scenario s = randomScenario(seed);
            s.candidate.topology.disaggregation->localPromptTokens = 0;
            const StageReport stage = run(s, seed).total;
            if (stage.journey.requests == 0)
                continue;
            const JourneyReport& j = stage.journey;
            QCOMPARE(j.requests, stage.completed);
            const double sum =
                (j.frontEnd + j.prefillQueue + j.prefill + j.transfer + j.firstDecode).value();
            QVERIFY2(
                near(sum, stage.ttft.mean.value(), 1e-6),
                qPrintable(
                    QString("seed %1: %2 %3").arg(seed).arg(sum).arg(stage.ttft.mean.value())));
            for (const Seconds part :
                 { j.frontEnd, j.prefillQueue, j.prefill, j.transfer, j.firstDecode })
                QVERIFY(part.value() >= 0);
        }
    }

    void equalSeedsGiveEqualRuns()
    {
        const Scenario s = randomScenario(7);
        QCOMPARE(fingerprint(run(s, 3)), fingerprint(run(s, 3)));
        QVERIFY(fingerprint(run(s, 3)) != fingerprint(run(s, 4)));
    }

    void jumpsChangeNothing()
    {
        for (std::uint64_t seed = 1; seed <= 12; ++seed) {
            Scenario s = randomScenario(seed);
            const SimulationReport fast = run(s, seed);
            s.fastForward = false;
            const SimulationReport slow = run(s, seed);
            QCOMPARE(fast.completed, slow.completed);
            QCOMPARE(fast.steps, slow.steps);
            QVERIFY(near(fast.total.ttft.mean.value(), slow.total.ttft.mean.value(), 1e-6));
            QVERIFY(near(fast.total.e2e.mean.value(), slow.total.e2e.mean.value(), 1e-6));
        }
    }

    /** Little's law over the whole deployment: what is in flight is rate x time. */
    void closedLoopKeepsItsNumber()
    {
        const Scenario s = scenario(split(2, 1), closedStage(24, 3000));
        const StageReport stage = run(s).total;
        const double inFlight = stage.requestRate.value() * stage.e2e.mean.value();
        QVERIFY2(near(inFlight, 24, 0.05), QByteArray::number(inFlight));
    }

    /** At light load nothing waits for anything, and both engines see the same steps: within 5 % (TTFT) and 2 %. */
    void agreesWithTheAnalyticEngineAtLightLoad()
    {
        Workload w;
        w.prompt = { LengthDistribution::Shape::Constant, 2000, 0 };
        w.output = { LengthDistribution::Shape::Constant, 150, 0 };
        for (const double rate : { 0.2, 1.0, 3.0 }) {
            w.load = Load::open(RequestsPerSecond(rate));
            const auto analytic = predict(split(2, 2), w, "analytic");
            const auto simulated = predict(split(2, 2), w, "simulation");
            VERIFY_OK(analytic);
            VERIFY_OK(simulated);
            const auto note = [&](const char* what, Seconds a, Seconds b) {
                return QByteArray(what) + " at " + QByteArray::number(rate)
                    + "/s: " + QByteArray::number(inMilliseconds(a)) + " ms analytic, "
                    + QByteArray::number(inMilliseconds(b)) + " ms simulated";
            };
            QVERIFY2(near(analytic->ttft.mean.value(), simulated->ttft.mean.value(), 0.05),
                     note("TTFT", analytic->ttft.mean, simulated->ttft.mean));
            QVERIFY2(near(analytic->itl.mean.value(), simulated->itl.mean.value(), 0.02),
                     note("ITL", analytic->itl.mean, simulated->itl.mean));
            QVERIFY2(near(analytic->e2e.mean.value(), simulated->e2e.mean.value(), 0.02),
                     note("E2E", analytic->e2e.mean, simulated->e2e.mean));
            QVERIFY(near(analytic->disaggregated->transfer.wire.value(),
                         simulated->disaggregated->transfer.wire.value(), 0.01));
            QCOMPARE(simulated->provenance.engine, std::string("simulation"));
        }
    }

    /** The estimate's parts are those of the runs, and they are all of TTFT. */
    void estimateHasItsParts()
    {
        Workload w;
        w.prompt = { LengthDistribution::Shape::Constant, 2000, 0 };
        w.output = { LengthDistribution::Shape::Constant, 150, 0 };
        w.load = Load::open(RequestsPerSecond(6));
        const auto e = predict(split(2, 1), w, "simulation");
        VERIFY_OK(e);
        QVERIFY(e->disaggregated.has_value());
        double sum = 0;
        for (const auto& part : firstTokenParts(*e->disaggregated))
            sum += part.time.value();
        QVERIFY(near(sum, e->ttft.mean.value(), 1e-6));
        const auto analytic = predict(split(2, 1), w, "analytic");
        QCOMPARE(e->disaggregated->decodeLoad.capacity,
                 analytic->disaggregated->decodeLoad.capacity);
        QCOMPARE(e->disaggregated->localShare, 0.0);
        QVERIFY(e->disaggregated->prefillLoad.utilization > 0.05);
    }

    void tcpIsSlowerThanRdma()
    {
        Candidate candidate = split(2, 1);
        const auto ttftOver = [&](TransferPath path) {
            candidate.topology.disaggregation->transfer.path = path;
            return run(scenario(candidate, openStage(4, 1500))).total;
        };
        const StageReport rdma = ttftOver(TransferPath::Rdma);
        const StageReport tcp = ttftOver(TransferPath::Tcp);
        QVERIFY2(tcp.ttft.mean.value() > 1.2 * rdma.ttft.mean.value(),
                 QByteArray::number(inMilliseconds(tcp.ttft.mean)) + " "
                     + QByteArray::number(inMilliseconds(rdma.ttft.mean)));
        QVERIFY(tcp.journey.transfer > rdma.journey.transfer * 4);
        // Links that many share: contention comes on top of the bytes.
        candidate.topology.disaggregation->transfer.bandwidth = BytesPerSecond(1.6e9);
        const StageReport narrow = ttftOver(TransferPath::Tcp);
        QVERIFY(narrow.journey.transfer > narrow.journey.wire * 1.5);
    }

    void fullLinksSaturate()
    {
        Candidate candidate = split(2, 1);
        candidate.topology.disaggregation->transfer.bandwidth = BytesPerSecond(4e8);
        const SimulationReport report = run(scenario(candidate, openStage(6, 1500)));
        QVERIFY(report.total.saturated);
        QVERIFY(report.disaggregation->linkUtilization > 0.9);
        // At most as many as the links bring; what is still on the way at the end has had its share of them.
        const double tokens = 2000;
        const double perToken = 2.0 * 32 * 8 * 128 * 2; // bytes: K and V, layers, heads, 16 bit
        const double most = 4e8 / (tokens * perToken); // requests/s
        QVERIFY(report.total.requestRate.value() < 1.05 * most);
        QVERIFY(report.total.requestRate.value() > 0.5 * most);
    }

    /** A pool that holds a few prompts: what is on the way and what decodes share it, and everything still ends. */
    void stagingSharesThePool()
    {
        Candidate candidate = split(4, 1);
        candidate.engine.gpuMemoryUtilization = 0.27;
        candidate.topology.disaggregation->transfer.bandwidth = BytesPerSecond(1e9);
        const SimulationReport report = run(scenario(candidate, closedStage(64, 600)));
        QCOMPARE(report.completed, std::uint64_t { 600 });
        QVERIFY(report.total.kvUtilization > 0.6);
        QVERIFY(report.total.kvUtilization <= 1);
        // The prompts that cannot be fetched yet keep their blocks where they were computed.
        const SimulationReport roomy = run(scenario(split(4, 1), closedStage(64, 600)));
        QVERIFY(report.disaggregation->prefill[0].kvUtilization
                > roomy.disaggregation->prefill[0].kvUtilization);
    }

    void shortPromptsStay()
    {
        Candidate candidate = split(1, 1);
        candidate.topology.disaggregation->localPromptTokens = 500;
        Scenario s = scenario(candidate, openStage(3, 1000));
        s.traffic.prompt = { LengthDistribution::Shape::Uniform, 500, 1 };
        const SimulationReport half = run(s);
        const double share = static_cast<double>(half.disaggregation->travelled) / 1000;
        QVERIFY2(near(share, 0.5, 0.1), QByteArray::number(share));
        // A prefix that the decode server has already seen does not count.
        s.traffic.prompt = { LengthDistribution::Shape::Constant, 900, 0 };
        s.traffic.prefix = { 600, 1, 0 };
        const SimulationReport cached = run(s);
        QVERIFY(cached.disaggregation->travelled < 50);
    }
};

QTEST_GUILESS_MAIN(TestSimulatedDisaggregation)
#include "tst_simdisaggregation.moc"
