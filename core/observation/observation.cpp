// SPDX-License-Identifier: Apache-2.0
#include "observation.h"

#include "servingmetrics.h"

#include <core/base/statistics.h>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

namespace llmd {

namespace {

std::string labelOf(const MetricLabels& labels, const char* name)
{
    const auto it = labels.find(name);
    return it == labels.end() ? std::string() : it->second;
}

/** What tells one server from another. */
struct ServerKey
{
    std::string pod;
    std::string instance;
    std::string engine; ///< one of several with data parallelism

    explicit ServerKey(const MetricLabels& labels)
        : pod(labelOf(labels, "pod"))
        , instance(labelOf(labels, "instance"))
        , engine(labelOf(labels, "engine"))
    { }
    auto operator<=>(const ServerKey&) const = default;

    [[nodiscard]] bool prefill() const
    {
        return pod.find("prefill") != std::string::npos
            || instance.find("prefill") != std::string::npos;
    }
};

/** One server's histogram within the window. */
struct GrownHistogram
{
    std::map<double, double> buckets;
    double sum = 0;
    double count = 0;
};

/** Reads figures of a window by server. */
class WindowReader
{
public:
    WindowReader(const SeriesHistory& history, const TimeWindow& window)
        : m_history(history)
        , m_window(window)
    { }

    /** Growth per server, over all other labels such as the reason of the end. */
    [[nodiscard]] std::map<ServerKey, Growth> grown(ServingFigure figure)
    {
        std::map<ServerKey, Growth> all;
        byNewestName(figure, [&](const ServerKey& server, const MetricSeries& series) {
            const auto grown = growth(series, m_window);
            if (!grown)
                return false;
            Growth& total = all[server];
            total.amount += grown->amount;
            total.seconds = std::max(total.seconds, grown->seconds);
            m_restarted = m_restarted || grown->restarted;
            return true;
        });
        return all;
    }

    [[nodiscard]] std::map<ServerKey, Level> levels(ServingFigure figure)
    {
        std::map<ServerKey, Level> all;
        byNewestName(figure, [&](const ServerKey& server, const MetricSeries& series) {
            const auto found = level(series, m_window);
            if (!found)
                return false;
            Level& total = all[server];
            total.mean += found->mean;
            total.most += found->most;
            return true;
        });
        return all;
    }

    [[nodiscard]] std::map<ServerKey, GrownHistogram> histograms(ServingFigure figure)
    {
        std::map<ServerKey, GrownHistogram> all;
        std::set<ServerKey> taken;
        for (const std::string& name : servingMetric(figure).names) {
            std::map<ServerKey, GrownHistogram> found;
            for (const MetricSeries* series : m_history.named(name + "_count")) {
                const auto grown = growth(*series, m_window);
                if (grown && !taken.contains(ServerKey(series->labels)))
                    found[ServerKey(series->labels)].count += grown->amount;
            }
            for (const MetricSeries* series : m_history.named(name + "_sum")) {
                const auto it = found.find(ServerKey(series->labels));
                const auto grown = growth(*series, m_window);
                if (it != found.end() && grown)
                    it->second.sum += grown->amount;
            }
            for (const MetricSeries* series : m_history.named(name + "_bucket")) {
                const auto it = found.find(ServerKey(series->labels));
                const auto bound = parseMetricValue(labelOf(series->labels, "le"));
                const auto grown = growth(*series, m_window);
                if (it != found.end() && grown && bound && !std::isnan(*bound))
                    it->second.buckets[*bound] += grown->amount;
            }
            for (auto& [server, histogram] : found) {
                taken.insert(server);
                all[server] = std::move(histogram);
            }
        }
        return all;
    }

    [[nodiscard]] bool restarted() const { return m_restarted; }

private:
    /** Calls `take` for the series of the newest name of which a server has something. */
    void byNewestName(ServingFigure figure,
                      const std::function<bool(const ServerKey&, const MetricSeries&)>& take)
    {
        std::set<ServerKey> taken;
        for (const std::string& name : servingMetric(figure).names) {
            std::set<ServerKey> now;
            for (const MetricSeries* series : m_history.named(name)) {
                const ServerKey server(series->labels);
                if (!taken.contains(server) && take(server, *series))
                    now.insert(server);
            }
            taken.merge(now);
        }
    }

