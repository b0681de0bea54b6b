// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "enginefeatures.h"

#include <core/catalog/engineversion.h>
#include <core/catalog/gpu.h>
#include <core/catalog/model.h>

#include <optional>
#include <string>
#include <string_view>

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

/** How tokens reach the experts on other ranks where attention is data-parallel. */
enum class ExpertExchange {
    Gather, ///< every rank gets the tokens of all of them: vLLM's default, allgather_reducescatter
    Dispatch, ///< a rank gets the tokens for its own experts alone: all-to-all kernels such as DeepEP's
};
/** "gather", "dispatch", as the command line writes them. */
[[nodiscard]] std::string_view toString(ExpertExchange exchange);
[[nodiscard]] std::optional<ExpertExchange> parseExpertExchange(std::string_view text);

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
    ExpertExchange expertExchange = ExpertExchange::Gather; ///< `--all2all-backend`
    std::optional<Precision> keyValueCache; ///< absent = "auto": what the checkpoint or dtype says
    std::optional<SpeculativeDecoding> speculative = {};
    std::optional<LoraServing> lora = {};
    KvOffload offload = {};
    SemanticVersion version { 0, 19, 0 };

    bool operator==(const EngineSettings&) const = default;
};

/** What carries the KV cache of a prompt from the server that computed it to the one that decodes. */
enum class TransferPath {
    ScaleUp, ///< NIXL over NVLink and the like
    Rdma, ///< NIXL over InfiniBand or RoCE
    Tcp, ///< NIXL over TCP
    SharedStorage, ///< a file system or cache tier that both can reach: written whole, then read
};
/** "nvlink", "rdma", "tcp", "storage", as the command line writes them. */
[[nodiscard]] std::string_view toString(TransferPath path);
[[nodiscard]] std::optional<TransferPath> parseTransferPath(std::string_view text);

/** How the KV cache travels. What is absent is taken from the GPUs' datasheets and the path, see performance/transfer.h. */
struct Transfer
{
    TransferPath path = TransferPath::Rdma;
    std::optional<BytesPerSecond> bandwidth; ///< achieved, per GPU and direction
    std::optional<Seconds> latency; ///< of one hand-over without its bytes
    /** Share of the bytes that can travel while the last chunk of the prompt is computed. vLLM's NIXL connector sends afterwards. */
    double overlap = 0;

    bool operator==(const Transfer&) const = default;
};

/** Prompts are computed by servers of their own. `Topology::pool`, `Candidate::gpu` and `Candidate::engine` are then those that decode. */
struct Disaggregation
{
    Pool prefill;
    const Gpu* gpu = nullptr; ///< of the prefill servers; null = the candidate's
    EngineSettings engine; ///< of the prefill servers
    Transfer transfer;
    /** Prompts with at most so many tokens that the decode server has not cached are computed there; 0 = none. */
    double localPromptTokens = 0;
    /** Shares of a role's capacity to plan with when replicas are matched. AIConfigurator's 0.90 and 0.92, ours to edit. */
    double prefillDerate = 0.90;
    double decodeDerate = 0.92;

    bool operator==(const Disaggregation&) const = default;
};

/** Aggregated serving: every replica does prefill and decode; or, with a disaggregation, servers for each. */
struct Topology
{
    Pool pool; ///< of the servers that decode
    std::optional<Disaggregation> disaggregation = {};

    bool operator==(const Topology&) const = default;
    [[nodiscard]] int gpus() const; ///< of all roles
    [[nodiscard]] std::string label() const; ///< "2 x TP4", "2 x TP2 prefill + 1 x TP4 decode"
    /** Parts that share the load and nothing else: the replicas; a disaggregated deployment is one. */
    [[nodiscard]] int independentParts() const { return disaggregation ? 1 : pool.replicas; }
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

/** One role of a disaggregated candidate as an aggregated one, for whatever looks at one server: memory, step times. */
[[nodiscard]] Candidate decodeRole(const Candidate& candidate);
[[nodiscard]] Candidate prefillRole(const Candidate& candidate);

} // namespace llmd
