// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "autoscalingday.h"
#include "confidence.h"

#include <core/base/runcontext.h>

#include <optional>
#include <string>
#include <vector>

namespace llmd {

struct AutoscalingProblem
{
    /** One replica; its shape, targets, peak and head-room size the static deployment that scaling is compared with. */
    LoadCurveProblem load;
    DayOfLoad day; ///< its largest rate should be the peak
    Seconds coldStart { 180 };
    double attainment = 0.95; ///< share of the day's requests that must be within all limits
    int screeningSeeds = 3; ///< days of every set of settings
    int finalists = 4; ///< judged by days of their own
    int confirmingSeeds = 12;
    double confidence = 0.95; ///< that all intervals hold at once
};

/** One set of settings over several days. */
struct ScalingTrial
{
    AutoscalerSettings settings;
    double attainment = 0; ///< mean over the days
    double worstDay = 0; ///< least of the days
    double worstHour = 0; ///< least attainment of an hour of all days
    double replicaHours = 0; ///< per day
    double mostReplicas = 0; ///< of any day
    double changesPerDay = 0; ///< replicas started and removed
    double longestWait = 0; ///< s, of all days
    std::optional<DollarsPerSecond> cost; ///< mean over the day
    /** Of a finalist: share of the static deployment's replica hours that it saves, in days that chose nothing. */
    std::optional<ConfidenceInterval> saving;
    std::optional<ConfidenceInterval> reached; ///< of a finalist: attainment
};

struct AutoscalingTuning
{
    LoadCurve curve; ///< of one replica
    ScalingTrial fixed; ///< replicas for the peak, all day
    std::vector<ScalingTrial>
        trials; ///< finalists by replica hours, then the rest that reached the attainment
    std::size_t examined = 0; ///< sets of settings
    std::size_t days = 0; ///< that were simulated
    std::optional<std::size_t>
        recommended; ///< index in `trials`; absent: keep the static deployment
    std::string verdict; ///< one sentence
    DayReport day; ///< one day of what is recommended, with samples, for a chart
    Seconds elapsed;
};

/**
 * Fewest replicas x requests in flight aimed at x scale-down window x speed of adding, under the same days (equal
 * seeds). The sets that reach the attainment on every screening day and take the fewest replica hours are judged on
 * fresh days: one is recommended if the lower end of its attainment's interval reaches what is wanted and the interval of
 * its saving excludes 0, both with Bonferroni's correction.
 *
 * Equal for any number of threads. Reports progress as "autoscaling". Fails where the load curve does, where no
 * load meets the targets, on bad settings and on cancellation.
 */
[[nodiscard]] Result<AutoscalingTuning> tuneAutoscaling(const AutoscalingProblem& problem,
                                                        const Engine& engine, RunContext& context);

} // namespace llmd
