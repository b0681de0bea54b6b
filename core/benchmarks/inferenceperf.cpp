// SPDX-License-Identifier: Apache-2.0
// Native files of kubernetes-sigs/inference-perf, versions 0.1 to 2026-08; all times in seconds.
#include "formats.h"

#include <core/base/text.h>

#include <fmt/format.h>

#include <charconv>

namespace llmd {

namespace {

void readLatencies(const ReportNode& latency, BenchmarkRecord& record)
{
    setMetric(record, Metric::Ttft, readDistribution(latency["time_to_first_token"]),
              "time_to_first_token", true);
    setMetric(record, Metric::Tpot, readDistribution(latency["time_per_output_token"]),
              "time_per_output_token", true);
    setMetric(record, Metric::Itl, readDistribution(latency["inter_token_latency"]),
              "inter_token_latency", true);
    setMetric(record, Metric::Ntpot, readDistribution(latency["normalized_time_per_output_token"]),
              "normalized_time_per_output_token", true);
    setMetric(record, Metric::E2e, readDistribution(latency["request_latency"]), "request_latency",
              true);
    const auto* itl = record.metric(Metric::Itl);
    const auto median = itl ? (*itl)[Statistic::P50] : std::nullopt;
    const auto mean = record.mean(Metric::Itl);
    // Several tokens in one chunk leave gaps of almost nothing between them.
    if (median && mean && *median < 0.05 * *mean) {
        latency.findings().add(
            Severity::Info, ErrorCode::InvalidArgument,
            "tokens arrived in bundles, so the percentiles of the inter-token latency mean "
            "little; use those of the time per output token",
            latency.path() + ".inter_token_latency");
    }
}

/** Lengths moved from `prompt_len` to `prompt_tokens` in 2026-08; older files have only the first. */
void readLengths(const ReportNode& successes, BenchmarkRecord& record)
{
    const auto either = [&](const char* first, const char* second) {
        const auto values = readDistribution(successes[first]);
        return values.isEmpty() ? readDistribution(successes[second]) : values;
    };
    setMetric(record, Metric::InputLength, either("prompt_len", "prompt_tokens"),
              successes["prompt_len"].exists() ? "prompt_len" : "prompt_tokens", true);
    setMetric(record, Metric::OutputLength, either("output_len", "output_tokens"),
              successes["output_len"].exists() ? "output_len" : "output_tokens", true);
}

void readThroughput(const ReportNode& throughput, BenchmarkRecord& record)
{
    const auto rate = [&](const char* key) {
        const auto value = throughput[key].number();
        if (value && *value < 0)
            throughput[key].warn("a rate cannot be below zero; left out");
        return value && *value >= 0 ? value : std::nullopt;
    };
    if (const auto value = rate("input_tokens_per_sec"))
        record.inputRate = TokensPerSecond(*value);
    if (const auto value = rate("output_tokens_per_sec"))
        record.outputRate = TokensPerSecond(*value);
    if (const auto value = rate("total_tokens_per_sec"))
        record.totalRate = TokensPerSecond(*value);
    if (const auto value = rate("requests_per_sec"))
        record.requestRate = RequestsPerSecond(*value);
}

void readLoadSummary(const ReportNode& summary, BenchmarkRecord& record)
{
    record.load.concurrency = summary["concurrency"].smallCount();
    const auto requested = summary["requested_rate"].positive();
    const auto achieved = summary["achieved_rate"].positive();
    // For a concurrent load, `requested_rate` is the number of requests.
    if (requested && !record.load.concurrency)
        record.load.rate = RequestsPerSecond(*requested);
    constexpr double keptUp = 0.95;
    if (record.load.rate && achieved && *achieved < keptUp * record.load.rate->value()) {
        summary.findings().add(Severity::Warning, ErrorCode::InvalidArgument,
                               fmt::format("the load generator sent {:.3g} of {:.3g} requests per "
                                           "second; it may have been the limit",
                                           *achieved, record.load.rate->value()),
                               summary.path());
        return;
    }
    constexpr double late = 1; // second; an idle generator is late by milliseconds
    const auto delay = summary["schedule_delay"]["p99"].number();
    if (record.load.rate && delay && *delay > late) {
        summary.findings().add(Severity::Warning, ErrorCode::InvalidArgument,
                               fmt::format("one request in a hundred was sent {:.3g} s late or "
                                           "more; the load generator may have been the limit",
                                           *delay),
                               summary.path() + ".schedule_delay");
    }
}

/** "a" of "adapter_a_stage_0_lifecycle_metrics.json"; empty for other files. */
std::string adapterOfFileName(std::string_view name)
{
    if (const auto slash = name.find_last_of("/\\"); slash != std::string_view::npos)
        name.remove_prefix(slash + 1);
    constexpr std::string_view word = "adapter_";
    if (!name.starts_with(word))
        return {};
    name.remove_prefix(word.size());
    auto end = name.find("_lifecycle_metrics");
    if (const auto stage = name.rfind("_stage_", end); stage != std::string_view::npos)
        end = stage;
    return std::string(name.substr(0, end));
}

/** What Prometheus said about the run; no load point, as it holds no figures of single requests. */
void readPrometheus(const ReportNode& root, BenchmarkDocument& document)
{
    const auto add = [&](const char* name, const ReportNode& node, const char* unit) {
        if (const auto value = node.number())
            document.facts.push_back({ name, *value, unit });
    };
    const auto successes = root["successes"];
    add("requests answered, Prometheus", successes["count"], "count");
    add("request rate, Prometheus", successes["rate"], "1/s");
    root.findings().add(
        Severity::Warning, ErrorCode::Unsupported,
        "figures that inference-perf read from Prometheus, without latencies per request; "
        "import the lifecycle metrics of the same run",
        "successes");
}

bool isSidecarConfig(const ReportNode& root)
{
    return root["load"].isObject() && root["data"].isObject()
        && (root["server"].isObject() || root["api"].isObject());
}

} // namespace

std::optional<int> stageOfFileName(std::string_view name)
{
    const auto slash = name.find_last_of("/\\");
    if (slash != std::string_view::npos)
        name.remove_prefix(slash + 1);
    constexpr std::string_view word = "stage_";
    const auto at = name.find(word);
    if (at == std::string_view::npos)
        return std::nullopt;
    int stage = 0;
    const auto* begin = name.data() + at + word.size();
    const auto [end, error] = std::from_chars(begin, name.data() + name.size(), stage);
    return error == std::errc() && end != begin && stage >= 0 ? std::optional(stage) : std::nullopt;
}

bool isInferencePerf(const ReportNode& root)
{
    return root["load_summary"].isObject() && root["successes"].isObject()
        && root["failures"].isObject();
}

void readInferencePerf(const ReportNode& root, BenchmarkDocument& document)
{
    document.format = "inference-perf";
    const auto successes = root["successes"];
    const auto summary = root["load_summary"];
    if (summary.size() == 0 && successes["rate"].exists()) {
        readPrometheus(root, document);
        return;
    }
    document.formatVersion = successes["prompt_len"].exists() ? "prompt_len"
        : successes["prompt_tokens"].exists()                 ? "head(prompt_tokens)"
                                                              : "";
    BenchmarkRecord record;
    record.tool = "inference-perf";
    const bool isStage = summary["send_duration"].exists();
    record.level = isStage ? "stage" : "summary (mixes stages)";
    if (isStage) {
        record.stage = stageOfFileName(root.findings().fileName());
        if (record.stage)
            record.origins["stage"] = Origin::Config;
    }
    if (const auto adapter = adapterOfFileName(root.findings().fileName()); !adapter.empty()) {
        record.notes.push_back("only the requests of adapter " + adapter);
        root.findings().add(Severity::Warning, ErrorCode::Unsupported,
                            "the figures of one adapter; those of the whole run are in the stage "
                            "file without an adapter in its name",
                            "successes");
    }
    readLoadSummary(summary, record);
    const auto succeeded = successes["count"].count();
    record.failures = root["failures"]["count"].count();
    record.total = summary["count"].count();
    if (!record.total && succeeded && record.failures)
        record.total = *succeeded + *record.failures;
    if (record.total && succeeded && record.failures
        && *succeeded + *record.failures != *record.total)
        root.findings().add(Severity::Warning, ErrorCode::InvalidArgument,
                            fmt::format("{} answered and {} failed requests do not add up to {}",
                                        *succeeded, *record.failures, *record.total),
                            "load_summary.count");
    readLatencies(successes["latency"], record);
    readLengths(successes, record);
    readThroughput(successes["throughput"], record);
    record.goodputPercent = successes["goodput_metrics"]["goodput_percentage"].number();
    if (const auto rate = successes["goodput_metrics"]["request_goodput"].number())
        record.goodputRate = RequestsPerSecond(*rate);
    if (const auto seconds = root["benchmark_time_seconds"].positive())
        record.duration = Seconds(*seconds);
    checkRequests(root, record);
    document.records.push_back(std::move(record));
}

bool isInferencePerfSession(const ReportNode& root)
{
    return root["num_sessions"].exists() && root["session_duration_sec"].exists();
}

void readInferencePerfSession(const ReportNode& root, BenchmarkDocument& document)
{
    document.format = "inference-perf-session";
    const auto add = [&](const char* name, const ReportNode& node, const char* unit) {
        if (const auto value = node.number())
            document.facts.push_back({ name, *value, unit });
    };
    add("sessions", root["num_sessions"], "count");
    add("sessions succeeded", root["num_sessions_succeeded"], "count");
    add("sessions failed", root["num_sessions_failed"], "count");
    add("concurrent sessions", root["stage_metadata"]["concurrent_sessions"], "count");
    add("events", root["total_events"], "count");
    add("events completed", root["total_events_completed"], "count");
    add("events cancelled", root["total_events_cancelled"], "count");
    add("session rate", root["sessions_per_second"], "1/s");
    add("session duration, mean", root["session_duration_sec"]["mean"], "s");
    add("session duration, p99", root["session_duration_sec"]["p99"], "s");
    add("input tokens per session", root["total_input_tokens"]["mean"], "tokens");
    add("output tokens per session", root["total_output_tokens"]["mean"], "tokens");
    add("KV cache hits", root["kv_cache_hit_percent"], "percent");
    root.findings().add(Severity::Info, ErrorCode::Unsupported,
                        "figures of whole sessions, no load point to compare");
}

bool isInferencePerfSidecar(const ReportNode& root)
{
    return (root["harness_name"].exists() && root["experiment_id"].exists())
        || isSidecarConfig(root);
}

void readInferencePerfSidecar(const ReportNode& root, BenchmarkDocument& document)
{
    const bool isConfig = isSidecarConfig(root);
    document.format = isConfig ? "inference-perf-config" : "run-metadata";
    Sidecar sidecar;
    if (isConfig) {
        sidecar.model = root["server"]["model_name"].text();
        if (const auto tokens = root["data"]["input_distribution"]["mean"].positive())
            sidecar.nominalInput = Tokens(*tokens);
        if (const auto tokens = root["data"]["output_distribution"]["mean"].positive())
            sidecar.nominalOutput = Tokens(*tokens);
    } else {
        sidecar.model = root["model"].text();
        sidecar.tool = root["harness_name"].text();
        sidecar.toolVersion = root["harness_version"].text();
        sidecar.experimentId = root["experiment_id"].text();
        sidecar.description = root["description_text"].text();
        sidecar.start = root["harness_start"].text();
    }
    document.sidecar = std::move(sidecar);
    root.findings().add(Severity::Info, ErrorCode::Unsupported,
                        "no measurements itself; completes the reports of its folder when they are "
                        "imported together");
}

} // namespace llmd
