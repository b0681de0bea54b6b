// SPDX-License-Identifier: Apache-2.0
#include "evaluationerrors.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace llmd {

void ErrorCollector::add(double predicted, double measured)
{
    if (std::isfinite(predicted) && std::isfinite(measured) && measured > 0)
        m_signed.push_back(predicted / measured - 1);
}

MetricErrors ErrorCollector::errors(std::string metric) const
{
    MetricErrors result;
    result.metric = std::move(metric);
    result.count = m_signed.size();
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
    const std::size_t half = absolute.size() / 2;
    result.median =
        absolute.size() % 2 == 1 ? absolute[half] : (absolute[half - 1] + absolute[half]) / 2;
    result.largest = absolute.back();
    return result;
}

nlohmann::json errorsJson(const std::vector<MetricErrors>& errors)
{
    nlohmann::json json = nlohmann::json::object();
    for (const auto& error : errors) {
        if (error.count > 0) {
            json[error.metric] = { { "n", error.count },
                                   { "mean_ape", error.mean },
                                   { "median_ape", error.median },
                                   { "max_ape", error.largest },
                                   { "mean_signed", error.meanSigned } };
        }
    }
    return json;
}

} // namespace llmd
