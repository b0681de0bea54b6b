// SPDX-License-Identifier: Apache-2.0
// Reading: lists, whole records, documents.
#include "storeorder.h"
#include "storeprivate.h"
#include "storerows.h"

#include <core/base/text.h>

#include <algorithm>

namespace llmd {

namespace {

/** A pattern for LIKE that finds `text` anywhere; what LIKE would interpret is escaped. */
std::string containing(const std::string& text)
{
    std::string pattern = "%";
    for (const char c : text) {
        if (c == '%' || c == '_' || c == '\\')
            pattern += '\\';
        pattern += c;
    }
    return pattern + "%";
}

/** The condition of a filter with its parameters; only fixed text becomes SQL. */
struct Condition
{
    std::string sql;
    std::vector<std::string> parameters;

    explicit Condition(const RecordFilter& filter)
    {
        add(filter.removed ? "r.removed_at IS NOT NULL" : "r.removed_at IS NULL");
        if (!filter.superseded && !filter.removed)
            add("r.superseded_by IS NULL");
        addText("r.model LIKE ? ESCAPE '\\'", filter.model, true);
        addText("r.gpu LIKE ? ESCAPE '\\'", filter.gpu, true);
        addNames("r.checkpoint", filter.checkpoints);
        addText("r.tool = ?", filter.tool, false);
        addText("r.format = ?", filter.format, false);
        addText("r.search LIKE ? ESCAPE '\\'", filter.text, true);
        if (!filter.ids.empty()) {
            std::vector<std::string> places;
            for (const auto id : filter.ids)
                places.push_back(std::to_string(id)); // whole numbers, so nothing to escape
            add("r.id IN (" + join(places, ", ") + ")");
        }
    }

