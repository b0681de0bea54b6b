// SPDX-License-Identifier: Apache-2.0
#include "ranking.h"

#include "quality.h"
#include "ranker.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace llmd {

namespace {

constexpr double defaultPercentile = 95;

double secondsAt(const LatencyEstimate& latency, const std::optional<LatencyTarget>& target)
{
    return latency.at(target ? target->percentile : defaultPercentile).value();
}

/** The interval that belongs to `secondsAt`; engines state none where the batch is nearly full. */
IntervalFactors intervalAt(const Estimate& estimate, const LatencyEstimate& latency,
                           const std::optional<LatencyTarget>& target)
{
    if (estimate.nearSaturation || estimate.saturated)
        return IntervalFactors::none();
    return target && target->percentile == 0 ? latency.meanInterval : latency.tailInterval;
}

} // namespace

std::string_view toString(View view)
{
    switch (view) {
    case View::Balanced:
        return "balanced";
    case View::LowestCost:
        return "lowest_cost";
    case View::LowestLatency:
        return "lowest_latency";
    case View::BestQuality:
        return "best_quality";
    case View::Simplest:
        return "simplest";
    }
    return {};
}

std::optional<View> parseView(std::string_view text)
{
    for (const View view : allViews) {
        if (toString(view) == text)
            return view;
    }
    return std::nullopt;
}

double complexityOf(const Option& option)
{
    const Topology& topology = option.candidate.topology;
    const auto doublings = [](int count) { return std::log2(std::max(count, 1)); };
    std::vector<Pool> pools { topology.pool };
    if (topology.disaggregation)
        pools.push_back(topology.disaggregation->prefill);
    double value = doublings(topology.gpus()) + (topology.disaggregation ? 2 : 0);
    int servers = 0;
    int tensor = 1;
    bool pipeline = false;
    bool groups = false;
    for (const Pool& pool : pools) {
        servers += pool.replicas;
        tensor = std::max(tensor, pool.parallelism.tensor);
        pipeline = pipeline || pool.parallelism.pipeline > 1;
        groups = groups || pool.parallelism.data > 1 || pool.parallelism.expert;
    }
    value += 0.25 * doublings(servers) + 0.5 * doublings(tensor);
    value += (pipeline ? 2 : 0) + (groups ? 1 : 0);
    if (option.candidate.model) {
        const Quantization& quantization = option.candidate.model->architecture.quantization;
        value += quantization.atLoad ? 0.5 : quantization.method != "none" ? 0.25 : 0;
    }
    return value;
}

std::vector<RankingInput> rankingInputs(const SearchReport& report)
{
    return rankingInputs(report, report.need.slo);
}

std::vector<RankingInput> rankingInputs(const SearchReport& report, const Slo& slo)
{
    std::optional<QualityIndex> index;
    if (report.catalog)
        index.emplace(*report.catalog, report.useCase);
    std::map<const Model*, std::optional<QualityEvidence>> qualities;
    std::map<std::pair<std::string, double>, int>
        numbers; // of one quality: whose scores, and what is kept
    std::vector<RankingInput> inputs;
    inputs.reserve(report.options.size());
    for (const Option& option : report.options) {
        RankingInput input;
        const Estimate& peak = option.atPeak;
        input.costPerHour = inDollarsPerHour(option.cost);
        input.ttftSeconds = secondsAt(peak.ttft, slo.ttft);
        input.itlSeconds = secondsAt(peak.itl, slo.itl);
        input.e2eSeconds = secondsAt(peak.e2e, slo.e2e);
        input.ttftInterval = intervalAt(peak, peak.ttft, slo.ttft);
        input.itlInterval = intervalAt(peak, peak.itl, slo.itl);
        input.e2eInterval = intervalAt(peak, peak.e2e, slo.e2e);
        input.complexity = complexityOf(option);
        input.outputTokensPerSecond = peak.outputThroughput.value();
        const Model* model = option.candidate.model;
        if (index && model) {
            const auto [entry, isNew] = qualities.try_emplace(model);
            if (isNew)
                entry->second = index->evidence(*model);
            if (const auto& evidence = entry->second) {
                input.quality = evidence->score;
                input.qualityRange = evidence->range;
                input.qualityEvidence = numbers
                                            .try_emplace({ evidence->family, evidence->kept },
                                                         static_cast<int>(numbers.size()))
                                            .first->second;
            }
        }
        inputs.push_back(input);
    }
    return inputs;
}

Ranking rank(const std::vector<RankingInput>& inputs, const Priorities& priorities, const Slo& slo)
{
    return Ranker(inputs).rank(priorities, slo);
}

} // namespace llmd
