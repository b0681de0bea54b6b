// SPDX-License-Identifier: Apache-2.0
#include "ranking.h"

#include "qualityindex.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

namespace llmd {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double pointsPerCostDoubling = 12.5;
constexpr double pointsPerLimit = 50;
/** What a part counts as least in the balanced score, so that nothing is lost by one zero. */
constexpr double leastPart = 1;
constexpr double pointsPerComplexity = 6.25;
/** What own hardware without a price counts as, so that ratios exist. */
constexpr double smallestPrice = 0.01;
constexpr double defaultPercentile = 95;

double points(double value)
{
    // NaN (an option without a latency, say) is the worst, not the best.
    return value > 0 ? std::min(value, 100.0) : 0;
}

double secondsAt(const LatencyEstimate& latency, const std::optional<LatencyTarget>& target)
{
    return latency.at(target ? target->percentile : defaultPercentile).value();
}

/** Targets as plain numbers, infinite where not set. */
struct Limits
{
    explicit Limits(const Slo& slo)
        : ttft(slo.ttft ? slo.ttft->limit.value() : infinity)
        , itl(slo.itl ? slo.itl->limit.value() : infinity)
        , e2e(slo.e2e ? slo.e2e->limit.value() : infinity)
        , throughput(slo.minOutputThroughput ? slo.minOutputThroughput->value() : 0)
    { }

    [[nodiscard]] bool met(const RankingInput& input) const
    {
        // Comparisons with NaN are false, so such an option is in no order (and no sort sees one).
        return input.costPerHour < infinity && input.complexity < infinity
            && input.ttftSeconds <= ttft && input.itlSeconds <= itl && input.e2eSeconds <= e2e
            && input.outputTokensPerSecond >= throughput;
    }

    [[nodiscard]] bool any() const { return ttft < infinity || itl < infinity || e2e < infinity; }

    /** Mean over the set targets of predicted / limit. */
    [[nodiscard]] double usedShare(const RankingInput& input) const
    {
        double sum = 0;
        int count = 0;
        for (const auto& [limit, predicted] :
             { std::pair(ttft, input.ttftSeconds), std::pair(itl, input.itlSeconds),
               std::pair(e2e, input.e2eSeconds) }) {
            if (limit < infinity) {
                sum += predicted / limit;
                ++count;
            }
        }
        return sum / count;
    }

    double ttft;
    double itl;
    double e2e;
    double throughput;
};

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
double balanced(const Scores& scores, const Priorities& weights)
{
    const double total = weights.cost + weights.latency + weights.quality + weights.simplicity;
    if (!(total > 0))
        return 0;
    const auto part = [](double weight, double score) {
        return weight > 0 ? weight * std::log(std::max(score, leastPart)) : 0;
    };
    const double sum = part(weights.cost, scores.cost) + part(weights.latency, scores.latency)
        + part(weights.quality, scores.quality.value_or(0))
        + part(weights.simplicity, scores.simplicity);
    return points(std::exp(sum / total));
}

/** Negative and non-finite weights count as nothing. */
Priorities cleaned(Priorities weights)
{
    for (double* weight :
         { &weights.cost, &weights.latency, &weights.quality, &weights.simplicity }) {
        if (!std::isfinite(*weight) || *weight < 0)
            *weight = 0;
    }
    return weights;
}

/** Scores of all inputs, relative to the best of those `within` the targets (of all, if none is).
 */
std::vector<Scores> scoresOf(const std::vector<RankingInput>& inputs,
                             const std::vector<std::size_t>& within, const Limits& limits,
                             const Priorities& weights)
{
    double cheapest = infinity;
    double fastest = infinity;
    const auto consider = [&](const RankingInput& input) {
        cheapest = std::min(cheapest, std::max(input.costPerHour, smallestPrice));
        fastest = std::min(fastest, input.e2eSeconds);
    };
    for (const std::size_t i : within)
        consider(inputs[i]);
    if (within.empty())
        std::for_each(inputs.begin(), inputs.end(), consider);

    const bool anyTarget = limits.any();
    std::vector<Scores> all;
    all.reserve(inputs.size());
    for (const RankingInput& input : inputs) {
        Scores scores;
        const double costRatio = std::max(input.costPerHour, smallestPrice) / cheapest;
        scores.cost = points(100 - pointsPerCostDoubling * std::log2(costRatio));
        scores.latency =
            points(anyTarget ? 100 - pointsPerLimit * limits.usedShare(input)
                             : 100 - pointsPerCostDoubling * std::log2(input.e2eSeconds / fastest));
        if (input.quality && std::isfinite(*input.quality))
            scores.quality = input.quality;
        scores.simplicity = points(100 - pointsPerComplexity * input.complexity);
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
    const Pool& pool = option.candidate.topology.pool;
    const Parallelism& parallelism = pool.parallelism;
    const auto doublings = [](int count) { return std::log2(std::max(count, 1)); };
    double value = doublings(pool.gpus()) + 0.25 * doublings(pool.replicas)
        + 0.5 * doublings(parallelism.tensor);
    if (parallelism.pipeline > 1)
        value += 2;
    if (parallelism.data > 1 || parallelism.expert)
        value += 1;
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
    std::map<const Model*, std::optional<double>> qualities;
    std::vector<RankingInput> inputs;
    inputs.reserve(report.options.size());
    for (const Option& option : report.options) {
        RankingInput input;
        input.costPerHour = inDollarsPerHour(option.cost);
        input.ttftSeconds = secondsAt(option.atPeak.ttft, slo.ttft);
        input.itlSeconds = secondsAt(option.atPeak.itl, slo.itl);
        input.e2eSeconds = secondsAt(option.atPeak.e2e, slo.e2e);
        input.complexity = complexityOf(option);
        input.outputTokensPerSecond = option.atPeak.outputThroughput.value();
        const Model* model = option.candidate.model;
        if (index && model) {
            const auto [entry, isNew] = qualities.try_emplace(model);
            if (isNew) {
                if (const auto evidence = index->evidence(*model))
                    entry->second = evidence->score;
            }
            input.quality = entry->second;
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
    ranking.scores = scoresOf(inputs, within, limits, cleaned(priorities));
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
