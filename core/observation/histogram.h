// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <vector>

namespace llmd {

/** A figure that was observed, with bounds that hold its true value at 90 %: buckets have widths and samples scatter. */
struct ObservedFigure
{
    double value = 0;
    double low = 0;
    double high = 0; ///< may be infinite

    bool operator==(const ObservedFigure&) const = default;
};

/** Observations counted in buckets, as Prometheus keeps them. */
class BucketCounts
{
public:
    /** Adds one server's growth of cumulative buckets by upper bound, of the sum and of the count. */
    void add(const std::map<double, double>& cumulative, double sum, double count);

    [[nodiscard]] double count() const { return m_count; }
    [[nodiscard]] bool isEmpty() const { return !(m_count > 0); }
    /** Exact, from the sum; the bounds are those of sampling: mean ± 1.645 standard errors. */
    [[nodiscard]] std::optional<ObservedFigure> mean() const;
    /**
     * Linear in the bucket, as `histogram_quantile` does it. The bounds are the borders of the buckets that hold the quantiles at which the sought one may
     * lie given the count (90 %, normal approximation of the binomial). Above the last finite border only a lower bound is
     * known. Nothing with fewer than five observations beyond the quantile.
     */
    [[nodiscard]] std::optional<ObservedFigure> quantile(double probability) const;
    /** Coefficient of variation, with observations in the middle of their buckets: rough. */
    [[nodiscard]] std::optional<double> variation() const;

private:
    struct Place
    {
        double value = 0;
        double lower = 0;
        double upper = 0;
    };
    [[nodiscard]] Place at(double probability) const;

    /** Observations in the bucket that ends at the key. Each server's buckets are its own, so that other borders mix. */
    std::map<double, double> m_buckets;
    double m_sum = 0;
    double m_count = 0;
};

} // namespace llmd
