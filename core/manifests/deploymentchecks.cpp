// SPDX-License-Identifier: Apache-2.0
#include "manifestset.h"

#include <core/base/text.h>
#include <core/plan/names.h>

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace llmd::manifestcheck {

namespace {

/** Extended resources such as "nvidia.com/gpu", by name. */
std::map<std::string, std::string> extendedResources(const YamlNode& mapping)
{
    auto all = labels(mapping);
    std::erase_if(all,
                  [](const auto& entry) { return entry.first.find('/') == std::string::npos; });
    return all;
}

long long argumentNumber(const YamlNode& container, std::string_view flag, long long fallback)
{
    const auto value = argument(container, flag);
    const auto parsed = value ? parseInteger(*value) : Result<long long>(fallback);
    return parsed.value_or(0);
}

bool isEngine(const YamlNode& container)
{
    return argument(container, "--tensor-parallel-size").has_value();
}

void checkGpus(ManifestSet& set, const Object& object, const YamlNode& container)
{
    const auto limits = extendedResources(container["resources"]["limits"]);
    const auto requests = extendedResources(container["resources"]["requests"]);
    if (limits != requests)
        set.report(object, container["resources"], "GPU requests and limits must be equal");
    if (!isEngine(container))
        return;
    const long long needed = argumentNumber(container, "--tensor-parallel-size", 1)
        * argumentNumber(container, "--pipeline-parallel-size", 1)
        * argumentNumber(container, "--data-parallel-size-local",
                         argumentNumber(container, "--data-parallel-size", 1));
    if (limits.size() != 1) {
        set.report(object, container["resources"], "an engine must limit exactly one kind of GPU");
        return;
    }
    const auto given = parseInteger(limits.begin()->second);
    if (!given || *given != needed)
        set.report(object, container["resources"]["limits"],
                   fmt::format("{} GPUs are limited and the parallel sizes need {}",
                               oneLine(limits.begin()->second, 20), needed));
    bool shared = false;
    const auto mounts = container["volumeMounts"];
    for (std::size_t i = 0; i < mounts.size(); ++i)
        shared = shared || text(mounts[i]["mountPath"]) == "/dev/shm";
    if (needed > 1 && !shared)
        set.report(object, container["volumeMounts"],
                   "several GPUs need a volume at /dev/shm for their collectives");
}

void checkVolumes(ManifestSet& set, const Object& object, const YamlNode& container)
{
    std::set<std::string> declared;
    const auto volumes = podSpec(object)["volumes"];
    for (std::size_t i = 0; i < volumes.size(); ++i)
        declared.insert(text(volumes[i]["name"]));
    const auto mounts = container["volumeMounts"];
    for (std::size_t i = 0; i < mounts.size(); ++i) {
        const auto name = text(mounts[i]["name"]);
        if (!declared.contains(name))
            set.report(object, mounts[i],
                       fmt::format("the mounted volume '{}' is not declared", oneLine(name, 80)));
    }
}

void checkProbes(ManifestSet& set, const Object& object, const YamlNode& container)
{
    for (const char* probe : { "startupProbe", "readinessProbe", "livenessProbe" }) {
        for (const char* how : { "httpGet", "grpc", "tcpSocket" }) {
            const auto port = container[probe][how]["port"];
            if (port.exists() && !hasPort(object, port))
                set.report(object, port,
                           fmt::format("{} asks port '{}', which no container has", probe,
                                       oneLine(text(port), 40)));
        }
    }
    const auto port = argument(container, "--port");
    const auto ports = container["ports"];
    bool declared = !port;
    for (std::size_t i = 0; i < ports.size() && port; ++i)
        declared = declared || text(ports[i]["containerPort"]) == *port;
    if (!declared)
        set.report(object, ports,
                   fmt::format("the engine listens on port {}, which is not declared", *port));
}

void checkShutdown(ManifestSet& set, const Object& object, const YamlNode& container)
{
    const auto command = container["lifecycle"]["preStop"]["exec"]["command"];
    const auto delay = command.size() == 2 ? number(command[1]).value_or(0) : 0;
    const auto needed = delay + argumentNumber(container, "--shutdown-timeout", 0);
    const auto grace = number(podSpec(object)["terminationGracePeriodSeconds"]).value_or(30);
    if (needed > 0 && grace <= needed)
        set.report(object, podSpec(object)["terminationGracePeriodSeconds"],
                   fmt::format("a grace period of {} s ends before delay and drain of {} s", grace,
                               needed));
}

void checkSelector(ManifestSet& set, const Object& object)
{
    const auto selector = labels(object.spec()["selector"]["matchLabels"]);
    const auto carried = podLabels(object);
    if (selector.empty())
        set.report(object, object.spec(), "the selector is empty");
    for (const auto& [key, value] : selector) {
        const auto it = carried.find(key);
        if (it == carried.end() || it->second != value)
            set.report(object, object.spec()["selector"],
                       fmt::format("the selector asks for {}={}, which the pods do not carry", key,
                                   value));
    }
}

} // namespace

void checkDeployments(ManifestSet& set)
{
    for (const auto* object : set.ofKind("Deployment")) {
        checkSelector(set, *object);
        const auto containers = podSpec(*object)["containers"];
        if (containers.size() == 0)
            set.report(*object, podSpec(*object), "a Deployment needs a container");
        for (std::size_t i = 0; i < containers.size(); ++i) {
            checkGpus(set, *object, containers[i]);
            checkVolumes(set, *object, containers[i]);
            checkProbes(set, *object, containers[i]);
            checkShutdown(set, *object, containers[i]);
        }
    }
}

} // namespace llmd::manifestcheck
