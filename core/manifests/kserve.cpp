// SPDX-License-Identifier: Apache-2.0
#include "kubernetesobjects.h"

#include <core/base/text.h>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

// LLMInferenceService: the controller writes the Deployment (or LeaderWorkerSet), the routing sidecar, the pool and the endpoint
// picker; the pod templates here are laid over its own by container name. InferenceService: one kind of server, no endpoint picker.

namespace llmd::kubernetes {

namespace {

constexpr const char* apiGroup = "serving.kserve.io";
constexpr const char* component = "model-server";

/** Parallel sizes and the served name are written by the controller. */
bool isControllers(const EngineArgument& argument)
{
    static constexpr std::string_view flags[] = {
        "--tensor-parallel-size", "--pipeline-parallel-size", "--data-parallel-size",
        "--data-parallel-size-local", "--enable-expert-parallel"
    };
    return std::ranges::find(flags, std::string_view(argument.flag)) != std::end(flags);
}

/** The controller's start command evaluates this variable in a shell. */
std::string additionalArguments(const Server& server)
{
    std::string text;
    for (const auto& argument : server.plan.arguments) {
        if (!isControllers(argument))
            text += (text.empty() ? "" : " ") + shellWord(argument.text());
    }
    return text;
}

YamlValue mainContainer(const Export& context, const Server& server)
{
    YamlValue environment;
    YamlValue arguments = YamlValue::map(
        { { "name", "VLLM_ADDITIONAL_ARGS" }, { "value", additionalArguments(server) } });
    arguments.setHeadComment(argumentReasons(server));
    environment.append(std::move(arguments));
    const auto all = engineEnvironment(context, server);
    for (const auto& item : std::get<YamlValue::List>(all.variant()))
        environment.append(item);
    YamlValue result = YamlValue::map({ { "name", "main" } });
    result.set("image", context.plan.engineImage, "version row " + context.plan.versions->id);
    result.set("env", std::move(environment));
    result.set("resources", engineResources(context, server));
    result.set("volumeMounts", engineMounts(server));
    return result;
}

YamlValue podOverlay(const Export& context, const Server& server)
{
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
    YamlValue containers;
    containers.append(mainContainer(context, server));
    spec.set("containers", std::move(containers));
    spec.set("volumes", engineVolumes(context, server));
    return spec;
}

YamlValue parallelism(const ServerPlan& plan)
{
    const auto& sizes = plan.pool.parallelism;
    YamlValue result = YamlValue::map({ { "tensor", sizes.tensor } });
    if (sizes.pipeline > 1)
        result.set("pipeline", sizes.pipeline);
    if (sizes.data > 1) {
        result.set("data", sizes.data);
        result.set("dataLocal", plan.dataLocal());
    }
    if (sizes.expert)
        result.set("expert", true);
    return result;
}

/** The controller scales by way of the Workload Variant Autoscaler only; what applies its number can be chosen. */
YamlValue scaling(const Export& context, const ServerPlan& plan)
{
    const auto& limits = plan.autoscaling;
    YamlValue wva = YamlValue::map(
        { { "variantCost", fmt::format("{:.1f}", 10.0 * plan.pool.parallelism.gpus()) } });
    if (context.options.autoscaler == Autoscaler::Keda)
        wva.set(
            "keda",
            YamlValue::map({ { "pollingInterval", 15 },
                             { "cooldownPeriod",
                               static_cast<int>(std::ceil(limits.scaleDownPeriod.value())) } }));
    else
        wva.set("hpa", YamlValue::map({ { "behavior", scalingBehavior(plan) } }));
    YamlValue result = YamlValue::map();
    result.set("minReplicas", limits.minReplicas, limits.minReplicasWhy);
    result.set("maxReplicas", limits.maxReplicas, limits.maxReplicasWhy);
    result.set("wva", std::move(wva));
    return result;
}

/** The keys that the answering servers have at the top and those that prefill have in a section. */
void setServer(const Export& context, const Server& server, YamlValue& spec)
{
    if (context.options.autoscaler == Autoscaler::None)
        spec.set("replicas", server.plan.pool.replicas);
    else
        spec.set("scaling", scaling(context, server.plan));
    spec.set("parallelism", parallelism(server.plan));
    spec.set("template", podOverlay(context, server));
    if (server.spansNodes())
        spec.set(
            "worker", podOverlay(context, server),
            fmt::format("its presence makes groups of pods: {} per replica", server.plan.pods));
}

YamlValue router(const Export& context)
{
    YamlValue scheduler = YamlValue::map(
        { { "config", YamlValue::map({ { "inline", pickerConfigTree(context) } }) } });
    YamlValue result = YamlValue::map();
    result.set("scheduler", std::move(scheduler));
    result.set("route", YamlValue::map());
    YamlValue gateway = YamlValue::map();
    if (const auto& name = context.options.gateway; !name.empty()) {
        const auto slash = name.find('/');
        YamlValue reference =
            YamlValue::map({ { "name", name.substr(slash == std::string::npos ? 0 : slash + 1) } });
        reference.set("namespace",
                      slash == std::string::npos ? context.plan.nameSpace : name.substr(0, slash));
        YamlValue references;
        references.append(std::move(reference));
        gateway.set("refs", std::move(references));
    }
    result.set("gateway", std::move(gateway));
    return result;
}

YamlValue modelSource(const Export& context)
{
    YamlValue model = YamlValue::map();
    model.set("uri", "hf://" + context.plan.model->id);
    model.set("name", context.plan.servedName, "clients send exactly this");
    return model;
}

YamlValue llmInferenceService(const Export& context)
{
    auto result = object(context, fmt::format("{}/v1alpha2", apiGroup), "LLMInferenceService",
                         context.plan.name, component);
    YamlValue spec = YamlValue::map();
    spec.set("model", modelSource(context));
    setServer(context, context.answering(), spec);
    if (context.disaggregated()) {
        YamlValue prefill = YamlValue::map();
        setServer(context, context.servers.front(), prefill);
        spec.set("prefill", std::move(prefill));
    }
    spec.set("router", router(context));
    result.set("spec", std::move(spec));
    return result;
}

YamlValue inferenceService(const Export& context)
{
    const auto& server = context.answering();
    const auto& limits = server.plan.autoscaling;
    auto result = object(context, fmt::format("{}/v1beta1", apiGroup), "InferenceService",
                         context.plan.name + "-plain", component);
    const auto* metadata = result.find("metadata");
    YamlValue annotated = metadata ? *metadata : YamlValue::map();
    annotated.set("annotations",
                  YamlValue::map({ { "serving.kserve.io/deploymentMode", "RawDeployment" } }));
    result.set("metadata", std::move(annotated));

    std::vector<std::string> words { "--model_name=" + literalArgument(context.plan.servedName) };
    for (const auto& argument : server.plan.arguments) {
        if (argument.flag != "--shutdown-timeout") // of vLLM's own server
            words.push_back(literalArgument(argument.text()));
    }
    YamlValue model =
        YamlValue::map({ { "modelFormat", YamlValue::map({ { "name", "huggingface" } }) } });
    model.set("storageUri", "hf://" + context.plan.model->id);
    model.set("args", stringList(words));
    model.set("resources", engineResources(context, server));
    YamlValue mounts = YamlValue::list();
    if (server.plan.host.sharedMemory > Bytes(0))
        mounts.append(YamlValue::map({ { "name", "shared-memory" }, { "mountPath", "/dev/shm" } }));
    YamlValue predictor = YamlValue::map();
    predictor.set("minReplicas", limits.minReplicas, limits.minReplicasWhy);
    predictor.set("maxReplicas",
                  context.options.autoscaler == Autoscaler::None ? limits.minReplicas
                                                                 : limits.maxReplicas,
                  limits.maxReplicasWhy);
    if (context.options.autoscaler != Autoscaler::None) {
        predictor.set("scaleMetric", "concurrency");
        predictor.set("scaleTarget",
                      static_cast<int>(std::max(1.0, limits.targetRunningPerReplica)),
                      "sequences per replica at the planned operating point");
    }
    predictor.set("terminationGracePeriodSeconds", server.plan.shutdown.gracePeriod);
    if (auto near = affinity(context, server); !near.isNull())
        predictor.set("affinity", std::move(near));
    predictor.set("tolerations", tolerations(context, server));
    if (!std::get<YamlValue::List>(mounts.variant()).empty()) {
        model.set("volumeMounts", std::move(mounts));
        YamlValue shared = YamlValue::map(
            { { "medium", "Memory" }, { "sizeLimit", quantity(server.plan.host.sharedMemory) } });
        YamlValue volumes;
        volumes.append(
            YamlValue::map({ { "name", "shared-memory" }, { "emptyDir", std::move(shared) } }));
        predictor.set("volumes", std::move(volumes));
    }
    predictor.set("model", std::move(model));
    result.set("spec", YamlValue::map({ { "predictor", std::move(predictor) } }));
    return result;
}

} // namespace

Files kserveFiles(const Export& context)
{
    Files files;
    addFile(files, "prerequisites/namespace.yaml", { namespaceObject(context) },
            "Apart from the service, so that deleting that keeps the namespace.");
    if (!context.options.gatewayClass.empty())
        addFile(files, "prerequisites/gateway.yaml", { gateway(context) },
                "One Gateway serves many models; leave this out if yours exists.");
    addFile(files, "manifests/llm-inference-service.yaml", { llmInferenceService(context) },
            header(context, "KServe LLMInferenceService", true));
    if (!context.disaggregated() && !context.answering().spansNodes())
        addFile(files, "optional/plain-inference-service.yaml", { inferenceService(context) },
                header(context,
                       "Instead of the LLMInferenceService, on clusters without llm-d: "
                       "KServe InferenceService"));
    return files;
}

} // namespace llmd::kubernetes
