// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scene.h"

#include <cstddef>
#include <functional>
#include <vector>

namespace llmd::intent {

/** A number and the word that says what it is about. */
struct CuedNumber
{
    std::size_t number = 0; ///< item
    std::size_t cue = 0; ///< item
    double distance = 0;
};

/** A word that says what a number is about, of one sentence. */
struct Cue
{
    std::size_t item = 0;
    Concept meaning {};
    double doubt = 0; ///< added to every distance
};

/** Items from the number to the cue, with a penalty for what separates them. */
[[nodiscard]] double cueDistance(const Scene& scene, std::size_t number, std::size_t cue);

/**
 * Pairs numbers with cues one to one, nearest first, within `farthest`. Where a sentence begins with a number
 * ("300 ms TTFT, 30 ms TPOT") cues are looked for behind the numbers, else before them.
 */
[[nodiscard]] std::vector<CuedNumber> pairCues(const Scene& scene,
                                               const std::vector<std::size_t>& numbers,
                                               const std::vector<Cue>& cues, double farthest);

/** Whether nothing but words like "is", "of", ":" or "at most" stands between a number and a cue beside it. */
[[nodiscard]] bool isBeside(const Scene& scene, std::size_t number, std::size_t cue);
/** The cue with a meaning that stands beside the number, else `none`. */
[[nodiscard]] std::size_t cueBeside(const Scene& scene, std::size_t number, Concept meaning);
inline constexpr std::size_t none = static_cast<std::size_t>(-1);

/** Whether an item with the meaning is within so many items of another, in the same sentence. */
[[nodiscard]] bool isNear(const Scene& scene, std::size_t item, Concept meaning,
                          std::size_t within);
/** Whether the message says that it corrects, anywhere from the first item to `before`. */
[[nodiscard]] bool correctsBefore(const Scene& scene, std::size_t before);

} // namespace llmd::intent
