// SPDX-License-Identifier: Apache-2.0
#include "unitsearch.h"

#include "gpusupport.h"

#include <core/candidate/draft.h>
#include <core/candidate/enginedefaults.h>
#include <core/memory/memoryledger.h>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace llmd {

namespace {

constexpr double defaultPercentile = 95;
/**
 * A limit on running sequences changes nothing unless it is reached. The number that runs swings around its mean by about
 * its square root; six times that is never met.
 */
double mostRunning(double mean)
{
    return mean + 6 * std::sqrt(mean) + 4;
}
/** Share of the KV cache below which its size plays no role. */
constexpr double roomyPool = 0.5;
/** Settings whose latencies differ by less are equal: far below what any engine can tell apart. */
constexpr double equalLatency = 1.005;

double monthly(DollarsPerSecond price, int gpus)
{
    return inDollarsPerMonth(price * gpus);
}

/** Rates of the whole deployment from those of one replica; latencies and per-replica figures stay. */
Estimate ofDeployment(Estimate estimate, int replicas)
{
    estimate.requestRate *= replicas;
    estimate.outputThroughput *= replicas;
    estimate.totalThroughput *= replicas;
    return estimate;
}

Constraint unreachable(LatencyMetric metric)
{
    switch (metric) {
    case LatencyMetric::Ttft:
        return Constraint::TtftUnreachable;
    case LatencyMetric::Itl:
        return Constraint::ItlUnreachable;
    case LatencyMetric::E2e:
        break;
    }
    return Constraint::E2eUnreachable;
}

/** Distance in doublings; larger values before smaller ones at the same distance. */
double distance(int value, int wanted)
{
    const double doublings = std::log2(static_cast<double>(value) / wanted);
    return doublings >= 0 ? doublings : -doublings + 0.5;
}

/** What else than the batch limits differs in the better settings. */
std::string otherSettings(const EngineSettings& engine, const EngineSettings& better)
{
    std::string text;
    if (engine.gpuMemoryUtilization != better.gpuMemoryUtilization)
        text += fmt::format(", gpu_memory_utilization {}", better.gpuMemoryUtilization);
    if (engine.blockSize != better.blockSize)
        text += fmt::format(", block size {}", better.blockSize);
    if (engine.prefixCaching != better.prefixCaching)
        text += better.prefixCaching ? ", prefix caching" : ", no prefix caching";
    if (engine.offload != better.offload)
        text += better.offload.any() ? ", another KV cache outside the GPU"
                                     : ", no KV cache outside the GPU";
    return text;
}

} // namespace

void UnitResult::refuse(Constraint constraint, std::uint64_t count, Miss miss)
{
    const auto index = static_cast<std::size_t>(constraint);
    counts[index] += count;
    if (count > 0 && (!misses[index] || miss.relative < misses[index]->relative))
        misses[index] = std::move(miss);
}

UnitSearch::UnitSearch(const SearchInput& input, const SearchUnit& unit)
    : m_input(input)
    , m_unit(unit)
{
    m_plain.model = unit.model;
    m_plain.gpu = unit.offer->gpu;
    m_defaults = defaultEngineSettings(*unit.model, *m_plain.gpu, input.profile, input.version);
    m_plain.engine = m_defaults;
    m_plain.engine.maxModelLen = input.need.contextTokens;
    m_plain.engine.lora = input.space.lora;
    m_plain.engine.maxNumSeqs = input.space.maxNumSeqs.front();
    m_plain.engine.maxNumBatchedTokens = input.space.maxNumBatchedTokens.front();
}

UnitResult UnitSearch::run()
{
    if (refusedAsAWhole())
        return std::move(m_result);
    for (const Parallelism& shape : m_input.spelled.shapes()) {
        if (m_input.context.cancelled())
            m_result.cancelled = true;
        if (m_result.cancelled)
            return std::move(m_result);
        searchLayout(shape);
    }
    return std::move(m_result);
}

void UnitSearch::refuse(Constraint constraint, const Candidate& candidate, std::uint64_t count,
                        double found, double limit)
{
    m_result.refuse(constraint, count, { found / limit - 1, candidate, found, limit, {} });
}

