// SPDX-License-Identifier: Apache-2.0
#include "observation.h"

#include <core/base/statistics.h>
#include <core/benchmarks/record.h>

#include <algorithm>
#include <cmath>

namespace llmd {

namespace {

/** A statistic of a benchmark: exact but for sampling, which `count` requests tell of. */
std::optional<ObservedFigure> statistic(const Distribution* values, Statistic statistic,
                                        double count)
{
    const auto value = values ? (*values)[statistic] : std::nullopt;
    if (!value)
        return std::nullopt;
    double half = 0;
    const auto deviation = (*values)[Statistic::StdDev];
    if (statistic == Statistic::Mean && deviation && count > 1)
        half = normalQuantile90 * *deviation / std::sqrt(count);
    return ObservedFigure { *value, std::max(0.0, *value - half), *value + half };
}

ObservedLatency latencyOf(const BenchmarkRecord& record, Metric metric, double count)
{
    const Distribution* values = record.metric(metric);
    return { statistic(values, Statistic::Mean, count), statistic(values, Statistic::P50, count),
             statistic(values, Statistic::P90, count),  statistic(values, Statistic::P95, count),
             statistic(values, Statistic::P99, count),  values ? count : 0 };
}

/** Mean of a length, or what was asked of the generator. */
std::optional<ObservedFigure> lengthOf(const BenchmarkRecord& record, Metric metric,
                                       const std::optional<Tokens>& nominal, double count)
{
    if (auto mean = statistic(record.metric(metric), Statistic::Mean, count))
        return mean;
    if (!nominal)
        return std::nullopt;
    return ObservedFigure { nominal->value(), nominal->value(), nominal->value() };
}

std::optional<double> variationOf(const Distribution* values)
{
    const auto mean = values ? (*values)[Statistic::Mean] : std::nullopt;
    const auto deviation = values ? (*values)[Statistic::StdDev] : std::nullopt;
    return mean && deviation && *mean > 0 ? std::optional(*deviation / *mean) : std::nullopt;
}

void readConfiguration(const BenchmarkRecord& record, Observation& observation)
{
    auto& configuration = observation.configuration;
    for (const std::string& version : record.engineVersions) {
        if (version != "unknown")
            configuration.versions.insert(version);
    }
    if (!record.model.empty()) {
        configuration.models.insert(record.model);
        configuration.settings["model_root"].insert(record.model);
    }
    if (!record.gpu.empty())
        configuration.settings["gpu"].insert(record.gpu);
    for (const ServedEngine& engine : record.engines) {
        const int servers = engine.replicas * std::max(1, engine.parallelism.data);
        (engine.role == "prefill" ? observation.prefillServers : observation.servers) += servers;
        if (engine.role == "prefill")
            continue;
        configuration.settings["layout"].insert(engine.parallelism.label());
        const auto take = [&](const char* flag, const char* setting) {
            if (const auto it = engine.args.find(flag); it != engine.args.end())
                configuration.settings[setting].insert(it->second);
        };
        take("block-size", "block_size");
        take("gpu-memory-utilization", "gpu_memory_utilization");
        take("max-model-len", "max_model_len");
        take("kv-cache-dtype", "cache_dtype");
        if (engine.args.contains("no-enable-prefix-caching"))
            configuration.settings["enable_prefix_caching"].insert("false");
    }
    if (observation.servers == 0)
        observation.allServers = false; // the report does not say how many there were
}

} // namespace

Observation observationOf(const BenchmarkRecord& record)
{
    Observation observation;
    observation.live = false;
    observation.source = record.tool.empty() ? "benchmark report" : record.tool;
    const auto failed = static_cast<double>(record.failures.value_or(0));
    const auto sent = static_cast<double>(record.total.value_or(0));
    observation.requests = std::max(0.0, sent - failed);
    const double count = observation.requests;
    if (sent > 0)
        observation.failureShare = failed / sent;
    if (record.duration)
        observation.window = { 0, record.duration->value() };
    // A closed loop has a rate too, but what loads it is the number in flight.
    if (record.load.concurrency && !record.load.rate)
        observation.concurrency = *record.load.concurrency;
    else if (const auto rate = record.load.rate ? record.load.rate : record.requestRate)
        observation.rate = ObservedFigure { rate->value(), rate->value(), rate->value() };
    observation.promptTokens =
        lengthOf(record, Metric::InputLength, record.load.nominalInput, count);
    observation.outputTokens =
        lengthOf(record, Metric::OutputLength, record.load.nominalOutput, count);
    observation.promptVariation = variationOf(record.metric(Metric::InputLength));
    observation.outputVariation = variationOf(record.metric(Metric::OutputLength));
    if (record.load.lengths == "fixed") {
        observation.promptVariation = observation.promptVariation.value_or(0);
        observation.outputVariation = observation.outputVariation.value_or(0);
    }
    observation.ttft = latencyOf(record, Metric::Ttft, count);
    observation.itl = latencyOf(record, Metric::Tpot, count);
    if (!observation.itl.mean)
        observation.itl = latencyOf(record, Metric::Itl, count);
    observation.e2e = latencyOf(record, Metric::E2e, count);
    if (record.outputRate)
        observation.outputRate =
            ObservedFigure { record.outputRate->value(), record.outputRate->value(),
                             record.outputRate->value() };
    if (record.load.burstiness && *record.load.burstiness > 0)
        observation.burstiness = 1 / *record.load.burstiness;
    readConfiguration(record, observation);
    if (observation.failureShare.value_or(0) > 0.01)
        observation.notes.push_back("More than 1 % of the requests of this run failed, so its "
                                    "latencies are of those that were answered.");
    if (record.level.starts_with("summary"))
        observation.notes.push_back("The report mixes stages of different load.");
    return observation;
}

} // namespace llmd
