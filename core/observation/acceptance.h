// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "observedplan.h"

#include <core/base/result.h>

#include <cstdint>
#include <filesystem>

namespace llmd {

struct BenchmarkRecord; // core/benchmarks/record.h
struct SavedReport; // core/benchmarks/store.h
class BenchmarkStore;

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

/** The same into a store that is opened, or made, for it; the id of the record. */
[[nodiscard]] Result<std::int64_t> acceptObservation(const ObservedPlan& plan,
                                                     const Observation& observation,
                                                     const std::filesystem::path& store);

} // namespace llmd
