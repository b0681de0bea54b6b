// SPDX-License-Identifier: Apache-2.0
#include "kvtiers.h"

#include <algorithm>

namespace llmd {

KvTiers::Load KvTiers::load(const RequestSpec& spec, std::uint32_t cached, std::uint32_t wanted,
                            double now)
{
    const std::uint32_t inMemory = std::min(m_cpu.matchedTokens(spec), wanted);
    const std::uint32_t anywhere = std::min(m_all.matchedTokens(spec), wanted);
    Load result { std::max(inMemory, anywhere), now };
    if (result.tokens <= cached)
        return { 0, now };
    const std::uint32_t fast = std::max(inMemory, cached);
    if (fast > cached) {
        m_cpuFree =
            std::max(m_cpuFree, now) + m_limits.cpuLatency + m_limits.cpuPerToken * (fast - cached);
        result.ready = m_cpuFree;
    }
    if (result.tokens > fast) {
        m_diskFree = std::max(m_diskFree, now) + m_limits.diskLatency
            + m_limits.diskPerToken * (result.tokens - fast);
        result.ready = std::max(result.ready, m_diskFree);
    }
    return result;
}

void KvTiers::store(const RequestSpec& spec)
{
    m_cpu.add(spec);
    m_all.add(spec);
}

} // namespace llmd
