// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "record.h"

#include <core/base/result.h>
#include <core/base/runcontext.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace llmd {

/** A step from one schema version to the next; runs in one transaction with all others. */
struct StoreMigration
{
    std::string sql;
};
/** Element i leads from version i to i + 1; their number is the version of this program. */
[[nodiscard]] const std::vector<StoreMigration>& storeMigrations();

struct StoreOptions
{
    const std::vector<StoreMigration>* migrations =
        nullptr; ///< those of the program; tests use others
};

/** A file that was read, on its way into the store. */
struct ReportFile
{
    std::string name; ///< of the file, with the archive it came from
    std::string folder; ///< that its reports share with others of the same run
    std::string_view content;
    BenchmarkDocument document;
    std::vector<Issue> issues;
};

struct SavedReport
{
    enum class Outcome {
        Added,
        AlreadyThere, ///< equal content, nothing was changed
        Restored, ///< equal content whose records had been removed
    };
    Outcome outcome = Outcome::Added;
    std::int64_t documentId = 0;
    std::vector<std::int64_t> recordIds;
};

/** What to list; empty fields do not narrow. */
struct RecordFilter
{
    std::string model; ///< contained, ignoring case
    std::vector<std::string> checkpoints; ///< one of these names: lower case, without publisher
    std::string gpu; ///< contained, ignoring case
    std::string tool; ///< equal
    std::string format; ///< equal
    std::string text; ///< contained in model, GPU, description, folder or file name
    bool removed = false; ///< those that were removed instead of those that are there
    bool superseded = false; ///< also those of which a fuller report is stored
    std::vector<std::int64_t> ids; ///< only these
    std::int64_t limit = -1;
    std::int64_t offset = 0;
};

/** One row of a list, in the order of import. */
struct RecordSummary
{
    std::int64_t id = 0;
    std::string
        builtinSet; ///< of a measurement that the program brings along; empty for those of the store
    std::string model;
    std::string precision;
    std::string gpu;
    std::optional<int> gpus;
    std::string topology;
    std::string engine; ///< "vllm"; several joined with commas, empty if unknown
    std::string engineVersion;
    std::string tool;
    std::string format;
    std::optional<double> input; ///< mean tokens
    std::optional<double> output;
    std::optional<double> rate; ///< requested, per second
    std::optional<int> concurrency;
    std::optional<double> ttft; ///< means in seconds
    std::optional<double> tpot;
    std::optional<double> e2e;
    std::optional<double> outputRate; ///< tokens per second
    std::optional<double> successRate;
    std::string date; ///< of the measurement as reported, else of its import or publication
    std::string description;
    std::string file;
    std::string folder;
    bool byHand = false; ///< some fields were added by a person
    std::optional<std::int64_t> supersededBy; ///< the fuller report of the same measurement

    /** "vllm 0.19.0", as far as both are known. */
    [[nodiscard]] std::string engineText() const
    {
        return engine + (engine.empty() || engineVersion.empty() ? "" : " ") + engineVersion;
    }
};

/** What a list can be sorted by. */
enum class RecordOrder {
    Imported,
    Model,
    Precision,
    Gpu,
    Gpus,
    Topology,
    EngineVersion,
    Tool,
    Input,
    Output,
    Rate,
    Concurrency,
    Ttft,
    Tpot,
    E2e,
    OutputRate,
    SuccessRate,
    Date,
    File
};

/** A row of a list before it is read: enough to sort it among others. */
struct RecordKey
{
    std::int64_t id = 0;
    bool builtin = false; ///< `id` counts built-in measurements
    bool missing = false; ///< has no value of that order
    double number = 0; ///< the value, of orders by number
    std::string text; ///< the value, of orders by text

    bool operator==(const RecordKey&) const = default;
};
/** The key of a row that was read. */
[[nodiscard]] RecordKey keyOf(const RecordSummary& row, RecordOrder order);
/** Rows without a value come last in either direction, equal ones by their ids, the store's first. */
void sortKeys(std::vector<RecordKey>& keys, bool descending);

/** The store of the user whose programs these are, "benchmarks.db" in `userDataFolder`; fails without a home. */
[[nodiscard]] Result<std::filesystem::path> userStorePath();

struct StoredRecord
{
    std::int64_t id = 0;
    std::int64_t documentId = 0;
    std::string format;
    std::string formatVersion;
    std::string file;
    std::string folder;
    std::int64_t importedAt = 0; ///< seconds since 1970
    BenchmarkRecord record;
};

