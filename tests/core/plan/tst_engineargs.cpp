// SPDX-License-Identifier: Apache-2.0
#include <tests/testsupport/planfixture.h>
#include <tests/testsupport/testtools.h>

#include <QTest>

#include <algorithm>
#include <functional>
#include <set>

using namespace llmd;
using namespace llmd::testing;

namespace {

struct Case
{
    std::function<void(PlanFixture&)> apply;
};

SpeculativeDecoding guessing(DraftMethod method, int tokens)
{
    SpeculativeDecoding speculative;
    speculative.method = method;
    speculative.tokens = tokens;
    return speculative;
}

std::string text(const std::vector<EngineArgument>& arguments)
{
    std::string result;
    for (const auto& argument : arguments)
        result += argument.text() + " ";
    return result;
}

} // namespace

Q_DECLARE_METATYPE(Case)

class TestEngineArgs : public QObject
{
    Q_OBJECT

private slots:
    void flags_data()
    {
        QTest::addColumn<Case>("what");
        QTest::addColumn<std::string>("present");
        QTest::addColumn<std::string>("absent");
        const auto row = [](const char* name, std::function<void(PlanFixture&)> apply,
                            std::string present, std::string absent = {}) {
            QTest::newRow(name) << Case { std::move(apply) } << std::move(present)
                                << std::move(absent);
        };
        using F = PlanFixture;
        row(
            "context as a plain integer",
            [](F& f) { f.option.candidate.engine.maxModelLen = 32768; }, "--max-model-len=32768 ");
        row(
            "one GPU", [](F&) {}, "--tensor-parallel-size=1 ", "--pipeline-parallel-size");
        row(
            "tensor and pipeline",
            [](F& f) {
                f.option.candidate.topology.pool.parallelism = { 4, 2, 1, false };
            },
            "--tensor-parallel-size=4 --pipeline-parallel-size=2 ", "--data-parallel-size");
        row(
            "attention replicas",
            [](F& f) {
                f.option.candidate.topology.pool.parallelism = { 1, 1, 8, true };
            },
            "--data-parallel-size=8 --data-parallel-size-local=8 ");
        row(
            "experts need a MoE",
            [](F& f) {
                f.option.candidate.topology.pool.parallelism = { 8, 1, 1, true };
            },
            "", "--enable-expert-parallel");
        row(
            "experts",
            [](F& f) {
                f.catalog.models[0].architecture = expertArchitecture(30e9, Precision::Bf16);
                f.option.candidate.topology.pool.parallelism = { 8, 1, 1, true };
            },
            "--enable-expert-parallel ");
        row(
            "KV auto", [](F&) {}, "", "--kv-cache-dtype");
        row(
            "KV FP8", [](F& f) { f.option.candidate.engine.keyValueCache = Precision::Fp8; },
            "--kv-cache-dtype=fp8 ");
        row(
            "KV that the checkpoint asks for anyway",
            [](F& f) {
                f.catalog.models[0].architecture.quantization.keyValueCache = Precision::Fp8;
                f.option.candidate.engine.keyValueCache = Precision::Fp8;
            },
            "", "--kv-cache-dtype");
        row(
            "KV against the checkpoint",
            [](F& f) {
                f.catalog.models[0].architecture.quantization.keyValueCache = Precision::Fp8;
                f.option.candidate.engine.keyValueCache = Precision::Bf16;
            },
            "--kv-cache-dtype=bfloat16 ");
        row(
            "KV equal to the model's type",
            [](F& f) { f.option.candidate.engine.keyValueCache = Precision::Bf16; }, "",
            "--kv-cache-dtype");
        row(
            "quantised checkpoint",
            [](F& f) { f.catalog.models[0].architecture = plainArchitecture(8e9, Precision::Fp8); },
            "", "--quantization");
        row(
            "quantised at load",
            [](F& f) {
                auto& architecture = f.catalog.models[0].architecture;
                architecture = quantizedAtLoad(architecture, Precision::Fp8);
            },
            "--quantization=fp8 ");
        row(
            "default block", [](F&) {}, "", "--block-size");
        row(
            "other block", [](F& f) { f.option.candidate.engine.blockSize = 64; },
            "--block-size=64 ");
        row(
            "caching and chunks", [](F&) {}, "--enable-prefix-caching --enable-chunked-prefill ",
            "--no-");
        row(
            "no caching, no chunks",
            [](F& f) {
                f.option.candidate.engine.prefixCaching = false;
                f.option.candidate.engine.chunkedPrefill = false;
            },
            "--no-enable-prefix-caching --no-enable-chunked-prefill ");
        row(
            "eager", [](F& f) { f.option.candidate.engine.enforceEager = true; },
            "--enforce-eager ");
        row(
            "graphs", [](F&) {}, "", "--enforce-eager");
        row(
            "GPU without BF16", [](F& f) { f.catalog.gpus[0].bf16 = {}; }, "--dtype=float16 ");
        row(
            "GPU with BF16", [](F&) {}, "", "--dtype=");
        row(
            "no features", [](F&) {}, "", "--speculative-config");
        row(
            "n-grams",
            [](F& f) { f.option.candidate.engine.speculative = guessing(DraftMethod::NGram, 3); },
            "--speculative-config={\"method\":\"ngram\",\"num_speculative_tokens\":3,\"prompt_"
            "lookup_max\":4,\"prompt_lookup_min\":2} ");
        row(
            "MTP",
            [](F& f) {
                f.catalog.models[0].architecture.mtpParameters = 1;
                f.option.candidate.engine.speculative = guessing(DraftMethod::Mtp, 1);
            },
            "--speculative-config={\"method\":\"mtp\",\"num_speculative_tokens\":1} ");
        row(
            "draft model",
            [](F& f) {
                f.option.candidate.engine.speculative = guessing(DraftMethod::DraftModel, 2);
                f.option.candidate.engine.speculative->draft = f.option.candidate.model;
            },
            "\"method\":\"draft_model\",\"model\":\"");
        row(
            "adapters",
            [](F& f) {
                f.option.candidate.engine.lora = LoraServing { 20, 32, 4, LoraTargets::Linear };
            },
            "--enable-lora --max-loras=4 --max-lora-rank=32 --max-cpu-loras=20 ",
            "--lora-target-modules");
        row(
            "adapters of attention",
            [](F& f) {
                f.option.candidate.engine.lora = LoraServing { 2, 16, 2, LoraTargets::Attention };
            },
            "--lora-target-modules qkv_proj o_proj ", "--max-cpu-loras");
        row(
            "host memory", [](F& f) { f.option.candidate.engine.offload.cpu = gibibytes(64); },
            "--kv-offloading-size=64 --kv-offloading-backend=native ", "--kv-transfer-config");
        row(
            "host memory and drive",
            [](F& f) {
                f.option.candidate.engine.offload = { gibibytes(64), gibibytes(500) };
            },
            "\"cpu_bytes_to_use\":68719476736,\"secondary_tiers\":[{\"type\":\"fs\",\"root_dir\":",
            "--kv-offloading-size");
    }

