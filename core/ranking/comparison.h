// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "uncertainty.h"

#include <core/search/search.h>

#include <string>
#include <vector>

namespace llmd {

/** One respect in which two options differ, as a sentence with figures. */
struct ComparisonPoint
{
    std::string subject; ///< "cost", "latency", "quality", "simplicity", "capacity", "confidence"
    Standing standing = Standing::Tied; ///< of the first to the second in this respect alone
    /** What it does to balanced score of the first / balanced score of the second: a factor, 1 where it does not count. */
    double factor = 1;
    std::string text;
};

/** Why one option is in front of another one, and what would change that. English, for people. */
struct OptionComparison
{
    std::string first; ///< names that tell the two apart
    std::string second;
    Standing standing = Standing::Tied; ///< by balanced score
    std::string verdict;
    std::vector<ComparisonPoint>
        points; ///< the four of the score by what they do to it, then others
    std::vector<std::string> same; ///< what the two have in common: "GPU: H100 SXM5"
    std::vector<std::string> turns; ///< at which weight of one priority the two change places
};

/**
 * Compares two options of a report under a ranking of it. The factors of the points multiply to the ratio of the balanced
 * scores. A standing of a point is Ahead or Behind only if the difference is beyond the intervals.
 */
[[nodiscard]] OptionComparison compareOptions(const SearchReport& report,
                                              const RankedOptions& options, std::size_t first,
                                              std::size_t second);

/** One line per weight: how far it may move before another option is the best, and which. */
[[nodiscard]] std::vector<std::string> sensitivitySentences(const SearchReport& report,
                                                            const RankedOptions& options);

/** One line: which options are tied with the best of a view, and which of those is the cheapest; empty if none is.
 * Where that cannot be told, it says so. */
[[nodiscard]] std::string tieSentence(const SearchReport& report, const RankedOptions& options,
                                      View view);

/** Short names that tell these options of a report apart: "Llama 3.3 70B, 2 x TP4 on H100 SXM5". */
[[nodiscard]] std::vector<std::string> shortNames(const SearchReport& report,
                                                  const std::vector<std::size_t>& options);

} // namespace llmd
