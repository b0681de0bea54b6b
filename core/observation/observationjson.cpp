// SPDX-License-Identifier: Apache-2.0
#include "validation.h"

#include <nlohmann/json.hpp>

#include <cmath>

namespace llmd {

namespace {

using Json = nlohmann::ordered_json;

/** null for what JSON has no number for. */
Json number(double value)
{
    return std::isfinite(value) ? Json(value) : Json(nullptr);
}

template <class T> Json orNull(const std::optional<T>& value)
{
    if (!value)
        return nullptr;
    if constexpr (std::is_same_v<T, double>)
        return number(*value);
    else
        return number(value->value());
}

Json figure(const std::optional<ObservedFigure>& observed)
{
    if (!observed)
        return nullptr;
    return { { "value", number(observed->value) },
             { "low", number(observed->low) },
             { "high", number(observed->high) } };
}

Json figure(const std::optional<PredictedFigure>& predicted)
{
    if (!predicted)
        return nullptr;
    Json json { { "value", number(predicted->value) } };
    json["low"] = predicted->stated ? number(predicted->low) : Json(nullptr);
    json["high"] = predicted->stated ? number(predicted->high) : Json(nullptr);
    return json;
}

Json latency(const ObservedLatency& observed)
{
    return { { "count", number(observed.count) }, { "mean", figure(observed.mean) },
             { "p50", figure(observed.p50) },     { "p90", figure(observed.p90) },
             { "p95", figure(observed.p95) },     { "p99", figure(observed.p99) } };
}

} // namespace

Json toJson(const Observation& observation)
{
    Json json { { "from", observation.window.from },
                { "to", observation.window.to },
                { "source", observation.source },
                { "servers", observation.servers },
                { "prefill_servers", observation.prefillServers },
                { "requests", number(observation.requests) },
                { "request_rate_rps", figure(observation.rate) },
                { "prompt_tokens", figure(observation.promptTokens) },
                { "output_tokens", figure(observation.outputTokens) },
                { "prefix_hit_share", orNull(observation.prefixHitShare) },
                { "burstiness", orNull(observation.burstiness) },
                { "ttft_s", latency(observation.ttft) },
                { "itl_s", latency(observation.itl) },
                { "e2e_s", latency(observation.e2e) },
                { "queueing_s", orNull(observation.queueing) },
                { "output_tokens_per_s", figure(observation.outputRate) },
                { "running_per_server", orNull(observation.running) },
                { "waiting_per_server", orNull(observation.waiting) },
                { "kv_cache_usage", orNull(observation.cacheUsage) },
                { "preemptions_per_request", orNull(observation.preemptionsPerRequest) } };
    json["configuration"] = Json { { "versions", observation.configuration.versions },
                                   { "models", observation.configuration.models },
                                   { "settings", observation.configuration.settings } };
    return json;
}

Json toJson(const Validation& validation)
{
    Json json { { "summary", validation.summary },
                { "judged", validation.judged },
                { "deviating", validation.deviating },
                { "saturated", validation.estimate.saturated } };
    json["figures"] = Json::array();
    for (const ComparedFigure& compared : validation.figures)
        json["figures"].push_back({ { "id", compared.id },
                                    { "unit", compared.unit },
                                    { "observed", figure(compared.observed) },
                                    { "predicted", figure(compared.predicted) },
                                    { "planned", figure(compared.planned) },
                                    { "verdict", toString(compared.verdict) } });
    json["differences"] = Json::array();
    for (const auto& difference : validation.differences)
        json["differences"].push_back({ { "setting", difference.setting },
                                        { "planned", difference.planned },
                                        { "observed", difference.observed },
                                        { "certain", difference.certain } });
    json["causes"] = Json::array();
    for (const LikelyCause& cause : validation.causes)
        json["causes"].push_back({ { "cause", toString(cause.kind) },
                                   { "text", cause.text },
                                   { "explains", cause.explains } });
    json["step_factor"] = orNull(validation.stepFactor);
    json["notes"] = validation.notes;
    return json;
}

} // namespace llmd
