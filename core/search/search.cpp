// SPDX-License-Identifier: Apache-2.0
#include "search.h"

#include "disaggregatedsearch.h"
#include "relaxation.h"
#include "space.h"
#include "unitsearch.h"
#include "wording.h"

#include <core/base/parallel.h>

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <limits>

namespace llmd {

namespace {

using Clock = std::chrono::steady_clock;

/** One run of the search; a second one with other requirements is a new object. */
class Run
{
public:
    Run(const SearchProblem& problem, std::shared_ptr<const Catalog> catalog, const Engine& engine,
        RunContext& context, Shard shard = {})
        : m_problem(problem)
        , m_catalog(std::move(catalog))
        , m_engine(engine)
        , m_context(context)
        , m_shard(shard)
    { }

    Result<std::shared_ptr<SearchReport>> run(bool explainFailure);
    /** What the joining of shards needs; after `run`. */
    [[nodiscard]] std::size_t units() const { return m_units; }
    [[nodiscard]] const std::vector<std::size_t>& refusalUnits() const { return m_refusalUnits; }

private:
    void merge(std::vector<UnitResult>& results);
    [[nodiscard]] std::size_t unitOf(std::size_t result) const
    {
        return result * m_shard.count + m_shard.index;
    }
    void report(const SearchInput& input);
    void explainNothing(const SearchInput& input);

