// SPDX-License-Identifier: Apache-2.0
#include "kubernetesobjects.h"

#include <core/plan/names.h>

#include <fmt/format.h>

#include <algorithm>

// DynamoGraphDeployment v1alpha1, which is served beside v1beta1: the form that NVIDIA's own AIConfigurator writes.

namespace llmd::kubernetes {

namespace {

/** The operator's webhook wants the names of graph and service to have at most 45 characters together. */
constexpr std::size_t longestGraphName = 36;

const char* serviceName(ServerRole role)
{
    switch (role) {
    case ServerRole::Prefill:
        return "Prefill";
    case ServerRole::Decode:
        return "Decode";
    case ServerRole::Both:
        break;
    }
    return "Worker";
}

std::vector<std::string> workerArguments(const Export& context, const Server& server)
{
    const auto& model = context.plan.model->id;
    std::vector<std::string> words { "--model", literalArgument(model), "--served-model-name",
                                     literalArgument(context.plan.servedName) };
    for (const auto& argument : server.plan.arguments) {
        // The drain belongs to vLLM's own server, which Dynamo replaces.
        if (argument.flag == "--shutdown-timeout"
            || !engineHasFlag(argument.flag, context.plan.versions->dynamo.vllm))
            continue;
        words.push_back(literalArgument(argument.text()));
    }
    if (server.plan.role != ServerRole::Both) {
        words.emplace_back("--disaggregation-mode");
        words.emplace_back(toString(server.plan.role));
    }
    return words;
}

YamlValue amounts(const Server& server, bool limits)
{
    YamlValue result = YamlValue::map();
    if (!limits)
        result.set("cpu", std::to_string(server.plan.host.cpu), server.plan.host.cpuWhy);
    result.set("memory", quantity(server.plan.host.memory),
               limits ? "" : server.plan.host.memoryWhy);
    result.set("gpu", std::to_string(server.plan.gpusPerPod()),
               limits ? "" : server.plan.pool.parallelism.label());
    return result;
}

YamlValue podOverlay(const Export& context, const Server& server)
{
    YamlValue container = YamlValue::map();
    container.set("image", context.plan.versions->dynamo.image,
                  fmt::format("vLLM {} inside", toString(context.plan.versions->dynamo.vllm)));
    container.set("command", stringList({ "python3", "-m", "dynamo.vllm" }));
    auto args = stringList(workerArguments(context, server));
    args.setHeadComment(argumentReasons(server));
    container.set("args", std::move(args));
    container.set("env", engineEnvironment(context, server));
    YamlValue mounts;
    mounts.append(YamlValue::map({ { "name", "model-cache" }, { "mountPath", modelCache } }));
    container.set("volumeMounts", std::move(mounts));
    YamlValue spec = YamlValue::map();
    if (!context.options.pullSecret.empty()) {
        YamlValue secrets;
        secrets.append(YamlValue::map({ { "name", context.options.pullSecret } }));
        spec.set("imagePullSecrets", std::move(secrets));
    }
    spec.set("terminationGracePeriodSeconds", server.plan.shutdown.gracePeriod);
    if (auto near = affinity(context, server); !near.isNull())
        spec.set("affinity", std::move(near));
    spec.set("tolerations", tolerations(context, server));
    YamlValue volumes = YamlValue::list();
    const auto all = engineVolumes(context, server);
    for (const auto& volume : std::get<YamlValue::List>(all.variant())) {
        const auto* name = volume.find("name");
        if (name && std::get<std::string>(name->variant()) == "model-cache")
            volumes.append(volume); // /dev/shm has a key of its own
    }
    spec.set("volumes", std::move(volumes));
    spec.set("mainContainer", std::move(container));
    return spec;
}

YamlValue worker(const Export& context, const Server& server, const std::string& graph)
{
    YamlValue service = YamlValue::map({ { "componentType", "worker" } });
    if (server.plan.role != ServerRole::Both)
        service.set("subComponentType", std::string(toString(server.plan.role)));
    service.set("dynamoNamespace", graph);
    service.set("replicas", server.plan.pool.replicas);
    if (server.spansNodes())
        service.set("multinode", YamlValue::map({ { "nodeCount", server.plan.pods } }));
    service.set("resources",
                YamlValue::map({ { "requests", amounts(server, false) },
                                 { "limits", amounts(server, true) } }));
    if (server.plan.host.sharedMemory > Bytes(0))
        service.set("sharedMemory",
                    YamlValue::map({ { "size", quantity(server.plan.host.sharedMemory) } }));
    service.set("extraPodSpec", podOverlay(context, server));
    return service;
}

YamlValue frontend(const Export& context, const std::string& graph)
{
    YamlValue container = YamlValue::map({ { "image", context.plan.versions->dynamo.image } });
    YamlValue environment;
    const bool prefixes = context.answering().plan.engine.prefixCaching;
    YamlValue mode = YamlValue::map(
        { { "name", "DYN_ROUTER_MODE" }, { "value", prefixes ? "kv" : "round-robin" } });
    mode.setHeadComment(prefixes ? "Requests go where most of their prefix is cached."
                                 : "The plan assumes no reuse of prefixes.");
    environment.append(std::move(mode));
    YamlValue service = YamlValue::map({ { "componentType", "frontend" } });
    service.set("dynamoNamespace", graph);
    service.set("replicas", 1);
    service.set("envs", std::move(environment));
    service.set("extraPodSpec", YamlValue::map({ { "mainContainer", std::move(container) } }));
    return service;
}

} // namespace

Files dynamoFiles(const Export& context)
{
    const auto graph = kubernetesName(context.plan.name, longestGraphName);
    YamlValue services = YamlValue::map();
    services.set("Frontend", frontend(context, graph));
    for (const auto& server : context.servers)
        services.set(serviceName(server.plan.role), worker(context, server, graph));
    auto result =
        object(context, "nvidia.com/v1alpha1", "DynamoGraphDeployment", graph, "model-server");
    result.set(
        "spec",
        YamlValue::map({ { "backendFramework", "vllm" }, { "services", std::move(services) } }));
    Files files;
    addFile(files, "prerequisites/namespace.yaml", { namespaceObject(context) },
            "Apart from the graph, so that deleting that keeps the namespace.");
    addFile(
        files, "manifests/dynamo-graph.yaml", { result },
        header(context,
               fmt::format("Dynamo {}, graph deployment", context.plan.versions->dynamo.version),
               true));
    return files;
}

} // namespace llmd::kubernetes
