// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "coefficients.h"
#include "estimate.h"

#include <core/base/units.h>
#include <core/candidate/candidate.h>
#include <core/catalog/engineversion.h>

#include <memory>
#include <vector>

namespace llmd {

struct ExpertExchangeTime;

/** What one step of the engine computes. Token and sequence counts are of one replica, over all its ranks. */
struct StepBatch
{
    double sequences = 0; ///< decode sequences, one new token each and those that are verified
    double context = 0; ///< their mean context, tokens
    double prefillTokens = 0; ///< prompt tokens computed in this step
    double prefillPrefix = 0; ///< tokens before them in the same prompt, already in the KV cache
    double prefillSequences = 0; ///< prompts that the prefill tokens belong to
    double padding = -1; ///< CUDA-graph padding, tokens; negative = its mean
};

/** What of a workload changes the time of a step. */
struct StepOptions
{
    bool greedy = false; ///< temperature 0: no sort and no random draw
    bool draft = false; ///< the candidate's model is a draft: it runs inside a step of another one
};

/**
 * The time of a step that only decodes, as a line over the mean context of a given number of sequences. Exact where the
 * physics is linear between the points at which windows fill, a chord elsewhere.
 */
struct DecodeLine
{
    Seconds base;
    Seconds slope; ///< per token of mean context
    double from = 0; ///< mean contexts for which it holds: above this one …
    double upTo = 0; ///< … up to this one
};

/**
 * The time of one engine step, compiled once from a candidate into a few figures per class of kernels, so that
 * evaluating it costs about 100 ns and allocates nothing. The one function that all engines share. Immutable, safe
 * to use from any thread. Where the terms come from: steptime.cpp.
 */
class StepModel
{
public:
    /** The replica count plays no role. Assumes a legal parallelism. */
    StepModel(const Candidate& candidate, const EngineVersionProfile& profile,
              const StepOptions& options, const Coefficients& coefficients);

    [[nodiscard]] Seconds time(const StepBatch& batch) const
    {
        return Seconds(parts(batch).total());
    }
    [[nodiscard]] StepBreakdown breakdown(const StepBatch& batch) const;
    /** The line for `sequences` > 0 around a mean context > 0, so that many decode steps can be added up at once. */
    [[nodiscard]] DecodeLine decodeLine(double sequences, double context) const;

    /** Tokens of one step's budget left for prompts beside `sequences` running ones. */
    [[nodiscard]] double prefillBudget(double sequences) const;
    /** Largest number of sequences of one replica that the scheduler runs, over its data-parallel ranks. */
    [[nodiscard]] double maxSequences() const { return m_maxSequences; }
    /** Mean tokens that a step gives a sequence; above 1 with speculative decoding. */
    [[nodiscard]] double tokensPerStep() const { return m_tokensPerStep; }
    /** Tokens of the budget that a running sequence takes in a step: its own and the guesses. */
    [[nodiscard]] double tokensInStep() const { return m_verified; }

private:
    /** Seconds of one step by kind of work. */
    struct Parts
    {
        double weights = 0;
        double compute = 0;
        double linear = 0; ///< smooth maximum of weights and compute, class by class
        double expertTokens = 0;
        double attention = 0;
        double layers = 0;
        double step = 0;
        double collectives = 0;
        double sampler = 0;
        double pipeline = 0;
        double draft = 0;
        double adapters = 0;

        [[nodiscard]] double total() const
        {
            return linear + expertTokens + attention + layers + step + collectives + sampler
                + pipeline + draft + adapters;
        }
    };

    /** Matrices with the same bytes per weight and matrix rate, read once per step. */
    struct DenseClass
    {
        double memory = 0; ///< s per step
        double decodeToken = 0; ///< s of compute per decode token
        double prefillToken = 0; ///< s of compute per prompt token
    };

    /** Routed experts of equal shape: how many of them are read depends on the tokens of the step. */
    struct ExpertClass
    {
        double experts = 0;
        double logMiss = 0; ///< ln(1 - k / E): one token's chance to leave an expert alone
        double popularityShape = 0; ///< of the experts; 0 = equal

        /** Share of the experts that `tokens` tokens touch. */
        [[nodiscard]] double coverage(double tokens) const;
        double memoryPerExpert = 0; ///< s to read one expert of every such layer
        double movePerToken = 0; ///< s per token of the step, decode or prompt
        double decodeToken = 0;
        double prefillToken = 0;
    };

