// SPDX-License-Identifier: Apache-2.0
#include <core/manifests/manifests.h>
#include <tests/testsupport/mutate.h>
#include <tests/testsupport/planfixture.h>
#include <tests/testsupport/testtools.h>

#include <QTest>

#include <nlohmann/json.hpp>

using namespace llmd;
using namespace llmd::testing;

namespace {

std::string planText(const PlanFixture& fixture)
{
    const auto plan = fixture.plan();
    const auto files = plan ? writeManifests(*plan, {}).value_or(std::vector<ManifestFile>())
                            : std::vector<ManifestFile>();
    return files.empty() ? std::string() : files.back().content;
}

} // namespace

class TestReadPlan : public QObject
{
    Q_OBJECT

private slots:
    void whatIsWrittenIsReadBack()
    {
        auto fixture = planFixture(
            PlanShape { "example/Experts", 30e9, Precision::Bf16, true, 2, { 2, 2, 1, true }, 3 });
        auto& engine = fixture.option.candidate.engine;
        engine = { .maxModelLen = 16384,
                   .maxNumSeqs = 64,
                   .maxNumBatchedTokens = 4096,
                   .gpuMemoryUtilization = 0.875,
                   .blockSize = 64,
                   .prefixCaching = false,
                   .chunkedPrefill = true,
                   .enforceEager = true,
                   .keyValueCache = Precision::Fp8,
                   .version = { 0, 22, 1 } };
        fixture.requirements.users = 500;
        fixture.requirements.maxGpus = 40;
        fixture.requirements.inventory = { { "mi300x", 32, 8 } };
        fixture.requirements.title = "Line\nbreak: \"quoted\" \xE6\x97\xA5";
        const auto plan = readPlan(planText(fixture), fixture.catalog);
        VERIFY_OK(plan);
        QVERIFY(plan->candidate == fixture.option.candidate);
        QVERIFY(plan->requirements == fixture.requirements);
        QVERIFY(plan->issues.empty());
        QVERIFY(!plan->variant);
    }

    void splitServersAreReadBack()
    {
        auto fixture = disaggregatedFixture();
        auto& split = *fixture.option.candidate.topology.disaggregation;
        split.gpu = &fixture.catalog.gpus[1];
        split.engine.maxNumBatchedTokens = 16384;
        split.transfer = { TransferPath::Tcp, gigabytesPerSecond(1.25), milliseconds(3), 0.25 };
        split.prefillDerate = 0.8;
        const auto plan = readPlan(planText(fixture), fixture.catalog);
        VERIFY_OK(plan);
        QVERIFY(plan->candidate == fixture.option.candidate);
        fixture.option.candidate = plan->candidate;
        QVERIFY(readPlan(planText(fixture), fixture.catalog)->candidate == plan->candidate);
    }

    void featuresAreReadBack()
    {
        auto fixture = planFixture();
        auto& engine = fixture.option.candidate.engine;
        engine.speculative = SpeculativeDecoding {};
        engine.speculative->method = DraftMethod::NGram;
        engine.speculative->tokens = 4;
        engine.speculative->acceptance = 0.55;
        engine.lora = LoraServing { 20, 32, 4, LoraTargets::Attention };
        engine.offload = { gibibytes(64), Bytes() };
        engine.expertExchange = ExpertExchange::Dispatch;
        const auto text = planText(fixture);
        const auto plan = readPlan(text, fixture.catalog);
        VERIFY_OK(plan);
        QVERIFY(plan->candidate == fixture.option.candidate);
        auto json = nlohmann::json::parse(text);
        json["engine"]["speculative"]["method"] = "oracle";
        VERIFY_ERROR(readPlan(json.dump(), fixture.catalog), "not a way of drafting");
        json = nlohmann::json::parse(text);
        json["engine"]["lora"]["rank"] = 0;
        VERIFY_ERROR(readPlan(json.dump(), fixture.catalog), "a whole number of at least 1");
    }

    void badSplits_data()
    {
        QTest::addColumn<QString>("pointer");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("message");
        const auto row = [](const char* pointer, const char* value, const char* message) {
            QTest::addRow("%s = %s", pointer, value)
                << QString(pointer) << QString(value) << QString(message);
        };
        row("/prefill", "[]", "'prefill' is missing");
        row("/prefill/gpu", "\"abacus\"", "is not in the catalog");
        row("/prefill/replicas", "0", "a whole number of at least 1");
        row("/prefill/engine", "7", "'engine' is missing");
        row("/transfer", "null", "'transfer' is missing");
        row("/transfer/path", "\"pigeon\"", "not a way of transfer");
        row("/transfer/overlap", "2", "a number of 0 to 1");
        row("/transfer/decode_derate", "0", "within 0");
        row("/transfer/local_prompt_tokens", "-1", "a number of 0");
        row("/transfer/bytes_per_second", "\"fast\"", "a number of 1");
    }

    void badSplits()
    {
        QFETCH(QString, pointer);
        QFETCH(QString, value);
        QFETCH(QString, message);
        const auto fixture = disaggregatedFixture();
        auto json = nlohmann::json::parse(planText(fixture));
        json[nlohmann::json::json_pointer(pointer.toStdString())] =
            nlohmann::json::parse(value.toStdString());
        VERIFY_ERROR(readPlan(json.dump(), fixture.catalog), message.toStdString());
    }

