// SPDX-License-Identifier: Apache-2.0
#include "tuningjson.h"

#include "loadcurvejson.h"

#include <nlohmann/json.hpp>

#include <cmath>

namespace llmd {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t samplesApart = 20; ///< of 15 s

Json number(double value)
{
    return std::isfinite(value) ? Json(value) : Json();
}

Json intervalJson(const std::optional<ConfidenceInterval>& interval)
{
    if (!interval)
        return Json();
    return Json { { "lo", number(interval->low) },
                  { "mean", number(interval->mean) },
                  { "hi", number(interval->high) } };
}

Json figuresJson(const RouterFigures& figures)
{
    return Json { { "ttft_mean_ms", inMilliseconds(figures.ttftMean) },
                  { "ttft_p95_ms", inMilliseconds(figures.ttftTail) },
                  { "itl_mean_ms", inMilliseconds(figures.itlMean) },
                  { "e2e_mean_ms", inMilliseconds(figures.e2eMean) },
                  { "attainment", figures.attainment },
                  { "prefix_hit_rate", figures.prefixHitRate },
                  { "imbalance", figures.imbalance },
                  { "saturated_runs", figures.saturated } };
}

Json trialJson(const RouterTrial& trial)
{
    return Json { { "router", toString(trial.router) },
                  { "screened_gain", number(trial.screened) },
                  { "gain", intervalJson(trial.gain) },
                  { "figures", figuresJson(trial.figures) } };
}

Json settingsJson(const AutoscalerSettings& settings)
{
    return Json {
        { "min_replicas", settings.minReplicas },
        { "max_replicas", settings.maxReplicas },
        { "target_in_flight_per_replica", settings.targetInFlight },
        { "scale_up_window_s", settings.scaleUpWindow.value() },
        { "scale_down_window_s", settings.scaleDownWindow.value() },
        { "scale_up",
          Json { { "pods", settings.podsUp }, { "period_s", settings.upPeriod.value() } } },
        { "scale_down",
          Json { { "pods", settings.podsDown }, { "period_s", settings.downPeriod.value() } } }
    };
}

Json trialJson(const ScalingTrial& trial)
{
    return Json {
        { "settings", settingsJson(trial.settings) },
        { "attainment", trial.attainment },
        { "attainment_interval", intervalJson(trial.reached) },
        { "worst_day", trial.worstDay },
        { "worst_hour", trial.worstHour },
        { "replica_hours_per_day", trial.replicaHours },
        { "most_replicas", trial.mostReplicas },
        { "changes_per_day", trial.changesPerDay },
        { "longest_wait_s", trial.longestWait },
        { "cost_per_hour_usd", trial.cost ? Json(inDollarsPerHour(*trial.cost)) : Json() },
        { "saving", intervalJson(trial.saving) },
    };
}

} // namespace

Json toJson(const RouterTuning& tuning)
{
    Json trials = Json::array();
    for (const RouterTrial& trial : tuning.trials)
        trials.push_back(trialJson(trial));
    return Json {
        { "verdict", tuning.verdict },
        { "standard", trialJson(tuning.standard) },
        { "recommended",
          tuning.recommended ? Json(toString(tuning.trials[*tuning.recommended].router)) : Json() },
        { "trials", std::move(trials) },
        { "runs", tuning.runs },
        { "elapsed_ms", inMilliseconds(tuning.elapsed) },
    };
}

Json toJson(const AutoscalingTuning& tuning)
{
    Json trials = Json::array();
    for (const ScalingTrial& trial : tuning.trials)
        trials.push_back(trialJson(trial));
    Json samples = Json::array();
    for (std::size_t i = 0; i < tuning.day.samples.size(); i += samplesApart) {
        const DaySample& sample = tuning.day.samples[i];
        samples.push_back({ { "time_s", sample.time.value() },
                            { "rate_rps", sample.rate.value() },
                            { "ready", sample.ready },
                            { "starting", sample.starting },
                            { "in_flight", sample.inFlight },
                            { "attainment", sample.attainment } });
    }
    return Json {
        { "verdict", tuning.verdict },
        { "fixed", trialJson(tuning.fixed) },
        { "recommended",
          tuning.recommended ? trialJson(tuning.trials[*tuning.recommended]) : Json() },
        { "trials", std::move(trials) },
        { "examined", tuning.examined },
        { "days", tuning.days },
        { "elapsed_ms", inMilliseconds(tuning.elapsed) },
        { "day", std::move(samples) },
        { "curve", toJson(tuning.curve) },
    };
}

} // namespace llmd
