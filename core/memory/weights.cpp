// SPDX-License-Identifier: Apache-2.0
#include "memorymodel.h"

#include <core/candidate/draft.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace llmd {

namespace {

/** Parameters of one layer that are split over the tensor-parallel ranks, and those that every rank holds. */
struct MixerSplit
{
    double sharded = 0;
    double keyValue = 0; ///< split as far as there are heads, then repeated
    double replicated = 0;
};

/**
 * MLA keeps the down-projections on every rank. The rank of the query's latent is not a field; it follows from the
 * parameter count: linear = rest + hidden x q + q x heads x headDim, or rest + hidden x heads x headDim without one.
 */
MixerSplit splitMla(const TokenMixer& mixer, double hidden)
{
    const double heads = mixer.queryHeads;
    const double down = hidden * (mixer.kvLoraRank + mixer.ropeHeadDim);
    const double nope = mixer.headDim - mixer.ropeHeadDim;
    const double up = mixer.kvLoraRank * heads * (nope + mixer.valueHeadDim);
    const double output = heads * mixer.valueHeadDim * hidden;
    const double linear = static_cast<double>(mixer.linearParameters);
    const double query = linear - down - up - output;
    const double direct = hidden * heads * mixer.headDim;
    if (query <= 0)
        return { linear, 0, 0 };
    double queryDown = 0;
    if (std::abs(query - direct) > 0.001 * direct)
        queryDown = query * hidden / (hidden + heads * mixer.headDim);
    MixerSplit split;
    split.replicated = down + queryDown;
    split.sharded = linear - split.replicated;
    return split;
}

MixerSplit splitMixer(const TokenMixer& mixer, double hidden)
{
    const double linear = static_cast<double>(mixer.linearParameters);
    switch (mixer.kind) {
    case MixerKind::Mla:
        return splitMla(mixer, hidden);
    case MixerKind::FullAttention:
    case MixerKind::SlidingWindow:
    case MixerKind::ChunkedAttention: {
        if (mixer.sharesKeyValue)
            return { linear, 0, 0 };
        const double width = mixer.headDim + (mixer.keysAreValues ? 0 : mixer.valueHeadDim);
        const double keyValue = std::min(linear, hidden * mixer.keyValueHeads * width);
        return { linear - keyValue, keyValue, 0 };
    }
    case MixerKind::Recurrent:
    case MixerKind::None:
        break;
    }
    return { linear, 0, 0 };
}

/**
 * What PyTorch's caching allocator adds to one tensor: requests from 10 MiB come in multiples of 2 MiB, and an end of at
 * most 1 MiB is not split off. Start-up logs count it as weights: 2 MiB for each layer of Qwen2.5-7B at TP1, 0.75 at TP2,
 * none at TP4, 1 MiB for each of Qwen2.5-72B at TP2.
 */
double allocationRounding(double bytes)
{
    constexpr double mebi = 1024.0 * 1024.0;
    if (bytes < 10 * mebi)
        return 0;
    const double unit = 2 * mebi;
    const double end = std::ceil(bytes / unit) * unit - bytes;
    return end <= mebi ? end : 0;
}

/** The same for a feed-forward of two or three matrices: vLLM keeps gate and up in one tensor, down in another. */
double feedForwardRounding(double parameters, double bytesPerValue, bool gated)
{
    const double bytes = parameters * bytesPerValue;
    const double first = gated ? 2.0 / 3 : 0.5;
    return allocationRounding(bytes * first) + allocationRounding(bytes * (1 - first));
}

/** Attention has Q, K and V in one tensor and the output in another. */
double attentionRounding(const TokenMixer& mixer, const MixerSplit& split, double hidden,
                         double tensor, double keyValueRanks, double bytesPerValue)
{
    if (split.keyValue <= 0)
        return 0;
    const double output = std::min(split.sharded, hidden * mixer.queryHeads * mixer.valueHeadDim);
    const double inputs = (split.sharded - output) / tensor + split.keyValue / keyValueRanks;
    return allocationRounding(inputs * bytesPerValue)
        + allocationRounding(output / tensor * bytesPerValue);
}

void addLayer(RankWeights& rank, const ModelArchitecture& architecture, const LayerGroup& layer,
              const Parallelism& parallelism, double count)
{
    const Quantization& stored = architecture.quantization;
    const auto add = [&](ParameterGroup group, double parameters) {
        rank.bytes[static_cast<std::size_t>(group)] +=
            parameters * count * stored.of(group).bytesPerValue();
    };
    const double tensor = parallelism.tensor;
    const MixerSplit mixer = splitMixer(layer.mixer, architecture.hiddenSize);
    const double keyValueRanks = std::min(tensor, std::max(1.0, double(layer.mixer.keyValueHeads)));
    add(ParameterGroup::Attention,
        mixer.sharded / tensor + mixer.keyValue / keyValueRanks + mixer.replicated);

    const FeedForward& ffn = layer.feedForward;
    add(ParameterGroup::DenseFfn, static_cast<double>(ffn.denseParameters) / tensor);
    add(ParameterGroup::SharedExperts, static_cast<double>(ffn.sharedExpertParameters) / tensor);
    add(ParameterGroup::Router, static_cast<double>(ffn.routerParameters));
    // Without expert parallelism vLLM splits every expert over all tensor x data ranks; with it, each rank holds whole
    // experts, and the fullest one rounds up.
    const double ranks = tensor * parallelism.data;
    const double expert = static_cast<double>(ffn.expertParameters);
    const double held = parallelism.expert ? std::ceil(ffn.experts / ranks) : ffn.experts / ranks;
    add(ParameterGroup::RoutedExperts, expert * held);
    const auto bytesOf = [&](ParameterGroup group) { return stored.of(group).bytesPerValue(); };
    const double dense = static_cast<double>(ffn.denseParameters);
    const double matrix = static_cast<double>(architecture.hiddenSize) * ffn.intermediateSize;
    rank.rounding += count
        * (attentionRounding(layer.mixer, mixer, architecture.hiddenSize, tensor, keyValueRanks,
                             bytesOf(ParameterGroup::Attention))
           + feedForwardRounding(dense / tensor, bytesOf(ParameterGroup::DenseFfn),
                                 dense > 2.5 * matrix)
           + feedForwardRounding(static_cast<double>(ffn.sharedExpertParameters) / tensor,
                                 bytesOf(ParameterGroup::SharedExperts), true)
           + feedForwardRounding(expert * held, bytesOf(ParameterGroup::RoutedExperts), true));
    // Biases of experts go with the experts; everything else that is small is on every rank.
    const double biases = static_cast<double>(ffn.otherParameters);
    const double small = static_cast<double>(layer.normParameters + layer.mixer.otherParameters);
    add(ParameterGroup::Norms, small + (ffn.isMoe() ? biases / ranks : biases));
}

void addTables(RankWeights& rank, const ModelArchitecture& architecture, int tensor,
               const PipelineStage& stage)
{
    const Quantization& stored = architecture.quantization;
    // vLLM pads the vocabulary to a multiple of 64 before it splits the tables.
    const double rows = std::ceil(architecture.vocabularySize / 64.0) * 64;
    const double table = rows * architecture.hiddenSize / tensor;
    const auto add = [&](ParameterGroup group, double parameters) {
        const double bytes = parameters * stored.of(group).bytesPerValue();
        rank.bytes[static_cast<std::size_t>(group)] += bytes;
        if (group != ParameterGroup::Norms && group != ParameterGroup::Vision)
            rank.rounding += allocationRounding(bytes);
    };
    const bool tiedCopy = architecture.tiedEmbeddings && stage.isLast() && !stage.isFirst();
    if (stage.isFirst() || tiedCopy)
        add(ParameterGroup::Embedding, table);
    if (stage.isLast()) {
        if (!architecture.tiedEmbeddings)
            add(ParameterGroup::LmHead, table);
        add(ParameterGroup::Norms, static_cast<double>(architecture.finalNormParameters));
    }
    if (stage.isFirst())
        add(ParameterGroup::Vision, static_cast<double>(architecture.visionParameters) / tensor);
}

} // namespace

