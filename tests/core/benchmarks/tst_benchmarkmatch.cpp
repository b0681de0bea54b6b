// SPDX-License-Identifier: Apache-2.0
// When a measurement stands for an estimate, and when it must not.
#include "measuredfixture.h"

#include <tests/testsupport/testtools.h>

#include <QTest>

#include <cmath>
#include <functional>

using namespace llmd;
using namespace llmd::testing;

namespace {

Estimate estimateOf(const Candidate& candidate, const Workload& workload)
{
    const EngineRegistry engines(shippedCatalog());
    RunContext context;
    return engines.standard().estimate(candidate, workload, context).value();
}

/** A plan, and a store with what was measured of it. */
struct Plan
{
    Candidate candidate = servedCandidate();
    Workload workload = servedWorkload(Load::open(RequestsPerSecond(10)));
    Estimate estimate = estimateOf(candidate, workload);
    TemporaryFolder folder;
    BenchmarkStore store = BenchmarkStore::open(folder / "store.db").value();

    BenchmarkRecord record(double rate = 10, double ttft = 0.060, double tpot = 0.012) const
    {
        return measuredRecord(candidate, servedWorkload(Load::open(RequestsPerSecond(rate))), ttft,
                              tpot);
    }
    MatchOutcome find(std::vector<BuiltinMeasurement> builtin = {})
    {
        MeasurementFinder finder(*shippedCatalog(), &store, std::move(builtin));
        return finder.find({ candidate, workload, estimate }).value();
    }
};

QString fieldsOf(const BenchmarkMatch& match)
{
    QStringList fields;
    for (const auto& difference : match.differences) {
        if (!difference.tolerated)
            fields.append(QString::fromStdString(difference.field));
    }
    return fields.join(",");
}

struct Change
{
    const char* name;
    const char* field; ///< that must be named
    std::function<void(BenchmarkRecord&)> apply;
};

void scaleMean(BenchmarkRecord& record, Metric metric, double factor)
{
    record.metrics[metric].values.scale(factor);
}

const std::vector<Change>& spoilers()
{
    static const std::vector<Change> changes {
        { "precision", "precision", [](auto& r) { r.precision = "fp8"; } },
        { "gpu", "gpu", [](auto& r) { r.gpu = "NVIDIA-A100-SXM4-80GB"; } },
        { "no gpu", "gpu", [](auto& r) { r.gpu.clear(); } },
        { "tensor parallel", "layout",
          [](auto& r) {
              r.engines[0].parallelism.tensor = 2;
              r.engines[0].gpusPerWorker = 2;
              r.gpus = 2;
          } },
        { "replicas", "replicas",
          [](auto& r) {
              r.engines[0].replicas = 2;
              r.gpus = 2;
          } },
        { "layout unknown", "layout",
          [](auto& r) {
              r.engines[0].gpusPerWorker.reset();
              r.gpus.reset();
          } },
        { "disaggregated", "serving", [](auto& r) { r.disaggregated = true; } },
        { "batch", "max-num-batched-tokens",
          [](auto& r) { r.engines[0].args["max-num-batched-tokens"] = "2048"; } },
        { "few seats", "max-num-seqs", [](auto& r) { r.engines[0].args["max-num-seqs"] = "16"; } },
        { "kv cache", "kv-cache-dtype",
          [](auto& r) { r.engines[0].args["kv-cache-dtype"] = "fp8"; } },
        { "eager", "enforce-eager", [](auto& r) { r.engines[0].args["enforce-eager"] = ""; } },
        { "speculative", "speculative decoding",
          [](auto& r) { r.engines[0].args["speculative-config"] = "{\"method\": \"eagle\"}"; } },
        { "prompts", "prompt tokens", [](auto& r) { scaleMean(r, Metric::InputLength, 1.15); } },
        { "outputs", "output tokens", [](auto& r) { scaleMean(r, Metric::OutputLength, 0.85); } },
        { "spread", "prompt tokens spread",
          [](auto& r) { r.metrics[Metric::InputLength].values.set(Statistic::StdDev, 700); } },
        { "rate", "rate", [](auto& r) { r.load.rate = RequestsPerSecond(10.6); } },
        { "closed loop", "kind of load",
          [](auto& r) {
              r.load.rate.reset();
              r.load.concurrency = 32;
          } },
        { "prefix", "shared prefix", [](auto& r) { r.load.prefix = Tokens(400); } },
        { "bursts", "burstiness", [](auto& r) { r.load.burstiness = 0.25; } },
        { "failures", "answered requests", [](auto& r) { r.failures = 50; } },
        { "summary", "stages", [](auto& r) { r.level = "summary (mixes stages)"; } },
        { "engine", "engine", [](auto& r) { r.engines[0].name = "sglang"; } },
        { "older release", "version", [](auto& r) { r.engineVersions = { "0.18.1" }; } },
        { "version unknown", "version", [](auto& r) { r.engineVersions = { "unknown" }; } },
        { "no version", "version", [](auto& r) { r.engineVersions.clear(); } },
        { "no latencies", "latency per token", [](auto& r) { r.metrics.erase(Metric::Tpot); } },
    };
    return changes;
}

const std::vector<Change>& tolerable()
{
    static const std::vector<Change> changes {
        { "patch release", "version", [](auto& r) { r.engineVersions = { "0.19.2" }; } },
        { "prompts", "prompt tokens", [](auto& r) { scaleMean(r, Metric::InputLength, 0.91); } },
        { "rate", "rate", [](auto& r) { r.load.rate = RequestsPerSecond(10.4); } },
        { "seats that nobody takes", "max-num-seqs",
          [](auto& r) { r.engines[0].args["max-num-seqs"] = "512"; } },
        { "longest sequence", "max-model-len",
          [](auto& r) { r.engines[0].args["max-model-len"] = "40960"; } },
        { "memory", "gpu-memory-utilization",
          [](auto& r) { r.engines[0].args["gpu-memory-utilization"] = "0.92"; } },
        { "prefix cache without prefixes", "enable-prefix-caching",
          [](auto& r) { r.engines[0].args["no-enable-prefix-caching"] = ""; } },
    };
    return changes;
}

void changeRows(const std::vector<Change>& changes)
{
    QTest::addColumn<int>("index");
    for (std::size_t i = 0; i < changes.size(); ++i)
        QTest::newRow(changes[i].name) << static_cast<int>(i);
}

} // namespace

