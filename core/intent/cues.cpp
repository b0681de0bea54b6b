// SPDX-License-Identifier: Apache-2.0
#include "cues.h"

#include <algorithm>
#include <set>

namespace llmd::intent {

namespace {

constexpr std::size_t window = 24; // items; beyond it nothing is paired

bool isGlue(const Item& item)
{
    return item.means(Concept::Copula) || item.means(Concept::AtMost)
        || item.means(Concept::AtLeast) || item.means(Concept::Approximately)
        || item.means(Concept::Measure) || item.means(Concept::Determiner)
        || item.means(Concept::Dollars) || item.kind == Item::Kind::Percentile || item.used;
}

/** Wrong side of the number, given how the sentence begins. */
constexpr double wrongSide = 1.6;

} // namespace

double cueDistance(const Scene& scene, std::size_t number, std::size_t cue)
{
    const std::size_t low = std::min(number, cue);
    const std::size_t high = std::max(number, cue);
    if (high - low > window)
        return 1e9;
    double distance = static_cast<double>(high - low);
    for (std::size_t i = low + 1; i < high; ++i) {
        const Item& item = scene.items[i];
        if (item.kind == Item::Kind::Stop)
            return 1e9;
        if (item.kind == Item::Kind::Comma)
            distance += scene.tokens[item.first].is(",") ? 3 : 0.5;
        else if (item.kind == Item::Kind::Number)
            distance += 4;
        else if (item.means(Concept::And) || item.means(Concept::Or))
            distance += 3;
        else if (isGlue(item))
            distance -= 0.5;
    }
    return distance;
}

std::vector<CuedNumber> pairCues(const Scene& scene, const std::vector<std::size_t>& numbers,
                                 const std::vector<Cue>& cues, double farthest)
{
    if (numbers.empty() || cues.empty())
        return {};
    std::size_t firstCue = cues.front().item;
    const bool numberFirst = numbers.front() < firstCue;
    std::vector<CuedNumber> pairs;
    std::size_t from = 0;
    for (const std::size_t number : numbers) {
        while (from < cues.size() && cues[from].item + window < number)
            ++from;
        for (std::size_t c = from; c < cues.size() && cues[c].item < number + window; ++c) {
            const bool behind = cues[c].item > number;
            const std::size_t apart = behind ? cues[c].item - number : number - cues[c].item;
            // Nothing between two items brings them nearer than half of that.
            if (0.5 * static_cast<double>(apart) + cues[c].doubt > farthest)
                continue;
            if (behind && scene.items[number].quantity.unitBefore)
                continue;
            double distance = cueDistance(scene, number, cues[c].item) + cues[c].doubt;
            if (behind != numberFirst)
                distance += wrongSide;
            if (distance <= farthest)
                pairs.push_back({ number, cues[c].item, distance });
        }
    }
    std::stable_sort(pairs.begin(), pairs.end(),
                     [](const auto& a, const auto& b) { return a.distance < b.distance; });
    std::set<std::size_t> taken;
    std::vector<CuedNumber> chosen;
    for (const CuedNumber& pair : pairs) {
        if (taken.count(pair.number) > 0 || taken.count(pair.cue) > 0)
            continue;
        taken.insert(pair.number);
        taken.insert(pair.cue);
        chosen.push_back(pair);
    }
    std::sort(chosen.begin(), chosen.end(),
              [](const auto& a, const auto& b) { return a.number < b.number; });
    return chosen;
}

bool isBeside(const Scene& scene, std::size_t number, std::size_t cue)
{
    const std::size_t low = std::min(number, cue);
    const std::size_t high = std::max(number, cue);
    if (high - low > 6)
        return false;
    for (std::size_t i = low + 1; i < high; ++i) {
        const bool parenthesis =
            scene.items[i].kind == Item::Kind::Comma && !scene.tokens[scene.items[i].first].is(",");
        if (!isGlue(scene.items[i]) && !parenthesis)
            return false;
    }
    return true;
}

std::size_t cueBeside(const Scene& scene, std::size_t number, Concept meaning)
{
    for (std::size_t step = 1; step <= 5; ++step) {
        for (const bool before : { true, false }) {
            if (before ? number < step : number + step >= scene.items.size())
                continue;
            const std::size_t at = before ? number - step : number + step;
            if (scene.items[at].means(meaning) && isBeside(scene, number, at))
                return at;
        }
    }
    return none;
}

bool isNear(const Scene& scene, std::size_t item, Concept meaning, std::size_t within)
{
    for (const int direction : { -1, 1 }) {
        std::size_t at = item;
        for (std::size_t step = 0; step < within; ++step) {
            if (direction < 0 ? at == 0 : at + 1 >= scene.items.size())
                break;
            at = direction < 0 ? at - 1 : at + 1;
            if (scene.items[at].kind == Item::Kind::Stop)
                break;
            if (scene.items[at].means(meaning))
                return true;
        }
    }
    return false;
}

bool correctsBefore(const Scene& scene, std::size_t before)
{
    constexpr std::size_t reach = 8;
    for (std::size_t back = 1; back <= reach && back <= before; ++back) {
        if (scene.items[before - back].means(Concept::Correction))
            return true;
    }
    return false;
}

} // namespace llmd::intent
