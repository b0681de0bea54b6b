// SPDX-License-Identifier: Apache-2.0
#include "relaxation.h"

#include "disaggregatedsearch.h"
#include "wording.h"

#include <core/base/text.h>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace llmd {

namespace {

constexpr double widened = std::numeric_limits<double>::infinity();

/** Two digits, never below: a limit that people would write and that still holds. */
Seconds roundedUp(Seconds value)
{
    const double unit = std::pow(10, std::floor(std::log10(value.value())) - 1);
    return Seconds(std::ceil(value.value() / unit - 1e-9) * unit);
}

class Relaxer
{
public:
    Relaxer(const Failure& failure, const SearchInput& input, const Catalog& catalog,
            const Trial& trial)
        : m_failure(failure)
        , m_input(input)
        , m_catalog(catalog)
        , m_trial(trial)
    { }

    std::vector<Relaxation> run()
    {
        const bool overBudget = refused(Constraint::BudgetExceeded);
        const bool overCount = refused(Constraint::ReplicasBeyondLimit);
        const bool budgetHelps = overBudget && relaxLimits(true, false);
        const bool countHelps = overCount && relaxLimits(false, true);
        if (!budgetHelps && !countHelps && (overBudget || overCount))
            relaxLimits(true, true);
        relaxLatency();
        relaxContext();
        widenGpus();
        widenModels();
        if (m_found.empty())
            relaxTogether();
        std::stable_sort(
            m_found.begin(), m_found.end(),
            [](const Relaxation& a, const Relaxation& b) { return a.relative < b.relative; });
        return std::move(m_found);
    }

private:
    bool refused(Constraint constraint) const
    {
        return m_failure.counts[static_cast<std::size_t>(constraint)] > 0;
    }

    std::shared_ptr<SearchReport> feasible(const Requirements& requirements) const
    {
        if (m_input.context.cancelled())
            return nullptr;
        auto report = m_trial(requirements);
        return report && !(*report)->options.empty() ? *report : nullptr;
    }

    /** Frees money, GPU counts or both, takes the cheapest (or smallest) result and asks for just that much. */
    bool relaxLimits(bool money, bool count)
    {
        Requirements free = m_input.requirements;
        if (money)
            free.budgetPerMonth.reset();
        if (count) {
            free.maxGpus.reset();
            for (InventoryItem& item : free.inventory)
                item.count = 1'000'000;
        }
        const auto report = feasible(free);
        if (!report)
            return false;
        const Option* best = &report->options.front();
        for (const Option& option : report->options) {
            if (!money && option.totalGpus < best->totalGpus)
                best = &option;
        }
        Relaxation way { {}, 0, m_input.requirements };
        std::vector<std::string> parts;
        if (money)
            askForBudget(*best, way, parts);
        if (count)
            askForGpus(*best, way, parts);
        way.text =
            fmt::format("{} would be enough: {}.", join(parts, " and "), nameOf(best->candidate));
        if (!feasible(way.requirements))
            return false;
        m_found.push_back(std::move(way));
        return true;
    }

    void askForBudget(const Option& option, Relaxation& way, std::vector<std::string>& parts) const
    {
        const double stated = m_input.requirements.budgetPerMonth.value_or(0);
        const double needed = std::ceil(inDollarsPerMonth(option.cost) - 1e-6);
        if (!m_input.requirements.budgetPerMonth || needed <= stated)
            return;
        way.requirements.budgetPerMonth = needed;
        way.relative = std::max(way.relative, needed / stated - 1);
        parts.push_back(fmt::format("{} of {} per month instead of {}",
                                    parts.empty() ? "A budget" : "a budget", dollars(needed),
                                    dollars(stated)));
    }

    void askForGpus(const Option& option, Relaxation& way, std::vector<std::string>& parts) const
    {
        const Gpu* gpu = option.candidate.gpu;
        int had = m_input.requirements.maxGpus.value_or(std::numeric_limits<int>::max());
        if (way.requirements.maxGpus && option.totalGpus > *way.requirements.maxGpus)
            way.requirements.maxGpus = option.totalGpus;
        int needed = option.totalGpus;
        for (InventoryItem& item : way.requirements.inventory) {
            if (m_catalog.findGpu(item.gpu) != gpu)
                continue;
            GpuOffer offer {
                gpu, {}, item.perNode > 0 ? item.perNode : gpu->gpusPerNode, item.count
            };
            had = std::min(had, item.count);
            // Tensor groups do not straddle servers, so the count may have to grow beyond the GPUs in use.
            for (offer.available = std::max(item.count, option.totalGpus);
                 !hasRoom(offer, option.candidate); ++*offer.available) { }
            needed = std::max(needed, *offer.available);
            item.count = *offer.available;
        }
        if (needed <= had)
            return;
        way.relative = std::max(way.relative, static_cast<double>(needed) / had - 1);
        parts.push_back(fmt::format("{} x {} instead of {} GPUs", needed, gpu->name, had));
    }

