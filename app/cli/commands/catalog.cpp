// SPDX-License-Identifier: Apache-2.0
#include "../commandline.h"
#include "../rankingexplanation.h"
#include "../texttable.h"

#include <core/base/text.h>
#include <core/catalog/qualityfile.h>
#include <core/performance/engine.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace llmd::cli {

namespace {

using Json = nlohmann::ordered_json;
using Align = TextTable::Align;

/** The same rows as a table for people and as objects for scripts. */
class Listing
{
public:
    explicit Listing(std::vector<TextTable::Column> columns)
        : m_table(std::move(columns))
    { }
    void add(std::vector<std::string> cells, Json object)
    {
        m_table.addRow(std::move(cells));
        m_objects.push_back(std::move(object));
    }
    ExitCode print(const Session& session) const
    {
        if (session.json)
            session.printJson(m_objects);
        else
            session.print(m_table.print());
        return ExitCode::Done;
    }

private:
    TextTable m_table;
    Json m_objects = Json::array();
};

Json sourceJson(const Source& source)
{
    return { { "text", source.text },
             { "date", source.date },
             { "confidence", source.confidence } };
}

std::string billions(double parameters)
{
    return fmt::format("{:.1f}B", parameters / 1e9);
}

ExitCode listModels(const Session& session, const Catalog& catalog)
{
    Listing listing({ { "id" },
                      { "parameters", Align::Right },
                      { "active", Align::Right },
                      { "weights" },
                      { "context", Align::Right },
                      { "source" } });
    for (const auto& model : catalog.models) {
        const auto& architecture = model.architecture;
        const auto total = static_cast<double>(architecture.textParameters());
        const auto active = static_cast<double>(architecture.activeParameters());
        listing.add({ model.id, billions(total), billions(active),
                      architecture.quantization.label(), std::to_string(architecture.maxPositions),
                      model.source.text },
                    { { "id", model.id },
                      { "name", model.displayName },
                      { "family", model.family },
                      { "parameters", architecture.textParameters() },
                      { "active_parameters", architecture.activeParameters() },
                      { "published_parameters",
                        model.publishedParameters ? Json(*model.publishedParameters) : Json() },
                      { "layers", architecture.layers() },
                      { "hidden_size", architecture.hiddenSize },
                      { "vocabulary_size", architecture.vocabularySize },
                      { "quantization", architecture.quantization.label() },
                      { "max_positions", architecture.maxPositions },
                      { "approximations", architecture.approximations },
                      { "license", model.license },
                      { "source", sourceJson(model.source) } });
    }
    return listing.print(session);
}

ExitCode listGpus(const Session& session, const Catalog& catalog)
{
    Listing listing({ { "id" },
                      { "name" },
                      { "usable GiB", Align::Right },
                      { "GB/s", Align::Right },
                      { "BF16 TFLOP/s", Align::Right },
                      { "FP8", Align::Right },
                      { "$/h", Align::Right },
                      { "confidence" } });
    for (const auto& gpu : catalog.gpus) {
        const auto price =
            catalog.priceLists.empty() ? std::nullopt : catalog.priceLists.front().price(gpu.id);
        Json prices = Json::object();
        for (const auto& list : catalog.priceLists) {
            if (const auto p = list.price(gpu.id))
                prices[list.id] = inDollarsPerHour(*p);
        }
        listing.add({ gpu.id, gpu.name, fmt::format("{:.1f}", inGibibytes(gpu.usableMemory)),
                      fmt::format("{:.0f}", gpu.memoryBandwidth.value() / 1e9),
                      fmt::format("{:.0f}", gpu.bf16.value() / 1e12),
                      gpu.fp8.value() > 0 ? fmt::format("{:.0f}", gpu.fp8.value() / 1e12) : "–",
                      price ? fmt::format("{:.2f}", inDollarsPerHour(*price)) : "–",
                      gpu.source.confidence },
                    { { "id", gpu.id },
                      { "name", gpu.name },
                      { "vendor", toString(gpu.vendor) },
                      { "architecture", gpu.architecture },
                      { "memory_gb", gpu.memory.value() / 1e9 },
                      { "usable_gib", inGibibytes(gpu.usableMemory) },
                      { "usable_memory_measured", gpu.usableMemoryMeasured },
                      { "memory_bandwidth_gbs", gpu.memoryBandwidth.value() / 1e9 },
                      { "bf16_tflops", gpu.bf16.value() / 1e12 },
                      { "fp8_tflops", gpu.fp8.value() / 1e12 },
                      { "scale_up_gbs", gpu.scaleUpBandwidth.value() / 1e9 },
                      { "gpus_per_node", gpu.gpusPerNode },
                      { "scale_up_domain", gpu.scaleUpDomain },
                      { "tdp_w", gpu.tdp.value() },
                      { "served_by_vllm", gpu.servedByVllm },
                      { "usd_per_hour", prices },
                      { "notes", gpu.notes },
                      { "source", sourceJson(gpu.source) } });
    }
    return listing.print(session);
}

/** Limits that a preset fixes. */
Json targetsJson(const UseCase& useCase)
{
    Json json = Json::object();
    const auto add = [&](const char* name, const std::optional<LatencyTarget>& target) {
        if (target)
            json[name] = { { "percentile", target->percentile },
                           { "max_ms", inMilliseconds(target->limit) } };
    };
    add("ttft", useCase.ttftTarget);
    add("itl", useCase.itlTarget);
    add("e2e", useCase.e2eTarget);
    return json;
}

Json weightsJson(const std::string& useCase, const Catalog& catalog)
{
    Json json = Json::array();
    for (const QualityWeight& weight : qualityWeights(useCase, catalog))
        json.push_back({ { "kind", weight.kind },
                         { "weight", weight.weight },
                         { "benchmarks", weight.benchmarks } });
    return json;
}

/** Which scores a listing of quality is about. */
struct QualityQuestion
{
    std::string model; ///< a name, or empty for all
    std::string useCase; ///< an id, or empty for the scores themselves
};

/** All scores with their sources, or those of one model and of its family. */
ExitCode listScores(const Session& session, const Catalog& catalog, const Model* model)
{
    Listing listing({ { "model" },
                      { "benchmark" },
                      { "score", Align::Right },
                      { "mode" },
                      { "date" },
                      { "source" } });
    for (const QualityScore& score : catalog.qualityScores) {
        if (model && score.family != model->id && score.family != model->family)
            continue;
        listing.add({ score.family, score.benchmark, printNumber(score.score), score.mode,
                      score.source.date, score.source.text },
                    { { "model", score.family },
                      { "benchmark", score.benchmark },
                      { "score", score.score },
                      { "mode", score.mode },
                      { "own", score.userProvided },
                      { "stated_name", score.statedName },
                      { "source", sourceJson(score.source) } });
    }
    return listing.print(session);
}

/** The quality of each model for a use case, best first; of one model with all that it is made of. */
ExitCode listQuality(const Session& session, const Catalog& catalog, const QualityIndex& index,
                     const Model* only)
{
    Listing listing({ { "model" },
                      { "quality", Align::Right },
                      { "from", Align::Right },
                      { "to", Align::Right },
                      { "evidence", Align::Right } });
    std::vector<std::pair<const Model*, std::optional<QualityEvidence>>> rows;
    for (const Model& model : catalog.models) {
        if (!only || only == &model)
            rows.emplace_back(&model, index.evidence(model));
    }
    std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
        return (a.second ? a.second->score : -1) > (b.second ? b.second->score : -1);
    });
    std::string parts;
    for (const auto& [model, evidence] : rows) {
        Json json { { "model", model->id } };
        json["evidence"] = evidence ? qualityJson(*evidence) : Json();
        std::vector<std::string> cells { model->id, "no data", "", "", "" };
        if (evidence)
            cells = { model->id, fmt::format("{:.1f}", evidence->score),
                      fmt::format("{:.1f}", evidence->range.low),
                      fmt::format("{:.1f}", evidence->range.high),
                      fmt::format("{:.0f} %", evidence->coveredWeight * 100) };
        listing.add(std::move(cells), std::move(json));
        if (only && evidence) {
            for (const std::string& line : describe(*evidence))
                parts += "  " + line + "\n";
        }
    }
    const ExitCode status = listing.print(session);
    if (!session.json && !parts.empty())
        session.print("\nMade of\n" + parts);
    return status;
}

