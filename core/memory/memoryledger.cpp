// SPDX-License-Identifier: Apache-2.0
#include "memoryledger.h"

#include "memorymodel.h"
#include "remedy.h"

#include <core/base/text.h>
#include <core/candidate/draft.h>

#include <fmt/format.h>

#include <cmath>

namespace llmd {

namespace {

std::string gib(Bytes bytes)
{
    return fmt::format("{:.2f} GiB", inGibibytes(bytes));
}

std::string count(double value)
{
    return printRounded(value, 4);
}

/** "8.03e9 parameters" reads better than ten digits. */
std::string parameterCount(std::int64_t parameters)
{
    const double value = static_cast<double>(parameters);
    return value >= 1e9 ? printRounded(value / 1e9) + "e9" : printRounded(value / 1e6) + "e6";
}

std::string bytesText(double bytes)
{
    return fmt::format("{:.0f} B", bytes);
}

Result<> checkSettings(const EngineSettings& engine)
{
    const auto bad = [](std::string_view field, double value, std::string_view expected) {
        return failure(ErrorCode::InvalidArgument,
                       fmt::format("{} is {}; expected {}", field, value, expected));
    };
    if (!(engine.gpuMemoryUtilization > 0 && engine.gpuMemoryUtilization <= 1))
        return bad("gpu_memory_utilization", engine.gpuMemoryUtilization, "above 0 and at most 1");
    if (engine.maxModelLen < 1)
        return bad("max_model_len", engine.maxModelLen, "at least 1");
    if (engine.maxNumSeqs < 1)
        return bad("max_num_seqs", engine.maxNumSeqs, "at least 1");
    if (engine.maxNumBatchedTokens < 1)
        return bad("max_num_batched_tokens", engine.maxNumBatchedTokens, "at least 1");
    if (engine.blockSize < 1)
        return bad("block_size", engine.blockSize, "at least 1");
    return {};
}

Result<> checkParallelism(const Model& model, const Parallelism& parallelism)
{
    const ModelArchitecture& architecture = model.architecture;
    if (parallelism.tensor < 1 || parallelism.pipeline < 1 || parallelism.data < 1)
        return failure(ErrorCode::InvalidArgument,
                       "tensor, pipeline and data parallel sizes must be at least 1");
    if (parallelism.pipeline > architecture.layers()) {
        return failure(ErrorCode::InvalidArgument,
                       fmt::format("pipeline parallel size {} is more than the {} layers of {}",
                                   parallelism.pipeline, architecture.layers(), model.id));
    }
    if (!architecture.isMoe() && (parallelism.expert || parallelism.data > 1)) {
        return failure(ErrorCode::InvalidArgument,
                       model.id + " has no experts: use replicas in place of "
                           + (parallelism.expert ? "expert" : "data") + " parallelism");
    }
    const std::string obstacle =
        tensorParallelObstacle(architecture, parallelism.tensor, parallelism.expert);
    if (!obstacle.empty())
        return failure(ErrorCode::InvalidArgument,
                       fmt::format("{} cannot run at tensor parallel size {}: {}", model.id,
                                   parallelism.tensor, obstacle));
    return {};
}

Result<> checkCandidate(const Candidate& candidate)
{
    if (candidate.model == nullptr || candidate.gpu == nullptr)
        return failure(ErrorCode::InvalidArgument, "a memory ledger needs a model and a GPU");
    if (candidate.model->architecture.groups.empty())
        return failure(ErrorCode::InvalidArgument, candidate.model->id + " has no layers");
    if (!(candidate.gpu->usableMemory > Bytes()))
        return failure(ErrorCode::InvalidArgument, candidate.gpu->id + " has no memory figure");
    if (auto result = checkSettings(candidate.engine); !result)
        return result;
    if (std::string obstacle = featureObstacle(candidate); !obstacle.empty())
        return failure(ErrorCode::InvalidArgument, std::move(obstacle));
    return checkParallelism(*candidate.model, candidate.topology.pool.parallelism);
}

/** "rank 0 of TP 4" or "stage 2 of 2, TP 4". */
std::string rankText(const Parallelism& parallelism, const PipelineStage& stage)
{
    std::string text = parallelism.label();
    if (stage.stages > 1)
        text += fmt::format(", stage {} of {} with {} of the layers", stage.index + 1, stage.stages,
                            stage.layers);
    return text;
}

std::string weightsText(const Candidate& candidate, const PipelineStage& stage)
{
    const ModelArchitecture& architecture = candidate.model->architecture;
    const RankWeights rank = rankWeights(architecture, candidate.topology.pool.parallelism, stage);
    std::vector<std::string> parts;
    for (std::size_t i = 0; i < parameterGroupCount; ++i) {
        if (rank.bytes[i] < 0.005 * gibi)
            continue; // would read as 0.00 GiB
        const auto group = static_cast<ParameterGroup>(i);
        const StoredPrecision& stored = architecture.quantization.of(group);
        parts.push_back(fmt::format(
            "{} {} of {} x {} B", toString(group), gib(Bytes(rank.bytes[i])),
            parameterCount(architecture.parameters(group)), count(stored.bytesPerValue())));
    }
    if (rank.buffers >= 0.005 * gibi)
        parts.push_back("buffers " + gib(Bytes(rank.buffers)));
    if (rank.rounding >= 0.005 * gibi)
        parts.push_back("rounding of allocations " + gib(Bytes(rank.rounding)));
    return rankText(candidate.topology.pool.parallelism, stage) + ": " + join(parts, ", ") + " = "
        + gib(rank.total());
}

std::string activationText(const Candidate& candidate, const EngineVersionProfile& profile,
                           const PipelineStage& stage)
{
    const ModelArchitecture& architecture = candidate.model->architecture;
    const EngineSettings& engine = candidate.engine;
    const ActivationPeak peak = activationPeak(candidate, profile, stage);
    std::string text;
    if (peak.sampler >= peak.forward) {
        text =
            fmt::format("sampler warm-up {}: {} sequences x {} tokens of vocabulary x {} B, and "
                        "the hidden states",
                        gib(peak.sampler), std::min(engine.maxNumSeqs, engine.maxNumBatchedTokens),
                        architecture.vocabularySize,
                        count(bytesPerValue(architecture.dtype)
                              + profile.activationPerSequenceAndToken.value()));
    } else {
        text = fmt::format("widest layer on {} tokens {}", engine.maxNumBatchedTokens,
                           gib(peak.forward));
    }
    if (peak.workspace > Bytes())
        text += ", expert buffers " + gib(peak.workspace);
    if (peak.handover > Bytes())
        text += ", kept for the neighbour stages " + gib(peak.handover);
    if (peak.encoder > Bytes())
        text += ", encoder outputs " + gib(peak.encoder);
    return text + " = " + gib(peak.total());
}

std::string nonTorchText(const Parallelism& parallelism, const EngineVersionProfile& profile)
{
    std::string what = "driver context and libraries";
    if (parallelism.tensor > 1 || parallelism.data > 1)
        what = "driver context and the buffers of collectives";
    else if (parallelism.pipeline > 1)
        what = "driver context of a pipeline stage";
    return what + ", as measured for " + profile.name;
}

std::string graphsText(const Candidate& candidate, const EngineVersionProfile& profile)
{
    if (candidate.engine.enforceEager)
        return "none: eager execution";
    return fmt::format("captured decode steps, {} the budget in this version (estimate, +/- 10 %)",
                       profile.cudaGraphsInBudget ? "charged to" : "outside");
}

std::string cacheText(const Candidate& candidate, const EngineVersionProfile& profile,
                      const MemoryLedger& ledger, const PipelineStage& stage)
{
    const CacheLayout layout = cacheLayout(candidate, stage);
    if (layout.count == 0)
        return "the model keeps nothing per token";
    Bytes taken =
        ledger.weights + ledger.draft + ledger.adapters + ledger.activation + ledger.nonTorch;
    if (profile.cudaGraphsInBudget)
        taken += ledger.cudaGraphs;
    std::string text = fmt::format(
        "{} x {} - weights,{}{} activation, non-torch{} {} = {}; ",
        count(candidate.engine.gpuMemoryUtilization), gib(ledger.usable),
        ledger.draft > Bytes() ? " draft," : "", ledger.adapters > Bytes() ? " adapters," : "",
        profile.cudaGraphsInBudget ? ", graphs" : "", gib(taken), gib(ledger.budget - taken));
    if (layout.groups == 1) {
        text += fmt::format("{} per token and GPU in blocks of {}",
                            bytesText(ledger.kvBytesPerToken.value() > 0
                                          ? ledger.kvBytesPerToken.value()
                                          : layout.blockBytes / layout.kinds[0].blockTokens),
                            layout.kinds[0].blockTokens);
    } else {
        text += fmt::format("{} groups of layers share blocks of {}", layout.groups,
                            bytesText(layout.blockBytes));
        if (ledger.kvBytesPerToken.value() > 0)
            text +=
                fmt::format(", {} per token of context", bytesText(ledger.kvBytesPerToken.value()));
        text += fmt::format(", up to {} per sequence for windows and states",
                            gib(ledger.kvBytesPerSequence));
    }
    return text + fmt::format(" -> {} tokens", printRounded(ledger.kvCacheTokens, 12));
}

std::string draftText(const Candidate& candidate)
{
    const SpeculativeDecoding& speculative = *candidate.engine.speculative;
    const char* what = "the draft model";
    if (speculative.method == DraftMethod::Mtp)
        what = "one multi-token-prediction layer; embedding and output projection are the model's";
    else if (speculative.method == DraftMethod::Eagle3)
        what = "an EAGLE-3 head of one dense layer with its own output projection";
    return fmt::format("{}: {}, at the model's tensor parallel size", speculative.label(), what);
}

std::string adapterText(const Candidate& candidate, const PipelineStage& stage)
{
    const LoraServing& lora = *candidate.engine.lora;
    const AdapterSize size = adapterSize(candidate);
    return fmt::format("{} slots x rank {} in {} matrices{}, {} per slot", lora.slotCount,
                       lora.rank, count(size.matrices),
                       stage.stages > 1 ? " of all stages, this stage's share" : "",
                       gib(adapterBuffers(candidate, stage) / std::max(1, lora.slotCount)));
}

/** Behind the weights, which they are like. */
void addFeatureTerms(const Candidate& candidate, const PipelineStage& stage, MemoryLedger& ledger)
{
    auto place = ledger.terms.begin() + 1;
    if (ledger.draft > Bytes())
        place = ledger.terms.insert(place, { "draft", ledger.draft, draftText(candidate) }) + 1;
    if (ledger.adapters > Bytes())
        ledger.terms.insert(place, { "adapters", ledger.adapters, adapterText(candidate, stage) });
}

} // namespace

Result<MemoryLedger> memoryLedger(const Candidate& candidate, const EngineVersionProfile& profile)
{
    if (auto result = checkCandidate(candidate); !result)
        return tl::unexpected(result.error());
    const PipelineStage stage = tightestStage(candidate, profile);
    MemoryLedger ledger = stageFigures(candidate, profile, stage);
    const Parallelism& parallelism = candidate.topology.pool.parallelism;
    const Bytes used = ledger.weights + ledger.draft + ledger.adapters + ledger.activation
        + ledger.nonTorch + ledger.cudaGraphs + ledger.kvCache;
    const Bytes reserve = std::max(Bytes(), ledger.usable - used);
    ledger.versionProfile = profile.name;
    ledger.terms = {
        { "weights", ledger.weights, weightsText(candidate, stage) },
        { "activation", ledger.activation, activationText(candidate, profile, stage) },
        { "non_torch", ledger.nonTorch, nonTorchText(parallelism, profile) },
        { "cuda_graphs", ledger.cudaGraphs, graphsText(candidate, profile) },
        { "kv_cache", ledger.kvCache, cacheText(candidate, profile, ledger, stage) },
        { "reserve", reserve,
          fmt::format("what is left of {}: gpu_memory_utilization is {}", gib(ledger.usable),
                      count(candidate.engine.gpuMemoryUtilization)) },
    };
    addFeatureTerms(candidate, stage, ledger);
    if (!ledger.fits)
        ledger.remedy = memoryRemedy(candidate, profile, ledger);
    return ledger;
}

} // namespace llmd
