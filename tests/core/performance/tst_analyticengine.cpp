// SPDX-License-Identifier: Apache-2.0
#include <core/candidate/enginedefaults.h>
#include <core/memory/memoryledger.h>
#include <core/performance/engine.h>
#include <tests/testsupport/testtools.h>

#include <QTest>

#include <cmath>
#include <limits>
#include <random>
#include <thread>

using namespace llmd;
using namespace llmd::testing;

namespace {

Workload chat(double promptTokens = 512, double outputTokens = 256)
{
    Workload w;
    w.prompt = { LengthDistribution::Shape::LogNormal, promptTokens, 0.5 };
    w.output = { LengthDistribution::Shape::LogNormal, outputTokens, 0.6 };
    w.load = Load::open(RequestsPerSecond(2));
    return w;
}

bool sane(const LatencyEstimate& l)
{
    const bool finite = std::isfinite(l.mean.value()) && std::isfinite(l.p50.value())
        && std::isfinite(l.p99.value());
    return finite && l.mean.value() > 0 && l.p50.value() > 0 && l.p50 <= l.p90 && l.p90 <= l.p95
        && l.p95 <= l.p99 && l.meanInterval.low > 0 && l.meanInterval.low <= 1
        && l.meanInterval.high >= 1 && std::isfinite(l.tailInterval.high);
}

} // namespace

class TestAnalyticEngine : public QObject
{
    Q_OBJECT

private:
    std::shared_ptr<const Catalog> m_catalog;
    std::unique_ptr<EngineRegistry> m_engines;

    Candidate candidate(const char* model, const char* gpu, int tensor) const
    {
        Candidate c;
        c.model = m_catalog->findModel(model);
        c.gpu = m_catalog->findGpu(gpu);
        if (c.model == nullptr || c.gpu == nullptr)
            return c;
        const SemanticVersion version { 0, 19, 0 };
        c.engine =
            defaultEngineSettings(*c.model, *c.gpu, m_catalog->engineVersion(version), version);
        c.engine.maxModelLen = 8192;
        c.engine.maxNumSeqs = 256;
        c.topology.pool.parallelism.tensor = tensor;
        return c;
    }
    Candidate llama() const { return candidate("meta-llama/Llama-3.1-8B-Instruct", "h100_sxm", 1); }

    Estimate at(const Candidate& c, const Workload& w) const
    {
        RunContext context;
        const auto estimate = m_engines->standard().estimate(c, w, context);
        return estimate ? *estimate : Estimate();
    }

private slots:
    void initTestCase()
    {
        const auto loaded = loadCatalog();
        VERIFY_OK(loaded);
        m_catalog = loaded->value;
        m_engines = std::make_unique<EngineRegistry>(m_catalog);
        QVERIFY(llama().model != nullptr && llama().gpu != nullptr);
    }

    void registryKnowsItsEngines()
    {
        QCOMPARE(m_engines->standard().info().id, std::string("analytic"));
        QVERIFY(m_engines->find("roofline").has_value());
        VERIFY_ERROR(m_engines->find("crystal-ball"), "analytic, roofline");
        const auto validated = m_engines->standard().info().validatedGpus;
        QVERIFY(std::find(validated.begin(), validated.end(), "h100_sxm") != validated.end());
    }

    void plausibleFigures()
    {
        const Estimate e = at(llama(), chat());
        QVERIFY(inMilliseconds(e.itl.mean) > 5 && inMilliseconds(e.itl.mean) < 12);
        QVERIFY(inMilliseconds(e.ttft.mean) > 15 && inMilliseconds(e.ttft.mean) < 80);
        COMPARE_NEAR(e.e2e.mean.value(), (e.ttft.mean + e.itl.mean * 255).value(), 1e-6);
        COMPARE_NEAR(e.requestRate.value(), 2, 1e-9);
        COMPARE_NEAR(e.outputThroughput.value(), 512, 1e-9);
        QVERIFY(!e.saturated && !e.nearSaturation);
        // Little's law, but for the wait outside the engine.
        COMPARE_NEAR(e.runningPerReplica, 2 * e.e2e.mean.value(), 0.05);
        QVERIFY(e.provenance.distance.find("calibrated range") != std::string::npos);
        QVERIFY(!e.provenance.engineVersion.empty());
    }

