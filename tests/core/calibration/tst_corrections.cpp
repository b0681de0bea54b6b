// SPDX-License-Identifier: Apache-2.0
// Corrections that are learned from runs: with synthetic runs of known bias and noise.
#include <core/calibration/calibratedengine.h>
#include <core/calibration/corrections.h>
#include <core/project/project.h>
#include <tests/core/benchmarks/measuredfixture.h>
#include <tests/testsupport/testtools.h>

#include <QTest>

#include <nlohmann/json.hpp>

#include <cmath>
#include <random>

using namespace llmd;
using namespace llmd::testing;

namespace {

const EngineRegistry& engines()
{
    static const EngineRegistry registry(shippedCatalog());
    return registry;
}

const Engine& analytic()
{
    return engines().standard();
}

/** Loads and lengths of a benchmark session, all below saturation. */
std::vector<Workload> sessionOf(std::size_t runs)
{
    std::vector<Workload> workloads;
    for (std::size_t i = 0; i < runs; ++i) {
        const auto step = static_cast<double>(i % 5);
        const Load load = i % 2 == 0 ? Load::closed(2 + 2 * step)
                                     : Load::open(RequestsPerSecond(0.4 + 0.2 * step));
        workloads.push_back(servedWorkload(load, 500 + 400 * step, 150 + 60 * step));
    }
    return workloads;
}

/** What another engine says, for runs that are not just our own predictions times a factor. */
Estimate truth(const Candidate& candidate, const Workload& workload, const char* engine,
               double factor)
{
    RunContext context;
    auto estimate = engines()
                        .find(engine)
                        .value()
                        ->estimate(candidate, onSlowerClock(workload, factor), context)
                        .value();
    estimate.itl.mean *= factor;
    estimate.ttft.mean *= factor;
    return estimate;
}

StoredRecord stored(std::int64_t id, BenchmarkRecord record)
{
    StoredRecord result;
    result.id = id;
    result.record = std::move(record);
    return result;
}

/** Runs of a server whose steps take `factor` times as long as the engine thinks, with noise of both latencies. */
class Server
{
public:
    Server(Candidate candidate, double factor, std::size_t runs, const char* engine = "analytic")
        : m_candidate(candidate)
        , m_workloads(sessionOf(runs))
    {
        for (const auto& workload : m_workloads)
            m_truth.push_back(truth(candidate, workload, engine, factor));
    }

    std::vector<StoredRecord> runs(double noise, unsigned seed) const
    {
        std::mt19937 random(seed);
        std::normal_distribution<double> normal(0, noise);
        std::vector<StoredRecord> records;
        for (std::size_t i = 0; i < m_workloads.size(); ++i)
            records.push_back(
                stored(static_cast<std::int64_t>(i + 1),
                       measuredRecord(m_candidate, m_workloads[i],
                                      m_truth[i].ttft.mean.value() * std::exp(2 * normal(random)),
                                      m_truth[i].itl.mean.value() * std::exp(normal(random)))));
        return records;
    }
    const Candidate& candidate() const { return m_candidate; }

private:
    Candidate m_candidate;
    std::vector<Workload> m_workloads;
    std::vector<Estimate> m_truth;
};

CorrectionPairs pairsOf(const std::vector<StoredRecord>& records)
{
    RunContext context;
    return correctionPairs(records, *shippedCatalog(), analytic(), context).value();
}

QByteArray textOf(const Estimate& estimate)
{
    return QByteArray::fromStdString(toJson(estimate).dump());
}

Estimate predicted(const Engine& engine, const Candidate& candidate, double rate = 4)
{
    RunContext context;
    return engine.estimate(candidate, servedWorkload(Load::open(RequestsPerSecond(rate))), context)
        .value();
}

} // namespace

class TestCorrections : public QObject
{
    Q_OBJECT

private slots:
    void aFactorIsFoundAndUndone()
    {
        const Server server(servedCandidate(), 1.3, 10);
        const auto pairs = pairsOf(server.runs(0, 1));
        QCOMPARE(pairs.pairs.size(), std::size_t(10));
        for (const auto& pair : pairs.pairs)
            QVERIFY2(std::abs(pair.step - std::log(1.3)) < 2e-3, pair.id.c_str());
        const Corrections corrections(pairs.pairs);
        const auto correction = corrections.of(server.candidate());
        COMPARE_NEAR(correction.step, 1.3, 0.005);
        COMPARE_NEAR(correction.firstToken, 1.0, 0.01);
        // Batches and queues follow: the corrected engine is the server, also at loads that were not run.
        const CalibratedEngine calibrated(analytic(), corrections);
        const auto load = servedWorkload(Load::open(RequestsPerSecond(3)), 1500, 200);
        RunContext context;
        const auto estimate = calibrated.estimate(server.candidate(), load, context);
        VERIFY_OK(estimate);
        const auto expected = truth(server.candidate(), load, "analytic", 1.3);
        COMPARE_NEAR(estimate->itl.mean.value(), expected.itl.mean.value(), 0.01);
        COMPARE_NEAR(estimate->ttft.mean.value(), expected.ttft.mean.value(), 0.02);
        COMPARE_NEAR(estimate->requestRate.value(), 3.0, 1e-6);
        QVERIFY(estimate->provenance.caveats.back().find("10 runs of qwen3-14b")
                != std::string::npos);
    }

