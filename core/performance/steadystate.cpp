// SPDX-License-Identifier: Apache-2.0
#include "steadystate.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

/*
 * The idea: let B sequences decode. Each leaves after D = output - 1 steps, so x = B / D requests arrive per step, and
 * with them x prompts per step. From that follow the shares of steps with and without prompts, the mean step time
 * (= ITL), and the rate B / (D x ITL). The rate grows with B, so the batch for a given rate is a single root.
 */
namespace llmd {

namespace {

/** A cache smaller than this share of what it must hold keeps everything, larger than the inverse side nothing. */
constexpr double evictionSoftness = 0.15;
constexpr int maxIterations = 60;
/** Beyond this share of its time a link's queue is no longer that of an M/D/1 queue in balance. */
constexpr double busiestLink = 0.95;
/** Share of the request overhead (HTTP, tokenizer) that comes before the scheduler sees the request. */
constexpr double beforeQueue = 2.0 / 3.0;

/** 0 below 1 - softness, 1 above 1 + softness, smooth between. */
double softStep(double ratio)
{
    const double t = std::clamp((ratio - 1 + evictionSoftness) / (2 * evictionSoftness), 0.0, 1.0);
    return t * t * (3 - 2 * t);
}

/**
 * Root of a function that grows from a negative value at `low` to a positive one at `high` (regula falsi, Illinois
 * variant: a few evaluations on nearly linear functions, never leaves the bracket).
 */
template <class Function>
double increasingRoot(const Function& f, double low, double high, double fLow, double fHigh)
{
    double x = high;
    for (int i = 0; i < maxIterations; ++i) {
        x = high - fHigh * (high - low) / (fHigh - fLow);
        if (!(x > low && x < high))
            x = 0.5 * (low + high);
        const double fx = f(x);
        if (fx == 0 || high - low < 1e-10 * high)
            break;
        const bool wasLow = fx < 0;
        const double step = wasLow ? x - low : high - x;
        if (wasLow) {
            low = x;
            fLow = fx;
            fHigh /= 2;
        } else {
            high = x;
            fHigh = fx;
            fLow /= 2;
        }
        if (step < 1e-10 * x)
            break;
    }
    return x;
}

/**
 * Probability that an arrival finds all seats taken when the free ones are `slack` standard deviations of the batch:
 * Halfin and Whitt's limit of Erlang C. Exact to 0.02 even for one server.
 */
double waitingProbability(double slack)
{
    const double cdf = 0.5 * std::erfc(-slack / std::numbers::sqrt2);
    const double pdf = std::exp(-slack * slack / 2) / std::sqrt(2 * std::numbers::pi);
    return pdf / (pdf + std::max(0.0, slack) * cdf);
}

} // namespace

double boundedWait(double stationary, double limitRate, double variance, double horizon)
{
    const double critical =
        2.0 / 3 * std::sqrt(2 / std::numbers::pi * variance * horizon / std::max(limitRate, 1e-9));
    if (!(critical > 0) || !(stationary > 0))
        return 0;
    const double ratio = critical / stationary;
    return critical / std::cbrt(1 + ratio * ratio * ratio);
}

SteadyState::SteadyState(const StepModel& model, const Coefficients& coefficients,
                         const Workload& shape, const EngineSettings& settings,
                         const Server& server)
    : m_model(model)
    , m_coefficients(coefficients)
    , m_prompt(std::max(1.0, shape.prompt.mean))
    , m_promptVariation(shape.prompt.squaredVariation())
    , m_output(std::max(1.0, shape.output.mean))
    , m_outputVariation(shape.output.squaredVariation())
    // The step that computes a prompt makes its first token; a prompt from elsewhere takes a decode step for it.
    , m_decodeSteps(std::max(1.0, m_output - server.localShare) / model.tokensPerStep())
    , m_prefix(shape.prefix)
    , m_localShare(server.localShare)
    , m_arrivalSeconds((1 - server.localShare) * server.arrivalSeconds)
    , m_rounds(shape.rounds)
    , m_caching(settings.prefixCaching)
    , m_poolTokens(std::max(1.0, server.kvPoolTokens))
    , m_tiers(server.tiers)
    // Whatever is computed is copied out, so that CPU memory and disk have what the GPU has as well.
    , m_cpuReach(std::max(m_poolTokens, m_tiers.cpuTokens))
    , m_reach(std::max(m_poolTokens, m_tiers.cpuTokens + m_tiers.diskTokens))
    , m_stages(std::max(1.0, server.pipelineStages))
    , m_horizon(shape.duration.value() > 0 ? shape.duration.value() : assumedHorizon)
    , m_lora(settings.lora)
    , m_queuedSteps(
          server.asynchronousScheduling ? std::max(0.0, coefficients.stepsToFirstToken - 1.5) : 0)
{
    // Long outputs are met more often among the running ones: E[O²] / 2 E[O] tokens have been written on average.
    m_halfOutput = m_output * (1 + m_outputVariation) / 2;
    m_context = m_prompt + m_halfOutput;
    m_prefix.sharedTokens = std::clamp(m_prefix.sharedTokens, 0.0, m_prompt);
    m_prefix.groups = std::max(1, m_prefix.groups);
    // The cache works in whole blocks and never covers the last token: half a block is recomputed on average.
    m_hitTokens = std::min(m_prompt, std::max(1.0, settings.blockSize / 2.0));
    m_missTokens = m_prompt;
    if (m_caching) {
        const double lost = softStep(prefixTouched() / m_reach);
        const double outside = softStep(prefixTouched() / m_poolTokens) - lost;
        m_missTokens = std::max(m_hitTokens, m_prompt - m_prefix.sharedTokens * (1 - lost));
        m_prefixTierTokens = outside * m_prefix.sharedTokens;
        if (outside > 0)
            m_prefixLoad = outside
                * loadTime(m_prefix.sharedTokens,
                           (softStep(prefixTouched() / m_cpuReach) - lost) / outside);
    }
    if (server.localTokens > 0)
        m_missTokens = std::clamp(server.localTokens, m_hitTokens, m_prompt);
    m_arrivalVariation = shape.arrivals == ArrivalShape::Constant ? 0
        : shape.arrivals == ArrivalShape::Poisson                 ? 1
                                                                  : std::max(0.0, shape.burstiness);
    double low = 0;
    double high = 4 * m_model.maxSequences();
    for (int i = 0; i < 60; ++i)
        (kvTokensInUse(0.5 * (low + high)) > m_poolTokens ? high : low) = 0.5 * (low + high);
    m_kvLimit = low;
    m_batchLimit = promptRoom(std::min(m_model.maxSequences(), m_kvLimit));
    m_warmIdle = at(0, 1, false);
    m_warmLimit = at(m_batchLimit, 1, false);
}

/** Largest decode batch when `seats` sequences may run and their prompts must fit the token budget of the steps. */
double SteadyState::promptRoom(double seats) const
{
    double batch = std::max(seats, 1e-3);
    for (int i = 0; i < 3; ++i) {
        const double budget = m_model.prefillBudget(batch);
        // A prompt holds its seat while it is computed, and its steps cannot hold more than the budget.
        const double bySeat =
            seats / (1 + m_localShare * std::max(1.0, m_missTokens / budget) / m_decodeSteps);
        const double byBudget =
            0.98 * m_stages * budget * m_decodeSteps / std::max(1e-12, m_localShare * m_missTokens);
        const bool everyPromptIsNew =
            !m_caching || m_prefix.uniquePrompts <= 0 || evictionProbability(batch) > 0.5;
        batch = everyPromptIsNew ? std::min(bySeat, byBudget) : bySeat;
    }
    return std::max(batch, 1e-3);
}

double SteadyState::kvTokensInUse(double batch) const
{
    double arriving = 0; // tokens
    if (m_arrivalSeconds > 0) {
        const double step =
            m_model.time({ .sequences = std::max(1.0, batch), .context = m_context }).value();
        arriving = batch * m_arrivalSeconds / (m_decodeSteps * step) * m_prompt;
    }
    if (!m_caching)
        return arriving + batch * m_context;
    const double own = m_prompt - m_prefix.sharedTokens;
    const double prompts =
        m_prefix.uniquePrompts > 0 ? std::min<double>(batch, m_prefix.uniquePrompts) : batch;
    return arriving + std::min<double>(batch, m_prefix.groups) * m_prefix.sharedTokens
        + prompts * own + batch * m_halfOutput;
}

/** Tokens that pass through the cache between two visits of a prompt of the repeating set. */
double SteadyState::touched(double batch) const
{
    // A set of prompts that comes round in turn hits only if everything touched between two visits stays in the pool
    // (LRU): the prompts of running requests once, half their outputs, and prompt and output of the finished ones.
    const double unique = m_prefix.uniquePrompts;
    const double own = m_prompt - m_prefix.sharedTokens;
    return m_prefix.groups * m_prefix.sharedTokens + std::min(batch, unique) * own
        + batch * m_halfOutput + std::max(0.0, unique - batch) * (own + m_output);
}

double SteadyState::evictionProbability(double batch) const
{
    return softStep(touched(batch) / m_reach);
}

double SteadyState::prefixTouched() const
{
    // The same for the common prefixes alone: each group comes back after as many requests as there are groups.
    const double own = m_prompt - m_prefix.sharedTokens;
    return m_prefix.groups * (m_prefix.sharedTokens + own + m_output);
}

/** Seconds to read tokens back of which this share is on disk only. */
double SteadyState::loadTime(double tokens, double diskShare) const
{
    const double cpu = m_tiers.cpuLatency + tokens * m_tiers.cpuPerToken;
    const double disk = m_tiers.diskLatency + tokens * m_tiers.diskPerToken;
    return m_tiers.cpuTokens > 0 ? cpu + diskShare * (disk - cpu) : disk;
}

double SteadyState::lonelyLoad() const
{
    return loadTime(hitTokens(), 0);
}

/**
 * Prompts that the GPU has given up and CPU memory or the disk still has: the request waits until they are back, and nobody else does.
 * Loads follow each other: a queue with service of nearly one length, at Poisson arrivals.
 */
void SteadyState::addTiers(OperatingPoint& p) const
{
    if (!m_tiers.any())
        return;
    const double load = p.tierShare > 0
        ? loadTime(hitTokens(),
                   std::clamp((softStep(touched(p.batch) / m_cpuReach) - p.missShare) / p.tierShare,
                              0.0, 1.0))
        : 0;
    const double busy = p.rate * (p.tierShare * load + p.missShare * m_prefixLoad);
    const double used = std::min(busy, busiestLink);
    const double wait = used / (2 * (1 - used));
    p.tierLoad = load * (1 + wait);
    p.missTtft += m_prefixLoad * (1 + wait);
    p.ttft += p.missShare * m_prefixLoad * (1 + wait) + p.tierShare * p.tierLoad;
    p.e2e = p.ttft + (m_output - 1) * p.tokenTime();
}

void SteadyState::addPrompts(OperatingPoint& p, double sequences, double others) const
{
    // Prompts of others: a request's own prompt is done before it decodes, so one that is alone is never held up.
    const double perStep = m_localShare * p.batch * others / m_decodeSteps;
    const double missPerStep = perStep * p.missShare;
    StepBatch batch { .sequences = sequences, .context = m_context };
    p.step = m_model.time(batch).value();
    p.hitStep = p.step;
    p.missStep = p.step;
    if (p.missShare > 0) {
        const double budget = m_model.prefillBudget(sequences);
        const double chunk = std::min(m_missTokens, budget);
        p.stepsPerPrompt = m_missTokens / chunk;
        const double tokens = missPerStep * m_missTokens;
        p.budgetShare = tokens / (budget * m_stages);
        // Prompts come at random to the steps; those that meet share a step up to the budget.
        const double fraction = -std::expm1(-missPerStep * p.stepsPerPrompt);
        const double carried = std::clamp(fraction > 0 ? tokens / fraction : chunk, chunk, budget);
        p.missFraction = std::min(1.0, tokens / carried);
        batch.prefillTokens = carried;
        batch.prefillSequences = carried / chunk;
        p.missPrompts = batch.prefillSequences;
        // Chunks of one prompt have on average half of it behind them; uneven lengths add to the quadratic part.
        batch.prefillPrefix = (m_prompt - m_missTokens) + (m_missTokens - chunk) / 2
            + m_promptVariation * m_missTokens / 2;
        p.missStep = m_model.time(batch).value();
    }
    // The chunks of a prompt follow each other through the pipeline stages without waiting for the last one.
    p.promptTime = (1 + (p.stepsPerPrompt - 1) / m_stages) * p.missStep;
    double hitFraction = 0;
    if (p.missShare < 1) {
        const double hits = perStep - missPerStep;
        hitFraction = -std::expm1(-hits);
        const double prompts = hitFraction > 0 ? hits / hitFraction : 1;
        batch.prefillTokens = m_hitTokens * prompts;
        batch.prefillSequences = prompts;
        batch.prefillPrefix = m_prompt - m_hitTokens;
        p.hitStep = m_model.time(batch).value();
        hitFraction *= 1 - p.missFraction;
    }
    // With pipeline stages a prompt holds up only one of the batches in flight.
    const double added =
        (p.missFraction * (p.missStep - p.step) + hitFraction * (p.hitStep - p.step)) / m_stages;
    p.itl = p.step + added;
    p.prefillShare = added / p.itl;
    const double plain = std::max(0.0, 1 - p.missFraction - hitFraction);
    const double square = plain * p.step * p.step + p.missFraction * p.missStep * p.missStep
        + hitFraction * p.hitStep * p.hitStep;
    const double mean = plain * p.step + p.missFraction * p.missStep + hitFraction * p.hitStep;
    p.residual = square / (2 * mean);
    p.rate = p.batch / (m_decodeSteps * p.itl);
    p.otherPrompts = others * m_localShare * p.rate;
}

/**
 * Requests of an open loop that arrive while a prompt is computed have theirs computed next, when the first one already
 * decodes: it meets more prompts than its own time brings.
 */
void SteadyState::addFollowers(OperatingPoint& p) const
{
    const double own = p.promptTime;
    const double perPrompt =
        p.stepsPerPrompt * (p.missStep - p.step) / std::max(1.0, p.missPrompts) / m_stages;
    p.itl += m_localShare * p.rate * p.missShare * own * perPrompt / m_decodeSteps;
    p.rate = p.batch / (m_decodeSteps * p.itl);
}

/** Seconds from an arrival at a busy server until the step that can hold it begins. */
double SteadyState::waitForOwnStep(const OperatingPoint& p, bool open) const
{
    // The rest of the running step, and the step that is already queued (asynchronous scheduling).
    if (open)
        return p.residual + m_queuedSteps * p.itl;
    // In a closed loop a request follows another one, whose last token came with the end of a step: it meets the next step
    // at its begin, while a request from outside meets long steps more often and in their middle.
    const double before = beforeQueue * m_coefficients.requestOverhead;
    const double wait = std::max(0.0, p.itl - before) + m_queuedSteps * p.itl;
    if (m_outputVariation > 0)
        return wait;
    // Outputs of one length keep requests in the order in which they began: the one that began just before ends just
    // before, and its successor's prompt is in the step that this one waits for.
    const double others = 1 - 1 / std::max(1.0, p.batch);
    return std::max(wait, others * p.missShare * p.missStep);
}

/** Wait behind the prompts of others, beyond the running and the queued step. */
void SteadyState::addBacklog(OperatingPoint& p, double others) const
{
    const double chunks = m_missTokens / m_model.prefillBudget(p.batch);
    // An M/G/1 queue in units of steps, of which each takes a budget of tokens.
    p.backlog = others * chunks * p.budgetShare / (1 - p.budgetShare)
        * (m_arrivalVariation + 1 + m_promptVariation) / 2 * p.missStep / m_stages;
    p.backlogProbability = p.budgetShare;
    // Prompts longer than a step come one after another: a queue in time, of which the rest of the running step is part.
    const double service = p.stepsPerPrompt * p.missStep;
    const double load = m_localShare * p.rate * p.missShare * service / m_stages;
    if (chunks <= 1 || load >= 1)
        return;
    const double wait = load / (1 - load) * service * (m_arrivalVariation + m_promptVariation) / 2
        - load * p.missStep / 2;
    p.backlog = std::max(p.backlog, others * wait);
    p.backlogProbability = std::max(p.backlogProbability, load);
}

/**
 * Others in the step of a new prompt: more than in a step with prompts on average, because a request from outside arrives
 * by time, and so in the longer steps, during which others gather as well.
 */
void SteadyState::addCompanions(OperatingPoint& p) const
{
    const double budget = m_model.prefillBudget(p.batch);
    const double room = budget / std::min(m_missTokens, budget) - 1;
    p.companions = std::min(room, 2 * m_localShare * p.rate * p.missShare * p.residual);
    p.companionTime = (p.missStep - p.step) / std::max(1.0, p.missPrompts);
}

void SteadyState::addFirstToken(OperatingPoint& p, double others) const
{
    const bool open = others >= 1;
    p.busy = open ? -std::expm1(-p.batch) : std::min(1.0, p.batch * others);
    p.queuedSteps = m_queuedSteps;
    const double base = m_coefficients.requestOverhead
        + m_coefficients.promptTokenOverhead * m_prompt + p.busy * waitForOwnStep(p, open);
    if (p.missShare > 0 && p.budgetShare < 1)
        addBacklog(p, others);
    p.hitTtft = base + p.backlog + p.hitStep;
    p.missTtft = base + p.backlog + p.promptTime;
    if (open && p.missShare > 0) {
        addCompanions(p);
        p.missTtft += std::max(0.0, 1 + p.companions - p.missPrompts) * p.companionTime;
    }
    p.ttft = p.hitTtft + p.missShare * (p.missTtft - p.hitTtft);
    if (m_localShare < 1) {
        // Fetching begins with a step and its end is seen at the end of one: vLLM's scheduler waits for steps twice.
        const double toStep = p.residual + m_queuedSteps * p.itl;
        p.arrivedTtft = 2 * p.busy * toStep + p.step;
    }
    p.e2e = p.ttft + (m_output - 1) * p.tokenTime();
}

OperatingPoint SteadyState::at(double batch, double others, bool cold) const
{
    OperatingPoint p;
    p.batch = std::max(batch, 0.0);
    p.tokensPerStep = m_model.tokensPerStep();
    const bool repeats = m_caching && m_prefix.uniquePrompts > 0;
    p.missShare = !repeats || cold ? 1 : evictionProbability(p.batch);
    if (m_tiers.any() && repeats && !cold)
        p.tierShare = std::max(0.0, softStep(touched(p.batch) / m_poolTokens) - p.missShare);
    // A running request sees itself and the others; of Poisson arrivals it meets the mean number.
    const double sequences = std::min(p.batch * others + 1, std::max(1.0, m_batchLimit));
    addPrompts(p, sequences, others);
    if (others >= 1)
        addFollowers(p);
    addFirstToken(p, others);
    addTiers(p);
    return p;
}

void SteadyState::addSensitivity(OperatingPoint& p, bool cold) const
{
    // Over the half deviation by which the batch varies, to both sides: the step time has kinks (padding, experts), and a slope
    // taken at a point would jump there, so that a percentile could fall while the load grows.
    const double half = 0.5 * std::sqrt(std::max(p.batch, 0.25));
    const double low = std::max(0.0, p.batch - half);
    const double high = p.batch + half;
    const double rise = at(high, 1, cold).itl - at(low, 1, cold).itl;
    p.sensitivity = std::clamp(rise / p.itl * std::max(p.batch, 1e-9) / (high - low), 0.0, 0.95);
}

double SteadyState::boundedWait(double stationary, double limitRate) const
{
    return llmd::boundedWait(stationary, limitRate, m_arrivalVariation + m_outputVariation,
                             m_horizon);
}

void SteadyState::addSeatWait(OperatingPoint& p, double offeredRate, double limitRate) const
{
    // The batch varies as in an infinite-server queue, amplified because a fuller batch is slower. In M/M/c this is
    // Halfin and Whitt's slack (1 - rho) sqrt(c / rho).
    const double swing = std::max(0.05, m_arrivalVariation)
        / (1 - std::min(0.9, m_coefficients.batchFeedback * p.sensitivity));
    const double slack = (m_batchLimit - p.batch) / std::sqrt(std::max(p.batch, 1e-9) * swing);
    p.waitProbability = waitingProbability(slack);
    // While all seats are taken requests leave at the limit's rate; Allen and Cunneen's factor for arrivals and lengths
    // that are not exponential.
    const double variability = (m_arrivalVariation + m_outputVariation) / 2;
    const double spare = std::max(limitRate - offeredRate, 1e-9 * limitRate);
    p.seatWait = boundedWait(p.waitProbability / spare * variability, limitRate);
    p.ttft += p.seatWait;
    p.e2e += p.seatWait;
}

/**
 * With more adapters than slots a request waits for its own while all slots are taken. An adapter keeps its slot as long as anybody
 * uses it: the busy period of a queue with infinitely many servers, (exp(load) - 1) / rate of its requests (Takács). The slots get
 * free one after another, for those that wanted one before; at most until all others had their turn, half of that on average.
 */
void SteadyState::addAdapterWait(OperatingPoint& p) const
{
    if (!m_lora || m_lora->adapters <= m_lora->slotCount || !(p.rate > 0))
        return;
    const double adapters = m_lora->adapters;
    const double slots = m_lora->slotCount;
    const double each = p.rate / adapters;
    const double load = each * (p.e2e - p.seatWait);
    const double used = -std::expm1(-load); // probability that somebody wants an adapter
    const double mean = adapters * used;
    const double spread = std::sqrt(std::max(1e-9, mean * (1 - used)));
    const double bound = (slots - 0.5 - mean) / spread;
    const double full = 0.5 * std::erfc(bound / std::numbers::sqrt2);
    if (!(full > 1e-6))
        return;
    const double density = std::exp(-bound * bound / 2) / std::sqrt(2 * std::numbers::pi);
    const double ahead = std::max(0.0, spread * density / full - bound * spread - 0.5);
    const double kept = std::min(std::expm1(std::min(load, 50.0)) / each, m_horizon);
    const double turn = std::min(kept / slots * (1 + ahead), kept * (adapters / slots - 1) / 2);
    const double waiting = full * (1 - slots / adapters);
    const double wait = waiting * std::min(turn, m_horizon);
    p.seatWait += wait;
    p.waitProbability = std::max(p.waitProbability, waiting);
    p.ttft += wait;
    p.e2e += wait;
}

OperatingPoint SteadyState::openLoop(double rate, bool cold) const
{
    if (!(rate > 0))
        return at(0, 1, cold);
    // Both ends are the same for every rate of a warm server, which is what a search asks for again and again.
    OperatingPoint limit = cold ? at(m_batchLimit, 1, cold) : m_warmLimit;
    if (rate >= limit.rate) {
        limit.saturated = true;
        limit.waitProbability = 1;
        limit.seatWait = boundedWait(std::numeric_limits<double>::max(), limit.rate);
        limit.ttft += limit.seatWait;
        limit.e2e += limit.seatWait;
        addSensitivity(limit, cold);
        return limit;
    }
    const auto excess = [&](double batch) {
        return batch - rate * m_decodeSteps * at(batch, 1, cold).itl;
    };
    const double atLimit = m_batchLimit - rate * m_decodeSteps * limit.itl;
    const double atIdle = cold ? excess(0) : -rate * m_decodeSteps * m_warmIdle.itl;
    const double batch = increasingRoot(excess, 0, m_batchLimit, atIdle, atLimit);
    OperatingPoint p = at(batch, 1, cold);
    addSensitivity(p, cold);
    addSeatWait(p, rate, limit.rate);
    addAdapterWait(p);
    return p;
}

void SteadyState::addFirstBurst(OperatingPoint& p, double count) const
{
    if (m_rounds < 1 || p.missShare <= 0)
        return;
    // All requests of the first round arrive at once, and their prompts are computed one budget after another.
    const double perPrompt =
        p.stepsPerPrompt * p.missStep / m_stages / std::max(1.0, p.missPrompts);
    const double burst = p.missShare * (count - 1) / 2 * perPrompt;
    const double excess = std::max(0.0, burst - p.backlog) / m_rounds;
    p.ttft += excess;
    p.e2e += excess;
}

OperatingPoint SteadyState::closedLoop(double concurrency) const
{
    const double count = std::max(concurrency, 1e-6);
    const double top = std::min(m_batchLimit, count);
    // Of those that run: the ones that wait outside hold nobody up.
    const double others = std::max(0.0, 1 - 1 / std::max(top, 1.0));
    const auto excess = [&](const OperatingPoint& p) { return p.rate * p.e2e - count; };
    OperatingPoint p = at(top, others, false);
    if (excess(p) <= 0) {
        // All seats are taken; the rest of the requests wait outside (Little's law).
        p.seatWait = std::max(0.0, count / p.rate - p.e2e);
        p.waitProbability = p.seatWait > 0 ? 1 : 0;
        p.ttft += p.seatWait;
        p.e2e += p.seatWait;
        return p;
    }
    const auto f = [&](double batch) { return excess(at(batch, others, false)); };
    p = at(increasingRoot(f, 0, top, -count, excess(p)), others, false);
    addFirstBurst(p, count);
    addAdapterWait(p);
    return p;
}

} // namespace llmd
