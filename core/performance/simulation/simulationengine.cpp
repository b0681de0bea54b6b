// SPDX-License-Identifier: Apache-2.0
#include "simulationengine.h"

#include "../disaggregatedpredictor.h"
#include "../enginechecks.h"
#include "../latencyintervals.h"
#include "simulation.h"

#include <core/base/parallel.h>

#include <algorithm>
#include <cmath>

namespace llmd {

namespace {

constexpr std::string_view engineId = "simulation";
constexpr double leastRequests = 6000; ///< of a steady state: 60 beyond the p99
constexpr double mostRequests = 400'000;
constexpr double lifetimes = 20; ///< a steady run lasts so many times as long as a request
constexpr double requestsOfFiniteRuns = 24'000; ///< over all repetitions
constexpr double mostRepetitions = 16;
constexpr double leastRepetitions = 3;
/** Above these shares of seats or KV pool small errors of the step time decide whether requests queue. */
constexpr double nearSeats = 0.8;
constexpr double nearPool = 0.9;
constexpr double nearQueue = 0.1; ///< share of E2E

ArrivalProcess arrivalsOf(const Workload& workload)
{
    ArrivalProcess process;
    if (workload.arrivals == ArrivalShape::Constant || workload.burstiness < 1e-6) {
        process.kind = ArrivalProcess::Kind::Constant;
    } else if (workload.arrivals == ArrivalShape::Bursty && workload.burstiness != 1) {
        process.kind = ArrivalProcess::Kind::Gamma;
        process.variation = workload.burstiness;
    } else {
        // Load generators send rate x duration requests, so a finite run has exactly as many.
        const double requests = workload.load.rate.value() * workload.duration.value();
        process.kind =
            requests >= 1 ? ArrivalProcess::Kind::RescaledPoisson : ArrivalProcess::Kind::Poisson;
    }
    return process;
}

TrafficStage finiteStage(const Workload& workload)
{
    TrafficStage stage;
    stage.load = workload.load;
    stage.arrivals = arrivalsOf(workload);
    stage.duration = workload.duration;
    return stage;
}

Scenario scenarioFor(const Candidate& candidate, const Workload& shape)
{
    Scenario scenario;
    scenario.candidate = candidate;
    // Independent replicas are alike, so that one stands for all; a disaggregated deployment is one whole, whose router
    // sends requests to the least loaded servers.
    if (candidate.topology.disaggregation)
        scenario.router.policy = RouterSettings::Policy::LeastLoaded;
    else
        scenario.candidate.topology.pool.replicas = 1;
    scenario.traffic.prompt = shape.prompt;
    scenario.traffic.output = shape.output;
    scenario.traffic.prefix = shape.prefix;
    scenario.traffic.drainBetweenStages = true;
    scenario.greedy = shape.greedy;
    return scenario;
}

/** Turns reports of runs of one replica, or of a disaggregated deployment, into estimates. */
class EstimateWriter
{
public:
    EstimateWriter(const Candidate& candidate, const DeploymentModel& model, const Workload& shape,
                   const Coefficients& coefficients)
        : m_model(model.server)
        , m_shape(shape)
        , m_coefficients(coefficients)
        , m_confidence(confidence(decodeRole(candidate), coefficients))
    { }

