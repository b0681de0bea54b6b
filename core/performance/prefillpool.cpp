// SPDX-License-Identifier: Apache-2.0
#include "prefillpool.h"

#include <algorithm>
#include <cmath>

namespace llmd {

namespace {

/** Probability that all of `servers` are busy at this utilisation (Erlang C). */
double erlangC(double servers, double utilization)
{
    const double rho = std::clamp(utilization, 0.0, 1.0);
    if (servers <= 1 || rho >= 1)
        return rho;
    const double offered = servers * rho;
    double blocked = 1; // Erlang B
    for (int i = 1; i <= static_cast<int>(servers); ++i)
        blocked = offered * blocked / (i + offered * blocked);
    return blocked / (1 - rho * (1 - blocked));
}

Workload promptsAlone(Workload shape)
{
    shape.output = { LengthDistribution::Shape::Constant, 1, 0 };
    return shape;
}

} // namespace

PrefillPool::PrefillPool(const StepModel& model, const Coefficients& coefficients,
                         const Workload& shape, const EngineSettings& settings,
                         const Server& server)
    : m_model(model)
    , m_cache(model, coefficients, promptsAlone(shape), settings,
              { .kvPoolTokens = server.kvPoolTokens, .pipelineStages = server.stages })
    , m_server(server)
    , m_prompt(std::max(1.0, shape.prompt.mean))
    , m_promptVariation(std::max(0.0, shape.prompt.secondMoment() / (m_prompt * m_prompt) - 1))
    , m_arrivalVariation(m_cache.arrivalVariation())
    , m_budget(model.prefillBudget(0))
    , m_horizon(shape.duration.value() > 0 ? shape.duration.value() : assumedHorizon)
{
    const bool repeats = settings.prefixCaching && shape.prefix.uniquePrompts > 0;
    m_missShare = repeats ? m_cache.evictionProbability(1) : 1;
}

PrefillPool::Work PrefillPool::work(double cold) const
{
    const double miss = m_missShare + (1 - m_missShare) * cold;
    const double missTokens = std::max(1.0, m_prompt - m_cache.missPrefixTokens());
    const double hitTokens = std::max(1.0, m_prompt - m_cache.hitTokens());
    Work w;
    w.tokens = miss * missTokens + (1 - miss) * hitTokens;
    // All of the spread of the lengths is in what is new: the shared prefix is equal for all.
    const double spread = m_prompt * m_prompt * m_promptVariation;
    const double square =
        miss * (missTokens * missTokens + spread) + (1 - miss) * hitTokens * hitTokens;
    w.variation = std::max(0.0, square / (w.tokens * w.tokens) - 1);
    const double budgetOfRank = m_budget / m_server.dataRanks;
    w.steps = std::ceil(w.tokens / budgetOfRank);
    w.chunk = w.tokens / w.steps;
    return w;
}

double PrefillPool::stepTime(const Work& w, double tokens) const
{
    StepBatch batch;
    batch.prefillTokens = tokens;
    batch.prefillSequences = std::max(1.0, tokens / w.chunk);
    // Chunks of one prompt have on average half of it behind them; uneven lengths add to the quadratic part.
    batch.prefillPrefix = std::max(0.0, m_prompt - w.tokens) + (w.tokens - w.chunk) / 2
        + m_promptVariation * m_prompt / 2;
    batch.padding = 0;
    return m_model.time(batch).value();
}

double PrefillPool::capacity(double cold) const
{
    const Work w = work(cold);
    const double full = std::min(m_budget, m_model.maxSequences() * w.chunk);
    const double byCompute = m_server.stages * full / (w.tokens * stepTime(w, full));
    // A prompt holds its blocks until the decode server has fetched them.
    const double held = w.steps * stepTime(w, w.chunk) + m_server.transferSeconds;
    const double byCache = m_server.kvPoolTokens / m_prompt / held;
    return m_server.replicas * std::min(byCompute, byCache);
}

double PrefillPool::hitRate(double cold) const
{
    return std::clamp(1 - work(cold).tokens / m_prompt, 0.0, 1.0);
}

PrefillPoint PrefillPool::at(double rate, double others, double cold) const
{
    const Work w = work(cold);
    PrefillPoint p;
    p.capacity = capacity(cold);
    p.utilization = rate / p.capacity;
    p.steps = w.steps;
    const double perServer = rate / m_server.replicas;
    const double full = std::max(w.chunk, std::min(m_budget, m_model.maxSequences() * w.chunk));
    // A step carries what has come during the one before.
    double carried = w.chunk;
    for (int i = 0; i < 12; ++i) {
        p.step = stepTime(w, carried);
        const double next =
            std::clamp(perServer * w.tokens * p.step / m_server.stages, w.chunk, full);
        if (std::abs(next - carried) < 1e-6 * carried)
            break;
        carried = next;
    }
    p.compute = w.steps * p.step;

    const double busy = std::min(1.0, perServer * w.tokens * p.step / (carried * m_server.stages));
    const double spread = (1 + w.variation) / 2;
    const double remainder = w.steps > 1 ? std::max(p.step / 2, p.compute * spread) : p.step / 2;
    p.waitProbability = erlangC(m_server.replicas, busy * others);
    p.queue = p.waitProbability * remainder / m_server.stages;
    // Behind prompts that fill the next steps: each takes its share of a full step on one of the ranks.
    const double met = std::min(p.utilization * others, 1 - 1e-9);
    const double queues = static_cast<double>(m_server.replicas) * m_server.dataRanks;
    const double service = m_server.replicas * m_server.dataRanks / p.capacity;
    const double behind = erlangC(queues, met) * service * (m_arrivalVariation + w.variation) / 2
        * met / (queues * (1 - met));
    p.queue += boundedWait(behind, p.capacity, m_arrivalVariation + w.variation, m_horizon);
    p.running = perServer * p.compute;
    p.waiting = perServer * p.queue;
    p.kvTokens = (p.running + perServer * m_server.transferSeconds) * m_prompt;
    return p;
}

} // namespace llmd
