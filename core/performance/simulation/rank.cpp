// SPDX-License-Identifier: Apache-2.0
#include "rank.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace llmd {

namespace {

constexpr auto later = [](const auto& a, const auto& b) { return a.step > b.step; };

std::size_t remainder(std::int64_t value, std::int64_t divisor)
{
    const std::int64_t rest = value % divisor;
    return static_cast<std::size_t>(rest < 0 ? rest + divisor : rest);
}

} // namespace

Rank::Rank(RequestPool& pool, const RankLimits& limits)
    : m_pool(pool)
    , m_limits(limits)
    , m_cache(limits.blocks, limits.blockSize, limits.prefixCaching)
    , m_levels(static_cast<std::size_t>(std::max(1, limits.levels)))
    , m_phases(static_cast<std::size_t>(limits.blockSize))
    , m_tokenRate(std::llround(std::max(1.0, limits.tokensPerStep) * (1 << rateBits)))
    , m_adapters(static_cast<std::size_t>(std::max(0, limits.adapters)))
{ }

void Rank::countAdapter(const Request& request, int running, int waiting)
{
    if (m_adapters.empty())
        return;
    AdapterUse& use = m_adapters[request.spec.adapter];
    m_activeAdapters -= use.running > 0 ? 1 : 0;
    use.running += running;
    use.waiting += waiting;
    m_activeAdapters += use.running > 0 ? 1 : 0;
}

bool Rank::hasAdapterSlot(const Request& request) const
{
    return m_adapters.empty() || m_limits.adapterSlots <= 0
        || m_activeAdapters < m_limits.adapterSlots || m_adapters[request.spec.adapter].running > 0;
}

double Rank::adapterAffinity(std::uint16_t adapter) const
{
    if (m_adapters.empty() || m_adapters[adapter].running > 0)
        return 1;
    if (m_activeAdapters < m_limits.adapterSlots)
        return 0.8;
    return m_adapters[adapter].waiting > 0 ? 0.6 : 0;
}

void Rank::enqueue(RequestId id)
{
    Request& request = m_pool[id];
    request.state = RequestState::Waiting;
    request.target = request.spec.prompt + request.generated;
    m_levels[request.spec.level].waiting.pushBack(m_pool, id);
    ++m_waitingCount;
    countAdapter(request, 0, 1);
}

void Rank::enqueueFetched(RequestId id)
{
    Request& request = m_pool[id];
    request.state = RequestState::Waiting;
    request.fetched = true;
    m_levels[request.spec.level].waiting.pushFront(m_pool, id);
    ++m_waitingCount;
    countAdapter(request, 0, 1);
}

void Rank::dropFetched(RequestId id)
{
    Request& request = m_pool[id];
    m_cache.release(request, id, request.computed, BlockCache::Keep::Nothing);
    --m_staged;
}

/**
 * A decoding request has base + clock(b) tokens after step b; the token that the clock counts as t is the first of a block when
 * base + t - 1 is a multiple of the block size. All advance together, so the remainder of base - 1 says for good when that is.
 */
std::size_t Rank::phaseOf(const Request& request) const
{
    return remainder(request.base - 1, m_limits.blockSize);
}

/** Requests for which the token with this number on the clock begins a block. */
std::int64_t Rank::blocksOfToken(std::int64_t token) const
{
    return m_phases[remainder(-token, m_limits.blockSize)];
}

std::int64_t Rank::blocksNeeded(std::int64_t step, std::int64_t count) const
{
    const std::int64_t from = clock(step);
    const std::int64_t tokens = clock(step + count) - from;
    std::int64_t blocks = tokens / m_limits.blockSize * m_decodes;
    for (std::int64_t i = tokens % m_limits.blockSize; i > 0; --i)
        blocks += blocksOfToken(from + i);
    return blocks;
}

std::int64_t Rank::stepsWithinBlocks(std::int64_t step, std::int64_t wanted) const
{
    const std::int64_t free = m_cache.free();
    const std::int64_t tokens = clock(step + wanted) - clock(step);
    if ((tokens / m_limits.blockSize + 1) * m_decodes <= free)
        return wanted;
    // So many tokens of all are within the free blocks for certain; from there on step by step.
    const std::int64_t certain = free / m_decodes * m_limits.blockSize;
    std::int64_t steps = std::max<std::int64_t>(0, (certain << rateBits) / m_tokenRate - 1);
    if (steps >= wanted)
        return wanted;
    std::int64_t left = free - blocksNeeded(step, steps);
    while (steps < wanted) {
        left -= blocksNeeded(step + steps, 1);
        if (left < 0)
            break;
        ++steps;
    }
    return steps;
}

