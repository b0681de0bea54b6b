// SPDX-License-Identifier: Apache-2.0
#include "kubernetesobjects.h"

#include <core/plan/names.h>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace llmd::kubernetes {

namespace {

constexpr const char* component = "endpoint-picker";
constexpr const char* poolGroup = "inference.networking.k8s.io";
constexpr const char* rbacVersion = "rbac.authorization.k8s.io/v1";

YamlValue strings(std::initializer_list<const char*> texts)
{
    YamlValue list;
    for (const char* text : texts)
        list.append(text);
    return list;
}

YamlValue weightValue(double weight)
{
    if (weight == std::floor(weight) && std::abs(weight) < 1e6)
        return static_cast<int>(weight);
    return weight;
}

bool usesPrefixes(const DeploymentPlan& plan)
{
    return std::ranges::any_of(plan.scorers, [](const RouterScorer& scorer) {
        return scorer.type == "prefix-cache-scorer";
    });
}

YamlValue plugins(const Export& context)
{
    YamlValue list;
    if (usesPrefixes(context.plan)) {
        YamlValue parameters = YamlValue::map({ { "autoTune", true } });
        parameters.set("maxPrefixTokensToMatch", context.plan.engine.maxModelLen,
                       "= --max-model-len");
        list.append(YamlValue::map({ { "type", "approx-prefix-cache-producer" },
                                     { "parameters", std::move(parameters) } }));
    }
    for (const auto& scorer : context.plan.scorers)
        list.append(YamlValue::map({ { "type", scorer.type } }));
    list.append(YamlValue::map({ { "type", "max-score-picker" } }));
    if (context.options.autoscaler != Autoscaler::None) {
        YamlValue parameters =
            YamlValue::map({ { "queueDepthThreshold", 5 }, { "kvCacheUtilThreshold", 0.8 } });
        list.append(YamlValue::map(
            { { "type", "utilization-detector" }, { "parameters", std::move(parameters) } }));
    }
    return list;
}

YamlValue schedulingProfiles(const DeploymentPlan& plan)
{
    YamlValue references;
    for (const auto& scorer : plan.scorers)
        references.append(YamlValue::map(
            { { "pluginRef", scorer.type }, { "weight", weightValue(scorer.weight) } }));
    references.append(YamlValue::map({ { "pluginRef", "max-score-picker" } }));
    YamlValue profiles;
    profiles.append(
        YamlValue::map({ { "name", "default" }, { "plugins", std::move(references) } }));
    return profiles;
}

/** The EndpointPickerConfig, a file format of the router: unknown keys stop it, so only known ones
 * are written. */
std::string pickerConfig(const Export& context)
{
    YamlValue config =
        YamlValue::map({ { "apiVersion", context.plan.versions->eppConfigApiVersion },
                         { "kind", "EndpointPickerConfig" } });
    const bool flowControl = context.options.autoscaler != Autoscaler::None;
    if (flowControl) {
        YamlValue gates = strings({ "flowControl" });
        gates.setHeadComment(
            "Queues requests in the picker; gives the queue metric that the autoscaler follows.");
        config.set("featureGates", std::move(gates));
    }
    config.set("plugins", plugins(context));
    if (flowControl) {
        YamlValue control = YamlValue::map({ { "defaultRequestTTL", "60s" } });
        control.set("saturationDetector",
                    YamlValue::map({ { "pluginRef", "utilization-detector" } }));
        config.set("flowControl", std::move(control));
    }
    config.set("schedulingProfiles", schedulingProfiles(context.plan));
    return emitYaml(config);
}

YamlValue configMap(const Export& context, const std::string& config)
{
    auto result = object(context, "v1", "ConfigMap", context.picker, component);
    result.set("data", YamlValue::map({ { pickerConfigFile, YamlValue::block(config) } }));
    return result;
}

YamlValue rule(YamlValue groups, YamlValue resources, YamlValue verbs)
{
    return YamlValue::map({ { "apiGroups", std::move(groups) },
                            { "resources", std::move(resources) },
                            { "verbs", std::move(verbs) } });
}

YamlValue role(const Export& context)
{
    auto result = object(context, rbacVersion, "Role", context.picker, component);
    YamlValue rules;
    rules.append(rule(strings({ "" }), strings({ "pods" }), strings({ "get", "list", "watch" })));
    rules.append(rule(strings({ poolGroup }), strings({ "inferencepools" }),
                      strings({ "get", "list", "watch" })));
    rules.append(rule(strings({ "llm-d.ai", "inference.networking.x-k8s.io" }),
                      strings({ "inferenceobjectives", "inferencemodelrewrites" }),
                      strings({ "get", "list", "watch" })));
    result.set("rules", std::move(rules));
    return result;
}

/** For the picker's own guard of /metrics: who asks, and may they. Prometheus uses the same
 * account. */
YamlValue clusterRole(const Export& context)
{
    auto result =
        object(context, rbacVersion, "ClusterRole", context.pickerGlobal, component, false);
    YamlValue rules;
    rules.append(rule(strings({ "authentication.k8s.io" }), strings({ "tokenreviews" }),
                      strings({ "create" })));
    rules.append(rule(strings({ "authorization.k8s.io" }), strings({ "subjectaccessreviews" }),
                      strings({ "create" })));
    rules.append(YamlValue::map(
        { { "nonResourceURLs", strings({ "/metrics" }) }, { "verbs", strings({ "get" }) } }));
    result.set("rules", std::move(rules));
    return result;
}

YamlValue binding(const Export& context, bool global)
{
    const auto& name = global ? context.pickerGlobal : context.picker;
    auto result = object(context, rbacVersion, global ? "ClusterRoleBinding" : "RoleBinding", name,
                         component, !global);
    YamlValue subjects;
    subjects.append(YamlValue::map({ { "kind", "ServiceAccount" },
                                     { "name", context.picker },
                                     { "namespace", context.plan.nameSpace } }));
    result.set("subjects", std::move(subjects));
    result.set("roleRef",
               YamlValue::map({ { "apiGroup", "rbac.authorization.k8s.io" },
                                { "kind", global ? "ClusterRole" : "Role" },
                                { "name", name } }));
    return result;
}

YamlValue service(const Export& context)
{
    auto result = object(context, "v1", "Service", context.picker, component);
    YamlValue ports;
    ports.append(YamlValue::map({ { "name", "grpc-ext-proc" },
                                  { "port", pickerPort },
                                  { "targetPort", "grpc" },
                                  { "protocol", "TCP" },
                                  { "appProtocol", "kubernetes.io/h2c" } }));
    ports.append(YamlValue::map({ { "name", pickerMetricsPortName },
                                  { "port", pickerMetricsPort },
                                  { "targetPort", "metrics" },
                                  { "protocol", "TCP" } }));
    YamlValue spec = YamlValue::map({ { "type", "ClusterIP" } });
    spec.set("selector", labelMap(context.pickerSelector));
    spec.set("ports", std::move(ports));
    result.set("spec", std::move(spec));
    return result;
}

YamlValue fieldVariable(const char* name, const char* path)
{
    YamlValue reference = YamlValue::map({ { "fieldPath", path } });
    return YamlValue::map(
        { { "name", name },
          { "valueFrom", YamlValue::map({ { "fieldRef", std::move(reference) } }) } });
}

YamlValue grpcProbe(int initialDelay, int period)
{
    YamlValue grpc =
        YamlValue::map({ { "port", pickerHealthPort }, { "service", "inference-extension" } });
    YamlValue probe = YamlValue::map({ { "grpc", std::move(grpc) } });
    if (initialDelay > 0)
        probe.set("initialDelaySeconds", initialDelay);
    probe.set("periodSeconds", period);
    return probe;
}

YamlValue containerPorts()
{
    YamlValue ports;
    const auto add = [&](const char* name, int number) {
        ports.append(YamlValue::map(
            { { "name", name }, { "containerPort", number }, { "protocol", "TCP" } }));
    };
    add("grpc", pickerPort);
    add("grpc-health", pickerHealthPort);
    add("metrics", pickerMetricsPort);
    return ports;
}

YamlValue container(const Export& context)
{
    YamlValue args;
    args.append("--pool-name=" + context.pool);
    args.append("--pool-namespace=" + context.plan.nameSpace);
    args.append(fmt::format("--pool-group={}", poolGroup));
    args.append(fmt::format("--config-file=/config/{}", pickerConfigFile));
    args.append(fmt::format("--grpc-health-port={}", pickerHealthPort));
    args.append("--zap-encoder=json");
    args.append("--v=2");
    args.append("--tracing=false");
    YamlValue env;
    env.append(fieldVariable("NAMESPACE", "metadata.namespace"));
    env.append(fieldVariable("POD_NAME", "metadata.name"));
    YamlValue requests = YamlValue::map();
    requests.set("cpu", std::to_string(context.plan.eppCpu), context.plan.eppCpuWhy);
    requests.set("memory", "4Gi");
    YamlValue limits = YamlValue::map({ { "memory", "8Gi" } });
    YamlValue mounts;
    mounts.append(
        YamlValue::map({ { "name", "config" }, { "mountPath", "/config" }, { "readOnly", true } }));

    YamlValue result = YamlValue::map({ { "name", "epp" } });
    result.set("image", context.plan.versions->eppImage,
               "version row " + context.plan.versions->id);
    result.set("args", std::move(args));
    result.set("env", std::move(env));
    result.set("ports", containerPorts());
    result.set("readinessProbe", grpcProbe(0, 2));
    result.set("livenessProbe", grpcProbe(5, 10));
    result.set(
        "resources",
        YamlValue::map({ { "requests", std::move(requests) }, { "limits", std::move(limits) } }));
    result.set("securityContext", YamlValue::map({ { "allowPrivilegeEscalation", false } }));
    result.set("volumeMounts", std::move(mounts));
    return result;
}

YamlValue deployment(const Export& context, const std::string& config)
{
    YamlValue spec = YamlValue::map({ { "serviceAccountName", context.picker } });
    spec.set("terminationGracePeriodSeconds", pickerGracePeriod,
             "as long as the longest of the pool's pods");
    YamlValue containers;
    containers.append(container(context));
    spec.set("containers", std::move(containers));
    YamlValue volumes;
    volumes.append(YamlValue::map(
        { { "name", "config" }, { "configMap", YamlValue::map({ { "name", context.picker } }) } }));
    spec.set("volumes", std::move(volumes));

    auto labels = labelMap(context.pickerSelector);
    labels.set("app.kubernetes.io/managed-by", generatorName);
    YamlValue annotations = YamlValue::map();
    annotations.set("llm-d-planner/config-hash", contentHash(config),
                    "the configuration is read once: a change must restart the pod");
    YamlValue metadata = YamlValue::map(
        { { "labels", std::move(labels) }, { "annotations", std::move(annotations) } });

    auto result = object(context, "apps/v1", "Deployment", context.picker, component);
    YamlValue body = YamlValue::map();
    body.set("replicas", 1,
             "one active picker: more do not raise throughput, and each has its own prefix index");
    body.set("strategy", YamlValue::map({ { "type", "Recreate" } }));
    body.set("selector", matchLabels(context.pickerSelector));
    body.set("template",
             YamlValue::map({ { "metadata", std::move(metadata) }, { "spec", std::move(spec) } }));
    result.set("spec", std::move(body));
    return result;
}

} // namespace

