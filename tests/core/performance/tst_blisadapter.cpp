// SPDX-License-Identifier: Apache-2.0
#include <core/base/subprocess.h>
#include <core/candidate/enginedefaults.h>
#include <core/performance/engine.h>
#include <core/performance/engineprotocol.h>
#include <tests/testsupport/testtools.h>

#include <QTest>

#include <nlohmann/json.hpp>

using namespace llmd;
using namespace llmd::testing;
using Json = nlohmann::json;

namespace {

const std::filesystem::path engineFolder = LLMD_SOURCE_DIR "/resources/engines";
const std::string standIn = LLMD_SOURCE_DIR "/tests/data/blis-standin.py";

} // namespace

/** The adapter with a stand-in that knows BLIS' command line, and with BLIS itself where it is installed. */
class TestBlisAdapter : public QObject
{
    Q_OBJECT

private:
    std::shared_ptr<const Catalog> m_catalog;
    std::unique_ptr<TemporaryFolder> m_log;
    std::string m_mode; ///< of the stand-in

    Candidate candidate(const char* model = "meta-llama/Llama-3.1-8B-Instruct",
                        int tensor = 1) const
    {
        Candidate c;
        c.model = m_catalog->findModel(model);
        c.gpu = m_catalog->findGpu("h100_sxm");
        if (c.model == nullptr)
            qFatal("the catalog has no %s", model);
        const SemanticVersion version { 0, 19, 0 };
        c.engine =
            defaultEngineSettings(*c.model, *c.gpu, m_catalog->engineVersion(version), version);
        c.engine.maxModelLen = 8192;
        c.engine.maxNumSeqs = 128;
        c.topology.pool.parallelism.tensor = tensor;
        return c;
    }
    static Workload chat(double rate = 4)
    {
        Workload w;
        w.prompt = { LengthDistribution::Shape::Constant, 1000, 0 };
        w.output = { LengthDistribution::Shape::Constant, 100, 0 };
        w.load = Load::open(RequestsPerSecond(rate));
        return w;
    }

    EngineQuestion question(const Candidate& c, const Workload& w) const
    {
        return { c, w, memoryFigures(c, m_catalog->engineVersion(c.engine.version)) };
    }

    /** Runs the adapter as the planner does, but with a look at what the simulator was asked. */
    Result<Estimate> ask(const Candidate& c, const Workload& w,
                         Seconds timeLimit = Seconds(60)) const
    {
        const auto program = findProgram("python3", "/");
        if (!program)
            return tl::unexpected(program.error());
        SubprocessSpec spec;
        spec.program = *program;
        spec.arguments = { "blis.py" };
        spec.workingFolder = engineFolder / "blis";
        spec.environment = { "PATH=/usr/local/bin:/usr/bin:/bin", "LLMD_BLIS=" + standIn,
                             "STANDIN_LOG=" + m_log->path().string(), "STANDIN_MODE=" + m_mode,
                             "TMPDIR=" + (*m_log / "tmp").string() };
        const auto q = question(c, w);
        const auto run = runSubprocess(spec, engineRequest(q, { 3, timeLimit }));
        if (!run)
            return tl::unexpected(run.error());
        if (run->status != 0)
            return failure(ErrorCode::Io, run->errorTail);
        return readEngineAnswer(run->output, q);
    }
    Json asked() const
    {
        const auto text = readFile(*m_log / "asked.json");
        return text ? Json::parse(*text) : Json();
    }

private slots:
    void initTestCase()
    {
        const auto loaded = loadCatalog();
        VERIFY_OK(loaded);
        m_catalog = loaded->value;
    }
    void init()
    {
        m_log = std::make_unique<TemporaryFolder>();
        std::filesystem::create_directories(*m_log / "tmp");
        m_mode.clear();
    }
    void cleanup()
    {
        QVERIFY(std::filesystem::is_empty(*m_log / "tmp")); // the adapter leaves nothing behind
    }

