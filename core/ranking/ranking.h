// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/search/search.h>

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace llmd {

/** 0 to 100, higher is better; `quality` is absent where no score is published. */
struct Scores
{
    double cost = 0;
    double latency = 0;
    std::optional<double> quality;
    double simplicity = 0;
    double balanced = 0;
};

enum class View { Balanced, LowestCost, LowestLatency, BestQuality, Simplest };
constexpr std::array allViews { View::Balanced, View::LowestCost, View::LowestLatency, View::BestQuality, View::Simplest };
[[nodiscard]] std::string_view toString(View view); ///< "balanced", "lowest_cost", …

/** What ranking needs of an option, precomputed so that 10 000 re-rank in a frame. */
struct RankingInput
{
    double costPerHour = 0;   ///< US dollars
    double e2eSeconds = 0;    ///< at the ranking percentile
    double ttftSeconds = 0;
    double itlSeconds = 0;
    std::optional<double> quality; ///< 0..100
    double complexity = 0;    ///< GPUs, replicas, parallelism, quantisation: see `complexityOf`
};

struct Ranking
{
    std::vector<Scores> scores;                 ///< of each option, same order
    std::array<std::vector<std::size_t>, allViews.size()> order; ///< indices, best first, of those that meet the targets
};

[[nodiscard]] std::vector<RankingInput> rankingInputs(const SearchReport& report);
/** Scores and orders the options under these weights; an option outside `slo` is left out of the orders. */
[[nodiscard]] Ranking rank(const std::vector<RankingInput>& inputs, const Priorities& priorities, const Slo& slo = {});

/** Quality of a model for a use case in 0..100 with the scores that it is made of; nothing if no data. */
struct QualityEvidence
{
    double score = 0;
    std::vector<std::string> parts; ///< "MMLU-Pro 68.9 (Qwen, 2025-05-14) x 0.5"
};
[[nodiscard]] std::optional<QualityEvidence> qualityOf(const Model& model, const std::string& useCase, const Catalog& catalog);

} // namespace llmd