/** A report file of the store without its text. */
struct StoredDocument
{
    std::int64_t id = 0;
    std::string format;
    std::string formatVersion;
    std::string hash;
    std::string file;
    std::string folder;
    std::int64_t importedAt = 0;
    std::int64_t records = 0;
    std::vector<BenchmarkFact> facts;
    std::vector<Issue> issues; ///< what was found when it was imported
};

struct MergeCounts
{
    std::size_t added = 0; ///< files
    std::size_t alreadyThere = 0;
    std::size_t records = 0; ///< of the added files
    bool cancelled = false;
};

/**
 * All measurements of a user in one SQLite file. Several programs may use it at once: each change is one transaction, a
 * writer waits for another one. A process that is killed at any moment leaves either the whole change or nothing of it.
 * One object serves one thread.
 */
class BenchmarkStore
{
public:
    /** Creates the file and its folder where needed and brings an older schema up to date. A newer schema, or a file
        of something else, is refused. */
    [[nodiscard]] static Result<BenchmarkStore> open(const std::filesystem::path& path,
                                                     StoreOptions options = {});
    BenchmarkStore(BenchmarkStore&&) noexcept;
    BenchmarkStore& operator=(BenchmarkStore&&) noexcept;
    ~BenchmarkStore();

    /** Stores one file in one transaction, unless its content is there already. */
    [[nodiscard]] Result<SavedReport> save(const ReportFile& file);

    [[nodiscard]] Result<std::vector<RecordSummary>> list(const RecordFilter& filter = {});
    [[nodiscard]] Result<std::int64_t> count(const RecordFilter& filter = {});
    /** What `list` would give without its limits, as keys, not sorted. Stops with `Cancelled` if asked to. */
    [[nodiscard]] Result<std::vector<RecordKey>> keys(const RecordFilter& filter, RecordOrder order,
                                                      const RunContext& context = {});
    /** With everything that was read; in the order of import. */
    [[nodiscard]] Result<std::vector<StoredRecord>> load(const RecordFilter& filter = {});
    [[nodiscard]] Result<std::vector<StoredDocument>> documents();
    [[nodiscard]] Result<StoredDocument> document(std::int64_t id);
    /** The text of a file as it was imported. */
    [[nodiscard]] Result<std::string> rawText(std::int64_t documentId);
    /** The models (or GPUs) that occur, sorted. */
    [[nodiscard]] Result<std::vector<std::string>> models();
    [[nodiscard]] Result<std::vector<std::string>> gpus();

    /** Takes records out of every list; `restore` brings them back until `purge`. Return how many it concerned. */
    [[nodiscard]] Result<std::int64_t> remove(const std::vector<std::int64_t>& ids);
    [[nodiscard]] Result<std::int64_t> restore(const std::vector<std::int64_t>& ids);
    /** Deletes removed records for good, and files of which none is left. */
    [[nodiscard]] Result<std::int64_t> purge();
    /** Fills what is missing, or what was added by hand before, and marks it. */
    [[nodiscard]] Result<std::int64_t> annotate(const std::vector<std::int64_t>& ids,
                                                const ManualFields& fields);

    /** The whole store as one file that `merge` reads; replaces `path` at once or not at all. */
    [[nodiscard]] Result<> exportTo(const std::filesystem::path& path);
    /** Takes over the files of another store that this one lacks, one transaction each. */
    [[nodiscard]] Result<MergeCounts> merge(const std::filesystem::path& path, RunContext& context);

    /** A choice that is kept with the measurements; nothing if it was never made. */
    [[nodiscard]] Result<std::optional<std::string>> setting(const std::string& name);
    [[nodiscard]] Result<> setSetting(const std::string& name, const std::string& value);

    /** Reads every page and checks every reference; the findings, none if the store is sound. */
    [[nodiscard]] Result<std::vector<std::string>> checkIntegrity();
    [[nodiscard]] int schemaVersion() const;

private:
    struct Private;
    explicit BenchmarkStore(std::unique_ptr<Private> p);
    [[nodiscard]] Result<SavedReport::Outcome> copyDocument(BenchmarkStore& from,
                                                            const StoredDocument& document);
    std::unique_ptr<Private> m_p;
};

/** True if the file begins like an SQLite database. */
[[nodiscard]] bool isSqliteFile(const std::filesystem::path& path);

} // namespace llmd
