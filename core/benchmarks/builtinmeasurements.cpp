// SPDX-License-Identifier: Apache-2.0
#include "builtinmeasurements.h"

#include "reportnode.h"

#include <core/base/csv.h>
#include <core/base/resources.h>
#include <core/base/text.h>
#include <core/base/yamlreader.h>

#include <charconv>
#include <set>

namespace llmd {

namespace {

/** What `sources.yaml` says about one file. */
struct MeasurementSet
{
    std::string id;
    std::string file;
    std::string tool;
    std::string sourceText;
    std::string sourceDate;
    std::vector<std::string> notes;
    std::vector<std::string> notesDisaggregated;
    double lengthShare = 1; ///< mean length by nominal length
    bool repeatedPrompts = false;
};

Result<MeasurementSet> readSet(const YamlNode& node)
{
    MeasurementSet set;
    for (const auto& [key, field] :
         { std::pair { "id", &set.id }, { "file", &set.file }, { "tool", &set.tool } }) {
        auto text = node[key].asString();
        if (!text)
            return tl::unexpected(text.error());
        *field = *text;
    }
    const auto text = node["source"]["text"].asString();
    const auto date = node["source"]["date"].asString();
    if (!text || !date)
        return tl::unexpected((text ? date : text).error());
    set.sourceText = *text;
    set.sourceDate = *date;
    for (const auto& [key, field] : { std::pair { "notes", &set.notes },
                                      { "notes_disaggregated", &set.notesDisaggregated } }) {
        if (!node[key].exists())
            continue;
        auto notes = node[key].asStrings();
        if (!notes)
            return tl::unexpected(notes.error());
        *field = std::move(*notes);
    }
    if (const auto repeated = node["repeated_prompts"]; repeated.exists()) {
        const auto value = repeated.asBool();
        if (!value)
            return tl::unexpected(value.error());
        set.repeatedPrompts = *value;
    }
    if (const auto share = node["length_share"]; share.exists()) {
        const auto low = share["min"].asNumber();
        const auto high = share["max"].asNumber();
        if (!low || !high)
            return tl::unexpected((low ? high : low).error());
        set.lengthShare = (*low + *high) / 2;
    }
    return set;
}

/** The number behind a word such as "tp" in "tp4". */
std::optional<int> numberBehind(std::string_view word, std::string_view prefix)
{
    if (!word.starts_with(prefix))
        return std::nullopt;
    int value = 0;
    const auto* end = word.data() + word.size();
    const auto [stop, error] = std::from_chars(word.data() + prefix.size(), end, value);
    return error == std::errc() && stop == end && value > 0 ? std::optional(value) : std::nullopt;
}

/** "prefill 1x tp1 dp4 ep4; decode 4x tp8". */
Result<std::vector<ServedEngine>> readEngines(std::string_view text, const ServedEngine& common)
{
    std::vector<ServedEngine> engines;
    for (const auto part : split(text, ';')) {
        ServedEngine engine = common;
        bool first = true;
        for (const auto word : split(trimmed(part), ' ')) {
            if (first) {
                engine.role = word;
                first = false;
            } else if (word.ends_with('x')) {
                const auto count = numberBehind(word.substr(0, word.size() - 1), "");
                engine.replicas = count.value_or(0);
            } else if (const auto tensor = numberBehind(word, "tp")) {
                engine.parallelism.tensor = *tensor;
            } else if (const auto pipeline = numberBehind(word, "pp")) {
                engine.parallelism.pipeline = *pipeline;
            } else if (const auto data = numberBehind(word, "dp")) {
                engine.parallelism.data = *data;
            } else if (const auto expert = numberBehind(word, "ep")) {
                engine.parallelism.expert = *expert > 1;
            } else {
                return failure(ErrorCode::Syntax,
                               "engines: '" + std::string(word) + "' is not understood");
            }
        }
        if (engine.replicas < 1)
            return failure(ErrorCode::Syntax,
                           "engines: '" + std::string(part) + "' has no count such as 2x");
        engine.gpusPerWorker = engine.parallelism.gpus();
        engines.push_back(std::move(engine));
    }
    return engines;
}

/** Reads the cells of one row and remembers the first that is wrong. */
class RowReader
{
public:
    RowReader(const CsvTable& table, const CsvRow& row)
        : m_table(table)
        , m_row(row)
    { }

