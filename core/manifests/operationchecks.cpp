// SPDX-License-Identifier: Apache-2.0
#include "manifestset.h"

#include <core/plan/names.h>

#include <fmt/format.h>

#include <set>

namespace llmd::manifestcheck {

namespace {

void checkScaler(ManifestSet& set, const Object& scaler, std::set<std::string>& scaled)
{
    const auto target = scaler.spec()["scaleTargetRef"];
    const auto kind = text(target["kind"]);
    const auto name = text(target["name"]);
    // Charts write their Deployments themselves; `checkPlatforms` looks at their names.
    const bool charts = set.pods().empty();
    const auto* workload = set.findWorkload(kind, name, scaler.nameSpace);
    if (!workload && !charts) {
        set.report(scaler, target, "the scale target is not in this export");
        return;
    }
    if (!scaled.insert(scaler.nameSpace + "/" + kind + "/" + name).second)
        set.report(scaler, target,
                   fmt::format("a second autoscaler acts on the same {}", oneLine(kind, 40)));
    if (workload && workload->spec()["replicas"].exists())
        set.report(*workload, workload->spec()["replicas"],
                   "replicas must be left to the autoscaler, or each apply resets them");
    const bool keda = scaler.kind == "ScaledObject";
    const auto low = number(scaler.spec()[keda ? "minReplicaCount" : "minReplicas"]);
    const auto high = number(scaler.spec()[keda ? "maxReplicaCount" : "maxReplicas"]);
    if (!low || !high || *low < 1 || *low > *high)
        set.report(scaler, scaler.spec(),
                   "the smallest number of replicas must be from 1 to the largest");
}

void checkTriggers(ManifestSet& set, const Object& scaler)
{
    const auto triggers = scaler.spec()["triggers"];
    for (std::size_t i = 0; i < triggers.size(); ++i) {
        const auto metadata = triggers[i]["metadata"];
        if (!metadata.isMapping())
            continue;
        for (const auto& key : metadata.keys()) {
            if (!isSurelyString(metadata[key]))
                set.report(scaler, metadata[key],
                           fmt::format("trigger value '{}' must be a quoted string", key));
        }
        const auto query = text(metadata["query"]);
        if (text(triggers[i]["metricType"]) == "AverageValue"
            && query.find("sum(") == std::string::npos)
            set.report(scaler, metadata["query"],
                       "an average per replica needs a query that sums over the pods");
    }
}

void checkPodMonitor(ManifestSet& set, const Object& monitor)
{
    const auto pods =
        set.selected(labels(monitor.spec()["selector"]["matchLabels"]), monitor.nameSpace);
    if (pods.empty())
        set.report(monitor, monitor.spec()["selector"],
                   "the PodMonitor selects no Deployment of this export");
    const auto endpoints = monitor.spec()["podMetricsEndpoints"];
    for (std::size_t i = 0; i < endpoints.size(); ++i) {
        for (const auto& pod : pods) {
            if (!pod.hasPort(endpoints[i]["port"]))
                set.report(monitor, endpoints[i],
                           "the PodMonitor reads a port that the pods do not name");
        }
    }
}

void checkServiceMonitor(ManifestSet& set, const Object& monitor)
{
    const auto wanted = labels(monitor.spec()["selector"]["matchLabels"]);
    const Object* found = nullptr;
    for (const auto* service : set.ofKind("Service")) {
        const auto carried = labels(service->root["metadata"]["labels"]);
        bool all = !wanted.empty() && service->nameSpace == monitor.nameSpace;
        for (const auto& [key, value] : wanted) {
            const auto it = carried.find(key);
            all = all && it != carried.end() && it->second == value;
        }
        if (all)
            found = service;
    }
    if (!found) {
        set.report(monitor, monitor.spec()["selector"],
                   "the ServiceMonitor selects no Service of this export");
        return;
    }
    const auto endpoints = monitor.spec()["endpoints"];
    for (std::size_t i = 0; i < endpoints.size(); ++i) {
        bool named = false;
        const auto ports = found->spec()["ports"];
        for (std::size_t p = 0; p < ports.size(); ++p)
            named = named || text(ports[p]["name"]) == text(endpoints[i]["port"]);
        if (!named)
            set.report(monitor, endpoints[i],
                       "the ServiceMonitor reads a port that the Service does not name");
        const auto secret = endpoints[i]["authorization"]["credentials"]["name"];
        if (secret.exists() && !set.find("Secret", text(secret), monitor.nameSpace))
            set.report(monitor, secret, "the Secret with the token is not in this export");
    }
}

void checkConfigMap(ManifestSet& set, const Object& map)
{
    const auto data = map.root["data"];
    if (!data.isMapping())
        return;
    for (const auto& key : data.keys()) {
        const auto content = text(data[key]);
        if (content.find("EndpointPickerConfig") != std::string::npos)
            checkPickerConfig(set, map.subject(), data[key], content);
    }
}

/** `--config-file` names a key of the ConfigMap that is mounted there, `--pool-name` an
 * InferencePool. */
void checkPicker(ManifestSet& set, const PodKind& pod, const YamlNode& container)
{
    const auto& deployment = *pod.owner;
    if (const auto pool = argument(container, "--pool-name")) {
        const auto where = argument(container, "--pool-namespace").value_or(deployment.nameSpace);
        if (!set.find("InferencePool", *pool, where))
            set.report(deployment, container["args"],
                       "the InferencePool of the endpoint picker is not in this export");
    }
    const auto file = argument(container, "--config-file");
    if (!file)
        return;
    bool found = false;
    const auto slash = file->find_last_of('/');
    const auto key = slash == std::string::npos ? *file : file->substr(slash + 1);
    const auto volumes = pod.spec()["volumes"];
    for (std::size_t i = 0; i < volumes.size(); ++i) {
        const auto* map =
            set.find("ConfigMap", text(volumes[i]["configMap"]["name"]), deployment.nameSpace);
        found = found || (map && map->root["data"][key].exists());
    }
    if (!found)
        set.report(
            deployment, container["args"],
            fmt::format("no mounted ConfigMap has the configuration file '{}'", oneLine(key, 80)));
}

} // namespace

void checkOperation(ManifestSet& set)
{
    std::set<std::string> scaled;
    for (const char* kind : { "ScaledObject", "HorizontalPodAutoscaler" }) {
        for (const auto* scaler : set.ofKind(kind)) {
            checkScaler(set, *scaler, scaled);
            checkTriggers(set, *scaler);
        }
    }
    for (const auto* monitor : set.ofKind("PodMonitor"))
        checkPodMonitor(set, *monitor);
    for (const auto* monitor : set.ofKind("ServiceMonitor"))
        checkServiceMonitor(set, *monitor);
    for (const auto* map : set.ofKind("ConfigMap"))
        checkConfigMap(set, *map);
    for (const auto& pod : set.pods()) {
        const auto containers = pod.containers();
        for (std::size_t i = 0; i < containers.size(); ++i)
            checkPicker(set, pod, containers[i]);
    }
}

} // namespace llmd::manifestcheck
