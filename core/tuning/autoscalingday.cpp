// SPDX-License-Identifier: Apache-2.0
#include "autoscalingday.h"

#include <core/performance/simulation/random.h>

#include <algorithm>
#include <cmath>
#include <deque>
#include <numbers>
#include <utility>

namespace llmd {

namespace {

constexpr double secondsOfDay = 86'400;
constexpr double tolerance = 0.1; ///< of Kubernetes' HPA (--horizontal-pod-autoscaler-tolerance)
constexpr std::uint64_t rateStream = 200;
constexpr std::uint64_t countStream = 201;

/** The curve as a table over the rate of a replica. */
class CurveTable
{
public:
    CurveTable(const LoadCurve& curve, const Slo& slo)
        : m_points(curve.points)
        , m_slo(slo)
        , m_saturation(curve.saturation.value())
    { }

    [[nodiscard]] double saturation() const { return m_saturation; }

    /** Little's law: requests in a replica at this rate. */
    [[nodiscard]] double inFlight(double rate) const
    {
        return rate
            * between(rate, [](const LoadPoint& point) { return point.estimate.e2e.mean.value(); });
    }

    /** Share within all limits of requests that have waited so long before a replica took them. */
    [[nodiscard]] double attainment(double rate, double waited) const
    {
        if (waited <= 0)
            return between(rate, [](const LoadPoint& point) { return point.attainment.share; });
        Slo left = m_slo;
        for (auto* target : { &left.ttft, &left.e2e }) {
            if (*target)
                (*target)->limit = Seconds((*target)->limit.value() - waited);
        }
        if ((left.ttft && left.ttft->limit.value() <= 0)
            || (left.e2e && left.e2e->limit.value() <= 0))
            return 0;
        return between(
            rate, [&](const LoadPoint& point) { return attainmentOf(point.estimate, left).share; });
    }

private:
    template <class Value> [[nodiscard]] double between(double rate, const Value& valueOf) const
    {
        const auto above =
            std::lower_bound(m_points.begin(), m_points.end(), rate,
                             [](const LoadPoint& p, double r) { return p.rate.value() < r; });
        if (above == m_points.begin())
            return valueOf(m_points.front());
        if (above == m_points.end())
            return valueOf(m_points.back());
        const auto below = above - 1;
        const double t = (rate - below->rate.value()) / (above->rate.value() - below->rate.value());
        return valueOf(*below) * (1 - t) + valueOf(*above) * t;
    }

    const std::vector<LoadPoint>& m_points;
    const Slo& m_slo;
    double m_saturation;
};

/** Kubernetes' HPA for one metric of type AverageValue. */
class Autoscaler
{
public:
    Autoscaler(const AutoscalerSettings& settings, double period)
        : m_settings(settings)
        , m_period(period)
    { }

    /** Replicas to have from now on; `current` includes those that start. */
    [[nodiscard]] int decide(double inFlight, int current)
    {
        const double ratio = inFlight / (m_settings.targetInFlight * current);
        const int wanted = std::abs(ratio - 1) <= tolerance
            ? current
            : static_cast<int>(std::ceil(inFlight / m_settings.targetInFlight - 1e-9));
        remember(std::clamp(wanted, m_settings.minReplicas, m_settings.maxReplicas));
        const int up = extreme(m_settings.scaleUpWindow.value(), true);
        const int down = extreme(m_settings.scaleDownWindow.value(), false);
        int next = current;
        if (up > current)
            next = std::min(up, current + allowed(m_added, m_settings.podsUp, m_settings.upPeriod));
        else if (down < current)
            next = std::max(
                down, current - allowed(m_removed, m_settings.podsDown, m_settings.downPeriod));
        note(m_added, std::max(0, next - current));
        note(m_removed, std::max(0, current - next));
        return next;
    }

private:
    using History = std::deque<int>; ///< of the latest periods, the newest first

    [[nodiscard]] std::size_t periods(double seconds) const
    {
        return static_cast<std::size_t>(std::max(1.0, std::ceil(seconds / m_period)));
    }

