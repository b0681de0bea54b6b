// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "record.h"

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace llmd {

/** Collects what is found in one report. */
class Findings
{
public:
    Findings(std::string fileName, std::vector<Issue>& issues)
        : m_fileName(std::move(fileName))
        , m_issues(&issues)
    { }

    void add(Severity severity, ErrorCode code, std::string text, std::string subject = {});
    /** Adds one finding of severity Info for the keys that nobody has asked for. */
    void unknownKeys(const std::vector<std::string>& keys, const std::string& subject);
    [[nodiscard]] const std::string& fileName() const { return m_fileName; }

private:
    std::string m_fileName;
    std::vector<Issue>* m_issues;
};

/** A place in a report that is read leniently: what is absent gives nothing, what is of a wrong type is also reported. */
class ReportNode
{
public:
    ReportNode(const nlohmann::json& json, Findings& findings, std::string path = {})
        : m_json(&json)
        , m_findings(&findings)
        , m_path(std::move(path))
    { }

    [[nodiscard]] ReportNode
    operator[](std::string_view key) const; ///< of an object, else a missing node
    [[nodiscard]] ReportNode
    operator[](std::size_t index) const; ///< of an array, else a missing node
    [[nodiscard]] bool exists() const { return m_json != nullptr; } ///< and is not null
    [[nodiscard]] bool isObject() const;
    [[nodiscard]] bool isArray() const;
    [[nodiscard]] std::size_t size() const; ///< entries of an array or object
    [[nodiscard]] std::vector<std::string> keys() const;
    [[nodiscard]] const nlohmann::json& json() const { return *m_json; } ///< only if it exists
    [[nodiscard]] const std::string& path() const { return m_path; }
    [[nodiscard]] Findings& findings() const { return *m_findings; }

    /** A finite number, also as text; "inf" gives nothing without a finding. */
    [[nodiscard]] std::optional<double> number() const;
    [[nodiscard]] std::optional<double> positive() const; ///< nothing for 0, a finding below
    [[nodiscard]] std::optional<long long> count() const; ///< a whole number from 0
    [[nodiscard]] std::optional<int> smallCount() const; ///< the same up to one million
    /** Text; numbers and booleans as they would be written. */
    [[nodiscard]] std::string text() const;
    [[nodiscard]] bool flag(bool fallback) const; ///< "true" and "false" in text too

    void warn(std::string text) const;

private:
    explicit ReportNode(Findings& findings, std::string path)
        : m_findings(&findings)
        , m_path(std::move(path))
    { }
    [[nodiscard]] std::optional<double> numberOf(const nlohmann::json& json) const;

    const nlohmann::json* m_json = nullptr;
    Findings* m_findings;
    std::string m_path;
};

/** Seconds in one "ms", "s/token", "sec" …; nothing for an unknown unit. */
[[nodiscard]] std::optional<double> secondsPerUnit(std::string_view unit);

/**
 * The figures of one distribution times `factor`, under any of the names in use ("p50", "median", "p99p9", "p99.9",
 * "p999", "avg", "std" …). Figures that cannot be (negative lengths or times, percentiles that fall) are reported, and
 * those below zero are left out; so are NaN and infinity. Percentiles that have no place in a distribution are told.
 */
[[nodiscard]] Distribution readDistribution(const ReportNode& node, double factor = 1);
/** The same for names with fixed text around the statistic: "p99_ttft_ms" has the suffix "_ttft_ms". */
[[nodiscard]] Distribution readFlatDistribution(const ReportNode& node, std::string_view suffix,
                                                double factor = 1);

/** "count" and "tokens", in any case. */
[[nodiscard]] bool isCountUnit(std::string_view unit);
/** "tokens/s" and the other spellings of it. */
[[nodiscard]] bool isTokenRateUnit(std::string_view unit);
/** "queries/s", "requests/sec" and the other spellings of it. */
[[nodiscard]] bool isRequestRateUnit(std::string_view unit);
/** Whether the load generator is the one of this lower-case name, however the report writes it. */
[[nodiscard]] bool isTool(const BenchmarkRecord& record, std::string_view name);

/** Stores a distribution that holds anything; all zeros count as not measured if `zeroIsMissing`. */
void setMetric(BenchmarkRecord& record, Metric metric, Distribution values, std::string definition,
               bool zeroIsMissing = false);

/** Mean TTFT + mean TPOT x (mean output length - 1) as E2E where a tool reported none; exact for fixed lengths only. */
void deriveMissingE2e(BenchmarkRecord& record);

/** Distinct sorted versions of the engines, "unknown" included, with a note if one is unknown. */
void summariseEngines(BenchmarkRecord& record);

} // namespace llmd
