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
constexpr const char* tokensMetric = "llm_d_epp_inflight_tokens";
constexpr const char* cacheMetric = "vllm:kv_cache_usage_perc";
constexpr const char* variantMetric = "wva_desired_replicas";
constexpr int longestPeriod = 1800; ///< that Kubernetes accepts
/** WVA's default cost of a variant; only the ratio between variants counts. */
constexpr double variantCostPerGpu = 10;

/** A figure that grows with the load, and how much of it one replica carries. */
struct Signal
{
    std::string name; ///< of the trigger
    std::string metric;
    Labels labels; ///< that pick the series
    double share = 1; ///< one replica's amount is `threshold` x `share` of the metric
    double threshold = 1;
    std::string why;
};

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

YamlValue scaleTarget(const Server& server)
{
    return YamlValue::map({ { "apiVersion", server.workloadVersion() },
                            { "kind", server.workloadKind() },
                            { "name", server.name } });
}

Signal runningSignal(const Export& context, const Server& server)
{
    return { "epp-running",
             runningMetric,
             { { "service", context.picker } },
             1,
             std::max(1.0, std::floor(server.plan.autoscaling.targetRunningPerReplica)),
             "sequences per replica at the planned operating point" };
}

/** Prompts that wait, as seconds of one server's work. */
Signal backlogSignal(const Server& server)
{
    const auto& scaling = server.plan.autoscaling;
    return { "prefill-backlog",
             tokensMetric,
             { { "endpoint_name", server.name + "-.*" } },
             std::max(1.0, std::floor(scaling.promptRate.value())),
             std::max(0.05, std::round(scaling.promptBacklog.value() * 100) / 100),
             "seconds of work per server that the target for the first token leaves room for" };
}

std::vector<Signal> signalsOf(const Export& context, const Server& server)
{
    const Signal queue { "epp-queue", queueMetric, { { "inference_pool", context.pool } },
                         1,           1,           "requests waiting in the endpoint picker" };
    switch (server.plan.role) {
    case ServerRole::Prefill:
        return { backlogSignal(server) };
    case ServerRole::Decode:
        return { queue,
                 { "kv-cache",
                   cacheMetric,
                   { { "pod", server.name + "-.*" } },
                   1,
                   0.8,
                   "share of its KV cache that a server may use" } };
    case ServerRole::Both:
        break;
    }
    return { queue, runningSignal(context, server) };
}

/** A sum, because the target is an average per replica: an averaged query would never ask for more than two. The zero
 * keeps the scaler alive while a series does not exist yet. */
std::string query(const Export& context, const Signal& signal)
{
    std::string filter = fmt::format(R"(namespace="{}")", context.plan.nameSpace);
    for (const auto& [key, value] : signal.labels)
        filter += fmt::format(R"(,{}{}"{}")", key, value.ends_with(".*") ? "=~" : "=", value);
    auto sum = fmt::format("sum({}{{{}}})", signal.metric, filter);
    if (signal.share != 1)
        sum = fmt::format("({} / {})", sum, printNumber(signal.share));
    return sum + " or vector(0)";
}

YamlValue trigger(const Export& context, const Signal& signal)
{
    YamlValue metadata = YamlValue::map({ { "serverAddress", context.options.prometheusUrl } });
    metadata.set("query", query(context, signal));
    metadata.set("threshold", printNumber(signal.threshold), signal.why);
    return YamlValue::map({ { "type", "prometheus" },
                            { "name", signal.name },
                            { "metricType", "AverageValue" },
                            { "metadata", std::move(metadata) } });
}

/** Series of one group of pods, which the adapter has to add up under a name of their own. */
bool isOfPods(const Signal& signal)
{
    return signal.labels.front().second.ends_with(".*");
}

/** prometheus-adapter serves names without colons. */
std::string adapterName(const Signal& signal, const Server& server)
{
    auto name = signal.metric;
    if (isOfPods(signal))
        name += "_" + server.name;
    std::ranges::replace_if(
        name, [](char c) { return c == ':' || c == '-'; }, '_');
    return name;
}

YamlValue externalMetric(const Signal& signal, const Server& server)
{
    YamlValue identifier = YamlValue::map({ { "name", adapterName(signal, server) } });
    if (!isOfPods(signal))
        identifier.set("selector", matchLabels(signal.labels));
    YamlValue target = YamlValue::map({ { "type", "AverageValue" } });
    const double value = signal.threshold * signal.share;
    const auto text = value == std::floor(value) ? printNumber(value)
                                                 : fmt::format("{:.0f}m", std::round(value * 1000));
    target.set("averageValue", text, signal.why);
    YamlValue external =
        YamlValue::map({ { "metric", std::move(identifier) }, { "target", std::move(target) } });
    return YamlValue::map({ { "type", "External" }, { "external", std::move(external) } });
}

void setLimits(const AutoscalingPlan& scaling, YamlValue& spec, const char* minKey,
               const char* maxKey)
{
    spec.set(minKey, scaling.minReplicas, scaling.minReplicasWhy);
    spec.set(maxKey, scaling.maxReplicas, scaling.maxReplicasWhy);
}

