// SPDX-License-Identifier: Apache-2.0
// llm-d-benchmark's report 0.2 and 0.2.1 (schema: llm-d/llm-d-benchmark, benchmark_report/, read 2026-08).
#include "formats.h"

#include <core/base/text.h>

#include <fmt/format.h>

#include <cmath>

namespace llmd {

namespace {

/** "PT65.427S", "PT1H2M3S", "P1DT2H" in seconds. */
std::optional<Seconds> isoDuration(const std::string& text)
{
    if (text.size() < 3 || text[0] != 'P')
        return std::nullopt;
    double seconds = 0;
    bool any = false;
    std::string number;
    for (const char c : text.substr(1)) {
        if ((c >= '0' && c <= '9') || c == '.') {
            number += c;
            continue;
        }
        if (c == 'T' && number.empty())
            continue;
        const double unit = c == 'D' ? 86400 : c == 'H' ? 3600 : c == 'M' ? 60 : c == 'S' ? 1 : 0;
        const auto value = parseNumber(number.starts_with('.') ? "0" + number : number);
        if (unit == 0 || !value)
            return std::nullopt;
        seconds += *value * unit;
        any = true;
        number.clear();
    }
    return any && number.empty() ? std::optional(Seconds(seconds)) : std::nullopt;
}

void readRun(const ReportNode& run, BenchmarkRecord& record)
{
    record.runUid = run["uid"].text();
    record.experimentId = run["eid"].text();
    record.description = run["description"].text();
    record.start = run["time"]["start"].text();
    record.duration = isoDuration(run["time"]["duration"].text());
}

/** "replica", "prefill" or "decode"; other words are told and taken as a replica that does both. */
std::string readRole(const ReportNode& node)
{
    const auto role = toLower(node.text());
    if (role == "replica" || role == "prefill" || role == "decode")
        return role;
    if (!role.empty())
        node.warn("expected replica, prefill or decode; taken as replica");
    return "replica";
}

void readEngine(const ReportNode& component, BenchmarkRecord& record)
{
    const auto standardized = component["standardized"];
    ServedEngine engine;
    engine.role = readRole(standardized["role"]);
    engine.replicas = std::max(1, standardized["replicas"].smallCount().value_or(1));
    engine.name = standardized["tool"].text();
    engine.image = standardized["tool_version"].text();
    engine.version = engineVersionOf(engine.image);
    engine.model = standardized["model"]["name"].text();
    const auto accelerator = standardized["accelerator"];
    engine.gpu = accelerator["model"].text();
    engine.gpusPerWorker = accelerator["count"].smallCount();
    const auto parallelism = accelerator["parallelism"];
    const auto degree = [&](const char* key) {
        return std::max(1, parallelism[key].smallCount().value_or(1));
    };
    engine.workers = degree("workers");
    engine.parallelism = { degree("tp"), degree("pp"), degree("dp"), degree("ep") > 1 };
    readEngineArguments(component["native"]["args"], engine);
    record.engines.push_back(std::move(engine));
}

void readComponent(const ReportNode& component, BenchmarkRecord& record)
{
    const auto standardized = component["standardized"];
    const auto kind = standardized["kind"].text();
    const bool looksLikeEngine = standardized["role"].exists() && standardized["model"].isObject();
    if (kind == "inference_engine" || (kind.empty() && looksLikeEngine)) {
        readEngine(component, record);
        return;
    }
    const auto tool = standardized["tool"].text();
    const auto config = component["native"]["config"];
    if (config["kind"].text() == "EndpointPickerConfig" || tool == "inference_scheduler"
        || tool == "request_router" || tool == "llm-d-inference-scheduler") {
        record.router.version = standardized["tool_version"].text();
        readRouterConfig(config, record.router);
    } else if (tool.starts_with("inference_gateway")) {
        const auto open = tool.find('(');
        record.router.gateway =
            open == std::string::npos ? tool : tool.substr(open + 1, tool.find(')') - open - 1);
    }
}

void readLoad(const ReportNode& load, BenchmarkRecord& record)
{
    const auto standardized = load["standardized"];
    const auto tokens = [](std::optional<double> value) {
        return value ? std::optional(Tokens(*value)) : std::nullopt;
    };
    if (standardized.exists())
        record.stage = standardized["stage"].smallCount();
    if (const auto rate = standardized["rate_qps"].positive())
        record.load.rate = RequestsPerSecond(*rate);
    record.load.concurrency = standardized["concurrency"].smallCount();
    record.load.nominalInput = tokens(standardized["input_seq_len"]["value"].positive());
    record.load.nominalOutput = tokens(standardized["output_seq_len"]["value"].positive());
    record.load.lengths = standardized["input_seq_len"]["distribution"].text();
    record.load.source = standardized["source"].text();
    const auto prefix = standardized["prefix"];
    record.load.prefix = tokens(prefix["prefix_len"]["value"].positive());
    record.load.prefixGroups = prefix["num_groups"].smallCount();
    record.load.turns = standardized["multi_turn"]["max_turns"]["value"].positive();

    const auto native = load["native"];
    const auto config = native["config"].exists() ? native["config"] : native["args"];
    // The converter writes the number of requests of a concurrent load as its rate.
    if (isTool(record, "inference-perf") && record.load.rate
        && (record.load.concurrency || config["load"]["type"].text() == "concurrent")) {
        record.load.rate.reset();
        record.notes.emplace_back(
            "rate_qps of a concurrent load is its number of requests: ignored");
    }
    readGeneratorConfig(config, record);
}

void readThroughput(const ReportNode& throughput, BenchmarkRecord& record)
{
    const auto mean = [&](const char* key, std::string_view expected,
                          bool (*fits)(std::string_view)) -> std::optional<double> {
        const auto node = throughput[key];
        if (!node.isObject()) {
            (void)readDistribution(node); // a finding if something else is there
            return std::nullopt;
        }
        const auto unit = node["units"].text();
        if (unit.empty())
            node.findings().add(Severity::Info, ErrorCode::MissingField,
                                fmt::format("no unit, taken as {}", expected),
                                node.path() + ".units");
        if (!unit.empty() && !fits(unit)) {
            node.findings().add(Severity::Error, ErrorCode::InvalidArgument,
                                fmt::format("unknown unit '{}', expected {}", unit, expected),
                                node.path() + ".units");
            return std::nullopt;
        }
        const auto value = node["mean"].number();
        if (value && *value < 0)
            node["mean"].warn("a rate cannot be below zero; left out");
        return value && *value >= 0 ? value : std::nullopt;
    };
    if (const auto value = mean("input_token_rate", "tokens/s", isTokenRateUnit))
        record.inputRate = TokensPerSecond(*value);
    if (const auto value = mean("output_token_rate", "tokens/s", isTokenRateUnit))
        record.outputRate = TokensPerSecond(*value);
    if (const auto value = mean("total_token_rate", "tokens/s", isTokenRateUnit))
        record.totalRate = TokensPerSecond(*value);
    if (const auto value = mean("request_rate", "queries/s", isRequestRateUnit))
        record.requestRate = RequestsPerSecond(*value);
}

/** The converter of vLLM results once divided the tokens of the answered requests by all requests. */
void correctVllmInputLength(BenchmarkRecord& record)
{
    const auto mean = record.mean(Metric::InputLength);
    if (!isTool(record, "vllm-benchmark") || !mean || !record.load.nominalInput || !record.total
        || record.failures.value_or(0) <= 0 || *record.failures >= *record.total)
        return;
    const double nominal = record.load.nominalInput->value();
    const double all = static_cast<double>(*record.total);
    const double corrected = *mean * all / (all - static_cast<double>(*record.failures));
    constexpr double agreement = 0.002;
    if (std::abs(corrected - nominal) < agreement * nominal
        && std::abs(*mean - nominal) > 2 * std::abs(corrected - nominal) + 1e-9 * nominal) {
        record.metrics[Metric::InputLength].values.set(Statistic::Mean, corrected);
        record.notes.emplace_back(
            "input length was divided by all requests: corrected to the answered ones");
    }
}

void readAggregate(const ReportNode& aggregate, BenchmarkRecord& record)
{
    const auto requests = aggregate["requests"];
    record.total = requests["total"].count();
    record.failures = requests["failures"].count();
    record.incomplete = requests["incomplete"].count();
    setMetric(record, Metric::InputLength, readCountStatistics(requests["input_length"]),
              "input_length", true);
    setMetric(record, Metric::OutputLength, readCountStatistics(requests["output_length"]),
              "output_length", true);
    const auto latency = aggregate["latency"];
    readReportLatencies(latency, record);
    correctMislabelledSeconds(latency, record, false);
    readThroughput(aggregate["throughput"], record);
    correctVllmInputLength(record);
    checkRequests(requests, record);
}

/** A figure with its unit; percentages of vLLM's cache use are fractions in truth. */
void addFact(BenchmarkDocument& document, std::string name, const ReportNode& statistics)
{
    const auto mean = statistics["mean"].number();
    if (!mean)
        return;
    auto unit = statistics["units"].text();
    if (name == "vllm_kv_cache_usage_perc" && unit == "percent")
        unit = "fraction";
    document.facts.push_back({ std::move(name), *mean, std::move(unit) });
}

/** Pictures, films and sounds of the requests, since 0.2.1. */
void readMedia(const ReportNode& aggregate, BenchmarkDocument& document)
{
    for (const char* kind : { "image", "video", "audio" }) {
        const auto media = aggregate["requests"]["multimodal"][kind];
        for (const auto& key : media.keys())
            addFact(document, std::string(kind) + "." + key, media[key]);
        const auto rate = std::string(kind) + "_rate";
        addFact(document, rate, aggregate["throughput"][rate]);
    }
    addFact(document, "request_size", aggregate["requests"]["request_size"]);
}

void readObservability(const ReportNode& observability, BenchmarkDocument& document)
{
    for (const auto& key : observability.keys()) {
        const auto node = observability[key];
        if (key == "components") {
            for (std::size_t i = 0; i < node.size(); ++i) {
                const auto aggregate = node[i]["aggregate"];
                for (const auto& name : aggregate.keys())
                    addFact(document, name, aggregate[name]);
            }
        } else if (key == "replica_status") {
            addFact(document, "ready_replicas", node["aggregate_ready_replicas"]);
        } else if (key == "pod_startup_times") {
            addFact(document, key, node["aggregate"]);
        } else if (node["aggregated"].exists()) {
            addFact(document, key, node["aggregated"]);
        } else if (node["statistics"].exists()) {
            addFact(document, key, node["statistics"]);
        } else if (node.isObject() && node["mean"].exists()) {
            addFact(document, key, node);
        }
    }
}

void readSessions(const ReportNode& sessions, BenchmarkDocument& document)
{
    for (const auto& key : sessions.keys()) {
        const auto node = sessions[key];
        if (node.isObject())
            addFact(document, "session." + key, node);
        else if (const auto value = node.number())
            document.facts.push_back({ "session." + key, *value, "count" });
    }
}

void reportUnknown(const ReportNode& root)
{
    reportUnknownKeys(root, { "version", "run", "scenario", "results" });
    reportUnknownKeys(root["run"],
                      { "uid", "eid", "cid", "pid", "time", "user", "description", "keywords" });
    reportUnknownKeys(root["scenario"], { "stack", "load" });
    reportUnknownKeys(root["results"],
                      { "request_performance", "session_performance", "observability", "profiling",
                        "component_health" });
    const auto aggregate = root["results"]["request_performance"]["aggregate"];
    reportUnknownKeys(aggregate, { "requests", "latency", "throughput" });
    reportUnknownKeys(aggregate["requests"],
                      { "total", "failures", "incomplete", "input_length", "output_length",
                        "request_size", "multimodal" });
    reportUnknownKeys(aggregate["latency"],
                      { "time_to_first_token", "request_latency", "time_per_output_token",
                        "inter_token_latency", "normalized_time_per_output_token" });
    reportUnknownKeys(aggregate["throughput"],
                      { "input_token_rate", "output_token_rate", "total_token_rate", "request_rate",
                        "image_rate", "video_rate", "audio_rate" });
    const auto load = root["scenario"]["load"]["standardized"];
    reportUnknownKeys(load,
                      { "tool", "tool_version", "parallelism", "source", "stage", "input_seq_len",
                        "output_seq_len", "prefix", "multi_turn", "rate_qps", "concurrency" });
}

std::string versionText(const ReportNode& root)
{
    auto version = root["version"].text();
    return version.starts_with('v') || version.starts_with('V') ? version.substr(1) : version;
}

} // namespace

bool isBenchmarkReport2(const ReportNode& root)
{
    const auto version = versionText(root);
    return version.starts_with("0.") && version != "0.1"
        && (root["run"].isObject() || root["results"].isObject());
}

void readBenchmarkReport2(const ReportNode& root, BenchmarkDocument& document)
{
    document.format = "benchmark-report";
    document.formatVersion = versionText(root);
    if (document.formatVersion != "0.2" && document.formatVersion != "0.2.1") {
        root.findings().add(Severity::Warning, ErrorCode::Unsupported,
                            "version " + document.formatVersion
                                + " of the benchmark report is not known; read as 0.2",
                            "version");
    }
    reportUnknown(root);
    BenchmarkRecord record;
    readRun(root["run"], record);
    const auto scenario = root["scenario"];
    if (!scenario.exists()) {
        root.findings().add(
            Severity::Info, ErrorCode::MissingField,
            "a partial report without a scenario: add model, GPU and version by hand", "scenario");
        record.stage = stageOfFileName(root.findings().fileName());
        if (record.stage)
            record.origins["stage"] = Origin::Config;
        // inference-perf writes such reports itself, and names itself only there.
        if (root.findings().fileName().find("inference-perf.partial") != std::string::npos) {
            record.tool = "inference-perf";
            record.origins["tool"] = Origin::Config;
        }
    }
    const auto load = scenario["load"];
    if (const auto tool = load["standardized"]["tool"].text(); !tool.empty())
        record.tool = tool;
    record.toolVersion = load["standardized"]["tool_version"].text();
    const auto stack = scenario["stack"];
    for (std::size_t i = 0; i < stack.size(); ++i)
        readComponent(stack[i], record);
    readLoad(load, record);
    warnOfOtherTools(load, record);
    const auto aggregate = root["results"]["request_performance"]["aggregate"];
    if (aggregate.exists())
        readAggregate(aggregate, record);
    summariseStack(stack, record);
    readMedia(aggregate, document);
    readObservability(root["results"]["observability"], document);
    readSessions(root["results"]["session_performance"]["sessions"], document);
    if (aggregate.exists()) {
        document.records.push_back(std::move(record));
    } else {
        root.findings().add(Severity::Info, ErrorCode::MissingField,
                            "no request performance, so there is no load point to compare",
                            "results.request_performance");
    }
}

} // namespace llmd
