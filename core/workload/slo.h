// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/base/units.h>
#include <core/catalog/latencytarget.h>

#include <optional>

namespace llmd {

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