    void replicasShareTheLoad()
    {
        Candidate c = llama();
        Workload w = chat();
        const Estimate one = at(c, w);
        c.topology.pool.replicas = 4;
        w.load = Load::open(RequestsPerSecond(8));
        const Estimate four = at(c, w);
        COMPARE_NEAR(four.e2e.mean.value(), one.e2e.mean.value(), 1e-9);
        COMPARE_NEAR(four.outputThroughput.value(), 4 * one.outputThroughput.value(), 1e-9);
    }

    void moreLoadIsNeverFaster()
    {
        const Candidate c = llama();
        RunContext context;
        const auto predictor = m_engines->standard().predictor(c, chat());
        VERIFY_OK(predictor);
        double itl = 0;
        double ttft = 0;
        bool saturated = false;
        for (double rate = 0.1; rate < 200; rate *= 1.15) {
            const auto e = (*predictor)->at(Load::open(RequestsPerSecond(rate)), context);
            VERIFY_OK(e);
            QVERIFY(e->itl.mean.value() >= itl * (1 - 1e-7));
            QVERIFY(e->ttft.mean.value() >= ttft * (1 - 1e-7));
            QVERIFY2(!saturated || e->saturated, "more load cannot end a saturation");
            itl = e->itl.mean.value();
            ttft = e->ttft.mean.value();
            saturated = e->saturated;
        }
        QVERIFY(saturated);
    }

    void waitsAreContinuousAtCapacity()
    {
        // Few seats, long answers: a stationary queue near capacity would take days to build up.
        Candidate c = llama();
        c.engine.maxNumSeqs = 64;
        RunContext context;
        const auto predictor = m_engines->standard().predictor(c, chat(128, 500));
        VERIFY_OK(predictor);
        const auto at = [&](double rate) {
            return (*predictor)->at(Load::open(RequestsPerSecond(rate)), context);
        };
        const auto full = at(1e4);
        VERIFY_OK(full);
        const double capacity = full->requestRate.value();
        double previous = 0;
        for (const double share :
             { 0.5, 0.9, 0.95, 0.98, 0.99, 0.999, 0.999999, 1.000001, 1.01, 1.05, 1.5, 10.0 }) {
            const auto e = at(share * capacity);
            VERIFY_OK(e);
            QVERIFY2(e->ttft.mean.value() >= previous * (1 - 1e-6), QByteArray::number(share));
            QVERIFY2(share > 1.01 || e->ttft.mean.value() < 60, QByteArray::number(share));
            QCOMPARE(e->saturated, share > 1);
            previous = e->ttft.mean.value();
        }
    }

    void saturationGivesTheCapacity()
    {
        const Candidate c = llama();
        Workload w = chat();
        w.load = Load::open(RequestsPerSecond(500));
        const Estimate over = at(c, w);
        QVERIFY(over.saturated && over.nearSaturation);
        QVERIFY(over.requestRate.value() < 500 && over.requestRate.value() > 5);
        QVERIFY(over.ttft.mean.value() > 10);
        w.load = Load::open(over.requestRate * 0.9);
        const Estimate below = at(c, w);
        QVERIFY(!below.saturated && below.ttft.mean < over.ttft.mean);
    }

    void closedLoop()
    {
        const Candidate c = llama();
        Workload w = chat(2000, 200);
        double previous = 0;
        for (const double n : { 1.0, 2.0, 8.0, 32.0, 128.0, 256.0, 1000.0 }) {
            w.load = Load::closed(n);
            const Estimate e = at(c, w);
            QVERIFY(sane(e.ttft) && sane(e.e2e));
            COMPARE_NEAR(e.requestRate.value() * e.e2e.mean.value(), n, 1e-4);
            QVERIFY(e.requestRate.value() >= previous * (1 - 1e-6));
            previous = e.requestRate.value();
            QVERIFY(!e.saturated);
        }
    }

    void aLoneRequestIsNotHeldUpByItself()
    {
        // Long prompts and short answers: most of the time of the server is prefill, none of it in the gaps of the answer.
        Workload w = chat(6000, 50);
        w.prompt.shape = w.output.shape = LengthDistribution::Shape::Constant;
        w.load = Load::closed(1);
        const Estimate alone = at(llama(), w);
        COMPARE_NEAR(alone.itl.mean.value(), alone.step.total.value(), 0.01);
        COMPARE_NEAR(alone.itl.p99.value(), alone.itl.mean.value(), 1e-6);
        COMPARE_NEAR(alone.e2e.p99.value(), alone.e2e.mean.value(), 1e-6);
        w.load = Load::closed(2);
        QVERIFY(at(llama(), w).itl.mean > alone.itl.mean * 1.1);
        // Request by request it is the same.
        w.load = Load::closed(1);
        RunContext context;
        const auto simulated = (*m_engines->find("simulation"))->estimate(llama(), w, context);
        VERIFY_OK(simulated);
        COMPARE_NEAR(alone.itl.mean.value(), simulated->itl.mean.value(), 0.01);
        COMPARE_NEAR(alone.e2e.mean.value(), simulated->e2e.mean.value(), 0.01);
    }

