// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scoring.h"
#include "uncertainty.h"

#include <array>
#include <optional>

namespace llmd {

/** The weight at which two options change places, with the other three weights as they are. */
struct Turn
{
    double weight = 0; ///< on the scale of the priorities; beyond it the other option is in front
    double share = 0; ///< of all weights together, 0 to 1
    std::size_t option = 0; ///< that is in front from there on

    bool operator==(const Turn&) const = default;
};

/** How far one weight may move before another option is the best balanced one. */
struct WeightSensitivity
{
    Priority priority = Priority::Cost;
    double share = 0; ///< at present, of all weights together
    std::optional<Turn> below; ///< nothing: down to no weight at all the best stays the best
    std::optional<Turn> above; ///< nothing: however much more it counts

    bool operator==(const WeightSensitivity&) const = default;
};

/**
 * For each weight, the nearest values below and above the present one at which the best balanced option changes. Exact: the
 * logarithm of the balanced score is linear in the weights, so that a pair (a, b) changes places where
 * sum over the parts of weight x (ln a - ln b) is 0. Empty without options or without weights.
 */
[[nodiscard]] std::vector<WeightSensitivity> sensitivity(const RankedOptions& options);

/** The weight of one priority at which `a` and `b` change places; nothing if no weight of it does that. */
[[nodiscard]] std::optional<Turn> turningPoint(const RankedOptions& options, std::size_t a,
                                               std::size_t b, Priority priority);

} // namespace llmd
