// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "estimate.h"
#include "stepexplanation.h"

#include <core/candidate/candidate.h>

#include <vector>

namespace llmd {

/** The lines of a step that only some servers have: guessing tokens, LoRA adapters. `sequences`: of the step, 0 = not known. */
[[nodiscard]] std::vector<TimeTerm> featureTerms(const Candidate& candidate,
                                                 const StepBreakdown& step, double sequences);

} // namespace llmd