    /** Room for all servers on this kind of GPU. */
    static bool hasRoom(const GpuOffer& offer, const Candidate& candidate)
    {
        const Topology& topology = candidate.topology;
        if (topology.disaggregation)
            return haveRoom(offer, topology.pool, topology.disaggregation->prefill);
        return offer.largestReplicas(topology.pool.parallelism, {}) >= topology.pool.replicas;
    }

    /**
     * When no single change is enough: money, counts, the selection and a shorter context are freed together, then latencies
     * on top, and just as much is asked for as the cheapest result needs.
     */
    void relaxTogether()
    {
        Requirements free = m_input.requirements;
        std::vector<std::string> parts;
        if (const auto& miss =
                m_failure.misses[static_cast<std::size_t>(Constraint::ContextTooLong)]) {
            free.contextTokens = static_cast<int>(miss->limit);
            parts.push_back(fmt::format("a context of {} instead of {} tokens", *free.contextTokens,
                                        m_input.need.contextTokens));
        }
        if (tryTogether(free, parts))
            return;
        if (!free.quantizations.empty() || !free.gpusIncluded.empty()
            || !free.gpusExcluded.empty()) {
            free.quantizations.clear();
            free.gpusIncluded.clear();
            free.gpusExcluded.clear();
            parts.emplace_back("any weight format and GPU");
            (void)tryTogether(free, parts);
        }
    }

    bool tryTogether(const Requirements& base, const std::vector<std::string>& parts)
    {
        for (const double factor : { 1.0, 1.5, 2.0, 3.0, 5.0, 10.0, 30.0 }) {
            Relaxation way { {}, widened, base };
            std::vector<std::string> all = parts;
            for (const LatencyMetric metric : allLatencyMetrics) {
                const auto& target = targetOf(m_input.need.slo, metric);
                if (!target || factor == 1)
                    continue;
                const Seconds limit = roundedUp(target->limit * factor);
                stated(way.requirements, metric) = LatencyTarget { target->percentile, limit };
                all.push_back(fmt::format("{} {} of {} instead of {}", nameOf(metric),
                                          percentileName(target->percentile), forPeople(limit),
                                          forPeople(target->limit)));
            }
            Requirements free = way.requirements;
            free.budgetPerMonth.reset();
            free.maxGpus.reset();
            for (InventoryItem& item : free.inventory)
                item.count = 1'000'000;
            const auto report = feasible(free);
            if (!report)
                continue;
            const Option& best = report->options.front();
            askForBudget(best, way, all);
            askForGpus(best, way, all);
            way.relative = widened;
            way.text = fmt::format("Only several changes at once are enough: {}. Then {} would do.",
                                   join(all, ", "), nameOf(best.candidate));
            if (!feasible(way.requirements))
                continue;
            m_found.push_back(std::move(way));
            return true;
        }
        return false;
    }

    /** The latency miss with the smallest excess: what it can hold under load is what to ask for. */
    void relaxLatency()
    {
        const Miss* nearest = nullptr;
        for (const Constraint constraint :
             { Constraint::TtftUnreachable, Constraint::ItlUnreachable,
               Constraint::E2eUnreachable }) {
            const auto& miss = m_failure.misses[static_cast<std::size_t>(constraint)];
            if (miss && (!nearest || miss->relative < nearest->relative))
                nearest = &*miss;
        }
        if (!nearest || !std::isfinite(nearest->relative))
            return;
        const auto predictor = m_input.engine.predictor(nearest->candidate, m_input.need.peakLoad);
        if (!predictor)
            return;
        const auto light =
            (*predictor)->at(Load::open(rategrid::rate(rategrid::lightest)), m_input.context);
        if (!light)
            return;
        // The nearer to the unloaded latency, the less load a replica carries; limits on GPUs or money may need more.
        for (const double allowance : { 1.1, 1.25, 1.5, 2.0, 3.0 }) {
            const Relaxation way = latencyWay(*light, allowance);
            Requirements narrow = way.requirements;
            narrow.models = { nearest->candidate.model->id };
            narrow.gpusIncluded = { nearest->candidate.gpu->id };
            narrow.gpusExcluded.clear();
            // Fewer models must not bring topologies that the need itself leaves out.
            if (narrow.topology.empty())
                narrow.topology = splitsByDefault(m_input.requirements) ? "any" : "aggregated";
            if (const auto report = feasible(narrow)) {
                m_found.push_back(way);
                m_found.back().text +=
                    fmt::format(": {}, {} per month.", nameOf(report->options.front().candidate),
                                dollars(inDollarsPerMonth(report->options.front().cost)));
                return;
            }
        }
    }

