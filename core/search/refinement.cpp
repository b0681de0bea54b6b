// SPDX-License-Identifier: Apache-2.0
#include "refinement.h"

#include "operatingpoint.h"
#include "space.h"
#include "wording.h"

#include <core/base/parallel.h>
#include <core/base/text.h>

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>

namespace llmd {

namespace {

using Clock = std::chrono::steady_clock;

std::string counted(int replicas)
{
    return fmt::format("{} {}", replicas, replicas == 1 ? "replica" : "replicas");
}

/** One option under another engine. */
class OptionRefiner
{
public:
    OptionRefiner(const SearchReport& report, const Requirements& requirements,
                  const Option& original, RunContext& context)
        : m_report(report)
        , m_requirements(requirements)
        , m_original(original)
        , m_context(context)
    { }

    /** Fails where the engine does. */
    Result<RefinedOption> run(const Engine& engine);

private:
    struct Trial
    {
        bool met = false;
        TargetRatios ratios;
    };

    [[nodiscard]] Result<Trial> withHeadroomUsed(int replicas);
    [[nodiscard]] Result<int> fewestReplicas();
    [[nodiscard]] std::string brokenLimit(int replicas) const;
    [[nodiscard]] std::string missedTarget() const;
    [[nodiscard]] std::string difference(const Option& now) const;
    [[nodiscard]] RequestsPerSecond peak() const { return m_report.need.peakLoad.load.rate; }

