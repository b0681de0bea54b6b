// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/base/issue.h>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace llmd {

using MetricLabels = std::map<std::string, std::string>;

/** One line of a metrics page. */
struct MetricSample
{
    std::string name; ///< with its suffix: "vllm:time_to_first_token_seconds_bucket"
    MetricLabels labels;
    double value = 0; ///< may be infinite or not a number
    std::optional<double> time; ///< seconds since 1970, where the page states it

    bool operator==(const MetricSample&) const = default;
};

/** Most samples that one page may have; what is beyond is left out with a finding. */
constexpr std::size_t mostSamples = 200'000;

/**
 * Reads the text format of Prometheus (0.0.4) and OpenMetrics: comments, labels with escapes, values, times, exemplars. A line
 * that is wrong is a finding with its place, the others are still read; after twenty findings the rest is counted in one.
 * A page without any sample has an error among its findings.
 */
[[nodiscard]] Loaded<std::vector<MetricSample>> parseExposition(std::string_view text,
                                                                const std::string& source);

/** Whether a text is a legal name of a metric (with colons) or of a label (without). */
[[nodiscard]] bool isMetricName(std::string_view text);
[[nodiscard]] bool isLabelName(std::string_view text);

/** "1.5e3", "+Inf", "-Inf", "NaN", in any case; nothing for anything else. */
[[nodiscard]] std::optional<double> parseMetricValue(std::string_view text);

} // namespace llmd
