// SPDX-License-Identifier: Apache-2.0
#include "blockcache.h"

#include "random.h"

#include <algorithm>

namespace llmd {

namespace {

/** Names what a preempted request leaves behind; it lives in the same index as the segments. */
std::uint64_t resumeKey(const Request& request)
{
    return scrambled(0x5265737565000000u ^ request.serial);
}

} // namespace

BlockCache::BlockCache(std::int64_t blocks, std::int64_t blockSize, bool caching)
    : m_total(blocks)
    , m_free(0)
    , m_blockSize(blockSize)
    , m_caching(caching)
{
    enqueueAnonymous(blocks);
}

std::uint32_t BlockCache::nodeOf(std::uint64_t key) const
{
    const auto found = m_index.find(key);
    return found == m_index.end() ? none : found->second;
}

std::uint32_t BlockCache::newNode()
{
    if (m_unusedNodes.empty()) {
        m_nodes.emplace_back();
        return static_cast<std::uint32_t>(m_nodes.size() - 1);
    }
    const std::uint32_t index = m_unusedNodes.back();
    m_unusedNodes.pop_back();
    m_nodes[index] = Node {};
    return index;
}

std::uint32_t BlockCache::makeNode(std::uint64_t key)
{
    const std::uint32_t index = newNode();
    m_nodes[index].key = key;
    m_index.emplace(key, index);
    return index;
}

void BlockCache::dropNode(std::uint32_t index)
{
    if (!m_nodes[index].anonymous)
        m_index.erase(m_nodes[index].key);
    m_unusedNodes.push_back(index);
}

void BlockCache::enqueue(std::uint32_t index)
{
    Node& node = m_nodes[index];
    m_free += node.blocks;
    node.queued = true;
    node.next = none;
    node.previous = m_back;
    (m_back == none ? m_front : m_nodes[m_back].next) = index;
    m_back = index;
}

void BlockCache::dequeue(std::uint32_t index)
{
    Node& node = m_nodes[index];
    m_free -= node.blocks;
    node.queued = false;
    (node.previous == none ? m_front : m_nodes[node.previous].next) = node.next;
    (node.next == none ? m_back : m_nodes[node.next].previous) = node.previous;
}

void BlockCache::enqueueAnonymous(std::int64_t blocks)
{
    if (blocks <= 0)
        return;
    if (m_back != none && m_nodes[m_back].anonymous) {
        m_nodes[m_back].blocks += blocks;
        m_free += blocks;
        return;
    }
    const std::uint32_t index = newNode();
    m_nodes[index].anonymous = true;
    m_nodes[index].blocks = blocks;
    enqueue(index);
}

void BlockCache::take(std::int64_t blocks)
{
    while (blocks > 0) {
        Node& node = m_nodes[m_front];
        const std::int64_t part = std::min(blocks, node.blocks);
        node.blocks -= part;
        m_free -= part;
        blocks -= part;
        if (node.blocks == 0) {
            const std::uint32_t index = m_front;
            dequeue(index);
            dropNode(index);
        }
    }
}

BlockCache::Hit BlockCache::find(const Request& request) const
{
    Hit hit;
    if (!m_caching)
        return hit;
    // The last token is always computed, for its output: a prompt that is there as a whole gives up its last block.
    const std::int64_t most = wholeBlocks(std::int64_t { request.target } - 1);
    for (const auto& segment : request.spec.segments()) {
        const std::int64_t wanted = std::min(wholeBlocks(segment.end), most) - hit.blocks;
        const std::uint32_t index = nodeOf(segment.key);
        if (index == none) {
            if (wanted > 0)
                return hit;
            continue;
        }
        const Node& node = m_nodes[index];
        hit.idle += node.queued ? node.blocks : 0;
        hit.blocks += std::clamp<std::int64_t>(node.blocks, 0, std::max<std::int64_t>(wanted, 0));
        if (node.blocks < wanted)
            return hit;
    }
    if (request.preemptions == 0)
        return hit;
    if (const std::uint32_t index = nodeOf(resumeKey(request)); index != none) {
        hit.resumed = std::clamp<std::int64_t>(most - hit.blocks, 0, m_nodes[index].blocks);
        hit.idle += hit.resumed; // the rest is given up
        hit.blocks += hit.resumed;
    }
    return hit;
}

void BlockCache::acquireSegments(Request& request, RequestId id)
{
    const auto segments = request.spec.segments();
    request.heldSegments = request.firstExtended = static_cast<std::uint32_t>(segments.size());
    bool filling = false;
    std::int64_t before = 0;
    for (std::uint32_t i = 0; i < segments.size(); ++i) {
        std::uint32_t index = nodeOf(segments[i].key);
        if (index == none)
            index = makeNode(segments[i].key);
        Node& node = m_nodes[index];
        if (node.queued)
            dequeue(index);
        ++node.references;
        const std::int64_t end = wholeBlocks(segments[i].end);
        if (node.blocks < end - before) {
            if (node.filledBy != noRequest) {
                // Somebody is computing it just now: the second copy is private, and so is all that follows.
                request.heldSegments = i + 1;
                return;
            }
            node.filledBy = id;
            if (!filling)
                request.firstExtended = i;
            filling = true;
        }
        before = end;
    }
}

void BlockCache::acquire(Request& request, RequestId id, const Hit& hit)
{
    request.computed = static_cast<std::uint32_t>(hit.blocks * m_blockSize);
    request.sharedBlocks = static_cast<std::uint32_t>(hit.blocks - hit.resumed);
    request.heldSegments = request.firstExtended = 0;
    if (!m_caching)
        return;
    acquireSegments(request, id);
    if (request.preemptions == 0)
        return;
    if (const std::uint32_t index = nodeOf(resumeKey(request)); index != none) {
        // What is found again is private as before, the rest is of no use to anybody.
        m_index.erase(m_nodes[index].key);
        m_nodes[index].anonymous = true;
        if (hit.resumed > 0) {
            const std::int64_t rest = m_nodes[index].blocks - hit.resumed;
            dequeue(index);
            dropNode(index);
            enqueueAnonymous(rest);
        }
    }
}

void BlockCache::grow(Request& request, RequestId id, std::int64_t tokens)
{
    take(needed(request, tokens));
    request.computed = static_cast<std::uint32_t>(tokens);
    const auto segments = request.spec.segments();
    const std::int64_t whole = wholeBlocks(tokens);
    for (std::uint32_t i = request.firstExtended; i < request.heldSegments; ++i) {
        const std::uint32_t index = nodeOf(segments[i].key);
        Node& node = m_nodes[index];
        if (node.filledBy != id)
            break;
        const std::int64_t end = std::min(wholeBlocks(segments[i].end), whole);
        const std::int64_t added = end - std::int64_t { request.sharedBlocks };
        if (added > 0) {
            node.blocks += added;
            request.sharedBlocks = static_cast<std::uint32_t>(end);
        }
        if (end < wholeBlocks(segments[i].end))
            break;
        node.filledBy = noRequest;
        request.firstExtended = i + 1;
    }
}

void BlockCache::keepConversation(Request& request, RequestId id, std::int64_t tokens)
{
    // The answer belongs to the next prompt of the conversation: the last segment goes on over it.
    const auto segments = request.spec.segments();
    const std::uint32_t last = request.heldSegments - 1;
    if (request.heldSegments != segments.size())
        return;
    Node& node = m_nodes[nodeOf(segments[last].key)];
    if (node.references != 1 || (node.filledBy != noRequest && node.filledBy != id)
        || std::int64_t { request.sharedBlocks } != wholeBlocks(segments[last].end))
        return;
    const std::int64_t whole = wholeBlocks(tokens);
    node.blocks += whole - request.sharedBlocks;
    request.sharedBlocks = static_cast<std::uint32_t>(whole);
}

void BlockCache::keepForResume(Request& request, std::int64_t privateBlocks, std::int64_t tokens)
{
    const std::int64_t whole = wholeBlocks(tokens) - request.sharedBlocks;
    const auto segments = request.spec.segments();
    // Blocks are found again only if everything before them is in nodes.
    const bool connected = segments.empty()
        || (request.heldSegments == segments.size()
            && std::int64_t { request.sharedBlocks } == wholeBlocks(segments.back().end));
    enqueueAnonymous(connected ? privateBlocks - whole : privateBlocks);
    if (!connected || whole <= 0)
        return;
    const std::uint32_t index = makeNode(resumeKey(request));
    m_nodes[index].blocks = whole;
    enqueue(index);
}

void BlockCache::release(Request& request, RequestId id, std::int64_t tokens, Keep keep)
{
    if (keep == Keep::Conversation && m_caching && request.heldSegments > 0)
        keepConversation(request, id, tokens);
    const std::int64_t privateBlocks = blocksFor(tokens) - request.sharedBlocks;
    if (keep == Keep::Resume && m_caching)
        keepForResume(request, privateBlocks, tokens);
    else
        enqueueAnonymous(privateBlocks);
    const auto segments = request.spec.segments();
    for (std::uint32_t i = request.heldSegments; i > 0; --i) {
        const std::uint32_t index = nodeOf(segments[i - 1].key);
        Node& node = m_nodes[index];
        if (node.filledBy == id)
            node.filledBy = noRequest;
        if (--node.references > 0)
            continue;
        if (node.blocks > 0)
            enqueue(index);
        else
            dropNode(index);
    }
    request.heldSegments = 0;
    request.sharedBlocks = 0;
}

std::int64_t BlockCache::countedFree() const
{
    std::int64_t sum = 0;
    for (std::uint32_t i = m_front; i != none; i = m_nodes[i].next)
        sum += m_nodes[i].blocks;
    return sum;
}

} // namespace llmd
