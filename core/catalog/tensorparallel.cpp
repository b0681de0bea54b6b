// SPDX-License-Identifier: Apache-2.0
#include "modelarchitecture.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>

/**
 * What vLLM refuses when it splits a model over tensor parallel ranks: heads, intermediate sizes and the padded
 * vocabulary have to divide, and slices of a quantised matrix have to hold whole blocks or groups of scales.
 */
namespace llmd {

namespace {

constexpr int vocabularyPadding = 64;

bool isQuantized(const Quantization& quantization, ParameterGroup group)
{
    return bitsPerValue(quantization.of(group).values) < 16;
}

/** `size` is split over the ranks; a part of it has to be a multiple of the scale group. */
std::string splitObstacle(std::string_view what, int size, int ranks, int groupSize)
{
    if (size <= 0)
        return {};
    if (size % ranks != 0)
        return fmt::format("{} {} is not divisible by {}", what, size, ranks);
    const int part = size / ranks;
    if (groupSize > 0 && ranks > 1 && part % groupSize != 0)
        return fmt::format(
            "{} {} leaves {} per GPU, which is no multiple of the {} values that share a scale",
            what, size, part, groupSize);
    return {};
}

std::string attentionObstacle(const TokenMixer& mixer, int ranks, int groupSize, bool squareBlocks)
{
    if (mixer.queryHeads % ranks != 0)
        return fmt::format("{} attention heads are not divisible by {}", mixer.queryHeads, ranks);
    const int heads = mixer.queryHeads / ranks;
    // The output projection reads its slice of the heads: its scale groups run along the input.
    const int valueWidth = mixer.queryHeads * mixer.valueHeadDim;
    if (auto text = splitObstacle("the attention width", valueWidth, ranks, groupSize);
        !text.empty())
        return text;
    if (mixer.kind == MixerKind::Mla)
        return {};
    const int kv = mixer.keyValueHeads;
    if (kv > 0 && kv % ranks != 0 && ranks % kv != 0)
        return fmt::format("{} KV heads and {} GPUs do not divide each other", kv, ranks);
    const int kvWidth = std::max(1, kv / ranks) * mixer.headDim;
    if (squareBlocks && groupSize > 0 && ranks > 1
        && ((heads * mixer.headDim) % groupSize != 0 || kvWidth % groupSize != 0))
        return fmt::format(
            "{} query and {} key values per GPU are no multiple of the block size {}",
            heads * mixer.headDim, kvWidth, groupSize);
    return {};
}

std::string recurrentObstacle(const TokenMixer& mixer, int ranks)
{
    if (mixer.queryHeads % ranks != 0)
        return fmt::format("{} state heads are not divisible by {}", mixer.queryHeads, ranks);
    const int groups = mixer.keyValueHeads;
    // A single group is copied to every rank; several have to be shared out evenly.
    if (groups > 1 && groups % ranks != 0)
        return fmt::format("{} state groups are not divisible by {}", groups, ranks);
    return {};
}

std::string mixerObstacle(const TokenMixer& mixer, const Quantization& quantization, int ranks)
{
    switch (mixer.kind) {
    case MixerKind::None:
        return {};
    case MixerKind::Recurrent:
        return recurrentObstacle(mixer, ranks);
    default:
        break;
    }
    const int groupSize =
        isQuantized(quantization, ParameterGroup::Attention) ? quantization.groupSize : 0;
    return attentionObstacle(mixer, ranks, groupSize, quantization.squareBlocks);
}

std::string feedForwardObstacle(const FeedForward& ffn, const Quantization& quantization, int ranks,
                                bool expertParallel)
{
    const ParameterGroup plain =
        ffn.denseParameters > 0 ? ParameterGroup::DenseFfn : ParameterGroup::SharedExperts;
    const int plainGroup = isQuantized(quantization, plain) ? quantization.groupSize : 0;
    if (auto text = splitObstacle("the intermediate size", ffn.intermediateSize, ranks, plainGroup);
        !text.empty())
        return text;
    if (!ffn.isMoe() || expertParallel)
        return {};
    // MXFP4 and NVFP4 expert kernels pad their slices, so only whole-number division is asked of them.
    const Precision experts = quantization.of(ParameterGroup::RoutedExperts).values;
    const bool padded = experts == Precision::Mxfp4 || experts == Precision::Nvfp4;
    const bool grouped = isQuantized(quantization, ParameterGroup::RoutedExperts) && !padded;
    return splitObstacle("the expert intermediate size", ffn.moeIntermediateSize, ranks,
                         grouped ? quantization.groupSize : 0);
}

} // namespace

std::string tensorParallelObstacle(const ModelArchitecture& architecture, int tensorParallel,
                                   bool expertParallel)
{
    if (tensorParallel < 1)
        return fmt::format("a tensor parallel size of {} is not positive", tensorParallel);
    if (tensorParallel == 1)
        return {};
    const int padded = (architecture.vocabularySize + vocabularyPadding - 1) / vocabularyPadding
        * vocabularyPadding;
    if (padded % tensorParallel != 0)
        return fmt::format("the padded vocabulary {} is not divisible by {}", padded,
                           tensorParallel);
    for (const LayerGroup& layer : architecture.groups) {
        if (auto text = mixerObstacle(layer.mixer, architecture.quantization, tensorParallel);
            !text.empty())
            return text;
        if (auto text = feedForwardObstacle(layer.feedForward, architecture.quantization,
                                            tensorParallel, expertParallel);
            !text.empty())
            return text;
    }
    return {};
}

} // namespace llmd
