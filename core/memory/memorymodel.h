// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "memoryledger.h"

#include <array>
#include <cstddef>

/**
 * The parts of the memory ledger, for one pipeline stage. Figures only; `memoryledger.h` is what others use, tests and
 * the evaluation against start-up logs look deeper. Nothing here allocates.
 */
namespace llmd {

/** The layers of one pipeline stage. */
struct PipelineStage
{
    int index = 0;
    int stages = 1;
    int firstLayer = 0;
    int layers = 0;

    [[nodiscard]] bool isFirst() const { return index == 0; }
    [[nodiscard]] bool isLast() const { return index == stages - 1; }
};

/** How vLLM spreads layers: evenly, the rest to the stages before the last, which has the output projection. */
[[nodiscard]] PipelineStage pipelineStage(const ModelArchitecture& architecture, int stages,
                                          int index);

/** Bytes of the parameters that a rank of a stage holds, by group; buffers that count as weights come on top. */
struct RankWeights
{
    std::array<double, parameterGroupCount> bytes {};
    double buffers = 0; ///< rotary tables, folded MLA projections
    double rounding = 0; ///< ends of large allocations that nothing else can use

    [[nodiscard]] Bytes total() const;
};
[[nodiscard]] RankWeights rankWeights(const ModelArchitecture& architecture,
                                      const Parallelism& parallelism, const PipelineStage& stage);

/** The warm-up peak of a stage, taken apart. */
struct ActivationPeak
{
    Bytes sampler; ///< logits and what the sampler makes of them; last stage only
    Bytes forward; ///< widest layer on max_num_batched_tokens tokens
    Bytes workspace; ///< MoE buffers, kept from the first step on
    Bytes handover; ///< activations kept for the next or from the previous stage
    Bytes encoder; ///< outputs of a vision encoder

    /** Sampler and forward pass follow each other; the rest is there all the time. */
    [[nodiscard]] Bytes total() const;
};
[[nodiscard]] ActivationPeak activationPeak(const Candidate& candidate,
                                            const EngineVersionProfile& profile,
                                            const PipelineStage& stage);

/** Layers of one kind in the key-value cache. */
struct CacheKind
{
    enum class Type { Full, Window, State };
    Type type = Type::Full;
    int window = 0; ///< tokens
    double bytesPerToken = 0; ///< of one layer on one rank
    double bytesPerSequence = 0; ///< State: of one layer on one rank
    int layers = 0; ///< in the whole model
    int stageLayers = 0; ///< in this stage
    int groups = 1; ///< vLLM cache groups that these layers make
    int blockTokens = 16; ///< tokens of a block of this kind
};

/**
 * How vLLM divides the cache pool. With one kind of layer a block holds `blockSize` tokens of all layers. With several
 * kinds the layers are dealt into groups of equal size and a block holds one group's layers, so that all groups draw on
 * one pool.
 */
struct CacheLayout
{
    static constexpr std::size_t maxKinds = 6;
    std::array<CacheKind, maxKinds> kinds {};
    std::size_t count = 0;
    int groups = 0; ///< all kinds together; 0 without any cache
    double blockBytes = 0; ///< of one block on one rank of the stage

    /** Blocks that a sequence takes, with windows as large as a prefill chunk makes them. */
    [[nodiscard]] double blocksPerSequence(double tokens, int maxNumBatchedTokens) const;
    /** Tokens as vLLM logs them for a pool of so many blocks. */
    [[nodiscard]] double tokens(double blocks) const;
};
[[nodiscard]] CacheLayout cacheLayout(const Candidate& candidate, const PipelineStage& stage);

/** Weights of the draft of speculative decoding on one rank; 0 without one. */
[[nodiscard]] Bytes draftWeights(const Candidate& candidate);
/** What vLLM sets aside on one rank for the slots of LoRA adapters, in the stage's share of the layers. */
[[nodiscard]] Bytes adapterBuffers(const Candidate& candidate, const PipelineStage& stage);
/** Bytes of one cache value: the setting, else the type that the checkpoint or `--dtype` gives. */
[[nodiscard]] double cacheValueBytes(const Candidate& candidate);
[[nodiscard]] Bytes nonTorchMemory(const Parallelism& parallelism,
                                   const EngineVersionProfile& profile);
[[nodiscard]] Bytes cudaGraphMemory(const Candidate& candidate, const EngineVersionProfile& profile,
                                    const PipelineStage& stage);

/** The figures of one stage; `memoryFigures` gives those of the stage with the least room for the cache. */
[[nodiscard]] MemoryLedger stageFigures(const Candidate& candidate,
                                        const EngineVersionProfile& profile,
                                        const PipelineStage& stage);
/** The stage that bounds the number of cache blocks. */
[[nodiscard]] PipelineStage tightestStage(const Candidate& candidate,
                                          const EngineVersionProfile& profile);

} // namespace llmd
