// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model.h"

#include <core/base/units.h>

#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace llmd {

/** "0.19.0" as numbers. */
struct SemanticVersion
{
    int major = 0;
    int minor = 0;
    int patch = 0;

    auto operator<=>(const SemanticVersion&) const = default;
};
[[nodiscard]] std::optional<SemanticVersion>
parseVersion(std::string_view text); ///< "v0.19", "0.19.0", "0.19.0rc1"
[[nodiscard]] std::string toString(const SemanticVersion& version);

/**
 * What depends on the vLLM version: memory terms, defaults, sampler cost and flags. A profile holds from its version on
 * until the next profile starts; each says where its figures come from.
 */
struct EngineVersionProfile
{
    SemanticVersion from;
    std::string name; ///< "vLLM 0.18 – 0.21"

    // Memory: terms that differ between versions, from start-up logs; core/memory has the model around them.
    Bytes activationBase; ///< constant part of the warm-up peak
    /** Warm-up of the sampler, x max_num_seqs x vocabulary, beside the logits in the model's own type. */
    Bytes activationPerSequenceAndToken;
    Bytes activationPerVocabularyEntry; ///< scratch rows of the sampler's kernel
    Bytes nonTorchSingle; ///< TP = 1
    Bytes nonTorchTensorParallel; ///< TP = 2: collective buffers
    Bytes nonTorchPerTpDoubling; ///< for each doubling of TP beyond 2
    Bytes nonTorchPipeline; ///< with pipeline stages and TP = 1
    Bytes cudaGraphBase; ///< captured graphs without the part that grows with the layers
    bool cudaGraphsInBudget = false; ///< graphs are charged to gpu_memory_utilization

    // Defaults of `vllm serve`
    double gpuMemoryUtilization = 0.9;
    int maxNumSeqs = 256; ///< on GPUs below 70 GiB and A100
    int maxNumSeqsLarge = 1024; ///< on other GPUs from 70 GiB
    int maxNumBatchedTokens = 2048;
    int maxNumBatchedTokensLarge = 8192;

    // Sampler: full-vocabulary sort when top-p/top-k are active
    bool samplerSortsVocabulary = true;
    /** The next batch is composed while a step runs, so that the CPU's work between steps is hidden. */
    bool asynchronousScheduling = true;

    Source source;
};

/** A serving platform that brings an engine of its own. */
struct PlatformVersion
{
    std::string version; ///< "2.58.0"; empty = none is known for this row
    std::string image;
    SemanticVersion vllm; ///< inside the image
};

/** A set of component versions known to work together, used by exports. */
struct VersionRow
{
    std::string id; ///< "2026-08"
    std::string name;
    SemanticVersion vllm;
    std::string vllmImage;
    std::string routerVersion; ///< tag of EPP, sidecar and router chart
    std::string eppImage;
    std::string sidecarImage;
    std::string modelserviceChart;
    std::string eppConfigApiVersion;
    // Releases that bring the custom resource definitions; empty = not stated.
    std::string inferenceExtension; ///< Gateway API Inference Extension: InferencePool
    std::string gatewayApi;
    std::string leaderWorkerSet;
    std::string kserve; ///< also decides the version of LLMInferenceService
    PlatformVersion ray; ///< ray-llm
    PlatformVersion dynamo;
    Source source;

    /** Whether the router is of this release or newer; a row that follows its main branch is. */
    [[nodiscard]] bool routerSince(const SemanticVersion& version) const;
};

} // namespace llmd
