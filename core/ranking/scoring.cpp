// SPDX-License-Identifier: Apache-2.0
#include "scoring.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace llmd {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double pointsPerCostDoubling = 12.5;
constexpr double pointsPerLimit = 50;
constexpr double pointsPerComplexity = 6.25;
/** What a part counts as least in the balanced score, so that nothing is lost by one zero. */
constexpr double leastPart = 1;

double points(double value)
{
    // NaN (an option without a latency, say) is the worst, not the best.
    return value > 0 ? std::min(value, 100.0) : 0;
}

} // namespace

std::string_view toString(Priority priority)
{
    switch (priority) {
    case Priority::Cost:
        return "cost";
    case Priority::Latency:
        return "latency";
    case Priority::Quality:
        return "quality";
    case Priority::Simplicity:
        return "simplicity";
    }
    return {};
}

Limits::Limits(const Slo& slo)
    : ttft(slo.ttft ? slo.ttft->limit.value() : infinity)
    , itl(slo.itl ? slo.itl->limit.value() : infinity)
    , e2e(slo.e2e ? slo.e2e->limit.value() : infinity)
    , throughput(slo.minOutputThroughput ? slo.minOutputThroughput->value() : 0)
{ }

bool Limits::met(const RankingInput& input) const
{
    // Comparisons with NaN are false, so such an option is in no order (and no sort sees one).
    return input.costPerHour < infinity && input.complexity < infinity && input.ttftSeconds <= ttft
        && input.itlSeconds <= itl && input.e2eSeconds <= e2e
        && input.outputTokensPerSecond >= throughput;
}

bool Limits::any() const
{
    return ttft < infinity || itl < infinity || e2e < infinity;
}

double Limits::usedShare(const RankingInput& input) const
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

double costScore(double costPerHour, const ScoreScale& scale)
{
    return points(100 - pointsPerCostDoubling * std::log2(costPerHour / scale.cheapestPerHour));
}

double latencyScore(const RankingInput& input, const Limits& limits, const ScoreScale& scale)
{
    return points(
        limits.any()
            ? 100 - pointsPerLimit * limits.usedShare(input)
            : 100 - pointsPerCostDoubling * std::log2(input.e2eSeconds / scale.fastestSeconds));
}

double simplicityScore(double complexity)
{
    return points(100 - pointsPerComplexity * complexity);
}

Priorities cleaned(Priorities weights)
{
    for (double* weight :
         { &weights.cost, &weights.latency, &weights.quality, &weights.simplicity }) {
        if (!std::isfinite(*weight) || *weight < 0)
            *weight = 0;
    }
    return weights;
}

std::array<double, 4> asArray(const Priorities& weights)
{
    return { weights.cost, weights.latency, weights.quality, weights.simplicity };
}

double logPart(double score)
{
    return std::log(std::max(score, leastPart));
}

std::array<double, 4> logParts(const Scores& scores)
{
    return { logPart(scores.cost), logPart(scores.latency), logPart(scores.quality.value_or(0)),
             logPart(scores.simplicity) };
}

} // namespace llmd
