// SPDX-License-Identifier: Apache-2.0
#include <core/benchmarks/builtinmeasurements.h>
#include <core/benchmarks/reporttext.h>
#include <core/benchmarks/sha256.h>
#include <core/catalog/catalog.h>
#include <tests/core/benchmarks/benchmarkfixture.h>
#include <tests/testsupport/testtools.h>

#include <QCryptographicHash>
#include <QTest>

#include <nlohmann/json.hpp>

#include <set>

using namespace llmd;
using namespace llmd::testing;
using Json = nlohmann::json;

// QCOMPARE would try to turn values into each of Qt's own types.
#define COMPARE_JSON(actual, expected) QCOMPARE(Json(actual).dump(), Json(expected).dump())

namespace {

/** Whether an issue of this severity contains `part`. */
bool found(const std::vector<Issue>& issues, Severity severity, const std::string& part)
{
    return std::any_of(issues.begin(), issues.end(), [&](const Issue& issue) {
        return issue.severity == severity
            && (issue.subject + ": " + issue.text).find(part) != std::string::npos;
    });
}

std::string replaced(std::string text, const std::string& from, const std::string& to)
{
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
    return text;
}

/** A benchmark report 0.2 whose JSON the test may change. */
Json report2()
{
    return Json::parse(sample("br021_milliseconds.json"));
}

Loaded<BenchmarkDocument> read(const Json& json)
{
    return readReport(json.dump(), "report.json");
}

} // namespace

/** What is easy to get wrong about the formats, beyond the figures of the samples. */
class TestBenchmarkTraps : public QObject
{
    Q_OBJECT

private slots:
    void engineVersions_data()
    {
        QTest::addColumn<QString>("image");
        QTest::addColumn<QString>("version");
        QTest::newRow("tag") << "docker.io/vllm/vllm-openai:v0.26.0"
                             << "0.26.0";
        QTest::newRow("plain") << "0.11.2"
                               << "0.11.2";
        QTest::newRow("candidate") << "vllm/vllm-openai:v0.10.0rc1"
                                   << "0.10.0rc1";
        QTest::newRow("post") << "x:0.10.1.post2"
                              << "0.10.1.post2";
        QTest::newRow("build") << "x/y:v0.19.0-x86_64"
                               << "0.19.0";
        QTest::newRow("cuda") << "0.19.1+cu128"
                              << "0.19.1";
        QTest::newRow("two parts") << "x/y:v0.19"
                                   << "0.19";
        QTest::newRow("port, no tag") << "registry:5000/vllm"
                                      << "";
        QTest::newRow("port and tag") << "registry:5000/vllm:v0.9.2"
                                      << "0.9.2";
        QTest::newRow("blank image") << "//:"
                                     << "";
        QTest::newRow("nothing") << ""
                                 << "";
        QTest::newRow("unknown") << "unknown"
                                 << "";
        QTest::newRow("latest") << "vllm/vllm-openai:latest"
                                << "";
        QTest::newRow("nightly") << "vllm/vllm-openai:nightly-0.19"
                                 << "";
        QTest::newRow("commit") << "vllm/vllm-openai:9d9b1f1c7a0b"
                                << "";
        QTest::newRow("digest") << "vllm/vllm-openai@sha256:0123456789abcdef"
                                << "";
        QTest::newRow("tag and digest") << "vllm/vllm-openai:v0.19.0@sha256:0123456789abcdef"
                                        << "";
        QTest::newRow("llm-d has its own versions") << "ghcr.io/llm-d/llm-d-cuda:v0.3.0"
                                                    << "";
        QTest::newRow("no tag") << "vllm/vllm-openai"
                                << "";
    }
    void engineVersions()
    {
        QFETCH(QString, image);
        QFETCH(QString, version);
        QCOMPARE(engineVersionOf(image.toStdString()), version.toStdString());
    }

