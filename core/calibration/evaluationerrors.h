// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace llmd {

/** Errors of one predicted figure over all measurements of it. Absolute percentage errors as fractions: 0.05 = 5 %. */
struct MetricErrors
{
    std::string metric; ///< "e2e_mean"
    std::size_t count = 0;
    double mean = 0;
    double median = 0;
    double p90 = 0;
    double largest = 0;
    double meanSigned = 0; ///< of predicted / measured - 1
    std::size_t intervals = 0; ///< measurements that a 90 % interval was stated for
    std::size_t inside = 0; ///< those of them that lie in it

    bool operator==(const MetricErrors&) const = default;
    [[nodiscard]] double coverage() const; ///< share inside; NaN without intervals
};

/** Collects (predicted, measured) pairs of one metric. Pairs without a positive measurement are left out. */
class ErrorCollector
{
public:
    void add(double predicted, double measured);
    /** Counts whether a measurement lay in the interval that was stated for it. */
    void addInterval(bool inside);
    [[nodiscard]] MetricErrors errors(std::string metric) const;
    [[nodiscard]] std::size_t count() const { return m_signed.size(); }

private:
    std::vector<double> m_signed;
    std::size_t m_intervals = 0;
    std::size_t m_inside = 0;
};

/**
 * `{metric: {n, mean_ape, median_ape, p90_ape, max_ape, mean_signed, intervals, coverage}}`, without metrics that have no
 * measurement; the last two only where intervals were stated.
 */
[[nodiscard]] nlohmann::json errorsJson(const std::vector<MetricErrors>& errors);

} // namespace llmd