    const SeriesHistory& m_history;
    const TimeWindow& m_window;
    bool m_restarted = false;
};

BucketCounts merged(const std::map<ServerKey, GrownHistogram>& histograms, bool prefill)
{
    BucketCounts counts;
    for (const auto& [server, histogram] : histograms) {
        if (server.prefill() == prefill)
            counts.add(histogram.buckets, histogram.sum, histogram.count);
    }
    return counts;
}

ObservedLatency latencyOf(const BucketCounts& counts)
{
    ObservedLatency latency;
    latency.count = counts.count();
    latency.mean = counts.mean();
    latency.p50 = counts.quantile(0.50);
    latency.p90 = counts.quantile(0.90);
    latency.p95 = counts.quantile(0.95);
    latency.p99 = counts.quantile(0.99);
    return latency;
}

/** Sum of the growth of one kind of servers; nothing if none of them has the figure. */
std::optional<double> total(const std::map<ServerKey, Growth>& grown, bool prefill)
{
    std::optional<double> sum;
    for (const auto& [server, growth] : grown) {
        if (server.prefill() == prefill)
            sum = sum.value_or(0) + growth.amount;
    }
    return sum;
}

std::optional<double> meanLevel(const std::map<ServerKey, Level>& levels, bool prefill)
{
    double sum = 0;
    int count = 0;
    for (const auto& [server, level] : levels) {
        if (server.prefill() == prefill) {
            sum += level.mean;
            ++count;
        }
    }
    return count > 0 ? std::optional(sum / count) : std::nullopt;
}

/** A rate from a count: bounds as of a Poisson process. */
ObservedFigure rateOf(double count, double seconds)
{
    const double half = normalQuantile90 * std::sqrt(std::max(count, 1.0));
    return { count / seconds, std::max(0.0, count - half) / seconds, (count + half) / seconds };
}

class Observer
{
public:
    Observer(const SeriesHistory& history, const TimeWindow& window)
        : m_history(history)
        , m_reader(history, window)
    {
        m_result.window = window;
    }

    Observation run()
    {
        countRequests();
        readLengths();
        readLatencies();
        readLevels();
        readConfiguration();
        if (m_reader.restarted())
            m_result.notes.push_back("A server was restarted in this window: what it did between "
                                     "the last reading before and the restart is missing.");
        return std::move(m_result);
    }

private:
    void countRequests()
    {
        const auto done = m_reader.grown(ServingFigure::RequestsDone);
        double seconds = 0;
        double most = 0;
        for (const auto& [server, growth] : done) {
            if (server.prefill()) {
                ++m_result.prefillServers;
                continue;
            }
            ++m_result.servers;
            m_result.requests += growth.amount;
            most = std::max(most, growth.amount);
            seconds = std::max(seconds, growth.seconds);
        }
        m_seconds = seconds;
        if (seconds > 0)
            m_result.rate = rateOf(m_result.requests, seconds);
        if (m_result.servers > 1 && m_result.requests >= 20 * m_result.servers)
            m_result.imbalance = most * m_result.servers / m_result.requests;
        if (m_result.servers == 0)
            m_result.servers = static_cast<int>(m_reader.levels(ServingFigure::Running).size());
        const auto preempted = total(m_reader.grown(ServingFigure::Preemptions), false);
        if (preempted && m_result.requests > 0)
            m_result.preemptionsPerRequest = *preempted / m_result.requests;
    }

    void readLengths()
    {
        // Prompts are computed by the prefill servers where there are some.
        const bool split = m_result.prefillServers > 0;
        const auto prompts = merged(m_reader.histograms(ServingFigure::PromptLength), false);
        const auto outputs = merged(m_reader.histograms(ServingFigure::OutputLength), false);
        m_result.promptTokens = prompts.mean();
        m_result.promptVariation = prompts.variation();
        m_result.outputTokens = outputs.mean();
        m_result.outputVariation = outputs.variation();
        const auto promptTotal = total(m_reader.grown(ServingFigure::PromptTokens), false);
        const auto outputTotal = total(m_reader.grown(ServingFigure::OutputTokens), false);
        const auto quotient = [this](std::optional<double> tokens) {
            std::optional<ObservedFigure> figure;
            if (tokens && m_result.requests > 0) {
                const double mean = *tokens / m_result.requests;
                const double half = normalQuantile90 * mean / std::sqrt(m_result.requests);
                figure = ObservedFigure { mean, std::max(0.0, mean - half), mean + half };
            }
            return figure;
        };
        if (!m_result.promptTokens)
            m_result.promptTokens = quotient(promptTotal);
        if (!m_result.outputTokens)
            m_result.outputTokens = quotient(outputTotal);
        if (outputTotal && m_seconds > 0 && m_result.requests > 0) {
            const double rate = *outputTotal / m_seconds;
            const double half = normalQuantile90
                * std::hypot(1.0, m_result.outputVariation.value_or(1.0))
                / std::sqrt(m_result.requests);
            m_result.outputRate =
                ObservedFigure { rate, std::max(0.0, rate * (1 - half)), rate * (1 + half) };
        }
        const auto queries = total(m_reader.grown(ServingFigure::PrefixQueries), split);
        const auto hits = total(m_reader.grown(ServingFigure::PrefixHits), split);
        if (queries && hits && *queries > 0)
            m_result.prefixHitShare = std::clamp(*hits / *queries, 0.0, 1.0);
    }

