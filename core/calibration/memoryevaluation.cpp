// SPDX-License-Identifier: Apache-2.0
#include "memoryevaluation.h"

#include "enginechoice.h"

#include <core/base/csv.h>
#include <core/base/parallel.h>
#include <core/base/text.h>
#include <core/candidate/enginedefaults.h>
#include <core/memory/memorymodel.h>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace llmd {

namespace {

/** Settings of a run as its row states them. */
struct RunRow
{
    std::string model;
    std::string gpu;
    std::string dtype;
    std::string quantization;
    std::string cacheType;
    std::string eager;
    std::optional<long long> tensor, pipeline, data, contextLength, sequences, batchedTokens, block;
    std::optional<double> utilization, usableGib;
};

bool isUnset(std::string_view text)
{
    const std::string lower = toLower(text);
    return lower.empty() || lower == "none" || lower == "null" || lower == "auto" || lower == "nan";
}

Result<RunRow> readRun(const CsvTable& table, const CsvRow& row)
{
    RunRow run;
    for (const auto& [name, target] : { std::pair { "model", &run.model },
                                        { "gpu", &run.gpu },
                                        { "dtype", &run.dtype },
                                        { "quantization", &run.quantization },
                                        { "kv_cache_dtype", &run.cacheType },
                                        { "enforce_eager", &run.eager } })
        *target = table.text(row, name);
    for (const auto& [name, target] : { std::pair { "tp", &run.tensor },
                                        { "pp", &run.pipeline },
                                        { "dp", &run.data },
                                        { "max_model_len", &run.contextLength },
                                        { "max_num_seqs", &run.sequences },
                                        { "max_num_batched_tokens", &run.batchedTokens },
                                        { "block_size", &run.block } }) {
        const auto value = table.integer(row, name);
        if (!value)
            return tl::unexpected(value.error());
        *target = *value;
    }
    for (const auto& [name, target] : { std::pair { "gpu_memory_utilization", &run.utilization },
                                        { "init_total_memory_gib", &run.usableGib } }) {
        const auto value = table.number(row, name);
        if (!value)
            return tl::unexpected(value.error());
        *target = *value;
    }
    return run;
}

constexpr std::array<std::string_view, 3> outcomeColumns { "status", "outcome", "started" };

/** What an outcome cell says; nothing for an empty one. */
Result<std::optional<bool>> readOutcome(const CsvTable& table, const CsvRow& row)
{
    static const std::array<std::string_view, 8> good { "ok",  "true",    "yes",    "1",
                                                        "run", "started", "passed", "success" };
    static const std::array<std::string_view, 8> bad { "oom",  "false",  "no",    "0",
                                                       "fail", "failed", "error", "crashed" };
    for (const auto column : outcomeColumns) {
        const std::string text = toLower(table.text(row, column));
        if (text.empty())
            continue;
        if (std::find(good.begin(), good.end(), text) != good.end())
            return std::optional<bool>(true);
        if (std::find(bad.begin(), bad.end(), text) != bad.end())
            return std::optional<bool>(false);
        return failure(ErrorCode::InvalidArgument,
                       std::string(column) + ": found '" + text + "', expected one of "
                           + join({ good.begin(), good.end() }, ", ") + " or "
                           + join({ bad.begin(), bad.end() }, ", "),
                       Location { table.name, row.line, 0 });
    }
    return std::optional<bool>();
}

Result<> readMeasured(const CsvTable& table, const CsvRow& row, MemoryEvaluationRow& result)
{
    for (std::size_t i = 0; i < memoryMetricCount; ++i) {
        const auto metric = static_cast<MemoryMetric>(i);
        auto value = table.number(row, measuredColumn(metric));
        if (value && !*value)
            value = table.number(row, toString(metric));
        if (!value)
            return tl::unexpected(value.error());
        // A failed start may log a negative pool; nothing else can be below zero.
        if (*value && **value < 0 && metric != MemoryMetric::KvCache) {
            return failure(ErrorCode::InvalidArgument,
                           std::string(measuredColumn(metric)) + ": found " + printNumber(**value)
                               + ", expected a number that is not negative",
                           Location { table.name, row.line, 0 });
        }
        result.measured[i] = *value;
    }
    const auto outcome = readOutcome(table, row);
    if (!outcome)
        return tl::unexpected(outcome.error());
    result.started = *outcome;
    for (const auto metric : { MemoryMetric::KvCache, MemoryMetric::KvCacheTokens }) {
        const auto& pool = result.measured[static_cast<std::size_t>(metric)];
        if (!result.started && pool)
            result.started = *pool > 0;
    }
    return {};
}

bool isMeasuredColumn(std::string_view column)
{
    const std::string name = toLower(column);
    for (std::size_t i = 0; i < memoryMetricCount; ++i) {
        const auto metric = static_cast<MemoryMetric>(i);
        if (name == measuredColumn(metric) || name == toString(metric))
            return true;
    }
    return name == "total_non_kv_cache_gib" || name == "kv_cache_blocks"
        || std::find(outcomeColumns.begin(), outcomeColumns.end(), name) != outcomeColumns.end();
}

/** The model as the run loaded it: another type, or quantised while loading. */
Result<> applyTypes(const RunRow& run, Model& model)
{
    if (!isUnset(run.dtype)) {
        const auto dtype = parsePrecision(run.dtype);
        if (!dtype || bitsPerValue(*dtype) < 16)
            return failure(ErrorCode::Unsupported, "dtype \"" + run.dtype + "\" is not known");
        model.architecture = withDtype(std::move(model.architecture), *dtype);
    }
    const bool quantised = model.architecture.quantization.method != "none";
    if (isUnset(run.quantization) || quantised)
        return {}; // what the checkpoint says; the column repeats its method or that of the kernel
    const auto precision = parsePrecision(run.quantization);
    if (!precision || *precision != Precision::Fp8) {
        return failure(ErrorCode::Unsupported,
                       "the checkpoint of " + model.id
                           + " in the catalog is not quantised, and vLLM cannot apply \""
                           + run.quantization
                           + "\" while loading; add the checkpoint that was run");
    }
    model.architecture = quantizedAtLoad(std::move(model.architecture), Precision::Fp8);
    return {};
}

/** A whole number of a row as an int; far too large ones saturate and are refused by the ledger's checks or do not fit. */
int asInt(const std::optional<long long>& value, int otherwise)
{
    constexpr long long most = std::numeric_limits<int>::max() / 2;
    return value ? static_cast<int>(std::clamp(*value, -most, most)) : otherwise;
}

Result<> applySettings(const RunRow& run, const EngineVersionProfile& profile,
                       const SemanticVersion& version, Candidate& candidate)
{
    EngineSettings& engine = candidate.engine;
    engine = defaultEngineSettings(*candidate.model, *candidate.gpu, profile, version);
    engine.maxModelLen = asInt(run.contextLength, engine.maxModelLen);
    engine.maxNumSeqs = asInt(run.sequences, engine.maxNumSeqs);
    engine.maxNumBatchedTokens = asInt(run.batchedTokens, engine.maxNumBatchedTokens);
    engine.blockSize = asInt(run.block, engine.blockSize);
    engine.gpuMemoryUtilization = run.utilization.value_or(engine.gpuMemoryUtilization);
    engine.enforceEager = toLower(run.eager) == "true" || run.eager == "1";
    if (!isUnset(run.cacheType)) {
        const auto type = parsePrecision(run.cacheType);
        if (!type || bitsPerValue(*type) < 8)
            return failure(ErrorCode::Unsupported,
                           "kv_cache_dtype \"" + run.cacheType + "\" is not known");
        engine.keyValueCache = *type;
    }
    Parallelism& parallelism = candidate.topology.pool.parallelism;
    parallelism.tensor = asInt(run.tensor, 1);
    parallelism.pipeline = asInt(run.pipeline, 1);
    parallelism.data = asInt(run.data, 1);
    return {};
}

Result<> predict(const RunRow& run, const Catalog& catalog, const EngineVersionProfile& profile,
                 const SemanticVersion& version, MemoryEvaluationRow& row, CaseTraits& traits)
{
    const auto known = catalog.model(run.model);
    if (!known)
        return tl::unexpected(known.error());
    const auto knownGpu = catalog.gpu(run.gpu);
    if (!knownGpu)
        return tl::unexpected(knownGpu.error());
    Model model = **known;
    if (auto result = applyTypes(run, model); !result)
        return result;
    Gpu gpu = **knownGpu;
    if (run.usableGib)
        gpu.usableMemory = gibibytes(*run.usableGib);
    Candidate candidate { &model, &gpu, {}, {} };
    if (auto result = applySettings(run, profile, version, candidate); !result)
        return result;
    const auto ledger = memoryLedger(candidate, profile);
    if (!ledger)
        return tl::unexpected(ledger.error());
    const int stages = candidate.topology.pool.parallelism.pipeline;
    const MemoryLedger logged =
        stageFigures(candidate, profile, pipelineStage(model.architecture, stages, 0));
    row.predicted = { inGibibytes(logged.weights),  inGibibytes(logged.activation),
                      inGibibytes(logged.nonTorch), inGibibytes(logged.cudaGraphs),
                      inGibibytes(logged.kvCache),  ledger->kvCacheTokens,
                      ledger->maxConcurrency };
    row.fits = ledger->fits;
    row.shortfall = ledger->shortfall;
    traits = traitsOf(candidate);
    return {};
}

void compare(MemoryEvaluation& evaluation, MemoryEvaluationRow& row, CaseTraits traits)
{
    row.comparedCase = evaluation.comparison.cases.size();
    ComparedCase& entry =
        evaluation.comparison.add("line " + std::to_string(row.line), std::move(traits));
    for (std::size_t i = 0; i < memoryMetricCount; ++i) {
        if (row.measured[i] && *row.measured[i] > 0)
            entry.figures[i] = ComparedValue {
                .measured = *row.measured[i], .predicted = row.predicted[i], .low = {}, .high = {}
            };
    }
    if (!row.started)
        return;
    FitOutcomes& fits = evaluation.fits;
    ++(*row.started ? fits.started : fits.failed);
    if (row.fits)
        ++(*row.started ? fits.startedAndFits : fits.failedButFits);
}

Result<MemoryEvaluationRow> readRow(const CsvTable& table, const CsvRow& cells)
{
    MemoryEvaluationRow row;
    row.line = cells.line;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        if (!isMeasuredColumn(table.columns[i]))
            row.input.emplace_back(table.columns[i], trimmed(cells.cells[i]));
    }
    if (auto result = readMeasured(table, cells, row); !result)
        return tl::unexpected(result.error());
    return row;
}

