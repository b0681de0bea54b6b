// SPDX-License-Identifier: Apache-2.0
// GuideLLM's JSON and YAML of all schemas up to 0.8. Latencies in ms but for the request latency, which is in seconds.
#include "formats.h"

#include <core/base/text.h>

#include <cctype>

namespace llmd {

namespace {

/** "0.7.3" of "guidellm version: 0.7.3" or of itself. */
std::string schemaOf(const ReportNode& root)
{
    const auto version = root["metadata"]["version"].text();
    return version.empty() ? "unversioned" : "schema " + version;
}

/** The distribution over successful requests; before schema 1 there was only one. */
ReportNode successful(const ReportNode& metrics, const char* name)
{
    const auto metric = metrics[name];
    return metric["successful"].exists() ? metric["successful"] : metric;
}

/** Percentiles are in an object of their own. */
Distribution readSummary(const ReportNode& summary, double factor)
{
    auto values = readDistribution(summary, factor);
    const auto percentiles = readDistribution(summary["percentiles"], factor);
    for (std::size_t i = 0; i < statisticCount; ++i) {
        const auto statistic = static_cast<Statistic>(i);
        if (!values[statistic])
            values.set(statistic, percentiles[statistic]);
    }
    return values;
}

void readMetrics(const ReportNode& metrics, BenchmarkRecord& record)
{
    constexpr double ms = 1e-3;
    const auto set = [&](Metric metric, const char* name, double factor) {
        // What was not measured is written as zeros.
        setMetric(record, metric, readSummary(successful(metrics, name), factor), name, true);
    };
    set(Metric::InputLength, "prompt_token_count", 1);
    set(Metric::OutputLength, "output_token_count", 1);
    set(Metric::Ttft, "time_to_first_token_ms", ms);
    // "Time per output token" counts the first token's time too; "inter-token latency" is the usual TPOT.
    set(Metric::Tpot, "inter_token_latency_ms", ms);
    set(Metric::Ntpot, "time_per_output_token_ms", ms);
    set(Metric::E2e, "request_latency", 1);
    // Percentiles of rates mean nothing here: they are taken over instants.
    const auto mean = [&](const char* name) {
        return successful(metrics, name)["mean"].positive();
    };
    if (const auto value = mean("prompt_tokens_per_second"))
        record.inputRate = TokensPerSecond(*value);
    if (const auto value = mean("output_tokens_per_second"))
        record.outputRate = TokensPerSecond(*value);
    if (const auto value = mean("tokens_per_second"))
        record.totalRate = TokensPerSecond(*value);
    if (const auto value = mean("requests_per_second"))
        record.requestRate = RequestsPerSecond(*value);
    if (!record.inputRate && record.totalRate && record.outputRate)
        record.inputRate = *record.totalRate - *record.outputRate;
}

void readStrategy(const ReportNode& strategy, BenchmarkRecord& record)
{
    std::string type;
    for (const char* key : { "type_", "type", "kind" }) {
        if (type.empty())
            type = toLower(strategy[key].text());
    }
    if (type == "constant" || type == "poisson") {
        if (const auto rate = strategy["rate"].positive())
            record.load.rate = RequestsPerSecond(*rate);
        return;
    }
    if (type == "synchronous") {
        record.load.concurrency = 1;
        return;
    }
    if (type != "concurrent")
        return; // "throughput" has a limit that says nothing, "trace" has none
    for (const char* key : { "streams", "max_concurrency", "worker_count" }) {
        record.load.concurrency = strategy[key].smallCount();
        if (record.load.concurrency)
            return;
    }
}

void readData(const ReportNode& data, BenchmarkRecord& record)
{
    const auto tokens = [&](const char* key) {
        const auto value = data[key].positive();
        return value ? std::optional(Tokens(*value)) : std::nullopt;
    };
    record.load.nominalInput = tokens("prompt_tokens");
    record.load.nominalOutput = tokens("output_tokens");
    record.load.turns = data["turns"].positive();
    const auto bucket = data["prefix_buckets"][0];
    if (const auto prefix = bucket["prefix_tokens"].positive()) {
        record.load.prefix = Tokens(*prefix);
        record.load.prefixGroups = bucket["prefix_count"].smallCount();
    }
    if (record.load.nominalInput)
        record.load.source = "random";
}

/** "prompt_tokens=4000,output_tokens=400" or the same as JSON, as the command line of older versions takes it. */
void readDataText(const std::string& text, BenchmarkRecord& record)
{
    const auto valueOf = [&](std::string_view key) -> std::optional<Tokens> {
        const auto isPart = [&](std::size_t i) { // of a longer name, "prompt_tokens_stdev"
            return i < text.size()
                && (std::isalnum(static_cast<unsigned char>(text[i])) || text[i] == '_');
        };
        auto at = text.find(key);
        while (at != std::string::npos && ((at > 0 && isPart(at - 1)) || isPart(at + key.size())))
            at = text.find(key, at + 1);
        if (at == std::string::npos)
            return std::nullopt;
        const auto begin = text.find_first_not_of("\"': =", at + key.size());
        if (begin == std::string::npos)
            return std::nullopt;
        const auto end = std::min(text.find_first_not_of("0123456789.", begin), text.size());
        const auto value = parseNumber(std::string_view(text).substr(begin, end - begin));
        return value && *value > 0 ? std::optional(Tokens(*value)) : std::nullopt;
    };
    if (record.load.nominalInput)
        return;
    record.load.nominalInput = valueOf("prompt_tokens");
    record.load.nominalOutput = valueOf("output_tokens");
    if (!record.load.nominalInput)
        return;
    record.load.source = "random";
    for (const char* name : { "input", "output" })
        record.origins[name] = Origin::Config;
}

/** The place changed with every schema. */
std::string modelOf(const ReportNode& root, const ReportNode& benchmark)
{
    for (const auto& node :
         { benchmark["config"]["backend"]["model"], root["config"]["spec"]["backend"]["model"],
           root["args"]["model"], root["args"]["backend_kwargs"]["model"],
           benchmark["args"]["model"], benchmark["worker"]["backend_model"] }) {
        if (auto text = node.text(); !text.empty())
            return text;
    }
    return {};
}

/** Before 0.4 the times were in `run_stats`, and the duration has to be computed. */
void readDuration(const ReportNode& benchmark, BenchmarkRecord& record)
{
    auto duration = benchmark["duration"].positive();
    for (const auto& times : { benchmark, benchmark["run_stats"] }) {
        const auto start = times["start_time"].number();
        const auto end = times["end_time"].number();
        if (!duration && start && end && *end > *start)
            duration = *end - *start;
    }
    if (duration) {
        record.duration = Seconds(*duration);
        return;
    }
    benchmark.findings().add(Severity::Info, ErrorCode::MissingField,
                             "no duration; a report that was cut off ends before it",
                             benchmark.path() + ".duration");
}

} // namespace

bool isGuideLlm(const ReportNode& root)
{
    const auto first = root["benchmarks"][0];
    return first["metrics"]["request_totals"].isObject() || first["request_totals"].isObject()
        || (first["metrics"]["request_latency"].isObject()
            && first["metrics"]["time_to_first_token_ms"].isObject());
}

void readGuideLlm(const ReportNode& root, BenchmarkDocument& document)
{
    document.format = "guidellm";
    document.formatVersion = schemaOf(root);
    if (root["args"].exists() && !root["metadata"].exists())
        root.findings().add(Severity::Info, ErrorCode::MissingField,
                            "no metadata: written by version 0.4, or cut off", "metadata");
    const auto benchmarks = root["benchmarks"];
    for (std::size_t i = 0; i < benchmarks.size(); ++i) {
        const auto benchmark = benchmarks[i];
        const auto metrics = benchmark["metrics"];
        const auto totals = metrics["request_totals"].exists() ? metrics["request_totals"]
                                                               : benchmark["request_totals"];
        BenchmarkRecord record;
        record.tool = "guidellm";
        record.toolVersion = root["metadata"]["guidellm_version"].text();
        record.stage = static_cast<int>(i);
        record.model = modelOf(root, benchmark);
        record.description = root["config"]["metadata"]["labels"]["name"].text();
        record.runUid = benchmark["config"]["id_"].text();
        const auto answered = totals["successful"].count();
        record.total = totals["total"].count();
        record.failures = totals["errored"].count();
        record.incomplete = totals["incomplete"].count();
        if (!record.total && answered)
            record.total = *answered + record.failures.value_or(0) + record.incomplete.value_or(0);
        record.start = benchmark["start_time"].text();
        readDuration(benchmark, record);
        readMetrics(metrics, record);
        const auto config = benchmark["config"]["strategy"];
        readStrategy(config.exists() ? config : benchmark["args"]["strategy"], record);
        readData(root["config"]["spec"]["data"][0], record);
        const auto data = root["args"]["data"];
        readDataText(data.isArray() ? data[0].text() : data.text(), record);
        checkRequests(totals, record);
        document.records.push_back(std::move(record));
    }
}

} // namespace llmd
