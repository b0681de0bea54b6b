// SPDX-License-Identifier: Apache-2.0
#include "autoscalingtuning.h"

#include <core/base/parallel.h>

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numeric>
#include <set>

namespace llmd {

namespace {

using Clock = std::chrono::steady_clock;
using Days = std::vector<DayReport>;

constexpr double spareOfMost =
    1.25; ///< replicas beyond those for the peak that fluctuation may ask for

class AutoscalingTuner
{
public:
    AutoscalingTuner(const AutoscalingProblem& problem, RunContext& context)
        : m_problem(problem)
        , m_context(context)
    { }

    Result<AutoscalingTuning> run(const Engine& engine);

private:
    [[nodiscard]] AutoscalerSettings fixedSettings() const;
    [[nodiscard]] std::vector<AutoscalerSettings> candidates() const;
    [[nodiscard]] Result<std::vector<Days>> simulateAll(const std::vector<AutoscalerSettings>& sets,
                                                        std::uint64_t firstSeed, int seeds) const;
    [[nodiscard]] ScalingTrial trial(const AutoscalerSettings& settings, const Days& days) const;
    [[nodiscard]] Result<> screen();
    [[nodiscard]] Result<> confirm();
    [[nodiscard]] std::string verdict() const;
    [[nodiscard]] ServedLoad served() const
    {
        return { m_tuning.curve, m_problem.load.slo, m_problem.coldStart };
    }

