// SPDX-License-Identifier: Apache-2.0
#include "simulation.h"
#include "statistics.h"

#include <core/memory/memoryledger.h>
#include <core/performance/enginechecks.h>

#include <algorithm>
#include <chrono>
#include <cmath>

namespace llmd {

namespace {

using Clock = std::chrono::steady_clock;

/** Share of the fixed cost of a request before its prompt is queued; the rest follows the last kernel of a token. */
constexpr double receivingShare = 4.0 / 6.0;
/** Looking at the clock and the stop flag costs little at this distance and a few milliseconds at most pass. */
constexpr std::uint64_t eventsBetweenLooks = 128;
constexpr std::uint64_t routerStream = 100;
constexpr std::uint64_t adapterStream = 101;

/** Times of the replicas' next events, the earliest first; equal times in the order of the replicas. */
class EventHeap
{
public:
    explicit EventHeap(std::size_t count)
        : m_times(count, never)
        , m_heap(count)
        , m_place(count)
    {
        for (std::uint32_t i = 0; i < count; ++i)
            m_heap[i] = m_place[i] = i;
    }

    [[nodiscard]] std::uint32_t first() const { return m_heap.front(); }
    [[nodiscard]] double firstTime() const { return m_times[m_heap.front()]; }

    void update(std::uint32_t replica, double time)
    {
        const double old = m_times[replica];
        m_times[replica] = time;
        if (time < old)
            up(m_place[replica]);
        else if (time > old)
            down(m_place[replica]);
    }

private:
    [[nodiscard]] bool isBefore(std::uint32_t a, std::uint32_t b) const
    {
        return m_times[a] < m_times[b] || (m_times[a] == m_times[b] && a < b);
    }

    void put(std::size_t position, std::uint32_t replica)
    {
        m_heap[position] = replica;
        m_place[replica] = static_cast<std::uint32_t>(position);
    }

    void up(std::size_t position)
    {
        const std::uint32_t replica = m_heap[position];
        for (; position > 0 && isBefore(replica, m_heap[(position - 1) / 2]);
             position = (position - 1) / 2)
            put(position, m_heap[(position - 1) / 2]);
        put(position, replica);
    }

    void down(std::size_t position)
    {
        const std::uint32_t replica = m_heap[position];
        while (true) {
            std::size_t child = 2 * position + 1;
            if (child + 1 < m_heap.size() && isBefore(m_heap[child + 1], m_heap[child]))
                ++child;
            if (child >= m_heap.size() || !isBefore(m_heap[child], replica))
                break;
            put(position, m_heap[child]);
            position = child;
        }
        put(position, replica);
    }

    std::vector<double> m_times;
    std::vector<std::uint32_t> m_heap;
    std::vector<std::uint32_t> m_place;
};

/** Clients that give up after equally long do so in the order in which they came. */
class Deadlines
{
public:
    explicit Deadlines(double patience)
        : m_patience(patience > 0 ? patience : never)
    { }

    [[nodiscard]] double next(const RequestPool& pool) const
    {
        return m_head == noRequest ? never : pool[m_head].spec.arrival + m_patience;
    }
    [[nodiscard]] RequestId front() const { return m_head; }

    void add(RequestPool& pool, RequestId id)
    {
        if (m_patience == never)
            return;
        pool[id].timerPrevious = m_tail;
        pool[id].timerNext = noRequest;
        (m_tail == noRequest ? m_head : pool[m_tail].timerNext) = id;
        m_tail = id;
    }

    void remove(RequestPool& pool, RequestId id)
    {
        if (m_patience == never)
            return;
        const Request& request = pool[id];
        (request.timerPrevious == noRequest ? m_head : pool[request.timerPrevious].timerNext) =
            request.timerNext;
        (request.timerNext == noRequest ? m_tail : pool[request.timerNext].timerPrevious) =
            request.timerPrevious;
    }

private:
    double m_patience;
    RequestId m_head = noRequest;
    RequestId m_tail = noRequest;
};

/** One run: clients, router and replicas, and the order of their events. */
class Simulator final : public ReplicaObserver
{
public:
    Simulator(const Scenario& scenario, const ServerModel& model, std::uint64_t seed)
        : m_scenario(scenario)
        , m_model(model)
        , m_timer(model.step, model.settings.dataRanks, model.pipelineStages)
        , m_source(scenario.traffic, seed)
        , m_adapterRandom(seed, adapterStream)
        , m_statistics(scenario, blocksOf(model))
        , m_replicas(makeReplicas())
        , m_router(scenario.router, m_replicas, Random(seed, routerStream))
        , m_events(m_replicas.size())
        , m_deadlines(scenario.timeout.value())
        , m_routed(m_replicas.size())
        , m_hits(m_replicas.size())
    { }

