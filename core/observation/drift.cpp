// SPDX-License-Identifier: Apache-2.0
#include "drift.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace llmd {

namespace {

constexpr std::size_t rememberedWindows = 512;
constexpr std::size_t burstBlock = 16; ///< windows
constexpr double slowFluctuation = 0.10; ///< relative, of the rate, as in DayOfLoad
constexpr double fluctuationTime =
    600; ///< s, how long a slow fluctuation of the rate lasts (as in DayOfLoad)
constexpr double hitScatter = 0.03; ///< of the hit share of a window: which prefixes come is chance

std::size_t indexOf(DriftMetric metric)
{
    return static_cast<std::size_t>(metric);
}

} // namespace

void Cusum::add(double deviation)
{
    const double value = std::clamp(deviation, -m_settings.cap, m_settings.cap);
    // Above the threshold the sum stops, so that an alarm also ends in good time.
    const double most = 1.5 * m_settings.threshold;
    const auto step = [most](double& sum, std::size_t& since, double change) {
        sum = std::clamp(sum + change, 0.0, most);
        since = sum > 0 ? since + 1 : 0;
    };
    step(m_up, m_upSince, value - m_settings.reference);
    step(m_down, m_downSince, -value - m_settings.reference);
    if (m_up > m_settings.threshold)
        m_alarm = 1;
    else if (m_down > m_settings.threshold)
        m_alarm = -1;
    else if ((m_alarm > 0 && m_up <= 0) || (m_alarm < 0 && m_down <= 0))
        m_alarm = 0;
}

std::size_t Cusum::since() const
{
    const bool up = m_alarm != 0 ? m_alarm > 0 : m_up >= m_down;
    return up ? m_upSince : m_downSince;
}

double Cusum::pressure() const
{
    return std::min(1.0, std::max(m_up, m_down) / m_settings.threshold);
}

double falseAlarmInterval(const DriftSettings& settings)
{
    const double k = settings.reference;
    const double b = settings.threshold + 1.166; // the overshoot of a random walk with normal steps
    return (std::exp(2 * k * b) - 2 * k * b - 1) / (2 * k * k);
}

std::string_view toString(DriftMetric metric)
{
    constexpr std::array<std::string_view, allDriftMetrics.size()> ids {
        "rate", "prompt_tokens", "output_tokens", "prefix_hits", "burstiness"
    };
    return ids[indexOf(metric)];
}

std::string_view nameOf(DriftMetric metric)
{
    constexpr std::array<std::string_view, allDriftMetrics.size()> names {
        "Request rate", "Prompt length", "Output length", "Prefix cache hits", "Burstiness"
    };
    return names[indexOf(metric)];
}

ExpectedTraffic expectedTraffic(const ResolvedNeed& need, std::optional<double> prefixHitShare)
{
    ExpectedTraffic expected;
    const double peak = need.peakLoad.load.rate.value();
    const double mean = need.meanLoad.load.rate.value();
    expected.highestRate = peak;
    expected.lowestRate = peak > 0 ? std::min(mean * mean / peak, peak) : 0;
    if (!(expected.lowestRate > 0))
        expected.lowestRate = peak;
    expected.prompt = need.peakLoad.prompt;
    expected.output = need.peakLoad.output;
    expected.prefixHitShare = prefixHitShare;
    expected.burstiness = std::max(0.05, need.peakLoad.burstiness);
    return expected;
}

DriftDetector::DriftDetector(ExpectedTraffic expected, const DriftSettings& settings)
    : m_expected(std::move(expected))
    , m_settings(settings)
{
    for (Track& track : m_tracks)
        track.cusum = Cusum(settings);
}

void DriftDetector::judge(DriftMetric metric, const Window& window, std::optional<double> deviation)
{
    Track& track = m_tracks[indexOf(metric)];
    track.windows.push_back(window);
    if (track.windows.size() > rememberedWindows)
        track.windows.pop_front();
    if (deviation) {
        track.cusum.add(*deviation);
        ++track.judged;
    }
}