    void flags()
    {
        QFETCH(Case, what);
        QFETCH(std::string, present);
        QFETCH(std::string, absent);
        auto fixture = planFixture();
        what.apply(fixture);
        const auto written = text(engineArguments(fixture.option.candidate, { 0, 26, 0 }));
        QVERIFY2(written.find(present) != std::string::npos, written.c_str());
        if (!absent.empty())
            QVERIFY2(written.find(absent) == std::string::npos, written.c_str());
    }

    void everyArgumentHasAReasonAndOccursOnce()
    {
        auto fixture = planFixture();
        fixture.option.candidate.engine.blockSize = 32;
        std::set<std::string> seen;
        for (const auto& argument : engineArguments(fixture.option.candidate, { 0, 26, 0 })) {
            QVERIFY(argument.flag.starts_with("--"));
            QVERIFY2(!argument.why.empty(), argument.flag.c_str());
            QVERIFY2(seen.insert(argument.flag).second, argument.flag.c_str());
        }
    }

    void versions_data()
    {
        QTest::addColumn<int>("minor");
        QTest::addColumn<bool>("drains");
        QTest::newRow("0.9") << 9 << false;
        QTest::newRow("0.11") << 11 << false;
        QTest::newRow("0.18") << 18 << false;
        QTest::newRow("0.19") << 19 << true;
        QTest::newRow("0.26") << 26 << true;
        QTest::newRow("0.31") << 31 << true;
    }

