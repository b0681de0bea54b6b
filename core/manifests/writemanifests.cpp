// SPDX-License-Identifier: Apache-2.0
#include "kubernetesobjects.h"

#include <core/base/text.h>
#include <core/plan/names.h>

#include <fmt/format.h>

#include <algorithm>

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

Result<> checkOptions(const ManifestOptions& options)
{
    const auto& url = options.prometheusUrl;
    const bool plain = std::ranges::all_of(url, [](char c) { return c > ' ' && c < 0x7F; });
    if (options.autoscaler == Autoscaler::Keda
        && (!plain || !(url.starts_with("http://") || url.starts_with("https://"))))
        return refuse(fmt::format("'{}' is not a Prometheus address: expected http://host:port",
                                  oneLine(url, 80)));
    const auto parts = split(options.gateway, '/');
    const bool named = parts.size() <= 2
        && std::ranges::all_of(parts, [](std::string_view part) { return isDnsSubdomain(part); });
    if (!options.gateway.empty() && !named)
        return refuse(
            fmt::format("'{}' is not the name of a Gateway: expected name or namespace/name",
                        oneLine(options.gateway, 80)));
    if (!isDnsSubdomain(options.tokenSecret))
        return refuse(
            fmt::format("'{}' is not the name of a Secret", oneLine(options.tokenSecret, 80)));
    return {};
}

std::vector<ManifestFile> kubernetesFiles(const kubernetes::Export& context)
{
    using namespace kubernetes;
    const auto& options = context.options;
    YamlValue space = YamlValue::map({ { "apiVersion", "v1" }, { "kind", "Namespace" } });
    space.set("metadata", YamlValue::map({ { "name", context.plan.nameSpace } }));
    std::vector<ManifestFile> files;
    const auto add = [&](const char* path, const std::vector<YamlValue>& documents,
                         const std::string& comment) {
        files.push_back({ path, emitYamlDocuments(documents, comment) });
    };
    add("prerequisites/namespace.yaml", { space },
        "Apart from manifests/, so that deleting those keeps the namespace.");
    add("manifests/10-model-server.yaml", modelServerObjects(context),
        header(context, "Model servers", true));
    add("manifests/20-endpoint-picker.yaml", endpointPickerObjects(context),
        header(context, "Endpoint picker"));
    add("manifests/30-inference-pool.yaml", { inferencePool(context) },
        header(context, "Pool of model servers"));
    if (!options.gateway.empty())
        add("manifests/40-http-route.yaml", { httpRoute(context) },
            header(context, "Route from the Gateway"));
    add("manifests/50-monitoring.yaml", monitoringObjects(context),
        header(context, "What Prometheus reads"));
    if (options.autoscaler == Autoscaler::Keda)
        add("manifests/60-autoscaling.yaml", { scaledObject(context) },
            header(context, "KEDA scaler", true));
    if (options.autoscaler == Autoscaler::Hpa) {
        add("manifests/60-autoscaling.yaml", { horizontalPodAutoscaler(context) },
            header(context, "Horizontal pod autoscaler", true));
        add("optional/prometheus-adapter-values.yaml", { prometheusAdapterValues() },
            "Values for the prometheus-adapter chart: the two metrics that the "
            "HorizontalPodAutoscaler reads.");
    }
    if (!options.gateway.empty())
        add("optional/istio-destination-rule.yaml", { istioDestinationRule(context) },
            "Only for Gateways of class istio: the endpoint picker serves TLS with a self-signed "
            "certificate.");
    return files;
}

} // namespace

std::string_view toString(Autoscaler autoscaler)
{
    switch (autoscaler) {
    case Autoscaler::Keda:
        return "keda";
    case Autoscaler::Hpa:
        return "hpa";
    case Autoscaler::None:
        return "none";
    }
    return "none";
}

std::optional<Autoscaler> parseAutoscaler(std::string_view text)
{
    const auto wanted = toLower(trimmed(text));
    for (const auto autoscaler : { Autoscaler::Keda, Autoscaler::Hpa, Autoscaler::None }) {
        if (wanted == toString(autoscaler))
            return autoscaler;
    }
    return std::nullopt;
}

std::vector<std::pair<std::string, std::string>> manifestTargets()
{
    return { { "kubernetes",
               "Plain Kubernetes objects: model servers, llm-d endpoint picker, InferencePool, "
               "monitoring, autoscaling" } };
}

Result<std::vector<ManifestFile>> writeManifests(const DeploymentPlan& plan,
                                                 const ManifestOptions& options)
{
    if (options.target != "kubernetes")
        return failure(ErrorCode::Unsupported,
                       fmt::format("there is no export target '{}'; known is kubernetes",
                                   oneLine(options.target, 80)));
    if (auto checked = checkPlan(plan); !checked)
        return tl::unexpected(checked.error());
    if (auto checked = checkOptions(options); !checked)
        return tl::unexpected(checked.error());
    const kubernetes::Export context(plan, options);
    auto files = kubernetesFiles(context);
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
