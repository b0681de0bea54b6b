// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "search.h"

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace llmd {

/** What a second engine says of one option of a search. */
struct RefinedOption
{
    std::size_t original = 0; ///< index in the options of the search
    Option option; ///< sized and predicted again; as it was where `obstacle` says why not
    bool meetsTargets = false;
    std::string
        obstacle; ///< why it is out: a target, a limit, or that the engine cannot predict it
    std::string difference; ///< plain words: replicas and latencies before and after
};

/** The best options of a search, predicted again by a slower and more exact engine. */
struct Refinement
{
    /** The search's report with those refined options that still meet the targets and limits in place of its own. */
    std::shared_ptr<const SearchReport> report;
    std::vector<RefinedOption> options; ///< in the order they were asked for
    std::string engine; ///< id
    std::size_t asked = 0;
    Seconds elapsed;
    bool cancelled = false; ///< `options` holds those that were finished
};

/**
 * Sizes these options of a search again: the fewest replicas with which the engine meets all targets while the
 * head-room is used up too, within the limits on GPUs and money; then their latencies at the peak and at the mean load.
 * `capacityPerReplica` becomes the rate that this proved, not the largest possible one.
 *
 * Several options at once; the result depends neither on threads nor on which options are refined together: all see the
 * same random numbers, those of the context's seed. Reports progress as "refine". Fails on an index without an option.
 */
[[nodiscard]] Result<Refinement> refine(std::shared_ptr<const SearchReport> report,
                                        std::span<const std::size_t> options,
                                        const Requirements& requirements, const Engine& engine,
                                        RunContext& context);

} // namespace llmd
