// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ranking.h"

#include <array>

/** The formulas of `Scores` one by one, for ranking and for what explains it. */
namespace llmd {

/** The four things that the balanced score weighs, in the order of the members of `Priorities`. */
enum class Priority { Cost, Latency, Quality, Simplicity };
inline constexpr std::array allPriorities { Priority::Cost, Priority::Latency, Priority::Quality,
                                     Priority::Simplicity };
[[nodiscard]] std::string_view toString(Priority priority); ///< "cost", "latency", …

/** Targets as plain numbers, infinite where not set. */
struct Limits
{
    explicit Limits(const Slo& slo);

    [[nodiscard]] bool met(const RankingInput& input) const;
    /** Whether any latency is limited. */
    [[nodiscard]] bool any() const;
    /** Mean over the set targets of predicted / limit. */
    [[nodiscard]] double usedShare(const RankingInput& input) const;

    double ttft;
    double itl;
    double e2e;
    double throughput;
};

[[nodiscard]] double costScore(double costPerHour, const ScoreScale& scale);
[[nodiscard]] double latencyScore(const RankingInput& input, const Limits& limits,
                                  const ScoreScale& scale);
[[nodiscard]] double simplicityScore(double complexity);

/** Negative and non-finite weights count as nothing. */
[[nodiscard]] Priorities cleaned(Priorities weights);
[[nodiscard]] std::array<double, 4> asArray(const Priorities& weights);
/** What a score contributes to the logarithm of the balanced one per unit of weight. */
[[nodiscard]] double logPart(double score);
/** `logPart` of the four scores in the order of `allPriorities`; an absent quality counts as 1. */
[[nodiscard]] std::array<double, 4> logParts(const Scores& scores);

} // namespace llmd
