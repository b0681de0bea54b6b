// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/base/result.h>
#include <core/candidate/candidate.h>
#include <core/memory/memoryledger.h>
#include <core/workload/workload.h>

namespace llmd {

/**
 * What every engine asks before it binds a candidate: figures that make sense, and room in the KV pool for one request
 * of mean length. Gives the memory figures of a replica. Of a disaggregated candidate it asks about one role at a time. `InvalidArgument` names the field; `Unsupported` says what the
 * candidate lacks.
 */
[[nodiscard]] Result<MemoryLedger> checkedMemory(const Candidate& candidate,
                                                 const EngineVersionProfile& profile,
                                                 const Workload& shape);

/** The part of the above that does not depend on the workload. */
[[nodiscard]] Result<> checkCandidate(const Candidate& candidate);

/** Refuses a load that is no finite number or negative. */
[[nodiscard]] Result<> checkLoad(const Load& load);

} // namespace llmd
