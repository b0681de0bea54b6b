// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "coefficients.h"
#include "estimate.h"

#include <core/candidate/candidate.h>

#include <string>
#include <vector>

namespace llmd {

/** How far a candidate is from what the coefficients were fitted to. */
struct Confidence
{
    double stepSigma = 0; ///< standard deviation of log(measured / predicted) of the step time
    bool uncertainFirstToken = false; ///< TTFT and tails spread as for MoE or an unmeasured GPU
    bool experts = false; ///< kernels of experts are compiled in a server's first minutes: long tails of TTFT
    std::string distance; ///< one sentence for people
    std::vector<std::string> caveats;
};

/** Judges model class, GPU, precision, TP and the features without any measurement. */
[[nodiscard]] Confidence confidence(const Candidate& candidate, const Coefficients& coefficients);

/** Factors of the interval that holds 90 % of a log-normal error with this standard deviation. */
[[nodiscard]] IntervalFactors interval(double sigma);

} // namespace llmd
