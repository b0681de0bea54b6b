// SPDX-License-Identifier: Apache-2.0
// Removing, completing, exporting and merging.
#include "storeprivate.h"
#include "storerows.h"

#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <fstream>
#include <set>

namespace llmd {

namespace fs = std::filesystem;

namespace {

/** A file name beside `path` that is removed, with SQLite's companions, at the end. */
class TemporaryDatabase
{
public:
    explicit TemporaryDatabase(const fs::path& folder)
    {
        static std::atomic<unsigned> counter { 0 };
        m_path = folder / fmt::format(".llmd-{}-{}.db", ::getpid(), counter++);
    }
    TemporaryDatabase(const TemporaryDatabase&) = delete;
    TemporaryDatabase& operator=(const TemporaryDatabase&) = delete;
    ~TemporaryDatabase()
    {
        std::error_code ignored;
        for (const char* suffix : { "", "-wal", "-shm", "-journal" })
            fs::remove(m_path.string() + suffix, ignored);
    }
    [[nodiscard]] const fs::path& path() const { return m_path; }

private:
    fs::path m_path;
};

} // namespace

bool isSqliteFile(const fs::path& path)
{
    constexpr std::string_view magic("SQLite format 3\0", 16);
    std::array<char, 16> start {};
    std::ifstream file(path, std::ios::binary);
    file.read(start.data(), start.size());
    return file.gcount() == 16 && std::string_view(start.data(), start.size()) == magic;
}

Result<std::int64_t> BenchmarkStore::Private::setRemoved(const std::vector<std::int64_t>& ids,
                                                         bool removed)
{
    std::int64_t changed = 0;
    std::set<std::string> measurements;
    for (const auto id : ids) {
        auto update = statement(
            removed ? "UPDATE record SET removed_at = ?2 WHERE id = ?1 AND removed_at IS NULL"
                      " RETURNING measurement"
                    : "UPDATE record SET removed_at = NULL WHERE id = ?1 AND removed_at IS NOT NULL"
                      " RETURNING measurement");
        if (!update)
            return tl::unexpected(update.error());
        (*update)->bind(1, id);
        if (removed)
            (*update)->bind(2, now());
        const auto row = (*update)->step();
        if (!row)
            return tl::unexpected(row.error());
        if (!*row)
            continue;
        ++changed;
        measurements.insert((*update)->text(0));
        if (const auto done = (*update)->run(); !done)
            return tl::unexpected(done.error());
    }
    for (const auto& measurement : measurements) {
        if (const auto done = elect(measurement); !done)
            return tl::unexpected(done.error());
    }
    return changed;
}

Result<std::int64_t> BenchmarkStore::remove(const std::vector<std::int64_t>& ids)
{
    return m_p->inTransaction([&] { return m_p->setRemoved(ids, true); });
}

Result<std::int64_t> BenchmarkStore::restore(const std::vector<std::int64_t>& ids)
{
    return m_p->inTransaction([&] { return m_p->setRemoved(ids, false); });
}

Result<std::int64_t> BenchmarkStore::purge()
{
    return m_p->inTransaction([&]() -> Result<std::int64_t> {
        auto doomed =
            m_p->statement("SELECT DISTINCT document_id FROM record WHERE removed_at IS NOT NULL");
        if (!doomed)
            return tl::unexpected(doomed.error());
        std::vector<std::int64_t> documents;
        auto row = (*doomed)->step();
        for (; row && *row; row = (*doomed)->step())
            documents.push_back((*doomed)->integer(0));
        (*doomed)->reset();
        if (!row)
            return tl::unexpected(row.error());
        if (const auto done =
                m_p->database.execute("DELETE FROM record WHERE removed_at IS NOT NULL");
            !done)
            return tl::unexpected(done.error());
        const auto deleted = m_p->database.changes();
        for (const auto id : documents) {
            // Files without any load point, such as start-up times, have lost none and stay.
            const auto done = m_p->run("DELETE FROM document WHERE id = ?1 AND NOT EXISTS "
                                       "(SELECT 1 FROM record WHERE document_id = ?1)",
                                       id);
            if (!done)
                return tl::unexpected(done.error());
        }
        return deleted;
    });
}

Result<> BenchmarkStore::Private::updateAnnotated(const StoredRecord& stored)
{
    auto update = statement(
        "UPDATE record SET model = ?2, precision = ?3, gpu = ?4, gpus = ?5, engine_versions = ?6, "
        "origins = ?7, topology = ?8, search = ?9 WHERE id = ?1");
    if (!update)
        return tl::unexpected(update.error());
    const auto& record = stored.record;
    (*update)->bind(1, stored.id);
    (*update)->bind(2, record.model);
    (*update)->bind(3, record.precision);
    (*update)->bind(4, record.gpu);
    (*update)->bind(5, record.gpus);
    (*update)->bind(6, packed(record.engineVersions));
    (*update)->bind(7, packed(record.origins));
    (*update)->bind(8, record.topology());
    (*update)->bind(9, searchText(record, stored.folder, stored.file));
    if (const auto done = (*update)->run(); !done)
        return done;
    if (const auto done = run("DELETE FROM engine WHERE record_id = ?1", stored.id); !done)
        return done;
    return insertEngines(record, stored.id);
}

Result<std::int64_t> BenchmarkStore::annotate(const std::vector<std::int64_t>& ids,
                                              const ManualFields& fields)
{
    if (ids.empty())
        return 0;
    return m_p->inTransaction([&]() -> Result<std::int64_t> {
        RecordFilter filter;
        filter.ids = ids;
        filter.superseded = true;
        auto records = load(filter);
        if (!records)
            return tl::unexpected(records.error());
        std::int64_t changed = 0;
        for (auto& stored : *records) {
            if (!addByHand(stored.record, fields))
                continue;
            if (const auto done = m_p->updateAnnotated(stored); !done)
                return tl::unexpected(done.error());
            ++changed;
        }
        return changed;
    });
}

Result<> BenchmarkStore::exportTo(const fs::path& path)
{
    const auto folder = path.parent_path().empty() ? fs::path(".") : path.parent_path();
    const TemporaryDatabase temporary(folder);
    auto copy =
        m_p->database.prepare("VACUUM INTO ?1"); // consistent although others may be writing
    if (!copy)
        return tl::unexpected(copy.error());
    copy->bind(1, temporary.path().string());
    if (const auto done = copy->run(); !done)
        return tl::unexpected(
            withContext("writing the export '" + path.string() + "'")(done.error()));
    std::error_code error;
    fs::rename(temporary.path(), path, error);
    if (error)
        return failure(ErrorCode::Io, "cannot write '" + path.string() + "': " + error.message(),
                       Location { path.string(), 0, 0 });
    return {};
}

Result<MergeCounts> BenchmarkStore::merge(const fs::path& path, RunContext& context)
{
    // A copy of its own can be brought up to date without touching the file that was given to us.
    std::error_code error;
    const auto folder = fs::temp_directory_path(error);
    const TemporaryDatabase temporary(error ? fs::path(".") : folder);
    {
        auto source = Database::open(path, Database::Mode::ReadOnly);
        if (!source)
            return tl::unexpected(source.error());
        auto copy = Database::open(temporary.path(), Database::Mode::ReadWrite);
        if (!copy)
            return tl::unexpected(copy.error());
        if (const auto copied = source->copyTo(*copy); !copied)
            return tl::unexpected(copied.error());
    }
    auto other = open(temporary.path());
    if (!other)
        return tl::unexpected(withContext("reading '" + path.string() + "'")(other.error()));
    if (const auto findings = other->checkIntegrity(); !findings || !findings->empty())
        return failure(ErrorCode::Io, "'" + path.string() + "' is damaged, nothing was taken over",
                       Location { path.string(), 0, 0 });
    const auto documents = other->documents();
    if (!documents)
        return tl::unexpected(documents.error());
    MergeCounts counts;
    for (const auto& document : *documents) {
        if (context.cancelled()) {
            counts.cancelled = true;
            break;
        }
        const auto outcome = copyDocument(*other, document);
        if (!outcome)
            return tl::unexpected(outcome.error());
        const bool added = *outcome != SavedReport::Outcome::AlreadyThere;
        ++(added ? counts.added : counts.alreadyThere);
        counts.records += added ? static_cast<std::size_t>(document.records) : 0;
        if (context.progress)
            context.progress->update(counts.added + counts.alreadyThere, documents->size(),
                                     "merge");
    }
    return counts;
}

Result<SavedReport::Outcome> BenchmarkStore::copyDocument(BenchmarkStore& from,
                                                          const StoredDocument& document)
{
    const auto raw = from.rawText(document.id);
    if (!raw)
        return tl::unexpected(raw.error());
    auto records = from.m_p->recordsOf(document.id);
    if (!records)
        return tl::unexpected(records.error());
    ReportFile file { document.file, document.folder, *raw, {}, document.issues };
    file.document.format = document.format;
    file.document.formatVersion = document.formatVersion;
    file.document.contentHash = document.hash;
    file.document.facts = document.facts;
    file.document.records = std::move(*records);
    const auto saved = save(file);
    if (!saved)
        return tl::unexpected(saved.error());
    return saved->outcome;
}

Result<std::vector<std::string>> BenchmarkStore::checkIntegrity()
{
    auto findings = m_p->texts("PRAGMA integrity_check");
    if (!findings)
        return findings;
    if (*findings == std::vector<std::string> { "ok" })
        findings->clear();
    const auto dangling = m_p->texts("PRAGMA foreign_key_check");
    if (!dangling)
        return dangling;
    for (const auto& table : *dangling)
        findings->push_back("a row of table '" + table + "' refers to something that is not there");
    const auto hollow =
        m_p->texts("SELECT file FROM document WHERE id NOT IN (SELECT document_id FROM raw)");
    if (!hollow)
        return hollow;
    for (const auto& file : *hollow)
        findings->push_back("the text of '" + file + "' is missing");
    return findings;
}

} // namespace llmd
