// SPDX-License-Identifier: Apache-2.0
#include "simulationjson.h"

#include <nlohmann/json.hpp>

namespace llmd {

namespace {

using Json = nlohmann::ordered_json;

Json latencyJson(const LatencySummary& value)
{
    return Json { { "n", value.count },
                  { "mean", inMilliseconds(value.mean) },
                  { "min", inMilliseconds(value.minimum) },
                  { "p50", inMilliseconds(value.p50) },
                  { "p90", inMilliseconds(value.p90) },
                  { "p95", inMilliseconds(value.p95) },
                  { "p99", inMilliseconds(value.p99) },
                  { "p99_9", inMilliseconds(value.p999) },
                  { "max", inMilliseconds(value.maximum) } };
}

Json journeyJson(const JourneyReport& journey)
{
    return Json { { "requests", journey.requests },
                  { "front_end", inMilliseconds(journey.frontEnd) },
                  { "prefill_queue", inMilliseconds(journey.prefillQueue) },
                  { "prefill", inMilliseconds(journey.prefill) },
                  { "transfer", inMilliseconds(journey.transfer) },
                  { "first_decode", inMilliseconds(journey.firstDecode) },
                  { "transfer_wire", inMilliseconds(journey.wire) },
                  { "transfer_hidden", inMilliseconds(journey.hidden) } };
}

Json replicasJson(const std::vector<ReplicaReport>& reports)
{
    Json replicas = Json::array();
    for (const auto& replica : reports) {
        replicas.push_back({ { "requests", replica.requests },
                             { "preemptions", replica.preemptions },
                             { "busy", replica.busy },
                             { "running", replica.running },
                             { "waiting", replica.waiting },
                             { "kv_utilization", replica.kvUtilization },
                             { "prefix_hit_rate", replica.prefixHitRate } });
    }
    return replicas;
}

Json stageJson(const StageReport& stage)
{
    Json json {
        { "start_s", stage.start.value() },
        { "end_s", stage.end.value() },
        { "arrived", stage.arrived },
        { "completed", stage.completed },
        { "timed_out", stage.timedOut },
        { "refused", stage.refused },
        { "saturated", stage.saturated },
        { "ttft_ms", latencyJson(stage.ttft) },
        { "itl_ms", latencyJson(stage.itl) },
        { "e2e_ms", latencyJson(stage.e2e) },
        { "queueing_ms", inMilliseconds(stage.queueing) },
        { "prefill_ms", inMilliseconds(stage.prefill) },
        { "offered_rps", stage.offeredRate.value() },
        { "request_rate_rps", stage.requestRate.value() },
        { "output_tokens_per_s", stage.outputThroughput.value() },
        { "total_tokens_per_s", stage.totalThroughput.value() },
        { "goodput_rps", stage.goodput.value() },
        { "attainment",
          Json { { "all", stage.attainment },
                 { "ttft", stage.ttftAttainment },
                 { "itl", stage.itlAttainment },
                 { "e2e", stage.e2eAttainment } } },
        { "prefix_hit_rate", stage.prefixHitRate },
        { "tier_hit_rate", stage.tierHitRate },
        { "tier_load_ms", inMilliseconds(stage.tierLoad) },
        { "running_per_replica", stage.running },
        { "waiting_per_replica", stage.waiting },
        { "kv_utilization", stage.kvUtilization },
        { "prefill_share", stage.prefillShare },
    };
    if (stage.journey.requests > 0)
        json["travelling_ttft_ms"] = journeyJson(stage.journey);
    return json;
}

} // namespace

Json toJson(const SimulationReport& report)
{
    Json stages = Json::array();
    for (const auto& stage : report.stages)
        stages.push_back(stageJson(stage));
    Json usage = Json::array();
    for (const auto& sample : report.usage) {
        usage.push_back({ { "start_s", sample.start.value() },
                          { "running", sample.running },
                          { "waiting", sample.waiting },
                          { "kv_utilization", sample.kvUtilization },
                          { "completed_rps", sample.completed.value() },
                          { "output_tokens_per_s", sample.output.value() } });
    }
    Json json {
        { "total", stageJson(report.total) },
        { "stages", stages },
        { "counts",
          Json { { "arrived", report.arrived },
                 { "completed", report.completed },
                 { "timed_out", report.timedOut },
                 { "refused", report.refused },
                 { "outputs_capped", report.capped },
                 { "preemptions", report.preemptions },
                 { "prompt_tokens", report.promptTokens },
                 { "output_tokens", report.outputTokens },
                 { "prefill_tokens", report.prefillTokens },
                 { "hit_tokens", report.hitTokens } } },
        { "replicas", replicasJson(report.replicas) },
        { "imbalance", report.imbalance },
        { "relative_error_of_mean_e2e", report.relativeError },
        { "usage", usage },
        { "steps", report.steps },
        { "events", report.events },
        { "most_in_flight", report.mostInFlight },
        { "simulated_s", report.simulated.value() },
        { "wall_s", report.wall.value() },
    };
    if (const auto& split = report.disaggregation) {
        json["disaggregation"] = Json { { "prefill_servers", replicasJson(split->prefill) },
                                        { "travelled", split->travelled },
                                        { "handed_over", split->handedOver },
                                        { "fetched", split->fetched },
                                        { "released", split->released },
                                        { "link_utilization", split->linkUtilization } };
    }
    return json;
}

} // namespace llmd
