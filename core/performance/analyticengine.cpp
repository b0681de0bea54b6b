// SPDX-License-Identifier: Apache-2.0
#include "analyticengine.h"

#include "interval.h"
#include "latencydistribution.h"
#include "steadystate.h"
#include "steptime.h"

#include <core/base/text.h>
#include <core/memory/memoryledger.h>

#include <algorithm>
#include <cmath>

namespace llmd {

namespace {

constexpr std::string_view engineId = "analytic";
/** How long an overload is assumed to have lasted where the workload has no duration. */
constexpr double overloadHorizon = 600;
/** Above these shares of seats or KV pool small errors of the step time decide whether requests queue. */
constexpr double nearSeats = 0.8;
constexpr double nearPool = 0.9;

tl::unexpected<Error> badWorkload(const std::string& field, double value,
                                  const std::string& expected)
{
    return failure(ErrorCode::InvalidArgument,
                   "workload." + field + ": found " + printNumber(value) + ", expected "
                       + expected);
}

Result<> checkLengths(const LengthDistribution& lengths, const std::string& name)
{
    if (!std::isfinite(lengths.mean) || lengths.mean < 1 || lengths.mean > 1e8)
        return badWorkload(name + ".mean", lengths.mean, "a number of tokens from 1 to 1e8");
    if (!std::isfinite(lengths.variation) || lengths.variation < 0 || lengths.variation > 10)
        return badWorkload(name + ".variation", lengths.variation, "a number from 0 to 10");
    if (lengths.shape == LengthDistribution::Shape::Uniform && lengths.variation > 1)
        return badWorkload(name + ".variation", lengths.variation,
                           "at most 1 for a uniform distribution");
    return {};
}

Result<> checkWorkload(const Workload& workload)
{
    if (auto result = checkLengths(workload.prompt, "prompt"); !result)
        return result;
    if (auto result = checkLengths(workload.output, "output"); !result)
        return result;
    const auto& prefix = workload.prefix;
    if (!std::isfinite(prefix.sharedTokens) || prefix.sharedTokens < 0)
        return badWorkload("prefix.shared_tokens", prefix.sharedTokens,
                           "a number of tokens, not negative");
    if (prefix.groups < 1)
        return badWorkload("prefix.groups", prefix.groups, "at least 1");
    if (prefix.uniquePrompts < 0)
        return badWorkload("prefix.unique_prompts", prefix.uniquePrompts, "0 or more");
    if (!std::isfinite(workload.burstiness) || workload.burstiness < 0
        || workload.burstiness > 1000)
        return badWorkload("burstiness", workload.burstiness, "a number from 0 to 1000");
    if (!std::isfinite(workload.duration.value()) || workload.duration.value() < 0)
        return badWorkload("duration", workload.duration.value(), "seconds, not negative");
    return {};
}

Result<> checkCandidate(const Candidate& candidate)
{
    if (!candidate.model || !candidate.gpu)
        return failure(ErrorCode::InvalidArgument, "the candidate needs a model and a GPU");
    const Parallelism& p = candidate.topology.pool.parallelism;
    if (p.tensor < 1 || p.pipeline < 1 || p.data < 1)
        return failure(ErrorCode::InvalidArgument,
                       "parallelism must be at least 1 in each direction");
    if (candidate.model->architecture.layers() < p.pipeline)
        return failure(ErrorCode::InvalidArgument, "more pipeline stages than layers");
    if (candidate.engine.maxNumSeqs < 1 || candidate.engine.maxNumBatchedTokens < 1)
        return failure(ErrorCode::InvalidArgument,
                       "max_num_seqs and max_num_batched_tokens must be at least 1");
    if (candidate.gpu->memoryBandwidth.value() <= 0
        || candidate.gpu->rate(candidate.model->architecture.dtype).value() <= 0) {
        return failure(ErrorCode::Unsupported,
                       candidate.gpu->name
                           + ": the catalog has no memory bandwidth or no 16-bit matrix rate");
    }
    return {};
}

class AnalyticPredictor final : public Predictor
{
public:
    AnalyticPredictor(const Candidate& candidate, const EngineVersionProfile& profile,
                      const Workload& shape, const Coefficients& coefficients, double poolTokens)
        : m_coefficients(coefficients)
        , m_shape(shape)
        , m_confidence(confidence(candidate, coefficients))
        , m_model(candidate, profile, StepOptions { shape.greedy }, coefficients)
        , m_state(
              m_model, coefficients, shape, candidate.engine,
              { .kvPoolTokens = poolTokens,
                .pipelineStages = static_cast<double>(candidate.topology.pool.parallelism.pipeline),
                .asynchronousScheduling = profile.asynchronousScheduling })
        , m_spread(shape, coefficients)
        , m_poolTokens(poolTokens)
    {
        m_provenance.engine = coefficients.smoothMaximum ? std::string(engineId) : "roofline";
        m_provenance.engineVersion = coefficients.version;
        m_provenance.distance = m_confidence.distance;
        m_provenance.caveats = m_confidence.caveats;
    }