    Result<SimulationReport> run(RunContext& context)
    {
        const auto begin = Clock::now();
        auto nextReport = begin + std::chrono::milliseconds(50);
        while (step()) {
            if (++m_eventCount % eventsBetweenLooks != 0)
                continue;
            if (context.cancelled())
                return failure(ErrorCode::Cancelled, "stopped on request");
            if (context.progress && Clock::now() >= nextReport) {
                nextReport = Clock::now() + std::chrono::milliseconds(50);
                context.progress->update(m_source.taken(), 0, "simulation");
            }
        }
        for (auto& replica : m_replicas)
            replica->settle(m_now);
        m_statistics.pause(m_now, m_pool.used());
        SimulationReport report;
        fill(report);
        report.wall = Seconds(std::chrono::duration<double>(Clock::now() - begin).count());
        return report;
    }

private:
    [[nodiscard]] static double blocksOf(const ServerModel& model)
    {
        return static_cast<double>(model.settings.rank.blocks) * model.settings.dataRanks;
    }

    std::vector<std::unique_ptr<Replica>> makeReplicas()
    {
        ReplicaSettings settings = m_model.settings;
        settings.fastForward = m_scenario.fastForward;
        if (m_scenario.policy == Scenario::Policy::Priority)
            settings.rank.levels = levels();
        std::vector<std::unique_ptr<Replica>> result;
        for (int i = 0; i < std::max(1, m_scenario.candidate.topology.pool.replicas); ++i)
            result.push_back(std::make_unique<Replica>(m_pool, m_timer, settings, *this));
        return result;
    }

    [[nodiscard]] int levels() const
    {
        const auto shares = static_cast<int>(m_scenario.traffic.priorities.size());
        return std::max(
            { 1, shares, m_scenario.traffic.trace ? m_scenario.traffic.trace->levels : 1 });
    }

    /** The next event; false when there is nothing left to do. */
    bool step()
    {
        const double arrival = m_source.nextTime();
        const double event = m_events.firstTime();
        const double deadline = m_deadlines.next(m_pool);
        if (arrival <= event && arrival <= deadline && arrival < never) {
            m_now = arrival;
            arrive();
        } else if (deadline < event) {
            m_now = deadline;
            giveUp(m_deadlines.front());
        } else if (event < never) {
            m_now = event;
            const std::uint32_t replica = m_events.first();
            m_router.beforeChange(replica, event);
            m_replicas[replica]->advance();
            m_events.update(replica, m_replicas[replica]->nextEvent());
        } else {
            return m_source.startNextStage(m_now);
        }
        if (!m_statistics.isPaused() && m_source.nextTime() == never && stageIsOver())
            m_statistics.pause(m_now, m_pool.used());
        return true;
    }

    /** With answers that bring new requests the arrivals end where their stage does. */
    [[nodiscard]] bool stageIsOver() const
    {
        const auto& traffic = m_scenario.traffic;
        const bool waitsForAnswers = !traffic.stages.empty()
            && (traffic.conversations
                || traffic.stages[m_source.stage()].load.kind == Load::Kind::ClosedLoop);
        return !waitsForAnswers || m_source.progress(m_now) >= 1;
    }

    [[nodiscard]] bool isServable(const RequestSpec& spec) const
    {
        const RankLimits& limits = m_model.settings.rank;
        const std::int64_t tokens = std::int64_t { spec.prompt } + spec.output;
        // One block more: a prompt that is in the cache as a whole computes its last block a second time.
        return spec.prompt < m_model.maxModelLen
            && (tokens + limits.blockSize - 1) / limits.blockSize + 1 <= limits.blocks
            && (limits.chunkedPrefill || tokens <= limits.budget);
    }

