// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "blockcache.h"
#include "request.h"
#include "steptimer.h"

#include <cstdint>
#include <vector>

namespace llmd {

/** The limits of the scheduler of one data-parallel rank. */
struct RankLimits
{
    std::int64_t seats = 256; ///< max_num_seqs
    std::int64_t budget = 8192; ///< max_num_batched_tokens, of all batches in flight
    std::int64_t chunk = 8192; ///< most prompt tokens of one request in a step
    std::int64_t blocks = 1000;
    std::int64_t blockSize = 16;
    bool chunkedPrefill = true;
    bool prefixCaching = true;
    int levels = 1; ///< priorities
    double tokensPerStep = 1; ///< that a decoding request gets, above 1 with speculative decoding
    std::int64_t tokensInStep = 1; ///< of the budget that it takes
    int adapters = 0; ///< LoRA adapters that requests name
    int adapterSlots = 0; ///< different ones at a time; 0 = no limit
};

/** A step of one rank as the scheduler composed it. */
struct RankStep
{
    RankBatch batch;
    std::vector<RequestId> prompts; ///< prefills that end in this step and give a token
    std::vector<RequestId> departing; ///< get their last token in this step
    std::vector<RequestId>
        fetches; ///< got blocks for a cache that is fetched when this step starts

    void clear()
    {
        batch = {};
        prompts.clear();
        departing.clear();
        fetches.clear();
    }
};

/**
 * The scheduler of one rank with vLLM's (V1) rules: running requests first, then waiting ones in the order of priority and
 * arrival while seats, token budget and blocks last; when blocks run out, the last admitted one of the least urgent is
 * preempted. Decoding requests are never touched one by one: what a step needs to know of them is kept in sums, so that a
 * stretch of steps costs as much as one. With speculative decoding all of them advance by the mean number of accepted tokens:
 * after step b the token clock of the rank stands at b times that number, rounded down.
 *
 * Steps are numbered. With asynchronous scheduling a step is composed when the one before it starts, else when that one
 * has ended.
 */
class Rank
{
public:
    Rank(RequestPool& pool, const RankLimits& limits);

    /** Why the last composed step admitted no more. */
    enum class Stop { NothingWaits, Seats, Blocks, Adapters, OtherStep };

    void enqueue(RequestId id);
    /** The cache of a request that fetched it is there: it goes before all that wait. */
    void enqueueFetched(RequestId id);
    /** Frees what a request holds whose cache came for nothing; the caller removes it from the pool. */
    void dropFetched(RequestId id);
    /** A request whose prompt is through leaves its seat and keeps its blocks … */
    void vacate(RequestId id);
    /** … until they have been fetched. */
    void release(RequestId id);
    /** Composes step `step` at time `now`; `before` is the step in front of it, whose last tokens become known. */
    void compose(std::int64_t step, double now, RankStep& before, RankStep& composed);
    /** Moves those that got their last token before step `step` to the departing ones of `before`. */
    void retire(std::int64_t step, RankStep& before);
    /** Frees what a request holds that got its last token; the caller removes it from the pool. */
    void complete(RequestId id);
    /** Takes a waiting or running request out before step `step` is composed. */
    void withdraw(RequestId id, std::int64_t step);

    /** The first of the coming steps in which somebody gets a last token; the largest number if nobody decodes. */
    [[nodiscard]] std::int64_t nextDeparture();
    /** Nothing but decoding, and nothing to admit, until a request departs or arrives. */
    [[nodiscard]] bool isSteady() const
    {
        return m_prefilling.empty() && m_joining.empty() && m_stop != Stop::OtherStep;
    }
    /** How many of the `wanted` steps after `step` the free blocks allow, with everybody decoding on. */
    [[nodiscard]] std::int64_t stepsWithinBlocks(std::int64_t step, std::int64_t wanted) const;
    /** Decodes `count` steps after `step` without looking at each. */
    void skip(std::int64_t step, std::int64_t count);

