// SPDX-License-Identifier: Apache-2.0
#include "validation.h"

#include "figurecomparison.h"

#include <core/base/text.h>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace llmd {

namespace {

constexpr double notableStep = 0.03; ///< step times that differ less than that explain nothing

std::string inMs(double seconds)
{
    return fmt::format("{:.1f} ms", seconds * 1e3);
}

/** Which deviations vanish if something is taken into account, and whether that makes new ones. */
struct Explained
{
    std::size_t away = 0;
    std::size_t added = 0;
};

Explained compareVerdicts(const std::vector<ComparedFigure>& before,
                          const std::vector<ComparedFigure>& after)
{
    const auto deviates = [](const ComparedFigure& figure) {
        return figure.verdict == Verdict::Above || figure.verdict == Verdict::Below;
    };
    Explained explained;
    for (std::size_t i = 0; i < before.size() && i < after.size(); ++i) {
        if (deviates(before[i]) && after[i].verdict == Verdict::Within)
            ++explained.away;
        else if (before[i].verdict == Verdict::Within && deviates(after[i]))
            ++explained.added;
    }
    return explained;
}

class Validator
{
public:
    Validator(const ObservedPlan& plan, const Observation& observation, const Engine& engine,
              RunContext& context)
        : m_plan(plan)
        , m_observed(observation)
        , m_engine(engine)
        , m_context(context)
        , m_candidate(plan.candidate)
    { }

    Result<Validation> run()
    {
        // Where only some servers are read, the load is theirs.
        if (!m_observed.allServers && !m_candidate.topology.disaggregation
            && m_observed.servers > 0)
            m_candidate.topology.pool.replicas = std::max(
                1, m_observed.servers / std::max(1, m_candidate.topology.pool.parallelism.data));
        m_result.load = observedWorkload(m_plan, m_observed, false);
        if (!hasLoad())
            return withoutData();
        auto estimate = m_engine.estimate(m_candidate, m_result.load, m_context);
        if (!estimate)
            return tl::unexpected(estimate.error());
        const auto planned = m_engine.estimate(m_plan.candidate, m_plan.need.peakLoad, m_context);
        if (!planned && planned.error().code == ErrorCode::Cancelled)
            return tl::unexpected(planned.error());
        m_result.estimate = std::move(*estimate);
        m_result.figures =
            compareFigures(m_observed, m_result.estimate, planned ? &*planned : nullptr);
        m_result.judged = static_cast<std::size_t>(std::ranges::count_if(
            m_result.figures, [](const auto& f) { return f.verdict != Verdict::NoData; }));
        m_result.deviating = deviations(m_result.figures);
        m_running = m_candidate;
        m_result.differences = configurationDifferences(m_plan, m_observed, m_running);
        note();
        if (m_result.deviating > 0) {
            if (auto found = findCauses(); !found)
                return tl::unexpected(found.error());
        }
        summarise();
        return std::move(m_result);
    }

private:
    [[nodiscard]] bool hasLoad() const
    {
        const Load& load = m_result.load.load;
        const bool some =
            load.kind == Load::Kind::OpenLoop ? load.rate.value() > 0 : load.concurrency > 0;
        return some && (m_observed.rate || m_observed.concurrency);
    }

    Result<Validation> withoutData()
    {
        Candidate ignored = m_candidate;
        m_result.differences = configurationDifferences(m_plan, m_observed, ignored);
        m_result.notes = m_observed.notes;
        m_result.summary = m_observed.servers > 0
            ? "No request ended in this window, so there is nothing to compare."
            : "No series of a model server was found: check the label selector.";
        return std::move(m_result);
    }

    void note()
    {
        m_result.notes = m_observed.notes;
        if (m_result.estimate.saturated)
            m_result.notes.push_back("The plan is predicted to be overloaded at the observed load: "
                                     "latencies cannot be compared.");
        else if (m_result.estimate.nearSaturation)
            m_result.notes.push_back("The plan is predicted to be close to saturation at this "
                                     "load: intervals are taken 1.5 times as wide.");
        if (m_observed.requests > 0 && m_observed.requests < 30)
            m_result.notes.push_back(
                fmt::format("Only {:.0f} requests ended in this window.", m_observed.requests));
    }