    Relaxation latencyWay(const Estimate& light, double allowance) const
    {
        Relaxation way { {}, 0, m_input.requirements };
        std::vector<std::string> parts;
        for (const LatencyMetric metric : allLatencyMetrics) {
            const auto& target = targetOf(m_input.need.slo, metric);
            if (!target)
                continue;
            const Seconds predicted = latencyOf(light, metric).at(target->percentile);
            if (predicted <= target->limit)
                continue;
            const Seconds limit = roundedUp(predicted * allowance);
            stated(way.requirements, metric) = LatencyTarget { target->percentile, limit };
            way.relative = std::max(way.relative, limit / target->limit - 1);
            parts.push_back(fmt::format("{} {} would have to be {} instead of {}", nameOf(metric),
                                        percentileName(target->percentile), forPeople(limit),
                                        forPeople(target->limit)));
        }
        way.text = join(parts, " and ");
        return way;
    }

    static std::optional<LatencyTarget>& stated(Requirements& requirements, LatencyMetric metric)
    {
        switch (metric) {
        case LatencyMetric::Ttft:
            return requirements.ttft;
        case LatencyMetric::Itl:
            return requirements.itl;
        case LatencyMetric::E2e:
            break;
        }
        return requirements.e2e;
    }

    void relaxContext()
    {
        const auto& miss = m_failure.misses[static_cast<std::size_t>(Constraint::ContextTooLong)];
        if (!miss)
            return;
        Requirements shorter = m_input.requirements;
        shorter.contextTokens = static_cast<int>(miss->limit);
        if (const auto report = feasible(shorter)) {
            m_found.push_back({ fmt::format("A context of {} instead of {} tokens would do: {}.",
                                            *shorter.contextTokens, m_input.need.contextTokens,
                                            nameOf(report->options.front().candidate)),
                                miss->relative, std::move(shorter) });
        }
    }

    void widenGpus()
    {
        Requirements wider = m_input.requirements;
        if (wider.gpusIncluded.empty() && wider.gpusExcluded.empty() && wider.inventory.empty())
            return;
        wider.gpusIncluded.clear();
        wider.gpusExcluded.clear();
        wider.inventory.clear();
        addWider(std::move(wider), "With other GPUs allowed");
    }

    void widenModels()
    {
        Requirements wider = m_input.requirements;
        if (!wider.quantizations.empty()) {
            wider.quantizations.clear();
            addWider(wider, "With other weight formats allowed");
        }
        if (!m_input.requirements.models.empty()) {
            wider.models.clear();
            addWider(std::move(wider), "With other models allowed");
        }
    }

    void addWider(Requirements wider, const char* what)
    {
        const auto report = feasible(wider);
        if (!report)
            return;
        const Option& cheapest = report->options.front();
        m_found.push_back(
            { fmt::format("{}, {} would do, at {} per month.", what, nameOf(cheapest.candidate),
                          dollars(inDollarsPerMonth(cheapest.cost))),
              widened, std::move(wider) });
    }

    const Failure& m_failure;
    const SearchInput& m_input;
    const Catalog& m_catalog;
    const Trial& m_trial;
    std::vector<Relaxation> m_found;
};

} // namespace

std::vector<Relaxation> relaxationsOf(const Failure& failure, const SearchInput& input,
                                      const Catalog& catalog, const Trial& trial)
{
    return Relaxer(failure, input, catalog, trial).run();
}

std::optional<Constraint> bindingConstraint(const Failure& failure)
{
    // In the order in which candidates are examined, last first.
    for (const Constraint constraint :
         { Constraint::BudgetExceeded, Constraint::ReplicasBeyondLimit, Constraint::E2eUnreachable,
           Constraint::ItlUnreachable, Constraint::TtftUnreachable, Constraint::EngineRefused,
           Constraint::MemoryTooSmall, Constraint::ParallelismIllegal, Constraint::NoPrice,
           Constraint::ContextTooLong, Constraint::NotInstructionTuned,
           Constraint::GpuUnsupported }) {
        if (failure.counts[static_cast<std::size_t>(constraint)] > 0)
            return constraint;
    }
    return std::nullopt;
}

} // namespace llmd