    void describesADenseModel()
    {
        const Candidate c = candidate("meta-llama/Llama-3.1-8B-Instruct", 2);
        const auto e = ask(c, chat());
        VERIFY_OK(e);
        const Json a = asked();
        const Json expected { { "num_hidden_layers", 32 },
                              { "hidden_size", 4096 },
                              { "num_attention_heads", 32 },
                              { "num_key_value_heads", 8 },
                              { "head_dim", 128 },
                              { "intermediate_size", 14336 },
                              { "vocab_size", 128256 },
                              { "torch_dtype", "bfloat16" },
                              { "tie_word_embeddings", false } };
        for (const auto& [key, value] : expected.items())
            QVERIFY2(a["config"][key] == value, (key + " is " + a["config"][key].dump()).c_str());
        QVERIFY(!a["config"].contains("quantization_config"));
        QCOMPARE(a["hardware"]["BwPeakTBs"].get<double>(), 3.35);
        const double blocks = std::floor(std::floor(question(c, chat()).memory.kvCacheTokens) / 16);
        QCOMPARE(a["flags"]["--total-kv-blocks"].get<double>(), blocks);
        QCOMPARE(a["flags"]["--tp"].get<int>(), 2);
        QCOMPARE(a["flags"]["--seed"].get<int>(), 3);
        QCOMPARE(a["flags"]["--timeout"].get<int>(), -1);
        QCOMPARE(a["flags"]["--cache-signal-delay"].get<int>(), 0);
        QCOMPARE(a["workload"]["clients"][0]["arrival"]["process"].get<std::string>(),
                 std::string("poisson"));
    }

    void readsTheMetrics()
    {
        const auto e = ask(candidate(), chat());
        VERIFY_OK(e);
        // The stand-in: TTFT uniform in 36 … 52 ms, 2000 requests.
        COMPARE_NEAR(e->ttft.mean.value(), 0.044, 0.02);
        COMPARE_NEAR(e->ttft.p50.value(), 0.044, 0.03);
        COMPARE_NEAR(e->ttft.p95.value(), 0.036 + 0.016 * 0.95, 0.03);
        COMPARE_NEAR(e->e2e.mean.value(), e->ttft.mean.value() + 99 * e->itl.mean.value(), 1e-6);
        QCOMPARE(e->requestRate, RequestsPerSecond(4));
        QCOMPARE(e->prefixHitRate, 0.25);
        QVERIFY(!e->saturated && !e->e2e.meanInterval.stated);
        const auto& caveats = e->provenance.caveats;
        QVERIFY2(caveats.front().find("2 requests were cut") != std::string::npos,
                 caveats.front().c_str());
        QVERIFY(caveats[1].find("1700 of 2000 simulated requests") != std::string::npos);
    }

    void saturationIsSeen()
    {
        const auto e = ask(candidate(), chat(400));
        VERIFY_OK(e);
        QVERIFY(e->saturated);
        QVERIFY2(e->requestRate.value() < 350 && e->requestRate.value() > 150,
                 std::to_string(e->requestRate.value()).c_str());
        QVERIFY(e->ttft.p99 > e->ttft.p50 * 1.5);
    }

