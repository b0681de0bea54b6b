// SPDX-License-Identifier: Apache-2.0
#include "hfparts.h"

#include <fmt/format.h>

#include <algorithm>

/** Families with layers of their own kinds: latent attention, linear attention, Mamba, pruned networks. */
namespace llmd::hf {

namespace {

std::int64_t wide(int value)
{
    return value;
}

/** Experts of DeepSeek's form: `n_shared_experts` of the routed size, a score correction per expert since V3. */
ExpertTraits readDeepSeekExperts(const Fields& text)
{
    ExpertTraits experts = readExperts(text, 0);
    experts.sharedIntermediate = sharedWidth(text, experts.intermediate);
    const bool corrected = text.text("topk_method", "noaux_tc") == "noaux_tc";
    experts.routerVectors = corrected && text.text("model_type") != "deepseek_v2" ? 1 : 0;
    return experts;
}

enum class BlockKind { Recurrent, Attention, DenseFfn, Experts };

/** Layers of Nemotron-H: M Mamba-2, * attention, - feed-forward, E experts. */
std::vector<BlockKind> readPattern(const Fields& text, int layers)
{
    const std::string pattern = text.text("hybrid_override_pattern");
    std::vector<BlockKind> kinds;
    for (const char c : pattern) {
        switch (c) {
        case 'M':
            kinds.push_back(BlockKind::Recurrent);
            break;
        case '*':
            kinds.push_back(BlockKind::Attention);
            break;
        case '-':
            kinds.push_back(BlockKind::DenseFfn);
            break;
        case 'E':
            kinds.push_back(BlockKind::Experts);
            break;
        default:
            text.findings().fail(
                ErrorCode::Unsupported,
                fmt::format("field '{}' has the unknown layer kind '{}'; M, *, - and E are known",
                            text.pathOf("hybrid_override_pattern"), c));
            return {};
        }
    }
    if (static_cast<int>(kinds.size()) != layers)
        text.findings().fail(
            ErrorCode::InvalidArgument,
            fmt::format("field '{}' describes {} layers, but 'num_hidden_layers' is {}",
                        text.pathOf("hybrid_override_pattern"), kinds.size(), layers));
    return kinds;
}

MambaShape nemotronMamba(const Fields& text)
{
    MambaShape mamba;
    mamba.heads = text.integer("mamba_num_heads", headRange);
    mamba.headDim = text.integer("mamba_head_dim", headDimRange);
    mamba.groups = text.integer("n_groups", headRange);
    mamba.state = text.integer("ssm_state_size", headDimRange);
    mamba.kernel = text.integer("conv_kernel", { 1, 64 });
    mamba.convolutionBias = text.flag("use_conv_bias", true);
    mamba.projectionBias = text.flag("mamba_proj_bias", text.flag("use_bias", false));
    return mamba;
}

/** Experts with two matrices (squared ReLU), optionally between projections to a narrower latent stream. */
FeedForward nemotronExperts(const Fields& text, int hidden)
{
    ExpertTraits experts = readExperts(text, 0);
    experts.gated = false;
    experts.routerVectors = 1;
    FeedForward ffn = expertFeedForward(hidden, experts, text.findings());
    const int shared = text.integer("n_shared_experts", { 0, expertRange.max }, 0);
    if (shared > 0) {
        const int width =
            text.integer("moe_shared_expert_intermediate_size", sizeRange, experts.intermediate);
        ffn.sharedExpertParameters = 2 * wide(hidden) * width * shared;
        ffn.intermediateSize = width;
    }
    const int latent = text.integer("moe_latent_size", { 0, sizeRange.max }, 0);
    if (latent > 0) {
        ffn.expertParameters = 2 * wide(latent) * experts.intermediate;
        ffn.denseParameters = 2 * wide(hidden) * latent;
    }
    return ffn;
}

TokenMixer noMixer()
{
    TokenMixer mixer;
    mixer.kind = MixerKind::None;
    return mixer;
}

/** The feed-forward part of a pruned block; its width is a multiple of the hidden size, rounded up to 256. */
FeedForward prunedFeedForward(const Fields& ffn, int hidden)
{
    if (ffn.flag("no_op", false))
        return {};
    if (ffn.flag("replace_with_linear", false)) {
        FeedForward linear;
        linear.denseParameters = wide(hidden) * hidden;
        linear.intermediateSize = hidden;
        return linear;
    }
    if (ffn.has("intermediate_size"))
        return denseFeedForward(hidden, ffn.integer("intermediate_size", sizeRange));
    if (!ffn.has("ffn_mult"))
        ffn.findings().fail(ErrorCode::MissingField,
                            fmt::format("field '{}' is missing; a width factor is expected",
                                        ffn.pathOf("ffn_mult")));
    const double factor = ffn.number("ffn_mult", 0.001, 64, 1);
    constexpr int step = 256;
    const int raw = static_cast<int>(2 * factor * hidden / 3);
    return denseFeedForward(hidden, std::max(1, (raw + step - 1) / step) * step);
}

TokenMixer prunedMixer(const Fields& attention, Shape shape)
{
    if (attention.flag("no_op", false))
        return noMixer();
    if (attention.flag("replace_with_linear", false)) {
        TokenMixer linear = noMixer();
        linear.linearParameters = wide(shape.hidden) * shape.hidden;
        return linear;
    }
    if (attention.has("num_key_value_heads"))
        shape.keyValueHeads = attention.integer("num_key_value_heads", headRange);
    else
        shape.keyValueHeads =
            shape.heads / attention.integer("n_heads_in_group", { 1, shape.heads });
    return attentionMixer(shape, {});
}

} // namespace

void readDeepSeek(const Fields& text, ModelArchitecture& architecture)
{
    const Shape shape = readShape(text);
    applyShape(shape, 1, architecture);
    const TokenMixer mixer = latentMixer(text, shape);
    const bool sparse = text.has("n_routed_experts");
    const int denseLayers =
        sparse ? text.integer("first_k_dense_replace", { 0, layerRange.max }, 0) : shape.layers;
    const int step = text.integer("moe_layer_freq", layerRange, 1);
    const FeedForward experts = sparse
        ? expertFeedForward(shape.hidden, readDeepSeekExperts(text), text.findings())
        : FeedForward {};
    const FeedForward dense = denseLayers > 0 || step > 1
        ? denseFeedForward(shape.hidden, text.integer("intermediate_size", sizeRange))
        : FeedForward {};
    Layers layers(architecture);
    for (int layer = 0; layer < shape.layers; ++layer) {
        const bool isSparse = layer >= denseLayers && layer % step == 0;
        layers.add(mixer, isSparse ? experts : dense, 2 * wide(shape.hidden));
    }
    const int extra = text.integer("num_nextn_predict_layers", predictionRange, 0);
    architecture.mtpParameters =
        extra * predictionLayerParameters(mixer, sparse ? experts : dense, shape.hidden);
}

void readQwenHybrid(const Fields& text, ModelArchitecture& architecture)
{
    const Shape shape = readShape(text);
    applyShape(shape, 1, architecture);
    const TokenMixer full =
        attentionMixer(shape,
                       { .queryKeyValueBias = text.flag("attention_bias", false),
                         .outputBias = text.flag("attention_bias", false),
                         .norm = QueryKeyNorm::PerHead,
                         .outputGate = text.flag("attn_output_gate", true) });
    const TokenMixer linear = gatedDeltaMixer(text, shape.hidden);

    FeedForward ffn;
    if (text.integer("num_experts", { 0, expertRange.max }, 0) > 0) {
        ExpertTraits experts = readExperts(text, 0);
        experts.sharedIntermediate =
            text.integer("shared_expert_intermediate_size", { 0, sizeRange.max }, 0);
        experts.sharedGate = true;
        ffn = expertFeedForward(shape.hidden, experts, text.findings());
    } else {
        ffn = denseFeedForward(shape.hidden, text.integer("intermediate_size", sizeRange));
    }
    if (!text.integers("mlp_only_layers", { 0, layerRange.max }).empty())
        text.findings().fail(ErrorCode::Unsupported,
                             "dense layers among the expert layers of this hybrid model "
                             "('mlp_only_layers') are not supported");

    const std::vector<std::string> types = text.texts("layer_types");
    const int interval = text.integer("full_attention_interval", layerRange, 4);
    if (!types.empty() && static_cast<int>(types.size()) != shape.layers)
        text.findings().fail(ErrorCode::InvalidArgument,
                             fmt::format("field '{}' has {} entries for {} layers",
                                         text.pathOf("layer_types"), types.size(), shape.layers));
    Layers layers(architecture);
    for (int layer = 0; layer < shape.layers; ++layer) {
        const auto i = static_cast<std::size_t>(layer);
        const bool isFull =
            i < types.size() ? types[i] == "full_attention" : (layer + 1) % interval == 0;
        layers.add(isFull ? full : linear, ffn, 2 * wide(shape.hidden));
    }
    // Qwen3-Next ships one such layer without saying so.
    const std::string_view key =
        text.presentOf({ "mtp_num_hidden_layers", "num_nextn_predict_layers" });
    const int extra =
        text.integer(key, predictionRange, text.text("model_type") == "qwen3_next" ? 1 : 0);
    architecture.mtpParameters = extra * predictionLayerParameters(full, ffn, shape.hidden);
}

void readNemotronHybrid(const Fields& text, ModelArchitecture& architecture)
{
    Shape shape = readShape(text);
    if (text.has("attention_head_dim"))
        shape.headDim = text.integer("attention_head_dim", headDimRange);
    applyShape(shape, 1, architecture);
    const std::vector<BlockKind> kinds = readPattern(text, shape.layers);
    const auto uses = [&](BlockKind kind) {
        return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
    };
    const bool bias = text.flag("attention_bias", false);
    const TokenMixer attention =
        attentionMixer(shape, { .queryKeyValueBias = bias, .outputBias = bias });
    const TokenMixer mamba =
        uses(BlockKind::Recurrent) ? mambaMixer(nemotronMamba(text), shape.hidden) : noMixer();
    const FeedForward experts =
        uses(BlockKind::Experts) ? nemotronExperts(text, shape.hidden) : FeedForward {};
    const FeedForward dense = uses(BlockKind::DenseFfn)
        ? denseFeedForward(shape.hidden, text.integer("intermediate_size", sizeRange),
                           { .gated = false, .bias = text.flag("mlp_bias", false) })
        : FeedForward {};
    Layers layers(architecture);
    for (const BlockKind kind : kinds) {
        const bool isFfn = kind == BlockKind::DenseFfn || kind == BlockKind::Experts;
        const TokenMixer& mixer = kind == BlockKind::Recurrent ? mamba : attention;
        layers.add(isFfn ? noMixer() : mixer,
                   !isFfn ? FeedForward {} : (kind == BlockKind::Experts ? experts : dense),
                   shape.hidden);
    }
}

void readGraniteHybrid(const Fields& text, ModelArchitecture& architecture)
{
    const Shape shape = readShape(text);
    applyShape(shape, 1, architecture);
    const std::vector<std::string> types = text.texts("layer_types");
    if (static_cast<int>(types.size()) != shape.layers)
        text.findings().fail(ErrorCode::InvalidArgument,
                             fmt::format("field '{}' has {} entries for {} layers",
                                         text.pathOf("layer_types"), types.size(), shape.layers));
    MambaShape mamba;
    mamba.heads = text.integer("mamba_n_heads", headRange);
    mamba.headDim = text.integer("mamba_d_head", headDimRange);
    mamba.groups = text.integer("mamba_n_groups", headRange);
    mamba.state = text.integer("mamba_d_state", headDimRange);
    mamba.kernel = text.integer("mamba_d_conv", { 1, 64 });
    mamba.convolutionBias = text.flag("mamba_conv_bias", true);
    mamba.projectionBias = text.flag("mamba_proj_bias", false);
    const TokenMixer recurrent = mambaMixer(mamba, shape.hidden);
    const bool bias = text.flag("attention_bias", false);
    const TokenMixer attention =
        attentionMixer(shape, { .queryKeyValueBias = bias, .outputBias = bias });

    const int shared = text.integer("shared_intermediate_size", sizeRange);
    FeedForward ffn = denseFeedForward(shape.hidden, shared);
    if (text.integer("num_local_experts", { 0, expertRange.max }, 0) > 0) {
        ExpertTraits experts = readExperts(text, shape.intermediate);
        experts.sharedIntermediate = shared;
        ffn = expertFeedForward(shape.hidden, experts, text.findings());
    }
    Layers layers(architecture);
    for (const std::string& type : types) {
        if (type != "mamba" && type != "attention")
            text.findings().fail(
                ErrorCode::Unsupported,
                fmt::format("layer type '{}' in field '{}' is not known for this model family",
                            type, text.pathOf("layer_types")));
        layers.add(type == "mamba" ? recurrent : attention, ffn, 2 * wide(shape.hidden));
    }
}

void readNemotronPruned(const Fields& text, ModelArchitecture& architecture)
{
    const std::vector<Fields> blocks = text.objects("block_configs");
    // Widths and KV heads are given per block, the general fields are null.
    const Shape shape = readShape(text, { .keyValueHeads = 1 });
    applyShape(shape, 1, architecture);
    if (static_cast<int>(blocks.size()) != shape.layers) {
        text.findings().fail(ErrorCode::InvalidArgument,
                             fmt::format("field '{}' has {} entries for {} layers",
                                         text.pathOf("block_configs"), blocks.size(),
                                         shape.layers));
        return;
    }
    Layers layers(architecture);
    for (const Fields& block : blocks) {
        const auto attention = block.object("attention");
        const auto ffn = block.object("ffn");
        if (!attention || !ffn) {
            text.findings().fail(ErrorCode::MissingField,
                                 fmt::format("'{}' or '{}' is missing", block.pathOf("attention"),
                                             block.pathOf("ffn")));
            return;
        }
        // A part that was pruned away has no norm either.
        const int norms =
            (attention->flag("no_op", false) ? 0 : 1) + (ffn->flag("no_op", false) ? 0 : 1);
        layers.add(prunedMixer(*attention, shape), prunedFeedForward(*ffn, shape.hidden),
                   wide(norms) * shape.hidden);
    }
}

void readGemma4(const Fields& text, ModelArchitecture& architecture)
{
    const Shape sliding =
        readShape(text, { .headDim = 256, .maxPositions = 131072, .vocabulary = 262144 });
    applyShape(sliding, 1, architecture);
    if (text.integer("hidden_size_per_layer_input", { 0, sizeRange.max }, 256) > 0)
        text.findings().fail(
            ErrorCode::Unsupported,
            "Gemma 4 models with embeddings per layer ('hidden_size_per_layer_input') are not "
            "supported");
    if (text.integer("num_kv_shared_layers", { 0, layerRange.max }, 0) > 0)
        text.findings().fail(
            ErrorCode::Unsupported,
            "Gemma 4 models with shared KV layers ('num_kv_shared_layers') are not supported");
    const bool sharedKeyValue = text.flag("attention_k_eq_v", false);
    Shape global = sliding;
    global.headDim = text.integer("global_head_dim", headDimRange, 512);
    if (sharedKeyValue)
        global.keyValueHeads =
            text.integer("num_global_key_value_heads", headRange, sliding.keyValueHeads);
    const AttentionTraits traits { .norm = QueryKeyNorm::PerHead };
    const TokenMixer window = withWindow(attentionMixer(sliding, traits), MixerKind::SlidingWindow,
                                         text.integer("sliding_window", tokenRange, 512));
    const TokenMixer full =
        attentionMixer(global, { .norm = QueryKeyNorm::PerHead, .sharedKeyValue = sharedKeyValue });

    FeedForward ffn =
        denseFeedForward(sliding.hidden, text.integer("intermediate_size", sizeRange));
    int norms = 4;
    if (text.flag("enable_moe_block", false)) {
        // The experts run beside the dense part. The router scales its input and, per expert, its output.
        ExpertTraits traitsOfExperts = readExperts(text, 0);
        traitsOfExperts.routerVectors = 1;
        FeedForward experts = expertFeedForward(sliding.hidden, traitsOfExperts, text.findings());
        experts.routerParameters += sliding.hidden;
        experts.denseParameters = ffn.denseParameters;
        experts.intermediateSize = ffn.intermediateSize;
        ffn = experts;
        norms += 3;
    }
    const std::vector<std::string> types = text.texts("layer_types");
    Layers layers(architecture);
    for (int layer = 0; layer < sliding.layers; ++layer) {
        const auto i = static_cast<std::size_t>(layer);
        const bool isFull = i < types.size() ? types[i] == "full_attention" : (layer + 1) % 6 == 0;
        layers.add(isFull ? full : window, ffn, wide(norms) * sliding.hidden + 1);
    }
}

} // namespace llmd::hf
