// SPDX-License-Identifier: Apache-2.0
#include "histogram.h"

#include <core/base/statistics.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace llmd {

namespace {

constexpr double fewestBeyond = 5;

} // namespace

void BucketCounts::add(const std::map<double, double>& cumulative, double sum, double count)
{
    double below = 0;
    for (const auto& [bound, total] : cumulative) {
        // A restart between the reading of two buckets may make them fall; nobody observed a negative number.
        const double inside = std::max(0.0, total - below);
        if (inside > 0 || !m_buckets.contains(bound))
            m_buckets[bound] += inside;
        below = std::max(below, total);
    }
    m_sum += sum;
    m_count += std::max(count, 0.0);
}

std::optional<double> BucketCounts::variation() const
{
    const double mean = m_count > 0 ? m_sum / m_count : 0;
    if (!(mean > 0) || m_count < 2)
        return std::nullopt;
    double squares = 0;
    double counted = 0;
    double lower = 0;
    for (const auto& [bound, inside] : m_buckets) {
        // The middle of the first bucket would overstate values that lie far below its border.
        const double middle = std::isfinite(bound) ? 0.5 * (lower + bound) : lower * 1.25;
        squares += inside * middle * middle;
        counted += inside;
        if (std::isfinite(bound))
            lower = bound;
    }
    if (!(counted > 0))
        return std::nullopt;
    // Of the middles' own mean, so that their bias does not turn into spread.
    double middles = 0;
    lower = 0;
    for (const auto& [bound, inside] : m_buckets) {
        middles += inside * (std::isfinite(bound) ? 0.5 * (lower + bound) : lower * 1.25);
        if (std::isfinite(bound))
            lower = bound;
    }
    const double own = middles / counted;
    const double variance = std::max(0.0, squares / counted - own * own);
    return own > 0 ? std::optional(std::sqrt(variance) / own) : std::nullopt;
}

std::optional<ObservedFigure> BucketCounts::mean() const
{
    if (!(m_count > 0))
        return std::nullopt;
    const double mean = m_sum / m_count;
    // Without buckets nothing is known of the spread; latencies and lengths scatter about like an exponential.
    const double spread = variation().value_or(1.0);
    const double half = normalQuantile90 * spread * std::abs(mean) / std::sqrt(m_count);
    return ObservedFigure { mean, std::max(0.0, mean - half), mean + half };
}

BucketCounts::Place BucketCounts::at(double probability) const
{
    double total = 0;
    for (const auto& [bound, inside] : m_buckets)
        total += inside;
    const double rank = std::clamp(probability, 0.0, 1.0) * total;
    double below = 0;
    double lower = 0;
    for (const auto& [bound, inside] : m_buckets) {
        if (inside > 0 && below + inside >= rank) {
            if (!std::isfinite(bound))
                return { lower, lower, std::numeric_limits<double>::infinity() };
            return { lower + (bound - lower) * std::max(0.0, rank - below) / inside, lower, bound };
        }
        below += inside;
        if (std::isfinite(bound))
            lower = bound;
    }
    return { lower, lower, std::numeric_limits<double>::infinity() };
}

std::optional<ObservedFigure> BucketCounts::quantile(double probability) const
{
    double total = 0;
    for (const auto& [bound, inside] : m_buckets)
        total += inside;
    const double beyond = total * std::min(probability, 1 - probability);
    // Sums of fractions such as 0.1 x 50 fall short of 5 by a rounding error.
    if (!(total > 0) || beyond < fewestBeyond - 1e-9)
        return std::nullopt;
    const double half = normalQuantile90 * std::sqrt(probability * (1 - probability) / total);
    const Place place = at(probability);
    return ObservedFigure { place.value, at(probability - half).lower,
                            at(probability + half).upper };
}

} // namespace llmd
