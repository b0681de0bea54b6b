// SPDX-License-Identifier: Apache-2.0
#include "comparedruns.h"

#include <fmt/format.h>

#include <cmath>

namespace llmd {

namespace {

/** What is to be small: a latency, or the inverse of a share. */
double lossOf(const RouterFigures& figures, RouterObjective objective)
{
    switch (objective) {
    case RouterObjective::TtftMean:
        return figures.ttftMean.value();
    case RouterObjective::TtftTail:
        return figures.ttftTail.value();
    case RouterObjective::E2eMean:
        return figures.e2eMean.value();
    case RouterObjective::Goodput:
        break;
    }
    constexpr double nobody = 1e-6; // keeps the ratio finite where no request is in time
    return 1 / std::max(nobody, figures.attainment);
}

} // namespace

RouterFigures figuresOf(const SimulationReport& report)
{
    const StageReport& total = report.total;
    return { total.ttft.mean,  total.ttft.p95,      total.itl.mean,   total.e2e.mean,
             total.attainment, total.prefixHitRate, report.imbalance, total.saturated ? 1.0 : 0.0 };
}

RouterFigures meanOf(const std::vector<RouterFigures>& runs)
{
    RouterFigures sum { {}, {}, {}, {}, 0, 0, 0, 0 };
    for (const RouterFigures& run : runs) {
        sum.ttftMean += run.ttftMean;
        sum.ttftTail += run.ttftTail;
        sum.itlMean += run.itlMean;
        sum.e2eMean += run.e2eMean;
        sum.attainment += run.attainment;
        sum.prefixHitRate += run.prefixHitRate;
        sum.imbalance += run.imbalance;
        sum.saturated += run.saturated;
    }
    const auto count = static_cast<double>(runs.size());
    return { sum.ttftMean / count,  sum.ttftTail / count,   sum.itlMean / count,
             sum.e2eMean / count,   sum.attainment / count, sum.prefixHitRate / count,
             sum.imbalance / count, sum.saturated / count };
}

ConfidenceInterval gainOf(const std::vector<RouterFigures>& standard,
                          const std::vector<RouterFigures>& trial, RouterObjective objective,
                          double confidence, int comparisons)
{
    std::vector<double> logs;
    for (std::size_t i = 0; i < standard.size(); ++i)
        logs.push_back(std::log(lossOf(standard[i], objective) / lossOf(trial[i], objective)));
    const auto interval = meanInterval(logs, confidence, comparisons);
    const auto gain = [&](double log) {
        return objective == RouterObjective::Goodput ? std::expm1(log) : -std::expm1(-log);
    };
    return { gain(interval.low), gain(interval.mean), gain(interval.high) };
}

std::string gainText(const ConfidenceInterval& gain)
{
    // Rounded first, so that no "-0.0 %" comes out.
    const auto percent = [](double value) {
        return fmt::format("{:.1f} %", std::round(value * 1000) / 10 + 0.0);
    };
    return fmt::format("{} ({} to {})", percent(gain.mean), percent(gain.low), percent(gain.high));
}

} // namespace llmd
