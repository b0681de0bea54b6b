// SPDX-License-Identifier: Apache-2.0
#include "adaptation.h"

#include <core/base/text.h>
#include <core/plan/chosenoption.h>
#include <core/plan/deploymentplan.h>
#include <core/spec/planbuilder.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace llmd {

namespace {

constexpr double worthEasier = 1.05; ///< what an easier change may cost more than the cheapest one
constexpr int mostReplicas = 4096;

std::string inMs(Seconds value)
{
    return fmt::format("{:.0f} ms", value.value() * 1e3);
}

Requirements shiftedRequirements(const ObservedPlan& plan, const Shift& shift)
{
    Requirements shifted = plan.requirements;
    const double peak = plan.need.peakLoad.load.rate.value();
    const double mean = plan.need.meanLoad.load.rate.value();
    if (shift.peakRate && peak > 0) {
        shifted.users.reset();
        shifted.peakFactor = mean > 0 ? peak / mean : 1;
        shifted.rate = RequestsPerSecond(*shift.peakRate / *shifted.peakFactor);
    }
    if (shift.promptTokens)
        shifted.promptTokens = *shift.promptTokens;
    if (shift.outputTokens)
        shifted.outputTokens = *shift.outputTokens;
    const double prompt = shift.promptTokens.value_or(plan.need.peakLoad.prompt.mean);
    if (shift.prefixHitShare) {
        shifted.uniquePrompts = 0;
        shifted.prefixGroups = 1;
        shifted.sharedPrefixTokens = std::floor(std::min(0.98, *shift.prefixHitShare) * prompt);
    } else if (plan.need.peakLoad.prefix.sharedTokens > prompt) {
        shifted.sharedPrefixTokens = std::floor(prompt);
    }
    shifted.models = { plan.candidate.model->id };
    shifted.gpusIncluded = { plan.candidate.gpu->id };
    // What serves now has a context window; what is longer than that would need another deployment.
    shifted.contextTokens = plan.candidate.engine.maxModelLen;
    return shifted;
}

bool sameLayout(const Candidate& a, const Candidate& b)
{
    return a.topology.pool.parallelism == b.topology.pool.parallelism
        && a.topology.disaggregation.has_value() == b.topology.disaggregation.has_value()
        && a.model->id == b.model->id
        && a.model->architecture.quantization.method == b.model->architecture.quantization.method;
}

class Adapter
{
public:
    Adapter(const ObservedPlan& plan, const Shift& shift, const Engine& engine,
            const Coefficients& coefficients, const AdaptationOptions& options, RunContext& context)
        : m_plan(plan)
        , m_shift(shift)
        , m_engine(engine, shift.stepFactor)
        , m_coefficients(coefficients)
        , m_options(options)
        , m_context(context)
    { }

    Result<Adaptation> run()
    {
        for (const auto step : { &Adapter::judgeCurrent, &Adapter::proposeReplicas,
                                 &Adapter::proposeOthers, &Adapter::tune }) {
            if (auto done = (this->*step)(); !done)
                return tl::unexpected(done.error());
        }
        recommend();
        return std::move(m_result);
    }

private:
    Result<> judgeCurrent()
    {
        m_result.requirements = shiftedRequirements(m_plan, m_shift);
        auto need = resolve(m_result.requirements, *m_plan.catalog);
        if (!need)
            return tl::unexpected(need.error());
        if (m_shift.burstiness) {
            for (Workload* workload : { &need->peakLoad, &need->meanLoad }) {
                workload->burstiness = std::max(0.05, *m_shift.burstiness);
                workload->arrivals =
                    workload->burstiness > 1.2 ? ArrivalShape::Bursty : ArrivalShape::Poisson;
            }
        }
        m_result.need = std::move(*need);
        auto current = option(m_plan.candidate);
        if (!current)
            return tl::unexpected(current.error());
        m_result.current = std::move(*current);
        auto plan = executionPlan(m_result.current);
        if (!plan)
            return tl::unexpected(plan.error());
        m_currentPlan = std::move(*plan);
        return {};
    }

    Result<Option> option(const Candidate& candidate)
    {
        return chosenOption(candidate, m_result.need, m_result.requirements, *m_plan.catalog,
                            m_engine, m_context);
    }

    Result<ExecutionPlan> executionPlan(const Option& option) const
    {
        const auto deployment =
            planDeployment(option, m_result.need, m_result.requirements, *m_plan.catalog);
        if (!deployment)
            return tl::unexpected(deployment.error());
        return executionPlanOf(option, m_result.need, *deployment, m_plan.catalog);
    }

