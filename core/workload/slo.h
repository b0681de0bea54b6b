// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/base/units.h>

#include <optional>

namespace llmd {

/** "p95 below 300 ms". A percentile of 0 means the mean. */
struct LatencyTarget
{
    double percentile = 95;
    Seconds limit;

    bool operator==(const LatencyTarget&) const = default;
};

/** Service-level objectives; an absent one is not asked for. ITL is the same quantity as TPOT here. */
struct Slo
{
    std::optional<LatencyTarget> ttft;
    std::optional<LatencyTarget> itl;
    std::optional<LatencyTarget> e2e;
    /** Limits at a second percentile, e.g. the median beside p99; they hold as well. */
    std::optional<LatencyTarget> ttftToo;
    std::optional<LatencyTarget> itlToo;
    std::optional<LatencyTarget> e2eToo;
    std::optional<TokensPerSecond> minOutputThroughput; ///< of the whole deployment

    bool operator==(const Slo&) const = default;
};

} // namespace llmd
