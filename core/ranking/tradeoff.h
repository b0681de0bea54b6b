// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/search/search.h>

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace llmd {

/** What options are weighed by, in the units that people read. */
enum class TradeoffAxis {
    E2e, ///< ms at the percentile of its target (p95 without one), at the peak; so the next two
    Ttft,
    Itl,
    ThroughputPerGpu, ///< output tokens/s per GPU at the largest load within the targets; more is better
    Cost, ///< US dollars per month
    Gpus,
    Quality, ///< score of `qualityOf`; more is better
};
inline constexpr std::array allTradeoffAxes { TradeoffAxis::E2e,    TradeoffAxis::Ttft,
                                              TradeoffAxis::Itl,    TradeoffAxis::ThroughputPerGpu,
                                              TradeoffAxis::Cost,   TradeoffAxis::Gpus,
                                              TradeoffAxis::Quality };
[[nodiscard]] std::string_view toString(TradeoffAxis axis); ///< "e2e", "throughput_per_gpu" …
[[nodiscard]] std::optional<TradeoffAxis> parseTradeoffAxis(std::string_view text);
[[nodiscard]] bool moreIsBetter(TradeoffAxis axis);

/** A figure with its 90 % interval: the figure itself thrice where it is exact, nothing known about it if not `stated`. */
struct Extent
{
    double low = 0;
    double value = 0;
    double high = 0;
    bool stated = true; ///< false: there is an interval, but nobody knows it

    bool operator==(const Extent&) const = default;
};

/**
 * The figure of an option on an axis; nothing where there is none (quality of an unmeasured model). Cost and GPUs are
 * exact, as far as the option is what will be run. Throughput is as uncertain as the ITL that bounds it.
 */
[[nodiscard]] std::optional<Extent> extentOf(const SearchReport& report, std::size_t option,
                                             TradeoffAxis axis);

struct TradeoffPoint
{
    enum class Place {
        Front, ///< by the figures themselves no other option is better on one axis and not worse on the other
        WithinUncertainty, ///< some option is, but not beyond the intervals of both
        Dominated, ///< some option is better on one axis and not worse on the other even at the unfavourable ends
        Unknown, ///< has no figure on an axis
    };
    Extent x;
    Extent y;
    Place place = Place::Unknown;
};
[[nodiscard]] std::string_view
toString(TradeoffPoint::Place place); ///< "front", "within_uncertainty" …

/**
 * Where each option of the report stands in the trade-off of two axes, same order as the options. Intervals are taken to
 * be independent: options of the same model and GPU err alike, so that fewer of them are named dominated than could be.
 * O(n log n).
 */
[[nodiscard]] std::vector<TradeoffPoint> tradeoff(const SearchReport& report, TradeoffAxis x,
                                                  TradeoffAxis y);

} // namespace llmd
