// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "coefficientnotes.h"
#include "estimate.h"

#include <core/base/units.h>
#include <core/candidate/candidate.h>
#include <core/catalog/engineversion.h>
#include <core/workload/workload.h>

#include <string>
#include <vector>

namespace llmd {

/** One line of where time goes. */
struct TimeTerm
{
    std::string
        id; ///< "step", "kv_read", "layers.layer_overhead" …; parts are named after what they are a part of
    std::string name; ///< English, for people
    int level = 0; ///< 0 = a whole, 1 = adds up to it, 2 = part of the line of level 1 above
    bool adds = true; ///< false: what the part would cost alone, hidden by what it overlaps with
    Seconds time;
    double share = 0; ///< of its whole
    std::string derivation; ///< one sentence with the figures behind the time
    std::vector<CoefficientNote>
        sources; ///< values that the time follows from, as the engine uses them
};

/** The lines of one decode step ("step" and its parts), then those of the mean time to the first token ("ttft"). */
struct TimeExplanation
{
    double sequences = 0; ///< in the batch of the explained step; 0 if it could not be taken apart
    double context = 0; ///< their mean context, tokens
    std::vector<TimeTerm> terms;
    std::string remark; ///< why something is missing, empty if all is there

    /** The whole and the lines that add up to it, for a bar: every term whose id is "step", or level 1 below it. */
    [[nodiscard]] std::vector<const TimeTerm*> partsOfStep() const;
};

/**
 * Explains an estimate of this candidate and workload term by term. The parts inside a term are found by evaluating the
 * step-time model again without one of its causes, so that they stay right whatever the model is made of. An engine that
 * gives no breakdown gets a remark instead. Takes about a tenth of a millisecond.
 */
[[nodiscard]] TimeExplanation explainTimes(const Candidate& candidate,
                                           const EngineVersionProfile& profile,
                                           const Workload& workload, const Estimate& estimate);

/** "12.3 ms", "165 us": three digits, C locale. */
[[nodiscard]] std::string timeText(Seconds value);
/** "weight_bandwidth = 0.857 (fit)". */
[[nodiscard]] std::string sourceText(const CoefficientNote& note);

} // namespace llmd