    /** Stage `index` averaged over the reports; `workload` is what it was. */
    [[nodiscard]] Estimate estimate(const std::vector<SimulationReport>& reports, std::size_t index,
                                    const Workload& workload) const
    {
        Estimate e;
        const auto mean = [&](const auto& valueOf) {
            double sum = 0;
            for (const auto& report : reports)
                sum += valueOf(report);
            return sum / static_cast<double>(reports.size());
        };
        const auto stage = [&](const auto& valueOf) {
            return mean([&](const SimulationReport& r) { return valueOf(r.stages[index]); });
        };
        e.saturated = stage([](const auto& s) { return s.saturated ? 1.0 : 0.0; }) > 0.5;
        const bool open = workload.load.kind == Load::Kind::OpenLoop;
        const double completed = stage([](const auto& s) { return s.requestRate.value(); });
        const double rate = open && !e.saturated ? workload.load.rate.value() : completed;
        e.requestRate = RequestsPerSecond(rate);
        e.outputThroughput = TokensPerSecond(rate * m_shape.output.mean);
        e.totalThroughput = TokensPerSecond(rate * (m_shape.output.mean + m_shape.prompt.mean));
        e.runningPerReplica = stage([](const auto& s) { return s.running; });
        e.waitingPerReplica = stage([](const auto& s) { return s.waiting; });
        e.kvUtilization = stage([](const auto& s) { return s.kvUtilization; });
        e.prefillShare = stage([](const auto& s) { return s.prefillShare; });
        e.prefixHitRate = stage([](const auto& s) { return s.prefixHitRate; });
        e.tierHitRate = stage([](const auto& s) { return s.tierHitRate; });
        e.tierLoad = Seconds(stage([](const auto& s) { return s.tierLoad.value(); }));
        e.tokensPerStep = m_model.step.tokensPerStep();
        const auto seats =
            static_cast<double>(m_model.settings.rank.seats * m_model.settings.dataRanks);
        e.batchUtilization = e.runningPerReplica / seats;
        const double context =
            m_shape.prompt.mean + m_shape.output.secondMoment() / m_shape.output.mean / 2;
        e.step = m_model.step.breakdown(
            { .sequences = std::max(1.0, e.runningPerReplica), .context = context });
        e.queueing = Seconds(stage([](const auto& s) { return s.queueing.value(); }));
        // From admission a cached prompt takes the running step and its own; what is beyond is prefill.
        e.prefill = Seconds(std::max(0.0,
                                     stage([](const auto& s) { return s.prefill.value(); })
                                         - 2 * e.step.total.value()));
        const LatencyCurves curves { curve(stage, &StageReport::ttft),
                                     curve(stage, &StageReport::itl),
                                     curve(stage, &StageReport::e2e) };
        // A closed loop holds back what it cannot serve; in an open one a wait that is a fair part of E2E comes before
        // a queue without end.
        const bool queues = open && e.queueing > 2 * e.step.total
            && e.queueing.value() > nearQueue * curves.e2e.mean;
        e.nearSaturation =
            e.saturated || e.batchUtilization > nearSeats || e.kvUtilization > nearPool || queues;
        setLatencies(e, curves, m_confidence, m_coefficients,
                     { .sensitivity = sensitivity(curves.itl.mean, context),
                       .coldShare = coldShare(workload),
                       .rateIsGiven = open && !e.saturated });
        e.provenance.engine = std::string(engineId);
        e.provenance.engineVersion = m_coefficients.version;
        e.provenance.distance = m_confidence.distance;
        e.provenance.caveats = m_confidence.caveats;
        return e;
    }

