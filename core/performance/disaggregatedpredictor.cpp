// SPDX-License-Identifier: Apache-2.0
#include "disaggregatedpredictor.h"

#include "enginechecks.h"
#include "interval.h"
#include "latencydistribution.h"
#include "latencyintervals.h"
#include "prefillpool.h"
#include "steadystate.h"
#include "steptime.h"
#include "transfer.h"

#include <core/candidate/disaggregationrules.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace llmd {

namespace {

/** Above these shares small errors of the step time decide whether requests queue. */
constexpr double nearSeats = 0.8;
constexpr double nearPool = 0.9;
/**
 * Standard deviations of log(measured / predicted) of disaggregated servers. From the closed-loop points of other engines
 * below saturation, as there are only two of vLLM's: robust (median / 0.67) for TTFT, whose tail has start-up effects;
 * 90 % / 1.64 for ITL, without and with experts spread over more ranks than a node has.
 */
constexpr double sigmaItl = 0.12;
constexpr double sigmaItlWideExperts = 0.8;
constexpr double sigmaTtft = 1.0;
constexpr int nodeRanks = 8;

/** The prompts of a workload, split by who computes them. */
struct PromptSplit
{
    double localShare = 0;
    double localTokens = 0; ///< mean prompt of those that stay
    LengthDistribution remote; ///< of those that travel
};

/** `threshold`: new tokens up to which a prompt stays with the decode server; `cached`: of each prompt on that server. */
PromptSplit splitPrompts(const LengthDistribution& prompt, double threshold, double cached)
{
    PromptSplit split { 0, 0, prompt };
    if (!(threshold > 0))
        return split;
    // Means over the quantiles, of which 256 are enough for any of the shapes.
    constexpr int points = 256;
    int local = 0;
    double localSum = 0;
    double remoteSum = 0;
    double remoteSquare = 0;
    for (int i = 0; i < points; ++i) {
        const double length = prompt.quantile((i + 0.5) / points);
        if (length - cached <= threshold) {
            ++local;
            localSum += length;
        } else {
            remoteSum += length;
            remoteSquare += length * length;
        }
    }
    if (local == 0)
        return split;
    split.localShare = double(local) / points;
    split.localTokens = localSum / local;
    if (const int remote = points - local; remote > 0) {
        split.remote.mean = remoteSum / remote;
        const double square = remoteSquare / remote / (split.remote.mean * split.remote.mean);
        split.remote.variation = std::sqrt(std::max(0.0, square - 1));
        // A cut distribution is none of the shapes; with mean and variation the difference is small.
        if (split.remote.shape == LengthDistribution::Shape::Uniform)
            split.remote.variation = std::min(1.0, split.remote.variation * std::sqrt(3.0));
    }
    return split;
}

Workload withPrompt(Workload shape, const LengthDistribution& prompt)
{
    shape.prompt = prompt;
    return shape;
}

/** What both roles are made of, checked. */
struct Roles
{
    Candidate prefill;
    Candidate decode;
    const EngineVersionProfile& prefillProfile;
    const EngineVersionProfile& decodeProfile;
    double prefillPool = 0; ///< KV tokens of one server
    double decodePool = 0;
    PromptSplit prompts;
    TransferLink link;
};

class DisaggregatedPredictor final : public Predictor
{
public:
    DisaggregatedPredictor(const Candidate& candidate, const Roles& roles, const Workload& shape,
                           const Coefficients& coefficients, std::string engine)
        : m_coefficients(coefficients)
        , m_shape(shape)
        , m_prefill(roles.prefill)
        , m_decode(roles.decode)
        , m_split(*candidate.topology.disaggregation)
        , m_link(roles.link)
        , m_localShare(roles.prompts.localShare)
        , m_prefillPoolTokens(roles.prefillPool)
        , m_decodePoolTokens(roles.decodePool)
        , m_remotePrompt(roles.prompts.remote.mean)
        , m_horizon(shape.duration.value() > 0 ? shape.duration.value() : assumedHorizon)
        , m_prefillModel(m_prefill, roles.prefillProfile, StepOptions { shape.greedy },
                         coefficients)
        , m_decodeModel(m_decode, roles.decodeProfile, StepOptions { shape.greedy }, coefficients)
        , m_prefillPool(
              m_prefillModel, coefficients, withPrompt(shape, roles.prompts.remote),
              m_prefill.engine,
              { .replicas = m_prefill.topology.pool.replicas,
                .dataRanks = m_prefill.topology.pool.parallelism.data,
                .stages = static_cast<double>(m_prefill.topology.pool.parallelism.pipeline),
                .kvPoolTokens = roles.prefillPool,
                .transferSeconds = roles.link.latency + roles.link.wire })
        , m_decodeState(
              m_decodeModel, coefficients, shape, m_decode.engine,
              { .kvPoolTokens = roles.decodePool,
                .pipelineStages = static_cast<double>(m_decode.topology.pool.parallelism.pipeline),
                .asynchronousScheduling = roles.decodeProfile.asynchronousScheduling,
                .localShare = roles.prompts.localShare,
                .localTokens = roles.prompts.localTokens,
                .arrivalSeconds = roles.link.latency + roles.link.wire })
        , m_spread(withPrompt(shape, roles.prompts.remote), coefficients)
        , m_decodeReplicas(m_decode.topology.pool.replicas)
        , m_decodeCapacity(m_decodeState.at(m_decodeState.batchLimit(), 1, false).rate
                           * m_decodeReplicas)
    {
        addProvenance(candidate, std::move(engine));
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
    /** Everything at one rate of the whole deployment. */
    struct State
    {
        double rate = 0;
        OperatingPoint decode; ///< of one server
        PrefillPoint prefill;
        TransferTime transfer;
        double frontEnd = 0;
        double firstDecode = 0;
        double remoteTtft = 0;
        double ttft = 0; ///< mean over local and remote prompts
        double e2e = 0;
    };

    void addProvenance(const Candidate& candidate, std::string engine)
    {
        const Confidence first = confidence(m_prefill, m_coefficients);
        m_confidence = confidence(m_decode, m_coefficients);
        m_prefillSigma = first.stepSigma;
        m_provenance.engine = std::move(engine);
        m_provenance.engineVersion = m_coefficients.version;
        m_provenance.distance = m_confidence.distance;
        m_provenance.caveats = m_confidence.caveats;
        for (const auto& caveat : first.caveats) {
            if (std::find(m_provenance.caveats.begin(), m_provenance.caveats.end(), caveat)
                == m_provenance.caveats.end())
                m_provenance.caveats.push_back("Prefill: " + caveat);
        }
        const Parallelism& ranks = m_decode.topology.pool.parallelism;
        m_itlSigma = std::hypot(m_confidence.stepSigma, sigmaItl);
        if (ranks.data > nodeRanks && m_decode.engine.expertExchange == ExpertExchange::Gather) {
            m_itlSigma = std::hypot(m_confidence.stepSigma, sigmaItlWideExperts);
            m_provenance.caveats.push_back(
                "Experts over more than 8 data-parallel ranks that gather the tokens of all: "
                "kernels that dispatch each token to its experts alone are several times faster "
                "at large batches (--expert-exchange dispatch).");
        }
        m_provenance.caveats.push_back(
            "Disaggregated prefill and decode: composed from aggregated measurements, only checked "
            "against a few disaggregated ones.");
        m_provenance.caveats.push_back("KV transfer: " + m_link.bandwidthSource + ".");
        for (const auto& finding : disaggregationFindings(candidate)) {
            if (!finding.hard)
                m_provenance.caveats.push_back(finding.sentence + " [" + finding.source + "].");
        }
        if (m_split.localPromptTokens > 0 && m_shape.prefix.uniquePrompts > 0)
            m_provenance.caveats.push_back("Repeated prompts count as new for the threshold of "
                                           "local prompts.");
    }

    double remoteShare() const { return 1 - m_localShare; }

    double coldShare(double rate) const
    {
        const double duration = m_shape.duration.value();
        if (!m_shape.coldStart || duration <= 0 || m_shape.prefix.uniquePrompts <= 0 || rate <= 0)
            return 0;
        return std::min(1.0, m_shape.prefix.uniquePrompts / (rate * duration));
    }

    /** Requests per second of the whole deployment that a role or the links can take. */
    std::array<double, 3> capacities(double cold) const
    {
        const double remote = std::max(remoteShare(), 1e-12);
        return { m_prefillPool.capacity(cold) / remote, m_link.capacity() / remote,
                 m_decodeCapacity };
    }

    /** Joins the roles; `decode` has its rate and its wait for a seat, `others` is the share of the load that one meets. */
    State join(const OperatingPoint& decode, double others, double cold) const
    {
        State s;
        s.decode = decode;
        s.rate = decode.rate * m_decodeReplicas;
        const double remoteRate = s.rate * remoteShare();
        s.prefill = m_prefillPool.at(remoteRate, others, cold);
        s.transfer = transferTime(m_link, remoteRate, s.prefill.step, others);
        s.frontEnd = 2
            * (m_coefficients.requestOverhead
               + m_coefficients.promptTokenOverhead * m_remotePrompt);
        s.firstDecode = decode.arrivedTtft + decode.seatWait;
        addUp(s);
        return s;
    }

    void addUp(State& s) const
    {
        s.remoteTtft =
            s.frontEnd + s.prefill.queue + s.prefill.compute + s.transfer.total + s.firstDecode;
        s.ttft = remoteShare() * s.remoteTtft + m_localShare * s.decode.ttft;
        s.e2e = s.ttft + (std::max(1.0, m_shape.output.mean) - 1) * s.decode.tokenTime();
    }

    Estimate openLoop(double rate) const
    {
        const double cold = coldShare(rate);
        const auto limits = capacities(cold);
        const double capacity = *std::min_element(limits.begin(), limits.end());
        const bool saturated = rate >= capacity;
        const double served = std::min(rate, capacity);
        OperatingPoint decode = m_decodeState.openLoop(served / m_decodeReplicas, false);
        decode.rate = served / m_decodeReplicas; // exactly, not as near as the root was found
        State s = join(decode, 1, cold);
        LatencyCurves curves = curvesOf(s, true);
        if (saturated) {
            OperatingPoint limit;
            limit.rate = capacity;
            addOverload(curves, limit, rate, m_horizon);
        }
        return assemble(s, curves, { saturated, true, cold });
    }

    /** The balance of a closed loop: the decode batch at which all requests are accounted for. */
    Estimate closedLoop(double concurrency) const
    {
        const double count = std::max(concurrency, 1e-6);
        const double others = std::max(0.0, 1 - 1 / std::max(count, 1.0));
        const double perServer = count / m_decodeReplicas;
        const double othersOfServer = std::max(0.0, 1 - 1 / std::max(perServer, 1.0));
        const auto limits = capacities(0);
        const double capacity = std::min(limits[0], limits[1]);
        const auto at = [&](double batch) {
            return join(m_decodeState.at(batch, othersOfServer, false), others, 0);
        };
        double low = 0;
        double high = std::min(m_decodeState.batchLimit(), perServer);
        const State full = at(high);
        if (full.rate <= capacity && full.rate * full.e2e <= count)
            low = high;
        for (int i = 0; i < 50 && high - low > 1e-9 * high; ++i) {
            const double middle = 0.5 * (low + high);
            const State s = at(middle);
            (s.rate > capacity || s.rate * s.e2e > count ? high : low) = middle;
        }
        State s = at(std::max(low, 1e-9));
        addRest(s, count, limits);
        addFirstBurst(s, count);
        return assemble(s, curvesOf(s, false), { false, false, 0 });
    }

    /** Requests that have no place in the balance wait in front of what is full (Little's law). */
    void addRest(State& s, double count, const std::array<double, 3>& limits) const
    {
        const double rest = s.rate > 0 ? count / s.rate - s.e2e : 0;
        if (!(rest > 1e-6 * s.e2e))
            return;
        const double remote = std::max(remoteShare(), 1e-12);
        if (limits[0] <= limits[1] && limits[0] <= limits[2]) {
            s.prefill.queue += rest / remote;
            s.prefill.waiting += rest * s.rate / m_prefill.topology.pool.replicas;
            s.prefill.waitProbability = 1;
        } else if (limits[1] <= limits[2]) {
            s.transfer.contention += rest / remote;
            s.transfer.total += rest / remote;
        } else {
            s.decode.seatWait += rest;
            s.decode.ttft += rest;
            s.decode.waitProbability = 1;
            s.firstDecode += rest;
        }
        addUp(s);
    }

    /** All requests of the first round arrive at once, and their prompts are computed one budget after another. */
    void addFirstBurst(State& s, double count) const
    {
        if (m_shape.rounds < 1 || m_localShare >= 1)
            return;
        const double burst = (count - 1) / 2 * remoteShare() / s.prefill.capacity;
        s.prefill.queue += std::max(0.0, burst - s.prefill.queue) / m_shape.rounds;
        addUp(s);
    }

    LatencyCurves curvesOf(const State& s, bool open) const
    {
        SpreadFigures spread = m_spread;
        spread.open = open;
        // The chain as one server: what grows with the prompt is its own part, what is waited for has its distribution.
        OperatingPoint chain = s.decode;
        chain.missShare = 1;
        chain.promptTime = s.prefill.compute + s.transfer.total;
        chain.backlog = s.prefill.queue;
        chain.backlogProbability = s.prefill.waitProbability;
        chain.companions = 0;
        // Two waits for steps, one after the other: their deviations add in quadrature.
        chain.busy = std::numbers::sqrt2 * s.decode.busy;
        chain.missTtft = s.remoteTtft - s.decode.seatWait;
        chain.ttft = s.remoteTtft;
        const double decoding = (std::max(1.0, m_shape.output.mean) - 1) * s.decode.tokenTime();
        chain.e2e = chain.ttft + decoding;
        const LatencyCurves remote = latencyCurves(chain, spread);
        if (m_localShare <= 0)
            return remote;
        OperatingPoint local = s.decode;
        local.e2e = local.ttft + decoding;
        const LatencyCurves here = latencyCurves(local, spread);
        return m_localShare >= 1 ? here : mixture(remote, here, m_localShare);
    }

    struct Situation
    {
        bool saturated = false;
        bool open = true;
        double cold = 0;
    };

    Estimate assemble(const State& s, const LatencyCurves& curves, const Situation& situation) const
    {
        Estimate e;
        e.saturated = situation.saturated;
        e.disaggregated = detail(s, situation.cold);
        const DisaggregatedEstimate& d = *e.disaggregated;
        const double seats = std::max(1e-9, m_decodeModel.maxSequences());
        e.runningPerReplica = d.decodeLoad.running;
        e.waitingPerReplica = d.decodeLoad.waiting;
        e.batchUtilization = e.runningPerReplica / seats;
        e.kvUtilization = d.decodeLoad.kvUtilization;
        e.nearSaturation = e.saturated || e.batchUtilization > nearSeats
            || e.kvUtilization > nearPool || s.decode.waitProbability > 0.5
            || d.prefillLoad.utilization > nearPool || d.transfer.linkUtilization > nearPool;
        setLatencies(e, curves, m_confidence, m_coefficients,
                     { .sensitivity = s.decode.sensitivity,
                       .coldShare = situation.cold,
                       .rateIsGiven = situation.open && !situation.saturated });
        widen(e, s);
        e.requestRate = RequestsPerSecond(s.rate);
        e.outputThroughput = TokensPerSecond(s.rate * m_shape.output.mean);
        e.totalThroughput = TokensPerSecond(s.rate * (m_shape.output.mean + m_shape.prompt.mean));
        e.prefillShare = s.decode.prefillShare;
        e.prefixHitRate = m_prefillPool.hitRate(situation.cold);
        e.queueing = Seconds(std::max(0.0, curves.ttft.mean - s.ttft) + s.decode.seatWait
                             + remoteShare() * s.prefill.queue);
        e.prefill = Seconds(remoteShare() * s.prefill.compute);
        e.tokensPerStep = s.decode.tokensPerStep;
        e.step = m_decodeModel.breakdown(
            { .sequences = std::max(1.0, s.decode.batch), .context = m_decodeState.meanContext() });
        e.provenance = m_provenance;
        return e;
    }

    /** Nothing disaggregated is in the fit of the coefficients, so that every interval gets the spread seen apart. */
    void widen(Estimate& e, const State& s) const
    {
        const double itl = m_itlSigma;
        const double first = std::hypot(m_prefillSigma, sigmaTtft);
        const double share = std::clamp(s.ttft / std::max(s.e2e, 1e-12), 0.0, 1.0);
        const double whole = itl + share * (first - itl);
        const auto atLeast = [](LatencyEstimate& latency, double sigma) {
            const IntervalFactors wide = interval(sigma);
            for (auto* factors : { &latency.meanInterval, &latency.tailInterval }) {
                factors->low = std::min(factors->low, wide.low);
                factors->high = std::max(factors->high, wide.high);
            }
        };
        atLeast(e.ttft, first);
        atLeast(e.itl, itl);
        atLeast(e.e2e, whole);
        if (e.saturated || m_shape.load.kind == Load::Kind::ClosedLoop)
            e.throughputInterval = interval(whole);
    }

    DisaggregatedEstimate detail(const State& s, double cold) const
    {
        DisaggregatedEstimate d;
        d.frontEnd = Seconds(s.frontEnd);
        d.prefillQueue = Seconds(s.prefill.queue);
        d.prefill = Seconds(s.prefill.compute);
        d.firstDecode = Seconds(s.firstDecode);
        d.localShare = m_localShare;
        d.transfer.bytes = Bytes(m_link.bytes);
        d.transfer.bytesPerGpu = Bytes(m_link.bytesPerGpu());
        d.transfer.bandwidth = BytesPerSecond(m_link.bandwidth);
        d.transfer.bandwidthSource = m_link.bandwidthSource;
        d.transfer.latency = Seconds(m_link.latency);
        d.transfer.wire = Seconds(m_link.wire);
        d.transfer.contention = Seconds(s.transfer.contention);
        d.transfer.hidden = Seconds(s.transfer.hidden);
        d.transfer.total = Seconds(s.transfer.total);
        d.transfer.linkUtilization = s.transfer.utilization;
        d.transfer.capacity = RequestsPerSecond(m_link.capacity());

        const auto limits = capacities(cold);
        using Limit = DisaggregatedEstimate::Limit;
        d.limit = limits[0] <= limits[1] && limits[0] <= limits[2] ? Limit::Prefill
            : limits[1] <= limits[2]                               ? Limit::Transfer
                                                                   : Limit::Decode;
        d.prefillLoad.capacity = RequestsPerSecond(s.prefill.capacity);
        d.prefillLoad.utilization = s.rate * remoteShare() / s.prefill.capacity;
        d.prefillLoad.running = s.prefill.running;
        d.prefillLoad.waiting = s.prefill.waiting;
        d.prefillLoad.kvUtilization =
            std::min(1.0, s.prefill.kvTokens / std::max(1.0, m_prefillPoolTokens));
        d.decodeLoad.capacity = RequestsPerSecond(m_decodeCapacity);
        d.decodeLoad.utilization = s.rate / m_decodeCapacity;
        d.decodeLoad.running = s.decode.batch;
        d.decodeLoad.waiting = s.decode.rate * s.decode.seatWait;
        d.decodeLoad.kvUtilization = std::min(
            1.0, m_decodeState.kvTokensInUse(s.decode.batch) / std::max(1.0, m_decodePoolTokens));
        const double perPrefill =
            m_split.prefillDerate * limits[0] / m_prefill.topology.pool.replicas;
        const double perDecode = m_split.decodeDerate * limits[2] / m_decodeReplicas;
        d.prefillPerDecode = m_localShare >= 1 ? 0 : perDecode / perPrefill;
        return d;
    }

    const Coefficients& m_coefficients;
    Workload m_shape;
    Candidate m_prefill;
    Candidate m_decode;
    Disaggregation m_split;
    TransferLink m_link;
    double m_localShare = 0;
    double m_prefillPoolTokens = 0;
    double m_decodePoolTokens = 0;
    double m_remotePrompt = 0;
    double m_horizon = 0; ///< s for which a load lasts
    StepModel m_prefillModel;
    StepModel m_decodeModel;
    PrefillPool m_prefillPool;
    SteadyState m_decodeState;
    SpreadFigures m_spread;
    double m_decodeReplicas = 1;
    double m_decodeCapacity = 1;
    double m_prefillSigma = 0;
    double m_itlSigma = 0;
    Confidence m_confidence;
    Provenance m_provenance;
};

} // namespace

Result<std::unique_ptr<Predictor>>
disaggregatedPredictor(const Catalog& catalog, const Candidate& candidate, const Workload& shape,
                       const Coefficients& coefficients, std::string engine)
{
    if (!candidate.topology.disaggregation)
        return failure(ErrorCode::Internal, "the candidate is not disaggregated");
    Roles roles { .prefill = prefillRole(candidate),
                  .decode = decodeRole(candidate),
                  .prefillProfile =
                      catalog.engineVersion(candidate.topology.disaggregation->engine.version),
                  .decodeProfile = catalog.engineVersion(candidate.engine.version) };
    // A prefill server makes one token of each prompt and throws it away.
    Workload prompts = shape;
    prompts.output = { LengthDistribution::Shape::Constant, 1, 0 };
    const auto prefill = checkedMemory(roles.prefill, roles.prefillProfile, prompts);
    if (!prefill)
        return tl::unexpected(withContext("prefill role")(prefill.error()));
    const auto decode = checkedMemory(roles.decode, roles.decodeProfile, shape);
    if (!decode)
        return tl::unexpected(withContext("decode role")(decode.error()));
    if (const auto legal = checkDisaggregation(candidate); !legal)
        return tl::unexpected(legal.error());
    roles.prefillPool = prefill->kvCacheTokens;
    roles.decodePool = decode->kvCacheTokens;
    const double cached = roles.decode.engine.prefixCaching
        ? std::min(shape.prefix.sharedTokens, shape.prompt.mean)
        : 0;
    roles.prompts =
        splitPrompts(shape.prompt, candidate.topology.disaggregation->localPromptTokens, cached);
    const double travelling = std::max(1.0, roles.prompts.remote.mean - cached);
    auto link = transferLink(candidate, travelling);
    if (!link)
        return tl::unexpected(link.error());
    roles.link = std::move(*link);
    return std::make_unique<DisaggregatedPredictor>(candidate, roles, shape, coefficients,
                                                    std::move(engine));
}

} // namespace llmd
