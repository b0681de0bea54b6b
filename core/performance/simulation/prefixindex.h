// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "request.h"

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace llmd {

/** The most recent segments of prompts, up to a size: what a router remembers of a replica, or a cache outside the GPU holds. */
class PrefixIndex
{
public:
    explicit PrefixIndex(double capacityTokens);

    [[nodiscard]] std::uint32_t matchedTokens(const RequestSpec& spec) const;
    void add(const RequestSpec& spec);
    [[nodiscard]] std::size_t size() const { return m_index.size(); }

private:
    static constexpr std::uint32_t none = 0xffffffffu;
    struct Entry
    {
        std::uint64_t key = 0; ///< 0: tokens that no other prompt has
        double tokens = 0;
        std::uint32_t previous = none;
        std::uint32_t next = none;
    };

    void touch(std::uint64_t key, double tokens);
    void addAnonymous(double tokens);
    void unlink(std::uint32_t index);
    void pushFront(std::uint32_t index);
    [[nodiscard]] std::uint32_t newEntry();
    void evict();

    double m_capacity;
    double m_tokens = 0;
    std::vector<Entry> m_entries;
    std::vector<std::uint32_t> m_unused;
    std::unordered_map<std::uint64_t, std::uint32_t> m_index;
    std::uint32_t m_front = none; ///< most recent
    std::uint32_t m_back = none;
};

} // namespace llmd