    void unitsAreTakenAtTheirWord()
    {
        auto json = report2();
        auto& latency = json["results"]["request_performance"]["aggregate"]["latency"];
        latency["time_to_first_token"]["units"] = "fortnights";
        latency["request_latency"].erase("units");
        json["results"]["request_performance"]["aggregate"]["throughput"]["output_token_rate"]
            ["units"] = "kB/s";
        const auto report = read(json);
        QVERIFY(found(report.issues, Severity::Error,
                      "time_to_first_token.units: unknown unit 'fortnights'"));
        QVERIFY(found(report.issues, Severity::Error, "request_latency.units: no unit"));
        QVERIFY(found(report.issues, Severity::Error, "unknown unit 'kB/s'"));
        const auto& record = report.value.records.front();
        QVERIFY(!record.metric(Metric::Ttft) && !record.metric(Metric::E2e) && !record.outputRate);
        COMPARE_NEAR(*record.mean(Metric::Tpot), 0.0125, 1e-9);

        auto aiperf = Json::parse(sample("aiperf_records.json"));
        aiperf["records"]["time_to_first_token"]["unit"] = "ticks";
        aiperf["records"]["request_throughput"]["unit"] = "requests/min";
        const auto second = read(aiperf);
        QVERIFY(found(second.issues, Severity::Error, "unknown unit 'ticks'"));
        QVERIFY(!second.value.records.front().metric(Metric::Ttft)
                && !second.value.records.front().requestRate);
    }

    void secondsOfARealFastRunAreNotCorrected()
    {
        // 2 s for 128 tokens in a report that says ms and means it.
        auto report = readReport(sample("br01_pd.yaml"), "r.yaml");
        QVERIFY(report.value.records.front().notes.empty());
        COMPARE_NEAR(*report.value.records.front().mean(Metric::E2e), 1.8025, 1e-9);
        // GuideLLM after the fix: the label is right and the time plausible.
        auto json = report2();
        json["scenario"]["load"]["standardized"]["tool"] = "guidellm";
        report = read(json);
        COMPARE_NEAR(*report.value.records.front().mean(Metric::E2e), 1.8025, 1e-9);
        QCOMPARE(report.value.records.front().notes.size(), std::size_t(1));
    }

    void extraFieldsAreToldAndOtherwiseIgnored()
    {
        auto json = report2();
        json["run"]["submitter"] = { { "name", "x" } };
        json["novelty"] = 1;
        json["version"] = "0.3";
        const auto report = read(json);
        QVERIFY(!report.hasErrors());
        QVERIFY(found(report.issues, Severity::Info, "run: not interpreted"));
        QVERIFY(found(report.issues, Severity::Info, "novelty"));
        QVERIFY(found(report.issues, Severity::Warning, "version 0.3"));
        QCOMPARE(report.value.records.size(), std::size_t(1));
    }

    void figuresThatCannotBeAreReported()
    {
        auto json = report2();
        auto& aggregate = json["results"]["request_performance"]["aggregate"];
        aggregate["latency"]["time_to_first_token"]["min"] = -1;
        aggregate["latency"]["request_latency"]["p99"] = 1;
        aggregate["latency"]["time_per_output_token"]["mean"] = "fast";
        aggregate["requests"]["failures"] = 500;
        const auto report = read(json);
        QVERIFY(
            found(report.issues, Severity::Warning, "time_to_first_token: a figure below zero"));
        QVERIFY(found(report.issues, Severity::Warning, "request_latency: a higher percentile"));
        QVERIFY(found(report.issues, Severity::Warning,
                      "time_per_output_token.mean: expected a number"));
        QVERIFY(found(report.issues, Severity::Warning, "500 failures of 400"));
        const auto& record = report.value.records.front();
        QVERIFY(!(*record.metric(Metric::Ttft))[Statistic::Min]);
        QVERIFY(!record.mean(Metric::Tpot) && (*record.metric(Metric::Tpot))[Statistic::P50]);
    }

    void survivorsAreNoted()
    {
        auto json = report2();
        json["results"]["request_performance"]["aggregate"]["requests"]["failures"] = 200;
        json["results"]["request_performance"]["aggregate"]["requests"]["incomplete"] = 0;
        auto report = read(json);
        QVERIFY(found(report.issues, Severity::Warning, "only 50.0 % of the requests"));
        COMPARE_NEAR(*report.value.records.front().successRate(), 0.5, 1e-12);
        report = readReport(sample("br02_all_failed.yaml"), "r.yaml");
        QVERIFY(found(report.issues, Severity::Warning, "all requests failed"));
        QCOMPARE(report.value.records.front().successRate(), std::optional(0.0));
        // Requests that the end of the run cut off are no failures.
        QCOMPARE(*read(report2()).value.records.front().successRate(), 394.0 / 398.0);
    }

