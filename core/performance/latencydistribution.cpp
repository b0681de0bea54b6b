// SPDX-License-Identifier: Apache-2.0
#include "latencydistribution.h"

#include "interval.h"

#include <algorithm>
#include <cmath>
#include <numbers>

/*
 * What is assumed about the spread of latencies, part by part:
 * - Output lengths as stated by the workload.
 * - The batch of an open loop fluctuates like the number in an infinite-server queue: variance = mean x (squared
 *   variation of the gaps). A request averages it over its own life time, which leaves 2/3 of the variance (the
 *   correlation falls linearly over one life time), and slower requests make the batch larger, which amplifies what is
 *   slower than a life time: 1 / (1 - feedback x sensitivity). The result is taken as log-normal.
 * - Prompts of others that interrupt a request come at random (Poisson count).
 * - In a closed loop starts follow ends: interruptions, and the ends that a waiting request waits for, are as regular as
 *   the lengths of outputs are. Of n renewals the count varies with n x (squared variation).
 * - An arrival meets a step by its length and in its middle, and the step queued behind that one by its frequency; either
 *   may carry prompts of others. Waits behind prompts and for seats are exponential with an atom at 0.
 * Independent parts add in quadrature: the deviations from the mean at a percentile are combined as signed squares. That is
 * exact for normal parts and where one part dominates.
 */
namespace llmd {

namespace {

constexpr std::array<double, 4> normalQuantiles { 0, 1.2815516, 1.6448536, 2.3263479 };

/** Of the logarithm: beyond this the log-normal is no description any more. */
constexpr double largestSpread = 1;

double signedSquare(double v)
{
    return v * std::abs(v);
}

double signedRoot(double v)
{
    return v < 0 ? -std::sqrt(-v) : std::sqrt(v);
}

/** Quantile of a wait that is 0 with probability 1 - `probability` and else exponential, with this mean overall. */
double waitQuantile(double mean, double probability, double percentile)
{
    if (mean <= 0 || probability <= 1 - percentile)
        return 0;
    return mean / probability * std::log(probability / (1 - percentile));
}

/** Quantile less the mean of a Poisson count (Cornish and Fisher's expansion), at the normal quantile `z`. */
double poissonDeviation(double mean, double z)
{
    return mean > 0 ? std::max(-mean, z * std::sqrt(mean) + (z * z - 1) / 6) : 0;
}

double normalCdf(double z)
{
    return 0.5 * std::erfc(-z / std::numbers::sqrt2);
}

/** Quantiles of a mixture of two curves, each taken as normal with the spread of its upper or lower half. */
double mixtureQuantile(const LatencyCurve& a, const LatencyCurve& b, double share,
                       std::size_t index)
{
    const double target = statedPercentiles[index];
    const double floor = 1e-6 * std::max(a.mean, b.mean) + 1e-12;
    const double spreadA =
        std::max(floor, (a.quantiles[index] - a.mean) / std::max(0.5, normalQuantiles[index]));
    const double spreadB =
        std::max(floor, (b.quantiles[index] - b.mean) / std::max(0.5, normalQuantiles[index]));
    double low = std::min(a.mean - 4 * spreadA, b.mean - 4 * spreadB);
    double high = std::max(a.quantiles[index] + spreadA, b.quantiles[index] + spreadB);
    for (int i = 0; i < 30; ++i) {
        const double x = 0.5 * (low + high);
        const double cdf = (1 - share) * normalCdf((x - a.mean) / spreadA)
            + share * normalCdf((x - b.mean) / spreadB);
        (cdf < target ? low : high) = x;
    }
    return 0.5 * (low + high);
}

LatencyCurve mixtureOf(const LatencyCurve& a, const LatencyCurve& b, double share)
{
    LatencyCurve result;
    result.mean = a.mean + share * (b.mean - a.mean);
    for (std::size_t i = 0; i < statedPercentiles.size(); ++i) {
        const double between = mixtureQuantile(a, b, share, i);
        result.quantiles[i] = i == 0 ? between : std::max(between, result.quantiles[i - 1]);
    }
    return result;
}

/** Standard deviation of ln(mean ITL of one request). */
double decodeSpread(const OperatingPoint& p, const SpreadFigures& f)
{
    const double duration = std::max(1.0, f.outputTokens - 1) * p.tokenTime();
    const double prompt = p.missShare * p.stepsPerPrompt * (p.missStep - p.step)
        + (1 - p.missShare) * (p.hitStep - p.step);
    // Poisson count of interruptions of `prompt` seconds during the life of a request.
    const double interruptions = p.otherPrompts * prompt * prompt / duration;
    if (!f.open)
        return std::min(largestSpread, std::sqrt(interruptions * std::min(1.0, f.outputVariation)));
    const double share = p.sensitivity / (1 - std::min(0.9, f.batchFeedback * p.sensitivity));
    const double batch = 2.0 / 3.0 * f.arrivalVariation / std::max(p.batch, 1.0) * share * share
        * std::min(1.0, p.batch);
    return std::min(largestSpread, std::sqrt(interruptions * f.arrivalVariation + batch));
}

/** Deviation from the mean wait for a seat at one of the stated percentiles. */
double seatDeviation(const OperatingPoint& p, const SpreadFigures& f, std::size_t index)
{
    if (f.open)
        return waitQuantile(p.seatWait, p.waitProbability, statedPercentiles[index]) - p.seatWait;
    // As many wait as there are more clients than seats, and each waits for as many others to end.
    const double ahead = std::max(1.0, p.rate * p.seatWait);
    return p.seatWait * normalQuantiles[index]
        * std::sqrt(std::min(1.0, f.outputVariation) / ahead);
}

/** The wait from an arrival until its own step: the rest of the running step and the one that is queued. */
class StepWait
{
public:
    explicit StepWait(const OperatingPoint& p)
        : m_long(p.missStep)
        , m_queued(p.queuedSteps)
        , m_longShare(p.missFraction)
    {
        // Steps without new prompts, those with cached ones among them.
        const double mean = p.itl;
        m_short = m_longShare < 1 ? (mean - m_longShare * m_long) / (1 - m_longShare) : m_long;
        m_short = std::clamp(m_short, 0.5 * std::min(p.step, m_long), m_long);
        m_longTime = std::clamp(m_longShare * m_long / std::max(mean, 1e-12), 0.0, 1.0);
        m_mean = 0.5 * ((1 - m_longTime) * m_short + m_longTime * m_long)
            + m_queued * ((1 - m_longShare) * m_short + m_longShare * m_long);
        std::size_t count = 0;
        for (const double queued : { m_queued * m_short, m_queued * m_long }) {
            for (const double rest : { 0.0, m_short, m_long })
                m_bends[count++].seconds = queued + rest;
        }
        std::sort(m_bends.begin(), m_bends.end(),
                  [](const Bend& x, const Bend& y) { return x.seconds < y.seconds; });
        for (Bend& bend : m_bends)
            bend.below = cdf(bend.seconds);
    }

