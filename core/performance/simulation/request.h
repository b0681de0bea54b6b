// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace llmd {

using RequestId = std::uint32_t; ///< place in the pool; reused after a request has left
constexpr RequestId noRequest = 0xffffffffu;

/**
 * A stretch of a prompt that other prompts may have too: all requests with equal keys up to here have the same tokens
 * up to `end`. Prompts are never token arrays: what is common is named, what is not needs no name.
 */
struct PromptSegment
{
    std::uint64_t key = 0;
    std::uint32_t end = 0; ///< tokens of the prompt up to the end of this segment

    bool operator==(const PromptSegment&) const = default;
};

/** What the traffic says about a request before any server has seen it. */
struct RequestSpec
{
    double arrival = 0; ///< s
    std::uint32_t prompt = 1; ///< tokens
    std::uint32_t output = 1;
    std::uint8_t level = 0; ///< priority, 0 = most urgent
    std::uint16_t stage = 0;
    std::uint16_t adapter = 0; ///< LoRA adapter, 0 … adapters - 1
    std::uint32_t session = 0xffffffffu; ///< slot of a conversation or of a closed loop
    std::uint64_t sessionKey = 0; ///< names the conversation, 0 = none
    std::array<PromptSegment, 2> own {}; ///< segments of synthetic prompts
    std::uint8_t ownSegments = 0;
    const PromptSegment* traced = nullptr; ///< segments of a trace, which outlives the request
    std::uint32_t tracedSegments = 0;

    [[nodiscard]] std::span<const PromptSegment> segments() const
    {
        return traced ? std::span<const PromptSegment>(traced, tracedSegments)
                      : std::span<const PromptSegment>(own.data(), ownSegments);
    }
};

enum class RequestState : std::uint8_t {
    Free,
    Elsewhere, ///< its prompt is computed by another server
    Incoming,
    Waiting,
    Fetching, ///< has blocks, its cache is on the way
    Prefilling,
    Joining,
    Decoding,
    Departing,
    HandedOver ///< computed here, its blocks wait to be fetched
};

/** The way of a request whose prompt is computed elsewhere: simulated times in s. */
struct Journey
{
    double queued = 0; ///< at the scheduler of the server that computes the prompt
    double admitted = 0; ///< there
    double prefilled = 0; ///< the prompt is through; 0 = it did not travel
    double arrived = 0; ///< at the scheduler of the server that decodes
    double fetching = 0; ///< the fetch begins
    double fetched = 0; ///< the cache is there
    double wire = 0; ///< s of its bytes on idle links
    double hidden = 0; ///< of them, behind the last step of the prompt
};

/** A request in flight. */
struct Request
{
    RequestSpec spec;
    double queued = 0; ///< since when it waits, s
    double waited = 0; ///< total wait for admission, s
    double admitted = -1; ///< first admission, s
    double firstToken = -1; ///< end of its first step with an output, s
    double prefilled = 0; ///< seconds from first admission to first token
    std::int64_t base = 0; ///< context after decode step b is base + the rank's token clock then
    std::int64_t last = 0; ///< step that makes the last token
    std::int64_t lastClock = 0; ///< token clock of the last token
    std::uint32_t generated = 0; ///< output tokens made or scheduled
    std::uint32_t target = 0; ///< tokens of the current prefill
    std::uint32_t computed = 0; ///< of them computed, found in the cache or scheduled
    std::uint32_t hit = 0; ///< prompt tokens found in the cache at first admission
    std::uint32_t loaded =
        0; ///< leading prompt tokens that are there once a load from CPU memory or disk is done
    std::uint32_t tierHit = 0; ///< of them those that were not in the GPU's cache
    double loading = 0; ///< s that the load took
    std::uint32_t sharedBlocks = 0; ///< blocks that live in nodes of the cache
    std::uint32_t heldSegments = 0; ///< leading segments whose nodes it refers to
    std::uint32_t firstExtended = 0; ///< segments from here on are computed by this request
    std::uint32_t preemptions = 0;
    RequestId previous = noRequest; ///< in the waiting or the running list
    RequestId next = noRequest;
    RequestId timerPrevious = noRequest; ///< in the list of deadlines
    RequestId timerNext = noRequest;
    Journey journey;
    RequestId partner =
        noRequest; ///< the same prompt on the server that computes it, and the other way round
    std::uint32_t sender = 0; ///< group of GPUs that hands its cache over
    std::uint32_t travelling = 0; ///< prompt tokens to fetch
    std::uint32_t serial = 0; ///< tells users of one place apart
    std::uint32_t replica = 0;
    std::uint16_t rank = 0;
    std::uint16_t section = 0; ///< part of the run for statistics
    RequestState state = RequestState::Free;
    bool aborted = false;
    bool travels = false; ///< its cache has to be fetched before it decodes
    bool fetched = false; ///< and is there
};

/** All requests in flight; memory follows their number, not the number of requests simulated. */
class RequestPool
{
public:
    [[nodiscard]] RequestId add(const RequestSpec& spec)
    {
        RequestId id = m_free;
        if (id == noRequest) {
            id = static_cast<RequestId>(m_requests.size());
            m_requests.emplace_back();
        } else {
            m_free = m_requests[id].next;
        }
        m_requests[id] = Request {};
        m_requests[id].spec = spec;
        m_requests[id].serial = ++m_serial;
        ++m_used;
        return id;
    }

    void remove(RequestId id)
    {
        m_requests[id].state = RequestState::Free;
        m_requests[id].serial = 0;
        m_requests[id].next = m_free;
        m_free = id;
        --m_used;
    }

    [[nodiscard]] Request& operator[](RequestId id) { return m_requests[id]; }
    [[nodiscard]] const Request& operator[](RequestId id) const { return m_requests[id]; }
    [[nodiscard]] std::size_t used() const { return m_used; }
    [[nodiscard]] std::size_t capacity() const { return m_requests.size(); } ///< most at one time

private:
    std::vector<Request> m_requests;
    RequestId m_free = noRequest;
    std::uint32_t m_serial = 0;
    std::size_t m_used = 0;
};

/** A list through the `previous` and `next` of pooled requests: removal anywhere in O(1), no allocation. */
class RequestList
{
public:
    [[nodiscard]] bool empty() const { return m_head == noRequest; }
    [[nodiscard]] RequestId front() const { return m_head; }
    [[nodiscard]] RequestId back() const { return m_tail; }
    [[nodiscard]] std::size_t size() const { return m_size; }

    void pushBack(RequestPool& pool, RequestId id)
    {
        pool[id].previous = m_tail;
        pool[id].next = noRequest;
        (m_tail == noRequest ? m_head : pool[m_tail].next) = id;
        m_tail = id;
        ++m_size;
    }

    void pushFront(RequestPool& pool, RequestId id)
    {
        pool[id].next = m_head;
        pool[id].previous = noRequest;
        (m_head == noRequest ? m_tail : pool[m_head].previous) = id;
        m_head = id;
        ++m_size;
    }

    void remove(RequestPool& pool, RequestId id)
    {
        const Request& request = pool[id];
        (request.previous == noRequest ? m_head : pool[request.previous].next) = request.next;
        (request.next == noRequest ? m_tail : pool[request.next].previous) = request.previous;
        --m_size;
    }

private:
    RequestId m_head = noRequest;
    RequestId m_tail = noRequest;
    std::size_t m_size = 0;
};

} // namespace llmd
