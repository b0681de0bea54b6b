// SPDX-License-Identifier: Apache-2.0
#include "schedulertuning.h"

#include "comparedruns.h"

#include <core/base/parallel.h>

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>

namespace llmd {

namespace {

using Clock = std::chrono::steady_clock;

constexpr int fewestTokens = 256;
constexpr int mostTokens = 32768;
constexpr int fewestSeqs = 8;
constexpr int mostSeqs = 1024;

/** One pair of settings, compiled, with what its runs gave. */
struct Contender
{
    SchedulerSettings settings;
    DeploymentModel model;
    std::vector<RouterFigures> runs;
    double preemptions = 0;
};

/** A quarter to four times a value, within bounds, without the value itself. */
std::vector<int> around(int value, int fewest, int most)
{
    std::vector<int> values;
    for (const double factor : { 0.25, 0.5, 1.0, 2.0, 4.0 }) {
        const int tried = static_cast<int>(std::lround(value * factor));
        if (tried >= fewest && tried <= most)
            values.push_back(tried);
    }
    return values;
}

class SchedulerTuner
{
public:
    SchedulerTuner(const SchedulerTuningProblem& problem, const Catalog& catalog,
                   const Coefficients& coefficients, RunContext& context)
        : m_problem(problem)
        , m_catalog(catalog)
        , m_coefficients(coefficients)
        , m_context(context)
    { }

    Result<SchedulerTuning> run()
    {
        const auto start = Clock::now();
        if (auto compiled = compile(); !compiled)
            return tl::unexpected(compiled.error());
        if (auto done = simulateAll(m_context.seed, m_problem.screeningSeeds); !done)
            return tl::unexpected(done.error());
        screen();
        if (auto done =
                simulateAll(m_context.seed + static_cast<std::uint64_t>(m_problem.screeningSeeds),
                            m_problem.confirmingSeeds);
            !done)
            return tl::unexpected(done.error());
        judge();
        m_tuning.verdict = verdict();
        m_tuning.elapsed = Seconds(std::chrono::duration<double>(Clock::now() - start).count());
        return std::move(m_tuning);
    }

private:
    [[nodiscard]] Candidate with(const SchedulerSettings& settings) const
    {
        Candidate candidate = m_problem.scenario.candidate;
        candidate.engine.maxNumBatchedTokens = settings.maxNumBatchedTokens;
        candidate.engine.maxNumSeqs = settings.maxNumSeqs;
        return candidate;
    }

    Result<> compile()
    {
        const EngineSettings& engine = m_problem.scenario.candidate.engine;
        const SchedulerSettings standard { engine.maxNumBatchedTokens, engine.maxNumSeqs };
        std::vector<SchedulerSettings> all { standard };
        const auto tokens = m_problem.maxNumBatchedTokens.empty()
            ? around(standard.maxNumBatchedTokens, fewestTokens, mostTokens)
            : m_problem.maxNumBatchedTokens;
        const auto seqs = m_problem.maxNumSeqs.empty()
            ? around(standard.maxNumSeqs, fewestSeqs, mostSeqs)
            : m_problem.maxNumSeqs;
        for (const int tokenLimit : tokens) {
            for (const int seqLimit : seqs) {
                const SchedulerSettings settings { tokenLimit, seqLimit };
                // vLLM refuses a step budget below the number of sequences.
                if (tokenLimit >= seqLimit && std::ranges::find(all, settings) == all.end())
                    all.push_back(settings);
            }
        }
        for (const SchedulerSettings& settings : all) {
            auto model = deploymentModel(with(settings), m_catalog, m_problem.scenario.greedy,
                                         m_coefficients);
            if (model)
                m_contenders.push_back({ settings, std::move(*model), {}, 0 });
            else if (settings == standard)
                return tl::unexpected(model.error());
            else
                m_tuning.refused.emplace_back(settings, model.error().detail);
        }
        return {};
    }

    Result<> simulateAll(std::uint64_t firstSeed, int seeds)
    {
        const auto each = static_cast<std::size_t>(seeds);
        std::vector<Result<SimulationReport>> results(m_contenders.size() * each,
                                                      SimulationReport {});
        const bool complete = parallelFor(
            results.size(), m_context,
            [&](std::size_t index, unsigned) {
                const Contender& contender = m_contenders[index / each];
                Scenario scenario = m_problem.scenario;
                scenario.candidate = with(contender.settings);
                RunContext own;
                own.stop = m_context.stop;
                own.seed = firstSeed + index % each;
                results[index] = simulate(scenario, contender.model, own);
            },
            "scheduler");
        if (!complete)
            return failure(ErrorCode::Cancelled, "stopped on request");
        for (Contender& contender : m_contenders) {
            contender.runs.clear();
            contender.preemptions = 0;
        }
        for (std::size_t i = 0; i < results.size(); ++i) {
            if (!results[i])
                return tl::unexpected(results[i].error());
            if (results[i]->total.completed == 0)
                return failure(ErrorCode::Unsupported, "no request completed in the measured part");
            Contender& contender = m_contenders[i / each];
            contender.runs.push_back(figuresOf(*results[i]));
            contender.preemptions +=
                static_cast<double>(results[i]->preemptions) / static_cast<double>(seeds);
        }
        m_tuning.runs += results.size();
        return {};
    }

