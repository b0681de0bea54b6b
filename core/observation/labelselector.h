// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "exposition.h"

#include <core/base/result.h>

#include <string>
#include <string_view>
#include <vector>

namespace llmd {

/** One condition on a label, as in PromQL. */
struct LabelMatcher
{
    enum class Kind { Equal, NotEqual, Matches, MatchesNot };
    std::string label;
    Kind kind = Kind::Equal;
    std::string value; ///< of the last two a regular expression for the whole value

    bool operator==(const LabelMatcher&) const = default;
};

/**
 * Reads `namespace="llm-serving",model_name=~"org/.*"`; braces around it and quotes of plain values may be missing. Fails on
 * names that are no labels, on `__name__`, on unknown operators, unclosed quotes and regular expressions that do not compile.
 */
[[nodiscard]] Result<std::vector<LabelMatcher>> parseSelector(std::string_view text);

/** The conditions for a query: values quoted, with everything escaped that could end the quotes. Without braces. */
[[nodiscard]] std::string selectorText(const std::vector<LabelMatcher>& matchers);

/** Whether labels meet all conditions; an absent label counts as empty, as in Prometheus. */
[[nodiscard]] bool matches(const std::vector<LabelMatcher>& matchers, const MetricLabels& labels);

} // namespace llmd
