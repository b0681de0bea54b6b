// SPDX-License-Identifier: Apache-2.0
#include "explanationjson.h"

#include <nlohmann/json.hpp>

#include <cmath>

namespace llmd {

namespace {

using Json = nlohmann::ordered_json;

Json number(double value)
{
    return std::isfinite(value) ? Json(value) : Json();
}

Json extentJson(const Extent& extent)
{
    return Json { { "value", number(extent.value) },
                  { "lo", extent.stated ? number(extent.low) : Json() },
                  { "hi", extent.stated ? number(extent.high) : Json() } };
}

} // namespace

Json toJson(const OptionExplanation& explanation, const SearchReport& report)
{
    const LoadLimit& limit = explanation.limit;
    Json better = Json::array();
    for (const BetterOption& each : explanation.better) {
        better.push_back({ { "axis", toString(each.axis) },
                           { "id", report.options[each.option].id },
                           { "more_per_month_usd", each.morePerMonth },
                           { "text", each.text } });
    }
    return Json {
        { "limit",
          Json { { "kind", toString(limit.kind) },
                 { "text", limit.text },
                 { "capacity_per_replica_rps", limit.capacity.value() },
                 { "ttft_over_target", number(limit.ratios.of(LatencyMetric::Ttft)) },
                 { "itl_over_target", number(limit.ratios.of(LatencyMetric::Itl)) },
                 { "e2e_over_target", number(limit.ratios.of(LatencyMetric::E2e)) },
                 { "batch_utilization", limit.seats },
                 { "kv_utilization", limit.pool } } },
        { "better", std::move(better) },
        { "unbeaten", explanation.unbeaten },
    };
}

Json toJson(const std::vector<TradeoffPoint>& points, const SearchReport& report)
{
    Json options = Json::array();
    for (std::size_t i = 0; i < points.size(); ++i) {
        const bool known = points[i].place != TradeoffPoint::Place::Unknown;
        options.push_back({ { "id", report.options[i].id },
                            { "place", toString(points[i].place) },
                            { "x", known ? extentJson(points[i].x) : Json() },
                            { "y", known ? extentJson(points[i].y) : Json() } });
    }
    return Json { { "options", std::move(options) } };
}

} // namespace llmd
