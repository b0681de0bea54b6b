// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/performance/stepexplanation.h>

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace llmd::cli {

/** Where the time of an estimate goes, with derivations and the sources of the coefficients, for terminals. */
[[nodiscard]] std::string explanationText(const TimeExplanation& explanation);
/** The same as a list of terms. */
[[nodiscard]] nlohmann::ordered_json explanationJson(const TimeExplanation& explanation);

} // namespace llmd::cli
