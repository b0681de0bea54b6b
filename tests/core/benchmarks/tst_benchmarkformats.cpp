// SPDX-License-Identifier: Apache-2.0
#include <core/base/text.h>
#include <core/benchmarks/importer.h>
#include <core/benchmarks/recordjson.h>
#include <core/benchmarks/reporttext.h>
#include <tests/core/benchmarks/benchmarkfixture.h>
#include <tests/testsupport/testtools.h>

#include <QTest>

#include <nlohmann/json.hpp>

#include <cmath>

using namespace llmd;
using namespace llmd::testing;
using Json = nlohmann::json;

namespace {

bool found(const Loaded<BenchmarkDocument>& report, Severity severity, const std::string& part)
{
    for (const auto& issue : report.issues) {
        if (issue.severity == severity
            && (issue.subject + ": " + issue.text).find(part) != std::string::npos)
            return true;
    }
    for (const auto& issue : report.issues)
        qWarning("%s: %s", issue.subject.c_str(), issue.text.c_str());
    return false;
}

bool foundAny(const Loaded<BenchmarkDocument>& report, const std::string& part)
{
    return std::any_of(report.issues.begin(), report.issues.end(), [&](const Issue& issue) {
        return (issue.subject + ": " + issue.text).find(part) != std::string::npos;
    });
}

Loaded<BenchmarkDocument> read(const Json& json, const std::string& name = "report.json")
{
    return readReport(json.dump(), name);
}

std::string inspected(const std::string& text, const std::string& name)
{
    return toInspectJson(readReport(text, name).value).dump();
}

/** Without what the parser did not keep: arrays with an entry per request. */
Json withoutGaps(Json json)
{
    if (json.is_object()) {
        for (auto it = json.begin(); it != json.end();)
            it = it->is_discarded() ? json.erase(it) : std::next(it);
    }
    if (json.is_structured()) {
        for (auto& value : json)
            value = withoutGaps(value);
    }
    return json;
}

/** Every value that is no object or list, changed by `change`. */
template <class Change> Json changed(Json json, Change change)
{
    if (json.is_structured()) {
        for (auto& value : json)
            value = changed(value, change);
        return json;
    }
    return change(json);
}

Json withExtraKeys(Json json)
{
    if (json.is_structured()) {
        for (auto& value : json)
            value = withExtraKeys(value);
    }
    if (json.is_object())
        json["x_novelty"] = { { "a", { 1, 2 } } };
    return json;
}

Json withLoudUnits(Json json)
{
    if (!json.is_structured())
        return json;
    for (auto& value : json)
        value = withLoudUnits(value);
    for (const char* key : { "unit", "units" }) {
        if (!json.is_object() || !json.contains(key) || !json[key].is_string())
            continue;
        auto text = json[key].get<std::string>();
        std::transform(text.begin(), text.end(), text.begin(),
                       [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
        json[key] = text;
    }
    return json;
}

Json br(const std::string& tool, const std::string& version = "0.2")
{
    const auto time = [](double mean, const char* unit) {
        return Json { { "units", unit }, { "mean", mean }, { "p99", mean * 2 } };
    };
    const Json engine {
        { "metadata", { { "label", "" }, { "cfg_id", "1" } } },
        { "standardized",
          { { "kind", "inference_engine" },
            { "tool", "vllm" },
            { "tool_version", "docker.io/vllm/vllm-openai:v0.26.0" },
            { "role", "replica" },
            { "replicas", 2 },
            { "model", { { "name", "a/Model" } } },
            { "accelerator",
              { { "model", "H100" }, { "count", 4 }, { "parallelism", { { "tp", 4 } } } } } } },
        { "native", Json::object() }
    };
    const Json aggregate {
        { "requests",
          { { "total", 100 },
            { "failures", 0 },
            { "input_length", { { "units", "count" }, { "mean", 1000 } } },
            { "output_length", { { "units", "count" }, { "mean", 101 } } } } },
        { "latency",
          { { "time_to_first_token", time(0.5, "s") },
            { "time_per_output_token", time(0.02, "s/token") },
            { "request_latency", time(2.5, "s") } } },
        { "throughput",
          { { "output_token_rate", { { "units", "tokens/s" }, { "mean", 400 } } },
            { "total_token_rate", { { "units", "tokens/s" }, { "mean", 4400 } } },
            { "request_rate", { { "units", "queries/s" }, { "mean", 4 } } } } }
    };
    return { { "version", version },
             { "run", { { "uid", "u" } } },
             { "scenario",
               { { "stack", { engine } },
                 { "load",
                   { { "metadata", Json::object() },
                     { "standardized",
                       { { "tool", tool },
                         { "tool_version", "1" },
                         { "source", "random" },
                         { "input_seq_len", { { "distribution", "fixed" }, { "value", 1000 } } },
                         { "rate_qps", 4 } } },
                     { "native", Json::object() } } } } },
             { "results", { { "request_performance", { { "aggregate", aggregate } } } } } };
}

Json& latencyOf(Json& report)
{
    return report["results"]["request_performance"]["aggregate"]["latency"];
}

Json vllm()
{
    return { { "date", "20260818-100112" },
             { "backend", "vllm" },
             { "model_id", "a/Model" },
             { "num_prompts", 100 },
             { "completed", 98 },
             { "duration", 10 },
             { "total_input_tokens", 98000 },
             { "total_output_tokens", 9800 },
             { "mean_ttft_ms", 500 },
             { "p99_ttft_ms", 900 },
             { "mean_tpot_ms", 20 } };
}

const BenchmarkRecord& first(const Loaded<BenchmarkDocument>& report)
{
    static const BenchmarkRecord none;
    return report.value.records.empty() ? none : report.value.records.front();
}

} // namespace

/** Reports of the same formats as they vary between versions, tools that rewrite them, and people who edit them. */
class TestBenchmarkFormats : public QObject
{
    Q_OBJECT

private slots:
    void otherSpellingsAreTheSameReport_data()
    {
        QTest::addColumn<QString>("path");
        for (const auto& path : sampleFiles())
            QTest::newRow(path.filename().c_str()) << QString::fromStdString(path.string());
    }
    void otherSpellingsAreTheSameReport()
    {
        QFETCH(QString, path);
        const auto text = *readFile(path.toStdString());
        const std::string name = path.toStdString();
        const auto expected = inspected(text, name);
        QCOMPARE(inspected("\xEF\xBB\xBF" + text, name), expected);
        std::string crlf;
        for (const char c : text) {
            if (c == '\n' && (crlf.empty() || crlf.back() != '\r'))
                crlf += '\r';
            crlf += c;
        }
        QCOMPARE(inspected(crlf, name), expected);
        const auto parsed = parseReportText(text, syntaxOf(text), name);
        if (syntaxOf(text) == ReportSyntax::Csv || !parsed || parsed->size() != 1)
            return;
        const auto json = withoutGaps(parsed->front());
        QCOMPARE(inspected(json.dump(2), name), expected);
        QCOMPARE(inspected("---\n" + json.dump() + "\n", name), expected); // flow style YAML
        QCOMPARE(inspected("---\n" + json.dump(2) + "\n...\n", name), expected);
        QCOMPARE(inspected(withExtraKeys(json).dump(), name), expected);
        QCOMPARE(inspected(withLoudUnits(json).dump(), name), expected);
        const auto floats = changed(json, [](const Json& value) {
            return value.is_number() ? Json(value.get<double>()) : value;
        });
        QCOMPARE(inspected(floats.dump(), name), expected);
        const auto quoted = changed(
            json, [](const Json& value) { return value.is_number() ? Json(value.dump()) : value; });
        QCOMPARE(inspected(quoted.dump(), name), expected);
    }

    /** Half a YAML document or table can look like a whole one. */
    void cutOffReportsLeaveAFinding_data() { otherSpellingsAreTheSameReport_data(); }
    void cutOffReportsLeaveAFinding()
    {
        QFETCH(QString, path);
        const auto text = *readFile(path.toStdString());
        if (text.find("}\n{") != std::string::npos)
            return; // appended documents: the first ones are whole
        constexpr std::size_t places = 50;
        for (std::size_t i = 0; i < places; ++i) {
            const auto at = text.size() * i / places;
            QVERIFY2(!readReport(text.substr(0, at), "r").issues.empty(),
                     std::to_string(i).c_str());
            const auto line = text.rfind('\n', at);
            if (line != std::string::npos)
                QVERIFY2(!readReport(text.substr(0, line + 1), "r").issues.empty(),
                         (std::to_string(i) + " at the end of a line").c_str());
        }
    }

    void flowStyleAndListsOfReports()
    {
        const auto flow = readReport("{version: '0.1', metrics: {requests: {total: 5}}, scenario: "
                                     "{model: {name: m}, load: {name: guidellm}}}\n",
                                     "r.yaml");
        QCOMPARE(flow.value.formatVersion, std::string("0.1"));
        QVERIFY(found(flow, Severity::Warning, "read as YAML"));
        const auto list = read(Json::array({ vllm(), vllm(), { { "other", 1 } } }));
        QCOMPARE(list.value.records.size(), std::size_t(2));
        QVERIFY(found(list, Severity::Warning, "1 of 3 entries"));
        QCOMPARE(list.value.records.back().stage, std::optional(1));
        const auto utf16 = readReport(std::string("\xFF\xFE{\0", 4), "r.json");
        QVERIFY(found(utf16, Severity::Error, "UTF-16"));
    }

    void percentilesWithoutAPlaceAreTold()
    {
        auto json = vllm();
        json["p99.0_ttft_ms"] = 1; // the usual name wins
        json["p95.0_ttft_ms"] = 800;
        json["p98_ttft_ms"] = 850;
        json["p50.5_tpot_ms"] = 21;
        auto report = read(json);
        const auto& ttft = *first(report).metric(Metric::Ttft);
        COMPARE_NEAR(ttft[Statistic::P99].value(), 0.9, 1e-12);
        COMPARE_NEAR(ttft[Statistic::P95].value(), 0.8, 1e-12);
        QVERIFY(
            found(report, Severity::Info, "not compared, kept in the raw document: p98_ttft_ms"));
        QVERIFY(found(report, Severity::Info, "p50.5_tpot_ms"));
        auto second = br("inference-perf");
        latencyOf(second)["request_latency"]["p99p5"] = 4;
        QVERIFY(found(read(second), Severity::Info, "p99p5"));
    }

    void figuresThatAreNoNumbersAreTold()
    {
        auto text = vllm().dump();
        text.replace(text.find("\"p99_ttft_ms\":900"), 17, "\"p99_ttft_ms\":NaN");
        text.replace(text.find("\"mean_tpot_ms\":20"), 17, "\"mean_tpot_ms\":-Infinity");
        auto report = readReport(text, "r.json");
        QVERIFY(found(report, Severity::Info, "taken as not measured: p99_ttft_ms"));
        QVERIFY(found(report, Severity::Info, "taken as not measured: mean_tpot_ms"));
        QVERIFY(!first(report).metric(Metric::Tpot));
        auto json = br("inference-perf");
        latencyOf(json)["time_to_first_token"] = 0.5;
        latencyOf(json)["request_latency"]["min"] = 3;
        latencyOf(json)["time_per_output_token"]["p99"] = nullptr;
        report = read(json);
        QVERIFY(found(report, Severity::Warning, "time_to_first_token: expected the figures"));
        QVERIFY(found(report, Severity::Warning, "request_latency: the mean is not between"));
        QVERIFY(!foundAny(report, "time_per_output_token"));
    }

    void latenciesThatDoNotFitAreTold()
    {
        auto json = br("inference-perf");
        QVERIFY(read(json).issues.empty());
        latencyOf(json)["time_to_first_token"]["units"] = "ms"; // seconds in truth
        latencyOf(json)["time_per_output_token"]["units"] = "ms/token";
        QVERIFY(found(read(json), Severity::Warning, "TTFT and TPOT make a request of"));
        json = br("inference-perf");
        latencyOf(json)["request_latency"]["units"] = "ms";
        QVERIFY(found(read(json), Severity::Warning, "the first token comes after"));
        json = br("inference-perf");
        latencyOf(json) = Json::object();
        QVERIFY(found(read(json), Severity::Warning, "no latencies"));
        json = br("inference-perf");
        auto& throughput = json["results"]["request_performance"]["aggregate"]["throughput"];
        throughput["input_token_rate"] = { { "mean", 400 } };
        const auto report = read(json);
        QVERIFY(found(report, Severity::Info, "input_token_rate.units: no unit"));
        QVERIFY(found(report, Severity::Warning, "do not add up"));
        throughput["request_rate"] = { { "units", "requests/s" }, { "mean", -4 } };
        QVERIFY(found(read(json), Severity::Warning, "a rate cannot be below zero"));
    }

    void stacksOfBenchmarkReports()
    {
        auto json = br("inference-perf");
        auto& stack = json["scenario"]["stack"];
        stack.push_back(stack[0]);
        stack[0]["standardized"]["role"] = "Prefill";
        stack[1]["standardized"]["role"] = "decode";
        stack[1]["standardized"]["accelerator"]["count"] = 0;
        auto report = read(json);
        QCOMPARE(first(report).disaggregated, std::optional(true));
        QVERIFY(!first(report).gpus); // the sum of what is known is not the number of GPUs
        QVERIFY(found(report, Severity::Warning, "GPUs of some engines is not known"));
        stack[1]["standardized"]["accelerator"]["count"] = "4";
        stack[1]["standardized"]["role"] = "both";
        stack[0]["standardized"].erase("kind");
        report = read(json);
        QCOMPARE(first(report).gpus, std::optional(16));
        QVERIFY(found(report, Severity::Warning, "expected replica, prefill or decode"));
        json["version"] = nullptr;
        QVERIFY(found(read(json), Severity::Error, "without its version"));
        json["version"] = "1.0";
        QVERIFY(found(read(json), Severity::Error, "of an unknown version"));
        json["version"] = "0.2";
        json["scenario"]["load"]["standardized"]["tool"] = "lm-eval";
        QVERIFY(found(read(json), Severity::Warning, "does not measure serving"));
        json["scenario"]["load"]["standardized"]["tool"] = "aiperf";
        json["results"]["request_performance"]["aggregate"]["requests"]["failures"] = 2;
        QVERIFY(found(read(json), Severity::Warning, "kinds of errors"));
    }

    void partialReportsTakeTheStageFromTheirName()
    {
        auto json = br("");
        json.erase("scenario");
        const auto report = read(json, "run/inference-perf.partial.stage_3.yaml");
        QCOMPARE(first(report).tool, std::string("inference-perf"));
        QVERIFY(toInspectJson(report.value)["points"][0]["tool"].is_null());
        QCOMPARE(first(report).stage, std::optional(3));
        QVERIFY(toInspectJson(report.value)["points"][0]["stage"].is_null());
        QVERIFY(found(report, Severity::Info, "partial report"));
    }

    void mislabelledSecondsWithoutTheOtherFigures()
    {
        // Not streamed: only the time per token of the whole answer can tell.
        auto json = br("GuideLLM");
        latencyOf(json) = { { "request_latency", { { "units", "ms" }, { "mean", 2.5 } } } };
        COMPARE_NEAR(*first(read(json)).mean(Metric::E2e), 2.5, 1e-12);
        latencyOf(json)["request_latency"]["mean"] = 2500;
        COMPARE_NEAR(*first(read(json)).mean(Metric::E2e), 2.5, 1e-12);
        // Report 0.1: what is labelled in seconds stays.
        const Json old { { "version", "0.1" },
                         { "scenario",
                           { { "model", { { "name", "m" } } },
                             { "load", { { "name", "inference-perf" } } } } },
                         { "metrics",
                           { { "requests", { { "total", 5 } } },
                             { "latency",
                               { { "time_to_first_token", { { "units", "s" }, { "mean", 0.5 } } },
                                 { "time_per_output_token",
                                   { { "units", "ms/token" }, { "mean", 0.02 } } } } } } } };
        const auto report = read(old);
        COMPARE_NEAR(*first(report).mean(Metric::Tpot), 0.02, 1e-12);
        COMPARE_NEAR(*first(report).mean(Metric::Ttft), 0.5, 1e-12);
        QCOMPARE(first(report).notes.size(), std::size_t(1));
    }

    void listsAndResourcesOfReport1()
    {
        const Json json {
            { "scenario",
              { { "model", { { "name", "m" } } },
                { "host",
                  { { "type", { "prefill", "decode" } },
                    { "accelerator",
                      { { { "model", "H100" }, { "count", 2 } },
                        { { "model", "H100" }, { "count", 4 }, { "parallelism", { { "tp", 4 } } } },
                        { { "model", "H100" }, { "count", 4 } } } } } },
                { "load",
                  { { "name", "vllm-benchmark" }, { "args", { { "num-prompts", 50 } } } } } } },
            { "metrics",
              { { "requests", { { "total", 40 }, { "failures", 0 } } },
                { "latency", { { "time_to_first_token", { { "units", "s" }, { "mean", 0.5 } } } } },
                { "resources",
                  { { "accelerator",
                      { { { "power", { { "units", "Watts" }, { "mean", 500 } } } } } } } },
                { "weather", "fine" } } }
        };
        const auto report = read(json);
        QVERIFY(found(report, Severity::Warning, "no version, read as 0.1"));
        QVERIFY(found(report, Severity::Warning, "host.type: expected 3 entries"));
        QVERIFY(found(report, Severity::Info, "weather"));
        QCOMPARE(report.value.facts.size(), std::size_t(1));
        QCOMPARE(report.value.facts.front().unit, std::string("Watts"));
        QCOMPARE(first(report).gpus, std::optional(10));
        QCOMPARE(first(report).total, std::optional(50ll));
        QCOMPARE(first(report).failures, std::optional(10ll));
    }

    void guideLlmBefore04()
    {
        const auto all = [](double mean) {
            return Json { { "successful",
                            { { "mean", mean },
                              { "median", mean },
                              { "std_dev", 0.1 },
                              { "percentiles", { { "p01", mean }, { "p999", mean } } } } },
                          { "errored", { { "mean", 99 } } } };
        };
        const Json benchmark {
            { "args",
              { { "model", "a/Model" },
                { "strategy", { { "type_", "constant" }, { "rate", 3.5 } } } } },
            { "run_stats", { { "start_time", 1000.5 }, { "end_time", 1010.5 } } },
            { "request_totals", { { "successful", 90 }, { "errored", 4 }, { "incomplete", 6 } } },
            { "metrics",
              { { "request_latency", all(2.5) },
                { "time_to_first_token_ms", all(500) },
                { "inter_token_latency_ms", all(20) },
                { "time_per_output_token_ms", all(25) },
                { "output_token_count", all(101) } } }
        };
        auto report = read({ { "benchmarks", { benchmark } } });
        QCOMPARE(report.value.formatVersion, std::string("unversioned"));
        auto record = first(report);
        QCOMPARE(record.model, std::string("a/Model"));
        QCOMPARE(record.total, std::optional(100ll));
        QCOMPARE(record.failures, std::optional(4ll));
        COMPARE_NEAR(record.duration->value(), 10, 1e-12);
        COMPARE_NEAR(record.load.rate->value(), 3.5, 1e-12);
        COMPARE_NEAR((*record.metric(Metric::Ttft))[Statistic::P1].value(), 0.5, 1e-12);
        COMPARE_NEAR((*record.metric(Metric::E2e))[Statistic::P99p9].value(), 2.5, 1e-12);
        COMPARE_NEAR(*record.mean(Metric::Tpot), 0.02, 1e-12);
        COMPARE_NEAR(*record.mean(Metric::Ntpot), 0.025, 1e-12);
        QVERIFY(report.issues.empty());
        // 0.5: the data are text of the command line.
        for (const char* text : { "prompt_tokens_stdev=9,prompt_tokens=4000,output_tokens=400",
                                  "{\"prompt_tokens\": 4000, \"output_tokens\": 400}" }) {
            report = read({ { "args", { { "model", "b" }, { "data", { text } } } },
                            { "metadata", { { "version", 1 } } },
                            { "benchmarks", { benchmark } } });
            QCOMPARE(report.value.formatVersion, std::string("schema 1"));
            QCOMPARE(first(report).load.nominalInput, std::optional(Tokens(4000)));
            QCOMPARE(first(report).load.nominalOutput, std::optional(Tokens(400)));
        }
        auto cut = benchmark;
        cut.erase("run_stats");
        QVERIFY(found(read({ { "benchmarks", { cut } } }), Severity::Info, "no duration"));
    }

    void guideLlmTablesTakeTheirUnitsFromTheHeader()
    {
        const auto text = sample("guidellm.csv");
        const auto expected = first(readReport(text, "g.csv"));
        auto other = text;
        // The same figures with the request latency as if in ms, and a unit that nobody knows.
        for (auto at = other.find("Successful Sec"); at != std::string::npos;
             at = other.find("Successful Sec"))
            other.replace(at, 14, "Successful ms");
        COMPARE_NEAR(*first(readReport(other, "g.csv")).mean(Metric::E2e),
                     *expected.mean(Metric::E2e) / 1000, 1e-12);
        for (auto at = other.find("Successful ms"); at != std::string::npos;
             at = other.find("Successful ms"))
            other.replace(at, 13, "Successful fortnights");
        const auto report = readReport(other, "g.csv");
        QVERIFY(found(report, Severity::Error, "unknown unit 'fortnights'"));
        QVERIFY(!first(report).metric(Metric::Ttft));
        auto missing = text;
        missing.replace(missing.find("\"\"streams\"\": [8]"), 16, "\"\"streams\"\": [8, 32]");
        QVERIFY(found(readReport(missing, "g.csv"), Severity::Warning, "2 load points"));
    }

    void countsOfVllmResults()
    {
        auto json = vllm();
        auto record = first(read(json));
        QCOMPARE(record.failures, std::optional(2ll));
        COMPARE_NEAR(*record.mean(Metric::InputLength), 1000, 1e-12);
        COMPARE_NEAR(*record.mean(Metric::E2e), 0.5 + 0.02 * 99, 1e-12); // derived
        COMPARE_NEAR(record.inputRate->value(), 9800, 1e-12);
        json.erase("num_prompts");
        json["failed"] = 5;
        record = first(read(json));
        QCOMPARE(record.total, std::optional(103ll));
        json["num_prompts"] = 99;
        QVERIFY(found(read(json), Severity::Warning, "more than the 99"));
        json = vllm();
        json["backend"] = "sglang-oai";
        json["tp"] = "2";
        QCOMPARE(first(read(json)).engines.front().name, std::string("sglang"));
        QCOMPARE(first(read(json)).gpus, std::optional(2));
    }

    void inferenceMaxOverSeveralNodes()
    {
        Json row { { "hw", "gb200" },
                   { "conc", 8 },
                   { "model", "m" },
                   { "disagg", "false" },
                   { "is_multinode", true },
                   { "spec_decoding", "mtp" },
                   { "prefill_tp", 8 },
                   { "prefill_num_workers", 2 },
                   { "decode_tp", 4 },
                   { "decode_num_workers", 0 },
                   { "num_prefill_gpu", 16 },
                   { "num_decode_gpu", 0 },
                   { "isl", 1000 },
                   { "osl", 101 },
                   { "tput_per_gpu", 110 },
                   { "output_tput_per_gpu", 10 },
                   { "input_tput_per_gpu", 100 },
                   { "mean_ttft", 0.5 },
                   { "mean_tpot", 0.02 },
                   { "p98_ttft", 1 } };
        auto report = read(Json::array({ { { "note", "no row" } }, row }));
        QVERIFY(found(report, Severity::Warning, "a row needs hw, conc"));
        QVERIFY(found(report, Severity::Info, "p98_ttft"));
        auto record = first(report);
        QCOMPARE(record.gpus, std::optional(16));
        QCOMPARE(record.engines.front().replicas, 2);
        COMPARE_NEAR(record.totalRate->value(), 1760, 1e-12);
        QVERIFY(record.engines.front().args.contains("speculative-config"));
        row["disagg"] = true;
        row["decode_num_workers"] = 1;
        row.erase("num_prefill_gpu");
        row.erase("num_decode_gpu");
        row["tput_per_gpu"] = 82;
        record = first(read(row));
        QCOMPARE(record.gpus, std::optional(20));
        COMPARE_NEAR(record.outputRate->value(), 40, 1e-12); // per decode GPU
        COMPARE_NEAR(record.inputRate->value(), 1600, 1e-12); // per prefill GPU
    }

    void aiPerfWithoutErrors()
    {
        const Json json { { "aiperf_version", "0.8.0" },
                          { "request_count", { { "unit", "requests" }, { "avg", 100 } } },
                          { "time_to_first_token", { { "unit", "ms" }, { "avg", 500 } } },
                          { "inter_token_latency", { { "unit", "us" }, { "avg", 20000 } } },
                          { "request_latency", { { "unit", "Sec" }, { "avg", 2.5 } } },
                          { "output_sequence_length", { { "unit", "tokens" }, { "avg", 101 } } },
                          { "goodput", { { "unit", "requests/sec" }, { "avg", 3 } } },
                          { "request_throughput", { { "unit", "Requests/Sec" }, { "avg", 4 } } } };
        const auto report = read(json);
        const auto& record = first(report);
        QVERIFY(found(report, Severity::Info, "does not say whether requests failed"));
        QVERIFY(!record.failures && record.total == 100);
        COMPARE_NEAR(*record.mean(Metric::Tpot), 0.02, 1e-12);
        COMPARE_NEAR(*record.mean(Metric::E2e), 2.5, 1e-12);
        COMPARE_NEAR(record.requestRate->value(), 4, 1e-12);
        COMPARE_NEAR(record.goodputRate->value(), 3, 1e-12);
    }

    void inferencePerfDoubts()
    {
        auto json = Json::parse(sample("run/stage_0_lifecycle_metrics.json"));
        const std::string name = "run/adapter_sql_lora_stage_2_lifecycle_metrics.json";
        QVERIFY(!foundAny(read(json), "adapter"));
        json["load_summary"]["schedule_delay"] = { { "p99", 2.5 } };
        auto report = read(json, name);
        QVERIFY(found(report, Severity::Warning, "sent 2.5 s late"));
        QVERIFY(found(report, Severity::Warning, "the figures of one adapter"));
        QCOMPARE(first(report).notes.front(), std::string("only the requests of adapter sql_lora"));
        QCOMPARE(first(report).stage, std::optional(2));
        json["load_summary"]["count"] = 1'000'000;
        json["successes"]["throughput"]["requests_per_sec"] = -1;
        report = read(json);
        QVERIFY(found(report, Severity::Warning, "do not add up to 1000000"));
        QVERIFY(!first(report).requestRate);
    }
};

QTEST_APPLESS_MAIN(TestBenchmarkFormats)
#include "tst_benchmarkformats.moc"
