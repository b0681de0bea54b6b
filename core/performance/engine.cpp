// SPDX-License-Identifier: Apache-2.0
#include "engine.h"

#include <core/base/text.h>

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

std::string_view toString(DisaggregatedEstimate::Limit limit)
{
    switch (limit) {
    case DisaggregatedEstimate::Limit::Prefill:
        return "prefill";
    case DisaggregatedEstimate::Limit::Transfer:
        return "transfer";
    case DisaggregatedEstimate::Limit::Decode:
        return "decode";
    }
    return {};
}

std::vector<FirstTokenPart> firstTokenParts(const DisaggregatedEstimate& d)
{
    const TransferCost& t = d.transfer;
    const auto ms = [](Seconds time) { return printRounded(inMilliseconds(time), 3) + " ms"; };
    return {
        { "front_end", "HTTP and tokenizer, twice", d.frontEnd,
          "The prefill server and then the decode server take the request." },
        { "prefill_queue", "Waiting for prefill", d.prefillQueue,
          "The rest of the running step and prompts before this one; the prefill servers are "
              + printRounded(100 * d.prefillLoad.utilization) + " % used." },
        { "prefill", "Computing the prompt", d.prefill,
          "Steps of a prefill server with what they carry at this load." },
        { "transfer", "KV transfer", t.total,
          printRounded(inGibibytes(t.bytes) * 1024, 3) + " MiB, "
              + printRounded(inGibibytes(t.bytesPerGpu) * 1024, 3) + " MiB on the busiest link at "
              + printRounded(t.bandwidth.value() / 1e9, 3) + " GB/s: " + ms(t.wire) + ", "
              + ms(t.latency) + " latency, " + ms(t.contention) + " for other transfers ("
              + printRounded(100 * t.linkUtilization) + " % used), " + ms(t.hidden)
              + " hidden behind the prefill." },
        { "first_decode", "Steps until the first token", d.firstDecode,
          "Fetching starts and ends between decode steps, and a decode step makes the token; a "
          "wait for a seat is included." },
    };
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
    const double replicas = std::max(1, candidate.topology.independentParts());
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
