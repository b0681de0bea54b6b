// SPDX-License-Identifier: Apache-2.0
#include "database.h"

#include <sqlite3.h>

#include <utility>

namespace llmd {

namespace {

constexpr int busyTimeoutMs = 10'000;

tl::unexpected<Error> sqliteFailure(int code, const std::string& message, const std::string& path)
{
    std::string detail;
    switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        detail = "another program has been writing to it for more than ten seconds; try again";
        break;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        detail = "it is damaged or no SQLite file (" + message + "); restore it from an export";
        break;
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
        detail = "it cannot be opened for writing, or its folder does not exist (" + message + ")";
        break;
    case SQLITE_FULL:
        detail = "no space is left on the device";
        break;
    default:
        detail = message;
    }
    return failure(ErrorCode::Io, "cannot use '" + path + "': " + detail, Location { path, 0, 0 });
}

} // namespace

void Statement::Finalize::operator()(sqlite3_stmt* statement) const
{
    sqlite3_finalize(statement);
}

void Statement::bind(int index, std::nullptr_t)
{
    m_bindError |= sqlite3_bind_null(m_statement.get(), index);
}

void Statement::bind(int index, std::int64_t value)
{
    m_bindError |= sqlite3_bind_int64(m_statement.get(), index, value);
}

void Statement::bind(int index, double value)
{
    m_bindError |= sqlite3_bind_double(m_statement.get(), index, value);
}

void Statement::bind(int index, std::string_view text)
{
    m_bindError |= sqlite3_bind_text64(m_statement.get(), index, text.data() ? text.data() : "",
                                       text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}

void Statement::bindBlob(int index, std::string_view bytes)
{
    m_bindError |= sqlite3_bind_blob64(m_statement.get(), index, bytes.data() ? bytes.data() : "",
                                       bytes.size(), SQLITE_TRANSIENT);
}

Result<bool> Statement::step()
{
    const int bound = m_bindError;
    m_bindError = 0;
    const int code = bound == SQLITE_OK ? sqlite3_step(m_statement.get()) : bound;
    if (code == SQLITE_ROW)
        return true;
    if (code == SQLITE_DONE)
        return false;
    auto* database = sqlite3_db_handle(m_statement.get());
    const char* name = sqlite3_db_filename(database, "main");
    const std::string message =
        bound == SQLITE_OK ? sqlite3_errmsg(database) : sqlite3_errstr(bound);
    sqlite3_reset(m_statement.get());
    return sqliteFailure(code, message, name ? name : "");
}

Result<> Statement::run()
{
    while (true) {
        const auto more = step();
        if (!more)
            return tl::unexpected(more.error());
        if (!*more)
            break;
    }
    reset();
    return {};
}

void Statement::reset()
{
    sqlite3_reset(m_statement.get());
    sqlite3_clear_bindings(m_statement.get());
}

bool Statement::isNull(int column) const
{
    return sqlite3_column_type(m_statement.get(), column) == SQLITE_NULL;
}

std::int64_t Statement::integer(int column) const
{
    return sqlite3_column_int64(m_statement.get(), column);
}

double Statement::real(int column) const
{
    return sqlite3_column_double(m_statement.get(), column);
}

std::string Statement::text(int column) const
{
    const auto* data = static_cast<const char*>(sqlite3_column_blob(m_statement.get(), column));
    const int size = sqlite3_column_bytes(m_statement.get(), column);
    return data ? std::string(data, static_cast<std::size_t>(size)) : std::string();
}

void Database::Close::operator()(sqlite3* database) const
{
    sqlite3_close_v2(database);
}

Result<Database> Database::open(const std::filesystem::path& path, Mode mode)
{
    sqlite3* raw = nullptr;
    const int flags = SQLITE_OPEN_NOMUTEX
        | (mode == Mode::ReadOnly ? SQLITE_OPEN_READONLY
                                  : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    const int code = sqlite3_open_v2(path.c_str(), &raw, flags, nullptr);
    Database database;
    database.m_database.reset(raw); // has to be closed even after a failure
    database.m_path = path;
    if (code != SQLITE_OK)
        return database.error(code);
    sqlite3_extended_result_codes(raw, 1);
    sqlite3_busy_timeout(raw, busyTimeoutMs);
    sqlite3_db_config(raw, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(raw, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(raw, SQLITE_DBCONFIG_ENABLE_FKEY, 1, nullptr);
    return database;
}

tl::unexpected<Error> Database::error(int code) const
{
    const std::string message =
        m_database ? sqlite3_errmsg(m_database.get()) : sqlite3_errstr(code);
    return sqliteFailure(code, message, m_path.string());
}

Result<> Database::execute(const std::string& sql)
{
    const int code = sqlite3_exec(m_database.get(), sql.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK)
        return error(code);
    return {};
}

Result<Statement> Database::prepare(std::string_view sql)
{
    sqlite3_stmt* statement = nullptr;
    const int code = sqlite3_prepare_v2(m_database.get(), sql.data(), static_cast<int>(sql.size()),
                                        &statement, nullptr);
    if (code != SQLITE_OK)
        return error(code);
    return Statement(statement);
}

Result<std::int64_t> Database::integer(std::string_view sql)
{
    auto statement = prepare(sql);
    if (!statement)
        return tl::unexpected(statement.error());
    const auto row = statement->step();
    if (!row)
        return tl::unexpected(row.error());
    return *row ? statement->integer(0) : 0;
}

std::int64_t Database::lastRowId() const
{
    return sqlite3_last_insert_rowid(m_database.get());
}

std::int64_t Database::changes() const
{
    return sqlite3_changes64(m_database.get());
}

Result<> Database::copyTo(Database& target)
{
    auto* backup = sqlite3_backup_init(target.m_database.get(), "main", m_database.get(), "main");
    if (!backup)
        return target.error(sqlite3_errcode(target.m_database.get()));
    sqlite3_backup_step(backup, -1);
    const int code = sqlite3_backup_finish(backup);
    if (code != SQLITE_OK)
        return target.error(code);
    return {};
}

Result<Transaction> Transaction::begin(Database& database)
{
    if (const auto begun = database.execute("BEGIN IMMEDIATE"); !begun)
        return tl::unexpected(begun.error());
    return Transaction(database);
}

Transaction::Transaction(Transaction&& other) noexcept
    : m_database(std::exchange(other.m_database, nullptr))
{ }

Transaction::~Transaction()
{
    if (m_database)
        (void)m_database->execute("ROLLBACK"); // fails only if SQLite has already rolled back
}

Result<> Transaction::commit()
{
    if (const auto committed = m_database->execute("COMMIT"); !committed)
        return committed;
    m_database = nullptr;
    return {};
}

} // namespace llmd
