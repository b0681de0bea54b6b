// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "confidence.h"
#include "routertuning.h"

#include <core/performance/simulation/simulation.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

/** What the tuners share: settings are compared by runs under the same requests, one run of each against one of the standard. */
namespace llmd {

[[nodiscard]] RouterFigures figuresOf(const SimulationReport& report);
/** Of at least one run. */
[[nodiscard]] RouterFigures meanOf(const std::vector<RouterFigures>& runs);

/**
 * How much better the runs of a trial are than those of the standard, 0.1 where the objective is 10 % better: less of a latency, more
 * of a share. From the mean of the logarithms of standard over trial, run by run; the interval holds with `confidence`
 * for all of so many `comparisons` at once.
 */
[[nodiscard]] ConfidenceInterval gainOf(const std::vector<RouterFigures>& standard,
                                        const std::vector<RouterFigures>& trial,
                                        RouterObjective objective, double confidence,
                                        int comparisons);

/** "3.1 % (1.2 % to 5.0 %)" */
[[nodiscard]] std::string gainText(const ConfidenceInterval& gain);

/**
 * Sorts the finalists, which come first, by their gain; the index of the best one that is better beyond chance, if there is
 * one. Luck in the screening does not count: `gain` comes from runs that chose nothing.
 */
template <class Trial>
[[nodiscard]] std::optional<std::size_t> sortFinalists(std::vector<Trial>& trials,
                                                       std::size_t finalists)
{
    const auto end = trials.begin() + static_cast<std::ptrdiff_t>(finalists);
    std::stable_sort(trials.begin(), end,
                     [](const Trial& a, const Trial& b) { return a.gain->mean > b.gain->mean; });
    const auto best = std::find_if(trials.begin(), end,
                                   [](const Trial& trial) { return trial.gain->isAbove(0); });
    return best == end ? std::nullopt
                       : std::optional(static_cast<std::size_t>(best - trials.begin()));
}

} // namespace llmd