ExitCode listQuality(Session& session, const Catalog& catalog, const QualityQuestion& question)
{
    const Model* model = nullptr;
    if (!question.model.empty()) {
        const auto match = matchModelName(question.model, catalog);
        if (!match)
            return session.fail(match.error());
        model = match->model;
        if (!match->exact)
            session.report({ { Severity::Info,
                               ErrorCode::InvalidArgument,
                               fmt::format("\"{}\" is taken for {} ({})", question.model, model->id,
                                           match->how),
                               "model",
                               {} } });
    }
    if (question.useCase.empty())
        return listScores(session, catalog, model);
    const auto useCase = catalog.useCase(question.useCase);
    if (!useCase)
        return session.fail(useCase.error());
    return listQuality(session, catalog, QualityIndex(catalog, (*useCase)->id), model);
}

ExitCode listUseCases(const Session& session, const Catalog& catalog)
{
    Listing listing({ { "id" },
                      { "prompt", Align::Right },
                      { "output", Align::Right },
                      { "TTFT ms" },
                      { "ITL ms" },
                      { "class" } });
    const auto range = [](const LatencyRange& r) {
        return fmt::format("{:g}-{:g}", inMilliseconds(r.best), inMilliseconds(r.acceptable));
    };
    const auto rangeJson = [](const LatencyRange& r) {
        return Json { { "best", inMilliseconds(r.best) },
                      { "acceptable", inMilliseconds(r.acceptable) } };
    };
    for (const auto& useCase : catalog.useCases) {
        listing.add(
            { useCase.id, fmt::format("{:g}", useCase.promptTokens),
              fmt::format("{:g}", useCase.outputTokens), range(useCase.ttft), range(useCase.itl),
              useCase.experienceClass },
            { { "id", useCase.id },
              { "name", useCase.name },
              { "description", useCase.description },
              { "prompt_tokens", useCase.promptTokens },
              { "output_tokens", useCase.outputTokens },
              { "active_share", useCase.activeShare },
              { "requests_per_active_user_and_minute", useCase.requestsPerActiveUserAndMinute },
              { "peak_factor", useCase.peakFactor },
              { "ttft_ms", rangeJson(useCase.ttft) },
              { "itl_ms", rangeJson(useCase.itl) },
              { "e2e_ms", rangeJson(useCase.e2e) },
              { "experience_class", useCase.experienceClass },
              { "targets", targetsJson(useCase) },
              { "priorities",
                { { "cost", useCase.costPriority },
                  { "latency", useCase.latencyPriority },
                  { "quality", useCase.qualityPriority },
                  { "simplicity", useCase.simplicityPriority } } },
              { "quality_weights", weightsJson(useCase.id, catalog) },
              { "own", useCase.userProvided },
              { "source", sourceJson(useCase.source) } });
    }
    return listing.print(session);
}

