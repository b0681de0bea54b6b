// SPDX-License-Identifier: Apache-2.0
#include "prefixindex.h"

#include <algorithm>

namespace llmd {

PrefixIndex::PrefixIndex(double capacityTokens)
    : m_capacity(capacityTokens)
{ }

std::uint32_t PrefixIndex::matchedTokens(const RequestSpec& spec) const
{
    std::uint32_t matched = 0;
    std::uint32_t begin = 0;
    for (const auto& segment : spec.segments()) {
        const auto found = m_index.find(segment.key);
        if (found == m_index.end())
            break;
        const auto known = static_cast<std::uint32_t>(m_entries[found->second].tokens);
        matched = begin + std::min(known, segment.end - begin);
        if (matched < segment.end)
            break;
        begin = segment.end;
    }
    return matched;
}

std::uint32_t PrefixIndex::newEntry()
{
    if (m_unused.empty()) {
        m_entries.emplace_back();
        return static_cast<std::uint32_t>(m_entries.size() - 1);
    }
    const std::uint32_t index = m_unused.back();
    m_unused.pop_back();
    m_entries[index] = {};
    return index;
}

void PrefixIndex::unlink(std::uint32_t index)
{
    const Entry& entry = m_entries[index];
    (entry.previous == none ? m_front : m_entries[entry.previous].next) = entry.next;
    (entry.next == none ? m_back : m_entries[entry.next].previous) = entry.previous;
}

void PrefixIndex::pushFront(std::uint32_t index)
{
    m_entries[index].previous = none;
    m_entries[index].next = m_front;
    (m_front == none ? m_back : m_entries[m_front].previous) = index;
    m_front = index;
}

void PrefixIndex::touch(std::uint64_t key, double tokens)
{
    const auto [place, added] = m_index.try_emplace(key, 0);
    if (added)
        m_entries[place->second = newEntry()].key = key;
    else
        unlink(place->second);
    Entry& entry = m_entries[place->second];
    m_tokens += std::max(0.0, tokens - entry.tokens);
    entry.tokens = std::max(entry.tokens, tokens);
    pushFront(place->second);
}

void PrefixIndex::addAnonymous(double tokens)
{
    if (tokens <= 0)
        return;
    m_tokens += tokens;
    // The prefix before it is fresher, so it goes behind; neighbours that nobody asks for are one entry.
    if (m_front != none && m_entries[m_front].key == 0) {
        m_entries[m_front].tokens += tokens;
        return;
    }
    const std::uint32_t index = newEntry();
    m_entries[index].tokens = tokens;
    pushFront(index);
}

void PrefixIndex::evict()
{
    while (m_tokens > m_capacity && m_back != none) {
        const std::uint32_t index = m_back;
        Entry& entry = m_entries[index];
        const double part = std::min(entry.tokens, m_tokens - m_capacity);
        m_tokens -= part;
        entry.tokens -= part;
        if (entry.tokens > 0)
            return;
        unlink(index);
        if (entry.key != 0)
            m_index.erase(entry.key);
        m_unused.push_back(index);
    }
}

void PrefixIndex::add(const RequestSpec& spec)
{
    const auto segments = spec.segments();
    addAnonymous(spec.prompt - (segments.empty() ? 0 : segments.back().end));
    for (std::size_t i = segments.size(); i > 0; --i) {
        const std::uint32_t begin = i > 1 ? segments[i - 2].end : 0;
        touch(segments[i - 1].key, segments[i - 1].end - begin);
    }
    evict();
}

} // namespace llmd
