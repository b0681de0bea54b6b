// SPDX-License-Identifier: Apache-2.0
#include "workload.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace llmd {

namespace {

/**
 * Inverse of the standard normal distribution: a rational starting value (Abramowitz &
 * Stegun 26.2.23, off by less than 4.5e-4), polished by Newton steps on erfc until it is exact to
 * rounding.
 */
double normalQuantile(double probability)
{
    if (probability == 0.5)
        return 0;
    if (probability > 0.5)
        return -normalQuantile(1 - probability);
    const double t = std::sqrt(-2 * std::log(probability));
    double x = -(t
                 - (2.515517 + t * (0.802853 + t * 0.010328))
                     / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))));
    for (int i = 0; i < 3; ++i) {
        const double density = std::exp(-x * x / 2) / std::sqrt(2 * std::numbers::pi);
        const double error = 0.5 * std::erfc(-x / std::numbers::sqrt2) - probability;
        if (!(density > 0))
            break;
        x -= error / density;
    }
    return x;
}

} // namespace

double LengthDistribution::quantile(double probability) const
{
    // The ends of an unbounded distribution are of no use to anybody; a part per billion is beyond
    // every caller.
    const double p = std::clamp(probability, 1e-9, 1 - 1e-9);
    switch (shape) {
    case Shape::Constant:
        return mean;
    case Shape::Uniform:
        return mean * (1 + variation * (2 * p - 1));
    case Shape::LogNormal: {
        const double variance = std::log1p(variation * variation);
        return mean * std::exp(normalQuantile(p) * std::sqrt(variance) - variance / 2);
    }
    }
    return mean;
}

double LengthDistribution::secondMoment() const
{
    switch (shape) {
    case Shape::Constant:
        return mean * mean;
    case Shape::Uniform:
        return mean * mean * (1 + variation * variation / 3);
    case Shape::LogNormal:
        return mean * mean * (1 + variation * variation);
    }
    return mean * mean;
}

double LengthDistribution::squaredVariation() const
{
    return mean > 0 ? std::max(0.0, secondMoment() / (mean * mean) - 1) : 0;
}

} // namespace llmd
