// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "interval.h"
#include "latencydistribution.h"

namespace llmd {

/** What widens the intervals of an estimate. */
struct IntervalBasis
{
    double sensitivity = 0; ///< d ln ITL / d ln batch
    double coldShare = 0; ///< requests that meet their prompt for the first time
    bool rateIsGiven = false; ///< an open loop below saturation: what arrives is what completes
};

/** Writes the curves into the estimate, each with the 90 % intervals that the confidence in the step time gives. */
void setLatencies(Estimate& estimate, const LatencyCurves& curves, const Confidence& confidence,
                  const Coefficients& coefficients, const IntervalBasis& basis);

} // namespace llmd
