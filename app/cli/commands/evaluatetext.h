// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/base/result.h>
#include <core/calibration/comparison.h>

#include <string>
#include <utility>
#include <vector>

/** Comparisons of predictions and measurements as text for terminals. */
namespace llmd::cli {

/** What of a comparison is printed. */
struct EvaluationView
{
    Grouping grouping { GroupKey::Class };
    std::string metric; ///< of the rows and the worst cases
    bool rows = false; ///< every row, not the worst five
};

[[nodiscard]] std::string errorTable(const std::vector<MetricErrors>& errors);

/** Totals, groups, and the worst or all rows of the view's metric. Fails if there is no such metric. */
[[nodiscard]] Result<std::string> comparisonText(const Comparison& comparison,
                                                 const EvaluationView& view);

/** Reasons why something was not predicted, each with how many and the first names; empty if there are none. */
[[nodiscard]] std::string
unpredictedText(const std::vector<std::pair<std::string, std::string>>& reasons);

} // namespace llmd::cli