    void propose(std::string title, const Option& option)
    {
        const auto plan = executionPlan(option);
        if (!plan || !option.meetsTargets)
            return;
        PlanDiff diff = comparePlans(m_currentPlan, *plan);
        if (diff.level == ReloadLevel::None)
            return;
        const bool known = std::ranges::any_of(m_result.proposals, [&](const Proposal& other) {
            return other.diff.changes == diff.changes;
        });
        if (known)
            return;
        Proposal proposal {
            std::move(title), option, std::move(diff), option.cost - m_result.current.cost, {}
        };
        proposal.gain = gainOf(option);
        m_result.proposals.push_back(std::move(proposal));
    }

    [[nodiscard]] std::string gainOf(const Option& option) const
    {
        const Estimate& now = m_result.current.atPeak;
        const Estimate& then = option.atPeak;
        std::string text;
        if (!m_result.current.meetsTargets && (now.saturated || now.e2e.mean.value() <= 0))
            text = fmt::format("serves the load, which overloads the present plan: TTFT p95 {}, "
                               "ITL mean {:.1f} ms",
                               inMs(then.ttft.p95), then.itl.mean.value() * 1e3);
        else
            text = fmt::format("{}TTFT p95 {} instead of {}, ITL mean {:.1f} instead of {:.1f} ms",
                               m_result.current.meetsTargets ? "" : "meets the targets again: ",
                               inMs(then.ttft.p95), inMs(now.ttft.p95), then.itl.mean.value() * 1e3,
                               now.itl.mean.value() * 1e3);
        const double change = (option.cost - m_result.current.cost).value() * 3600;
        if (std::abs(change) >= 0.005)
            text += fmt::format("; {} ${:.2f} per hour", change > 0 ? "costs" : "saves",
                                std::abs(change));
        return text;
    }

    /** The fewest replicas with which the layout that is there carries the peak. */
    Result<> proposeReplicas()
    {
        if (m_plan.candidate.topology.disaggregation)
            return {}; // both roles count; the search finds those
        const double capacity =
            m_result.current.capacityPerReplica.value() * (1 - m_result.requirements.headroom);
        if (!(capacity > 0))
            return {};
        const double peak = m_result.need.peakLoad.load.rate.value();
        const int replicas = static_cast<int>(std::clamp(
            std::ceil(peak / capacity), static_cast<double>(m_result.requirements.minReplicas),
            static_cast<double>(mostReplicas)));
        const int now = m_plan.candidate.topology.pool.replicas;
        if (replicas == now)
            return {};
        Candidate candidate = m_plan.candidate;
        candidate.topology.pool.replicas = replicas;
        auto scaled = option(candidate);
        if (!scaled)
            return tl::unexpected(scaled.error());
        propose(fmt::format("{} replicas instead of {}", replicas, now), *scaled);
        return {};
    }

    Result<> proposeOthers()
    {
        SearchProblem problem;
        problem.requirements = m_result.requirements;
        auto report = search(problem, m_plan.catalog, m_engine, m_context);
        if (!report)
            return tl::unexpected(report.error());
        if ((*report)->cancelled)
            return failure(ErrorCode::Cancelled, "stopped on request");
        m_result.report = *report;
        const auto& options = (*report)->options;
        const Option* settings = nullptr; // cheapest with the same layout
        const Option* split = nullptr; // cheapest that serves prefill and decode apart
        for (const Option& each : options) {
            if (!settings && sameLayout(each.candidate, m_plan.candidate))
                settings = &each;
            if (!split && each.candidate.topology.disaggregation)
                split = &each;
        }
        if (settings)
            propose(fmt::format("{} with {} tokens per step and {} sequences",
                                settings->candidate.topology.label(),
                                settings->candidate.engine.maxNumBatchedTokens,
                                settings->candidate.engine.maxNumSeqs),
                    *settings);
        if (!options.empty())
            propose(fmt::format("{} of {}", options.front().candidate.topology.label(),
                                options.front().candidate.gpu->name),
                    options.front());
        if (split)
            propose(split->candidate.topology.label(), *split);
        return {};
    }

    [[nodiscard]] Scenario scenario(const Candidate& candidate) const
    {
        Scenario scenario;
        scenario.candidate = candidate;
        const Workload& peak = m_result.need.peakLoad;
        scenario.traffic.prompt = peak.prompt;
        scenario.traffic.output = peak.output;
        scenario.traffic.prefix = peak.prefix;
        TrafficStage stage;
        // A slower clock: see `onSlowerClock`. Ratios of latencies do not change with it.
        stage.load = peak.load;
        stage.load.rate *= m_shift.stepFactor;
        stage.requests = m_options.requests;
        scenario.traffic.stages = { stage };
        scenario.router = recommendedRouter();
        return scenario;
    }

