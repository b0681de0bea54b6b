// SPDX-License-Identifier: Apache-2.0
#include "importfiles.h"

#include "filewalk.h"
#include "importer.h"
#include "reporttext.h"

#include <core/base/parallel.h>
#include <core/base/text.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

namespace llmd {

namespace fs = std::filesystem;

namespace {

using Outcome = ImportedFile::Outcome;

bool contains(std::string_view text, std::string_view part)
{
    return text.find(part) != std::string_view::npos;
}

/** Whether it is worth parsing a file that nobody named: logs, pictures and scripts lie beside reports. */
bool couldBeReport(std::string_view text)
{
    constexpr std::size_t start = 64 << 10;
    text = text.substr(0, start);
    if (text.empty() || contains(text, std::string_view("\0", 1)))
        return false;
    if (syntaxOf(text) != ReportSyntax::Yaml)
        return true;
    constexpr std::array<std::string_view, 8> marks {
        "version:",      "metrics:",    "results:",     "scenario:",
        "vllm_metrics:", "benchmarks:", "harness_name", "load:"
    };
    return std::any_of(marks.begin(), marks.end(),
                       [&](std::string_view mark) { return contains(text, mark); });
}

bool couldBeSidecar(std::string_view text)
{
    return (contains(text, "harness_name") && contains(text, "experiment_id"))
        || (contains(text, "load:") && contains(text, "data:")
            && (contains(text, "server:") || contains(text, "api:")));
}

/** What the files of one folder say about each other. */
struct FolderFacts
{
    Sidecar sidecar;
    bool hasStages = false;
};
using Folders = std::map<std::string, FolderFacts>;

/** A first look at all files, at their beginnings only. */
class Survey
{
public:
    Survey(const FileWalk& walk, const RunContext& context)
    {
        constexpr std::uintmax_t enough = 64 << 10;
        walk.visit(
            [&](WalkedFile file) {
                ++files;
                look(file);
                return true;
            },
            enough, context);
    }

    Folders folders;
    std::size_t files = 0;

private:
    void look(const WalkedFile& file)
    {
        if (contains(file.content, "\"send_duration\"")
            && contains(file.content, "\"load_summary\""))
            folders[file.folder].hasStages = true;
        if (!couldBeSidecar(file.content))
            return;
        const auto report = readReport(file.content, file.name);
        if (report.value.sidecar)
            folders[file.folder].sidecar.merge(*report.value.sidecar);
    }
};

/** A file on its way from the disk to the store. */
struct Job
{
    WalkedFile file;
    Loaded<BenchmarkDocument> report;
    Outcome outcome = Outcome::Added; ///< of reading
};

void leaveOut(Job& job, std::string why)
{
    job.outcome = Outcome::LeftOut;
    job.report.issues = { { Severity::Info,
                            ErrorCode::Unsupported,
                            std::move(why),
                            {},
                            Location { job.file.name, 0, 0 } } };
}

/** Whether a file that is no known report was never meant to be one, rather than being damaged. */
bool isSomethingElse(const Job& job)
{
    const auto& issues = job.report.issues;
    const bool wellFormed = std::all_of(issues.begin(), issues.end(), [](const Issue& issue) {
        return issue.code == ErrorCode::Unsupported;
    });
    const auto extension = toLower(fs::path(job.file.name).extension().string());
    return wellFormed
        || (syntaxOf(job.file.content) == ReportSyntax::Yaml && extension != ".yaml"
            && extension != ".yml");
}

/** Reads and completes one report; runs on any thread. */
void readJob(Job& job, const Folders& folders, const ManualFields& byHand)
{
    if (!job.file.issues.empty()) {
        job.report.issues = std::move(job.file.issues);
        const bool failed = job.report.hasErrors();
        job.outcome = failed ? Outcome::Failed : Outcome::LeftOut;
        return;
    }
    if (!job.file.named && !couldBeReport(job.file.content)) {
        leaveOut(job, "not a benchmark report");
        return;
    }
    job.report = readReport(job.file.content, job.file.name);
    auto& document = job.report.value;
    if (!document.isKnown()) {
        if (!job.file.named && isSomethingElse(job))
            leaveOut(job, "not a benchmark report");
        else
            job.outcome = Outcome::Failed;
        return;
    }
    if (document.records.empty() && document.facts.empty() && !document.sidecar) {
        job.outcome = Outcome::Failed;
        return;
    }
    const auto folder = folders.find(job.file.folder);
    const bool isSummary =
        !document.records.empty() && document.records.front().level.starts_with("summary");
    if (isSummary && folder != folders.end() && folder->second.hasStages) {
        leaveOut(job, "the summary mixes the stages of the run, which are there themselves");
        return;
    }
    for (auto& record : document.records) {
        if (folder != folders.end())
            addFromSidecar(record, folder->second.sidecar);
        addByHand(record, byHand);
    }
}

/** Reads in batches on all threads and stores in order on this one. */
class Import
{
public:
    Import(BenchmarkStore* store, const ImportOptions& options, RunContext& context)
        : m_store(store)
        , m_options(options)
        , m_context(context)
        , m_parsing { context.stop, nullptr, context.seed, context.threads }
    { }

