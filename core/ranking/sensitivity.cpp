// SPDX-License-Identifier: Apache-2.0
#include "sensitivity.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace llmd {

namespace {

using Weights = std::array<double, 4>;
using Parts = std::array<double, 4>;

/** The lead of one option over another as a function of one weight: `rest` + weight x `slope`. */
struct Lead
{
    double rest = 0;
    double slope = 0;
};

Lead leadOf(const Parts& first, const Parts& second, const Weights& weights, std::size_t part)
{
    Lead lead;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const double difference = first[i] - second[i];
        if (i == part)
            lead.slope = difference;
        else
            lead.rest += weights[i] * difference;
    }
    return lead;
}

/** Where the lead is zero, if a weight that is not negative makes it so and the lead changes its sign there. */
std::optional<double> zeroOf(const Lead& lead)
{
    if (lead.slope == 0 || lead.rest == 0)
        return std::nullopt;
    const double weight = -lead.rest / lead.slope;
    return weight > 0 && std::isfinite(weight) ? std::optional(weight) : std::nullopt;
}

double shareOf(double weight, double others)
{
    return weight + others > 0 ? weight / (weight + others) : 0;
}

/** The first crossings on either side of the present weight, seen from the best option. */
class Crossings
{
public:
    explicit Crossings(double present)
        : m_present(present)
    { }

    void consider(const Lead& lead, std::size_t option)
    {
        const auto zero = zeroOf(lead);
        if (!zero)
            return;
        // A falling lead is lost above the zero, a rising one below it. The best leads at present, so that only
        // rounding can put a zero on the other side.
        if (lead.slope < 0) {
            const double weight = std::max(*zero, m_present);
            if (!above || weight < above->weight
                || (weight == above->weight && lead.slope < m_slopeAbove)) {
                above = Turn { weight, 0, option };
                m_slopeAbove = lead.slope;
            }
        } else {
            const double weight = std::min(*zero, m_present);
            if (!below || weight > below->weight
                || (weight == below->weight && lead.slope > m_slopeBelow)) {
                below = Turn { weight, 0, option };
                m_slopeBelow = lead.slope;
            }
        }
    }

    std::optional<Turn> below;
    std::optional<Turn> above;

private:
    double m_present;
    double m_slopeBelow = 0;
    double m_slopeAbove = 0;
};

} // namespace

std::vector<WeightSensitivity> sensitivity(const RankedOptions& options)
{
    const auto& order = options.ranking.of(View::Balanced);
    const Weights weights = asArray(cleaned(options.priorities));
    const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
    if (order.empty() || !(total > 0))
        return {};
    const Parts best = logParts(options.ranking.scores[order.front()]);
    std::array<Crossings, 4> crossings { Crossings(weights[0]), Crossings(weights[1]),
                                         Crossings(weights[2]), Crossings(weights[3]) };
    for (std::size_t i = 1; i < order.size(); ++i) {
        const Parts rival = logParts(options.ranking.scores[order[i]]);
        for (std::size_t part = 0; part < weights.size(); ++part)
            crossings[part].consider(leadOf(best, rival, weights, part), order[i]);
    }
    std::vector<WeightSensitivity> all;
    for (const Priority priority : allPriorities) {
        const auto part = static_cast<std::size_t>(priority);
        const double others = total - weights[part];
        WeightSensitivity one { priority, weights[part] / total, crossings[part].below,
                                crossings[part].above };
        for (std::optional<Turn>* turn : { &one.below, &one.above }) {
            if (*turn)
                (*turn)->share = shareOf((*turn)->weight, others);
        }
        all.push_back(one);
    }
    return all;
}

std::optional<Turn> turningPoint(const RankedOptions& options, std::size_t a, std::size_t b,
                                 Priority priority)
{
    const Weights weights = asArray(cleaned(options.priorities));
    const auto part = static_cast<std::size_t>(priority);
    const Lead lead = leadOf(logParts(options.ranking.scores[a]),
                             logParts(options.ranking.scores[b]), weights, part);
    const auto zero = zeroOf(lead);
    if (!zero)
        return std::nullopt;
    double others = 0;
    for (std::size_t i = 0; i < weights.size(); ++i)
        others += i == part ? 0 : weights[i];
    const bool towardsFirst = (*zero > weights[part]) == (lead.slope > 0);
    return Turn { *zero, shareOf(*zero, others), towardsFirst ? a : b };
}

} // namespace llmd
