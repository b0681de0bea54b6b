// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "request.h"

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace llmd {

/**
 * The KV blocks of one rank with vLLM's prefix cache, on segments instead of token arrays. A block is either part of a
 * node (the full blocks of a prompt segment) or private to a request. Blocks that nobody refers to wait in the order in
 * which they became free, the last block of a sequence before the first, and keep their content until they are taken
 * again: least recently used, tail first. Nodes hold a leading part of their segment, because a block can only be found
 * if all before it are there.
 */
class BlockCache
{
public:
    BlockCache(std::int64_t blocks, std::int64_t blockSize, bool caching);

    [[nodiscard]] std::int64_t blockSize() const { return m_blockSize; }
    [[nodiscard]] std::int64_t total() const { return m_total; }
    [[nodiscard]] std::int64_t free() const { return m_free; } ///< nobody refers to them
    [[nodiscard]] std::int64_t used() const { return m_total - m_free; }
    [[nodiscard]] std::int64_t blocksFor(std::int64_t tokens) const
    {
        return (tokens + m_blockSize - 1) / m_blockSize;
    }

    /** What of a prefill is there already. */
    struct Hit
    {
        std::int64_t blocks = 0; ///< leading blocks with content
        std::int64_t idle = 0; ///< of them free now: taking them up costs capacity
        std::int64_t resumed = 0; ///< blocks kept from before a preemption, included in `blocks`
    };
    [[nodiscard]] Hit find(const Request& request) const;

    /** Takes up the blocks that `find` gave and refers to the other segments, to be filled as tokens are computed. */
    void acquire(Request& request, RequestId id, const Hit& hit);
    /** Blocks to take when the computed tokens of a request go from `request.computed` to `tokens`. */
    [[nodiscard]] std::int64_t needed(const Request& request, std::int64_t tokens) const
    {
        return blocksFor(tokens) - blocksFor(request.computed);
    }
    /** Takes those blocks; there must be enough free ones. Sets `request.computed`. */
    void grow(Request& request, RequestId id, std::int64_t tokens);
    /** Takes private blocks for decoding. */
    void take(std::int64_t blocks);
    /** Gives all blocks of a request with this many tokens back. `keep`: what was written is a prompt later. */
    enum class Keep { Nothing, Conversation, Resume };
    void release(Request& request, RequestId id, std::int64_t tokens, Keep keep);

    [[nodiscard]] std::size_t nodes() const { return m_index.size(); }
    /** Blocks by adding up everything there is; equals `total()` at any time. For tests. */
    [[nodiscard]] std::int64_t countedFree() const;

private:
    static constexpr std::uint32_t none = 0xffffffffu;

    struct Node
    {
        std::uint64_t key = 0;
        std::int64_t blocks = 0; ///< with content
        std::uint32_t references = 0;
        RequestId filledBy = noRequest; ///< the request that computes the rest
        std::uint32_t previous = none; ///< in the queue of free blocks
        std::uint32_t next = none;
        bool queued = false;
        bool anonymous = false; ///< blocks without content that anybody could ask for
    };

    [[nodiscard]] std::int64_t wholeBlocks(std::int64_t tokens) const
    {
        return tokens / m_blockSize;
    }
    [[nodiscard]] std::uint32_t nodeOf(std::uint64_t key) const;
    [[nodiscard]] std::uint32_t newNode();
    [[nodiscard]] std::uint32_t makeNode(std::uint64_t key);
    void dropNode(std::uint32_t index);
    void enqueue(std::uint32_t index);
    void dequeue(std::uint32_t index);
    void enqueueAnonymous(std::int64_t blocks);
    void acquireSegments(Request& request, RequestId id);
    void keepConversation(Request& request, RequestId id, std::int64_t tokens);
    void keepForResume(Request& request, std::int64_t privateBlocks, std::int64_t tokens);

    std::int64_t m_total;
    std::int64_t m_free;
    std::int64_t m_blockSize;
    bool m_caching;
    std::vector<Node> m_nodes;
    std::vector<std::uint32_t> m_unusedNodes;
    std::unordered_map<std::uint64_t, std::uint32_t> m_index;
    std::uint32_t m_front = none; ///< next to be taken
    std::uint32_t m_back = none;
};

} // namespace llmd
