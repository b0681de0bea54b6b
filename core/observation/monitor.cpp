// SPDX-License-Identifier: Apache-2.0
#include "monitor.h"

#include "servingmetrics.h"

#include <core/base/http.h>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <ctime>

namespace llmd {

namespace {

constexpr double shortestWindow = 60; ///< s, unless another one is asked for
constexpr double scrapeInterval = 60; ///< s, the longest usual one of Prometheus
constexpr double longestPast = 3600; ///< s that Prometheus is asked for at the start

double now()
{
    using namespace std::chrono;
    return duration<double>(system_clock::now().time_since_epoch()).count();
}

std::string clock(double time)
{
    return fmt::format("{:%H:%M:%S} UTC", fmt::gmtime(static_cast<std::time_t>(time)));
}

} // namespace

Seconds MonitorSettings::comparedWindow() const
{
    return window.value() > 0 ? window : Seconds(std::max(shortestWindow, 4 * interval.value()));
}

Result<> checkSettings(const MonitorSettings& settings)
{
    if (auto endpoint = checkEndpoint(settings.endpoint); !endpoint)
        return endpoint;
    const double interval = settings.interval.value();
    if (!(interval >= 1 && interval <= 3600))
        return failure(ErrorCode::InvalidArgument,
                       "the interval between readings must be from 1s to 1h");
    const double window = settings.comparedWindow().value();
    if (!(window >= interval && window <= 86400))
        return failure(ErrorCode::InvalidArgument,
                       "the window that is compared must be at least one interval and at most a "
                       "day");
    return {};
}

std::string_view toString(MonitorState state)
{
    switch (state) {
    case MonitorState::Waiting:
        return "waiting";
    case MonitorState::Watching:
        return "watching";
    case MonitorState::NoSeries:
        return "no series";
    case MonitorState::Stale:
        return "stale";
    case MonitorState::Unreachable:
        break;
    }
    return "unreachable";
}

bool MonitorUpdate::drifted() const
{
    return std::ranges::any_of(drift, &DriftSignal::drifted);
}

Monitor::Monitor(ObservedPlan plan, MonitorSettings settings, const Engine& engine)
    : m_plan(std::move(plan))
    , m_settings(std::move(settings))
    , m_engine(engine)
    , m_reader(m_settings.endpoint)
{ }

MonitorUpdate Monitor::unreachable(const Error& error)
{
    MonitorUpdate update;
    update.state = MonitorState::Unreachable;
    update.time = now();
    if (!m_unreachableSince)
        m_unreachableSince = update.time;
    update.unreachableSince = m_unreachableSince;
    update.message =
        fmt::format("Unreachable since {}: {}. Trying again every {:.0f} s.",
                    clock(*m_unreachableSince), error.detail, m_settings.interval.value());
    if (m_drift)
        update.drift = m_drift->report();
    return update;
}

Observation Monitor::observed(const TimeWindow& window) const
{
    Observation observation = observe(m_history, window);
    const auto& endpoint = m_settings.endpoint;
    observation.source = originOf(endpoint.urls.front());
    // One may read a sample of the servers, and Prometheus has them all.
    observation.allServers = endpoint.kind == MetricsEndpoint::Kind::Prometheus
        || observation.servers >= m_plan.candidate.topology.pool.replicas;
    auto& configuration = observation.configuration;
    const ServerFacts& facts = m_reader.facts();
    configuration.versions.insert(facts.versions.begin(), facts.versions.end());
    if (!facts.models.empty())
        configuration.settings["model_root"] = facts.models;
    if (!facts.maxModelLens.empty())
        configuration.settings["max_model_len"] = facts.maxModelLens;
    if (m_drift)
        observation.burstiness = m_drift->burstiness();
    return observation;
}

void Monitor::feedDrift(double newest)
{
    // Windows must not overlap: what is counted twice looks twice as certain.
    const double step = m_settings.interval.value();
    if (!m_lastWindowEnd) {
        // The past that Prometheus has counts as if it had been watched.
        const double reach = m_settings.endpoint.kind == MetricsEndpoint::Kind::Prometheus
            ? std::min(longestPast, 64 * step)
            : 0;
        m_lastWindowEnd = newest - reach;
    }
    while (newest - *m_lastWindowEnd > 0.5 * step) {
        const double end =
            newest - *m_lastWindowEnd < 1.5 * step ? newest : *m_lastWindowEnd + step;
        const TimeWindow window { *m_lastWindowEnd, end };
        m_drift->add(observe(m_history, window));
        m_lastWindowEnd = end;
    }
}

Result<> Monitor::judge(MonitorUpdate& update, RunContext& context)
{
    if (!m_drift) {
        const auto planned = m_engine.estimate(m_plan.candidate, m_plan.need.peakLoad, context);
        if (!planned)
            return tl::unexpected(planned.error());
        m_drift.emplace(expectedTraffic(m_plan.need,
                                        planned->saturated ? std::nullopt
                                                           : std::optional(planned->prefixHitRate)),
                        m_settings.drift);
    }
    feedDrift(update.time);
    const double window = m_settings.comparedWindow().value();
    update.observation = observed({ update.time - window, update.time });
    update.drift = m_drift->report();
    if (!update.observation->rate) {
        update.state =
            update.observation->servers > 0 ? MonitorState::Waiting : MonitorState::NoSeries;
        update.message = update.state == MonitorState::Waiting
            ? "The first sample was read. Rates and latencies follow with the next one."
            : "It answers, and there is no series of a model server among what it has: check the "
              "label selector, and that the servers are scraped.";
        return {};
    }
    auto validation = validate(m_plan, *update.observation, m_engine, context);
    if (!validation)
        return tl::unexpected(validation.error());
    update.validation = std::move(*validation);
    update.state = MonitorState::Watching;
    update.message = update.validation->summary;
    return {};
}

Result<MonitorUpdate> Monitor::poll(RunContext& context)
{
    const double window = m_settings.comparedWindow().value();
    const double past = window + scrapeInterval + m_settings.interval.value();
    if (!m_everRead) {
        // Steps of the range query stand for samples: restarts between them show as a fall all the same.
        const auto before = m_reader.readPast(m_history, Seconds(past), Seconds(longestPast),
                                              m_settings.interval, context.stop);
        if (!before && before.error().code == ErrorCode::Cancelled)
            return tl::unexpected(before.error());
        if (!before)
            return unreachable(before.error());
        m_everRead = true;
    }
    const auto newestBefore = m_history.newest();
    const auto reading = m_reader.read(m_history, Seconds(past), context.stop);
    if (!reading) {
        if (reading.error().code == ErrorCode::Cancelled)
            return tl::unexpected(reading.error());
        return unreachable(reading.error());
    }
    m_unreachableSince.reset();
    MonitorUpdate update;
    update.notes = reading->notes;
    if (m_history.isFull())
        update.notes.push_back("There are more series than are kept; narrow the label selector.");
    const auto newest = m_history.newest();
    update.time = newest.value_or(now());
    m_history.forgetBefore(update.time - std::max(past, longestPast));
    if (!newest) {
        update.state = MonitorState::NoSeries;
        update.message = "It answers, and there is no series of a model server among what it has: "
                         "check the label selector, and that the servers are scraped.";
        return update;
    }
    if (auto judged = judge(update, context); !judged)
        return tl::unexpected(judged.error());
    if (now() - *newest > std::max(5 * scrapeInterval, 3 * m_settings.interval.value())
        || (reading->samples == 0 && newestBefore == newest)) {
        update.state = MonitorState::Stale;
        update.message = fmt::format("It answers, and the newest sample is of {}: check that the "
                                     "servers run and are scraped. {}",
                                     clock(*newest), update.message);
    }
    return update;
}

} // namespace llmd
