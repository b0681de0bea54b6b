// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "leaveout.h"
#include "measurements.h"

#include <nlohmann/json_fwd.hpp>

#include <memory>
#include <string>
#include <vector>

namespace llmd {

struct RefitOptions
{
    std::string engine =
        "analytic"; ///< that the errors are of; the fit itself is the analytic engine's
    LeaveOut leaveOut = LeaveOut::Model; ///< `Nothing` saves the time
    std::string version; ///< of the new coefficients: "fit of 2026-11-24"
    std::string origin; ///< who measured; may be empty
};

/** Errors of the same measurements with one set of coefficients. */
struct RefitErrors
{
    std::vector<MetricErrors> latency;
    std::vector<MetricErrors> serving;
};

struct RefitReport
{
    std::size_t stages = 0; ///< that were fitted to
    std::size_t points = 0;
    int iterations = 0;
    RefitErrors before; ///< with the shipped coefficients
    RefitErrors after;
    RefitErrors
        leftOut; ///< each predicted by a fit without its group; empty with `LeaveOut::Nothing`
    LeaveOut leaveOut = LeaveOut::Nothing;
    std::size_t groups = 0; ///< that were left out in turn
    Coefficients coefficients;
};

/** One number of the coefficients that the fit has moved, in the unit of the data file. */
struct ChangedValue
{
    std::string id; ///< "layer_overhead", "Ampere.kv_bandwidth"
    std::string unit;
    double before = 0;
    double after = 0;
};
/** In file order; changes below 0.05 % are rounding. */
[[nodiscard]] std::vector<ChangedValue> changedValues(const Coefficients& before,
                                                      const Coefficients& after);

/**
 * Fits the shared coefficients to measurement files, beginning at the shipped ones, and says what that changes. GPU
 * generations that the files have become measured ones. Fails as `readFitData`, `fitCoefficients` and `fitLeavingOut` do.
 */
[[nodiscard]] Result<RefitReport> refit(const std::vector<MeasurementFile>& files,
                                        std::shared_ptr<const Catalog> catalog,
                                        const RefitOptions& options, RunContext& context);

/** The document of `llmd evaluate fit --json`. */
[[nodiscard]] nlohmann::ordered_json toJson(const RefitReport& report);

} // namespace llmd