class TestBenchmarkMatch : public QObject
{
    Q_OBJECT

private slots:
    void exactlyThisWasMeasured()
    {
        Plan plan;
        QVERIFY(saveRecord(plan.store, plan.record(), "a.yaml"));
        const auto outcome = plan.find();
        QVERIFY(outcome.applied && !outcome.applied->interpolated);
        QVERIFY(outcome.near.empty() && outcome.applied->tolerated.empty());
        const Estimate& e = outcome.applied->estimate;
        QVERIFY(e.provenance.label == Provenance::Label::Benchmarked);
        COMPARE_NEAR(e.ttft.mean.value(), 0.060, 1e-9);
        COMPARE_NEAR(e.ttft.p99.value(), 0.180, 1e-9);
        COMPARE_NEAR(e.itl.mean.value(), 0.012, 1e-9);
        // Not measured: E2E follows from the others, p95 from the engine's shape.
        COMPARE_NEAR(e.e2e.mean.value(), 0.060 + 299 * 0.012, 1e-9);
        COMPARE_NEAR(e.ttft.p90.value(),
                     std::min(0.18, 0.060 * plan.estimate.ttft.p90 / plan.estimate.ttft.mean),
                     1e-9);
        QVERIFY(!e.ttft.meanInterval.stated); // one run says nothing of the next
        QVERIFY(e.provenance.distance.find("a.yaml") != std::string::npos);
        QVERIFY(plan.estimate.provenance.label == Provenance::Label::Estimated);
    }

