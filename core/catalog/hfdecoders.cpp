// SPDX-License-Identifier: Apache-2.0
#include "hfparts.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>

/** Families that are decoders of attention and feed-forward layers; they differ in biases, norms, windows, experts. */
namespace llmd::hf {

namespace {

/** Which layers look at a window only, where the config has no list of layer types. */
enum class WindowPattern {
    AllLayers, ///< every layer, if a window is given
    OnRequest, ///< `use_sliding_window`, from layer `max_window_layers` on
    EvenLayers, ///< layers 0, 2, 4 …
    AllButEachNth ///< full attention in each n-th layer
};

struct Decoder
{
    ShapeDefaults defaults;
    AttentionTraits attention;
    FeedForwardTraits feedForward;
    int norms = 2;
    bool normBias = false;
    bool headBias = false;
    WindowPattern pattern = WindowPattern::AllLayers;
    int fullAttentionEach = 0; ///< n of AllButEachNth
    int defaultWindow = 0;
};

using FeedForwardOfLayer = std::function<FeedForward(int layer)>;

bool isWindowed(const Fields& text, const Decoder& decoder, int layer)
{
    switch (decoder.pattern) {
    case WindowPattern::AllLayers:
        return true;
    case WindowPattern::OnRequest:
        return layer >= text.integer("max_window_layers", { 0, layerRange.max }, 28);
    case WindowPattern::EvenLayers:
        return layer % 2 == 0;
    case WindowPattern::AllButEachNth:
        return decoder.fullAttentionEach > 0 && (layer + 1) % decoder.fullAttentionEach != 0;
    }
    return false;
}

/** The window of the sliding layers; 0 if there is none or if no context can be longer. */
int windowSize(const Fields& text, const Decoder& decoder, const Shape& shape)
{
    if (decoder.pattern == WindowPattern::OnRequest && !text.flag("use_sliding_window", false))
        return 0;
    const int window = text.integer("sliding_window", { 0, tokenRange.max }, decoder.defaultWindow);
    return window >= shape.maxPositions ? 0 : window;
}

std::vector<MixerKind> mixerKinds(const Fields& text, const Decoder& decoder, const Shape& shape)
{
    const int window = windowSize(text, decoder, shape);
    std::vector<MixerKind> kinds(static_cast<std::size_t>(shape.layers), MixerKind::FullAttention);
    const std::vector<std::string> types = text.texts("layer_types");
    if (!types.empty() && types.size() != kinds.size()) {
        text.findings().fail(ErrorCode::InvalidArgument,
                             fmt::format("field '{}' has {} entries for {} layers",
                                         text.pathOf("layer_types"), types.size(), kinds.size()));
        return kinds;
    }
    for (int layer = 0; layer < shape.layers; ++layer) {
        const auto i = static_cast<std::size_t>(layer);
        const std::string type = types.empty() ? "" : types[i];
        if (type.empty() ? isWindowed(text, decoder, layer) : type == "sliding_attention")
            kinds[i] = window > 0 ? MixerKind::SlidingWindow : MixerKind::FullAttention;
        else if (type == "chunked_attention")
            kinds[i] = MixerKind::ChunkedAttention;
        else if (!type.empty() && type != "full_attention")
            text.findings().fail(
                ErrorCode::Unsupported,
                fmt::format("layer type '{}' in field '{}' is not known for this model family",
                            type, text.pathOf("layer_types")));
    }
    return kinds;
}

std::int64_t normVectors(const Decoder& decoder, int norms, int hidden)
{
    return static_cast<std::int64_t>(norms) * hidden * (decoder.normBias ? 2 : 1);
}

void readDecoder(const Fields& text, const Decoder& decoder, const Shape& shape,
                 const FeedForwardOfLayer& feedForwardOf, ModelArchitecture& architecture)
{
    applyShape(shape, decoder.normBias ? 2 : 1, architecture);
    if (decoder.headBias)
        architecture.finalNormParameters += shape.vocabulary;
    const TokenMixer full = attentionMixer(shape, decoder.attention);
    const TokenMixer sliding =
        withWindow(full, MixerKind::SlidingWindow, windowSize(text, decoder, shape));
    const std::int64_t norms = normVectors(decoder, decoder.norms, shape.hidden);
    const std::vector<MixerKind> kinds = mixerKinds(text, decoder, shape);
    Layers layers(architecture);
    for (int layer = 0; layer < shape.layers; ++layer) {
        const bool windowed = kinds[static_cast<std::size_t>(layer)] == MixerKind::SlidingWindow;
        layers.add(windowed ? sliding : full, feedForwardOf(layer), norms);
    }
}

/** A decoder whose layers all have the same dense feed-forward part. */
void readDense(const Fields& text, const Decoder& decoder, ModelArchitecture& architecture)
{
    const Shape shape = readShape(text, decoder.defaults);
    const int intermediate =
        shape.intermediate > 0 ? shape.intermediate : text.integer("intermediate_size", sizeRange);
    const FeedForward ffn = denseFeedForward(shape.hidden, intermediate, decoder.feedForward);
    readDecoder(
        text, decoder, shape, [&](int) { return ffn; }, architecture);
}

/** A decoder whose layers all have the same experts. */
void readSparse(const Fields& text, const Decoder& decoder, const Shape& shape,
                const ExpertTraits& experts, ModelArchitecture& architecture)
{
    const FeedForward ffn = expertFeedForward(shape.hidden, experts, text.findings());
    readDecoder(
        text, decoder, shape, [&](int) { return ffn; }, architecture);
}

Decoder plainDecoder(const Fields& text)
{
    Decoder decoder;
    const bool bias = text.flag("attention_bias", false);
    decoder.attention.queryKeyValueBias = bias;
    decoder.attention.outputBias = bias;
    decoder.feedForward.bias = text.flag("mlp_bias", false);
    return decoder;
}

void readMixtral(const Fields& text, ModelArchitecture& architecture)
{
    const Shape shape = readShape(text);
    readSparse(text, plainDecoder(text), shape, readExperts(text, shape.intermediate),
               architecture);
}

Decoder qwen2Decoder(const Fields& text)
{
    Decoder decoder;
    decoder.attention.queryKeyValueBias = text.flag("qkv_bias", true);
    decoder.pattern = WindowPattern::OnRequest;
    return decoder;
}

void readQwen2(const Fields& text, ModelArchitecture& architecture)
{
    readDense(text, qwen2Decoder(text), architecture);
}

Decoder qwen3Decoder(const Fields& text)
{
    Decoder decoder = plainDecoder(text);
    decoder.feedForward.bias = false;
    decoder.attention.norm = QueryKeyNorm::PerHead;
    decoder.pattern = WindowPattern::OnRequest;
    return decoder;
}

void readQwen3(const Fields& text, ModelArchitecture& architecture)
{
    readDense(text, qwen3Decoder(text), architecture);
}

/** Experts in each `decoder_sparse_step`-th layer but for those of `mlp_only_layers`, which are dense. */
void readQwenSparse(const Fields& text, const Decoder& decoder, const ExpertTraits& experts,
                    ModelArchitecture& architecture)
{
    const Shape shape = readShape(text);
    const int step = text.integer("decoder_sparse_step", layerRange, 1);
    const std::vector<int> denseLayers = text.integers("mlp_only_layers", { 0, layerRange.max });
    const FeedForward sparse = expertFeedForward(shape.hidden, experts, text.findings());
    const FeedForward dense = shape.intermediate > 0
        ? denseFeedForward(shape.hidden, shape.intermediate)
        : FeedForward {};
    readDecoder(
        text, decoder, shape,
        [&](int layer) {
            const bool isDense =
                std::find(denseLayers.begin(), denseLayers.end(), layer) != denseLayers.end()
                || (layer + 1) % step != 0;
            if (isDense && shape.intermediate == 0)
                (void)text.integer("intermediate_size", sizeRange); // says that it is missing
            return isDense ? dense : sparse;
        },
        architecture);
}

void readQwen2Moe(const Fields& text, ModelArchitecture& architecture)
{
    ExpertTraits experts = readExperts(text, 0);
    experts.sharedIntermediate =
        text.integer("shared_expert_intermediate_size", { 0, sizeRange.max });
    experts.sharedGate = true;
    readQwenSparse(text, qwen2Decoder(text), experts, architecture);
}

void readQwen3Moe(const Fields& text, ModelArchitecture& architecture)
{
    readQwenSparse(text, qwen3Decoder(text), readExperts(text, 0), architecture);
}

void readGemma(const Fields& text, ModelArchitecture& architecture)
{
    Decoder decoder = plainDecoder(text);
    decoder.defaults = {
        .heads = 16, .keyValueHeads = 16, .headDim = 256, .maxPositions = 8192, .vocabulary = 256000
    };
    readDense(text, decoder, architecture);
}

void readGemma2(const Fields& text, ModelArchitecture& architecture)
{
    Decoder decoder = plainDecoder(text);
    decoder.defaults = {
        .heads = 8, .keyValueHeads = 4, .headDim = 256, .maxPositions = 8192, .vocabulary = 256000
    };
    decoder.norms = 4;
    decoder.pattern = WindowPattern::EvenLayers;
    decoder.defaultWindow = 4096;
    readDense(text, decoder, architecture);
}

void readGemma3(const Fields& text, ModelArchitecture& architecture)
{
    Decoder decoder = plainDecoder(text);
    decoder.defaults = {
        .heads = 8, .keyValueHeads = 4, .headDim = 256, .maxPositions = 131072, .vocabulary = 262208
    };
    decoder.norms = 4;
    decoder.attention.norm = QueryKeyNorm::PerHead;
    decoder.pattern = WindowPattern::AllButEachNth;
    decoder.fullAttentionEach = text.integer("sliding_window_pattern", layerRange, 6);
    decoder.defaultWindow = 4096;
    readDense(text, decoder, architecture);
}

/** Phi-1, 1.5 and 2: one LayerNorm before attention and feed-forward side by side, biases everywhere. */
void readPhi(const Fields& text, ModelArchitecture& architecture)
{
    Decoder decoder;
    decoder.attention.queryKeyValueBias = true;
    decoder.attention.outputBias = true;
    if (text.flag("qk_layernorm", false))
        text.findings().fail(
            ErrorCode::Unsupported,
            "field 'qk_layernorm' of this Phi model is true, which is not supported");
    decoder.feedForward = { .gated = false, .bias = true };
    decoder.norms = 1;
    decoder.normBias = true;
    decoder.headBias = true;
    readDense(text, decoder, architecture);
}

void readPhi3(const Fields& text, ModelArchitecture& architecture)
{
    readDense(text, Decoder {}, architecture);
}

void readStarcoder2(const Fields& text, ModelArchitecture& architecture)
{
    const bool bias = text.flag("use_bias", true);
    Decoder decoder;
    decoder.attention.queryKeyValueBias = bias;
    decoder.attention.outputBias = bias;
    decoder.feedForward = { .gated = false, .bias = bias };
    decoder.normBias = true;
    readDense(text, decoder, architecture);
}

/** Command R: attention and feed-forward side by side behind one norm without bias. */
Decoder cohereDecoder(const Fields& text)
{
    Decoder decoder = plainDecoder(text);
    decoder.feedForward.bias = false;
    decoder.norms = 1;
    if (text.flag("use_qk_norm", false))
        decoder.attention.norm = QueryKeyNorm::WholeWidth;
    return decoder;
}

void readCohere(const Fields& text, ModelArchitecture& architecture)
{
    readDense(text, cohereDecoder(text), architecture);
}

void readCohere2(const Fields& text, ModelArchitecture& architecture)
{
    Decoder decoder = cohereDecoder(text);
    decoder.pattern = WindowPattern::AllButEachNth;
    decoder.fullAttentionEach = text.integer("sliding_window_pattern", layerRange, 4);
    decoder.defaultWindow = 4096;
    readDense(text, decoder, architecture);
}

void readOlmo2(const Fields& text, ModelArchitecture& architecture)
{
    Decoder decoder = plainDecoder(text);
    decoder.attention.norm = QueryKeyNorm::WholeWidth;
    decoder.pattern = WindowPattern::AllButEachNth; // OLMo 3 has windows, OLMo 2 none
    decoder.fullAttentionEach = 4;
    readDense(text, decoder, architecture);
}

void readGraniteMoe(const Fields& text, ModelArchitecture& architecture)
{
    const Shape shape = readShape(text);
    ExpertTraits experts = readExperts(text, shape.intermediate);
    experts.sharedIntermediate = text.integer("shared_intermediate_size", { 0, sizeRange.max }, 0);
    readSparse(text, plainDecoder(text), shape, experts, architecture);
}

/** GLM 4 with 9 and 32 billion parameters: four norms, no bias at the output. */
void readGlm4(const Fields& text, ModelArchitecture& architecture)
{
    Decoder decoder = plainDecoder(text);
    decoder.attention.outputBias = false;
    decoder.feedForward.bias = false;
    decoder.norms = text.text("model_type") == "glm" ? 2 : 4;
    readDense(text, decoder, architecture);
}

/** GLM 4.5 to 4.7: dense layers first, then routed experts with a shared one; one multi-token-prediction layer. */
void readGlm4Moe(const Fields& text, ModelArchitecture& architecture)
{
    Decoder decoder = plainDecoder(text);
    decoder.attention.outputBias = false;
    if (text.flag("use_qk_norm", false))
        decoder.attention.norm = QueryKeyNorm::PerHead;
    const Shape shape = readShape(text);
    ExpertTraits traits = readExperts(text, 0);
    traits.routerVectors = 1;
    traits.sharedIntermediate = sharedWidth(text, traits.intermediate);
    const FeedForward sparse = expertFeedForward(shape.hidden, traits, text.findings());
    const int denseLayers = text.integer("first_k_dense_replace", { 0, layerRange.max }, 0);
    const int intermediate = denseLayers > 0 ? text.integer("intermediate_size", sizeRange) : 1;
    const FeedForward dense = denseFeedForward(shape.hidden, intermediate);
    readDecoder(
        text, decoder, shape, [&](int layer) { return layer < denseLayers ? dense : sparse; },
        architecture);
    const int extra = text.integer("num_nextn_predict_layers", predictionRange, 0);
    if (extra > 0)
        architecture.mtpParameters = extra
            * predictionLayerParameters(attentionMixer(shape, decoder.attention), sparse,
                                        shape.hidden);
}

/** The published checkpoints of MiniMax M2 leave out the multi-token-prediction modules that the config counts. */
void readMiniMaxM2(const Fields& text, ModelArchitecture& architecture)
{
    Decoder decoder = plainDecoder(text);
    if (text.flag("use_qk_norm", true))
        decoder.attention.norm = text.text("qk_norm_type", "per_layer") == "per_layer"
            ? QueryKeyNorm::WholeWidth
            : QueryKeyNorm::PerHead;
    const Shape shape = readShape(text);
    ExpertTraits experts = readExperts(text, shape.intermediate);
    experts.routerVectors = text.flag("use_routing_bias", true) ? 1 : 0;
    experts.sharedIntermediate = text.integer("shared_intermediate_size", { 0, sizeRange.max }, 0);
    readSparse(text, decoder, shape, experts, architecture);
}

void readGptOss(const Fields& text, ModelArchitecture& architecture)
{
    Decoder decoder;
    const bool bias = text.flag("attention_bias", true);
    decoder.attention = { .queryKeyValueBias = bias, .outputBias = bias, .sinks = true };
    decoder.pattern = WindowPattern::EvenLayers;
    const Shape shape = readShape(text);
    ExpertTraits experts = readExperts(text, shape.intermediate);
    experts.bias = true;
    experts.routerVectors = 1;
    readSparse(text, decoder, shape, experts, architecture);
}

/** Layers of Llama 4 that attend within chunks: those with rotary positions, three of four unless listed. */
std::vector<bool> chunkedLayers(const Fields& text, const Shape& shape)
{
    std::vector<bool> chunked(static_cast<std::size_t>(shape.layers));
    const std::vector<int> listed = text.integers("no_rope_layers", { 0, 1 });
    const int interval = text.integer("no_rope_layer_interval", layerRange, 4);
    if (!listed.empty() && listed.size() != chunked.size())
        text.findings().fail(ErrorCode::InvalidArgument,
                             fmt::format("field '{}' has {} entries for {} layers",
                                         text.pathOf("no_rope_layers"), listed.size(),
                                         chunked.size()));
    for (std::size_t i = 0; i < chunked.size(); ++i)
        chunked[i] = i < listed.size() ? listed[i] != 0 : (static_cast<int>(i) + 1) % interval != 0;
    return chunked;
}

void readLlama4(const Fields& text, ModelArchitecture& architecture)
{
    const Decoder decoder = plainDecoder(text);
    const Shape shape = readShape(text);
    ExpertTraits experts = readExperts(text, shape.intermediate);
    experts.sharedIntermediate = experts.intermediate;
    const FeedForward sparse = expertFeedForward(shape.hidden, experts, text.findings());
    const FeedForward dense = denseFeedForward(
        shape.hidden, text.integer("intermediate_size_mlp", sizeRange, 2 * experts.intermediate));
    const int step = text.integer("interleave_moe_layer_step", layerRange, 1);
    const std::vector<int> listed = text.integers("moe_layers", { 0, layerRange.max });
    const int chunk = text.integer("attention_chunk_size", { 0, tokenRange.max }, 8192);
    const std::vector<bool> chunked = chunkedLayers(text, shape);

    applyShape(shape, 1, architecture);
    const TokenMixer full = attentionMixer(shape, decoder.attention);
    const TokenMixer local =
        chunk > 0 ? withWindow(full, MixerKind::ChunkedAttention, chunk) : full;
    Layers layers(architecture);
    for (int layer = 0; layer < shape.layers; ++layer) {
        const bool isSparse = listed.empty()
            ? (layer + 1) % step == 0
            : std::find(listed.begin(), listed.end(), layer) != listed.end();
        layers.add(chunked[static_cast<std::size_t>(layer)] ? local : full,
                   isSparse ? sparse : dense, 2 * static_cast<std::int64_t>(shape.hidden));
    }
}

} // namespace

void readPlainDecoder(const Fields& text, ModelArchitecture& architecture)
{
    readDense(text, plainDecoder(text), architecture);
}

std::optional<Family> findFamily(std::string_view modelType)
{
    static const std::map<std::string_view, Family> families {
        { "llama", { readPlainDecoder } },
        { "mistral", { readPlainDecoder } },
        { "ministral3", { readPlainDecoder } },
        { "granite", { readPlainDecoder } },
        { "smollm3", { readPlainDecoder } },
        { "mixtral", { readMixtral } },
        { "qwen2", { readQwen2 } },
        { "qwen2_vl_text", { readQwen2 } },
        { "qwen2_5_vl_text", { readQwen2 } },
        { "qwen2_vl", { readQwen2 } },
        { "qwen2_5_vl", { readQwen2 } },
        { "qwen2_moe", { readQwen2Moe } },
        { "qwen3", { readQwen3 } },
        { "qwen3_vl_text", { readQwen3 } },
        { "qwen3_moe", { readQwen3Moe } },
        { "qwen3_vl_moe_text", { readQwen3Moe } },
        { "qwen3_next", { readQwenHybrid } },
        { "qwen3_5_text", { readQwenHybrid } },
        { "qwen3_5_moe_text", { readQwenHybrid } },
        { "gemma", { readGemma, true } },
        { "gemma2", { readGemma2, true } },
        { "gemma3_text", { readGemma3, true } },
        { "gemma4_text", { readGemma4, true } },
        { "phi", { readPhi } },
        { "phi3", { readPhi3 } },
        { "starcoder2", { readStarcoder2, true } },
        { "cohere", { readCohere, true } },
        { "cohere2", { readCohere2, true } },
        { "olmo2", { readOlmo2 } },
        { "olmo3", { readOlmo2 } },
        { "granitemoe", { readGraniteMoe } },
        { "granitemoeshared", { readGraniteMoe } },
        { "granitemoehybrid", { readGraniteHybrid } },
        { "glm", { readGlm4 } },
        { "glm4", { readGlm4 } },
        { "glm4_moe", { readGlm4Moe } },
        { "glm4v_moe_text", { readGlm4Moe } },
        { "minimax_m2", { readMiniMaxM2 } },
        { "gpt_oss", { readGptOss } },
        { "llama4_text", { readLlama4 } },
        { "deepseek_v2", { readDeepSeek } },
        { "deepseek_v3", { readDeepSeek } },
        { "deepseek_v32", { readDeepSeek } },
        { "kimi_k2", { readDeepSeek } },
        { "glm_moe_dsa", { readDeepSeek } },
        { "glm4_moe_lite", { readDeepSeek } },
        { "nemotron_h", { readNemotronHybrid } },
        { "nemotron-nas", { readNemotronPruned } },
    };
    const auto it = families.find(modelType);
    return it == families.end() ? std::nullopt : std::optional(it->second);
}

} // namespace llmd::hf