    Result<ImportSummary> run(std::vector<fs::path> paths)
    {
        if (const auto merged = mergeStores(paths); !merged)
            return tl::unexpected(merged.error());
        const auto walk = FileWalk::below(paths);
        const Survey survey(walk, m_context);
        m_folders = &survey.folders;
        detail::ThrottledProgress progress(m_context.progress, survey.files, "import");
        m_progress = &progress;
        walk.visit(
            [&](WalkedFile file) {
                m_batchBytes += file.content.size();
                m_batch.push_back({ std::move(file), {}, Outcome::Added });
                constexpr std::size_t enoughBytes = 32u << 20;
                constexpr std::size_t enoughFiles = 128;
                return m_batchBytes < enoughBytes && m_batch.size() < enoughFiles ? true : flush();
            },
            reportTextLimit, m_context);
        flush();
        progress.finish();
        m_summary.cancelled = m_context.cancelled();
        if (m_failure)
            return tl::unexpected(*m_failure);
        return m_summary;
    }

private:
    /** Whole stores among the paths are merged and taken off the list. */
    Result<> mergeStores(std::vector<fs::path>& paths)
    {
        const auto firstStore = std::stable_partition(
            paths.begin(), paths.end(), [](const fs::path& path) { return !isSqliteFile(path); });
        for (auto it = firstStore; it != paths.end(); ++it) {
            ImportedFile file;
            file.name = it->string();
            file.format = "benchmark-store";
            if (!m_store) {
                file.outcome = Outcome::LeftOut;
                report(file);
                continue;
            }
            const auto counts = m_store->merge(*it, m_context);
            if (!counts) {
                const auto& error = counts.error();
                file.issues.push_back(
                    { Severity::Error, error.code, error.detail, {}, error.where });
            } else {
                file.outcome = counts->added > 0 ? Outcome::Added : Outcome::AlreadyThere;
                file.records = counts->records;
                file.issues.push_back({ Severity::Info,
                                        ErrorCode::InvalidArgument,
                                        fmt::format("{} files taken over, {} were there already",
                                                    counts->added, counts->alreadyThere),
                                        {},
                                        Location { file.name, 0, 0 } });
            }
            report(file);
        }
        paths.erase(firstStore, paths.end());
        return {};
    }

    /** False to stop. */
    bool flush()
    {
        auto batch = std::move(m_batch);
        m_batch.clear();
        m_batchBytes = 0;
        const bool all = parallelFor(batch.size(), m_parsing, [&](std::size_t i, unsigned) {
            readJob(batch[i], *m_folders, m_options.byHand);
        });
        if (!all)
            return false;
        for (auto& job : batch) {
            if (m_context.cancelled())
                return false;
            if (!finish(job))
                return false;
            m_progress->add(1);
        }
        return true;
    }

    bool finish(Job& job)
    {
        ImportedFile file;
        file.name = job.file.name;
        file.outcome = job.outcome;
        file.format = job.report.value.format;
        file.records = job.report.value.records.size();
        file.issues = job.report.issues;
        file.document = &job.report.value;
        if (m_store && job.outcome == Outcome::Added) {
            const auto saved = m_store->save({ job.file.name, job.file.folder, job.file.content,
                                               job.report.value, job.report.issues });
            if (!saved) {
                m_failure = saved.error();
                return false;
            }
            file.recordIds = saved->recordIds;
            if (saved->outcome == SavedReport::Outcome::AlreadyThere)
                file.outcome = Outcome::AlreadyThere;
            if (saved->outcome == SavedReport::Outcome::Restored)
                file.outcome = Outcome::Restored;
            if (file.outcome != Outcome::Added && !complete(file))
                return false;
        }
        report(file);
        return true;
    }

    /** What a person says now also holds for what was imported before. */
    bool complete(const ImportedFile& file)
    {
        if (m_options.byHand.isEmpty())
            return true;
        const auto changed = m_store->annotate(file.recordIds, m_options.byHand);
        if (!changed)
            m_failure = changed.error();
        return changed.has_value();
    }

    void report(const ImportedFile& file)
    {
        ++m_summary.files;
        switch (file.outcome) {
        case Outcome::Added:
        case Outcome::Restored:
            ++m_summary.added;
            m_summary.records += file.records;
            break;
        case Outcome::AlreadyThere:
            ++m_summary.alreadyThere;
            break;
        case Outcome::LeftOut:
            ++m_summary.leftOut;
            break;
        case Outcome::Failed:
            ++m_summary.failed;
            break;
        }
        if (m_options.onFile)
            m_options.onFile(file);
    }

    BenchmarkStore* m_store;
    const ImportOptions& m_options;
    RunContext& m_context;
    RunContext m_parsing;
    const Folders* m_folders = nullptr;
    detail::ThrottledProgress* m_progress = nullptr;
    std::vector<Job> m_batch;
    std::size_t m_batchBytes = 0;
    ImportSummary m_summary;
    std::optional<Error> m_failure;
};

} // namespace

std::string_view toString(ImportedFile::Outcome outcome)
{
    switch (outcome) {
    case Outcome::Added:
        return "added";
    case Outcome::AlreadyThere:
        return "already there";
    case Outcome::Restored:
        return "restored";
    case Outcome::LeftOut:
        return "left out";
    case Outcome::Failed:
        return "failed";
    }
    return "";
}

Result<ImportSummary> importFiles(const std::vector<fs::path>& paths, BenchmarkStore& store,
                                  const ImportOptions& options, RunContext& context)
{
    return Import(&store, options, context).run(paths);
}

Result<ImportSummary> previewFiles(const std::vector<fs::path>& paths, const ImportOptions& options,
                                   RunContext& context)
{
    return Import(nullptr, options, context).run(paths);
}

} // namespace llmd
