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
        return {};
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
        return {};
    const auto unit = node["units"].text();
    if (!unit.empty() && unit != "count" && unit != "tokens") {
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
    if (record.tool == "guidellm"
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
    if (record.tool == "aiperf" && metrics.contains(Metric::Itl)
        && !metrics.contains(Metric::Tpot)) {
        metrics[Metric::Tpot] = metrics[Metric::Itl];
        record.notes.emplace_back("aiperf: ITL->TPOT");
    }
}

void correctMislabelledSeconds(const ReportNode& latency, BenchmarkRecord& record, bool version1)
{
    const auto e2e = record.mean(Metric::E2e);
    const auto ttft = record.mean(Metric::Ttft);
    if (!e2e || !isMilliseconds(latency, "request_latency"))
        return;
    // Until 2025-09-26 seconds of inference-perf were labelled ms throughout. No hardware generates a token of a whole
    // answer in less than 0.1 ms.
    constexpr double fastestPerToken = 1e-4;
    const auto output = record.mean(Metric::OutputLength);
    if (version1 && record.tool == "inference-perf" && output && *output >= 1
        && *e2e / *output < fastestPerToken) {
        for (auto& [metric, measured] : record.metrics) {
            if (isLatency(metric))
                measured.values.scale(1000);
        }
        record.notes.emplace_back("all latencies mislabelled ms (are s): corrected");
        return;
    }
    // Until 2026-08-17 only the request latency of GuideLLM was; it then seems to end before its first token.
    if (record.tool == "guidellm" && ttft && *e2e < *ttft) {
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
    if (flag != engine.args.end() && flag->second != "false")
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
    int gpus = 0;
    int byParallelism = 0;
    for (const auto& engine : record.engines) {
        gpus += engine.gpus().value_or(0);
        if (engine.gpus())
            byParallelism += engine.replicas * engine.parallelism.gpus();
    }
    if (gpus > 0)
        record.gpus = gpus;
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
    if (record.tool == "inference-perf") {
        readInferencePerfConfig(args, record);
        return;
    }
    if (record.tool == "vllm-benchmark" || record.tool == "inferencemax") {
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

} // namespace llmd
