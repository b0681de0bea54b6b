// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "database.h"
#include "record.h"

#include <string>
#include <type_traits>
#include <vector>

/** How records lie in the tables of the store; for the store only. */
namespace llmd {

/** Names every scalar column of table `record` with its field, for writing and reading alike. */
template <class Visitor, class Record> void visitRecordColumns(Visitor&& visit, Record& record)
{
    visit("tool", record.tool);
    visit("tool_version", record.toolVersion);
    visit("run_uid", record.runUid);
    visit("experiment_id", record.experimentId);
    visit("description", record.description);
    visit("stage", record.stage);
    visit("level", record.level);
    visit("start", record.start);
    visit("duration_s", record.duration);
    visit("model", record.model);
    visit("precision", record.precision);
    visit("gpu", record.gpu);
    visit("gpus", record.gpus);
    visit("disaggregated", record.disaggregated);
    visit("router_version", record.router.version);
    visit("router_config", record.router.config);
    visit("router_hash", record.router.configHash);
    visit("gateway", record.router.gateway);
    visit("rate_rps", record.load.rate);
    visit("concurrency", record.load.concurrency);
    visit("nominal_input", record.load.nominalInput);
    visit("nominal_output", record.load.nominalOutput);
    visit("lengths", record.load.lengths);
    visit("source", record.load.source);
    visit("prefix_tokens", record.load.prefix);
    visit("prefix_groups", record.load.prefixGroups);
    visit("turns", record.load.turns);
    visit("burstiness", record.load.burstiness);
    visit("total", record.total);
    visit("failures", record.failures);
    visit("incomplete", record.incomplete);
    visit("input_tps", record.inputRate);
    visit("output_tps", record.outputRate);
    visit("total_tps", record.totalRate);
    visit("rps", record.requestRate);
    visit("goodput_percent", record.goodputPercent);
    visit("goodput_rps", record.goodputRate);
}

/** The same for table `engine`. */
template <class Visitor, class Engine> void visitEngineColumns(Visitor&& visit, Engine& engine)
{
    visit("role", engine.role);
    visit("replicas", engine.replicas);
    visit("workers", engine.workers);
    visit("name", engine.name);
    visit("image", engine.image);
    visit("version", engine.version);
    visit("model", engine.model);
    visit("gpu", engine.gpu);
    visit("gpus_per_worker", engine.gpusPerWorker);
    visit("tp", engine.parallelism.tensor);
    visit("pp", engine.parallelism.pipeline);
    visit("dp", engine.parallelism.data);
    visit("expert_parallel", engine.parallelism.expert);
}

/** Binds fields to parameters 1, 2, … */
class ColumnBinder
{
public:
    explicit ColumnBinder(Statement& statement)
        : m_statement(&statement)
    { }

    template <class T> void operator()(const char*, const T& value) { add(value); }

    void add(const std::string& text) { m_statement->bind(next(), text); }
    void add(int value) { m_statement->bind(next(), value); }
    void add(bool value) { m_statement->bind(next(), value ? 1 : 0); }
    void add(long long value) { m_statement->bind(next(), std::int64_t { value }); }
    void add(double value) { m_statement->bind(next(), value); }
    template <class Dim> void add(Quantity<Dim> value) { m_statement->bind(next(), value.value()); }
    template <class T> void add(const std::optional<T>& value)
    {
        if (value)
            add(*value);
        else
            m_statement->bind(next(), nullptr);
    }

private:
    int next() { return ++m_index; }

    Statement* m_statement;
    int m_index = 0;
};

/** Reads fields from columns `first`, `first` + 1, … */
class ColumnReader
{
public:
    ColumnReader(const Statement& statement, int first)
        : m_statement(&statement)
        , m_column(first)
    { }

    template <class T> void operator()(const char*, T& field) { read(m_column++, field); }

    [[nodiscard]] int column() const { return m_column; }

private:
    void read(int column, std::string& text) { text = m_statement->text(column); }
    void read(int column, int& value) { value = static_cast<int>(m_statement->integer(column)); }
    void read(int column, bool& value) { value = m_statement->integer(column) != 0; }
    void read(int column, long long& value) { value = m_statement->integer(column); }
    void read(int column, double& value) { value = m_statement->real(column); }
    template <class Dim> void read(int column, Quantity<Dim>& value)
    {
        value = Quantity<Dim>(m_statement->real(column));
    }
    template <class T> void read(int column, std::optional<T>& value)
    {
        if (m_statement->isNull(column)) {
            value.reset();
            return;
        }
        T inner {};
        read(column, inner);
        value = inner;
    }

    const Statement* m_statement;
    int m_column;
};

/** "tool, tool_version, …" of `record` and "role, replicas, …" of `engine`, as visited. */
[[nodiscard]] const std::vector<std::string>& recordColumns();
[[nodiscard]] const std::vector<std::string>& engineColumns();
/** "INSERT INTO table (a, b) VALUES (?1, ?2)". */
[[nodiscard]] std::string insertSql(const std::string& table,
                                    const std::vector<std::string>& columns);

// Lists and maps inside one column, as JSON.
[[nodiscard]] std::string packed(const std::vector<std::string>& list);
[[nodiscard]] std::string packed(const std::map<std::string, std::string>& map);
[[nodiscard]] std::string packed(const std::map<std::string, Origin>& origins);
void unpack(const std::string& text, std::vector<std::string>& list);
void unpack(const std::string& text, std::map<std::string, std::string>& map);
void unpack(const std::string& text, std::map<std::string, Origin>& origins);

} // namespace llmd
