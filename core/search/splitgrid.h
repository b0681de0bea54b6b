// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "loadcurve.h"

#include <optional>
#include <vector>

namespace llmd {

struct SplitGridProblem
{
    Candidate
        candidate; ///< an aggregated one is split: both roles get its parallelism and settings
    Workload peak; ///< with the load of the whole deployment
    Slo slo;
    Transfer transfer; ///< of an aggregated candidate that is split
    std::optional<DollarsPerSecond> prefillPrice; ///< of one GPU; without prices there is no cost
    std::optional<DollarsPerSecond> decodePrice;
    int largest = 16; ///< servers of a role in the grid, at least 2
};

/** So many prefill servers and so many that decode. */
struct SplitCell
{
    int prefill = 1;
    int decode = 1;
    int gpus = 0;
    std::optional<DollarsPerSecond> cost;
    Estimate estimate; ///< at the peak
    Attainment attainment; ///< share of the requests within all limits
    bool meetsTargets = false;
};

/** What one role carries for each number of its servers. */
struct RoleCapacity
{
    RequestsPerSecond perServer;
    int needed = 0; ///< servers that carry the peak within the role's derate; 0 if none do
    double derate = 1; ///< share of the capacity that is planned with
};

struct SplitGrid
{
    Candidate candidate; ///< with its disaggregation; replicas of both roles play no role
    bool hypothetical = false; ///< the option itself is aggregated
    int stride = 1; ///< servers between two cells of a row or column
    int columns = 0; ///< prefill
    int rows = 0; ///< decode
    std::vector<SplitCell> cells; ///< row by row, fewest servers first
    RequestsPerSecond peak;
    Slo slo;
    RoleCapacity prefill;
    RoleCapacity decode;
    std::optional<SplitCell> own; ///< how the option itself is split; only its servers are set
    std::optional<std::size_t>
        cheapest; ///< cell within the targets with the fewest dollars, or GPUs without a price

    [[nodiscard]] const SplitCell& at(int column, int row) const
    {
        return cells[static_cast<std::size_t>(row) * static_cast<std::size_t>(columns)
                     + static_cast<std::size_t>(column)];
    }
};

/**
 * Predicts every split of a deployment into prefill and decode servers around the one that the peak needs. Computed on
 * several threads; equal for any number of them. Fails where the engine cannot predict disaggregated serving, where the
 * rules of disaggregation forbid the candidate, and on cancellation.
 */
[[nodiscard]] Result<SplitGrid> splitGrid(const SplitGridProblem& problem, const Engine& engine,
                                          RunContext& context);

} // namespace llmd
