// SPDX-License-Identifier: Apache-2.0
#include "kubernetesobjects.h"

#include <core/plan/names.h>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace llmd::kubernetes {

namespace {

constexpr const char* component = "endpoint-picker";
constexpr const char* rbacVersion = "rbac.authorization.k8s.io/v1";

YamlValue weightValue(double weight)
{
    if (weight == std::floor(weight) && std::abs(weight) < 1e6)
        return static_cast<int>(weight);
    return weight;
}

bool usesScorer(const Export& context, std::string_view type)
{
    return std::ranges::any_of(context.servers, [&](const Server& server) {
        return std::ranges::any_of(server.plan.scorers,
                                   [&](const RouterScorer& scorer) { return scorer.type == type; });
    });
}

YamlValue plugin(const std::string& type, YamlValue parameters = {})
{
    YamlValue result = YamlValue::map({ { "type", type } });
    if (!parameters.isNull())
        result.set("parameters", std::move(parameters));
    return result;
}

/** What sends a request first to a prefill server and then to one that decodes. */
void addDisaggregation(const Export& context, YamlValue& list)
{
    const auto& plan = context.plan;
    const double local = plan.topology.disaggregation
        ? std::clamp(plan.topology.disaggregation->localPromptTokens, 0.0, 1e7)
        : 0;
    const bool byPrefix = local >= 1 && usesScorer(context, "prefix-cache-scorer");
    const std::string decider = byPrefix ? "prefix-based-pd-decider" : "always-disagg-pd-decider";
    if (byPrefix) {
        YamlValue parameters = YamlValue::map();
        parameters.set("nonCachedTokens", static_cast<int>(local),
                       "shorter ones are computed where they are decoded");
        list.append(plugin(decider, std::move(parameters)));
    } else {
        list.append(plugin(decider));
    }
    // Releases before 0.10 know the decider by a flat key only, which later ones still read.
    YamlValue handler = plan.versions->routerSince({ 0, 10, 0 })
        ? YamlValue::map({ { "deciders", YamlValue::map({ { "prefill", decider } }) } })
        : YamlValue::map({ { "deciderPluginName", decider } });
    list.append(plugin("disagg-profile-handler", std::move(handler)));
    list.append(plugin("prefill-filter"));
    list.append(plugin("decode-filter"));
}

YamlValue plugins(const Export& context)
{
    YamlValue list;
    if (context.disaggregated())
        addDisaggregation(context, list);
    if (usesScorer(context, "prefix-cache-scorer")) {
        YamlValue parameters = YamlValue::map({ { "autoTune", true } });
        parameters.set("maxPrefixTokensToMatch", context.plan.engine.maxModelLen,
                       "= --max-model-len");
        list.append(plugin("approx-prefix-cache-producer", std::move(parameters)));
    }
    if (usesScorer(context, "active-request-scorer"))
        list.append(plugin("inflight-load-producer"));
    std::vector<std::string> written;
    for (const auto& server : context.servers) {
        for (const auto& scorer : server.plan.scorers) {
            if (std::ranges::find(written, scorer.type) == written.end())
                list.append(plugin(written.emplace_back(scorer.type)));
        }
    }
    list.append(plugin("max-score-picker"));
    if (context.options.autoscaler != Autoscaler::None) {
        YamlValue parameters =
            YamlValue::map({ { "queueDepthThreshold", 5 }, { "kvCacheUtilThreshold", 0.8 } });
        list.append(plugin("utilization-detector", std::move(parameters)));
    }
    return list;
}

YamlValue profile(const Server& server)
{
    YamlValue references;
    const auto role = server.plan.role;
    if (role != ServerRole::Both)
        references.append(
            YamlValue::map({ { "pluginRef", fmt::format("{}-filter", toString(role)) } }));
    for (const auto& scorer : server.plan.scorers)
        references.append(YamlValue::map(
            { { "pluginRef", scorer.type }, { "weight", weightValue(scorer.weight) } }));
    references.append(YamlValue::map({ { "pluginRef", "max-score-picker" } }));
    const std::string name(role == ServerRole::Both ? "default" : toString(role));
    return YamlValue::map({ { "name", name }, { "plugins", std::move(references) } });
}

/** Namespace and name of the Gateway. */
std::pair<std::string, std::string> gatewayName(const Export& context)
{
    const auto& text = context.options.gateway;
    const auto slash = text.find('/');
    if (slash == std::string::npos)
        return { context.plan.nameSpace, text };
    return { text.substr(0, slash), text.substr(slash + 1) };
}

std::string pickerConfig(const Export& context)
{
    return emitYaml(pickerConfigTree(context));
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
    rules.append(
        rule(stringList({ "" }), stringList({ "pods" }), stringList({ "get", "list", "watch" })));
    rules.append(rule(stringList({ poolGroup }), stringList({ "inferencepools" }),
                      stringList({ "get", "list", "watch" })));
    rules.append(rule(stringList({ "llm-d.ai", "inference.networking.x-k8s.io" }),
                      stringList({ "inferenceobjectives", "inferencemodelrewrites" }),
                      stringList({ "get", "list", "watch" })));
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
    rules.append(rule(stringList({ "authentication.k8s.io" }), stringList({ "tokenreviews" }),
                      stringList({ "create" })));
    rules.append(rule(stringList({ "authorization.k8s.io" }),
                      stringList({ "subjectaccessreviews" }), stringList({ "create" })));
    rules.append(YamlValue::map(
        { { "nonResourceURLs", stringList({ "/metrics" }) }, { "verbs", stringList({ "get" }) } }));
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

/** The EndpointPickerConfig, a file format of the router: unknown keys stop it, so only known ones
 * are written. */
YamlValue pickerConfigTree(const Export& context)
{
    YamlValue config =
        YamlValue::map({ { "apiVersion", context.plan.versions->eppConfigApiVersion },
                         { "kind", "EndpointPickerConfig" } });
    const bool flowControl = context.options.autoscaler != Autoscaler::None;
    if (flowControl) {
        YamlValue gates = stringList({ "flowControl" });
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
    YamlValue profiles;
    for (const auto& server : context.servers)
        profiles.append(profile(server));
    config.set("schedulingProfiles", std::move(profiles));
    return config;
}

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
    ports.append(YamlValue::map({ { "number", servingPort } }));
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

YamlValue gateway(const Export& context)
{
    const auto [nameSpace, name] = gatewayName(context);
    auto result =
        YamlValue::map({ { "apiVersion", "gateway.networking.k8s.io/v1" }, { "kind", "Gateway" } });
    result.set("metadata", YamlValue::map({ { "name", name }, { "namespace", nameSpace } }));
    YamlValue listener =
        YamlValue::map({ { "name", "http" }, { "port", 80 }, { "protocol", "HTTP" } });
    if (nameSpace != context.plan.nameSpace) {
        YamlValue labels = labelMap({ { "kubernetes.io/metadata.name", context.plan.nameSpace } });
        YamlValue from = YamlValue::map({ { "from", "Selector" } });
        from.set("selector", YamlValue::map({ { "matchLabels", std::move(labels) } }));
        listener.set("allowedRoutes", YamlValue::map({ { "namespaces", std::move(from) } }));
    }
    YamlValue listeners;
    listeners.append(std::move(listener));
    result.set("spec",
               YamlValue::map({ { "gatewayClassName", context.options.gatewayClass },
                                { "listeners", std::move(listeners) } }));
    return result;
}

YamlValue httpRoute(const Export& context)
{
    const auto [nameSpace, name] = gatewayName(context);
    YamlValue parent =
        YamlValue::map({ { "group", "gateway.networking.k8s.io" }, { "kind", "Gateway" } });
    if (nameSpace != context.plan.nameSpace)
        parent.set("namespace", nameSpace, "its listener must allow routes from this namespace");
    parent.set("name", name);
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