nlohmann::ordered_json rowJson(const MemoryEvaluationRow& row, const Comparison& comparison)
{
    nlohmann::ordered_json entry = nlohmann::ordered_json::object();
    for (const auto& [column, text] : row.input)
        entry[column] = text;
    if (row.started)
        entry["started"] = *row.started;
    if (!row.unsupported.empty()) {
        entry["unsupported"] = row.unsupported;
        return entry;
    }
    auto& predicted = entry["predicted"];
    for (std::size_t i = 0; i < memoryMetricCount; ++i)
        predicted[std::string(toString(static_cast<MemoryMetric>(i)))] = row.predicted[i];
    predicted["fits"] = row.fits;
    predicted["shortfall_gib"] = inGibibytes(row.shortfall);
    entry["compared"] = figuresJson(comparison, comparison.cases[*row.comparedCase]);
    return entry;
}

} // namespace

std::string_view toString(MemoryMetric metric)
{
    switch (metric) {
    case MemoryMetric::Weights:
        return "weight_memory_gib";
    case MemoryMetric::Activation:
        return "activation_memory_gib";
    case MemoryMetric::NonTorch:
        return "non_torch_gib";
    case MemoryMetric::CudaGraphs:
        return "cuda_graph_gib";
    case MemoryMetric::KvCache:
        return "kv_cache_memory_gib";
    case MemoryMetric::KvCacheTokens:
        return "kv_cache_tokens";
    case MemoryMetric::MaxConcurrency:
        return "max_concurrency";
    case MemoryMetric::Count:
        break;
    }
    return "";
}

