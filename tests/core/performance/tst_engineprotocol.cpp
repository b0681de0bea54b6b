// SPDX-License-Identifier: Apache-2.0
#include "handmade.h"

#include <core/base/text.h>
#include <core/performance/engineprotocol.h>
#include <tests/testsupport/mutate.h>
#include <tests/testsupport/testtools.h>

#include <QProcess>
#include <QTest>

#include <nlohmann/json.hpp>

#include <cmath>

using namespace llmd;
using namespace llmd::testing;
using Json = nlohmann::json;

namespace {

Json latency(double mean)
{
    return { { "mean_ms", mean },
             { "p50_ms", mean * 0.9 },
             { "p90_ms", mean * 1.2 },
             { "p95_ms", mean * 1.3 },
             { "p99_ms", mean * 2 } };
}

Json goodAnswer()
{
    Json answer { { "protocol", 1 },
                  { "ttft", latency(40) },
                  { "itl", latency(10) },
                  { "e2e", latency(2590) },
                  { "request_rate_rps", 4 },
                  { "output_tokens_per_s", 1020 },
                  { "output_tokens_interval_90_per_s", { 900, 1100 } },
                  { "saturated", false },
                  { "running", 10 },
                  { "waiting", 0.5 },
                  { "kv_utilization", 0.25 },
                  { "prefix_hit_rate", 0.125 },
                  { "queueing_ms", 3 },
                  { "engine_version", "mine 1.2" },
                  { "notes", { "A <b>note</b>\nof two lines" } } };
    answer["ttft"]["mean_interval_90_ms"] = { 30, 60 };
    answer["ttft"]["p99_interval_90_ms"] = { 60, 120 };
    return answer;
}

} // namespace

class TestEngineProtocol : public QObject
{
    Q_OBJECT

private:
    Model m_model = denseModel();
    Gpu m_gpu = hopper();

    EngineQuestion question(Load load = Load::open(RequestsPerSecond(4))) const
    {
        EngineQuestion q { candidateOf(m_model, m_gpu, 2), {}, {} };
        q.workload.prompt = { LengthDistribution::Shape::LogNormal, 512, 0.5 };
        q.workload.output = { LengthDistribution::Shape::Constant, 256, 0 };
        q.workload.load = load;
        q.memory.kvCacheTokens = 100000;
        q.memory.kvBlocks = 6250;
        return q;
    }
    Result<Estimate> read(const Json& answer) const
    {
        return readEngineAnswer(answer.dump(), question());
    }

    /** Validates a document with the schema of that name; skips the test without Python's jsonschema. */
    static std::string schemaProblem(const std::string& name, const std::string& document)
    {
        QProcess python;
        python.start("python3",
                     { "-c",
                       "import json,sys\n"
                       "try:\n    from jsonschema import Draft202012Validator as V\n"
                       "except ImportError:\n    sys.exit(77)\n"
                       "s=json.load(open(sys.argv[1]))\nV.check_schema(s)\n"
                       "e=[x.message[:200] for x in V(s).iter_errors(json.load(sys.stdin))]\n"
                       "print('; '.join(e)); sys.exit(1 if e else 0)",
                       QString::fromStdString(LLMD_SOURCE_DIR "/resources/engines/" + name
                                              + ".schema.json") });
        python.write(QByteArray::fromStdString(document));
        python.closeWriteChannel();
        if (!python.waitForFinished() || python.exitCode() == 77)
            return "skipped";
        return python.exitCode() == 0
            ? std::string()
            : (python.readAllStandardOutput() + python.readAllStandardError()).toStdString();
    }