double DriftDetector::beyond(double deviation, double allowance)
{
    return std::copysign(std::max(0.0, std::abs(deviation) - allowance), deviation);
}

void DriftDetector::judgeRate(const Observation& window, const Window& base)
{
    Window rate = base;
    if (!window.rate || !(m_expected.highestRate > 0))
        return;
    rate.value = window.rate->value;
    const double expected = std::clamp(*rate.value, m_expected.lowestRate, m_expected.highestRate);
    // The count that was expected scatters by its own law; that of a count that came would make bursts look usual.
    const double count = std::max(1e-9, expected * rate.seconds);
    const double sigma =
        std::hypot(m_settings.fluctuation, std::sqrt(m_expected.burstiness / count));
    // Half a request stands for none, whose logarithm is no number.
    const double seen = std::max(*rate.value * rate.seconds, 0.5);
    const double atHigh = std::log(seen / (m_expected.highestRate * rate.seconds));
    const double atLow = std::log(seen / (m_expected.lowestRate * rate.seconds));
    judge(DriftMetric::Rate, rate,
          beyond(std::max(0.0, atHigh) + std::min(0.0, atLow), m_settings.allowance) / sigma);
}

void DriftDetector::judgeLength(DriftMetric metric, const Window& base,
                                const std::optional<ObservedFigure>& observed,
                                const LengthDistribution& expected)
{
    Window length = base;
    if (!observed || !(observed->value > 0) || !(expected.mean > 0)
        || base.requests < m_settings.fewestRequests)
        return;
    length.value = observed->value;
    const double variance = expected.squaredVariation();
    const double sigma = std::hypot(m_settings.fluctuation, std::sqrt(variance / base.requests));
    // The logarithm of a mean of n skewed values is biased by half its variance.
    const double bias = 0.5 * variance / base.requests;
    judge(metric, length,
          beyond(std::log(observed->value / expected.mean) + bias, m_settings.allowance) / sigma);
}

void DriftDetector::judgeHits(const Observation& window, const Window& base)
{
    Window hits = base;
    if (!window.prefixHitShare || !m_expected.prefixHitShare
        || base.requests < m_settings.fewestRequests)
        return;
    hits.value = *window.prefixHitShare;
    const double expected = *m_expected.prefixHitShare;
    const double chance = std::sqrt(std::max(0.02, expected * (1 - expected)) / base.requests);
    judge(DriftMetric::PrefixHits, hits,
          beyond(*hits.value - expected, m_settings.allowance * 2 / 3)
              / std::hypot(hitScatter, chance));
}

void DriftDetector::judgeBurstiness(const Window& base)
{
    if (!m_counts.empty()
        && std::abs(m_counts.front().seconds / std::max(1e-9, base.seconds) - 1) > 0.5)
        m_counts.clear(); // windows of another length count other things
    m_counts.push_back(base);
    if (m_counts.size() <= burstBlock)
        return;
    double mean = 0;
    for (const Window& window : m_counts)
        mean += window.requests;
    mean /= static_cast<double>(m_counts.size());
    double squares = 0;
    for (std::size_t i = 1; i < m_counts.size(); ++i)
        squares += std::pow(m_counts[i].requests - m_counts[i - 1].requests, 2);
    const auto n = static_cast<double>(m_counts.size() - 1);
    const double seconds = m_counts.back().seconds;
    m_counts.erase(m_counts.begin(), m_counts.end() - 1);
    if (mean < m_settings.fewestRequests)
        return;
    // What slow fluctuations add to a difference of successive windows.
    const double slow =
        2 * std::pow(slowFluctuation * mean, 2) * (1 - std::exp(-seconds / fluctuationTime));
    const double index = std::max(0.01, (squares / n - slow) / (2 * mean));
    m_burstiness = index;
    // Differences that share a count are not independent: their sum of squares scatters like chi square with 2 n / 3
    // degrees. Wilson and Hilferty make it normal.
    const double degrees = 2 * n / 3;
    const double expectedSquares = 2 * mean * m_expected.burstiness + slow;
    const double ratio = squares / n / expectedSquares;
    const double deviation =
        (std::cbrt(ratio) - (1 - 2 / (9 * degrees))) / std::sqrt(2 / (9 * degrees));
    Window measured = base;
    measured.value = index;
    judge(DriftMetric::Burstiness, measured, deviation);
}

