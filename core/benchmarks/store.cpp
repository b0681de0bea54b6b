// SPDX-License-Identifier: Apache-2.0
#include "store.h"

#include "storeprivate.h"
#include "storerows.h"

#include <core/base/text.h>

#include <fmt/format.h>

#include <chrono>
#include <thread>

namespace llmd {

namespace fs = std::filesystem;

namespace {

/** "llmd" in ASCII: tells our files from those of other programs. */
constexpr std::int64_t applicationId = 0x6C6C6D64;

/** Switching to the write-ahead log needs the file alone for a moment, and SQLite does not wait for that by itself. */
Result<> useWriteAheadLog(Database& database)
{
    Result<> done;
    for (int attempt = 0; attempt < 100; ++attempt) {
        done = database.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
        if (done)
            return done;
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    return done;
}

Result<> migrate(Database& database, const std::vector<StoreMigration>& migrations)
{
    auto transaction = Transaction::begin(database);
    if (!transaction)
        return tl::unexpected(transaction.error());
    // Asked under the lock: another program may just have done it.
    const auto version = database.integer("PRAGMA user_version");
    if (!version)
        return tl::unexpected(version.error());
    for (auto i = static_cast<std::size_t>(*version); i < migrations.size(); ++i) {
        if (const auto done = database.execute(migrations[i].sql); !done)
            return tl::unexpected(withContext(
                fmt::format("bringing the store from version {} to {}", i, i + 1))(done.error()));
    }
    const auto stamped = database.execute(fmt::format(
        "PRAGMA application_id = {}; PRAGMA user_version = {}", applicationId, migrations.size()));
    if (!stamped)
        return stamped;
    return transaction->commit();
}

/** Refuses files of other programs and of later versions of this one. */
Result<> checkKind(Database& database, std::size_t knownVersion)
{
    // Tables first: another program may be creating the store, and its id comes with its tables, never after them.
    const auto tables = database.integer("SELECT count(*) FROM sqlite_schema");
    if (!tables)
        return tl::unexpected(tables.error());
    const auto id = database.integer("PRAGMA application_id");
    if (!id)
        return tl::unexpected(id.error());
    const auto path = database.path().string();
    if (*id != applicationId && !(*id == 0 && *tables == 0))
        return failure(ErrorCode::Unsupported,
                       "'" + path + "' is a database of another program, not a benchmark store",
                       Location { path, 0, 0 });
    const auto version = database.integer("PRAGMA user_version");
    if (!version)
        return tl::unexpected(version.error());
    if (*version < 0 || static_cast<std::size_t>(*version) > knownVersion)
        return failure(ErrorCode::Unsupported,
                       fmt::format("'{}' was written by a later version of the program (schema {}, "
                                   "this one knows {}); "
                                   "update the program",
                                   path, *version, knownVersion),
                       Location { path, 0, 0 });
    return {};
}

int fullnessOf(const BenchmarkDocument& document)
{
    if (document.format == "benchmark-report")
        return document.formatVersion == "0.1" ? 3 : 4; // with the stack
    if (document.format == "guidellm-csv")
        return 1;
    return 2;
}

} // namespace

std::string searchText(const BenchmarkRecord& record, const std::string& folder,
                       const std::string& file)
{
    return join({ record.model, record.gpu, record.description, folder, file }, " ");
}

std::int64_t now()
{
    return std::chrono::duration_cast<std::chrono::seconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

BenchmarkStore::BenchmarkStore(std::unique_ptr<Private> p)
    : m_p(std::move(p))
{ }
BenchmarkStore::BenchmarkStore(BenchmarkStore&&) noexcept = default;
BenchmarkStore& BenchmarkStore::operator=(BenchmarkStore&&) noexcept = default;
BenchmarkStore::~BenchmarkStore() = default;

Result<BenchmarkStore> BenchmarkStore::open(const fs::path& path, StoreOptions options)
{
    const auto& migrations = options.migrations ? *options.migrations : storeMigrations();
    if (path.empty())
        return failure(ErrorCode::InvalidArgument, "the name of the store is empty");
    std::error_code error;
    if (path.has_parent_path()) {
        fs::create_directories(path.parent_path(), error);
        if (error)
            return failure(ErrorCode::Io,
                           "cannot create the folder '" + path.parent_path().string()
                               + "': " + error.message(),
                           Location { path.string(), 0, 0 });
    }
    auto database = Database::open(path, Database::Mode::ReadWrite);
    if (!database)
        return tl::unexpected(database.error());
    if (const auto ours = checkKind(*database, migrations.size()); !ours)
        return tl::unexpected(ours.error());
    if (const auto set = useWriteAheadLog(*database); !set)
        return tl::unexpected(set.error());
    const auto version = database->integer("PRAGMA user_version");
    if (!version)
        return tl::unexpected(version.error());
    if (static_cast<std::size_t>(*version) < migrations.size()) {
        if (const auto migrated = migrate(*database, migrations); !migrated)
            return tl::unexpected(migrated.error());
    }
    auto p = std::make_unique<Private>();
    p->database = std::move(*database);
    p->version = static_cast<int>(migrations.size());
    return BenchmarkStore(std::move(p));
}

int BenchmarkStore::schemaVersion() const
{
    return m_p->version;
}

Result<Statement*> BenchmarkStore::Private::statement(const std::string& sql)
{
    auto it = statements.find(sql);
    if (it == statements.end()) {
        auto prepared = database.prepare(sql);
        if (!prepared)
            return tl::unexpected(prepared.error());
        it = statements.emplace(sql, std::move(*prepared)).first;
    }
    it->second.reset();
    return &it->second;
}

Result<> BenchmarkStore::Private::run(const std::string& sql, std::int64_t number)
{
    const auto prepared = statement(sql);
    if (!prepared)
        return tl::unexpected(prepared.error());
    (*prepared)->bind(1, number);
    return (*prepared)->run();
}

Result<> BenchmarkStore::Private::insertDocument(const ReportFile& file, std::int64_t& id)
{
    auto insert = statement(insertSql(
        "document", { "hash", "file", "folder", "format", "format_version", "imported_at" }));
    if (!insert)
        return tl::unexpected(insert.error());
    (*insert)->bind(1, file.document.contentHash);
    (*insert)->bind(2, file.name);
    (*insert)->bind(3, file.folder);
    (*insert)->bind(4, file.document.format);
    (*insert)->bind(5, file.document.formatVersion);
    (*insert)->bind(6, now());
    if (const auto done = (*insert)->run(); !done)
        return done;
    id = database.lastRowId();
    auto raw = statement(insertSql("raw", { "document_id", "content" }));
    if (!raw)
        return tl::unexpected(raw.error());
    (*raw)->bind(1, id);
    (*raw)->bindBlob(2, file.content);
    return (*raw)->run();
}

Result<> BenchmarkStore::Private::insertDetails(const ReportFile& file, std::int64_t documentId)
{
    int ordinal = 0;
    for (const auto& fact : file.document.facts) {
        auto insert =
            statement(insertSql("fact", { "document_id", "ordinal", "name", "value", "unit" }));
        if (!insert)
            return tl::unexpected(insert.error());
        (*insert)->bind(1, documentId);
        (*insert)->bind(2, ordinal++);
        (*insert)->bind(3, fact.name);
        (*insert)->bind(4, fact.value);
        (*insert)->bind(5, fact.unit);
        if (const auto done = (*insert)->run(); !done)
            return done;
    }
    ordinal = 0;
    for (const auto& issue : file.issues) {
        auto insert = statement(insertSql(
            "finding", { "document_id", "ordinal", "severity", "code", "subject", "text" }));
        if (!insert)
            return tl::unexpected(insert.error());
        (*insert)->bind(1, documentId);
        (*insert)->bind(2, ordinal++);
        (*insert)->bind(3, static_cast<int>(issue.severity));
        (*insert)->bind(4, static_cast<int>(issue.code));
        (*insert)->bind(5, issue.subject);
        (*insert)->bind(6, issue.text);
        if (const auto done = (*insert)->run(); !done)
            return done;
    }
    return {};
}

Result<std::int64_t> BenchmarkStore::Private::insertRecord(const ReportFile& file,
                                                           std::size_t index,
                                                           std::int64_t documentId)
{
    const auto& record = file.document.records[index];
    static const std::string sql = [] {
        auto columns = recordColumns();
        for (const char* more : { "document_id", "ordinal", "engine_versions", "notes", "origins",
                                  "topology", "input_mean", "output_mean", "ttft_mean", "tpot_mean",
                                  "e2e_mean", "format", "search", "measurement", "fullness" })
            columns.emplace_back(more);
        return insertSql("record", columns);
    }();
    auto insert = statement(sql);
    if (!insert)
        return tl::unexpected(insert.error());
    const auto measurement = measurementKey(record);
    ColumnBinder bind(**insert);
    visitRecordColumns(bind, record);
    bind.add(static_cast<long long>(documentId));
    bind.add(static_cast<int>(index));
    bind.add(packed(record.engineVersions));
    bind.add(packed(record.notes));
    bind.add(packed(record.origins));
    bind.add(record.topology());
    for (const auto metric :
         { Metric::InputLength, Metric::OutputLength, Metric::Ttft, Metric::Tpot, Metric::E2e })
        bind.add(record.mean(metric));
    bind.add(file.document.format);
    bind.add(searchText(record, file.folder, file.name));
    bind.add(measurement);
    bind.add(fullnessOf(file.document));
    if (const auto done = (*insert)->run(); !done)
        return tl::unexpected(done.error());
    const auto id = database.lastRowId();
    if (const auto done = insertEngines(record, id); !done)
        return tl::unexpected(done.error());
    if (const auto done = insertMetrics(record, id); !done)
        return tl::unexpected(done.error());
    if (const auto done = elect(measurement); !done)
        return tl::unexpected(done.error());
    return id;
}

Result<> BenchmarkStore::Private::insertEngines(const BenchmarkRecord& record,
                                                std::int64_t recordId)
{
    static const std::string sql = [] {
        auto columns = engineColumns();
        for (const char* more : { "args", "record_id", "ordinal" })
            columns.emplace_back(more);
        return insertSql("engine", columns);
    }();
    int ordinal = 0;
    for (const auto& engine : record.engines) {
        auto insert = statement(sql);
        if (!insert)
            return tl::unexpected(insert.error());
        ColumnBinder bind(**insert);
        visitEngineColumns(bind, engine);
        bind.add(packed(engine.args));
        bind.add(static_cast<long long>(recordId));
        bind.add(ordinal++);
        if (const auto done = (*insert)->run(); !done)
            return done;
    }
    return {};
}

Result<> BenchmarkStore::Private::insertMetrics(const BenchmarkRecord& record,
                                                std::int64_t recordId)
{
    static const std::string sql = [] {
        std::vector<std::string> columns { "record_id", "metric", "definition", "derived" };
        for (std::size_t i = 0; i < statisticCount; ++i)
            columns.emplace_back(toString(static_cast<Statistic>(i)));
        return insertSql("metric", columns);
    }();
    for (const auto& [metric, measured] : record.metrics) {
        auto insert = statement(sql);
        if (!insert)
            return tl::unexpected(insert.error());
        (*insert)->bind(1, recordId);
        (*insert)->bind(2, toString(metric));
        (*insert)->bind(3, measured.definition);
        (*insert)->bind(4, measured.derived ? 1 : 0);
        for (std::size_t i = 0; i < statisticCount; ++i)
            (*insert)->bind(static_cast<int>(5 + i), measured.values[static_cast<Statistic>(i)]);
        if (const auto done = (*insert)->run(); !done)
            return done;
    }
    return {};
}

Result<> BenchmarkStore::Private::elect(const std::string& measurement)
{
    if (measurement.empty())
        return {};
    auto find = statement(
        "SELECT id, document_id FROM record WHERE measurement = ?1 AND measurement <> '' AND "
        "removed_at IS NULL ORDER BY fullness DESC, id LIMIT 1");
    if (!find)
        return tl::unexpected(find.error());
    (*find)->bind(1, measurement);
    const auto found = (*find)->step();
    if (!found)
        return tl::unexpected(found.error());
    if (!*found)
        return {};
    const auto winner = (*find)->integer(0);
    const auto document = (*find)->integer(1);
    (*find)->reset();
    // Points of one file are never reports of each other. Rows that are right already are not written.
    auto update = statement(
        "UPDATE record SET superseded_by = iif(document_id = ?3, NULL, ?2) WHERE measurement = ?1 "
        "AND measurement <> '' AND superseded_by IS NOT iif(document_id = ?3, NULL, ?2)");
    if (!update)
        return tl::unexpected(update.error());
    (*update)->bind(1, measurement);
    (*update)->bind(2, winner);
    (*update)->bind(3, document);
    return (*update)->run();
}

Result<std::optional<SavedReport>> BenchmarkStore::Private::findSaved(const std::string& hash)
{
    auto find = statement("SELECT id FROM document WHERE hash = ?1");
    if (!find)
        return tl::unexpected(find.error());
    (*find)->bind(1, hash);
    const auto found = (*find)->step();
    if (!found)
        return tl::unexpected(found.error());
    if (!*found)
        return std::optional<SavedReport>();
    SavedReport saved { SavedReport::Outcome::AlreadyThere, (*find)->integer(0), {} };
    (*find)->reset();
    auto ids = statement("SELECT id, removed_at IS NOT NULL FROM record WHERE document_id = ?1");
    if (!ids)
        return tl::unexpected(ids.error());
    (*ids)->bind(1, saved.documentId);
    auto row = (*ids)->step();
    for (; row && *row; row = (*ids)->step()) {
        saved.recordIds.push_back((*ids)->integer(0));
        if ((*ids)->integer(1) != 0)
            saved.outcome = SavedReport::Outcome::Restored;
    }
    (*ids)->reset();
    if (!row)
        return tl::unexpected(row.error());
    return std::optional(std::move(saved));
}

Result<SavedReport> BenchmarkStore::save(const ReportFile& file)
{
    auto transaction = Transaction::begin(m_p->database);
    if (!transaction)
        return tl::unexpected(transaction.error());
    const auto there = m_p->findSaved(file.document.contentHash);
    if (!there)
        return tl::unexpected(there.error());
    SavedReport saved = there->value_or(SavedReport {});
    if (*there) {
        if (saved.outcome == SavedReport::Outcome::Restored) {
            if (const auto done = m_p->setRemoved(saved.recordIds, false); !done)
                return tl::unexpected(done.error());
        }
    } else {
        if (const auto done = m_p->insertDocument(file, saved.documentId); !done)
            return tl::unexpected(done.error());
        if (const auto done = m_p->insertDetails(file, saved.documentId); !done)
            return tl::unexpected(done.error());
        for (std::size_t i = 0; i < file.document.records.size(); ++i) {
            const auto id = m_p->insertRecord(file, i, saved.documentId);
            if (!id)
                return tl::unexpected(id.error());
            saved.recordIds.push_back(*id);
        }
    }
    if (const auto done = transaction->commit(); !done)
        return tl::unexpected(done.error());
    return saved;
}

} // namespace llmd
