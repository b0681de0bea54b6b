// SPDX-License-Identifier: Apache-2.0
#include "rank.h"

#include <algorithm>
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
{ }

void Rank::enqueue(RequestId id)
{
    Request& request = m_pool[id];
    request.state = RequestState::Waiting;
    request.target = request.spec.prompt + request.generated;
    m_levels[request.spec.level].waiting.pushBack(m_pool, id);
    ++m_waitingCount;
}

void Rank::enqueueFetched(RequestId id)
{
    Request& request = m_pool[id];
    request.state = RequestState::Waiting;
    request.fetched = true;
    m_levels[request.spec.level].waiting.pushFront(m_pool, id);
    ++m_waitingCount;
}

void Rank::dropFetched(RequestId id)
{
    Request& request = m_pool[id];
    m_cache.release(request, id, request.computed, BlockCache::Keep::Nothing);
    --m_staged;
}

/**
 * A decoding request has base + b tokens after step b; its token of step b is the first of a block when base + b - 1 is a
 * multiple of the block size. All advance together, so the remainder of base - 1 says for good when that is.
 */
std::size_t Rank::phaseOf(const Request& request) const
{
    return remainder(request.base - 1, m_limits.blockSize);
}

std::int64_t Rank::decodersThatNeedABlock(std::int64_t step) const
{
    return m_phases[remainder(-step, m_limits.blockSize)];
}

std::int64_t Rank::blocksNeeded(std::int64_t step, std::int64_t count) const
{
    std::int64_t blocks = count / m_limits.blockSize * m_decodes;
    for (std::int64_t i = count % m_limits.blockSize; i > 0; --i)
        blocks += decodersThatNeedABlock(step + i);
    return blocks;
}

std::int64_t Rank::stepsWithinBlocks(std::int64_t step, std::int64_t wanted) const
{
    const std::int64_t free = m_cache.free();
    if ((wanted / m_limits.blockSize + 1) * m_decodes <= free)
        return wanted;
    std::int64_t steps = free / m_decodes * m_limits.blockSize;
    if (steps >= wanted)
        return wanted;
    std::int64_t left = free % m_decodes;
    while (steps < wanted) {
        left -= decodersThatNeedABlock(step + steps + 1);
        if (left < 0)
            break;
        ++steps;
    }
    return steps;
}

void Rank::skip(std::int64_t step, std::int64_t count)
{
    m_cache.take(blocksNeeded(step, count));
    m_outputTokens += static_cast<std::uint64_t>(count * m_decodes);
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
        tokens = request.base + composition.step - (composition.decodesHaveBlocks ? 0 : 1);
        composition.budget += composition.decodesHaveBlocks ? 1 : 0;
        const std::int64_t missing = request.last - (composition.step - 1);
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
    while (decodersThatNeedABlock(composition.step) > m_cache.free())
        preempt(victim(), composition);
    m_cache.take(decodersThatNeedABlock(composition.step));
    composition.decodesHaveBlocks = true;
    composition.budget = m_limits.budget - m_decodes;
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
    request.base = std::int64_t { request.target } - composition.step;
    request.last = composition.step + left;
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
    const std::int64_t known = hit.blocks * m_limits.blockSize;
    if (request.travels) {
        if (known < std::int64_t { request.target } - 1)
            return startFetch(id, hit, composition);
        request.travels = false; // somebody else brought it
        request.journey.fetching = request.journey.fetched = composition.now;
    }
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
        request.hit = static_cast<std::uint32_t>(known);
    }
    request.state = RequestState::Prefilling;
    m_cache.acquire(request, id, hit);
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
    for (auto& level : m_levels) {
        while (!level.waiting.empty()) {
            if (!admitOne(level.waiting.front(), composition))
                return;
        }
    }
    m_stop = Stop::NothingWaits;
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
    composed.batch.context = m_baseSum + m_decodes * step + composition.firstContext;
    m_outputTokens += static_cast<std::uint64_t>(m_decodes) + composed.prompts.size();
}

void Rank::complete(RequestId id)
{
    release(id);
    --m_seats;
}

void Rank::vacate(RequestId id)
{
    m_pool[id].state = RequestState::HandedOver;
    --m_seats;
}

void Rank::release(RequestId id)
{
    Request& request = m_pool[id];
    m_cache.release(request, id, request.base + request.last,
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
        if (request.fetched)
            dropFetched(id);
        return;
    }
    std::int64_t tokens = request.computed;
    if (request.state == RequestState::Decoding) {
        stopDecoding(request);
        tokens = request.base + step - 1;
    }
    std::erase(m_prefilling, id);
    std::erase(m_joining, id);
    level.running.remove(m_pool, id);
    m_cache.release(request, id, tokens, BlockCache::Keep::Nothing);
    --m_seats;
}

} // namespace llmd
