// SPDX-License-Identifier: Apache-2.0
#include "replica.h"

#include <algorithm>
#include <cmath>

namespace llmd {

double Replica::Stretch::after(std::int64_t count) const
{
    const auto k = static_cast<double>(count);
    return start + k * line.at(context) + line.slope * growth * k * (k - 1) / 2;
}

std::int64_t Replica::Stretch::stepsUntil(double time, std::int64_t limit) const
{
    if (!(time > start))
        return 0;
    if (limit <= 0 || !(after(limit) > time))
        return limit;
    // Root of the quadratic, then to the side where rounding cannot matter.
    const double a = line.slope * growth / 2;
    const double b = line.at(context) - a;
    const double c = time - start;
    const double root = 2 * c / (b + std::sqrt(std::max(0.0, b * b + 4 * a * c)));
    auto count = std::clamp<std::int64_t>(static_cast<std::int64_t>(std::ceil(root)), 0, limit);
    while (count > 0 && after(count - 1) >= time)
        --count;
    while (count < limit && after(count) < time)
        ++count;
    return count;
}

void ReplicaUsage::add(const ReplicaUsage& other)
{
    seconds += other.seconds;
    busy += other.busy;
    running += other.running;
    waiting += other.waiting;
    blocks += other.blocks;
    prefill += other.prefill;
    steps += other.steps;
    prefillTokens += other.prefillTokens;
}

Replica::Replica(RequestPool& pool, StepTimer& timer, const ReplicaSettings& settings,
                 ReplicaObserver& observer)
    : m_pool(pool)
    , m_timer(timer)
    , m_observer(observer)
    , m_fastForward(settings.fastForward)
    , m_handsOver(settings.handsOver)
    , m_ahead(settings.asynchronous ? 1 : 0)
{
    const auto count = static_cast<std::size_t>(std::max(1, settings.dataRanks));
    m_ranks.reserve(count);
    for (std::size_t i = 0; i < count; ++i)
        m_ranks.emplace_back(pool, settings.rank);
    m_current.resize(count);
    m_following.resize(count);
    if (settings.tiers.any() && count == 1)
        m_tiers.emplace(settings.tiers);
}

std::int64_t Replica::running() const
{
    std::int64_t sum = 0;
    for (const auto& rank : m_ranks)
        sum += rank.seatsTaken();
    return sum;
}

std::size_t Replica::waiting() const
{
    std::size_t sum = m_incoming.size();
    for (const auto& rank : m_ranks)
        sum += rank.waiting();
    return sum;
}

std::uint64_t Replica::preemptions() const
{
    std::uint64_t sum = 0;
    for (const auto& rank : m_ranks)
        sum += rank.preemptions();
    return sum;
}

double Replica::adapterAffinity(std::uint16_t adapter) const
{
    double best = 0;
    for (const auto& rank : m_ranks)
        best = std::max(best, rank.adapterAffinity(adapter));
    return best;
}

double Replica::blockUse(double time) const
{
    // Steps of the stretch that have started by then have had their successors composed, which took blocks.
    std::int64_t composed = 0;
    if (m_stretch.steps > 0 && time >= m_stretch.start) {
        composed = m_stretch.stepsUntil(time, m_stretch.steps);
        if (composed < m_stretch.steps && m_stretch.after(composed) <= time)
            ++composed;
    }
    std::int64_t used = 0;
    std::int64_t total = 0;
    for (const auto& rank : m_ranks) {
        used += rank.cache().used() + rank.blocksNeeded(m_step + m_ahead, composed);
        total += rank.cache().total();
    }
    return static_cast<double>(used) / static_cast<double>(total);
}

bool Replica::arrivalsMatter() const
{
    // A queue that is stuck stays stuck, whoever comes: seats and blocks only get free when a request departs. Where the
    // newcomer may overtake the one that lacks blocks, it could fit; of several ranks it takes the emptiest at that time.
    if (m_ranks.size() > 1)
        return true;
    return std::any_of(m_ranks.begin(), m_ranks.end(), [](const Rank& rank) {
        return rank.stop() != Rank::Stop::Seats
            && (rank.stop() != Rank::Stop::Blocks || rank.hasPriorities());
    });
}

void Replica::submit(RequestId id, double arrived, double handling)
{
    Request& request = m_pool[id];
    request.state = RequestState::Incoming;
    m_frontEndFree = std::max(m_frontEndFree, arrived) + handling;
    request.queued = m_frontEndFree;
    if (m_tiers && !request.travels)
        loadFromTiers(id);
    // A load delays a request and nobody behind it.
    const auto place = std::upper_bound(
        m_incoming.begin(), m_incoming.end(), request.queued,
        [this](double time, RequestId other) { return time < m_pool[other].queued; });
    m_incoming.insert(place, id);
    ++m_inFlight;
    if (!m_runs)
        m_next = std::min(m_next, request.queued);
    else if (arrivalsMatter())
        cut(request.queued);
}

/** Asks the tiers for what the GPU's cache lacks; the request comes to the scheduler when it is there. */
void Replica::loadFromTiers(RequestId id)
{
    Request& request = m_pool[id];
    request.target = request.spec.prompt;
    const BlockCache& cache = m_ranks.front().cache();
    const std::int64_t size = cache.blockSize();
    const auto cached = static_cast<std::uint32_t>(cache.find(request).blocks * size);
    // The last token is always computed, and only whole blocks are kept.
    const auto wanted = static_cast<std::uint32_t>((request.target - 1) / size * size);
    const KvTiers::Load load = m_tiers->load(request.spec, cached, wanted, request.queued);
    request.loaded = static_cast<std::uint32_t>(load.tokens / size * size);
    request.loading = load.ready - request.queued;
    request.queued = load.ready;
}

void Replica::abandon(RequestId id, double now)
{
    m_pool[id].aborted = true;
    if (m_pool[id].state == RequestState::Incoming || m_pool[id].state == RequestState::Fetching)
        return; // dropped on arrival
    m_abandoned.push_back(id);
    if (m_runs)
        cut(now);
    else
        m_next = std::min(m_next, now);
}

/** A delivered request needs a seat and a block at most, so that only a lack of seats keeps it waiting for sure. */
bool Replica::deliveriesMatter() const
{
    return std::any_of(m_ranks.begin(), m_ranks.end(),
                       [](const Rank& rank) { return rank.stop() != Rank::Stop::Seats; });
}

double Replica::nextArrival() const
{
    const double incoming = m_incoming.empty() ? never : m_pool[m_incoming.front()].queued;
    const double delivered = m_delivered.empty() ? never : m_pool[m_delivered.front()].queued;
    return std::min(incoming, delivered);
}

void Replica::deliver(RequestId id, double time)
{
    m_pool[id].queued = time;
    m_delivered.push_back(id);
    if (!m_runs)
        m_next = std::min(m_next, time);
    else if (deliveriesMatter())
        cut(time);
}

/** Looks again at `time` whether somebody can be admitted. */
void Replica::wake(double time)
{
    if (m_runs)
        cut(time);
    else
        m_next = std::min(m_next, time);
}

void Replica::release(RequestId id, double now)
{
    m_ranks[m_pool[id].rank].release(id);
    m_pool.remove(id);
    const bool lacksBlocks = std::any_of(m_ranks.begin(), m_ranks.end(), [](const Rank& rank) {
        return rank.waiting() > 0 && rank.stop() != Rank::Stop::Seats;
    });
    if (lacksBlocks)
        wake(now);
}

/** Ends the stretch at the first start of a step at or after `time`. */
void Replica::cut(double time)
{
    m_stretch.steps = m_stretch.stepsUntil(time, m_stretch.steps);
    m_next = m_stretch.after(m_stretch.steps);
}

std::uint16_t Replica::rankFor() const
{
    // vLLM's balancer between data-parallel ranks weighs a waiting request like four running ones.
    std::size_t best = 0;
    std::size_t bestLoad = std::numeric_limits<std::size_t>::max();
    for (std::size_t i = 0; i < m_ranks.size(); ++i) {
        const std::size_t load =
            4 * m_ranks[i].waiting() + static_cast<std::size_t>(m_ranks[i].seatsTaken());
        if (load < bestLoad) {
            best = i;
            bestLoad = load;
        }
    }
    return static_cast<std::uint16_t>(best);
}

void Replica::receive(double time)
{
    while (!m_delivered.empty() && m_pool[m_delivered.front()].queued <= time) {
        const RequestId id = m_delivered.front();
        m_delivered.pop_front();
        Rank& rank = m_ranks[m_pool[id].rank];
        if (m_pool[id].aborted) {
            rank.dropFetched(id);
            --m_inFlight;
            m_pool.remove(id);
        } else {
            rank.enqueueFetched(id);
        }
    }
    while (!m_incoming.empty() && m_pool[m_incoming.front()].queued <= time) {
        const RequestId id = m_incoming.front();
        m_incoming.pop_front();
        if (m_pool[id].aborted) {
            --m_inFlight;
            m_pool.remove(id);
            continue;
        }
        const std::uint16_t rank = m_ranks.size() > 1 ? rankFor() : std::uint16_t { 0 };
        m_pool[id].rank = rank;
        m_ranks[rank].enqueue(id);
    }
}

void Replica::dropAbandoned()
{
    for (const RequestId id : m_abandoned) {
        const Request& request = m_pool[id];
        if (request.state == RequestState::Free || !request.aborted
            || request.state == RequestState::Departing)
            continue; // gone with the step that just ended, or goes with the running one
        m_ranks[request.rank].withdraw(id, m_step + m_ahead);
        for (auto* steps : { &m_current, &m_following }) {
            for (auto& step : *steps)
                std::erase(step.prompts, id);
        }
        --m_inFlight;
        m_pool.remove(id);
    }
    m_abandoned.clear();
}

RankBatch Replica::combined(const std::vector<RankStep>& steps) const
{
    if (steps.size() == 1)
        return steps.front().batch;
    // All ranks wait for each other at the experts, padded to the fullest: it sets the pace. Prompts are added up.
    RankBatch result;
    for (const auto& step : steps) {
        const RankBatch& batch = step.batch;
        if (batch.decodes > result.decodes
            || (batch.decodes == result.decodes && batch.context > result.context)) {
            result.decodes = batch.decodes;
            result.context = batch.context;
        }
        result.prefillTokens += batch.prefillTokens;
        result.prefillPairs += batch.prefillPairs;
        result.prompts += batch.prompts;
    }
    return result;
}

bool Replica::empty(const std::vector<RankStep>& steps) const
{
    return std::all_of(steps.begin(), steps.end(),
                       [](const RankStep& step) { return step.batch.empty(); });
}

/** `begins`: when the step will start. */
void Replica::compose(std::int64_t step, double begins, std::vector<RankStep>& before,
                      std::vector<RankStep>& composed)
{
    for (std::size_t i = 0; i < m_ranks.size(); ++i) {
        m_ranks[i].compose(step, m_latest, before[i], composed[i]);
        for (const RequestId id : composed[i].fetches)
            m_observer.fetches(id, begins);
    }
}

void Replica::finish(RequestId id, double time)
{
    Rank& rank = m_ranks[m_pool[id].rank];
    if (m_tiers)
        m_tiers->store(m_pool[id].spec);
    --m_inFlight;
    if (m_handsOver && !m_pool[id].aborted) {
        rank.vacate(id);
        m_observer.completed(id, time);
        return;
    }
    rank.complete(id);
    if (m_pool[id].aborted)
        m_pool.remove(id);
    else
        m_observer.completed(id, time);
}

void Replica::finishStep(double time)
{
    for (const auto& step : m_current) {
        for (const RequestId id : step.prompts) {
            Request& request = m_pool[id];
            if (request.firstToken < 0 && !request.aborted) {
                request.firstToken = m_outputs;
                m_observer.firstToken(id, m_outputs);
            }
            if (request.state == RequestState::Departing)
                finish(id, std::max(time, m_outputs));
        }
        for (const RequestId id : step.departing)
            finish(id, time);
    }
}

void Replica::account(double time)
{
    const double seconds = time - m_latest;
    if (!(seconds > 0))
        return;
    std::int64_t used = 0;
    for (const auto& rank : m_ranks)
        used += rank.cache().used();
    ReplicaUsage usage;
    usage.seconds = seconds;
    usage.busy = m_runs ? seconds : 0;
    usage.running = static_cast<double>(running()) * seconds;
    usage.waiting = static_cast<double>(waiting()) * seconds;
    usage.blocks = static_cast<double>(used) * seconds;
    usage.prefill = m_prefill;
    m_prefill = 0;
    m_usage.add(usage);
    m_observer.passed(m_latest, time, usage);
    m_latest = time;
}

void Replica::settle(double time)
{
    account(time);
}

void Replica::skipStretch()
{
    if (m_stretch.steps <= 0)
        return;
    for (std::size_t i = 0; i < m_ranks.size(); ++i) {
        const Rank& rank = m_ranks[i];
        const std::int64_t from = m_step + m_ahead;
        m_ranks[i].skip(from, m_stretch.steps);
        RankBatch& batch = m_following[i].batch;
        batch.context += batch.decodes * (rank.clock(from + m_stretch.steps) - rank.clock(from));
    }
    m_step += m_stretch.steps;
    m_usage.steps += static_cast<std::uint64_t>(m_stretch.steps);
    m_stretch.steps = 0;
}

void Replica::endStep(double time)
{
    skipStretch();
    for (std::size_t i = 0; i < m_ranks.size() && m_ahead == 0; ++i)
        m_ranks[i].retire(m_step + 1, m_current[i]);
    finishStep(time);
    if (m_ahead > 0)
        std::swap(m_current, m_following);
    ++m_step;
}

void Replica::advance()
{
    const double time = m_next;
    account(time);
    if (m_runs)
        endStep(time);
    receive(time);
    dropAbandoned();
    if (!m_runs || m_ahead == 0 || empty(m_current))
        compose(m_step, time, m_following,
                m_current); // the pipeline has run dry: nothing was composed ahead
    m_runs = !empty(m_current);
    if (m_runs)
        start(time);
    else
        m_next = nextArrival();
}

void Replica::start(double time)
{
    const RankBatch batch = combined(m_current);
    const double duration = m_timer.duration(batch);
    m_started = time;
    m_outputs = time + (batch.prefillTokens > 0 ? m_timer.latency(batch) : duration);
    ++m_usage.steps;
    if (batch.prefillTokens > 0) {
        m_usage.prefillTokens += static_cast<std::uint64_t>(batch.prefillTokens);
        RankBatch plain = batch;
        plain.prefillTokens = 0;
        m_prefill = duration - (plain.empty() ? 0 : m_timer.duration(plain));
    }
    if (m_ahead > 0)
        compose(m_step + 1, time + duration, m_current, m_following);
    plan(time, duration);
}

void Replica::plan(double time, double duration)
{
    m_stretch.start = time + duration;
    m_stretch.steps = 0;
    m_next = m_stretch.start;
    if (!m_fastForward)
        return;
    const auto& composed = m_ahead > 0 ? m_following : m_current;
    std::int64_t limit = std::numeric_limits<std::int64_t>::max();
    for (std::size_t i = 0; i < m_ranks.size(); ++i) {
        if (!m_current[i].prompts.empty() || !m_current[i].departing.empty()
            || !composed[i].prompts.empty() || composed[i].batch.prefillTokens > 0
            || !m_ranks[i].isSteady())
            return;
        limit = std::min(limit, m_ranks[i].nextDeparture() - m_step - m_ahead);
    }
    RankBatch batch = combined(composed);
    if (limit <= 0 || batch.decodes == 0)
        return;
    const Rank& rank = m_ranks.front();
    if (m_ahead == 0) // of the step after this one
        batch.context += batch.decodes * (rank.clock(m_step + 1) - rank.clock(m_step));
    const auto context = static_cast<double>(batch.context);
    m_stretch.line = m_timer.line(batch.decodes, batch.context);
    m_stretch.growth = static_cast<double>(batch.decodes) * rank.tokensPerStep();
    m_stretch.context = context;
    limit = std::min(
        limit, 1 + static_cast<std::int64_t>((m_stretch.line.upTo - context) / m_stretch.growth));
    for (const auto& each : m_ranks)
        limit = std::min(limit, each.stepsWithinBlocks(m_step + m_ahead, limit));
    m_stretch.steps = limit;
    if (!m_incoming.empty() && arrivalsMatter())
        m_stretch.steps = m_stretch.stepsUntil(m_pool[m_incoming.front()].queued, limit);
    if (!m_delivered.empty() && deliveriesMatter())
        m_stretch.steps = m_stretch.stepsUntil(m_pool[m_delivered.front()].queued, m_stretch.steps);
    m_next = m_stretch.after(m_stretch.steps);
}

} // namespace llmd