    /** The candidate whose settings are tuned: that which carries the load with the least change. */
    [[nodiscard]] const Candidate& tuned() const
    {
        if (m_result.current.meetsTargets || m_result.proposals.empty())
            return m_plan.candidate;
        return m_result.proposals.front().option.candidate;
    }

    Result<> tune()
    {
        if (!m_options.tune)
            return {};
        const Candidate& candidate = tuned();
        SchedulerTuningProblem scheduler;
        scheduler.scenario = scenario(candidate);
        scheduler.confirmingSeeds = m_options.confirmingSeeds;
        auto settings = tuneScheduler(scheduler, *m_plan.catalog, m_coefficients, m_context);
        if (settings)
            m_result.scheduler = std::move(*settings);
        else if (settings.error().code == ErrorCode::Cancelled)
            return tl::unexpected(settings.error());
        if (candidate.topology.disaggregation || candidate.topology.pool.replicas < 2)
            return {};
        RouterTuningProblem router;
        router.scenario = scenario(candidate);
        router.confirmingSeeds = m_options.confirmingSeeds;
        auto weights = tuneRouter(router, *m_plan.catalog, m_coefficients, m_context);
        if (weights)
            m_result.router = std::move(*weights);
        else if (weights.error().code == ErrorCode::Cancelled)
            return tl::unexpected(weights.error());
        return {};
    }

    void recommend()
    {
        auto& proposals = m_result.proposals;
        std::ranges::stable_sort(proposals, [](const Proposal& a, const Proposal& b) {
            return std::pair(a.diff.level, a.option.cost) < std::pair(b.diff.level, b.option.cost);
        });
        // A harder change has to bring something: money or time.
        for (std::size_t i = 1; i < proposals.size();) {
            const Option& harder = proposals[i].option;
            const bool beaten =
                std::any_of(proposals.begin(), proposals.begin() + static_cast<std::ptrdiff_t>(i),
                            [&harder](const Proposal& easier) {
                                return easier.option.cost <= harder.cost
                                    && easier.option.atPeak.e2e.p95 <= harder.atPeak.e2e.p95;
                            });
            if (beaten)
                proposals.erase(proposals.begin() + static_cast<std::ptrdiff_t>(i));
            else
                ++i;
        }
        double cheapest = std::numeric_limits<double>::infinity();
        for (const Proposal& proposal : proposals)
            cheapest = std::min(cheapest, proposal.option.cost.value());
        const bool fine = m_result.current.meetsTargets;
        if (fine)
            cheapest = std::min(cheapest, m_result.current.cost.value());
        for (std::size_t i = 0; i < proposals.size() && !m_result.recommended; ++i) {
            const double cost = proposals[i].option.cost.value();
            // Without a need to change, only what saves money is worth it.
            const bool worth = fine ? cost * worthEasier < m_result.current.cost.value()
                    && cost <= cheapest * worthEasier
                                    : cost <= cheapest * worthEasier;
            if (worth)
                m_result.recommended = i;
        }
        m_result.verdict = verdict();
    }

    [[nodiscard]] std::string verdict() const
    {
        std::string text = m_result.current.meetsTargets
            ? "The present plan still meets the targets. "
            : "The present plan no longer meets the targets. ";
        if (m_result.recommended) {
            const Proposal& best = m_result.proposals[*m_result.recommended];
            text += fmt::format("Change to {}: {} ({}).", best.title, best.gain,
                                describe(best.diff.level));
        } else if (m_result.current.meetsTargets) {
            text += "No change is worth its trouble.";
        } else {
            text += "Nothing of this model on this GPU meets them within the limits; plan anew "
                    "with other GPUs, models or targets.";
        }
        return text;
    }

