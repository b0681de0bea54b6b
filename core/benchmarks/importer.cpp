// SPDX-License-Identifier: Apache-2.0
#include "importer.h"

#include "formats.h"
#include "reporttext.h"
#include "sha256.h"

#include <core/base/text.h>

#include <nlohmann/json.hpp>

#include <algorithm>

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
    const auto syntax = syntaxOf(text);
    if (syntax == ReportSyntax::Csv) {
        readGuideLlmCsv(text, findings, document);
        document.contentHash = sha256Hex(text);
        return result;
    }
    const auto parsed = parseReportText(text, syntax, name);
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
        if (!readDocument(json, findings, document)) {
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
    return result;
}

} // namespace llmd
