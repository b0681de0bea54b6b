// SPDX-License-Identifier: Apache-2.0
#include "eventqueue.h"
#include "simulation.h"
#include "statistics.h"
#include "transferlinks.h"

#include <core/candidate/disaggregationrules.h>
#include <core/memory/memoryledger.h>
#include <core/performance/enginechecks.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

namespace llmd {

namespace {

using Clock = std::chrono::steady_clock;

/** Share of the fixed cost of a request before its prompt is queued; the rest follows the last kernel of a token. */
constexpr double receivingShare = 4.0 / 6.0;
/** Looking at the clock and the stop flag costs little at this distance and a few milliseconds at most pass. */
constexpr std::uint64_t eventsBetweenLooks = 128;
constexpr std::uint64_t routerStream = 100;
constexpr std::uint64_t adapterStream = 101;
constexpr std::uint64_t prefillRouterStream = 102;

/** One run: clients, router and replicas, and the order of their events. */
class Simulator final : public ReplicaObserver
{
public:
    Simulator(const Scenario& scenario, const DeploymentModel& model, std::uint64_t seed)
        : m_scenario(scenario)
        , m_model(model.server)
        , m_split(model.prefill ? &*model.prefill : nullptr)
        , m_timer(m_model.step, m_model.settings.dataRanks, m_model.pipelineStages)
        , m_source(scenario.traffic, seed)
        , m_adapterRandom(seed, adapterStream)
        , m_statistics(scenario, blocksOf(m_model))
        , m_replicas(
              makeReplicas(m_model, scenario.candidate.topology.pool.replicas, m_timer, *this))
        , m_router(scenario.router, m_replicas, Random(seed, routerStream))
        , m_prefill(m_split ? std::make_unique<Prefill>(*this, seed) : nullptr)
        , m_events(m_replicas.size() + (m_prefill ? m_prefill->replicas.size() : 0))
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
        for (std::size_t i = 0; m_prefill && i < m_prefill->replicas.size(); ++i)
            m_prefill->replicas[i]->settle(m_now);
        m_statistics.pause(m_now, inFlight());
        SimulationReport report;
        fill(report);
        report.wall = Seconds(std::chrono::duration<double>(Clock::now() - begin).count());
        return report;
    }

private:
    using Replicas = std::vector<std::unique_ptr<Replica>>;

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

    /** The servers that compute prompts alone, and what hands their caches over. */
    struct Prefill final : ReplicaObserver
    {
        Prefill(Simulator& owner, std::uint64_t seed)
            : simulator(owner)
            , side(*owner.m_split)
            , timer(side.server.step, side.server.settings.dataRanks, side.server.pipelineStages)
            , replicas(owner.makeReplicas(side.server, side.replicas, timer, *this))
            , router(owner.m_scenario.router, replicas, Random(seed, prefillRouterStream))
            , links(replicas.size() * ranks(side.server),
                    owner.m_replicas.size() * ranks(owner.m_model), side.transfer.stored())
            , routed(replicas.size())
            , hits(replicas.size())
        { }

        [[nodiscard]] static std::size_t ranks(const ServerModel& model)
        {
            return static_cast<std::size_t>(model.settings.dataRanks);
        }
        void firstToken(RequestId, double) override { }
        void completed(RequestId id, double time) override { simulator.handOver(id, time); }
        void passed(double, double, const ReplicaUsage&) override { }

        Simulator& simulator;
        const PrefillSide& side;
        StepTimer timer;
        Replicas replicas;
        Router router;
        TransferLinks links;
        std::vector<std::uint64_t> routed;
        std::vector<HitCount> hits;
        DisaggregationReport counts;
    };

    [[nodiscard]] static double blocksOf(const ServerModel& model)
    {
        return static_cast<double>(model.settings.rank.blocks) * model.settings.dataRanks;
    }

