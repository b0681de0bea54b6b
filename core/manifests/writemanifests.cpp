// SPDX-License-Identifier: Apache-2.0
#include "kubernetesobjects.h"

#include <core/base/text.h>
#include <core/plan/names.h>

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace llmd {

namespace {

Result<> refuse(std::string text)
{
    return failure(ErrorCode::InvalidArgument, std::move(text));
}

Result<> checkPlan(const DeploymentPlan& plan)
{
    if (!plan.model || !plan.gpu || !plan.versions)
        return refuse("the plan has no model, GPU or version row; make it with planDeployment");
    if (!isServiceName(plan.name) || plan.name.size() > maxPlanNameLength)
        return refuse(fmt::format(
            "'{}' is not a name for Kubernetes objects: expected at most {} lower-case letters, "
            "digits and dashes, starting with a letter",
            oneLine(plan.name, 80), maxPlanNameLength));
    if (!isDnsLabel(plan.nameSpace))
        return refuse(fmt::format(
            "'{}' is not a namespace name: expected lower-case letters, digits and dashes",
            oneLine(plan.nameSpace, 80)));
    if (!isLabelValue(plan.modelLabel) || plan.modelLabel.empty())
        return refuse(fmt::format("'{}' is not a label value", oneLine(plan.modelLabel, 80)));
    if (!isLabelKey(plan.gpu->kubernetesResource)
        || plan.gpu->kubernetesResource.find('/') == std::string::npos)
        return refuse(fmt::format(
            "the GPU {} has no Kubernetes resource name such as nvidia.com/gpu", plan.gpu->name));
    for (const auto* text :
         { &plan.model->id, &plan.servedName, &plan.engineImage, &plan.versions->eppImage }) {
        if (text->empty() || !isValidUtf8(*text) || text->find('\0') != std::string::npos)
            return refuse("the model id and the images must be non-empty UTF-8 text");
    }
    return {};
}

bool isToleration(std::string_view text)
{
    static constexpr std::string_view effects[] = { "NoSchedule", "PreferNoSchedule", "NoExecute" };
    if (const auto colon = text.rfind(':'); colon != std::string_view::npos) {
        if (std::ranges::find(effects, text.substr(colon + 1)) == std::end(effects))
            return false;
        text = text.substr(0, colon);
    }
    const auto equal = text.find('=');
    return isLabelKey(text.substr(0, equal))
        && (equal == std::string_view::npos || isLabelValue(text.substr(equal + 1)));
}

bool isGatewayName(std::string_view text)
{
    const auto parts = split(text, '/');
    return parts.size() <= 2
        && std::ranges::all_of(parts, [](std::string_view part) { return isDnsSubdomain(part); });
}

/** Names of objects that the options refer to. */
Result<> checkNames(const ManifestOptions& options)
{
    struct Named
    {
        const std::string& text;
        const char* what;
        bool optional;
    };
    for (const auto& [text, what, optional] :
         { Named { options.tokenSecret, "a Secret", false },
           Named { options.pullSecret, "a Secret", true },
           Named { options.modelClaim, "a PersistentVolumeClaim", true },
           Named { options.gatewayClass, "a GatewayClass", true } }) {
        if (!isDnsSubdomain(text) && !(optional && text.empty()))
            return refuse(fmt::format("'{}' is not the name of {}", oneLine(text, 80), what));
    }
    return {};
}

Result<> checkOptions(const ManifestOptions& options)
{
    const auto& url = options.prometheusUrl;
    const bool plain = std::ranges::all_of(url, [](char c) { return c > ' ' && c < 0x7F; });
    const bool asked =
        options.autoscaler == Autoscaler::Keda || options.autoscaler == Autoscaler::Wva;
    if (asked && (!plain || !(url.starts_with("http://") || url.starts_with("https://"))))
        return refuse(fmt::format("'{}' is not a Prometheus address: expected http://host:port",
                                  oneLine(url, 80)));
    if (!options.gateway.empty() && !isGatewayName(options.gateway))
        return refuse(
            fmt::format("'{}' is not the name of a Gateway: expected name or namespace/name",
                        oneLine(options.gateway, 80)));
    if (options.gateway.empty() && !options.gatewayClass.empty())
        return refuse("a GatewayClass needs the name of the Gateway to be written");
    for (const auto& text : options.tolerations) {
        if (!isToleration(text))
            return refuse(fmt::format(
                "'{}' is not a toleration: expected key, key=value or key=value:NoSchedule",
                oneLine(text, 80)));
    }
    if (!options.topologyKey.empty() && !isLabelKey(options.topologyKey))
        return refuse(
            fmt::format("'{}' is not the key of a node label", oneLine(options.topologyKey, 80)));
    if (!options.rdmaResource.empty()
        && (!isLabelKey(options.rdmaResource)
            || options.rdmaResource.find('/') == std::string::npos))
        return refuse(fmt::format("'{}' is not the name of a resource such as rdma/ib",
                                  oneLine(options.rdmaResource, 80)));
    return checkNames(options);
}

/** What only some targets can express. */
Result<> checkTargetPlan(const DeploymentPlan& plan, const ManifestOptions& options)
{
    if (!plan.unfit.empty() && !options.allowUnfit)
        return failure(ErrorCode::Unsupported,
                       fmt::format("this plan does not fit into the GPUs' memory: {} Allow it "
                                   "explicitly to write it all the same",
                                   plan.unfit));
    const bool ray = options.target == "ray";
    const bool dynamo = options.target == "dynamo";
    const auto& platform = ray ? plan.versions->ray : plan.versions->dynamo;
    const auto* what = ray ? "Ray" : "Dynamo";
    if ((ray || dynamo) && platform.version.empty())
        return failure(ErrorCode::Unsupported,
                       fmt::format("version row {} names no version of {}; choose another row",
                                   plan.versions->id, what));
    if ((ray || dynamo) && plan.gpu->vendor != GpuVendor::Nvidia)
        return failure(ErrorCode::Unsupported,
                       fmt::format("the images of {} are for NVIDIA GPUs, not for {}; choose "
                                   "another target",
                                   what, plan.gpu->name));
    const auto servers = plan.servers();
    if (options.target == "helm"
        && !std::ranges::all_of(servers, [](const ServerPlan* s) { return s->everyPodServes(); }))
        return failure(
            ErrorCode::Unsupported,
            "the llm-d-modelservice chart gives all pods of a replica the same labels and "
            "probes, but of these only the first answers; choose the target kubernetes or "
            "attention replicas (data parallel) instead of stages");
    if (options.target == "kserve" && plan.versions->kserve.empty())
        return failure(ErrorCode::Unsupported,
                       fmt::format("version row {} names no version of KServe; choose another row",
                                   plan.versions->id));
    return {};
}

using Writer = kubernetes::Files (*)(const kubernetes::Export&);

struct Target
{
    const char* id;
    const char* sentence;
    Writer write;
};

constexpr Target targets[] = {
    { "kubernetes",
      "Plain Kubernetes objects: model servers, llm-d endpoint picker, InferencePool, monitoring, "
      "autoscaling",
      kubernetes::kubernetesFiles },
    { "kustomize",
      "The same objects as a kustomize base with an overlay for what differs on your site",
      kubernetes::kustomizeFiles },
    { "helm", "Values of the llm-d charts: llm-d-modelservice and the llm-d router",
      kubernetes::helmFiles },
    { "kserve", "KServe: an LLMInferenceService, and a plain InferenceService to choose instead",
      kubernetes::kserveFiles },
    { "ray", "Ray Serve: a RayService of KubeRay", kubernetes::rayFiles },
    { "dynamo", "NVIDIA Dynamo: a DynamoGraphDeployment", kubernetes::dynamoFiles },
    { "commands", "Shell scripts with the vllm serve commands, for machines without Kubernetes",
      kubernetes::commandFiles },
};

const Target* findTarget(std::string_view id)
{
    const auto it =
        std::ranges::find(targets, id, [](const Target& t) { return std::string_view(t.id); });
    return it == std::end(targets) ? nullptr : &*it;
}

} // namespace

std::string_view toString(Autoscaler autoscaler)
{
    switch (autoscaler) {
    case Autoscaler::Keda:
        return "keda";
    case Autoscaler::Hpa:
        return "hpa";
    case Autoscaler::Wva:
        return "wva";
    case Autoscaler::None:
        return "none";
    }
    return "none";
}

std::optional<Autoscaler> parseAutoscaler(std::string_view text)
{
    const auto wanted = toLower(trimmed(text));
    for (const auto autoscaler :
         { Autoscaler::Keda, Autoscaler::Hpa, Autoscaler::Wva, Autoscaler::None }) {
        if (wanted == toString(autoscaler))
            return autoscaler;
    }
    return std::nullopt;
}

std::vector<std::pair<std::string, std::string>> manifestTargets()
{
    std::vector<std::pair<std::string, std::string>> list;
    for (const auto& target : targets)
        list.emplace_back(target.id, target.sentence);
    return list;
}

Result<std::vector<ManifestFile>> writeManifests(const DeploymentPlan& plan,
                                                 const ManifestOptions& options)
{
    const auto* target = findTarget(options.target);
    if (!target) {
        std::vector<std::string> known;
        for (const auto& each : targets)
            known.emplace_back(each.id);
        return failure(ErrorCode::Unsupported,
                       fmt::format("there is no export target '{}'; known are {}",
                                   oneLine(options.target, 80), join(known, ", ")));
    }
    // One after the other: what comes later relies on what was found earlier.
    if (const auto sound = checkPlan(plan); !sound)
        return tl::unexpected(sound.error());
    if (const auto sound = checkOptions(options); !sound)
        return tl::unexpected(sound.error());
    if (const auto sound = checkTargetPlan(plan, options); !sound)
        return tl::unexpected(sound.error());
    const kubernetes::Export context(plan, options);
    auto files = target->write(context);
    kubernetes::addBenchmarkJobs(context, files);
    for (const auto& issue : checkManifests(files)) {
        if (issue.severity == Severity::Error)
            return failure(ErrorCode::Internal,
                           "the written manifests failed their check: " + describe(issue));
    }
    const auto guide = kubernetes::applyGuide(context, files);
    files.insert(files.begin(), { "APPLY.md", guide });
    auto list = kubernetes::plannerFile(context, files);
    files.push_back({ plannerFileName, std::move(list) });
    return files;
}

} // namespace llmd
