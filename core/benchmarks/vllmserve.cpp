// SPDX-License-Identifier: Apache-2.0
// `vllm bench serve` and the older benchmark_serving.py that InferenceMAX runs; latencies in ms.
#include "formats.h"

#include <core/base/text.h>

#include <fmt/format.h>

#include <algorithm>

namespace llmd {

namespace {

bool isInferenceMaxRaw(const ReportNode& root)
{
    const auto keys = root.keys(); // the value of the misspelt key is often null
    return std::find(keys.begin(), keys.end(), "best_of") != keys.end()
        || std::find(keys.begin(), keys.end(), "request_goodput:") != keys.end();
}

void readRates(const ReportNode& root, BenchmarkRecord& record)
{
    if (const auto value = root["output_throughput"].number())
        record.outputRate = TokensPerSecond(*value);
    if (const auto value = root["total_token_throughput"].number())
        record.totalRate = TokensPerSecond(*value);
    if (const auto value = root["request_throughput"].number())
        record.requestRate = RequestsPerSecond(*value);
    const auto input = root["total_input_tokens"].positive();
    if (input && record.duration)
        record.inputRate = Tokens(*input) / *record.duration;
    for (const char* key : { "request_goodput", "request_goodput:" }) {
        if (const auto value = root[key].number())
            record.goodputRate = RequestsPerSecond(*value);
    }
}

/** Means over the answered requests, from the totals of their tokens. */
void readLengths(const ReportNode& root, std::optional<long long> completed,
                 BenchmarkRecord& record)
{
    if (!completed || *completed == 0)
        return;
    const auto set = [&](Metric metric, const char* key) {
        if (const auto total = root[key].positive()) {
            Distribution values;
            values.set(Statistic::Mean, *total / static_cast<double>(*completed));
            setMetric(record, metric, values, key);
        }
    };
    set(Metric::InputLength, "total_input_tokens");
    set(Metric::OutputLength, "total_output_tokens");
}

/** What `--metadata key=value` put at the top level. */
void readMetadata(const ReportNode& root, BenchmarkRecord& record)
{
    ServedEngine engine;
    // The client speaks the protocols of other engines too.
    const auto backend = toLower(root["backend"].text());
    engine.name = backend.starts_with("sglang") ? "sglang"
        : backend.starts_with("tensorrt")       ? "tensorrt-llm"
        : backend.starts_with("tgi")            ? "tgi"
        : backend.starts_with("lmdeploy")       ? "lmdeploy"
                                                : "vllm";
    for (const char* key : { "vllm_version", "version", "engine_version" }) {
        if (engine.version.empty())
            engine.version = engineVersionOf(root[key].text());
    }
    const auto degree = [&](const char* longName, const char* shortName) {
        const auto node = root[longName].exists() ? root[longName] : root[shortName];
        return std::max(1, node.smallCount().value_or(1));
    };
    engine.parallelism.tensor = degree("tensor_parallel_size", "tp");
    engine.parallelism.pipeline = degree("pipeline_parallel_size", "pp");
    engine.parallelism.data = degree("data_parallel_size", "dp");
    engine.gpu = root["gpu"].text();
    const bool hasTopology = root["tensor_parallel_size"].exists() || root["tp"].exists();
    if (engine.version.empty() && !hasTopology && engine.gpu.empty())
        return;
    engine.model = record.model;
    if (hasTopology)
        engine.gpusPerWorker = engine.parallelism.gpus();
    record.gpu = engine.gpu;
    record.gpus = engine.gpus();
    record.engines.push_back(std::move(engine));
    summariseEngines(record);
}

} // namespace

bool isVllmServe(const ReportNode& root)
{
    return root["date"].exists() && root["model_id"].exists()
        && (root["mean_ttft_ms"].exists() || root["mean_e2el_ms"].exists());
}

void readVllmServe(const ReportNode& root, BenchmarkDocument& document)
{
    const bool inferenceMax = isInferenceMaxRaw(root);
    document.format = inferenceMax ? "inferencemax-raw" : "vllm-bench-serve";
    if (!root["mean_ttft_ms"].exists()) {
        root.findings().add(Severity::Error, ErrorCode::Unsupported,
                            "a run of an embedding or pooling model, which generates no tokens",
                            "mean_ttft_ms");
        return;
    }
    BenchmarkRecord record;
    record.tool = inferenceMax ? "inferencemax" : "vllm-benchmark";
    record.model = root["model_id"].text();
    record.start = root["date"].text();
    record.description = root["label"].text();
    if (const auto duration = root["duration"].positive())
        record.duration = Seconds(*duration);
    if (const auto rate = root["request_rate"].positive())
        record.load.rate = RequestsPerSecond(*rate);
    record.load.concurrency = root["max_concurrency"].smallCount();
    record.load.burstiness = root["burstiness"].positive();
    const auto completed = root["completed"].count();
    record.total = root["num_prompts"].count();
    record.failures = root["failed"].count();
    if (!record.total && completed)
        record.total = *completed + record.failures.value_or(0);
    if (!record.failures && record.total && completed && *completed <= *record.total)
        record.failures = *record.total - *completed;
    if (completed && record.total && *completed + record.failures.value_or(0) > *record.total)
        root.findings().add(Severity::Warning, ErrorCode::InvalidArgument,
                            fmt::format("{} answered and {} failed requests are more than the {} "
                                        "that were sent",
                                        *completed, record.failures.value_or(0), *record.total),
                            "completed");
    constexpr double ms = 1e-3;
    setMetric(record, Metric::Ttft, readFlatDistribution(root, "_ttft_ms", ms), "ttft_ms", true);
    setMetric(record, Metric::Tpot, readFlatDistribution(root, "_tpot_ms", ms), "tpot_ms", true);
    setMetric(record, Metric::Itl, readFlatDistribution(root, "_itl_ms", ms), "itl_ms", true);
    setMetric(record, Metric::E2e, readFlatDistribution(root, "_e2el_ms", ms), "e2el_ms", true);
    readLengths(root, completed, record);
    readRates(root, record);
    deriveMissingE2e(record);
    readMetadata(root, record);
    checkRequests(root, record);
    document.records.push_back(std::move(record));
}

} // namespace llmd