    void mutations()
    {
        const auto fixture = disaggregatedFixture();
        Mutator mutator(
            { planText(fixture), planText(planFixture()) },
            { "null", "[]", "{}", "-1", "1e999", "\"\"", "\\u0000", ",", "disaggregated" }, 7);
        for (int i = 0; i < 3000; ++i) {
            const auto plan = readPlan(mutator.next(), fixture.catalog);
            if (plan)
                QVERIFY(plan->candidate.model && plan->candidate.gpu);
            else
                QVERIFY(!plan.error().detail.empty());
        }
    }

    void quantisedAtLoad()
    {
        auto fixture = planFixture();
        fixture.variant = std::make_unique<Model>(fixture.catalog.models.front());
        fixture.variant->architecture =
            quantizedAtLoad(fixture.variant->architecture, Precision::Fp8);
        fixture.option.candidate.model = fixture.variant.get();
        const auto plan = readPlan(planText(fixture), fixture.catalog);
        VERIFY_OK(plan);
        QVERIFY(plan->variant && plan->candidate.model == plan->variant.get());
        QCOMPARE(plan->variant->id, fixture.variant->id);
        QVERIFY(plan->variant->architecture.quantization
                == fixture.variant->architecture.quantization);
    }

    void anotherExportIsTheSame()
    {
        auto fixture = planFixture();
        const auto first = planText(fixture);
        const auto plan = readPlan(first, fixture.catalog);
        VERIFY_OK(plan);
        fixture.option.candidate = plan->candidate;
        fixture.requirements = plan->requirements;
        QCOMPARE(planText(fixture), first);
    }

    void bad_data()
    {
        QTest::addColumn<QString>("pointer");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("message");
        const auto row = [](const char* pointer, const char* value, const char* message) {
            QTest::addRow("%s = %s", pointer, value)
                << QString(pointer) << QString(value) << QString(message);
        };
        row("/kind", "\"other\"", "expected \"kind\"");
        row("/kind", "7", "expected \"kind\"");
        row("/format", "2", "use a newer planner");
        row("/format", "0", "expected \"format\": 1");
        row("/format", "\"1\"", "expected \"format\": 1");
        row("/model", "[]", "'model' is missing or not an object");
        row("/model/id", "3", "'model.id' is missing or not a text");
        row("/model/id", "\"no/such-model\"", "is not in the catalog");
        row("/model/quantized_at_load", "\"yes\"", "not true or false");
        row("/gpu/id", "\"abacus\"", "is not in the catalog");
        row("/gpu", "null", "'gpu' is missing");
        row("/topology/kind", "\"star\"", "is not known");
        row("/topology/kind", "\"disaggregated\"", "'prefill' is missing");
        row("/topology/tensor_parallel", "0", "a whole number of at least 1");
        row("/topology/tensor_parallel", "-4", "a whole number of at least 1");
        row("/topology/replicas", "1.5", "a whole number");
        row("/topology/replicas", "99999999999999999999", "a whole number");
        row("/topology/replicas", "9223372036854775807", "a whole number");
        row("/engine/gpu_memory_utilization", "1.5", "within 0");
        row("/engine/gpu_memory_utilization", "null", "within 0");
        row("/engine/max_model_len", "1e400", "");
        row("/engine/version", "\"new\"", "is not a version");
        row("/engine/kv_cache_dtype", "\"fp3\"", "is not a type of the KV cache");
        row("/requirements_yaml", "[]", "'requirements_yaml' is missing");
        row("/requirements_yaml", "\"a: [\"", "requirements_yaml");
    }

    void bad()
    {
        QFETCH(QString, pointer);
        QFETCH(QString, value);
        QFETCH(QString, message);
        const auto fixture = planFixture();
        auto json = nlohmann::json::parse(planText(fixture));
        // As text, so that numbers beyond every type arrive as they are.
        json[nlohmann::json::json_pointer(pointer.toStdString())] = "@value@";
        const auto text =
            QString::fromStdString(json.dump()).replace("\"@value@\"", value).toStdString();
        VERIFY_ERROR(readPlan(text, fixture.catalog), message.toStdString());
    }

    void missingFieldsAreNamed()
    {
        const auto fixture = planFixture();
        const auto whole = nlohmann::json::parse(planText(fixture));
        for (const char* section : { "model", "gpu", "topology", "engine", "requirements_yaml" }) {
            auto json = whole;
            json.erase(section);
            VERIFY_ERROR(readPlan(json.dump(), fixture.catalog), section);
        }
    }

    void damagedFiles()
    {
        const auto fixture = planFixture();
        const auto whole = planText(fixture);
        for (std::size_t length = 0; length + 2 < whole.size(); length += 97)
            QVERIFY(!readPlan(whole.substr(0, length), fixture.catalog));
        QVERIFY(!readPlan(std::string(100000, '['), fixture.catalog));
        VERIFY_ERROR(readPlan(std::string(5u << 20, ' '), fixture.catalog), "bytes");
        QVERIFY(!readPlan("\xFF\xFE", fixture.catalog));
        VERIFY_ERROR(readPlan(whole, {}), "catalog");
    }
};

QTEST_APPLESS_MAIN(TestReadPlan)
#include "tst_readplan.moc"
