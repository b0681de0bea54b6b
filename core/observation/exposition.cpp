// SPDX-License-Identifier: Apache-2.0
#include "exposition.h"

#include <core/base/text.h>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

namespace llmd {

namespace {

constexpr std::size_t mostFindings = 20;
constexpr std::size_t longestLine = 64 * 1024;

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

/** Reads one line from left to right. `fault` says what was expected where it stopped. */
class LineReader
{
public:
    explicit LineReader(std::string_view line)
        : m_line(line)
    { }

    [[nodiscard]] std::optional<MetricSample> sample()
    {
        MetricSample sample;
        skipBlanks();
        sample.name = name(true);
        if (sample.name.empty())
            return stop("a metric name");
        skipBlanks();
        if (take('{') && !labels(sample.labels))
            return std::nullopt;
        const auto value = parseMetricValue(word());
        if (!value)
            return stop("a number as the value");
        sample.value = *value;
        skipBlanks();
        if (atEnd() || peek() == '#') // what follows is an exemplar
            return sample;
        const auto time = parseMetricValue(word());
        if (!time || !std::isfinite(*time))
            return stop("a time or the end of the line");
        // Prometheus writes milliseconds, OpenMetrics seconds: nobody scrapes the year 5000 or 1970.
        sample.time = std::abs(*time) > 1e11 ? *time / 1000 : *time;
        skipBlanks();
        if (!atEnd() && peek() != '#')
            return stop("the end of the line");
        return sample;
    }

    [[nodiscard]] const std::string& fault() const { return m_fault; }
    [[nodiscard]] int column() const { return static_cast<int>(m_at) + 1; }

private:
    [[nodiscard]] bool atEnd() const { return m_at >= m_line.size(); }
    [[nodiscard]] char peek() const { return m_line[m_at]; }
    bool take(char c)
    {
        if (atEnd() || peek() != c)
            return false;
        ++m_at;
        return true;
    }
    void skipBlanks()
    {
        while (!atEnd() && isBlank(peek()))
            ++m_at;
    }
    std::nullopt_t stop(const char* expected)
    {
        m_fault = expected;
        return std::nullopt;
    }

    std::string name(bool colons)
    {
        const auto start = m_at;
        while (
            !atEnd()
            && (isLetter(peek()) || (colons && peek() == ':') || (m_at > start && isDigit(peek()))))
            ++m_at;
        return std::string(m_line.substr(start, m_at - start));
    }

    std::string_view word()
    {
        skipBlanks();
        const auto start = m_at;
        while (!atEnd() && !isBlank(peek()))
            ++m_at;
        const auto text = m_line.substr(start, m_at - start);
        if (!parseMetricValue(text))
            m_at = start; // the finding points to where the word starts
        return text;
    }

    bool labels(MetricLabels& labels)
    {
        while (true) {
            skipBlanks();
            if (take('}'))
                return true;
            const auto key = name(false);
            skipBlanks();
            if (key.empty() || !take('=')) {
                m_fault = "a label such as model_name=\"…\" or a closing brace";
                return false;
            }
            skipBlanks();
            std::string value;
            if (!quoted(value)) {
                m_fault = "a label value in double quotes";
                return false;
            }
            labels[key] = std::move(value);
            skipBlanks();
            if (!take(',') && (atEnd() || peek() != '}')) {
                m_fault = "a comma or a closing brace after a label";
                return false;
            }
        }
    }

    bool quoted(std::string& value)
    {
        if (!take('"'))
            return false;
        while (!atEnd()) {
            const char c = m_line[m_at++];
            if (c == '"')
                return true;
            if (c != '\\') {
                value += c;
                continue;
            }
            if (atEnd())
                return false;
            const char escaped = m_line[m_at++];
            if (escaped == 'n')
                value += '\n';
            else if (escaped == '\\' || escaped == '"')
                value += escaped;
            else
                value += { '\\', escaped };
        }
        return false;
    }