    void waitsInAClosedLoopAreRegular()
    {
        // Eight times as many clients as seats: everybody waits for as many others to end, nobody five times the mean.
        Candidate c = llama();
        c.engine.maxNumSeqs = 32;
        RunContext context;
        for (const double variation : { 0.0, 1.0 }) {
            Workload w = chat(500, 100);
            w.prompt.variation = w.output.variation = variation;
            w.load = Load::closed(256);
            const Estimate e = at(c, w);
            const auto simulated = (*m_engines->find("simulation"))->estimate(c, w, context);
            VERIFY_OK(simulated);
            COMPARE_NEAR(e.ttft.mean.value(), simulated->ttft.mean.value(), 0.15);
            COMPARE_NEAR(e.ttft.p99.value(), simulated->ttft.p99.value(), 0.2);
            COMPARE_NEAR(e.e2e.p95.value(), simulated->e2e.p95.value(), 0.15);
        }
    }

    void chunksFollowEachOtherThroughThePipeline()
    {
        Candidate c = llama();
        c.engine.maxNumBatchedTokens = 1024;
        c.topology.pool.parallelism.pipeline = 4;
        Workload w = chat(8000, 50);
        w.prompt.shape = w.output.shape = LengthDistribution::Shape::Constant;
        w.load = Load::open(RequestsPerSecond(0.05));
        RunContext context;
        const auto simulated = (*m_engines->find("simulation"))->estimate(c, w, context);
        VERIFY_OK(simulated);
        COMPARE_NEAR(at(c, w).ttft.mean.value(), simulated->ttft.mean.value(), 0.08);
    }

    void openAndClosedLoopAgree()
    {
        const Candidate c = llama();
        Workload w = chat();
        w.load = Load::open(RequestsPerSecond(10));
        const Estimate open = at(c, w);
        w.load = Load::closed(10 * open.e2e.mean.value());
        const Estimate closed = at(c, w);
        COMPARE_NEAR(closed.requestRate.value(), 10, 0.03);
    }

    void prefixCacheHelpsUntilItThrashes()
    {
        const Candidate c = llama();
        Workload w = chat(2000, 100);
        w.load = Load::open(RequestsPerSecond(5));
        const Estimate cold = at(c, w);
        QCOMPARE(cold.prefixHitRate, 0.0);
        w.prefix.uniquePrompts = 20;
        const Estimate warm = at(c, w);
        QVERIFY(warm.prefixHitRate > 0.95);
        QVERIFY(warm.ttft.mean < cold.ttft.mean && warm.itl.mean < cold.itl.mean);
        w.prefix.uniquePrompts = 100000;
        QVERIFY(at(c, w).prefixHitRate < 0.01);
        w.prefix = { 1500, 4, 0 };
        const Estimate shared = at(c, w);
        COMPARE_NEAR(shared.prefixHitRate, 0.75, 0.01);
        QVERIFY(shared.ttft.mean < cold.ttft.mean && shared.ttft.mean > warm.ttft.mean);
        // A finite run from an empty cache has its misses first.
        w.prefix = { 0, 1, 100 };
        w.duration = Seconds(100);
        w.coldStart = true;
        const Estimate finite = at(c, w);
        QVERIFY(finite.ttft.mean > warm.ttft.mean && finite.ttft.mean < cold.ttft.mean);
        QVERIFY(finite.ttft.p99.value() > 1.3 * finite.ttft.p50.value());
    }

    void spreadComesFromLengthsAndBursts()
    {
        const Candidate c = llama();
        Workload w = chat();
        w.output.shape = LengthDistribution::Shape::Constant;
        w.load = Load::open(RequestsPerSecond(15));
        const Estimate constant = at(c, w);
        w.output.shape = LengthDistribution::Shape::LogNormal;
        const Estimate variable = at(c, w);
        QVERIFY(variable.e2e.p99 / variable.e2e.mean
                > 1.5 * (constant.e2e.p99 / constant.e2e.mean));
        w.output.shape = LengthDistribution::Shape::Constant;
        w.arrivals = ArrivalShape::Bursty;
        w.burstiness = 6;
        const Estimate bursty = at(c, w);
        QVERIFY(bursty.e2e.p99 / bursty.e2e.mean > constant.e2e.p99 / constant.e2e.mean);
    }

