// SPDX-License-Identifier: Apache-2.0
#include "steptime.h"

#include "collectives.h"

#include <core/candidate/draft.h>
#include <core/candidate/featurefigures.h>

#include <algorithm>
#include <cmath>

/*
 * Where the terms come from. The form follows public observations of vLLM 0.15 on H100, A100 and L40S: weights are read
 * once per step and overlap with the arithmetic (smooth maximum), KV reads, fixed costs per layer and the collectives
 * come one after another. Constants: resources/performance/coefficients.yaml, which says what each was fitted to.
 *
 * - Ampere's GEMMs do one after the other: with a batch, weights arrive at 62–70 % of the bandwidth in public tables, and the
 *   step grows by the arithmetic of each sequence. Later generations copy in the background.
 * - Weight reads reach a fixed share of the datasheet bandwidth: public GEMM tables give 83–88 % on H100.
 * - Routed experts: a token picks k of E experts, so n tokens leave an expert alone with (1 - k/E)^n if all are equally
 *   popular. They are not: with a gamma-distributed popularity more stay alone. Grouped GEMMs read at about 0.9 of bandwidth
 *   and cost about 25 us per layer beyond that (public fused-MoE tables, TP 2–8).
 * - 4-bit weights that are unpacked for 16-bit multiplication (W4A16) are limited by instructions: about the same bytes and
 *   FLOPs per second on H200 and B200.
 * - All-reduce per call: one-shot (every rank reads all others) or two-shot (reduce-scatter, all-gather), whichever is
 *   faster; latencies of 4.5 and 10 us and 80 % of the link are those of public NVLink kernel tables.
 * - Sampling with top-p or top-k sorts the vocabulary per sequence in vLLM up to 0.15: about 0.16 ns per logit on H100.
 * - Under data parallelism vLLM gathers the tokens of all ranks for the experts. All-to-all kernels (DeepEP and the like)
 *   send a token to the ranks of its experts alone; public figures of theirs reach 75-95 % of NVLink and of RDMA.
 * - CUDA graphs exist for batches of 1, 2, 4 and multiples of 8: 3.5 padding tokens on average.
 */
