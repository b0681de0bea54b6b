// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kvoffload.h"
#include "steptime.h"

#include <core/memory/memoryledger.h>
#include <core/workload/workload.h>

namespace llmd {

/** One operating point of a replica in balance. Times in seconds, rates per second, of one replica. */
struct OperatingPoint
{
    double batch = 0; ///< mean sequences that decode
    double rate = 0; ///< completed requests
    double itl = 0; ///< mean time between steps of a running request, prompts of others included
    double tokensPerStep = 1; ///< that each of those steps gives it
    double step = 0; ///< a step without prompts
    double hitStep = 0; ///< a step that carries prompts found in the cache
    double missStep = 0; ///< a step that carries new prompt tokens
    double missShare = 0; ///< share of requests whose own prompt is not in the cache
    double tierShare = 0; ///< of requests whose own prompt is in CPU memory or on disk
    double tierLoad = 0; ///< s that such a request waits for it
    double missFraction = 0; ///< share of steps that carry new prompt tokens
    double stepsPerPrompt = 1; ///< steps that one new prompt takes, ≥ 1
    double missPrompts = 1; ///< prompts that share such a step
    double prefillShare = 0; ///< share of time spent on prompts
    double budgetShare = 0; ///< of the prompt tokens that the steps have room for
    double otherPrompts = 0; ///< prompts of other requests per second, as a running one meets them
    double promptTime = 0; ///< s to compute one new prompt, from its first step to its last
    double residual = 0; ///< mean remainder of the running step that an arrival finds
    double busy = 0; ///< probability that an arrival finds a step running
    double queuedSteps = 0; ///< mean steps that are already composed behind it
    double backlog = 0; ///< mean wait behind other prompts
    double backlogProbability = 0; ///< that there is one
    double companions = 0; ///< other prompts in the step of a new one, on average over requests
    double companionTime = 0; ///< s that each of them adds
    double hitTtft = 0; ///< of requests with a cached prompt, without waiting for a seat
    double missTtft = 0; ///< of the others
    double arrivedTtft =
        0; ///< of those whose prompt's cache comes from elsewhere, from its arrival on
    double seatWait = 0; ///< mean wait for a free sequence or for KV blocks
    double waitProbability = 0;
    double sensitivity =
        0; ///< d ln ITL / d ln batch: how much one more request slows down the rest
    double ttft = 0; ///< mean over hits and misses, with the wait for a seat
    double e2e = 0;
    bool saturated = false;

    /** Mean time between its tokens. */
    [[nodiscard]] double tokenTime() const { return itl / tokensPerStep; }
};

/** Seconds that a load is assumed to last where the workload has no duration: bounds the queue at and above capacity. */
constexpr double assumedHorizon = 600;

/**
 * A wait that stays finite at capacity. A stationary queue takes ever longer to build up as the load nears capacity. At
 * capacity it grows like a reflected Brownian motion: with `variance` per request it holds sqrt(2 v r t / pi) after t
 * seconds at r requests/s, two thirds of the final value on average. The smaller of the two waits counts, so
 * that an overload begins where they end.
 */
[[nodiscard]] double boundedWait(double stationary, double limitRate, double variance,
                                 double horizon);

/**
 * Finds the balance of arrivals and service of one replica: the batch at which as many requests leave as arrive
 * (open loop), or at which all requests of a closed loop are accounted for. Everything is a function of the batch, so
 * that one monotone root is all there is to solve. Allocation-free, immutable after construction.
 */
class SteadyState
{
public:
    struct Server
    {
        double kvPoolTokens = 0;
        double pipelineStages = 1;
        bool asynchronousScheduling = true;
        /** Share of requests whose prompt is computed here; the cache of the others' comes from elsewhere. */
        double localShare = 1;
        double localTokens = 0; ///< new tokens of such a prompt; 0 = as for all
        double arrivalSeconds =
            0; ///< for which a prompt's blocks are held before the cache is there
        TierFigures tiers = {};
    };

    SteadyState(const StepModel& model, const Coefficients& coefficients, const Workload& shape,
                const EngineSettings& settings, const Server& server);