    void fasterHardwareIsFaster()
    {
        Workload w = chat();
        const Estimate h100 = at(llama(), w);
        const Estimate h200 = at(candidate("meta-llama/Llama-3.1-8B-Instruct", "h200_sxm", 1), w);
        const Estimate a100 =
            at(candidate("meta-llama/Llama-3.1-8B-Instruct", "a100_80_sxm", 1), w);
        QVERIFY(h200.itl.mean < h100.itl.mean && h100.itl.mean < a100.itl.mean);
        QVERIFY2(a100.itl.meanInterval.high > h100.itl.meanInterval.high,
                 "less is known about the A100");
    }

    void intervalsWidenAwayFromMeasurements()
    {
        Workload w = chat();
        const Estimate dense = at(candidate("meta-llama/Llama-3.1-70B-Instruct", "h100_sxm", 4), w);
        const Estimate eight = at(candidate("meta-llama/Llama-3.1-70B-Instruct", "h100_sxm", 8), w);
        const Estimate amd = at(candidate("meta-llama/Llama-3.1-70B-Instruct", "mi300x", 4), w);
        const Estimate experts = at(candidate("mistralai/Mixtral-8x7B-v0.1", "h100_sxm", 2), w);
        QVERIFY(dense.provenance.caveats.empty());
        QVERIFY(!eight.provenance.caveats.empty() && !amd.provenance.caveats.empty());
        QVERIFY(eight.itl.meanInterval.high > dense.itl.meanInterval.high);
        QVERIFY(amd.itl.meanInterval.high > eight.itl.meanInterval.high);
        QVERIFY(experts.itl.meanInterval.high > dense.itl.meanInterval.high);
        // The loop gain makes E2E less certain at high load.
        w.load = Load::open(RequestsPerSecond(15));
        const Estimate loaded =
            at(candidate("meta-llama/Llama-3.1-70B-Instruct", "h100_sxm", 4), w);
        QVERIFY(loaded.e2e.meanInterval.high > dense.e2e.meanInterval.high);
    }

    void rooflineIsTheOptimist()
    {
        RunContext context;
        const auto roofline = m_engines->find("roofline");
        VERIFY_OK(roofline);
        const auto e = (*roofline)->estimate(llama(), chat(), context);
        VERIFY_OK(e);
        const Estimate analytic = at(llama(), chat());
        QVERIFY(e->itl.mean < analytic.itl.mean && e->ttft.mean < analytic.ttft.mean);
        QCOMPARE(e->provenance.engine, std::string("roofline"));
    }

    void badInputIsRefused_data()
    {
        QTest::addColumn<int>("fault");
        QTest::addColumn<QString>("message");
        const char* messages[] = { "prompt.mean",      "output.mean", "output.mean",
                                   "prompt.variation", "burstiness",  "unique_prompts",
                                   "duration",         "finite",      "finite",
                                   "model and a GPU",  "parallelism", "KV pool",
                                   "max_num_seqs" };
        for (int i = 0; i < 13; ++i)
            QTest::addRow("%d", i) << i << QString(messages[i]);
    }

    void badInputIsRefused()
    {
        QFETCH(int, fault);
        QFETCH(QString, message);
        const double nan = std::numeric_limits<double>::quiet_NaN();
        Candidate c = llama();
        Workload w = chat();
        switch (fault) {
        case 0:
            w.prompt.mean = nan;
            break;
        case 1:
            w.output.mean = 0;
            break;
        case 2:
            w.output.mean = std::numeric_limits<double>::infinity();
            break;
        case 3:
            w.prompt.variation = -1;
            break;
        case 4:
            w.burstiness = nan;
            break;
        case 5:
            w.prefix.uniquePrompts = -3;
            break;
        case 6:
            w.duration = Seconds(-1);
            break;
        case 7:
            w.load = Load::open(RequestsPerSecond(nan));
            break;
        case 8:
            w.load = Load::closed(-2);
            break;
        case 9:
            c.model = nullptr;
            break;
        case 10:
            c.topology.pool.parallelism.tensor = 0;
            break;
        case 11:
            w.prompt.mean = 1e7;
            break;
        case 12:
            c.engine.maxNumSeqs = 0;
            break;
        }
        RunContext context;
        VERIFY_ERROR(m_engines->standard().estimate(c, w, context), message.toStdString());
    }

