// SPDX-License-Identifier: Apache-2.0
#include "memorymodel.h"

#include <algorithm>
#include <cmath>

/**
 * Start-up memory as vLLM accounts for it (vllm/v1/worker/gpu_worker.py): cache pool = utilization x usable memory -
 * (weights + warm-up peak + memory outside PyTorch). The terms were derived from what the engine allocates and checked
 * against 41 start-up logs of vLLM 0.19.0 on H100; coefficients that depend on the version are in the profile.
 */
namespace llmd {

namespace {

/** Copies of the hidden states of a full step that are alive at the peak of a layer (logs of models with small
 * vocabularies, where the layers and not the sampler set the peak). */
constexpr double liveHiddenStates = 4.25;
/** What the sampler finds still allocated: the hidden states of the step, and those of the last token of each sequence. */
constexpr double hiddenStatesAtSampling = 1.0;
/** Beyond so many tokens vLLM runs the experts in chunks (VLLM_FUSED_MOE_CHUNK_SIZE). */
constexpr double moeChunkTokens = 32768;
/** Captured graphs: per layer, and what grows with the width of its activations (fit over 32 start-up logs, mean
 * error 9 %; hidden size and intermediate size of Llama 3.1 8B as the unit). */
constexpr double graphPerLayer = 0.0052 * gibi;
constexpr double graphPerLayerAndHidden = 0.0029 * gibi / 4096;
constexpr double graphPerLayerAndIntermediate = 0.0045 * gibi / 14336;

/** Widths of the widest layer of a model on one rank, in values per token. */
struct LayerWidths
{
    double feedForward = 0; ///< gate, up and their product
    double attention =
        0; ///< query, key, value before and after the rotary embedding, and the output
    double intermediate = 0; ///< all intermediate values of one token's path, mean over the layers
    double moeUp =
        0; ///< gate and up of the experts of one token, or its copies of the hidden state
    double moeDown = 0;
};

void widenByFeedForward(LayerWidths& widths, const FeedForward& ffn, double hidden,
                        const Parallelism& parallelism)
{
    const double tensor = parallelism.tensor;
    const double dense = static_cast<double>(ffn.denseParameters + ffn.sharedExpertParameters);
    // Two matrices of hidden x intermediate, or three where a gate multiplies the up-projection.
    const bool gated = dense > 2.5 * hidden * ffn.intermediateSize;
    widths.feedForward =
        std::max(widths.feedForward, (gated ? 3.0 : 2.0) * ffn.intermediateSize / tensor);
    if (!ffn.isMoe())
        return;
    const double ranks = parallelism.expert ? 1.0 : tensor * parallelism.data;
    const double expert = ffn.moeIntermediateSize / ranks;
    widths.moeUp = std::max(widths.moeUp, ffn.expertsPerToken * std::max(2 * expert, hidden));
    widths.moeDown = std::max(widths.moeDown, ffn.expertsPerToken * std::max(expert, hidden));
}

LayerWidths layerWidths(const ModelArchitecture& architecture, const Parallelism& parallelism)
{
    LayerWidths widths;
    const double tensor = parallelism.tensor;
    double intermediates = 0;
    for (const LayerGroup& layer : architecture.groups) {
        const FeedForward& ffn = layer.feedForward;
        const TokenMixer& mixer = layer.mixer;
        widenByFeedForward(widths, ffn, architecture.hiddenSize, parallelism);
        const double query = double(mixer.queryHeads) * mixer.headDim / tensor;
        const double keyValueHeads = std::max(1.0, mixer.keyValueHeads / tensor);
        const double keyValue = mixer.kind == MixerKind::Mla
            ? query + double(mixer.queryHeads) * mixer.valueHeadDim / tensor
            : keyValueHeads * (mixer.headDim + mixer.valueHeadDim);
        widths.attention = std::max(widths.attention, 2 * (query + keyValue) + query);
        intermediates += layer.count
            * (ffn.intermediateSize + double(ffn.expertsPerToken) * ffn.moeIntermediateSize)
            / tensor;
    }
    widths.intermediate = intermediates / std::max(1, architecture.layers());
    return widths;
}

/** Batch sizes that vLLM captures graphs for, up to `largest`: 1, 2, 4, then every 8th, from 256 every 16th. */
double captureSizes(double largest)
{
    double count = largest >= 4 ? 3 : 1;
    count += std::floor(std::min(largest, 255.0) / 8);
    if (largest >= 256)
        count += std::floor((largest - 256) / 16) + 1;
    return count;
}

/** Everything but `kvCache` and what follows from it. */
MemoryLedger fixedTerms(const Candidate& candidate, const EngineVersionProfile& profile,
                        const PipelineStage& stage)
{
    MemoryLedger ledger;
    const Parallelism& parallelism = candidate.topology.pool.parallelism;
    ledger.usable = candidate.gpu->usableMemory;
    ledger.budget = ledger.usable * candidate.engine.gpuMemoryUtilization;
    ledger.weights = rankWeights(candidate.model->architecture, parallelism, stage).total();
    ledger.draft = draftWeights(candidate);
    ledger.adapters = adapterBuffers(candidate, stage);
    ledger.activation = activationPeak(candidate, profile, stage).total();
    ledger.nonTorch = nonTorchMemory(parallelism, profile);
    ledger.cudaGraphs = cudaGraphMemory(candidate, profile, stage);
    return ledger;
}

/** What the budget leaves for the cache; negative if the rest alone does not fit. */
Bytes cacheRoom(const MemoryLedger& ledger, const EngineVersionProfile& profile)
{
    Bytes room = ledger.budget - ledger.weights - ledger.draft - ledger.adapters - ledger.activation
        - ledger.nonTorch;
    if (profile.cudaGraphsInBudget)
        room -= ledger.cudaGraphs;
    return room;
}

void fillCacheTerms(MemoryLedger& ledger, const Candidate& candidate, const CacheLayout& layout,
                    Bytes room)
{
    const EngineSettings& engine = candidate.engine;
    ledger.kvCache = std::max(Bytes(), room);
    const double needed = layout.blocksPerSequence(engine.maxModelLen, engine.maxNumBatchedTokens);
    double perToken = 0;
    double windows = 0;
    for (std::size_t i = 0; i < layout.count; ++i) {
        const CacheKind& kind = layout.kinds[i];
        if (kind.type == CacheKind::Type::Full) {
            perToken += layout.blockBytes * kind.groups / kind.blockTokens;
            windows -= kind.groups * std::ceil(double(engine.maxModelLen) / kind.blockTokens);
        }
    }
    windows += needed;
    ledger.kvBytesPerToken = BytesPerToken(perToken);
    ledger.kvBytesPerSequence = Bytes(std::max(0.0, windows) * layout.blockBytes);
    if (layout.blockBytes > 0) {
        ledger.kvBlocks = std::floor(ledger.kvCache.value() / layout.blockBytes);
        const double ranks = candidate.topology.pool.parallelism.data;
        ledger.kvCacheTokens = layout.tokens(ledger.kvBlocks) * ranks;
        ledger.maxConcurrency = needed > 0 ? ledger.kvBlocks / needed * ranks : 0;
    }
    const Bytes oneSequence(needed * layout.blockBytes);
    ledger.shortfall = oneSequence - room;
}

} // namespace

Bytes ActivationPeak::total() const
{
    return std::max(sampler, forward) + workspace + handover + encoder;
}

ActivationPeak activationPeak(const Candidate& candidate, const EngineVersionProfile& profile,
                              const PipelineStage& stage)
{
    const ModelArchitecture& architecture = candidate.model->architecture;
    const Parallelism& parallelism = candidate.topology.pool.parallelism;
    const double width = bytesPerValue(architecture.dtype);
    const double tokens = candidate.engine.maxNumBatchedTokens;
    const double sequences = std::min<double>(candidate.engine.maxNumSeqs, tokens);
    const double hidden = architecture.hiddenSize;
    const double hiddenStates = tokens * hidden * width;
    const LayerWidths widths = layerWidths(architecture, parallelism);

    ActivationPeak peak;
    if (stage.isLast()) {
        const double vocabulary = architecture.vocabularySize;
        const double perLogit = width + profile.activationPerSequenceAndToken.value();
        peak.sampler = profile.activationBase
            + Bytes(sequences * vocabulary * perLogit
                    + vocabulary * profile.activationPerVocabularyEntry.value()
                    + hiddenStatesAtSampling * hiddenStates + sequences * hidden * width);
    }
    const double feedForward =
        widths.feedForward * tokens * width + liveHiddenStates * hiddenStates;
    const double attention =
        widths.attention * tokens * width + (liveHiddenStates - 2) * hiddenStates;
    peak.forward = Bytes(std::max(feedForward, attention));
    // vLLM's fused experts work in two buffers that stay allocated (vllm/v1/worker/workspace.py).
    const double moeTokens = std::min(tokens * parallelism.data, std::max(tokens, moeChunkTokens));
    peak.workspace = Bytes((widths.moeUp + widths.moeDown) * moeTokens * width);
    // Between stages travel the hidden states and the residual; a receiver keeps buffers for both, and the first stage,
    // which has none, holds what it sends and the embedded prompt.
    if (stage.stages > 1)
        peak.handover = Bytes((stage.isFirst() ? 3 : 2) * hiddenStates);
    if (architecture.multimodal)
        peak.encoder = Bytes(stage.isFirst() ? hiddenStates : 0);
    return peak;
}

Bytes nonTorchMemory(const Parallelism& parallelism, const EngineVersionProfile& profile)
{
    if (parallelism.tensor > 1)
        return profile.nonTorchTensorParallel
            + profile.nonTorchPerTpDoubling * std::log2(parallelism.tensor / 2.0);
    // Ranks of one engine that only share experts talk through collectives too.
    if (parallelism.data > 1)
        return profile.nonTorchTensorParallel;
    return parallelism.pipeline > 1 ? profile.nonTorchPipeline : profile.nonTorchSingle;
}

Bytes cudaGraphMemory(const Candidate& candidate, const EngineVersionProfile& profile,
                      const PipelineStage& stage)
{
    if (candidate.engine.enforceEager)
        return {};
    const ModelArchitecture& architecture = candidate.model->architecture;
    const LayerWidths widths = layerWidths(architecture, candidate.topology.pool.parallelism);
    const double sequences = candidate.engine.maxNumSeqs;
    const double largest =
        std::min({ 2 * sequences, 512.0, double(candidate.engine.maxNumBatchedTokens) });
    // One set of graphs for mixed steps and one for pure decode steps; the logs behind the figures had 51 of each.
    const double sizes = (captureSizes(largest) + captureSizes(std::min(sequences, largest)))
        / (2 * captureSizes(512));
    const double perLayer = graphPerLayer + graphPerLayerAndHidden * architecture.hiddenSize
        + graphPerLayerAndIntermediate * widths.intermediate;
    return profile.cudaGraphBase + Bytes(perLayer * stage.layers * sizes);
}

MemoryLedger stageFigures(const Candidate& candidate, const EngineVersionProfile& profile,
                          const PipelineStage& stage)
{
    MemoryLedger ledger = fixedTerms(candidate, profile, stage);
    fillCacheTerms(ledger, candidate, cacheLayout(candidate, stage), cacheRoom(ledger, profile));
    if (!profile.cudaGraphsInBudget) {
        const Bytes overflow = ledger.budget + ledger.cudaGraphs - ledger.usable;
        ledger.shortfall = std::max(ledger.shortfall, overflow);
    }
    ledger.fits = ledger.shortfall <= Bytes();
    return ledger;
}

PipelineStage tightestStage(const Candidate& candidate, const EngineVersionProfile& profile)
{
    const ModelArchitecture& architecture = candidate.model->architecture;
    const int stages = candidate.topology.pool.parallelism.pipeline;
    PipelineStage tightest = pipelineStage(architecture, stages, stages - 1);
    if (stages == 1)
        return tightest;
    double fewest = 0;
    for (int i = 0; i < stages; ++i) {
        const PipelineStage stage = pipelineStage(architecture, stages, i);
        const Bytes room = cacheRoom(fixedTerms(candidate, profile, stage), profile);
        const double block = cacheLayout(candidate, stage).blockBytes;
        // Without cache layers a stage bounds nothing, unless its weights do not fit.
        const double blocks = block > 0 ? room.value() / block
            : room.value() < 0          ? room.value()
                                        : 1e300;
        if (i == 0 || blocks < fewest) {
            fewest = blocks;
            tightest = stage;
        }
    }
    return tightest;
}

MemoryLedger memoryFigures(const Candidate& candidate, const EngineVersionProfile& profile)
{
    return stageFigures(candidate, profile, tightestStage(candidate, profile));
}

Bytes keyValueBytes(const Candidate& candidate, double tokens)
{
    const ModelArchitecture& architecture = candidate.model->architecture;
    const int stages = candidate.topology.pool.parallelism.pipeline;
    // The first stages have the layers that do not divide evenly.
    const PipelineStage stage = pipelineStage(architecture, stages, std::max(0, stages - 2));
    const CacheLayout layout = cacheLayout(candidate, stage);
    // While it decodes, a sequence keeps its windows alone: one token at a time is added to them.
    return Bytes(layout.blocksPerSequence(std::max(0.0, tokens), 1) * layout.blockBytes);
}

} // namespace llmd
