// SPDX-License-Identifier: Apache-2.0
#include "importer.h"

#include "formats.h"
#include "reporttext.h"
#include "sha256.h"

#include <core/base/text.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace llmd {

namespace {

using Json = nlohmann::json;

struct Format
{
    bool (*matches)(const ReportNode&);
    void (*read)(const ReportNode&, BenchmarkDocument&);
};

// The first that matches; more specific ones come first.
constexpr std::array<Format, 11> formats { {
    { isNop, readNop },
    { isBenchmarkReport1, readBenchmarkReport1 },
    { isBenchmarkReport2, readBenchmarkReport2 },
    { isGuideLlm, readGuideLlm },
    { isPlannerDatabase, readPlannerDatabase },
    { isInferencePerf, readInferencePerf },
    { isInferencePerfSession, readInferencePerfSession },
    { isInferenceMaxRows, readInferenceMaxRows },
    { isVllmServe, readVllmServe },
    { isAiPerf, readAiPerf },
    { isInferencePerfSidecar, readInferencePerfSidecar },
} };

/** One document; false if it is of no known format. */
bool readDocument(const Json& json, Findings& findings, BenchmarkDocument& document)
{
    std::vector<Issue> ignored; // what asking for the wrong format finds
    Findings quiet({}, ignored);
    const ReportNode question(json, quiet);
    const auto it = std::find_if(formats.begin(), formats.end(),
                                 [&](const Format& format) { return format.matches(question); });
    if (it == formats.end())
        return false;
    it->read(ReportNode(json, findings), document);
    return true;
}

/** What could be meant by something that is no report. */
std::string unknownText(const std::vector<Json>& documents)
{
    const Json& first = documents.front();
    const Json& element = first.is_array() && !first.empty() ? first.front() : first;
    if (element.is_object() && element.contains("start_time") && element.contains("end_time")
        && element.contains("info"))
        return "a file with one entry per request of inference-perf; import the stage or summary "
               "file of the run";
    if (first.is_object() && first.contains("results") && first.contains("run"))
        return first.contains("version") && !first["version"].is_null()
            ? "a benchmark report of an unknown version; expected version 0.1, 0.2 or 0.2.1"
            : "a benchmark report without its version, which ends it: the file was cut off, or "
              "'version: \"0.2\"' has to be added";
    if (!first.is_object() && !first.is_array())
        return "no benchmark report: expected a JSON or YAML document with named fields";
    std::vector<std::string> keys;
    if (first.is_object()) {
        for (const auto& [key, value] : first.items()) {
            if (keys.size() < 6)
                keys.push_back(key);
        }
    }
    return "not a known benchmark report"
        + (keys.empty() ? std::string() : "; it begins with the fields " + join(keys, ", "));
}

/** The same for two conversions of one run: their random identifiers and the spelling of the text do not count. */
std::string hashOf(const std::vector<Json>& documents)
{
    std::string text;
    for (const auto& document : documents) {
        Json copy = document;
        if (copy.is_object() && copy.contains("run") && copy["run"].is_object())
            copy["run"].erase("uid");
        text += copy.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
    }
    return sha256Hex(text);
}

/** Several reports in one list are read one by one. */
bool readListed(const Json& json, Findings& findings, BenchmarkDocument& document)
{
    if (!json.is_array())
        return false;
    std::size_t read = 0;
    for (const auto& element : json)
        read += element.is_object() && readDocument(element, findings, document) ? 1 : 0;
    if (read > 0 && read < json.size())
        findings.add(Severity::Warning, ErrorCode::Unsupported,
                     fmt::format("{} of {} entries of the list are no known reports; left out",
                                 json.size() - read, json.size()));
    return read > 0;
}

void doubt(Findings& findings, std::string text, const std::string& subject)
{
    findings.add(Severity::Warning, ErrorCode::InvalidArgument, std::move(text), subject);
}

/** Latencies that do not fit each other: a wrong label on a unit is off by a thousand, and a wrong column by a lot. */
void checkLatencies(const BenchmarkRecord& record, Findings& findings, const std::string& subject)
{
    const auto ttft = record.mean(Metric::Ttft);
    const auto e2e = record.mean(Metric::E2e);
    const auto tpot = record.mean(Metric::Tpot);
    const auto output = record.mean(Metric::OutputLength);
    if (ttft && e2e && *ttft > *e2e * (1 + 1e-6)) {
        doubt(findings,
              fmt::format("the first token comes after {:.3g} s and the last after {:.3g} s on "
                          "average; the unit of one of them may be wrong",
                          *ttft, *e2e),
              subject);
        return;
    }
    constexpr double far = 5; // differing output lengths make less of a difference
    if (!ttft || !e2e || !tpot || !output || *output < 2)
        return;
    const double expected = *ttft + *tpot * (*output - 1);
    if (expected > far * *e2e || *e2e > far * expected)
        doubt(findings,
              fmt::format("TTFT and TPOT make a request of {:.3g} s, the report says {:.3g} s; the "
                          "unit of one of them may be wrong",
                          expected, *e2e),
              subject);
}

/** What cannot be true of any run, whatever tool reported it. */
void checkRecord(const BenchmarkRecord& record, Findings& findings, const std::string& subject)
{
    checkLatencies(record, findings, subject);
    const auto near = [](double a, double b) { return std::abs(a - b) <= 0.05 * std::max(a, b); };
    if (record.inputRate && record.outputRate && record.totalRate
        && !near(record.inputRate->value() + record.outputRate->value(), record.totalRate->value()))
        doubt(findings, "input and output tokens per second do not add up to the total", subject);
    else if (record.outputRate && record.totalRate
             && record.outputRate->value() > record.totalRate->value() * 1.05)
        doubt(findings, "more output tokens per second than tokens in total", subject);
    const bool anyLatency = std::any_of(record.metrics.begin(), record.metrics.end(),
                                        [](const auto& entry) { return isLatency(entry.first); });
    const bool allFailed = record.total && record.failures && *record.failures >= *record.total;
    if (!anyLatency && !allFailed)
        findings.add(Severity::Warning, ErrorCode::MissingField,
                     "no latencies were found in this load point", subject);
    else if (record.metric(Metric::E2e) && !record.metric(Metric::Ttft))
        findings.add(Severity::Info, ErrorCode::MissingField,
                     "no time to first token: the answers were not streamed, or the report is not "
                     "complete",
                     subject);
}

void checkRecords(const BenchmarkDocument& document, Findings& findings)
{
    // Two formats have no such numbers.
    const bool counts =
        document.format != "inferencemax-agg" && document.format != "planner-database";
    for (std::size_t i = 0; i < document.records.size(); ++i) {
        const auto subject =
            document.records.size() > 1 ? fmt::format("load point {}", i + 1) : std::string();
        checkRecord(document.records[i], findings, subject);
        if (counts && !document.records[i].total)
            findings.add(Severity::Info, ErrorCode::MissingField,
                         "the number of requests is not stated", subject);
    }
}

/** Every tool ends its YAML and CSV with a line break; half a file of these can look like a whole one. */
void checkEnd(std::string_view text, ReportSyntax syntax, Findings& findings)
{
    if (syntax != ReportSyntax::Json && !text.empty() && text.back() != '\n' && text.back() != '\r')
        findings.add(Severity::Info, ErrorCode::Syntax,
                     "the file does not end with a line break, so it may have been cut off");
}

/** YAML in flow style begins as JSON does, and JSON edited by hand is often only valid as YAML. */
Result<std::vector<Json>> parseLeniently(std::string_view text, ReportSyntax syntax,
                                         Findings& findings)
{
    auto parsed = parseReportText(text, syntax, findings.fileName());
    constexpr std::size_t enough = 4u
        << 20; // such files are small, and broken large ones fail fast
    if (parsed || syntax != ReportSyntax::Json || parsed.error().code != ErrorCode::Syntax
        || text.size() > enough)
        return parsed;
    auto yaml = parseReportText(text, ReportSyntax::Yaml, findings.fileName());
    if (!yaml || yaml->size() != 1 || !yaml->front().is_structured())
        return parsed;
    findings.add(Severity::Warning, ErrorCode::Syntax, "not valid JSON, read as YAML");
    return yaml;
}

bool isUtf16(std::string_view text)
{
    return text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF");
}

void numberStages(BenchmarkDocument& document)
{
    if (document.format != "vllm-bench-serve" || document.records.size() < 2)
        return;
    int stage = 0; // appended results of one sweep
    for (auto& record : document.records) {
        record.stage = stage++;
        record.origins["stage"] = Origin::Config;
    }
}

} // namespace