    const SearchReport& m_report;
    const Requirements& m_requirements;
    const Option& m_original;
    RunContext& m_context;
    std::unique_ptr<Predictor> m_predictor;
    std::map<int, Trial> m_trials; ///< by replicas
};

Result<OptionRefiner::Trial> OptionRefiner::withHeadroomUsed(int replicas)
{
    if (const auto known = m_trials.find(replicas); known != m_trials.end())
        return known->second;
    const RequestsPerSecond rate = peak() / (replicas * (1 - m_requirements.headroom));
    return m_predictor->at(Load::open(rate), m_context).map([&](const Estimate& estimate) {
        Trial trial;
        trial.ratios = targetRatios(estimate, m_report.need.slo);
        trial.met = trial.ratios.met();
        return m_trials[replicas] = trial;
    });
}

/** 0 if half as many again and two more do not meet the targets. Latencies are taken to fall with more replicas. */
Result<int> OptionRefiner::fewestReplicas()
{
    const Topology& topology = m_original.candidate.topology;
    if (topology.disaggregation) // one whole: its pools are matched to each other
        return withHeadroomUsed(1).map([](const Trial& trial) { return trial.met ? 1 : 0; });
    const int start = topology.pool.replicas;
    const int least = std::max(1, m_requirements.minReplicas);
    const int most = start + start / 2 + 2; // beyond that another option is better anyway
    int good = 0;
    int bad = least - 1;
    int next = start;
    for (int stride = 1; good == 0 || good - bad > 1;) {
        const auto trial = withHeadroomUsed(next);
        if (!trial)
            return tl::unexpected(trial.error());
        (trial->met ? good : bad) = next;
        if (good == 0) {
            if (bad >= most)
                return 0;
            next = std::min(most, bad + stride);
            stride *= 2;
        } else if (bad < least) {
            next = std::max(least, good - stride);
            stride *= 2;
        } else {
            next = bad + (good - bad) / 2;
        }
    }
    return good;
}

std::string OptionRefiner::brokenLimit(int replicas) const
{
    if (m_original.candidate.topology.disaggregation)
        return {}; // as the search found it
    const Parallelism& shape = m_original.candidate.topology.pool.parallelism;
    const Gpu* gpu = m_original.candidate.gpu;
    GpuOffer offer { gpu, {}, gpu->gpusPerNode, {} };
    for (const InventoryItem& item : m_requirements.inventory) {
        if (m_report.catalog->findGpu(item.gpu) != gpu)
            continue;
        offer.available = item.count;
        offer.perNode = item.perNode > 0 ? item.perNode : offer.perNode;
    }
    if (offer.largestReplicas(shape, m_requirements.maxGpus) < replicas)
        return fmt::format("it takes {}: more GPUs than there are", counted(replicas));
    const double perMonth =
        inDollarsPerMonth(m_original.cost / m_original.candidate.topology.pool.replicas * replicas);
    if (m_requirements.budgetPerMonth && perMonth > *m_requirements.budgetPerMonth * (1 + 1e-9))
        return fmt::format("it takes {}: {} per month, above the budget", counted(replicas),
                           dollars(perMonth));
    return {};
}

/** Of the trial with the most replicas, the target that is missed by most. */
std::string OptionRefiner::missedTarget() const
{
    const TargetRatios& ratios = m_trials.rbegin()->second.ratios;
    if (!std::isfinite(ratios.worstRatio()))
        return fmt::format("it saturates even with {}", counted(m_trials.rbegin()->first));
    const LatencyMetric worst = ratios.worst();
    const auto& target = targetOf(m_report.need.slo, worst);
    return fmt::format("{} {} is {} even with {}; the target is {}", nameOf(worst),
                       percentileName(target->percentile),
                       forPeople(target->limit * ratios.worstRatio()),
                       counted(m_trials.rbegin()->first), forPeople(target->limit));
}

std::string OptionRefiner::difference(const Option& now) const
{
    std::vector<std::string> parts;
    const int before = m_original.candidate.topology.pool.replicas;
    const int after = now.candidate.topology.pool.replicas;
    parts.push_back(after == before
                        ? counted(after) + " as before"
                        : fmt::format("{} instead of {} ({} instead of {} per month)",
                                      counted(after), before, dollars(inDollarsPerMonth(now.cost)),
                                      dollars(inDollarsPerMonth(m_original.cost))));
    for (const LatencyMetric metric : allLatencyMetrics) {
        const auto& target = targetOf(m_report.need.slo, metric);
        const double percentile = target ? target->percentile : 95;
        const Seconds was = latencyOf(m_original.atPeak, metric).at(percentile);
        const Seconds is = latencyOf(now.atPeak, metric).at(percentile);
        parts.push_back(fmt::format("{} {} {} instead of {} ({:+.0f} %)", nameOf(metric),
                                    percentileName(percentile), forPeople(is), forPeople(was),
                                    (is / was - 1) * 100));
    }
    return join(parts, "; ");
}

Result<RefinedOption> OptionRefiner::run(const Engine& engine)
{
    auto predictor = engine.predictor(m_original.candidate, m_report.need.peakLoad);
    if (!predictor)
        return tl::unexpected(predictor.error());
    m_predictor = std::move(*predictor);
    RefinedOption refined;
    refined.option = m_original;
    const auto replicas = fewestReplicas();
    if (!replicas)
        return tl::unexpected(replicas.error());
    refined.obstacle = *replicas == 0 ? missedTarget() : brokenLimit(*replicas);
    if (!refined.obstacle.empty())
        return refined;
    Option& option = refined.option;
    const int before = option.candidate.topology.independentParts();
    if (!option.candidate.topology.disaggregation)
        option.candidate.topology.pool.replicas = *replicas;
    option.totalGpus = option.candidate.topology.gpus();
    option.cost = option.cost / before * *replicas;
    option.capacityPerReplica = peak() / (*replicas * (1 - m_requirements.headroom));
    const auto deployed = [&](RequestsPerSecond rate) {
        return m_predictor->at(Load::open(rate / *replicas), m_context).map([&](Estimate estimate) {
            scaleToDeployment(estimate, *replicas);
            estimate.provenance.caveats.push_back(
                fmt::format("Refined by the engine {} after a search with {}.",
                            estimate.provenance.engine, m_original.atPeak.provenance.engine));
            return estimate;
        });
    };
    auto atPeak = deployed(peak());
    if (!atPeak)
        return tl::unexpected(atPeak.error());
    auto atMean = deployed(m_report.need.meanLoad.load.rate);
    if (!atMean)
        return tl::unexpected(atMean.error());
    option.atPeak = std::move(*atPeak);
    option.atMean = std::move(*atMean);
    option.maxConcurrency = option.atPeak.runningPerReplica;
    // Where latencies do not grow with the load, a noisy run of a lighter load may still miss.
    if (!targetRatios(option.atPeak, m_report.need.slo).met()) {
        refined.option = m_original;
        refined.obstacle = "it misses a target at the peak though not above it";
        return refined;
    }
    refined.meetsTargets = true;
    refined.difference = difference(option);
    return refined;
}

} // namespace

Result<Refinement> refine(std::shared_ptr<const SearchReport> report,
                          std::span<const std::size_t> options, const Requirements& requirements,
                          const Engine& engine, RunContext& context)
{
    const auto start = Clock::now();
    for (const std::size_t index : options) {
        if (index >= report->options.size())
            return failure(ErrorCode::InvalidArgument,
                           fmt::format("there is no option {} to refine", index));
    }
    std::vector<std::optional<RefinedOption>> results(options.size());
    Refinement refinement;
    refinement.engine = engine.info().id;
    refinement.asked = options.size();
    refinement.cancelled = !parallelFor(
        options.size(), context,
        [&](std::size_t index, unsigned) {
            RunContext own = context;
            own.progress = nullptr;
            own.threads = 1;
            const Option& original = report->options[options[index]];
            auto refined = OptionRefiner(*report, requirements, original, own).run(engine);
            if (!refined && refined.error().code == ErrorCode::Cancelled)
                return;
            if (!refined)
                refined = RefinedOption { 0, original, false, describe(refined.error()), {} };
            refined->original = options[index];
            results[index] = std::move(*refined);
        },
        "refine");
    auto changed = std::make_shared<SearchReport>(*report);
    changed->options.clear();
    for (auto& result : results) {
        if (!result) {
            refinement.cancelled = true;
            continue;
        }
        if (result->meetsTargets)
            changed->options.push_back(result->option);
        refinement.options.push_back(std::move(*result));
    }
    sortOptions(changed->options);
    changed->pareto = paretoFront(changed->options);
    if (changed->options.empty() && !refinement.cancelled)
        changed->infeasibility = fmt::format(
            "None of the {} best configurations meets the targets and limits with the engine {}.",
            refinement.asked, refinement.engine);
    refinement.report = std::move(changed);
    refinement.elapsed = Seconds(std::chrono::duration<double>(Clock::now() - start).count());
    return refinement;
}

} // namespace llmd
