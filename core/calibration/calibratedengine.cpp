// SPDX-License-Identifier: Apache-2.0
#include "calibratedengine.h"

#include <core/base/statistics.h>
#include <core/base/text.h>
#include <core/performance/coefficients.h>
#include <core/performance/interval.h>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace llmd {

namespace {

/** Half width of an interval in log space; 0 where none is stated. */
double halfWidth(const IntervalFactors& factors)
{
    return factors.stated && factors.high > 1 ? std::log(factors.high) : 0;
}

IntervalFactors factorsOf(double half)
{
    return { std::exp(-half), std::exp(half), true };
}

void scale(LatencyEstimate& latency, double factor)
{
    for (Seconds* value : { &latency.mean, &latency.p50, &latency.p90, &latency.p95, &latency.p99 })
        *value *= factor;
}

void scale(StepBreakdown& step, double factor)
{
    for (Seconds* value :
         { &step.weights, &step.compute, &step.weightsAndCompute, &step.expertTokens,
           &step.keyValueRead, &step.layerOverhead, &step.stepOverhead, &step.collectives,
           &step.sampler, &step.pipeline, &step.draft, &step.adapters, &step.total })
        *value *= factor;
}

class CalibratedPredictor final : public Predictor
{
public:
    CalibratedPredictor(std::unique_ptr<Predictor> inner, Correction correction, double stepSigma)
        : m_inner(std::move(inner))
        , m_correction(std::move(correction))
        , m_stepHalf(normalQuantile90 * stepSigma)
    { }

    Result<Estimate> at(const Load& load, RunContext& context) const override
    {
        auto result = m_inner->at(onSlowerClock(load, m_correction.step), context);
        if (!result)
            return result;
        slowDown(*result);
        setIntervals(*result);
        result->provenance.engineVersion += "; calibrated with " + m_correction.basis;
        result->provenance.caveats.push_back(
            fmt::format("calibrated with {}: step times x {:.3f}, first token x {:.3f} more",
                        m_correction.basis, m_correction.step, m_correction.firstToken));
        return result;
    }

private:
    void slowDown(Estimate& estimate) const
    {
        const double factor = m_correction.step;
        for (LatencyEstimate* latency : { &estimate.ttft, &estimate.itl, &estimate.e2e })
            scale(*latency, factor);
        scale(estimate.step, factor);
        estimate.queueing *= factor;
        estimate.prefill *= factor;
        estimate.requestRate /= factor;
        estimate.outputThroughput /= factor;
        estimate.totalThroughput /= factor;
        const Seconds more = estimate.ttft.mean * (m_correction.firstToken - 1);
        scale(estimate.ttft, m_correction.firstToken);
        for (Seconds* value : { &estimate.e2e.mean, &estimate.e2e.p50, &estimate.e2e.p90,
                                &estimate.e2e.p95, &estimate.e2e.p99 })
            *value = std::max(estimate.ttft.mean, *value + more);
    }

    void setIntervals(Estimate& estimate) const
    {
        const auto& c = m_correction;
        const bool own = c.stepHalfWidth.has_value();
        const double raw = halfWidth(estimate.itl.meanInterval);
        // How much the loop of batch and step time makes of an error of the step.
        const double loop = m_stepHalf > 0 && raw > 0 ? std::max(1.0, raw / m_stepHalf) : 1;
        const double itl =
            own ? loop * *c.stepHalfWidth : std::hypot(raw, loop * c.sharedHalfWidth);
        const double rawFirst = halfWidth(estimate.ttft.meanInterval);
        const double first = own && c.firstTokenHalfWidth
            ? std::hypot(itl, *c.firstTokenHalfWidth)
            : std::hypot(rawFirst, loop * c.sharedHalfWidth);
        const double share = std::clamp(
            estimate.ttft.mean.value() / std::max(1e-12, estimate.e2e.mean.value()), 0.0, 1.0);
        set(estimate.itl, itl, own);
        set(estimate.ttft, first, own);
        set(estimate.e2e, itl + share * std::max(0.0, first - itl), own);
        const double rate = halfWidth(estimate.throughputInterval);
        // What an open loop completes does not depend on the step.
        if (own && m_stepHalf > 0 && rate > 0.99 * m_stepHalf)
            estimate.throughputInterval = factorsOf(*c.stepHalfWidth);
    }

    /** Tails keep what they are less sure than the mean. */
    static void set(LatencyEstimate& latency, double half, bool own)
    {
        if (!own && !latency.meanInterval.stated)
            return;
        const double mean = halfWidth(latency.meanInterval);
        const double tail = halfWidth(latency.tailInterval);
        latency.meanInterval = factorsOf(half);
        if (latency.tailInterval.stated)
            latency.tailInterval =
                factorsOf(std::hypot(half, std::sqrt(std::max(0.0, tail * tail - mean * mean))));
    }

    std::unique_ptr<Predictor> m_inner;
    Correction m_correction;
    double m_stepHalf;
};

} // namespace

Load onSlowerClock(Load load, double factor)
{
    load.rate *= factor;
    return load;
}

Workload onSlowerClock(Workload workload, double factor)
{
    workload.load = onSlowerClock(workload.load, factor);
    workload.duration /= factor;
    return workload;
}

Result<std::unique_ptr<Predictor>> CalibratedEngine::predictor(const Candidate& candidate,
                                                               const Workload& shape) const
{
    auto correction = m_corrections.of(candidate);
    if (correction.isNone())
        return m_engine.predictor(candidate, shape);
    auto inner = m_engine.predictor(candidate, onSlowerClock(shape, correction.step));
    if (!inner)
        return inner;
    const double sigma = confidence(candidate, standardCoefficients()).stepSigma;
    return std::make_unique<CalibratedPredictor>(std::move(*inner), std::move(correction), sigma);
}

} // namespace llmd