    [[nodiscard]] ConfidenceInterval gain(const Contender& contender, std::size_t comparisons) const
    {
        return gainOf(m_contenders.front().runs, contender.runs, m_problem.objective,
                      m_problem.confidence, static_cast<int>(comparisons));
    }

    /** Keeps the standard and the most promising; the others become trials of the list already. */
    void screen()
    {
        for (std::size_t i = 1; i < m_contenders.size(); ++i) {
            const Contender& contender = m_contenders[i];
            m_tuning.trials.push_back({ contender.settings,
                                        gain(contender, 1).mean,
                                        {},
                                        meanOf(contender.runs),
                                        contender.preemptions });
        }
        std::ranges::stable_sort(
            m_tuning.trials, [](const auto& a, const auto& b) { return a.screened > b.screened; });
        const auto finalists =
            std::min(m_tuning.trials.size(), static_cast<std::size_t>(m_problem.finalists));
        std::vector<Contender> kept { m_contenders.front() };
        for (std::size_t i = 0; i < finalists; ++i)
            kept.push_back(*std::ranges::find(m_contenders, m_tuning.trials[i].settings,
                                              &Contender::settings));
        m_contenders = std::move(kept);
    }

    void judge()
    {
        const Contender& standard = m_contenders.front();
        m_tuning.standard = {
            standard.settings, 0, {}, meanOf(standard.runs), standard.preemptions
        };
        const auto finalists = m_contenders.size() - 1;
        for (std::size_t i = 0; i < finalists; ++i) {
            SchedulerTrial& trial = m_tuning.trials[i];
            const Contender& contender = m_contenders[i + 1];
            trial.gain = gain(contender, finalists);
            trial.figures = meanOf(contender.runs);
            trial.preemptions = contender.preemptions;
        }
        m_tuning.recommended = sortFinalists(m_tuning.trials, finalists);
    }

    [[nodiscard]] std::string verdict() const
    {
        if (m_tuning.trials.empty())
            return "there are no other settings to compare with";
        const SchedulerTrial& best = m_tuning.trials[m_tuning.recommended.value_or(0)];
        const std::string figures = gainText(*best.gain);
        if (m_tuning.recommended)
            return fmt::format("{} makes {} better by {} than {}", toString(best.settings),
                               toString(m_problem.objective), figures,
                               toString(m_tuning.standard.settings));
        return fmt::format("keep {}: no other settings are really better; the best, {}, changes {} "
                           "by {}, which may be chance",
                           toString(m_tuning.standard.settings), toString(best.settings),
                           toString(m_problem.objective), figures);
    }

    const SchedulerTuningProblem& m_problem;
    const Catalog& m_catalog;
    const Coefficients& m_coefficients;
    RunContext& m_context;
    std::vector<Contender> m_contenders; ///< the standard first
    SchedulerTuning m_tuning;
};

} // namespace

std::string toString(const SchedulerSettings& settings)
{
    return fmt::format("{} tokens per step, {} sequences", settings.maxNumBatchedTokens,
                       settings.maxNumSeqs);
}

Result<SchedulerTuning> tuneScheduler(const SchedulerTuningProblem& problem, const Catalog& catalog,
                                      const Coefficients& coefficients, RunContext& context)
{
    const auto bad = [](const char* text) { return failure(ErrorCode::InvalidArgument, text); };
    if (problem.screeningSeeds < 1 || problem.finalists < 1 || problem.confirmingSeeds < 2)
        return bad("tuning needs a screening run, a finalist and two confirming runs");
    if (!(problem.confidence > 0 && problem.confidence < 1))
        return bad("the confidence must be between 0 and 1");
    if (problem.objective == RouterObjective::Goodput && !problem.scenario.limits.any())
        return bad("goodput needs limits on the latencies of a request");
    for (const auto* values : { &problem.maxNumBatchedTokens, &problem.maxNumSeqs }) {
        if (std::ranges::any_of(*values, [](int value) { return value < 1 || value > 1'000'000; }))
            return bad("scheduler settings must be from 1 to 1,000,000");
    }
    if (auto checked = checkScenario(problem.scenario); !checked)
        return tl::unexpected(checked.error());
    return SchedulerTuner(problem, catalog, coefficients, context).run();
}

} // namespace llmd