    void expertsAreDescribed_data()
    {
        QTest::addColumn<QString>("model");
        QTest::addColumn<int>("tensor");
        QTest::addColumn<QByteArray>("expected");
        QTest::newRow("all layers")
            << "mistralai/Mixtral-8x7B-Instruct-v0.1" << 2
            << QByteArray(R"({"num_local_experts": 8, "num_experts_per_tok": 2,
                                       "moe_intermediate_size": 14336})");
        QTest::newRow("FP8, shared")
            << "RedHatAI/Llama-4-Scout-17B-16E-Instruct-FP8-dynamic" << 4
            << QByteArray(R"({"num_local_experts": 16, "num_experts_per_tok": 1,
                                        "shared_expert_intermediate_size": 8192,
                                        "quantization_config": {"quant_method": "fp8", "bits": 8}})");
        QTest::newRow("first dense, latent")
            << "deepseek-ai/DeepSeek-V3" << 16
            << QByteArray(R"({"num_local_experts": 256, "num_experts_per_tok": 8,
               "first_k_dense_replace": 3, "kv_lora_rank": 512, "qk_rope_head_dim": 64,
               "moe_intermediate_size": 2048, "intermediate_size": 18432})");
    }
    void expertsAreDescribed()
    {
        QFETCH(QString, model);
        QFETCH(int, tensor);
        QFETCH(QByteArray, expected);
        if (m_catalog->findModel(model.toStdString()) == nullptr)
            QSKIP("the catalog does not have this model");
        const auto e = ask(candidate(model.toUtf8(), tensor), chat());
        VERIFY_OK(e);
        const Json config = asked()["config"];
        const Json wanted = Json::parse(expected.toStdString());
        for (const auto& [key, value] : wanted.items())
            QVERIFY2(config.contains(key) && config[key] == value,
                     (key + " is missing or wrong in " + config.dump()).c_str());
    }

    void repeatedPromptsAreSharedPrefixes()
    {
        Workload w = chat();
        w.prefix.uniquePrompts = 100;
        w.duration = Seconds(600);
        w.coldStart = true;
        const auto e = ask(candidate(), w);
        VERIFY_OK(e);
        const Json spec = asked()["workload"];
        QCOMPARE(spec["clients"].size(), std::size_t { 100 });
        QCOMPARE(spec["num_requests"].get<int>(), 2400); // rate x duration
        const Json& client = spec["clients"][7];
        QCOMPARE(client["prefix_length"].get<int>(), 992); // 62 blocks; the last token is computed
        QCOMPARE(client["input_distribution"]["params"]["value"].get<int>(), 8);
        COMPARE_NEAR(client["rate_fraction"].get<double>(), 0.01, 1e-12);
        QVERIFY(client["prefix_group"] != spec["clients"][8]["prefix_group"]);
        // From a cold start the first requests count.
        QVERIFY(e->provenance.caveats[1].find("2280 of 2400") != std::string::npos);
    }

    void systemPromptsAndLengthsVary()
    {
        Workload w = chat();
        w.prompt = { LengthDistribution::Shape::LogNormal, 1000, 0.5 };
        w.output = { LengthDistribution::Shape::Uniform, 100, 0.5 };
        w.prefix.sharedTokens = 200;
        w.prefix.groups = 4;
        VERIFY_OK(ask(candidate(), w));
        const Json client = asked()["workload"]["clients"][3];
        QCOMPARE(asked()["workload"]["clients"].size(), std::size_t { 4 });
        QCOMPARE(client["prefix_length"].get<int>(), 200);
        const Json& in = client["input_distribution"]["params"];
        const double mu = in["mu"].get<double>();
        const double sigma = in["sigma"].get<double>();
        COMPARE_NEAR(std::exp(mu + sigma * sigma / 2), 800, 1e-9); // 1000 less the prefix
        COMPARE_NEAR(std::sqrt(std::exp(sigma * sigma) - 1) * 800, 500, 1e-9); // same deviation
        double mean = 0;
        const Json& out = client["output_distribution"]["params"];
        for (const auto& [tokens, share] : out.items())
            mean += std::stod(tokens) * share.get<double>();
        COMPARE_NEAR(mean, 100, 1e-3);
        QVERIFY(out.contains("50") && out.contains("150") && !out.contains("151"));
        w.prefix = {};
        Candidate c = candidate();
        c.engine.prefixCaching = false;
        w.prefix.sharedTokens = 200;
        VERIFY_OK(ask(c, w));
        QVERIFY(!asked()["workload"]["clients"][0].contains("prefix_length"));
    }

    void closedLoopsKeepTheirConcurrency()
    {
        Workload w = chat();
        w.load = Load::closed(10);
        w.prefix.sharedTokens = 100;
        w.prefix.groups = 4;
        const auto e = ask(candidate(), w);
        VERIFY_OK(e);
        int sum = 0;
        const Json spec = asked()["workload"];
        for (const auto& client : spec["clients"])
            sum += client["concurrency"].get<int>();
        QCOMPARE(sum, 10);
        QVERIFY(!spec.contains("aggregate_rate"));
        // Little's law: 10 in flight.
        COMPARE_NEAR(e->requestRate.value() * e->e2e.mean.value(), 10, 0.1);
    }

    void whatBlisDoesNotKnowIsSaid()
    {
        Candidate c = candidate("meta-llama/Llama-3.1-8B-Instruct", 1);
        c.topology.pool.parallelism.pipeline = 2;
        VERIFY_ERROR(ask(c, chat()), "no pipeline parallelism");
        c.topology.pool.parallelism = { 1, 1, 2, false };
        VERIFY_ERROR(ask(c, chat()), "data parallelism");
        m_mode = "fail";
        VERIFY_ERROR(ask(candidate(), chat()), "BLIS ended with status 1: level=fatal msg=");
        m_mode = "few";
        VERIFY_ERROR(ask(candidate(), chat()), "completed 0 requests only");
        m_mode = "alien";
        VERIFY_ERROR(ask(candidate(), chat()), "has no option --model");
        m_mode = "slow";
        VERIFY_ERROR(ask(candidate(), chat(), Seconds(1)), "did not finish in time");
    }

    void olderFlagsAreUsed()
    {
        m_mode = "old";
        const auto e = ask(candidate(), chat());
        VERIFY_OK(e);
        QCOMPARE(asked()["flags"]["--max-num-running-reqs"].get<int>(), 128);
        QVERIFY(!asked()["flags"].contains("--timeout"));
        QVERIFY(e->provenance.caveats.front().find("no --timeout") != std::string::npos);
    }

    void worksThroughTheShippedDeclaration()
    {
        const auto before = qgetenv("LLMD_BLIS");
        qputenv("LLMD_BLIS", QByteArray::fromStdString(standIn));
        const EngineRegistry engines(m_catalog, loadEngineDeclarations({ engineFolder }).value);
        const auto engine = engines.find("process:blis");
        VERIFY_OK(engine);
        RunContext context;
        const auto e = (*engine)->estimate(candidate(), chat(), context);
        const auto again = (*engine)->estimate(candidate(), chat(), context);
        before.isNull() ? qunsetenv("LLMD_BLIS") : qputenv("LLMD_BLIS", before);
        VERIFY_OK(e);
        VERIFY_OK(again);
        QCOMPARE(e->provenance.engine, std::string("process:blis"));
        QCOMPARE(e->e2e, again->e2e); // same seed
    }

    void realBlisAgreesWithItsFormula()
    {
        const EngineRegistry engines(m_catalog, loadEngineDeclarations({ engineFolder }).value);
        const auto engine = engines.find("process:blis");
        VERIFY_OK(engine);
        if (const auto why = (*engine)->info().unavailable; !why.empty())
            QSKIP(("BLIS is not installed here: " + why).c_str());
        // Alone on the server. By BLIS' published formula: prefill step 16.52 ms, decode step 12.26 ms, 15.6 ms before.
        Workload w = chat(0.2);
        w.prompt.mean = 1024;
        w.output.mean = 10;
        RunContext context;
        const auto e = (*engine)->estimate(candidate("Qwen/Qwen3-14B"), w, context);
        VERIFY_OK(e);
        COMPARE_NEAR(e->ttft.mean.value(), 0.0321, 0.05);
        COMPARE_NEAR(e->itl.mean.value(), 0.0123, 0.03);
    }
};

QTEST_GUILESS_MAIN(TestBlisAdapter)
#include "tst_blisadapter.moc"