std::vector<YamlValue> endpointPickerObjects(const Export& context)
{
    const auto config = pickerConfig(context);
    return { object(context, "v1", "ServiceAccount", context.picker, component),
             role(context),
             binding(context, false),
             clusterRole(context),
             binding(context, true),
             configMap(context, config),
             service(context),
             deployment(context, config) };
}

YamlValue inferencePool(const Export& context)
{
    auto result =
        object(context, fmt::format("{}/v1", poolGroup), "InferencePool", context.pool, component);
    YamlValue ports;
    ports.append(YamlValue::map({ { "number", enginePort } }));
    YamlValue picker = YamlValue::map({ { "kind", "Service" }, { "name", context.picker } });
    picker.set("port", YamlValue::map({ { "number", pickerPort } }));
    picker.set("failureMode", "FailOpen", "without the picker requests still reach any server");
    YamlValue spec = YamlValue::map({ { "selector", matchLabels(context.selector) } });
    spec.set("targetPorts", std::move(ports));
    spec.set("appProtocol", "http");
    spec.set("endpointPickerRef", std::move(picker));
    result.set("spec", std::move(spec));
    return result;
}

YamlValue httpRoute(const Export& context)
{
    const auto& gateway = context.options.gateway;
    const auto slash = gateway.find('/');
    YamlValue parent =
        YamlValue::map({ { "group", "gateway.networking.k8s.io" }, { "kind", "Gateway" } });
    if (slash != std::string::npos)
        parent.set("namespace", gateway.substr(0, slash),
                   "its listener must allow routes from this namespace");
    parent.set("name", slash == std::string::npos ? gateway : gateway.substr(slash + 1));
    YamlValue parents;
    parents.append(std::move(parent));
    YamlValue backends;
    backends.append(YamlValue::map(
        { { "group", poolGroup }, { "kind", "InferencePool" }, { "name", context.pool } }));
    YamlValue matches;
    matches.append(YamlValue::map(
        { { "path", YamlValue::map({ { "type", "PathPrefix" }, { "value", "/" } }) } }));
    YamlValue timeouts = YamlValue::map();
    timeouts.set("request", fmt::format("{:.0f}s", context.plan.requestTimeout.value()),
                 "above the longest generation that the context length allows");
    YamlValue rules;
    rules.append(YamlValue::map({ { "matches", std::move(matches) },
                                  { "backendRefs", std::move(backends) },
                                  { "timeouts", std::move(timeouts) } }));
    auto result =
        object(context, "gateway.networking.k8s.io/v1", "HTTPRoute", context.pool, component);
    result.set(
        "spec",
        YamlValue::map({ { "parentRefs", std::move(parents) }, { "rules", std::move(rules) } }));
    return result;
}

YamlValue istioDestinationRule(const Export& context)
{
    auto result =
        object(context, "networking.istio.io/v1", "DestinationRule", context.picker, component);
    YamlValue tls = YamlValue::map({ { "mode", "SIMPLE" }, { "insecureSkipVerify", true } });
    YamlValue spec = YamlValue::map(
        { { "host",
            fmt::format("{}.{}.svc.cluster.local", context.picker, context.plan.nameSpace) } });
    spec.set("trafficPolicy", YamlValue::map({ { "tls", std::move(tls) } }));
    result.set("spec", std::move(spec));
    return result;
}

} // namespace llmd::kubernetes