YamlValue scaledObject(const Export& context, const Server& server,
                       const std::vector<Signal>& signals)
{
    YamlValue triggers;
    for (const auto& signal : signals)
        triggers.append(trigger(context, signal));
    YamlValue spec = YamlValue::map({ { "scaleTargetRef", scaleTarget(server) } });
    setLimits(server.plan.autoscaling, spec, "minReplicaCount", "maxReplicaCount");
    spec.set("pollingInterval", 15);
    spec.set("cooldownPeriod", wholeSeconds(server.plan.autoscaling.scaleDownPeriod));
    YamlValue advanced = YamlValue::map({ { "behavior", scalingBehavior(server.plan) } });
    spec.set("advanced",
             YamlValue::map({ { "horizontalPodAutoscalerConfig", std::move(advanced) } }));
    spec.set("triggers", std::move(triggers));
    auto result = object(context, "keda.sh/v1alpha1", "ScaledObject", server.name, component);
    result.set("spec", std::move(spec));
    return result;
}

YamlValue horizontalPodAutoscaler(const Export& context, const Server& server)
{
    YamlValue metrics;
    for (const auto& signal : signalsOf(context, server))
        metrics.append(externalMetric(signal, server));
    YamlValue spec = YamlValue::map({ { "scaleTargetRef", scaleTarget(server) } });
    setLimits(server.plan.autoscaling, spec, "minReplicas", "maxReplicas");
    spec.set("metrics", std::move(metrics));
    spec.set("behavior", scalingBehavior(server.plan));
    auto result =
        object(context, "autoscaling/v2", "HorizontalPodAutoscaler", server.name, component);
    result.set("spec", std::move(spec));
    return result;
}

/** The form of WVA 0.5; its controller computes the number, KEDA applies it. */
YamlValue variantAutoscaling(const Export& context, const Server& server)
{
    auto result = object(context, "llmd.ai/v1alpha1", "VariantAutoscaling", server.name, component);
    YamlValue spec = YamlValue::map({ { "scaleTargetRef", scaleTarget(server) } });
    spec.set("modelID", context.plan.model->id);
    spec.set("variantCost",
             fmt::format("{:.1f}", variantCostPerGpu * server.plan.pool.parallelism.gpus()),
             "10 per GPU: only its ratio to other variants of the model counts");
    result.set("spec", std::move(spec));
    return result;
}

Signal variantSignal(const Export& context, const Server& server)
{
    return { "wva",
             variantMetric,
             { { "exported_namespace", context.plan.nameSpace }, { "variant_name", server.name } },
             1,
             1,
             "the controller's number of replicas" };
}

} // namespace

YamlValue scalingBehavior(const ServerPlan& server)
{
    const auto& scaling = server.autoscaling;
    const double cold = scaling.coldStart.value();
    const int period = scaling.scaleUpPeriod
        ? std::clamp(wholeSeconds(*scaling.scaleUpPeriod), 1, longestPeriod)
        : std::clamp(static_cast<int>(std::ceil(cold / 30)) * 30, 60, longestPeriod);
    YamlValue up = YamlValue::map({ { "stabilizationWindowSeconds", 0 } });
    up.set("policies", scalingPolicy(period));
    up.setHeadComment(scaling.scaleUpPeriod ? "One pod per cool-down, as the plan states it."
                                            : "One pod per cold start: a pod that is still loading "
                                              "does not relieve the queue yet.");
    const int window = std::clamp(wholeSeconds(scaling.scaleDownPeriod), 0, longestPeriod);
    YamlValue down = YamlValue::map({ { "stabilizationWindowSeconds", window } });
    down.set("policies", scalingPolicy(std::max(window, 1)));
    return YamlValue::map({ { "scaleUp", std::move(up) }, { "scaleDown", std::move(down) } });
}

std::vector<YamlValue> autoscalingObjects(const Export& context)
{
    std::vector<YamlValue> objects;
    for (const auto& server : context.servers) {
        switch (context.options.autoscaler) {
        case Autoscaler::Keda:
            objects.push_back(scaledObject(context, server, signalsOf(context, server)));
            break;
        case Autoscaler::Hpa:
            objects.push_back(horizontalPodAutoscaler(context, server));
            break;
        case Autoscaler::Wva:
            objects.push_back(variantAutoscaling(context, server));
            objects.push_back(scaledObject(context, server, { variantSignal(context, server) }));
            break;
        case Autoscaler::None:
            break;
        }
    }
    return objects;
}

YamlValue prometheusAdapterValues(const Export& context)
{
    YamlValue rules;
    std::vector<std::string> written;
    for (const auto& server : context.servers) {
        for (const auto& signal : signalsOf(context, server)) {
            const auto name = adapterName(signal, server);
            if (std::ranges::find(written, name) != written.end())
                continue;
            written.push_back(name);
            const auto& [key, value] = signal.labels.front();
            const auto pods =
                isOfPods(signal) ? fmt::format(R"(,{}=~"{}")", key, value) : std::string();
            YamlValue resource = YamlValue::map({ { "resource", "namespace" } });
            YamlValue overrides = YamlValue::map({ { "namespace", std::move(resource) } });
            YamlValue rule = YamlValue::map(
                { { "seriesQuery",
                    fmt::format(R"({}{{namespace!=""{}}})", signal.metric, pods) } });
            rule.set("resources", YamlValue::map({ { "overrides", std::move(overrides) } }));
            rule.set("name", YamlValue::map({ { "matches", "^(.*)$" }, { "as", name } }));
            rule.set("metricsQuery", fmt::format("sum(<<.Series>>{{<<.LabelMatchers>>{}}})", pods));
            rules.append(std::move(rule));
        }
    }
    return YamlValue::map({ { "rules", YamlValue::map({ { "external", std::move(rules) } }) } });
}

} // namespace llmd::kubernetes
