// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../kvoffload.h"
#include "prefixindex.h"

#include <cstdint>

namespace llmd {

/**
 * What of the prompts of a replica lies in the host's memory and on its drive: every prompt that was computed, least recently used
 * first out. Loads of one device follow each other; they do not hold up the GPU.
 */
class KvTiers
{
public:
    explicit KvTiers(const TierFigures& limits)
        : m_limits(limits)
        , m_cpu(limits.cpuTokens)
        , m_all(limits.cpuTokens + limits.diskTokens)
    { }

    struct Load
    {
        std::uint32_t tokens = 0; ///< leading ones that are there afterwards; 0 = nothing to load
        double ready = 0; ///< s
    };
    /** Starts to load what follows the first `cached` of at most `wanted` tokens. */
    [[nodiscard]] Load load(const RequestSpec& spec, std::uint32_t cached, std::uint32_t wanted,
                            double now);
    void store(const RequestSpec& spec);

private:
    TierFigures m_limits;
    PrefixIndex m_cpu;
    PrefixIndex m_all;
    double m_cpuFree = 0; ///< when the loads so far are done
    double m_diskFree = 0;
};

} // namespace llmd
