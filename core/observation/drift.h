// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "observation.h"

#include <core/workload/requirements.h>

#include <nlohmann/json_fwd.hpp>

#include <array>
#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/** Notices that the traffic is no longer what was planned for, without crying wolf at every busy minute. */
namespace llmd {

/**
 * How a change is told from chance: a two-sided CUSUM (Page 1954) of what exceeds an allowance, in standard deviations of one
 * window. Traffic always fluctuates for minutes, and such fluctuations do not average out from one window to the next: the allowance
 * takes them, and the head-room of a plan serves them. Beyond it, one side with a reference of 0.5 and a threshold of 10
 * raises a false alarm in 141,000 windows on average (Siegmund's approximation). Traffic as planned that fluctuates by 5 % for ten minutes at a time
 * raises fewer than one in 14,000 windows, on all figures together: tst_drift checks both by simulation, and how long a
 * change of 30 % takes to be noticed. No window counts for more than `cap`, so that no single one can raise an alarm.
 */
struct DriftSettings
{
    double reference = 0.5; ///< deviations up to this are drift of nobody's concern
    double threshold = 10;
    double cap = 6;
    double allowance =
        0.15; ///< relative, of rates and lengths; two thirds of it, absolute, of shares
    double fluctuation = 0.05; ///< relative, of a window by itself beside the scatter of requests
    double fewestRequests = 5; ///< a window with fewer says nothing of lengths and hits
    bool operator==(const DriftSettings&) const = default;
};

/** One CUSUM, both directions. */
class Cusum
{
public:
    explicit Cusum(const DriftSettings& settings = {})
        : m_settings(settings)
    { }

    /** A deviation in standard deviations. */
    void add(double deviation);
    /** +1 or -1 from the alarm until the sum is back at zero; 0 else. */
    [[nodiscard]] int alarm() const { return m_alarm; }
    /** Windows since the sum of the present direction left zero: what has changed began then. */
    [[nodiscard]] std::size_t since() const;
    /** Share of the way to an alarm, 0 … 1. */
    [[nodiscard]] double pressure() const;

private:
    DriftSettings m_settings;
    double m_up = 0;
    double m_down = 0;
    std::size_t m_upSince = 0;
    std::size_t m_downSince = 0;
    int m_alarm = 0;
};

/** Average run length until a false alarm of one side, in windows: Siegmund 1985, for normal deviations. */
[[nodiscard]] double falseAlarmInterval(const DriftSettings& settings);

enum class DriftMetric { Rate, PromptTokens, OutputTokens, PrefixHits, Burstiness };
constexpr std::array allDriftMetrics { DriftMetric::Rate, DriftMetric::PromptTokens,
                                       DriftMetric::OutputTokens, DriftMetric::PrefixHits,
                                       DriftMetric::Burstiness };
[[nodiscard]] std::string_view toString(DriftMetric metric); ///< "rate", "prompt_tokens" …
[[nodiscard]] std::string_view nameOf(DriftMetric metric); ///< "Request rate" …

/** What the plan expects of the traffic. */
struct ExpectedTraffic
{
    double lowestRate = 0; ///< requests per second; between these any rate is as planned
    double highestRate = 0;
    LengthDistribution prompt;
    LengthDistribution output;
    std::optional<double> prefixHitShare; ///< as predicted
    double burstiness = 1;
};
/** The rate may lie between the trough of a day, mean² / peak, and the peak. */
[[nodiscard]] ExpectedTraffic expectedTraffic(const ResolvedNeed& need,
                                              std::optional<double> prefixHitShare);

/** One property of the traffic against the plan. */
struct DriftSignal
{
    DriftMetric metric = DriftMetric::Rate;
    double expected = 0; ///< the nearer end of the range for a rate
    std::optional<double> observed; ///< since the change, or lately: weighted by requests
    int direction = 0; ///< of the alarm: +1 more than planned, -1 less
    double pressure = 0; ///< share of the way to an alarm
    double since = 0; ///< when the change began, seconds since 1970; only in an alarm
    std::size_t windows = 0; ///< that were judged

    [[nodiscard]] bool drifted() const { return direction != 0; }
};

/**
 * Watches windows that follow each other and do not overlap. Bounded memory. A window is compared by how far the logarithm of
 * observed / expected exceeds the allowance, over its standard deviation: that of the requests in it (with the plan's burstiness and spread of
 * lengths) and the fluctuation together. Burstiness is judged every 16 windows, by the differences of successive counts.
 */
class DriftDetector
{
public:
    explicit DriftDetector(ExpectedTraffic expected, const DriftSettings& settings = {});

    void add(const Observation& window);
    [[nodiscard]] std::vector<DriftSignal> report() const;
    [[nodiscard]] bool drifted() const;
    /** Of the last windows, from the differences of successive counts; nothing before there are enough. */
    [[nodiscard]] std::optional<double> burstiness() const { return m_burstiness; }
    [[nodiscard]] const ExpectedTraffic& expected() const { return m_expected; }

private:
    struct Window
    {
        double time = 0;
        double seconds = 0;
        double requests = 0;
        std::optional<double> value;
    };
    struct Track
    {
        Cusum cusum;
        std::deque<Window> windows;
        std::size_t judged = 0;
    };
    void judge(DriftMetric metric, const Window& window, std::optional<double> deviation);
    [[nodiscard]] static double beyond(double deviation, double allowance);
    void judgeRate(const Observation& window, const Window& base);
    void judgeLength(DriftMetric metric, const Window& base,
                     const std::optional<ObservedFigure>& observed,
                     const LengthDistribution& expected);
    void judgeHits(const Observation& window, const Window& base);
    void judgeBurstiness(const Window& base);
    [[nodiscard]] double expectedOf(DriftMetric metric, std::optional<double> observed) const;

    ExpectedTraffic m_expected;
    DriftSettings m_settings;
    std::array<Track, allDriftMetrics.size()> m_tracks;
    std::vector<Window> m_counts; ///< of the block of windows whose burstiness is being measured
    std::optional<double> m_burstiness;
};

[[nodiscard]] nlohmann::ordered_json toJson(const std::vector<DriftSignal>& drift);

} // namespace llmd