    void tenRunsBringTheErrorDown_data()
    {
        QTest::addColumn<QString>("engine");
        QTest::addColumn<double>("factor");
        QTest::addColumn<double>("noise");
        QTest::newRow("30 % slower, 3 % noise") << "analytic" << 1.3 << 0.03;
        QTest::newRow("30 % faster, 4 % noise") << "analytic" << 0.7 << 0.04;
        QTest::newRow("simulated, 30 % slower, 4 % noise") << "simulation" << 1.3 << 0.04;
    }
    void tenRunsBringTheErrorDown()
    {
        QFETCH(QString, engine);
        QFETCH(double, factor);
        QFETCH(double, noise);
        // A GPU of which nothing was measured has wide intervals to begin with.
        const Server server(servedCandidate("Qwen/Qwen3-8B", "l40s"), factor, 10,
                            engine == "analytic" ? "analytic" : "simulation");
        RunContext context;
        double before = 0;
        double after = 0;
        double inside = 0;
        double intervals = 0;
        constexpr int draws = 60;
        for (int draw = 0; draw < draws; ++draw) {
            const Corrections corrections(
                pairsOf(server.runs(noise, 100 + static_cast<unsigned>(draw))).pairs);
            QCOMPARE(corrections.pairs().size(), std::size_t(10));
            const auto errors = crossValidate(corrections, analytic(), context);
            VERIFY_OK(errors);
            QCOMPARE(errors->folds, std::size_t(10));
            before += errors->before[0].mean / draws;
            after += errors->after[0].mean / draws;
            inside += static_cast<double>(errors->after[0].inside);
            intervals += static_cast<double>(errors->after[0].intervals);
        }
        qInfo("ITL error %.1f %% before, %.1f %% after, %.1f %% in the interval", before * 100,
              after * 100, inside / intervals * 100);
        QVERIFY(before > 0.2);
        QVERIFY(after < 0.06);
        QCOMPARE(intervals, 10.0 * draws);
        QVERIFY(inside / intervals >= 0.85 && inside / intervals <= 0.95);
    }

    void intervalsNarrowWhereTheyWereWide()
    {
        const Candidate candidate = servedCandidate("Qwen/Qwen3-14B", "mi300x");
        QVERIFY(candidate.gpu);
        const Server server(candidate, 1.3, 10);
        const Corrections corrections(pairsOf(server.runs(0.03, 5)).pairs);
        const auto raw = predicted(analytic(), candidate);
        const auto corrected = predicted(CalibratedEngine(analytic(), corrections), candidate);
        const auto width = [](const LatencyEstimate& latency) {
            return std::log(latency.meanInterval.high / latency.meanInterval.low);
        };
        QVERIFY(width(corrected.itl) < 0.8 * width(raw.itl));
        QVERIFY(width(corrected.e2e) < 0.9 * width(raw.e2e));
        QVERIFY(width(corrected.itl) > 2 * 0.03); // honest: not less than the noise
    }

    void outliersHardlyCount()
    {
        const Server server(servedCandidate(), 1.3, 14);
        auto records = server.runs(0.02, 3);
        for (const std::size_t bad : { 2u, 8u }) {
            for (const auto metric : { Metric::Tpot, Metric::Ttft })
                records[bad].record.metrics[metric].values.scale(3);
        }
        const Corrections corrections(pairsOf(records).pairs);
        QCOMPARE(corrections.pairs().size(), std::size_t(14));
        COMPARE_NEAR(corrections.of(server.candidate()).step, 1.3, 0.04);
    }