    Replicas makeReplicas(const ServerModel& model, int count, StepTimer& timer,
                          ReplicaObserver& observer)
    {
        ReplicaSettings settings = model.settings;
        settings.fastForward = m_scenario.fastForward;
        if (m_scenario.policy == Scenario::Policy::Priority)
            settings.rank.levels = levels();
        Replicas result;
        for (int i = 0; i < std::max(1, count); ++i)
            result.push_back(std::make_unique<Replica>(m_pool, timer, settings, observer));
        return result;
    }

    [[nodiscard]] int levels() const
    {
        const auto shares = static_cast<int>(m_scenario.traffic.priorities.size());
        return std::max(
            { 1, shares, m_scenario.traffic.trace ? m_scenario.traffic.trace->levels : 1 });
    }

    /** Requests of clients; a prompt that is computed elsewhere is in the pool twice. */
    [[nodiscard]] std::size_t inFlight() const { return m_prefill ? m_clients : m_pool.used(); }

    void updateEvent(std::uint32_t replica)
    {
        m_events.update(replica, m_replicas[replica]->nextEvent());
    }

    void updatePrefillEvent(std::uint32_t replica)
    {
        m_events.update(static_cast<std::uint32_t>(m_replicas.size()) + replica,
                        m_prefill->replicas[replica]->nextEvent());
    }

    /** The next event; false when there is nothing left to do. */
    bool step()
    {
        const double arrival = m_source.nextTime();
        const double event = m_events.firstTime();
        const double deadline = m_deadlines.next(m_pool);
        const double transfer = m_prefill ? m_prefill->links.nextEvent() : never;
        const double server = std::min(event, transfer);
        if (arrival <= server && arrival <= deadline && arrival < never) {
            m_now = arrival;
            arrive();
        } else if (deadline < server) {
            m_now = deadline;
            giveUp(m_deadlines.front());
        } else if (transfer <= event && transfer < never) {
            m_now = transfer;
            for (const RequestId id : m_prefill->links.advance())
                bring(id);
        } else if (event < never) {
            m_now = event;
            advance(m_events.first());
        } else {
            return m_source.startNextStage(m_now);
        }
        if (!m_statistics.isPaused() && m_source.nextTime() == never && stageIsOver())
            m_statistics.pause(m_now, inFlight());
        return true;
    }

