// SPDX-License-Identifier: Apache-2.0
#include "draft.h"

#include <core/catalog/modelarchitecture.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>

namespace llmd {

namespace {

/** Tokens that an EAGLE-3 head can give (draft_vocab_size of the published heads for Llama and Qwen). */
constexpr int eagleVocabulary = 32000;
/** Hidden states of the model that an EAGLE-3 head sees. */
constexpr std::int64_t eagleInputs = 3;
constexpr int mostGuesses = 16;
// Since when: vLLM's pages on speculative decoding, LoRA and KV offloading, read 2026-11; pull requests where a page is silent.
constexpr SemanticVersion eagle3Since { 0, 9, 0 }; ///< vllm-project/vllm#16937 in V1
constexpr SemanticVersion mtpSince {
    0, 11, 0
}; ///< one name for all models; before: deepseek_mtp and others
constexpr SemanticVersion draftModelSince { 0, 15, 0 }; ///< #24322; 0.10 to 0.14 refuse to start
constexpr SemanticVersion offloadSizeSince { 0, 14, 0 }; ///< #32421
constexpr SemanticVersion offloadTiersSince { 0, 22, 0 }; ///< TieringOffloadingSpec, #44415
constexpr SemanticVersion loraTargetsSince { 0, 17, 0 }; ///< #34984
constexpr std::array loraRanks { 1, 8, 16, 32, 64, 128, 256, 320, 512 };

/** The last layer that attends to the whole context, or the last one. */
const LayerGroup& typicalLayer(const ModelArchitecture& architecture)
{
    for (auto layer = architecture.layerOrder.rbegin(); layer != architecture.layerOrder.rend();
         ++layer) {
        const LayerGroup& group = architecture.groups[*layer];
        if (group.mixer.kind == MixerKind::FullAttention || group.mixer.kind == MixerKind::Mla)
            return group;
    }
    return architecture.groups[architecture.layerOrder.back()];
}

ModelArchitecture oneLayer(const ModelArchitecture& of, LayerGroup layer)
{
    ModelArchitecture result;
    result.modelType = of.modelType;
    result.className = of.className;
    result.hiddenSize = of.hiddenSize;
    result.vocabularySize = of.vocabularySize;
    result.maxPositions = of.maxPositions;
    result.tiedEmbeddings = of.tiedEmbeddings;
    result.dtype = of.dtype;
    result.quantization = of.quantization;
    layer.count = 1;
    result.groups = { layer };
    result.layerOrder = { 0 };
    return result;
}

ModelArchitecture mtpLayer(const ModelArchitecture& model)
{
    LayerGroup layer = typicalLayer(model);
    const std::int64_t hidden = model.hiddenSize;
    layer.mixer.sharesKeyValue = false;
    // Not in the attention's parameter count, from which MLA derives its shapes.
    layer.feedForward.denseParameters += 2 * hidden * hidden;
    return oneLayer(model, layer);
}

/** Heads for mixtures of experts are dense as well: a layer in the shape of Llama. */
LayerGroup denseLayer(const ModelArchitecture& model)
{
    const LayerGroup& like = typicalLayer(model);
    const bool plain = like.mixer.kind == MixerKind::FullAttention && !like.feedForward.isMoe();
    LayerGroup layer;
    TokenMixer& mixer = layer.mixer;
    const std::int64_t hidden = model.hiddenSize;
    mixer.headDim = mixer.valueHeadDim = plain ? like.mixer.headDim : 128;
    mixer.queryHeads =
        plain ? like.mixer.queryHeads : std::max(1, model.hiddenSize / mixer.headDim);
    mixer.keyValueHeads = plain ? like.mixer.keyValueHeads : std::min(8, mixer.queryHeads);
    const std::int64_t inputs =
        std::int64_t { mixer.headDim } * (mixer.queryHeads + 2 * mixer.keyValueHeads);
    const std::int64_t output = std::int64_t { mixer.headDim } * mixer.queryHeads * hidden;
    mixer.linearParameters = 2 * hidden * inputs + output;
    FeedForward& ffn = layer.feedForward;
    ffn.intermediateSize = plain && like.feedForward.intermediateSize > 0
        ? like.feedForward.intermediateSize
        : 7 * model.hiddenSize / 2;
    ffn.denseParameters = 3 * hidden * ffn.intermediateSize + eagleInputs * hidden * hidden;
    return layer;
}

ModelArchitecture eagleHead(const ModelArchitecture& model)
{
    ModelArchitecture head = oneLayer(model, denseLayer(model));
    head.vocabularySize = std::min(eagleVocabulary, model.vocabularySize);
    head.tiedEmbeddings = false;
    // Heads are published in 16 bit, whatever the model is stored in.
    head.quantization = Quantization {};
    head.quantization.keyValueCache = model.quantization.keyValueCache;
    return head;
}

std::string draftModelObstacle(const Candidate& candidate, const SpeculativeDecoding& speculative)
{
    if (!speculative.draft)
        return "speculative decoding with a draft model needs the draft model";
    const ModelArchitecture& model = candidate.model->architecture;
    const ModelArchitecture& draft = speculative.draft->architecture;
    // Families pad their tables differently; the tokens themselves must be the same.
    if (std::abs(draft.vocabularySize - model.vocabularySize) > 1024)
        return fmt::format("{} has {} tokens and {} has {}: a draft needs the model's vocabulary",
                           speculative.draft->id, draft.vocabularySize, candidate.model->id,
                           model.vocabularySize);
    const int tensor = candidate.topology.pool.parallelism.tensor;
    if (const std::string obstacle = tensorParallelObstacle(draft, tensor); !obstacle.empty())
        return fmt::format("the draft {} cannot run at the model's tensor parallel size {}: {}",
                           speculative.draft->id, tensor, obstacle);
    return {};
}

struct Need
{
    bool used = false;
    SemanticVersion since;
    const char* what = "";
};

/** What this version of vLLM does not know yet. */
std::string versionObstacle(const Candidate& candidate)
{
    const EngineSettings& engine = candidate.engine;
    const auto method = [&](DraftMethod wanted) {
        return engine.speculative && engine.speculative->method == wanted;
    };
    const bool attention = engine.lora && engine.lora->targets == LoraTargets::Attention;
    for (const Need& need : {
             Need { method(DraftMethod::Eagle3), eagle3Since, "EAGLE-3" },
             Need { method(DraftMethod::Mtp), mtpSince, "the method mtp" },
             Need { method(DraftMethod::DraftModel), draftModelSince,
                    "speculative decoding with a draft model" },
             Need { engine.offload.any(), offloadSizeSince, "a KV cache in host memory" },
             Need { engine.offload.disk > Bytes(), offloadTiersSince, "a KV cache on a drive" },
             Need { attention, loraTargetsSince, "adapters of attention alone" },
         }) {
        if (need.used && engine.version < need.since)
            return fmt::format("{} needs vLLM {} or newer, not {}", need.what, toString(need.since),
                               toString(engine.version));
    }
    return {};
}

} // namespace

std::optional<ModelArchitecture> draftArchitecture(const Candidate& candidate)
{
    const auto& speculative = candidate.engine.speculative;
    if (!speculative || !candidate.model)
        return std::nullopt;
    switch (speculative->method) {
    case DraftMethod::DraftModel:
        if (speculative->draft)
            return speculative->draft->architecture;
        break;
    case DraftMethod::Mtp:
        return mtpLayer(candidate.model->architecture);
    case DraftMethod::Eagle3:
        return eagleHead(candidate.model->architecture);
    case DraftMethod::NGram:
        break;
    }
    return std::nullopt;
}

bool sharesEmbedding(DraftMethod method)
{
    return method != DraftMethod::DraftModel;
}

bool sharesOutput(DraftMethod method)
{
    return method == DraftMethod::Mtp;
}

std::string speculationObstacle(const Candidate& candidate)
{
    const auto& speculative = candidate.engine.speculative;
    if (!speculative)
        return {};
    if (speculative->tokens < 1 || speculative->tokens > mostGuesses)
        return fmt::format("{} guessed tokens per step are not within 1 … {}", speculative->tokens,
                           mostGuesses);
    if (!(speculative->acceptance >= 0 && speculative->acceptance <= 1)
        || !(speculative->decay > 0 && speculative->decay <= 1))
        return "an acceptance is a probability from 0 to 1";
    // vLLM's page on speculative decoding, 0.8 to 0.14: not compatible with pipeline parallelism.
    if (candidate.topology.pool.parallelism.pipeline > 1)
        return "speculative decoding does not go together with pipeline parallelism";
    if (candidate.engine.maxNumBatchedTokens
        < std::int64_t { candidate.engine.maxNumSeqs } * (speculative->tokens + 1))
        return fmt::format("max_num_batched_tokens {} is less than {} sequences with {} tokens "
                           "each to verify",
                           candidate.engine.maxNumBatchedTokens, candidate.engine.maxNumSeqs,
                           speculative->tokens + 1);
    if (speculative->method == DraftMethod::Mtp && candidate.model->architecture.mtpParameters <= 0)
        return candidate.model->id + " has no multi-token-prediction layers";
    if (speculative->method == DraftMethod::DraftModel)
        return draftModelObstacle(candidate, *speculative);
    return {};
}

std::string loraObstacle(const Candidate& candidate)
{
    const auto& lora = candidate.engine.lora;
    if (!lora)
        return {};
    if (lora->adapters < 1 || lora->slotCount < 1)
        return "LoRA needs at least one adapter and one slot for it";
    if (std::find(loraRanks.begin(), loraRanks.end(), lora->rank) == loraRanks.end())
        return fmt::format("a LoRA rank of {} is none that vLLM has room for; use 1, 8, 16, 32, "
                           "64, 128, 256, 320 or 512",
                           lora->rank);
    if (adapterSize(candidate).matrices <= 0)
        return candidate.model->id + " has no matrices that adapters could change";
    return {};
}

std::string offloadObstacle(const Candidate& candidate)
{
    if (!candidate.engine.offload.any())
        return {};
    if (candidate.engine.offload.disk > Bytes() && !(candidate.engine.offload.cpu > Bytes()))
        return "vLLM's drive for KV blocks stands behind host memory: give some of that as well";
    if (!candidate.engine.prefixCaching)
        return "a KV cache outside the GPU is of no use without prefix caching";
    if (candidate.topology.pool.parallelism.data > 1)
        return "a KV cache outside the GPU is not planned with data parallel attention: each rank "
               "would have its own";
    if (candidate.model->architecture.hasRecurrentLayers())
        return candidate.model->id + " has recurrent layers, whose states vLLM does not offload";
    return {};
}

std::string featureObstacle(const Candidate& candidate)
{
    const EngineSettings& engine = candidate.engine;
    if (!engine.speculative && !engine.lora && !engine.offload.any())
        return {};
    for (const auto obstacle :
         { versionObstacle, speculationObstacle, loraObstacle, offloadObstacle }) {
        if (std::string text = obstacle(candidate); !text.empty())
            return text;
    }
    return {};
}

AdapterSize adapterSize(const Candidate& candidate)
{
    AdapterSize size;
    const auto& lora = candidate.engine.lora;
    if (!lora || !candidate.model)
        return size;
    const ModelArchitecture& architecture = candidate.model->architecture;
    const double tensor = std::max(1, candidate.topology.pool.parallelism.tensor);
    const double rank = lora->rank;
    const double hidden = architecture.hiddenSize;
    for (const LayerGroup& layer : architecture.groups) {
        const TokenMixer& mixer = layer.mixer;
        const double count = layer.count;
        // A product with a matrix of in x out gets in x rank and rank x out beside it. Of a matrix whose outputs are split over
        // the ranks A is whole and B is split, of one whose inputs are split the other way round.
        const auto add = [&](double whole, double split) {
            size.values += count * rank * (whole + split / tensor);
            size.matrices += count;
        };
        if (mixer.queryHeads > 0 && mixer.kind != MixerKind::None) {
            const double query = double(mixer.queryHeads) * mixer.headDim;
            const double output = double(mixer.queryHeads) * mixer.valueHeadDim;
            add(hidden, query);
            add(hidden, output);
            if (mixer.kind == MixerKind::Mla) {
                add(hidden + mixer.kvLoraRank, 0); // to the latent, on every rank
                add(mixer.kvLoraRank, query + output);
            } else {
                const double heads = std::max(tensor, double(mixer.keyValueHeads));
                add(hidden, heads * mixer.headDim);
                add(hidden, heads * mixer.valueHeadDim);
            }
        }
        // Routed experts are left alone.
        if (lora->targets == LoraTargets::Linear && layer.feedForward.intermediateSize > 0) {
            for (int i = 0; i < 3; ++i)
                add(hidden, layer.feedForward.intermediateSize);
        }
    }
    return size;
}

} // namespace llmd
