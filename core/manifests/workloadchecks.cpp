// SPDX-License-Identifier: Apache-2.0
#include "manifestset.h"

#include <core/base/text.h>
#include <core/plan/names.h>

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace llmd::manifestcheck {

namespace {

bool isEngine(const YamlNode& container)
{
    return argument(container, "--tensor-parallel-size").has_value();
}

bool isHeadless(const YamlNode& container)
{
    const auto words = texts(container["args"]);
    return std::ranges::find(words, "--headless") != words.end();
}

/** GPUs that the parallel sizes put into one pod. */
long long neededGpus(const YamlNode& container)
{
    const long long all = argumentNumber(container, "--tensor-parallel-size", 1)
        * argumentNumber(container, "--pipeline-parallel-size", 1)
        * argumentNumber(container, "--data-parallel-size-local",
                         argumentNumber(container, "--data-parallel-size", 1));
    const auto nodes = std::max(1LL, argumentNumber(container, "--nnodes", 1));
    return all % nodes == 0 ? all / nodes : 0;
}

void checkGpus(ManifestSet& set, const PodKind& pod, const YamlNode& container)
{
    const auto& object = *pod.owner;
    const auto limits = gpuResources(container["resources"]["limits"]);
    const auto requests = gpuResources(container["resources"]["requests"]);
    if (limits != requests)
        set.report(object, container["resources"], "GPU requests and limits must be equal");
    if (!isEngine(container))
        return;
    if (limits.size() != 1) {
        set.report(object, container["resources"], "an engine must limit exactly one kind of GPU");
        return;
    }
    const long long needed = neededGpus(container);
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

/** The pods of a group together hold what the parallel sizes ask for. */
void checkGroup(ManifestSet& set, const Object& object)
{
    const auto group = object.spec()["leaderWorkerTemplate"];
    const auto size = number(group["size"]).value_or(1);
    if (size < 2)
        set.report(object, group["size"], "a group of one pod needs no LeaderWorkerSet");
    const auto container = group["workerTemplate"]["spec"]["containers"][0];
    const auto nodes = argumentNumber(container, "--nnodes", 0);
    const auto data = argumentNumber(container, "--data-parallel-size", 1);
    const auto local = argumentNumber(container, "--data-parallel-size-local", data);
    const bool whole = nodes > 0 ? nodes == size : local * size == data;
    if (!whole)
        set.report(
            object, group,
            fmt::format("{} pods of a group do not make up the engine's parallel sizes", size));
    const auto worker = labels(group["workerTemplate"]["metadata"]["labels"]);
    const auto serving = worker.find("llm-d.ai/inference-serving");
    if (group["leaderTemplate"].exists() && serving != worker.end() && serving->second == "true")
        set.report(object, group["workerTemplate"],
                   "workers that answer nothing must not carry the label of serving pods");
}

void checkVolumes(ManifestSet& set, const PodKind& pod, const YamlNode& container)
{
    std::set<std::string> declared;
    const auto volumes = pod.spec()["volumes"];
    for (std::size_t i = 0; i < volumes.size(); ++i)
        declared.insert(text(volumes[i]["name"]));
    const auto mounts = container["volumeMounts"];
    for (std::size_t i = 0; i < mounts.size(); ++i) {
        const auto name = text(mounts[i]["name"]);
        if (!declared.contains(name))
            set.report(*pod.owner, mounts[i],
                       fmt::format("the mounted volume '{}' is not declared", oneLine(name, 80)));
    }
}

void checkProbes(ManifestSet& set, const PodKind& pod, const YamlNode& container)
{
    const auto& object = *pod.owner;
    for (const char* probe : { "startupProbe", "readinessProbe", "livenessProbe" }) {
        for (const char* how : { "httpGet", "grpc", "tcpSocket" }) {
            const auto port = container[probe][how]["port"];
            if (port.exists() && !pod.hasPort(port))
                set.report(object, port,
                           fmt::format("{} asks port '{}', which no container has", probe,
                                       oneLine(text(port), 40)));
        }
    }
    const auto port = argument(container, "--port");
    const auto ports = container["ports"];
    bool declared = !port || isHeadless(container);
    for (std::size_t i = 0; i < ports.size() && port; ++i)
        declared = declared || text(ports[i]["containerPort"]) == *port;
    if (!declared)
        set.report(object, ports,
                   fmt::format("the engine listens on port {}, which is not declared", *port));
}

void checkShutdown(ManifestSet& set, const PodKind& pod, const YamlNode& container)
{
    const auto command = container["lifecycle"]["preStop"]["exec"]["command"];
    const auto delay = command.size() == 2 ? number(command[1]).value_or(0) : 0;
    const auto needed = delay + argumentNumber(container, "--shutdown-timeout", 0);
    const auto grace = number(pod.spec()["terminationGracePeriodSeconds"]).value_or(30);
    if (needed > 0 && grace <= needed)
        set.report(*pod.owner, pod.spec()["terminationGracePeriodSeconds"],
                   fmt::format("a grace period of {} s ends before delay and drain of {} s", grace,
                               needed));
}

void checkSelector(ManifestSet& set, const Object& object)
{
    const auto selector = labels(object.spec()["selector"]["matchLabels"]);
    const auto carried = labels(object.spec()["template"]["metadata"]["labels"]);
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

struct Role
{
    const PodKind* pod = nullptr;
    YamlNode engine;
};

/** The serving pods of one role, leaders first. */
Role findRole(const std::vector<PodKind>& pods, std::string_view role)
{
    for (const auto& pod : pods) {
        const auto carried = pod.labels();
        const auto it = carried.find("llm-d.ai/role");
        const auto containers = pod.containers();
        if (it == carried.end() || it->second != role || pod.worker)
            continue;
        for (std::size_t i = 0; i < containers.size(); ++i) {
            if (isEngine(containers[i]))
                return { &pod, containers[i] };
        }
    }
    return {};
}

} // namespace

void checkWorkloads(ManifestSet& set)
{
    for (const auto* object : set.ofKind("Deployment"))
        checkSelector(set, *object);
    for (const auto* object : set.ofKind("LeaderWorkerSet"))
        checkGroup(set, *object);
    for (const auto& pod : set.pods()) {
        const auto containers = pod.containers();
        if (containers.size() == 0)
            set.report(*pod.owner, pod.spec(),
                       fmt::format("a {} needs a container", pod.owner->kind));
        for (std::size_t i = 0; i < containers.size(); ++i) {
            checkGpus(set, pod, containers[i]);
            checkVolumes(set, pod, containers[i]);
            checkProbes(set, pod, containers[i]);
            checkShutdown(set, pod, containers[i]);
        }
    }
}

void checkDisaggregation(ManifestSet& set)
{
    const auto pods = set.pods();
    const auto prefill = findRole(pods, "prefill");
    const auto decode = findRole(pods, "decode");
    if (!prefill.pod && !decode.pod)
        return;
    if (!prefill.pod || !decode.pod) {
        set.report(*(prefill.pod ? prefill.pod : decode.pod)->owner, {},
                   "servers for prompts and servers that decode need each other");
        return;
    }
    for (const char* flag : { "--block-size", "--kv-cache-dtype", "--dtype", "--quantization" }) {
        if (argument(prefill.engine, flag) != argument(decode.engine, flag))
            set.report(*prefill.pod->owner, prefill.engine["args"],
                       fmt::format("{} must be equal on both sides, or the KV cache of one means "
                                   "nothing to the other",
                                   flag));
    }
    if (text(prefill.engine["image"]) != text(decode.engine["image"]))
        set.report(*prefill.pod->owner, prefill.engine["image"],
                   "both sides must run the same engine image");
    for (const auto& role : { prefill, decode }) {
        const auto config = argument(role.engine, "--kv-transfer-config");
        if (!config || !parseYaml(*config, "--kv-transfer-config"))
            set.report(*role.pod->owner, role.engine["args"],
                       "--kv-transfer-config is missing or not JSON");
    }
    const auto from = argumentNumber(prefill.engine, "--tensor-parallel-size", 1);
    const auto to = argumentNumber(decode.engine, "--tensor-parallel-size", 1);
    if (from < 1 || to < 1 || (to % from != 0 && from % to != 0))
        set.report(*decode.pod->owner, decode.engine["args"],
                   fmt::format("the tensor parallel sizes {} (prefill) and {} (decode) are no "
                               "multiples of each other",
                               from, to));
}

} // namespace llmd::manifestcheck
