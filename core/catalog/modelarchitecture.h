// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "precision.h"

#include <core/base/units.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace llmd {

/** Parts of a model whose parameters are counted, stored and sharded differently. */
enum class ParameterGroup {
    Embedding, ///< input embedding table
    Attention, ///< linear projections of every token mixer (attention, MLA, Mamba, linear attention)
    DenseFfn, ///< feed-forward layers without experts
    Router, ///< expert gates
    RoutedExperts,
    SharedExperts, ///< experts that every token passes
    Norms, ///< norms, biases, convolutions, state parameters and other small vectors, never quantised
    LmHead, ///< output projection; 0 if tied to the embedding
    Vision, ///< encoders and projectors of a multimodal model
    Mtp, ///< multi-token-prediction layers, loaded only for speculative decoding
    Count
};
constexpr std::size_t parameterGroupCount = static_cast<std::size_t>(ParameterGroup::Count);
[[nodiscard]] std::string_view toString(ParameterGroup group);

enum class MixerKind {
    FullAttention,
    SlidingWindow, ///< attends to the last `window` tokens
    ChunkedAttention, ///< attends within a chunk of `window` tokens (Llama 4)
    Mla, ///< multi-head latent attention: one compressed KV vector per token, replicated over TP
    Recurrent, ///< Mamba / Mamba-2 / gated linear attention: constant state per sequence, no KV
    None, ///< a layer without token mixing (NAS models, Nemotron-H MLP layers)
};

/** The token-mixing half of a layer. Sizes are of the whole model, before any sharding. */
struct TokenMixer
{
    MixerKind kind = MixerKind::FullAttention;
    int queryHeads = 0;
    int keyValueHeads = 0;
    int headDim = 0; ///< of query and key; for MLA: nope + rope part
    int valueHeadDim = 0; ///< equals headDim except for MLA and a few others
    int window = 0; ///< tokens, for SlidingWindow and ChunkedAttention
    int kvLoraRank = 0; ///< MLA
    int ropeHeadDim = 0; ///< MLA: width of the shared rotary key
    int sparseTopK = 0; ///< sparse attention reads at most so many tokens of the context; 0 = dense
    int indexHeadDim = 0; ///< width of the extra indexer key kept per token by sparse attention
    bool sharesKeyValue = false; ///< reuses the KV cache of an earlier layer
    bool keysAreValues = false; ///< K and V share one tensor in the cache
    std::int64_t stateElements = 0; ///< Recurrent: fp32/bf16 state values per sequence
    std::int64_t convStateElements = 0; ///< Recurrent: convolution window values per sequence
    std::int64_t linearParameters = 0; ///< projection matrices
    std::int64_t otherParameters = 0; ///< biases, q/k norms, convolution, decay …

    bool operator==(const TokenMixer&) const = default;
    [[nodiscard]] bool hasKeyValueCache() const
    {
        return kind != MixerKind::Recurrent && kind != MixerKind::None && !sharesKeyValue;
    }
};

/** The feed-forward half of a layer: nothing, dense, or a mixture of experts with optional dense and shared parts. */
struct FeedForward
{
    std::int64_t denseParameters = 0; ///< dense matrices (all tokens)
    std::int64_t sharedExpertParameters = 0; ///< all shared experts of the layer together
    std::int64_t routerParameters = 0;
    std::int64_t expertParameters = 0; ///< of ONE routed expert
    int experts = 0;
    int expertsPerToken = 0;
    int intermediateSize = 0; ///< of the dense or shared part, 0 if none
    int moeIntermediateSize = 0; ///< of one routed expert
    std::int64_t otherParameters = 0; ///< biases

    bool operator==(const FeedForward&) const = default;
    [[nodiscard]] bool isMoe() const { return experts > 0; }
};

/** Layers of equal shape. */
struct LayerGroup
{
    TokenMixer mixer;
    FeedForward feedForward;
    std::int64_t normParameters = 0; ///< per layer
    int count = 0;

    bool operator==(const LayerGroup&) const = default;
};

/** How one parameter group lies in memory. */
struct StoredPrecision
{
    Precision values = Precision::Bf16;
    /** Scales and zero points, spread over the values; also what modules of other precision add or save. */
    double scaleBitsPerValue = 0;

    bool operator==(const StoredPrecision&) const = default;
    [[nodiscard]] double bytesPerValue() const
    {
        return (bitsPerValue(values) + scaleBitsPerValue) / 8;
    }
};

