// SPDX-License-Identifier: Apache-2.0
#include "serieshistory.h"

#include "servingmetrics.h"

#include <algorithm>
#include <cmath>

namespace llmd {

void SeriesHistory::add(std::string_view name, const MetricLabels& labels, SeriesPoint point)
{
    if (!isServingSeries(name) || !std::isfinite(point.value) || !std::isfinite(point.time))
        return;
    const auto key = std::pair(std::string(name), labels);
    auto it = m_series.find(key);
    if (it == m_series.end()) {
        if (isFull())
            return;
        it = m_series.emplace(key, MetricSeries { key.first, labels, {} }).first;
    }
    auto& points = it->second.points;
    if (!points.empty() && points.back().time >= point.time)
        return;
    points.push_back(point);
    if (points.size() > mostPoints)
        points.pop_front();
}

void SeriesHistory::forgetBefore(double time)
{
    for (auto it = m_series.begin(); it != m_series.end();) {
        auto& points = it->second.points;
        if (points.empty() || points.back().time < time) {
            it = m_series.erase(it);
            continue;
        }
        while (points.size() > 1 && points[1].time < time)
            points.pop_front();
        ++it;
    }
}

std::vector<const MetricSeries*> SeriesHistory::named(std::string_view name) const
{
    std::vector<const MetricSeries*> found;
    for (auto it = m_series.lower_bound({ std::string(name), {} });
         it != m_series.end() && it->first.first == name; ++it)
        found.push_back(&it->second);
    return found;
}

std::optional<double> SeriesHistory::newest() const
{
    std::optional<double> newest;
    for (const auto& [key, series] : m_series) {
        if (!series.points.empty())
            newest =
                std::max(newest.value_or(series.points.back().time), series.points.back().time);
    }
    return newest;
}

std::optional<Growth> growth(const MetricSeries& series, const TimeWindow& window)
{
    const SeriesPoint* before = nullptr;
    const SeriesPoint* first = nullptr;
    const SeriesPoint* last = nullptr;
    Growth grown;
    for (const SeriesPoint& point : series.points) {
        if (point.time > window.to)
            break;
        if (point.time <= window.from) {
            before = &point;
            continue;
        }
        const SeriesPoint* previous = last ? last : before;
        if (previous) {
            const double difference = point.value - previous->value;
            grown.amount += difference >= 0 ? difference : point.value;
            grown.restarted = grown.restarted || difference < 0;
        }
        if (!first)
            first = &point;
        last = &point;
    }
    const SeriesPoint* start = before ? before : first;
    if (!last || !start || !(last->time > start->time))
        return std::nullopt;
    grown.seconds = last->time - start->time;
    return grown;
}

std::optional<Level> level(const MetricSeries& series, const TimeWindow& window)
{
    Level level;
    double sum = 0;
    std::size_t count = 0;
    for (const SeriesPoint& point : series.points) {
        if (point.time <= window.from || point.time > window.to)
            continue;
        sum += point.value;
        level.most = count == 0 ? point.value : std::max(level.most, point.value);
        ++count;
    }
    if (count == 0)
        return std::nullopt;
    level.mean = sum / static_cast<double>(count);
    return level;
}

} // namespace llmd