    void aSlowLoadGeneratorIsNoted()
    {
        const auto text = replaced(sample("run/stage_0_lifecycle_metrics.json"),
                                   "\"achieved_rate\": 8.0", "\"achieved_rate\": 7.0");
        const auto report = readReport(text, "stage_4_lifecycle_metrics.json");
        QVERIFY(found(report.issues, Severity::Warning, "sent 7 of 8 requests per second"));
        QCOMPARE(report.value.records.front().stage, std::optional(4));
    }

    void bundledTokensAreNoted()
    {
        auto json = Json::parse(sample("run/stage_0_lifecycle_metrics.json"));
        json["successes"]["latency"]["inter_token_latency"]["median"] = 0.00003;
        QVERIFY(found(read(json).issues, Severity::Info,
                      "inter_token_latency: tokens arrived in bundles"));
    }

    void figuresFromPrometheusAreNoReport()
    {
        const auto report = read({ { "load_summary", Json::object() },
                                   { "successes", { { "count", 1 }, { "rate", 2.5 } } },
                                   { "failures", Json::object() } });
        QVERIFY(report.value.records.empty());
        QVERIFY(found(report.issues, Severity::Warning, "Prometheus"));
    }

    void gpusAreCountedPerWorker()
    {
        auto json = report2();
        auto& accelerator = json["scenario"]["stack"][0]["standardized"]["accelerator"];
        accelerator["count"] = 8;
        accelerator["parallelism"]["workers"] = 2;
        auto report = read(json);
        QCOMPARE(report.value.records.front().gpus, std::optional(2 * 2 * 8));
        QVERIFY(found(report.issues, Severity::Warning,
                      "32 GPUs by accelerator count, 4 by parallelism"));
        accelerator["count"] = 0;
        report = read(json);
        QVERIFY(!report.value.records.front().gpus);
        QVERIFY(!found(report.issues, Severity::Warning, "by parallelism"));
    }

    void aStackIsRead()
    {
        const auto record =
            readReport(sample("br02_pd_llmd_image.yaml"), "r.yaml").value.records.front();
        QCOMPARE(record.topology(), std::string("3 x TP1 prefill + 1 x TP4 decode"));
        QCOMPARE(record.gpusOf("prefill"), std::optional(3));
        QCOMPARE(record.gpusOf("decode"), std::optional(4));
        QCOMPARE(record.engines[0].args.at("max-model-len"), std::string("4096"));
        QCOMPARE(record.engines[0].args.at("enable-prefix-caching"), std::string());
        QCOMPARE(record.engines[1].image, std::string("ghcr.io/llm-d/llm-d-cuda:v0.3.1"));
        QVERIFY(record.router.config.find("kv-cache-scorer") != std::string::npos);
        COMPARE_NEAR(record.duration->value(), 65.5, 1e-12);
        // Equal neighbours of a report 0.1 are replicas.
        const auto old =
            readReport(replaced(sample("br01_pd.yaml"), "- prefill", "- decode"), "r.yaml");
        QCOMPARE(old.value.records.front().engines.size(), std::size_t(1));
        QCOMPARE(old.value.records.front().engines.front().replicas, 2);
    }

    void renamedRouterPluginsAreEqual()
    {
        const auto hashOf = [](const Json& config) {
            auto json = report2();
            json["scenario"]["stack"].push_back(
                { { "standardized", { { "kind", "generic" }, { "tool", "inference_scheduler" } } },
                  { "native", { { "config", config } } } });
            return read(json).value.records.front().router.configHash;
        };
        const Json old {
            { "apiVersion", "inference.networking.x-k8s.io/v1alpha1" },
            { "kind", "EndpointPickerConfig" },
            { "plugins",
              { { { "type", "kv-cache-scorer" } },
                { { "type", "prefix-cache-scorer" },
                  { "parameters",
                    { { "blockSize", 64 }, { "maxPrefixBlocksToMatch", 256 } } } } } },
            { "schedulingProfiles",
              { { { "name", "default" },
                  { "plugins", { { { "pluginRef", "kv-cache-scorer" }, { "weight", 2 } } } } } } }
        };
        Json current = old;
        current["apiVersion"] = "llm-d.ai/v1alpha1";
        current["plugins"][0]["type"] = "kv-cache-utilization-scorer";
        current["plugins"][1]["parameters"] = { { "blockSizeTokens", 64 },
                                                { "maxPrefixTokensToMatch", 16384.0 } };
        current["schedulingProfiles"][0]["plugins"][0] = {
            { "pluginRef", "kv-cache-utilization-scorer" }, { "weight", 2.0 }
        };
        QCOMPARE(hashOf(old), hashOf(current));
        current["schedulingProfiles"][0]["plugins"][0]["weight"] = 3;
        QVERIFY(hashOf(old) != hashOf(current));
    }