    void arrive()
    {
        RequestSpec spec = m_source.take();
        if (const int adapters = m_model.settings.rank.adapters; adapters > 1)
            spec.adapter = static_cast<std::uint16_t>(
                m_adapterRandom.below(static_cast<std::uint32_t>(adapters)));
        const std::uint16_t section =
            m_statistics.arrive(spec, m_source.progress(m_now), m_pool.used());
        if (m_scenario.policy == Scenario::Policy::Fcfs)
            spec.level = 0;
        const auto room = static_cast<std::uint32_t>(
            std::max<std::int64_t>(1, m_model.maxModelLen - spec.prompt));
        if (spec.output > room) {
            spec.output = room;
            ++m_capped;
        }
        if (!isServable(spec)) {
            m_statistics.refuse(section);
            m_source.answered(spec, m_now, true);
            return;
        }
        const std::uint32_t replica = m_router.choose(spec, m_now);
        const RequestId id = m_pool.add(spec);
        m_pool[id].section = section;
        m_pool[id].replica = replica;
        m_mostInFlight = std::max(m_mostInFlight, m_pool.used());
        ++m_routed[replica];
        m_deadlines.add(m_pool, id);
        m_router.beforeChange(replica, m_now);
        m_replicas[replica]->submit(id, m_now + m_model.receiving,
                                    m_model.receivingPerToken * spec.prompt);
        m_events.update(replica, m_replicas[replica]->nextEvent());
        m_router.loadChanged(replica);
    }

    void giveUp(RequestId id)
    {
        Request& request = m_pool[id];
        const std::uint32_t replica = request.replica;
        m_deadlines.remove(m_pool, id);
        m_statistics.timeOut(request.section);
        m_source.answered(request.spec, m_now, false);
        m_router.beforeChange(replica, m_now);
        m_replicas[replica]->abandon(id, m_now);
        m_events.update(replica, m_replicas[replica]->nextEvent());
    }

    void firstToken(RequestId, double) override { }

    void completed(RequestId id, double time) override
    {
        const Request& request = m_pool[id];
        m_statistics.complete(request, time, m_model.responding);
        m_series.complete(time, request.spec.output);
        m_hits[request.replica].add(request.hit, request.spec.prompt);
        m_deadlines.remove(m_pool, id);
        m_source.answered(request.spec, time + m_model.responding, false);
        const std::uint32_t replica = request.replica;
        m_pool.remove(id);
        m_router.loadChanged(replica);
    }

    void passed(double from, double to, const ReplicaUsage& usage) override
    {
        m_series.add(from, to, usage);
        m_statistics.passed(usage);
    }

    void fill(SimulationReport& report) const
    {
        m_statistics.fill(report);
        report.capped = m_capped;
        report.events = m_eventCount;
        report.mostInFlight = m_mostInFlight;
        report.simulated = Seconds(m_now);
        const double blocks = blocksOf(m_model);
        const auto count = static_cast<double>(m_replicas.size());
        report.usage = m_series.samples(m_now, blocks * count);
        std::uint64_t most = 0;
        std::uint64_t all = 0;
        for (std::size_t i = 0; i < m_replicas.size(); ++i) {
            const ReplicaUsage& usage = m_replicas[i]->usage();
            const double seconds = std::max(1e-9, usage.seconds);
            report.replicas.push_back({ m_routed[i], m_replicas[i]->preemptions(),
                                        usage.busy / seconds, usage.running / seconds,
                                        usage.waiting / seconds, usage.blocks / seconds / blocks,
                                        m_hits[i].share() });
            report.preemptions += m_replicas[i]->preemptions();
            report.steps += usage.steps;
            report.prefillTokens += usage.prefillTokens;
            most = std::max(most, m_routed[i]);
            all += m_routed[i];
        }
        report.imbalance =
            all > 0 ? static_cast<double>(most) * count / static_cast<double>(all) : 1;
    }

    struct HitCount
    {
        std::uint64_t found = 0;
        std::uint64_t tokens = 0;

        void add(std::uint32_t hit, std::uint32_t prompt)
        {
            found += hit;
            tokens += prompt;
        }
        [[nodiscard]] double share() const
        {
            return tokens > 0 ? static_cast<double>(found) / static_cast<double>(tokens) : 0;
        }
    };

