// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/base/units.h>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace llmd {

/**
 * Distribution of a non-negative quantity in bounded memory. Exact up to `exactSamples` values; beyond that a histogram
 * with 128 buckets per factor of two, whose quantiles are off by at most 0.4 %. Count, sum and extremes are always exact.
 */
class QuantileSketch
{
public:
    static constexpr std::size_t exactSamples = 4096;

    void add(double value);
    void merge(const QuantileSketch& other);

    [[nodiscard]] std::uint64_t count() const { return m_count; }
    [[nodiscard]] double sum() const { return m_sum; }
    [[nodiscard]] double mean() const
    {
        return m_count > 0 ? m_sum / static_cast<double>(m_count) : 0;
    }
    [[nodiscard]] double minimum() const { return m_count > 0 ? m_minimum : 0; }
    [[nodiscard]] double maximum() const { return m_maximum; }
    /** `fraction` in 0 … 1; between two exact samples it interpolates, as measuring tools do. 0 without samples. */
    [[nodiscard]] double quantile(double fraction) const;
    [[nodiscard]] bool isExact() const { return m_buckets.empty(); }

private:
    void spill();
    void addToBucket(double value, std::uint64_t count = 1);

    std::vector<double> m_samples; ///< while exact
    std::vector<std::uint64_t> m_buckets; ///< afterwards
    std::uint64_t m_count = 0;
    double m_sum = 0;
    double m_minimum = 0;
    double m_maximum = 0;
};

} // namespace llmd