    /** Every key that a schema describes is there, and the other way round. */
    static std::string keyDifference(const Json& schema, const Json& value, const std::string& path)
    {
        if (schema.contains("oneOf")) {
            for (const auto& choice : schema["oneOf"]) {
                if (choice["properties"]["kind"]["const"] == value["kind"])
                    return keyDifference(choice, value, path);
            }
            return path + ": no choice fits";
        }
        if (schema.contains("items") && value.is_array() && !value.empty())
            return keyDifference(schema["items"], value[0], path + "[0]");
        if (!schema.contains("properties"))
            return {};
        for (const auto& [key, child] : schema["properties"].items()) {
            if (!value.contains(key))
                return path + "." + key + ": described, not sent";
            if (auto text = keyDifference(child, value[key], path + "." + key); !text.empty())
                return text;
        }
        for (const auto& [key, child] : value.items()) {
            if (!schema["properties"].contains(key))
                return path + "." + key + ": sent, not described";
        }
        return {};
    }

private slots:
    void requestHoldsTheFigures()
    {
        const Json r = Json::parse(engineRequest(question(), { 7, Seconds(30) }));
        QCOMPARE(r["protocol"].get<int>(), 1);
        QCOMPARE(r["seed"].get<int>(), 7);
        QCOMPARE(r["time_limit_s"].get<double>(), 30.0);
        const Json& model = r["candidate"]["model"];
        QCOMPARE(model["layers"].get<int>(), 32);
        QCOMPARE(model["parameters"]["total"].get<std::int64_t>(),
                 m_model.architecture.textParameters());
        QCOMPARE(model["layer_groups"][0]["mixer"]["kv_heads"].get<int>(), 8);
        QCOMPARE(model["layer_order"].size(), std::size_t { 32 });
        QCOMPARE(r["candidate"]["gpu"]["memory_bandwidth_bytes_per_s"].get<double>(), 3.35e12);
        QCOMPARE(r["candidate"]["topology"]["tensor_parallel"].get<int>(), 2);
        QCOMPARE(r["candidate"]["kv_cache"]["blocks"].get<double>(), 6250.0);
        QCOMPARE(r["workload"]["load"]["rate_rps"].get<double>(), 4.0);
        QCOMPARE(r["workload"]["prompt_tokens"]["shape"].get<std::string>(),
                 std::string("log_normal"));
    }

    void requestIsWhatTheSchemaDescribes()
    {
        const auto text = readFile(LLMD_SOURCE_DIR "/resources/engines/request.schema.json");
        VERIFY_OK(text);
        const Json schema = Json::parse(*text);
        for (const Load& load : { Load::open(RequestsPerSecond(2)), Load::closed(8) }) {
            const auto request = engineRequest(question(load), { 1, Seconds(30) });
            const auto difference = keyDifference(schema, Json::parse(request), {});
            QVERIFY2(difference.empty(), difference.c_str());
            const auto problem = schemaProblem("request", request);
            if (problem == "skipped")
                QSKIP("Python's jsonschema is not installed: only the keys were compared");
            QVERIFY2(problem.empty(), problem.c_str());
        }
    }

    void answersOfTheTestsFitTheSchema()
    {
        const auto problem = schemaProblem("response", goodAnswer().dump());
        if (problem == "skipped")
            QSKIP("Python's jsonschema is not installed");
        QVERIFY2(problem.empty(), problem.c_str());
        QVERIFY(schemaProblem("response", R"({"protocol":1,"error":"no"})").empty());
        QVERIFY(schemaProblem("response", R"({"protocol":1,"request_rate_rps":1,"saturated":true})")
                    .empty());
        QVERIFY(!schemaProblem("response", R"({"protocol":1,"request_rate_rps":1})").empty());
        Json half = goodAnswer();
        half["itl"].erase("p90_ms");
        QVERIFY(!schemaProblem("response", half.dump()).empty());
    }

    void goodAnswerIsRead()
    {
        const auto e = read(goodAnswer());
        VERIFY_OK(e);
        COMPARE_NEAR(e->ttft.mean.value(), 0.040, 1e-12);
        COMPARE_NEAR(e->e2e.p99.value(), 5.180, 1e-12);
        COMPARE_NEAR(e->ttft.low().value(), 0.030, 1e-12);
        COMPARE_NEAR(e->ttft.tailInterval.high, 1.5, 1e-12);
        QVERIFY(!e->itl.meanInterval.stated && !e->e2e.tailInterval.stated);
        QCOMPARE(e->requestRate, RequestsPerSecond(4));
        QCOMPARE(e->outputThroughput, TokensPerSecond(1020));
        QCOMPARE(e->totalThroughput, TokensPerSecond(1020 + 4 * 512));
        QVERIFY(e->throughputInterval.stated);
        QCOMPARE(e->runningPerReplica, 10.0);
        QCOMPARE(e->waitingPerReplica, 0.5);
        COMPARE_NEAR(e->batchUtilization, 10.0 / 128, 1e-12);
        QCOMPARE(e->kvUtilization, 0.25);
        QCOMPARE(e->prefixHitRate, 0.125);
        QCOMPARE(e->provenance.engineVersion, std::string("mine 1.2"));
        QCOMPARE(e->provenance.caveats,
                 (std::vector<std::string> { "A <b>note</b> of two lines" }));
    }