    /**
     * What the analytic engine says of the same load beside latencies (capacities, what fills up first, how certain it is)
     * joined with what the runs showed.
     */
    void addDisaggregation(Estimate& e, const Estimate& analytic,
                           const std::vector<SimulationReport>& reports, std::size_t index) const
    {
        if (!analytic.disaggregated)
            return;
        const auto mean = [&](const auto& valueOf) {
            double sum = 0;
            for (const auto& report : reports)
                sum += valueOf(report);
            return sum / static_cast<double>(reports.size());
        };
        const auto journey = [&](Seconds JourneyReport::*part) {
            return Seconds(
                mean([&](const auto& r) { return (r.stages[index].journey.*part).value(); }));
        };
        e.disaggregated = analytic.disaggregated;
        DisaggregatedEstimate& d = *e.disaggregated;
        d.frontEnd = journey(&JourneyReport::frontEnd);
        d.prefillQueue = journey(&JourneyReport::prefillQueue);
        d.prefill = journey(&JourneyReport::prefill);
        d.firstDecode = journey(&JourneyReport::firstDecode);
        d.transfer.wire = journey(&JourneyReport::wire);
        d.transfer.hidden = journey(&JourneyReport::hidden);
        d.transfer.total = journey(&JourneyReport::transfer);
        const bool any = mean([&](const auto& r) {
                             return static_cast<double>(r.stages[index].journey.requests);
                         })
            > 0;
        d.transfer.contention = any ? Seconds(std::max(0.0,
                                                       (d.transfer.total - d.transfer.latency
                                                        - d.transfer.wire + d.transfer.hidden)
                                                           .value()))
                                    : Seconds();
        d.transfer.linkUtilization =
            mean([](const auto& r) { return r.disaggregation->linkUtilization; });
        d.localShare = 1 - mean([&](const auto& r) {
                           const StageReport& s = r.stages[index];
                           return static_cast<double>(s.journey.requests)
                               / static_cast<double>(std::max<std::uint64_t>(1, s.completed));
                       });
        const auto servers = [&](double ReplicaReport::*figure) {
            return mean([&](const auto& r) {
                double sum = 0;
                for (const auto& server : r.disaggregation->prefill)
                    sum += server.*figure;
                return sum / static_cast<double>(r.disaggregation->prefill.size());
            });
        };
        d.prefillLoad.utilization = servers(&ReplicaReport::busy);
        d.prefillLoad.running = servers(&ReplicaReport::running);
        d.prefillLoad.waiting = servers(&ReplicaReport::waiting);
        d.prefillLoad.kvUtilization = servers(&ReplicaReport::kvUtilization);
        d.decodeLoad.utilization =
            std::min(1.0, e.requestRate.value() / d.decodeLoad.capacity.value());
        d.decodeLoad.running = e.runningPerReplica;
        d.decodeLoad.waiting = e.waitingPerReplica;
        d.decodeLoad.kvUtilization = e.kvUtilization;
        e.prefill = d.prefill * (1 - d.localShare);
        e.nearSaturation = e.nearSaturation || analytic.nearSaturation;
        e.throughputInterval = analytic.throughputInterval;
        for (const auto latency : { &Estimate::ttft, &Estimate::itl, &Estimate::e2e }) {
            (e.*latency).meanInterval = (analytic.*latency).meanInterval;
            (e.*latency).tailInterval = (analytic.*latency).tailInterval;
        }
        e.provenance.distance = analytic.provenance.distance;
        e.provenance.caveats = analytic.provenance.caveats;
    }

private:
    template <class Stage>
    [[nodiscard]] static LatencyCurve curve(const Stage& stage,
                                            LatencySummary StageReport::*latency)
    {
        const auto at = [&](Seconds LatencySummary::*figure) {
            return stage([&](const StageReport& s) { return (s.*latency.*figure).value(); });
        };
        return { at(&LatencySummary::mean),
                 { at(&LatencySummary::p50), at(&LatencySummary::p90), at(&LatencySummary::p95),
                   at(&LatencySummary::p99) } };
    }

    /** ITL is nearly a line over the batch, so its elasticity is the share that a lone request would not have. */
    [[nodiscard]] double sensitivity(double itl, double context) const
    {
        const double alone = m_model.step.time({ .sequences = 1, .context = context }).value();
        return itl > 0 ? std::clamp(1 - alone / itl, 0.0, 0.95) : 0;
    }

    [[nodiscard]] static double coldShare(const Workload& workload)
    {
        const double requests = workload.load.rate.value() * workload.duration.value();
        if (!workload.coldStart || workload.prefix.uniquePrompts <= 0 || !(requests > 0))
            return 0;
        return std::min(1.0, workload.prefix.uniquePrompts / requests);
    }

    const ServerModel& m_model;
    Workload m_shape;
    const Coefficients& m_coefficients;
    Confidence m_confidence;
};

/** The same scenario with different arrivals, in parallel. */
Result<std::vector<SimulationReport>> repeated(const Scenario& scenario,
                                               const DeploymentModel& model, std::size_t count,
                                               RunContext& context)
{
    std::vector<Result<SimulationReport>> results(count, SimulationReport {});
    const bool complete = parallelFor(
        count, context,
        [&](std::size_t index, unsigned) {
            RunContext own;
            own.stop = context.stop;
            own.seed = context.seed + index;
            results[index] = simulate(scenario, model, own);
        },
        "simulation");
    if (!complete)
        return failure(ErrorCode::Cancelled, "stopped on request");
    std::vector<SimulationReport> reports;
    for (auto& result : results) {
        if (!result)
            return tl::unexpected(result.error());
        reports.push_back(std::move(*result));
    }
    return reports;
}

std::size_t repetitions(double requests)
{
    return static_cast<std::size_t>(std::llround(std::clamp(
        requestsOfFiniteRuns / std::max(requests, 1.0), leastRepetitions, mostRepetitions)));
}

double requestsIn(const TrafficStage& stage, double serviceTime)
{
    if (stage.requests > 0)
        return static_cast<double>(stage.requests);
    return stage.duration.value()
        * (stage.load.kind == Load::Kind::OpenLoop ? stage.load.rate.value()
                                                   : stage.load.concurrency / serviceTime);
}

/** Seconds of a request that is alone. */
double loneRequest(const ServerModel& model, const Workload& shape)
{
    const double step =
        model.step.time({ .sequences = 1, .context = shape.prompt.mean + shape.output.mean / 2 })
            .value();
    return model.receiving + model.receivingPerToken * shape.prompt.mean + model.responding
        + shape.output.mean * step;
}

class SimulationPredictor final : public Predictor
{
public:
    /** `analytic`: of a disaggregated candidate, else null. */
    SimulationPredictor(const Candidate& candidate, DeploymentModel model, const Workload& shape,
                        const Coefficients& coefficients, const SimulationPrecision& precision,
                        std::unique_ptr<Predictor> analytic)
        : m_precision(precision)
        , m_model(std::move(model))
        , m_analytic(std::move(analytic))
        , m_shape(shape)
        , m_scenario(scenarioFor(candidate, shape))
        , m_writer(candidate, m_model, shape, coefficients)
    { }

