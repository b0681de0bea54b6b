// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace llmd {

/** What of a model server or of the endpoint picker is read, whatever a version calls it. */
enum class ServingFigure {
    RequestsDone,
    PromptTokens,
    OutputTokens,
    Preemptions,
    PrefixQueries, ///< tokens that were looked up in the prefix cache
    PrefixHits,
    Running,
    Waiting,
    CacheUsage,
    Ttft,
    Itl,
    E2e,
    QueueTime,
    PromptLength,
    OutputLength,
    CacheConfig,
    PickerRequests,
    PickerQueue,
};

enum class MetricKind { Counter, Gauge, Histogram, Info };

/** A figure with the names it has had, the newest first: during a change of names servers report both. */
struct ServingMetric
{
    ServingFigure figure = ServingFigure::RequestsDone;
    MetricKind kind = MetricKind::Counter;
    std::vector<std::string> names; ///< without the suffixes of histograms
};

/**
 * Names of vLLM from 0.4 on (docs.vllm.ai "Production Metrics" of 0.4.0, 0.8.5, 0.9.1 and 0.32.0) and of the endpoint
 * picker (`llm_d_epp_…` with its older aliases `inference_objective_…`, `inference_model_…`, `inference_extension_…`).
 */
[[nodiscard]] const std::vector<ServingMetric>& servingMetrics();
[[nodiscard]] const ServingMetric& servingMetric(ServingFigure figure);

/** Whether a series belongs to a figure that is read; only those are kept. */
[[nodiscard]] bool isServingSeries(std::string_view name);
/** All series as a regular expression for `__name__`. */
[[nodiscard]] std::string servingSeriesPattern();

} // namespace llmd
