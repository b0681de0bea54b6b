// SPDX-License-Identifier: Apache-2.0
#include "manifests.h"

#include <core/base/text.h>
#include <core/base/yamlreader.h>
#include <core/plan/names.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <limits>

namespace llmd {

namespace {

using Json = nlohmann::json;

constexpr int currentFormat = 1;
constexpr std::size_t sizeLimit = 4u << 20;
constexpr int depthLimit = 32;

/** Reads fields of one object and remembers the first that is absent or of the wrong type. */
class Fields
{
public:
    Fields(const Json& root, std::string section)
        : m_section(std::move(section))
    {
        const auto it = root.find(m_section);
        if (it != root.end() && it->is_object())
            m_object = &*it;
        else
            m_problem = fmt::format("'{}' is missing or not an object", m_section);
    }

    [[nodiscard]] int integer(const char* key, int lowest = 1)
    {
        const auto* value = find(key);
        if (value && value->is_number_integer()) {
            const auto number = value->get<std::int64_t>();
            if (number >= lowest && number <= std::numeric_limits<int>::max() / 2)
                return static_cast<int>(number);
        }
        complain(key, fmt::format("a whole number of at least {}", lowest));
        return lowest;
    }
    [[nodiscard]] bool boolean(const char* key)
    {
        const auto* value = find(key);
        if (value && value->is_boolean())
            return value->get<bool>();
        complain(key, "true or false");
        return false;
    }
    [[nodiscard]] double fraction(const char* key)
    {
        const auto* value = find(key);
        const double number = value && value->is_number() ? value->get<double>() : -1;
        if (number > 0 && number <= 1)
            return number;
        complain(key, "a number within 0 … 1");
        return 1;
    }
    [[nodiscard]] std::string text(const char* key)
    {
        const auto* value = find(key);
        if (value && value->is_string())
            return value->get<std::string>();
        complain(key, "a text");
        return {};
    }
    [[nodiscard]] double number(const char* key, double lowest, double highest)
    {
        const auto* value = find(key);
        const double number = value && value->is_number() ? value->get<double>() : lowest - 1;
        if (number >= lowest && number <= highest)
            return number;
        complain(key, fmt::format("a number of {} to {}", lowest, highest));
        return lowest;
    }
    [[nodiscard]] bool has(const char* key) const { return find(key) != nullptr; }
    [[nodiscard]] const std::string& problem() const { return m_problem; }

private:
    [[nodiscard]] const Json* find(const char* key) const
    {
        if (!m_object)
            return nullptr;
        const auto it = m_object->find(key);
        return it == m_object->end() ? nullptr : &*it;
    }
    void complain(const char* key, const std::string& expected)
    {
        if (m_problem.empty())
            m_problem = fmt::format("'{}.{}' is missing or not {}", m_section, key, expected);
    }

