// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "observedplan.h"

#include <core/base/result.h>
#include <core/benchmarks/record.h>
#include <core/benchmarks/store.h>

namespace llmd {

/** Fewest requests of an observation that may stand for a benchmark. */
constexpr double fewestAcceptedRequests = 100;

/**
 * An observation of the plan as a benchmark record: tool "llmd monitor", configuration from the plan where the servers do not
 * state another, notes that say that it was observed in operation. Fails, saying why, on observations that no
 * benchmark should be made of: fewer than 100 requests, no latencies, a benchmark itself, only some of the servers, running servers that are not configured as planned.
 */
[[nodiscard]] Result<BenchmarkRecord> acceptedRecord(const ObservedPlan& plan,
                                                     const Observation& observation);

/** Stores it as a measurement of its own, with the observation as its text. */
[[nodiscard]] Result<SavedReport>
acceptObservation(const ObservedPlan& plan, const Observation& observation, BenchmarkStore& store);

} // namespace llmd
