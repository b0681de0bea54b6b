// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "estimate.h"
#include "steadystate.h"

#include <array>

namespace llmd {

/** The percentiles that an estimate states. */
constexpr std::array<double, 4> statedPercentiles { 0.50, 0.90, 0.95, 0.99 };

/** Mean and stated percentiles of one latency, seconds. */
struct LatencyCurve
{
    double mean = 0;
    std::array<double, 4> quantiles {};
};

/** The three latencies of one regime (all warm, or all cold). */
struct LatencyCurves
{
    LatencyCurve ttft;
    LatencyCurve itl;
    LatencyCurve e2e;
};

/** What of a workload spreads latencies, prepared once. */
struct SpreadFigures
{
    double outputTokens = 1;
    std::array<double, 4> outputQuantiles {}; ///< tokens
    std::array<double, 4> promptQuantiles {}; ///< as multiples of the mean
    double arrivalVariation = 1;
    double outputVariation = 0; ///< squared coefficient of variation
    double batchFeedback = 0;
    bool open = true;

    SpreadFigures() = default;
    SpreadFigures(const Workload& shape, const Coefficients& coefficients);
};

/**
 * Distribution over requests at an operating point. What is assumed: see latencydistribution.cpp.
 */
[[nodiscard]] LatencyCurves latencyCurves(const OperatingPoint& point,
                                          const SpreadFigures& figures);

/** Adds the wait of requests in an overload that lasts `horizon` seconds from an empty queue. */
void addOverload(LatencyCurves& curves, const OperatingPoint& point, double offeredRate,
                 double horizon);

/** Requests of the second kind with probability `share`, of the first otherwise. */
[[nodiscard]] LatencyCurves mixture(const LatencyCurves& first, const LatencyCurves& second,
                                    double share);

[[nodiscard]] LatencyEstimate toEstimate(const LatencyCurve& curve, double sigma, double tailSigma);

} // namespace llmd
