// SPDX-License-Identifier: Apache-2.0
#include "kubernetesobjects.h"

#include <core/plan/names.h>

#include <fmt/format.h>

namespace llmd::kubernetes {

namespace {

/** Where the parts of the expanded objects go. */
struct Folders
{
    std::string objects; ///< applied at once
    std::string before;
};

Files expandedFiles(const Export& context, const Folders& folders)
{
    const auto& options = context.options;
    Files files;
    addFile(files, folders.before + "/namespace.yaml", { namespaceObject(context) },
            "Apart from the other objects, so that deleting those keeps the namespace.");
    if (!options.gatewayClass.empty())
        addFile(files, folders.before + "/gateway.yaml", { gateway(context) },
                "One Gateway serves many models; leave this out if yours exists.");
    addFile(files, folders.objects + "/10-model-server.yaml", modelServerObjects(context),
            header(context, "Model servers", true));
    addFile(files, folders.objects + "/20-endpoint-picker.yaml", endpointPickerObjects(context),
            header(context, "Endpoint picker"));
    addFile(files, folders.objects + "/30-inference-pool.yaml", { inferencePool(context) },
            header(context, "Pool of model servers"));
    if (!options.gateway.empty())
        addFile(files, folders.objects + "/40-http-route.yaml", { httpRoute(context) },
                header(context, "Route from the Gateway"));
    std::vector<YamlValue> monitoring;
    for (const auto& server : context.servers)
        monitoring.push_back(podMonitor(context, server));
    for (auto& object : pickerMonitoring(context))
        monitoring.push_back(std::move(object));
    addFile(files, folders.objects + "/50-monitoring.yaml", monitoring,
            header(context, "What Prometheus reads"));
    if (options.autoscaler != Autoscaler::None)
        addFile(files, folders.objects + "/60-autoscaling.yaml", autoscalingObjects(context),
                header(context,
                       options.autoscaler == Autoscaler::Hpa ? "Horizontal pod autoscaler"
                                                             : "KEDA scaler",
                       true));
    if (options.autoscaler == Autoscaler::Hpa)
        addFile(files, "optional/prometheus-adapter-values.yaml",
                { prometheusAdapterValues(context) },
                "Values for the prometheus-adapter chart: the metrics that the "
                "HorizontalPodAutoscaler reads.");
    if (!options.gateway.empty())
        addFile(
            files, "optional/istio-destination-rule.yaml", { istioDestinationRule(context) },
            "Only for Gateways of class istio: the endpoint picker serves TLS with a self-signed "
            "certificate.");
    return files;
}

YamlValue kustomization(const std::vector<std::string>& resources)
{
    YamlValue result = YamlValue::map(
        { { "apiVersion", "kustomize.config.k8s.io/v1beta1" }, { "kind", "Kustomization" } });
    result.set("resources", stringList(resources));
    return result;
}

/** "registry/path:tag" as an entry of `images`, to be edited in place. */
YamlValue imageEntry(const std::string& image)
{
    const auto colon = image.rfind(':');
    const bool tagged = colon != std::string::npos && image.find('/', colon) == std::string::npos;
    const auto name = image.substr(0, tagged ? colon : image.size());
    YamlValue entry = YamlValue::map({ { "name", name }, { "newName", name } });
    if (tagged)
        entry.set("newTag", image.substr(colon + 1));
    return entry;
}

} // namespace

Files kubernetesFiles(const Export& context)
{
    return expandedFiles(context, { "manifests", "prerequisites" });
}

Files kustomizeFiles(const Export& context)
{
    auto files = expandedFiles(context, { "base", "prerequisites" });
    std::vector<std::string> resources;
    for (const auto& file : files) {
        if (file.path.starts_with("base/"))
            resources.push_back(file.path.substr(5));
    }
    addFile(files, "base/kustomization.yaml", { kustomization(resources) },
            header(context, "Base of the overlays"));
    auto overlay = kustomization({ "../../base" });
    YamlValue images;
    images.append(imageEntry(context.plan.engineImage));
    images.append(imageEntry(context.plan.versions->eppImage));
    if (context.disaggregated())
        images.append(imageEntry(context.plan.versions->sidecarImage));
    images.setHeadComment("Your registry mirror, or other tags of the same version row.");
    overlay.set("images", std::move(images));
    addFile(files, "overlays/site/kustomization.yaml", { overlay },
            "What differs on your cluster goes here, as patches and images; base/ can then be "
            "exported again.");
    return files;
}

} // namespace llmd::kubernetes