void DriftDetector::add(const Observation& window)
{
    if (!window.rate || !(window.window.length() > 0))
        return;
    Window base;
    base.time = window.window.to;
    base.requests = window.requests;
    base.seconds =
        window.rate->value > 0 ? window.requests / window.rate->value : window.window.length();
    judgeRate(window, base);
    judgeLength(DriftMetric::PromptTokens, base, window.promptTokens, m_expected.prompt);
    judgeLength(DriftMetric::OutputTokens, base, window.outputTokens, m_expected.output);
    judgeHits(window, base);
    judgeBurstiness(base);
}

double DriftDetector::expectedOf(DriftMetric metric, std::optional<double> observed) const
{
    switch (metric) {
    case DriftMetric::Rate:
        return observed ? std::clamp(*observed, m_expected.lowestRate, m_expected.highestRate)
                        : m_expected.highestRate;
    case DriftMetric::PromptTokens:
        return m_expected.prompt.mean;
    case DriftMetric::OutputTokens:
        return m_expected.output.mean;
    case DriftMetric::PrefixHits:
        return m_expected.prefixHitShare.value_or(0);
    case DriftMetric::Burstiness:
        break;
    }
    return m_expected.burstiness;
}

std::vector<DriftSignal> DriftDetector::report() const
{
    std::vector<DriftSignal> list;
    for (const DriftMetric metric : allDriftMetrics) {
        const Track& track = m_tracks[indexOf(metric)];
        DriftSignal signal;
        signal.metric = metric;
        signal.direction = track.cusum.alarm();
        signal.pressure = track.cusum.pressure();
        signal.windows = track.judged;
        // Since the change in an alarm, else the last few windows.
        const std::size_t many = signal.drifted() ? track.cusum.since() : 8;
        const std::size_t take = std::min(std::max<std::size_t>(many, 1), track.windows.size());
        double weights = 0;
        double sum = 0;
        for (std::size_t i = track.windows.size() - take; i < track.windows.size(); ++i) {
            const Window& window = track.windows[i];
            const double weight =
                metric == DriftMetric::Rate ? window.seconds : std::max(window.requests, 1.0);
            sum += weight * window.value.value_or(0);
            weights += weight;
        }
        if (weights > 0)
            signal.observed = sum / weights;
        if (signal.drifted() && take > 0)
            signal.since = track.windows[track.windows.size() - take].time;
        signal.expected = expectedOf(metric, signal.observed);
        list.push_back(signal);
    }
    return list;
}

bool DriftDetector::drifted() const
{
    return std::ranges::any_of(m_tracks,
                               [](const Track& track) { return track.cusum.alarm() != 0; });
}

nlohmann::ordered_json toJson(const std::vector<DriftSignal>& drift)
{
    auto list = nlohmann::ordered_json::array();
    for (const DriftSignal& signal : drift) {
        nlohmann::ordered_json json { { "metric", toString(signal.metric) },
                                      { "drifted", signal.drifted() },
                                      { "direction", signal.direction },
                                      { "expected", signal.expected } };
        json["observed"] = signal.observed ? nlohmann::ordered_json(*signal.observed)
                                           : nlohmann::ordered_json(nullptr);
        json["pressure"] = signal.pressure;
        json["windows"] = signal.windows;
        if (signal.drifted())
            json["since"] = signal.since;
        list.push_back(std::move(json));
    }
    return list;
}

} // namespace llmd
