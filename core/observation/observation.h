// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "histogram.h"
#include "serieshistory.h"

#include <core/base/units.h>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

/** What a running deployment did in a stretch of time, from live metrics or from a benchmark. */
namespace llmd {

struct BenchmarkRecord;

/** One latency over the requests of a window, seconds. */
struct ObservedLatency
{
    std::optional<ObservedFigure> mean;
    std::optional<ObservedFigure> p50;
    std::optional<ObservedFigure> p90;
    std::optional<ObservedFigure> p95;
    std::optional<ObservedFigure> p99;
    double count = 0;

    bool operator==(const ObservedLatency&) const = default;
};

/** What the servers say of themselves; empty where they do not. */
struct ObservedConfiguration
{
    std::set<std::string> versions; ///< of vLLM
    std::set<std::string> models; ///< names that are served
    std::map<std::string, std::set<std::string>>
        settings; ///< "block_size", "cache_dtype", "gpu_memory_utilization", "num_gpu_blocks", "max_model_len" …
    bool operator==(const ObservedConfiguration&) const = default;
};

struct Observation
{
    TimeWindow window;
    std::string source; ///< where it comes from, for people
    bool live = true; ///< false: of a benchmark record
    int servers = 0; ///< that answer requests
    int prefillServers = 0; ///< that compute prompts for others
    bool allServers = true; ///< false: perhaps only some of the deployment's servers are read

    double requests = 0; ///< that ended in the window
    std::optional<ObservedFigure> rate; ///< requests per second, all servers
    std::optional<double> failureShare;
    std::optional<double> concurrency; ///< of a closed loop
    std::optional<ObservedFigure> promptTokens; ///< mean
    std::optional<ObservedFigure> outputTokens;
    std::optional<double> promptVariation; ///< coefficients of variation
    std::optional<double> outputVariation;
    std::optional<double> prefixHitShare; ///< of the prompt tokens
    std::optional<double> burstiness; ///< of the arrivals; from several windows

    ObservedLatency ttft;
    ObservedLatency itl;
    ObservedLatency e2e;
    std::optional<Seconds> queueing; ///< mean wait before a request is scheduled
    std::optional<ObservedFigure> outputRate; ///< tokens per second, all servers
    std::optional<double> running; ///< mean per server
    std::optional<double> mostRunning; ///< on one server
    std::optional<double> waiting;
    std::optional<double> cacheUsage; ///< share of the KV cache, mean
    std::optional<double> preemptionsPerRequest;
    std::optional<double> imbalance; ///< requests of the busiest server over the mean
    std::optional<double> pickerQueue; ///< requests held back by the endpoint picker, mean

    ObservedConfiguration configuration;
    std::vector<std::string> notes; ///< what limits these figures, plain sentences
};

/**
 * What the series say of a window. Servers are told apart by their labels `pod`, `instance` and `engine`; those whose pod or
 * instance names "prefill" compute prompts for the others: their lengths and prefix hits count, and their time is added to the mean TTFT. Of old and
 * new names of a figure the newest that a server has counts.
 */
[[nodiscard]] Observation observe(const SeriesHistory& history, const TimeWindow& window);

/** A benchmark as an observation, so that it is compared in the same way. */
[[nodiscard]] Observation observationOf(const BenchmarkRecord& record);

} // namespace llmd
