// SPDX-License-Identifier: Apache-2.0
#include "ranking.h"

#include "quality.h"
#include "scoring.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

namespace llmd {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
/** What own hardware without a price counts as, so that ratios exist. */
constexpr double smallestPrice = 0.01;
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

/** What one view sorts by; smaller is better. */
struct SortKey
{
    double first = 0;
    double cost = 0;
    double latency = 0;
    std::size_t index = 0;

    bool operator<(const SortKey& other) const
    {
        if (first != other.first)
            return first < other.first;
        if (cost != other.cost)
            return cost < other.cost;
        if (latency != other.latency)
            return latency < other.latency;
        return index < other.index;
    }
};

SortKey sortKey(View view, const RankingInput& input, const Scores& scores, std::size_t index)
{
    SortKey key { 0, input.costPerHour, input.e2eSeconds, index };
    switch (view) {
    case View::Balanced:
        key.first = -scores.balanced;
        break;
    case View::LowestCost:
        break;
    case View::LowestLatency:
        key.first = -scores.latency;
        std::swap(key.cost, key.latency);
        break;
    case View::BestQuality:
        key.first = scores.quality ? -*scores.quality : 1;
        break;
    case View::Simplest:
        key.first = input.complexity;
        break;
    }
    return key;
}

/** Weighted geometric mean: who is very poor in one respect is not balanced. */
double balanced(const Scores& scores, const std::array<double, 4>& weights)
{
    const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
    if (!(total > 0))
        return 0;
    const auto parts = logParts(scores);
    double sum = 0;
    for (std::size_t i = 0; i < parts.size(); ++i)
        sum += weights[i] > 0 ? weights[i] * parts[i] : 0;
    return std::exp(sum / total);
}

ScoreScale scaleOf(const std::vector<RankingInput>& inputs, const std::vector<std::size_t>& within)
{
    ScoreScale scale { infinity, infinity };
    const auto consider = [&](const RankingInput& input) {
        scale.cheapestPerHour =
            std::min(scale.cheapestPerHour, std::max(input.costPerHour, smallestPrice));
        scale.fastestSeconds = std::min(scale.fastestSeconds, input.e2eSeconds);
    };
    for (const std::size_t i : within)
        consider(inputs[i]);
    if (within.empty())
        std::for_each(inputs.begin(), inputs.end(), consider);
    return scale;
}

std::vector<Scores> scoresOf(const std::vector<RankingInput>& inputs, const ScoreScale& scale,
                             const Limits& limits, const Priorities& priorities)
{
    const auto weights = asArray(cleaned(priorities));
    std::vector<Scores> all;
    all.reserve(inputs.size());
    for (const RankingInput& input : inputs) {
        Scores scores;
        scores.cost = costScore(std::max(input.costPerHour, smallestPrice), scale);
        scores.latency = latencyScore(input, limits, scale);
        if (input.quality && std::isfinite(*input.quality))
            scores.quality = input.quality;
        scores.simplicity = simplicityScore(input.complexity);
        scores.balanced = balanced(scores, weights);
        all.push_back(scores);
    }
    return all;
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
    const Limits limits(slo);
    std::vector<std::size_t> within;
    within.reserve(inputs.size());
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        if (limits.met(inputs[i]))
            within.push_back(i);
    }

    Ranking ranking;
    ranking.scale = scaleOf(inputs, within);
    ranking.scores = scoresOf(inputs, ranking.scale, limits, priorities);
    std::vector<SortKey> keys(within.size());
    for (std::size_t v = 0; v < allViews.size(); ++v) {
        std::transform(within.begin(), within.end(), keys.begin(), [&](std::size_t i) {
            return sortKey(allViews[v], inputs[i], ranking.scores[i], i);
        });
        std::sort(keys.begin(), keys.end());
        std::vector<std::size_t>& order = ranking.order[v];
        order.reserve(keys.size());
        for (const SortKey& key : keys)
            order.push_back(key.index);
    }
    return ranking;
}

} // namespace llmd
