// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/base/result.h>
#include <core/candidate/candidate.h>
#include <core/catalog/catalog.h>
#include <core/search/search.h>

#include <string>
#include <utility>
#include <vector>

namespace llmd {

/** One vLLM argument; a flag without value has an empty one. */
struct EngineArgument
{
    std::string flag; ///< "--max-num-seqs"
    std::string value;
    std::string why;  ///< one phrase: why it is set
};

/** One scorer of the endpoint picker with its weight. */
struct RouterScorer
{
    std::string type; ///< "prefix-cache-scorer"
    double weight = 1;
};

struct AutoscalingPlan
{
    int minReplicas = 1;
    int maxReplicas = 1;
    double targetRunningPerReplica = 0; ///< sequences per replica at the operating point
    Seconds coldStart;                  ///< download, load, graph capture: estimated
};

/** Everything that a manifest writer needs, decided; the names obey Kubernetes' rules. */
struct DeploymentPlan
{
    std::string name;        ///< DNS-1123, at most 40 characters
    std::string nameSpace = "llm-serving";
    const Model* model = nullptr;
    const Gpu* gpu = nullptr;
    Topology topology;
    EngineSettings engine;
    const VersionRow* versions = nullptr;
    std::vector<EngineArgument> arguments; ///< without model, port and served name
    std::vector<RouterScorer> scorers;
    AutoscalingPlan autoscaling;
    Bytes checkpointSize;
    Bytes memoryRequest; ///< host memory of one pod
    int cpuRequest = 8;
    std::vector<std::pair<std::string, std::string>> summary; ///< predicted figures for the header comment
};

/** Arguments of `vllm serve` for a candidate, only flags that this version knows, each with its reason. */
[[nodiscard]] std::vector<EngineArgument> engineArguments(const Candidate& candidate, const SemanticVersion& version);

[[nodiscard]] Result<DeploymentPlan> planDeployment(const Option& option, const ResolvedNeed& need,
                                                    const Requirements& requirements, const Catalog& catalog);

} // namespace llmd
