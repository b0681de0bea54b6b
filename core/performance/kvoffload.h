// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/candidate/candidate.h>
#include <core/memory/memoryledger.h>

namespace llmd {

/** KV cache of one replica outside its GPUs: how many tokens it holds, and how long they take to come back. */
struct TierFigures
{
    double cpuTokens = 0; ///< that the host's memory holds
    double diskTokens = 0; ///< that the drive holds beside those
    double cpuLatency = 0; ///< s before the first token of a load
    double diskLatency = 0;
    double cpuPerToken = 0; ///< s
    double diskPerToken = 0;

    [[nodiscard]] bool any() const { return cpuTokens > 0 || diskTokens > 0; }
};

/**
 * From the candidate's settings, its bytes per cached token, the PCIe links of its GPUs, each of which reads its own share, and one
 * drive for all of them; shares and latencies from `standardFeatureFigures()`.
 */
[[nodiscard]] TierFigures tierFigures(const Candidate& candidate, const MemoryLedger& ledger);

} // namespace llmd
