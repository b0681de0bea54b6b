// SPDX-License-Identifier: Apache-2.0
#include "../commandline.h"
#include "../measurements.h"
#include "../terminalprogress.h"
#include "../texttable.h"

#include <core/base/csv.h>
#include <core/base/file.h>
#include <core/base/text.h>
#include <core/benchmarks/archivereader.h>
#include <core/benchmarks/builtinmeasurements.h>
#include <core/benchmarks/filewalk.h>
#include <core/benchmarks/importer.h>
#include <core/benchmarks/importfiles.h>
#include <core/benchmarks/recordjson.h>
#include <core/benchmarks/reporttext.h>
#include <core/benchmarks/store.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace llmd::cli {

namespace {

using Json = nlohmann::ordered_json;
using Align = TextTable::Align;
namespace fs = std::filesystem;

struct Options
{
    std::string store;
    std::vector<std::string> paths;
    std::vector<std::int64_t> ids;
    ManualFields byHand;
    RecordFilter filter;
    std::int64_t limit = -1;
    bool dryRun = false;
    bool noBuiltin = false;
    bool undo = false;
    bool purge = false;
    std::string output;
    std::string format = "store";
};

Result<BenchmarkStore> openStore(const Options& options)
{
    const auto path = storePath(options.store);
    if (!path)
        return tl::unexpected(path.error());
    return BenchmarkStore::open(*path);
}

bool hasErrors(const std::vector<Issue>& issues)
{
    return std::any_of(issues.begin(), issues.end(),
                       [](const Issue& issue) { return issue.severity == Severity::Error; });
}

Json issuesJson(const std::vector<Issue>& issues)
{
    Json list = Json::array();
    for (const auto& issue : issues) {
        const char* severity = issue.severity == Severity::Error ? "error"
            : issue.severity == Severity::Warning                ? "warning"
                                                                 : "info";
        list.push_back(
            { { "severity", severity }, { "subject", issue.subject }, { "text", issue.text } });
    }
    return list;
}

// --- import ---

/** Collects what happened to each file, for either form of output. */
class ImportLog
{
public:
    explicit ImportLog(const Session& session)
        : m_session(session)
    { }

    void add(const ImportedFile& file)
    {
        m_errors = m_errors || hasErrors(file.issues);
        if (m_session.json) {
            m_files.push_back({ { "file", file.name },
                                { "outcome", std::string(toString(file.outcome)) },
                                { "format", file.format },
                                { "records", file.records },
                                { "record_ids", file.recordIds },
                                { "issues", issuesJson(file.issues) } });
            return;
        }
        // What was left out is only counted: folders are full of logs and scripts.
        if (file.outcome != ImportedFile::Outcome::LeftOut)
            m_session.report(file.issues);
    }

