// SPDX-License-Identifier: Apache-2.0
#include "recordjson.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace llmd {

namespace {

using Json = nlohmann::ordered_json;

Json orNull(const std::string& text)
{
    return text.empty() ? Json() : Json(text);
}

template <class T> Json orNull(const std::optional<T>& value)
{
    return value ? Json(*value) : Json();
}

template <class Dim> Json orNull(const std::optional<Quantity<Dim>>& value)
{
    return value ? Json(value->value()) : Json();
}

Json distributionJson(const Distribution* distribution)
{
    if (!distribution)
        return {};
    Json json = Json::object();
    for (std::size_t i = 0; i < statisticCount; ++i) {
        const auto statistic = static_cast<Statistic>(i);
        if (const auto value = (*distribution)[statistic])
            json[std::string(toString(statistic))] = *value;
    }
    return json;
}

/** Which fields a point of each format has; a contract with scripts. */
struct Shape
{
    bool toolVersion = true;
    bool stage = false;
    bool stack = false; ///< pd and gpu_model
    bool run = false; ///< run_uid and eid
    bool load = true; ///< model, GPUs, rate, lengths and token rates
    bool goodputPercent = false;
    bool goodputRate = false;
};

Shape shapeOf(const std::string& format)
{
    if (format == "benchmark-report")
        return { .stage = true, .stack = true, .run = true };
    if (format == "inference-perf")
        return { .goodputPercent = true };
    if (format == "guidellm")
        return { .stage = true };
    if (format == "guidellm-csv")
        return { .toolVersion = false, .load = false };
    if (format == "vllm-bench-serve" || format == "inferencemax-raw")
        return { .goodputRate = true };
    if (format == "inferencemax-agg" || format == "planner-database")
        return { .stack = true };
    return {};
}

/** Nothing if the report itself did not state it. */
template <class T> Json stated(const BenchmarkRecord& record, const char* field, const T& value)
{
    return record.origin(field) == Origin::Report ? orNull(value) : Json();
}

Json pointJson(const BenchmarkRecord& record, const Shape& shape)
{
    Json json;
    json["tool"] = stated(record, "tool", record.tool);
    if (shape.toolVersion)
        json["tool_version"] = stated(record, "tool_version", record.toolVersion);
    if (shape.stage)
        json["stage"] = stated(record, "stage", record.stage);
    if (shape.load) {
        json["model"] = stated(record, "model", record.model);
        if (shape.stack)
            json["pd"] = record.disaggregated.value_or(false);
        json["gpus"] = stated(record, "gpus", record.gpus);
        if (shape.stack)
            json["gpu_model"] = stated(record, "gpu", record.gpu);
        json["engine_versions"] = record.engineVersions;
        json["rate_qps"] = stated(record, "rate", record.load.rate);
        json["concurrency"] = stated(record, "concurrency", record.load.concurrency);
    }
    if (shape.run) {
        json["run_uid"] = orNull(record.runUid);
        json["eid"] = stated(record, "experiment_id", record.experimentId);
    }
    json["total"] = orNull(record.total);
    json["failures"] = orNull(record.failures);
    json["incomplete"] = orNull(record.incomplete);
    for (const auto metric : allMetrics) {
        const bool inCsv = metric == Metric::Ttft || metric == Metric::Tpot
            || metric == Metric::Ntpot || metric == Metric::E2e;
        if (shape.load || inCsv)
            json[std::string(toString(metric))] = distributionJson(record.metric(metric));
    }
    if (shape.load) {
        json["input_tps"] = orNull(record.inputRate);
        json["output_tps"] = orNull(record.outputRate);
        json["total_tps"] = orNull(record.totalRate);
    }
    json["rps"] = orNull(record.requestRate);
    if (shape.goodputPercent) {
        json["goodput_percentage"] = orNull(record.goodputPercent);
        json["level"] = orNull(record.level);
    }
    if (shape.goodputRate)
        json["goodput_rps"] = orNull(record.goodputRate);
    json["warnings"] = record.notes;
    return json;
}

Json engineJson(const ServedEngine& engine)
{
    return { { "role", engine.role },
             { "replicas", engine.replicas },
             { "workers", engine.workers },
             { "engine", orNull(engine.name) },
             { "version", orNull(engine.version) },
             { "image", orNull(engine.image) },
             { "model", orNull(engine.model) },
             { "gpu", orNull(engine.gpu) },
             { "gpus_per_worker", orNull(engine.gpusPerWorker) },
             { "tp", engine.parallelism.tensor },
             { "pp", engine.parallelism.pipeline },
             { "dp", engine.parallelism.data },
             { "expert_parallel", engine.parallelism.expert },
             { "args", engine.args } };
}

/** Counts, distributions and rates. */
void addMeasured(const BenchmarkRecord& record, Json& json)
{
    json["total"] = orNull(record.total);
    json["failures"] = orNull(record.failures);
    json["incomplete"] = orNull(record.incomplete);
    json["success_rate"] = orNull(record.successRate());
    json["metrics"] = Json::object();
    for (const auto& [metric, measured] : record.metrics) {
        auto& entry = json["metrics"][std::string(toString(metric))];
        entry = distributionJson(&measured.values);
        entry["definition"] = measured.definition;
        if (measured.derived)
            entry["derived"] = true;
    }
    json["input_tps"] = orNull(record.inputRate);
    json["output_tps"] = orNull(record.outputRate);
    json["total_tps"] = orNull(record.totalRate);
    json["rps"] = orNull(record.requestRate);
    json["goodput_percentage"] = orNull(record.goodputPercent);
    json["goodput_rps"] = orNull(record.goodputRate);
}

} // namespace

