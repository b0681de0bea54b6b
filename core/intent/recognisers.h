// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "draft.h"
#include "polarity.h"
#include "scene.h"

#include <vector>

namespace llmd::intent {

/** What every recogniser reads: one message, and what is negated in it. */
struct Reading
{
    const Scene& scene;
    const std::vector<Polarity>& polarity;
    const Knowledge& knowledge;
};

// Each puts what it finds into the draft. None depends on what another one found in the same message, except that
// hardware and quantities share the numbers: a number is either a count of GPUs or something else.
void readUseCase(const Reading& reading, Draft& draft);
void readLoad(const Reading& reading, Draft& draft); ///< users, rate, throughput, budget
void readLatencies(const Reading& reading, Draft& draft);
void readLengths(const Reading& reading, Draft& draft);
void readHardware(const Reading& reading, Draft& draft);
void readModels(const Reading& reading, Draft& draft);
void readQuantization(const Reading& reading, Draft& draft);
void readPriorities(const Reading& reading, Draft& draft);
/** Short or long summaries, if the words leave it open and the length of the prompts tells. */
void settleSummaries(Draft& draft);
/** "Forget the budget": what an earlier message stated is stated no more. */
void readRetraction(const Reading& reading, Draft& draft);
/** "Actually make that 10k": a bare number that replaces what an earlier message stated. */
void readBareCorrection(const Reading& reading, Draft& draft);

} // namespace llmd::intent