    const Scenario& m_scenario;
    const ServerModel& m_model;
    StepTimer m_timer;
    RequestPool m_pool;
    RequestSource m_source;
    Random m_adapterRandom;
    RunStatistics m_statistics;
    UsageSeries m_series;
    std::vector<std::unique_ptr<Replica>> m_replicas;
    Router m_router;
    EventHeap m_events;
    Deadlines m_deadlines;
    std::vector<std::uint64_t> m_routed;
    std::vector<HitCount> m_hits;
    double m_now = 0;
    std::uint64_t m_eventCount = 0;
    std::uint64_t m_capped = 0;
    std::size_t m_mostInFlight = 0;
};

} // namespace

Result<ServerModel> serverModel(const Candidate& candidate, const EngineVersionProfile& profile,
                                bool greedy, const Coefficients& coefficients)
{
    const Parallelism& parallelism = candidate.topology.pool.parallelism;
    const EngineSettings& engine = candidate.engine;
    const MemoryLedger ledger = memoryFigures(candidate, profile);
    const int ranks = std::max(1, parallelism.data);
    const int stages = std::max(1, parallelism.pipeline);
    ServerModel model { .step = StepModel(candidate, profile, StepOptions { greedy }, coefficients),
                        .settings = {},
                        .maxModelLen = engine.maxModelLen,
                        .pipelineStages = stages,
                        .receiving = receivingShare * coefficients.requestOverhead,
                        .receivingPerToken = coefficients.promptTokenOverhead,
                        .responding = (1 - receivingShare) * coefficients.requestOverhead };
    model.settings.dataRanks = ranks;
    model.settings.asynchronous = profile.asynchronousScheduling;
    RankLimits& limits = model.settings.rank;
    // vLLM refuses to start with fewer tokens than sequences in a step; seats beyond the tokens would stay empty.
    limits.seats = std::min(engine.maxNumSeqs, engine.maxNumBatchedTokens);
    limits.chunk = engine.maxNumBatchedTokens;
    limits.budget = std::int64_t { engine.maxNumBatchedTokens } * stages;
    limits.blockSize = std::max(1, engine.blockSize);
    limits.blocks = static_cast<std::int64_t>(
        std::max(0.0, ledger.kvCacheTokens / ranks / static_cast<double>(limits.blockSize)));
    limits.chunkedPrefill = engine.chunkedPrefill;
    limits.prefixCaching = engine.prefixCaching;
    limits.tokensPerStep = model.step.tokensPerStep();
    limits.tokensInStep = std::llround(model.step.tokensInStep());
    if (engine.lora) {
        limits.adapters = engine.lora->adapters;
        limits.adapterSlots = engine.lora->slotCount;
    }
    model.settings.tiers = tierFigures(candidate, ledger);
    if (limits.blocks < 2)
        return failure(ErrorCode::Unsupported,
                       candidate.model->id + " on " + candidate.gpu->name + " "
                           + parallelism.label() + ": no memory is left for a KV cache");
    return model;
}

Result<> checkScenario(const Scenario& scenario)
{
    if (auto result = checkCandidate(scenario.candidate); !result)
        return result;
    const auto bad = [](const std::string& text) {
        return failure(ErrorCode::InvalidArgument, text);
    };
    if (auto result = checkTraffic(scenario.traffic); !result)
        return result;
    if (auto result = checkRouter(scenario.router); !result)
        return result;
    if (scenario.candidate.engine.blockSize < 1 || scenario.candidate.engine.maxModelLen < 2)
        return bad("block_size must be at least 1 and max_model_len at least 2");
    if (scenario.candidate.topology.pool.replicas > 100'000)
        return bad("at most 100000 replicas can be simulated");
    if (!std::isfinite(scenario.timeout.value()) || scenario.timeout.value() < 0)
        return bad("the time-out must not be negative");
    if (scenario.warmUp && !(scenario.warmUp->value() >= 0))
        return bad("the warm-up must not be negative");
    return {};
}

Result<SimulationReport> simulate(const Scenario& scenario, const ServerModel& model,
                                  RunContext& context)
{
    return Simulator(scenario, model, context.seed).run(context);
}

Result<SimulationReport> simulate(const Scenario& scenario, const Catalog& catalog,
                                  const Coefficients& coefficients, RunContext& context)
{
    if (auto result = checkScenario(scenario); !result)
        return tl::unexpected(result.error());
    const auto model =
        serverModel(scenario.candidate, catalog.engineVersion(scenario.candidate.engine.version),
                    scenario.greedy, coefficients);
    if (!model)
        return tl::unexpected(model.error());
    return simulate(scenario, *model, context);
}

} // namespace llmd
