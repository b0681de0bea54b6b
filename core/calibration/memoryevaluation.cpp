// SPDX-License-Identifier: Apache-2.0
#include "memoryevaluation.h"

#include <core/base/csv.h>
#include <core/base/text.h>
#include <core/candidate/enginedefaults.h>
#include <core/memory/memorymodel.h>

#include <nlohmann/json.hpp>

#include <algorithm>
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

Result<> readMeasured(const CsvTable& table, const CsvRow& row, MemoryEvaluationRow& result)
{
    for (std::size_t i = 0; i < memoryMetricCount; ++i) {
        const auto metric = static_cast<MemoryMetric>(i);
        auto value = table.number(row, measuredColumn(metric));
        if (value && !*value)
            value = table.number(row, toString(metric));
        if (!value)
            return tl::unexpected(value.error());
        result.measured[i] = *value;
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
        || name == "max_concurrency";
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
                 const SemanticVersion& version, MemoryEvaluationRow& row)
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
                      inGibibytes(logged.kvCache),  ledger->kvCacheTokens };
    return {};
}

void compare(MemoryEvaluation& evaluation)
{
    for (std::size_t i = 0; i < memoryMetricCount; ++i) {
        ErrorCollector collector;
        for (const MemoryEvaluationRow& row : evaluation.rows) {
            if (row.unsupported.empty() && row.measured[i])
                collector.add(row.predicted[i], *row.measured[i]);
        }
        evaluation.errors.push_back(
            collector.errors(std::string(toString(static_cast<MemoryMetric>(i)))));
    }
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
                                        const Catalog& catalog, const SemanticVersion& version)
{
    const auto table = parseCsv(csv, std::move(fileName));
    if (!table)
        return tl::unexpected(table.error());
    if (auto result = table->requireColumns({ "model", "gpu", "tp" }); !result)
        return tl::unexpected(result.error());
    const EngineVersionProfile& profile = catalog.engineVersion(version);
    MemoryEvaluation evaluation;
    evaluation.versionProfile = profile.name;
    for (const CsvRow& csvRow : table->rows) {
        const auto run = readRun(*table, csvRow);
        if (!run)
            return tl::unexpected(run.error());
        MemoryEvaluationRow row;
        row.line = csvRow.line;
        for (std::size_t i = 0; i < table->columns.size(); ++i) {
            if (!isMeasuredColumn(table->columns[i]))
                row.input.emplace_back(table->columns[i], trimmed(csvRow.cells[i]));
        }
        if (auto result = readMeasured(*table, csvRow, row); !result)
            return tl::unexpected(result.error());
        if (auto result = predict(*run, catalog, profile, version, row); !result)
            row.unsupported = result.error().detail;
        evaluation.rows.push_back(std::move(row));
    }
    compare(evaluation);
    return evaluation;
}

nlohmann::ordered_json toJson(const MemoryEvaluation& evaluation)
{
    using Json = nlohmann::ordered_json;
    Json rows = Json::array();
    for (const MemoryEvaluationRow& row : evaluation.rows) {
        Json entry = Json::object();
        for (const auto& [column, text] : row.input)
            entry[column] = text;
        if (!row.unsupported.empty()) {
            entry["unsupported"] = row.unsupported;
        } else {
            for (std::size_t i = 0; i < memoryMetricCount; ++i)
                entry["predicted"][std::string(toString(static_cast<MemoryMetric>(i)))] =
                    row.predicted[i];
        }
        rows.push_back(std::move(entry));
    }
    return { { "version_profile", evaluation.versionProfile },
             { "rows", rows },
             { "errors", errorsJson(evaluation.errors) } };
}

} // namespace llmd