std::string_view measuredColumn(MemoryMetric metric)
{
    switch (metric) {
    case MemoryMetric::NonTorch:
        return "non_torch_forward_gib";
    case MemoryMetric::CudaGraphs:
        return "cuda_graph_actual_gib";
    default:
        return toString(metric);
    }
}

Result<MemoryEvaluation> evaluateMemory(std::string_view csv, std::string fileName,
                                        const Catalog& catalog, const SemanticVersion& version,
                                        RunContext& context)
{
    const auto table = parseCsv(csv, std::move(fileName));
    if (!table)
        return tl::unexpected(table.error());
    if (auto result = table->requireColumns({ "model", "gpu", "tp" }); !result)
        return tl::unexpected(result.error());
    const EngineVersionProfile& profile = catalog.engineVersion(version);
    std::vector<Result<MemoryEvaluationRow>> rows(table->rows.size());
    std::vector<CaseTraits> traits(rows.size());
    const auto evaluateRow = [&](std::size_t i, unsigned) {
        rows[i] = readRow(*table, table->rows[i]);
        const auto run = readRun(*table, table->rows[i]);
        if (!run)
            rows[i] = tl::unexpected(run.error());
        if (!rows[i])
            return;
        if (auto result = predict(*run, catalog, profile, version, *rows[i], traits[i]); !result)
            rows[i]->unsupported = result.error().detail;
    };
    if (!parallelFor(rows.size(), context, evaluateRow, "evaluate"))
        return cancelled();
    MemoryEvaluation evaluation;
    evaluation.versionProfile = profile.name;
    for (std::size_t i = 0; i < memoryMetricCount; ++i)
        evaluation.comparison.metrics.emplace_back(toString(static_cast<MemoryMetric>(i)));
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (!rows[i])
            return tl::unexpected(rows[i].error());
        if (rows[i]->unsupported.empty())
            compare(evaluation, *rows[i], std::move(traits[i]));
        evaluation.rows.push_back(std::move(*rows[i]));
    }
    evaluation.errors = errorsOf(evaluation.comparison);
    return evaluation;
}

nlohmann::ordered_json toJson(const MemoryEvaluation& evaluation, const Grouping& grouping)
{
    using Json = nlohmann::ordered_json;
    Json rows = Json::array();
    for (const MemoryEvaluationRow& row : evaluation.rows)
        rows.push_back(rowJson(row, evaluation.comparison));
    const FitOutcomes& fits = evaluation.fits;
    return { { "version_profile", evaluation.versionProfile },
             { "rows", std::move(rows) },
             { "errors", errorsJson(evaluation.errors) },
             { "fits",
               { { "started", fits.started },
                 { "started_predicted_to_fit", fits.startedAndFits },
                 { "failed", fits.failed },
                 { "failed_predicted_to_fit", fits.failedButFits } } },
             { "groups", groupsJson(evaluation.comparison, grouping) },
             { "worst", worstJson(evaluation.comparison) } };
}

} // namespace llmd
