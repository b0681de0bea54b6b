// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "memoryledger.h"

#include <string>

namespace llmd {

/**
 * The smallest changes that make a candidate fit, as a sentence with figures: settings first (utilization, context
 * length, batch, FP8 cache), then more GPUs, then a larger GPU. `ledger` is the candidate's and does not fit.
 */
[[nodiscard]] std::string memoryRemedy(const Candidate& candidate,
                                       const EngineVersionProfile& profile,
                                       const MemoryLedger& ledger);

} // namespace llmd
