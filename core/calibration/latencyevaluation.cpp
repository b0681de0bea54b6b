// SPDX-License-Identifier: Apache-2.0
#include "latencyevaluation.h"

#include "measuredmodel.h"

#include <core/base/jsonfields.h>
#include <core/base/parallel.h>
#include <core/candidate/enginedefaults.h>

#include <nlohmann/json.hpp>

#include <algorithm>

namespace llmd {

namespace {

constexpr std::size_t experimentLimit = 100'000;

std::string keyOf(std::string_view metric)
{
    return std::string(metric) + "_ms";
}

/** Measured values of one stage or of the summary; any of them may be missing. */
Result<LatencyFigures> readFigures(const JsonFields& measured, const char* key)
{
    LatencyFigures figures;
    if (!measured.has(key))
        return figures;
    const auto row = measured.object(key);
    if (!row)
        return tl::unexpected(row.error());
    for (std::size_t i = 0; i < latencyMetrics.size(); ++i) {
        const auto value = row->optionalNumber(keyOf(latencyMetrics[i]).c_str());
        if (!value)
            return tl::unexpected(value.error());
        if (*value)
            figures.values[i] = milliseconds(**value);
    }
    return figures;
}

/** Takes numbers out of JSON fields and keeps the first error, so that a reader can go on without a check per field. */
class Taker
{
public:
    explicit Taker(const JsonFields& fields)
        : m_fields(fields)
    { }

    double number(const char* key, double low, double high)
    {
        return take(m_fields.number(key, low, high), 0.0);
    }
    double number(const char* key, double low, double high, double fallback)
    {
        return take(m_fields.number(key, low, high, fallback), fallback);
    }
    int whole(const char* key, int low, int high, int fallback)
    {
        return take(m_fields.whole(key, low, high, fallback), fallback);
    }
    bool flag(const char* key, bool fallback)
    {
        return take(m_fields.flag(key, fallback), fallback);
    }
    std::string text(const char* key) { return take(m_fields.text(key), std::string()); }

    [[nodiscard]] const std::optional<Error>& error() const { return m_error; }

private:
    template <class T> T take(const Result<T>& result, T fallback)
    {
        if (result)
            return *result;
        if (!m_error)
            m_error = result.error();
        return fallback;
    }

