// SPDX-License-Identifier: Apache-2.0
#include "operatingpoint.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace llmd {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

double ratio(const LatencyEstimate& latency, const std::optional<LatencyTarget>& target)
{
    if (!target)
        return 0;
    const double value = latency.at(target->percentile) / target->limit;
    return value >= 0 ? value : infinity; // NaN as well: no prediction is no promise
}

} // namespace

const LatencyEstimate& latencyOf(const Estimate& estimate, Metric metric)
{
    switch (metric) {
    case Metric::Ttft:
        return estimate.ttft;
    case Metric::Itl:
        return estimate.itl;
    case Metric::E2e:
        break;
    }
    return estimate.e2e;
}

const std::optional<LatencyTarget>& targetOf(const Slo& slo, Metric metric)
{
    switch (metric) {
    case Metric::Ttft:
        return slo.ttft;
    case Metric::Itl:
        return slo.itl;
    case Metric::E2e:
        break;
    }
    return slo.e2e;
}

std::optional<LatencyTarget>& targetOf(Slo& slo, Metric metric)
{
    switch (metric) {
    case Metric::Ttft:
        return slo.ttft;
    case Metric::Itl:
        return slo.itl;
    case Metric::E2e:
        break;
    }
    return slo.e2e;
}

Metric TargetRatios::worst() const
{
    const auto found = std::max_element(values.begin(), values.end());
    return allMetrics[static_cast<std::size_t>(found - values.begin())];
}

TargetRatios targetRatios(const Estimate& estimate, const Slo& slo)
{
    TargetRatios ratios;
    for (const Metric metric : allMetrics) {
        ratios.values[static_cast<std::size_t>(metric)] = estimate.saturated
            ? infinity
            : ratio(latencyOf(estimate, metric), targetOf(slo, metric));
    }
    return ratios;
}

RequestsPerSecond rategrid::rate(int step)
{
    return RequestsPerSecond(std::exp2(static_cast<double>(step) / stepsPerDoubling));
}

int rategrid::stepBelow(RequestsPerSecond value)
{
    if (!(value.value() > 0))
        return lightest;
    const double step = std::floor(std::log2(value.value()) * stepsPerDoubling);
    int found = static_cast<int>(
        std::clamp(step, static_cast<double>(lightest), static_cast<double>(heaviest)));
    // The logarithm may be off by one rounding; the promise is about the rate.
    if (found > lightest && rate(found) > value)
        --found;
    return found;
}

Result<OperatingPoint::Probe> OperatingPoint::probe(int step) const
{
    return at(rategrid::rate(step)).map([&](const Estimate& estimate) {
        return Probe { step, std::log(targetRatios(estimate, m_slo).worstRatio()), true };
    });
}

Result<bool> OperatingPoint::meets(int step) const
{
    return probe(step).map([](const Probe& found) { return found.excess <= 0; });
}

Result<int> OperatingPoint::largestFrom(int good, int likelyBad) const
{
    Probe low { good, -infinity, false };
    int guess = std::max(likelyBad, good + 1);
    while (true) {
        guess = std::min(guess, rategrid::heaviest + 1);
        const Result<int> found = narrow(low, { guess, infinity, false });
        if (!found)
            return found;
        if (*found < guess - 1 || *found >= rategrid::heaviest)
            return found;
        // Everything below the guess is good, so the guess itself has to be looked at.
        const Result<Probe> checked = probe(guess);
        if (!checked)
            return tl::unexpected(checked.error());
        if (checked->excess > 0)
            return found;
        low = *checked;
        guess += rategrid::stepsPerDoubling;
    }
}

Result<int> OperatingPoint::largestBetween(int good, int bad) const
{
    return narrow({ good, -infinity, false }, { bad, infinity, false });
}

/**
 * False position on the integer grid, with bisection whenever one end is not finite or the last
 * step did not halve the bracket: latencies are flat far below the knee and steep at it.
 */
Result<int> OperatingPoint::narrow(Probe good, Probe bad) const
{
    bool bisect = true;
    while (bad.step - good.step > 1) {
        const int width = bad.step - good.step;
        int next = good.step + width / 2;
        if (!bisect && std::isfinite(good.excess) && std::isfinite(bad.excess)) {
            const double share = good.excess / (good.excess - bad.excess);
            next = good.step + static_cast<int>(std::lround(share * width));
            next = std::clamp(next, good.step + 1, bad.step - 1);
        }
        const Result<Probe> found = probe(next);
        if (!found)
            return tl::unexpected(found.error());
        (found->excess > 0 ? bad : good) = *found;
        bisect = !bisect && bad.step - good.step > width / 2;
    }
    return good.step;
}

} // namespace llmd