    void anythingElseIsOnlyNear_data() { changeRows(spoilers()); }
    void anythingElseIsOnlyNear()
    {
        QFETCH(int, index);
        const auto& change = spoilers()[static_cast<std::size_t>(index)];
        Plan plan;
        auto record = plan.record();
        change.apply(record);
        QVERIFY(saveRecord(plan.store, record, "a.yaml"));
        const auto outcome = plan.find();
        QVERIFY(!outcome.applied);
        QCOMPARE(outcome.near.size(), std::size_t(1));
        QCOMPARE(fieldsOf(outcome.near.front()), QString(change.field));
        const bool versionDiffers = QByteArray(change.field) == "version";
        if (versionDiffers)
            QVERIFY(outcome.near.front().version != VersionCheck::Compatible);
    }

    void smallDifferencesAreNamed_data() { changeRows(tolerable()); }
    void smallDifferencesAreNamed()
    {
        QFETCH(int, index);
        const auto& change = tolerable()[static_cast<std::size_t>(index)];
        Plan plan;
        auto record = plan.record();
        change.apply(record);
        QVERIFY(saveRecord(plan.store, record, "a.yaml"));
        const auto outcome = plan.find();
        QVERIFY(outcome.applied);
        QCOMPARE(outcome.applied->tolerated.size(), std::size_t(1));
        QCOMPARE(outcome.applied->tolerated.front().field, std::string(change.field));
        const auto& caveats = outcome.applied->estimate.provenance.caveats;
        QVERIFY(caveats.front().find(change.field) != std::string::npos);
    }

    void prefillAndDecodeApart()
    {
        Plan plan;
        auto record = plan.record();
        auto prefill = record.engines.front();
        prefill.role = "prefill";
        auto decode = prefill;
        decode.role = "decode";
        decode.parallelism.tensor = 2;
        decode.gpusPerWorker = 2;
        prefill.replicas = 3;
        prefill.args["kv-transfer-config"] = decode.args["kv-transfer-config"] = "{}";
        record.engines = { prefill, decode };
        record.disaggregated = true;
        record.gpus = 5;
        QVERIFY(saveRecord(plan.store, record, "pd.yaml"));
        QCOMPARE(fieldsOf(plan.find().near.front()), QString("serving,KV cache outside the GPU"));

        Disaggregation split;
        split.prefill.replicas = 3;
        split.engine = plan.candidate.engine;
        plan.candidate.topology.pool.parallelism.tensor = 2;
        plan.candidate.topology.disaggregation = split;
        QVERIFY(plan.find().applied);
        QCOMPARE(plan.find().applied->tolerated.front().field, std::string("transfer"));
        plan.candidate.topology.disaggregation->prefill.replicas = 2;
        QCOMPARE(fieldsOf(plan.find().near.front()), QString("prefill replicas"));
        plan.candidate.topology.disaggregation->prefill.replicas = 3;
        plan.candidate.topology.disaggregation->engine.maxNumBatchedTokens = 16384;
        QCOMPARE(fieldsOf(plan.find().near.front()), QString("prefill max-num-batched-tokens"));
    }

    void plannedSpeculationMustBeTheSame()
    {
        Plan plan;
        auto record = plan.record();
        record.engines[0].args["speculative-config"] =
            R"({"method": "ngram", "num_speculative_tokens": 3})";
        QVERIFY(saveRecord(plan.store, record, "a.yaml"));
        plan.candidate.engine.speculative =
            SpeculativeDecoding { .method = DraftMethod::NGram, .tokens = 3 };
        QVERIFY(plan.find().applied);
        plan.candidate.engine.speculative->tokens = 4;
        QVERIFY(!plan.find().applied);
        plan.candidate.engine.speculative->tokens = 3;
        plan.candidate.engine.speculative->method = DraftMethod::Mtp;
        QVERIFY(!plan.find().applied);
        plan.candidate.engine.speculative.reset();
        QCOMPARE(fieldsOf(plan.find().near.front()), QString("speculative decoding"));
        plan.candidate.engine.lora = LoraServing { .adapters = 4 };
        QVERIFY(fieldsOf(plan.find().near.front()).contains("adapters"));
    }