    std::string_view m_line;
    std::size_t m_at = 0;
    std::string m_fault;
};

/** Findings about lines, the first ones in full. */
class Findings
{
public:
    Findings(std::vector<Issue>& issues, const std::string& source)
        : m_issues(issues)
        , m_source(source)
    { }

    void add(Severity severity, std::string text, int line, int column)
    {
        if (++m_count <= mostFindings)
            m_issues.push_back({ severity,
                                 ErrorCode::Syntax,
                                 std::move(text),
                                 {},
                                 Location { m_source, line, column } });
    }

    void finish()
    {
        if (m_count > mostFindings)
            m_issues.push_back(
                { Severity::Warning,
                  ErrorCode::Syntax,
                  fmt::format("{} more lines could not be read", m_count - mostFindings),
                  {},
                  Location { m_source, 0, 0 } });
    }

private:
    std::vector<Issue>& m_issues;
    const std::string& m_source;
    std::size_t m_count = 0;
};

} // namespace

bool isLabelName(std::string_view text)
{
    return !text.empty() && isLetter(text.front())
        && std::ranges::all_of(text, [](char c) { return isLetter(c) || isDigit(c); });
}

bool isMetricName(std::string_view text)
{
    return !text.empty() && (isLetter(text.front()) || text.front() == ':')
        && std::ranges::all_of(text, [](char c) { return isLetter(c) || isDigit(c) || c == ':'; });
}

std::optional<double> parseMetricValue(std::string_view text)
{
    double sign = 1;
    std::string_view rest = text;
    if (!rest.empty() && (rest.front() == '+' || rest.front() == '-')) {
        sign = rest.front() == '-' ? -1 : 1;
        rest.remove_prefix(1);
    }
    if (rest.empty() || rest.size() > 64)
        return std::nullopt;
    if (!isDigit(rest.front()) && rest.front() != '.') {
        const auto word = toLower(rest);
        if (word == "inf" || word == "infinity")
            return sign * std::numeric_limits<double>::infinity();
        if (word == "nan")
            return std::numeric_limits<double>::quiet_NaN();
        return std::nullopt;
    }
    double value = 0;
    const auto [end, fault] = std::from_chars(rest.data(), rest.data() + rest.size(), value);
    if (end != rest.data() + rest.size())
        return std::nullopt;
    if (fault == std::errc::result_out_of_range)
        return std::nullopt;
    return fault == std::errc() ? std::optional(sign * value) : std::nullopt;
}

Loaded<std::vector<MetricSample>> parseExposition(std::string_view text, const std::string& source)
{
    Loaded<std::vector<MetricSample>> page;
    Findings findings(page.issues, source);
    int number = 0;
    while (!text.empty()) {
        const auto end = text.find('\n');
        auto line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        ++number;
        if (!line.empty() && line.back() == '\r')
            line.remove_suffix(1);
        const auto content = trimmed(line);
        if (content.empty() || content.front() == '#')
            continue;
        if (line.size() > longestLine) {
            findings.add(Severity::Warning, "the line is longer than 64 KiB and was left out",
                         number, 0);
            continue;
        }
        LineReader reader(line);
        if (auto sample = reader.sample()) {
            if (page.value.size() >= mostSamples) {
                findings.add(
                    Severity::Warning,
                    fmt::format("more than {} samples; the rest was left out", mostSamples), number,
                    0);
                break;
            }
            page.value.push_back(std::move(*sample));
        } else {
            findings.add(
                Severity::Warning,
                fmt::format("expected {} in '{}'", reader.fault(), printableLine(content, 80)),
                number, reader.column());
        }
    }
    findings.finish();
    if (page.value.empty())
        page.issues.push_back(
            { Severity::Error,
              ErrorCode::Syntax,
              "no metrics in the text format of Prometheus; expected lines such as "
              "'vllm:num_requests_running{model_name=\"…\"} 3': check that the address is that of "
              "a /metrics page",
              {},
              Location { source, 0, 0 } });
    return page;
}

} // namespace llmd
