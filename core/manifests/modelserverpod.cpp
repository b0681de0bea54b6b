// SPDX-License-Identifier: Apache-2.0
#include "kubernetesobjects.h"

#include <core/base/text.h>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace llmd::kubernetes {

namespace {

constexpr int probePeriod = 10;
constexpr double shortestStartBudget = 600;
constexpr double startMargin = 3; ///< slow registries and disks are far from the assumed ones
/** Nodes with the same value reach each other over NVLink; set by NVIDIA's GPU feature discovery. */
constexpr const char* cliqueLabel = "nvidia.com/gpu.clique";

YamlValue variable(const std::string& name, YamlValue source)
{
    return YamlValue::map({ { "name", name }, { "valueFrom", std::move(source) } });
}

YamlValue probe(const Server& server, const char* path, int failures)
{
    YamlValue get = YamlValue::map({ { "path", path }, { "port", server.engineName() } });
    return YamlValue::map({ { "httpGet", std::move(get) },
                            { "periodSeconds", probePeriod },
                            { "timeoutSeconds", 5 },
                            { "failureThreshold", failures } });
}

YamlValue lifecycle(const Server& server)
{
    YamlValue exec = YamlValue::map(
        { { "command",
            stringList({ "/bin/sleep", std::to_string(server.plan.shutdown.delay) }) } });
    YamlValue result =
        YamlValue::map({ { "preStop", YamlValue::map({ { "exec", std::move(exec) } }) } });
    result.setHeadComment(
        "The endpoint picker stops sending requests before the engine is told to stop.");
    return result;
}

YamlValue containerPort(const char* name, int number)
{
    return YamlValue::map({ { "name", name }, { "containerPort", number }, { "protocol", "TCP" } });
}

YamlValue enginePorts(const Server& server, bool answers)
{
    YamlValue ports = YamlValue::list();
    if (answers)
        ports.append(containerPort(server.engineName(), server.enginePort()));
    if (server.plan.role != ServerRole::Both)
        ports.append(containerPort("nixl", sideChannelPort));
    return ports;
}

YamlValue term(const Labels& labels, const std::string& topologyKey,
               const std::vector<std::string>& sameLabels = {})
{
    YamlValue result = YamlValue::map({ { "labelSelector", matchLabels(labels) } });
    if (!sameLabels.empty())
        result.set("matchLabelKeys", stringList(sameLabels));
    result.set("topologyKey", topologyKey);
    return result;
}

YamlValue nodeAffinity(const ServerPlan& plan)
{
    YamlValue expressions;
    expressions.append(
        YamlValue::map({ { "key", plan.gpuLabelKey },
                         { "operator", "In" },
                         { "values", stringList({ plan.gpu->kubernetesProduct }) } }));
    YamlValue terms;
    terms.append(YamlValue::map({ { "matchExpressions", std::move(expressions) } }));
    YamlValue required = YamlValue::map({ { "nodeSelectorTerms", std::move(terms) } });
    return YamlValue::map(
        { { "requiredDuringSchedulingIgnoredDuringExecution", std::move(required) } });
}

/** Pods of one replica in one NVLink domain; all pods of the deployment in one chosen domain. */
YamlValue podAffinity(const Export& context, const Server& server)
{
    const auto& gpu = *server.plan.gpu;
    const Labels instance { { "app.kubernetes.io/instance", context.plan.name },
                            { "app.kubernetes.io/component", "model-server" } };
    YamlValue required = YamlValue::list();
    if (server.spansNodes() && gpu.scaleUpDomain > gpu.gpusPerNode
        && gpu.vendor == GpuVendor::Nvidia)
        required.append(term({ { "leaderworkerset.sigs.k8s.io/name", server.name } }, cliqueLabel,
                             { "leaderworkerset.sigs.k8s.io/group-index" })
                            .setHeadComment("The nodes of one replica share an NVLink domain."));
    const auto* transfer = context.transfer();
    if (transfer && transfer->path == TransferPath::ScaleUp && gpu.scaleUpDomain > gpu.gpusPerNode
        && gpu.vendor == GpuVendor::Nvidia)
        required.append(term(instance, cliqueLabel)
                            .setHeadComment("KV caches travel over NVLink, within one domain."));
    const bool domain = !context.options.topologyKey.empty();
    if (domain && (server.spansNodes() || context.disaggregated()))
        required.append(
            term(instance, context.options.topologyKey)
                .setHeadComment("All pods of this deployment share the chosen network domain."));
    if (std::get<YamlValue::List>(required.variant()).empty())
        return {};
    return YamlValue::map(
        { { "requiredDuringSchedulingIgnoredDuringExecution", std::move(required) } });
}

YamlValue spread(const Server& server)
{
    YamlValue constraint = YamlValue::map({ { "maxSkew", 1 },
                                            { "topologyKey", "kubernetes.io/hostname" },
                                            { "whenUnsatisfiable", "ScheduleAnyway" },
                                            { "labelSelector", matchLabels(server.selector) } });
    constraint.setHeadComment("One node that fails takes as few replicas with it as possible.");
    YamlValue list;
    list.append(std::move(constraint));
    return list;
}

/** "key=value:NoSchedule" as it is in a pod. */
YamlValue toleration(std::string_view text)
{
    std::string_view effect;
    if (const auto colon = text.rfind(':'); colon != std::string_view::npos) {
        effect = text.substr(colon + 1);
        text = text.substr(0, colon);
    }
    const auto equal = text.find('=');
    YamlValue result = YamlValue::map({ { "key", std::string(text.substr(0, equal)) } });
    result.set("operator", equal == std::string_view::npos ? "Exists" : "Equal");
    if (equal != std::string_view::npos)
        result.set("value", std::string(text.substr(equal + 1)));
    if (!effect.empty())
        result.set("effect", std::string(effect));
    return result;
}

/** Workers of an engine over several nodes answer nothing; the pool must not see them. */
YamlValue podLabels(const Server& server, bool answers)
{
    YamlValue labels = YamlValue::map();
    for (const auto& [key, value] : server.selector) {
        if (answers || key != "llm-d.ai/inference-serving")
            labels.set(key, value);
    }
    labels.set("app.kubernetes.io/component", "model-server");
    labels.set("app.kubernetes.io/managed-by", generatorName);
    return labels;
}

YamlValue podSpec(const Export& context, const Server& server, bool worker)
{
    const auto& plan = server.plan;
    YamlValue spec = YamlValue::map(
        { { "serviceAccountName", context.account }, { "automountServiceAccountToken", false } });
    if (!context.options.pullSecret.empty()) {
        YamlValue secrets;
        secrets.append(YamlValue::map({ { "name", context.options.pullSecret } }));
        spec.set("imagePullSecrets", std::move(secrets));
    }
    spec.set("terminationGracePeriodSeconds", plan.shutdown.gracePeriod,
             fmt::format("{} s until routing has changed + {} s for running requests + reserve",
                         plan.shutdown.delay, plan.shutdown.drain));
    if (auto near = affinity(context, server); !near.isNull())
        spec.set("affinity", std::move(near));
    if (plan.pool.replicas > 1 && plan.pods == 1)
        spec.set("topologySpreadConstraints", spread(server));
    spec.set("tolerations", tolerations(context, server));
    if (server.sidecar) {
        YamlValue first;
        first.append(routingSidecar(context));
        spec.set("initContainers", std::move(first));
    }
    YamlValue containers;
    containers.append(engineContainer(context, server, worker));
    spec.set("containers", std::move(containers));
    spec.set("volumes", engineVolumes(context, server));
    return spec;
}

} // namespace

