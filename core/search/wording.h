// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "operatingpoint.h"
#include "unitsearch.h"

#include <string>

namespace llmd {

/** "Llama 3.1 8B on 2 x NVIDIA H100 SXM5 (TP2)". */
[[nodiscard]] std::string nameOf(const Candidate& candidate);
/** "640 ms", "12.5 s". */
[[nodiscard]] std::string forPeople(Seconds value);
/** "$12,300". */
[[nodiscard]] std::string dollars(double value);
[[nodiscard]] std::string_view nameOf(LatencyMetric metric); ///< "TTFT"
[[nodiscard]] std::string percentileName(double percentile); ///< "p95", "mean"
[[nodiscard]] LatencyMetric
metricOf(Constraint constraint); ///< of one of the three latency constraints

/** The sentence about the nearest miss of a constraint, with figures and, where there is one, the remedy. */
[[nodiscard]] std::string explain(Constraint constraint, const Miss& miss,
                                  const SearchInput& input);

} // namespace llmd
