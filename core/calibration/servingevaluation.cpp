// SPDX-License-Identifier: Apache-2.0
#include "servingevaluation.h"

#include "measuredmodel.h"
#include "unrecorded.h"

#include <core/base/csv.h>
#include <core/base/parallel.h>
#include <core/base/text.h>
#include <core/candidate/enginedefaults.h>
#include <core/memory/memoryledger.h>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace llmd {

namespace {

/**
 * Rows come from two load generators. One writes the data-parallel size even if it is 1, draws lengths between 0.8 and 1.0
 * of the nominal value and asks for temperature 0. The other leaves the size empty, keeps to the nominal lengths and sends
 * no sampling parameters, so that the defaults of the model hold.
 */
bool namesDataParallelSize(std::string_view layout)
{
    for (const std::string_view word : split(layout, ' ')) {
        if (word == "dp")
            return false;
    }
    return true;
}

/** Lengths are uniform between 0.8 and 1.0 of the nominal value: mean 0.9, half width 0.1. */
LengthDistribution uniformLengths(double nominal)
{
    return { LengthDistribution::Shape::Uniform, std::max(1.0, 0.9 * nominal), 0.1 / 0.9 };
}

Result<std::optional<Seconds>> measuredCell(const CsvTable& table, const CsvRow& row,
                                            std::string_view column)
{
    const auto value = table.number(row, column);
    if (!value)
        return tl::unexpected(value.error());
    if (!*value)
        return std::optional<Seconds>();
    constexpr double longest = 1e10; // ms; half a year
    if (!(**value > 0 && **value <= longest)) {
        return failure(ErrorCode::InvalidArgument,
                       std::string(column) + ": found '" + std::string(table.text(row, column))
                           + "', expected milliseconds, more than 0 (leave the cell empty if it "
                             "was not measured)",
                       Location { table.name, row.line, 0 });
    }
    return std::optional<Seconds>(milliseconds(**value));
}

Result<double> cell(const CsvTable& table, const CsvRow& row, std::string_view column, double low,
                    double high)
{
    const auto value = table.number(row, column);
    if (!value)
        return tl::unexpected(value.error());
    if (!*value || !(**value >= low && **value <= high)) {
        return failure(ErrorCode::InvalidArgument,
                       std::string(column) + ": found '" + std::string(table.text(row, column))
                           + "', expected a number from " + printNumber(low) + " to "
                           + printNumber(high),
                       Location { table.name, row.line, 0 });
    }
    return **value;
}

/** Number behind a prefix in "tp4 pp1 dp moe_tp4 moe_ep1"; an empty one counts as 1. */
Result<int> layoutPart(std::string_view layout, std::string_view prefix, const Location& where)
{
    for (const std::string_view word : split(layout, ' ')) {
        if (!word.starts_with(prefix))
            continue;
        const std::string_view digits = word.substr(prefix.size());
        if (digits.empty())
            return 1;
        const auto number = parseInteger(digits);
        if (!number)
            continue; // another part that starts alike
        if (*number < 0 || *number > 100'000)
            return failure(
                ErrorCode::InvalidArgument,
                "parallelism: found '" + std::string(word) + "', expected a small number", where);
        return std::max(1, static_cast<int>(*number));
    }
    return 1;
}

Result<Parallelism> readLayout(std::string_view layout, const Location& where)
{
    Parallelism parallelism;
    const auto tensor = layoutPart(layout, "tp", where);
    const auto pipeline = layoutPart(layout, "pp", where);
    const auto data = layoutPart(layout, "dp", where);
    const auto expert = layoutPart(layout, "moe_ep", where);
    for (const auto* part : { &tensor, &pipeline, &data, &expert }) {
        if (!*part)
            return tl::unexpected(part->error());
    }
    parallelism.tensor = *tensor;
    parallelism.pipeline = *pipeline;
    parallelism.data = *data;
    parallelism.expert = *expert > 1;
    return parallelism;
}

/** One half of "P2x(tp1 dp4 ep4) D1x(tp8 dp1 ep8)": the servers behind its letter. */
Result<Pool> readPool(std::string_view layout, char letter, const Location& where)
{
    const auto bad = [&] {
        return failure(ErrorCode::Unsupported,
                       "disaggregated layout: found '" + std::string(layout)
                           + "', expected a form such as 'P2x(tp1 dp4 ep4) D1x(tp8 dp1 ep8)'",
                       where);
    };
    const auto start = layout.find(letter);
    const auto open = layout.find("x(", start);
    const auto close = layout.find(')', open);
    if (start == std::string_view::npos || open == std::string_view::npos
        || close == std::string_view::npos)
        return bad();
    const auto count = parseInteger(layout.substr(start + 1, open - start - 1));
    if (!count || *count < 1 || *count > 100'000)
        return bad();
    const std::string_view inside = layout.substr(open + 2, close - open - 2);
    const auto parallelism = readLayout(inside, where);
    if (!parallelism)
        return tl::unexpected(parallelism.error());
    const auto expert = layoutPart(inside, "ep", where);
    if (!expert)
        return tl::unexpected(expert.error());
    Pool pool { *parallelism, static_cast<int>(*count) };
    pool.parallelism.expert = *expert > 1;
    return pool;
}

/** Pools of both roles with equal settings; the fastest link that reaches all GPUs. */
Result<> makeDisaggregated(Candidate& candidate, std::string_view layout, const Location& where)
{
    const auto prefill = readPool(layout, 'P', where);
    const auto decode = readPool(layout, 'D', where);
    for (const auto* pool : { &prefill, &decode }) {
        if (!*pool)
            return tl::unexpected(pool->error());
    }
    Disaggregation split;
    split.prefill = *prefill;
    candidate.topology = { *decode, split };
    const bool oneDomain = candidate.gpu->scaleUp != ScaleUpKind::Pcie
        && candidate.topology.gpus() <= candidate.gpu->scaleUpDomain;
    candidate.topology.disaggregation->transfer.path =
        oneDomain ? TransferPath::ScaleUp : TransferPath::Rdma;
    return {};
}

/**
 * Such tables do not record memory settings. Where the defaults cannot hold the requests in flight, the published
 * recipes raise the memory share to 0.95 and store the KV cache in FP8.
 */
void makeRoom(ServingRow& row, const Catalog& catalog)
{
    const auto& profile = catalog.engineVersion(row.candidate.engine.version);
    const double context = row.workload.prompt.mean + row.workload.output.mean / 2;
    const auto holds = [&] {
        // Of decode servers each has its share; a node full of replicas is judged by one of them.
        const int servers =
            row.candidate.topology.disaggregation ? row.candidate.topology.pool.replicas : 1;
        return servers * memoryFigures(row.candidate, profile).kvCacheTokens
            >= context * row.workload.load.concurrency;
    };
    if (holds())
        return;
    row.candidate.engine.gpuMemoryUtilization = 0.95;
    if (!holds() && row.candidate.gpu->supportsNatively(Precision::Fp8))
        row.candidate.engine.keyValueCache = Precision::Fp8;
}

/**
 * SGLang and TensorRT-LLM send tokens to their experts alone where attention is data-parallel and experts are whole, and
 * nobody slices experts over more than a node, whatever such a table records.
 */
void setExpertExchange(const ServingRow& row, Parallelism& parallelism, EngineSettings& engine)
{
    if (row.engine == "vllm" || parallelism.data <= 1)
        return;
    if (!parallelism.expert && parallelism.gpus() <= row.candidate.gpu->gpusPerNode)
        return;
    parallelism.expert = true;
    engine.expertExchange = ExpertExchange::Dispatch;
}

/** The row's candidate, or why there is none. */
Result<> resolve(ServingRow& row, const CsvTable& table, const CsvRow& cells,
                 const Catalog& catalog)
{
    const Location where { table.name, cells.line, 0 };
    const bool disaggregated = toLower(table.text(cells, "mode")) == "disagg";
    if (!disaggregated && toLower(table.text(cells, "mode")) != "agg")
        return failure(ErrorCode::Unsupported,
                       "mode '" + std::string(table.text(cells, "mode"))
                           + "' is not known; there are agg and disagg");
    const std::string gpuName(table.text(cells, "gpu"));
    const Gpu* gpu = catalog.findGpu(gpuName);
    if (gpu == nullptr)
        return failure(ErrorCode::Unsupported, "the catalog has no GPU '" + gpuName + "'");
    const auto model =
        measuredModel(catalog, table.text(cells, "model"), table.text(cells, "precision"), *gpu);
    if (!model)
        return tl::unexpected(model.error());
    row.variant = model->variant;
    row.candidate.model = model->model;
    row.candidate.gpu = gpu;
    const std::string_view layout = table.text(cells, "parallelism");
    if (disaggregated) {
        if (auto made = makeDisaggregated(row.candidate, layout, where); !made)
            return made;
    } else if (const auto parallelism = readLayout(layout, where)) {
        row.candidate.topology.pool.parallelism = *parallelism;
    } else {
        return tl::unexpected(parallelism.error());
    }
    // Sizes of 0 mark sweeps that fill a node with replicas; their concurrency is that of the node.
    Pool& pool = row.candidate.topology.pool;
    if (layout.find("moe_tp0") != std::string_view::npos)
        pool.replicas = std::max(1, gpu->gpusPerNode / pool.parallelism.gpus());
    // Nightly builds get the newest profile that the default settings name. Rows without a version are the oldest of
    // these tables, from before asynchronous scheduling.
    const std::string_view versionText = table.text(cells, "engine_version");
    const SemanticVersion unnamed =
        versionText.empty() ? SemanticVersion { 0, 11, 0 } : EngineSettings().version;
    // Disaggregated rows of other engines have the version of what orchestrates them; their schedulers overlap with steps.
    const bool foreign = disaggregated && row.engine != "vllm";
    const auto version =
        foreign ? EngineSettings().version : parseVersion(versionText).value_or(unnamed);
    row.candidate.engine =
        defaultEngineSettings(*model->model, *gpu, catalog.engineVersion(version), version);
    row.candidate.engine.maxModelLen =
        static_cast<int>(std::ceil((row.workload.prompt.mean + row.workload.output.mean) / 0.9))
        + 256;
    // The published recipes of the first generator store the KV cache in FP8 on this generation.
    if (row.workload.greedy && gpu->architecture.starts_with("Blackwell"))
        row.candidate.engine.keyValueCache = Precision::Fp8;
    if (row.workload.greedy)
        makeRoom(row, catalog);
    std::vector<int> tensorSizes { pool.parallelism.tensor };
    if (auto& split = row.candidate.topology.disaggregation) {
        split->engine = row.candidate.engine;
        // A prefill server holds a few prompts; where it has no room for one its share is raised too.
        const Candidate prefill = prefillRole(row.candidate);
        const double prompts = 8 * row.workload.prompt.mean;
        if (memoryFigures(prefill, catalog.engineVersion(version)).kvCacheTokens < prompts)
            split->engine.gpuMemoryUtilization = 0.95;
        setExpertExchange(row, split->prefill.parallelism, split->engine);
        tensorSizes.push_back(split->prefill.parallelism.tensor);
    }
    setExpertExchange(row, pool.parallelism, row.candidate.engine);
    for (const int tensor : tensorSizes) {
        const std::string obstacle = tensorParallelObstacle(model->model->architecture, tensor);
        if (!obstacle.empty())
            return failure(ErrorCode::Unsupported, obstacle);
    }
    return {};
}

Result<ServingRow> readRow(const CsvTable& table, const CsvRow& cells, const Catalog& catalog)
{
    ServingRow row;
    row.line = cells.line;
    for (const auto& column : table.columns)
        row.columns[column] = std::string(table.text(cells, column));
    row.engine = toLower(table.text(cells, "engine"));
    const auto input = cell(table, cells, "input_tokens_nominal", 1, 1e8);
    const auto output = cell(table, cells, "output_tokens_nominal", 1, 1e8);
    const auto concurrency = cell(table, cells, "concurrency", 1, 1e7);
    const auto ttft = measuredCell(table, cells, "ttft_mean_ms");
    const auto tpot = measuredCell(table, cells, "tpot_mean_ms");
    for (const auto* value : { &input, &output, &concurrency }) {
        if (!*value)
            return tl::unexpected(value->error());
    }
    for (const auto* value : { &ttft, &tpot }) {
        if (!*value)
            return tl::unexpected(value->error());
    }
    row.workload.greedy = namesDataParallelSize(table.text(cells, "parallelism"));
    if (row.workload.greedy) {
        row.workload.prompt = uniformLengths(*input);
        row.workload.output = uniformLengths(*output);
    } else {
        row.workload.prompt.mean = *input;
        row.workload.output.mean = *output;
    }
    row.workload.load = Load::closed(*concurrency);
    row.workload.rounds =
        10; // the usual number of requests is ten times the concurrency, all sent at once
    row.measuredTtft = *ttft;
    row.measuredTpot = *tpot;
    if (auto resolved = resolve(row, table, cells, catalog); !resolved) {
        if (resolved.error().code != ErrorCode::Unsupported)
            return tl::unexpected(resolved.error());
        row.unsupported = resolved.error().detail;
    }
    return row;
}

bool exceedsCapacity(const ServingRow& row, const Catalog& catalog)
{
    const EngineSettings& engine = row.candidate.engine;
    const double concurrency = // of one replica
        row.workload.load.concurrency / row.candidate.topology.pool.replicas;
    const double context = row.workload.prompt.mean + row.workload.output.mean / 2;
    const double seats =
        static_cast<double>(engine.maxNumSeqs) * row.candidate.topology.pool.parallelism.data;
    const auto figures = memoryFigures(row.candidate, catalog.engineVersion(engine.version));
    return concurrency > seats || concurrency * context > figures.kvCacheTokens;
}

Result<> predict(ServingRow& row, const Catalog& catalog, const Engine& engine, RunContext context)
{
    const auto estimate = engine.estimate(row.candidate, row.workload, context);
    if (!estimate) {
        if (estimate.error().code != ErrorCode::Unsupported)
            return tl::unexpected(estimate.error());
        row.unsupported = estimate.error().detail;
        return {};
    }
    row.predictedTtft = estimate->ttft.mean;
    row.predictedTpot = estimate->itl.mean;
    row.ttftInterval = estimate->ttft.meanInterval;
    row.tpotInterval = estimate->itl.meanInterval;
    row.nearSaturation = estimate->nearSaturation || exceedsCapacity(row, catalog);
    return {};
}

constexpr std::array<std::string_view, 2> servingMetrics { "ttft_mean", "tpot_mean" };
constexpr std::string_view throughputMetric = "output_tokens_per_s_per_gpu";

/** What a closed loop makes per GPU when a request takes so long (Little's law). */
double throughputPerGpu(const ServingRow& row, Seconds ttft, Seconds tpot)
{
    const double output = row.workload.output.mean;
    const double request = ttft.value() + tpot.value() * std::max(0.0, output - 1);
    return row.workload.load.concurrency * output / request / row.candidate.topology.gpus();
}

/** In the order of the metrics. */
std::array<std::optional<ComparedValue>, 2> figuresOf(const ServingRow& row)
{
    const auto value = [](const std::optional<Seconds>& measured, Seconds predicted,
                          const IntervalFactors& factors) -> std::optional<ComparedValue> {
        if (!measured)
            return std::nullopt;
        return ComparedValue { .measured = inMilliseconds(*measured),
                               .predicted = inMilliseconds(predicted),
                               .low = inMilliseconds(predicted * factors.low),
                               .high = inMilliseconds(predicted * factors.high) };
    };
    return { value(row.measuredTtft, row.predictedTtft, row.ttftInterval),
             value(row.measuredTpot, row.predictedTpot, row.tpotInterval) };
}

ComparedCase& addCase(const ServingRow& row, Comparison& comparison)
{
    CaseTraits traits = traitsOf(row.candidate);
    traits.engine = row.engine;
    if (row.candidate.topology.disaggregation)
        traits.layout = row.candidate.topology.label();
    if (const auto it = row.columns.find("engine_version");
        it != row.columns.end() && !it->second.empty())
        traits.engineVersion = it->second;
    ComparedCase& entry = comparison.add("line " + std::to_string(row.line), std::move(traits));
    entry.nearSaturation = row.nearSaturation;
    return entry;
}

void compare(const ServingRow& row, Comparison& comparison)
{
    const auto figures = figuresOf(row);
    addCase(row, comparison).figures.assign(figures.begin(), figures.end());
}

void compareThroughput(const ServingRow& row, Comparison& comparison)
{
    if (!row.measuredTtft || !row.measuredTpot)
        return;
    addCase(row, comparison).figures = { ComparedValue {
        .measured = throughputPerGpu(row, *row.measuredTtft, *row.measuredTpot),
        .predicted = throughputPerGpu(row, row.predictedTtft, row.predictedTpot) } };
}

Comparison emptyComparison()
{
    return { .metrics = { servingMetrics.begin(), servingMetrics.end() },
             .unit = "ms",
             .cases = {} };
}

/** Where a row is counted: rows that are set apart, and those of each other engine, have their own place. */
Comparison& comparisonFor(const ServingRow& row, ServingEvaluation& evaluation)
{
    if (!row.setApart.empty())
        return evaluation.setApart;
    if (row.candidate.topology.disaggregation)
        return evaluation.disaggregated.try_emplace(row.engine, emptyComparison()).first->second;
    if (row.engine == "vllm")
        return evaluation.comparison;
    return evaluation.otherEngines.try_emplace(row.engine, emptyComparison()).first->second;
}

nlohmann::json rowJson(const ServingRow& row)
{
    nlohmann::json entry = { { "line", row.line } };
    for (const auto& [column, text] : row.columns)
        entry[column] = text;
    if (!row.unsupported.empty()) {
        entry["unsupported"] = row.unsupported;
        return entry;
    }
    const auto range = [](Seconds mean, const IntervalFactors& factors) {
        return std::pair { inMilliseconds(mean * factors.low),
                           inMilliseconds(mean * factors.high) };
    };
    const auto ttft = range(row.predictedTtft, row.ttftInterval);
    const auto tpot = range(row.predictedTpot, row.tpotInterval);
    entry["predicted"] = { { "ttft_mean_ms", inMilliseconds(row.predictedTtft) },
                           { "ttft_mean_lo_ms", ttft.first },
                           { "ttft_mean_hi_ms", ttft.second },
                           { "tpot_mean_ms", inMilliseconds(row.predictedTpot) },
                           { "tpot_mean_lo_ms", tpot.first },
                           { "tpot_mean_hi_ms", tpot.second },
                           { "near_saturation", row.nearSaturation } };
    if (!row.setApart.empty())
        entry["set_apart"] = row.setApart;
    entry["compared"] = nlohmann::json::object();
    const auto figures = figuresOf(row);
    for (std::size_t i = 0; i < figures.size(); ++i) {
        if (figures[i])
            entry["compared"][std::string(servingMetrics[i])] = comparedJson(*figures[i]);
    }
    return entry;
}

} // namespace

Result<std::vector<ServingRow>> readServingRows(std::string_view csv, const std::string& fileName,
                                                const Catalog& catalog)
{
    const auto table = parseCsv(csv, fileName);
    if (!table)
        return tl::unexpected(table.error());
    const auto complete = table->requireColumns({ "model", "gpu", "engine", "precision", "mode",
                                                  "input_tokens_nominal", "output_tokens_nominal",
                                                  "concurrency", "parallelism" });
    if (!complete)
        return tl::unexpected(complete.error());
    std::vector<ServingRow> rows;
    for (const auto& cells : table->rows) {
        auto row = readRow(*table, cells, catalog);
        if (!row)
            return tl::unexpected(row.error());
        rows.push_back(std::move(*row));
    }
    setUnrecordedApart(rows, catalog);
    return rows;
}

Result<ServingEvaluation> evaluateServing(std::vector<ServingRow> rows, const Catalog& catalog,
                                          const EngineChoice& engine, RunContext& context)
{
    std::vector<Result<>> results(rows.size());
    const bool complete = parallelFor(
        rows.size(), context,
        [&](std::size_t i, unsigned) {
            ServingRow& row = rows[i];
            if (row.unsupported.empty())
                results[i] = predict(row, catalog, engine.of(row.candidate), innerContext(context));
        },
        "evaluate");
    if (!complete)
        return cancelled();
    ServingEvaluation evaluation;
    evaluation.engine = engine.id;
    evaluation.comparison = emptyComparison();
    evaluation.setApart = emptyComparison();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        ServingRow& row = rows[i];
        if (!results[i])
            return tl::unexpected(results[i].error());
        if (!row.unsupported.empty())
            continue;
        compare(row, comparisonFor(row, evaluation));
        if (row.candidate.topology.disaggregation && row.setApart.empty())
            compareThroughput(
                row,
                evaluation.disaggregatedThroughput
                    .try_emplace(row.engine,
                                 Comparison { .metrics = { std::string(throughputMetric) },
                                              .unit = "tokens/s/GPU",
                                              .cases = {} })
                    .first->second);
    }
    evaluation.errors = errorsOf(evaluation.comparison);
    evaluation.belowSaturation = errorsOf(evaluation.comparison, CaseFilter::BelowSaturation);
    evaluation.rows = std::move(rows);
    return evaluation;
}

Result<ServingEvaluation> evaluateServing(std::string_view csv, const std::string& fileName,
                                          const Catalog& catalog, const EngineChoice& engine,
                                          RunContext& context)
{
    return readServingRows(csv, fileName, catalog).and_then([&](std::vector<ServingRow> rows) {
        return evaluateServing(std::move(rows), catalog, engine, context);
    });
}

Result<ServingEvaluation> evaluateServing(std::string_view csv, const std::string& fileName,
                                          const Catalog& catalog, const Engine& engine,
                                          RunContext& context)
{
    return evaluateServing(csv, fileName, catalog, always(engine), context);
}

Comparison joined(const std::map<std::string, Comparison>& byEngine)
{
    Comparison all;
    for (const auto& [name, comparison] : byEngine) {
        all.metrics = comparison.metrics;
        all.unit = comparison.unit;
        all.cases.insert(all.cases.end(), comparison.cases.begin(), comparison.cases.end());
    }
    return all;
}

nlohmann::json toJson(const ServingEvaluation& evaluation, const Grouping& grouping)
{
    nlohmann::json rows = nlohmann::json::array();
    for (const auto& row : evaluation.rows)
        rows.push_back(rowJson(row));
    nlohmann::json others = nlohmann::json::object();
    for (const auto& [name, comparison] : evaluation.otherEngines)
        others[name] = errorsJson(errorsOf(comparison));
    nlohmann::json disaggregated = nlohmann::json::object();
    for (const auto& [name, comparison] : evaluation.disaggregated) {
        disaggregated[name] = errorsJson(errorsOf(comparison));
        if (const auto it = evaluation.disaggregatedThroughput.find(name);
            it != evaluation.disaggregatedThroughput.end())
            disaggregated[name].update(errorsJson(errorsOf(it->second)));
    }
    if (!evaluation.disaggregated.empty()) {
        nlohmann::json& all = disaggregated["all"];
        all = errorsJson(errorsOf(joined(evaluation.disaggregated)));
        all.update(errorsJson(errorsOf(joined(evaluation.disaggregatedThroughput))));
    }
    return { { "engine", evaluation.engine },
             { "rows", std::move(rows) },
             { "errors", errorsJson(evaluation.errors) },
             { "errors_below_saturation", errorsJson(evaluation.belowSaturation) },
             { "near_saturation", nearSaturationCount(evaluation.comparison) },
             { "errors_other_engines", std::move(others) },
             { "errors_disaggregated", std::move(disaggregated) },
             { "errors_set_apart", errorsJson(errorsOf(evaluation.setApart)) },
             { "groups", groupsJson(evaluation.comparison, grouping) },
             { "worst", worstJson(evaluation.comparison) } };
}

} // namespace llmd
