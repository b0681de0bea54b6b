// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ranking.h"

#include <optional>
#include <vector>

namespace llmd {

/** A ranking with what it was made of, for what explains and checks it. All of it must outlive this. */
struct RankedOptions
{
    const std::vector<RankingInput>& inputs;
    const Ranking& ranking;
    const Priorities& priorities;
    const Slo& slo;
};

/**
 * Where the scores of an option may lie: latencies within their 90 % intervals (all at one end together, because they
 * follow from the same step time), each test of quality within its margin. Price, GPUs and replicas are those of the
 * configuration and certain. Nothing where no interval of a latency that counts is known.
 */
[[nodiscard]] std::optional<ScoreRange> latencyScoreRange(const RankedOptions& options,
                                                          std::size_t option);
[[nodiscard]] std::optional<ScoreRange> balancedRange(const RankedOptions& options,
                                                      std::size_t option);

/** Whether an option is in front of another one beyond doubt. */
enum class Standing {
    Ahead, ///< whatever the figures are within their intervals
    Behind,
    Tied, ///< the intervals of what the view orders by overlap
    Unknown, ///< for one of the two no interval is known
};
[[nodiscard]] std::string_view
toString(Standing standing); ///< "ahead", "behind", "tied", "unknown"

/**
 * How `a` stands to `b` in a view. Intervals overlap when some values within them put the one in front and others the other;
 * what both share, the quality of the same model, does not count as uncertain between them.
 */
[[nodiscard]] Standing standing(const RankedOptions& options, View view, std::size_t a,
                                std::size_t b);

/** The options of a view, in its order and without the first, that are tied with its first. */
[[nodiscard]] std::vector<std::size_t> tiedWithBest(const RankedOptions& options, View view);

} // namespace llmd