ExitCode listPrices(const Session& session, const Catalog& catalog)
{
    Listing listing({ { "id" }, { "name" }, { "GPUs", Align::Right }, { "date" }, { "source" } });
    for (const auto& list : catalog.priceLists) {
        Json prices = Json::object();
        for (const auto& [gpu, price] : list.perGpu)
            prices[gpu] = inDollarsPerHour(price);
        listing.add({ list.id, list.name, std::to_string(list.perGpu.size()), list.source.date,
                      list.source.text },
                    { { "id", list.id },
                      { "name", list.name },
                      { "description", list.description },
                      { "usd_per_hour", prices },
                      { "source", sourceJson(list.source) } });
    }
    return listing.print(session);
}

ExitCode listVersions(const Session& session, const Catalog& catalog)
{
    Listing listing({ { "id" }, { "name" }, { "vLLM" }, { "router" }, { "image" } });
    for (const auto& row : catalog.versionRows) {
        listing.add({ row.id, row.name, toString(row.vllm), row.routerVersion, row.vllmImage },
                    { { "id", row.id },
                      { "name", row.name },
                      { "vllm", toString(row.vllm) },
                      { "vllm_image", row.vllmImage },
                      { "router", row.routerVersion },
                      { "epp_config_api", row.eppConfigApiVersion },
                      { "source", sourceJson(row.source) } });
    }
    return listing.print(session);
}

