// SPDX-License-Identifier: Apache-2.0
#include "latencyintervals.h"

#include <algorithm>
#include <cmath>

namespace llmd {

void setLatencies(Estimate& estimate, const LatencyCurves& curves, const Confidence& confidence,
                  const Coefficients& c, const IntervalBasis& basis)
{
    // Longer steps mean more sequences, which mean longer steps: the error of a step is amplified by the loop.
    const double loop = std::min(10.0, 1 / (1 - basis.sensitivity));
    const double step = confidence.stepSigma * loop;
    const bool uncertain = confidence.uncertainFirstToken;
    const double first = uncertain || basis.coldShare > 0.02 ? std::max(c.sigmaTtftUncertain, step)
                                                             : std::max(c.sigmaTtft, step);
    const double tailTtft =
        std::max(confidence.experts                     ? c.sigmaTailTtftExperts
                     : uncertain || basis.coldShare > 0 ? c.sigmaTailTtftUncertain
                                                        : c.sigmaTailTtft,
                 first);
    // Long tails of E2E were seen with experts only; else a tail is as uncertain as the step, and a little more.
    const double tail = confidence.experts ? std::max(c.sigmaTailE2eExperts, step)
                                           : std::hypot(c.sigmaTailE2e, step);
    estimate.ttft = toEstimate(curves.ttft, first, tailTtft);
    estimate.itl = toEstimate(curves.itl, step, tail);
    // E2E is the sum of both; their errors have mostly the same cause, so the spreads add.
    const double share = curves.ttft.mean / std::max(curves.e2e.mean, 1e-12);
    estimate.e2e = toEstimate(
        curves.e2e, step + std::clamp(share, 0.0, 1.0) * std::max(0.0, first - step), tail);
    estimate.throughputInterval =
        basis.rateIsGiven ? interval(0.01) : interval(confidence.stepSigma);
}

} // namespace llmd
