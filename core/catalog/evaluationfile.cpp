// SPDX-License-Identifier: Apache-2.0
#include "evaluationfile.h"

#include <core/base/csv.h>
#include <core/base/jsonfields.h>
#include <core/base/text.h>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <ctime>
#include <filesystem>

namespace llmd {

namespace {

using Json = nlohmann::json;

constexpr std::size_t longestFile = 16u << 20; // bytes; samples and logs are no results
constexpr std::size_t mostNamed = 12; // tasks that are left out

/** A task of an evaluation program and the published test that it is. */
struct KnownTask
{
    std::string_view task; ///< lower case, letters and digits only
    std::string_view benchmark;
    std::array<std::string_view, 2> metrics; ///< preferred first; an empty one is any
};

// Only tasks that ask the questions of the published test in its usual way: a multiple-choice form of a test that is
// published with generated answers is another test.
constexpr std::array<KnownTask, 24> knownTasks { {
    { "mmlu", "MMLU", { "acc", "" } },
    { "mmlupro", "MMLU-Pro", { "exact_match", "" } },
    { "mmluredux", "MMLU-Redux", { "exact_match", "acc" } },
    { "mmluproxlite", "MMLU-ProX", { "exact_match", "" } },
    { "mmluprox", "MMLU-ProX", { "exact_match", "" } },
    { "ifeval", "IFEval", { "prompt_level_strict_acc", "" } },
    { "leaderboardifeval", "IFEval", { "prompt_level_strict_acc", "" } },
    { "gpqadiamondcotzeroshot", "GPQA-Diamond", { "exact_match", "" } },
    { "gpqadiamondgenerativenshot", "GPQA-Diamond", { "exact_match", "" } },
    { "gpqadiamond", "GPQA-Diamond", { "exact_match", "accuracy" } },
    { "humaneval", "HumanEval", { "pass@1", "humaneval_pass@1" } },
    { "humanevalinstruct", "HumanEval", { "pass@1", "humaneval_pass@1" } },
    { "openaihumaneval", "HumanEval", { "humaneval_pass@1", "pass@1" } },
    { "humanevalplus", "HumanEval+", { "pass@1", "humaneval_plus_pass@1" } },
    { "mgsm", "MGSM", { "exact_match", "" } },
    { "mgsmdirect", "MGSM", { "exact_match", "" } },
    { "mmmlu", "MMMLU", { "", "" } },
    { "globalmmlulite", "Global MMLU-Lite", { "acc", "" } },
    { "include", "INCLUDE", { "acc", "" } },
    { "longbench2", "LongBench v2", { "acc", "" } },
    { "longbenchv2", "LongBench v2", { "", "" } },
    { "bfclv3", "BFCL v3", { "", "" } },
    { "livecodebenchv6", "LiveCodeBench v6", { "", "" } },
    { "writingbench", "WritingBench", { "", "" } },
} };

std::string folded(std::string_view name)
{
    std::string text;
    for (const char c : toLower(name)) {
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            text += c;
    }
    return text;
}

const KnownTask* findTask(std::string_view name)
{
    const std::string wanted = folded(name);
    const auto found = std::find_if(knownTasks.begin(), knownTasks.end(),
                                    [&](const KnownTask& known) { return known.task == wanted; });
    return found == knownTasks.end() ? nullptr : &*found;
}

std::string fileNameOf(const std::string& name)
{
    return std::filesystem::path(name).filename().string();
}

/** One measured task before its model and label are looked up. */
struct Measured
{
    std::string model;
    std::string task;
    std::string metric;
    std::string benchmark;
    double score = 0; ///< 0 to 100
};

/** Collects what was measured, and turns it into scores by way of the table form that people write. */
class Collector
{
public:
    Collector(std::string name, std::string program, std::string day)
        : m_name(std::move(name))
        , m_program(std::move(program))
        , m_day(std::move(day))
    { }

    void add(Measured measured)
    {
        const auto same =
            std::find_if(m_measured.begin(), m_measured.end(), [&](const Measured& other) {
                return other.model == measured.model && other.benchmark == measured.benchmark;
            });
        if (same == m_measured.end())
            m_measured.push_back(std::move(measured));
        else
            report(Severity::Info, measured.task,
                   fmt::format("is left out: {} is taken from {} already", measured.benchmark,
                               printableLine(same->task, 80)));
    }

    void report(Severity severity, std::string_view task, std::string text)
    {
        m_issues.push_back({ severity, ErrorCode::InvalidArgument, std::move(text),
                             printableLine(task, 80), Location { m_name, 0, 0 } });
    }

    void leaveOut(std::string_view task)
    {
        if (std::find(m_leftOut.begin(), m_leftOut.end(), task) == m_leftOut.end())
            m_leftOut.emplace_back(task);
    }