    void bindTo(Statement& statement) const
    {
        int index = 0;
        for (const auto& parameter : parameters)
            statement.bind(++index, parameter);
    }

private:
    void add(const std::string& term) { sql += (sql.empty() ? " WHERE " : " AND ") + term; }
    void addNames(const std::string& column, const std::vector<std::string>& names)
    {
        if (names.empty())
            return;
        add(column + " IN (" + join(std::vector<std::string>(names.size(), "?"), ", ") + ")");
        parameters.insert(parameters.end(), names.begin(), names.end());
    }
    void addText(const std::string& term, const std::string& value, bool anywhere)
    {
        if (value.empty())
            return;
        add(term);
        parameters.push_back(anywhere ? containing(value) : value);
    }
};

/** Picks the ids first, which the indexes hold, so that only the rows of the page are read. */
std::string wanted(const Condition& condition, const RecordFilter& filter)
{
    return " WHERE r.id IN (SELECT r.id FROM record r" + condition.sql + " ORDER BY r.id LIMIT "
        + std::to_string(filter.limit) + " OFFSET " + std::to_string(filter.offset)
        + ") ORDER BY r.id";
}

std::optional<double> realOr(const Statement& row, int column)
{
    return row.isNull(column) ? std::nullopt : std::optional(row.real(column));
}

RecordSummary readSummary(const Statement& row)
{
    BenchmarkRecord record; // for the rules that live there
    RecordSummary summary;
    summary.id = row.integer(0);
    summary.model = row.text(1);
    summary.precision = row.text(2);
    summary.gpu = row.text(3);
    if (!row.isNull(4))
        summary.gpus = static_cast<int>(row.integer(4));
    summary.topology = row.text(5);
    unpack(row.text(6), record.engineVersions);
    summary.engineVersion = join(record.engineVersions, ", ");
    summary.tool = row.text(7);
    summary.format = row.text(8);
    summary.input = realOr(row, 9);
    summary.output = realOr(row, 10);
    summary.rate = realOr(row, 11);
    if (!row.isNull(12))
        summary.concurrency = static_cast<int>(row.integer(12));
    summary.ttft = realOr(row, 13);
    summary.tpot = realOr(row, 14);
    summary.e2e = realOr(row, 15);
    summary.outputRate = realOr(row, 16);
    const auto count = [&](int column) {
        return row.isNull(column) ? std::nullopt : std::optional<long long>(row.integer(column));
    };
    record.total = count(17);
    record.failures = count(18);
    record.incomplete = count(19);
    summary.successRate = record.successRate();
    summary.description = row.text(20);
    summary.file = row.text(21);
    summary.folder = row.text(22);
    unpack(row.text(23), record.origins);
    summary.byHand = std::any_of(record.origins.begin(), record.origins.end(),
                                 [](const auto& entry) { return entry.second == Origin::ByHand; });
    if (!row.isNull(24))
        summary.supersededBy = row.integer(24);
    summary.date = row.text(25);
    summary.engine = row.text(26);
    return summary;
}

} // namespace

Result<std::vector<RecordSummary>> BenchmarkStore::list(const RecordFilter& filter)
{
    const Condition condition(filter);
    auto select =
        m_p->database.prepare("SELECT r.id, r.model, r.precision, r.gpu, r.gpus, r.topology, "
                              "r.engine_versions, r.tool, d.format, "
                              "coalesce(r.input_mean, r.nominal_input), coalesce(r.output_mean, "
                              "r.nominal_output), r.rate_rps, "
                              "r.concurrency, r.ttft_mean, r.tpot_mean, r.e2e_mean, r.output_tps, "
                              "r.total, r.failures, r.incomplete, "
                              "r.description, d.file, d.folder, r.origins, r.superseded_by, "
                              "coalesce(nullif(r.start, ''), date(d.imported_at, 'unixepoch')), "
                              "(SELECT group_concat(DISTINCT e.name) FROM engine e "
                              "WHERE e.record_id = r.id AND e.name <> '') "
                              "FROM record r JOIN document d ON d.id = r.document_id"
                              + wanted(condition, filter));
    if (!select)
        return tl::unexpected(select.error());
    condition.bindTo(*select);
    std::vector<RecordSummary> rows;
    auto row = select->step();
    for (; row && *row; row = select->step())
        rows.push_back(readSummary(*select));
    if (!row)
        return tl::unexpected(row.error());
    return rows;
}

Result<std::int64_t> BenchmarkStore::count(const RecordFilter& filter)
{
    const Condition condition(filter);
    auto select = m_p->database.prepare("SELECT count(*) FROM record r" + condition.sql);
    if (!select)
        return tl::unexpected(select.error());
    condition.bindTo(*select);
    if (const auto row = select->step(); !row)
        return tl::unexpected(row.error());
    return select->integer(0);
}

Result<std::vector<RecordKey>> BenchmarkStore::keys(const RecordFilter& filter, RecordOrder order,
                                                    const RunContext& context)
{
    const Condition condition(filter);
    auto select = m_p->database.prepare(keySql(order) + condition.sql);
    if (!select)
        return tl::unexpected(select.error());
    condition.bindTo(*select);
    const bool number = isNumber(order);
    std::vector<RecordKey> keys;
    auto row = select->step();
    for (; row && *row; row = select->step()) {
        if (keys.size() % 4096 == 0 && context.cancelled())
            return failure(ErrorCode::Cancelled, "stopped on request");
        RecordKey key { select->integer(0), false, select->isNull(1), 0, {} };
        if (number) {
            key.number = key.missing ? 0 : select->real(1);
        } else {
            key.text = toLower(select->text(1));
            key.missing = key.text.empty();
        }
        keys.push_back(std::move(key));
    }
    if (!row)
        return tl::unexpected(row.error());
    return keys;
}

Result<std::vector<StoredRecord>> BenchmarkStore::load(const RecordFilter& filter)
{
    const Condition condition(filter);
    return m_p->loadWhere(wanted(condition, filter), condition.parameters);
}

Result<std::vector<StoredRecord>>
BenchmarkStore::Private::loadWhere(const std::string& condition,
                                   const std::vector<std::string>& parameters)
{
    std::vector<std::string> columns;
    for (const auto& name : recordColumns())
        columns.push_back("r." + name);
    auto select =
        database.prepare("SELECT r.id, d.id, d.format, d.format_version, d.file, d.folder, "
                         "d.imported_at, r.engine_versions, r.notes, "
                         "r.origins, "
                         + join(columns, ", ")
                         + " FROM record r JOIN document d ON d.id = r.document_id" + condition);
    if (!select)
        return tl::unexpected(select.error());
    int index = 0;
    for (const auto& parameter : parameters)
        select->bind(++index, parameter);
    std::vector<StoredRecord> records;
    auto row = select->step();
    for (; row && *row; row = select->step()) {
        StoredRecord stored { select->integer(0), select->integer(1),
                              select->text(2),    select->text(3),
                              select->text(4),    select->text(5),
                              select->integer(6), {} };
        unpack(select->text(7), stored.record.engineVersions);
        unpack(select->text(8), stored.record.notes);
        unpack(select->text(9), stored.record.origins);
        visitRecordColumns(ColumnReader(*select, 10), stored.record);
        if (const auto done = readEngines(stored); !done)
            return tl::unexpected(done.error());
        if (const auto done = readMetrics(stored); !done)
            return tl::unexpected(done.error());
        records.push_back(std::move(stored));
    }
    if (!row)
        return tl::unexpected(row.error());
    return records;
}

Result<std::vector<BenchmarkRecord>> BenchmarkStore::Private::recordsOf(std::int64_t documentId)
{
    auto stored = loadWhere(" WHERE d.id = ? AND r.removed_at IS NULL ORDER BY r.ordinal",
                            { std::to_string(documentId) });
    if (!stored)
        return tl::unexpected(stored.error());
    std::vector<BenchmarkRecord> records;
    for (auto& each : *stored)
        records.push_back(std::move(each.record));
    return records;
}

Result<> BenchmarkStore::Private::readEngines(StoredRecord& stored)
{
    auto select = statement("SELECT args, " + join(engineColumns(), ", ")
                            + " FROM engine WHERE record_id = ?1 ORDER BY ordinal");
    if (!select)
        return tl::unexpected(select.error());
    (*select)->bind(1, stored.id);
    auto row = (*select)->step();
    for (; row && *row; row = (*select)->step()) {
        ServedEngine engine;
        unpack((*select)->text(0), engine.args);
        visitEngineColumns(ColumnReader(**select, 1), engine);
        stored.record.engines.push_back(std::move(engine));
    }
    if (!row)
        return tl::unexpected(row.error());
    (*select)->reset();
    return {};
}

Result<> BenchmarkStore::Private::readMetrics(StoredRecord& stored)
{
    std::string columns;
    for (std::size_t i = 0; i < statisticCount; ++i)
        columns += ", " + std::string(toString(static_cast<Statistic>(i)));
    auto select = statement("SELECT metric, definition, derived" + columns
                            + " FROM metric WHERE record_id = ?1");
    if (!select)
        return tl::unexpected(select.error());
    (*select)->bind(1, stored.id);
    auto row = (*select)->step();
    for (; row && *row; row = (*select)->step()) {
        const auto name = (*select)->text(0);
        const auto metric = std::find_if(allMetrics.begin(), allMetrics.end(),
                                         [&](Metric m) { return toString(m) == name; });
        if (metric == allMetrics.end())
            continue; // of a later version
        MeasuredMetric measured;
        measured.definition = (*select)->text(1);
        measured.derived = (*select)->integer(2) != 0;
        for (std::size_t i = 0; i < statisticCount; ++i)
            measured.values.set(static_cast<Statistic>(i),
                                realOr(**select, static_cast<int>(3 + i)));
        stored.record.metrics[*metric] = std::move(measured);
    }
    if (!row)
        return tl::unexpected(row.error());
    (*select)->reset();
    return {};
}

Result<std::vector<StoredDocument>> BenchmarkStore::documents()
{
    return m_p->documentsWhere("");
}

Result<StoredDocument> BenchmarkStore::document(std::int64_t id)
{
    auto found = m_p->documentsWhere(" WHERE id = " + std::to_string(id));
    if (!found)
        return tl::unexpected(found.error());
    if (found->empty())
        return failure(ErrorCode::NotFound,
                       "the store has no file with the number " + std::to_string(id));
    return std::move(found->front());
}

Result<std::vector<StoredDocument>>
BenchmarkStore::Private::documentsWhere(const std::string& condition)
{
    auto select = database.prepare(
        "SELECT id, format, format_version, hash, file, folder, imported_at, (SELECT count(*) FROM "
        "record WHERE "
        "document_id = document.id AND removed_at IS NULL) FROM document"
        + condition + " ORDER BY id");
    if (!select)
        return tl::unexpected(select.error());
    std::vector<StoredDocument> documents;
    auto row = select->step();
    for (; row && *row; row = select->step()) {
        StoredDocument document { select->integer(0),
                                  select->text(1),
                                  select->text(2),
                                  select->text(3),
                                  select->text(4),
                                  select->text(5),
                                  select->integer(6),
                                  select->integer(7),
                                  {},
                                  {} };
        if (const auto done = readDetails(document); !done)
            return tl::unexpected(done.error());
        documents.push_back(std::move(document));
    }
    if (!row)
        return tl::unexpected(row.error());
    return documents;
}

Result<> BenchmarkStore::Private::readDetails(StoredDocument& document)
{
    auto facts =
        statement("SELECT name, value, unit FROM fact WHERE document_id = ?1 ORDER BY ordinal");
    if (!facts)
        return tl::unexpected(facts.error());
    (*facts)->bind(1, document.id);
    auto row = (*facts)->step();
    for (; row && *row; row = (*facts)->step())
        document.facts.push_back({ (*facts)->text(0), (*facts)->real(1), (*facts)->text(2) });
    (*facts)->reset();
    if (!row)
        return tl::unexpected(row.error());
    auto findings = statement("SELECT severity, code, text, subject FROM finding WHERE document_id "
                              "= ?1 ORDER BY ordinal");
    if (!findings)
        return tl::unexpected(findings.error());
    (*findings)->bind(1, document.id);
    row = (*findings)->step();
    for (; row && *row; row = (*findings)->step()) {
        const auto severity = std::clamp<std::int64_t>((*findings)->integer(0), 0, 2);
        const auto code = std::clamp<std::int64_t>((*findings)->integer(1), 0,
                                                   static_cast<int>(ErrorCode::Internal));
        document.issues.push_back({ static_cast<Severity>(severity), static_cast<ErrorCode>(code),
                                    (*findings)->text(2), (*findings)->text(3),
                                    Location { document.file, 0, 0 } });
    }
    (*findings)->reset();
    if (!row)
        return tl::unexpected(row.error());
    return {};
}

Result<std::string> BenchmarkStore::rawText(std::int64_t documentId)
{
    auto select = m_p->statement("SELECT content FROM raw WHERE document_id = ?1");
    if (!select)
        return tl::unexpected(select.error());
    (*select)->bind(1, documentId);
    const auto row = (*select)->step();
    if (!row)
        return tl::unexpected(row.error());
    if (!*row)
        return failure(ErrorCode::NotFound,
                       "the store has no file with the number " + std::to_string(documentId));
    auto text = (*select)->text(0);
    (*select)->reset();
    return text;
}

Result<std::vector<std::string>> BenchmarkStore::Private::texts(const std::string& sql)
{
    auto select = database.prepare(sql);
    if (!select)
        return tl::unexpected(select.error());
    std::vector<std::string> result;
    auto row = select->step();
    for (; row && *row; row = select->step())
        result.push_back(select->text(0));
    if (!row)
        return tl::unexpected(row.error());
    return result;
}

Result<std::optional<std::string>> BenchmarkStore::setting(const std::string& name)
{
    auto select = m_p->statement("SELECT value FROM setting WHERE name = ?1");
    if (!select)
        return tl::unexpected(select.error());
    (*select)->bind(1, name);
    const auto row = (*select)->step();
    if (!row)
        return tl::unexpected(row.error());
    std::optional<std::string> value;
    if (*row)
        value = (*select)->text(0);
    (*select)->reset();
    return value;
}

Result<> BenchmarkStore::setSetting(const std::string& name, const std::string& value)
{
    auto replace = m_p->statement("INSERT OR REPLACE INTO setting (name, value) VALUES (?1, ?2)");
    if (!replace)
        return tl::unexpected(replace.error());
    (*replace)->bind(1, name);
    (*replace)->bind(2, value);
    return (*replace)->run();
}

Result<std::vector<std::string>> BenchmarkStore::models()
{
    return m_p->texts("SELECT DISTINCT model FROM record WHERE removed_at IS NULL AND model <> '' "
                      "ORDER BY model");
}

Result<std::vector<std::string>> BenchmarkStore::gpus()
{
    return m_p->texts(
        "SELECT DISTINCT gpu FROM record WHERE removed_at IS NULL AND gpu <> '' ORDER BY gpu");
}

} // namespace llmd
