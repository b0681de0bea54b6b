// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/candidate/draft.h>
#include <core/candidate/enginedefaults.h>
#include <core/memory/memoryledger.h>
#include <core/search/gpusupport.h>
#include <core/search/operatingpoint.h>
#include <core/search/space.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>
#include <vector>

namespace llmd::test {

/** What the exhaustive search found of one option. */
struct PlainOption
{
    std::string id;
    int replicas = 0;
    int step = 0;
    double e2e = 0; ///< p95 at the peak, s

    bool operator==(const PlainOption&) const = default;
};

/**
 * The search as it is documented and without any short cut: every combination gets a predictor, its capacity by halving the whole
 * grid, and is weighed against every other one of its layout. Nothing is shared with `UnitSearch` but the predictions, the memory
 * figures and the list of units.
 */
class ExhaustiveSearch
{
public:
    ExhaustiveSearch(const SearchProblem& problem, const Catalog& catalog, const Engine& engine)
        : m_problem(problem)
        , m_catalog(catalog)
        , m_engine(engine)
        , m_need(*resolve(problem.requirements, catalog))
        , m_space(*SpelledSpace::make(problem, catalog))
        , m_version(catalog.versionRows.front().vllm)
        , m_profile(catalog.engineVersion(m_version))
    { }

    std::vector<PlainOption> run()
    {
        for (const SearchUnit& unit : m_space.units()) {
            if (usable(unit))
                searchUnit(unit);
        }
        std::sort(m_options.begin(), m_options.end(),
                  [](const PlainOption& a, const PlainOption& b) { return a.id < b.id; });
        return std::move(m_options);
    }

private:
    struct Entry
    {
        Candidate candidate;
        std::shared_ptr<Predictor> predictor;
        int step = 0;
        int replicas = 0;
    };

    bool usable(const SearchUnit& unit) const
    {
        const ModelArchitecture& architecture = unit.model->architecture;
        return gpuObstacle(*unit.model, *unit.offer->gpu).empty() && unit.offer->price
            && (architecture.maxPositions <= 0 || m_need.contextTokens <= architecture.maxPositions)
            && !(unit.model->baseCheckpoint && m_problem.requirements.models.empty()
                 && m_problem.requirements.useCase != "code_completion");
    }

    bool fits(const SearchUnit& unit, const Parallelism& shape) const
    {
        const ModelArchitecture& architecture = unit.model->architecture;
        return shape.tensor <= unit.offer->largestTensorParallel()
            && (architecture.isMoe() || (shape.data == 1 && !shape.expert))
            && tensorParallelObstacle(architecture, shape.tensor, shape.expert).empty()
            && shape.pipeline <= architecture.layers();
    }

    void searchUnit(const SearchUnit& unit)
    {
        const EngineSettings defaults =
            defaultEngineSettings(*unit.model, *unit.offer->gpu, m_profile, m_version);
        for (const Parallelism& shape : m_space.shapes()) {
            if (!fits(unit, shape))
                continue;
            const auto& variants = m_space.settings();
            for (std::size_t begin = 0; begin < variants.size();) {
                std::size_t end = begin;
                std::vector<Entry> entries;
                for (; end < variants.size() && variants[end].comparable(variants[begin]); ++end)
                    addEntries(unit, shape, variants[end], defaults, entries);
                report(unit, defaults, stayingOf(entries));
                begin = end;
            }
        }
    }

    /** By distance in doublings to the engine's default, the larger one first. */
    static std::vector<int> ordered(std::vector<int> values, int wanted)
    {
        std::stable_sort(values.begin(), values.end(), [&](int a, int b) {
            const auto distance = [&](int value) {
                const double doublings = std::log2(double(value) / std::max(wanted, 1));
                return doublings >= 0 ? doublings : 0.5 - doublings;
            };
            return distance(a) < distance(b);
        });
        return values;
    }

    void addEntries(const SearchUnit& unit, const Parallelism& shape,
                    const SettingsVariant& variant, const EngineSettings& defaults,
                    std::vector<Entry>& entries)
    {
        for (const int sequences : ordered(m_space.values().maxNumSeqs, defaults.maxNumSeqs)) {
            for (const int tokens :
                 ordered(m_space.values().maxNumBatchedTokens, defaults.maxNumBatchedTokens)) {
                Candidate candidate;
                candidate.model = unit.model;
                candidate.gpu = unit.offer->gpu;
                candidate.topology.pool.parallelism = shape;
                candidate.engine = defaults;
                variant.applyTo(candidate.engine);
                candidate.engine.maxModelLen = m_need.contextTokens;
                candidate.engine.lora = m_space.values().lora;
                candidate.engine.maxNumSeqs = sequences;
                candidate.engine.maxNumBatchedTokens = tokens;
                if (tokens < sequences || !featureObstacle(candidate).empty()
                    || !memoryFigures(candidate, m_profile).fits)
                    continue;
                addEntry(candidate, entries);
            }
        }
    }