void Rank::skip(std::int64_t step, std::int64_t count)
{
    m_cache.take(blocksNeeded(step, count));
    m_outputTokens += static_cast<std::uint64_t>((clock(step + count) - clock(step)) * m_decodes);
}

bool Rank::isCurrent(const Departure& departure) const
{
    const Request& request = m_pool[departure.id];
    return request.serial == departure.serial && request.state == RequestState::Decoding
        && request.last == departure.step;
}

std::int64_t Rank::nextDeparture()
{
    while (!m_departures.empty() && !isCurrent(m_departures.front())) {
        std::pop_heap(m_departures.begin(), m_departures.end(), later);
        m_departures.pop_back();
    }
    return m_departures.empty() ? std::numeric_limits<std::int64_t>::max()
                                : m_departures.front().step;
}

void Rank::startDecoding(RequestId id)
{
    Request& request = m_pool[id];
    request.state = RequestState::Decoding;
    ++m_decodes;
    m_baseSum += request.base;
    ++m_phases[phaseOf(request)];
    m_departures.push_back({ request.last, id, request.serial });
    std::push_heap(m_departures.begin(), m_departures.end(), later);
}

void Rank::stopDecoding(Request& request)
{
    --m_decodes;
    m_baseSum -= request.base;
    --m_phases[phaseOf(request)];
}

void Rank::retire(std::int64_t step, RankStep& before)
{
    while (nextDeparture() < step) {
        const RequestId id = m_departures.front().id;
        Request& request = m_pool[id];
        stopDecoding(request);
        m_levels[request.spec.level].running.remove(m_pool, id);
        request.state = RequestState::Departing;
        before.departing.push_back(id);
    }
}

void Rank::join()
{
    for (const RequestId id : m_joining)
        startDecoding(id);
    m_joining.clear();
}

RequestId Rank::victim() const
{
    for (auto level = m_levels.rbegin(); level != m_levels.rend(); ++level) {
        if (!level->running.empty())
            return level->running.back();
    }
    return noRequest;
}

void Rank::preempt(RequestId id, Composition& composition)
{
    Request& request = m_pool[id];
    std::int64_t tokens = request.computed;
    if (request.state == RequestState::Decoding) {
        stopDecoding(request);
        tokens = request.base + clock(composition.step - (composition.decodesHaveBlocks ? 0 : 1));
        composition.budget += composition.decodesHaveBlocks ? m_limits.tokensInStep : 0;
        const std::int64_t missing = request.lastClock - clock(composition.step - 1);
        request.generated = request.spec.output - static_cast<std::uint32_t>(missing);
    } else {
        std::erase(m_prefilling, id);
    }
    // First: what it leaves behind is named with the number of preemptions already above zero.
    ++request.preemptions;
    m_cache.release(request, id, tokens, BlockCache::Keep::Resume);
    Level& level = m_levels[request.spec.level];
    level.running.remove(m_pool, id);
    level.waiting.pushFront(m_pool, id);
    ++m_waitingCount;
    --m_seats;
    ++m_preemptions;
    countAdapter(request, -1, 1);
    request.computed = 0;
    request.target = request.spec.prompt + request.generated;
    request.state = RequestState::Waiting;
    request.queued = composition.now;
    composition.preempted = true;
}

/** Preempts until so many blocks are free; false if the beneficiary itself had to go. */
bool Rank::makeRoom(std::int64_t blocks, RequestId beneficiary, Composition& composition)
{
    while (blocks > m_cache.free()) {
        const RequestId id = victim();
        preempt(id, composition);
        if (id == beneficiary)
            return false;
    }
    return true;
}

void Rank::giveBlocksToDecoders(Composition& composition)
{
    while (blocksNeeded(composition.step - 1, 1) > m_cache.free())
        preempt(victim(), composition);
    m_cache.take(blocksNeeded(composition.step - 1, 1));
    composition.decodesHaveBlocks = true;
    composition.budget = m_limits.budget - m_decodes * m_limits.tokensInStep;
}

void Rank::scheduleChunk(RequestId id, std::int64_t chunk, Composition& composition)
{
    Request& request = m_pool[id];
    RankBatch& batch = composition.result->batch;
    const auto tokens = static_cast<double>(chunk);
    batch.prefillTokens += chunk;
    batch.prefillPairs += tokens * request.computed + tokens * (tokens + 1) / 2;
    ++batch.prompts;
    composition.budget -= chunk;
    m_cache.grow(request, id, request.computed + chunk);
    if (request.computed == request.target)
        giveFirstToken(id, composition);
}

