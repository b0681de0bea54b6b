// SPDX-License-Identifier: Apache-2.0
// llm-d-benchmark's report 0.1 (schema: llm-d/llm-d-benchmark, benchmark_report/, read 2026-08).
#include "formats.h"

#include <core/base/text.h>

#include <fmt/format.h>

#include <algorithm>

namespace llmd {

namespace {

ServedEngine readEngine(const ReportNode& scenario, std::size_t index)
{
    const auto accelerator = scenario["host"]["accelerator"][index];
    const auto platform = scenario["platform"]["engine"][index];
    ServedEngine engine;
    if (const auto role = toLower(scenario["host"]["type"][index].text()); !role.empty())
        engine.role = role;
    engine.gpu = accelerator["model"].text();
    engine.gpusPerWorker = accelerator["count"].smallCount();
    const auto parallelism = accelerator["parallelism"];
    const auto degree = [&](const char* key) {
        return std::max(1, parallelism[key].smallCount().value_or(1));
    };
    engine.parallelism = { degree("tp"), degree("pp"), degree("dp"), degree("ep") > 1 };
    engine.image = platform["name"].text();
    engine.name = engine.image.find("vllm") != std::string::npos ? "vllm" : "";
    engine.version = engineVersionOf(platform["version"].text());
    if (engine.version.empty())
        engine.version = engineVersionOf(engine.image);
    engine.model = scenario["model"]["name"].text();
    readEngineArguments(platform["args"], engine);
    return engine;
}

/** Equal neighbours are replicas of one engine. */
void readStack(const ReportNode& scenario, BenchmarkRecord& record)
{
    const auto count =
        std::max(scenario["host"]["accelerator"].size(), scenario["platform"]["engine"].size());
    for (std::size_t i = 0; i < count; ++i) {
        auto engine = readEngine(scenario, i);
        if (!record.engines.empty()) {
            auto previous = record.engines.back();
            previous.replicas = 1;
            if (previous == engine) {
                ++record.engines.back().replicas;
                continue;
            }
        }
        record.engines.push_back(std::move(engine));
    }
    summariseStack(scenario["host"]["accelerator"], record);
    record.model = scenario["model"]["name"].text();
    if (const auto quantization = scenario["model"]["quantization"].text(); !quantization.empty())
        record.precision = quantization;
    const auto scheduler = scenario["platform"]["metadata"]["inferenceScheduler"];
    readRouterConfig(scheduler, record.router);
}

void readRequests(const ReportNode& requests, const ReportNode& args, BenchmarkRecord& record)
{
    record.total = requests["total"].count();
    record.failures = requests["failures"].count();
    record.incomplete = requests["incomplete"].count();
    setMetric(record, Metric::InputLength, readCountStatistics(requests["input_length"]),
              "input_length", true);
    setMetric(record, Metric::OutputLength, readCountStatistics(requests["output_length"]),
              "output_length", true);
    // The converter of vLLM results wrote the answered requests as the total.
    const auto sent =
        args["num_prompts"].exists() ? args["num_prompts"].count() : args["num-prompts"].count();
    if ((isTool(record, "vllm-benchmark") || isTool(record, "inferencemax")) && sent && record.total
        && *sent > *record.total && record.failures.value_or(0) == 0) {
        record.failures = *sent - *record.total;
        record.total = sent;
        record.notes.emplace_back("total counted answered requests: num_prompts taken instead");
    }
    checkRequests(requests, record);
}

void readThroughput(const ReportNode& throughput, BenchmarkRecord& record)
{
    if (const auto value = throughput["input_tokens_per_sec"].positive())
        record.inputRate = TokensPerSecond(*value);
    if (const auto value = throughput["output_tokens_per_sec"].positive())
        record.outputRate = TokensPerSecond(*value);
    if (const auto value = throughput["total_tokens_per_sec"].positive())
        record.totalRate = TokensPerSecond(*value);
    if (const auto value = throughput["requests_per_sec"].positive())
        record.requestRate = RequestsPerSecond(*value);
}

void addFact(BenchmarkDocument& document, const char* name, const ReportNode& statistics)
{
    const auto mean = statistics["mean"].number();
    if (mean && !readDistribution(statistics).isAllZero())
        document.facts.push_back({ name, *mean, statistics["units"].text() });
}

/** What the accelerators of each engine were seen to use. */
void readResources(const ReportNode& accelerators, BenchmarkDocument& document)
{
    for (std::size_t i = 0; i < accelerators.size(); ++i) {
        const auto one = accelerators[i];
        addFact(document, "gpu_memory_consumption", one["memory"]["consumption"]);
        addFact(document, "gpu_memory_utilization", one["memory"]["utilization"]);
        addFact(document, "gpu_memory_bandwidth", one["memory"]["bandwidth"]);
        addFact(document, "gpu_compute_utilization", one["compute"]["utilization"]);
        addFact(document, "gpu_power", one["power"]);
    }
}

/** One entry per engine process in each list, where the list is there at all. */
void checkListLengths(const ReportNode& root)
{
    const auto host = root["scenario"]["host"];
    const auto expected = host["accelerator"].size();
    for (const auto& list : { host["type"], root["scenario"]["platform"]["engine"],
                              root["metrics"]["resources"]["accelerator"] }) {
        if (expected > 0 && list.size() > 0 && list.size() != expected)
            list.warn(fmt::format("expected {} entries as in scenario.host.accelerator, found {}",
                                  expected, list.size()));
    }
}

void reportUnknown(const ReportNode& root)
{
    reportUnknownKeys(root, { "version", "scenario", "metrics", "metadata" });
    reportUnknownKeys(root["scenario"],
                      { "description", "host", "platform", "model", "load", "metadata" });
    const auto metrics = root["metrics"];
    reportUnknownKeys(metrics,
                      { "time", "requests", "latency", "throughput", "service", "resources",
                        "description", "metadata" });
    reportUnknownKeys(metrics["requests"],
                      { "total", "failures", "incomplete", "input_length", "output_length" });
    reportUnknownKeys(metrics["latency"],
                      { "time_to_first_token", "request_latency", "time_per_output_token",
                        "inter_token_latency", "normalized_time_per_output_token" });
    reportUnknownKeys(metrics["throughput"],
                      { "total_tokens_per_sec", "input_tokens_per_sec", "output_tokens_per_sec",
                        "requests_per_sec" });
}

} // namespace

bool isBenchmarkReport1(const ReportNode& root)
{
    const auto version = root["version"].text();
    return (version.empty() || version == "0.1" || version == "v0.1" || version == "V0.1")
        && root["metrics"].isObject() && root["scenario"].isObject();
}

void readBenchmarkReport1(const ReportNode& root, BenchmarkDocument& document)
{
    document.format = "benchmark-report";
    document.formatVersion = "0.1";
    if (!root["version"].exists())
        root.findings().add(Severity::Warning, ErrorCode::MissingField,
                            "no version, read as 0.1; the version ends a report, so this one may "
                            "have been cut off",
                            "version");
    reportUnknown(root);
    checkListLengths(root);
    const auto scenario = root["scenario"];
    const auto metrics = root["metrics"];
    const auto load = scenario["load"];
    BenchmarkRecord record;
    record.tool = load["name"].text();
    record.stage = load["metadata"]["stage"].smallCount();
    record.experimentId = root["metadata"]["eid"].text();
    record.description = scenario["description"].text();
    if (const auto duration = metrics["time"]["duration"].positive())
        record.duration = Seconds(*duration);
    record.start = metrics["time"]["start"].text();
    readStack(scenario, record);
    readRequests(metrics["requests"], load["args"], record);
    readReportLatencies(metrics["latency"], record);
    correctMislabelledSeconds(metrics["latency"], record, true);
    readThroughput(metrics["throughput"], record);
    readGeneratorConfig(load["args"], record);
    addFact(document, "batch_size", metrics["service"]["batch_size"]);
    addFact(document, "queue_size", metrics["service"]["queue_size"]);
    addFact(document, "kv_cache_size", metrics["service"]["kv_cache_size"]);
    readResources(metrics["resources"]["accelerator"], document);
    warnOfOtherTools(load, record);
    if (record.tool == "nop") {
        root.findings().add(Severity::Info, ErrorCode::Unsupported,
                            "times of model loading, no load point to compare",
                            "scenario.load.name");
        return;
    }
    document.records.push_back(std::move(record));
}

} // namespace llmd
