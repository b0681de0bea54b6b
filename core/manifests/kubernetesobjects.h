// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "manifests.h"

#include <core/base/yamlemitter.h>

#include <string>
#include <utility>
#include <vector>

/** Pieces of the target "kubernetes"; internal to core/manifests. */
namespace llmd::kubernetes {

using Labels = std::vector<std::pair<std::string, std::string>>;

constexpr int enginePort = 8000;
constexpr int pickerPort = 9002;
constexpr int pickerHealthPort = 9003;
constexpr int pickerMetricsPort = 9090;
/** Chart default: as long as the longest grace period of a pod in the pool. */
constexpr int pickerGracePeriod = 130;
constexpr const char* enginePortName = "http";
constexpr const char* pickerMetricsPortName = "http-metrics";
constexpr const char* pickerConfigFile = "endpoint-picker.yaml";
constexpr const char* generatorName = "llm-d-planner";

/** What is written for, and every name that occurs in more than one object. */
struct Export
{
    const DeploymentPlan& plan;
    const ManifestOptions& options;
    std::string
        server; ///< model server: Deployment, Service, ServiceAccount, budget, PodMonitor, scaler
    std::string pool; ///< InferencePool and HTTPRoute
    std::string picker; ///< all objects of the endpoint picker in the namespace
    std::string pickerGlobal; ///< its cluster-wide objects
    std::string pickerToken; ///< Secret with which Prometheus reads its metrics
    Labels selector; ///< THE labels of the model server pods: Deployment, Service, pool,
        ///< PodMonitor, budget
    Labels pickerSelector;

    Export(const DeploymentPlan& plan, const ManifestOptions& options);
};

[[nodiscard]] YamlValue labelMap(const Labels& labels);
[[nodiscard]] YamlValue matchLabels(const Labels& labels);
/** Start of an object: apiVersion, kind and metadata with the common labels. */
[[nodiscard]] YamlValue object(const Export& context, const std::string& apiVersion,
                               const std::string& kind, const std::string& name,
                               const std::string& component, bool inNamespace = true);
/** "160Gi": whole gibibytes, rounded up. */
[[nodiscard]] std::string quantity(Bytes bytes);
/** `$(NAME)` in arguments is replaced by the kubelet; a text that is data must not be. */
[[nodiscard]] std::string literalArgument(std::string text);
/** First lines of a file: what it is, by which version for which versions, and with `figures` what
 * was predicted. */
[[nodiscard]] std::string header(const Export& context, const std::string& what,
                                 bool figures = false);

[[nodiscard]] std::vector<YamlValue> modelServerObjects(const Export& context);
[[nodiscard]] std::vector<YamlValue> endpointPickerObjects(const Export& context);
[[nodiscard]] YamlValue inferencePool(const Export& context);
[[nodiscard]] YamlValue httpRoute(const Export& context);
[[nodiscard]] YamlValue istioDestinationRule(const Export& context);
[[nodiscard]] std::vector<YamlValue> monitoringObjects(const Export& context);
[[nodiscard]] YamlValue scaledObject(const Export& context);
[[nodiscard]] YamlValue horizontalPodAutoscaler(const Export& context);
[[nodiscard]] YamlValue prometheusAdapterValues();
[[nodiscard]] std::string applyGuide(const Export& context, const std::vector<ManifestFile>& files);
[[nodiscard]] std::string plannerFile(const Export& context,
                                      const std::vector<ManifestFile>& files);

} // namespace llmd::kubernetes