bool usesRdma(const Export& context, const Server& server)
{
    const auto& gpu = *server.plan.gpu;
    const bool nodesByNvlink = gpu.scaleUpDomain > gpu.gpusPerNode;
    const bool betweenNodes = server.spansNodes() && !nodesByNvlink;
    const auto* transfer = context.transfer();
    const bool handsOver = transfer && transfer->path == TransferPath::Rdma;
    return !context.options.rdmaResource.empty() && (betweenNodes || handsOver);
}

int startBudget(const Server& server)
{
    return static_cast<int>(std::max(
        shortestStartBudget, std::ceil(startMargin * server.plan.autoscaling.coldStart.value())));
}

YamlValue engineEnvironment(const Export& context, const Server& server)
{
    YamlValue list;
    for (const auto& [name, value] : engineVariables(context, server))
        list.append(YamlValue::map({ { "name", name }, { "value", value } }));
    if (server.plan.role != ServerRole::Both) {
        YamlValue field = YamlValue::map({ { "fieldPath", "status.podIP" } });
        list.append(variable("VLLM_NIXL_SIDE_CHANNEL_HOST",
                             YamlValue::map({ { "fieldRef", std::move(field) } }))
                        .setHeadComment("The default is localhost, which no other pod reaches."));
    }
    YamlValue token = YamlValue::map(
        { { "name", context.options.tokenSecret }, { "key", "HF_TOKEN" }, { "optional", true } });
    list.append(variable("HF_TOKEN", YamlValue::map({ { "secretKeyRef", std::move(token) } })));
    return list;
}