    void inputLengthDividedByAllRequestsIsCorrected()
    {
        auto json = report2();
        json["scenario"]["load"]["standardized"]["tool"] = "vllm-benchmark";
        json["scenario"]["load"]["standardized"]["input_seq_len"] = { { "distribution", "fixed" },
                                                                      { "value", 1000 } };
        auto& requests = json["results"]["request_performance"]["aggregate"]["requests"];
        requests["failures"] = 40;
        requests["input_length"] = { { "units", "count" }, { "mean", 900.0 } };
        auto record = read(json).value.records.front();
        COMPARE_NEAR(*record.mean(Metric::InputLength), 1000, 1e-9);
        QCOMPARE(record.notes.size(), std::size_t(1));
        requests["input_length"]["mean"] = 999.9;
        record = read(json).value.records.front();
        COMPARE_NEAR(*record.mean(Metric::InputLength), 999.9, 1e-9);
        QVERIFY(record.notes.empty());
    }

    void definitionsStayWithTheirFigures()
    {
        const auto guide =
            readReport(sample("guidellm_schema2.json"), "g.json").value.records.front();
        QCOMPARE(guide.metrics.at(Metric::Tpot).definition, std::string("inter_token_latency_ms"));
        const auto vllm =
            readReport(sample("vllm_bench_defaults.json"), "v.json").value.records.front();
        QVERIFY(vllm.metrics.at(Metric::E2e).derived && !vllm.metrics.at(Metric::Ttft).derived);
        QVERIFY(!(*vllm.metric(Metric::E2e))[Statistic::P99]);
    }

    void embeddingRunsAreRefused()
    {
        const auto report =
            read({ { "date", "x" }, { "model_id", "m" }, { "mean_e2el_ms", 12.5 } });
        QVERIFY(report.value.records.empty());
        QVERIFY(found(report.issues, Severity::Error, "embedding"));
    }

    void perRequestFilesSayWhatToImport()
    {
        const auto report = read(Json::array(
            { { { "start_time", 1 }, { "end_time", 2 }, { "info", Json::object() } } }));
        QVERIFY(!report.value.isKnown());
        QVERIFY(found(report.issues, Severity::Error, "stage or summary"));
    }