void UnitSearch::refuseWithNote(Constraint constraint, const Candidate& candidate,
                                std::uint64_t count, std::string note)
{
    m_result.refuse(constraint, count, { 0, candidate, 0, 0, std::move(note) });
}

void UnitSearch::failed(const Candidate& candidate, const Error& error)
{
    if (error.code == ErrorCode::Cancelled)
        m_result.cancelled = true;
    else
        refuseWithNote(Constraint::EngineRefused, candidate, 1, error.detail);
}

void UnitSearch::refuseLatency(const Contender& contender, const Estimate& estimate)
{
    const LatencyMetric worst = targetRatios(estimate, m_input.need.slo).worst();
    const LatencyTarget target =
        tighterTarget(estimate, m_input.need.slo, worst).value_or(LatencyTarget {});
    const double found = latencyOf(estimate, worst).at(target.percentile).value();
    refuse(unreachable(worst), contender.candidate, 1, found, target.limit.value());
    judge(contender, estimate, { unreachable(worst), found, target.limit.value() });
}

/** What stops every layout and setting. */
std::optional<std::pair<Constraint, Miss>> UnitSearch::obstacle() const
{
    const auto because = [&](Constraint constraint, std::string note) {
        return std::pair { constraint, Miss { 0, m_plain, 0, 0, std::move(note) } };
    };
    if (std::string reason = gpuObstacle(*m_plain.model, *m_plain.gpu); !reason.empty())
        return because(Constraint::GpuUnsupported, std::move(reason));
    // Completing code is what base checkpoints are good at; everything else wants a tuned model.
    if (m_plain.model->baseCheckpoint && m_input.requirements.models.empty()
        && m_input.requirements.useCase != "code_completion")
        return because(Constraint::NotInstructionTuned, {});
    const double needed = m_plain.engine.maxModelLen;
    const double longest = m_plain.model->architecture.maxPositions;
    if (longest > 0 && needed > longest)
        return std::pair { Constraint::ContextTooLong,
                           Miss { needed / longest - 1, m_plain, needed, longest, {} } };
    if (!m_unit.offer->price)
        return because(Constraint::NoPrice, {});
    return std::nullopt;
}

bool UnitSearch::isRefusedAsAWhole() const
{
    return obstacle().has_value();
}

bool UnitSearch::refusedAsAWhole()
{
    auto reason = obstacle();
    if (!reason)
        return false;
    const std::uint64_t all =
        m_input.spelled.shapes().size() * m_input.spelled.settings().size() * combinations();
    m_result.refuse(reason->first, all, std::move(reason->second));
    return true;
}

std::uint64_t UnitSearch::combinations() const
{
    return m_input.space.maxNumSeqs.size() * m_input.space.maxNumBatchedTokens.size();
}

/** Refusals that hold for every setting of a layout. */
bool UnitSearch::layoutRefused(const Candidate& candidate)
{
    const Parallelism& shape = candidate.topology.pool.parallelism;
    const GpuOffer& offer = *m_unit.offer;
    const std::uint64_t all = combinations() * m_input.spelled.settings().size();
    if (std::string obstacle = shapeObstacle(m_plain.model->architecture, offer, shape);
        !obstacle.empty()) {
        refuseWithNote(Constraint::ParallelismIllegal, candidate, all, std::move(obstacle));
        return true;
    }
    const int least = m_input.requirements.minReplicas;
    const int most = offer.largestReplicas(shape, m_input.requirements.maxGpus);
    if (most < least) {
        m_result.refuse(Constraint::ReplicasBeyondLimit, all, countMiss(candidate, least));
        return true;
    }
    const double cheapest = monthly(*offer.price, least * shape.gpus());
    if (m_input.requirements.budgetPerMonth && cheapest > *m_input.requirements.budgetPerMonth) {
        refuse(Constraint::BudgetExceeded, candidate, all, cheapest,
               *m_input.requirements.budgetPerMonth);
        return true;
    }
    return false;
}

