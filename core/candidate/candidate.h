// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "enginefeatures.h"

#include <core/catalog/engineversion.h>
#include <core/catalog/gpu.h>
#include <core/catalog/model.h>

#include <optional>
#include <string>

namespace llmd {

/** How one copy of the model is spread over GPUs. */
struct Parallelism
{
    int tensor = 1;
    int pipeline = 1;
    int data = 1; ///< attention data parallelism inside one engine (MoE)
    bool expert = false; ///< experts spread over tensor x data ranks

    auto operator<=>(const Parallelism&) const = default;
    [[nodiscard]] int gpus() const { return tensor * pipeline * data; }
    [[nodiscard]] std::string label() const; ///< "TP4", "TP2 PP2", "TP1 DP8 EP"
};

/** One kind of server: parallelism and how many of them. */
struct Pool
{
    Parallelism parallelism;
    int replicas = 1;

    auto operator<=>(const Pool&) const = default;
    [[nodiscard]] int gpus() const { return parallelism.gpus() * replicas; }
};

/** Aggregated serving: every replica does prefill and decode. */
struct Topology
{
    Pool pool;

    auto operator<=>(const Topology&) const = default;
    [[nodiscard]] int gpus() const { return pool.gpus(); }
    [[nodiscard]] std::string label() const; ///< "2 x TP4"
};

/** vLLM settings that change memory or speed; everything else stays at the version's default. */
struct EngineSettings
{
    int maxModelLen = 8192;
    int maxNumSeqs = 256;
    int maxNumBatchedTokens = 8192;
    double gpuMemoryUtilization = 0.9;
    int blockSize = 16;
    bool prefixCaching = true;
    bool chunkedPrefill = true;
    bool enforceEager = false;
    std::optional<Precision> keyValueCache; ///< absent = "auto": what the checkpoint or dtype says
    std::optional<SpeculativeDecoding> speculative = {};
    std::optional<LoraServing> lora = {};
    KvOffload offload = {};
    SemanticVersion version { 0, 19, 0 };

    bool operator==(const EngineSettings&) const = default;
};

/**
 * Everything that decides how a deployment performs. Points into a `Catalog` (and a variant store of the search), which
 * must outlive it.
 */
struct Candidate
{
    const Model* model = nullptr;
    const Gpu* gpu = nullptr;
    Topology topology;
    EngineSettings engine;

    bool operator==(const Candidate&) const = default;
};

} // namespace llmd