    void advance(std::uint32_t index)
    {
        const auto count = static_cast<std::uint32_t>(m_replicas.size());
        if (index < count) {
            m_router.beforeChange(index, m_now);
            m_replicas[index]->advance();
            updateEvent(index);
        } else {
            m_prefill->router.beforeChange(index - count, m_now);
            m_prefill->replicas[index - count]->advance();
            updatePrefillEvent(index - count);
        }
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

    [[nodiscard]] static bool isServable(const ServerModel& model, std::uint32_t prompt,
                                         std::uint32_t output)
    {
        const RankLimits& limits = model.settings.rank;
        const std::int64_t tokens = std::int64_t { prompt } + output;
        // One block more: a prompt that is in the cache as a whole computes its last block a second time.
        return prompt < model.maxModelLen
            && (tokens + limits.blockSize - 1) / limits.blockSize + 1 <= limits.blocks
            && (limits.chunkedPrefill || tokens <= limits.budget);
    }

    [[nodiscard]] bool isServable(const RequestSpec& spec) const
    {
        return isServable(m_model, spec.prompt, spec.output)
            && (!m_split || isServable(m_split->server, spec.prompt, 1));
    }

    void arrive()
    {
        RequestSpec spec = m_source.take();
        if (const int adapters = m_model.settings.rank.adapters; adapters > 1)
            spec.adapter = static_cast<std::uint16_t>(
                m_adapterRandom.below(static_cast<std::uint32_t>(adapters)));
        const std::uint16_t section =
            m_statistics.arrive(spec, m_source.progress(m_now), inFlight());
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
        ++m_clients;
        m_mostInFlight = std::max(m_mostInFlight, inFlight());
        ++m_routed[replica];
        m_deadlines.add(m_pool, id);
        m_router.beforeChange(replica, m_now);
        if (m_prefill && travels(spec, replica)) {
            sendForPrefill(id);
            m_replicas[replica]->expect();
        } else {
            m_replicas[replica]->submit(id, m_now + m_model.receiving,
                                        m_model.receivingPerToken * spec.prompt);
        }
        updateEvent(replica);
        m_router.loadChanged(replica);
    }

    /** llm-d's decider: prompts of which the decode server lacks few tokens stay there. */
    [[nodiscard]] bool travels(const RequestSpec& spec, std::uint32_t replica) const
    {
        if (!(m_split->localPromptTokens > 0))
            return true;
        Request request;
        request.spec = spec;
        request.target = spec.prompt;
        std::int64_t cached = 0;
        for (const auto& rank : m_replicas[replica]->ranks())
            cached = std::max(cached, rank.cache().find(request).blocks * rank.cache().blockSize());
        return static_cast<double>(spec.prompt) - static_cast<double>(cached)
            > m_split->localPromptTokens;
    }

    void sendForPrefill(RequestId id)
    {
        RequestSpec spec = m_pool[id].spec;
        spec.output = 1; // made and thrown away
        const std::uint32_t replica = m_prefill->router.choose(spec, m_now);
        const RequestId prompt = m_pool.add(spec);
        m_pool[prompt].replica = replica;
        m_pool[prompt].partner = id;
        m_pool[id].partner = prompt;
        m_pool[id].state = RequestState::Elsewhere;
        m_pool[id].travels = true;
        ++m_prefill->counts.travelled;
        ++m_prefill->routed[replica];
        m_prefill->router.beforeChange(replica, m_now);
        const ServerModel& server = m_split->server;
        m_prefill->replicas[replica]->submit(prompt, m_now + server.receiving,
                                             server.receivingPerToken * spec.prompt);
        m_pool[id].journey.queued = m_pool[prompt].queued;
        updatePrefillEvent(replica);
        m_prefill->router.loadChanged(replica);
    }

    /** A prompt is through: its request goes to the server that decodes. */
    void handOver(RequestId promptId, double time)
    {
        const Request& prompt = m_pool[promptId];
        const RequestId id = prompt.partner;
        Request& request = m_pool[id];
        Journey& journey = request.journey;
        Prefill& prefill = *m_prefill;
        ++prefill.counts.handedOver;
        prefill.hits[prompt.replica].add(prompt.hit, prompt.spec.prompt);
        journey.admitted = prompt.admitted;
        journey.prefilled = time;
        journey.hidden = prefill.replicas[prompt.replica]->stepSeconds(time); // at most
        request.waited = prompt.waited;
        request.admitted = prompt.admitted;
        request.hit = prompt.hit;
        request.sender = static_cast<std::uint32_t>(prompt.replica * Prefill::ranks(m_split->server)
                                                    + prompt.rank);
        const std::uint32_t replica = request.replica;
        m_router.beforeChange(replica, m_now);
        m_replicas[replica]->expectNoMore();
        m_replicas[replica]->submit(id, time + m_split->server.responding + m_model.receiving,
                                    m_model.receivingPerToken * request.spec.prompt);
        journey.arrived = request.queued;
        updateEvent(replica);
        m_router.loadChanged(replica);
        prefill.router.loadChanged(prompt.replica);
    }

    void fetches(RequestId id, double start) override
    {
        Request& request = m_pool[id];
        Journey& journey = request.journey;
        const TransferTimes& times = m_split->transfer;
        const double tokens = request.travelling;
        journey.fetching = start;
        journey.wire = times.wire(tokens);
        journey.hidden = std::min(journey.hidden, times.overlap() * journey.wire);
        const double share = journey.wire > 0 ? 1 - journey.hidden / journey.wire : 1;
        const std::size_t receiver = request.replica * Prefill::ranks(m_model) + request.rank;
        m_prefill->links.begin({ .id = id,
                                 .sender = request.sender,
                                 .receiver = receiver,
                                 .send = times.send(tokens),
                                 .receive = times.receive(tokens),
                                 .share = share },
                               start);
    }

    /** The cache of a request has come. */
    void bring(RequestId id)
    {
        Request& request = m_pool[id];
        const std::uint32_t replica = request.replica;
        const double time = m_now + m_split->transfer.latency();
        request.journey.fetched = time;
        ++m_prefill->counts.fetched;
        releasePrompt(id);
        m_replicas[replica]->deliver(id, time);
        updateEvent(replica);
    }

    /** The blocks of a prompt on the server that computed it are not needed any more. */
    void releasePrompt(RequestId id)
    {
        const RequestId prompt = std::exchange(m_pool[id].partner, noRequest);
        const std::uint32_t replica = m_pool[prompt].replica;
        ++m_prefill->counts.released;
        m_prefill->router.beforeChange(replica, m_now);
        m_prefill->replicas[replica]->release(prompt, m_now);
        updatePrefillEvent(replica);
    }

    void giveUp(RequestId id)
    {
        Request& request = m_pool[id];
        const std::uint32_t replica = request.replica;
        m_deadlines.remove(m_pool, id);
        m_statistics.timeOut(request.section);
        m_source.answered(request.spec, m_now, false);
        --m_clients;
        m_router.beforeChange(replica, m_now);
        if (request.state == RequestState::Elsewhere) {
            const RequestId prompt = request.partner;
            const std::uint32_t server = m_pool[prompt].replica;
            m_prefill->router.beforeChange(server, m_now);
            m_prefill->replicas[server]->abandon(prompt, m_now);
            updatePrefillEvent(server);
            m_replicas[replica]->expectNoMore();
            m_pool.remove(id);
            m_router.loadChanged(replica);
            return;
        }
        // What is on the way arrives; its blocks are freed then.
        if (request.partner != noRequest && request.state != RequestState::Fetching)
            releasePrompt(id);
        m_replicas[replica]->abandon(id, m_now);
        updateEvent(replica);
    }

    void firstToken(RequestId id, double) override
    {
        if (m_pool[id].partner != noRequest) // somebody else brought its cache
            releasePrompt(id);
    }

    void completed(RequestId id, double time) override
    {
        const Request& request = m_pool[id];
        m_statistics.complete(request, time, m_model.responding);
        m_series.complete(time, request.spec.output);
        m_hits[request.replica].add(request.hit, request.spec.prompt);
        m_deadlines.remove(m_pool, id);
        m_source.answered(request.spec, time + m_model.responding, false);
        --m_clients;
        const std::uint32_t replica = request.replica;
        m_pool.remove(id);
        m_router.loadChanged(replica);
    }

    void passed(double from, double to, const ReplicaUsage& usage) override
    {
        m_series.add(from, to, usage);
        m_statistics.passed(usage);
    }

    [[nodiscard]] static ReplicaReport reportOf(const Replica& replica, std::uint64_t routed,
                                                const HitCount& hits, double blocks)
    {
        const ReplicaUsage& usage = replica.usage();
        const double seconds = std::max(1e-9, usage.seconds);
        return { routed,
                 replica.preemptions(),
                 usage.busy / seconds,
                 usage.running / seconds,
                 usage.waiting / seconds,
                 usage.blocks / seconds / blocks,
                 hits.share() };
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
            report.replicas.push_back(reportOf(*m_replicas[i], m_routed[i], m_hits[i], blocks));
            addWork(*m_replicas[i], report);
            most = std::max(most, m_routed[i]);
            all += m_routed[i];
        }
        report.imbalance =
            all > 0 ? static_cast<double>(most) * count / static_cast<double>(all) : 1;
        if (m_prefill)
            fillDisaggregation(report);
    }

