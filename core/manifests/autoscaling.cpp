// SPDX-License-Identifier: Apache-2.0
#include "kubernetesobjects.h"

#include <core/base/text.h>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace llmd::kubernetes {

namespace {

constexpr const char* component = "autoscaler";
constexpr const char* queueMetric = "llm_d_epp_flow_control_queue_size";
constexpr const char* runningMetric = "llm_d_epp_request_running";
constexpr const char* queueThreshold = "1";
constexpr int longestPeriod = 1800; ///< that Kubernetes accepts

int wholeSeconds(Seconds value)
{
    return static_cast<int>(std::ceil(value.value()));
}

YamlValue scalingPolicy(int period)
{
    YamlValue policies;
    policies.append(
        YamlValue::map({ { "type", "Pods" }, { "value", 1 }, { "periodSeconds", period } }));
    return policies;
}

YamlValue behavior(const Export& context)
{
    const auto& scaling = context.plan.autoscaling;
    const double cold = scaling.coldStart.value();
    const int period = scaling.scaleUpPeriod
        ? std::clamp(wholeSeconds(*scaling.scaleUpPeriod), 1, longestPeriod)
        : std::clamp(static_cast<int>(std::ceil(cold / 30)) * 30, 60, longestPeriod);
    YamlValue up = YamlValue::map({ { "stabilizationWindowSeconds", 0 } });
    up.set("policies", scalingPolicy(period));
    up.setHeadComment(
        scaling.scaleUpPeriod
            ? "One pod per cool-down, as the plan states it."
            : "One pod per cold start: a pod that is still loading does not relieve the queue yet.");
    const int window = std::clamp(wholeSeconds(scaling.scaleDownPeriod), 0, longestPeriod);
    YamlValue down = YamlValue::map({ { "stabilizationWindowSeconds", window } });
    down.set("policies", scalingPolicy(std::max(window, 1)));
    return YamlValue::map({ { "scaleUp", std::move(up) }, { "scaleDown", std::move(down) } });
}

YamlValue scaleTarget(const Export& context)
{
    return YamlValue::map(
        { { "apiVersion", "apps/v1" }, { "kind", "Deployment" }, { "name", context.server } });
}

std::string runningThreshold(const Export& context)
{
    return printNumber(std::max(1.0, std::floor(context.plan.autoscaling.targetRunningPerReplica)));
}

YamlValue trigger(const Export& context, const char* name, const std::string& query,
                  const std::string& threshold, const std::string& why)
{
    YamlValue metadata = YamlValue::map({ { "serverAddress", context.options.prometheusUrl } });
    metadata.set("query", query);
    metadata.set("threshold", threshold, why);
    return YamlValue::map({ { "type", "prometheus" },
                            { "name", name },
                            { "metricType", "AverageValue" },
                            { "metadata", std::move(metadata) } });
}

YamlValue metric(const char* name, const char* labelKey, const std::string& labelText,
                 const std::string& value, const std::string& why)
{
    YamlValue identifier = YamlValue::map({ { "name", name } });
    identifier.set("selector", matchLabels({ { labelKey, labelText } }));
    YamlValue target = YamlValue::map({ { "type", "AverageValue" } });
    target.set("averageValue", value, why);
    YamlValue external =
        YamlValue::map({ { "metric", std::move(identifier) }, { "target", std::move(target) } });
    return YamlValue::map({ { "type", "External" }, { "external", std::move(external) } });
}

void setLimits(const Export& context, YamlValue& spec, const char* minKey, const char* maxKey)
{
    const auto& scaling = context.plan.autoscaling;
    spec.set(minKey, scaling.minReplicas, scaling.minReplicasWhy);
    spec.set(maxKey, scaling.maxReplicas, scaling.maxReplicasWhy);
}

const char* runningWhy()
{
    return "sequences per replica at the planned operating point";
}

} // namespace

YamlValue scaledObject(const Export& context)
{
    const auto& plan = context.plan;
    // Sums, because the target is an average per replica: an averaged query would never ask for
    // more than two. The zero keeps the scaler alive while a series does not exist yet.
    const auto queue = fmt::format(R"(sum({}{{namespace="{}",inference_pool="{}"}}) or vector(0))",
                                   queueMetric, plan.nameSpace, context.pool);
    const auto running = fmt::format(R"(sum({}{{namespace="{}",service="{}"}}) or vector(0))",
                                     runningMetric, plan.nameSpace, context.picker);
    YamlValue triggers;
    triggers.append(trigger(context, "epp-queue", queue, queueThreshold,
                            "requests waiting in the endpoint picker"));
    triggers.append(
        trigger(context, "epp-running", running, runningThreshold(context), runningWhy()));
    YamlValue spec = YamlValue::map({ { "scaleTargetRef", scaleTarget(context) } });
    setLimits(context, spec, "minReplicaCount", "maxReplicaCount");
    spec.set("pollingInterval", 15);
    spec.set("cooldownPeriod", wholeSeconds(plan.autoscaling.scaleDownPeriod));
    YamlValue advanced = YamlValue::map({ { "behavior", behavior(context) } });
    spec.set("advanced",
             YamlValue::map({ { "horizontalPodAutoscalerConfig", std::move(advanced) } }));
    spec.set("triggers", std::move(triggers));
    auto result = object(context, "keda.sh/v1alpha1", "ScaledObject", context.server, component);
    result.set("spec", std::move(spec));
    return result;
}

YamlValue horizontalPodAutoscaler(const Export& context)
{
    YamlValue metrics;
    metrics.append(metric(queueMetric, "inference_pool", context.pool, queueThreshold,
                          "requests waiting in the endpoint picker"));
    metrics.append(
        metric(runningMetric, "service", context.picker, runningThreshold(context), runningWhy()));
    YamlValue spec = YamlValue::map({ { "scaleTargetRef", scaleTarget(context) } });
    setLimits(context, spec, "minReplicas", "maxReplicas");
    spec.set("metrics", std::move(metrics));
    spec.set("behavior", behavior(context));
    auto result =
        object(context, "autoscaling/v2", "HorizontalPodAutoscaler", context.server, component);
    result.set("spec", std::move(spec));
    return result;
}

YamlValue prometheusAdapterValues()
{
    YamlValue rules;
    for (const std::string name : { queueMetric, runningMetric }) {
        YamlValue resource = YamlValue::map({ { "resource", "namespace" } });
        YamlValue overrides = YamlValue::map({ { "namespace", std::move(resource) } });
        YamlValue rule = YamlValue::map({ { "seriesQuery", name + R"({namespace!=""})" } });
        rule.set("resources", YamlValue::map({ { "overrides", std::move(overrides) } }));
        rule.set("name", YamlValue::map({ { "matches", "^(.*)$" }, { "as", name } }));
        rule.set("metricsQuery", "sum(<<.Series>>{<<.LabelMatchers>>})");
        rules.append(std::move(rule));
    }
    return YamlValue::map({ { "rules", YamlValue::map({ { "external", std::move(rules) } }) } });
}

} // namespace llmd::kubernetes
