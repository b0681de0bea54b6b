// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "inferenceservice.h"
#include "specanalysis.h"

#include <core/workload/slo.h>

namespace llmd {

/** Utilisations of a replica, of its capacity within the latency limits; with the defaults filled in. */
struct ScalingThresholds
{
    double target = 0.8;
    double up = 0.9;
    double down = 0.4;
};
[[nodiscard]] ScalingThresholds scalingThresholds(const ScalingSpec& scaling);

/** The limits of a spec; of two percentiles of one latency the 99th is the first. */
[[nodiscard]] Slo latencyTargets(const LatencySpec& latency);

/**
 * The search that a spec asks for, with what had to be assumed; without a model or GPU that is known it is not restricted to
 * one and cannot be run. The rate is what produces
 * minTokensPerSecond at the mean output length, or requestRate if that is more. Contradictions with the workload become findings.
 */
void completeSpecProblem(SpecAnalysis& analysis);

} // namespace llmd