    void readLatencies()
    {
        m_result.ttft = latencyOf(merged(m_reader.histograms(ServingFigure::Ttft), false));
        m_result.itl = latencyOf(merged(m_reader.histograms(ServingFigure::Itl), false));
        m_result.e2e = latencyOf(merged(m_reader.histograms(ServingFigure::E2e), false));
        const auto queue = merged(m_reader.histograms(ServingFigure::QueueTime), false).mean();
        if (queue)
            m_result.queueing = Seconds(queue->value);
        if (m_result.prefillServers == 0)
            return;
        // The decode server starts its clock when the prompt is done, so the prefill server's time comes before it.
        const auto first = merged(m_reader.histograms(ServingFigure::E2e), true).mean();
        const auto prefillQueue =
            merged(m_reader.histograms(ServingFigure::QueueTime), true).mean();
        if (first) {
            for (auto* mean : { &m_result.ttft.mean, &m_result.e2e.mean }) {
                if (*mean)
                    *mean =
                        ObservedFigure { (*mean)->value + first->value, (*mean)->low + first->low,
                                         (*mean)->high + first->high };
            }
        }
        if (prefillQueue && queue)
            m_result.queueing = Seconds(queue->value + prefillQueue->value);
        for (auto* latency : { &m_result.ttft, &m_result.e2e })
            latency->p50 = latency->p90 = latency->p95 = latency->p99 = std::nullopt;
        m_result.notes.push_back("Prompts are computed by other servers: TTFT and E2E are sums of "
                                 "the means of both, and percentiles of sums are not known.");
    }

    void readLevels()
    {
        const auto running = m_reader.levels(ServingFigure::Running);
        m_result.running = meanLevel(running, false);
        for (const auto& [server, level] : running) {
            if (!server.prefill())
                m_result.mostRunning = std::max(m_result.mostRunning.value_or(0), level.most);
        }
        m_result.waiting = meanLevel(m_reader.levels(ServingFigure::Waiting), false);
        m_result.cacheUsage = meanLevel(m_reader.levels(ServingFigure::CacheUsage), false);
        const auto picker = m_reader.levels(ServingFigure::PickerQueue);
        if (!picker.empty())
            m_result.pickerQueue = meanLevel(picker, false);
    }

    void readConfiguration()
    {
        auto& configuration = m_result.configuration;
        for (const std::string& name : servingMetric(ServingFigure::CacheConfig).names) {
            for (const MetricSeries* series : m_history.named(name)) {
                if (ServerKey(series->labels).prefill())
                    continue;
                for (const auto& [label, value] : series->labels) {
                    // What the scraper adds tells servers apart and says nothing of how they are set.
                    if (label != "instance" && label != "pod" && label != "engine" && label != "job"
                        && label != "namespace" && label != "version" && !value.empty()
                        && value != "None")
                        configuration.settings[label].insert(value);
                    if (label == "version")
                        configuration.versions.insert(value);
                }
            }
        }
        for (const MetricSeries* series : m_history.named("vllm:num_requests_running")) {
            if (const auto model = labelOf(series->labels, "model_name"); !model.empty())
                configuration.models.insert(model);
        }
    }

    const SeriesHistory& m_history;
    WindowReader m_reader;
    Observation m_result;
    double m_seconds = 0;
};

} // namespace

Observation observe(const SeriesHistory& history, const TimeWindow& window)
{
    return Observer(history, window).run();
}

} // namespace llmd
