// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "drift.h"
#include "observedplan.h"

#include <core/performance/coefficients.h>
#include <core/search/search.h>
#include <core/spec/plandiff.h>
#include <core/tuning/schedulertuning.h>

#include <nlohmann/json_fwd.hpp>

#include <memory>
#include <optional>
#include <string>
#include <vector>

/** What to change about a running deployment when its traffic or its speed is not what was planned. */
namespace llmd {

/** What was found to be different. */
struct Shift
{
    std::optional<double> peakRate; ///< requests per second to plan for; absent = as planned
    std::optional<double> promptTokens;
    std::optional<double> outputTokens;
    std::optional<double> prefixHitShare;
    std::optional<double> burstiness;
    double stepFactor = 1; ///< on the step times of the engine

    bool operator==(const Shift&) const = default;
    [[nodiscard]] bool any() const;
};
/** From the alarms of a drift detector, and from a validation's factor on step times. */
[[nodiscard]] Shift shiftOf(const std::vector<DriftSignal>& drift,
                            std::optional<double> stepFactor);
/** One plain sentence: "requests at 24/s instead of 10/s; prompts of 900 tokens instead of 512". */
[[nodiscard]] std::string describe(const Shift& shift, const ResolvedNeed& planned);

/** One way to go on. */
struct Proposal
{
    std::string title; ///< "4 replicas instead of 2"
    Option option; ///< predicted for the shifted need
    PlanDiff diff; ///< from what is planned now: changes, reload level, downtime
    DollarsPerSecond costChange; ///< against the present plan; 0 where there is no price
    std::string gain; ///< what it brings, one sentence with figures
};

struct AdaptationOptions
{
    bool tune = true; ///< also router weights and scheduler settings, by simulation: seconds
    std::uint64_t requests = 2000; ///< of each simulated run
    int confirmingSeeds = 8;
};

struct Adaptation
{
    Requirements requirements; ///< the plan's with what has shifted
    ResolvedNeed need;
    Option current; ///< the present plan under the shifted need
    std::vector<Proposal> proposals; ///< easiest reload first, then by cost; all meet the targets
    std::optional<std::size_t>
        recommended; ///< the easiest one that costs at most 5 % more than the cheapest
    std::optional<RouterTuning> router; ///< of two replicas or more, aggregated
    std::optional<SchedulerTuning> scheduler;
    std::string verdict; ///< what to do, one or two sentences
    std::shared_ptr<const SearchReport> report; ///< keeps what the options point to alive
};

/**
 * Judges the present plan under the shifted need and looks for better ones of the same model on the same GPU: other replicas (level
 * 0), other scheduler settings (1), another layout or split of prefill and decode (2 or 3), each with its reload level; with
 * `tune`, router weights and scheduler settings are compared by simulation. Seconds; reports progress, and fails on cancellation and
 * where a need or plan cannot be predicted.
 */
[[nodiscard]] Result<Adaptation> adapt(const ObservedPlan& plan, const Shift& shift,
                                       const Engine& engine, const Coefficients& coefficients,
                                       const AdaptationOptions& options, RunContext& context);

[[nodiscard]] nlohmann::ordered_json toJson(const Adaptation& adaptation);

} // namespace llmd
