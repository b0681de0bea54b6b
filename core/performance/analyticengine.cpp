// SPDX-License-Identifier: Apache-2.0
#include "analyticengine.h"

#include "disaggregatedpredictor.h"
#include "enginechecks.h"
#include "interval.h"
#include "latencydistribution.h"
#include "latencyintervals.h"
#include "steadystate.h"
#include "steptime.h"

#include <core/base/text.h>
#include <core/memory/memoryledger.h>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace llmd {

namespace {

constexpr std::string_view engineId = "analytic";
/** Above these shares of seats or KV pool small errors of the step time decide whether requests queue. */
constexpr double nearSeats = 0.8;
constexpr double nearPool = 0.9;

/** The textbook roofline is this engine with other coefficients. */
std::string nameOf(const Coefficients& coefficients)
{
    return coefficients.smoothMaximum ? std::string(engineId) : "roofline";
}

class AnalyticPredictor final : public Predictor
{
public:
    AnalyticPredictor(const Candidate& candidate, const EngineVersionProfile& profile,
                      const Workload& shape, const Coefficients& coefficients,
                      const MemoryLedger& ledger)
        : m_coefficients(coefficients)
        , m_shape(shape)
        , m_confidence(confidence(candidate, coefficients))
        , m_model(candidate, profile, StepOptions { shape.greedy }, coefficients)
        , m_state(
              m_model, coefficients, shape, candidate.engine,
              { .kvPoolTokens = ledger.kvCacheTokens,
                .pipelineStages = static_cast<double>(candidate.topology.pool.parallelism.pipeline),
                .asynchronousScheduling = profile.asynchronousScheduling,
                .tiers = tierFigures(candidate, ledger) })
        , m_spread(shape, coefficients)
        , m_poolTokens(ledger.kvCacheTokens)
    {
        m_provenance.engine = nameOf(coefficients);
        m_provenance.engineVersion = coefficients.version;
        m_provenance.distance = m_confidence.distance;
        m_provenance.caveats = m_confidence.caveats;
        if (candidate.engine.offload.any())
            m_provenance.caveats.push_back(offloadGain());
    }

    Result<Estimate> at(const Load& load, RunContext& context) const override
    {
        if (context.cancelled())
            return failure(ErrorCode::Cancelled, "stopped on request");
        if (const auto checked = checkLoad(load); !checked)
            return tl::unexpected(checked.error());
        return load.kind == Load::Kind::OpenLoop ? openLoop(load.rate.value())
                                                 : closedLoop(load.concurrency);
    }

private:
    /** Whether reading a prompt back is faster than computing it again. */
    [[nodiscard]] std::string offloadGain() const
    {
        const PrefixSharing& prefix = m_shape.prefix;
        if (prefix.uniquePrompts <= 0 && prefix.sharedTokens <= 0)
            return "No prompts come again in this workload: a KV cache outside the GPU changes "
                   "nothing.";
        const double load = m_state.lonelyLoad() * 1e3;
        const OperatingPoint alone = m_state.at(0, 1, true);
        const double computed = std::max(0.0, alone.promptTime - alone.step) * 1e3;
        return fmt::format("Reading a cached prompt back takes {} ms, computing it {} ms: {}.",
                           printRounded(load), printRounded(computed),
                           load < computed ? "offloading pays where prompts come again after the "
                                             "GPU has given them up"
                                           : "offloading does not pay");
    }

    /** Share of requests that meet their prompt for the first time in a finite run from an empty cache. */
    double coldShare(double rate) const
    {
        const double duration = m_shape.duration.value();
        if (!m_shape.coldStart || duration <= 0 || m_shape.prefix.uniquePrompts <= 0 || rate <= 0)
            return 0;
        return std::min(1.0, m_shape.prefix.uniquePrompts / (rate * duration));
    }

    LatencyCurves curvesAt(const OperatingPoint& point, double rate, double horizon) const
    {
        LatencyCurves curves = latencyCurves(point, m_spread);
        if (point.saturated)
            addOverload(curves, point, rate, horizon);
        return curves;
    }

    Estimate openLoop(double rate) const
    {
        const OperatingPoint warm = m_state.openLoop(rate, false);
        const double duration = m_shape.duration.value();
        LatencyCurves curves = curvesAt(warm, rate, duration > 0 ? duration : assumedHorizon);
        const double cold = warm.missShare < 1 ? coldShare(rate) : 0;
        if (cold > 0) {
            const OperatingPoint first = m_state.openLoop(rate, true);
            const LatencyCurves coldCurves = curvesAt(first, rate, cold * duration);
            curves = mixture(curves, coldCurves, cold);
        }
        return assemble(warm, curves, cold, rate);
    }