    /** Layers that read the KV cache or a state in the same way. */
    struct AttentionClass
    {
        MixerKind kind = MixerKind::FullAttention;
        double window = 0; ///< tokens; 0 = unlimited
        double sparseLimit = 0; ///< tokens read at most; 0 = all
        double memoryPerToken = 0; ///< s per sequence and token of context
        double indexPerToken = 0; ///< s per sequence and token of context for the indexer keys
        double memoryPerSequence = 0; ///< s per sequence: recurrent state, read and written
        double computePerToken = 0; ///< s per sequence and token of context, decode
        double prefillPerPair = 0; ///< s per (new token, token it attends to)
        double prefillPerToken = 0; ///< s per new token: recurrent layers

        bool sameShape(const AttentionClass& other) const
        {
            return kind == other.kind && window == other.window && sparseLimit == other.sparseLimit;
        }
    };

    /** A collective that every step runs `calls` times: time = min over algorithms of latency + bytes / bandwidth. */
    struct Collective
    {
        double calls = 0;
        double bytesPerToken = 0;
        double latencyA = 0; ///< s
        double perByteA = 0; ///< s/B
        double latencyB = 0;
        double perByteB = 0;
    };

    void addDense(double parameters, double memoryTime, double flopRate, double shards);
    void addLayers(const Candidate& candidate, const LayerGroup& group, const Coefficients& c);
    void addMixer(const Candidate& candidate, const LayerGroup& group);
    void addExperts(const Candidate& candidate, const LayerGroup& group, const Coefficients& c);
    void addAttention(const AttentionClass& attention);
    void addHead(const Candidate& candidate, const EngineVersionProfile& profile,
                 const StepOptions& options, const Coefficients& c);
    void addCollectives(const Candidate& candidate, const Coefficients& c);
    void addDraft(const Candidate& candidate, const EngineVersionProfile& profile,
                  const Coefficients& c);
    void addAdapters(const Candidate& candidate);
    [[nodiscard]] double draftTime(const StepBatch& batch) const;
    [[nodiscard]] double adapterTime(double sequences, double tokens) const;
    void addExpertExchange(const ExpertExchangeTime& exchange, double layers);
    [[nodiscard]] Parts parts(const StepBatch& batch) const;
    [[nodiscard]] double readingTime(const Gpu& gpu, const StoredPrecision& stored, double bytes,
                                     double rate) const;
    [[nodiscard]] double combine(double memory, double compute) const;
    [[nodiscard]] double attentionTime(const StepBatch& batch, double sequences,
                                       double prefillTokens) const;

    std::vector<DenseClass> m_dense;
    std::vector<ExpertClass> m_experts;
    std::vector<AttentionClass> m_attention;
    std::vector<Collective> m_collectives;
    double m_expertTokenShare =
        1; ///< tokens that the experts see per token of one rank (data parallelism)
    DenseClass m_head;
    double m_weightRate = 0; ///< achieved B/s for weights
    double m_unpackRate = 0; ///< B/s of 4-bit weights that are unpacked first; 0 = no limit
    double m_nativeFourBitFactor = 1; ///< on the rate for 4-bit weights multiplied as they are
    double m_kvRate = 0; ///< achieved B/s for the KV cache
    double m_decodeEfficiency = 1;
    double m_prefillEfficiency = 1;
    double m_layerTime = 0;
    double m_stepTime = 0;
    double m_mixedTime = 0; ///< s: extra of a step that carries a prompt
    double m_samplerTime = 0;
    double m_samplerPerSequence = 0;
    double m_perSequence = 0; ///< s: work of the CPU that a step does not hide
    double m_padding = 0;
    double m_eagerFloor = 0; ///< s: without CUDA graphs the launches of a step take at least this
    double m_dataRanks = 1;
    double m_stages = 1;
    double m_hopLatency = 0;
    double m_hopPerToken = 0;
    double m_maxSequences = 1;
    double m_maxTokens = 1;
    bool m_smooth = true;
    double m_overlap = 1;
    double m_verified = 1; ///< tokens of a sequence that a step computes
    double m_tokensPerStep = 1;
    double m_draftPasses = 0;
    std::shared_ptr<const StepModel> m_draft; ///< one pass of the draft; null for n-grams
    std::optional<LoraServing> m_lora;
    double m_adapterRead = 0; ///< s to read one adapter
    double m_adapterToken = 0; ///< s of compute per token
    double m_adapterLaunches = 0; ///< s per step
};

} // namespace llmd