/** How the weights of a checkpoint are stored and multiplied. */
struct Quantization
{
    std::string method =
        "none"; ///< "none", "fp8", "compressed-tensors", "gptq", "awq", "mxfp4", "modelopt", "nvfp4" …
    std::array<StoredPrecision, parameterGroupCount> stored {};
    Precision activations =
        Precision::Bf16; ///< what quantised matrices are multiplied in: W4A16 → Bf16, FP8 → Fp8
    bool atLoad =
        false; ///< quantised by the engine while loading (`--quantization`), not in the checkpoint
    Precision keyValueCache =
        Precision::Bf16; ///< what the checkpoint asks for (kv_cache_scheme), else the compute dtype
    int groupSize = 0; ///< values that share a scale, 0 = per channel or tensor
    /** The scales belong to square blocks of `groupSize`: outputs have to divide too (DeepSeek's FP8). */
    bool squareBlocks = false;

    bool operator==(const Quantization&) const = default;
    [[nodiscard]] const StoredPrecision& of(ParameterGroup group) const
    {
        return stored[static_cast<std::size_t>(group)];
    }
    [[nodiscard]] StoredPrecision& of(ParameterGroup group)
    {
        return stored[static_cast<std::size_t>(group)];
    }
    /** Short name of the linear weights: "bf16", "fp8", "int8", "int4", "mxfp4", "nvfp4". */
    [[nodiscard]] std::string label() const;
};

/**
 * What the planner needs to know of a model, read from a Hugging Face `config.json` (see `hfconfig.h`).
 * Immutable after reading.
 */
struct ModelArchitecture
{
    std::string modelType; ///< `model_type` of the text model
    std::string className; ///< first of `architectures`
    std::vector<LayerGroup> groups;
    std::vector<std::uint16_t> layerOrder; ///< group of each layer, first to last
    int hiddenSize = 0;
    int vocabularySize = 0;
    int maxPositions = 0;
    bool tiedEmbeddings = false;
    Precision dtype = Precision::Bf16; ///< of the checkpoint's 16-bit part
    Quantization quantization;
    std::int64_t finalNormParameters = 0;
    std::int64_t visionParameters = 0;
    std::int64_t mtpParameters = 0;
    /** Entries of the rotary sine and cosine tables that the engine keeps in the 16-bit type on every rank. */
    std::int64_t rotaryTableElements = 0;
    bool multimodal = false;
    /** What had to be approximated, in plain words; empty for an exactly understood architecture. */
    std::vector<std::string> approximations;

    [[nodiscard]] int layers() const { return static_cast<int>(layerOrder.size()); }
    [[nodiscard]] std::int64_t parameters(ParameterGroup group) const;
    /** Text parameters: everything but vision and MTP. */
    [[nodiscard]] std::int64_t textParameters() const;
    /** Text parameters that one token passes through (embedding counted as one row), for MoE labels such as A3B. */
    [[nodiscard]] std::int64_t activeParameters() const;
    [[nodiscard]] Bytes weightBytes(ParameterGroup group) const;
    /**
     * What one rank holds besides its parameters and counts as weights: rotary tables (whole on every rank) and
     * the copies of the MLA up-projections that vLLM folds into the attention (split over TP).
     */
    [[nodiscard]] Bytes residentBufferBytes(int tensorParallel = 1) const;
    [[nodiscard]] bool isMoe() const;
    [[nodiscard]] bool hasMla() const;
    [[nodiscard]] bool hasRecurrentLayers() const;
    /** Largest query head count of any layer; legal tensor parallel sizes divide it. */
    [[nodiscard]] int queryHeads() const;
    [[nodiscard]] int
    keyValueHeads() const; ///< smallest over the layers that have any; 0 without attention
};

/** The same model with its linear weights quantised while loading (vLLM `--quantization fp8`). */
[[nodiscard]] ModelArchitecture quantizedAtLoad(ModelArchitecture architecture,
                                                Precision precision);
/** The same model run in another 16/32-bit type (`--dtype`); quantised groups stay as they are. */
[[nodiscard]] ModelArchitecture withDtype(ModelArchitecture architecture, Precision dtype);

/**
 * Why the model cannot run at this tensor parallel size (heads, KV heads, intermediate sizes, padded vocabulary,
 * quantisation groups), empty if it can. With expert parallelism the routed experts are not split.
 */
[[nodiscard]] std::string tensorParallelObstacle(const ModelArchitecture& architecture,
                                                 int tensorParallel, bool expertParallel = false);

} // namespace llmd