namespace llmd {

namespace {

double cube(double v)
{
    return v * v * v;
}

double positiveOr(double value, double fallback)
{
    return value > 0 ? value : fallback;
}

/** Tokens that a query at `context` attends to. */
double attended(MixerKind kind, double window, double context)
{
    if (window <= 0 || context <= window)
        return context;
    // In chunked attention the position inside the current chunk is uniform: half a chunk on average.
    return kind == MixerKind::ChunkedAttention ? window / 2 : window;
}

/** Sum over `count` new tokens after `prefix` ones of the tokens each attends to (causal, itself included). */
double attendedPairs(MixerKind kind, double window, double prefix, double count)
{
    const double all = count * prefix + count * (count + 1) / 2;
    if (window <= 0 || prefix + count <= window)
        return all;
    if (kind == MixerKind::ChunkedAttention)
        return std::min(all, count * window / 2);
    const double growing =
        std::max(0.0, window - prefix); // tokens that still see everything before them
    return growing * prefix + growing * (growing + 1) / 2 + (count - growing) * window;
}

/** 4-bit weights that the GPU cannot multiply as they are: kernels bring them to 16 bit first (W4A16). */
bool isUnpacked(const Gpu& gpu, const StoredPrecision& stored)
{
    return bitsPerValue(stored.values) < 8 && !gpu.supportsNatively(stored.values);
}

/** Matrix rate of a parameter group: quantised weights multiply in the checkpoint's activation precision. */
double matrixRate(const Gpu& gpu, const ModelArchitecture& architecture,
                  const StoredPrecision& stored, const Coefficients& c)
{
    const bool quantized = bitsPerValue(stored.values) < 16;
    Precision operands = quantized ? architecture.quantization.activations : stored.values;
    // Where the matrix units take MXFP4, the kernels bring activations to MXFP8, whatever the checkpoint says.
    if (stored.values == Precision::Mxfp4 && gpu.supportsNatively(stored.values))
        operands = Precision::Fp8;
    const double achieved =
        bitsPerValue(operands) < 16 && gpu.supportsNatively(operands) ? c.lowPrecisionCompute : 1;
    return achieved * positiveOr(gpu.rate(operands).value(), 1);
}

/** Ranks send tokens to experts by all-to-all. */
bool dispatches(const Candidate& candidate)
{
    return candidate.topology.pool.parallelism.data > 1
        && candidate.engine.expertExchange == ExpertExchange::Dispatch;
}

} // namespace

StepModel::StepModel(const Candidate& candidate, const EngineVersionProfile& profile,
                     const StepOptions& options, const Coefficients& c)
    : m_smooth(c.smoothMaximum)
{
    const Gpu& gpu = *candidate.gpu;
    const ModelArchitecture& architecture = candidate.model->architecture;
    const Parallelism& parallelism = candidate.topology.pool.parallelism;
    const ArchitectureFactors& factors = c.factors(gpu.architecture);
    const double bandwidth = positiveOr(gpu.memoryBandwidth.value(), 1);
    m_weightRate = bandwidth * c.weightBandwidth * factors.weightBandwidth;
    m_unpackRate = c.unpackRate;
    m_nativeFourBitFactor = c.nativeFourBitBandwidth;
    m_kvRate = bandwidth * c.kvBandwidth * factors.kvBandwidth;
    m_decodeEfficiency = c.decodeCompute * factors.compute;
    m_prefillEfficiency = c.prefillCompute * factors.compute;
    m_overlap = factors.overlap;
    m_dataRanks = std::max(1, parallelism.data);
    m_stages = std::max(1, parallelism.pipeline);
    m_maxSequences = std::max(1, candidate.engine.maxNumSeqs) * m_dataRanks;
    m_maxTokens = std::max(1, candidate.engine.maxNumBatchedTokens) * m_dataRanks;
    m_padding = candidate.engine.enforceEager ? 0 : c.graphPadding;
    m_stepTime = options.draft ? standardFeatureFigures().draftPass.value() : c.stepOverhead;
    m_perSequence = options.draft ? 0 : c.sequenceOverhead;
    if (!profile.asynchronousScheduling && !options.draft) {
        m_stepTime += c.synchronousStepOverhead;
        m_perSequence += c.synchronousSequenceOverhead;
        m_mixedTime += factors.earlyMixedLayerOverhead.value() * architecture.layers();
    }
    m_expertTokenShare = m_dataRanks;
    for (const auto& group : architecture.groups)
        addLayers(candidate, group, c);
    addHead(candidate, profile, options, c);
    addCollectives(candidate, c);
    if (candidate.engine.enforceEager)
        m_eagerFloor = c.eagerLayerOverhead * architecture.layers();
    if (candidate.engine.speculative)
        addDraft(candidate, profile, c);
    if (candidate.engine.lora)
        addAdapters(candidate);
}

/**
 * A step verifies the guesses of all sequences at once: their linear layers see 1 + k tokens per sequence, the KV cache is read once
 * for all of them. So the gain is what a step has to spare, and it is gone where arithmetic and not memory sets the pace.
 */
void StepModel::addDraft(const Candidate& candidate, const EngineVersionProfile& profile,
                         const Coefficients& c)
{
    const SpeculativeDecoding& speculative = *candidate.engine.speculative;
    m_verified = 1 + std::max(0, speculative.tokens);
    m_tokensPerStep = speculative.tokensPerStep();
    auto architecture = draftArchitecture(candidate);
    if (!architecture)
        return;
    Model model;
    model.architecture = std::move(*architecture);
    Candidate draft = candidate;
    draft.model = &model;
    draft.engine.speculative.reset();
    draft.engine.lora.reset();
    // The draft takes the likeliest token: no sampler.
    m_draft = std::make_shared<const StepModel>(draft, profile,
                                                StepOptions { .greedy = true, .draft = true }, c);
    m_draftPasses = speculative.tokens;
}

void StepModel::addAdapters(const Candidate& candidate)
{
    m_lora = candidate.engine.lora;
    const AdapterSize size = adapterSize(candidate);
    const Gpu& gpu = *candidate.gpu;
    const ModelArchitecture& architecture = candidate.model->architecture;
    m_adapterRead = size.values * bytesPerValue(architecture.dtype) / m_weightRate / m_stages;
    m_adapterToken = 2 * size.values / m_stages
        / (positiveOr(gpu.rate(architecture.dtype).value(), 1) * m_decodeEfficiency);
    m_adapterLaunches = size.matrices * standardFeatureFigures().loraMatrix.value();
}

/** `k` passes one after another; the first one also reads the prompts of the step into the draft's KV cache. */
double StepModel::draftTime(const StepBatch& batch) const
{
    if (!m_draft || (batch.sequences <= 0 && batch.prefillTokens <= 0))
        return 0;
    const double first = m_draft->parts(batch).total();
    if (m_draftPasses <= 1)
        return first;
    const StepBatch further { .sequences = batch.sequences + batch.prefillSequences,
                              .context = batch.context,
                              .padding = batch.padding };
    return first + (m_draftPasses - 1) * m_draft->parts(further).total();
}

/** Two small products beside each adapted matrix: every adapter that the step meets is read once. */
double StepModel::adapterTime(double sequences, double tokens) const
{
    if (!m_lora || tokens <= 0)
        return 0;
    return m_adapterLaunches
        + combine(m_lora->distinct(sequences) * m_adapterRead, tokens * m_adapterToken);
}

/** Seconds to read `bytes` of weights once, at `rate` unless something else than memory sets the pace. */
double StepModel::readingTime(const Gpu& gpu, const StoredPrecision& stored, double bytes,
                              double rate) const
{
    if (bitsPerValue(stored.values) >= 8)
        return bytes / rate;
    if (gpu.supportsNatively(stored.values))
        return bytes / (rate * m_nativeFourBitFactor);
    return m_unpackRate > 0 ? combine(bytes / rate, bytes / m_unpackRate) : bytes / rate;
}

double StepModel::ExpertClass::coverage(double tokens) const
{
    if (popularityShape <= 0)
        return -std::expm1(tokens * logMiss);
    // The chance of a gamma-distributed popularity with mean -logMiss to be left alone is that distribution's Laplace
    // transform.
    return 1 - std::pow(1 - tokens * logMiss / popularityShape, -popularityShape);
}

double StepModel::combine(double memory, double compute) const
{
    if (!m_smooth)
        return std::max(memory, compute);
    // The larger one times cbrt(1 + x), 0 <= x <= 1: a parabola and two steps of Halley's iteration are exact to rounding
    // and three times as fast as std::cbrt, which was a third of a search.
    const double large = std::max(memory, compute);
    if (!(large > 0))
        return 0;
    const double sum = 1 + cube(std::min(memory, compute) / large);
    double root = 1 + (sum - 1) * (0.32964 - 0.06972 * (sum - 1));
    for (int i = 0; i < 2; ++i)
        root *= (cube(root) + 2 * sum) / (2 * cube(root) + sum);
    return m_overlap * large * root + (1 - m_overlap) * (memory + compute);
}

void StepModel::addDense(double parameters, double memoryTime, double flopRate, double shards)
{
    if (parameters <= 0)
        return;
    DenseClass entry;
    entry.memory = memoryTime / shards;
    entry.decodeToken = 2 * parameters / shards / (flopRate * m_decodeEfficiency);
    entry.prefillToken = 2 * parameters / shards / (flopRate * m_prefillEfficiency);
    // Classes with the same ratio of memory to compute time have the same smooth maximum, added or apart.
    const double ratio = entry.memory / entry.decodeToken;
    for (auto& known : m_dense) {
        if (std::abs(known.memory / known.decodeToken - ratio) < 1e-9 * ratio) {
            known.memory += entry.memory;
            known.decodeToken += entry.decodeToken;
            known.prefillToken += entry.prefillToken;
            return;
        }
    }
    m_dense.push_back(entry);
}

void StepModel::addExperts(const Candidate& candidate, const LayerGroup& group,
                           const Coefficients& c)
{
    const FeedForward& ffn = group.feedForward;
    const ModelArchitecture& architecture = candidate.model->architecture;
    const Parallelism& parallelism = candidate.topology.pool.parallelism;
    const StoredPrecision& stored = architecture.quantization.of(ParameterGroup::RoutedExperts);
    // Experts are spread over all ranks of the engine, whole (EP) or sliced (TP): the same bytes per rank on average.
    // Whole experts are uneven: the step waits for the rank with the most tokens.
    const double ranks = std::max(1, parallelism.tensor) * m_dataRanks;
    const double uneven = parallelism.expert && ranks > 1 ? 1 + c.expertImbalance : 1;
    const double rate = matrixRate(*candidate.gpu, architecture, stored, c);
    const double parameters = static_cast<double>(ffn.expertParameters) * group.count;
    const double perToken = 2 * parameters * ffn.expertsPerToken / ranks * uneven / rate;
    ExpertClass entry;
    entry.experts = ffn.experts;
    const bool all = ffn.expertsPerToken >= ffn.experts;
    entry.logMiss =
        all ? -1e3 : std::log1p(-static_cast<double>(ffn.expertsPerToken) / ffn.experts);
    entry.popularityShape = all ? 0 : c.expertPopularityShape;
    const double bandwidth = m_weightRate / c.weightBandwidth * c.expertBandwidth;
    const double bytes = parameters * stored.bytesPerValue() / ranks * uneven;
    // Grouped GEMMs on native FP4 keep the full rate.
    entry.memoryPerExpert = isUnpacked(*candidate.gpu, stored)
        ? readingTime(*candidate.gpu, stored, bytes, bandwidth)
        : bytes / bandwidth;
    entry.decodeToken = perToken / m_decodeEfficiency;
    entry.prefillToken = perToken / (m_prefillEfficiency * c.expertPrefillCompute);
    if (isUnpacked(*candidate.gpu, stored) && c.unpackedCompute > 0)
        entry.prefillToken = std::max(entry.prefillToken, perToken * rate / c.unpackedCompute);
    // Every rank has the copies of all tokens, whether its experts are slices or whole ones: tokens are gathered before.
    // Dispatched, it has those for its own experts.
    const double copies =
        dispatches(candidate) ? ffn.expertsPerToken * uneven / ranks : ffn.expertsPerToken;
    const double copyBytes = architecture.hiddenSize * bytesPerValue(architecture.dtype);
    entry.movePerToken = group.count * c.expertTokenPasses * copies * copyBytes
        / positiveOr(candidate.gpu->memoryBandwidth.value(), 1);
    m_layerTime += c.expertLayerOverhead * group.count;
    for (auto& known : m_experts) {
        if (known.experts == entry.experts && known.logMiss == entry.logMiss) {
            known.memoryPerExpert += entry.memoryPerExpert;
            known.decodeToken += entry.decodeToken;
            known.prefillToken += entry.prefillToken;
            known.movePerToken += entry.movePerToken;
            return;
        }
    }
    m_experts.push_back(entry);
}

void StepModel::addAttention(const AttentionClass& entry)
{
    for (auto& known : m_attention) {
        // Sums are exact as long as the larger of memory and compute is the same for both, as it is for equal kinds.
        if (known.sameShape(entry)) {
            known.memoryPerToken += entry.memoryPerToken;
            known.indexPerToken += entry.indexPerToken;
            known.memoryPerSequence += entry.memoryPerSequence;
            known.computePerToken += entry.computePerToken;
            known.prefillPerPair += entry.prefillPerPair;
            known.prefillPerToken += entry.prefillPerToken;
            return;
        }
    }
    m_attention.push_back(entry);
}

void StepModel::addMixer(const Candidate& candidate, const LayerGroup& group)
{
    const TokenMixer& mixer = group.mixer;
    const Gpu& gpu = *candidate.gpu;
    const ModelArchitecture& architecture = candidate.model->architecture;
    const double tensor = std::max(1, candidate.topology.pool.parallelism.tensor);
    const double layers = group.count;
    const double rate = positiveOr(gpu.rate(architecture.dtype).value(), 1);
    const double kvBytes = bytesPerValue(
        candidate.engine.keyValueCache.value_or(architecture.quantization.keyValueCache));
    AttentionClass entry;
    entry.kind = mixer.kind;
    if (mixer.kind == MixerKind::SlidingWindow || mixer.kind == MixerKind::ChunkedAttention)
        entry.window = mixer.window;
    entry.sparseLimit = mixer.sparseTopK;
    const double heads = mixer.queryHeads / tensor;
    const double pair = 2 * heads * (mixer.headDim + mixer.valueHeadDim); // FLOPs per query and key
    double decodePair = pair;
    double bytes = 0;
    if (mixer.kind == MixerKind::Recurrent) {
        // The state (fp32) and the convolution window (16 bit) are read and written once per sequence and step.
        const double state = 2.0
            * (4.0 * static_cast<double>(mixer.stateElements)
               + 2.0 * static_cast<double>(mixer.convStateElements));
        entry.memoryPerSequence = layers * state / tensor / m_kvRate;
        // Update and output of the state: two multiply-adds per element and token.
        entry.prefillPerToken = layers * 4 * static_cast<double>(mixer.stateElements) / tensor
            / (rate * m_prefillEfficiency);
    } else if (mixer.kind == MixerKind::Mla) {
        // Decode works on the compressed vector, which every tensor-parallel rank keeps whole.
        bytes = (mixer.kvLoraRank + mixer.ropeHeadDim) * kvBytes;
        decodePair = 2 * heads * (2.0 * mixer.kvLoraRank + mixer.ropeHeadDim);
    } else {
        const double kvHeads = std::max(1.0, mixer.keyValueHeads / tensor);
        bytes = kvHeads * (mixer.keysAreValues ? mixer.headDim : mixer.headDim + mixer.valueHeadDim)
            * kvBytes;
    }
    if (mixer.kind != MixerKind::Recurrent) {
        entry.memoryPerToken = layers * bytes / m_kvRate;
        entry.indexPerToken = layers * mixer.indexHeadDim / m_kvRate; // one byte per value
        entry.computePerToken = layers * decodePair / (rate * m_decodeEfficiency);
        entry.prefillPerPair = layers * pair / (rate * m_prefillEfficiency);
    }
    addAttention(entry);
}

void StepModel::addLayers(const Candidate& candidate, const LayerGroup& group,
                          const Coefficients& c)
{
    if (group.count <= 0)
        return;
    const Gpu& gpu = *candidate.gpu;
    const ModelArchitecture& architecture = candidate.model->architecture;
    const double tensor = std::max(1, candidate.topology.pool.parallelism.tensor);
    const double layers = group.count;
    const FeedForward& ffn = group.feedForward;
    const auto add = [&](ParameterGroup parameterGroup, double parameters, double shards) {
        const StoredPrecision& stored = architecture.quantization.of(parameterGroup);
        const double bytes = parameters * layers * stored.bytesPerValue();
        addDense(parameters * layers, readingTime(gpu, stored, bytes, m_weightRate),
                 matrixRate(gpu, architecture, stored, c), shards);
    };
    double mixerParameters = static_cast<double>(group.mixer.linearParameters);
    if (group.mixer.kind == MixerKind::Mla && tensor > 1) {
        // The projection to the compressed vector is not sharded.
        const double replicated = static_cast<double>(architecture.hiddenSize)
            * (group.mixer.kvLoraRank + group.mixer.ropeHeadDim);
        const double kept = std::min(replicated, mixerParameters);
        add(ParameterGroup::Attention, kept, 1);
        mixerParameters -= kept;
    }
    add(ParameterGroup::Attention, mixerParameters, tensor);
    add(ParameterGroup::DenseFfn, static_cast<double>(ffn.denseParameters), tensor);
    add(ParameterGroup::SharedExperts, static_cast<double>(ffn.sharedExpertParameters), tensor);
    add(ParameterGroup::Router, static_cast<double>(ffn.routerParameters), 1);
    const bool hasMixer = group.mixer.kind != MixerKind::None;
    const bool hasFeedForward = ffn.isMoe() || ffn.denseParameters > 0;
    // Dynamic or static, activations are brought to 8 or 4 bits before every GEMM of a layer.
    const bool quantizesActivations = bitsPerValue(architecture.quantization.activations) < 16;
    // Norms, rotary embedding, cache write and launches; about half of them belong to each half of a layer.
    const double halves = 0.5 * (hasMixer ? 1 : 0) + 0.5 * (hasFeedForward ? 1 : 0);
    const double perLayer = c.layerOverhead + c.factors(gpu.architecture).layerOverhead.value()
        + std::log2(tensor) * c.tensorParallelLayerOverhead
        + (quantizesActivations ? c.quantizedLayerOverhead : 0)
        + (quantizesActivations && architecture.quantization.squareBlocks
               ? c.blockScaleLayerOverhead
               : 0);
    m_layerTime += layers * halves * perLayer;
    m_mixedTime += layers * halves * c.mixedLayerOverhead;
    if (hasMixer)
        addMixer(candidate, group);
    if (ffn.isMoe())
        addExperts(candidate, group, c);
}

void StepModel::addHead(const Candidate& candidate, const EngineVersionProfile& profile,
                        const StepOptions& options, const Coefficients& c)
{
    const ModelArchitecture& architecture = candidate.model->architecture;
    const Gpu& gpu = *candidate.gpu;
    const double tensor = std::max(1, candidate.topology.pool.parallelism.tensor);
    const double vocabulary = architecture.vocabularySize;
    const StoredPrecision& stored = architecture.quantization.of(
        architecture.tiedEmbeddings ? ParameterGroup::Embedding : ParameterGroup::LmHead);
    const double parameters = vocabulary * architecture.hiddenSize / tensor;
    const double rate = matrixRate(gpu, architecture, stored, c);
    m_head.memory = parameters * stored.bytesPerValue() / m_weightRate;
    m_head.decodeToken = 2 * parameters / (rate * m_decodeEfficiency);
    m_head.prefillToken = m_head.decodeToken; // only the last token of a prompt goes through
    if (options.greedy)
        return;
    const double pass =
        vocabulary * 4 / positiveOr(gpu.memoryBandwidth.value(), 1); // fp32 logits, once
    if (candidate.model->sampling.topPOrTopK) {
        const bool sorts = profile.samplerSortsVocabulary;
        m_samplerTime += sorts ? c.samplerOverhead : 0;
        m_samplerPerSequence += pass * (sorts ? c.samplerSortPasses : c.samplerFusedPasses);
    }
    if (candidate.model->sampling.repetitionPenalty)
        m_samplerTime += c.penaltyOverhead;
}

void StepModel::addCollectives(const Candidate& candidate, const Coefficients& c)
{
    const ModelArchitecture& architecture = candidate.model->architecture;
    const Gpu& gpu = *candidate.gpu;
    const Parallelism& parallelism = candidate.topology.pool.parallelism;
    const int tensor = std::max(1, parallelism.tensor);
    const int data = std::max(1, parallelism.data);
    const double tokenBytes = architecture.hiddenSize * bytesPerValue(architecture.dtype);
    double tensorCalls = 0;
    double expertCalls = 0;
    for (const auto& group : architecture.groups) {
        tensorCalls += group.mixer.kind != MixerKind::None ? group.count : 0;
        const bool moe = group.feedForward.isMoe();
        if (moe && dispatches(candidate))
            addExpertExchange(expertExchange(candidate, group, c), group.count);
        else if (moe && data > 1)
            expertCalls += group.count;
        else if (moe || group.feedForward.denseParameters > 0)
            tensorCalls += group.count;
    }
    const auto add = [&](int ranks, double calls, double bytes) {
        if (ranks <= 1 || calls <= 0)
            return;
        const AllReduce r = allReduce(gpu, ranks, c);
        m_collectives.push_back({ calls, bytes, r.oneShot.latency, r.oneShot.perByte,
                                  r.twoShot.latency, r.twoShot.perByte });
    };
    add(tensor, tensorCalls, tokenBytes);
    // With attention data parallelism vLLM gathers the tokens of all ranks before the experts and reduce-scatters
    // afterwards: together the traffic of one all-reduce over all of them.
    add(tensor * data, expertCalls, tokenBytes * data);
    if (m_stages > 1) {
        // Hidden state and residual go to the next stage.
        const bool inDomain = parallelism.gpus() <= std::max(1, gpu.scaleUpDomain)
            && gpu.scaleUpBandwidth.value() > 0;
        const double bandwidth =
            inDomain ? gpu.scaleUpBandwidth.value() : outerBandwidth(gpu, parallelism.gpus());
        m_hopLatency = c.pipelineHopLatency;
        m_hopPerToken = 2 * tokenBytes / (c.linkEfficiency * bandwidth);
    }
}

void StepModel::addExpertExchange(const ExpertExchangeTime& exchange, double layers)
{
    const MessageTime& message = exchange.message;
    m_collectives.push_back({ layers, exchange.bytesPerToken, message.latency, message.perByte,
                              message.latency, message.perByte });
}

double StepModel::prefillBudget(double sequences) const
{
    return std::max(1.0, m_maxTokens - sequences * m_verified);
}

double StepModel::attentionTime(const StepBatch& batch, double sequences,
                                double prefillTokens) const
{
    double total = 0;
    for (const auto& a : m_attention) {
        double context = attended(a.kind, a.window, batch.context);
        if (a.sparseLimit > 0)
            context = std::min(context, a.sparseLimit);
        const double memory = sequences
            * (context * a.memoryPerToken + batch.context * a.indexPerToken + a.memoryPerSequence);
        const double compute = sequences * m_verified * context * a.computePerToken;
        // Memory and arithmetic of one kernel overlap; in GQA the arithmetic is a hundredth, in MLA about equal.
        total += compute > 0.02 * memory ? combine(memory, compute) : memory;
        if (prefillTokens > 0) {
            const double prompts = std::max(1.0, batch.prefillSequences / m_dataRanks);
            const double each = prefillTokens / prompts;
            double pairs = attendedPairs(a.kind, a.window, batch.prefillPrefix, each);
            if (a.sparseLimit > 0)
                pairs = std::min(pairs, each * a.sparseLimit);
            total += prompts * pairs * a.prefillPerPair + prefillTokens * a.prefillPerToken;
        }
    }
    return total;
}

StepModel::Parts StepModel::parts(const StepBatch& batch) const
{
    // Each data-parallel rank has its share; with pipeline stages as many batches are in flight as there are stages
    // (or sequences), each passing all stages one after another.
    const double inFlight = std::clamp(batch.sequences / m_dataRanks, 1.0, m_stages);
    const double sequences = batch.sequences / m_dataRanks / inFlight;
    // A prompt is computed by one rank, and all ranks wait for the one with the most.
    const double prefill =
        batch.prefillTokens * std::max(1 / m_dataRanks, 1 / std::max(1.0, batch.prefillSequences));
    const double computed = sequences * m_verified;
    const double padding =
        batch.padding >= 0 ? batch.padding : m_padding * std::min(1.0, computed / 8);
    const double decode = computed + padding;
    const double tokens = decode + prefill;
    Parts p;
    for (const auto& d : m_dense) {
        const double compute = decode * d.decodeToken + prefill * d.prefillToken;
        p.weights += d.memory;
        p.compute += compute;
        p.linear += combine(d.memory, compute);
    }
    for (const auto& e : m_experts) {
        // Experts see the tokens of all data-parallel ranks.
        const double decoded = m_expertTokenShare * decode;
        const double seen = decoded + batch.prefillTokens;
        const double memory = e.memoryPerExpert * e.experts * e.coverage(seen);
        const double compute = decoded * e.decodeToken + batch.prefillTokens * e.prefillToken;
        p.weights += memory;
        p.compute += compute;
        p.linear += combine(memory, compute);
        p.expertTokens += seen * e.movePerToken;
    }
    const double sampled = decode + batch.prefillSequences / m_dataRanks;
    const double headCompute = sampled * m_head.decodeToken;
    p.weights += m_head.memory;
    p.compute += headCompute;
    p.linear += combine(m_head.memory, headCompute);
    p.attention = attentionTime(batch, sequences, prefill);
    p.layers = m_layerTime + (prefill > 0 ? m_mixedTime : 0);
    p.step = m_stepTime + sequences * m_perSequence;
    for (const auto& collective : m_collectives) {
        const double bytes = tokens * collective.bytesPerToken;
        p.collectives += collective.calls
            * std::min(collective.latencyA + bytes * collective.perByteA,
                       collective.latencyB + bytes * collective.perByteB);
    }
    p.sampler =
        m_samplerTime + (computed + batch.prefillSequences / m_dataRanks) * m_samplerPerSequence;
    if (m_stages > 1) {
        // The last stage also has the head and the sampler; the others wait for it once per batch in flight.
        const double head = combine(m_head.memory, headCompute) + p.sampler;
        p.pipeline =
            (m_stages - 1) * (m_hopLatency + tokens * m_hopPerToken) + (inFlight - 1) * head;
    }
    if (m_eagerFloor > 0)
        p.layers += std::max(0.0, m_eagerFloor - p.total());
    if (m_draft)
        p.draft = draftTime(batch);
    if (m_lora)
        p.adapters =
            adapterTime(sequences + batch.prefillSequences / m_dataRanks, computed + prefill);
    return p;
}

DecodeLine StepModel::decodeLine(double sequences, double context) const
{
    // Octaves bound the error where a term is not linear: a smooth maximum inside an attention kernel, a floor.
    double upTo = std::exp2(std::ceil(std::log2(std::max(context, 2.0))));
    double from = upTo > 2 ? upTo / 2 : 0;
    for (const auto& a : m_attention) {
        for (const double bend : { a.window, a.sparseLimit }) {
            if (bend > 0 && bend < context)
                from = std::max(from, bend);
            else if (bend > 0)
                upTo = std::min(upTo, bend);
        }
    }
    // Chunked attention jumps where a chunk is full: the line starts just beyond.
    const double low = std::nextafter(from, upTo);
    const double first = time({ .sequences = sequences, .context = low }).value();
    const double last = time({ .sequences = sequences, .context = upTo }).value();
    const double slope = (last - first) / (upTo - low);
    return { Seconds(first - slope * low), Seconds(slope), from, upTo };
}

StepBreakdown StepModel::breakdown(const StepBatch& batch) const
{
    const Parts p = parts(batch);
    StepBreakdown result;
    result.weights = Seconds(p.weights);
    result.compute = Seconds(p.compute);
    result.weightsAndCompute = Seconds(p.linear);
    result.expertTokens = Seconds(p.expertTokens);
    result.keyValueRead = Seconds(p.attention);
    result.layerOverhead = Seconds(p.layers);
    result.stepOverhead = Seconds(p.step);
    result.collectives = Seconds(p.collectives);
    result.sampler = Seconds(p.sampler);
    result.pipeline = Seconds(p.pipeline);
    result.draft = Seconds(p.draft);
    result.adapters = Seconds(p.adapters);
    result.total = Seconds(p.total());
    return result;
}

} // namespace llmd