    void whatIsLeftOutIsNamed()
    {
        const Json least { { "protocol", 1 },
                           { "ttft", { { "mean_ms", 40 } } },
                           { "itl", latency(10) },
                           { "e2e", latency(2590) },
                           { "request_rate_rps", 4 } };
        const auto e = read(least);
        VERIFY_OK(e);
        QCOMPARE(e->ttft.p99, e->ttft.mean);
        QCOMPARE(e->outputThroughput, TokensPerSecond(4 * 256));
        QVERIFY(!e->throughputInterval.stated);
        COMPARE_NEAR(e->runningPerReplica, 4 * 2.590, 1e-12); // Little's law
        QCOMPARE(e->provenance.caveats.size(), std::size_t { 1 });
        const auto& caveat = e->provenance.caveats.front();
        for (const char* part : { "percentiles of ttft", "running", "kv_utilization",
                                  "prefix_hit_rate", "engine_version" })
            QVERIFY2(caveat.find(part) != std::string::npos, caveat.c_str());
        QVERIFY2(caveat.find("percentiles of itl") == std::string::npos, caveat.c_str());
    }

    void saturatedMayLeaveLatenciesOut()
    {
        const auto e =
            read({ { "protocol", 1 }, { "request_rate_rps", 3 }, { "saturated", true } });
        VERIFY_OK(e);
        QVERIFY(e->saturated && e->nearSaturation);
        QVERIFY(std::isinf(e->e2e.p95.value()));
        QCOMPARE(e->runningPerReplica, 128.0);
    }

    void errorOfTheProgramIsUnsupported()
    {
        const auto e = read({ { "error", "no\x1b[31m such\nmodel" } });
        VERIFY_ERROR(e, "no [31m such model");
        QCOMPARE(int(e.error().code), int(ErrorCode::Unsupported));
    }

    void nonsenseIsRefused_data()
    {
        QTest::addColumn<QString>("patch"); // JSON merge patch on the good answer
        QTest::addColumn<QString>("expected");
        QTest::newRow("other protocol") << R"({"protocol": 2})"
                                        << "protocol: found 2, expected 1";
        QTest::newRow("no protocol") << R"({"protocol": null})"
                                     << "protocol: missing";
        QTest::newRow("protocol as text") << R"({"protocol": "1"})"
                                          << "protocol";
        QTest::newRow("no latency") << R"({"ttft": null})"
                                    << "ttft: missing";
        QTest::newRow("latency as number") << R"({"ttft": 40})"
                                           << "ttft: found 40";
        QTest::newRow("no mean") << R"({"e2e": {"mean_ms": null}})"
                                 << "e2e.mean_ms: missing";
        QTest::newRow("negative") << R"({"itl": {"mean_ms": -1}})"
                                  << "itl.mean_ms: found -1";
        QTest::newRow("text") << R"({"itl": {"mean_ms": "10"}})"
                              << "itl.mean_ms";
        QTest::newRow("beyond all bounds") << R"({"itl": {"mean_ms": 1e300}})"
                                           << "itl.mean_ms";
        QTest::newRow("out of order") << R"({"ttft": {"p90_ms": 60}})"
                                      << "ttft.p95_ms is 52, below p90_ms with 60";
        QTest::newRow("one percentile missing") << R"({"ttft": {"p95_ms": null}})"
                                                << "ttft.p95_ms is missing";
        QTest::newRow("percentile as list") << R"({"ttft": {"p95_ms": [1]}})"
                                            << "ttft.p95_ms: found";
        QTest::newRow("all percentiles zero")
            << R"({"ttft": {"p50_ms": 0, "p90_ms": 0, "p95_ms": 0, "p99_ms": 0}})"
            << "p99_ms is 0";
        QTest::newRow("E2E below TTFT") << R"({"e2e": {"mean_ms": 30}})"
                                        << "E2E includes TTFT";
        QTest::newRow("interval beside") << R"({"ttft": {"mean_interval_90_ms": [50, 60]}})"
                                         << "ttft.mean_interval_90_ms";
        QTest::newRow("interval of one") << R"({"ttft": {"mean_interval_90_ms": [30]}})"
                                         << "[low, high]";
        QTest::newRow("no rate") << R"({"request_rate_rps": null})"
                                 << "request_rate_rps: missing";
        QTest::newRow("more than arrives") << R"({"request_rate_rps": 40})"
                                           << "only 4 requests/s arrive";
        QTest::newRow("tokens") << R"({"output_tokens_per_s": 10})"
                                << "output_tokens_per_s is 10";
        QTest::newRow("share above 1") << R"({"kv_utilization": 25})"
                                       << "kv_utilization: found 25";
        QTest::newRow("saturated as text") << R"({"saturated": "no"})"
                                           << "saturated";
        QTest::newRow("notes as text") << R"({"notes": "a"})"
                                       << "notes";
        QTest::newRow("note as number") << R"({"notes": [1]})"
                                        << "notes";
        QTest::newRow("version as number") << R"({"engine_version": 1})"
                                           << "engine_version";
        QTest::newRow("error as number") << R"({"error": 5})"
                                         << "error";
    }
    void nonsenseIsRefused()
    {
        QFETCH(QString, patch);
        QFETCH(QString, expected);
        Json answer = goodAnswer();
        answer.merge_patch(Json::parse(patch.toStdString()));
        VERIFY_ERROR(read(answer), expected.toStdString());
    }