    void betweenTwoLoadsOfARun()
    {
        Plan plan;
        QVERIFY(saveRecord(plan.store, plan.record(8, 0.050, 0.010), "a.yaml"));
        QVERIFY(saveRecord(plan.store, plan.record(12.5, 0.080, 0.016), "b.yaml"));
        QVERIFY(saveRecord(plan.store, plan.record(20, 0.200, 0.030), "c.yaml"));
        const auto outcome = plan.find();
        QVERIFY(outcome.applied && outcome.applied->interpolated);
        const Estimate& e = outcome.applied->estimate;
        // Halfway in log(load), so the geometric mean.
        COMPARE_NEAR(e.itl.mean.value(), std::sqrt(0.010 * 0.016), 1e-6);
        COMPARE_NEAR(e.ttft.mean.value(), std::sqrt(0.050 * 0.080), 1e-6);
        QVERIFY(e.provenance.label == Provenance::Label::Benchmarked);
        QVERIFY2(e.provenance.distance.starts_with("interpolated between"),
                 e.provenance.distance.c_str());
        QVERIFY(!e.itl.meanInterval.stated);
        QCOMPARE(outcome.near.size(), std::size_t(1)); // c.yaml
    }

    void neverBetweenWhatDoesNotBelongTogether()
    {
        const auto applied = [](const char* otherFolder, double rate, double ttft) {
            Plan plan;
            (void)saveRecord(plan.store, plan.record(8, 0.050, 0.010), "a.yaml", "run");
            (void)saveRecord(plan.store, plan.record(rate, ttft, 0.016), "b.yaml", otherFolder);
            return plan.find().applied.has_value();
        };
        QVERIFY(applied("run", 12.5, 0.080));
        QVERIFY(!applied("another run", 12.5, 0.080));
        QVERIFY(!applied("run", 20, 0.080)); // too far apart
        QVERIFY(!applied("run", 12.5, 0.500)); // across the knee
    }

    void repeatsGiveAnInterval()
    {
        Plan plan;
        QVERIFY(saveRecord(plan.store, plan.record(10, 0.060, 0.0120), "a.yaml"));
        QVERIFY(saveRecord(plan.store, plan.record(10, 0.060, 0.0126), "b.yaml"));
        QVERIFY(saveRecord(plan.store, plan.record(10, 0.060, 0.0123), "c.yaml"));
        const auto outcome = plan.find();
        QVERIFY(outcome.applied);
        QCOMPARE(outcome.applied->from.size(), std::size_t(3));
        const auto& itl = outcome.applied->estimate.itl;
        COMPARE_NEAR(itl.mean.value(), 0.0123, 1e-3);
        QVERIFY(itl.meanInterval.stated);
        // t(0.95, 2) x s x sqrt(1 + 1/3), s = 2.44 %
        COMPARE_NEAR(std::log(itl.meanInterval.high), 2.92 * 0.0244 * std::sqrt(4.0 / 3), 0.01);
    }

    void nearestFirstAndOnlyOfTheModel()
    {
        Plan plan;
        auto far = plan.record(40, 0.061); // equal figures would be reports of one measurement
        far.gpu = "NVIDIA-A100-SXM4-80GB";
        auto quantised = plan.record(10, 0.062);
        quantised.model = "Qwen/Qwen3-14B-FP8";
        quantised.precision.clear();
        auto other = plan.record(10, 0.063);
        other.model = "Qwen/Qwen3-32B";
        QVERIFY(saveRecord(plan.store, far, "far.yaml"));
        QVERIFY(saveRecord(plan.store, plan.record(14), "rate.yaml"));
        QVERIFY(saveRecord(plan.store, quantised, "fp8.yaml"));
        QVERIFY(saveRecord(plan.store, other, "other.yaml"));
        const auto outcome = plan.find();
        QVERIFY(!outcome.applied);
        QCOMPARE(outcome.near.size(), std::size_t(3));
        QCOMPARE(outcome.near[0].measurement->source, std::string("rate.yaml"));
        QCOMPARE(fieldsOf(outcome.near[1]), QString("precision"));
        QCOMPARE(outcome.near[2].measurement->source, std::string("far.yaml"));
    }