/** Refusals that hold for every max_num_seqs and max_num_batched_tokens. */
bool UnitSearch::variantRefused(const Candidate& smallest)
{
    if (m_hasFeatures) {
        Candidate roomy = smallest;
        roomy.engine.maxNumBatchedTokens = m_input.space.maxNumBatchedTokens.back();
        if (std::string obstacle = featureObstacle(roomy); !obstacle.empty()) {
            refuseWithNote(Constraint::EngineRefused, smallest, combinations(),
                           std::move(obstacle));
            return true;
        }
    }
    // Memory needs only grow with both settings, so what fails at the smallest fails at all.
    return !poolTokens(smallest, combinations());
}

/** Tokens that the KV cache holds; nothing, and refusals, if the model does not fit. */
std::optional<double> UnitSearch::poolTokens(const Candidate& candidate, std::uint64_t count)
{
    const MemoryLedger ledger = memoryFigures(candidate, m_input.profile);
    if (ledger.fits)
        return ledger.kvCacheTokens;
    const double missing = std::max(ledger.shortfall.value(), 0.0);
    m_result.refuse(
        Constraint::MemoryTooSmall, count,
        { missing / ledger.usable.value(), candidate, missing, ledger.usable.value(), {} });
    return std::nullopt;
}

/** All settings like these, those nearest to the engine's own defaults first: ties go to what needs no flag. */
std::vector<Candidate> UnitSearch::settings(const Candidate& like) const
{
    const auto ordered = [](std::vector<int> values, int wanted) {
        std::stable_sort(values.begin(), values.end(),
                         [&](int a, int b) { return distance(a, wanted) < distance(b, wanted); });
        return values;
    };
    std::vector<Candidate> all;
    all.reserve(combinations());
    for (const int sequences :
         ordered(m_input.space.maxNumSeqs, std::max(m_defaults.maxNumSeqs, 1))) {
        for (const int tokens : ordered(m_input.space.maxNumBatchedTokens,
                                        std::max(m_defaults.maxNumBatchedTokens, 1))) {
            all.push_back(like);
            all.back().engine.maxNumSeqs = sequences;
            all.back().engine.maxNumBatchedTokens = tokens;
        }
    }
    return all;
}

void UnitSearch::searchLayout(const Parallelism& shape)
{
    Candidate smallest = m_plain;
    smallest.topology.pool.parallelism = shape;
    if (layoutRefused(smallest))
        return;
    const std::vector<SettingsVariant>& variants = m_input.spelled.settings();
    std::vector<Contender> kept;
    for (std::size_t i = 0; i < variants.size(); ++i) {
        if (i == 0 || !variants[i].comparable(variants[i - 1])) {
            dropDominated(kept);
            finish(kept);
            kept.clear();
            m_dominated = 0;
            m_order = 0;
        }
        searchVariant(shape, variants[i], kept);
    }
    dropDominated(kept);
    finish(kept);
}

/** Settings that differ in max_num_seqs and max_num_batched_tokens, beside what is kept of others that they compare with. */
void UnitSearch::searchVariant(const Parallelism& shape, const SettingsVariant& variant,
                               std::vector<Contender>& kept)
{
    Candidate smallest = m_plain;
    smallest.topology.pool.parallelism = shape;
    variant.applyTo(smallest.engine);
    m_judged.clear();
    m_unloaded.reset();
    m_hasFeatures = variant.speculative || variant.offload.any() || smallest.engine.lora;
    if (m_result.cancelled || variantRefused(smallest))
        return;
    for (const Candidate& candidate : settings(smallest)) {
        if (m_result.cancelled)
            break;
        std::string obstacle;
        if (candidate.engine.maxNumBatchedTokens < candidate.engine.maxNumSeqs)
            obstacle = "max_num_batched_tokens must not be below max_num_seqs";
        else if (m_hasFeatures)
            obstacle = featureObstacle(candidate);
        if (!obstacle.empty()) {
            refuseWithNote(Constraint::EngineRefused, candidate, 1, std::move(obstacle));
            continue;
        }
        const std::optional<double> pool = poolTokens(candidate, 1);
        if (!pool)
            continue;
        if (const Judged* alike = judgedAlike(candidate, *pool)) {
            const Verdict& verdict = alike->verdict;
            if (verdict.constraint == Constraint::Dominated)
                refuseDominated(candidate, alike->engine);
            else
                refuse(verdict.constraint, candidate, 1, verdict.found, verdict.limit);
            continue;
        }
        if (!kept.empty() && seatsLimit(candidate, kept.front()))
            remove(candidate, *pool, m_order++, kept.front());
        else
            contend(candidate, *pool, kept);
    }
}