ExitCode listEngines(const Session& session, std::shared_ptr<const Catalog> catalog)
{
    const auto yes = [](bool value) { return value ? "yes" : "no"; };
    Listing listing({ { "id" },
                      { "name" },
                      { "percentiles" },
                      { "MoE" },
                      { "P/D" },
                      { "validated on" },
                      { "what it is" } });
    const EngineRegistry engines(std::move(catalog), session.enginePrograms());
    std::string origins;
    for (const auto& engine : engines.list()) {
        listing.add({ engine.id, engine.name, yes(engine.percentiles), yes(engine.mixtureOfExperts),
                      yes(engine.prefillDecodeDisaggregation), join(engine.validatedGpus, ", "),
                      engine.description },
                    { { "id", engine.id },
                      { "name", engine.name },
                      { "description", engine.description },
                      { "percentiles", engine.percentiles },
                      { "mixture_of_experts", engine.mixtureOfExperts },
                      { "prefill_decode", engine.prefillDecodeDisaggregation },
                      { "validated_gpus", engine.validatedGpus },
                      { "declared_in",
                        engine.declaredIn.empty() ? Json("built in") : Json(engine.declaredIn) },
                      { "available", engine.unavailable.empty() },
                      { "unavailable", engine.unavailable } });
        if (!engine.declaredIn.empty())
            origins += fmt::format("  {}: declared in {}{}\n", engine.id, engine.declaredIn,
                                   engine.unavailable.empty()
                                       ? std::string()
                                       : "\n    cannot run: " + engine.unavailable);
    }
    const ExitCode status = listing.print(session);
    if (!session.json && !origins.empty())
        session.print("\nExternal programs\n" + origins);
    return status;
}

ExitCode list(Session& session, const std::string& what, const QualityQuestion& question)
{
    const auto catalog = session.catalog();
    if (!catalog)
        return session.fail(catalog.error());
    if (what == "models")
        return listModels(session, **catalog);
    if (what == "gpus")
        return listGpus(session, **catalog);
    if (what == "use-cases")
        return listUseCases(session, **catalog);
    if (what == "quality")
        return listQuality(session, **catalog, question);
    if (what == "prices")
        return listPrices(session, **catalog);
    if (what == "versions")
        return listVersions(session, **catalog);
    return listEngines(session, *catalog);
}

} // namespace

void addCatalog(CLI::App& app, Session& session)
{
    auto* command = app.add_subcommand("catalog", "List what the planner knows, with sources");
    auto what = std::make_shared<std::string>();
    auto question = std::make_shared<QualityQuestion>();
    const std::vector<std::string> kinds { "models",   "gpus",    "prices", "use-cases",
                                           "versions", "engines", "quality" };
    command->add_option("what", *what, join(kinds, ", "))->required()->check(CLI::IsMember(kinds));
    command->add_option("--model", question->model,
                        "With quality: only this model, in any usual spelling");
    command->add_option("--use-case", question->useCase,
                        "With quality: what the scores make of each model for this use case");
    command->callback([&session, what, question] {
        session.command = [&session, what, question] { return list(session, *what, *question); };
    });
}

} // namespace llmd::cli
