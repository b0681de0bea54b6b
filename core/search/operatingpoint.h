// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/performance/engine.h>
#include <core/workload/slo.h>

#include <array>
#include <cstddef>
#include <optional>

namespace llmd {

/** The three latencies that targets are about. */
enum class LatencyMetric { Ttft, Itl, E2e };
constexpr std::array allLatencyMetrics { LatencyMetric::Ttft, LatencyMetric::Itl,
                                         LatencyMetric::E2e };

[[nodiscard]] const LatencyEstimate& latencyOf(const Estimate& estimate, LatencyMetric metric);
[[nodiscard]] const std::optional<LatencyTarget>& targetOf(const Slo& slo, LatencyMetric metric);
[[nodiscard]] std::optional<LatencyTarget>& targetOf(Slo& slo, LatencyMetric metric);
/** The limit at a second percentile. */
[[nodiscard]] const std::optional<LatencyTarget>& secondTargetOf(const Slo& slo,
                                                                 LatencyMetric metric);
/** Of the limits of one latency the one that is tighter for this prediction; nothing if there is none. */
[[nodiscard]] std::optional<LatencyTarget> tighterTarget(const Estimate& estimate, const Slo& slo,
                                                         LatencyMetric metric);

/** Predicted / limit of each latency at its percentile (the larger of two), 0 where there is no target; infinite when saturated. */
struct TargetRatios
{
    std::array<double, allLatencyMetrics.size()> values {};

    [[nodiscard]] double of(LatencyMetric metric) const
    {
        return values[static_cast<std::size_t>(metric)];
    }
    [[nodiscard]] LatencyMetric worst() const;
    [[nodiscard]] double worstRatio() const { return of(worst()); }
    [[nodiscard]] bool met() const { return worstRatio() <= 1; }
};
[[nodiscard]] TargetRatios targetRatios(const Estimate& estimate, const Slo& slo);

/**
 * Rates per replica are looked at on a fixed geometric grid, 128 steps per doubling (0.54 % apart), and rounded down to
 * it. With a grid the largest rate that meets the targets is the same whatever rates were tried on the way; so looser
 * targets never give a smaller capacity, and neighbouring searches agree to the last bit.
 */
namespace rategrid {
constexpr int stepsPerDoubling = 128;
constexpr int lightest = -10 * stepsPerDoubling; ///< one request in 17 minutes: alone on the server
constexpr int heaviest = 17 * stepsPerDoubling; ///< 131072 requests/s
[[nodiscard]] RequestsPerSecond rate(int step);
[[nodiscard]] int stepBelow(RequestsPerSecond rate); ///< largest step with a rate of at most this
} // namespace rategrid

/** Finds the largest rate of one replica that meets the targets. Assumes that latencies grow with the rate. */
class CapacitySearch
{
public:
    CapacitySearch(const Predictor& predictor, const Slo& slo, RunContext& context)
        : m_predictor(predictor)
        , m_slo(slo)
        , m_context(context)
    { }

    /** Prediction for one replica at this rate. */
    [[nodiscard]] Result<Estimate> at(RequestsPerSecond rate) const
    {
        return m_predictor.at(Load::open(rate), m_context);
    }

    /** A step of the grid with what is known about it. */
    struct Probe
    {
        int step = 0;
        double slack =
            0; ///< limit / predicted of the tightest target; below 1 when not met, 0 when saturated
        bool tried = false; ///< else the slack is only assumed
        std::optional<Estimate> estimate; ///< where it was asked for
    };

    /** Where the targets stop being met: `good` meets them, `bad` is the next step and does not. */
    struct Bracket
    {
        Probe good;
        Probe bad;
    };

    [[nodiscard]] Result<Probe> probe(int step) const;
    /**
     * Closes in on the capacity from a step that meets the targets and one that probably does not. The latter is tried if
     * it was not yet, so the bracket that is returned is proven; only at the end of the grid `bad` is untried.
     */
    [[nodiscard]] Result<Bracket> closeIn(Probe good, Probe likelyBad) const;

private:
    const Predictor& m_predictor;
    const Slo& m_slo;
    RunContext& m_context;
};

} // namespace llmd