    /** The prediction for another configuration or load; nothing where the engine refuses it. */
    Result<std::optional<Estimate>> predict(const Candidate& candidate, const Workload& workload,
                                            double factor = 1)
    {
        auto estimate = SlowedEngine(m_engine, factor).estimate(candidate, workload, m_context);
        if (estimate)
            return std::optional(std::move(*estimate));
        if (estimate.error().code == ErrorCode::Cancelled)
            return tl::unexpected(estimate.error());
        return std::optional<Estimate>();
    }

    /** Takes a cause over if its prediction explains something. */
    void consider(LikelyCause::Kind kind, const std::optional<Estimate>& estimate, std::string text,
                  bool evenIfNothing = false)
    {
        if (!estimate)
            return;
        const auto explained =
            compareVerdicts(m_result.figures, compareFigures(m_observed, *estimate, nullptr));
        if (explained.away > explained.added || evenIfNothing)
            m_result.causes.push_back(
                { kind, std::move(text),
                  explained.away > explained.added ? explained.away - explained.added : 0 });
    }

    Result<> findCauses()
    {
        for (const auto step : { &Validator::considerConfiguration, &Validator::considerPrefix,
                                 &Validator::considerSteps }) {
            if (auto done = (this->*step)(); !done)
                return done;
        }
        considerQueueing();
        std::ranges::stable_sort(
            m_result.causes, [](const auto& a, const auto& b) { return a.explains > b.explains; });
        if (m_result.causes.empty())
            m_result.causes.push_back(
                { LikelyCause::Kind::Unexplained,
                  "None of configuration, prefix cache, step times and queueing explains the "
                  "deviation by itself. Compare the servers' settings with the export, and look "
                  "at what else shares the GPUs or the network.",
                  0 });
        return {};
    }

    Result<> considerConfiguration()
    {
        if (m_result.differences.empty())
            return {};
        std::vector<std::string> parts;
        for (const auto& difference : m_result.differences)
            parts.push_back(fmt::format("{} is {} instead of {}", difference.setting,
                                        difference.observed, difference.planned));
        const auto estimate = predict(m_running, m_result.load);
        if (!estimate)
            return tl::unexpected(estimate.error());
        std::string text = fmt::format("What runs is not what was planned: {}.", join(parts, "; "));
        if (*estimate && (*estimate)->saturated && !m_result.estimate.saturated) {
            // Waiting and longer steps are then its consequences, and no figure beyond capacity can be compared.
            m_result.causes.push_back({ LikelyCause::Kind::Configuration,
                                        text + " It cannot carry the observed load.",
                                        m_result.deviating });
            return {};
        }
        consider(LikelyCause::Kind::Configuration, *estimate, std::move(text), true);
        return {};
    }

    Result<> considerPrefix()
    {
        const auto* hits = m_result.figure("prefix_hit_share");
        if (!m_observed.prefixHitShare || !hits || hits->verdict == Verdict::Within)
            return {};
        const auto estimate = predict(m_candidate, observedWorkload(m_plan, m_observed, true));
        if (!estimate)
            return tl::unexpected(estimate.error());
        consider(
            LikelyCause::Kind::PrefixCache, *estimate,
            fmt::format("{:.0f} % of the prompt tokens are found in the prefix cache, {:.0f} % "
                        "were expected.",
                        *m_observed.prefixHitShare * 100, m_result.estimate.prefixHitRate * 100));
        return {};
    }

    Result<> considerSteps()
    {
        const auto* itl = m_result.figure("itl_mean");
        if (!m_observed.itl.mean || !itl || itl->verdict == Verdict::NoData
            || itl->verdict == Verdict::Within)
            return {};
        const Seconds observed(m_observed.itl.mean->value);
        const auto factor = stepFactor(m_candidate, m_result.load, observed, m_engine, m_context);
        if (!factor)
            return tl::unexpected(factor.error());
        if (!*factor || std::abs(**factor - 1) < notableStep)
            return {};
        m_result.stepFactor = **factor;
        const auto estimate = predict(m_candidate, m_result.load, **factor);
        if (!estimate)
            return tl::unexpected(estimate.error());
        consider(LikelyCause::Kind::StepTime, *estimate,
                 fmt::format(
                     "Steps take {:.2f} times as long as predicted, and batches grow with that: "
                     "ITL is {} and {} were expected.",
                     **factor, inMs(observed.value()), inMs(m_result.estimate.itl.mean.value())));
        return {};
    }

