// SPDX-License-Identifier: Apache-2.0
#include "loadcurve.h"

#include <core/base/parallel.h>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace llmd {

namespace {

constexpr double lightestShare = 0.01; ///< of saturation: the first point
constexpr double crowding = 1.5; ///< > 1 moves points towards saturation
constexpr double assumedPercentile = 99.99; ///< the last percentile that a share is looked for at

/** Everything that is derived from a prediction. */
class PointMaker
{
public:
    explicit PointMaker(const LoadCurveProblem& problem)
        : m_problem(problem)
    { }

    [[nodiscard]] LoadPoint make(RequestsPerSecond rate, Estimate estimate) const
    {
        LoadPoint point;
        point.rate = rate;
        point.attainment = attainmentOf(estimate, m_problem.slo);
        point.goodput = rate * point.attainment.share;
        point.meetsTargets = targetRatios(estimate, m_problem.slo).met() && !estimate.saturated;
        point.power = partPower(m_problem.candidate, estimate);
        if (estimate.outputThroughput.value() > 0) {
            point.energyPerOutputToken = point.power / estimate.outputThroughput;
            if (const auto cost = costOfReplica()) {
                point.costPerOutputToken = *cost / estimate.outputThroughput;
                if (estimate.totalThroughput.value() > 0)
                    point.costPerToken = *cost / estimate.totalThroughput;
            }
        }
        point.estimate = std::move(estimate);
        return point;
    }

    [[nodiscard]] std::optional<DollarsPerSecond> costOfReplica() const
    {
        const Topology& topology = m_problem.candidate.topology;
        if (!topology.disaggregation)
            return m_problem.gpuPrice ? std::optional(*m_problem.gpuPrice * topology.gpus())
                                      : std::nullopt;
        const Disaggregation& split = *topology.disaggregation;
        const bool same = !split.gpu || split.gpu == m_problem.candidate.gpu;
        const auto& price = same ? m_problem.gpuPrice : m_problem.prefillGpuPrice;
        if (!m_problem.gpuPrice || !price)
            return std::nullopt;
        return *m_problem.gpuPrice * topology.pool.gpus() + *price * split.prefill.gpus();
    }

private:
    const LoadCurveProblem& m_problem;
};

class CurveRun
{
public:
    CurveRun(const LoadCurveProblem& problem, const Engine& engine, RunContext& context)
        : m_problem(problem)
        , m_engine(engine)
        , m_context(context)
        , m_maker(problem)
    { }

    Result<LoadCurve> run();

private:
    [[nodiscard]] Result<> check() const;
    [[nodiscard]] Result<std::vector<LoadPoint>> predict(const std::vector<double>& rates);
    [[nodiscard]] Result<> findLimits();
    [[nodiscard]] Result<int> findSaturation(const Predictor& predictor, RunContext& context) const;
    [[nodiscard]] Result<> findKnee();
    [[nodiscard]] Result<> size();

