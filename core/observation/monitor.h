// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "drift.h"
#include "metricsreader.h"
#include "validation.h"

#include <core/base/result.h>
#include <core/base/runcontext.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace llmd {

struct MonitorSettings
{
    MetricsEndpoint endpoint;
    Seconds interval { 15 }; ///< between two readings
    /** Of what is compared with the prediction: the last so many seconds; 0 = four intervals, at least a minute. */
    Seconds window { 0 };
    DriftSettings drift;

    [[nodiscard]] Seconds comparedWindow() const;
    bool operator==(const MonitorSettings&) const = default;
};

/** Says what is wrong with settings: the endpoint, an interval outside 1 s … 1 h, a window below the interval. */
[[nodiscard]] Result<> checkSettings(const MonitorSettings& settings);

/** How the monitoring goes, as one of few states that people can act on. */
enum class MonitorState {
    Waiting, ///< the first sample is there; rates need a second one
    Watching,
    NoSeries, ///< it answers and has nothing of a model server
    Stale, ///< it answers and has nothing new
    Unreachable,
};
[[nodiscard]] std::string_view
toString(MonitorState state); ///< "waiting", "watching", "no series", "stale", "unreachable"

/** What one reading gave. Value type: shown by one thread while the next is made. */
struct MonitorUpdate
{
    MonitorState state = MonitorState::Waiting;
    double time = 0; ///< of the newest sample, or of the attempt; seconds since 1970
    std::string message; ///< the state in one or two sentences, with what to do
    std::optional<double> unreachableSince;
    std::optional<Observation> observation; ///< of the compared window
    std::optional<Validation> validation;
    std::vector<DriftSignal> drift;
    std::vector<std::string> notes;

    [[nodiscard]] bool drifted() const;
};

/**
 * Watches one deployment. Each `poll` reads the endpoint once and compares; an endpoint that cannot be read is a state and no
 * error, and what was read before stays. Memory is bounded. One object serves one thread at a time; the engine must outlive it.
 */
class Monitor
{
public:
    /** The settings must have passed `checkSettings`. */
    Monitor(ObservedPlan plan, MonitorSettings settings, const Engine& engine);

    /** Fails on cancellation and where the engine refuses the plan. */
    [[nodiscard]] Result<MonitorUpdate> poll(RunContext& context);

    [[nodiscard]] const ObservedPlan& plan() const { return m_plan; }
    [[nodiscard]] const MonitorSettings& settings() const { return m_settings; }

private:
    [[nodiscard]] MonitorUpdate unreachable(const Error& error);
    [[nodiscard]] Result<> judge(MonitorUpdate& update, RunContext& context);
    [[nodiscard]] Observation observed(const TimeWindow& window) const;
    void feedDrift(double newest);

    ObservedPlan m_plan;
    MonitorSettings m_settings;
    const Engine& m_engine;
    MetricsReader m_reader;
    SeriesHistory m_history;
    std::optional<DriftDetector> m_drift;
    std::optional<double> m_lastWindowEnd; ///< until when windows went into the drift detector
    std::optional<double> m_unreachableSince;
    bool m_everRead = false;
};

} // namespace llmd
