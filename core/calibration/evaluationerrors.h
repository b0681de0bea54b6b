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
    double largest = 0;
    double meanSigned = 0; ///< of predicted / measured - 1

    bool operator==(const MetricErrors&) const = default;
};

/** Collects (predicted, measured) pairs of one metric. Pairs without a positive measurement are left out. */
class ErrorCollector
{
public:
    void add(double predicted, double measured);
    [[nodiscard]] MetricErrors errors(std::string metric) const;
    [[nodiscard]] std::size_t count() const { return m_signed.size(); }

private:
    std::vector<double> m_signed;
};

/** `{metric: {n, mean_ape, median_ape, max_ape, mean_signed}}`, without metrics that have no measurement. */
[[nodiscard]] nlohmann::json errorsJson(const std::vector<MetricErrors>& errors);

} // namespace llmd