void addProbes(const Server& server, YamlValue& container)
{
    const auto& scaling = server.plan.autoscaling;
    auto startup =
        probe(server, "/v1/models",
              static_cast<int>(std::ceil(static_cast<double>(startBudget(server)) / probePeriod)));
    startup.setHeadComment(fmt::format(
        "{} times the estimated cold start of {:.0f} s, at least {:.0f} s.\n{}", startMargin,
        std::ceil(scaling.coldStart.value()), shortestStartBudget, scaling.coldStartWhy));
    container.set("startupProbe", std::move(startup));
    container.set("readinessProbe", probe(server, "/v1/models", 3));
    container.set("livenessProbe", probe(server, "/health", 6));
}

YamlValue engineResources(const Export& context, const Server& server)
{
    const auto& host = server.plan.host;
    const auto gpus = std::to_string(server.plan.gpusPerPod());
    const auto memory = quantity(host.memory);
    YamlValue requests = YamlValue::map();
    requests.set("cpu", std::to_string(host.cpu), host.cpuWhy);
    requests.set("memory", memory, host.memoryWhy);
    if (context.options.modelClaim.empty())
        requests.set("ephemeral-storage", quantity(host.storage), host.storageWhy);
    requests.set(server.gpuResource, gpus);
    YamlValue limits = YamlValue::map();
    limits.set("memory", memory);
    limits.set(server.gpuResource, gpus,
               server.spansNodes() ? fmt::format(
                   "{} over {} pods", server.plan.pool.parallelism.label(), server.plan.pods)
                                   : server.plan.pool.parallelism.label());
    if (usesRdma(context, server)) {
        requests.set(context.options.rdmaResource, "1");
        limits.set(context.options.rdmaResource, "1", "the name differs between sites");
    }
    return YamlValue::map({ { "requests", std::move(requests) }, { "limits", std::move(limits) } });
}

YamlValue engineMounts(const Server& server)
{
    YamlValue mounts;
    mounts.append(YamlValue::map({ { "name", "model-cache" }, { "mountPath", modelCache } }));
    if (server.plan.host.sharedMemory > Bytes(0))
        mounts.append(YamlValue::map({ { "name", "shared-memory" }, { "mountPath", "/dev/shm" } }));
    return mounts;
}

YamlValue engineVolumes(const Export& context, const Server& server)
{
    const auto& host = server.plan.host;
    YamlValue list;
    if (context.options.modelClaim.empty()) {
        YamlValue cache = YamlValue::map({ { "sizeLimit", quantity(host.storage) } });
        list.append(
            YamlValue::map({ { "name", "model-cache" }, { "emptyDir", std::move(cache) } }));
    } else {
        YamlValue claim = YamlValue::map({ { "claimName", context.options.modelClaim } });
        list.append(YamlValue::map(
            { { "name", "model-cache" }, { "persistentVolumeClaim", std::move(claim) } }));
    }
    if (host.sharedMemory > Bytes(0)) {
        YamlValue shared = YamlValue::map(
            { { "medium", "Memory" }, { "sizeLimit", quantity(host.sharedMemory) } });
        list.append(
            YamlValue::map({ { "name", "shared-memory" }, { "emptyDir", std::move(shared) } }));
    }
    return list;
}