/**
 * Little's law: sequences that run at the same time over the time that one takes alone is more than can be served. Where
 * that is not above the best capacity, the candidate neither carries more nor is faster at that load: it is saturated. A
 * smaller token budget does not make a request faster that is alone.
 */
bool UnitSearch::seatsLimit(const Candidate& candidate, const Contender& best) const
{
    return m_unloaded && best.beyond
        && candidate.engine.maxNumBatchedTokens <= m_unloaded->maxNumBatchedTokens
        && candidate.engine.maxNumSeqs <= m_unloaded->e2e * rategrid::rate(best.step + 1).value();
}

/** Settings whose verdict holds for the candidate too, because neither comes near its limits at that load. */
const UnitSearch::Judged* UnitSearch::judgedAlike(const Candidate& candidate, double pool) const
{
    const auto found = std::find_if(m_judged.begin(), m_judged.end(), [&](const Judged& judged) {
        return judged.engine.maxNumBatchedTokens == candidate.engine.maxNumBatchedTokens
            && mostRunning(judged.running)
            <= std::min(judged.engine.maxNumSeqs, candidate.engine.maxNumSeqs)
            && judged.poolUsed <= roomyPool * std::min(judged.poolTokens, pool);
    });
    return found == m_judged.end() ? nullptr : &*found;
}

void UnitSearch::judge(const Contender& contender, const Estimate& estimate, const Verdict& verdict)
{
    if (estimate.saturated)
        return;
    m_judged.push_back({ contender.candidate.engine, contender.poolTokens,
                         estimate.runningPerReplica + estimate.waitingPerReplica,
                         estimate.kvUtilization * contender.poolTokens, verdict });
}

Result<UnitSearch::Contender> UnitSearch::contender(const Candidate& candidate, double pool,
                                                    std::size_t order) const
{
    auto predictor = m_input.engine.predictor(candidate, m_input.need.peakLoad);
    if (!predictor)
        return tl::unexpected(predictor.error());
    return Contender { candidate, std::move(*predictor), pool, order };
}

void UnitSearch::remove(const Candidate& candidate, double pool, std::size_t order,
                        const Contender& better)
{
    m_removed.push_back({ candidate, pool, order, better.order, better.candidate.engine });
}

void UnitSearch::contend(const Candidate& candidate, double pool, std::vector<Contender>& kept)
{
    auto made = contender(candidate, pool, m_order++);
    if (!made)
        return failed(candidate, made.error());
    Result<bool> wanted = kept.empty() ? contendFirst(*made) : contendAgainst(kept.front(), *made);
    keep(std::move(*made), std::move(wanted), kept);
}

/** Largest capacity first; among equals the earlier one. */
void UnitSearch::keep(Contender contender, Result<bool> wanted, std::vector<Contender>& kept)
{
    if (wanted && *wanted) {
        if (const auto sized = size(contender); !sized)
            wanted = tl::unexpected(sized.error());
    }
    if (!wanted)
        return failed(contender.candidate, wanted.error());
    if (!*wanted)
        return;
    const auto place = std::find_if(kept.begin(), kept.end(), [&](const Contender& other) {
        return other.step < contender.step
            || (other.step == contender.step && other.order > contender.order);
    });
    kept.insert(place, std::move(contender));
}

/** Capacity of the first settings of a layout that are not refused. */
Result<bool> UnitSearch::contendFirst(Contender& contender)
{
    auto light = point(contender).probe(rategrid::lightest);
    if (!light)
        return tl::unexpected(light.error());
    if (light->slack < 1) {
        refuseLatency(contender, *light->estimate);
        return false;
    }
    m_unloaded = Unloaded { contender.candidate.engine.maxNumBatchedTokens,
                            std::max(light->estimate->e2e.mean.value(), 1e-6) };
    return settle(contender, std::move(*light));
}

