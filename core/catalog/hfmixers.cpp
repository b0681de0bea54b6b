// SPDX-License-Identifier: Apache-2.0
#include "hfparts.h"

#include <fmt/format.h>

namespace llmd::hf {

namespace {

std::int64_t product(int a, int b)
{
    return static_cast<std::int64_t>(a) * b;
}

/**
 * The "lightning indexer" of DeepSeek sparse attention: its queries come from the query latent, its one key per token
 * from the hidden state; a LayerNorm over the key, and a weight per indexer head.
 */
void addIndexer(const Fields& text, const Shape& shape, int queryLatent, TokenMixer& mixer)
{
    const int heads = text.integer("index_n_heads", headRange);
    const int width = text.integer("index_head_dim", headDimRange);
    mixer.sparseTopK = text.integer("index_topk", tokenRange);
    mixer.indexHeadDim = width;
    const int source = queryLatent > 0 ? queryLatent : shape.hidden;
    mixer.linearParameters += product(source, heads) * width + product(shape.hidden, width)
        + product(shape.hidden, heads);
    mixer.otherParameters += 2 * static_cast<std::int64_t>(width);
}

} // namespace

TokenMixer attentionMixer(const Shape& shape, const AttentionTraits& traits)
{
    TokenMixer mixer;
    mixer.kind = MixerKind::FullAttention;
    mixer.queryHeads = shape.heads;
    mixer.keyValueHeads = shape.keyValueHeads;
    mixer.headDim = shape.headDim;
    mixer.valueHeadDim = shape.headDim;
    const std::int64_t queryWidth = product(shape.heads, shape.headDim);
    const std::int64_t keyWidth = product(shape.keyValueHeads, shape.headDim);
    const std::int64_t inputs =
        queryWidth * (traits.outputGate ? 2 : 1) + keyWidth * (traits.sharedKeyValue ? 1 : 2);
    mixer.linearParameters = shape.hidden * (inputs + queryWidth);
    if (traits.queryKeyValueBias)
        mixer.otherParameters += inputs;
    if (traits.outputBias)
        mixer.otherParameters += shape.hidden;
    if (traits.norm == QueryKeyNorm::PerHead)
        mixer.otherParameters += 2 * static_cast<std::int64_t>(shape.headDim);
    else if (traits.norm == QueryKeyNorm::WholeWidth)
        mixer.otherParameters += queryWidth + keyWidth;
    if (traits.sinks)
        mixer.otherParameters += shape.heads;
    return mixer;
}

TokenMixer withWindow(TokenMixer mixer, MixerKind kind, int window)
{
    mixer.kind = kind;
    mixer.window = window;
    return mixer;
}

TokenMixer latentMixer(const Fields& text, const Shape& shape)
{
    const int nope = text.integer("qk_nope_head_dim", headDimRange);
    const int rope = text.integer("qk_rope_head_dim", headDimRange);
    const int value = text.integer("v_head_dim", headDimRange);
    const int latent = text.integer("kv_lora_rank", sizeRange);
    const bool compressedQuery = text.has("q_lora_rank");
    const int queryLatent = compressedQuery ? text.integer("q_lora_rank", { 0, sizeRange.max }) : 0;

    TokenMixer mixer;
    mixer.kind = MixerKind::Mla;
    mixer.queryHeads = shape.heads;
    mixer.keyValueHeads = 1; // one latent vector, whatever the number of heads says
    mixer.headDim = nope + rope;
    mixer.valueHeadDim = value;
    mixer.kvLoraRank = latent;
    mixer.ropeHeadDim = rope;
    const std::int64_t queryWidth = product(shape.heads, nope + rope);
    mixer.linearParameters =
        queryLatent > 0 ? queryLatent * (shape.hidden + queryWidth) : shape.hidden * queryWidth;
    mixer.linearParameters += product(shape.hidden, latent + rope)
        + latent * product(shape.heads, nope + value) + product(shape.heads, value) * shape.hidden;
    mixer.otherParameters = queryLatent + latent; // norms over the latents
    if (text.flag("attention_bias", false))
        mixer.otherParameters += queryLatent + latent + rope + shape.hidden;
    if (text.has("index_topk"))
        addIndexer(text, shape, queryLatent, mixer);
    return mixer;
}

TokenMixer gatedDeltaMixer(const Fields& text, int hidden)
{
    const int keyHeads = text.integer("linear_num_key_heads", headRange);
    const int valueHeads = text.integer("linear_num_value_heads", headRange);
    const int keyDim = text.integer("linear_key_head_dim", headDimRange);
    const int valueDim = text.integer("linear_value_head_dim", headDimRange);
    const int kernel = text.integer("linear_conv_kernel_dim", { 1, 64 });
    const std::int64_t keyWidth = product(keyHeads, keyDim);
    const std::int64_t valueWidth = product(valueHeads, valueDim);
    const std::int64_t convolved = 2 * keyWidth + valueWidth;

    TokenMixer mixer;
    mixer.kind = MixerKind::Recurrent;
    mixer.queryHeads = valueHeads;
    mixer.keyValueHeads = keyHeads;
    mixer.headDim = keyDim;
    mixer.valueHeadDim = valueDim;
    mixer.stateElements = product(valueHeads, keyDim) * valueDim;
    mixer.convStateElements = convolved * (kernel - 1);
    // Query, key, value and gate, two scalars per value head, and the output.
    mixer.linearParameters =
        hidden * (convolved + valueWidth + 2 * static_cast<std::int64_t>(valueHeads))
        + valueWidth * hidden;
    mixer.otherParameters =
        convolved * kernel + 2 * static_cast<std::int64_t>(valueHeads) + valueDim;
    return mixer;
}

TokenMixer mambaMixer(const MambaShape& mamba, int hidden)
{
    const std::int64_t inner = product(mamba.heads, mamba.headDim);
    const std::int64_t convolved = inner + 2 * product(mamba.groups, mamba.state);

    TokenMixer mixer;
    mixer.kind = MixerKind::Recurrent;
    mixer.queryHeads = mamba.heads;
    mixer.keyValueHeads = mamba.groups;
    mixer.headDim = mamba.state;
    mixer.valueHeadDim = mamba.headDim;
    mixer.stateElements = inner * mamba.state;
    mixer.convStateElements = convolved * (mamba.kernel - 1);
    mixer.linearParameters = hidden * (inner + convolved + mamba.heads) + inner * hidden;
    // Convolution, its bias, the norm before the output; step bias, decay and skip per head.
    mixer.otherParameters = convolved * (mamba.kernel + (mamba.convolutionBias ? 1 : 0)) + inner
        + 3 * static_cast<std::int64_t>(mamba.heads);
    if (mamba.projectionBias)
        mixer.otherParameters += inner + convolved + mamba.heads + hidden;
    return mixer;
}

} // namespace llmd::hf
