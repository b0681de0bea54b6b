// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ranking.h"

#include <array>
#include <vector>

namespace llmd {

/**
 * Ranks the same options again and again, as while a target is dragged: what follows from the options alone (three of the five
 * orders, the parts of quality and simplicity) is worked out once. Gives exactly what `rank` gives. Not thread-safe.
 */
class Ranker
{
public:
    /** `inputs` must outlive the ranker and stay as they are. */
    explicit Ranker(const std::vector<RankingInput>& inputs);

    [[nodiscard]] Ranking rank(const Priorities& priorities, const Slo& slo);

private:
    void prepareParts();
    void prepareOrder(View view);
    void useCheapest(double cheapestPerHour);

    const std::vector<RankingInput>& m_inputs;
    std::array<std::vector<std::size_t>, allViews.size()> m_orders; ///< of all that can be ranked
    std::vector<Scores> m_scores; ///< all but latency and balanced
    /** Logarithms of the scores, see `logPart`. */
    std::vector<double> m_costParts;
    std::vector<double> m_qualityParts;
    std::vector<double> m_simplicityParts;
    double m_cheapest = -1; ///< that the cost scores are relative to; below 0 before the first
};

} // namespace llmd