YamlValue engineContainer(const Export& context, const Server& server, bool worker)
{
    const bool answers = !worker || server.plan.everyPodServes();
    std::vector<std::string> words;
    for (const auto& word : serveArguments(context, server))
        words.push_back(literalArgument(word));
    for (const auto& word : joiningArguments(server, worker))
        words.push_back(word);
    auto args = stringList(words);
    args.setHeadComment(argumentReasons(server));

    YamlValue result = YamlValue::map({ { "name", "vllm" } });
    result.set("image", context.plan.engineImage, "version row " + context.plan.versions->id);
    result.set("command", engineCommand(server));
    result.set("args", std::move(args));
    result.set("env", engineEnvironment(context, server));
    if (auto ports = enginePorts(server, answers);
        !std::get<YamlValue::List>(ports.variant()).empty())
        result.set("ports", std::move(ports));
    if (answers) {
        addProbes(server, result);
        result.set("lifecycle", lifecycle(server));
    }
    result.set("resources", engineResources(context, server));
    YamlValue security = YamlValue::map({ { "allowPrivilegeEscalation", false } });
    if (usesRdma(context, server))
        security.set("capabilities", YamlValue::map({ { "add", stringList({ "IPC_LOCK" }) } }),
                     "RDMA pins memory");
    result.set("securityContext", std::move(security));
    result.set("volumeMounts", engineMounts(server));
    return result;
}

YamlValue routingSidecar(const Export& context)
{
    const auto& versions = *context.plan.versions;
    // The flags were renamed in 0.10, and an unknown one stops the sidecar.
    const bool renamed = versions.routerSince({ 0, 10, 0 });
    YamlValue ports;
    ports.append(containerPort(servingPortName, servingPort));
    YamlValue result = YamlValue::map({ { "name", "routing-proxy" } });
    result.set("image", versions.sidecarImage, "version row " + versions.id);
    result.set("restartPolicy", "Always", "a native sidecar: Kubernetes 1.29 or newer");
    result.set("args",
               stringList({ fmt::format("--port={}", servingPort),
                            fmt::format("--{}={}", renamed ? "model-server-port" : "vllm-port",
                                        enginePortBehindSidecar),
                            renamed ? "--kv-connector=nixlv2" : "--connector=nixlv2",
                            "--secure-proxy=false" }));
    result.set("ports", std::move(ports));
    YamlValue requests = YamlValue::map({ { "cpu", "1" }, { "memory", "512Mi" } });
    result.set("resources", YamlValue::map({ { "requests", std::move(requests) } }));
    result.set("securityContext",
               YamlValue::map({ { "allowPrivilegeEscalation", false }, { "runAsNonRoot", true } }));
    return result;
}

YamlValue tolerations(const Export& context, const Server& server)
{
    YamlValue list;
    list.append(YamlValue::map(
        { { "key", server.gpuResource }, { "operator", "Exists" }, { "effect", "NoSchedule" } }));
    for (const auto& text : context.options.tolerations)
        list.append(toleration(text));
    return list;
}

YamlValue affinity(const Export& context, const Server& server)
{
    YamlValue result = YamlValue::map();
    if (!server.plan.gpuLabelKey.empty())
        result.set("nodeAffinity", nodeAffinity(server.plan));
    if (auto near = podAffinity(context, server); !near.isNull())
        result.set("podAffinity", std::move(near));
    return std::get<YamlValue::Map>(result.variant()).empty() ? YamlValue() : result;
}

YamlValue podTemplate(const Export& context, const Server& server, bool worker)
{
    const bool answers = !worker || server.plan.everyPodServes();
    // Annotations may hold any text, label values may not: the full id lives here.
    YamlValue annotations = YamlValue::map({ { "llm-d-planner/model", context.plan.model->id } });
    YamlValue metadata = YamlValue::map(
        { { "labels", podLabels(server, answers) }, { "annotations", std::move(annotations) } });
    return YamlValue::map(
        { { "metadata", std::move(metadata) }, { "spec", podSpec(context, server, worker) } });
}

} // namespace llmd::kubernetes