    void remember(int wanted)
    {
        m_wanted.push_front(wanted);
        const double longest =
            std::max(m_settings.scaleUpWindow, m_settings.scaleDownWindow).value();
        m_wanted.resize(std::min(m_wanted.size(), periods(longest)));
    }

    [[nodiscard]] int extreme(double window, bool least) const
    {
        const auto count = std::min(m_wanted.size(), periods(window));
        const auto end = m_wanted.begin() + static_cast<std::ptrdiff_t>(count);
        return least ? *std::min_element(m_wanted.begin(), end)
                     : *std::max_element(m_wanted.begin(), end);
    }

    [[nodiscard]] int allowed(const History& changes, int pods, Seconds period) const
    {
        // The change to come belongs to the period as well.
        const auto count = std::min(changes.size(), periods(period.value()) - 1);
        int used = 0;
        for (std::size_t i = 0; i < count; ++i)
            used += changes[i];
        return std::max(0, pods - used);
    }

    void note(History& changes, int count) const
    {
        changes.push_front(count);
        const double longest = std::max(m_settings.upPeriod, m_settings.downPeriod).value();
        changes.resize(std::min(changes.size(), periods(longest)));
    }

    const AutoscalerSettings& m_settings;
    double m_period;
    History m_wanted;
    History m_added;
    History m_removed;
};

/** The rate over time: the day's shape and its slow fluctuation. */
class RateOfDay
{
public:
    RateOfDay(const DayOfLoad& day, double period, std::uint64_t seed)
        : m_day(day)
        , m_random(seed, rateStream)
        , m_keep(std::exp(-period / std::max(1e-9, day.fluctuationTime.value())))
    {
        m_state = m_random.normal();
    }

    [[nodiscard]] double next(double time)
    {
        const auto& shape = m_day.relative;
        const double place =
            std::fmod(time, secondsOfDay) / secondsOfDay * static_cast<double>(shape.size());
        const auto index = std::min(shape.size() - 1, static_cast<std::size_t>(place));
        const double t = place - static_cast<double>(index);
        const double relative = shape[index] * (1 - t) + shape[(index + 1) % shape.size()] * t;
        m_state = m_keep * m_state + std::sqrt(1 - m_keep * m_keep) * m_random.normal();
        // The mean of a log-normal factor is one.
        const double sigma = m_day.fluctuation;
        return m_day.mean.value() * relative * std::exp(sigma * m_state - sigma * sigma / 2);
    }

private:
    const DayOfLoad& m_day;
    Random m_random;
    double m_keep;
    double m_state = 0;
};

class DaySimulation
{
public:
    DaySimulation(const ServedLoad& served, const DayOfLoad& day,
                  const AutoscalerSettings& settings, std::uint64_t seed)
        : m_served(served)
        , m_settings(settings)
        , m_period(served.syncPeriod.value())
        , m_table(served.curve, served.slo)
        , m_rate(day, m_period, seed)
        , m_scaler(settings, m_period)
        , m_counts(seed, countStream)
        , m_ready(settings.minReplicas)
    { }

    DayReport run(bool withSamples)
    {
        const auto steps = static_cast<int>(secondsOfDay / m_period);
        for (int i = steps - steps / 4; i < 2 * steps; ++i) {
            m_counted = i >= steps;
            step((i % steps) * m_period, withSamples && m_counted);
        }
        m_report.attainment = m_arrived > 0 ? m_inTime / m_arrived : 1;
        m_report.meanReplicas = m_report.replicaHours / 24;
        return std::move(m_report);
    }

private:
    void step(double time, bool withSample)
    {
        m_clock += m_period;
        while (!m_starting.empty() && m_starting.front() <= m_clock) {
            m_starting.pop_front();
            ++m_ready;
        }
        const double rate = m_rate.next(time);
        const double most = m_table.saturation() * m_ready;
        const double waited = m_backlog / most;
        const double served = std::min(rate + m_backlog / m_period, most);
        const double perReplica = served / m_ready;
        const double share = m_table.attainment(perReplica, waited);
        m_backlog = std::max(0.0, m_backlog + (rate - served) * m_period);
        // Noise of a count: the autoscaler reads how many there are, not how many there are on average.
        const double mean = m_table.inFlight(perReplica) * m_ready + m_backlog;
        const double seen = std::max(0.0, mean + std::sqrt(mean) * m_counts.normal());
        if (withSample)
            m_report.samples.push_back({ Seconds(time), RequestsPerSecond(rate), m_ready,
                                         static_cast<int>(m_starting.size()), mean, share });
        if (m_counted)
            count(time, rate * m_period, share, waited);
        scale(seen);
    }

