// SPDX-License-Identifier: Apache-2.0
#include "figurecomparison.h"

#include <algorithm>
#include <functional>

namespace llmd {

namespace {

/** Close to saturation small errors of the load move latencies a lot: the stated interval is then widened by this factor. */
constexpr double saturationWidening = 1.5;
constexpr double hitShareTolerance = 0.10;
constexpr double outputTolerance = 0.05;

PredictedFigure predictedWith(double value, const IntervalFactors& interval, bool widened)
{
    const double more = widened ? saturationWidening : 1;
    return { value, value * interval.low / more, value * interval.high * more, interval.stated };
}

Verdict verdictOf(const std::optional<ObservedFigure>& observed,
                  const std::optional<PredictedFigure>& predicted)
{
    if (!observed || !predicted || !predicted->stated)
        return Verdict::NoData;
    if (observed->low > predicted->high)
        return Verdict::Above;
    return observed->high < predicted->low ? Verdict::Below : Verdict::Within;
}

class FigureList
{
public:
    FigureList(const Estimate& predicted, const Estimate* planned)
        : m_predicted(predicted)
        , m_planned(planned)
    { }

    using Prediction = std::function<std::optional<PredictedFigure>(const Estimate&)>;

    void add(const char* id, const char* name, const char* unit,
             const std::optional<ObservedFigure>& observed, const Prediction& prediction)
    {
        ComparedFigure figure { id, name, unit, observed, {}, {}, Verdict::NoData };
        if (!m_predicted.saturated)
            figure.predicted = prediction(m_predicted);
        if (m_planned && !m_planned->saturated)
            figure.planned = prediction(*m_planned);
        figure.verdict = verdictOf(observed, figure.predicted);
        m_figures.push_back(std::move(figure));
    }

    [[nodiscard]] std::vector<ComparedFigure> take() { return std::move(m_figures); }

private:
    const Estimate& m_predicted;
    const Estimate* m_planned;
    std::vector<ComparedFigure> m_figures;
};

using Latency = LatencyEstimate Estimate::*;

FigureList::Prediction meanOf(Latency latency)
{
    return [latency](const Estimate& estimate) {
        const LatencyEstimate& l = estimate.*latency;
        return std::optional(
            predictedWith(l.mean.value(), l.meanInterval, estimate.nearSaturation));
    };
}

FigureList::Prediction tailOf(Latency latency, Seconds LatencyEstimate::*percentile)
{
    return [latency, percentile](const Estimate& estimate) {
        const LatencyEstimate& l = estimate.*latency;
        return std::optional(
            predictedWith((l.*percentile).value(), l.tailInterval, estimate.nearSaturation));
    };
}

std::optional<ObservedFigure> plain(const std::optional<double>& value)
{
    return value ? std::optional(ObservedFigure { *value, *value, *value }) : std::nullopt;
}

std::optional<ObservedFigure> plain(const std::optional<Seconds>& value)
{
    return value ? plain(std::optional(value->value())) : std::nullopt;
}

} // namespace

std::vector<ComparedFigure> compareFigures(const Observation& observation,
                                           const Estimate& predicted, const Estimate* planned)
{
    using E = Estimate;
    using L = LatencyEstimate;
    FigureList list(predicted, planned);
    const ObservedLatency& ttft = observation.ttft;
    list.add("ttft_mean", "TTFT mean", "s", ttft.mean, meanOf(&E::ttft));
    list.add("ttft_p50", "TTFT p50", "s", ttft.p50, tailOf(&E::ttft, &L::p50));
    list.add("ttft_p90", "TTFT p90", "s", ttft.p90, tailOf(&E::ttft, &L::p90));
    list.add("ttft_p95", "TTFT p95", "s", ttft.p95, tailOf(&E::ttft, &L::p95));
    list.add("ttft_p99", "TTFT p99", "s", ttft.p99, tailOf(&E::ttft, &L::p99));
    // Live percentiles are over single gaps, predicted ones over the means of requests: only the mean is the same.
    list.add("itl_mean", "ITL mean", "s", observation.itl.mean, meanOf(&E::itl));
    const ObservedLatency& e2e = observation.e2e;
    list.add("e2e_mean", "E2E mean", "s", e2e.mean, meanOf(&E::e2e));
    list.add("e2e_p50", "E2E p50", "s", e2e.p50, tailOf(&E::e2e, &L::p50));
    list.add("e2e_p90", "E2E p90", "s", e2e.p90, tailOf(&E::e2e, &L::p90));
    list.add("e2e_p99", "E2E p99", "s", e2e.p99, tailOf(&E::e2e, &L::p99));
    list.add("output_rate", "Output rate", "tokens/s", observation.outputRate,
             [](const Estimate& estimate) {
                 // What an open loop puts out follows from what comes in; runs of finite length end on a slope.
                 IntervalFactors interval = estimate.throughputInterval;
                 interval.low = std::min(interval.low, 1 - outputTolerance);
                 interval.high = std::max(interval.high, 1 + outputTolerance);
                 return std::optional(predictedWith(estimate.outputThroughput.value(), interval,
                                                    estimate.nearSaturation));
             });
    list.add("prefix_hit_share", "Prefix cache hits", "share", plain(observation.prefixHitShare),
             [](const Estimate& estimate) {
                 const double share = estimate.prefixHitRate;
                 return std::optional(PredictedFigure { share,
                                                        std::max(0.0, share - hitShareTolerance),
                                                        share + hitShareTolerance, true });
             });
    // Shown and not judged: no interval is known of these.
    list.add("queueing", "Wait for the scheduler", "s", plain(observation.queueing),
             [](const Estimate& estimate) {
                 const double wait = estimate.queueing.value();
                 return std::optional(PredictedFigure { wait, wait, wait, false });
             });
    list.add("running", "Running per server", "requests", plain(observation.running),
             [](const Estimate& estimate) {
                 const double running = estimate.runningPerReplica;
                 return std::optional(PredictedFigure { running, running, running, false });
             });
    list.add("kv_usage", "KV cache in use", "share", plain(observation.cacheUsage),
             [](const Estimate& estimate) {
                 const double use = estimate.kvUtilization;
                 return std::optional(PredictedFigure { use, use, use, false });
             });
    return list.take();
}

std::size_t deviations(const std::vector<ComparedFigure>& figures)
{
    return static_cast<std::size_t>(std::ranges::count_if(figures, [](const auto& figure) {
        return figure.verdict == Verdict::Above || figure.verdict == Verdict::Below;
    }));
}

} // namespace llmd
