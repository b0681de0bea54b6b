// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/base/result.h>
#include <core/candidate/candidate.h>
#include <core/catalog/catalog.h>
#include <core/search/search.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace llmd {

/** One vLLM argument; a flag without value has an empty one. */
struct EngineArgument
{
    std::string flag; ///< "--max-num-seqs"
    std::string value;
    std::string why; ///< one phrase: why it is set

    bool operator==(const EngineArgument&) const = default;
    [[nodiscard]] std::string text() const { return value.empty() ? flag : flag + "=" + value; }
};

/** One scorer of the endpoint picker with its weight. */
struct RouterScorer
{
    std::string type; ///< "prefix-cache-scorer"
    double weight = 1;

    bool operator==(const RouterScorer&) const = default;
};

struct AutoscalingPlan
{
    int minReplicas = 1;
    int maxReplicas = 1;
    double targetRunningPerReplica = 0; ///< sequences per replica at the operating point
    Seconds coldStart; ///< download, load, graph capture: estimated
    std::string minReplicasWhy = "the plan, sized for the peak";
    std::string maxReplicasWhy; ///< where the upper limit comes from
    std::optional<Seconds> scaleUpPeriod; ///< between two additions; absent = one cold start
    Seconds scaleDownPeriod { 300 }; ///< between two removals, and how long a low load must last
    std::string coldStartWhy; ///< the estimate with its assumptions
    // Of servers that only compute prompts: they scale by the work that waits for them.
    TokensPerSecond promptRate; ///< of one replica
    Seconds promptBacklog; ///< work per replica that the target for the first token leaves room for

    bool operator==(const AutoscalingPlan&) const = default;
};

/** What one model server pod asks of its node besides the GPUs, each with the rule behind it. */
struct HostResources
{
    Bytes memory; ///< request and limit, shared memory included
    Bytes sharedMemory; ///< size of /dev/shm; 0 = the container default is enough
    Bytes storage; ///< local disk for the checkpoint and caches
    int cpu = 0; ///< cores requested
    std::string memoryWhy;
    std::string storageWhy;
    std::string cpuWhy;

    bool operator==(const HostResources&) const = default;
};

/** How a model server leaves: seconds. The endpoint picker learns of it during the delay. */
struct Shutdown
{
    int delay = 15; ///< before the engine is told to stop
    int drain = 60; ///< running requests may finish (`--shutdown-timeout`); 0 if the version has no
        ///< such flag
    int gracePeriod = 90; ///< Kubernetes ends the pod after so long; above delay + drain

    bool operator==(const Shutdown&) const = default;
};

/** The traffic that the plan was made for, so that a benchmark can repeat it. */
struct PlannedLoad
{
    RequestsPerSecond rate; ///< at the peak, of the whole deployment
    LengthDistribution prompt; ///< tokens
    LengthDistribution output; ///< tokens

    bool operator==(const PlannedLoad&) const = default;
};

/** What the servers of one group do. */
enum class ServerRole { Both, Prefill, Decode };
[[nodiscard]] std::string_view toString(ServerRole role); ///< "both", "prefill", "decode"

/** One group of equal model servers. */
struct ServerPlan
{
    ServerRole role = ServerRole::Both;
    const Gpu* gpu = nullptr;
    Pool pool;
    EngineSettings engine;
    int pods = 1; ///< that one replica spans, each on a node of its own
    std::vector<EngineArgument> arguments; ///< without model, port and served name
    std::vector<RouterScorer> scorers; ///< with which the router chooses among these servers
    AutoscalingPlan autoscaling;
    HostResources host; ///< of one pod
    Shutdown shutdown;
    std::string gpuLabelKey; ///< node label that names the GPU product; empty = no affinity

    [[nodiscard]] int gpusPerPod() const { return pool.parallelism.gpus() / pods; }
    /** Attention replicas in one pod. */
    [[nodiscard]] int dataLocal() const
    {
        return pods > 1 && pool.parallelism.data > 1 ? pool.parallelism.data / pods
                                                     : pool.parallelism.data;
    }
    /** Every pod of a replica takes requests, because each holds whole attention replicas. */
    [[nodiscard]] bool everyPodServes() const { return pods == 1 || pool.parallelism.data > 1; }
};

/**
 * Everything that a manifest writer needs, decided; the names obey Kubernetes' rules. As a `ServerPlan` it is the servers
 * that answer: all of them, or those that decode where prompts are computed by others.
 */
struct DeploymentPlan : ServerPlan
{
    std::string name; ///< RFC 1035 label, at most 40 characters
    std::string nameSpace = "llm-serving";
    std::string title; ///< of the requirements, any text
    Requirements requirements; ///< that the plan was made for, so that it can be made again
    std::string modelLabel; ///< label value that stands for the served name
    std::string
        servedName; ///< model that requests ask for; the id of the weights unless a spec names it otherwise
    const Model* model = nullptr;
    Topology topology; ///< of the configuration, for its label and its GPUs in all
    std::optional<ServerPlan> prefill; ///< the servers that compute prompts, if they are others
    const VersionRow* versions = nullptr;
    std::string engineImage; ///< of the version row, for the GPU's vendor
    Bytes checkpointSize; ///< of the files that the engine downloads
    int eppCpu = 2; ///< cores requested for the endpoint picker
    std::string eppCpuWhy;
    Seconds requestTimeout; ///< of one HTTP request: above the longest generation
    /** Why it does not fit the GPUs' memory; empty = it does. Such a plan is only written when asked for. */
    std::string unfit;
    PlannedLoad load;
    std::vector<std::pair<std::string, std::string>>
        summary; ///< predicted figures for the header comment
    std::vector<std::string>
        warnings; ///< what the user should know before applying, plain sentences

    /** The groups in the order in which a request meets them: prefill before decode. */
    [[nodiscard]] std::vector<const ServerPlan*> servers() const;
};

/** The oldest vLLM whose command line the planner knows well enough to write. */
constexpr SemanticVersion oldestExportedVersion { 0, 9, 0 };

/**
 * Arguments of `vllm serve` for a candidate, only flags that this version knows, each with its reason. Where a replica
 * spans several pods, those that differ between them (ranks, addresses) are left to the writer.
 */
[[nodiscard]] std::vector<EngineArgument>
engineArguments(const Candidate& candidate, const SemanticVersion& version, int pods = 1);

/** Whether this version of the engine has the flag; true for flags that are older than every version that is exported. */
[[nodiscard]] bool engineHasFlag(std::string_view flag, const SemanticVersion& version);

/**
 * Pods with the same number of GPUs that one replica is spread over when a node has `gpusPerNode`: whole attention replicas
 * per pod, else whole tensor groups or equal parts of one. 0 if there is no such division.
 */
[[nodiscard]] int podsPerReplica(const Parallelism& parallelism, int gpusPerNode);

/** Why the settings cannot be written as arguments of this version (a sentence with a remedy),
 * empty if they can. */
[[nodiscard]] std::string engineArgumentObstacle(const Candidate& candidate,
                                                 const SemanticVersion& version);

/**
 * Decides what is left open by an option. Fails on what cannot be deployed: replicas that do not divide into
 * nodes, GPUs without vLLM support, an engine version before `oldestExportedVersion`, contradictory settings. The plan points into the catalog and at the
 * option's model and GPU, which must outlive it.
 */
[[nodiscard]] Result<DeploymentPlan> planDeployment(const Option& option, const ResolvedNeed& need,
                                                    const Requirements& requirements,
                                                    const Catalog& catalog);

} // namespace llmd
