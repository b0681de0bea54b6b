// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "confidence.h"

#include <core/performance/simulation/simulation.h>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace llmd {

/** What a router shall make better. */
enum class RouterObjective { TtftMean, TtftTail, E2eMean, Goodput };
[[nodiscard]] std::string_view toString(RouterObjective objective); ///< "ttft-mean", "ttft-p95" …
[[nodiscard]] std::optional<RouterObjective> parseRouterObjective(std::string_view text);
inline constexpr std::array allRouterObjectives { RouterObjective::TtftMean,
                                                  RouterObjective::TtftTail,
                                                  RouterObjective::E2eMean,
                                                  RouterObjective::Goodput };

struct RouterTuningProblem
{
    /** Candidate with at least two replicas, and traffic; its router is what others are compared with. */
    Scenario scenario;
    RouterObjective objective = RouterObjective::TtftTail;
    int screeningSeeds = 3; ///< runs of every set of weights
    int finalists = 4; ///< the best of them, judged by runs of their own
    int confirmingSeeds = 12;
    double confidence = 0.95; ///< that all intervals hold at once
};

/** Means over the runs. */
struct RouterFigures
{
    Seconds ttftMean;
    Seconds ttftTail; ///< p95
    Seconds itlMean;
    Seconds e2eMean;
    double attainment = 1; ///< share within the scenario's limits
    double prefixHitRate = 0;
    double imbalance = 1; ///< requests of the busiest replica over the mean
    double saturated = 0; ///< share of the runs in which the queue grew to the end

    bool operator==(const RouterFigures&) const = default;
};

struct RouterTrial
{
    RouterSettings router;
    double screened = 0; ///< gain in the screening runs, 0.1 = 10 % better; favours the lucky
    std::optional<ConfidenceInterval> gain; ///< of a finalist, in runs that chose nothing
    RouterFigures figures; ///< over the confirming runs of a finalist, else the screening ones
};

struct RouterTuning
{
    RouterTrial standard; ///< the scenario's router, over the confirming runs
    std::vector<RouterTrial> trials; ///< finalists by gain, then the rest by the screening
    /** Index of the finalist with the largest gain among those whose interval lies above 0. */
    std::optional<std::size_t> recommended;
    std::string verdict; ///< one sentence
    std::size_t runs = 0;
    Seconds elapsed;
};

/**
 * Sets of scorer weights worth trying for this traffic: llm-d's prefix-cache, queue, KV utilisation, load-aware, running
 * requests and no-hit scorers, session affinity where there are conversations. Prefix scorers only where prompts share
 * anything. Without the standard one. Sums decide in the endpoint picker, so only ratios of weights matter.
 */
[[nodiscard]] std::vector<RouterSettings> routerCandidates(const Scenario& scenario);

/**
 * Runs every set of weights under the same requests (equal seeds), keeps the best few, and compares those with the
 * standard in fresh runs, pair by pair: the logarithm of the ratio of the objective, its mean over the runs with Student's
 * interval, Bonferroni's correction for the number of finalists. A gain is real if its interval excludes 0.
 *
 * Equal for any number of threads. Reports progress as "router". Fails on a bad scenario, on fewer than two replicas and
 * on cancellation.
 */
[[nodiscard]] Result<RouterTuning> tuneRouter(const RouterTuningProblem& problem,
                                              const Catalog& catalog,
                                              const Coefficients& coefficients,
                                              RunContext& context);

} // namespace llmd
