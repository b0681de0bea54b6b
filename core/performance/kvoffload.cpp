// SPDX-License-Identifier: Apache-2.0
#include "kvoffload.h"

#include <core/candidate/featurefigures.h>

#include <algorithm>

namespace llmd {

namespace {

/** PCIe 4.0 x16, where a GPU's entry says nothing. */
constexpr BytesPerSecond fallbackLink = gigabytesPerSecond(32);

} // namespace

TierFigures tierFigures(const Candidate& candidate, const MemoryLedger& ledger)
{
    TierFigures tiers;
    const KvOffload& offload = candidate.engine.offload;
    const double perGpu = ledger.kvBytesPerToken.value();
    if (!offload.any() || !(perGpu > 0))
        return tiers;
    const FeatureFigures& figures = standardFeatureFigures();
    const double perToken = perGpu * candidate.topology.pool.parallelism.gpus();
    const BytesPerSecond link = candidate.gpu->pcieBandwidth > BytesPerSecond()
        ? candidate.gpu->pcieBandwidth
        : fallbackLink;
    tiers.cpuTokens = offload.cpu.value() / perToken;
    tiers.diskTokens = offload.disk.value() / perToken;
    tiers.cpuLatency = figures.cpuLatency.value();
    tiers.diskLatency = figures.diskLatency.value();
    tiers.cpuPerToken = perGpu / (figures.linkShare * link.value());
    // From the drive the tokens pass the host's memory, piece by piece: the slower of the two sets the pace.
    tiers.diskPerToken = std::max(tiers.cpuPerToken, perToken / figures.diskRead.value());
    return tiers;
}

} // namespace llmd