    Estimate closedLoop(double concurrency) const
    {
        const OperatingPoint point = m_state.closedLoop(concurrency);
        SpreadFigures spread = m_spread;
        spread.open = false;
        const LatencyCurves curves = latencyCurves(point, spread);
        return assemble(point, curves, 0, point.rate);
    }

    Estimate assemble(const OperatingPoint& p, const LatencyCurves& curves, double cold,
                      double offered) const
    {
        Estimate e;
        e.saturated = p.saturated;
        const double seats = std::max(1e-9, m_model.maxSequences());
        const double prefilling =
            p.rate * (p.ttft - p.seatWait - p.backlog - m_coefficients.requestOverhead);
        e.runningPerReplica = std::min(seats, p.batch + std::max(0.0, prefilling));
        e.waitingPerReplica = p.rate * (p.seatWait + p.backlog);
        e.batchUtilization = e.runningPerReplica / seats;
        e.kvUtilization =
            std::min(1.0, m_state.kvTokensInUse(e.runningPerReplica) / std::max(1.0, m_poolTokens));
        e.nearSaturation = p.saturated || e.batchUtilization > nearSeats
            || e.kvUtilization > nearPool || p.budgetShare > nearPool || p.waitProbability > 0.5;
        const bool given = m_shape.load.kind == Load::Kind::OpenLoop && !e.saturated;
        setLatencies(e, curves, m_confidence, m_coefficients,
                     { .sensitivity = p.sensitivity, .coldShare = cold, .rateIsGiven = given });
        const double output = m_shape.output.mean;
        const double rate = p.saturated ? p.rate : std::max(0.0, std::min(offered, p.rate));
        e.requestRate = RequestsPerSecond(rate);
        e.outputThroughput = TokensPerSecond(rate * output);
        e.totalThroughput = TokensPerSecond(rate * (output + m_shape.prompt.mean));
        e.prefillShare = p.prefillShare;
        const double miss = p.missShare + (1 - p.missShare) * cold;
        const double tier = p.tierShare * (1 - cold);
        const double prefixTier = miss * m_state.prefixTierTokens();
        e.tierHitRate = (tier * m_state.hitTokens() + prefixTier) / m_shape.prompt.mean;
        e.prefixHitRate = ((1 - miss - tier) * m_state.hitTokens()
                           + miss * m_state.missPrefixTokens() - prefixTier)
            / m_shape.prompt.mean;
        e.tierLoad = Seconds(tier * p.tierLoad);
        e.tokensPerStep = p.tokensPerStep;
        e.queueing = Seconds(std::max(0.0, curves.ttft.mean - p.ttft) * (p.saturated ? 1 : 0)
                             + p.seatWait + p.backlog);
        e.prefill = Seconds(miss * std::max(0.0, p.promptTime - p.step));
        e.step = m_model.breakdown(
            { .sequences = std::max(1.0, p.batch), .context = m_state.meanContext() });
        e.provenance = m_provenance;
        return e;
    }

    const Coefficients& m_coefficients;
    Workload m_shape;
    Confidence m_confidence;
    StepModel m_model;
    SteadyState m_state;
    SpreadFigures m_spread;
    double m_poolTokens = 0;
    Provenance m_provenance;
};

} // namespace

AnalyticEngine::AnalyticEngine(std::shared_ptr<const Catalog> catalog, Coefficients coefficients)
    : m_catalog(std::move(catalog))
    , m_coefficients(std::move(coefficients))
{ }

EngineInfo AnalyticEngine::info() const
{
    EngineInfo info;
    info.id = engineId;
    info.name = "Analytic";
    info.description = "Step-time physics calibrated on measured servers, balance of arrivals and "
                       "service, queueing. A "
                       "few microseconds per point.";
    info.percentiles = true;
    info.mixtureOfExperts = true;
    info.prefillDecodeDisaggregation = true;
    info.validatedGpus = m_coefficients.measuredGpus;
    return info;
}

Result<std::unique_ptr<Predictor>> AnalyticEngine::predictor(const Candidate& candidate,
                                                             const Workload& shape) const
{
    if (candidate.topology.disaggregation)
        return disaggregatedPredictor(*m_catalog, candidate, shape, m_coefficients,
                                      nameOf(m_coefficients));
    const EngineVersionProfile& profile = m_catalog->engineVersion(candidate.engine.version);
    const auto ledger = checkedMemory(candidate, profile, shape);
    if (!ledger)
        return tl::unexpected(ledger.error());
    return std::make_unique<AnalyticPredictor>(candidate, profile, shape, m_coefficients, *ledger);
}

} // namespace llmd
