// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

namespace llmd {

/** A mean with the two-sided interval that holds it at some confidence. */
struct ConfidenceInterval
{
    double low = 0;
    double mean = 0;
    double high = 0;

    bool operator==(const ConfidenceInterval&) const = default;
    [[nodiscard]] bool isAbove(double value) const { return low > value; }
};

/**
 * Student's interval of the mean of independent values. `comparisons` intervals hold all at once at this confidence
 * (Bonferroni). Infinitely wide with fewer than two values.
 */
[[nodiscard]] ConfidenceInterval meanInterval(const std::vector<double>& values, double confidence,
                                              int comparisons = 1);

/** Quantile of Student's t distribution; `probability` in (0, 1), `degrees` of freedom at least 1. */
[[nodiscard]] double studentQuantile(double probability, double degrees);

} // namespace llmd
