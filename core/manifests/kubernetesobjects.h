// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "manifests.h"

#include <core/base/yamlemitter.h>

#include <string>
#include <utility>
#include <vector>

/** Pieces that the targets are made of; internal to core/manifests. */
namespace llmd::kubernetes {

using Labels = std::vector<std::pair<std::string, std::string>>;

constexpr int servingPort = 8000; ///< that the pool sends requests to
constexpr int enginePortBehindSidecar = 8200;
constexpr int sideChannelPort = 5600; ///< of NIXL's handshake
constexpr int pickerPort = 9002;
constexpr int pickerHealthPort = 9003;
constexpr int pickerMetricsPort = 9090;
/** Chart default: as long as the longest grace period of a pod in the pool. */
constexpr int pickerGracePeriod = 130;
constexpr const char* servingPortName = "http";
constexpr const char* enginePortName = "engine"; ///< behind a sidecar
constexpr const char* pickerMetricsPortName = "http-metrics";
constexpr const char* pickerConfigFile = "endpoint-picker.yaml";
constexpr const char* generatorName = "llm-d-planner";
constexpr const char* modelCache = "/model-cache";
constexpr const char* poolGroup = "inference.networking.k8s.io";

/** One group of model servers with its names. */
struct Server
{
    const ServerPlan& plan;
    std::string name; ///< Deployment or LeaderWorkerSet, Service, budget, PodMonitor, scaler
    Labels selector; ///< of its serving pods
    bool sidecar = false; ///< requests reach the engine through the routing sidecar
    std::string gpuResource; ///< "nvidia.com/gpu"

    [[nodiscard]] int enginePort() const { return sidecar ? enginePortBehindSidecar : servingPort; }
    [[nodiscard]] const char* engineName() const
    {
        return sidecar ? enginePortName : servingPortName;
    }
    [[nodiscard]] bool spansNodes() const { return plan.pods > 1; }
    [[nodiscard]] const char* workloadKind() const
    {
        return spansNodes() ? "LeaderWorkerSet" : "Deployment";
    }
    [[nodiscard]] const char* workloadVersion() const
    {
        return spansNodes() ? "leaderworkerset.x-k8s.io/v1" : "apps/v1";
    }
};

/** What is written for, and every name that occurs in more than one object. */
struct Export
{
    const DeploymentPlan& plan;
    const ManifestOptions& options;
    std::vector<Server> servers; ///< prefill before decode
    std::string account; ///< ServiceAccount of all model servers
    std::string pool; ///< InferencePool and HTTPRoute
    std::string picker; ///< all objects of the endpoint picker in the namespace
    std::string pickerGlobal; ///< its cluster-wide objects
    std::string pickerToken; ///< Secret with which Prometheus reads its metrics
    Labels selector; ///< THE labels of all serving pods: pool and Service
    Labels pickerSelector;

    Export(const DeploymentPlan& plan, const ManifestOptions& options);

