// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "candidateoptions.h"
#include "measurements.h"

#include <core/performance/estimate.h>
#include <core/workload/workload.h>

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <string>
#include <vector>

namespace llmd::cli {

/** What one engine says: an estimate, or why it has none. */
struct EngineAnswer
{
    std::string engine;
    Result<Estimate> estimate; ///< with what was learned from the user's runs
    Correction correction {};
    std::optional<Estimate> uncalibrated {}; ///< where there is a correction
};

/** Asks the engines of a list of ids with commas, one after the other, with corrections where `measurements` has some.
    Fails only if an id is not known or the measurements cannot be read. */
[[nodiscard]] Result<std::vector<EngineAnswer>>
askEngines(const Session& session, const std::string& ids, const OwnedCandidate& owned,
           const Workload& workload, Measurements* measurements = nullptr);

/** One answer as `llmd estimate --json` prints it, with `error` in place of the estimate if there is none. */
[[nodiscard]] nlohmann::ordered_json answerJson(const OwnedCandidate& owned,
                                                const EngineAnswer& answer);

/** All engines side by side: figures, differences to the first, provenance. */
[[nodiscard]] std::string comparisonText(const OwnedCandidate& owned,
                                         const std::vector<EngineAnswer>& answers);

/** Of several engines the first one that has an estimate decides. */
[[nodiscard]] ExitCode exitCodeOf(const std::vector<EngineAnswer>& answers);

} // namespace llmd::cli