    void whatIsNoJsonIsShown_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("expected");
        QTest::newRow("nothing") << QByteArray() << "wrote nothing";
        QTest::newRow("text") << QByteArray("Traceback <b>\x1b[1m\nmore")
                              << "starts with: Traceback <b> [1m more";
        QTest::newRow("not UTF-8") << QByteArray("\xff\xfe{") << "starts with: ??{";
        QTest::newRow("NaN") << QByteArray(R"({"protocol": 1, "request_rate_rps": NaN})")
                             << "not valid JSON";
        QTest::newRow("too large a number")
            << QByteArray(R"({"protocol": 1, "request_rate_rps": 1e999})") << "not valid JSON";
        QTest::newRow("two documents") << QByteArray("{}{}") << "not valid JSON";
        QTest::newRow("cut off") << QByteArray(R"({"protocol": 1,)") << "not valid JSON";
        QTest::newRow("list") << QByteArray("[1]") << "no JSON object";
        QTest::newRow("null") << QByteArray("null") << "no JSON object";
        QTest::newRow("deep") << QByteArray(100, '[') + QByteArray(100, ']') << "nested deeper";
    }
    void whatIsNoJsonIsShown()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, expected);
        const auto e = readEngineAnswer(text.toStdString(), question());
        VERIFY_ERROR(e, expected.toStdString());
        const auto message = describe(e.error());
        QVERIFY2(message.size() < 400 && message.find('\x1b') == std::string::npos
                     && message.find('\n') == std::string::npos && isValidUtf8(message),
                 message.c_str());
    }

    void survivesAnything()
    {
        Mutator mutator({ goodAnswer().dump(), goodAnswer().dump(1),
                          R"({"protocol":1,"error":"x"})",
                          R"({"protocol":1,"request_rate_rps":3,"saturated":true})" },
                        { "{", "}", "[", "]", ":", ",", "\"", "null", "1e999", "-1", "-0", "1e308",
                          "NaN", "true", "\\u0000", "\xff", "1e-320" });
        int good = 0;
        for (int i = 0; i < 20000; ++i) {
            const auto text = mutator.next();
            const auto e = readEngineAnswer(text, question());
            if (!e) {
                QVERIFY2(!e.error().detail.empty() && isValidUtf8(e.error().detail), text.c_str());
                continue;
            }
            ++good;
            for (const auto* l : { &e->ttft, &e->itl, &e->e2e }) {
                QVERIFY2(l->mean.value() >= 0 && l->p50 <= l->p90 && l->p90 <= l->p95
                             && l->p95 <= l->p99 && l->meanInterval.low <= 1
                             && l->meanInterval.high >= 1 && l->tailInterval.low >= 0,
                         text.c_str());
                QVERIFY2(e->saturated || std::isfinite(l->p99.value()), text.c_str());
            }
            QVERIFY2(std::isfinite(e->requestRate.value()) && e->requestRate.value() >= 0
                         && std::isfinite(e->runningPerReplica),
                     text.c_str());
        }
        QVERIFY(good > 100); // else the variants test nothing but the JSON parser
    }
};

QTEST_GUILESS_MAIN(TestEngineProtocol)
#include "tst_engineprotocol.moc"