    [[nodiscard]] Stop stop() const { return m_stop; }
    [[nodiscard]] bool hasPriorities() const { return m_levels.size() > 1; }
    [[nodiscard]] std::size_t waiting() const { return m_waitingCount; }
    [[nodiscard]] std::int64_t seatsTaken() const { return m_seats; }
    [[nodiscard]] std::int64_t decoding() const { return m_decodes; }
    [[nodiscard]] const BlockCache& cache() const { return m_cache; }
    [[nodiscard]] std::uint64_t preemptions() const { return m_preemptions; }
    [[nodiscard]] std::uint64_t outputTokens() const
    {
        return m_outputTokens;
    } ///< of all steps composed
    /** Blocks that the `count` steps after `step` take. */
    [[nodiscard]] std::int64_t blocksNeeded(std::int64_t step, std::int64_t count) const;
    /** Tokens that a request which decodes all the time has got by the end of step `step`. */
    [[nodiscard]] std::int64_t clock(std::int64_t step) const
    {
        return (step * m_tokenRate) >> rateBits;
    }
    [[nodiscard]] double tokensPerStep() const
    {
        return static_cast<double>(m_tokenRate) / (1 << rateBits);
    }
    /** As llm-d's lora-affinity scorer counts: 1 active, 0.8 a slot is free, 0.6 requests for it wait, else 0. */
    [[nodiscard]] double adapterAffinity(std::uint16_t adapter) const;

private:
    struct Departure
    {
        std::int64_t step = 0;
        RequestId id = 0;
        std::uint32_t serial = 0;
    };
    struct Level
    {
        RequestList waiting;
        RequestList running; ///< in the order of admission
    };
    struct Composition ///< what `compose` hands from one of its parts to the next
    {
        std::int64_t step = 0;
        double now = 0;
        std::int64_t budget = 0;
        RankStep* result = nullptr;
        bool decodesHaveBlocks = false;
        bool preempted = false;
        std::int64_t firstDecodes =
            0; ///< first tokens after a fetch, by decoding the last prompt token
        std::int64_t firstContext = 0; ///< tokens that they attend to
    };

    static constexpr int rateBits = 20;
    struct AdapterUse
    {
        int running = 0;
        int waiting = 0;
    };

    /** First step at whose end the clock stands at `tokens` or later. */
    [[nodiscard]] std::int64_t stepAt(std::int64_t tokens) const
    {
        return ((tokens << rateBits) + m_tokenRate - 1) / m_tokenRate;
    }
    [[nodiscard]] bool hasAdapterSlot(const Request& request) const;
    void countAdapter(const Request& request, int running, int waiting);
    [[nodiscard]] bool isCurrent(const Departure& departure) const;
    [[nodiscard]] std::size_t phaseOf(const Request& request) const;
    [[nodiscard]] std::int64_t blocksOfToken(std::int64_t token) const;
    void startDecoding(RequestId id);
    void stopDecoding(Request& request);
    void join();
    void preempt(RequestId id, Composition& composition);
    [[nodiscard]] RequestId victim() const;
    bool makeRoom(std::int64_t blocks, RequestId beneficiary, Composition& composition);
    void giveBlocksToDecoders(Composition& composition);
    void continuePrefills(Composition& composition);
    void admit(Composition& composition);
    [[nodiscard]] bool admitOne(RequestId id, Composition& composition);
    void scheduleChunk(RequestId id, std::int64_t chunk, Composition& composition);
    void giveFirstToken(RequestId id, Composition& composition);
    [[nodiscard]] bool startFetch(RequestId id, const BlockCache::Hit& hit,
                                  Composition& composition);
    [[nodiscard]] bool admitFetched(RequestId id, Composition& composition);

    RequestPool& m_pool;
    RankLimits m_limits;
    BlockCache m_cache;
    std::vector<Level> m_levels;
    std::vector<RequestId> m_prefilling; ///< prompts that are not through yet
    std::vector<RequestId> m_joining; ///< prompts that end in the step composed last
    std::vector<Departure> m_departures; ///< heap, earliest first; may hold outdated entries
    std::vector<std::int64_t>
        m_phases; ///< decoding requests by place of their next token in a block, see phaseOf
    std::int64_t m_tokenRate = std::int64_t { 1 } << rateBits; ///< of the clock, per step
    std::vector<AdapterUse> m_adapters;
    int m_activeAdapters = 0;
    std::int64_t m_decodes = 0;
    std::int64_t m_baseSum = 0;
    std::int64_t m_seats = 0;
    std::int64_t m_staged = 0; ///< have blocks for a cache and no seat yet
    std::size_t m_waitingCount = 0;
    std::uint64_t m_preemptions = 0;
    std::uint64_t m_outputTokens = 0;
    Stop m_stop = Stop::NothingWaits;
};

} // namespace llmd
