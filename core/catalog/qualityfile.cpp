// SPDX-License-Identifier: Apache-2.0
#include "qualityfile.h"

#include "evaluationfile.h"

#include <core/base/csv.h>
#include <core/base/file.h>
#include <core/base/text.h>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <chrono>
#include <set>

namespace llmd {

namespace {

/** Two spellings that people take for the same name give one text. "+" stays: HumanEval+ is not HumanEval. */
std::string folded(std::string_view name)
{
    std::string text;
    for (const char c : toLower(name)) {
        if (c != ' ' && c != '-' && c != '_' && c != '.')
            text += c;
    }
    return text;
}

std::string_view afterSlash(std::string_view id)
{
    const auto slash = id.rfind('/');
    return slash == std::string_view::npos ? id : id.substr(slash + 1);
}

/** The only model of several, or the only unquantised one; nullptr if that leaves none or several. */
const Model* singleOf(const std::vector<const Model*>& models)
{
    if (models.size() == 1)
        return models.front();
    const Model* plain = nullptr;
    for (const Model* model : models) {
        if (model->architecture.quantization.method != "none" || model->baseCheckpoint)
            continue;
        if (plain)
            return nullptr;
        plain = model;
    }
    return plain;
}

template <class Text>
std::vector<const Model*> modelsWith(const Catalog& catalog, const std::string& wanted, Text text)
{
    std::vector<const Model*> found;
    for (const Model& model : catalog.models) {
        if (folded(text(model)) == wanted)
            found.push_back(&model);
    }
    return found;
}

tl::unexpected<Error> noModel(std::string_view name, const std::vector<const Model*>& several,
                              const Catalog& catalog)
{
    std::string detail = fmt::format("model \"{}\" ", printableLine(name, 100));
    if (!several.empty()) {
        std::vector<std::string> ids;
        for (const Model* model : several)
            ids.push_back(model->id);
        detail += "may be any of " + join(ids, ", ") + "; write the id";
    } else {
        std::vector<std::string> known;
        for (const Model& model : catalog.models) {
            known.push_back(model.id);
            known.emplace_back(afterSlash(model.id));
        }
        detail += "is not in the catalog";
        if (const auto near = nearestWord(name, known))
            detail += "; did you mean " + *near + "?";
    }
    return tl::unexpected<Error>(
        Error { ErrorCode::NotFound, std::move(detail), { std::string(name) }, {} });
}

bool isDay(std::string_view text)
{
    if (text.size() != 10 || text[4] != '-' || text[7] != '-')
        return false;
    for (const std::size_t i : { 0, 1, 2, 3, 5, 6, 8, 9 }) {
        if (text[i] < '0' || text[i] > '9')
            return false;
    }
    const int month = (text[5] - '0') * 10 + text[6] - '0';
    const int day = (text[8] - '0') * 10 + text[9] - '0';
    return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/** When a file was last written, in UTC; the epoch if that is not known. */
std::string dayOfFile(const std::filesystem::path& path)
{
    std::error_code error;
    const auto written = std::filesystem::last_write_time(path, error);
    std::time_t seconds = 0;
    if (!error)
        seconds = std::chrono::system_clock::to_time_t(
            std::chrono::time_point_cast<std::chrono::system_clock::duration>(
                std::chrono::file_clock::to_sys(written)));
    return fmt::format("{:%Y-%m-%d}", fmt::gmtime(seconds));
}

class Reader
{
public:
    Reader(const CsvTable& table, const Catalog& catalog)
        : m_table(table)
        , m_catalog(catalog)
    {
        for (const QualityKind& kind : catalog.qualityKinds)
            m_weighed.insert(kind.benchmarks.begin(), kind.benchmarks.end());
        m_labels = m_weighed;
        for (const QualityScore& score : catalog.qualityScores)
            m_labels.insert(score.benchmark);
    }

    Loaded<std::vector<QualityScore>> run()
    {
        for (const CsvRow& row : m_table.rows) {
            if (auto score = read(row))
                m_loaded.value.push_back(std::move(*score));
        }
        return std::move(m_loaded);
    }

private:
    void report(Severity severity, const CsvRow& row, std::string subject, std::string text)
    {
        m_loaded.issues.push_back({ severity, ErrorCode::InvalidArgument, std::move(text),
                                    std::move(subject), Location { m_table.name, row.line, 0 } });
    }

    std::optional<QualityScore> read(const CsvRow& row)
    {
        QualityScore score;
        score.userProvided = true;
        const std::size_t before = m_loaded.issues.size();
        bool good = readModel(row, score);
        good = readBenchmark(row, score) && good;
        good = readScore(row, score) && good;
        good = readSource(row, score) && good;
        score.mode = std::string(m_table.text(row, "mode"));
        if (good)
            return score;
        // What a bad row's names were taken for is of no interest.
        const auto isRemark = [](const Issue& issue) { return issue.severity != Severity::Error; };
        auto& issues = m_loaded.issues;
        issues.erase(std::remove_if(issues.begin() + static_cast<std::ptrdiff_t>(before),
                                    issues.end(), isRemark),
                     issues.end());
        return std::nullopt;
    }

    bool readModel(const CsvRow& row, QualityScore& score)
    {
        const std::string name(m_table.text(row, "model"));
        const auto match = matchModelName(name, m_catalog);
        if (!match) {
            report(Severity::Error, row, "model", match.error().detail);
            return false;
        }
        score.family = match->model->id;
        score.statedName = name;
        if (!match->exact)
            report(Severity::Info, row, "model",
                   fmt::format("\"{}\" is taken for {} ({})", printableLine(name, 100),
                               match->model->id, match->how));
        return true;
    }

    bool readBenchmark(const CsvRow& row, QualityScore& score)
    {
        const std::string name = printableLine(m_table.text(row, "benchmark"), 120);
        if (name.empty()) {
            report(Severity::Error, row, "benchmark", "the name of the benchmark is missing");
            return false;
        }
        score.benchmark = name;
        if (m_labels.count(name) == 0) {
            std::vector<std::string> same;
            for (const std::string& label : m_labels) {
                if (folded(label) == folded(name))
                    same.push_back(label);
            }
            if (same.size() == 1) {
                score.benchmark = same.front();
                report(Severity::Info, row, "benchmark",
                       fmt::format("\"{}\" is taken for {}", name, same.front()));
            }
        }
        if (m_weighed.count(score.benchmark) == 0) {
            std::string text = fmt::format(
                "no kind of evidence holds the benchmark \"{}\", so the score does not count",
                name);
            const std::vector<std::string> known(m_weighed.begin(), m_weighed.end());
            if (const auto near = nearestWord(name, known))
                text += "; did you mean " + *near + "?";
            text += " (add it under `quality_kinds` of a use-cases file to weigh it)";
            report(Severity::Warning, row, "benchmark", std::move(text));
        }
        return true;
    }

    bool readScore(const CsvRow& row, QualityScore& score)
    {
        const auto number = m_table.number(row, "score");
        if (!number) {
            report(Severity::Error, row, "score", number.error().detail);
            return false;
        }
        if (!*number || **number < 0 || **number > 100) {
            report(Severity::Error, row, "score",
                   *number ? printNumber(**number) + " is not a score from 0 to 100"
                           : std::string("the score is missing"));
            return false;
        }
        score.score = **number;
        return true;
    }

    bool readSource(const CsvRow& row, QualityScore& score)
    {
        score.source.text = printableLine(m_table.text(row, "source"));
        score.source.date = std::string(m_table.text(row, "date"));
        const bool hasSource = !score.source.text.empty();
        if (!hasSource)
            report(Severity::Error, row, "source", "say where the score comes from");
        const bool hasDate = isDay(score.source.date);
        if (!hasDate)
            report(Severity::Error, row, "date",
                   fmt::format("\"{}\" is not a day; write for example 2026-08-31",
                               printableLine(score.source.date, 40)));
        return hasSource && hasDate;
    }

    const CsvTable& m_table;
    const Catalog& m_catalog;
    std::set<std::string> m_weighed; // labels of the kinds
    std::set<std::string> m_labels; // all that are known
    Loaded<std::vector<QualityScore>> m_loaded;
};

} // namespace

Result<ModelMatch> matchModelName(std::string_view name, const Catalog& catalog)
{
    const std::string wanted = folded(trimmed(name));
    if (wanted.empty())
        return failure(ErrorCode::MissingField, "the name of the model is missing");
    for (const Model& model : catalog.models) {
        if (toLower(model.id) == toLower(trimmed(name)))
            return ModelMatch { &model, "id", true };
    }
    const auto id = [](const Model& model) { return std::string_view(model.id); };
    const auto shortId = [](const Model& model) { return afterSlash(model.id); };
    const auto display = [](const Model& model) { return std::string_view(model.displayName); };
    std::vector<const Model*> several;
    for (const std::string_view added : { "", "instruct", "it", "chat" }) {
        const std::string text = wanted + std::string(added);
        const std::string with =
            added.empty() ? std::string() : fmt::format(" with \"{}\" added", added);
        const std::array<std::pair<std::vector<const Model*>, const char*>, 3> found {
            { { modelsWith(catalog, text, id), "id in another spelling" },
              { modelsWith(catalog, text, shortId), "id without the publisher" },
              { modelsWith(catalog, text, display), "display name" } }
        };
        for (const auto& [models, how] : found) {
            if (models.empty())
                continue;
            if (const Model* single = singleOf(models))
                return ModelMatch { single, how + with, false };
            if (several.empty())
                several = models;
        }
        if (!several.empty())
            break;
    }
    return noModel(name, several, catalog);
}

Result<Loaded<std::vector<QualityScore>>>
readQualityScores(std::string_view text, const std::string& name, const Catalog& catalog)
{
    const auto table = parseCsv(text, name);
    if (!table)
        return tl::unexpected(table.error());
    if (auto columns = table->requireColumns({ "model", "benchmark", "score", "source", "date" });
        !columns)
        return tl::unexpected(columns.error());
    return Reader(*table, catalog).run();
}

Result<Loaded<std::vector<QualityScore>>> readQualityFile(const std::filesystem::path& path,
                                                          const Catalog& catalog)
{
    const auto text = readFile(path);
    if (!text)
        return tl::unexpected(text.error());
    if (evaluationFormat(*text) != EvaluationFormat::None)
        return readEvaluation(*text, path.string(), dayOfFile(path), catalog);
    return readQualityScores(*text, path.string(), catalog);
}

std::string writeQualityScores(const std::vector<QualityScore>& scores)
{
    std::string text = csvLine({ "model", "benchmark", "score", "mode", "source", "date" });
    for (const QualityScore& score : scores)
        text += csvLine({ score.family, score.benchmark, printNumber(score.score), score.mode,
                          score.source.text, score.source.date });
    return text;
}

void addQualityScores(std::vector<QualityScore> scores, Catalog& catalog)
{
    for (QualityScore& score : scores) {
        const auto same = std::find_if(catalog.qualityScores.begin(), catalog.qualityScores.end(),
                                       [&](const QualityScore& other) {
                                           return other.userProvided && other.family == score.family
                                               && other.benchmark == score.benchmark
                                               && other.mode == score.mode;
                                       });
        if (same == catalog.qualityScores.end())
            catalog.qualityScores.push_back(std::move(score));
        else
            *same = std::move(score);
    }
}

} // namespace llmd