    void versions()
    {
        QFETCH(int, minor);
        QFETCH(bool, drains);
        const auto fixture = planFixture();
        const auto written = text(engineArguments(fixture.option.candidate, { 0, minor, 0 }));
        QCOMPARE(written.find("--shutdown-timeout=") != std::string::npos, drains);
        // Removed or refused by some of these versions, so never written.
        for (const char* gone :
             { "--swap-space", "--device", "--num-scheduler-steps", "--disable-log-requests",
               "--use-v2-block-manager", "--preemption-mode", "--max-num-partial-prefills",
               "--task", "--speculative-model" })
            QVERIFY2(written.find(gone) == std::string::npos, gone);
        QVERIFY(engineArgumentObstacle(fixture.option.candidate, { 0, minor, 0 }).empty());
    }

    void featuresNeedTheirVersion_data()
    {
        QTest::addColumn<Case>("what");
        QTest::addColumn<int>("since");
        QTest::newRow("draft model") << Case { [](PlanFixture& f) {
            auto& engine = f.option.candidate.engine;
            engine.speculative = guessing(DraftMethod::DraftModel, 2);
            engine.speculative->draft = f.option.candidate.model;
        } } << 15;
        QTest::newRow("MTP") << Case { [](PlanFixture& f) {
            f.catalog.models[0].architecture.mtpParameters = 1;
            f.option.candidate.engine.speculative = guessing(DraftMethod::Mtp, 1);
        } } << 11;
        QTest::newRow("host memory") << Case { [](PlanFixture& f) {
            f.option.candidate.engine.offload.cpu = gibibytes(64);
        } } << 14;
        QTest::newRow("drive") << Case { [](PlanFixture& f) {
            f.option.candidate.engine.offload = { gibibytes(64), gibibytes(500) };
        } } << 22;
        QTest::newRow("attention adapters") << Case { [](PlanFixture& f) {
            f.option.candidate.engine.lora = LoraServing { 2, 16, 2, LoraTargets::Attention };
        } } << 17;
    }

    void featuresNeedTheirVersion()
    {
        QFETCH(Case, what);
        QFETCH(int, since);
        auto fixture = planFixture();
        what.apply(fixture);
        const Candidate& candidate = fixture.option.candidate;
        QCOMPARE(engineArgumentObstacle(candidate, { 0, since, 0 }), std::string());
        const std::string obstacle = engineArgumentObstacle(candidate, { 0, since - 1, 0 });
        QVERIFY2(obstacle.find("or newer") != std::string::npos, obstacle.c_str());
    }

    void aHeadMustBeNamed()
    {
        auto fixture = planFixture();
        auto& engine = fixture.option.candidate.engine;
        engine.speculative = guessing(DraftMethod::Eagle3, 3);
        QVERIFY(!engineArgumentObstacle(fixture.option.candidate, { 0, 26, 0 }).empty());
        engine.speculative->head = "org/head";
        QVERIFY(engineArgumentObstacle(fixture.option.candidate, { 0, 26, 0 }).empty());
    }

    void incompleteCandidates()
    {
        QVERIFY(engineArguments({}, { 0, 26, 0 }).empty());
        QVERIFY(!engineArgumentObstacle({}, { 0, 26, 0 }).empty());
    }
};

QTEST_APPLESS_MAIN(TestEngineArgs)
#include "tst_engineargs.moc"
