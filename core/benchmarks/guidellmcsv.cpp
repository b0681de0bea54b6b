// SPDX-License-Identifier: Apache-2.0
// GuideLLM's CSV: three header rows (group, metric, statistic or unit), then one row per benchmark.
#include "formats.h"
#include "reporttext.h"

#include <core/base/csv.h>
#include <core/base/text.h>

#include <nlohmann/json.hpp>

#include <charconv>

namespace llmd {

namespace {

/** The three header rows as one name: "Request Latency|Successful Sec|Mean". */
std::string columnName(const std::vector<std::string>& group,
                       const std::vector<std::string>& metric,
                       const std::vector<std::string>& statistic, std::size_t column)
{
    return std::string(trimmed(group[column])) + "|" + std::string(trimmed(metric[column])) + "|"
        + std::string(trimmed(statistic[column]));
}

struct Row
{
    std::map<std::string, std::string> cells;
    Findings* findings;

    /** "Request Latency|Successful Sec" for the group "Request Latency", with the seconds in one of its unit. */
    [[nodiscard]] std::optional<std::pair<std::string, double>>
    timeColumns(const std::string& group) const
    {
        const auto prefix = group + "|Successful";
        const auto it = cells.lower_bound(prefix);
        if (it == cells.end() || !it->first.starts_with(prefix))
            return std::nullopt;
        const auto columns = it->first.substr(0, it->first.rfind('|'));
        const auto unit = std::string(trimmed(std::string_view(columns).substr(prefix.size())));
        const auto factor = secondsPerUnit(unit);
        if (!factor) {
            findings->add(Severity::Error, ErrorCode::InvalidArgument,
                          "unknown unit '" + unit + "', expected ms or Sec", columns);
            return std::nullopt;
        }
        return std::pair(columns, *factor);
    }

    [[nodiscard]] std::string text(const std::string& name) const
    {
        const auto it = cells.find(name);
        return it == cells.end() ? std::string() : std::string(trimmed(it->second));
    }

    [[nodiscard]] std::optional<double> number(const std::string& name) const
    {
        const auto cell = text(name);
        if (cell.empty())
            return std::nullopt;
        const auto value = parseNumber(cell);
        const auto word = toLower(cell);
        if (!value && (word == "nan" || word == "inf" || word == "-inf"))
            findings->add(Severity::Info, ErrorCode::InvalidArgument,
                          "no finite number, taken as not measured", name);
        else if (!value)
            findings->add(Severity::Warning, ErrorCode::WrongType, "expected a number", name);
        return value ? std::optional(*value) : std::nullopt;
    }