    const ObservedPlan& m_plan;
    const Shift& m_shift;
    SlowedEngine m_engine;
    const Coefficients& m_coefficients;
    const AdaptationOptions& m_options;
    RunContext& m_context;
    Adaptation m_result;
    ExecutionPlan m_currentPlan;
};

nlohmann::ordered_json latencyJson(const LatencyEstimate& latency)
{
    return { { "mean_ms", latency.mean.value() * 1e3 }, { "p95_ms", latency.p95.value() * 1e3 } };
}

nlohmann::ordered_json optionJson(const Option& option)
{
    nlohmann::ordered_json json { { "id", option.id },
                                  { "topology", option.candidate.topology.label() },
                                  { "meets_targets", option.meetsTargets },
                                  { "saturated", option.atPeak.saturated },
                                  { "total_gpus", option.totalGpus },
                                  { "cost_per_hour_usd", option.cost.value() * 3600 },
                                  { "max_num_batched_tokens",
                                    option.candidate.engine.maxNumBatchedTokens },
                                  { "max_num_seqs", option.candidate.engine.maxNumSeqs } };
    if (!option.atPeak.saturated) {
        json["ttft"] = latencyJson(option.atPeak.ttft);
        json["itl"] = latencyJson(option.atPeak.itl);
    }
    return json;
}

} // namespace

bool Shift::any() const
{
    return *this != Shift {};
}

Shift shiftOf(const std::vector<DriftSignal>& drift, std::optional<double> stepFactor)
{
    Shift shift;
    for (const DriftSignal& signal : drift) {
        if (!signal.drifted() || !signal.observed)
            continue;
        switch (signal.metric) {
        case DriftMetric::Rate:
            shift.peakRate = *signal.observed;
            break;
        case DriftMetric::PromptTokens:
            shift.promptTokens = std::max(1.0, std::round(*signal.observed));
            break;
        case DriftMetric::OutputTokens:
            shift.outputTokens = std::max(1.0, std::round(*signal.observed));
            break;
        case DriftMetric::PrefixHits:
            shift.prefixHitShare = std::clamp(*signal.observed, 0.0, 1.0);
            break;
        case DriftMetric::Burstiness:
            shift.burstiness = *signal.observed;
            break;
        }
    }
    shift.stepFactor = stepFactor.value_or(1);
    return shift;
}

std::string describe(const Shift& shift, const ResolvedNeed& planned)
{
    std::vector<std::string> parts;
    const Workload& peak = planned.peakLoad;
    if (shift.peakRate)
        parts.push_back(fmt::format("requests at {}/s instead of {}/s at the peak",
                                    printRounded(*shift.peakRate),
                                    printRounded(peak.load.rate.value())));
    if (shift.promptTokens)
        parts.push_back(fmt::format("prompts of {:.0f} tokens instead of {:.0f}",
                                    *shift.promptTokens, peak.prompt.mean));
    if (shift.outputTokens)
        parts.push_back(fmt::format("outputs of {:.0f} tokens instead of {:.0f}",
                                    *shift.outputTokens, peak.output.mean));
    if (shift.prefixHitShare)
        parts.push_back(
            fmt::format("{:.0f} % of the prompt tokens cached", *shift.prefixHitShare * 100));
    if (shift.burstiness)
        parts.push_back(fmt::format("arrivals with a burstiness of {} instead of {}",
                                    printRounded(*shift.burstiness, 2),
                                    printRounded(peak.burstiness, 2)));
    if (shift.stepFactor != 1)
        parts.push_back(fmt::format("steps that take {:.2f} times as long", shift.stepFactor));
    return join(parts, "; ");
}

Result<Adaptation> adapt(const ObservedPlan& plan, const Shift& shift, const Engine& engine,
                         const Coefficients& coefficients, const AdaptationOptions& options,
                         RunContext& context)
{
    return Adapter(plan, shift, engine, coefficients, options, context).run();
}

nlohmann::ordered_json toJson(const Adaptation& adaptation)
{
    using Json = nlohmann::ordered_json;
    Json json { { "verdict", adaptation.verdict }, { "current", optionJson(adaptation.current) } };
    json["proposals"] = Json::array();
    for (const Proposal& proposal : adaptation.proposals) {
        Json changes = Json::array();
        for (const PlanChange& change : proposal.diff.changes)
            changes.push_back({ { "field", change.field },
                                { "before", change.before },
                                { "after", change.after } });
        json["proposals"].push_back(
            { { "title", proposal.title },
              { "reload_level", static_cast<int>(proposal.diff.level) },
              { "reload", describe(proposal.diff.level) },
              { "gain", proposal.gain },
              { "cost_change_per_hour_usd", proposal.costChange.value() * 3600 },
              { "option", optionJson(proposal.option) },
              { "changes", std::move(changes) } });
    }
    json["recommended"] = adaptation.recommended ? Json(*adaptation.recommended) : Json(nullptr);
    json["router"] = adaptation.router ? Json(adaptation.router->verdict) : Json(nullptr);
    json["scheduler"] = adaptation.scheduler ? Json(adaptation.scheduler->verdict) : Json(nullptr);
    return json;
}

} // namespace llmd