    [[nodiscard]] bool errors() const { return m_errors; }
    [[nodiscard]] Json files() { return std::move(m_files); }

private:
    const Session& m_session;
    Json m_files = Json::array();
    bool m_errors = false;
};

void printSummary(const Session& session, const ImportSummary& summary, ImportLog& log, bool dryRun)
{
    if (session.json) {
        Json json { { "dry_run", dryRun },
                    { "files", log.files() },
                    { "summary",
                      { { "files", summary.files },
                        { "added", summary.added },
                        { "already_there", summary.alreadyThere },
                        { "left_out", summary.leftOut },
                        { "failed", summary.failed },
                        { "records", summary.records },
                        { "cancelled", summary.cancelled } } } };
        session.printJson(json);
        return;
    }
    session.print(
        fmt::format("{} {} load points from {} files; {} already there, {} left out, {} failed\n",
                    dryRun ? "would add" : "added", summary.records, summary.added,
                    summary.alreadyThere, summary.leftOut, summary.failed));
    if (summary.cancelled)
        fmt::print(stderr, "llmd: stopped before the end; what was added stays\n");
}

ExitCode import(const Session& session, const Options& options)
{
    TerminalProgress progress(session.runContext());
    ImportLog log(session);
    ImportOptions importOptions { options.byHand, [&](const ImportedFile& file) {
                                     progress.clear();
                                     log.add(file);
                                 } };
    const std::vector<fs::path> paths(options.paths.begin(), options.paths.end());
    Result<ImportSummary> summary;
    if (options.dryRun) {
        summary = previewFiles(paths, importOptions, progress.context());
    } else {
        auto store = openStore(options);
        if (!store)
            return session.fail(store.error());
        summary = importFiles(paths, *store, importOptions, progress.context());
    }
    progress.clear();
    if (!summary)
        return session.fail(summary.error());
    printSummary(session, *summary, log, options.dryRun);
    if (summary->cancelled)
        return ExitCode::Failed;
    return log.errors() ? ExitCode::ValidationErrors : ExitCode::Done;
}

// --- inspect ---

ExitCode inspect(const Session& session, const Options& options)
{
    Json all = Json::object();
    bool errors = false;
    const auto isFolder = [](const std::string& path) {
        std::error_code ignored;
        return fs::is_directory(path, ignored);
    };
    const bool single = options.paths.size() == 1 && !isFolder(options.paths.front());
    bool packed = false; // several reports in one path
    const auto inspectText = [&](const std::string& text, const std::string& name,
                                 const std::string& key) {
        const auto report = readReport(text, name);
        session.report(report.issues);
        errors = errors || report.hasErrors();
        all[key] = toInspectJson(report.value);
    };
    const auto inspectArchive = [&](const std::string& path, const std::string& base) {
        const auto visit = [&](const WalkedFile& file) {
            session.report(file.issues);
            for (const auto& issue : file.issues)
                errors = errors || issue.severity == Severity::Error;
            if (!file.issues.empty())
                return true;
            const auto inside = fs::path(file.name).lexically_relative(path);
            packed = packed || inside != fs::path(path).stem(); // "x.json" of "x.json.gz"
            inspectText(file.content, file.name,
                        base.empty() ? file.name
                                     : fs::path(file.name).lexically_relative(base).string());
            return true;
        };
        const auto before = all.size();
        FileWalk::below({ path }).visit(visit, reportTextLimit, {});
        if (all.size() == before && !errors) {
            errors = true;
            (void)session.fail(
                { ErrorCode::NotFound, "the archive holds no files", {}, Location { path, 0, 0 } });
        }
    };
    const auto inspectOne = [&](const std::string& path, const std::string& key) {
        const auto text = readFile(path, reportTextLimit);
        if (!text) {
            errors = true;
            (void)session.fail(text.error());
            return;
        }
        inspectText(*text, path, key);
    };
    for (const auto& path : options.paths) {
        if (!isFolder(path)) {
            if (isArchive(path))
                inspectArchive(path, single ? path : std::string());
            else
                inspectOne(path, path);
            continue;
        }
        std::vector<std::string> files;
        std::error_code error;
        for (auto it = fs::recursive_directory_iterator(path, error);
             !error && it != fs::recursive_directory_iterator(); it.increment(error)) {
            std::error_code ignored;
            if (it->is_regular_file(ignored))
                files.push_back(it->path().string());
        }
        std::sort(files.begin(), files.end());
        for (const auto& file : files) {
            if (isArchive(file))
                inspectArchive(file, path);
            else
                inspectOne(file, fs::path(file).lexically_relative(path).string());
        }
    }
    if (!all.empty())
        session.printJson(single && !packed ? all.begin().value() : all);
    if (single && all.empty())
        return ExitCode::Failed;
    return errors ? ExitCode::ValidationErrors : ExitCode::Done;
}

// --- list ---

std::string cell(std::optional<double> value, double factor = 1, int digits = 3)
{
    return value ? printRounded(*value * factor, digits) : "–";
}

std::string loadText(const RecordSummary& row)
{
    if (row.concurrency)
        return fmt::format("{} at once", *row.concurrency);
    return row.rate ? fmt::format("{}/s", printRounded(*row.rate)) : "–";
}

std::string idText(const RecordSummary& row)
{
    return row.builtinSet.empty() ? std::to_string(row.id) : "b" + std::to_string(row.id);
}

Json rowJson(const RecordSummary& row)
{
    const auto number = [](const auto& value) { return value ? Json(*value) : Json(); };
    const auto text = [](const std::string& value) { return value.empty() ? Json() : Json(value); };
    return { { "id", idText(row) },
             { "builtin_set", text(row.builtinSet) },
             { "model", text(row.model) },
             { "precision", text(row.precision) },
             { "gpu", text(row.gpu) },
             { "gpus", number(row.gpus) },
             { "topology", text(row.topology) },
             { "engine", text(row.engine) },
             { "engine_version", text(row.engineVersion) },
             { "tool", text(row.tool) },
             { "format", row.format },
             { "input_tokens", number(row.input) },
             { "output_tokens", number(row.output) },
             { "rate_rps", number(row.rate) },
             { "concurrency", number(row.concurrency) },
             { "ttft_mean_s", number(row.ttft) },
             { "tpot_mean_s", number(row.tpot) },
             { "e2e_mean_s", number(row.e2e) },
             { "output_tps", number(row.outputRate) },
             { "success_rate", number(row.successRate) },
             { "description", text(row.description) },
             { "file", text(row.file) },
             { "by_hand", row.byHand },
             { "superseded_by", number(row.supersededBy) } };
}

void printRows(const Session& session, const std::vector<RecordSummary>& rows, std::size_t total)
{
    TextTable table({ { "id", Align::Right },
                      { "model" },
                      { "GPU" },
                      { "topology" },
                      { "engine" },
                      { "in / out", Align::Right },
                      { "load", Align::Right },
                      { "TTFT ms", Align::Right },
                      { "TPOT ms", Align::Right },
                      { "E2E s", Align::Right },
                      { "out tok/s", Align::Right },
                      { "ok %", Align::Right },
                      { "source" } });
    for (const auto& row : rows) {
        table.addRow({ idText(row),
                       (row.model.empty() ? "?" : row.model) + (row.byHand ? " *" : ""),
                       row.gpu.empty() ? "?" : row.gpu, row.topology, row.engineText(),
                       cell(row.input, 1, 4) + " / " + cell(row.output, 1, 4), loadText(row),
                       cell(row.ttft, 1e3), cell(row.tpot, 1e3), cell(row.e2e),
                       cell(row.outputRate, 1, 4), cell(row.successRate, 100),
                       row.builtinSet.empty() ? row.tool : "built in: " + row.builtinSet });
    }
    session.print(table.print());
    if (rows.size() < total)
        session.print(fmt::format("{} of {} shown; --limit shows more, filters narrow\n",
                                  rows.size(), total));
    if (std::any_of(rows.begin(), rows.end(), [](const auto& row) { return row.byHand; }))
        session.print("* completed by hand\n");
}

/** Files without a load point: start-up times, sessions. */
Json factsJson(const std::vector<StoredDocument>& documents)
{
    Json list = Json::array();
    for (const auto& document : documents) {
        if (document.records > 0 || document.facts.empty())
            continue;
        Json facts = Json::array();
        for (const auto& fact : document.facts)
            facts.push_back(
                { { "name", fact.name }, { "value", fact.value }, { "unit", fact.unit } });
        list.push_back(
            { { "file", document.file }, { "format", document.format }, { "facts", facts } });
    }
    return list;
}

/** Records that only `--all` lists. */
std::int64_t countHidden(BenchmarkStore& store, RecordFilter filter, std::int64_t shown)
{
    filter.superseded = true;
    return filter.removed ? 0 : store.count(filter).value_or(shown) - shown;
}

ExitCode list(const Session& session, Options options)
{
    auto store = openStore(options);
    if (!store)
        return session.fail(store.error());
    options.filter.limit = options.limit >= 0 || session.json ? options.limit : 50;
    auto rows = store->list(options.filter);
    const auto total = store->count(options.filter);
    if (!rows || !total)
        return session.fail((rows ? total.error() : rows.error()));
    auto all = static_cast<std::size_t>(*total);
    if (!options.noBuiltin) {
        const auto builtin = builtinMeasurements();
        if (!builtin)
            return session.fail(builtin.error());
        auto filter = options.filter;
        const auto room = filter.limit - static_cast<std::int64_t>(rows->size());
        filter.limit = -1;
        auto more = listBuiltin(*builtin, filter);
        all += more.size();
        if (options.filter.limit >= 0 && room < static_cast<std::int64_t>(more.size()))
            more.resize(static_cast<std::size_t>(std::max<std::int64_t>(0, room)));
        rows->insert(rows->end(), more.begin(), more.end());
    }
    const auto hidden = countHidden(*store, options.filter, *total);
    if (!session.json) {
        printRows(session, *rows, all);
        if (hidden > 0)
            session.print(fmt::format(
                "{} more report the same measurements in other formats; --all shows them\n",
                hidden));
        return ExitCode::Done;
    }
    const auto documents = store->documents();
    if (!documents)
        return session.fail(documents.error());
    Json json { { "total", all },
                { "records", Json::array() },
                { "other_files", factsJson(*documents) } };
    for (const auto& row : *rows)
        json["records"].push_back(rowJson(row));
    session.printJson(json);
    return ExitCode::Done;
}

// --- changes ---

ExitCode printChanged(const Session& session, const Result<std::int64_t>& changed, const char* what)
{
    if (!changed)
        return session.fail(changed.error());
    if (session.json)
        session.printJson({ { what, *changed } });
    else
        session.print(fmt::format("{} {}\n", *changed, what));
    return ExitCode::Done;
}

ExitCode remove(const Session& session, const Options& options)
{
    if (options.ids.empty() != options.purge) {
        fmt::print(stderr,
                   "llmd: say which records with their ids, or --purge for those removed before\n");
        return ExitCode::Usage;
    }
    auto store = openStore(options);
    if (!store)
        return session.fail(store.error());
    if (options.undo)
        return printChanged(session, store->restore(options.ids), "restored");
    if (options.purge)
        return printChanged(session, store->purge(), "purged");
    return printChanged(session, store->remove(options.ids), "removed");
}

ExitCode annotate(const Session& session, const Options& options)
{
    if (options.byHand.isEmpty()) {
        fmt::print(
            stderr,
            "llmd: nothing to add; see --model, --precision, --gpu, --gpus, --engine-version\n");
        return ExitCode::Usage;
    }
    auto store = openStore(options);
    if (!store)
        return session.fail(store.error());
    return printChanged(session, store->annotate(options.ids, options.byHand), "completed");
}

ExitCode check(const Session& session, const Options& options)
{
    auto store = openStore(options);
    if (!store)
        return session.fail(store.error());
    const auto findings = store->checkIntegrity();
    const auto records = store->count({});
    if (!findings || !records)
        return session.fail(findings ? records.error() : findings.error());
    if (session.json) {
        session.printJson(
            { { "ok", findings->empty() }, { "findings", *findings }, { "records", *records } });
    } else {
        for (const auto& finding : *findings)
            session.print(finding + "\n");
        if (findings->empty())
            session.print(fmt::format("sound, {} load points\n", *records));
    }
    return findings->empty() ? ExitCode::Done : ExitCode::ValidationErrors;
}

// --- export ---

std::string recordsAsCsv(const std::vector<StoredRecord>& records)
{
    std::vector<std::string> header { "id",       "file",           "format",    "tool",
                                      "model",    "precision",      "gpu",       "gpus",
                                      "topology", "engine_version", "rate_rps",  "concurrency",
                                      "total",    "failures",       "output_tps" };
    for (const auto metric : allMetrics) {
        for (std::size_t i = 0; i < statisticCount; ++i)
            header.push_back(
                fmt::format("{}_{}", toString(metric), toString(static_cast<Statistic>(i))));
    }
    std::string text = csvLine(header);
    const auto number = [](const auto& value) {
        return value ? printNumber(static_cast<double>(*value)) : "";
    };
    const auto quantity = [](const auto& value) {
        return value ? printNumber(value->value()) : std::string();
    };
    for (const auto& stored : records) {
        const auto& record = stored.record;
        std::vector<std::string> cells { std::to_string(stored.id),
                                         stored.file,
                                         stored.format,
                                         record.tool,
                                         record.model,
                                         record.precision,
                                         record.gpu,
                                         number(record.gpus),
                                         record.topology(),
                                         join(record.engineVersions, " "),
                                         quantity(record.load.rate),
                                         number(record.load.concurrency),
                                         number(record.total),
                                         number(record.failures),
                                         quantity(record.outputRate) };
        for (const auto metric : allMetrics) {
            const auto* distribution = record.metric(metric);
            for (std::size_t i = 0; i < statisticCount; ++i)
                cells.push_back(distribution ? number((*distribution)[static_cast<Statistic>(i)])
                                             : "");
        }
        text += csvLine(cells);
    }
    return text;
}

std::string recordsAsJson(const std::vector<StoredRecord>& records)
{
    Json list = Json::array();
    for (const auto& stored : records) {
        Json json { { "id", stored.id },
                    { "file", stored.file },
                    { "format", stored.format },
                    { "format_version", stored.formatVersion },
                    { "imported_at", stored.importedAt } };
        json.update(toJson(stored.record));
        list.push_back(std::move(json));
    }
    return list.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

ExitCode exportRecords(const Session& session, const Options& options)
{
    auto store = openStore(options);
    if (!store)
        return session.fail(store.error());
    Result<> written;
    if (options.format == "store") {
        written = store->exportTo(options.output);
    } else {
        const auto records = store->load(options.filter);
        if (!records)
            return session.fail(records.error());
        written = writeFileAtomically(options.output,
                                      options.format == "csv" ? recordsAsCsv(*records)
                                                              : recordsAsJson(*records));
    }
    if (!written)
        return session.fail(written.error());
    if (session.json)
        session.printJson({ { "written", options.output }, { "format", options.format } });
    else
        session.print(options.output + "\n");
    return ExitCode::Done;
}

// --- options ---

void addByHandOptions(CLI::App& command, ManualFields& fields)
{
    command.add_option("--model", fields.model, "Model, where the report does not say");
    command.add_option("--precision", fields.precision,
                       "Precision of the weights, for example fp8");
    command.add_option("--gpu", fields.gpu, "GPU, where the report does not say");
    command.add_option("--gpus", fields.gpus, "Number of GPUs")->check(CLI::Range(1, 1'000'000));
    command.add_option("--engine-version", fields.engineVersion,
                       "Version of the engine, for example 0.26.0");
}

void addFilterOptions(CLI::App& command, RecordFilter& filter)
{
    command.add_option("--model", filter.model, "Only models that contain this");
    command.add_option("--gpu", filter.gpu, "Only GPUs that contain this");
    command.add_option("--tool", filter.tool, "Only this load generator");
    command.add_option("--format", filter.format,
                       "Only this report format, 'built-in' for the public ones");
    command.add_option("--text", filter.text, "Only with this in model, GPU, description or file");
    command.add_flag("--all", filter.superseded,
                     "Also reports of a measurement of which a fuller report is there");
}

/** A subcommand whose options live as long as the program. */
template <class Run>
std::pair<CLI::App*, std::shared_ptr<Options>>
addCommand(CLI::App& group, Session& session, const char* name, const char* description, Run run)
{
    auto* command = group.add_subcommand(name, description);
    auto options = std::make_shared<Options>();
    command->callback([&session, options, run] {
        session.command = [&session, options, run] { return run(session, *options); };
    });
    return { command, options };
}

void addStoreOption(CLI::App& command, Options& options)
{
    command.add_option("--store", options.store, "Store to use instead of the user's")
        ->type_name("FILE");
}

void addReadingCommands(CLI::App& group, Session& session)
{
    {
        const auto [command, options] = addCommand(
            group, session, "import", "Read reports, folders and archives into the store", import);
        addStoreOption(*command, *options);
        command
            ->add_option("paths", options->paths,
                         "Files, folders, zip or tar archives, exported stores")
            ->required()
            ->type_name("PATH");
        command->add_flag("--dry-run", options->dryRun, "Read and report, store nothing");
        addByHandOptions(*command, options->byHand);
    }
    {
        const auto [command, options] =
            addCommand(group, session, "list", "List load points, built-in ones included", list);
        addStoreOption(*command, *options);
        addFilterOptions(*command, options->filter);
        command->add_flag("--removed", options->filter.removed, "Those that were removed");
        command->add_flag("--no-builtin", options->noBuiltin,
                          "Leave out the built-in public measurements");
        command->add_option("--limit", options->limit, "Most rows to show")
            ->check(CLI::NonNegativeNumber);
    }
    {
        const auto [command, options] = addCommand(
            group, session, "inspect", "Show what is read from a report, storing nothing", inspect);
        command
            ->add_option("file", options->paths,
                         "Report; of several, a folder or an archive, an object by name")
            ->required()
            ->type_name("FILE");
    }
}

void addChangingCommands(CLI::App& group, Session& session)
{
    {
        const auto [command, options] = addCommand(
            group, session, "annotate", "Add what reports do not say, by hand", annotate);
        addStoreOption(*command, *options);
        command->add_option("id", options->ids, "Ids of load points")->required();
        addByHandOptions(*command, options->byHand);
    }
    {
        const auto [command, options] =
            addCommand(group, session, "remove", "Take load points out of the lists", remove);
        addStoreOption(*command, *options);
        command->add_option("id", options->ids, "Ids of load points");
        auto* undo = command->add_flag("--undo", options->undo, "Bring them back");
        command
            ->add_flag("--purge", options->purge,
                       "Delete for good what was removed before, without ids")
            ->excludes(undo);
    }
    {
        const auto [command, options] =
            addCommand(group, session, "export", "Write the store, or its load points as a table",
                       exportRecords);
        addStoreOption(*command, *options);
        command->add_option("-o,--output", options->output, "File to write")
            ->required()
            ->type_name("FILE");
        command->add_option("--as", options->format, "store (for 'import'), csv or json")
            ->capture_default_str()
            ->check(CLI::IsMember({ "store", "csv", "json" }));
    }
    {
        const auto [command, options] =
            addCommand(group, session, "check", "Check that the store is sound", check);
        addStoreOption(*command, *options);
    }
}

} // namespace

void addBenchmark(CLI::App& app, Session& session)
{
    auto* group = app.add_subcommand("benchmark", "Import, list and keep benchmark reports");
    group->require_subcommand(1);
    addReadingCommands(*group, session);
    addChangingCommands(*group, session);
    addBenchmarkMatch(*group, session);
    addBenchmarkCompare(*group, session);
}

} // namespace llmd::cli