    Result<Estimate> at(const Load& load, RunContext& context) const override
    {
        if (const auto checked = checkLoad(load); !checked)
            return tl::unexpected(checked.error());
        Workload workload = m_shape;
        workload.load = load;
        workload.load.concurrency = std::max(1.0, std::round(load.concurrency));
        // Nothing arrives: what a lone request would see.
        if (load.kind == Load::Kind::OpenLoop && !(load.rate.value() > 0))
            workload.load.rate = RequestsPerSecond(0.01 / loneRequest(m_model.server, m_shape));
        auto result = workload.duration.value() > 0 || workload.rounds >= 1
            ? finite(workload, context)
            : steady(workload, context);
        if (result && load.kind == Load::Kind::OpenLoop && !(load.rate.value() > 0))
            result->requestRate = {}, result->outputThroughput = {}, result->totalThroughput = {};
        return result;
    }

private:
    Result<Estimate> finite(const Workload& workload, RunContext& context) const
    {
        Scenario scenario = m_scenario;
        scenario.warmUp = Seconds(0);
        TrafficStage stage = finiteStage(workload);
        if (workload.load.kind == Load::Kind::ClosedLoop && workload.rounds >= 1) {
            stage.requests = static_cast<std::uint64_t>(
                std::llround(workload.load.concurrency * workload.rounds));
            stage.duration = Seconds(0);
        }
        // A server that has served before has all prompts of the set in its cache, as far as they fit.
        const bool warm = !workload.coldStart && workload.prefix.uniquePrompts > 0;
        if (warm) {
            TrafficStage before = stage;
            before.duration = Seconds(0);
            before.requests = static_cast<std::uint64_t>(workload.prefix.uniquePrompts);
            if (before.arrivals.kind == ArrivalProcess::Kind::RescaledPoisson)
                before.arrivals.kind = ArrivalProcess::Kind::Poisson;
            scenario.traffic.stages.push_back(before);
        }
        scenario.traffic.stages.push_back(stage);
        const std::size_t count =
            repetitions(requestsIn(stage, loneRequest(m_model.server, m_shape)));
        const auto reports = repeated(scenario, m_model, count, context);
        if (!reports)
            return tl::unexpected(reports.error());
        return written(*reports, warm ? 1 : 0, workload, context);
    }

    Result<Estimate> steady(const Workload& workload, RunContext& context) const
    {
        Scenario scenario = m_scenario;
        TrafficStage stage = finiteStage(workload);
        const double inFlight = workload.load.kind == Load::Kind::OpenLoop
            ? workload.load.rate.value() * loneRequest(m_model.server, m_shape)
            : workload.load.concurrency;
        double requests = std::clamp(lifetimes * inFlight, leastRequests, mostRequests);
        for (int run = 0;; ++run) {
            stage.requests = static_cast<std::uint64_t>(requests);
            scenario.traffic.stages = { stage };
            RunContext own = context;
            own.progress = nullptr;
            auto report = simulate(scenario, m_model, own);
            if (!report)
                return tl::unexpected(report.error());
            const bool good = report->relativeError <= m_precision.error || report->total.saturated;
            if (good || run >= m_precision.longerRuns || requests >= mostRequests)
                return written({ std::move(*report) }, 0, workload, context);
            requests = std::min(4 * requests, mostRequests);
        }
    }

    [[nodiscard]] Result<Estimate> written(const std::vector<SimulationReport>& reports,
                                           std::size_t index, const Workload& workload,
                                           RunContext& context) const
    {
        Estimate e = m_writer.estimate(reports, index, workload);
        if (!m_analytic)
            return e;
        const auto analytic = m_analytic->at(workload.load, context);
        if (!analytic)
            return tl::unexpected(analytic.error());
        m_writer.addDisaggregation(e, *analytic, reports, index);
        return e;
    }