    void removedRunsAreNotUsed()
    {
        Plan plan;
        const auto saved = saveRecord(plan.store, plan.record(), "a.yaml");
        VERIFY_OK(saved);
        QVERIFY(plan.find().applied);
        QVERIFY(plan.store.remove(saved->recordIds));
        QVERIFY(!plan.find().applied && plan.find().near.empty());
    }

    void builtInMeasurementsOfAFirstStart()
    {
        const auto builtin = builtinMeasurements();
        VERIFY_OK(builtin);
        const auto closed = std::find_if(builtin->begin(), builtin->end(), [](const auto& m) {
            return m.set == "closed-loop"
                && m.record.engineVersions == std::vector<std::string> { "0.19.0" }
            && shippedCatalog()->findModel(m.record.model);
        });
        QVERIFY(closed != builtin->end());
        const auto& record = closed->record;
        Candidate candidate = servedCandidate(record.model, record.gpu);
        candidate.topology.pool.parallelism = record.engines.front().parallelism;
        const auto workload =
            servedWorkload(Load::closed(*record.load.concurrency),
                           *record.mean(Metric::InputLength), *record.mean(Metric::OutputLength));
        MeasurementFinder finder(*shippedCatalog(), nullptr, *builtin);
        const Estimate estimate = estimateOf(candidate, workload);
        auto outcome = finder.find({ candidate, workload, estimate });
        VERIFY_OK(outcome);
        QVERIFY(outcome->applied);
        COMPARE_NEAR(outcome->applied->estimate.itl.mean.value(), *record.mean(Metric::Tpot), 1e-9);
        // The same plan on the next release is not what was measured.
        candidate.engine.version = { 0, 20, 0 };
        outcome = finder.find({ candidate, workload, estimate });
        QVERIFY(!outcome->applied && !outcome->near.empty());
        QVERIFY(outcome->near.front().version == VersionCheck::Different);
    }

    void cachedPromptsSayNothingOfNewOnes()
    {
        const auto builtin = builtinMeasurements();
        const auto open = std::find_if(builtin->begin(), builtin->end(), [](const auto& m) {
            return m.set == "open-loop" && shippedCatalog()->findModel(m.record.model);
        });
        QVERIFY(open != builtin->end());
        QVERIFY(open->repeatedPrompts);
        const auto& record = open->record;
        Candidate candidate = servedCandidate(record.model, record.gpu);
        candidate.topology.pool.parallelism = record.engines.front().parallelism;
        candidate.engine.version = { 0, 15, 1 };
        const auto workload =
            servedWorkload(Load::open(*record.load.rate), *record.mean(Metric::InputLength),
                           *record.mean(Metric::OutputLength));
        MeasurementFinder finder(*shippedCatalog(), nullptr, *builtin);
        const Estimate estimate = estimateOf(candidate, workload);
        const auto outcome = finder.find({ candidate, workload, estimate });
        VERIFY_OK(outcome);
        QVERIFY(!outcome->applied && !outcome->near.empty());
        QVERIFY(fieldsOf(outcome->near.front()).contains("prompts"));
    }

    void namesOfACheckpoint_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("plain") << "qwen3-14b";
        QTest::newRow("fp8") << "qwen3-14b-fp8";
        QTest::newRow("dynamic") << "qwen3-14b-fp8-dynamic";
        QTest::newRow("awq") << "qwen3-14b-awq";
    }
    void namesOfACheckpoint()
    {
        QFETCH(QString, name);
        for (const char* model :
             { "Qwen/Qwen3-14B", "RedHatAI/Qwen3-14B-FP8-dynamic", "qwen3-14b" }) {
            const auto names = checkpointNames(model);
            QVERIFY(std::find(names.begin(), names.end(), name.toStdString()) != names.end());
        }
    }
};

QTEST_APPLESS_MAIN(TestBenchmarkMatch)
#include "tst_benchmarkmatch.moc"
