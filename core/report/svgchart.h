// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "document.h"

#include <string>
#include <string_view>
#include <vector>

namespace llmd {

/** Text for HTML and SVG, in elements and in attributes; control characters become spaces. */
[[nodiscard]] std::string escapedMarkup(std::string_view text);

/**
 * One `<svg>` element without references to anything outside. Series differ by colour, mark and dash, so that they can be told
 * apart in print and without colours. Points that are not finite, or not positive on a logarithmic axis, are left out. A chart without
 * points says so.
 */
[[nodiscard]] std::string svgChart(const ReportChart& chart);

/** Round values that cover a range, for the axis: 1, 2 or 5 times powers of ten, with `log` decades and their parts. */
[[nodiscard]] std::vector<double> axisTicks(double low, double high, bool log);

} // namespace llmd
