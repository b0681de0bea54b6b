// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/base/result.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace llmd {

/** A prepared SQL statement; parameters count from 1, columns from 0. Must not outlive its database. */
class Statement
{
public:
    Statement() = default;
    explicit Statement(sqlite3_stmt* statement)
        : m_statement(statement)
    { }

    // Failures to bind (out of memory, a wrong index) show at the next step.
    void bind(int index, std::nullptr_t);
    void bind(int index, std::int64_t value);
    void bind(int index, int value) { bind(index, std::int64_t { value }); }
    void bind(int index, double value);
    void bind(int index, std::string_view text);
    void bind(int index, const std::string& text) { bind(index, std::string_view(text)); }
    void bind(int index, const char* text) { bind(index, std::string_view(text)); }
    void bindBlob(int index, std::string_view bytes);
    template <class T> void bind(int index, const std::optional<T>& value)
    {
        if (value)
            bind(index, *value);
        else
            bind(index, nullptr);
    }

    /** True if there is a row to read, false at the end. */
    [[nodiscard]] Result<bool> step();
    /** Steps to the end and makes the statement ready to be bound again. */
    [[nodiscard]] Result<> run();
    void reset();

    [[nodiscard]] bool isNull(int column) const;
    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] double real(int column) const;
    [[nodiscard]] std::string text(int column) const; ///< blobs too

private:
    struct Finalize
    {
        void operator()(sqlite3_stmt* statement) const;
    };
    std::unique_ptr<sqlite3_stmt, Finalize> m_statement;
    int m_bindError = 0;
};

/**
 * One connection to an SQLite file, for one thread. A writer waits up to ten seconds for another one. The schema of a
 * file cannot run code (`trusted_schema` off, defensive mode).
 */
class Database
{
public:
    enum class Mode { ReadOnly, ReadWrite };

    [[nodiscard]] static Result<Database> open(const std::filesystem::path& path, Mode mode);

    /** One or more statements without parameters. */
    [[nodiscard]] Result<> execute(const std::string& sql);
    [[nodiscard]] Result<Statement> prepare(std::string_view sql);
    /** The first column of the only row. */
    [[nodiscard]] Result<std::int64_t> integer(std::string_view sql);
    [[nodiscard]] std::int64_t lastRowId() const;
    [[nodiscard]] std::int64_t changes() const; ///< rows that the last statement changed
    /** Copies the whole database, including what is still in its log, over `target`. */
    [[nodiscard]] Result<> copyTo(Database& target);
    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }

private:
    struct Close
    {
        void operator()(sqlite3* database) const;
    };
    [[nodiscard]] tl::unexpected<Error> error(int code) const;

    std::unique_ptr<sqlite3, Close> m_database;
    std::filesystem::path m_path;
};

/** All or nothing: rolls back unless it was committed. */
class Transaction
{
public:
    /** Takes the write lock at once, so that what was read inside still holds at the commit. */
    [[nodiscard]] static Result<Transaction> begin(Database& database);
    Transaction(Transaction&& other) noexcept;
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();

    [[nodiscard]] Result<> commit();

private:
    explicit Transaction(Database& database)
        : m_database(&database)
    { }

    Database* m_database;
};

} // namespace llmd