    void considerQueueing()
    {
        const auto* ttft = m_result.figure("ttft_mean");
        if (!m_observed.queueing || !ttft || ttft->verdict != Verdict::Above)
            return;
        Estimate queued = m_result.estimate;
        const Seconds more = *m_observed.queueing - queued.queueing;
        if (!(more.value() > 0))
            return;
        for (LatencyEstimate* latency : { &queued.ttft, &queued.e2e }) {
            for (Seconds* value :
                 { &latency->mean, &latency->p50, &latency->p90, &latency->p95, &latency->p99 })
                *value += more;
        }
        std::string text = fmt::format("Requests wait {} for the scheduler and {} were expected.",
                                       inMs(m_observed.queueing->value()),
                                       inMs(m_result.estimate.queueing.value()));
        if (m_observed.imbalance.value_or(1) > 1.3)
            text += fmt::format(" The busiest server gets {:.1f} times the mean: the router does "
                                "not spread the load.",
                                *m_observed.imbalance);
        if (m_observed.preemptionsPerRequest.value_or(0) > 0.02)
            text += fmt::format(" {:.0f} of 100 requests are preempted: the KV cache is too small "
                                "for what runs.",
                                *m_observed.preemptionsPerRequest * 100);
        if (m_observed.pickerQueue.value_or(0) > 1)
            text += fmt::format(" The endpoint picker holds back {:.0f} requests.",
                                *m_observed.pickerQueue);
        consider(LikelyCause::Kind::Queueing, queued, text);
    }

    void summarise()
    {
        if (m_result.judged == 0) {
            m_result.summary = m_result.estimate.saturated
                ? "The plan is predicted to be overloaded at the observed load."
                : "Nothing was observed of the figures that the plan predicts.";
        } else if (m_result.deviating == 0) {
            m_result.summary = fmt::format("All {} figures are within the 90 % intervals of the "
                                           "prediction for the observed load.",
                                           m_result.judged);
        } else {
            m_result.summary = fmt::format(
                "{} of {} figures are outside the 90 % intervals of the prediction for "
                "the observed load; likely cause: {}.",
                m_result.deviating, m_result.judged,
                m_result.causes.empty() ? "unexplained" : toString(m_result.causes.front().kind));
        }
    }

    const ObservedPlan& m_plan;
    const Observation& m_observed;
    const Engine& m_engine;
    RunContext& m_context;
    Candidate m_candidate; ///< as planned, with as many replicas as the load is of
    Candidate m_running; ///< as it runs
    Validation m_result;
};

} // namespace

std::string_view toString(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Within:
        return "within";
    case Verdict::Above:
        return "above";
    case Verdict::Below:
        return "below";
    case Verdict::NoData:
        break;
    }
    return "no data";
}

std::string_view toString(LikelyCause::Kind kind)
{
    switch (kind) {
    case LikelyCause::Kind::Configuration:
        return "configuration";
    case LikelyCause::Kind::StepTime:
        return "step time";
    case LikelyCause::Kind::Queueing:
        return "queueing";
    case LikelyCause::Kind::PrefixCache:
        return "prefix cache";
    case LikelyCause::Kind::Unexplained:
        break;
    }
    return "unexplained";
}

const ComparedFigure* Validation::figure(std::string_view id) const
{
    const auto it = std::ranges::find(figures, id, &ComparedFigure::id);
    return it == figures.end() ? nullptr : &*it;
}

Result<Validation> validate(const ObservedPlan& plan, const Observation& observation,
                            const Engine& engine, RunContext& context)
{
    return Validator(plan, observation, engine, context).run();
}

} // namespace llmd
