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

/** Everything that a manifest writer needs, decided; the names obey Kubernetes' rules. */
struct DeploymentPlan
{
    std::string name; ///< RFC 1035 label, at most 40 characters
    std::string nameSpace = "llm-serving";
    std::string title; ///< of the requirements, any text
    Requirements requirements; ///< that the plan was made for, so that it can be made again
    std::string modelLabel; ///< label value that stands for the served name
    std::string
        servedName; ///< model that requests ask for; the id of the weights unless a spec names it otherwise
    const Model* model = nullptr;
    const Gpu* gpu = nullptr;
    Topology topology;
    EngineSettings engine;
    const VersionRow* versions = nullptr;
    std::string engineImage; ///< of the version row, for the GPU's vendor
    std::vector<EngineArgument> arguments; ///< without model, port and served name
    std::vector<RouterScorer> scorers;
    AutoscalingPlan autoscaling;
    Bytes checkpointSize; ///< of the files that the engine downloads
    HostResources host;
    int eppCpu = 2; ///< cores requested for the endpoint picker
    std::string eppCpuWhy;
    Shutdown shutdown;
    Seconds requestTimeout; ///< of one HTTP request: above the longest generation
    std::string gpuLabelKey; ///< node label that names the GPU product; empty = no affinity
    std::vector<std::pair<std::string, std::string>>
        summary; ///< predicted figures for the header comment
    std::vector<std::string>
        warnings; ///< what the user should know before applying, plain sentences
};

/** The oldest vLLM whose command line the planner knows well enough to write. */
constexpr SemanticVersion oldestExportedVersion { 0, 9, 0 };

/** Arguments of `vllm serve` for a candidate, only flags that this version knows, each with its
 * reason. */
[[nodiscard]] std::vector<EngineArgument> engineArguments(const Candidate& candidate,
                                                          const SemanticVersion& version);

/** Why the settings cannot be written as arguments of this version (a sentence with a remedy),
 * empty if they can. */
[[nodiscard]] std::string engineArgumentObstacle(const Candidate& candidate,
                                                 const SemanticVersion& version);

/**
 * Decides what is left open by an option. Fails on what plain aggregated serving cannot express:
 * more GPUs per replica than a node has, GPUs without vLLM support, an engine version before
 * `oldestExportedVersion`, contradictory settings. The plan points into the catalog and at the
 * option's model and GPU, which must outlive it.
 */
[[nodiscard]] Result<DeploymentPlan> planDeployment(const Option& option, const ResolvedNeed& need,
                                                    const Requirements& requirements,
                                                    const Catalog& catalog);

} // namespace llmd