/**
 * The capacity of settings that meet the targets when idle. Always on the same way: where a percentile dips while the load
 * grows (a kink of the step time moves it by some percent) there are two ends, and which one is found must not depend on what was
 * compared before.
 */
Result<bool> UnitSearch::settle(Contender& contender, CapacitySearch::Probe light)
{
    // Little's law, see seatsLimit.
    const double alone = std::max(light.estimate->e2e.mean.value(), 1e-6);
    const double mostPerSecond = contender.candidate.engine.maxNumSeqs / alone;
    const int guess = rategrid::stepBelow(RequestsPerSecond(mostPerSecond)) + 1;
    auto found = point(contender).closeIn(std::move(light), { guess, 0, false, {} });
    if (!found)
        return tl::unexpected(found.error());
    contender.step = found->good.step;
    contender.beyond = std::move(found->bad.estimate);
    if (contender.beyond)
        judge(contender, *contender.beyond, {});
    return true;
}

/**
 * Whether settings are worth keeping beside the best so far. One prediction just above the capacity of the best shows
 * whether they carry more, and nearly always that they are not faster either; only the rest is searched in full.
 */
Result<bool> UnitSearch::contendAgainst(const Contender& best, Contender& contender)
{
    const CapacitySearch capacity = point(contender);
    CapacitySearch::Probe end { best.step + 1, 0, false, {} };
    if (best.beyond) {
        auto tried = capacity.probe(best.step + 1);
        if (!tried)
            return tl::unexpected(tried.error());
        if (tried->slack >= 1)
            return settleIfIdleMeets(contender, {});
        // The end of the range, where settings differ most, shows it for nearly all.
        if (tried->estimate->saturated || notSlower(*best.beyond, *tried->estimate)) {
            remove(contender.candidate, contender.poolTokens, contender.order, best);
            judge(contender, *tried->estimate, {});
            return false;
        }
        end = std::move(*tried);
    }
    const Result<Estimate> same = capacity.at(m_input.peakRate() / best.replicas);
    if (!same)
        return tl::unexpected(same.error());
    if (same->saturated || notSlower(best.atPeak, *same)) {
        remove(contender.candidate, contender.poolTokens, contender.order, best);
        if (end.estimate)
            judge(contender, *end.estimate, {});
        return false;
    }
    return settleIfIdleMeets(contender, best.order);
}

Result<bool> UnitSearch::settleIfIdleMeets(Contender& contender, std::optional<std::size_t> faster)
{
    auto light = point(contender).probe(rategrid::lightest);
    if (!light)
        return tl::unexpected(light.error());
    if (light->slack < 1) {
        refuseLatency(contender, *light->estimate);
        return false;
    }
    if (faster)
        contender.faster = *faster;
    return settle(contender, std::move(*light));
}

/** Replicas for the peak with head-room, and how one of them does then. */
Result<void> UnitSearch::size(Contender& contender) const
{
    const RequestsPerSecond usable =
        rategrid::rate(contender.step) * (1 - m_input.requirements.headroom);
    const double needed = std::ceil(m_input.peakRate() / usable - 1e-9);
    constexpr double most = 1e6; // a plan beyond this is refused by any limit
    contender.replicas = static_cast<int>(
        std::clamp(needed, static_cast<double>(m_input.requirements.minReplicas), most));
    const Result<Estimate> peak = point(contender).at(m_input.peakRate() / contender.replicas);
    if (!peak)
        return tl::unexpected(peak.error());
    contender.atPeak = *peak;
    return {};
}

/** `a` is at least as fast as `b` in every latency, at the percentile of its target. */
bool UnitSearch::notSlower(const Estimate& a, const Estimate& b) const
{
    return std::all_of(
        allLatencyMetrics.begin(), allLatencyMetrics.end(), [&](LatencyMetric metric) {
            const auto target = tighterTarget(b, m_input.need.slo, metric);
            const double percentile = target ? target->percentile : defaultPercentile;
            return latencyOf(a, metric).at(percentile)
                <= equalLatency * latencyOf(b, metric).at(percentile);
        });
}