    [[nodiscard]] bool disaggregated() const { return servers.size() > 1; }
    /** How KV caches travel; null unless prompts are computed by other servers. */
    [[nodiscard]] const Transfer* transfer() const
    {
        const auto& split = plan.topology.disaggregation;
        return split ? &split->transfer : nullptr;
    }
    /** The group that answers requests. */
    [[nodiscard]] const Server& answering() const { return servers.back(); }
};

// Documents and texts
[[nodiscard]] YamlValue labelMap(const Labels& labels);
[[nodiscard]] YamlValue matchLabels(const Labels& labels);
[[nodiscard]] YamlValue stringList(const std::vector<std::string>& texts);
/** Start of an object: apiVersion, kind and metadata with the common labels. */
[[nodiscard]] YamlValue object(const Export& context, const std::string& apiVersion,
                               const std::string& kind, const std::string& name,
                               const std::string& component, bool inNamespace = true);
/** "160Gi": whole gibibytes, rounded up. */
[[nodiscard]] std::string quantity(Bytes bytes);
/** `$(NAME)` in arguments is replaced by the kubelet; a text that is data must not be. */
[[nodiscard]] std::string literalArgument(std::string text);
/** Any text as one word of a POSIX shell; plain words stay as they are. */
[[nodiscard]] std::string shellWord(const std::string& text);
/** First lines of a file: what it is, by which version for which versions, and with `figures` what
 * was predicted. */
[[nodiscard]] std::string header(const Export& context, const std::string& what,
                                 bool figures = false);

// How the engine is started
/** `vllm serve` without its first two words: model, served name, port and arguments, as plain texts. */
[[nodiscard]] std::vector<std::string> serveArguments(const Export& context, const Server& server);
/** The reasons of the arguments, a line each. */
[[nodiscard]] std::string argumentReasons(const Server& server);
/** Arguments that join the pods of a replica; `$(LWS_…)` are variables of the LeaderWorkerSet controller. */
[[nodiscard]] std::vector<std::string> joiningArguments(const Server& server, bool worker);
/** Start command of a pod; computes the rank where `joiningArguments` cannot. */
[[nodiscard]] YamlValue engineCommand(const Server& server);
/** Plain variables of the engine, by name. */
[[nodiscard]] Labels engineVariables(const Export& context, const Server& server);

// Parts of pods, shared between targets
[[nodiscard]] YamlValue engineContainer(const Export& context, const Server& server, bool worker);
[[nodiscard]] YamlValue engineEnvironment(const Export& context, const Server& server);
[[nodiscard]] YamlValue engineResources(const Export& context, const Server& server);
[[nodiscard]] YamlValue engineMounts(const Server& server);
[[nodiscard]] YamlValue engineVolumes(const Export& context, const Server& server);
[[nodiscard]] YamlValue routingSidecar(const Export& context);
[[nodiscard]] YamlValue tolerations(const Export& context, const Server& server);
/** Null if there is nothing to ask for. */
[[nodiscard]] YamlValue affinity(const Export& context, const Server& server);
/** Sets startup, readiness and liveness probes. */
void addProbes(const Server& server, YamlValue& container);
[[nodiscard]] YamlValue podTemplate(const Export& context, const Server& server, bool worker);
/** Whether pods of this group ask for RDMA devices. */
[[nodiscard]] bool usesRdma(const Export& context, const Server& server);
/** Seconds within which a start has to succeed. */
[[nodiscard]] int startBudget(const Server& server);

// Objects
[[nodiscard]] YamlValue namespaceObject(const Export& context);
[[nodiscard]] std::vector<YamlValue> modelServerObjects(const Export& context);
[[nodiscard]] YamlValue pickerConfigTree(const Export& context);
[[nodiscard]] std::vector<YamlValue> endpointPickerObjects(const Export& context);
[[nodiscard]] YamlValue inferencePool(const Export& context);
[[nodiscard]] YamlValue gateway(const Export& context);
[[nodiscard]] YamlValue httpRoute(const Export& context);
[[nodiscard]] YamlValue istioDestinationRule(const Export& context);
[[nodiscard]] YamlValue podMonitor(const Export& context, const Server& server);
[[nodiscard]] std::vector<YamlValue> pickerMonitoring(const Export& context);
/** The scaler of each group; none if replicas are fixed. */
[[nodiscard]] std::vector<YamlValue> autoscalingObjects(const Export& context);
/** `scaleUp` and `scaleDown` of a HorizontalPodAutoscaler. */
[[nodiscard]] YamlValue scalingBehavior(const ServerPlan& server);
[[nodiscard]] YamlValue prometheusAdapterValues(const Export& context);
[[nodiscard]] std::string applyGuide(const Export& context, const std::vector<ManifestFile>& files);
[[nodiscard]] std::string plannerFile(const Export& context,
                                      const std::vector<ManifestFile>& files);

// Files of each target, in the order in which they are applied
using Files = std::vector<ManifestFile>;
void addFile(Files& files, std::string path, const std::vector<YamlValue>& documents,
             const std::string& comment);
[[nodiscard]] Files kubernetesFiles(const Export& context);
[[nodiscard]] Files kustomizeFiles(const Export& context);
[[nodiscard]] Files helmFiles(const Export& context);
[[nodiscard]] Files kserveFiles(const Export& context);
[[nodiscard]] Files rayFiles(const Export& context);
[[nodiscard]] Files dynamoFiles(const Export& context);
[[nodiscard]] Files commandFiles(const Export& context);
/** Where a client inside the cluster reaches the deployment of a target. */
[[nodiscard]] std::string serviceUrl(const Export& context);
/** Jobs that repeat the planned load. */
void addBenchmarkJobs(const Export& context, Files& files);
/** The command of one such measurement, a word each, against `url`. */
[[nodiscard]] std::vector<std::string> guidellmCommand(const Export& context,
                                                       const std::string& url);

} // namespace llmd::kubernetes
