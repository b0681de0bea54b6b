// SPDX-License-Identifier: Apache-2.0
#include "uncertainty.h"

#include "scoring.h"

#include <cmath>
#include <numeric>

namespace llmd {

namespace {

/** The input with all latencies at the low or the high end of their intervals. */
RankingInput atEnd(const RankingInput& input, double IntervalFactors::*end)
{
    RankingInput moved = input;
    moved.ttftSeconds *= input.ttftInterval.*end;
    moved.itlSeconds *= input.itlInterval.*end;
    moved.e2eSeconds *= input.e2eInterval.*end;
    return moved;
}

/** Whether the intervals of all latencies that make the score are known. */
bool intervalsKnown(const RankingInput& input, const Limits& limits)
{
    if (!limits.any())
        return input.e2eInterval.stated;
    const auto known = [](double limit, const IntervalFactors& interval) {
        return !std::isfinite(limit) || interval.stated;
    };
    return known(limits.ttft, input.ttftInterval) && known(limits.itl, input.itlInterval)
        && known(limits.e2e, input.e2eInterval);
}

/** What is sorted by, split into the part that is certain and the ranges of the rest; higher is better. */
struct Merit
{
    double certain = 0;
    ScoreRange latency;
    ScoreRange quality;
    bool known = true;

    [[nodiscard]] double low() const { return certain + latency.low + quality.low; }
    [[nodiscard]] double high() const { return certain + latency.high + quality.high; }
};

Merit merit(const RankedOptions& options, View view, std::size_t option)
{
    const RankingInput& input = options.inputs[option];
    const Scores& scores = options.ranking.scores[option];
    Merit merit;
    const double quality = scores.quality.value_or(0);
    const ScoreRange qualities = scores.quality
        ? input.qualityRange.value_or(ScoreRange { quality, quality })
        : ScoreRange { 0, 0 };
    switch (view) {
    case View::LowestCost:
        merit.certain = -input.costPerHour;
        return merit;
    case View::Simplest:
        merit.certain = -input.complexity;
        return merit;
    case View::BestQuality:
        // Without data is behind every score, and not near to a low one.
        merit.certain = scores.quality ? 0 : -1;
        merit.quality = qualities;
        return merit;
    case View::Balanced:
    case View::LowestLatency:
        break;
    }
    const auto latency = latencyScoreRange(options, option);
    merit.known = latency.has_value();
    const ScoreRange latencies = latency.value_or(ScoreRange { scores.latency, scores.latency });
    if (view == View::LowestLatency) {
        merit.latency = latencies;
        return merit;
    }
    const auto weights = asArray(cleaned(options.priorities));
    const auto of = [&](Priority priority, double score) {
        return weights[static_cast<std::size_t>(priority)] * logPart(score);
    };
    merit.certain = of(Priority::Cost, scores.cost) + of(Priority::Simplicity, scores.simplicity);
    merit.latency = { of(Priority::Latency, latencies.low), of(Priority::Latency, latencies.high) };
    merit.quality = { of(Priority::Quality, qualities.low), of(Priority::Quality, qualities.high) };
    if (weights[static_cast<std::size_t>(Priority::Latency)] == 0)
        merit.known = true; // nothing that counts is unknown
    return merit;
}

bool shareQuality(const RankingInput& a, const RankingInput& b)
{
    return a.qualityEvidence >= 0 && a.qualityEvidence == b.qualityEvidence;
}

Standing standingOf(Merit first, Merit second, bool sharedQuality)
{
    if (!first.known || !second.known)
        return Standing::Unknown;
    if (sharedQuality) {
        first.quality = {};
        second.quality = {};
    }
    // The merits of one configuration differ from themselves by rounding only.
    constexpr double equal = 1e-12;
    if (first.low() > second.high() + equal)
        return Standing::Ahead;
    if (first.high() < second.low() - equal)
        return Standing::Behind;
    return Standing::Tied;
}

} // namespace

std::string_view toString(Standing standing)
{
    switch (standing) {
    case Standing::Ahead:
        return "ahead";
    case Standing::Behind:
        return "behind";
    case Standing::Tied:
        return "tied";
    case Standing::Unknown:
        return "unknown";
    }
    return {};
}

std::optional<ScoreRange> latencyScoreRange(const RankedOptions& options, std::size_t option)
{
    const RankingInput& input = options.inputs[option];
    const Limits limits(options.slo);
    if (!intervalsKnown(input, limits))
        return std::nullopt;
    const ScoreScale& scale = options.ranking.scale;
    return ScoreRange { latencyScore(atEnd(input, &IntervalFactors::high), limits, scale),
                        latencyScore(atEnd(input, &IntervalFactors::low), limits, scale) };
}

std::optional<ScoreRange> balancedRange(const RankedOptions& options, std::size_t option)
{
    const auto weights = asArray(cleaned(options.priorities));
    const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
    const Merit all = merit(options, View::Balanced, option);
    if (!all.known || !(total > 0))
        return std::nullopt;
    return ScoreRange { std::exp(all.low() / total), std::exp(all.high() / total) };
}

Standing standing(const RankedOptions& options, View view, std::size_t a, std::size_t b)
{
    return standingOf(merit(options, view, a), merit(options, view, b),
                      shareQuality(options.inputs[a], options.inputs[b]));
}

std::vector<std::size_t> tiedWithBest(const RankedOptions& options, View view)
{
    std::vector<std::size_t> tied;
    const auto& order = options.ranking.of(view);
    if (order.empty())
        return tied;
    const RankingInput& best = options.inputs[order.front()];
    const Merit merits = merit(options, view, order.front());
    for (std::size_t i = 1; i < order.size(); ++i) {
        const bool shared = shareQuality(best, options.inputs[order[i]]);
        if (standingOf(merits, merit(options, view, order[i]), shared) == Standing::Tied)
            tied.push_back(order[i]);
    }
    return tied;
}

} // namespace llmd
