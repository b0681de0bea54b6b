// SPDX-License-Identifier: Apache-2.0
#include "manifestset.h"

#include <core/base/text.h>
#include <core/plan/names.h>

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace llmd::manifestcheck {

namespace {

bool isClusterWide(const Object& object)
{
    static const std::set<std::string, std::less<>> kinds { "Namespace", "ClusterRole",
                                                            "ClusterRoleBinding" };
    return kinds.contains(object.kind);
}

void checkName(ManifestSet& set, const Object& object)
{
    const bool service = object.kind == "Service";
    const bool label = service || object.kind == "Namespace" || object.kind == "Deployment"
        || object.kind == "LeaderWorkerSet" || object.kind == "RayService"
        || object.kind == "LLMInferenceService" || object.kind == "DynamoGraphDeployment";
    const bool legal = service ? isServiceName(object.name)
        : label                ? isDnsLabel(object.name)
                               : isDnsSubdomain(object.name);
    if (!legal)
        set.report(object, object.root["metadata"]["name"],
                   fmt::format("'{}' is not a legal name for a {}", oneLine(object.name, 80),
                               object.kind));
    if (!isClusterWide(object) && object.nameSpace.empty())
        set.report(object, object.root["metadata"],
                   "no namespace: the object would land in whatever namespace is current");
}

void checkLabels(ManifestSet& set, const Object& object, const YamlNode& mapping)
{
    if (!mapping.isMapping())
        return;
    for (const auto& key : mapping.keys()) {
        const auto value = mapping[key];
        if (!isLabelKey(key))
            set.report(object, value,
                       fmt::format("'{}' is not a legal label key", oneLine(key, 80)));
        if (!isSurelyString(value))
            set.report(object, value,
                       fmt::format("the value of label '{}' must be a quoted string", key));
        else if (!isLabelValue(text(value)))
            set.report(object, value,
                       fmt::format("'{}' is not a legal label value", oneLine(text(value), 80)));
    }
}

void checkAnnotations(ManifestSet& set, const Object& object, const YamlNode& mapping)
{
    if (!mapping.isMapping())
        return;
    for (const auto& key : mapping.keys()) {
        if (!isLabelKey(key))
            set.report(object, mapping[key],
                       fmt::format("'{}' is not a legal annotation key", oneLine(key, 80)));
        if (!isSurelyString(mapping[key]))
            set.report(object, mapping[key],
                       fmt::format("the value of annotation '{}' must be a quoted string", key));
    }
}

void checkNoCredentials(ManifestSet& set, const Object& object)
{
    if (object.kind != "Secret")
        return;
    for (const char* key : { "data", "stringData" }) {
        if (object.root[key].exists())
            set.report(object, object.root[key],
                       "an export must not hold secret values; refer to a Secret instead");
    }
}

void checkEnvironment(ManifestSet& set, const Object& object, const YamlNode& container)
{
    const auto env = container["env"];
    std::set<std::string> seen;
    for (std::size_t i = 0; i < env.size(); ++i) {
        const auto name = text(env[i]["name"]);
        if (!seen.insert(name).second)
            set.report(
                object, env[i],
                fmt::format("the environment variable '{}' is set twice", oneLine(name, 80)));
        const auto value = env[i]["value"];
        if (value.exists() && !isSurelyString(value))
            set.report(object, value,
                       fmt::format("the value of '{}' must be a quoted string", oneLine(name, 80)));
    }
    for (const auto& list : { container["command"], container["args"],
                              container["lifecycle"]["preStop"]["exec"]["command"] }) {
        for (std::size_t k = 0; k < list.size(); ++k) {
            if (!isSurelyString(list[k]))
                set.report(object, list[k], "a container argument must be a string");
        }
    }
}

} // namespace

void checkEachObject(ManifestSet& set)
{
    for (const auto& object : set.objects()) {
        checkName(set, object);
        checkLabels(set, object, object.root["metadata"]["labels"]);
        checkLabels(set, object, object.spec()["selector"]["matchLabels"]);
        checkAnnotations(set, object, object.root["metadata"]["annotations"]);
        checkNoCredentials(set, object);
    }
    for (const auto& pod : set.pods()) {
        checkLabels(set, *pod.owner, pod.podTemplate["metadata"]["labels"]);
        checkAnnotations(set, *pod.owner, pod.podTemplate["metadata"]["annotations"]);
        for (const char* key : { "initContainers", "containers" }) {
            const auto containers = pod.spec()[key];
            for (std::size_t i = 0; i < containers.size(); ++i)
                checkEnvironment(set, *pod.owner, containers[i]);
        }
    }
}

} // namespace llmd::manifestcheck
