// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/base/result.h>
#include <core/base/units.h>

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace llmd {

/** What is served, so that two plans can be told apart without their specs. */
struct PlannedModel
{
    std::string name; ///< as the spec names it
    std::string checkpoint; ///< Hugging Face id of the weights
    std::string revision;
    std::string quantization; ///< of the weights, "fp8"
    bool quantizedAtLoad = false;
    int maxContextLength = 0;
    int maxActiveAdapters = 0; ///< 0 = none
    int maxAdapterRank = 0;
    int cpuAdapters = 0; ///< kept in host memory
    std::string draftModel; ///< empty = no speculative decoding
    int numSpeculativeTokens = 0;

    bool operator==(const PlannedModel&) const = default;
};

struct PlannedParallelism
{
    int tensorParallel = 1;
    int pipelineParallel = 1;
    int replicas = 1;
    int totalGpus = 1;
    std::string gpuType; ///< id of the catalog
    int prefillTensorParallel = 0; ///< of servers that only compute prompts; 0 = there are none
    int prefillReplicas = 0;
    int dataParallel = 1; ///< attention replicas inside one server
    bool expertParallel = false;
    int podsPerReplica = 1; ///< more than one: a group of pods on several nodes
    int prefillDataParallel = 0;
    bool prefillExpertParallel = false;
    int prefillPodsPerReplica = 0;

    bool operator==(const PlannedParallelism&) const = default;
};

struct PlannedScheduler
{
    int maxBatchSize = 0; ///< sequences per replica
    std::int64_t maxTokensInBatch = 0; ///< of all sequences of a full batch, cached and new
    bool chunkedPrefill = true;
    int maxChunkedPrefillTokens = 0;
    int schedulerSteps = 1;
    double maxWaitTimeMs = 0;

    bool operator==(const PlannedScheduler&) const = default;
};

struct PlannedCache
{
    int blockSize = 16; ///< tokens
    std::int64_t gpuCacheBlocks = 0;
    std::int64_t cpuSwapBlocks = 0;
    double gpuUtilization = 0.9;
    std::string offloadPolicy;
    bool tier1Enabled = false; ///< host memory
    bool tier2Enabled = false; ///< NVMe

    bool operator==(const PlannedCache&) const = default;
};

struct PlannedRouting
{
    std::string policy; ///< "kv-aware", "round-robin"
    bool kvAwareRouting = false;
    int loadBalancingWindow = 0; ///< requests
    bool sessionAffinity = false;
    Seconds sessionAffinityTimeout;

    bool operator==(const PlannedRouting&) const = default;
};

struct PlannedAutoscaling
{
    int minReplicas = 1;
    int maxReplicas = 1;
    double scaleUpThreshold = 0;
    double scaleDownThreshold = 0;
    Seconds scaleUpCooldown;
    Seconds scaleDownCooldown;
    std::string metric;
    double targetRunningPerReplica = 0; ///< value of the metric that is aimed at

    bool operator==(const PlannedAutoscaling&) const = default;
};

/** What the plan runs on and how long a replica takes to start: what changing it costs. */
struct PlannedRuntime
{
    std::string service; ///< name of the objects
    std::string nameSpace;
    std::string engineImage;
    std::string routerImage;
    Seconds coldStart;

    bool operator==(const PlannedRuntime&) const = default;
};

/** Third stage: every decision as figures. `why` has the reason of each field, by its path ("kvCache.blockSize"). */
struct ExecutionPlan
{
    PlannedRuntime runtime;
    PlannedModel model;
    PlannedParallelism parallelism;
    PlannedScheduler scheduler;
    PlannedCache kvCache;
    PlannedRouting routing;
    PlannedAutoscaling autoscaling;
    std::map<std::string, std::string> why; ///< comments; not read back
    std::vector<std::string> header; ///< comment lines at the top; not read back

    /** The same decisions; reasons and comments do not count. */
    [[nodiscard]] bool sameDecisions(const ExecutionPlan& other) const;
};

/** One field of a plan as text. */
struct PlanField
{
    enum class Kind { Text, Number, Flag };

    std::string path; ///< "scheduler.maxBatchSize"
    std::string value;
    Kind kind = Kind::Text; ///< of the value; a duration is a text with its unit

    bool operator==(const PlanField&) const = default;
};
/** All fields in the order of the file. */
[[nodiscard]] std::vector<PlanField> planFields(const ExecutionPlan& plan);

/** YAML with the sections and fields of the format, each with its reason as a comment. `readExecutionPlan` gives the decisions back. */
[[nodiscard]] std::string writeExecutionPlan(const ExecutionPlan& plan);
/** Fails on the first thing that is wrong, with its position: missing and unknown fields as well. */
[[nodiscard]] Result<ExecutionPlan> readExecutionPlan(std::string_view text,
                                                      const std::string& name = {});

} // namespace llmd
