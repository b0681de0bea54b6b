// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commandline.h"

#include <core/benchmarks/match.h>
#include <core/calibration/corrections.h>

#include <nlohmann/json_fwd.hpp>

#include <memory>
#include <optional>
#include <string>

namespace llmd::cli {

/** The store of `--store`, or the user's. */
[[nodiscard]] Result<std::filesystem::path> storePath(const std::string& option);

/** Options of commands that show measurements in place of estimates. */
struct MeasurementOptions
{
    std::string store;
    bool off = false;
    bool uncalibrated = false;

    void addTo(CLI::App& command);
};

/** What was measured: the store, if there is one, and the built-in measurements. */
class Measurements
{
public:
    /** A store that was not named and cannot be read is a warning; nothing is created. */
    [[nodiscard]] static Result<Measurements>
    open(const Session& session, const MeasurementOptions& options, const Catalog& catalog);

    /** Nothing when they are switched off. */
    [[nodiscard]] Result<std::optional<MatchOutcome>> find(const MatchQuery& query,
                                                           std::size_t most = 5);

    /** nullptr when they are switched off. */
    [[nodiscard]] MeasurementFinder* finder() const { return m_finder.get(); }

    /** What the runs of the store teach about this engine; empty where that is switched off. */
    [[nodiscard]] Result<Corrections> corrections(const Catalog& catalog, const Engine& engine,
                                                  RunContext context);

private:
    std::unique_ptr<BenchmarkStore> m_store;
    bool m_uncalibrated = false;
    std::unique_ptr<MeasurementFinder> m_finder;
};

/** `{basis, runs, step_factor, first_token_factor, uncalibrated}` of one estimate. */
[[nodiscard]] nlohmann::ordered_json correctionJson(const Correction& correction,
                                                    const Estimate& uncalibrated);
/** `{applied, near}`: ids, sources, differences; `applied` is null if nothing was. */
[[nodiscard]] nlohmann::ordered_json matchJson(const MatchOutcome& outcome);
/** The nearest measurements with what keeps them from standing for the plan. */
[[nodiscard]] std::string nearText(const MatchOutcome& outcome, std::size_t most);

} // namespace llmd::cli
