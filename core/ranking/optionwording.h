// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/base/units.h>
#include <core/candidate/candidate.h>

#include <string>
#include <vector>

/** Figures and names as the sentences about options have them; English, C locale. */
namespace llmd {

[[nodiscard]] std::string dollarText(double value); ///< "$12,300"; cents below 100
[[nodiscard]] std::string percentText(double fraction); ///< "3.2 %", "48 %"
[[nodiscard]] std::string durationText(Seconds value); ///< "640 ms", "12.5 s"
[[nodiscard]] std::string percentileText(double percentile); ///< "p95", "mean"
[[nodiscard]] std::string countText(int count, const char* one, const char* many); ///< "2 GPUs"
/** What two candidates have in common: "model: …", "GPU: …", "engine settings". */
[[nodiscard]] std::vector<std::string> commonText(const Candidate& a, const Candidate& b);

} // namespace llmd
