// SPDX-License-Identifier: Apache-2.0
#include "servingmetrics.h"

#include <algorithm>
#include <set>

namespace llmd {

namespace {

constexpr std::array<std::string_view, 3> histogramSuffixes { "_bucket", "_sum", "_count" };

std::vector<std::string> seriesOf(const ServingMetric& metric)
{
    if (metric.kind != MetricKind::Histogram)
        return metric.names;
    std::vector<std::string> series;
    for (const std::string& name : metric.names) {
        for (const std::string_view suffix : histogramSuffixes)
            series.push_back(name + std::string(suffix));
    }
    return series;
}

std::set<std::string, std::less<>> allSeries()
{
    std::set<std::string, std::less<>> series;
    for (const ServingMetric& metric : servingMetrics())
        series.merge(std::set<std::string, std::less<>>([&metric] {
            const auto names = seriesOf(metric);
            return std::set<std::string, std::less<>>(names.begin(), names.end());
        }()));
    return series;
}

} // namespace

const std::vector<ServingMetric>& servingMetrics()
{
    using F = ServingFigure;
    using K = MetricKind;
    static const std::vector<ServingMetric> metrics {
        { F::RequestsDone, K::Counter, { "vllm:request_success_total" } },
        { F::PromptTokens, K::Counter, { "vllm:prompt_tokens_total" } },
        { F::OutputTokens, K::Counter, { "vllm:generation_tokens_total" } },
        { F::Preemptions, K::Counter, { "vllm:num_preemptions_total" } },
        { F::PrefixQueries,
          K::Counter,
          { "vllm:prefix_cache_queries_total", "vllm:gpu_prefix_cache_queries_total" } },
        { F::PrefixHits,
          K::Counter,
          { "vllm:prefix_cache_hits_total", "vllm:gpu_prefix_cache_hits_total" } },
        { F::Running, K::Gauge, { "vllm:num_requests_running" } },
        { F::Waiting, K::Gauge, { "vllm:num_requests_waiting" } },
        { F::CacheUsage, K::Gauge, { "vllm:kv_cache_usage_perc", "vllm:gpu_cache_usage_perc" } },
        { F::Ttft, K::Histogram, { "vllm:time_to_first_token_seconds" } },
        { F::Itl,
          K::Histogram,
          { "vllm:inter_token_latency_seconds", "vllm:time_per_output_token_seconds" } },
        { F::E2e, K::Histogram, { "vllm:e2e_request_latency_seconds" } },
        { F::QueueTime, K::Histogram, { "vllm:request_queue_time_seconds" } },
        { F::PromptLength, K::Histogram, { "vllm:request_prompt_tokens" } },
        { F::OutputLength, K::Histogram, { "vllm:request_generation_tokens" } },
        { F::CacheConfig, K::Info, { "vllm:cache_config_info" } },
        { F::PickerRequests,
          K::Counter,
          { "llm_d_epp_request_total", "inference_objective_request_total",
            "inference_model_request_total" } },
        { F::PickerQueue,
          K::Gauge,
          { "llm_d_epp_flow_control_queue_size", "inference_extension_flow_control_queue_size" } },
    };
    return metrics;
}

const ServingMetric& servingMetric(ServingFigure figure)
{
    return *std::ranges::find(servingMetrics(), figure, &ServingMetric::figure);
}

bool isServingSeries(std::string_view name)
{
    static const auto series = allSeries();
    return series.contains(name);
}

std::string servingSeriesPattern()
{
    std::string pattern;
    for (const ServingMetric& metric : servingMetrics()) {
        for (const std::string& name : metric.names) {
            if (!pattern.empty())
                pattern += '|';
            pattern += name;
            if (metric.kind == MetricKind::Histogram)
                pattern += "_(bucket|sum|count)";
        }
    }
    return pattern;
}

} // namespace llmd
