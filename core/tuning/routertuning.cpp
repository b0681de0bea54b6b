// SPDX-License-Identifier: Apache-2.0
#include "routertuning.h"

#include "comparedruns.h"

#include <core/base/parallel.h>

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

namespace llmd {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::array<std::pair<RouterObjective, std::string_view>, allRouterObjectives.size()>
    objectiveNames { { { RouterObjective::TtftMean, "ttft-mean" },
                       { RouterObjective::TtftTail, "ttft-p95" },
                       { RouterObjective::E2eMean, "e2e-mean" },
                       { RouterObjective::Goodput, "goodput" } } };

class RouterTuner
{
public:
    RouterTuner(const RouterTuningProblem& problem, const DeploymentModel& model,
                RunContext& context)
        : m_problem(problem)
        , m_model(model)
        , m_context(context)
    { }

    Result<RouterTuning> run();

private:
    using Runs = std::vector<std::vector<RouterFigures>>; ///< by router, by seed

    [[nodiscard]] Result<Runs> simulateAll(const std::vector<RouterSettings>& routers,
                                           std::uint64_t firstSeed, int seeds);
    void judge(RouterTuning& tuning, const Runs& runs) const;
    [[nodiscard]] std::string verdict(const RouterTuning& tuning) const;

    const RouterTuningProblem& m_problem;
    const DeploymentModel& m_model;
    RunContext& m_context;
};

Result<RouterTuner::Runs> RouterTuner::simulateAll(const std::vector<RouterSettings>& routers,
                                                   std::uint64_t firstSeed, int seeds)
{
    const auto perRouter = static_cast<std::size_t>(seeds);
    std::vector<Result<SimulationReport>> results(routers.size() * perRouter, SimulationReport {});
    const bool complete = parallelFor(
        results.size(), m_context,
        [&](std::size_t index, unsigned) {
            Scenario scenario = m_problem.scenario;
            const RouterSettings& shared = m_problem.scenario.router;
            scenario.router = routers[index / perRouter];
            scenario.router.metricsInterval = shared.metricsInterval;
            scenario.router.indexTokens = shared.indexTokens;
            RunContext own;
            own.stop = m_context.stop;
            own.seed = firstSeed + index % perRouter;
            results[index] = simulate(scenario, m_model, own);
        },
        "router");
    if (!complete)
        return failure(ErrorCode::Cancelled, "stopped on request");
    Runs runs(routers.size());
    for (std::size_t i = 0; i < results.size(); ++i) {
        if (!results[i])
            return tl::unexpected(results[i].error());
        if (results[i]->total.completed == 0)
            return failure(ErrorCode::Unsupported, "no request completed in the measured part");
        runs[i / perRouter].push_back(figuresOf(*results[i]));
    }
    return runs;
}

/** Finalists by the lower end of nothing but their own runs: fresh seeds, so that luck in the screening does not count. */
void RouterTuner::judge(RouterTuning& tuning, const Runs& runs) const
{
    tuning.standard.figures = meanOf(runs.front());
    const auto finalists = runs.size() - 1;
    for (std::size_t i = 0; i < finalists; ++i) {
        RouterTrial& trial = tuning.trials[i];
        trial.gain = gainOf(runs.front(), runs[i + 1], m_problem.objective, m_problem.confidence,
                            static_cast<int>(finalists));
        trial.figures = meanOf(runs[i + 1]);
    }
    tuning.recommended = sortFinalists(tuning.trials, finalists);
}

std::string RouterTuner::verdict(const RouterTuning& tuning) const
{
    const std::string objective(toString(m_problem.objective));
    if (tuning.trials.empty())
        return "there is nothing to compare the standard weights with";
    const RouterTrial& best = tuning.trials[tuning.recommended.value_or(0)];
    if (tuning.recommended)
        return fmt::format("{} makes {} better by {} than {}", toString(best.router), objective,
                           gainText(*best.gain), toString(tuning.standard.router));
    return fmt::format("keep {}: no other weights are really better; the best, {}, changes {} by "
                       "{}, which may be chance",
                       toString(tuning.standard.router), toString(best.router), objective,
                       gainText(*best.gain));
}

Result<RouterTuning> RouterTuner::run()
{
    const auto start = Clock::now();
    RouterTuning tuning;
    tuning.standard.router = m_problem.scenario.router;
    std::vector<RouterSettings> routers { m_problem.scenario.router };
    for (auto& router : routerCandidates(m_problem.scenario))
        routers.push_back(std::move(router));
    const auto screened = simulateAll(routers, m_context.seed, m_problem.screeningSeeds);
    if (!screened)
        return tl::unexpected(screened.error());
    for (std::size_t i = 1; i < routers.size(); ++i) {
        const double gain =
            gainOf(screened->front(), (*screened)[i], m_problem.objective, m_problem.confidence, 1)
                .mean;
        tuning.trials.push_back({ routers[i], gain, {}, meanOf((*screened)[i]) });
    }
    std::stable_sort(
        tuning.trials.begin(), tuning.trials.end(),
        [](const RouterTrial& a, const RouterTrial& b) { return a.screened > b.screened; });
    const std::size_t finalists =
        std::min(tuning.trials.size(), static_cast<std::size_t>(m_problem.finalists));
    routers.resize(1);
    for (std::size_t i = 0; i < finalists; ++i)
        routers.push_back(tuning.trials[i].router);
    const auto confirmed =
        simulateAll(routers, m_context.seed + static_cast<std::uint64_t>(m_problem.screeningSeeds),
                    m_problem.confirmingSeeds);
    if (!confirmed)
        return tl::unexpected(confirmed.error());
    judge(tuning, *confirmed);
    tuning.runs = (tuning.trials.size() + 1) * static_cast<std::size_t>(m_problem.screeningSeeds)
        + routers.size() * static_cast<std::size_t>(m_problem.confirmingSeeds);
    tuning.verdict = verdict(tuning);
    tuning.elapsed = Seconds(std::chrono::duration<double>(Clock::now() - start).count());
    return tuning;
}

RouterSettings weighted(std::vector<ScorerWeight> scorers)
{
    RouterSettings settings;
    settings.policy = RouterSettings::Policy::Weighted;
    std::erase_if(scorers, [](const ScorerWeight& each) { return each.weight == 0; });
    settings.scorers = std::move(scorers);
    return settings;
}

bool sharesPrompts(const Traffic& traffic)
{
    return traffic.prefix.sharedTokens > 0 || traffic.prefix.uniquePrompts > 0
        || traffic.conversations.has_value() || traffic.trace != nullptr;
}

} // namespace