    const LoadCurveProblem& m_problem;
    const Engine& m_engine;
    RunContext& m_context;
    PointMaker m_maker;
    LoadCurve m_curve;
};

/** Points at these rates, in parallel, each worker with a predictor of its own. */
Result<std::vector<LoadPoint>> CurveRun::predict(const std::vector<double>& rates)
{
    std::vector<std::unique_ptr<Predictor>> predictors(workerCount(rates.size(), m_context));
    for (auto& predictor : predictors) {
        auto made = m_engine.predictor(m_problem.candidate, m_problem.shape);
        if (!made)
            return tl::unexpected(made.error());
        predictor = std::move(*made);
    }
    std::vector<Result<LoadPoint>> results(rates.size(), LoadPoint {});
    const bool complete = parallelFor(
        rates.size(), m_context,
        [&](std::size_t index, unsigned worker) {
            RunContext own = m_context;
            own.progress = nullptr;
            const RequestsPerSecond rate(rates[index]);
            results[index] = predictors[worker]->at(Load::open(rate), own).map([&](Estimate&& e) {
                return m_maker.make(rate, std::move(e));
            });
        },
        "load curve");
    if (!complete)
        return failure(ErrorCode::Cancelled, "stopped on request");
    std::vector<LoadPoint> points;
    for (auto& result : results) {
        if (!result)
            return tl::unexpected(result.error());
        points.push_back(std::move(*result));
    }
    return points;
}

/** Largest step of the rate grid that is not saturated. */
Result<int> CurveRun::findSaturation(const Predictor& predictor, RunContext& context) const
{
    const auto saturated = [&](int step) {
        return predictor.at(Load::open(rategrid::rate(step)), context).map([](const Estimate& e) {
            return e.saturated;
        });
    };
    const auto light = predictor.at(Load::open(rategrid::rate(rategrid::lightest)), context);
    if (!light)
        return tl::unexpected(light.error());
    if (light->saturated)
        return failure(ErrorCode::Unsupported, "not even a single request can be served");
    // Little's law: the seats over the time of a lone request bound the rate.
    const Parallelism& shape = m_problem.candidate.topology.pool.parallelism;
    const double seats = static_cast<double>(m_problem.candidate.engine.maxNumSeqs)
        * std::max(1, shape.data) * std::max(1, shape.pipeline)
        * m_problem.candidate.topology.pool.replicas;
    const double alone = std::max(light->e2e.mean.value(), 1e-6);
    int good = rategrid::lightest;
    int bad =
        std::min(rategrid::heaviest, rategrid::stepBelow(RequestsPerSecond(seats / alone)) + 1);
    while (bad < rategrid::heaviest) {
        const auto beyond = saturated(bad);
        if (!beyond)
            return tl::unexpected(beyond.error());
        if (*beyond)
            break;
        good = bad;
        bad = std::min(rategrid::heaviest, bad + rategrid::stepsPerDoubling);
    }
    while (bad - good > 1) {
        // By rate while the bracket is wide: its light end is far from anything of interest.
        const int middle = bad - good > rategrid::stepsPerDoubling
            ? std::clamp(rategrid::stepBelow((rategrid::rate(good) + rategrid::rate(bad)) / 2),
                         good + 1, bad - 1)
            : good + (bad - good) / 2;
        const auto tried = saturated(middle);
        if (!tried)
            return tl::unexpected(tried.error());
        (*tried ? bad : good) = middle;
    }
    return good;
}

/** Saturation and the largest load within the targets, at the same time. */
Result<> CurveRun::findLimits()
{
    Result<int> saturation = 0;
    Result<std::optional<CapacitySearch::Bracket>> capacity =
        std::optional<CapacitySearch::Bracket>();
    const bool hasTargets = m_problem.slo.ttft || m_problem.slo.itl || m_problem.slo.e2e;
    const auto work = [&](std::size_t index, unsigned) {
        RunContext own = m_context;
        own.progress = nullptr;
        const auto predictor = m_engine.predictor(m_problem.candidate, m_problem.shape);
        if (!predictor) {
            saturation = tl::unexpected(predictor.error());
            return;
        }
        if (index == 0) {
            saturation = findSaturation(**predictor, own);
            return;
        }
        const CapacitySearch search(**predictor, m_problem.slo, own);
        auto light = search.probe(rategrid::lightest);
        if (!light) {
            capacity = tl::unexpected(light.error());
            return;
        }
        if (light->slack < 1)
            return;
        const double alone = std::max(light->estimate->e2e.mean.value(), 1e-6);
        const int guess =
            rategrid::stepBelow(RequestsPerSecond(m_problem.candidate.engine.maxNumSeqs / alone));
        capacity = search.closeIn(std::move(*light), { guess + 1, 0, false, {} })
                       .map([](CapacitySearch::Bracket&& bracket) {
                           return std::optional(std::move(bracket));
                       });
    };
    RunContext quiet = m_context;
    quiet.progress = nullptr;
    if (!parallelFor(hasTargets ? 2 : 1, quiet, work))
        return failure(ErrorCode::Cancelled, "stopped on request");
    if (!saturation)
        return tl::unexpected(saturation.error());
    if (!capacity)
        return tl::unexpected(capacity.error());
    m_curve.saturation = rategrid::rate(*saturation);
    if (*capacity) {
        const auto& [good, bad] = **capacity;
        m_curve.withinTargets = m_maker.make(rategrid::rate(good.step), *good.estimate);
        if (bad.estimate && !bad.estimate->saturated)
            m_curve.binding = targetRatios(*bad.estimate, m_problem.slo).worst();
    }
    return {};
}

double power(const LoadPoint& point)
{
    const double latency = point.estimate.e2e.mean.value();
    return point.estimate.saturated || !(latency > 0) ? 0 : point.rate.value() / latency;
}

const LoadPoint& mostPower(const std::vector<LoadPoint>& points)
{
    return *std::max_element(
        points.begin(), points.end(),
        [](const LoadPoint& a, const LoadPoint& b) { return power(a) < power(b); });
}

/** The best point of the curve, and then of a few between its neighbours. */
Result<> CurveRun::findKnee()
{
    const auto& points = m_curve.points;
    const LoadPoint& best = mostPower(points);
    const auto place = static_cast<std::size_t>(&best - points.data());
    const double low = points[place > 0 ? place - 1 : 0].rate.value();
    const double high = points[std::min(place + 1, points.size() - 1)].rate.value();
    constexpr int between = 12;
    std::vector<double> rates;
    for (int i = 1; i < between; ++i)
        rates.push_back(low + (high - low) * i / between);
    auto finer = predict(rates);
    if (!finer)
        return tl::unexpected(finer.error());
    finer->push_back(best);
    m_curve.knee = mostPower(*finer);
    return {};
}

/** Whole servers for so many times the replicas of a pool; what is larger than a server takes several. */
int serversOf(const Pool& pool, int times, int perNode)
{
    const int gpus = pool.parallelism.gpus();
    const int replicas = pool.replicas * times;
    const int inNode = perNode / gpus;
    return inNode > 0 ? (replicas + inNode - 1) / inNode
                      : replicas * ((gpus + perNode - 1) / perNode);
}

Result<> CurveRun::size()
{
    const Topology& topology = m_problem.candidate.topology;
    FleetSizing fleet;
    fleet.peak = *m_problem.peak;
    fleet.headroomWanted = m_problem.headroom;
    const RequestsPerSecond capacity =
        m_curve.withinTargets ? m_curve.withinTargets->rate : m_curve.saturation;
    const double needed = std::ceil(fleet.peak / (capacity * (1 - m_problem.headroom)) - 1e-9);
    constexpr double most = 1e6;
    if (needed > most)
        return failure(ErrorCode::Unsupported,
                       fmt::format("the peak would take {:.0f} replicas", needed));
    fleet.replicas = std::max(m_problem.minReplicas, static_cast<int>(needed));
    fleet.gpus = fleet.replicas * topology.gpus();
    fleet.gpusPerNode = std::max(1,
                                 m_problem.gpusPerNode > 0 ? m_problem.gpusPerNode
                                                           : m_problem.candidate.gpu->gpusPerNode);
    fleet.nodes = serversOf(topology.pool, fleet.replicas, fleet.gpusPerNode);
    if (topology.disaggregation)
        fleet.nodes +=
            serversOf(topology.disaggregation->prefill, fleet.replicas, fleet.gpusPerNode);
    fleet.idleGpus = fleet.nodes * fleet.gpusPerNode - fleet.gpus;
    fleet.headroomLeft = 1 - fleet.peak / (capacity * fleet.replicas);
    auto peak = predict({ fleet.peak.value() / fleet.replicas });
    if (!peak)
        return tl::unexpected(peak.error());
    fleet.atPeak = std::move(peak->front());
    fleet.atPeak.utilization = fleet.atPeak.rate / m_curve.saturation;
    fleet.estimate = fleet.atPeak.estimate;
    scaleToDeployment(fleet.estimate, fleet.replicas);
    fleet.power = fleet.atPeak.power * fleet.replicas;
    if (const auto cost = m_maker.costOfReplica()) {
        fleet.cost = *cost * fleet.replicas;
        fleet.nodeCost = *fleet.cost / fleet.gpus * (fleet.nodes * fleet.gpusPerNode);
    }
    m_curve.fleet = std::move(fleet);
    return {};
}

Result<> CurveRun::check() const
{
    const auto bad = [](const char* text) { return failure(ErrorCode::InvalidArgument, text); };
    if (m_problem.points < 2 || m_problem.points > 10'000)
        return bad("a load curve has 2 to 10000 points");
    if (!(m_problem.headroom >= 0 && m_problem.headroom < 1))
        return bad("the head-room must be at least 0 and below 100 %");
    if (m_problem.peak && !(m_problem.peak->value() > 0 && std::isfinite(m_problem.peak->value())))
        return bad("the peak must be more than zero");
    if (m_problem.minReplicas < 1)
        return bad("at least one replica is needed");
    return {};
}

Result<LoadCurve> CurveRun::run()
{
    if (auto checked = check(); !checked)
        return tl::unexpected(checked.error());
    if (auto found = findLimits(); !found)
        return tl::unexpected(found.error());
    const double end = m_curve.saturation.value();
    std::vector<double> rates { end * lightestShare };
    for (int i = 1; i < m_problem.points; ++i) {
        const double t = static_cast<double>(i) / (m_problem.points - 1);
        const double share = 1 - std::pow(1 - t, crowding);
        rates.push_back(end * (lightestShare + (1 - lightestShare) * share));
    }
    rates.back() = end;
    auto points = predict(rates);
    if (!points)
        return tl::unexpected(points.error());
    m_curve.points = std::move(*points);
    if (auto found = findKnee(); !found)
        return tl::unexpected(found.error());
    const bool hasTargets = m_problem.slo.ttft || m_problem.slo.itl || m_problem.slo.e2e;
    if (m_problem.peak && (m_curve.withinTargets || !hasTargets)) {
        if (auto sized = size(); !sized)
            return tl::unexpected(sized.error());
    }
    for (LoadPoint& point : m_curve.points)
        point.utilization = point.rate / m_curve.saturation;
    m_curve.knee.utilization = m_curve.knee.rate / m_curve.saturation;
    if (m_curve.withinTargets)
        m_curve.withinTargets->utilization = m_curve.withinTargets->rate / m_curve.saturation;
    return std::move(m_curve);
}

} // namespace

double shareWithin(const LatencyEstimate& latency, Seconds limit)
{
    if (std::isnan(latency.p50.value()) || latency.at(1e-6) > limit)
        return 0;
    if (latency.at(assumedPercentile) <= limit)
        return 1;
    double low = 1e-6;
    double high = assumedPercentile;
    for (int i = 0; i < 50; ++i) {
        const double middle = (low + high) / 2;
        (latency.at(middle) <= limit ? low : high) = middle;
    }
    return low / 100;
}

Attainment attainmentOf(const Estimate& estimate, const Slo& slo)
{
    Attainment result;
    double missedLow = 0; // of the pessimistic ends, summed
    for (const LatencyMetric metric : allLatencyMetrics) {
        const auto& target = targetOf(slo, metric);
        if (!target)
            continue;
        if (estimate.saturated)
            return { 0, 0, 0 };
        const LatencyEstimate& latency = latencyOf(estimate, metric);
        result.share *= shareWithin(latency, target->limit);
        const IntervalFactors& factors = latency.tailInterval;
        if (!factors.stated)
            continue;
        missedLow += 1 - shareWithin(latency, target->limit / factors.high);
        result.high = std::min(result.high, shareWithin(latency, target->limit / factors.low));
    }
    const bool stated = estimate.ttft.tailInterval.stated && !estimate.nearSaturation;
    if (!stated)
        return { result.share, result.share, result.share };
    result.low = std::min(result.share, std::max(0.0, 1 - missedLow));
    result.high = std::max(result.share, result.high);
    return result;
}

Result<LoadCurve> loadCurve(const LoadCurveProblem& problem, const Engine& engine,
                            RunContext& context)
{
    if (problem.candidate.model == nullptr || problem.candidate.gpu == nullptr)
        return failure(ErrorCode::InvalidArgument, "a load curve needs a model and a GPU");
    LoadCurveProblem own = problem;
    if (!own.candidate.topology.disaggregation)
        own.candidate.topology.pool.replicas = 1;
    return CurveRun(own, engine, context).run();
}

const char* kneeDefinition()
{
    return "the load with the most requests per second for each second of mean E2E latency "
           "(Kleinrock's power)";
}

} // namespace llmd