    Result<Loaded<std::vector<QualityScore>>> scores(const Catalog& catalog)
    {
        std::string table = csvLine({ "model", "benchmark", "score", "source", "date" });
        const std::string source = fmt::format("own evaluation ({}), {}", m_program,
                                               printableLine(fileNameOf(m_name), 120));
        for (const Measured& each : m_measured) {
            table += csvLine({ printableLine(each.model, 200), each.benchmark,
                               printNumber(each.score), source, m_day });
            report(Severity::Info, each.task,
                   fmt::format("is taken for {} ({})", each.benchmark,
                               printableLine(each.metric, 80)));
        }
        auto read = readQualityScores(table, m_name, catalog);
        if (!read)
            return read;
        for (Issue& issue : read->issues) {
            issue.where =
                Location { m_name, 0, 0 }; // its line is one of the table, which nobody sees
            if (std::find(m_issues.begin(), m_issues.end(), issue) == m_issues.end())
                m_issues.push_back(std::move(issue));
        }
        reportLeftOut();
        read->issues = std::move(m_issues);
        return read;
    }

private:
    void reportLeftOut()
    {
        if (m_leftOut.empty())
            return;
        std::vector<std::string> named(
            m_leftOut.begin(),
            m_leftOut.begin() + static_cast<std::ptrdiff_t>(std::min(mostNamed, m_leftOut.size())));
        for (std::string& task : named)
            task = printableLine(task, 60);
        report(
            Severity::Info, "results",
            fmt::format("{} tasks are no test that a kind of evidence holds and are left out: {}{}",
                        m_leftOut.size(), join(named, ", "),
                        named.size() < m_leftOut.size() ? " …" : ""));
    }

