// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/base/units.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace llmd {

/**
 * A 90 % interval as factors on the value: value x low … value x high. An engine that knows none says so with `stated`;
 * the factors are 1 then and must not be shown as an interval.
 */
struct IntervalFactors
{
    double low = 1;
    double high = 1;
    bool stated = true;

    bool operator==(const IntervalFactors&) const = default;
    [[nodiscard]] static IntervalFactors none() { return { 1, 1, false }; }
};

/** Distribution of one latency over requests. */
struct LatencyEstimate
{
    Seconds mean;
    Seconds p50;
    Seconds p90;
    Seconds p95;
    Seconds p99;
    IntervalFactors meanInterval; ///< 90 % interval of the mean
    IntervalFactors tailInterval; ///< of p90 and above

    bool operator==(const LatencyEstimate&) const = default;
    /** Interpolated on a log-log scale; percentile 0 is the mean. */
    [[nodiscard]] Seconds at(double percentile) const;
    [[nodiscard]] Seconds low() const { return mean * meanInterval.low; }
    [[nodiscard]] Seconds high() const { return mean * meanInterval.high; }
};

/** Where the time of one average decode step goes. The parts are what each costs alone; `total` is the step. */
struct StepBreakdown
{
    Seconds weights;
    Seconds compute;
    Seconds weightsAndCompute; ///< smooth maximum of the two
    Seconds expertTokens; ///< gathering, moving and summing the routed copies of tokens
    Seconds keyValueRead;
    Seconds layerOverhead;
    Seconds stepOverhead;
    Seconds collectives;
    Seconds sampler;
    Seconds pipeline; ///< hand-over between pipeline stages
    Seconds draft; ///< guessing the tokens that the step verifies
    Seconds adapters; ///< low-rank products of LoRA adapters
    Seconds total;

    bool operator==(const StepBreakdown&) const = default;
};

/** Where an estimate comes from and how far it may be trusted. */
struct Provenance
{
    enum class Label { Estimated, Benchmarked };
    Label label = Label::Estimated;
    std::string engine; ///< "analytic"
    std::string engineVersion; ///< of the coefficients: fit date and data
    std::string
        distance; ///< plain words: "dense model on H100 at TP ≤ 4: within the calibrated range"
    std::vector<std::string> caveats; ///< what is extrapolated

    bool operator==(const Provenance&) const = default;
};

/** How busy one role of a disaggregated deployment is. */
struct RoleLoad
{
    RequestsPerSecond capacity; ///< of all its servers, on requests of this workload
    double utilization = 0; ///< share of that capacity in use
    double running = 0; ///< mean requests per server
    double waiting = 0; ///< mean requests per server
    double kvUtilization = 0; ///< of one server's KV pool, hand-overs under way included

    bool operator==(const RoleLoad&) const = default;
};

/** What it costs to bring the KV cache of a prompt to the server that decodes. Means per request that travels. */
struct TransferCost
{
    Bytes bytes; ///< on all links together
    Bytes bytesPerGpu; ///< on the busiest link
    BytesPerSecond bandwidth; ///< of that link, as achieved
    std::string bandwidthSource; ///< where it comes from, for people
    Seconds latency; ///< without bytes
    Seconds wire; ///< bytes at full bandwidth
    Seconds contention; ///< added by other transfers on the link
    Seconds hidden; ///< behind the last chunk of the prompt; not in `total`
    Seconds total; ///< in TTFT
    double linkUtilization = 0;
    RequestsPerSecond capacity; ///< at which the links are full

    bool operator==(const TransferCost&) const = default;
};

/** The parts of a disaggregated prediction. TTFT is the sum of the first five for a request whose prompt travels. */
struct DisaggregatedEstimate
{
    enum class Limit { Prefill, Transfer, Decode };
    Seconds frontEnd; ///< of both servers, one after the other: HTTP and tokenizer
    Seconds prefillQueue;
    Seconds prefill; ///< the prompt's own steps
    TransferCost transfer;
    Seconds
        firstDecode; ///< waits for decode steps and a seat, and the step that makes the first token
    double localShare = 0; ///< requests whose prompt the decode server computes itself
    RoleLoad prefillLoad;
    RoleLoad decodeLoad;
    Limit limit = Limit::Prefill; ///< what fills up first when the load grows
    /** Prefill servers per decode server at which both roles fill up together, derates applied. */
    double prefillPerDecode = 0;

    bool operator==(const DisaggregatedEstimate&) const = default;
};
/** One part of the time to the first token of a prompt that travels. */
struct FirstTokenPart
{
    std::string_view id; ///< "front_end", "prefill_queue", "prefill", "transfer", "first_decode"
    std::string_view name;
    Seconds time;
    std::string derivation;
};
/** They add up to the mean TTFT of such a prompt, in the order in which they pass. */
[[nodiscard]] std::vector<FirstTokenPart> firstTokenParts(const DisaggregatedEstimate& estimate);
/** "prefill", "transfer", "decode". */
[[nodiscard]] std::string_view toString(DisaggregatedEstimate::Limit limit);

/** What an engine predicts for a candidate under a workload. Rates are of the whole deployment unless named otherwise. */
struct Estimate
{
    LatencyEstimate ttft;
    LatencyEstimate itl;
    LatencyEstimate e2e;
    RequestsPerSecond requestRate; ///< completed
    TokensPerSecond outputThroughput;
    TokensPerSecond totalThroughput; ///< prompt + output tokens
    IntervalFactors throughputInterval;
    double runningPerReplica = 0; ///< mean sequences in the batch
    double waitingPerReplica = 0;
    double batchUtilization = 0; ///< running / max_num_seqs
    double kvUtilization = 0; ///< of the KV pool
    double prefillShare = 0; ///< share of time spent on uncached prefill
    double prefixHitRate = 0; ///< share of prompt tokens found in the cache
    double tokensPerStep = 1; ///< of one sequence; above 1 with speculative decoding
    double tierHitRate =
        0; ///< share of prompt tokens loaded from CPU memory or disk, not in prefixHitRate
    Seconds tierLoad; ///< mean time to load them, in TTFT
    Seconds queueing; ///< mean wait in TTFT
    Seconds prefill; ///< mean uncached prefill in TTFT
    bool saturated = false; ///< load above capacity: latencies grow without bound
    bool nearSaturation =
        false; ///< above 80 % of max_num_seqs or 90 % of the pool: intervals do not hold
    StepBreakdown step;
    std::optional<DisaggregatedEstimate> disaggregated; ///< of candidates with a disaggregation
    Provenance provenance;
};

} // namespace llmd