    const SearchProblem& m_problem;
    std::shared_ptr<const Catalog> m_catalog;
    const Engine& m_engine;
    RunContext& m_context;
    Shard m_shard;
    std::size_t m_units = 0; ///< of the whole space
    Failure m_refused;
    std::array<std::size_t, constraintCount> m_missUnits {}; ///< of the nearest misses
    std::vector<std::size_t> m_refusalUnits;
    std::shared_ptr<SearchReport> m_report = std::make_shared<SearchReport>();
};

/** What the need says of topologies, and what its breadth leaves time for, as a space. */
SearchProblem withTopology(SearchProblem problem, const Catalog& catalog)
{
    const Requirements& need = problem.requirements;
    const Model* only = need.models.size() == 1 ? catalog.findModel(need.models.front()) : nullptr;
    if (problem.space.dataParallel.empty())
        problem.space.dataParallel =
            only && only->architecture.isMoe() ? std::vector { 1, 8 } : std::vector { 1 };
    problem.space.aggregated = problem.space.aggregated && need.topology != "disaggregated";
    problem.space.disaggregated = problem.space.disaggregated && need.topology != "aggregated"
        && (!need.topology.empty() || splitsByDefault(need));
    if (const auto path = parseTransferPath(need.kvTransfer))
        problem.space.transfer.path = *path;
    return problem;
}

/** All topologies of one model on one kind of GPU. */
UnitResult searchUnit(const SearchInput& input, const SpelledSpace& space, const SearchUnit& unit)
{
    UnitSearch search(input, unit);
    UnitResult result = input.space.aggregated ? search.run() : UnitResult {};
    if (!input.space.disaggregated || result.cancelled
        || !input.engine.info().prefillDecodeDisaggregation || search.isRefusedAsAWhole())
        return result;
    for (const SearchUnit* prefill : space.prefillUnits(unit)) {
        if (!UnitSearch(input, *prefill).isRefusedAsAWhole())
            DisaggregatedSearch(input, unit, *prefill).run(result);
    }
    return result;
}

Result<std::shared_ptr<SearchReport>> Run::run(bool explainFailure)
{
    const auto start = Clock::now();
    const Requirements& requirements = m_problem.requirements;
    auto need = resolve(requirements, *m_catalog);
    if (!need)
        return tl::unexpected(need.error());
    if (m_catalog->engineVersions.empty())
        return failure(ErrorCode::NotFound, "The catalog has no engine version profile.");
    const VersionRow* row = requirements.versionRow.empty()
        ? (m_catalog->versionRows.empty() ? nullptr : &m_catalog->versionRows.front())
        : m_catalog->findVersionRow(requirements.versionRow);
    const SemanticVersion version = row ? row->vllm : EngineSettings().version;
    const auto space = SpelledSpace::make(withTopology(m_problem, *m_catalog), *m_catalog);
    if (!space)
        return tl::unexpected(space.error());

    m_report->catalog = m_catalog;
    m_report->variants = space->variants();
    m_report->need = std::move(*need);
    if (m_problem.targets)
        m_report->need.slo = *m_problem.targets;
    m_report->useCase = requirements.useCase;
    m_report->drafts = space->values().drafts;
    const SearchInput input {
        requirements, m_report->need, *space,   space->values(), m_catalog->engineVersion(version),
        version,      m_engine,       m_context
    };

    m_units = space->units().size();
    const std::size_t own = (m_units + m_shard.count - 1 - m_shard.index) / m_shard.count;
    std::vector<UnitResult> results(own);
    const bool complete = parallelFor(
        results.size(), m_context,
        [&](std::size_t index, unsigned) {
            results[index] = searchUnit(input, *space, space->units()[unitOf(index)]);
        },
        "search");
    m_report->cancelled = !complete;
    merge(results);
    report(input);
    if (explainFailure && m_report->options.empty() && !m_report->cancelled)
        explainNothing(input);
    m_report->elapsed = Seconds(std::chrono::duration<double>(Clock::now() - start).count());
    return m_report;
}

/** In the order of the units, so that threads leave no trace. */
void Run::merge(std::vector<UnitResult>& results)
{
    std::size_t count = 0;
    for (const UnitResult& result : results)
        count += result.options.size();
    m_report->options.reserve(count);
    for (std::size_t index = 0; index < results.size(); ++index) {
        UnitResult& result = results[index];
        m_report->cancelled = m_report->cancelled || result.cancelled;
        std::move(result.options.begin(), result.options.end(),
                  std::back_inserter(m_report->options));
        for (std::size_t i = 0; i < constraintCount; ++i) {
            m_refused.counts[i] += result.counts[i];
            auto& nearest = m_refused.misses[i];
            auto& miss = result.misses[i];
            // Counts may have moved to another constraint; a miss alone says nothing then.
            if (miss && result.counts[i] > 0 && (!nearest || miss->relative < nearest->relative)) {
                nearest = std::move(miss);
                m_missUnits[i] = unitOf(index);
            }
        }
    }
}

void Run::report(const SearchInput& input)
{
    SearchReport& report = *m_report;
    sortOptions(report.options);
    report.pareto = paretoFront(report.options);
    report.searched = report.options.size();
    for (std::size_t i = 0; i < constraintCount; ++i) {
        const std::uint64_t count = m_refused.counts[i];
        if (count == 0 || !m_refused.misses[i])
            continue;
        report.searched += count;
        const auto constraint = static_cast<Constraint>(i);
        const Miss& miss = *m_refused.misses[i];
        report.refusals.push_back(
            { constraint, count, explain(constraint, miss, input), miss.relative });
        m_refusalUnits.push_back(m_missUnits[i]);
    }
}

void Run::explainNothing(const SearchInput& input)
{
    const auto binding = bindingConstraint(m_refused);
    if (!binding) {
        m_report->infeasibility =
            "There is nothing to search: the selection of models, weight formats and GPUs leaves "
            "no combination.";
    } else {
        const auto index = static_cast<std::size_t>(*binding);
        m_report->infeasibility =
            fmt::format("No configuration meets the requirements. {} ({} of {} combinations). "
                        "Nearest: {}",
                        describe(*binding), m_refused.counts[index], m_report->searched,
                        explain(*binding, *m_refused.misses[index], input));
    }
    if (m_problem.targets)
        return; // they are not part of the requirements that a relaxation could change
    RunContext quiet = m_context;
    quiet.progress = nullptr;
    // Trials with fewer models must not bring shapes that the need itself leaves out.
    SearchSpace space = m_problem.space;
    space.dataParallel = input.space.dataParallel;
    const Trial trial = [&](const Requirements& requirements) {
        const SearchProblem problem { requirements, space, {} };
        return Run(problem, m_catalog, m_engine, quiet).run(false);
    };
    m_report->relaxations = relaxationsOf(m_refused, input, *m_catalog, trial);
    if (!m_report->relaxations.empty())
        m_report->infeasibility += " " + m_report->relaxations.front().text;
}

} // namespace

void sortOptions(std::vector<Option>& options)
{
    std::sort(options.begin(), options.end(), [](const Option& a, const Option& b) {
        return a.cost != b.cost ? a.cost < b.cost : a.id < b.id;
    });
}

// Cheapest first; among equal prices only the fastest can be on the front.
std::vector<std::size_t> paretoFront(const std::vector<Option>& options)
{
    std::vector<std::size_t> front;
    Seconds fastest(std::numeric_limits<double>::infinity());
    for (std::size_t begin = 0; begin < options.size();) {
        std::size_t best = begin;
        std::size_t end = begin;
        for (; end < options.size() && options[end].cost == options[begin].cost; ++end) {
            if (options[end].atPeak.e2e.p95 < options[best].atPeak.e2e.p95)
                best = end;
        }
        if (options[best].atPeak.e2e.p95 < fastest) {
            fastest = options[best].atPeak.e2e.p95;
            front.push_back(best);
        }
        begin = end;
    }
    return front;
}

Result<std::shared_ptr<const SearchReport>> search(const SearchProblem& problem,
                                                   std::shared_ptr<const Catalog> catalog,
                                                   const Engine& engine, RunContext& context)
{
    if (!catalog)
        return failure(ErrorCode::InvalidArgument, "A search needs a catalog.");
    return Run(problem, std::move(catalog), engine, context)
        .run(true)
        .map([](std::shared_ptr<SearchReport> report) {
            return std::shared_ptr<const SearchReport>(std::move(report));
        });
}

Result<ShardReport> searchShard(const SearchProblem& problem, const Shard& shard,
                                std::shared_ptr<const Catalog> catalog, const Engine& engine,
                                RunContext& context)
{
    if (!catalog)
        return failure(ErrorCode::InvalidArgument, "A search needs a catalog.");
    if (shard.count == 0 || shard.index >= shard.count)
        return failure(ErrorCode::InvalidArgument,
                       fmt::format("There is no shard {} of {}.", shard.index + 1, shard.count));
    Run run(problem, std::move(catalog), engine, context, shard);
    return run.run(false).map([&](std::shared_ptr<SearchReport> report) {
        return ShardReport { std::move(report), run.refusalUnits(), run.units() };
    });
}

} // namespace llmd