    void textOfLoadGenerators()
    {
        const auto documents = parseReportText(
            "\xEF\xBB\xBF{\"a\": NaN, \"s\": \"NaN -Infinity \\\" {\"}\n{\"b\": -Infinity}"
            "[Infinity, 1]",
            ReportSyntax::Json, "x");
        VERIFY_OK(documents);
        QCOMPARE(documents->size(), std::size_t(3));
        COMPARE_JSON((*documents)[0]["a"], Json(""));
        COMPARE_JSON((*documents)[0]["s"], Json("NaN -Infinity \" {"));
        COMPARE_JSON((*documents)[1]["b"], Json("-inf"));
        COMPARE_JSON((*documents)[2][0], Json("inf"));
        const auto broken =
            parseReportText("{\"a\": 1}\n{\"b\":\n  oops}", ReportSyntax::Json, "x.json");
        QVERIFY(!broken && broken.error().where);
        QCOMPARE(broken.error().where->line, 3);
        VERIFY_ERROR(parseReportText(std::string(200'000, '['), ReportSyntax::Json, "x"),
                     "64 levels");
        VERIFY_ERROR(parseReportText("{\"a\": 1e999}", ReportSyntax::Json, "x"), "x");
        std::string many = "[0";
        for (int i = 0; i < 2'100'000; ++i)
            many += ",0";
        VERIFY_ERROR(parseReportText(many + "]", ReportSyntax::Json, "x"), "2 million");
        // Arrays with an entry per request are left out before they cost memory; the totals of a report are not.
        const auto large = parseReportText(
            "{\"itls\": " + many + "], \"requests\": {\"total\": 5}}", ReportSyntax::Json, "x");
        VERIFY_OK(large);
        COMPARE_JSON((*large)[0]["requests"]["total"], Json(5));
        QVERIFY(!large->front().contains("itls") || large->front()["itls"].is_discarded());
        const auto yaml = parseReportText("a: .inf\nb: '5'\nc: 5\nd: 0.2.1\ne: 0.2\nf: yes\n",
                                          ReportSyntax::Yaml, "x");
        VERIFY_OK(yaml);
        COMPARE_JSON((*yaml)[0],
                     (Json { { "a", "inf" },
                             { "b", "5" },
                             { "c", 5 },
                             { "d", "0.2.1" },
                             { "e", 0.2 },
                             { "f", "yes" } }));
    }

    void versionsMayBeNumbersOrText()
    {
        const auto yaml = sample("br02_seconds.yaml");
        for (const char* version : { "version: 0.2", "version: \"0.2\"", "version: v0.2" }) {
            const auto report = readReport(replaced(yaml, "version: '0.2'", version), "r.yaml");
            QCOMPARE(report.value.formatVersion, std::string("0.2"));
            QCOMPARE(report.value.records.size(), std::size_t(1));
        }
    }

    void hashesDoNotDependOnSpelling()
    {
        const auto json = report2();
        const auto hash = read(json).value.contentHash;
        QCOMPARE(readReport(json.dump(4) + "\n", "other.json").value.contentHash, hash);
        auto other = json;
        other["run"]["uid"] = "another";
        QCOMPARE(read(other).value.contentHash, hash);
        other["results"]["request_performance"]["aggregate"]["requests"]["total"] = 401;
        QVERIFY(read(other).value.contentHash != hash);
    }

    void sha256AsPublished()
    {
        // FIPS 180-4 examples, and lengths around the padding.
        QCOMPARE(sha256Hex(""),
                 std::string("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
        QCOMPARE(sha256Hex("abc"),
                 std::string("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
        QCOMPARE(sha256Hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
                 std::string("248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"));
        QCOMPARE(sha256Hex(std::string(1'000'000, 'a')),
                 std::string("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"));
        for (std::size_t length = 0; length < 200; ++length) {
            const QByteArray bytes(static_cast<int>(length), 'x');
            const auto expected =
                QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex();
            QCOMPARE(sha256Hex(bytes.toStdString()), expected.toStdString());
        }
    }

    void builtinMeasurementsAreThere()
    {
        const auto all = builtinMeasurements();
        VERIFY_OK(all);
        QCOMPARE(all->size(), std::size_t(59 + 1798));
        const auto catalog = loadCatalog();
        VERIFY_OK(catalog);
        std::set<std::string> unknown;
        for (const auto& each : *all) {
            const auto& record = each.record;
            QVERIFY(!each.sourceText.empty() && !each.sourceDate.empty());
            QVERIFY2(record.mean(Metric::Ttft) && record.mean(Metric::Tpot) && record.gpus,
                     record.model.c_str());
            int gpus = 0;
            for (const auto& engine : record.engines)
                gpus += engine.gpus().value_or(0);
            QCOMPARE(gpus, *record.gpus);
            QVERIFY(record.load.rate.has_value() != record.load.concurrency.has_value());
            if (!catalog->value->findGpu(record.gpu))
                unknown.insert(record.gpu);
        }
        QVERIFY2(unknown.empty(), unknown.empty() ? "" : unknown.begin()->c_str());
        const auto& first = all->front().record;
        QCOMPARE(first.model, std::string("codellama/CodeLlama-34b-Instruct-hf"));
        COMPARE_NEAR(*first.mean(Metric::E2e), 3.6103613, 1e-9);
        COMPARE_NEAR((*first.metric(Metric::Ttft))[Statistic::P99].value(), 0.0690307, 1e-9);
        QCOMPARE(first.engines.front().args.at("max-num-seqs"), std::string("128"));
        QVERIFY(first.engines.front().args.contains("enable-prefix-caching"));
        const auto& closed = (*all)[59].record;
        COMPARE_NEAR(*closed.mean(Metric::InputLength), 8192 * 0.9, 1e-12);
        QVERIFY(closed.metrics.at(Metric::InputLength).derived);

        auto rows = listBuiltin(*all, { .gpu = "l40s" });
        QCOMPARE(rows.size(), std::size_t(2));
        QCOMPARE(rows.front().builtinSet, std::string("open-loop"));
        rows = listBuiltin(*all, { .model = "minimax", .limit = 3, .offset = 1 });
        QCOMPARE(rows.size(), std::size_t(3));
        QVERIFY(rows.front().id > 60);
        QVERIFY(listBuiltin(*all, { .removed = true }).empty());
    }
};

QTEST_APPLESS_MAIN(TestBenchmarkTraps)
#include "tst_benchmarktraps.moc"
