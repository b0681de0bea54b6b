// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "coefficients.h"

#include <core/candidate/candidate.h>

namespace llmd {

/** Time of a message by size: seconds, and seconds per byte. */
struct MessageTime
{
    double latency = 0;
    double perByte = 0;
};

/** One call of an all-reduce by both algorithms; the faster one is used. Constants: resources/performance/coefficients.yaml. */
struct AllReduce
{
    MessageTime oneShot; ///< every rank reads all others
    MessageTime twoShot; ///< reduce-scatter and all-gather
};

/**
 * Among so many ranks, over the link that reaches all of them: scale-up link, PCIe, or inside a domain and then between
 * domains. Zero for one rank.
 */
[[nodiscard]] AllReduce allReduce(const Gpu& gpu, int ranks, const Coefficients& c);

/** B/s of one GPU to where a group of so many ranks leaves the scale-up domain. */
[[nodiscard]] double outerBandwidth(const Gpu& gpu, int ranks);

/** What one layer of experts sends for a token, and how long messages take. */
struct ExpertExchangeTime
{
    double bytesPerToken = 0;
    MessageTime message;
};

/** All-to-all: dispatch to the ranks of a token's experts, and the way back of what they made of it. */
[[nodiscard]] ExpertExchangeTime expertExchange(const Candidate& candidate, const LayerGroup& group,
                                                const Coefficients& c);

} // namespace llmd
