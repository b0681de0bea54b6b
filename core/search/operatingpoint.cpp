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

Result<CapacitySearch::Probe> CapacitySearch::probe(int step) const
{
    return at(rategrid::rate(step)).map([&](Estimate&& estimate) {
        const double worst = targetRatios(estimate, m_slo).worstRatio();
        return Probe { step, worst > 0 ? 1 / worst : infinity, true, std::move(estimate) };
    });
}

Result<CapacitySearch::Bracket> CapacitySearch::closeIn(Probe good, Probe likelyBad) const
{
    while (true) {
        likelyBad.step =
            std::clamp(likelyBad.step, good.step + 1, std::max(rategrid::heaviest, good.step) + 1);
        auto found = narrow(std::move(good), likelyBad);
        if (!found || found->bad.tried || found->good.step >= rategrid::heaviest)
            return found;
        // Everything below the assumed end is good, so the end itself has to be looked at.
        auto end = probe(found->bad.step);
        if (!end)
            return tl::unexpected(end.error());
        if (end->slack < 1) {
            found->bad = std::move(*end);
            return found;
        }
        likelyBad = { end->step + rategrid::stepsPerDoubling / 2, 0, false, {} };
        good = std::move(*end);
    }
}

/**
 * Near saturation latencies grow like 1 / (1 - utilisation), so limit / predicted falls nearly in a straight line with the
 * rate: false position on that line, and bisection of the grid when a step did not halve the bracket.
 */
Result<CapacitySearch::Bracket> CapacitySearch::narrow(Probe good, Probe bad) const
{
    bool bisect = false;
    while (bad.step - good.step > 1) {
        const int width = bad.step - good.step;
        int next = good.step + width / 2;
        if (!bisect && std::isfinite(good.slack)) {
            const double low = rategrid::rate(good.step).value();
            const double high = rategrid::rate(bad.step).value();
            const double share = (good.slack - 1) / (good.slack - bad.slack);
            next = rategrid::stepBelow(RequestsPerSecond(low + share * (high - low)));
            next = std::clamp(next, good.step + 1, bad.step - 1);
        }
        auto found = probe(next);
        if (!found)
            return tl::unexpected(found.error());
        (found->slack < 1 ? bad : good) = std::move(*found);
        bisect = !bisect && bad.step - good.step > width / 2;
    }
    return Bracket { std::move(good), std::move(bad) };
}

} // namespace llmd
