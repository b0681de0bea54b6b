// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace llmd {

/** Standard normal quantile of a two-sided 90 % interval. */
constexpr double normalQuantile90 = 1.6448536269514722;

/**
 * The same of Student's t with `freedom` degrees of freedom (at least 1): Abramowitz and Stegun 26.7.5, exact to 1 % from 3
 * degrees on; below that, tabulated.
 */
[[nodiscard]] double studentQuantile90(double freedom);

} // namespace llmd