    void littleIsLearnedFromLittle()
    {
        const Server server(servedCandidate(), 1.3, 1);
        const Corrections one(pairsOf(server.runs(0, 1)).pairs);
        const auto own = one.of(server.candidate());
        QVERIFY(own.step > 1.15 && own.step < 1.3);
        QVERIFY(!own.stepHalfWidth); // the engine's interval stays
        // Other models of the GPU may have the cause in common, other GPUs have not.
        const auto other = one.of(servedCandidate("Qwen/Qwen3-32B", "h100_sxm", 2));
        QVERIFY(other.step > 1.02 && other.step < own.step);
        QVERIFY(one.of(servedCandidate("Qwen/Qwen3-14B", "l40s")).isNone());
        const auto raw = predicted(analytic(), servedCandidate("Qwen/Qwen3-14B", "l40s"), 1);
        QCOMPARE(textOf(predicted(CalibratedEngine(analytic(), one),
                                  servedCandidate("Qwen/Qwen3-14B", "l40s"), 1)),
                 textOf(raw));
    }

    void removingTheRunsRestoresTheOldState()
    {
        const TemporaryFolder folder;
        auto store = BenchmarkStore::open(folder / "store.db");
        VERIFY_OK(store);
        QVERIFY(!*correctionsActive(*store)); // off until asked for
        QVERIFY(setCorrectionsActive(*store, true));
        QVERIFY(*correctionsActive(*store));
        const auto candidate = servedCandidate();
        const auto estimateWithStore = [&] {
            const Corrections corrections(pairsOf(*correctionRecords(*store)).pairs);
            return predicted(CalibratedEngine(analytic(), corrections), candidate);
        };
        const auto before = textOf(predicted(analytic(), candidate));
        QCOMPARE(textOf(estimateWithStore()), before);
        std::vector<std::int64_t> ids;
        for (const auto& run : Server(candidate, 1.3, 10).runs(0.03, 1)) {
            const auto saved = saveRecord(*store, run.record, std::to_string(run.id));
            VERIFY_OK(saved);
            ids.insert(ids.end(), saved->recordIds.begin(), saved->recordIds.end());
        }
        const auto with = textOf(estimateWithStore());
        QVERIFY(with != before);
        QVERIFY(store->remove(ids));
        QCOMPARE(textOf(estimateWithStore()), before);
        QVERIFY(store->restore(ids));
        QCOMPARE(textOf(estimateWithStore()), with);
    }

    void whatTeachesNothingIsLeftOut()
    {
        const Server server(servedCandidate(), 1.3, 8);
        auto records = server.runs(0, 1);
        records[0].record.engineVersions = { "unknown" };
        records[1].record.disaggregated = true;
        records[2].record.failures = 500;
        records[3].record.gpu = "TPU v9";
        records[4].record.metrics[Metric::Tpot].values.scale(20);
        records[5].record.engines[0].name = "sglang";
        records[6].record.engines[0].args["speculative-config"] = "{}";
        const auto pairs = pairsOf(records);
        QCOMPARE(pairs.pairs.size(), std::size_t(1));
        QCOMPARE(pairs.leftOut.size(), std::size_t(7));
        for (const auto& [index, part] : { std::pair { 0, "version" },
                                           { 1, "apart" },
                                           { 2, "failed" },
                                           { 3, "TPU v9" },
                                           { 4, "no factor" },
                                           { 5, "sglang" },
                                           { 6, "--speculative-config" } })
            QVERIFY2(pairs.leftOut[static_cast<std::size_t>(index)].reason.find(part)
                         != std::string::npos,
                     pairs.leftOut[static_cast<std::size_t>(index)].reason.c_str());
    }

    void builtInMeasurementsAreNoNews()
    {
        const auto builtin = builtinMeasurements();
        VERIFY_OK(builtin);
        std::vector<StoredRecord> copies;
        for (const auto& measurement : *builtin) {
            if (measurement.record.engines.front().name == "vllm")
                copies.push_back(
                    stored(static_cast<std::int64_t>(copies.size() + 1), measurement.record));
        }
        QVERIFY(copies.size() > 500);
        const auto pairs = pairsOf(copies);
        QCOMPARE(pairs.pairs.size(), std::size_t(0));
        QVERIFY(pairs.leftOut.front().reason.find("built-in") != std::string::npos);
    }

    void saturatedRunsAreLeftOut()
    {
        const auto candidate = servedCandidate();
        const auto workload = servedWorkload(Load::open(RequestsPerSecond(500)));
        const auto pairs = pairsOf({ stored(1, measuredRecord(candidate, workload, 20, 0.05)) });
        QCOMPARE(pairs.pairs.size(), std::size_t(0));
        QVERIFY(pairs.leftOut.front().reason.find("saturation") != std::string::npos);
    }
};

QTEST_APPLESS_MAIN(TestCorrections)
#include "tst_corrections.moc"
