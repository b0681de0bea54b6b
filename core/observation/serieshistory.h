// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "exposition.h"

#include <cstddef>
#include <deque>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace llmd {

struct SeriesPoint
{
    double time = 0; ///< seconds since 1970
    double value = 0;

    bool operator==(const SeriesPoint&) const = default;
};

struct MetricSeries
{
    std::string name;
    MetricLabels labels;
    std::deque<SeriesPoint> points; ///< by time
};

/**
 * What was read of each series lately. Keeps only the series that are known (`isServingSeries`), at most `mostSeries` of them
 * and `mostPoints` of each, so that its memory is bounded however long it runs. Not thread-safe.
 */
class SeriesHistory
{
public:
    static constexpr std::size_t mostSeries = 50'000;
    static constexpr std::size_t mostPoints = 1024;

    /** Takes a sample over unless one of that time or a later one is there, or its value is not finite. */
    void add(std::string_view name, const MetricLabels& labels, SeriesPoint point);
    /** Forgets what is older, but of each series the last point before it, and series without any newer point. */
    void forgetBefore(double time);
    void clear() { m_series.clear(); }

    /** All series of a name. */
    [[nodiscard]] std::vector<const MetricSeries*> named(std::string_view name) const;
    [[nodiscard]] std::optional<double> newest() const; ///< time of the latest sample
    [[nodiscard]] std::size_t size() const { return m_series.size(); }
    [[nodiscard]] bool isFull() const { return m_series.size() >= mostSeries; }

private:
    std::map<std::pair<std::string, MetricLabels>, MetricSeries> m_series;
};

/** A stretch of time: after `from`, up to `to`; seconds since 1970. */
struct TimeWindow
{
    double from = 0;
    double to = 0;

    [[nodiscard]] double length() const { return to - from; }
    bool operator==(const TimeWindow&) const = default;
};

/** How much a counter grew, and in how much time: from the last sample before the window to the last one in it. */
struct Growth
{
    double amount = 0;
    double seconds = 0;
    bool restarted = false; ///< the counter began anew: its server was restarted
};

/**
 * Growth of a counter within a window. A value below the one before means a restart: the new value counts from 0. Nothing with fewer than
 * two samples, as then nothing is known.
 */
[[nodiscard]] std::optional<Growth> growth(const MetricSeries& series, const TimeWindow& window);
/** Mean and largest value of a gauge within a window. */
struct Level
{
    double mean = 0;
    double most = 0;
};
[[nodiscard]] std::optional<Level> level(const MetricSeries& series, const TimeWindow& window);

} // namespace llmd