void UnitSearch::refuseDominated(const Candidate& candidate, const EngineSettings& better)
{
    ++m_dominated;
    const auto& nearest = m_result.misses[static_cast<std::size_t>(Constraint::Dominated)];
    refuseWithNote(Constraint::Dominated, candidate, 1,
                   nearest ? std::string()
                           : fmt::format("with max_num_seqs {}, max_num_batched_tokens {}{} it "
                                         "carries at least as much and is not slower",
                                         better.maxNumSeqs, better.maxNumBatchedTokens,
                                         otherSettings(candidate.engine, better)));
}

/**
 * Whether settings that carry at least as much are not slower: one step above their capacity, at their share of the peak, or at the
 * other's share of it. What is overloaded there is slower.
 */
bool UnitSearch::dominates(const Contender& better, const Contender& contender) const
{
    const CapacitySearch other = point(contender);
    const bool equalLoad = better.replicas == contender.replicas;
    if (equalLoad && notSlower(better.atPeak, contender.atPeak))
        return true;
    const bool known = contender.faster == better.order;
    if (better.beyond && !known) {
        const bool equalCapacity = better.step == contender.step && contender.beyond;
        const Result<Estimate> above = equalCapacity ? Result<Estimate>(*contender.beyond)
                                                     : other.at(rategrid::rate(better.step + 1));
        if (above && (above->saturated || notSlower(*better.beyond, *above)))
            return true;
    }
    if (equalLoad)
        return false;
    if (!known) {
        const Result<Estimate> shared = other.at(m_input.peakRate() / better.replicas);
        if (shared && (shared->saturated || notSlower(better.atPeak, *shared)))
            return true;
    }
    const Result<Estimate> same = point(better).at(m_input.peakRate() / contender.replicas);
    return same && notSlower(*same, contender.atPeak);
}

/**
 * Takes those out that one which stays dominates, by falling capacity. Settings were removed before for the sake of what was the best
 * then: where that does not stay, they are looked at again, so that the outcome is the one of comparing all with all.
 */
void UnitSearch::dropDominated(std::vector<Contender>& kept)
{
    constexpr std::size_t nobody = std::numeric_limits<std::size_t>::max();
    std::vector<std::size_t> by;
    do {
        by.assign(kept.size(), nobody);
        for (std::size_t i = 1; i < kept.size(); ++i) {
            for (std::size_t j = 0; j < i && by[i] == nobody; ++j) {
                if (by[j] == nobody && dominates(kept[j], kept[i]))
                    by[i] = j;
            }
        }
    } while (!m_result.cancelled && restoreOrphans(kept, by));
    for (const Removed& removed : m_removed)
        refuseDominated(removed.candidate, removed.better);
    m_removed.clear();
    std::vector<Contender> staying;
    for (std::size_t i = 0; i < kept.size(); ++i) {
        if (by[i] == nobody)
            staying.push_back(std::move(kept[i]));
        else
            refuseDominated(kept[i].candidate, kept[by[i]].candidate.engine);
    }
    kept = std::move(staying);
}

/** Puts those back that were removed for one which does not stay; whether there were any. */
bool UnitSearch::restoreOrphans(std::vector<Contender>& kept,
                                const std::vector<std::size_t>& dominatedBy)
{
    const auto isOrphan = [&](const Removed& removed) {
        for (std::size_t i = 0; i < kept.size(); ++i) {
            if (kept[i].order == removed.by)
                return dominatedBy[i] < kept.size();
        }
        return true;
    };
    const auto orphans = std::stable_partition(
        m_removed.begin(), m_removed.end(), [&](const Removed& each) { return !isOrphan(each); });
    std::vector<Removed> again(orphans, m_removed.end());
    m_removed.erase(orphans, m_removed.end());
    for (const Removed& removed : again) {
        auto made = contender(removed.candidate, removed.poolTokens, removed.order);
        if (!made) {
            failed(removed.candidate, made.error());
            continue;
        }
        Result<bool> wanted = contendFirst(*made);
        keep(std::move(*made), std::move(wanted), kept);
    }
    return !again.empty();
}

