// SPDX-License-Identifier: Apache-2.0
#include "tradeoff.h"

#include "quality.h"
#include "ranking.h"

#include <core/search/operatingpoint.h>

#include <algorithm>
#include <limits>
#include <utility>

namespace llmd {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double defaultPercentile = 95;

constexpr std::array<std::pair<TradeoffAxis, std::string_view>, allTradeoffAxes.size()> names { {
    { TradeoffAxis::E2e, "e2e" },
    { TradeoffAxis::Ttft, "ttft" },
    { TradeoffAxis::Itl, "itl" },
    { TradeoffAxis::ThroughputPerGpu, "throughput_per_gpu" },
    { TradeoffAxis::Cost, "cost" },
    { TradeoffAxis::Gpus, "gpus" },
    { TradeoffAxis::Quality, "quality" },
} };

Extent exact(double value)
{
    return { value, value, value, true };
}

Extent latencyExtent(const SearchReport& report, const Estimate& estimate, LatencyMetric metric)
{
    const LatencyEstimate& latency = latencyOf(estimate, metric);
    const auto& target = targetOf(report.need.slo, metric);
    const double percentile = target ? target->percentile : defaultPercentile;
    const IntervalFactors& factors = percentile > 0 ? latency.tailInterval : latency.meanInterval;
    const double value = inMilliseconds(latency.at(percentile));
    return { value * factors.low, value, value * factors.high,
             factors.stated && !estimate.nearSaturation };
}

Extent throughputExtent(const SearchReport& report, const Option& option)
{
    const Topology& topology = option.candidate.topology;
    const double gpus = topology.gpus() / std::max(1, topology.independentParts());
    const double value =
        option.capacityPerReplica.value() * report.need.peakLoad.output.mean / gpus;
    const IntervalFactors& factors = option.atPeak.itl.tailInterval;
    return { value / factors.high, value, value / factors.low,
             factors.stated && !option.atPeak.nearSaturation };
}

/** A box in which less is better on both sides. */
struct Box
{
    double xLow = 0;
    double x = 0;
    double xHigh = 0;
    double yLow = 0;
    double y = 0;
    double yHigh = 0;
};

Extent lessIsBetter(Extent extent, TradeoffAxis axis)
{
    if (!extent.stated) {
        extent.low = -infinity;
        extent.high = infinity;
    }
    if (moreIsBetter(axis))
        return { -extent.high, -extent.value, -extent.low, extent.stated };
    return extent;
}

/** Answers whether any of many points is at or left of x and at or below y, strictly on at least one axis. */
class Staircase
{
public:
    explicit Staircase(std::vector<std::pair<double, double>> points)
        : m_points(std::move(points))
    {
        std::sort(m_points.begin(), m_points.end());
        double lowest = infinity;
        for (const auto& point : m_points)
            m_lowest.push_back(lowest = std::min(lowest, point.second));
    }

    [[nodiscard]] bool beats(double x, double y) const
    {
        const auto at = std::upper_bound(m_points.begin(), m_points.end(), std::pair(x, infinity));
        const auto before =
            std::lower_bound(m_points.begin(), m_points.end(), std::pair(x, -infinity));
        const double withEqual = lowestBefore(at);
        const double strictly = lowestBefore(before);
        return withEqual < y || strictly <= y;
    }

private:
    [[nodiscard]] double
    lowestBefore(std::vector<std::pair<double, double>>::const_iterator end) const
    {
        return end == m_points.begin()
            ? infinity
            : m_lowest[static_cast<std::size_t>(end - m_points.begin()) - 1];
    }

    std::vector<std::pair<double, double>> m_points;
    std::vector<double> m_lowest;
};

} // namespace

std::string_view toString(TradeoffAxis axis)
{
    return names[static_cast<std::size_t>(axis)].second;
}

std::optional<TradeoffAxis> parseTradeoffAxis(std::string_view text)
{
    const auto found = std::find_if(names.begin(), names.end(),
                                    [text](const auto& each) { return each.second == text; });
    return found == names.end() ? std::nullopt : std::optional(found->first);
}

bool moreIsBetter(TradeoffAxis axis)
{
    return axis == TradeoffAxis::ThroughputPerGpu || axis == TradeoffAxis::Quality;
}

std::string_view toString(TradeoffPoint::Place place)
{
    switch (place) {
    case TradeoffPoint::Place::Front:
        return "front";
    case TradeoffPoint::Place::WithinUncertainty:
        return "within_uncertainty";
    case TradeoffPoint::Place::Dominated:
        return "dominated";
    case TradeoffPoint::Place::Unknown:
        break;
    }
    return "unknown";
}

std::optional<Extent> extentOf(const SearchReport& report, std::size_t index, TradeoffAxis axis)
{
    const Option& option = report.options[index];
    switch (axis) {
    case TradeoffAxis::E2e:
        return latencyExtent(report, option.atPeak, LatencyMetric::E2e);
    case TradeoffAxis::Ttft:
        return latencyExtent(report, option.atPeak, LatencyMetric::Ttft);
    case TradeoffAxis::Itl:
        return latencyExtent(report, option.atPeak, LatencyMetric::Itl);
    case TradeoffAxis::ThroughputPerGpu:
        return throughputExtent(report, option);
    case TradeoffAxis::Cost:
        return exact(inDollarsPerMonth(option.cost));
    case TradeoffAxis::Gpus:
        return exact(option.totalGpus);
    case TradeoffAxis::Quality:
        break;
    }
    const auto quality = qualityOf(*option.candidate.model, report.useCase, *report.catalog);
    return quality ? std::optional(exact(quality->score)) : std::nullopt;
}

std::vector<TradeoffPoint> tradeoff(const SearchReport& report, TradeoffAxis x, TradeoffAxis y)
{
    std::vector<TradeoffPoint> points(report.options.size());
    std::vector<std::optional<Box>> boxes(points.size());
    std::vector<std::pair<double, double>> values;
    std::vector<std::pair<double, double>> worst;
    // The quality of a model is worked out once, not for every one of its options.
    std::map<const Model*, std::optional<Extent>> qualities;
    const auto extent = [&](std::size_t i, TradeoffAxis axis) {
        if (axis != TradeoffAxis::Quality)
            return extentOf(report, i, axis);
        const auto [place, isNew] = qualities.try_emplace(report.options[i].candidate.model);
        if (isNew)
            place->second = extentOf(report, i, axis);
        return place->second;
    };
    for (std::size_t i = 0; i < points.size(); ++i) {
        const auto onX = extent(i, x);
        const auto onY = extent(i, y);
        if (!onX || !onY)
            continue;
        points[i].x = *onX;
        points[i].y = *onY;
        const Extent a = lessIsBetter(*onX, x);
        const Extent b = lessIsBetter(*onY, y);
        boxes[i] = Box { a.low, a.value, a.high, b.low, b.value, b.high };
        values.emplace_back(a.value, b.value);
        worst.emplace_back(a.high, b.high);
    }
    const Staircase byValue(std::move(values));
    const Staircase byWorst(std::move(worst));
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (!boxes[i])
            continue;
        const Box& box = *boxes[i];
        // A box never beats itself: its worst is not below its best.
        points[i].place = byWorst.beats(box.xLow, box.yLow) ? TradeoffPoint::Place::Dominated
            : byValue.beats(box.x, box.y) ? TradeoffPoint::Place::WithinUncertainty
                                          : TradeoffPoint::Place::Front;
    }
    return points;
}

} // namespace llmd
