// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accuracysummary.h"
#include "measurements.h"

#include <core/base/result.h>
#include <core/base/runcontext.h>
#include <core/catalog/engineversion.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace llmd {

struct AccuracyOptions
{
    std::string date; ///< of the summary, ISO 8601
    std::vector<std::string> origins; ///< who measured, one text each; go into the sources
    SemanticVersion memoryVersion { 0, 19, 0 }; ///< that start-up memory was measured with
    bool leaveOut =
        true; ///< also the errors with the model or the GPU left out; takes seconds to minutes
};

/**
 * Compares every engine that is built in with all measurements: in total, by class, and with the model and the GPU left out
 * where the engine can be refitted; and the memory ledger with start-up measurements. Rows are in a fixed order. Leave-one-out rows
 * are missing where the files hold one model or one GPU only.
 */
[[nodiscard]] Result<AccuracySummary> measureAccuracy(const std::vector<MeasurementFile>& files,
                                                      std::shared_ptr<const Catalog> catalog,
                                                      const AccuracyOptions& options,
                                                      RunContext& context);

/** The summary as a section of Markdown: a table of totals, one of classes, and what they stand on. */
[[nodiscard]] std::string accuracyMarkdown(const AccuracySummary& summary);

/**
 * `document` with `section` between the lines that begin and end a generated part (`<!-- accuracy -->` and
 * `<!-- /accuracy -->`). Fails if they are not there, once each and in this order.
 */
[[nodiscard]] Result<std::string> withAccuracySection(std::string_view document,
                                                      std::string_view section,
                                                      const std::string& fileName);

} // namespace llmd