    void stopIsObeyed()
    {
        std::stop_source source;
        RunContext context;
        context.stop = source.get_token();
        source.request_stop();
        const auto e = m_engines->standard().estimate(llama(), chat(), context);
        QVERIFY(!e && e.error().code == ErrorCode::Cancelled);
    }

    void everyCatalogCombinationIsFinite()
    {
        std::mt19937 random(11);
        const auto pick = [&](std::size_t n) {
            return std::uniform_int_distribution<std::size_t>(0, n - 1)(random);
        };
        RunContext context;
        int predicted = 0;
        for (int i = 0; i < 3000; ++i) {
            const Model& model = m_catalog->models[pick(m_catalog->models.size())];
            const Gpu& gpu = m_catalog->gpus[pick(m_catalog->gpus.size())];
            Candidate c = candidate(model.id.c_str(), gpu.id.c_str(), 1 << pick(4));
            c.topology.pool.parallelism.pipeline = pick(4) == 0 ? 2 : 1;
            c.engine.maxNumSeqs = 1 << pick(10);
            c.engine.maxNumBatchedTokens = 512 << pick(5);
            c.engine.prefixCaching = pick(2) == 0;
            if (!tensorParallelObstacle(model.architecture, c.topology.pool.parallelism.tensor)
                     .empty())
                continue;
            Workload w = chat(std::pow(10.0, 4.0 * static_cast<double>(pick(1000)) / 1000),
                              std::pow(10.0, 3.5 * static_cast<double>(pick(1000)) / 1000));
            w.arrivals = static_cast<ArrivalShape>(pick(3));
            w.burstiness = static_cast<double>(pick(8));
            w.prefix = { static_cast<double>(pick(2000)), static_cast<int>(1 + pick(50)),
                         static_cast<int>(pick(500)) };
            const double load = std::pow(10.0, -2 + 5.0 * static_cast<double>(pick(1000)) / 1000);
            w.load = pick(2) == 0 ? Load::open(RequestsPerSecond(load)) : Load::closed(1 + load);
            w.duration = Seconds(pick(2) == 0 ? 0 : 60);
            w.coldStart = pick(2) == 0;
            const auto e = m_engines->standard().estimate(c, w, context);
            if (!e) {
                QCOMPARE(int(e.error().code), int(ErrorCode::Unsupported));
                continue;
            }
            ++predicted;
            const QByteArray what = (model.id + " " + gpu.id + " " + c.topology.label()).c_str();
            QVERIFY2(sane(e->ttft) && sane(e->itl) && sane(e->e2e), what);
            QVERIFY2(e->e2e.mean >= e->ttft.mean * (1 - 1e-9), what);
            QVERIFY2(e->requestRate.value() > 0 && std::isfinite(e->totalThroughput.value()), what);
            QVERIFY2(e->kvUtilization >= 0 && e->kvUtilization <= 1 && e->prefixHitRate >= 0
                         && e->prefixHitRate <= 1,
                     what);
        }
        QVERIFY2(predicted > 500, QByteArray::number(predicted));
    }

    void threadsSeeTheSame()
    {
        const Estimate expected = at(llama(), chat());
        std::vector<double> results(8);
        {
            std::vector<std::jthread> threads;
            for (auto& result : results)
                threads.emplace_back(
                    [this, &result] { result = at(llama(), chat()).e2e.p99.value(); });
        }
        for (const double result : results)
            QCOMPARE(result, expected.e2e.p99.value());
    }

    void percentilesInterpolate()
    {
        LatencyEstimate l;
        l.mean = Seconds(1.2);
        l.p50 = Seconds(1);
        l.p90 = Seconds(2);
        l.p95 = Seconds(2.5);
        l.p99 = Seconds(4);
        COMPARE_NEAR(l.at(0).value(), 1.2, 1e-12);
        COMPARE_NEAR(l.at(50).value(), 1, 1e-12);
        COMPARE_NEAR(l.at(90).value(), 2, 1e-12);
        COMPARE_NEAR(l.at(99).value(), 4, 1e-12);
        QVERIFY(l.at(97) > l.p95 && l.at(97) < l.p99 && l.at(99.9) > l.p99 && l.at(20) < l.p50);
    }
};

QTEST_APPLESS_MAIN(TestAnalyticEngine)
#include "tst_analyticengine.moc"