    /** `cold`: every prompt is met for the first time. */
    [[nodiscard]] OperatingPoint openLoop(double rate, bool cold) const;
    [[nodiscard]] OperatingPoint closedLoop(double concurrency) const;
    /** The balance at a given batch without regard to limits. `others`: share of the batch that an arrival meets. */
    [[nodiscard]] OperatingPoint at(double batch, double others, bool cold) const;
    [[nodiscard]] double batchLimit() const { return m_batchLimit; }
    [[nodiscard]] double kvLimit() const { return m_kvLimit; }
    [[nodiscard]] double kvTokensInUse(double batch) const;
    [[nodiscard]] double meanContext() const { return m_context; }
    [[nodiscard]] const StepModel& model() const { return m_model; }
    [[nodiscard]] double arrivalVariation() const { return m_arrivalVariation; }
    /** Prompt tokens found in the cache by a hit, a miss, on average. */
    [[nodiscard]] double hitTokens() const { return m_prompt - m_hitTokens; }
    [[nodiscard]] double missPrefixTokens() const { return m_prompt - m_missTokens; }
    /**
     * Probability that a prompt of a repeating set has been pushed out of all caches before it comes again; without CPU memory
     * and disk, out of the GPU's.
     */
    [[nodiscard]] double evictionProbability(double batch) const;
    /** Shared prefixes of a prompt that come from CPU memory or disk, tokens on average. */
    [[nodiscard]] double prefixTierTokens() const { return m_prefixTierTokens; }
    /** Seconds until a cached prompt is back, without waiting for others. */
    [[nodiscard]] double lonelyLoad() const;

private:
    [[nodiscard]] double promptRoom(double batch) const;
    void addPrompts(OperatingPoint& point, double sequences, double others) const;
    void addFollowers(OperatingPoint& point) const;
    void addFirstToken(OperatingPoint& point, double others) const;
    void addBacklog(OperatingPoint& point, double others) const;
    void addCompanions(OperatingPoint& point) const;
    [[nodiscard]] double waitForOwnStep(const OperatingPoint& point, bool open) const;
    void addFirstBurst(OperatingPoint& point, double count) const;
    void addSensitivity(OperatingPoint& point, bool cold) const;
    void addSeatWait(OperatingPoint& point, double offeredRate, double limitRate) const;
    void addAdapterWait(OperatingPoint& point) const;
    [[nodiscard]] double boundedWait(double stationary, double limitRate) const;
    void addTiers(OperatingPoint& point) const;
    [[nodiscard]] double touched(double batch) const;
    [[nodiscard]] double prefixTouched() const;
    [[nodiscard]] double loadTime(double tokens, double diskShare) const;

    const StepModel& m_model;
    const Coefficients& m_coefficients;
    double m_prompt = 1;
    double m_promptVariation = 0; ///< squared coefficient of variation
    double m_output = 1;
    double m_outputVariation = 0;
    double m_decodeSteps = 1; ///< steps for the output tokens after the first, at least one token
    double m_context = 0; ///< mean over running sequences and time
    double m_halfOutput = 0; ///< output tokens that a running sequence has on average
    PrefixSharing m_prefix;
    double m_localShare = 1;
    double m_arrivalSeconds = 0;
    double m_rounds = 0; ///< of a closed loop, see Workload
    bool m_caching = true;
    double m_hitTokens = 0; ///< new tokens of a prompt found in the cache
    double m_missTokens = 0; ///< new tokens of one that is not (its shared prefix may be)
    double m_poolTokens = 0;
    TierFigures m_tiers;
    double m_cpuReach = 0; ///< tokens that the GPU's cache or CPU memory holds, the larger of them
    double m_reach = 0; ///< the same with the disk
    double m_prefixTierTokens = 0;
    double m_prefixLoad = 0; ///< s, mean over requests with a new prompt
    double m_kvLimit = 0; ///< sequences that the KV pool holds
    double m_batchLimit = 0; ///< largest batch by seats, KV pool and prompt budget
    double m_arrivalVariation = 1;
    double m_stages = 1;
    double m_horizon = 0; ///< s for which a load lasts
    std::optional<LoraServing> m_lora;
    double m_queuedSteps =
        1; ///< composed before an arrival could be in them, beside the running one
    OperatingPoint m_warmIdle; ///< open loop, ends of the bracket in which the batch is looked for
    OperatingPoint m_warmLimit;
};

} // namespace llmd
