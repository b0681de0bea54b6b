// SPDX-License-Identifier: Apache-2.0
#include "engine.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace llmd {

void scaleToDeployment(Estimate& estimate, double replicas)
{
    estimate.requestRate *= replicas;
    estimate.outputThroughput *= replicas;
    estimate.totalThroughput *= replicas;
}

Seconds LatencyEstimate::at(double percentile) const
{
    if (!(percentile > 0))
        return mean;
    // ln(latency) is nearly linear in ln(1 - p) for the tails that latencies have.
    const std::array<double, 4> percents { 50, 90, 95, 99 };
    const std::array<Seconds, 4> values { p50, p90, p95, p99 };
    const double p = std::clamp(percentile, 0.0, 99.999);
    std::size_t upper = 1;
    while (upper + 1 < percents.size() && p > percents[upper])
        ++upper;
    const std::size_t lower = upper - 1;
    if (!(values[lower].value() > 0) || !(values[upper].value() > 0))
        return values[upper];
    const auto position = [](double v) { return -std::log1p(-v / 100); };
    const double t = (position(p) - position(percents[lower]))
        / (position(percents[upper]) - position(percents[lower]));
    const double logLow = std::log(values[lower].value());
    return Seconds(std::exp(logLow + t * (std::log(values[upper].value()) - logLow)));
}

Result<Estimate> Engine::estimate(const Candidate& candidate, const Workload& workload,
                                  RunContext& context) const
{
    const auto bound = predictor(candidate, workload);
    if (!bound)
        return tl::unexpected(bound.error());
    const double replicas = std::max(1, candidate.topology.pool.replicas);
    Load load = workload.load;
    load.rate /= replicas;
    load.concurrency /= replicas;
    auto result = (*bound)->at(load, context);
    if (result)
        scaleToDeployment(*result, replicas);
    return result;
}

Result<std::vector<Estimate>> Engine::estimateStages(const Candidate& candidate,
                                                     std::span<const Workload> stages,
                                                     RunContext& context) const
{
    std::vector<Estimate> estimates;
    for (const auto& stage : stages) {
        auto result = estimate(candidate, stage, context);
        if (!result)
            return tl::unexpected(result.error());
        estimates.push_back(std::move(*result));
    }
    return estimates;
}

} // namespace llmd