    std::string m_name;
    std::string m_program;
    std::string m_day;
    std::vector<Measured> m_measured;
    std::vector<std::string> m_leftOut;
    std::vector<Issue> m_issues;
};

/** The value of "pretrained=ORG/NAME" or "model=NAME" in the arguments of a run. */
std::string modelInArguments(const Json& arguments)
{
    if (arguments.is_object()) {
        for (const char* key : { "pretrained", "model" }) {
            if (arguments.contains(key) && arguments.at(key).is_string())
                return arguments.at(key).get<std::string>();
        }
        return {};
    }
    if (!arguments.is_string())
        return {};
    for (const std::string_view part : split(arguments.get_ref<const std::string&>(), ',')) {
        for (const std::string_view key : { "pretrained=", "model=" }) {
            if (trimmed(part).starts_with(key))
                return std::string(trimmed(part).substr(key.size()));
        }
    }
    return {};
}

std::string modelOf(const Json& root)
{
    if (root.contains("model_name") && root.at("model_name").is_string()
        && !root.at("model_name").get_ref<const std::string&>().empty())
        return root.at("model_name").get<std::string>();
    if (!root.contains("config") || !root.at("config").is_object())
        return {};
    const Json& config = root.at("config");
    if (config.contains("model_args")) {
        if (std::string model = modelInArguments(config.at("model_args")); !model.empty())
            return model;
    }
    return config.contains("model") && config.at("model").is_string()
        ? config.at("model").get<std::string>()
        : std::string();
}

/** A folder of a checkpoint is named like the checkpoint: "/models/Qwen3-14B/" is Qwen3-14B. */
std::string withoutFolder(std::string model)
{
    while (model.ends_with('/'))
        model.pop_back();
    if (model.starts_with('/') || model.starts_with('.') || model.starts_with('~'))
        return std::filesystem::path(model).filename().string();
    return model;
}

/** The day of a run: seconds since 1970 in "date". */
std::string dayOf(const Json& root, const std::string& otherwise)
{
    constexpr double year2000 = 946684800;
    constexpr double year2100 = 4102444800;
    if (!root.contains("date") || !root.at("date").is_number())
        return otherwise;
    const auto seconds = root.at("date").get<double>();
    if (!(seconds > year2000 && seconds < year2100))
        return otherwise;
    return fmt::format("{:%Y-%m-%d}", fmt::gmtime(static_cast<std::time_t>(seconds)));
}

/** "exact_match,strict-match" → "exact_match" */
std::string_view metricName(std::string_view key)
{
    return key.substr(0, key.find(','));
}

/** The figure of a task that its published test states, with the key that it stands under. */
std::optional<std::pair<std::string, double>> figureOf(const Json& task, const KnownTask& known)
{
    for (const std::string_view wanted : known.metrics) {
        for (const auto& [key, value] : task.items()) {
            const std::string_view metric = metricName(key);
            const bool other = metric == "alias" || metric == "sample_len"
                || metric.ends_with("_stderr") || !value.is_number();
            if (!other && (wanted.empty() || metric == wanted))
                return std::pair { key, value.get<double>() };
        }
    }
    return std::nullopt;
}

Result<Loaded<std::vector<QualityScore>>> readHarness(std::string_view text,
                                                      const std::string& name,
                                                      const std::string& day,
                                                      const Catalog& catalog)
{
    const auto root = parseJsonText(text, name);
    if (!root)
        return tl::unexpected(root.error());
    if (!root->is_object() || !root->contains("results") || !root->at("results").is_object())
        return failure(ErrorCode::MissingField,
                       "the file has no \"results\"; expected the results of lm-evaluation-harness",
                       Location { name, 0, 0 });
    const std::string model = withoutFolder(modelOf(*root));
    if (model.empty())
        return failure(
            ErrorCode::MissingField,
            "the file does not say which model was evaluated: neither \"model_name\" nor "
            "\"model_args\" of \"config\" names one",
            Location { name, 0, 0 });
    Collector collector(name, "lm-evaluation-harness", dayOf(*root, day));
    for (const auto& [task, values] : root->at("results").items()) {
        const KnownTask* known = findTask(task);
        if (!known || !values.is_object()) {
            collector.leaveOut(task);
            continue;
        }
        const auto figure = figureOf(values, *known);
        if (!figure) {
            collector.report(
                Severity::Warning, task,
                fmt::format("has no figure under \"{}\" and is left out", known->metrics.front()));
        } else if (!(figure->second >= 0 && figure->second <= 1)) {
            collector.report(Severity::Error, task,
                             fmt::format("has {} = {}, which is no share from 0 to 1",
                                         printableLine(figure->first, 60),
                                         printNumber(figure->second)));
        } else {
            collector.add({ model, task, figure->first, std::string(known->benchmark),
                            figure->second * 100 });
        }
    }
    return collector.scores(catalog);
}

/** "qwen3-14b-vllm" is the model qwen3-14b behind a backend. */
std::string withoutBackend(std::string model)
{
    for (const std::string_view suffix : { "-hf", "-vllm", "-turbomind", "-lmdeploy", "-api" }) {
        if (toLower(model).ends_with(suffix))
            return model.substr(0, model.size() - suffix.size());
    }
    return model;
}

Result<Loaded<std::vector<QualityScore>>> readOpenCompass(std::string_view text,
                                                          const std::string& name,
                                                          const std::string& day,
                                                          const Catalog& catalog)
{
    const auto table = parseCsv(text, name);
    if (!table)
        return tl::unexpected(table.error());
    Collector collector(name, "OpenCompass", day);
    constexpr std::size_t firstModel = 4; // after dataset, version, metric, mode
    for (const CsvRow& row : table->rows) {
        const std::string& task = row.cells[0];
        const KnownTask* known = findTask(task);
        if (!known) {
            collector.leaveOut(task);
            continue;
        }
        for (std::size_t i = firstModel; i < row.cells.size(); ++i) {
            const std::string_view cell = trimmed(row.cells[i]);
            if (cell.empty() || cell == "-")
                continue; // not measured
            const auto score = parseNumber(cell);
            if (!score || *score < 0 || *score > 100) {
                collector.report(
                    Severity::Error, task,
                    fmt::format("\"{}\" is not a score from 0 to 100", printableLine(cell, 40)));
                continue;
            }
            collector.add({ withoutBackend(table->columns[i]), task, row.cells[2],
                            std::string(known->benchmark), *score });
        }
    }
    return collector.scores(catalog);
}

} // namespace

EvaluationFormat evaluationFormat(std::string_view text)
{
    constexpr std::string_view mark = "\xEF\xBB\xBF";
    if (text.starts_with(mark))
        text.remove_prefix(mark.size());
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos)
        return EvaluationFormat::None;
    if (text[first] == '{')
        return EvaluationFormat::LmEvaluationHarness;
    const std::string header = toLower(text.substr(first, text.find('\n', first) - first));
    return header.starts_with("dataset,version,metric,mode,") ? EvaluationFormat::OpenCompass
                                                              : EvaluationFormat::None;
}

Result<Loaded<std::vector<QualityScore>>> readEvaluation(std::string_view text,
                                                         const std::string& name,
                                                         const std::string& day,
                                                         const Catalog& catalog)
{
    if (text.size() > longestFile)
        return failure(
            ErrorCode::LimitExceeded,
            "the file is larger than 16 MiB; expected the results of an evaluation, not its "
            "samples",
            Location { name, 0, 0 });
    switch (evaluationFormat(text)) {
    case EvaluationFormat::LmEvaluationHarness:
        return readHarness(text, name, day, catalog);
    case EvaluationFormat::OpenCompass:
        return readOpenCompass(text, name, day, catalog);
    case EvaluationFormat::None:
        break;
    }
    return failure(ErrorCode::Unsupported,
                   "the file holds no results of lm-evaluation-harness or OpenCompass",
                   Location { name, 0, 0 });
}

} // namespace llmd
