// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "stubserver.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace llmd::testing {

/** How a made-up server behaves; latencies and lengths are means, and spread around them. */
struct ServerBehaviour
{
    double rate = 5; ///< requests per second
    double promptTokens = 512;
    double outputTokens = 256;
    double ttft = 0.08; ///< s
    double itl = 0.012;
    double queueing = 0.002;
    double hitShare = 0;
    double running = 15;
    double waiting = 0;
    double cacheUsage = 0.2;
};

/**
 * What a server of vLLM shows under /metrics, without a server: counters and histograms that grow with time as the
 * behaviour says. Safe from several threads.
 */
class MetricsExporter
{
public:
    explicit MetricsExporter(ServerBehaviour behaviour = {}, bool oldNames = false)
        : m_behaviour(behaviour)
        , m_oldNames(oldNames)
    { }

    void set(const ServerBehaviour& behaviour)
    {
        const std::scoped_lock lock(m_mutex);
        m_behaviour = behaviour;
    }

    /** Counters begin anew, as after a crash. */
    void restart()
    {
        const std::scoped_lock lock(m_mutex);
        m_histograms.clear();
        m_requests = m_promptTotal = m_outputTotal = m_hits = 0;
    }

    void advance(double seconds)
    {
        const std::scoped_lock lock(m_mutex);
        grow(seconds);
    }

    /** The page; time that has passed on the clock since the last one counts. */
    [[nodiscard]] std::string pageNow()
    {
        const std::scoped_lock lock(m_mutex);
        const auto now = Clock::now();
        if (m_last != Clock::time_point {})
            grow(std::chrono::duration<double>(now - m_last).count());
        m_last = now;
        return render();
    }

    [[nodiscard]] std::string page() const
    {
        const std::scoped_lock lock(m_mutex);
        return render();
    }

private:
    using Clock = std::chrono::steady_clock;
    struct Histogram
    {
        std::map<double, double> buckets; ///< not cumulative, by upper bound
        double sum = 0;
        double count = 0;
    };

    static const std::vector<double>& latencyBounds()
    {
        static const std::vector<double> bounds { 0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08,
                                                  0.1,   0.25,  0.5,  0.75, 1,    2.5,  5,
                                                  7.5,   10,    20,   40,   80 };
        return bounds;
    }
    static const std::vector<double>& lengthBounds()
    {
        static const std::vector<double> bounds { 1,   2,   5,    10,   20,   50,    100,
                                                  200, 500, 1000, 2000, 5000, 10000, 20000 };
        return bounds;
    }

    void observe(const std::string& name, const std::vector<double>& bounds, double value,
                 double weight)
    {
        Histogram& histogram = m_histograms[name];
        if (histogram.buckets.empty()) {
            for (const double bound : bounds)
                histogram.buckets[bound] = 0;
            histogram.buckets[INFINITY] = 0;
        }
        histogram.buckets.lower_bound(value)->second += weight;
        histogram.sum += value * weight;
        histogram.count += weight;
    }

    void grow(double seconds)
    {
        const auto& b = m_behaviour;
        m_due += b.rate * seconds;
        // Spread of 0.5 around the mean, by a sequence that fills it evenly.
        for (; m_due >= 1; m_due -= 1) {
            m_phase = std::fmod(m_phase + 0.6180339887498949, 1.0);
            const double spread = 0.35 + 1.3 * m_phase;
            const double output = std::max(2.0, std::round(b.outputTokens * spread));
            const double prompt = std::max(1.0, std::round(b.promptTokens * (2 - spread)));
            m_requests += 1;
            m_promptTotal += prompt;
            m_outputTotal += output;
            m_hits += prompt * b.hitShare;
            observe("vllm:time_to_first_token_seconds", latencyBounds(), b.ttft * spread, 1);
            observe(m_oldNames ? "vllm:time_per_output_token_seconds"
                               : "vllm:inter_token_latency_seconds",
                    latencyBounds(), b.itl, output - 1);
            observe("vllm:e2e_request_latency_seconds", latencyBounds(),
                    b.ttft * spread + b.itl * (output - 1), 1);
            observe("vllm:request_queue_time_seconds", latencyBounds(), b.queueing * spread, 1);
            observe("vllm:request_prompt_tokens", lengthBounds(), prompt, 1);
            observe("vllm:request_generation_tokens", lengthBounds(), output, 1);
        }
    }

    static std::string number(double value)
    {
        if (std::isinf(value))
            return "+Inf";
        std::array<char, 40> text {};
        std::snprintf(text.data(), text.size(), "%.17g", value);
        return text.data();
    }

    [[nodiscard]] std::string render() const
    {
        const std::string labels = R"(engine="0",model_name="served")";
        std::string page;
        const auto line = [&page](const std::string& name, const std::string& with, double value) {
            page += name + "{" + with + "} " + number(value) + "\n";
        };
        const auto& b = m_behaviour;
        page += "# TYPE vllm:request_success_total counter\n";
        line("vllm:request_success_total", labels + R"(,finished_reason="stop")", m_requests);
        line("vllm:prompt_tokens_total", labels, m_promptTotal);
        line("vllm:generation_tokens_total", labels, m_outputTotal);
        const std::string prefix = m_oldNames ? "vllm:gpu_prefix_cache" : "vllm:prefix_cache";
        line(prefix + "_queries_total", labels, m_promptTotal);
        line(prefix + "_hits_total", labels, m_hits);
        line("vllm:num_preemptions_total", labels, 0);
        line("vllm:num_requests_running", labels, b.running);
        line("vllm:num_requests_waiting", labels, b.waiting);
        line(m_oldNames ? "vllm:gpu_cache_usage_perc" : "vllm:kv_cache_usage_perc", labels,
             b.cacheUsage);
        for (const auto& [name, histogram] : m_histograms) {
            double cumulative = 0;
            for (const auto& [bound, count] : histogram.buckets) {
                cumulative += count;
                line(name + "_bucket", labels + ",le=\"" + number(bound) + "\"", cumulative);
            }
            line(name + "_sum", labels, histogram.sum);
            line(name + "_count", labels, histogram.count);
        }
        return page;
    }

    mutable std::mutex m_mutex;
    ServerBehaviour m_behaviour;
    bool m_oldNames;
    std::map<std::string, Histogram> m_histograms;
    double m_requests = 0;
    double m_promptTotal = 0;
    double m_outputTotal = 0;
    double m_hits = 0;
    double m_due = 0;
    double m_phase = 0;
    Clock::time_point m_last;
};

/** The exporter behind a real web server on the loopback, for scrapers. */
inline std::unique_ptr<StubServer> serveMetrics(MetricsExporter& exporter,
                                                const std::string& version = {})
{
    return std::make_unique<StubServer>([&exporter, version](const StubRequest& request) {
        if (request.line.starts_with("GET /metrics"))
            return StubServer::ok(exporter.pageNow(), "text/plain; version=0.0.4");
        if (request.line.starts_with("GET /version") && !version.empty())
            return StubServer::ok("{\"version\":\"" + version + "\"}");
        return StubServer::ok("not found", "text/plain", "404 Not Found");
    });
}

} // namespace llmd::testing