    std::string m_section;
    const Json* m_object = nullptr;
    std::string m_problem;
};

tl::unexpected<Error> syntaxFailure(const std::string& why)
{
    return failure(ErrorCode::Syntax, "this is not a planner.json of an export: " + why);
}

Result<Json> parsePlan(std::string_view text)
{
    if (text.size() > sizeLimit)
        return failure(
            ErrorCode::LimitExceeded,
            fmt::format("the plan has {} bytes, at most {} are read", text.size(), sizeLimit));
    bool tooDeep = false;
    const auto limit = [&tooDeep](int depth, Json::parse_event_t, Json&) {
        tooDeep = tooDeep || depth > depthLimit;
        return !tooDeep;
    };
    auto json = Json::parse(text, limit, false);
    if (tooDeep)
        return failure(ErrorCode::LimitExceeded,
                       fmt::format("the plan is nested deeper than {} levels", depthLimit));
    if (!json.is_object())
        return syntaxFailure("expected a JSON object");
    if (json.value("kind", Json()) != plannerFileKind)
        return syntaxFailure(fmt::format("expected \"kind\": \"{}\"", plannerFileKind));
    const auto format = json.value("format", Json());
    if (!format.is_number_integer() || format.get<std::int64_t>() < 1)
        return syntaxFailure("expected \"format\": 1");
    if (format.get<std::int64_t>() > currentFormat)
        return failure(
            ErrorCode::Unsupported,
            fmt::format("the plan has format {}, this version reads up to {}; use a newer planner",
                        format.get<std::int64_t>(), currentFormat));
    return json;
}

Result<> readModel(const Json& root, const Catalog& catalog, ImportedPlan& plan)
{
    Fields fields(root, "model");
    const auto id = fields.text("id");
    const auto weights = fields.text("weights");
    const bool atLoad = fields.boolean("quantized_at_load");
    if (!fields.problem().empty())
        return syntaxFailure(fields.problem());
    const auto stored = catalog.model(id);
    if (!stored)
        return tl::unexpected(stored.error());
    plan.candidate.model = *stored;
    if (!atLoad)
        return {};
    const auto precision = parsePrecision(weights);
    if (!precision)
        return syntaxFailure(fmt::format("'{}' is not a precision", oneLine(weights, 40)));
    auto variant = std::make_shared<Model>(**stored);
    variant->architecture = quantizedAtLoad(variant->architecture, *precision);
    if (fields.has("name"))
        variant->displayName = fields.text("name");
    plan.candidate.model = variant.get();
    plan.variant = std::move(variant);
    return {};
}

Pool readPool(Fields& fields)
{
    Pool pool;
    pool.parallelism.tensor = fields.integer("tensor_parallel");
    pool.parallelism.pipeline = fields.integer("pipeline_parallel");
    pool.parallelism.data = fields.integer("data_parallel");
    pool.parallelism.expert = fields.boolean("expert_parallel");
    pool.replicas = fields.integer("replicas");
    return pool;
}

Result<> readSpeculation(const Json& engineJson, const Catalog& catalog, EngineSettings& engine)
{
    Fields fields(engineJson, "speculative");
    SpeculativeDecoding guess;
    const auto name = fields.text("method");
    guess.head = fields.text("head");
    guess.tokens = fields.integer("tokens");
    guess.acceptance = fields.number("acceptance", 0, 1);
    guess.decay = fields.number("decay", 0, 1);
    guess.stated = fields.boolean("stated");
    const auto draft = fields.has("draft") ? fields.text("draft") : std::string();
    if (!fields.problem().empty())
        return syntaxFailure(fields.problem());
    constexpr std::array methods { DraftMethod::DraftModel, DraftMethod::Mtp, DraftMethod::Eagle3,
                                   DraftMethod::NGram };
    const auto method =
        std::ranges::find(methods, name, [](DraftMethod each) { return toString(each); });
    if (method == methods.end())
        return syntaxFailure(fmt::format("'{}' is not a way of drafting", oneLine(name, 40)));
    guess.method = *method;
    if (!draft.empty()) {
        const auto model = catalog.model(draft);
        if (!model)
            return tl::unexpected(model.error());
        guess.draft = *model;
    }
    engine.speculative = std::move(guess);
    return {};
}

/** Settings that most plans do without. */
Result<> readFeatures(const Json& engineJson, const Catalog& catalog, EngineSettings& engine)
{
    if (engineJson.contains("expert_exchange")) {
        const auto& name = engineJson["expert_exchange"];
        const auto parsed =
            name.is_string() ? parseExpertExchange(name.get<std::string>()) : std::nullopt;
        if (!parsed)
            return syntaxFailure("'engine.expert_exchange' is not a way of exchange");
        engine.expertExchange = *parsed;
    }
    if (engineJson.contains("lora")) {
        Fields fields(engineJson, "lora");
        LoraServing lora;
        lora.adapters = fields.integer("adapters");
        lora.rank = fields.integer("rank");
        lora.slotCount = fields.integer("slots");
        lora.targets =
            fields.boolean("attention_only") ? LoraTargets::Attention : LoraTargets::Linear;
        if (!fields.problem().empty())
            return syntaxFailure(fields.problem());
        engine.lora = lora;
    }
    if (engineJson.contains("kv_offload")) {
        Fields fields(engineJson, "kv_offload");
        engine.offload.cpu = Bytes(fields.number("cpu_bytes", 0, 1e15));
        engine.offload.disk = Bytes(fields.number("disk_bytes", 0, 1e16));
        if (!fields.problem().empty())
            return syntaxFailure(fields.problem());
    }
    return engineJson.contains("speculative") ? readSpeculation(engineJson, catalog, engine)
                                              : Result<>();
}

Result<EngineSettings> readEngine(const Json& root, const Catalog& catalog)
{
    Fields fields(root, "engine");
    EngineSettings engine;
    const auto version = fields.text("version");
    engine.maxModelLen = fields.integer("max_model_len");
    engine.maxNumSeqs = fields.integer("max_num_seqs");
    engine.maxNumBatchedTokens = fields.integer("max_num_batched_tokens");
    engine.gpuMemoryUtilization = fields.fraction("gpu_memory_utilization");
    engine.blockSize = fields.integer("block_size");
    engine.prefixCaching = fields.boolean("prefix_caching");
    engine.chunkedPrefill = fields.boolean("chunked_prefill");
    engine.enforceEager = fields.boolean("enforce_eager");
    const auto keyValueType = fields.text("kv_cache_dtype");
    if (!fields.problem().empty())
        return syntaxFailure(fields.problem());
    const auto parsed = parseVersion(version);
    if (!parsed)
        return syntaxFailure(fmt::format("'{}' is not a version", oneLine(version, 40)));
    engine.version = *parsed;
    engine.keyValueCache = parsePrecision(keyValueType);
    if (keyValueType != "auto" && !engine.keyValueCache)
        return syntaxFailure(
            fmt::format("'{}' is not a type of the KV cache", oneLine(keyValueType, 40)));
    if (auto features = readFeatures(root["engine"], catalog, engine); !features)
        return tl::unexpected(features.error());
    return engine;
}

Result<> readTransfer(const Json& root, Disaggregation& split)
{
    Fields fields(root, "transfer");
    const auto path = fields.text("path");
    split.transfer.overlap = fields.number("overlap", 0, 1);
    split.localPromptTokens = fields.number("local_prompt_tokens", 0, 1e9);
    split.prefillDerate = fields.fraction("prefill_derate");
    split.decodeDerate = fields.fraction("decode_derate");
    if (fields.has("bytes_per_second"))
        split.transfer.bandwidth = BytesPerSecond(fields.number("bytes_per_second", 1, 1e15));
    if (fields.has("latency_seconds"))
        split.transfer.latency = Seconds(fields.number("latency_seconds", 0, 1e6));
    if (!fields.problem().empty())
        return syntaxFailure(fields.problem());
    const auto parsed = parseTransferPath(path);
    if (!parsed)
        return syntaxFailure(fmt::format("'{}' is not a way of transfer", oneLine(path, 40)));
    split.transfer.path = *parsed;
    return {};
}

/** The servers that compute prompts. */
Result<> readPrefill(const Json& root, const Catalog& catalog, ImportedPlan& plan)
{
    Fields fields(root, "prefill");
    Disaggregation split;
    split.prefill = readPool(fields);
    const auto gpuId = fields.text("gpu");
    if (!fields.problem().empty())
        return syntaxFailure(fields.problem());
    const auto gpu = catalog.gpu(gpuId);
    if (!gpu)
        return tl::unexpected(gpu.error());
    if (*gpu != plan.candidate.gpu)
        split.gpu = *gpu;
    const auto engine = readEngine(root["prefill"], catalog);
    if (!engine)
        return tl::unexpected(engine.error());
    split.engine = *engine;
    if (auto transfer = readTransfer(root, split); !transfer)
        return transfer;
    plan.candidate.topology.disaggregation = std::move(split);
    return {};
}

Result<> readTopology(const Json& root, const Catalog& catalog, ImportedPlan& plan)
{
    Fields fields(root, "topology");
    const auto kind = fields.text("kind");
    if (fields.problem().empty() && kind != "aggregated" && kind != "disaggregated")
        return failure(ErrorCode::Unsupported,
                       fmt::format("the topology '{}' is not known", oneLine(kind, 40)));
    plan.candidate.topology.pool = readPool(fields);
    if (!fields.problem().empty())
        return syntaxFailure(fields.problem());
    return kind == "disaggregated" ? readPrefill(root, catalog, plan) : Result<>();
}

Result<> readEngineSettings(const Json& root, const Catalog& catalog, ImportedPlan& plan)
{
    auto engine = readEngine(root, catalog);
    if (!engine)
        return tl::unexpected(engine.error());
    plan.candidate.engine = *engine;
    return {};
}

Result<> readGpu(const Json& root, const Catalog& catalog, ImportedPlan& plan)
{
    Fields fields(root, "gpu");
    const auto id = fields.text("id");
    if (!fields.problem().empty())
        return syntaxFailure(fields.problem());
    const auto gpu = catalog.gpu(id);
    if (!gpu)
        return tl::unexpected(gpu.error());
    plan.candidate.gpu = *gpu;
    return {};
}

Result<> readNeed(const Json& root, ImportedPlan& plan)
{
    const auto it = root.find("requirements_yaml");
    if (it == root.end() || !it->is_string())
        return syntaxFailure("'requirements_yaml' is missing or not a text");
    const auto yaml = parseYaml(it->get<std::string>(), "requirements_yaml");
    if (!yaml)
        return tl::unexpected(yaml.error());
    auto loaded = readRequirements(*yaml);
    plan.requirements = std::move(loaded.value);
    plan.issues = std::move(loaded.issues);
    return {};
}

} // namespace

bool isPlan(std::string_view text)
{
    const auto json = text.size() > sizeLimit ? Json() : Json::parse(text, nullptr, false);
    return json.is_object() && json.value("kind", Json()) == plannerFileKind;
}

Result<ImportedPlan> readPlan(std::string_view text, const Catalog& catalog)
{
    const auto root = parsePlan(text);
    if (!root)
        return tl::unexpected(root.error());
    ImportedPlan plan;
    for (const auto& read : { readModel(*root, catalog, plan), readGpu(*root, catalog, plan),
                              readTopology(*root, catalog, plan),
                              readEngineSettings(*root, catalog, plan), readNeed(*root, plan) }) {
        if (!read)
            return tl::unexpected(read.error());
    }
    return plan;
}

} // namespace llmd
