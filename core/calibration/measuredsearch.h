// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/base/result.h>
#include <core/benchmarks/match.h>
#include <core/search/search.h>

#include <cstddef>
#include <filesystem>
#include <map>
#include <memory>
#include <string>

namespace llmd {

/** What a search found, with measurements in place of estimates where exactly that was measured. */
struct MeasuredSearch
{
    std::shared_ptr<const SearchReport> report;
    std::map<std::string, MatchOutcome> applied; ///< at the peak, by id of the option
    std::map<std::string, Estimate> estimated; ///< what gave way, by id of the option
};

/** A search that knows what was measured. */
struct InformedSearch
{
    MeasuredSearch found;
    std::size_t correctionRuns = 0; ///< that the estimates were corrected by; 0 without corrections
    std::string obstacle; ///< why the measurements of the store are not used, empty if they are
};

/**
 * Searches with the corrections of a store where they are switched on, then puts measurements, the built-in ones among them, in
 * place of estimates. A store that cannot be read does not stop it (`obstacle`); one that does not exist is empty.
 */
[[nodiscard]] Result<InformedSearch>
searchInformed(const SearchProblem& problem, const std::shared_ptr<const Catalog>& catalog,
               const Engine& engine, const std::filesystem::path& store, RunContext& context);

/**
 * Looks up every option at its peak and its mean load. Options whose measurement misses a target fall out of the rankings like
 * any that miss it. Cancelled, it leaves the rest estimated. Fails on a store that cannot be read.
 */
[[nodiscard]] Result<MeasuredSearch> withMeasurements(std::shared_ptr<const SearchReport> report,
                                                      MeasurementFinder& finder,
                                                      const RunContext& context = {});

} // namespace llmd
