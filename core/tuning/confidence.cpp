// SPDX-License-Identifier: Apache-2.0
#include "confidence.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace llmd {

namespace {

/** Continued fraction of the incomplete beta function (Abramowitz and Stegun 26.5.8) by Lentz's method. */
double betaFraction(double a, double b, double x)
{
    constexpr double tiny = 1e-300;
    double c = 1;
    double d = 1 / std::max(tiny, 1 - (a + b) * x / (a + 1));
    double fraction = d;
    for (int m = 1; m < 500; ++m) {
        const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        d = 1 + even * d;
        c = 1 + even / c;
        d = 1 / (std::abs(d) < tiny ? tiny : d);
        c = std::abs(c) < tiny ? tiny : c;
        fraction *= d * c;
        const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        d = 1 + odd * d;
        c = 1 + odd / c;
        d = 1 / (std::abs(d) < tiny ? tiny : d);
        c = std::abs(c) < tiny ? tiny : c;
        fraction *= d * c;
        if (std::abs(d * c - 1) < 1e-14)
            break;
    }
    return fraction;
}

double regularizedBeta(double a, double b, double x)
{
    if (x <= 0 || x >= 1)
        return x <= 0 ? 0 : 1;
    const double front = std::exp(std::lgamma(a + b) - std::lgamma(a) - std::lgamma(b)
                                  + a * std::log(x) + b * std::log1p(-x));
    return x < (a + 1) / (a + b + 2) ? front * betaFraction(a, b, x) / a
                                     : 1 - front * betaFraction(b, a, 1 - x) / b;
}

} // namespace

double studentQuantile(double probability, double degrees)
{
    if (probability < 0.5)
        return -studentQuantile(1 - probability, degrees);
    const double tail = 2 * (1 - probability);
    double low = 0;
    double high = 1;
    const auto tailBeyond = [degrees](double t) {
        return regularizedBeta(degrees / 2, 0.5, degrees / (degrees + t * t));
    };
    while (tailBeyond(high) > tail && high < 1e15)
        high *= 2;
    for (int i = 0; i < 200 && high - low > 1e-13 * high; ++i) {
        const double middle = (low + high) / 2;
        (tailBeyond(middle) > tail ? low : high) = middle;
    }
    return (low + high) / 2;
}

ConfidenceInterval meanInterval(const std::vector<double>& values, double confidence,
                                int comparisons)
{
    constexpr double infinity = std::numeric_limits<double>::infinity();
    const auto count = static_cast<double>(values.size());
    double sum = 0;
    for (const double value : values)
        sum += value;
    const double mean = values.empty() ? 0 : sum / count;
    if (values.size() < 2)
        return { -infinity, mean, infinity };
    double squares = 0;
    for (const double value : values)
        squares += (value - mean) * (value - mean);
    const double error = std::sqrt(squares / (count - 1) / count);
    const double tail = (1 - confidence) / 2 / std::max(1, comparisons);
    const double half = error > 0 ? studentQuantile(1 - tail, count - 1) * error : 0;
    return { mean - half, mean, mean + half };
}

} // namespace llmd
