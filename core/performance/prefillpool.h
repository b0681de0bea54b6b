// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "steadystate.h"

namespace llmd {

/** A pool of prefill servers at a load. Seconds, requests per second of the whole pool. */
struct PrefillPoint
{
    double capacity = 0;
    double utilization = 0; ///< of the capacity
    double step = 0; ///< one step with what it carries at this load
    double steps = 1; ///< that one prompt takes
    double compute = 0; ///< of one prompt: steps x step
    double queue = 0; ///< mean wait before the prompt's first step
    double waitProbability = 0;
    double running = 0; ///< prompts in steps, per server
    double waiting = 0; ///< prompts, per server
    double kvTokens = 0; ///< in one server's pool, prompts that are fetched included
};

/**
 * Servers that compute prompts and nothing else. A step takes waiting prompts, whole or in chunks, up to the token budget;
 * a server that runs one lets arrivals wait for its end. Prompts are spread to the least loaded server, which is
 * nearly one queue for all (M/G/c with Allen and Cunneen's factor). Immutable after construction.
 */
class PrefillPool
{
public:
    struct Server
    {
        int replicas = 1;
        int dataRanks = 1;
        double stages = 1;
        double kvPoolTokens = 0;
        double transferSeconds = 0; ///< for which a prompt's blocks are held after its last step
    };

    /** `shape`: of the prompts that come here; the outputs play no role. */
    PrefillPool(const StepModel& model, const Coefficients& coefficients, const Workload& shape,
                const EngineSettings& settings, const Server& server);

    /**
     * `others`: share of the load that an arrival meets (1 in an open loop); `cold`: share of prompts met for the first
     * time. The rate is at most the capacity; there the wait is that of a queue that has been building up for as long as
     * the load lasts.
     */
    [[nodiscard]] PrefillPoint at(double rate, double others, double cold) const;
    /** Largest rate, with a share of prompts met for the first time. */
    [[nodiscard]] double capacity(double cold) const;
    /** Mean share of prompt tokens found in the cache. */
    [[nodiscard]] double hitRate(double cold) const;

private:
    struct Work
    {
        double tokens = 1; ///< new ones of a prompt, mean
        double variation = 0; ///< squared coefficient of variation
        double steps = 1; ///< of a prompt
        double chunk = 1; ///< tokens of it in one of them
    };
    [[nodiscard]] Work work(double cold) const;
    [[nodiscard]] double stepTime(const Work& work, double tokens) const;

    const StepModel& m_model;
    SteadyState m_cache; ///< what of a prompt is cached
    Server m_server;
    double m_prompt = 1;
    double m_promptVariation = 0;
    double m_missShare = 1;
    double m_arrivalVariation = 1;
    double m_budget = 1; ///< tokens of a step, all ranks
    double m_horizon = 0; ///< s for which a load lasts
};

} // namespace llmd