bool UnitSearch::withinLimits(const Contender& contender, Constraint& broken, Miss& miss) const
{
    const Parallelism& shape = contender.candidate.topology.pool.parallelism;
    const GpuOffer& offer = *m_unit.offer;
    miss.candidate = contender.candidate;
    miss.candidate.topology.pool.replicas = contender.replicas;
    if (contender.replicas > offer.largestReplicas(shape, m_input.requirements.maxGpus)) {
        broken = Constraint::ReplicasBeyondLimit;
        miss = countMiss(miss.candidate, contender.replicas);
        return false;
    }
    broken = Constraint::BudgetExceeded;
    miss.found = monthly(*offer.price, contender.replicas * shape.gpus());
    miss.limit = m_input.requirements.budgetPerMonth.value_or(miss.found);
    miss.relative = miss.limit > 0 ? miss.found / miss.limit - 1 : 0;
    return miss.found <= miss.limit;
}

/** Too many GPUs for the limits, or for whole tensor parallel groups in the servers of the inventory. */
Miss UnitSearch::countMiss(const Candidate& candidate, int replicas) const
{
    const Parallelism& shape = candidate.topology.pool.parallelism;
    const GpuOffer& offer = *m_unit.offer;
    Miss miss;
    miss.candidate = candidate;
    miss.candidate.topology.pool.replicas = replicas;
    miss.found = static_cast<double>(replicas) * shape.gpus();
    miss.limit = offer.allowed(m_input.requirements.maxGpus);
    if (miss.limit >= miss.found) {
        const int most = offer.largestReplicas(shape, m_input.requirements.maxGpus);
        miss.limit = static_cast<double>(std::max(most, 0)) * shape.gpus();
        miss.note =
            fmt::format(" in groups of {} within servers of {}", shape.tensor, offer.perNode);
    }
    miss.relative = miss.limit > 0 ? miss.found / miss.limit - 1 : miss.found;
    return miss;
}

/** Checks the sized contenders against the limits and turns the rest into options. */
void UnitSearch::finish(std::vector<Contender>& kept)
{
    const std::size_t before = m_result.options.size();
    std::optional<Constraint> firstBroken;
    for (const Contender& contender : kept) {
        Constraint broken {};
        Miss miss;
        if (!withinLimits(contender, broken, miss)) {
            m_result.refuse(broken, 1, std::move(miss));
            firstBroken = firstBroken.value_or(broken);
            continue;
        }
        if (!targetRatios(contender.atPeak, m_input.need.slo).met()) {
            // Only an engine whose latencies do not grow with the load comes here.
            refuseLatency(contender, contender.atPeak);
            continue;
        }
        auto made = option(contender);
        if (made)
            m_result.options.push_back(std::move(*made));
        else
            failed(contender.candidate, made.error());
    }
    if (m_result.options.size() == before && firstBroken && m_dominated > 0) {
        // What carries no more than settings that need too many replicas needs too many as well.
        m_result.counts[static_cast<std::size_t>(Constraint::Dominated)] -= m_dominated;
        m_result.counts[static_cast<std::size_t>(*firstBroken)] += m_dominated;
    }
}

Result<Option> UnitSearch::option(const Contender& contender) const
{
    const CapacitySearch operating = point(contender);
    const RequestsPerSecond capacity = rategrid::rate(contender.step);
    const auto mean = operating.at(m_input.meanRate() / contender.replicas);
    if (!mean)
        return tl::unexpected(mean.error());
    const auto full = operating.at(capacity * (1 - m_input.requirements.headroom));
    if (!full)
        return tl::unexpected(full.error());
    Option option;
    option.candidate = contender.candidate;
    option.candidate.topology.pool.replicas = contender.replicas;
    option.id = optionId(m_unit.idPrefix, option.candidate, m_defaults);
    option.totalGpus = option.candidate.topology.gpus();
    option.cost = *m_unit.offer->price * option.totalGpus;
    option.capacityPerReplica = capacity;
    option.atPeak = ofDeployment(contender.atPeak, contender.replicas);
    option.atMean = ofDeployment(*mean, contender.replicas);
    option.maxConcurrency = full->runningPerReplica;
    return option;
}

} // namespace llmd