std::string_view toString(RouterObjective objective)
{
    return objectiveNames[static_cast<std::size_t>(objective)].second;
}

std::optional<RouterObjective> parseRouterObjective(std::string_view text)
{
    for (const auto& [objective, name] : objectiveNames) {
        if (name == text)
            return objective;
    }
    return std::nullopt;
}

std::vector<RouterSettings> routerCandidates(const Scenario& scenario)
{
    const std::vector<std::vector<ScorerWeight>> loads {
        { { Scorer::Queue, 2 }, { Scorer::KvCacheUtilization, 2 } },
        { { Scorer::Queue, 2 } },
        { { Scorer::KvCacheUtilization, 2 } },
        { { Scorer::RunningRequests, 2 } },
        // Its score is half of the others' at most.
        { { Scorer::LoadAware, 4 } },
    };
    const bool shares = sharesPrompts(scenario.traffic);
    const std::vector<double> prefixWeights =
        shares ? std::vector<double> { 0, 1, 2, 3, 5, 10 } : std::vector<double> { 0 };
    std::vector<RouterSettings> result;
    const auto add = [&](std::vector<ScorerWeight> scorers) {
        RouterSettings settings = weighted(std::move(scorers));
        const bool isStandard = scenario.router.policy == settings.policy
            && scenario.router.scorers == settings.scorers;
        if (!isStandard && std::find(result.begin(), result.end(), settings) == result.end())
            result.push_back(std::move(settings));
    };
    const auto with = [&](std::vector<ScorerWeight> first, const std::vector<ScorerWeight>& load) {
        first.insert(first.end(), load.begin(), load.end());
        add(std::move(first));
    };
    for (const auto& load : loads) {
        for (const double weight : prefixWeights)
            with({ { Scorer::PrefixCache, weight } }, load);
    }
    if (shares) {
        for (const double weight : { 2.0, 3.0, 5.0 })
            with({ { Scorer::PrecisePrefixCache, weight } }, loads.front());
        for (const double weight : { 1.0, 2.0 })
            with({ { Scorer::PrefixCache, 3 }, { Scorer::NoHitLru, weight } }, loads.front());
    }
    if (scenario.traffic.conversations) {
        for (const double weight : { 2.0, 5.0 })
            with({ { Scorer::SessionAffinity, weight } }, loads.front());
        with({ { Scorer::PrefixCache, 3 }, { Scorer::SessionAffinity, 2 } }, loads.front());
    }
    return result;
}

Result<RouterTuning> tuneRouter(const RouterTuningProblem& problem, const Catalog& catalog,
                                const Coefficients& coefficients, RunContext& context)
{
    const auto bad = [](const char* text) { return failure(ErrorCode::InvalidArgument, text); };
    if (problem.screeningSeeds < 1 || problem.finalists < 1 || problem.confirmingSeeds < 2)
        return bad("tuning needs a screening run, a finalist and two confirming runs");
    if (!(problem.confidence > 0 && problem.confidence < 1))
        return bad("the confidence must be between 0 and 1");
    if (problem.scenario.candidate.topology.disaggregation)
        return bad("weights are searched for aggregated serving; prefill and decode servers each "
                   "have weights of their own");
    if (problem.scenario.candidate.topology.pool.replicas < 2)
        return bad("a router has something to decide with two replicas or more");
    if (problem.objective == RouterObjective::Goodput && !problem.scenario.limits.any())
        return bad("goodput needs limits on the latencies of a request");
    if (auto checked = checkScenario(problem.scenario); !checked)
        return tl::unexpected(checked.error());
    const auto model =
        deploymentModel(problem.scenario.candidate, catalog, problem.scenario.greedy, coefficients);
    if (!model)
        return tl::unexpected(model.error());
    return RouterTuner(problem, *model, context).run();
}

} // namespace llmd