    std::string text(const char* column) { return std::string(m_table.text(m_row, column)); }
    std::optional<double> number(const char* column)
    {
        const auto value = m_table.number(m_row, column);
        if (!value && !m_error)
            m_error = value.error();
        return value ? *value : std::nullopt;
    }
    std::optional<int> whole(const char* column)
    {
        const auto value = m_table.integer(m_row, column);
        if (!value && !m_error)
            m_error = value.error();
        return value && *value ? std::optional(static_cast<int>(**value)) : std::nullopt;
    }
    [[nodiscard]] const std::optional<Error>& error() const { return m_error; }

private:
    const CsvTable& m_table;
    const CsvRow& m_row;
    std::optional<Error> m_error;
};

void readLatency(RowReader& row, BenchmarkRecord& record, Metric metric, const std::string& name)
{
    constexpr double ms = 1e-3;
    Distribution values;
    for (const auto statistic : { Statistic::Mean, Statistic::P90, Statistic::P99 }) {
        const auto column = name + "_" + std::string(toString(statistic)) + "_ms";
        if (const auto value = row.number(column.c_str()))
            values.set(statistic, *value * ms);
    }
    setMetric(record, metric, values, name);
}

void readLoad(RowReader& row, const MeasurementSet& set, BenchmarkRecord& record)
{
    const auto length = [&](Metric metric, const char* measured, const char* nominalColumn,
                            std::optional<Tokens>& nominalField) {
        Distribution values;
        if (const auto tokens = row.number(measured)) {
            values.set(Statistic::Mean, *tokens);
            setMetric(record, metric, values, measured);
        } else if (const auto nominal = row.number(nominalColumn)) {
            nominalField = Tokens(*nominal);
            values.set(Statistic::Mean, *nominal * set.lengthShare);
            record.metrics[metric] = { values, nominalColumn, true };
            record.load.lengths = "uniform";
        }
    };
    length(Metric::InputLength, "input_tokens", "nominal_input_tokens", record.load.nominalInput);
    length(Metric::OutputLength, "output_tokens", "nominal_output_tokens",
           record.load.nominalOutput);
    if (const auto rate = row.number("rate_rps"))
        record.load.rate = RequestsPerSecond(*rate);
    record.load.concurrency = row.whole("concurrency");
    if (const auto prefix = row.number("prefix_tokens"))
        record.load.prefix = Tokens(*prefix);
    record.load.prefixGroups = row.whole("prefix_groups");
    if (const auto duration = row.number("duration_s"))
        record.duration = Seconds(*duration);
}

/** Engine settings that the set states, as arguments of `vllm serve`. */
void readArguments(RowReader& row, ServedEngine& engine)
{
    for (const char* column :
         { "max_model_len", "max_num_seqs", "max_num_batched_tokens", "gpu_memory_utilization" }) {
        std::string name = column;
        std::replace(name.begin(), name.end(), '_', '-');
        if (auto value = row.text(column); !value.empty())
            engine.args[name] = std::move(value);
    }
    const auto flag = [&](const char* column, const char* name) {
        const auto value = row.text(column);
        if (!value.empty())
            engine.args[value == "true" ? name : std::string("no-") + name] = "";
    };
    flag("prefix_caching", "enable-prefix-caching");
    flag("chunked_prefill", "enable-chunked-prefill");
    if (row.text("kv_offload_cpu") == "true")
        engine.args["kv-offload-cpu"] = "";
}

Result<BenchmarkRecord> readRecord(const CsvTable& table, const CsvRow& cells,
                                   const MeasurementSet& set)
{
    RowReader row(table, cells);
    BenchmarkRecord record;
    record.tool = set.tool;
    record.description = row.text("run");
    record.stage = row.whole("stage");
    record.model = row.text("model");
    record.precision = row.text("precision");
    record.gpu = row.text("gpu");
    record.gpus = row.whole("gpus");
    ServedEngine common;
    common.name = row.text("engine");
    common.version = row.text("engine_version");
    common.model = record.model;
    common.gpu = record.gpu;
    readArguments(row, common);
    auto engines = readEngines(table.text(cells, "engines"), common);
    if (!engines)
        return tl::unexpected(engines.error());
    record.engines = std::move(*engines);
    record.disaggregated = record.engines.front().role == "prefill";
    record.notes = set.notes;
    if (*record.disaggregated)
        record.notes.insert(record.notes.end(), set.notesDisaggregated.begin(),
                            set.notesDisaggregated.end());
    readLoad(row, set, record);
    readLatency(row, record, Metric::Ttft, "ttft");
    readLatency(row, record, Metric::Tpot, "tpot");
    readLatency(row, record, Metric::E2e, "e2e");
    summariseEngines(record);
    if (row.error())
        return tl::unexpected(*row.error());
    return record;
}

bool containsIgnoringCase(const std::string& text, const std::string& part)
{
    return part.empty() || toLower(text).find(toLower(part)) != std::string::npos;
}

RecordSummary summaryOf(const BuiltinMeasurement& measurement, std::int64_t id)
{
    const auto& record = measurement.record;
    RecordSummary summary;
    summary.id = id;
    summary.builtinSet = measurement.set;
    summary.model = record.model;
    summary.precision = record.precision;
    summary.gpu = record.gpu;
    summary.gpus = record.gpus;
    summary.topology = record.topology();
    std::set<std::string> names;
    for (const ServedEngine& engine : record.engines)
        if (!engine.name.empty())
            names.insert(engine.name);
    summary.engine = join(std::vector<std::string>(names.begin(), names.end()), ",");
    summary.engineVersion = join(record.engineVersions, ", ");
    summary.tool = record.tool;
    summary.format = "built-in";
    summary.input = record.mean(Metric::InputLength);
    summary.output = record.mean(Metric::OutputLength);
    if (record.load.rate)
        summary.rate = record.load.rate->value();
    summary.concurrency = record.load.concurrency;
    summary.ttft = record.mean(Metric::Ttft);
    summary.tpot = record.mean(Metric::Tpot);
    summary.e2e = record.mean(Metric::E2e);
    summary.description = record.description;
    if (record.outputRate)
        summary.outputRate = record.outputRate->value();
    summary.successRate = record.successRate();
    summary.date = record.start.empty() ? measurement.sourceDate : record.start;
    summary.file = measurement.sourceText;
    return summary;
}

} // namespace

Result<std::vector<BuiltinMeasurement>> builtinMeasurements()
{
    const auto sources =
        parseYaml(builtinResource("benchmarks/sources.yaml"), "benchmarks/sources.yaml");
    if (!sources)
        return tl::unexpected(sources.error());
    std::vector<BuiltinMeasurement> all;
    const auto sets = (*sources)["sets"];
    for (std::size_t i = 0; i < sets.size(); ++i) {
        const auto set = readSet(sets[i]);
        if (!set)
            return tl::unexpected(set.error());
        const auto path = "benchmarks/" + set->file;
        const auto table = parseCsv(builtinResource(path), path);
        if (!table)
            return tl::unexpected(table.error());
        for (const auto& row : table->rows) {
            auto record = readRecord(*table, row, *set);
            if (!record)
                return tl::unexpected(
                    withContext(path + ":" + std::to_string(row.line))(record.error()));
            all.push_back({ set->id, set->sourceText, set->sourceDate, set->repeatedPrompts,
                            std::move(*record) });
        }
    }
    return all;
}

std::vector<RecordSummary> listBuiltin(const std::vector<BuiltinMeasurement>& measurements,
                                       const RecordFilter& filter)
{
    std::vector<RecordSummary> rows;
    std::int64_t id = 0;
    std::int64_t passed = 0;
    for (const auto& measurement : measurements) {
        ++id;
        const auto& record = measurement.record;
        const bool passes = !filter.removed && filter.ids.empty()
            && containsIgnoringCase(record.model, filter.model)
            && containsIgnoringCase(record.gpu, filter.gpu)
            && (filter.tool.empty() || filter.tool == record.tool)
            && (filter.format.empty() || filter.format == "built-in")
            && containsIgnoringCase(record.model + " " + record.gpu + " " + record.description + " "
                                        + measurement.sourceText,
                                    filter.text);
        if (!passes || passed++ < filter.offset)
            continue;
        if (filter.limit >= 0 && static_cast<std::int64_t>(rows.size()) >= filter.limit)
            break;
        rows.push_back(summaryOf(measurement, id));
    }
    return rows;
}

} // namespace llmd