/** The step gives a token; what is left is decoded from the next one on. */
void Rank::giveFirstToken(RequestId id, Composition& composition)
{
    Request& request = m_pool[id];
    ++request.generated;
    composition.result->prompts.push_back(id);
    const std::int64_t left = request.spec.output - request.generated;
    const std::int64_t now = clock(composition.step);
    request.base = std::int64_t { request.target } - now;
    request.lastClock = now + left;
    request.last = left > 0 ? stepAt(request.lastClock) : composition.step;
    if (left > 0) {
        request.state = RequestState::Joining;
        m_joining.push_back(id);
    } else {
        request.state = RequestState::Departing;
        m_levels[request.spec.level].running.remove(m_pool, id);
    }
}

void Rank::continuePrefills(Composition& composition)
{
    std::vector<RequestId> rest;
    rest.swap(m_prefilling);
    // Urgent ones first, so that whoever is preempted for another has not been given anything in this step yet.
    if (m_levels.size() > 1) {
        std::stable_sort(rest.begin(), rest.end(), [this](RequestId a, RequestId b) {
            return m_pool[a].spec.level < m_pool[b].spec.level;
        });
    }
    for (std::size_t i = 0; i < rest.size(); ++i) {
        const RequestId id = rest[i];
        Request& request = m_pool[id];
        if (request.state != RequestState::Prefilling)
            continue; // preempted to make room for one before it
        const std::int64_t chunk = std::min({ std::int64_t { request.target } - request.computed,
                                              composition.budget, m_limits.chunk });
        if (chunk > 0
            && makeRoom(m_cache.needed(request, request.computed + chunk), id, composition))
            scheduleChunk(id, chunk, composition);
        if (request.state == RequestState::Prefilling)
            m_prefilling.push_back(id);
    }
}

/**
 * Takes blocks for a prompt that was computed elsewhere; with them it leaves the queue until its cache is there, as in vLLM.
 * The last token of the prompt is computed here.
 */
bool Rank::startFetch(RequestId id, const BlockCache::Hit& hit, Composition& composition)
{
    Request& request = m_pool[id];
    const std::int64_t wanted = std::int64_t { request.target } - 1;
    // Everybody who waits for a cache or a seat may need one more block for the first token: it stays free.
    const std::int64_t headRoom = m_staged + 1;
    if (m_cache.blocksFor(wanted) - hit.blocks + hit.idle + headRoom > m_cache.free()) {
        m_stop = Stop::Blocks;
        return false;
    }
    m_levels[request.spec.level].waiting.remove(m_pool, id);
    --m_waitingCount;
    countAdapter(request, 0, -1);
    ++m_staged;
    request.waited += composition.now - request.queued;
    request.state = RequestState::Fetching;
    request.travelling = static_cast<std::uint32_t>(wanted - hit.blocks * m_limits.blockSize);
    m_cache.acquire(request, id, hit);
    m_cache.grow(request, id, wanted);
    composition.result->fetches.push_back(id);
    return true;
}

/** Its last prompt token is decoded like any other token: it makes the first one of the output. */
bool Rank::admitFetched(RequestId id, Composition& composition)
{
    Request& request = m_pool[id];
    if (m_cache.needed(request, request.target) > m_cache.free()) {
        m_stop = Stop::Blocks;
        return false;
    }
    Level& level = m_levels[request.spec.level];
    level.waiting.remove(m_pool, id);
    level.running.pushBack(m_pool, id);
    --m_waitingCount;
    ++m_seats;
    countAdapter(request, 1, -1);
    --m_staged;
    request.waited += composition.now - request.queued;
    // From here on it is like all others: preempted, it computes its prompt itself.
    request.travels = request.fetched = false;
    m_cache.grow(request, id, request.target);
    --composition.budget;
    ++composition.firstDecodes;
    composition.firstContext += request.target;
    giveFirstToken(id, composition);
    return true;
}