Json toInspectJson(const BenchmarkDocument& document)
{
    // A sidecar is no report, and that is all that scripts need to know here.
    const bool isReport = document.isKnown() && !document.sidecar;
    Json json { { "format", isReport ? document.format : "unknown" },
                { "format_version", isReport ? orNull(document.formatVersion) : Json() },
                { "points", Json::array() } };
    const auto shape = shapeOf(document.format);
    for (const auto& record : document.records)
        json["points"].push_back(pointJson(record, shape));
    return json;
}

Json toJson(const BenchmarkRecord& record)
{
    Json json { { "tool", orNull(record.tool) },
                { "tool_version", orNull(record.toolVersion) },
                { "run_uid", orNull(record.runUid) },
                { "experiment_id", orNull(record.experimentId) },
                { "description", orNull(record.description) },
                { "stage", orNull(record.stage) },
                { "level", orNull(record.level) },
                { "start", orNull(record.start) },
                { "duration_s", orNull(record.duration) },
                { "model", orNull(record.model) },
                { "precision", orNull(record.precision) },
                { "gpu", orNull(record.gpu) },
                { "gpus", orNull(record.gpus) },
                { "pd", orNull(record.disaggregated) },
                { "topology", orNull(record.topology()) },
                { "engine_versions", record.engineVersions } };
    json["engines"] = Json::array();
    for (const auto& engine : record.engines)
        json["engines"].push_back(engineJson(engine));
    json["router"] = { { "version", orNull(record.router.version) },
                       { "config_hash", orNull(record.router.configHash) },
                       { "gateway", orNull(record.router.gateway) } };
    const auto& load = record.load;
    json["load"] = { { "rate_rps", orNull(load.rate) },
                     { "concurrency", orNull(load.concurrency) },
                     { "input_tokens", orNull(load.nominalInput) },
                     { "output_tokens", orNull(load.nominalOutput) },
                     { "lengths", orNull(load.lengths) },
                     { "source", orNull(load.source) },
                     { "prefix_tokens", orNull(load.prefix) },
                     { "prefix_groups", orNull(load.prefixGroups) },
                     { "turns", orNull(load.turns) },
                     { "burstiness", orNull(load.burstiness) } };
    addMeasured(record, json);
    json["notes"] = record.notes;
    json["origins"] = Json::object();
    for (const auto& [field, origin] : record.origins)
        json["origins"][field] = std::string(toString(origin));
    return json;
}

} // namespace llmd