    void addEntry(const Candidate& candidate, std::vector<Entry>& entries)
    {
        auto predictor = m_engine.predictor(candidate, m_need.peakLoad);
        if (!predictor)
            return;
        Entry entry { candidate, std::shared_ptr<Predictor>(std::move(*predictor)) };
        const auto meets = [&](int step) {
            return targetRatios(at(entry, rategrid::rate(step)), m_need.slo).met();
        };
        if (!meets(rategrid::lightest))
            return;
        int good = rategrid::lightest;
        int bad = rategrid::heaviest + 1;
        while (bad - good > 1) {
            const int middle = good + (bad - good) / 2;
            (meets(middle) ? good : bad) = middle;
        }
        entry.step = good;
        const double usable = rategrid::rate(good).value() * (1 - m_problem.requirements.headroom);
        entry.replicas =
            static_cast<int>(std::clamp(std::ceil(peak().value() / usable - 1e-9),
                                        double(m_problem.requirements.minReplicas), 1e6));
        entries.push_back(std::move(entry));
    }

    RequestsPerSecond peak() const { return m_need.peakLoad.load.rate; }

    Estimate at(const Entry& entry, RequestsPerSecond rate) const
    {
        RunContext context;
        Load load = m_need.peakLoad.load;
        load.rate = rate;
        return *entry.predictor->at(load, context);
    }

    bool notSlower(const Estimate& a, const Estimate& b) const
    {
        return std::all_of(allLatencyMetrics.begin(), allLatencyMetrics.end(),
                           [&](LatencyMetric metric) {
                               const auto target = tighterTarget(b, m_need.slo, metric);
                               const double percentile = target ? target->percentile : 95;
                               return latencyOf(a, metric).at(percentile)
                                   <= 1.005 * latencyOf(b, metric).at(percentile);
                           });
    }

    bool dominates(const Entry& better, const Entry& entry) const
    {
        const auto atRate = [&](RequestsPerSecond rate) {
            const Estimate other = at(entry, rate);
            return other.saturated || notSlower(at(better, rate), other);
        };
        return (better.step < rategrid::heaviest && atRate(rategrid::rate(better.step + 1)))
            || atRate(peak() / better.replicas)
            || notSlower(at(better, peak() / entry.replicas), at(entry, peak() / entry.replicas));
    }

    std::vector<Entry> stayingOf(std::vector<Entry> entries) const
    {
        std::stable_sort(entries.begin(), entries.end(),
                         [](const Entry& a, const Entry& b) { return a.step > b.step; });
        std::vector<Entry> staying;
        for (Entry& entry : entries) {
            if (std::none_of(staying.begin(), staying.end(),
                             [&](const Entry& better) { return dominates(better, entry); }))
                staying.push_back(std::move(entry));
        }
        return staying;
    }

    void report(const SearchUnit& unit, const EngineSettings& defaults,
                const std::vector<Entry>& entries)
    {
        const Requirements& requirements = m_problem.requirements;
        for (const Entry& entry : entries) {
            const Parallelism& shape = entry.candidate.topology.pool.parallelism;
            const double month =
                inDollarsPerMonth(*unit.offer->price * (entry.replicas * shape.gpus()));
            if (entry.replicas > unit.offer->largestReplicas(shape, requirements.maxGpus)
                || month > requirements.budgetPerMonth.value_or(month))
                continue;
            const Estimate loaded = at(entry, peak() / entry.replicas);
            if (!targetRatios(loaded, m_need.slo).met())
                continue;
            m_options.push_back({ optionId(unit.idPrefix, entry.candidate, defaults),
                                  entry.replicas, entry.step, loaded.e2e.p95.value() });
        }
    }

    const SearchProblem& m_problem;
    const Catalog& m_catalog;
    const Engine& m_engine;
    ResolvedNeed m_need;
    SpelledSpace m_space;
    SemanticVersion m_version;
    const EngineVersionProfile& m_profile;
    std::vector<PlainOption> m_options;
};

} // namespace llmd::test
