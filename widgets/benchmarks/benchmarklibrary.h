// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <core/base/result.h>
#include <core/base/runcontext.h>
#include <core/benchmarks/builtinmeasurements.h>
#include <core/benchmarks/store.h>

#include <QObject>
#include <QPointer>
#include <QString>

#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <vector>

namespace llmd {

class JobRunner;

/** What the table of measurements lists. */
struct LibraryQuery
{
    enum class Show {
        All,
        Imported,
        Builtin,
        Removed,
        AllFormats, ///< imported, also reports of which a fuller one is there
    };
    RecordFilter filter;
    Show show = Show::All;
    RecordOrder order = RecordOrder::Imported;
    bool descending = true;
};

/** The rows of a query in their order, and the names that filters offer. */
struct LibraryListing
{
    std::vector<RecordKey> keys;
    std::int64_t superseded = 0; ///< further reports of the same measurements, in other formats
    std::vector<std::string> models;
    std::vector<std::string> gpus;
};

/**
 * The measurements of the user and those that the program brings along. Lists and changes run on the job runner with connections
 * of their own; single rows are read here by their ids, which takes some microseconds each. The store's file is created by
 * the first import.
 */
class BenchmarkLibrary final : public QObject
{
    Q_OBJECT

public:
    BenchmarkLibrary(std::filesystem::path file, JobRunner& jobs, QObject* parent = nullptr);
    ~BenchmarkLibrary() override;

    [[nodiscard]] const std::filesystem::path& file() const { return m_file; }
    [[nodiscard]] JobRunner& jobs() const { return m_jobs; }
    /** Empty until the first listing has arrived. */
    [[nodiscard]] const std::vector<BuiltinMeasurement>& builtin() const;
    [[nodiscard]] std::shared_ptr<const std::vector<BuiltinMeasurement>> sharedBuiltin() const
    {
        return m_builtin;
    }

    /** A newer call replaces an older one, whose answer then never comes. */
    void list(const LibraryQuery& query, QObject* receiver,
              std::function<void(Result<LibraryListing>)> done);

    /** Rows in the order of the keys; those that are gone have no model and a description that says so. */
    [[nodiscard]] std::vector<RecordSummary> rows(const std::vector<RecordKey>& keys);
    /** A whole record, of the store or built in. */
    [[nodiscard]] Result<StoredRecord> record(const RecordKey& key);
    [[nodiscard]] Result<StoredDocument> document(std::int64_t id);

    using Change = std::function<Result<QString>(BenchmarkStore&, RunContext&)>;
    /**
     * Changes the store on a worker, one change after the other, and emits `changed` after each. `work` returns what it did
     * for people. Creates the store where there is none.
     */
    void change(const QString& title, Change work, QObject* receiver,
                std::function<void(Result<QString>)> done);
    /** A change that was made through another connection, such as an import's. */
    void noteChange();

signals:
    void changed();

private:
    struct Pending
    {
        QString title;
        Change work;
        QPointer<QObject> receiver;
        std::function<void(Result<QString>)> done;
    };
    /** The connection of this thread; nullptr as long as there is no store. */
    [[nodiscard]] Result<BenchmarkStore*> store();
    void startNext();

    std::filesystem::path m_file;
    JobRunner& m_jobs;
    std::unique_ptr<BenchmarkStore> m_store;
    std::shared_ptr<const std::vector<BuiltinMeasurement>> m_builtin;
    std::vector<RecordSummary> m_builtinRows;
    std::deque<Pending> m_pending;
    bool m_changing = false;
};

/** Opens the store for a job, or nothing where there is none yet. */
[[nodiscard]] Result<std::unique_ptr<BenchmarkStore>>
openStoreIfThere(const std::filesystem::path& file);

} // namespace llmd