    Result<Estimate> at(const Load& load, RunContext& context) const override
    {
        if (context.cancelled())
            return failure(ErrorCode::Cancelled, "stopped on request");
        const bool open = load.kind == Load::Kind::OpenLoop;
        const double amount = open ? load.rate.value() : load.concurrency;
        if (!std::isfinite(amount) || amount < 0)
            return failure(ErrorCode::InvalidArgument,
                           "the load must be a finite number, not negative");
        return open ? openLoop(amount) : closedLoop(amount);
    }

private:
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
        LatencyCurves curves = curvesAt(warm, rate, duration > 0 ? duration : overloadHorizon);
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

    void setIntervals(Estimate& estimate, const LatencyCurves& curves, double sensitivity,
                      double cold) const
    {
        const Coefficients& c = m_coefficients;
        // Longer steps mean more sequences, which mean longer steps: the error of a step is amplified by the loop.
        const double loop = std::min(10.0, 1 / (1 - sensitivity));
        const double step = m_confidence.stepSigma * loop;
        const bool uncertain = m_confidence.uncertainFirstToken;
        const double first = uncertain || cold > 0.02 ? std::max(c.sigmaTtftUncertain, step)
                                                      : std::max(c.sigmaTtft, step);
        const double tailTtft =
            std::max(uncertain || cold > 0 ? c.sigmaTailTtftUncertain : c.sigmaTailTtft, first);
        const double tail = std::max(uncertain ? c.sigmaTailE2eUncertain : c.sigmaTailE2e, step);
        estimate.ttft = toEstimate(curves.ttft, first, tailTtft);
        estimate.itl = toEstimate(curves.itl, step, tail);
        // E2E is the sum of both; their errors have mostly the same cause, so the spreads add.
        const double share = curves.ttft.mean / std::max(curves.e2e.mean, 1e-12);
        estimate.e2e = toEstimate(
            curves.e2e, step + std::clamp(share, 0.0, 1.0) * std::max(0.0, first - step), tail);
        // Below saturation the completed rate is the offered one; in saturation and in a closed loop it is the step's.
        const bool given = m_shape.load.kind == Load::Kind::OpenLoop && !estimate.saturated;
        estimate.throughputInterval = given ? interval(0.01) : interval(m_confidence.stepSigma);
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
        setIntervals(e, curves, p.sensitivity, cold);
        const double output = m_shape.output.mean;
        const double rate = p.saturated ? p.rate : std::max(0.0, std::min(offered, p.rate));
        e.requestRate = RequestsPerSecond(rate);
        e.outputThroughput = TokensPerSecond(rate * output);
        e.totalThroughput = TokensPerSecond(rate * (output + m_shape.prompt.mean));
        e.prefillShare = p.prefillShare;
        const double miss = p.missShare + (1 - p.missShare) * cold;
        e.prefixHitRate = ((1 - miss) * m_state.hitTokens() + miss * m_state.missPrefixTokens())
            / m_shape.prompt.mean;
        e.queueing = Seconds(std::max(0.0, curves.ttft.mean - p.ttft) * (p.saturated ? 1 : 0)
                             + p.seatWait + p.backlog);
        e.prefill = Seconds(miss * std::max(0.0, p.stepsPerPrompt * p.missStep - p.step));
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
    for (const auto& gpu : m_catalog->gpus) {
        if (m_coefficients.factors(gpu.architecture).measured)
            info.validatedGpus.push_back(gpu.id);
    }
    return info;
}

Result<std::unique_ptr<Predictor>> AnalyticEngine::predictor(const Candidate& candidate,
                                                             const Workload& shape) const
{
    if (auto result = checkCandidate(candidate); !result)
        return tl::unexpected(result.error());
    if (auto result = checkWorkload(shape); !result)
        return tl::unexpected(result.error());
    const EngineVersionProfile& profile = m_catalog->engineVersion(candidate.engine.version);
    const MemoryLedger ledger = memoryFigures(candidate, profile);
    const double context = shape.prompt.mean + shape.output.mean;
    if (!(ledger.kvCacheTokens >= context)) {
        return failure(ErrorCode::Unsupported,
                       candidate.model->id + " on " + candidate.gpu->name + " "
                           + candidate.topology.pool.parallelism.label() + ": the KV pool holds "
                           + printRounded(std::max(0.0, ledger.kvCacheTokens))
                           + " tokens, one request needs " + printRounded(context));
    }
    return std::make_unique<AnalyticPredictor>(candidate, profile, shape, m_coefficients,
                                               ledger.kvCacheTokens);
}

} // namespace llmd