    void count(double time, double arrived, double share, double waited)
    {
        m_arrived += arrived;
        m_inTime += arrived * share;
        const int replicas = m_ready + static_cast<int>(m_starting.size());
        m_report.replicaHours += replicas * m_period / 3600;
        m_report.mostReplicas = std::max(m_report.mostReplicas, replicas);
        m_report.longestWait = std::max(m_report.longestWait, waited);
        const int hour = static_cast<int>(time / 3600);
        if (hour != m_hour)
            m_hour = hour, m_hourArrived = m_hourInTime = 0;
        m_hourArrived += arrived;
        m_hourInTime += arrived * share;
        // Judged at the end of the hour.
        if (static_cast<int>((time + m_period) / 3600) != hour && m_hourArrived > 0)
            m_report.worstHour = std::min(m_report.worstHour, m_hourInTime / m_hourArrived);
    }

    void scale(double inFlight)
    {
        const int current = m_ready + static_cast<int>(m_starting.size());
        const int next = m_scaler.decide(inFlight, current);
        for (int i = current; i < next; ++i)
            m_starting.push_back(m_clock + m_served.coldStart.value());
        for (int i = next; i < current; ++i) {
            if (m_starting.empty())
                --m_ready;
            else
                m_starting.pop_back();
        }
        m_report.additions += m_counted ? std::max(0, next - current) : 0;
        m_report.removals += m_counted ? std::max(0, current - next) : 0;
    }

    const ServedLoad& m_served;
    const AutoscalerSettings& m_settings;
    double m_period;
    CurveTable m_table;
    RateOfDay m_rate;
    Autoscaler m_scaler;
    Random m_counts;
    DayReport m_report;
    std::deque<double> m_starting; ///< when each will be ready
    int m_ready;
    double m_clock = 0;
    double m_backlog = 0; ///< requests
    double m_arrived = 0;
    double m_inTime = 0;
    int m_hour = -1;
    double m_hourArrived = 0;
    double m_hourInTime = 0;
    bool m_counted = false;
};

} // namespace

std::vector<double> DayOfLoad::withPeak(double peakOverMean)
{
    constexpr int parts = 96;
    const double peak = std::max(1.0, peakOverMean);
    std::vector<double> result;
    // (1 + cos) / 2 to a power: its mean falls and so the peak over the mean rises with the power.
    double low = 1;
    double high = 1;
    const auto shape = [&](double power) {
        result.clear();
        double sum = 0;
        for (int i = 0; i < parts; ++i) {
            const double x = 0.5 - 0.5 * std::cos(2 * std::numbers::pi * i / parts);
            result.push_back(std::pow(x, power));
            sum += result.back();
        }
        for (double& value : result)
            value *= parts / sum;
        return *std::max_element(result.begin(), result.end());
    };
    if (peak <= 2) {
        shape(1);
        for (double& value : result)
            value = 1 + (peak - 1) * (value - 1);
        return result;
    }
    while (shape(high) < peak && high < 1e4)
        low = std::exchange(high, high * 2);
    for (int i = 0; i < 60; ++i) {
        const double middle = (low + high) / 2;
        (shape(middle) < peak ? low : high) = middle;
    }
    shape(high);
    return result;
}

DayReport simulateDay(const ServedLoad& served, const DayOfLoad& day,
                      const AutoscalerSettings& settings, std::uint64_t seed, bool withSamples)
{
    return DaySimulation(served, day, settings, seed).run(withSamples);
}

} // namespace llmd
