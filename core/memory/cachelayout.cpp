// SPDX-License-Identifier: Apache-2.0
#include "memorymodel.h"

#include <core/candidate/draft.h>

#include <algorithm>
#include <cmath>

namespace llmd {

namespace {

/** Recurrent states are kept in 32 bit, the convolution window in the model's type. */
constexpr double stateValueBytes = 4;

CacheKind kindOf(const TokenMixer& mixer, double valueBytes, double dtypeBytes, int tensor)
{
    CacheKind kind;
    if (mixer.kind == MixerKind::Recurrent) {
        kind.type = CacheKind::Type::State;
        kind.bytesPerSequence = (static_cast<double>(mixer.stateElements) * stateValueBytes
                                 + static_cast<double>(mixer.convStateElements) * dtypeBytes)
            / tensor;
        return kind;
    }
    if (mixer.kind == MixerKind::Mla) {
        // One latent vector per token, whole on every rank; sparse attention keeps an FP8 key with a 32-bit scale per
        // 128 values beside it.
        kind.bytesPerToken = (mixer.kvLoraRank + mixer.ropeHeadDim) * valueBytes
            + mixer.indexHeadDim * (1 + 4.0 / 128);
        return kind;
    }
    // Fewer heads than ranks: each rank keeps one head, so heads are repeated.
    const double heads = std::max(1.0, std::ceil(double(mixer.keyValueHeads) / tensor));
    const double width = mixer.headDim + (mixer.keysAreValues ? 0 : mixer.valueHeadDim);
    kind.bytesPerToken = heads * width * valueBytes;
    // Chunked attention (Llama 4) is kept as full attention: vLLM switches its cache manager off for it by default.
    if (mixer.kind == MixerKind::SlidingWindow && mixer.window > 0) {
        kind.type = CacheKind::Type::Window;
        kind.window = mixer.window;
    }
    return kind;
}

/** Adds layers to the kind they belong to. Layers beyond the room for kinds join the last kind with their bytes. */
void addLayers(CacheLayout& layout, const CacheKind& kind, int layers, int stageLayers)
{
    std::size_t at = 0;
    while (at < layout.count
           && (layout.kinds[at].type != kind.type || layout.kinds[at].window != kind.window))
        ++at;
    if (at == CacheLayout::maxKinds)
        --at;
    CacheKind& target = layout.kinds[at];
    if (at == layout.count) {
        target = kind;
        target.layers = 0;
        target.bytesPerToken = 0;
        target.bytesPerSequence = 0;
        ++layout.count;
    }
    // Means over the layers, so that kinds of unequal heads (NAS models) come out right in sum.
    const double total = target.layers + layers;
    const auto mean = [&](double before, double added) {
        return total > 0 ? (before * target.layers + added * layers) / total : added;
    };
    target.bytesPerToken = mean(target.bytesPerToken, kind.bytesPerToken);
    target.bytesPerSequence = mean(target.bytesPerSequence, kind.bytesPerSequence);
    target.layers += layers;
    target.stageLayers += stageLayers;
}

/** The layers of a draft are kept in the blocks of the model's layers. */
void collectDraftKinds(CacheLayout& layout, const Candidate& candidate, double valueBytes)
{
    const auto draft = draftArchitecture(candidate);
    if (!draft)
        return;
    for (const LayerGroup& group : draft->groups) {
        if (group.mixer.hasKeyValueCache())
            addLayers(layout,
                      kindOf(group.mixer, valueBytes, bytesPerValue(draft->dtype),
                             candidate.topology.pool.parallelism.tensor),
                      group.count, group.count);
    }
}

void collectKinds(CacheLayout& layout, const Candidate& candidate, const PipelineStage& stage)
{
    const ModelArchitecture& architecture = candidate.model->architecture;
    const double valueBytes = cacheValueBytes(candidate);
    const double dtypeBytes = bytesPerValue(architecture.dtype);
    const int tensor = candidate.topology.pool.parallelism.tensor;
    if (candidate.engine.speculative)
        collectDraftKinds(layout, candidate, valueBytes);
    for (std::size_t i = 0; i < architecture.groups.size(); ++i) {
        const LayerGroup& group = architecture.groups[i];
        const TokenMixer& mixer = group.mixer;
        if (!mixer.hasKeyValueCache() && mixer.kind != MixerKind::Recurrent)
            continue;
        int stageLayers = group.count;
        if (stage.stages > 1) {
            const auto begin = architecture.layerOrder.begin() + stage.firstLayer;
            stageLayers = static_cast<int>(std::count(begin, begin + stage.layers, i));
        }
        addLayers(layout, kindOf(mixer, valueBytes, dtypeBytes, tensor), group.count, stageLayers);
    }
}

/** One kind: a block holds `blockSize` tokens of all layers of the stage. */
void layOutOneKind(CacheLayout& layout, int blockSize)
{
    CacheKind& kind = layout.kinds[0];
    kind.groups = 1;
    kind.blockTokens = blockSize;
    layout.groups = 1;
    layout.blockBytes = kind.type == CacheKind::Type::State
        ? kind.bytesPerSequence * kind.stageLayers
        : kind.bytesPerToken * kind.stageLayers * blockSize;
}

/** Bytes of one layer's share of a block, equal for all kinds; small kinds get more tokens into it. */
double unifyPages(CacheLayout& layout, int blockSize)
{
    double page = 0;
    double state = 0;
    for (std::size_t i = 0; i < layout.count; ++i) {
        page = std::max(page, layout.kinds[i].bytesPerToken * blockSize);
        state = std::max(state, layout.kinds[i].bytesPerSequence);
    }
    // A recurrent state needs one block per sequence: blocks of attention layers are made long enough to hold it.
    if (page > 0 && state > page)
        page = std::ceil(state / page) * page;
    page = std::max(page, state);
    for (std::size_t i = 0; i < layout.count; ++i) {
        CacheKind& kind = layout.kinds[i];
        if (kind.type != CacheKind::Type::State && kind.bytesPerToken > 0) {
            const double blocks = std::floor(page / (kind.bytesPerToken * blockSize) + 1e-9);
            kind.blockTokens = static_cast<int>(std::max(1.0, blocks)) * blockSize;
        }
    }
    return page;
}

/**
 * Several kinds: layers are dealt into groups as large as the smallest kind, or as the largest where they are nearly
 * equal, and the last group of a kind is filled up with nothing (vllm/v1/core/kv_cache_utils.py).
 */
void layOutGroups(CacheLayout& layout, int blockSize)
{
    const double page = unifyPages(layout, blockSize);
    int least = layout.kinds[0].layers;
    int most = least;
    for (std::size_t i = 1; i < layout.count; ++i) {
        least = std::min(least, layout.kinds[i].layers);
        most = std::max(most, layout.kinds[i].layers);
    }
    const int groupSize = most < 1.25 * least ? most : least;
    int stageGroupSize = 0;
    for (std::size_t i = 0; i < layout.count; ++i) {
        CacheKind& kind = layout.kinds[i];
        kind.groups = (kind.layers + groupSize - 1) / groupSize;
        layout.groups += kind.groups;
        stageGroupSize =
            std::max(stageGroupSize, (kind.stageLayers + kind.groups - 1) / kind.groups);
    }
    layout.blockBytes = page * stageGroupSize;
}

} // namespace

double cacheValueBytes(const Candidate& candidate)
{
    const auto& setting = candidate.engine.keyValueCache;
    return bytesPerValue(setting ? *setting : candidate.model->architecture.dtype);
}

CacheLayout cacheLayout(const Candidate& candidate, const PipelineStage& stage)
{
    CacheLayout layout;
    collectKinds(layout, candidate, stage);
    const int blockSize = std::max(1, candidate.engine.blockSize);
    if (layout.count == 1)
        layOutOneKind(layout, blockSize);
    else if (layout.count > 1)
        layOutGroups(layout, blockSize);
    return layout;
}

double CacheLayout::blocksPerSequence(double tokens, int maxNumBatchedTokens) const
{
    double blocks = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const CacheKind& kind = kinds[i];
        if (kind.type == CacheKind::Type::State) {
            blocks += kind.groups;
        } else if (kind.type == CacheKind::Type::Window) {
            // A window layer keeps the window and the chunk that is computed; one more block because neither starts at
            // a block's edge.
            const double held = std::min(tokens, double(kind.window) - 1 + maxNumBatchedTokens);
            blocks += kind.groups * (std::ceil(held / kind.blockTokens) + 1);
        } else {
            blocks += kind.groups * std::ceil(tokens / kind.blockTokens);
        }
    }
    return blocks;
}

double CacheLayout::tokens(double blocks) const
{
    if (groups == 0)
        return 0;
    int blockTokens = 0;
    for (std::size_t i = 0; i < count; ++i) {
        if (kinds[i].type != CacheKind::Type::State)
            blockTokens = blockTokens == 0 ? kinds[i].blockTokens
                                           : std::min(blockTokens, kinds[i].blockTokens);
    }
    return std::floor(blocks / groups) * blockTokens;
}

} // namespace llmd
