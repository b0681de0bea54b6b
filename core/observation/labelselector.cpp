// SPDX-License-Identifier: Apache-2.0
#include "labelselector.h"

#include <core/base/text.h>

#include <fmt/format.h>

#include <array>
#include <regex>
#include <utility>

namespace llmd {

namespace {

constexpr std::array<std::pair<std::string_view, LabelMatcher::Kind>, 4> operators {
    { { "=~", LabelMatcher::Kind::Matches },
      { "!~", LabelMatcher::Kind::MatchesNot },
      { "!=", LabelMatcher::Kind::NotEqual },
      { "=", LabelMatcher::Kind::Equal } }
};

constexpr std::size_t longestSelector = 4096;
constexpr std::size_t longestSubject = 512; ///< std::regex recurses once per character

tl::unexpected<Error> bad(const std::string& what)
{
    return failure(ErrorCode::Syntax,
                   fmt::format("the label selector {}; expected conditions such as "
                               "namespace=\"llm-serving\",model_name=~\"org/.*\"",
                               what));
}

std::optional<std::regex> compiled(const std::string& pattern)
{
    try {
        return std::regex(pattern, std::regex::ECMAScript);
    } catch (const std::regex_error&) {
        return std::nullopt;
    }
}

bool regexMatches(const std::string& pattern, const std::string& value)
{
    const auto expression = compiled(pattern);
    if (!expression || value.size() > longestSubject)
        return false;
    try {
        return std::regex_match(value, *expression);
    } catch (const std::regex_error&) { // too complex
        return false;
    }
}

/** Takes a value off the front of `text`: quoted, or up to the next comma. */
Result<std::string> takeValue(std::string_view& text)
{
    std::string value;
    if (text.empty() || text.front() != '"') {
        const auto end = text.find(',');
        value = std::string(trimmed(text.substr(0, end)));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end);
        if (value.find('"') != std::string::npos)
            return bad("has a quote inside a value that is not quoted");
        return value;
    }
    text.remove_prefix(1);
    while (!text.empty()) {
        const char c = text.front();
        text.remove_prefix(1);
        if (c == '"')
            return value;
        if (c == '\\' && !text.empty()) {
            const char escaped = text.front();
            text.remove_prefix(1);
            if (escaped == 'n')
                value += '\n';
            else if (escaped == '"' || escaped == '\\')
                value += escaped;
            else
                return bad(fmt::format("has an unknown escape '\\{}' (write \\\\ for a backslash)",
                                       escaped));
            continue;
        }
        value += c;
    }
    return bad("ends inside quotes");
}

Result<LabelMatcher> takeMatcher(std::string_view& text)
{
    LabelMatcher matcher;
    const auto end = text.find_first_of("=!");
    matcher.label = std::string(trimmed(text.substr(0, end)));
    if (!isLabelName(matcher.label) || end == std::string_view::npos)
        return bad(fmt::format("has '{}' where a label name and an operator should be",
                               printableLine(text, 60)));
    if (matcher.label == "__name__")
        return bad("must not choose metrics by __name__: that is the planner's part");
    text.remove_prefix(end);
    bool found = false;
    for (const auto& [sign, kind] : operators) {
        if (!found && text.starts_with(sign)) {
            matcher.kind = kind;
            text.remove_prefix(sign.size());
            found = true;
        }
    }
    if (!found)
        return bad("has an operator other than =, !=, =~ and !~");
    text = trimmed(text);
    auto value = takeValue(text);
    if (!value)
        return tl::unexpected(value.error());
    matcher.value = std::move(*value);
    const bool pattern = matcher.kind == LabelMatcher::Kind::Matches
        || matcher.kind == LabelMatcher::Kind::MatchesNot;
    if (pattern && !compiled(matcher.value))
        return bad(fmt::format("has a regular expression that does not compile: '{}'",
                               printableLine(matcher.value, 60)));
    return matcher;
}

} // namespace

Result<std::vector<LabelMatcher>> parseSelector(std::string_view text)
{
    std::vector<LabelMatcher> matchers;
    if (text.size() > longestSelector)
        return bad("is longer than 4096 bytes");
    text = trimmed(text);
    if (text.starts_with('{')) {
        if (!text.ends_with('}'))
            return bad("has an opening brace without a closing one");
        text = trimmed(text.substr(1, text.size() - 2));
    }
    while (!text.empty()) {
        auto matcher = takeMatcher(text);
        if (!matcher)
            return tl::unexpected(matcher.error());
        matchers.push_back(std::move(*matcher));
        text = trimmed(text);
        if (text.empty())
            break;
        if (!text.starts_with(','))
            return bad("needs commas between conditions");
        text = trimmed(text.substr(1));
    }
    return matchers;
}

std::string selectorText(const std::vector<LabelMatcher>& matchers)
{
    std::string text;
    for (const LabelMatcher& matcher : matchers) {
        if (!text.empty())
            text += ',';
        text += matcher.label;
        for (const auto& [sign, kind] : operators) {
            if (kind == matcher.kind)
                text += sign;
        }
        text += '"';
        for (const char c : matcher.value) {
            if (c == '"' || c == '\\')
                text += '\\';
            if (c == '\n')
                text += "\\n";
            else
                text += c;
        }
        text += '"';
    }
    return text;
}

bool matches(const std::vector<LabelMatcher>& matchers, const MetricLabels& labels)
{
    for (const LabelMatcher& matcher : matchers) {
        const auto it = labels.find(matcher.label);
        const std::string value = it == labels.end() ? std::string() : it->second;
        bool met = false;
        switch (matcher.kind) {
        case LabelMatcher::Kind::Equal:
            met = value == matcher.value;
            break;
        case LabelMatcher::Kind::NotEqual:
            met = value != matcher.value;
            break;
        case LabelMatcher::Kind::Matches:
            met = regexMatches(matcher.value, value);
            break;
        case LabelMatcher::Kind::MatchesNot:
            met = !regexMatches(matcher.value, value);
            break;
        }
        if (!met)
            return false;
    }
    return true;
}

} // namespace llmd
