// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "database.h"
#include "store.h"

#include <unordered_map>

namespace llmd {

struct BenchmarkStore::Private
{
    Database database;
    int version = 0;
    std::unordered_map<std::string, Statement> statements; ///< prepared once, by their text

    /** Ready to be bound. */
    [[nodiscard]] Result<Statement*> statement(const std::string& sql);
    /** Runs a statement with one number. */
    [[nodiscard]] Result<> run(const std::string& sql, std::int64_t number);

    /** What is stored of this content, if anything. */
    [[nodiscard]] Result<std::optional<SavedReport>> findSaved(const std::string& hash);
    [[nodiscard]] Result<> insertDocument(const ReportFile& file, std::int64_t& id);
    [[nodiscard]] Result<> insertDetails(const ReportFile& file, std::int64_t documentId);
    [[nodiscard]] Result<std::int64_t> insertRecord(const ReportFile& file, std::size_t index,
                                                    std::int64_t documentId);
    [[nodiscard]] Result<> insertEngines(const BenchmarkRecord& record, std::int64_t recordId);
    [[nodiscard]] Result<> insertMetrics(const BenchmarkRecord& record, std::int64_t recordId);
    /** The fullest of the reports of one measurement stands for the others. */
    [[nodiscard]] Result<> elect(const std::string& measurement);
    /** Sets or clears `removed_at`; inside a transaction of the caller. */
    [[nodiscard]] Result<std::int64_t> setRemoved(const std::vector<std::int64_t>& ids,
                                                  bool removed);
    [[nodiscard]] Result<> updateAnnotated(const StoredRecord& stored);
    /** Records of `FROM record r JOIN document d` under a condition with its parameters. */
    [[nodiscard]] Result<std::vector<StoredRecord>>
    loadWhere(const std::string& condition, const std::vector<std::string>& parameters);
    [[nodiscard]] Result<std::vector<BenchmarkRecord>> recordsOf(std::int64_t documentId);
    [[nodiscard]] Result<std::vector<StoredDocument>> documentsWhere(const std::string& condition);
    [[nodiscard]] Result<> readDetails(StoredDocument& document);
    [[nodiscard]] Result<> readEngines(StoredRecord& stored);
    [[nodiscard]] Result<> readMetrics(StoredRecord& stored);
    [[nodiscard]] Result<std::vector<std::string>>
    texts(const std::string& sql); ///< of the first column

    /** All that `change` does, or nothing of it. */
    template <class Change> [[nodiscard]] auto inTransaction(Change change) -> decltype(change())
    {
        auto transaction = Transaction::begin(database);
        if (!transaction)
            return tl::unexpected(transaction.error());
        auto result = change();
        if (!result)
            return result;
        if (const auto done = transaction->commit(); !done)
            return tl::unexpected(done.error());
        return result;
    }
};

/** What a search for any text looks through. */
[[nodiscard]] std::string searchText(const BenchmarkRecord& record, const std::string& folder,
                                     const std::string& file);

/** Seconds since 1970. */
[[nodiscard]] std::int64_t now();

} // namespace llmd
