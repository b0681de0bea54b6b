// SPDX-License-Identifier: Apache-2.0
#include "power.h"

#include <algorithm>
#include <cmath>

namespace llmd {

Watts gpuPower(const Gpu& gpu, const Estimate& replica, const PowerModel& model)
{
    // Requests in a server that never queues are Poisson: it is empty for exp(-mean) of the time.
    const double busy = replica.saturated ? 1 : 1 - std::exp(-replica.runningPerReplica);
    const StepBreakdown& step = replica.step;
    double decode = 0;
    if (step.total.value() > 0) {
        const double memory = (step.weights + step.keyValueRead) / step.total;
        const double compute = step.compute / step.total;
        decode = model.memory * std::min(1.0, memory) + model.compute * std::min(1.0, compute);
    }
    const double prefill = std::clamp(replica.prefillShare, 0.0, 1.0);
    const double activity = prefill + (1 - prefill) * std::min(1.0, decode);
    return gpu.tdp * (model.idle + (1 - model.idle) * busy * activity);
}

Watts partPower(const Candidate& candidate, const Estimate& part, const PowerModel& model)
{
    const Topology& topology = candidate.topology;
    if (!topology.disaggregation || !part.disaggregated)
        return gpuPower(*candidate.gpu, part, model)
            * (topology.gpus() / std::max(1, topology.independentParts()));
    const Disaggregation& split = *topology.disaggregation;
    const Gpu& prefillGpu = split.gpu ? *split.gpu : *candidate.gpu;
    const double busy = std::clamp(part.disaggregated->prefillLoad.utilization, 0.0, 1.0);
    const Watts prefill = prefillGpu.tdp * (model.idle + (1 - model.idle) * busy);
    Estimate decode = part;
    decode.prefillShare = 0;
    return prefill * split.prefill.gpus()
        + gpuPower(*candidate.gpu, decode, model) * topology.pool.gpus();
}

const char* powerModelSource()
{
    return "GPUs only: TDP of the datasheet x (11.5 % idle + 88.5 % x busy time x activity); "
           "prefill "
           "counts as full activity, decoding by its memory (35 %) and arithmetic (65 %) time. "
           "Idle: "
           "80 of 700 W on an idle H200; decoding: up to 300 of 700 W at small batches "
           "(arXiv:2605.11999, 2026). Not calibrated: 25 % either way is usual.";
}

} // namespace llmd
