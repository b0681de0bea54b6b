// SPDX-License-Identifier: Apache-2.0
#include "ranker.h"

#include "scoring.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace llmd {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
/** What own hardware without a price counts as, so that ratios exist. */
constexpr double smallestPrice = 0.01;

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

std::vector<std::size_t> sorted(View view, const std::vector<RankingInput>& inputs,
                                const std::vector<Scores>& scores,
                                const std::vector<std::size_t>& within)
{
    std::vector<SortKey> keys(within.size());
    std::transform(within.begin(), within.end(), keys.begin(),
                   [&](std::size_t i) { return sortKey(view, inputs[i], scores[i], i); });
    std::sort(keys.begin(), keys.end());
    std::vector<std::size_t> order(keys.size());
    std::transform(keys.begin(), keys.end(), order.begin(),
                   [](const SortKey& key) { return key.index; });
    return order;
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

/** Whether the order of a view is the same for all targets and weights. */
constexpr bool isFixed(View view)
{
    return view != View::Balanced && view != View::LowestLatency;
}

} // namespace

Ranker::Ranker(const std::vector<RankingInput>& inputs)
    : m_inputs(inputs)
{
    prepareParts();
    for (const View view : allViews) {
        if (isFixed(view))
            prepareOrder(view);
    }
}

void Ranker::prepareParts()
{
    const std::size_t count = m_inputs.size();
    m_scores.resize(count);
    m_costParts.resize(count);
    m_qualityParts.resize(count);
    m_simplicityParts.resize(count);
    for (std::size_t i = 0; i < count; ++i) {
        const RankingInput& input = m_inputs[i];
        if (input.quality && std::isfinite(*input.quality))
            m_scores[i].quality = input.quality;
        m_scores[i].simplicity = simplicityScore(input.complexity);
        m_qualityParts[i] = logPart(m_scores[i].quality.value_or(0));
        m_simplicityParts[i] = logPart(m_scores[i].simplicity);
    }
}

void Ranker::prepareOrder(View view)
{
    // What meets no target at all is in no order; among it are the values that cannot be compared.
    const Limits none { Slo {} };
    std::vector<std::size_t> rankable;
    for (std::size_t i = 0; i < m_inputs.size(); ++i) {
        if (none.met(m_inputs[i]))
            rankable.push_back(i);
    }
    m_orders[static_cast<std::size_t>(view)] = sorted(view, m_inputs, m_scores, rankable);
}

void Ranker::useCheapest(double cheapestPerHour)
{
    if (cheapestPerHour == m_cheapest)
        return;
    m_cheapest = cheapestPerHour;
    const ScoreScale scale { cheapestPerHour, 0 };
    for (std::size_t i = 0; i < m_inputs.size(); ++i) {
        m_scores[i].cost = costScore(std::max(m_inputs[i].costPerHour, smallestPrice), scale);
        m_costParts[i] = logPart(m_scores[i].cost);
    }
}

Ranking Ranker::rank(const Priorities& priorities, const Slo& slo)
{
    const Limits limits(slo);
    std::vector<std::size_t> within;
    within.reserve(m_inputs.size());
    std::vector<char> isWithin(m_inputs.size(), 0);
    for (std::size_t i = 0; i < m_inputs.size(); ++i) {
        if (limits.met(m_inputs[i])) {
            within.push_back(i);
            isWithin[i] = 1;
        }
    }

    Ranking ranking;
    ranking.scale = scaleOf(m_inputs, within);
    useCheapest(ranking.scale.cheapestPerHour);
    ranking.scores = m_scores;
    const auto weights = asArray(cleaned(priorities));
    const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
    for (std::size_t i = 0; i < m_inputs.size(); ++i) {
        Scores& scores = ranking.scores[i];
        scores.latency = latencyScore(m_inputs[i], limits, ranking.scale);
        if (!(total > 0))
            continue;
        // Weighted geometric mean: who is very poor in one respect is not balanced.
        const std::array parts { m_costParts[i], logPart(scores.latency), m_qualityParts[i],
                                 m_simplicityParts[i] };
        double sum = 0;
        for (std::size_t part = 0; part < parts.size(); ++part)
            sum += weights[part] > 0 ? weights[part] * parts[part] : 0;
        scores.balanced = std::exp(sum / total);
    }

    for (const View view : allViews) {
        const auto v = static_cast<std::size_t>(view);
        std::vector<std::size_t>& order = ranking.order[v];
        if (isFixed(view)) {
            order.reserve(within.size());
            std::copy_if(m_orders[v].begin(), m_orders[v].end(), std::back_inserter(order),
                         [&isWithin](std::size_t i) { return isWithin[i] != 0; });
        } else {
            order = sorted(view, m_inputs, ranking.scores, within);
        }
    }
    return ranking;
}

} // namespace llmd