Loaded<BenchmarkDocument> readReport(std::string_view text, const std::string& name)
{
    Loaded<BenchmarkDocument> result;
    auto& document = result.value;
    document.format = "unknown";
    Findings findings(name, result.issues);
    if (isUtf16(text)) {
        findings.add(Severity::Error, ErrorCode::Syntax,
                     "the file is in UTF-16, as some shells write it; save it as UTF-8");
        document.contentHash = sha256Hex(text);
        return result;
    }
    const auto syntax = syntaxOf(text);
    checkEnd(text, syntax, findings);
    if (syntax == ReportSyntax::Csv) {
        readGuideLlmCsv(text, findings, document);
        checkRecords(document, findings);
        document.contentHash = sha256Hex(text);
        return result;
    }
    const auto parsed = parseLeniently(text, syntax, findings);
    if (!parsed) {
        const auto& error = parsed.error();
        result.issues.push_back({ Severity::Error,
                                  error.code,
                                  "cannot be read as a benchmark report: " + error.detail,
                                  {},
                                  error.where });
        document.contentHash = sha256Hex(text);
        return result;
    }
    if (parsed->empty()) {
        findings.add(Severity::Error, ErrorCode::Syntax, "the file is empty");
        document.contentHash = sha256Hex(text);
        return result;
    }
    document.contentHash = hashOf(*parsed);
    std::size_t read = 0;
    for (const auto& json : *parsed) {
        const auto before = document.format;
        if (!readDocument(json, findings, document) && !readListed(json, findings, document)) {
            if (parsed->size() > 1)
                findings.add(Severity::Warning, ErrorCode::Unsupported,
                             "one of several documents in the file is no known report; left out");
            continue;
        }
        if (before != "unknown" && before != document.format)
            findings.add(Severity::Info, ErrorCode::InvalidArgument,
                         "reports of several formats in one file: " + before + " and "
                             + document.format);
        ++read;
    }
    if (read == 0)
        findings.add(Severity::Error, ErrorCode::Unsupported, unknownText(*parsed));
    numberStages(document);
    checkRecords(document, findings);
    return result;
}

} // namespace llmd
