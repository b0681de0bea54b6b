// SPDX-License-Identifier: Apache-2.0
#include "manifestset.h"

#include <core/base/text.h>
#include <core/plan/names.h>

#include <fmt/format.h>

#include <algorithm>

namespace llmd::manifestcheck {

namespace {

const Document* findDocument(const ManifestSet& set, std::string_view nameEnd)
{
    for (const auto& document : set.documents()) {
        if (document.file.ends_with(nameEnd))
            return &document;
    }
    return nullptr;
}

long long whole(const YamlNode& node, long long fallback)
{
    return node.exists() ? number(node).value_or(0) : fallback;
}

/** What the modelservice chart makes of one role. */
void checkRole(ManifestSet& set, const Document& values, const char* name)
{
    const auto role = values.root[name];
    if (!role.exists() || text(role["create"]) == "false")
        return;
    const auto subject = fmt::format("{}: {}", values.file, name);
    const auto sizes = role["parallelism"];
    const auto data = whole(sizes["data"], 1);
    const auto local = whole(sizes["dataLocal"], 1);
    if (data != local * whole(sizes["workers"], 1) && data > 1)
        set.report(subject, sizes, "data must be dataLocal times workers");
    const auto containers = role["containers"];
    for (std::size_t i = 0; i < containers.size(); ++i) {
        const auto limits = gpuResources(containers[i]["resources"]["limits"]);
        const auto pipeline = argumentNumber(containers[i], "--pipeline-parallel-size", 1);
        const auto needed = whole(sizes["tensor"], 1) * local * pipeline;
        if (limits.size() != 1 || parseInteger(limits.begin()->second).value_or(0) != needed)
            set.report(subject, containers[i]["resources"],
                       fmt::format("the parallel sizes need {} GPUs per pod", needed));
    }
}

void checkCharts(ManifestSet& set)
{
    const auto* servers = findDocument(set, "modelservice-values.yaml");
    const auto* router = findDocument(set, "router-values.yaml");
    if (!servers || !router)
        return;
    checkRole(set, *servers, "decode");
    checkRole(set, *servers, "prefill");
    const auto pool = router->root["router"]["modelServers"];
    if (labels(pool["matchLabels"]) != labels(servers->root["modelArtifacts"]["labels"]))
        set.report(router->file, pool["matchLabels"],
                   "the pool must select the labels of the model servers");
    if (text(pool["targetPorts"][0]["number"]) != text(servers->root["routing"]["servicePort"]))
        set.report(router->file, pool["targetPorts"],
                   "the pool must send to the port of the model servers");
    const auto picker = router->root["router"]["epp"];
    const auto config = picker["pluginsCustomConfig"][text(picker["pluginsConfigFile"])];
    if (!config.exists())
        set.report(router->file, picker,
                   "the configuration file of the endpoint picker is not given");
    else
        checkPickerConfig(set, router->file, config, text(config));
    const auto base = text(servers->root["fullnameOverride"]);
    for (const char* kind : { "ScaledObject", "HorizontalPodAutoscaler" }) {
        for (const auto* scaler : set.ofKind(kind)) {
            const auto target = text(scaler->spec()["scaleTargetRef"]["name"]);
            if (target != base + "-decode" && target != base + "-prefill")
                set.report(*scaler, scaler->spec(), "the chart makes no workload with this name");
        }
    }
}

void checkKustomizations(ManifestSet& set, const std::vector<ManifestFile>& files)
{
    for (const auto& document : set.documents()) {
        if (text(document.root["kind"]) != "Kustomization")
            continue;
        const auto folder = document.file.substr(0, document.file.find_last_of('/') + 1);
        for (const auto& resource : texts(document.root["resources"])) {
            const bool inside = std::ranges::any_of(
                files, [&](const ManifestFile& file) { return file.path == folder + resource; });
            if (!inside && !resource.starts_with("../"))
                set.report(document.file, document.root["resources"],
                           fmt::format("'{}' is not a file of this export", oneLine(resource, 80)));
        }
    }
}

/** GPUs that the parallel sizes of an LLMInferenceService put into one pod. */
void checkServing(ManifestSet& set, const Object& service, const YamlNode& spec)
{
    const auto sizes = spec["parallelism"];
    const auto data = whole(sizes["data"], 1);
    auto needed =
        whole(sizes["tensor"], 1) * whole(sizes["pipeline"], 1) * whole(sizes["dataLocal"], data);
    const auto container = spec["template"]["containers"][0];
    if (text(container["name"]) != "main")
        set.report(service, container, "KServe lays its own settings over a container named main");
    const auto limits = gpuResources(container["resources"]["limits"]);
    const auto given = limits.empty() ? 0LL : parseInteger(limits.begin()->second).value_or(0);
    const bool several = spec["worker"].exists();
    if (given < 1 || (several ? needed % given != 0 : needed != given))
        set.report(
            service, container["resources"],
            fmt::format("{} GPUs are limited and the parallel sizes need {}", given, needed));
    if (spec["replicas"].exists() && spec["scaling"].exists())
        set.report(service, spec["scaling"], "replicas and scaling exclude each other");
}

void checkKserve(ManifestSet& set)
{
    for (const auto* service : set.ofKind("LLMInferenceService")) {
        checkServing(set, *service, service->spec());
        if (service->spec()["prefill"].exists())
            checkServing(set, *service, service->spec()["prefill"]);
    }
}

/** Ray places what `serveConfigV2` asks for onto what the worker groups offer. */
void checkRayModel(ManifestSet& set, const Object& service, const YamlNode& model)
{
    const auto bundles = model["placement_group_config"]["bundles"];
    long long gpus = 0;
    for (std::size_t i = 0; i < bundles.size(); ++i)
        gpus += whole(bundles[i]["GPU"], 0);
    const auto engine = model["engine_kwargs"];
    const auto needed =
        whole(engine["tensor_parallel_size"], 1) * whole(engine["pipeline_parallel_size"], 1);
    if (gpus != needed)
        set.report(
            service, service.spec()["serveConfigV2"],
            fmt::format("the placement has {} GPUs and the parallel sizes need {}", gpus, needed));
}

void checkRayService(ManifestSet& set, const Object& service)
{
    const auto holder = service.spec()["serveConfigV2"];
    const auto config = parseYaml(text(holder), service.file);
    if (!config) {
        set.report(service, holder, "serveConfigV2 is not valid YAML: " + config.error().detail);
        return;
    }
    const auto arguments = (*config)["applications"][0]["args"];
    for (const char* key : { "llm_config", "prefill_config", "decode_config" }) {
        if (arguments[key].exists())
            checkRayModel(set, service, arguments[key]);
    }
    for (std::size_t i = 0; i < arguments["llm_configs"].size(); ++i)
        checkRayModel(set, service, arguments["llm_configs"][i]);
    const auto groups = service.spec()["rayClusterConfig"]["workerGroupSpecs"];
    for (std::size_t i = 0; i < groups.size(); ++i) {
        const auto container = groups[i]["template"]["spec"]["containers"][0];
        const auto limits = gpuResources(container["resources"]["limits"]);
        if (limits.size() != 1
            || limits.begin()->second != text(groups[i]["rayStartParams"]["num-gpus"]))
            set.report(service, groups[i], "num-gpus must be the GPUs of the container");
    }
}

void checkDynamo(ManifestSet& set, const Object& graph)
{
    const auto services = graph.spec()["services"];
    for (const auto& name : services.isMapping() ? services.keys() : std::vector<std::string>()) {
        constexpr std::size_t longest = 45; // of the operator's webhook
        if (graph.name.size() + name.size() > longest)
            set.report(
                graph, services[name],
                fmt::format("the names of graph and service are longer than {} together", longest));
        if (text(services[name]["componentType"]) != "worker")
            continue;
        const auto container = services[name]["extraPodSpec"]["mainContainer"];
        const auto nodes = whole(services[name]["multinode"]["nodeCount"], 1);
        const auto needed = argumentNumber(container, "--tensor-parallel-size", 1)
            * argumentNumber(container, "--pipeline-parallel-size", 1)
            * argumentNumber(container, "--data-parallel-size", 1);
        const auto given = whole(services[name]["resources"]["limits"]["gpu"], 0);
        if (given * nodes != needed)
            set.report(graph, services[name]["resources"],
                       fmt::format("{} GPUs on {} nodes are limited and the parallel sizes need {}",
                                   given, nodes, needed));
    }
}

} // namespace

void checkPlatforms(ManifestSet& set, const std::vector<ManifestFile>& files)
{
    checkCharts(set);
    checkKustomizations(set, files);
    checkKserve(set);
    for (const auto* service : set.ofKind("RayService"))
        checkRayService(set, *service);
    for (const auto* graph : set.ofKind("DynamoGraphDeployment"))
        checkDynamo(set, *graph);
}

} // namespace llmd::manifestcheck
