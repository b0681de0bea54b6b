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
}

template <class NameOf> Distribution readNamed(const ReportNode& node, NameOf nameOf, double factor)
{
    Distribution values;
    if (!node.isObject())
        return values;
    bool negative = false;
    for (const auto& [name, statistic] : aliases) {
        if (values[statistic])
            continue;
        const auto number = node[nameOf(name)].number();
        if (!number)
            continue;
        if (*number < 0) {
            negative = true;
            continue;
        }
        values.set(statistic, *number * factor);
    }
    if (negative)
        node.warn("a figure below zero was left out; times and lengths cannot be negative");
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
    if (const auto slash = name.find("/token"); slash != std::string::npos)
        name.resize(slash);
    static const std::map<std::string, double, std::less<>> known { { "s", 1 },
                                                                    { "sec", 1 },
                                                                    { "secs", 1 },
                                                                    { "second", 1 },
                                                                    { "seconds", 1 },
                                                                    { "ms", 1e-3 },
                                                                    { "msec", 1e-3 },
                                                                    { "millisecond", 1e-3 },
                                                                    { "milliseconds", 1e-3 },
                                                                    { "us", 1e-6 },
                                                                    { "microseconds", 1e-6 },
                                                                    { "ns", 1e-9 },
                                                                    { "nanoseconds", 1e-9 } };
    const auto it = known.find(name);
    return it == known.end() ? std::nullopt : std::optional(it->second);
}

Distribution readDistribution(const ReportNode& node, double factor)
{
    return readNamed(
        node, [](std::string_view name) { return name; }, factor);
}

Distribution readFlatDistribution(const ReportNode& node, std::string_view suffix, double factor)
{
    return readNamed(
        node, [&](std::string_view name) { return std::string(name) + std::string(suffix); },
        factor);
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
