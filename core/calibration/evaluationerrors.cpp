// SPDX-License-Identifier: Apache-2.0
#include "evaluationerrors.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace llmd {

namespace {

/** Linear between the two nearest ranks. */
double quantile(const std::vector<double>& sorted, double share)
{
    const double rank = share * static_cast<double>(sorted.size() - 1);
    const auto lower = static_cast<std::size_t>(rank);
    const std::size_t upper = std::min(lower + 1, sorted.size() - 1);
    return std::lerp(sorted[lower], sorted[upper], rank - static_cast<double>(lower));
}

} // namespace

double MetricErrors::coverage() const
{
    return intervals > 0 ? static_cast<double>(inside) / static_cast<double>(intervals)
                         : std::numeric_limits<double>::quiet_NaN();
}

void ErrorCollector::add(double predicted, double measured)
{
    if (std::isfinite(predicted) && std::isfinite(measured) && measured > 0)
        m_signed.push_back(predicted / measured - 1);
}

void ErrorCollector::addInterval(bool inside)
{
    ++m_intervals;
    m_inside += inside ? 1 : 0;
}

MetricErrors ErrorCollector::errors(std::string metric) const
{
    MetricErrors result;
    result.metric = std::move(metric);
    result.count = m_signed.size();
    result.intervals = m_intervals;
    result.inside = m_inside;
    if (m_signed.empty())
        return result;
    std::vector<double> absolute;
    for (const double e : m_signed) {
        absolute.push_back(std::abs(e));
        result.mean += std::abs(e);
        result.meanSigned += e;
    }
    const auto count = static_cast<double>(m_signed.size());
    result.mean /= count;
    result.meanSigned /= count;
    std::sort(absolute.begin(), absolute.end());
    result.median = quantile(absolute, 0.5);
    result.p90 = quantile(absolute, 0.9);
    result.largest = absolute.back();
    return result;
}

nlohmann::json errorsJson(const std::vector<MetricErrors>& errors)
{
    nlohmann::json json = nlohmann::json::object();
    for (const auto& error : errors) {
        if (error.count == 0)
            continue;
        nlohmann::json entry = {
            { "n", error.count },           { "mean_ape", error.mean },
            { "median_ape", error.median }, { "p90_ape", error.p90 },
            { "max_ape", error.largest },   { "mean_signed", error.meanSigned }
        };
        if (error.intervals > 0) {
            entry["intervals"] = error.intervals;
            entry["coverage"] = error.coverage();
        }
        json[error.metric] = std::move(entry);
    }
    return json;
}

} // namespace llmd
