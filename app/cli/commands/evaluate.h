// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../commandline.h"

#include <core/calibration/leaveout.h>
#include <core/calibration/measurements.h>

#include <string>
#include <vector>

/** What the parts of `llmd evaluate` share. */
namespace llmd::cli {

/** Reads files whole, for messages under the names that the user gave. */
[[nodiscard]] Result<std::vector<MeasurementFile>>
readMeasurementFiles(const std::vector<std::string>& paths);

/** For options that take "model", "gpu", "generation" or "none". */
[[nodiscard]] CLI::Validator leaveOutValidator();

// Each adds its subcommand of `evaluate`.
void addEvaluateFit(CLI::App& evaluate, Session& session);
void addEvaluateReport(CLI::App& evaluate, Session& session);

} // namespace llmd::cli