    static void addWork(const Replica& replica, SimulationReport& report)
    {
        report.preemptions += replica.preemptions();
        report.steps += replica.usage().steps;
        report.prefillTokens += replica.usage().prefillTokens;
    }

    void fillDisaggregation(SimulationReport& report) const
    {
        DisaggregationReport result = m_prefill->counts;
        const double blocks = blocksOf(m_split->server);
        for (std::size_t i = 0; i < m_prefill->replicas.size(); ++i) {
            const Replica& replica = *m_prefill->replicas[i];
            result.prefill.push_back(
                reportOf(replica, m_prefill->routed[i], m_prefill->hits[i], blocks));
            addWork(replica, report);
        }
        const TransferLinks& links = m_prefill->links;
        const double time = std::max(1e-9, m_now);
        const auto senders =
            static_cast<double>(m_prefill->replicas.size() * Prefill::ranks(m_split->server));
        const auto receivers = static_cast<double>(m_replicas.size() * Prefill::ranks(m_model));
        result.linkUtilization = std::max(links.sendingTime() / time / senders,
                                          links.receivingTime() / time / receivers);
        report.disaggregation = std::move(result);
    }

    const Scenario& m_scenario;
    const ServerModel& m_model;
    const PrefillSide* m_split; ///< null where every server computes its prompts
    StepTimer m_timer;
    RequestPool m_pool;
    RequestSource m_source;
    Random m_adapterRandom;
    RunStatistics m_statistics;
    UsageSeries m_series;
    Replicas m_replicas;
    Router m_router;
    std::unique_ptr<Prefill> m_prefill;
    EventHeap m_events;
    Deadlines m_deadlines;
    std::vector<std::uint64_t> m_routed;
    std::vector<HitCount> m_hits;
    double m_now = 0;
    std::uint64_t m_eventCount = 0;
    std::uint64_t m_capped = 0;
    std::size_t m_clients = 0;
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
    const auto& split = scenario.candidate.topology.disaggregation;
    if (scenario.candidate.topology.pool.replicas > 100'000
        || (split && split->prefill.replicas > 100'000))
        return bad("at most 100000 replicas can be simulated");
    if (split) {
        if (auto result = checkCandidate(prefillRole(scenario.candidate)); !result)
            return result;
    }
    if (!std::isfinite(scenario.timeout.value()) || scenario.timeout.value() < 0)
        return bad("the time-out must not be negative");
    if (scenario.warmUp && !(scenario.warmUp->value() >= 0))
        return bad("the warm-up must not be negative");
    return {};
}

Result<DeploymentModel> deploymentModel(const Candidate& candidate, const Catalog& catalog,
                                        bool greedy, const Coefficients& coefficients)
{
    const Candidate decode = decodeRole(candidate);
    auto server =
        serverModel(decode, catalog.engineVersion(decode.engine.version), greedy, coefficients);
    if (!server)
        return tl::unexpected(server.error());
    DeploymentModel model { std::move(*server), std::nullopt };
    const auto& split = candidate.topology.disaggregation;
    if (!split)
        return model;
    if (const auto legal = checkDisaggregation(candidate); !legal)
        return tl::unexpected(legal.error());
    const Candidate role = prefillRole(candidate);
    auto prefill =
        serverModel(role, catalog.engineVersion(role.engine.version), greedy, coefficients);
    if (!prefill)
        return tl::unexpected(withContext("prefill role")(prefill.error()));
    prefill->settings.handsOver = true;
    auto transfer = TransferTimes::make(candidate);
    if (!transfer)
        return tl::unexpected(transfer.error());
    model.prefill = PrefillSide { std::move(*prefill), split->prefill.replicas,
                                  std::move(*transfer), split->localPromptTokens };
    return model;
}

Result<SimulationReport> simulate(const Scenario& scenario, const DeploymentModel& model,
                                  RunContext& context)
{
    return Simulator(scenario, model, context.seed).run(context);
}

Result<SimulationReport> simulate(const Scenario& scenario, const Catalog& catalog,
                                  const Coefficients& coefficients, RunContext& context)
{
    if (auto result = checkScenario(scenario); !result)
        return tl::unexpected(result.error());
    const auto model = deploymentModel(scenario.candidate, catalog, scenario.greedy, coefficients);
    if (!model)
        return tl::unexpected(model.error());
    return simulate(scenario, *model, context);
}

} // namespace llmd
