// SPDX-License-Identifier: Apache-2.0
// What the versions of llm-d-benchmark's report have in common.
#include "formats.h"
#include "sha256.h"

#include <core/base/text.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

namespace llmd {

namespace {

using Json = nlohmann::json;

struct LatencyName
{
    std::string_view name;
    Metric metric;
};
constexpr std::array<LatencyName, 5> latencyNames { {
    { "time_to_first_token", Metric::Ttft },
    { "time_per_output_token", Metric::Tpot },
    { "inter_token_latency", Metric::Itl },
    { "normalized_time_per_output_token", Metric::Ntpot },
    { "request_latency", Metric::E2e },
} };

bool isMilliseconds(const ReportNode& latency, std::string_view name)
{
    const auto unit = secondsPerUnit(latency[name]["units"].text());
    return unit && *unit == 1e-3;
}

/** Old plugin and parameter names and the new ones that mean the same. */
void renameRouterPlugin(Json& plugin)
{
    static const std::map<std::string, std::string> renamed {
        { "kv-cache-scorer", "kv-cache-utilization-scorer" },
        { "pd-profile-handler", "disagg-profile-handler" },
    };
    for (const char* key : { "type", "name", "pluginRef" }) {
        if (!plugin.contains(key) || !plugin[key].is_string())
            continue;
        const auto it = renamed.find(plugin[key].get<std::string>());
        if (it != renamed.end())
            plugin[key] = it->second;
    }
    if (!plugin.contains("parameters") || !plugin["parameters"].is_object())
        return;
    auto& parameters = plugin["parameters"];
    if (parameters.contains("blockSize") && !parameters.contains("blockSizeTokens"))
        parameters["blockSizeTokens"] = parameters["blockSize"];
    parameters.erase("blockSize");
    // The old limit counts blocks, the new one tokens.
    if (parameters.contains("maxPrefixBlocksToMatch")
        && parameters["maxPrefixBlocksToMatch"].is_number()
        && parameters.contains("blockSizeTokens") && parameters["blockSizeTokens"].is_number()) {
        parameters["maxPrefixTokensToMatch"] = parameters["maxPrefixBlocksToMatch"].get<double>()
            * parameters["blockSizeTokens"].get<double>();
        parameters.erase("maxPrefixBlocksToMatch");
    }
    // 512 and 512.0 are one value.
    for (auto& [key, value] : parameters.items()) {
        if (value.is_number())
            value = value.get<double>();
    }
}

Json withNewRouterNames(Json config)
{
    config.erase("apiVersion");
    config.erase("kind");
    if (config.contains("plugins") && config["plugins"].is_array()) {
        for (auto& plugin : config["plugins"]) {
            if (plugin.is_object())
                renameRouterPlugin(plugin);
        }
    }
    if (!config.contains("schedulingProfiles") || !config["schedulingProfiles"].is_array())
        return config;
    for (auto& profile : config["schedulingProfiles"]) {
        if (!profile.is_object() || !profile.contains("plugins") || !profile["plugins"].is_array())
            continue;
        for (auto& plugin : profile["plugins"]) {
            if (!plugin.is_object())
                continue;
            renameRouterPlugin(plugin);
            if (plugin.contains("weight") && plugin["weight"].is_number())
                plugin["weight"] = plugin["weight"].get<double>();
        }
    }
    return config;
}

std::string joinedDistinct(const std::vector<ServedEngine>& engines,
                           std::string ServedEngine::*field)
{
    std::vector<std::string> distinct;
    for (const auto& engine : engines) {
        const auto& value = engine.*field;
        if (!value.empty() && std::find(distinct.begin(), distinct.end(), value) == distinct.end())
            distinct.push_back(value);
    }
    return join(distinct, " + ");
}

template <class T>
void fromConfig(BenchmarkRecord& record, std::optional<T>& field, std::optional<double> value,
                const char* name)
{
    if (field || !value)
        return;
    field = T(*value);
    record.origins[name] = Origin::Config;
}

void concurrencyFromConfig(BenchmarkRecord& record, std::optional<int> value)
{
    if (record.load.concurrency || !value || *value < 1)
        return;
    record.load.concurrency = value;
    record.origins["concurrency"] = Origin::Config;
}

void readInferencePerfConfig(const ReportNode& args, BenchmarkRecord& record)
{
    const auto stage =
        args["load"]["stages"][static_cast<std::size_t>(std::max(0, record.stage.value_or(0)))];
    concurrencyFromConfig(record, stage["concurrency_level"].smallCount());
    if (args["load"]["type"].text() != "concurrent" && !record.load.concurrency)
        fromConfig(record, record.load.rate, stage["rate"].positive(), "rate");
    fromConfig(record, record.load.nominalInput,
               args["data"]["input_distribution"]["mean"].positive(), "input");
    fromConfig(record, record.load.nominalOutput,
               args["data"]["output_distribution"]["mean"].positive(), "output");
    const auto prefix = args["data"]["shared_prefix"];
    fromConfig(record, record.load.nominalOutput, prefix["output_len"].positive(), "output");
    fromConfig(record, record.load.prefix, prefix["system_prompt_len"].positive(), "prefix");
    if (!record.load.prefixGroups)
        record.load.prefixGroups = prefix["num_groups"].smallCount();
}

} // namespace

Distribution readTimeStatistics(const ReportNode& node)
{
    if (!node.isObject())
        return readDistribution(node); // nothing, with a finding if something else is there
    const auto unit = node["units"].text();
    const auto factor = secondsPerUnit(unit);
    if (!factor) {
        node.findings().add(Severity::Error, ErrorCode::InvalidArgument,
                            unit.empty()
                                ? "no unit, so the figures cannot be used; expected ms or s"
                                : "unknown unit '" + unit + "', expected ms or s",
                            node.path() + ".units");
        return {};
    }
    return readDistribution(node, *factor);
}

Distribution readCountStatistics(const ReportNode& node)
{
    if (!node.isObject())
        return readDistribution(node);
    const auto unit = node["units"].text();
    if (!unit.empty() && !isCountUnit(unit)) {
        node.findings().add(Severity::Error, ErrorCode::InvalidArgument,
                            "unknown unit '" + unit + "', expected count", node.path() + ".units");
        return {};
    }
    return readDistribution(node);
}

void readReportLatencies(const ReportNode& latency, BenchmarkRecord& record)
{
    for (const auto& [name, metric] : latencyNames)
        setMetric(record, metric, readTimeStatistics(latency[name]), std::string(name), true);
    auto& metrics = record.metrics;
    // GuideLLM counts the first token's time into its "time per output token", and its "inter-token latency" is the
    // per-request average that everybody else calls TPOT (vllm-project/guidellm issues 1144 and 1145).
    if (isTool(record, "guidellm")
        && (metrics.contains(Metric::Tpot) || metrics.contains(Metric::Itl))) {
        if (const auto tpot = metrics.find(Metric::Tpot); tpot != metrics.end()) {
            metrics[Metric::Ntpot] = tpot->second;
            metrics.erase(tpot);
        }
        if (const auto itl = metrics.find(Metric::Itl); itl != metrics.end())
            metrics[Metric::Tpot] = itl->second;
        record.notes.emplace_back("guidellm: TPOT->NTPOT, ITL->TPOT");
    }
    // AIPerf's inter-token latency is (E2E - TTFT) / (n - 1) of each request.
    if (isTool(record, "aiperf") && metrics.contains(Metric::Itl)
        && !metrics.contains(Metric::Tpot)) {
        metrics[Metric::Tpot] = metrics[Metric::Itl];
        record.notes.emplace_back("aiperf: ITL->TPOT");
    }
}

void correctMislabelledSeconds(const ReportNode& latency, BenchmarkRecord& record, bool version1)
{
    // 0 where there is nothing with the label ms.
    const auto labelled = [&](std::string_view name, Metric metric) {
        return isMilliseconds(latency, name) ? record.mean(metric).value_or(0) : 0.0;
    };
    const double e2e = labelled("request_latency", Metric::E2e);
    const double ttft = record.mean(Metric::Ttft).value_or(0);
    const double output = record.mean(Metric::OutputLength).value_or(0);
    double perToken = output >= 1 ? e2e / output : 0;
    // No hardware generates a token of a whole answer in less than 0.1 ms.
    constexpr double fastestPerToken = 1e-4;
    const bool tooFast = perToken > 0 && perToken < fastestPerToken;
    if (perToken == 0)
        perToken = labelled("normalized_time_per_output_token", Metric::Ntpot);
    if (perToken == 0)
        perToken = labelled("time_per_output_token", Metric::Tpot);
    // Until 2025-09-26 seconds of inference-perf were labelled ms throughout.
    if (version1 && isTool(record, "inference-perf") && perToken > 0
        && perToken < fastestPerToken) {
        for (const auto& [name, metric] : latencyNames) {
            const auto it = record.metrics.find(metric);
            if (it != record.metrics.end() && isMilliseconds(latency, name))
                it->second.values.scale(1000);
        }
        record.notes.emplace_back("all latencies mislabelled ms (are s): corrected");
        return;
    }
    // Until 2026-08-17 only the request latency of GuideLLM was; it then seems to end before its first token.
    if (isTool(record, "guidellm") && e2e > 0 && (ttft > 0 ? e2e < ttft : tooFast)) {
        record.metrics[Metric::E2e].values.scale(1000);
        record.notes.emplace_back("request_latency mislabelled ms (is s): corrected");
    }
}

void readEngineArguments(const ReportNode& args, ServedEngine& engine)
{
    for (const auto& key : args.keys()) {
        const auto value = args[key];
        auto name = key.substr(std::min(key.find_first_not_of('-'), key.size()));
        std::replace(name.begin(), name.end(), '_', '-');
        engine.args[name] = !value.exists() ? std::string()
            : value.isObject() || value.isArray()
            ? value.json().dump(-1, ' ', false, Json::error_handler_t::replace)
            : value.text();
    }
    const auto flag = engine.args.find("enable-expert-parallel");
    if (flag != engine.args.end() && toLower(flag->second) != "false")
        engine.parallelism.expert = true;
}

void readRouterConfig(const ReportNode& config, ServedRouter& router)
{
    if (!config.isObject() || config.size() == 0)
        return;
    router.config = config.json().dump(-1, ' ', false, Json::error_handler_t::replace);
    router.configHash = sha256Hex(
        withNewRouterNames(config.json()).dump(-1, ' ', false, Json::error_handler_t::replace));
}

void summariseStack(const ReportNode& where, BenchmarkRecord& record)
{
    const auto model = joinedDistinct(record.engines, &ServedEngine::model);
    if (!model.empty())
        record.model = model;
    record.gpu = joinedDistinct(record.engines, &ServedEngine::gpu);
    record.disaggregated =
        std::any_of(record.engines.begin(), record.engines.end(),
                    [](const ServedEngine& engine) { return engine.role == "prefill"; });
    long long gpus = 0;
    long long byParallelism = 0;
    bool allKnown = true;
    for (const auto& engine : record.engines) {
        allKnown = allKnown && engine.gpus();
        gpus += engine.gpus().value_or(0);
        if (engine.gpus())
            byParallelism += static_cast<long long>(engine.replicas) * engine.parallelism.gpus();
    }
    if (gpus > 0 && !allKnown) {
        where.findings().add(Severity::Warning, ErrorCode::MissingField,
                             "the number of GPUs of some engines is not known, so neither is "
                             "their sum; add it by hand",
                             where.path());
    } else if (gpus > 0) {
        record.gpus = static_cast<int>(std::min<long long>(gpus, 1'000'000'000));
    }
    if (gpus != byParallelism) {
        where.findings().add(
            Severity::Warning, ErrorCode::InvalidArgument,
            fmt::format("{} GPUs by accelerator count, {} by parallelism; the first is used", gpus,
                        byParallelism),
            where.path());
    }
    for (const auto& engine : record.engines) {
        if (const auto it = engine.args.find("quantization");
            it != engine.args.end() && record.precision.empty())
            record.precision = it->second;
    }
    summariseEngines(record);
}

void readGeneratorConfig(const ReportNode& args, BenchmarkRecord& record)
{
    if (isTool(record, "inference-perf")) {
        readInferencePerfConfig(args, record);
        return;
    }
    if (isTool(record, "vllm-benchmark") || isTool(record, "inferencemax")) {
        const auto either = [&](std::string_view plain, std::string_view dashed) {
            return args[plain].exists() ? args[plain] : args[dashed];
        };
        fromConfig(record, record.load.rate, either("request_rate", "request-rate").positive(),
                   "rate");
        concurrencyFromConfig(record, either("max_concurrency", "max-concurrency").smallCount());
        if (!record.load.burstiness)
            record.load.burstiness = args["burstiness"].positive();
    }
}

void checkRequests(const ReportNode& where, BenchmarkRecord& record)
{
    const auto& total = record.total;
    if (total && record.failures && *record.failures > *total) {
        where.findings().add(
            Severity::Warning, ErrorCode::InvalidArgument,
            fmt::format("{} failures of {} requests cannot be", *record.failures, *total),
            where.path());
        return;
    }
    const long long lost = record.failures.value_or(0) + record.incomplete.value_or(0);
    if (total && lost > *total) {
        where.findings().add(
            Severity::Warning, ErrorCode::InvalidArgument,
            fmt::format("{} failed and unfinished requests of {} cannot be", lost, *total),
            where.path());
        return;
    }
    // Its converter counts the kinds of errors.
    if (isTool(record, "aiperf") && record.failures.value_or(0) > 0
        && where.path().find("requests") != std::string::npos) {
        where.findings().add(Severity::Warning, ErrorCode::InvalidArgument,
                             "the failures of AIPerf in this report are kinds of errors, so there "
                             "may have been more failed requests",
                             where.path());
    }
    const auto rate = record.successRate();
    if (!rate)
        return;
    if (*rate == 0) {
        where.findings().add(Severity::Warning, ErrorCode::InvalidArgument,
                             "all requests failed, so there are no latencies", where.path());
    } else if (*rate < 0.95) {
        where.findings().add(Severity::Warning, ErrorCode::InvalidArgument,
                             fmt::format("only {:.1f} % of the requests were answered; the "
                                         "latencies are those of the survivors",
                                         *rate * 100),
                             where.path());
    }
}

void reportUnknownKeys(const ReportNode& node, const std::vector<std::string>& known)
{
    std::vector<std::string> unknown;
    for (const auto& key : node.keys()) {
        if (std::find(known.begin(), known.end(), key) == known.end())
            unknown.push_back(key);
    }
    node.findings().unknownKeys(unknown, node.path());
}

void warnOfOtherTools(const ReportNode& load, const BenchmarkRecord& record)
{
    for (const char* name : { "eval-containers", "priority-mix", "lm-eval" }) {
        if (isTool(record, name))
            load.findings().add(Severity::Warning, ErrorCode::Unsupported,
                                "'" + record.tool
                                    + "' does not measure serving at a load point; do not compare "
                                      "its latencies with those of load generators",
                                load.path());
    }
}

} // namespace llmd
