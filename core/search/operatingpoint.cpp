// SPDX-License-Identifier: Apache-2.0
#include "operatingpoint.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

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

const LatencyEstimate& latencyOf(const Estimate& estimate, LatencyMetric metric)
{
    switch (metric) {
    case LatencyMetric::Ttft:
        return estimate.ttft;
    case LatencyMetric::Itl:
        return estimate.itl;
    case LatencyMetric::E2e:
        break;
    }
    return estimate.e2e;
}

const std::optional<LatencyTarget>& targetOf(const Slo& slo, LatencyMetric metric)
{
    switch (metric) {
    case LatencyMetric::Ttft:
        return slo.ttft;
    case LatencyMetric::Itl:
        return slo.itl;
    case LatencyMetric::E2e:
        break;
    }
    return slo.e2e;
}

std::optional<LatencyTarget>& targetOf(Slo& slo, LatencyMetric metric)
{
    switch (metric) {
    case LatencyMetric::Ttft:
        return slo.ttft;
    case LatencyMetric::Itl:
        return slo.itl;
    case LatencyMetric::E2e:
        break;
    }
    return slo.e2e;
}

const std::optional<LatencyTarget>& secondTargetOf(const Slo& slo, LatencyMetric metric)
{
    switch (metric) {
    case LatencyMetric::Ttft:
        return slo.ttftToo;
    case LatencyMetric::Itl:
        return slo.itlToo;
    case LatencyMetric::E2e:
        break;
    }
    return slo.e2eToo;
}

std::optional<LatencyTarget> tighterTarget(const Estimate& estimate, const Slo& slo,
                                           LatencyMetric metric)
{
    const LatencyEstimate& latency = latencyOf(estimate, metric);
    const auto& first = targetOf(slo, metric);
    const auto& second = secondTargetOf(slo, metric);
    return second && (!first || ratio(latency, second) > ratio(latency, first)) ? second : first;
}

LatencyMetric TargetRatios::worst() const
{
    const auto found = std::max_element(values.begin(), values.end());
    return allLatencyMetrics[static_cast<std::size_t>(found - values.begin())];
}

TargetRatios targetRatios(const Estimate& estimate, const Slo& slo)
{
    TargetRatios ratios;
    for (const LatencyMetric metric : allLatencyMetrics) {
        ratios.values[static_cast<std::size_t>(metric)] = estimate.saturated
            ? infinity
            : ratio(latencyOf(estimate, metric), tighterTarget(estimate, slo, metric));
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
    else if (found < heaviest && rate(found + 1) <= value)
        ++found;
    return found;
}

Result<CapacitySearch::Probe> CapacitySearch::probe(int step) const
{
    return at(rategrid::rate(step)).map([&](Estimate&& estimate) {
        const double worst = targetRatios(estimate, m_slo).worstRatio();
        return Probe { step, worst > 0 ? 1 / worst : infinity, true, std::move(estimate) };
    });
}

namespace {

using Probe = CapacitySearch::Probe;

/** Which step to try next; only the number of tries depends on it, never the result. */
class NextStep
{
public:
    void tried(const Probe& probe, int widthLeft)
    {
        // Saturated points say nothing about the slope.
        if (probe.slack > 0 && std::isfinite(probe.slack)) {
            m_points[0] = m_points[1];
            m_points[1] = { rategrid::rate(probe.step).value(), probe.slack };
        }
        m_slow = widthLeft > m_width / 2 ? m_slow + 1 : 0;
        m_width = widthLeft;
    }

    /**
     * Near saturation latencies grow like 1 / (1 - utilisation), so limit / predicted falls nearly in a straight line with
     * the rate: the secant through the last two points, or the middle where that leads nowhere.
     */
    [[nodiscard]] int between(int good, int bad) const
    {
        const double lowRate = rategrid::rate(good).value();
        const double highRate = rategrid::rate(bad).value();
        // The light end is ten doublings away from anything of interest: wide brackets are halved by rate.
        const int middle = bad - good > rategrid::stepsPerDoubling
            ? rategrid::stepBelow(RequestsPerSecond((lowRate + highRate) / 2))
            : good + (bad - good) / 2;
        const auto& [a, b] = m_points;
        if (m_slow > 2 || !(a.rate > 0) || !(b.rate > 0) || a.slack == b.slack)
            return middle;
        const double root = b.rate + (1 - b.slack) * (b.rate - a.rate) / (b.slack - a.slack);
        if (!(root > lowRate) || !(root < highRate))
            return middle;
        const int step = rategrid::stepBelow(RequestsPerSecond(root));
        // On the edge of the bracket one side is known already; the other settles it.
        return std::clamp(step, good + 1, bad - 1);
    }

private:
    struct Point
    {
        double rate = 0;
        double slack = 0;
    };
    std::array<Point, 2> m_points {};
    int m_width = std::numeric_limits<int>::max();
    int m_slow = 0; ///< tries in a row that did not halve the bracket
};

/** What a saturated server completes is all it can do: no rate above it meets anything. */
std::optional<int> completedStep(const Probe& probe)
{
    const Estimate& estimate = *probe.estimate;
    if (!estimate.saturated || !(estimate.requestRate.value() > 0))
        return std::nullopt;
    return rategrid::stepBelow(estimate.requestRate) + 1;
}

} // namespace

Result<CapacitySearch::Bracket> CapacitySearch::closeIn(Probe good, Probe likelyBad) const
{
    NextStep next;
    next.tried(good, std::numeric_limits<int>::max());
    if (likelyBad.tried)
        next.tried(likelyBad, likelyBad.step - good.step);
    Probe bad = std::move(likelyBad);
    std::optional<Probe>
        proven; // the lowest step that was tried and failed, while `bad` is only assumed
    while (good.step < rategrid::heaviest) {
        bad.step = std::clamp(bad.step, good.step + 1, rategrid::heaviest + 1);
        const bool closed = bad.step - good.step == 1;
        if (closed && bad.tried)
            return Bracket { std::move(good), std::move(bad) };
        const bool first = !bad.tried && !proven;
        auto found = probe(closed || first ? std::min(bad.step, rategrid::heaviest)
                                           : next.between(good.step, bad.step));
        if (!found)
            return tl::unexpected(found.error());
        const Probe seen { found->step, found->slack, true, {} };
        const bool beyond = seen.step >= bad.step;
        if (found->slack >= 1) {
            good = std::move(*found);
            if (beyond && proven)
                bad = std::move(*std::exchange(proven, std::nullopt));
            else if (beyond)
                bad = { good.step + rategrid::stepsPerDoubling / 2, 0, false, {} };
        } else {
            bad = std::move(*found);
            proven.reset();
            if (const auto ceiling = completedStep(bad);
                ceiling && *ceiling > good.step && *ceiling < bad.step) {
                const int assumed = *ceiling;
                proven = std::move(bad);
                bad = { assumed, 0, false, {} };
            }
        }
        next.tried(seen, bad.step - good.step);
    }
    return Bracket { std::move(good), { rategrid::heaviest + 1, 0, false, {} } };
}

} // namespace llmd
