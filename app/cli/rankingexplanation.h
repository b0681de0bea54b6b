// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/base/result.h>
#include <core/ranking/comparison.h>
#include <core/ranking/quality.h>

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <utility>
#include <vector>

namespace llmd::cli {

/** The option that a text names: its id, the beginning of one id, or its place in the view ("1", "#2"). */
[[nodiscard]] Result<std::size_t> findOption(const std::string& text, const SearchReport& report,
                                             const std::vector<std::size_t>& order);

/** Ties with the first of the view and, for the balanced one, how far each weight may move; for terminals. */
[[nodiscard]] std::string sensitivityText(const SearchReport& report, const RankedOptions& options,
                                          View view);
[[nodiscard]] std::string comparisonText(const OptionComparison& comparison);

/** Adds "ties", "sensitivity" and, per candidate, score ranges and the evidence of its quality to the `recommend` document. */
void addRankingExplanation(nlohmann::ordered_json& document, const SearchReport& report,
                           const RankedOptions& options);
/** A comparison of the options with these ids. */
[[nodiscard]] nlohmann::ordered_json comparisonJson(const OptionComparison& comparison,
                                                    const std::string& first,
                                                    const std::string& second);
[[nodiscard]] nlohmann::ordered_json qualityJson(const QualityEvidence& evidence);

} // namespace llmd::cli