/** Whether it could be admitted; sets why not. */
bool Rank::admitOne(RequestId id, Composition& composition)
{
    Request& request = m_pool[id];
    if (m_seats >= m_limits.seats) {
        m_stop = Stop::Seats;
        return false;
    }
    if (composition.budget <= 0)
        return false;
    if (request.fetched)
        return admitFetched(id, composition);
    const BlockCache::Hit hit = m_cache.find(request);
    const std::int64_t cached = hit.blocks * m_limits.blockSize;
    if (request.travels) {
        if (cached < std::int64_t { request.target } - 1)
            return startFetch(id, hit, composition);
        request.travels = false; // somebody else brought it
        request.journey.fetching = request.journey.fetched = composition.now;
    }
    // What came from outside the GPU takes blocks like what is computed, but no time of a step.
    const std::int64_t known = std::max(cached, std::int64_t { request.loaded });
    const std::int64_t fresh = request.target - known;
    if (!m_limits.chunkedPrefill && fresh > composition.budget)
        return false;
    const std::int64_t chunk = std::min({ fresh, composition.budget, m_limits.chunk });
    if (m_cache.blocksFor(known + chunk) - hit.blocks + hit.idle > m_cache.free()) {
        m_stop = Stop::Blocks;
        return false;
    }
    Level& level = m_levels[request.spec.level];
    level.waiting.remove(m_pool, id);
    level.running.pushBack(m_pool, id);
    --m_waitingCount;
    ++m_seats;
    request.waited += composition.now - request.queued;
    if (request.admitted < 0) {
        request.admitted = composition.now;
        request.hit = static_cast<std::uint32_t>(cached);
        request.tierHit = static_cast<std::uint32_t>(known - cached);
    }
    request.state = RequestState::Prefilling;
    countAdapter(request, 1, -1);
    m_cache.acquire(request, id, hit);
    if (known > cached)
        m_cache.grow(request, id, known);
    request.loaded = 0; // after a preemption it is gone
    scheduleChunk(id, chunk, composition);
    if (request.state == RequestState::Prefilling)
        m_prefilling.push_back(id);
    return true;
}

void Rank::admit(Composition& composition)
{
    m_stop = Stop::OtherStep;
    if (composition.preempted)
        return; // vLLM admits nobody in a step that had to preempt
    bool skipped = false;
    for (auto& level : m_levels) {
        for (RequestId id = level.waiting.front(); id != noRequest;) {
            const RequestId next = m_pool[id].next;
            // vLLM passes over requests whose adapter would be one too many.
            if (!hasAdapterSlot(m_pool[id]))
                skipped = true;
            else if (!admitOne(id, composition))
                return;
            id = next;
        }
    }
    m_stop = skipped ? Stop::Adapters : Stop::NothingWaits;
}

void Rank::compose(std::int64_t step, double now, RankStep& before, RankStep& composed)
{
    composed.clear();
    retire(step, before);
    join();
    Composition composition { .step = step, .now = now, .budget = 0, .result = &composed };
    giveBlocksToDecoders(composition);
    continuePrefills(composition);
    admit(composition);
    composed.batch.decodes = m_decodes + composition.firstDecodes;
    composed.batch.context = m_baseSum + m_decodes * clock(step) + composition.firstContext;
    m_outputTokens += static_cast<std::uint64_t>(m_decodes * (clock(step) - clock(step - 1)))
        + composed.prompts.size();
}

void Rank::complete(RequestId id)
{
    countAdapter(m_pool[id], -1, 0);
    release(id);
    --m_seats;
}

void Rank::vacate(RequestId id)
{
    countAdapter(m_pool[id], -1, 0);
    m_pool[id].state = RequestState::HandedOver;
    --m_seats;
}

void Rank::release(RequestId id)
{
    Request& request = m_pool[id];
    m_cache.release(request, id, request.base + clock(request.last),
                    request.spec.sessionKey != 0 ? BlockCache::Keep::Conversation
                                                 : BlockCache::Keep::Nothing);
}

void Rank::withdraw(RequestId id, std::int64_t step)
{
    Request& request = m_pool[id];
    Level& level = m_levels[request.spec.level];
    if (request.state == RequestState::Waiting) {
        level.waiting.remove(m_pool, id);
        --m_waitingCount;
        countAdapter(request, 0, -1);
        if (request.fetched)
            dropFetched(id);
        return;
    }
    countAdapter(request, -1, 0);
    std::int64_t tokens = request.computed;
    if (request.state == RequestState::Decoding) {
        stopDecoding(request);
        tokens = request.base + clock(step - 1);
    }
    std::erase(m_prefilling, id);
    std::erase(m_joining, id);
    level.running.remove(m_pool, id);
    m_cache.release(request, id, tokens, BlockCache::Keep::Nothing);
    --m_seats;
}

} // namespace llmd
