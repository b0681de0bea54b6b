// SPDX-License-Identifier: Apache-2.0
#include "kubernetesobjects.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace llmd::kubernetes {

namespace {

constexpr const char* component = "model-server";
constexpr const char* modelCache = "/model-cache";
constexpr int probePeriod = 10;
constexpr double shortestStartBudget = 600;
constexpr double startMargin = 3; ///< slow registries and disks are far from the assumed ones

YamlValue serviceAccount(const Export& context)
{
    auto account = object(context, "v1", "ServiceAccount", context.server, component);
    account.set("automountServiceAccountToken", false,
                "the engine does not talk to the API server");
    return account;
}

YamlValue service(const Export& context)
{
    auto result = object(context, "v1", "Service", context.server, component);
    YamlValue ports;
    ports.append(YamlValue::map({ { "name", enginePortName },
                                  { "port", enginePort },
                                  { "targetPort", enginePortName },
                                  { "protocol", "TCP" } }));
    YamlValue spec = YamlValue::map({ { "type", "ClusterIP" } });
    spec.set("selector", labelMap(context.selector));
    spec.set("ports", std::move(ports));
    spec.setHeadComment(
        "For tests and direct use inside the cluster; it does not know the prefix caches.");
    result.set("spec", std::move(spec));
    return result;
}

YamlValue disruptionBudget(const Export& context)
{
    auto result = object(context, "policy/v1", "PodDisruptionBudget", context.server, component);
    YamlValue spec = YamlValue::map({ { "maxUnavailable", 1 } });
    spec.set("selector", matchLabels(context.selector));
    result.set("spec", std::move(spec));
    return result;
}

YamlValue arguments(const Export& context)
{
    const auto& plan = context.plan;
    YamlValue list;
    list.append(literalArgument(plan.model->id));
    list.append("--served-model-name=" + literalArgument(plan.servedName));
    list.append(fmt::format("--port={}", enginePort));
    std::string reasons;
    for (const auto& argument : plan.arguments) {
        list.append(argument.text());
        reasons +=
            fmt::format("{}{}: {}", reasons.empty() ? "" : "\n", argument.text(), argument.why);
    }
    list.setHeadComment(std::move(reasons));
    return list;
}

YamlValue environment(const Export& context)
{
    YamlValue token = YamlValue::map(
        { { "name", context.options.tokenSecret }, { "key", "HF_TOKEN" }, { "optional", true } });
    YamlValue list;
    list.append(YamlValue::map({ { "name", "HF_HOME" }, { "value", modelCache } }));
    list.append(YamlValue::map(
        { { "name", "VLLM_CACHE_ROOT" }, { "value", fmt::format("{}/vllm", modelCache) } }));
    list.append(YamlValue::map(
        { { "name", "HF_TOKEN" },
          { "valueFrom", YamlValue::map({ { "secretKeyRef", std::move(token) } }) } }));
    return list;
}

YamlValue probe(const char* path, int timeout, int failures)
{
    YamlValue get = YamlValue::map({ { "path", path }, { "port", enginePortName } });
    return YamlValue::map({ { "httpGet", std::move(get) },
                            { "periodSeconds", probePeriod },
                            { "timeoutSeconds", timeout },
                            { "failureThreshold", failures } });
}

void addProbes(const Export& context, YamlValue& container)
{
    const auto& scaling = context.plan.autoscaling;
    const double budget = std::max(shortestStartBudget, startMargin * scaling.coldStart.value());
    auto startup = probe("/v1/models", 5, static_cast<int>(std::ceil(budget / probePeriod)));
    startup.setHeadComment(fmt::format(
        "{} times the estimated cold start of {:.0f} s, at least {:.0f} s.\n{}", startMargin,
        std::ceil(scaling.coldStart.value()), shortestStartBudget, scaling.coldStartWhy));
    container.set("startupProbe", std::move(startup));
    container.set("readinessProbe", probe("/v1/models", 5, 3));
    container.set("livenessProbe", probe("/health", 5, 6));
    YamlValue sleep;
    sleep.append("/bin/sleep");
    sleep.append(std::to_string(context.plan.shutdown.delay));
    YamlValue lifecycle = YamlValue::map(
        { { "preStop",
            YamlValue::map(
                { { "exec", YamlValue::map({ { "command", std::move(sleep) } }) } }) } });
    lifecycle.setHeadComment(
        "The endpoint picker stops sending requests before the engine is told to stop.");
    container.set("lifecycle", std::move(lifecycle));
}

YamlValue resources(const Export& context)
{
    const auto& plan = context.plan;
    const auto gpus = std::to_string(plan.topology.pool.parallelism.gpus());
    const auto memory = quantity(plan.host.memory);
    YamlValue requests = YamlValue::map();
    requests.set("cpu", std::to_string(plan.host.cpu), plan.host.cpuWhy);
    requests.set("memory", memory, plan.host.memoryWhy);
    requests.set("ephemeral-storage", quantity(plan.host.storage), plan.host.storageWhy);
    requests.set(plan.gpu->kubernetesResource, gpus);
    YamlValue limits = YamlValue::map();
    limits.set("memory", memory);
    limits.set(plan.gpu->kubernetesResource, gpus, plan.topology.pool.parallelism.label());
    return YamlValue::map({ { "requests", std::move(requests) }, { "limits", std::move(limits) } });
}

YamlValue container(const Export& context)
{
    const auto& plan = context.plan;
    YamlValue command;
    command.append("vllm");
    command.append("serve");
    YamlValue ports;
    ports.append(YamlValue::map(
        { { "name", enginePortName }, { "containerPort", enginePort }, { "protocol", "TCP" } }));
    YamlValue mounts;
    mounts.append(YamlValue::map({ { "name", "model-cache" }, { "mountPath", modelCache } }));
    if (plan.host.sharedMemory > Bytes(0))
        mounts.append(YamlValue::map({ { "name", "shared-memory" }, { "mountPath", "/dev/shm" } }));

    YamlValue result = YamlValue::map({ { "name", "vllm" } });
    result.set("image", plan.engineImage, "version row " + plan.versions->id);
    result.set("command", std::move(command));
    result.set("args", arguments(context));
    result.set("env", environment(context));
    result.set("ports", std::move(ports));
    addProbes(context, result);
    result.set("resources", resources(context));
    result.set("securityContext", YamlValue::map({ { "allowPrivilegeEscalation", false } }));
    result.set("volumeMounts", std::move(mounts));
    return result;
}

YamlValue nodeAffinity(const DeploymentPlan& plan)
{
    YamlValue values;
    values.append(plan.gpu->kubernetesProduct);
    YamlValue expressions;
    expressions.append(YamlValue::map(
        { { "key", plan.gpuLabelKey }, { "operator", "In" }, { "values", std::move(values) } }));
    YamlValue terms;
    terms.append(YamlValue::map({ { "matchExpressions", std::move(expressions) } }));
    YamlValue required = YamlValue::map({ { "nodeSelectorTerms", std::move(terms) } });
    return YamlValue::map({ { "nodeAffinity",
                              YamlValue::map({ { "requiredDuringSchedulingIgnoredDuringExecution",
                                                 std::move(required) } }) } });
}

YamlValue volumes(const DeploymentPlan& plan)
{
    YamlValue list;
    YamlValue cache = YamlValue::map({ { "sizeLimit", quantity(plan.host.storage) } });
    list.append(YamlValue::map({ { "name", "model-cache" }, { "emptyDir", std::move(cache) } }));
    if (plan.host.sharedMemory > Bytes(0)) {
        YamlValue shared = YamlValue::map(
            { { "medium", "Memory" }, { "sizeLimit", quantity(plan.host.sharedMemory) } });
        list.append(
            YamlValue::map({ { "name", "shared-memory" }, { "emptyDir", std::move(shared) } }));
    }
    return list;
}

YamlValue podSpec(const Export& context)
{
    const auto& plan = context.plan;
    YamlValue spec = YamlValue::map(
        { { "serviceAccountName", context.server }, { "automountServiceAccountToken", false } });
    spec.set("terminationGracePeriodSeconds", plan.shutdown.gracePeriod,
             fmt::format("{} s until routing has changed + {} s for running requests + reserve",
                         plan.shutdown.delay, plan.shutdown.drain));
    if (!plan.gpuLabelKey.empty())
        spec.set("affinity", nodeAffinity(plan));
    YamlValue tolerations;
    tolerations.append(YamlValue::map({ { "key", plan.gpu->kubernetesResource },
                                        { "operator", "Exists" },
                                        { "effect", "NoSchedule" } }));
    spec.set("tolerations", std::move(tolerations));
    YamlValue containers;
    containers.append(container(context));
    spec.set("containers", std::move(containers));
    spec.set("volumes", volumes(plan));
    return spec;
}

YamlValue podTemplate(const Export& context)
{
    auto labels = labelMap(context.selector);
    labels.set("app.kubernetes.io/component", component);
    labels.set("app.kubernetes.io/managed-by", generatorName);
    // Annotations may hold any text, label values may not: the full id lives here.
    YamlValue annotations = YamlValue::map({ { "llm-d-planner/model", context.plan.model->id } });
    YamlValue metadata = YamlValue::map(
        { { "labels", std::move(labels) }, { "annotations", std::move(annotations) } });
    return YamlValue::map({ { "metadata", std::move(metadata) }, { "spec", podSpec(context) } });
}

YamlValue deployment(const Export& context)
{
    auto result = object(context, "apps/v1", "Deployment", context.server, component);
    YamlValue spec = YamlValue::map();
    const int replicas = context.plan.topology.pool.replicas;
    if (context.options.autoscaler == Autoscaler::None)
        spec.set("replicas", replicas);
    YamlValue selector = matchLabels(context.selector);
    if (context.options.autoscaler != Autoscaler::None)
        selector.setHeadComment(
            fmt::format("No `replicas` here: the autoscaler owns the number ({} or more), and "
                        "applying this file again must not reset it.",
                        context.plan.autoscaling.minReplicas));
    spec.set("selector", std::move(selector));
    YamlValue rolling = YamlValue::map();
    rolling.set("maxSurge", 0, "no spare GPUs are assumed");
    rolling.set("maxUnavailable", 1);
    spec.set(
        "strategy",
        YamlValue::map({ { "type", "RollingUpdate" }, { "rollingUpdate", std::move(rolling) } }));
    const double progress =
        std::max(shortestStartBudget, startMargin * context.plan.autoscaling.coldStart.value());
    spec.set("progressDeadlineSeconds", static_cast<int>(progress) + 300,
             "longer than a slow start");
    spec.set("template", podTemplate(context));
    result.set("spec", std::move(spec));
    return result;
}

} // namespace

std::vector<YamlValue> modelServerObjects(const Export& context)
{
    std::vector<YamlValue> objects { serviceAccount(context), service(context),
                                     deployment(context) };
    if (context.plan.topology.pool.replicas > 1)
        objects.push_back(disruptionBudget(context));
    return objects;
}

} // namespace llmd::kubernetes