PipelineStage pipelineStage(const ModelArchitecture& architecture, int stages, int index)
{
    const int layers = architecture.layers();
    const int base = layers / stages;
    const int rest = layers % stages;
    // The stages that get one of the remaining layers end just before the last stage.
    const auto layersOf = [&](int stage) {
        const bool extra = stage < stages - 1 && stage >= stages - 1 - rest;
        return base + (extra ? 1 : 0);
    };
    PipelineStage stage { index, stages, 0, layersOf(index) };
    for (int i = 0; i < index; ++i)
        stage.firstLayer += layersOf(i);
    return stage;
}

Bytes RankWeights::total() const
{
    double sum = buffers + rounding;
    for (const double each : bytes)
        sum += each;
    return Bytes(sum);
}

RankWeights rankWeights(const ModelArchitecture& architecture, const Parallelism& parallelism,
                        const PipelineStage& stage)
{
    RankWeights rank;
    if (stage.stages == 1) {
        for (const LayerGroup& layer : architecture.groups)
            addLayer(rank, architecture, layer, parallelism, layer.count);
    } else {
        for (int i = 0; i < stage.layers; ++i) {
            const auto group =
                architecture.layerOrder[static_cast<std::size_t>(stage.firstLayer + i)];
            addLayer(rank, architecture, architecture.groups[group], parallelism, 1);
        }
    }
    addTables(rank, architecture, parallelism.tensor, stage);
    const double buffers = architecture.residentBufferBytes(parallelism.tensor).value();
    const double rotary =
        static_cast<double>(architecture.rotaryTableElements) * bytesPerValue(architecture.dtype);
    const double share = static_cast<double>(stage.layers) / architecture.layers();
    rank.buffers = rotary + std::max(0.0, buffers - rotary) * share;
    return rank;
}

Bytes draftWeights(const Candidate& candidate)
{
    if (!candidate.engine.speculative)
        return {};
    const auto draft = draftArchitecture(candidate);
    if (!draft)
        return {};
    const Parallelism& parallelism = candidate.topology.pool.parallelism;
    RankWeights rank = rankWeights(*draft, parallelism, pipelineStage(*draft, 1, 0));
    const DraftMethod method = candidate.engine.speculative->method;
    const auto drop = [&](ParameterGroup group) {
        const double bytes = std::exchange(rank.bytes[static_cast<std::size_t>(group)], 0);
        rank.rounding -= allocationRounding(bytes);
    };
    if (sharesEmbedding(method))
        drop(ParameterGroup::Embedding);
    if (sharesOutput(method))
        drop(ParameterGroup::LmHead);
    return rank.total();
}

Bytes adapterBuffers(const Candidate& candidate, const PipelineStage& stage)
{
    if (!candidate.engine.lora)
        return {};
    const ModelArchitecture& architecture = candidate.model->architecture;
    const double share = static_cast<double>(stage.layers) / std::max(1, architecture.layers());
    return Bytes(adapterSize(candidate).values * candidate.engine.lora->slotCount
                 * bytesPerValue(architecture.dtype) * share);
}

} // namespace llmd