    const JsonFields& m_fields;
    std::optional<Error> m_error;
};

Result<EngineSettings> readSettings(const JsonFields& fields, EngineSettings settings)
{
    Taker take(fields);
    settings.maxModelLen = take.whole("max_model_len", 1, 100'000'000, settings.maxModelLen);
    settings.maxNumSeqs = take.whole("max_num_seqs", 1, 1'000'000, settings.maxNumSeqs);
    settings.maxNumBatchedTokens =
        take.whole("max_num_batched_tokens", 1, 100'000'000, settings.maxNumBatchedTokens);
    settings.gpuMemoryUtilization =
        take.number("gpu_memory_utilization", 0.01, 1, settings.gpuMemoryUtilization);
    settings.prefixCaching = take.flag("prefix_caching", settings.prefixCaching);
    settings.chunkedPrefill = take.flag("chunked_prefill", settings.chunkedPrefill);
    settings.enforceEager = take.flag("enforce_eager", settings.enforceEager);
    if (take.error())
        return tl::unexpected(*take.error());
    return settings;
}

Result<Workload> readWorkload(const JsonFields& fields)
{
    Taker take(fields);
    Workload workload;
    workload.prompt.mean = take.number("prompt_tokens_mean", 1, 1e8);
    workload.output.mean = take.number("output_tokens", 1, 1e8);
    workload.prefix.sharedTokens = take.number("system_prompt_tokens", 0, 1e8, 0);
    workload.prefix.groups = take.whole("system_prompt_groups", 1, 1'000'000'000, 1);
    workload.prefix.uniquePrompts = take.whole("unique_prompts", 0, 1'000'000'000, 0);
    workload.greedy = take.flag("greedy", false);
    if (take.error())
        return tl::unexpected(*take.error());
    return workload;
}

/** One experiment as text and numbers, before the catalog is asked. */
struct RawExperiment
{
    std::string id;
    std::string model;
    std::string gpu;
    std::string precision;
    std::string version;
    Parallelism parallelism;
    JsonFields settings;
    Workload workload;
    std::vector<LatencyStage> stages;
    LatencyFigures summary;
};

Result<std::vector<LatencyStage>> readStages(const JsonFields& workload, const JsonFields* measured)
{
    const auto& stages =
        workload.json().contains("stages") ? workload.json()["stages"] : nlohmann::json();
    if (!stages.is_array() || stages.empty())
        return workload.bad(ErrorCode::WrongType, "stages", "a list with at least one stage");
    std::vector<LatencyStage> result;
    for (std::size_t i = 0; i < stages.size(); ++i) {
        const JsonFields fields(stages[i], workload.path() + ".stages[" + std::to_string(i) + "]",
                                "");
        Taker take(fields);
        LatencyStage stage;
        if (fields.has("concurrency"))
            stage.load = Load::closed(take.number("concurrency", 1, 1e7));
        else
            stage.load = Load::open(RequestsPerSecond(take.number("rate_rps", 1e-6, 1e7)));
        stage.duration = Seconds(take.number("duration_s", 0, 1e9, 0));
        if (take.error())
            return tl::unexpected(*take.error());
        if (measured != nullptr) {
            auto figures = readFigures(*measured, ("stage_" + std::to_string(i)).c_str());
            if (!figures)
                return tl::unexpected(figures.error());
            stage.measured = *figures;
        }
        result.push_back(std::move(stage));
    }
    return result;
}

Result<RawExperiment> readExperiment(const JsonFields& fields, const std::string& fileName)
{
    Taker take(fields);
    static const nlohmann::json nothing = nlohmann::json::object();
    const Result<JsonFields> settings =
        fields.has("vllm") ? fields.object("vllm") : JsonFields(nothing, "vllm", fileName);
    const auto workloadFields = fields.object("workload");
    if (!settings)
        return tl::unexpected(settings.error());
    if (!workloadFields)
        return tl::unexpected(workloadFields.error());
    RawExperiment raw { .id = take.text("id"),
                        .model = take.text("model"),
                        .gpu = take.text("gpu"),
                        .precision =
                            fields.has("precision") ? take.text("precision") : std::string(),
                        .version = {},
                        .parallelism = {},
                        .settings = *settings,
                        .workload = {},
                        .stages = {},
                        .summary = {} };
    raw.parallelism.tensor = take.whole("tensor_parallel", 1, 100'000, 1);
    raw.parallelism.pipeline = take.whole("pipeline_parallel", 1, 100'000, 1);
    raw.parallelism.data = take.whole("data_parallel", 1, 100'000, 1);
    raw.parallelism.expert = take.flag("expert_parallel", false);
    if (take.error())
        return tl::unexpected(*take.error());
    if (raw.settings.has("version")) {
        const auto version = raw.settings.text("version");
        if (!version)
            return tl::unexpected(version.error());
        raw.version = *version;
    }
    auto workload = readWorkload(*workloadFields);
    if (!workload)
        return tl::unexpected(workload.error());
    raw.workload = *workload;
    std::optional<JsonFields> measured;
    if (fields.has("measured")) {
        auto object = fields.object("measured");
        if (!object)
            return tl::unexpected(object.error());
        measured = std::move(*object);
        auto summary = readFigures(*measured, "summary");
        if (!summary)
            return tl::unexpected(summary.error());
        raw.summary = *summary;
    }
    auto stages = readStages(*workloadFields, measured ? &*measured : nullptr);
    if (!stages)
        return tl::unexpected(stages.error());
    raw.stages = std::move(*stages);
    return raw;
}

struct ResolvedExperiment
{
    Candidate candidate;
    std::shared_ptr<const Model> variant;
};

/** The experiment's candidate; `Unsupported` for what the catalog does not know, other errors for bad fields. */
Result<ResolvedExperiment> resolve(const RawExperiment& raw, const Catalog& catalog)
{
    const Gpu* gpu = catalog.findGpu(raw.gpu);
    if (gpu == nullptr)
        return failure(ErrorCode::Unsupported, "the catalog has no GPU '" + raw.gpu + "'");
    const auto model = measuredModel(catalog, raw.model, raw.precision, *gpu);
    if (!model)
        return tl::unexpected(model.error());
    SemanticVersion version = EngineSettings().version;
    if (!raw.version.empty()) {
        const auto parsed = parseVersion(raw.version);
        if (!parsed)
            return raw.settings.bad(ErrorCode::InvalidArgument, "version",
                                    "a version such as 0.19.0");
        version = *parsed;
    }
    ResolvedExperiment result;
    result.variant = model->variant;
    result.candidate.model = model->model;
    result.candidate.gpu = gpu;
    result.candidate.topology.pool.parallelism = raw.parallelism;
    auto settings = readSettings(
        raw.settings,
        defaultEngineSettings(*model->model, *gpu, catalog.engineVersion(version), version));
    if (!settings)
        return tl::unexpected(settings.error());
    result.candidate.engine = *settings;
    const std::string obstacle =
        tensorParallelObstacle(model->model->architecture, raw.parallelism.tensor);
    if (!obstacle.empty())
        return failure(ErrorCode::Unsupported, obstacle);
    return result;
}

Workload stageWorkload(const RawExperiment& raw, std::size_t index)
{
    Workload workload = raw.workload;
    workload.load = raw.stages[index].load;
    workload.duration = raw.stages[index].duration;
    workload.coldStart = index == 0; // later stages find the cache as the earlier ones left it
    return workload;
}

Result<std::vector<RawExperiment>> readFile(const nlohmann::json& document,
                                            const std::string& fileName)
{
    const JsonFields root(document, {}, fileName);
    if (!root.has("experiments") || !document["experiments"].is_array())
        return root.bad(ErrorCode::MissingField, "experiments", "a list");
    const auto& list = document["experiments"];
    if (list.size() > experimentLimit)
        return failure(ErrorCode::LimitExceeded, "more than 100000 experiments",
                       Location { fileName, 0, 0 });
    std::vector<RawExperiment> result;
    for (std::size_t i = 0; i < list.size(); ++i) {
        auto raw = readExperiment(
            JsonFields(list[i], "experiments[" + std::to_string(i) + "]", fileName), fileName);
        if (!raw) {
            Error error = raw.error();
            if (!error.where || error.where->file.empty())
                error.where = Location { fileName, 0, 0 };
            return tl::unexpected(error);
        }
        result.push_back(std::move(*raw));
    }
    return result;
}

LatencyFigures figuresOf(const Estimate& estimate)
{
    LatencyFigures figures;
    figures.values = { estimate.ttft.mean, estimate.ttft.p90, estimate.ttft.p99, estimate.itl.mean,
                       estimate.e2e.mean,  estimate.e2e.p90,  estimate.e2e.p99 };
    const std::array intervals { estimate.ttft.meanInterval, estimate.ttft.tailInterval,
                                 estimate.ttft.tailInterval, estimate.itl.meanInterval,
                                 estimate.e2e.meanInterval,  estimate.e2e.tailInterval,
                                 estimate.e2e.tailInterval };
    for (std::size_t i = 0; i < intervals.size(); ++i) {
        if (intervals[i].stated)
            figures.intervals[i] = LatencyInterval { *figures.values[i] * intervals[i].low,
                                                     *figures.values[i] * intervals[i].high };
    }
    return figures;
}

/** Stages weighted by their number of requests; a percentile over all is at least near the largest of the stages. */
LatencyFigures summaryOf(const std::vector<LatencyStage>& stages)
{
    LatencyFigures summary;
    const auto weightOf = [](const LatencyStage& stage) {
        const double rate = stage.load.kind == Load::Kind::OpenLoop ? stage.load.rate.value()
                                                                    : stage.load.concurrency;
        return rate * std::max(stage.duration.value(), 1e-9);
    };
    double total = 0;
    for (const auto& stage : stages)
        total += weightOf(stage);
    const auto weighted = [&](auto&& valueOf) {
        Seconds sum;
        for (const auto& stage : stages)
            sum += valueOf(stage.predicted) * (weightOf(stage) / total);
        return sum;
    };
    for (std::size_t i = 0; i < summary.values.size(); ++i) {
        summary.values[i] =
            weighted([i](const LatencyFigures& f) { return f.values[i].value_or(Seconds()); });
        const bool stated = std::all_of(stages.begin(), stages.end(), [i](const auto& stage) {
            return stage.predicted.intervals[i].has_value();
        });
        if (stated) {
            summary.intervals[i] = LatencyInterval {
                weighted([i](const LatencyFigures& f) { return f.intervals[i]->low; }),
                weighted([i](const LatencyFigures& f) { return f.intervals[i]->high; })
            };
        }
    }
    return summary;
}

/** Predicts all stages; the reason if that is not possible. */
Result<std::string> predict(LatencyExperiment& experiment, const RawExperiment& raw,
                            const Catalog& catalog, const EngineChoice& choice, RunContext& context)
{
    const auto resolved = resolve(raw, catalog);
    if (!resolved) {
        if (resolved.error().code == ErrorCode::Unsupported)
            return resolved.error().detail;
        return tl::unexpected(resolved.error());
    }
    experiment.gpuId = resolved->candidate.gpu->id;
    experiment.traits = traitsOf(resolved->candidate);
    const Engine& engine = choice.of(resolved->candidate);
    std::vector<Workload> workloads;
    for (std::size_t i = 0; i < experiment.stages.size(); ++i)
        workloads.push_back(stageWorkload(raw, i));
    const auto estimates = engine.estimateStages(resolved->candidate, workloads, context);
    if (!estimates) {
        if (estimates.error().code == ErrorCode::Unsupported)
            return estimates.error().detail;
        return tl::unexpected(estimates.error());
    }
    for (std::size_t i = 0; i < experiment.stages.size(); ++i) {
        experiment.stages[i].predicted = figuresOf((*estimates)[i]);
        experiment.stages[i].nearSaturation = (*estimates)[i].nearSaturation;
    }
    experiment.predictedSummary = summaryOf(experiment.stages);
    return std::string();
}

Result<LatencyExperiment> evaluateExperiment(const RawExperiment& raw, const Catalog& catalog,
                                             const EngineChoice& engine, RunContext context)
{
    LatencyExperiment experiment;
    experiment.id = raw.id;
    experiment.modelId = raw.model;
    experiment.stages = raw.stages;
    experiment.measuredSummary = raw.summary;
    auto reason = predict(experiment, raw, catalog, engine, context);
    if (!reason)
        return tl::unexpected(reason.error());
    experiment.unsupported = std::move(*reason);
    return experiment;
}

/** One metric of a measured and a predicted row in ms; nothing if it was not measured. */
std::optional<ComparedValue> compared(const LatencyFigures& measured,
                                      const LatencyFigures& predicted, std::size_t metric)
{
    const auto& value = measured.values[metric];
    if (!value || !(value->value() > 0))
        return std::nullopt;
    ComparedValue result { .measured = inMilliseconds(*value),
                           .predicted = inMilliseconds(*predicted.values[metric]),
                           .low = {},
                           .high = {} };
    if (const auto& interval = predicted.intervals[metric]) {
        result.low = inMilliseconds(interval->low);
        result.high = inMilliseconds(interval->high);
    }
    return result;
}

/** Adds the experiment's stages to the comparison. */
void compare(LatencyExperiment& experiment, Comparison& comparison)
{
    for (std::size_t index = 0; index < experiment.stages.size(); ++index) {
        LatencyStage& stage = experiment.stages[index];
        stage.comparedCase = comparison.cases.size();
        ComparedCase& entry =
            comparison.add(experiment.id + " stage_" + std::to_string(index), experiment.traits);
        entry.nearSaturation = stage.nearSaturation;
        for (std::size_t i = 0; i < latencyMetrics.size(); ++i)
            entry.figures[i] = compared(stage.measured, stage.predicted, i);
    }
}

nlohmann::json predictedJson(const LatencyFigures& figures)
{
    nlohmann::json json = nlohmann::json::object();
    for (std::size_t i = 0; i < latencyMetrics.size(); ++i) {
        const std::string metric(latencyMetrics[i]);
        if (figures.values[i])
            json[keyOf(metric)] = inMilliseconds(*figures.values[i]);
        if (figures.intervals[i]) {
            json[keyOf(metric + "_lo")] = inMilliseconds(figures.intervals[i]->low);
            json[keyOf(metric + "_hi")] = inMilliseconds(figures.intervals[i]->high);
        }
    }
    return json;
}

nlohmann::json experimentJson(const LatencyExperiment& experiment, const Comparison& comparison)
{
    nlohmann::json entry = { { "id", experiment.id }, { "model", experiment.modelId } };
    if (!experiment.gpuId.empty())
        entry["gpu"] = experiment.gpuId;
    if (!experiment.unsupported.empty()) {
        entry["unsupported"] = experiment.unsupported;
        return entry;
    }
    entry["class"] = experiment.traits.modelClass;
    nlohmann::json predicted = { { "summary", predictedJson(experiment.predictedSummary) } };
    nlohmann::json comparedFigures = nlohmann::json::object();
    for (std::size_t i = 0; i < latencyMetrics.size(); ++i) {
        if (const auto value = compared(experiment.measuredSummary, experiment.predictedSummary, i))
            comparedFigures["summary"][std::string(latencyMetrics[i])] = comparedJson(*value);
    }
    for (std::size_t i = 0; i < experiment.stages.size(); ++i) {
        const LatencyStage& stage = experiment.stages[i];
        const std::string key = "stage_" + std::to_string(i);
        predicted[key] = predictedJson(stage.predicted);
        predicted[key]["near_saturation"] = stage.nearSaturation;
        comparedFigures[key] = figuresJson(comparison, comparison.cases[*stage.comparedCase]);
    }
    entry["predicted"] = std::move(predicted);
    entry["compared"] = std::move(comparedFigures);
    return entry;
}

} // namespace

Result<LatencyEvaluation> evaluateLatency(std::string_view jsonText, const std::string& fileName,
                                          const Catalog& catalog, const EngineChoice& engine,
                                          RunContext& context)
{
    const auto document = parseJsonText(jsonText, fileName);
    if (!document)
        return tl::unexpected(document.error());
    const auto raws = readFile(*document, fileName);
    if (!raws)
        return tl::unexpected(raws.error());
    std::vector<Result<LatencyExperiment>> results(raws->size());
    const bool complete = parallelFor(
        raws->size(), context,
        [&](std::size_t i, unsigned) {
            results[i] = evaluateExperiment((*raws)[i], catalog, engine, innerContext(context));
        },
        "evaluate");
    if (!complete)
        return cancelled();
    LatencyEvaluation evaluation;
    evaluation.engine = engine.id;
    evaluation.comparison.metrics.assign(latencyMetrics.begin(), latencyMetrics.end());
    evaluation.comparison.unit = "ms";
    for (auto& result : results) {
        if (!result)
            return tl::unexpected(result.error());
        if (result->unsupported.empty())
            compare(*result, evaluation.comparison);
        evaluation.experiments.push_back(std::move(*result));
    }
    evaluation.errors = errorsOf(evaluation.comparison);
    return evaluation;
}

Result<LatencyEvaluation> evaluateLatency(std::string_view jsonText, const std::string& fileName,
                                          const Catalog& catalog, const Engine& engine,
                                          RunContext& context)
{
    return evaluateLatency(jsonText, fileName, catalog, always(engine), context);
}

Result<std::vector<LatencyCase>> latencyCases(std::string_view jsonText,
                                              const std::string& fileName, const Catalog& catalog)
{
    const auto document = parseJsonText(jsonText, fileName);
    if (!document)
        return tl::unexpected(document.error());
    const auto raws = readFile(*document, fileName);
    if (!raws)
        return tl::unexpected(raws.error());
    std::vector<LatencyCase> result;
    for (const auto& raw : *raws) {
        const auto resolved = resolve(raw, catalog);
        if (!resolved) {
            if (resolved.error().code == ErrorCode::Unsupported)
                continue;
            return tl::unexpected(resolved.error());
        }
        for (std::size_t i = 0; i < raw.stages.size(); ++i) {
            result.push_back({ raw.id, i, resolved->variant, resolved->candidate,
                               stageWorkload(raw, i), raw.stages[i].measured });
        }
    }
    return result;
}

nlohmann::json toJson(const LatencyEvaluation& evaluation, const Grouping& grouping)
{
    nlohmann::json experiments = nlohmann::json::array();
    for (const auto& experiment : evaluation.experiments)
        experiments.push_back(experimentJson(experiment, evaluation.comparison));
    return { { "engine", evaluation.engine },
             { "experiments", std::move(experiments) },
             { "errors", errorsJson(evaluation.errors) },
             { "near_saturation", nearSaturationCount(evaluation.comparison) },
             { "groups", groupsJson(evaluation.comparison, grouping) },
             { "worst", worstJson(evaluation.comparison) } };
}

} // namespace llmd