    SimulationPrecision m_precision;
    DeploymentModel m_model;
    std::unique_ptr<Predictor> m_analytic;
    Workload m_shape;
    Scenario m_scenario;
    EstimateWriter m_writer;
};

} // namespace

SimulationEngine::SimulationEngine(std::shared_ptr<const Catalog> catalog,
                                   Coefficients coefficients, SimulationPrecision precision)
    : m_catalog(std::move(catalog))
    , m_coefficients(std::move(coefficients))
    , m_precision(precision)
{ }

EngineInfo SimulationEngine::info() const
{
    EngineInfo info;
    info.id = engineId;
    info.name = "Simulation";
    info.description = "Discrete-event simulation of vLLM's scheduler, prefix cache and queue on "
                       "the step times of the "
                       "analytic engine. Some ten milliseconds per point.";
    info.percentiles = true;
    info.mixtureOfExperts = true;
    info.prefillDecodeDisaggregation = true;
    info.validatedGpus = m_coefficients.measuredGpus;
    return info;
}

Result<std::unique_ptr<Predictor>> SimulationEngine::predictor(const Candidate& candidate,
                                                               const Workload& shape) const
{
    std::unique_ptr<Predictor> analytic;
    if (candidate.topology.disaggregation) {
        // Checks both roles as well.
        auto bound = disaggregatedPredictor(*m_catalog, candidate, shape, m_coefficients,
                                            std::string(engineId));
        if (!bound)
            return tl::unexpected(bound.error());
        analytic = std::move(*bound);
    } else if (const auto memory = checkedMemory(
                   candidate, m_catalog->engineVersion(candidate.engine.version), shape);
               !memory) {
        return tl::unexpected(memory.error());
    }
    auto model = deploymentModel(candidate, *m_catalog, shape.greedy, m_coefficients);
    if (!model)
        return tl::unexpected(model.error());
    return std::make_unique<SimulationPredictor>(candidate, std::move(*model), shape,
                                                 m_coefficients, m_precision,
                                                 std::move(analytic));
}

Result<std::vector<Estimate>> SimulationEngine::estimateStages(const Candidate& candidate,
                                                               std::span<const Workload> stages,
                                                               RunContext& context) const
{
    const bool finite = std::all_of(stages.begin(), stages.end(), [](const Workload& stage) {
        return stage.duration.value() > 0
            && (stage.load.kind == Load::Kind::ClosedLoop || stage.load.rate.value() > 0);
    });
    if (stages.empty() || !finite || candidate.topology.disaggregation)
        return Engine::estimateStages(candidate, stages, context);
    const EngineVersionProfile& profile = m_catalog->engineVersion(candidate.engine.version);
    if (const auto memory = checkedMemory(candidate, profile, stages.front()); !memory)
        return tl::unexpected(memory.error());
    const auto model =
        deploymentModel(candidate, *m_catalog, stages.front().greedy, m_coefficients);
    if (!model)
        return tl::unexpected(model.error());
    const double replicas = std::max(1, candidate.topology.pool.replicas);
    const double alone = loneRequest(model->server, stages.front());
    Scenario scenario = scenarioFor(candidate, stages.front());
    scenario.warmUp = Seconds(0);
    std::vector<Workload> workloads(stages.begin(), stages.end());
    double fewest = mostRequests;
    for (auto& workload : workloads) {
        workload.load.rate /= replicas;
        workload.load.concurrency = std::max(1.0, std::round(workload.load.concurrency / replicas));
        scenario.traffic.stages.push_back(finiteStage(workload));
        fewest = std::min(fewest, requestsIn(scenario.traffic.stages.back(), alone));
    }
    if (auto result = checkScenario(scenario); !result)
        return tl::unexpected(result.error());
    const auto reports = repeated(scenario, *model, repetitions(fewest), context);
    if (!reports)
        return tl::unexpected(reports.error());
    const EstimateWriter writer(candidate, *model, stages.front(), m_coefficients);
    std::vector<Estimate> estimates;
    for (std::size_t i = 0; i < workloads.size(); ++i) {
        estimates.push_back(writer.estimate(*reports, i, workloads[i]));
        scaleToDeployment(estimates.back(), replicas);
    }
    return estimates;
}

} // namespace llmd