    const AutoscalingProblem& m_problem;
    RunContext& m_context;
    AutoscalingTuning m_tuning;
};

AutoscalerSettings AutoscalingTuner::fixedSettings() const
{
    AutoscalerSettings settings;
    settings.minReplicas = settings.maxReplicas = m_tuning.curve.fleet->replicas;
    return settings;
}

std::vector<AutoscalerSettings> AutoscalingTuner::candidates() const
{
    const int forPeak = m_tuning.curve.fleet->replicas;
    const LoadPoint& capacity = *m_tuning.curve.withinTargets;
    const double mostInFlight = capacity.rate.value() * capacity.estimate.e2e.mean.value();
    std::set<int> fewest;
    for (const double share : { 0.0, 0.2, 0.35, 0.5, 0.7 })
        fewest.insert(
            std::max(m_problem.load.minReplicas, static_cast<int>(std::ceil(share * forPeak))));
    const double cold = std::max(15.0, m_problem.coldStart.value());
    std::vector<AutoscalerSettings> result;
    for (const int least : fewest) {
        for (const double share : { 0.4, 0.5, 0.6, 0.7, 0.8, 0.9 }) {
            for (const double window : { 60.0, 300.0, 900.0, 1800.0 }) {
                for (const auto& [pods, period] : { std::pair(1, cold), std::pair(1, 60.0),
                                                    std::pair(std::max(2, forPeak / 4), 60.0) }) {
                    AutoscalerSettings settings;
                    settings.minReplicas = least;
                    settings.maxReplicas =
                        std::max(least, static_cast<int>(std::ceil(forPeak * spareOfMost)));
                    // A whole number of requests, as an autoscaler's threshold is written.
                    settings.targetInFlight = std::max(1.0, std::floor(share * mostInFlight));
                    settings.scaleDownWindow = Seconds(window);
                    settings.podsUp = pods;
                    settings.upPeriod = Seconds(period);
                    if (std::find(result.begin(), result.end(), settings) == result.end())
                        result.push_back(settings);
                }
            }
        }
    }
    return result;
}

Result<std::vector<Days>> AutoscalingTuner::simulateAll(const std::vector<AutoscalerSettings>& sets,
                                                        std::uint64_t firstSeed, int seeds) const
{
    const auto perSet = static_cast<std::size_t>(seeds);
    std::vector<Days> days(sets.size(), Days(perSet));
    const ServedLoad load = served();
    const bool complete = parallelFor(
        sets.size() * perSet, m_context,
        [&](std::size_t index, unsigned) {
            days[index / perSet][index % perSet] =
                simulateDay(load, m_problem.day, sets[index / perSet], firstSeed + index % perSet);
        },
        "autoscaling");
    if (!complete)
        return failure(ErrorCode::Cancelled, "stopped on request");
    return days;
}

ScalingTrial AutoscalingTuner::trial(const AutoscalerSettings& settings, const Days& days) const
{
    ScalingTrial trial;
    trial.settings = settings;
    trial.worstDay = trial.worstHour = 1;
    const auto count = static_cast<double>(days.size());
    for (const DayReport& day : days) {
        trial.attainment += day.attainment / count;
        trial.replicaHours += day.replicaHours / count;
        trial.changesPerDay += (day.additions + day.removals) / count;
        trial.worstDay = std::min(trial.worstDay, day.attainment);
        trial.worstHour = std::min(trial.worstHour, day.worstHour);
        trial.mostReplicas = std::max<double>(trial.mostReplicas, day.mostReplicas);
        trial.longestWait = std::max(trial.longestWait, day.longestWait);
    }
    const FleetSizing& fleet = *m_tuning.curve.fleet;
    if (fleet.cost)
        trial.cost = *fleet.cost / fleet.replicas * (trial.replicaHours / 24);
    return trial;
}

/** All settings on a few days; those that reach the attainment on every one, fewest replica hours first. */
Result<> AutoscalingTuner::screen()
{
    const auto sets = candidates();
    const auto days = simulateAll(sets, m_context.seed, m_problem.screeningSeeds);
    if (!days)
        return tl::unexpected(days.error());
    m_tuning.examined = sets.size();
    m_tuning.days = sets.size() * static_cast<std::size_t>(m_problem.screeningSeeds);
    for (std::size_t i = 0; i < sets.size(); ++i) {
        ScalingTrial each = trial(sets[i], (*days)[i]);
        if (each.worstDay >= m_problem.attainment)
            m_tuning.trials.push_back(std::move(each));
    }
    std::stable_sort(m_tuning.trials.begin(), m_tuning.trials.end(),
                     [](const ScalingTrial& a, const ScalingTrial& b) {
                         return a.replicaHours < b.replicaHours;
                     });
    return {};
}

/** The best few and the static deployment on fresh days, so that luck in the screening does not count. */
Result<> AutoscalingTuner::confirm()
{
    const std::size_t finalists =
        std::min(m_tuning.trials.size(), static_cast<std::size_t>(m_problem.finalists));
    std::vector<AutoscalerSettings> sets { fixedSettings() };
    for (std::size_t i = 0; i < finalists; ++i)
        sets.push_back(m_tuning.trials[i].settings);
    const auto days =
        simulateAll(sets, m_context.seed + static_cast<std::uint64_t>(m_problem.screeningSeeds),
                    m_problem.confirmingSeeds);
    if (!days)
        return tl::unexpected(days.error());
    m_tuning.days += sets.size() * static_cast<std::size_t>(m_problem.confirmingSeeds);
    m_tuning.fixed = trial(sets.front(), days->front());
    const int comparisons = 2 * static_cast<int>(finalists); // attainment and saving of each
    for (std::size_t i = 0; i < finalists; ++i) {
        const Days& own = (*days)[i + 1];
        std::vector<double> savings;
        std::vector<double> reached;
        for (std::size_t day = 0; day < own.size(); ++day) {
            savings.push_back(1 - own[day].replicaHours / days->front()[day].replicaHours);
            reached.push_back(own[day].attainment);
        }
        m_tuning.trials[i] = trial(sets[i + 1], own);
        m_tuning.trials[i].saving = meanInterval(savings, m_problem.confidence, comparisons);
        m_tuning.trials[i].reached = meanInterval(reached, m_problem.confidence, comparisons);
    }
    std::stable_sort(m_tuning.trials.begin(),
                     m_tuning.trials.begin() + static_cast<std::ptrdiff_t>(finalists),
                     [](const ScalingTrial& a, const ScalingTrial& b) {
                         return a.replicaHours < b.replicaHours;
                     });
    for (std::size_t i = 0; i < finalists && !m_tuning.recommended; ++i) {
        const ScalingTrial& each = m_tuning.trials[i];
        if (each.saving->isAbove(0) && each.reached->low >= m_problem.attainment)
            m_tuning.recommended = i;
    }
    return {};
}

std::string AutoscalingTuner::verdict() const
{
    const ScalingTrial& fixed = m_tuning.fixed;
    const auto percent = [](double value) { return fmt::format("{:.1f} %", value * 100); };
    if (!m_tuning.recommended)
        return fmt::format(
            "keep {} replicas all day ({} of requests in time): {}", fixed.settings.minReplicas,
            percent(fixed.attainment),
            m_tuning.trials.empty()
                ? fmt::format("no settings keep {} of requests in time",
                              percent(m_problem.attainment))
                : std::string("no settings that keep requests in time surely save anything"));
    const ScalingTrial& best = m_tuning.trials[*m_tuning.recommended];
    return fmt::format(
        "scale between {} and {} replicas at {:.0f} requests in flight each: {} ({} to {}) fewer "
        "replica hours than {} replicas all day, {} of requests in time instead of {}",
        best.settings.minReplicas, best.settings.maxReplicas, best.settings.targetInFlight,
        percent(best.saving->mean), percent(best.saving->low), percent(best.saving->high),
        fixed.settings.minReplicas, percent(best.attainment), percent(fixed.attainment));
}

Result<AutoscalingTuning> AutoscalingTuner::run(const Engine& engine)
{
    const auto start = Clock::now();
    auto curve = loadCurve(m_problem.load, engine, m_context);
    if (!curve)
        return tl::unexpected(curve.error());
    m_tuning.curve = std::move(*curve);
    if (!m_tuning.curve.withinTargets || !m_tuning.curve.fleet)
        return failure(ErrorCode::Unsupported,
                       "not even a lone request meets the targets: there is no load to scale for");
    if (auto done = screen(); !done)
        return tl::unexpected(done.error());
    if (auto done = confirm(); !done)
        return tl::unexpected(done.error());
    m_tuning.verdict = verdict();
    const AutoscalerSettings shown =
        m_tuning.recommended ? m_tuning.trials[*m_tuning.recommended].settings : fixedSettings();
    m_tuning.day = simulateDay(served(), m_problem.day, shown, m_context.seed, true);
    m_tuning.elapsed = Seconds(std::chrono::duration<double>(Clock::now() - start).count());
    return std::move(m_tuning);
}

Result<> checkProblem(const AutoscalingProblem& problem)
{
    const auto bad = [](const char* text) { return failure(ErrorCode::InvalidArgument, text); };
    const Slo& slo = problem.load.slo;
    if (!slo.ttft && !slo.itl && !slo.e2e)
        return bad("autoscaling needs a target for a latency to keep");
    if (problem.load.candidate.topology.disaggregation)
        return bad("autoscaling is searched for aggregated serving; prefill and decode servers "
                   "scale by themselves");
    if (!problem.load.peak)
        return bad("autoscaling needs the peak rate");
    if (problem.screeningSeeds < 1 || problem.finalists < 1 || problem.confirmingSeeds < 2)
        return bad("tuning needs a screening day, a finalist and two confirming days");
    if (!(problem.confidence > 0 && problem.confidence < 1)
        || !(problem.attainment > 0 && problem.attainment < 1))
        return bad("confidence and attainment must be between 0 and 1");
    const DayOfLoad& day = problem.day;
    const double sum = std::accumulate(day.relative.begin(), day.relative.end(), 0.0);
    const bool valid = !day.relative.empty() && sum > 0 && std::isfinite(sum)
        && std::all_of(day.relative.begin(), day.relative.end(), [](double v) { return v >= 0; });
    if (!valid || day.relative.size() > 10'000 || !(day.mean.value() > 0)
        || !std::isfinite(day.mean.value()))
        return bad(
            "a day needs a mean rate above zero and 1 to 10000 relative rates of at least 0");
    if (!(day.fluctuation >= 0 && day.fluctuation <= 2) || !(day.fluctuationTime.value() > 0))
        return bad("the fluctuation must be 0 to 2 and last longer than 0 s");
    if (!(problem.coldStart.value() >= 0 && problem.coldStart.value() <= 86'400))
        return bad("the cold start must take between nothing and a day");
    return {};
}

} // namespace

Result<AutoscalingTuning> tuneAutoscaling(const AutoscalingProblem& problem, const Engine& engine,
                                          RunContext& context)
{
    if (auto checked = checkProblem(problem); !checked)
        return tl::unexpected(checked.error());
    return AutoscalingTuner(problem, context).run(engine);
}

} // namespace llmd
