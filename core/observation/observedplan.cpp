// SPDX-License-Identifier: Apache-2.0
#include "observedplan.h"

#include <core/calibration/calibratedengine.h>
#include <core/manifests/manifests.h>

#include <algorithm>
#include <cmath>

namespace llmd {

namespace {

constexpr double largestFactor = 20;

void slowDown(Estimate& estimate, double factor)
{
    for (LatencyEstimate* latency : { &estimate.ttft, &estimate.itl, &estimate.e2e }) {
        for (Seconds* value :
             { &latency->mean, &latency->p50, &latency->p90, &latency->p95, &latency->p99 })
            *value *= factor;
    }
    StepBreakdown& step = estimate.step;
    for (Seconds* value :
         { &step.weights, &step.compute, &step.weightsAndCompute, &step.expertTokens,
           &step.keyValueRead, &step.layerOverhead, &step.stepOverhead, &step.collectives,
           &step.sampler, &step.pipeline, &step.draft, &step.adapters, &step.total })
        *value *= factor;
    for (Seconds* value : { &estimate.queueing, &estimate.prefill, &estimate.tierLoad })
        *value *= factor;
    estimate.requestRate /= factor;
    estimate.outputThroughput /= factor;
    estimate.totalThroughput /= factor;
    if (auto& split = estimate.disaggregated) {
        for (Seconds* value : { &split->frontEnd, &split->prefillQueue, &split->prefill,
                                &split->transfer.total, &split->firstDecode })
            *value *= factor;
        split->prefillLoad.capacity /= factor;
        split->decodeLoad.capacity /= factor;
    }
}

class SlowedPredictor final : public Predictor
{
public:
    SlowedPredictor(std::unique_ptr<Predictor> inner, double factor)
        : m_inner(std::move(inner))
        , m_factor(factor)
    { }

    Result<Estimate> at(const Load& load, RunContext& context) const override
    {
        auto estimate = m_inner->at(onSlowerClock(load, m_factor), context);
        if (estimate)
            slowDown(*estimate, m_factor);
        return estimate;
    }

private:
    std::unique_ptr<Predictor> m_inner;
    double m_factor;
};

void takeMean(LengthDistribution& lengths, const std::optional<ObservedFigure>& mean,
              const std::optional<double>& variation)
{
    if (!mean || !(mean->value >= 1))
        return;
    lengths.mean = mean->value;
    // A histogram of few buckets tells little of the spread of constant lengths.
    if (variation && lengths.shape == LengthDistribution::Shape::LogNormal)
        lengths.variation = std::clamp(*variation, 0.0, 3.0);
    if (lengths.variation == 0)
        lengths.shape = LengthDistribution::Shape::Constant;
}

} // namespace

Result<ObservedPlan> readObservedPlan(std::string_view plannerJson,
                                      std::shared_ptr<const Catalog> catalog)
{
    auto imported = readPlan(plannerJson, *catalog);
    if (!imported)
        return tl::unexpected(imported.error());
    auto need = resolve(imported->requirements, *catalog);
    if (!need)
        return tl::unexpected(need.error());
    return ObservedPlan { imported->candidate, std::move(imported->requirements), std::move(*need),
                          std::move(catalog), std::move(imported->variant) };
}

Workload observedWorkload(const ObservedPlan& plan, const Observation& observation,
                          bool observedHits)
{
    Workload workload = plan.need.peakLoad;
    if (observation.concurrency && !observation.rate)
        workload.load = Load::closed(*observation.concurrency);
    else if (observation.rate)
        workload.load = Load::open(RequestsPerSecond(observation.rate->value));
    const double planned = workload.prompt.mean;
    takeMean(workload.prompt, observation.promptTokens, observation.promptVariation);
    takeMean(workload.output, observation.outputTokens, observation.outputVariation);
    if (observation.burstiness) {
        workload.burstiness = std::clamp(*observation.burstiness, 0.05, 100.0);
        workload.arrivals =
            workload.burstiness > 1.2 ? ArrivalShape::Bursty : ArrivalShape::Poisson;
        if (workload.arrivals == ArrivalShape::Poisson)
            workload.burstiness = 1;
    }
    if (planned > 0)
        workload.prefix.sharedTokens = std::min(workload.prefix.sharedTokens, workload.prompt.mean);
    if (observedHits && observation.prefixHitShare) {
        workload.prefix.uniquePrompts = 0;
        workload.prefix.groups = 1;
        workload.prefix.sharedTokens =
            std::clamp(*observation.prefixHitShare, 0.0, 0.98) * workload.prompt.mean;
    }
    return workload;
}

Result<std::unique_ptr<Predictor>> SlowedEngine::predictor(const Candidate& candidate,
                                                           const Workload& shape) const
{
    auto inner = m_engine.predictor(candidate, onSlowerClock(shape, m_factor));
    if (!inner)
        return inner;
    return std::make_unique<SlowedPredictor>(std::move(*inner), m_factor);
}

Result<std::optional<double>> stepFactor(const Candidate& candidate, const Workload& workload,
                                         Seconds itl, const Engine& engine, RunContext& context)
{
    const auto ratioAt = [&](double factor) -> Result<double> {
        const auto estimate = SlowedEngine(engine, factor).estimate(candidate, workload, context);
        if (!estimate)
            return tl::unexpected(estimate.error());
        return estimate->saturated ? largestFactor * largestFactor : estimate->itl.mean / itl;
    };
    // ITL grows with the factor, faster than in proportion where batches grow with it: bisection on its logarithm.
    double low = -std::log(largestFactor);
    double high = std::log(largestFactor);
    const auto atLow = ratioAt(std::exp(low));
    if (!atLow)
        return tl::unexpected(atLow.error());
    if (*atLow > 1)
        return std::optional<double>();
    for (int step = 0; step < 40; ++step) {
        const double middle = 0.5 * (low + high);
        const auto ratio = ratioAt(std::exp(middle));
        if (!ratio)
            return tl::unexpected(ratio.error());
        (*ratio < 1 ? low : high) = middle;
    }
    const auto found = ratioAt(std::exp(low));
    if (!found)
        return tl::unexpected(found.error());
    return std::abs(*found - 1) < 0.02 ? std::optional(std::exp(low)) : std::nullopt;
}

} // namespace llmd