    /** Quantile less the mean: the distribution function is a line between the places where it bends. */
    [[nodiscard]] double deviation(double percentile) const
    {
        std::size_t upper = 1;
        while (upper + 1 < m_bends.size() && m_bends[upper].below < percentile)
            ++upper;
        const Bend& from = m_bends[upper - 1];
        const Bend& to = m_bends[upper];
        const double width = to.below - from.below;
        const double part = width > 0 ? (percentile - from.below) / width : 1;
        return from.seconds + std::clamp(part, 0.0, 1.0) * (to.seconds - from.seconds) - m_mean;
    }

private:
    [[nodiscard]] double restBelow(double x) const
    {
        return (1 - m_longTime) * std::clamp(x / m_short, 0.0, 1.0)
            + m_longTime * std::clamp(x / m_long, 0.0, 1.0);
    }
    [[nodiscard]] double cdf(double x) const
    {
        return (1 - m_longShare) * restBelow(x - m_queued * m_short)
            + m_longShare * restBelow(x - m_queued * m_long);
    }

    double m_short = 0; ///< s
    double m_long = 0;
    double m_queued = 0; ///< steps
    double m_longShare = 0; ///< of the steps
    double m_longTime = 0; ///< of the time
    double m_mean = 0;
    struct Bend
    {
        double seconds = 0;
        double below = 0; ///< probability of a shorter wait
    };
    std::array<Bend, 6> m_bends {};
};

LatencyCurve ttftCurve(const OperatingPoint& p, const SpreadFigures& f, bool miss)
{
    LatencyCurve result;
    const double own = miss ? p.promptTime : p.hitStep;
    result.mean = (miss ? p.missTtft : p.hitTtft) + p.seatWait;
    const StepWait stepWait(p);
    for (std::size_t i = 0; i < statedPercentiles.size(); ++i) {
        const double percentile = statedPercentiles[i];
        const double residual = p.busy * stepWait.deviation(percentile);
        const double wait =
            waitQuantile(p.backlog, std::clamp(p.backlogProbability, 0.0, 1.0), percentile)
            - p.backlog;
        const double seat = seatDeviation(p, f, i);
        const double length = miss ? own * (f.promptQuantiles[i] - 1) : 0;
        const double shared =
            miss ? p.companionTime * poissonDeviation(p.companions, normalQuantiles[i]) : 0;
        const double deviation =
            signedRoot(signedSquare(residual) + signedSquare(wait) + signedSquare(seat)
                       + signedSquare(length) + signedSquare(shared));
        result.quantiles[i] = std::max(0.2 * result.mean, result.mean + deviation);
    }
    return result;
}

/** Requests with a cached prompt; those that wait until it is back from CPU memory or disk are so much later. */
LatencyCurve hitCurve(const OperatingPoint& p, const SpreadFigures& f)
{
    const LatencyCurve hit = ttftCurve(p, f, false);
    if (p.tierShare <= 0.002)
        return hit;
    LatencyCurve loaded = hit;
    loaded.mean += p.tierLoad;
    for (double& quantile : loaded.quantiles)
        quantile += p.tierLoad;
    return mixtureOf(hit, loaded, std::min(1.0, p.tierShare / (1 - p.missShare)));
}

} // namespace

SpreadFigures::SpreadFigures(const Workload& shape, const Coefficients& coefficients)
    : outputTokens(std::max(1.0, shape.output.mean))
    , outputVariation(shape.output.squaredVariation())
    , batchFeedback(coefficients.batchFeedback)
{
    for (std::size_t i = 0; i < statedPercentiles.size(); ++i) {
        outputQuantiles[i] = std::max(1.0, shape.output.quantile(statedPercentiles[i]));
        promptQuantiles[i] =
            shape.prompt.quantile(statedPercentiles[i]) / std::max(1.0, shape.prompt.mean);
    }
    arrivalVariation = shape.arrivals == ArrivalShape::Constant ? 0
        : shape.arrivals == ArrivalShape::Poisson               ? 1
                                                                : std::max(0.0, shape.burstiness);
}

LatencyCurves latencyCurves(const OperatingPoint& p, const SpreadFigures& f)
{
    LatencyCurves result;
    if (p.missShare <= 0.002)
        result.ttft = hitCurve(p, f);
    else if (p.missShare >= 0.998)
        result.ttft = ttftCurve(p, f, true);
    else
        result.ttft = mixtureOf(hitCurve(p, f), ttftCurve(p, f, true), p.missShare);
    result.ttft.mean = p.ttft;
    const double sigma = decodeSpread(p, f);
    const double token = p.tokenTime();
    result.itl.mean = token;
    result.e2e.mean = p.e2e;
    const double decode = (f.outputTokens - 1) * token;
    for (std::size_t i = 0; i < statedPercentiles.size(); ++i) {
        const double factor = std::exp(sigma * normalQuantiles[i] - sigma * sigma / 2);
        result.itl.quantiles[i] = token * factor;
        const double length = token * (f.outputQuantiles[i] - f.outputTokens);
        const double speed = decode * (factor - 1);
        const double first = result.ttft.quantiles[i] - p.ttft;
        const double deviation =
            signedRoot(signedSquare(length) + signedSquare(speed) + signedSquare(first));
        result.e2e.quantiles[i] = std::max(result.ttft.quantiles[i] * 0.5, p.e2e + deviation);
    }
    return result;
}

void addOverload(LatencyCurves& curves, const OperatingPoint& p, double offeredRate, double horizon)
{
    // The queue grows linearly, and with it the wait: the last to arrive waits (1 - capacity / offered) x horizon.
    const double longest = std::max(0.0, 1 - p.rate / offeredRate) * horizon;
    for (auto* curve : { &curves.ttft, &curves.e2e }) {
        curve->mean += longest / 2;
        for (std::size_t i = 0; i < statedPercentiles.size(); ++i)
            curve->quantiles[i] += longest * statedPercentiles[i];
    }
}

LatencyCurves mixture(const LatencyCurves& first, const LatencyCurves& second, double share)
{
    return { mixtureOf(first.ttft, second.ttft, share), mixtureOf(first.itl, second.itl, share),
             mixtureOf(first.e2e, second.e2e, share) };
}

LatencyEstimate toEstimate(const LatencyCurve& curve, double sigma, double tailSigma)
{
    LatencyEstimate result;
    result.mean = Seconds(curve.mean);
    result.p50 = Seconds(curve.quantiles[0]);
    result.p90 = Seconds(curve.quantiles[1]);
    result.p95 = Seconds(curve.quantiles[2]);
    result.p99 = Seconds(curve.quantiles[3]);
    result.meanInterval = interval(sigma);
    result.tailInterval = interval(tailSigma);
    return result;
}

} // namespace llmd