    [[nodiscard]] std::optional<long long> count(const std::string& name) const
    {
        const auto value = number(name);
        return value && *value >= 0 && *value < 9e15 ? std::optional(static_cast<long long>(*value))
                                                     : std::nullopt;
    }
};

/** A cell with the list [min, p0.1, p1, p5, p10, p25, p75, p90, p95, p99, max]; the median has a column of its own. */
void readPercentiles(const Row& row, const std::string& name, double factor, Distribution& values)
{
    constexpr std::array<Statistic, 11> order { Statistic::Min, Statistic::P0p1, Statistic::P1,
                                                Statistic::P5,  Statistic::P10,  Statistic::P25,
                                                Statistic::P75, Statistic::P90,  Statistic::P95,
                                                Statistic::P99, Statistic::Max };
    const auto cell = row.text(name);
    if (cell.empty())
        return;
    const auto parsed = parseReportText(cell, ReportSyntax::Json, row.findings->fileName());
    const bool isList = parsed && parsed->size() == 1 && parsed->front().is_array()
        && parsed->front().size() == order.size();
    if (!isList) {
        row.findings->add(Severity::Warning, ErrorCode::WrongType,
                          "expected a list of 11 percentiles", name);
        return;
    }
    for (std::size_t i = 0; i < order.size(); ++i) {
        if (const auto& value = parsed->front()[i]; value.is_number() && value.get<double>() >= 0)
            values.set(order[i], value.get<double>() * factor);
    }
}

Distribution readColumns(const Row& row, const std::string& prefix, double factor)
{
    Distribution values;
    const auto set = [&](Statistic statistic, const char* suffix) {
        const auto value = row.number(prefix + suffix);
        if (value && *value >= 0)
            values.set(statistic, *value * factor);
        else if (value)
            row.findings->add(Severity::Warning, ErrorCode::InvalidArgument,
                              "a figure below zero was left out; times and lengths cannot be "
                              "negative",
                              prefix + suffix);
    };
    set(Statistic::Mean, "|Mean");
    set(Statistic::P50, "|Median");
    set(Statistic::StdDev, "|Std Dev");
    readPercentiles(row, prefix + "|Percentiles", factor, values);
    return values;
}

/** A cell with an object, as GuideLLM writes settings. */
void readSettings(const Row& row, BenchmarkRecord& record)
{
    const auto parse = [&](const std::string& name, auto use) {
        const auto cell = row.text(name);
        if (!cell.starts_with('{'))
            return;
        const auto parsed = parseReportText(cell, ReportSyntax::Json, row.findings->fileName());
        if (parsed && !parsed->empty())
            use(ReportNode(parsed->front(), *row.findings, name));
    };
    parse("Run Info|Backend|",
          [&](const ReportNode& backend) { record.model = backend["model"].text(); });
    parse("Runtime Info|Metadata|", [&](const ReportNode& metadata) {
        record.toolVersion = metadata["guidellm_version"].text();
    });
    const auto strategy = row.text("Benchmark|Strategy|");
    parse("Run Info|Profile|", [&](const ReportNode& profile) {
        // The profile lists the streams of all benchmarks of the file; the row says which one it is.
        const auto streams = profile["streams"];
        if (strategy == "concurrent" && record.stage
            && static_cast<std::size_t>(*record.stage) < streams.size())
            record.load.concurrency = streams[static_cast<std::size_t>(*record.stage)].smallCount();
        const auto rates = profile["rate"];
        if ((strategy == "constant" || strategy == "poisson") && record.stage
            && static_cast<std::size_t>(*record.stage) < rates.size()) {
            if (const auto rate = rates[static_cast<std::size_t>(*record.stage)].positive())
                record.load.rate = RequestsPerSecond(*rate);
        }
    });
}

/** How many levels of concurrency the run was to have; 0 if the profile has another kind of load. */
std::size_t streamsOfProfile(const Row& row)
{
    const auto cell = row.text("Run Info|Profile|");
    if (!cell.starts_with('{'))
        return 0;
    const auto parsed = parseReportText(cell, ReportSyntax::Json, row.findings->fileName());
    return parsed && !parsed->empty() ? ReportNode(parsed->front(), *row.findings)["streams"].size()
                                      : 0;
}

BenchmarkRecord readRow(const Row& row, int index)
{
    BenchmarkRecord record;
    record.tool = "guidellm";
    record.stage = index;
    record.runUid = row.text("Benchmark|ID|");
    record.total = row.count("Request Counts|Total|");
    record.failures = row.count("Request Counts|Errored|");
    record.incomplete = row.count("Request Counts|Incomplete|");
    if (const auto duration = row.number("Timings|Duration|Sec"); duration && *duration > 0)
        record.duration = Seconds(*duration);
    const auto setTime = [&](Metric metric, const char* group, const char* definition) {
        if (const auto columns = row.timeColumns(group))
            setMetric(record, metric, readColumns(row, columns->first, columns->second), definition,
                      true);
    };
    setTime(Metric::E2e, "Request Latency", "request_latency");
    setTime(Metric::Ttft, "Time to First Token", "time_to_first_token_ms");
    setTime(Metric::Ntpot, "Time per Output Token", "time_per_output_token_ms");
    setTime(Metric::Tpot, "Inter Token Latency", "inter_token_latency_ms");
    const auto setLength = [&](Metric metric, const char* columns, const char* definition) {
        setMetric(record, metric, readColumns(row, columns, 1), definition, true);
    };
    setLength(Metric::InputLength, "Token Metrics|Successful Input Tokens", "prompt_token_count");
    setLength(Metric::OutputLength, "Token Metrics|Successful Output Tokens", "output_token_count");
    if (const auto rate = row.number("Server Throughput|Successful Requests/Sec|Mean"))
        record.requestRate = RequestsPerSecond(*rate);
    if (const auto rate = row.number("Token Throughput|Successful Output Tokens/Sec|Mean"))
        record.outputRate = TokensPerSecond(*rate);
    if (const auto rate = row.number("Token Throughput|Successful Total Tokens/Sec|Mean"))
        record.totalRate = TokensPerSecond(*rate);
    readSettings(row, record);
    return record;
}

} // namespace

void readGuideLlmCsv(std::string_view text, Findings& findings, BenchmarkDocument& document)
{
    document.format = "guidellm-csv";
    document.formatVersion = "3-row header";
    // The header rows repeat names, which a table with one header refuses; numbers stand in for them.
    const auto firstLine = text.substr(0, text.find('\n'));
    std::string numbered;
    const auto columns = std::count(firstLine.begin(), firstLine.end(), ',') + 1;
    for (std::ptrdiff_t i = 0; i < columns && i < 1024; ++i)
        numbered += (i ? "," : "") + std::to_string(i);
    numbered += "\n";
    numbered += text;
    auto table = parseCsv(numbered, findings.fileName(),
                          { reportTextLimit + numbered.size(), 100'000, 1024 });
    if (!table) {
        auto error = table.error();
        findings.add(Severity::Error, error.code,
                     error.detail
                         + (error.where ? " (line "
                                    + std::to_string(std::max(1, error.where->line - 1)) + ")"
                                        : std::string()));
        document.format = "unknown";
        document.formatVersion.clear();
        return;
    }
    if (table->rows.size() < 4) {
        findings.add(Severity::Error, ErrorCode::MissingField,
                     "expected three header rows and at least one benchmark");
        document.format = "unknown";
        document.formatVersion.clear();
        return;
    }
    std::size_t expectedRows = 0;
    for (std::size_t i = 3; i < table->rows.size(); ++i) {
        Row row { {}, &findings };
        for (std::size_t column = 0; column < table->columns.size(); ++column) {
            row.cells[columnName(table->rows[0].cells, table->rows[1].cells, table->rows[2].cells,
                                 column)] = table->rows[i].cells[column];
        }
        if (i == 3)
            expectedRows = streamsOfProfile(row);
        auto record = readRow(row, static_cast<int>(i - 3));
        if (record.metrics.empty() && !record.total) {
            findings.add(Severity::Error, ErrorCode::MissingField,
                         "row " + std::to_string(i + 1) + " has none of the known columns");
            continue;
        }
        document.records.push_back(std::move(record));
    }
    if (expectedRows > table->rows.size() - 3)
        findings.add(Severity::Warning, ErrorCode::MissingField,
                     "the profile has " + std::to_string(expectedRows)
                         + " load points, the file has " + std::to_string(table->rows.size() - 3)
                         + "; it may have been cut off");
}

} // namespace llmd
