// SPDX-License-Identifier: Apache-2.0
#include "reportnode.h"

#include <core/base/text.h>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <set>

namespace llmd {

namespace {

struct Alias
{
    std::string_view name;
    Statistic statistic;
};

// The first name that is present wins.
constexpr std::array<Alias, 28> aliases { {
    { "mean", Statistic::Mean },     { "avg", Statistic::Mean },
    { "stddev", Statistic::StdDev }, { "std_dev", Statistic::StdDev },
    { "std", Statistic::StdDev },    { "min", Statistic::Min },
    { "p0p1", Statistic::P0p1 },     { "p0.1", Statistic::P0p1 },
    { "p001", Statistic::P0p1 },     { "p1", Statistic::P1 },
    { "p01", Statistic::P1 },        { "p5", Statistic::P5 },
    { "p05", Statistic::P5 },        { "p10", Statistic::P10 },
    { "p25", Statistic::P25 },       { "p50", Statistic::P50 },
    { "median", Statistic::P50 },    { "p75", Statistic::P75 },
    { "p90", Statistic::P90 },       { "p95", Statistic::P95 },
    { "p99", Statistic::P99 },       { "p99p9", Statistic::P99p9 },
    { "p99.9", Statistic::P99p9 },   { "p999", Statistic::P99p9 },
    { "max", Statistic::Max },       { "p0", Statistic::Min },
    { "p100", Statistic::Max },      { "average", Statistic::Mean },
} };

/** The statistic of "p99.0" or "p50p0", whose number says the percentage; nothing for "p98", which we do not keep. */
std::optional<Statistic> statisticOfPercentage(double percent)
{
    for (std::size_t i = 0; i < statisticCount; ++i) {
        const auto statistic = static_cast<Statistic>(i);
        const auto known = percentage(statistic);
        if (known && std::abs(*known - percent) < 1e-9)
            return statistic;
    }
    return std::nullopt;
}

/** 98 of "p98", 99.5 of "p99.5" and "p99p5"; nothing for other names. */
std::optional<double> percentageOfName(std::string_view name)
{
    if (name.size() < 2 || name.front() != 'p' || name[1] < '0' || name[1] > '9')
        return std::nullopt;
    std::string digits(name.substr(1));
    std::replace(digits.begin(), digits.end(), 'p', '.');
    if (digits.find_first_not_of("0123456789.") != std::string::npos)
        return std::nullopt;
    const auto value = parseNumber(digits);
    return value && *value <= 100 ? std::optional(*value) : std::nullopt;
}

/** Whether the place holds text for "no finite number": NaN and Infinity, which the parser turns into text. */
bool isNotFinite(const ReportNode& node)
{
    if (!node.exists())
        return false;
    if (node.json().is_number_float())
        return !std::isfinite(node.json().get<double>());
    if (!node.json().is_string())
        return false;
    const auto word = toLower(node.text());
    return word.empty() || word == "nan" || word == "inf" || word == "-inf" || word == "infinity"
        || word == "-infinity";
}

/** Percentiles must not fall; rounding to a few digits in the report is no contradiction. */
void checkOrder(const Distribution& values, const ReportNode& node)
{
    std::optional<double> last;
    for (auto i = static_cast<std::size_t>(Statistic::Min); i < statisticCount; ++i) {
        const auto value = values[static_cast<Statistic>(i)];
        if (value && last && *value < *last - 1e-6 * std::abs(*last)) {
            node.warn("a higher percentile is below a lower one; the figures may belong to "
                      "different columns");
            return;
        }
        if (value)
            last = value;
    }
    const auto mean = values[Statistic::Mean];
    const auto min = values[Statistic::Min];
    const auto max = values[Statistic::Max];
    if (mean && ((min && *mean < *min * (1 - 1e-6)) || (max && *mean > *max * (1 + 1e-6))))
        node.warn("the mean is not between the smallest and the largest figure; they may belong "
                  "to different columns");
}

/** The percentiles under other names than the usual ones; what cannot be kept is told. */
void readOtherPercentiles(const ReportNode& node, std::string_view suffix, double factor,
                          Distribution& values)
{
    std::vector<std::string> left;
    for (const auto& key : node.keys()) {
        if (!key.ends_with(suffix))
            continue;
        const auto name = key.substr(0, key.size() - suffix.size());
        const auto percent = percentageOfName(name);
        const bool usual = std::any_of(aliases.begin(), aliases.end(),
                                       [&](const Alias& alias) { return alias.name == name; });
        if (!percent || usual || !node[key].exists())
            continue;
        const auto statistic = statisticOfPercentage(*percent);
        if (!statistic) {
            left.push_back(key);
        } else if (const auto number = node[key].number();
                   number && *number >= 0 && !values[*statistic]) {
            values.set(*statistic, *number * factor);
        }
    }
    if (!left.empty())
        node.findings().add(Severity::Info, ErrorCode::Unsupported,
                            "percentiles that are not compared, kept in the raw document: "
                                + join(left, ", "),
                            node.path());
}

Distribution readNamed(const ReportNode& node, std::string_view suffix, double factor)
{
    Distribution values;
    if (!node.isObject()) {
        if (node.exists())
            node.warn("expected the figures of a distribution by name (mean, p50, p99 ...)");
        return values;
    }
    bool negative = false;
    std::vector<std::string> notFinite;
    for (const auto& [name, statistic] : aliases) {
        if (values[statistic])
            continue;
        const auto key = std::string(name) + std::string(suffix);
        const auto figure = node[key];
        const auto number = figure.number();
        if (!number) {
            if (isNotFinite(figure))
                notFinite.push_back(key);
            continue;
        }
        if (*number < 0) {
            negative = true;
            continue;
        }
        values.set(statistic, *number * factor);
    }
    if (negative)
        node.warn("a figure below zero was left out; times and lengths cannot be negative");
    if (!notFinite.empty())
        node.findings().add(Severity::Info, ErrorCode::InvalidArgument,
                            "no finite number, taken as not measured: " + join(notFinite, ", "),
                            node.path());
    readOtherPercentiles(node, suffix, factor, values);
    checkOrder(values, node);
    return values;
}

} // namespace

void Findings::add(Severity severity, ErrorCode code, std::string text, std::string subject)
{
    m_issues->push_back(
        { severity, code, std::move(text), std::move(subject),
          m_fileName.empty() ? std::nullopt : std::optional(Location { m_fileName, 0, 0 }) });
}

void Findings::unknownKeys(const std::vector<std::string>& keys, const std::string& subject)
{
    if (keys.empty())
        return;
    constexpr std::size_t shown = 8;
    std::vector<std::string> some(
        keys.begin(), keys.begin() + static_cast<std::ptrdiff_t>(std::min(shown, keys.size())));
    std::string text = "not interpreted, kept in the raw document: " + join(some, ", ");
    if (keys.size() > shown)
        text += " and " + std::to_string(keys.size() - shown) + " more";
    add(Severity::Info, ErrorCode::Unsupported, std::move(text), subject);
}

namespace {

/** The parser leaves a mark where it did not keep a per-request array. */
bool isAbsent(const nlohmann::json& json)
{
    return json.is_null() || json.is_discarded();
}

} // namespace

ReportNode ReportNode::operator[](std::string_view key) const
{
    std::string path = m_path.empty() ? std::string(key) : m_path + "." + std::string(key);
    if (m_json && m_json->is_object()) {
        const auto it = m_json->find(key);
        if (it != m_json->end() && !isAbsent(*it))
            return { *it, *m_findings, std::move(path) };
    }
    return ReportNode(*m_findings, std::move(path));
}

ReportNode ReportNode::operator[](std::size_t index) const
{
    std::string path = m_path + "[" + std::to_string(index) + "]";
    if (m_json && m_json->is_array() && index < m_json->size() && !isAbsent((*m_json)[index]))
        return { (*m_json)[index], *m_findings, std::move(path) };
    return ReportNode(*m_findings, std::move(path));
}

bool ReportNode::isObject() const
{
    return m_json && m_json->is_object();
}

bool ReportNode::isArray() const
{
    return m_json && m_json->is_array();
}

std::size_t ReportNode::size() const
{
    return isObject() || isArray() ? m_json->size() : 0;
}

std::vector<std::string> ReportNode::keys() const
{
    std::vector<std::string> result;
    if (isObject()) {
        for (const auto& [key, value] : m_json->items())
            result.push_back(key);
    }
    return result;
}

std::optional<double> ReportNode::number() const
{
    if (!m_json)
        return std::nullopt;
    if (m_json->is_number()) {
        const double value = m_json->get<double>();
        return std::isfinite(value) ? std::optional(value) : std::nullopt;
    }
    if (m_json->is_string()) {
        const auto text = trimmed(m_json->get_ref<const std::string&>());
        const auto lower = toLower(text);
        if (text.empty() || lower == "inf" || lower == "infinity" || lower == "-inf"
            || lower == "nan")
            return std::nullopt;
        if (const auto value = parseNumber(text))
            return *value;
    }
    warn("expected a number");
    return std::nullopt;
}

std::optional<double> ReportNode::positive() const
{
    const auto value = number();
    if (value && *value < 0)
        warn("expected a number above zero");
    return value && *value > 0 ? value : std::nullopt;
}

std::optional<long long> ReportNode::count() const
{
    const auto value = number();
    if (!value)
        return std::nullopt;
    constexpr double largest = 9e15; // above, a double no longer holds every whole number
    if (*value < 0 || *value > largest || *value != std::floor(*value)) {
        warn("expected a whole number from 0");
        return std::nullopt;
    }
    return static_cast<long long>(*value);
}

std::optional<int> ReportNode::smallCount() const
{
    const auto value = count();
    if (value && *value > 1'000'000) {
        warn("larger than one million");
        return std::nullopt;
    }
    return value ? std::optional(static_cast<int>(*value)) : std::nullopt;
}

std::string ReportNode::text() const
{
    if (!m_json)
        return {};
    if (m_json->is_string())
        return std::string(trimmed(m_json->get_ref<const std::string&>()));
    if (m_json->is_number_float())
        return printNumber(m_json->get<double>());
    if (m_json->is_primitive())
        return m_json->dump();
    warn("expected text");
    return {};
}

bool ReportNode::flag(bool fallback) const
{
    if (!m_json)
        return fallback;
    if (m_json->is_boolean())
        return m_json->get<bool>();
    const auto word = m_json->is_string() ? toLower(text()) : std::string();
    if (word == "true" || word == "false")
        return word == "true";
    warn("expected true or false");
    return fallback;
}

void ReportNode::warn(std::string text) const
{
    m_findings->add(Severity::Warning, ErrorCode::WrongType, std::move(text), m_path);
}

std::optional<double> secondsPerUnit(std::string_view unit)
{
    std::string name = toLower(trimmed(unit));
    if (const auto slash = name.find("/tok"); slash != std::string::npos)
        name = std::string(trimmed(std::string_view(name).substr(0, slash)));
    static const std::map<std::string, double, std::less<>> known { { "s", 1 },
                                                                    { "sec", 1 },
                                                                    { "secs", 1 },
                                                                    { "second", 1 },
                                                                    { "seconds", 1 },
                                                                    { "ms", 1e-3 },
                                                                    { "msec", 1e-3 },
                                                                    { "millisecond", 1e-3 },
                                                                    { "milliseconds", 1e-3 },
                                                                    { "msecs", 1e-3 },
                                                                    { "us", 1e-6 },
                                                                    { "\xC2\xB5s", 1e-6 },
                                                                    { "microsecond", 1e-6 },
                                                                    { "microseconds", 1e-6 },
                                                                    { "ns", 1e-9 },
                                                                    { "nanosecond", 1e-9 },
                                                                    { "nanoseconds", 1e-9 } };
    const auto it = known.find(name);
    return it == known.end() ? std::nullopt : std::optional(it->second);
}

Distribution readDistribution(const ReportNode& node, double factor)
{
    return readNamed(node, {}, factor);
}

Distribution readFlatDistribution(const ReportNode& node, std::string_view suffix, double factor)
{
    return readNamed(node, suffix, factor);
}

bool isCountUnit(std::string_view unit)
{
    const auto name = toLower(trimmed(unit));
    return name == "count" || name == "counts" || name == "token" || name == "tokens";
}

bool isTokenRateUnit(std::string_view unit)
{
    const auto name = toLower(trimmed(unit));
    for (const char* known : { "tokens/s", "token/s", "tok/s", "tokens/sec", "tokens/second" }) {
        if (name == known)
            return true;
    }
    return false;
}

bool isRequestRateUnit(std::string_view unit)
{
    const auto name = toLower(trimmed(unit));
    for (const char* known : { "queries/s", "query/s", "queries/sec", "requests/s", "request/s",
                               "requests/sec", "requests/second", "req/s", "qps", "rps" }) {
        if (name == known)
            return true;
    }
    return false;
}

bool isTool(const BenchmarkRecord& record, std::string_view name)
{
    return toLower(trimmed(record.tool)) == name;
}

void setMetric(BenchmarkRecord& record, Metric metric, Distribution values, std::string definition,
               bool zeroIsMissing)
{
    if (values.isEmpty() || (zeroIsMissing && values.isAllZero()))
        return;
    record.metrics[metric] = { values, std::move(definition), false };
}

void deriveMissingE2e(BenchmarkRecord& record)
{
    const auto ttft = record.mean(Metric::Ttft);
    const auto tpot = record.mean(Metric::Tpot);
    const auto output = record.mean(Metric::OutputLength);
    if (record.mean(Metric::E2e) || !ttft || !tpot || !output || *output < 1)
        return;
    Distribution values;
    values.set(Statistic::Mean, *ttft + *tpot * (*output - 1));
    record.metrics[Metric::E2e] = { values, "ttft + tpot x (osl - 1)", true };
    record.notes.emplace_back("e2e mean derived: ttft + tpot x (osl - 1)");
}

void summariseEngines(BenchmarkRecord& record)
{
    std::set<std::string> versions;
    for (const auto& engine : record.engines)
        versions.insert(engine.version.empty() ? "unknown" : engine.version);
    record.engineVersions.assign(versions.begin(), versions.end());
    if (versions.contains("unknown"))
        record.notes.emplace_back("engine version unknown");
}

} // namespace llmd
