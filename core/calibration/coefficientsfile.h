// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/base/result.h>
#include <core/performance/coefficients.h>

#include <string>
#include <string_view>

namespace llmd {

/**
 * A coefficient file with other values: the text of `yaml` in which each value, `version` and `data` are those of
 * `coefficients`, rounded to four digits; comments, units, ranges and readings stay. Fails, naming the coefficient, on a value
 * outside its range, and on a generation of `coefficients` that the file does not list.
 */
[[nodiscard]] Result<std::string> withCoefficients(std::string_view yaml,
                                                   const Coefficients& coefficients);

/** The file that `standardCoefficients` were read from. */
[[nodiscard]] std::string_view standardCoefficientsFile();

} // namespace llmd
