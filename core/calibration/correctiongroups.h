// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "corrections.h"

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

/** What was learned from runs, as people are shown it and as it is shared. */
namespace llmd {

/** The runs of one model and release on a GPU, and what is multiplied for them. */
struct CorrectionGroup
{
    CorrectionTraits traits;
    std::size_t runs = 0;
    Correction correction;
};
/** Sorted by their traits. */
[[nodiscard]] std::vector<CorrectionGroup> correctionGroups(const Corrections& corrections);

/** What the runs of a store say about an engine. */
struct Calibration
{
    bool active = false; ///< estimates are corrected
    CorrectionPairs pairs;
    Corrections corrections;
    CorrectionErrors errors;
};
/** Pairs, corrections and cross-validation of the runs of a store. Fails when cancelled and on a store that cannot be read. */
[[nodiscard]] Result<Calibration> calibrationOf(BenchmarkStore& store, const Catalog& catalog,
                                                const Engine& engine, RunContext& context);

/** The corrections that are to be applied now: those of the store's runs, none where they are switched off. */
[[nodiscard]] Result<Corrections> activeCorrections(BenchmarkStore& store, const Catalog& catalog,
                                                    const Engine& engine, RunContext& context);

/** Writes a store with nothing but the runs that teach something, for `BenchmarkStore::merge` elsewhere. */
[[nodiscard]] Result<> exportCorrectionRuns(BenchmarkStore& store, const Corrections& corrections,
                                            const std::filesystem::path& path);

} // namespace llmd
