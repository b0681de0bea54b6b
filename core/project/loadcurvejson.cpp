// SPDX-License-Identifier: Apache-2.0
#include "loadcurvejson.h"

#include "project.h"

#include <nlohmann/json.hpp>

namespace llmd {

namespace {

using Json = nlohmann::ordered_json;

template <class Quantity> Json optional(const std::optional<Quantity>& value, double factor = 1)
{
    return value ? Json(value->value() * factor) : Json();
}

Json fleetJson(const FleetSizing& fleet)
{
    const auto perHour = [](const std::optional<DollarsPerSecond>& cost) {
        return cost ? Json(inDollarsPerHour(*cost)) : Json();
    };
    return Json {
        { "peak_rps", fleet.peak.value() },
        { "replicas", fleet.replicas },
        { "gpus", fleet.gpus },
        { "nodes", fleet.nodes },
        { "gpus_per_node", fleet.gpusPerNode },
        { "idle_gpus", fleet.idleGpus },
        { "headroom_wanted", fleet.headroomWanted },
        { "headroom_left", fleet.headroomLeft },
        { "power_w", fleet.power.value() },
        { "cost_per_hour_usd", perHour(fleet.cost) },
        { "whole_nodes_cost_per_hour_usd", perHour(fleet.nodeCost) },
        { "replica_at_peak", toJson(fleet.atPeak) },
        { "estimate", toJson(fleet.estimate) },
    };
}

const char* nameOf(LatencyMetric metric)
{
    switch (metric) {
    case LatencyMetric::Ttft:
        return "ttft";
    case LatencyMetric::Itl:
        return "itl";
    case LatencyMetric::E2e:
        break;
    }
    return "e2e";
}

} // namespace

Json toJson(const LoadPoint& point)
{
    Json json {
        { "rate_rps", point.rate.value() },
        { "utilization", point.utilization },
        { "attainment",
          Json { { "share", point.attainment.share },
                 { "lo", point.attainment.low },
                 { "hi", point.attainment.high } } },
        { "goodput_rps", point.goodput.value() },
        { "meets_targets", point.meetsTargets },
        { "power_w", point.power.value() },
        { "joules_per_output_token", optional(point.energyPerOutputToken) },
        { "usd_per_million_output_tokens", optional(point.costPerOutputToken, 1e6) },
        { "usd_per_million_tokens", optional(point.costPerToken, 1e6) },
    };
    json.update(toJson(point.estimate));
    return json;
}

Json toJson(const LoadCurve& curve)
{
    Json points = Json::array();
    for (const LoadPoint& point : curve.points)
        points.push_back(toJson(point));
    return Json {
        { "points", std::move(points) },
        { "saturation_rps", curve.saturation.value() },
        { "knee", toJson(curve.knee) },
        { "knee_definition", kneeDefinition() },
        { "within_targets", curve.withinTargets ? toJson(*curve.withinTargets) : Json() },
        { "binding", curve.binding ? Json(nameOf(*curve.binding)) : Json() },
        { "fleet", curve.fleet ? fleetJson(*curve.fleet) : Json() },
        { "power_model", powerModelSource() },
    };
}

} // namespace llmd
