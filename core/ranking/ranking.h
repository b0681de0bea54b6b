// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/search/search.h>

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace llmd {

/**
 * 0 to 100, higher is better; `quality` is absent where not enough scores are published.
 *
 * - cost = 100 - 12.5 x log2(dollars per hour / cheapest): each doubling of the price costs 12.5 points, 256 times the
 * cheapest has 0. So wide, because the models that answer the same need differ a hundredfold in size. The cheapest is
 * that of the options within the targets. Prices below $0.01/h count as $0.01/h.
 * - latency = 100 - 50 x mean over the targets that are set (TTFT, ITL, E2E) of predicted / limit: exactly on the limit
 * has 50, half of it 75. Being ever faster is worth ever less: nobody reads 1000 tokens per second. Without any target it is
 * 100 - 12.5 x log2(E2E / fastest E2E).
 * - quality = score of `qualityOf` (quality.h).
 * - simplicity = 100 - 6.25 x `complexityOf`.
 * - balanced = weighted geometric mean of the four with the priorities as weights; a part below 1 counts as 1. A poor
 * part cannot be made up for by excess elsewhere. An absent quality counts as 1 too: leaving it out would put
 * models that nobody has measured before those that were.
 */
struct Scores
{
    double cost = 0;
    double latency = 0;
    std::optional<double> quality;
    double simplicity = 0;
    double balanced = 0;
};

/**
 * Orders: Balanced by balanced score, LowestCost by price, LowestLatency by latency score and then
 * E2E, BestQuality by quality (options without data last), Simplest by complexity. Ties go to the
 * cheaper, then to the faster, then to the earlier option.
 */
enum class View { Balanced, LowestCost, LowestLatency, BestQuality, Simplest };
constexpr std::array allViews { View::Balanced, View::LowestCost, View::LowestLatency,
                                View::BestQuality, View::Simplest };
[[nodiscard]] std::string_view toString(View view); ///< "balanced", "lowest_cost", …
[[nodiscard]] std::optional<View> parseView(std::string_view text);

/** Bounds that a figure keeps to in nine of ten cases. */
struct ScoreRange
{
    double low = 0;
    double high = 0;

    bool operator==(const ScoreRange&) const = default;
};

/** What ranking needs of an option, precomputed so that 10 000 re-rank in a frame. */
struct RankingInput
{
    double costPerHour = 0; ///< US dollars
    double e2eSeconds = 0; ///< at the ranking percentile, at the peak
    double ttftSeconds = 0;
    double itlSeconds = 0;
    std::optional<double> quality; ///< 0..100
    double complexity = 0; ///< GPUs, replicas, parallelism, quantisation: see `complexityOf`
    double outputTokensPerSecond = 0; ///< of the whole deployment at the peak
    /** 90 % intervals of the three latencies; not stated where the engine knows none or near saturation. */
    IntervalFactors ttftInterval;
    IntervalFactors itlInterval;
    IntervalFactors e2eInterval;
    std::optional<ScoreRange> qualityRange; ///< see `QualityEvidence`
    int qualityEvidence = -1; ///< options with the same number have one quality and one error of it
};

/** What scores are relative to: the best of the options within the targets (of all, if none is). */
struct ScoreScale
{
    double cheapestPerHour = 0; ///< US dollars, at least 0.01
    double fastestSeconds = 0; ///< E2E
};

struct Ranking
{
    std::vector<Scores> scores; ///< of each option, same order
    ScoreScale scale;
    /** Indices, best first, of those that meet the targets; one list per view in the order of
     * `allViews`. */
    std::array<std::vector<std::size_t>, allViews.size()> order;

    [[nodiscard]] const std::vector<std::size_t>& of(View view) const
    {
        return order[static_cast<std::size_t>(view)];
    }
};

/** One input per option of the report, with latencies at the percentiles of its own targets (p95
 * where none is set). */
[[nodiscard]] std::vector<RankingInput> rankingInputs(const SearchReport& report);
/** The same at other percentiles, for targets that were changed after the search. */
[[nodiscard]] std::vector<RankingInput> rankingInputs(const SearchReport& report, const Slo& slo);
/** Scores and orders the options under these weights; an option outside `slo` is left out of the
 * orders. */
[[nodiscard]] Ranking rank(const std::vector<RankingInput>& inputs, const Priorities& priorities,
                           const Slo& slo = {});

/**
 * How much there is to run and to go wrong: log2 of the GPUs, + 0.25 x log2 of the servers, + 0.5 x log2 of the largest
 * tensor parallel size, + 2 for pipeline stages, + 1 for data parallel or expert parallel engines, + 2 for servers of
 * their own for the prompts, + 0.25 for a quantised checkpoint or + 0.5 for weights quantised at load. One GPU with an
 * unquantised model has 0.
 */
[[nodiscard]] double complexityOf(const Option& option);

} // namespace llmd
