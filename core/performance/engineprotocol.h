// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "estimate.h"

#include <core/base/result.h>
#include <core/candidate/candidate.h>
#include <core/memory/memoryledger.h>
#include <core/workload/workload.h>

#include <cstdint>
#include <string>
#include <string_view>

/**
 * What an external program is asked and how its answer is read. The format is described in `resources/engines`, for
 * programs in request.schema.json and response.schema.json.
 */
namespace llmd {

/** Version of the format; a program that gets another one should say so in `error`. */
constexpr int engineProtocolVersion = 1;

/** One replica of a candidate under a load. */
struct EngineQuestion
{
    Candidate candidate;
    Workload workload; ///< `load` is of one replica
    MemoryLedger memory;
};

/** How a program is to work on a question. */
struct EngineRun
{
    std::uint64_t seed = 1;
    Seconds timeLimit; ///< after which the program is ended
};

/** The request as one JSON document. */
[[nodiscard]] std::string engineRequest(const EngineQuestion& question, const EngineRun& run);

/**
 * Reads an answer. Everything is checked: numbers are finite and not negative, percentiles ascend, intervals hold their
 * value, rates fit the load. What the program left out is derived where that is exact, else named in the caveats.
 * `Unsupported` carries the program's own `error`; the other errors say what is wrong with the answer.
 */
[[nodiscard]] Result<Estimate> readEngineAnswer(std::string_view json,
                                                const EngineQuestion& question);

} // namespace llmd
