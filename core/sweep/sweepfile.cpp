// SPDX-License-Identifier: Apache-2.0
#include "sweepfile.h"

#include <core/base/jsonfields.h>
#include <core/base/text.h>
#include <core/base/version.h>
#include <core/base/yamlreader.h>
#include <core/performance/coefficients.h>
#include <core/project/project.h>
#include <core/ranking/ranking.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <map>
#include <set>

namespace llmd {

namespace {

using Json = nlohmann::json; // keys in alphabetical order: the same bytes whoever wrote them

constexpr int formatNumber = 1;
constexpr const char* kindName = "llmd-sweep";
constexpr std::array sameInAllShards { "program", "coefficients", "engine",
                                       "need",    "catalog",      "units" };

class Digest
{
public:
    void add(std::string_view text)
    {
        for (const char c : text)
            addByte(static_cast<unsigned char>(c));
        addByte(0);
    }
    void add(double value) { add(printNumber(value)); }
    [[nodiscard]] std::string print() const { return fmt::format("{:016x}", m_hash); }

private:
    void addByte(unsigned char byte) { m_hash = (m_hash ^ byte) * 0x100000001b3u; } // FNV-1a

    std::uint64_t m_hash = 0xcbf29ce484222325u;
};

Json rankingJson(const RankingInput& input)
{
    return Json { { "cost_per_hour", input.costPerHour },
                  { "e2e_s", input.e2eSeconds },
                  { "ttft_s", input.ttftSeconds },
                  { "itl_s", input.itlSeconds },
                  { "quality", input.quality ? Json(*input.quality) : Json() },
                  { "complexity", input.complexity },
                  { "output_tokens_per_s", input.outputTokensPerSecond } };
}

Json optionJson(const Option& option, const RankingInput& input)
{
    Json json = toJson(option.candidate);
    json["id"] = option.id;
    json["replicas"] = option.candidate.topology.pool.replicas;
    json["total_gpus"] = option.totalGpus;
    json["cost_per_hour_usd"] = inDollarsPerHour(option.cost);
    json["cost_per_month_usd"] = inDollarsPerMonth(option.cost);
    json["capacity_per_replica_rps"] = option.capacityPerReplica.value();
    json["max_concurrency_per_replica"] = option.maxConcurrency;
    json["estimate"] = toJson(option.atPeak);
    json["estimate_at_mean_rate"] = toJson(option.atMean);
    json["ranking"] = rankingJson(input);
    return json;
}

/** What a document must have for its options and refusals to be joined with others'. */
Result<> checkOption(const JsonFields& option)
{
    constexpr double most = std::numeric_limits<double>::max();
    if (auto id = option.text("id"); !id)
        return tl::unexpected(id.error());
    const auto ranking = option.object("ranking");
    if (!ranking)
        return tl::unexpected(ranking.error());
    for (const char* key :
         { "cost_per_hour", "e2e_s", "ttft_s", "itl_s", "complexity", "output_tokens_per_s" }) {
        if (auto number = ranking->number(key, 0, most); !number)
            return tl::unexpected(number.error());
    }
    if (auto quality = ranking->optionalNumber("quality"); !quality)
        return tl::unexpected(quality.error());
    return {};
}

Result<> checkRefusal(const JsonFields& refusal)
{
    constexpr double most = 9e15;
    for (const char* key : { "constraint", "nearest" }) {
        if (auto text = refusal.text(key); !text)
            return tl::unexpected(text.error());
    }
    for (const char* key : { "count", "unit" }) {
        if (auto number = refusal.number(key, 0, most); !number)
            return tl::unexpected(number.error());
        if (!refusal.json()[key].is_number_unsigned())
            return refusal.bad(ErrorCode::InvalidArgument, key, "a whole number");
    }
    if (!refusal.json().contains("relative")
        || !(refusal.json()["relative"].is_number() || refusal.json()["relative"].is_null()))
        return refusal.bad(ErrorCode::InvalidArgument, "relative", "a number or null");
    return {};
}

Result<> checkList(const Json& document, const char* key, const std::string& name,
                   Result<> (*check)(const JsonFields&))
{
    if (!document.contains(key) || !document[key].is_array())
        return failure(ErrorCode::InvalidArgument, fmt::format("'{}' must be a list", key),
                       Location { name });
    std::size_t index = 0;
    for (const Json& item : document[key]) {
        const std::string path = fmt::format("{}[{}]", key, index++);
        if (!item.is_object())
            return failure(ErrorCode::InvalidArgument, path + " must be an object",
                           Location { name });
        if (auto checked = check(JsonFields(item, path, name)); !checked)
            return checked;
    }
    return {};
}

Result<Json> readDocument(const std::string& name, const std::string& text)
{
    auto parsed = parseJsonText(text, name);
    if (!parsed)
        return tl::unexpected(parsed.error());
    const auto bad = [&](const std::string& what) {
        return failure(ErrorCode::InvalidArgument, what, Location { name });
    };
    if (!parsed->is_object() || parsed->value("kind", Json()) != kindName)
        return bad("this is no result of 'llmd sweep'");
    if (parsed->value("format", Json()) != formatNumber)
        return bad("this result has another format; join it with the program that wrote it");
    for (const char* key : sameInAllShards) {
        if (!parsed->contains(key)
            || !((*parsed)[key].is_string() || (*parsed)[key].is_number_unsigned()))
            return bad(fmt::format("'{}' is missing", key));
    }
    const JsonFields fields(*parsed, "", name);
    if (auto need = fields.text("need"); !need)
        return tl::unexpected(need.error());
    const auto shard = fields.object("shard");
    if (!shard)
        return tl::unexpected(shard.error());
    constexpr int mostShards = 1'000'000;
    const auto count = shard->whole("count", 1, mostShards, 0);
    if (!count)
        return tl::unexpected(count.error());
    if (auto index = shard->whole("index", 1, std::max(1, *count), 0); !index)
        return tl::unexpected(index.error());
    if (*count < 1 || !shard->has("index"))
        return bad("'shard' must say which of how many it is");
    const auto cancelled = fields.flag("cancelled", true);
    if (!cancelled)
        return tl::unexpected(cancelled.error());
    if (*cancelled)
        return bad("this shard was stopped before its end; run it again");
    if (auto options = checkList(*parsed, "options", name, checkOption); !options)
        return tl::unexpected(options.error());
    if (auto refusals = checkList(*parsed, "refusals", name, checkRefusal); !refusals)
        return tl::unexpected(refusals.error());
    return std::move(*parsed);
}

/** Of each constraint the sum and the nearest miss; of equal ones that of the earlier unit, as one search keeps it. */
Json joinedRefusals(const std::vector<Json>& documents)
{
    std::map<std::string, Json> byConstraint;
    const auto relative = [](const Json& refusal) {
        const Json& value = refusal["relative"];
        return value.is_null() ? std::numeric_limits<double>::infinity() : value.get<double>();
    };
    for (const Json& document : documents) {
        for (const Json& refusal : document["refusals"]) {
            const auto [place, isNew] =
                byConstraint.try_emplace(refusal["constraint"].get<std::string>(), refusal);
            if (isNew)
                continue;
            Json& joined = place->second;
            const auto count =
                joined["count"].get<std::uint64_t>() + refusal["count"].get<std::uint64_t>();
            const auto nearness = [&](const Json& each) {
                return std::pair(relative(each), each["unit"].get<std::uint64_t>());
            };
            if (nearness(refusal) < nearness(joined))
                joined = refusal;
            joined["count"] = count;
        }
    }
    Json result = Json::array();
    for (auto& [constraint, refusal] : byConstraint)
        result.push_back(std::move(refusal));
    return result;
}

RankingInput rankingInput(const Json& option)
{
    const Json& ranking = option["ranking"];
    RankingInput input;
    input.costPerHour = ranking["cost_per_hour"].get<double>();
    input.e2eSeconds = ranking["e2e_s"].get<double>();
    input.ttftSeconds = ranking["ttft_s"].get<double>();
    input.itlSeconds = ranking["itl_s"].get<double>();
    if (ranking["quality"].is_number())
        input.quality = ranking["quality"].get<double>();
    input.complexity = ranking["complexity"].get<double>();
    input.outputTokensPerSecond = ranking["output_tokens_per_s"].get<double>();
    return input;
}

/** Cheapest first: an option is on the front if it is faster than all cheaper ones and the fastest of its price. */
Json paretoIds(const Json& options, const std::vector<RankingInput>& inputs)
{
    Json ids = Json::array();
    double fastest = std::numeric_limits<double>::infinity();
    for (std::size_t begin = 0; begin < inputs.size();) {
        std::size_t best = begin;
        std::size_t end = begin;
        for (; end < inputs.size() && inputs[end].costPerHour == inputs[begin].costPerHour; ++end) {
            if (inputs[end].e2eSeconds < inputs[best].e2eSeconds)
                best = end;
        }
        if (inputs[best].e2eSeconds < fastest) {
            fastest = inputs[best].e2eSeconds;
            ids.push_back(options[best]["id"]);
        }
        begin = end;
    }
    return ids;
}

Json viewIds(const Json& options, const std::vector<RankingInput>& inputs, const ResolvedNeed& need)
{
    const Ranking ranking = rank(inputs, need.priorities, need.slo);
    Json views = Json::object();
    for (const View view : allViews) {
        Json ids = Json::array();
        const auto& order = ranking.of(view);
        for (std::size_t i = 0; i < std::min(sweepViewLength, order.size()); ++i)
            ids.push_back(options[order[i]]["id"]);
        views[std::string(toString(view))] = std::move(ids);
    }
    return views;
}

/** One document of several with the same search; with one, that one in its final form. */
Json joined(std::vector<Json> documents, const ResolvedNeed& need)
{
    Json result = documents.front();
    result["refusals"] = joinedRefusals(documents);
    std::vector<Json> options;
    std::uint64_t searched = 0;
    for (Json& document : documents) {
        for (Json& option : document["options"])
            options.push_back(std::move(option));
    }
    searched = options.size();
    for (const Json& refusal : result["refusals"])
        searched += refusal["count"].get<std::uint64_t>();
    result["searched"] = searched;
    std::sort(options.begin(), options.end(), [](const Json& a, const Json& b) {
        const auto key = [](const Json& option) {
            return std::pair(option["ranking"]["cost_per_hour"].get<double>(),
                             option["id"].get_ref<const std::string&>());
        };
        return key(a) < key(b);
    });
    std::vector<RankingInput> inputs;
    for (const Json& option : options)
        inputs.push_back(rankingInput(option));
    result["options"] = std::move(options);
    result["pareto"] = paretoIds(result["options"], inputs);
    result["views"] = viewIds(result["options"], inputs, need);
    return result;
}

Result<std::string> print(const Json& document)
{
    return document.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

/** All shards of one search, each once. */
Result<> checkComplete(const std::vector<Json>& documents,
                       std::span<const std::pair<std::string, std::string>> texts)
{
    const Json& first = documents.front();
    const int count = first["shard"]["count"].get<int>();
    std::set<int> seen;
    for (std::size_t i = 0; i < documents.size(); ++i) {
        const Json& document = documents[i];
        const auto bad = [&](const std::string& what) {
            return failure(ErrorCode::InvalidArgument, what, Location { texts[i].first });
        };
        for (const char* key : sameInAllShards) {
            if (document[key] != first[key])
                return bad(fmt::format("this is a part of another search than {}: '{}' differs",
                                       texts.front().first, key));
        }
        if (document["shard"]["count"].get<int>() != count)
            return bad(fmt::format("this is one of {} shards, {} one of {}",
                                   document["shard"]["count"].get<int>(), texts.front().first,
                                   count));
        if (!seen.insert(document["shard"]["index"].get<int>()).second)
            return bad(
                fmt::format("shard {} is there twice", document["shard"]["index"].get<int>()));
    }
    std::vector<std::string> missing;
    for (int index = 1; index <= count && missing.size() < 10; ++index) {
        if (!seen.contains(index))
            missing.push_back(std::to_string(index));
    }
    if (!missing.empty())
        return failure(
            ErrorCode::MissingField,
            fmt::format("of {} shards these are missing: {}", count, join(missing, ", ")));
    return {};
}

} // namespace

std::string catalogDigest(const Catalog& catalog)
{
    Digest digest;
    for (const Model& model : catalog.models) {
        digest.add(model.id);
        for (std::size_t i = 0; i < parameterGroupCount; ++i)
            digest.add(model.architecture.weightBytes(static_cast<ParameterGroup>(i)).value());
    }
    for (const Gpu& gpu : catalog.gpus) {
        digest.add(gpu.id);
        for (const double figure :
             { gpu.usableMemory.value(), gpu.memoryBandwidth.value(), gpu.bf16.value(),
               gpu.fp16.value(), gpu.fp8.value(), gpu.int8.value(), gpu.fp4.value(),
               gpu.scaleUpBandwidth.value(), gpu.pairBandwidth.value(), gpu.pcieBandwidth.value(),
               gpu.scaleOutBandwidth.value() })
            digest.add(figure);
        digest.add(gpu.gpusPerNode);
        digest.add(gpu.scaleUpDomain);
    }
    for (const PriceList& list : catalog.priceLists) {
        digest.add(list.id);
        for (const auto& [gpu, price] : list.perGpu) {
            digest.add(gpu);
            digest.add(price.value());
        }
    }
    for (const UseCase& useCase : catalog.useCases) {
        digest.add(useCase.id);
        digest.add(useCase.promptTokens);
        digest.add(useCase.outputTokens);
        digest.add(useCase.peakFactor);
    }
    return digest.print();
}

Result<std::string> sweepDocument(const ShardReport& shard, const Shard& part,
                                  const Requirements& requirements, const std::string& engine)
{
    const SearchReport& report = *shard.report;
    Json options = Json::array();
    const auto inputs = rankingInputs(report);
    for (std::size_t i = 0; i < report.options.size(); ++i)
        options.push_back(optionJson(report.options[i], inputs[i]));
    Json refusals = Json::array();
    for (std::size_t i = 0; i < report.refusals.size(); ++i) {
        const Refusal& refusal = report.refusals[i];
        const bool finite = std::isfinite(refusal.nearestMiss);
        refusals.push_back({ { "constraint", toString(refusal.constraint) },
                             { "count", refusal.count },
                             { "nearest", refusal.nearest },
                             { "relative", finite ? Json(refusal.nearestMiss) : Json() },
                             { "unit", shard.refusalUnits[i] } });
    }
    Json document {
        { "kind", kindName },
        { "format", formatNumber },
        { "program", productVersion },
        { "coefficients", standardCoefficients().version },
        { "engine", engine },
        { "need", writeRequirements(requirements) },
        { "catalog", catalogDigest(*report.catalog) },
        { "shard", Json { { "index", part.index + 1 }, { "count", part.count } } },
        { "units", shard.units },
        { "cancelled", report.cancelled },
        { "options", std::move(options) },
        { "refusals", std::move(refusals) },
    };
    std::vector<Json> only;
    only.push_back(std::move(document));
    return print(joined(std::move(only), report.need));
}

Result<Loaded<Project>> projectOfSweep(const std::string& name, const std::string& text,
                                       const Catalog& catalog)
{
    const auto document = readDocument(name, text);
    if (!document)
        return tl::unexpected(document.error());
    const Json& sweep = *document;
    if (sweep["shard"]["count"] != 1)
        return failure(ErrorCode::InvalidArgument,
                       fmt::format("this is part {} of {}; join all parts with 'llmd merge' first",
                                   sweep["shard"]["index"].dump(), sweep["shard"]["count"].dump()),
                       Location { name });
    const auto root = parseYaml(sweep["need"].get<std::string>(), name);
    if (!root)
        return tl::unexpected(root.error());
    auto need = readRequirements(*root);
    if (need.hasErrors())
        return failure(need.issues.front().code, need.issues.front().text, Location { name });
    Loaded<Project> loaded;
    loaded.value.requirements = std::move(need.value);
    loaded.value.engine = sweep["engine"].get<std::string>();
    loaded.issues = std::move(need.issues);
    for (const View view : allViews) { // the winner of each
        const Json ids = sweep.value("views", Json::object()).value(toString(view), Json::array());
        if (!ids.is_array() || ids.empty() || !ids.front().is_string())
            continue;
        auto& list = loaded.value.shortlist;
        auto id = ids.front().get<std::string>();
        if (std::find(list.begin(), list.end(), id) == list.end())
            list.push_back(std::move(id));
    }
    const bool same = sweep["catalog"] == catalogDigest(catalog)
        && sweep["coefficients"] == standardCoefficients().version;
    if (!same)
        loaded.issues.push_back({ Severity::Warning,
                                  ErrorCode::InvalidArgument,
                                  "The sweep was computed with another catalog or other "
                                  "coefficients; what is shown is computed anew and may differ.",
                                  {},
                                  Location { name } });
    return loaded;
}

Result<std::string> mergeSweeps(std::span<const std::pair<std::string, std::string>> texts,
                                const Catalog& catalog)
{
    if (texts.empty())
        return failure(ErrorCode::MissingField, "there is nothing to join");
    std::vector<Json> documents;
    for (const auto& [name, text] : texts) {
        auto document = readDocument(name, text);
        if (!document)
            return tl::unexpected(document.error());
        documents.push_back(std::move(*document));
    }
    if (auto complete = checkComplete(documents, texts); !complete)
        return tl::unexpected(complete.error());
    if (documents.front()["catalog"] != catalogDigest(catalog))
        return failure(ErrorCode::InvalidArgument,
                       "the catalog here is not the one that was searched; give the same "
                       "--catalog and --model-configs");
    const auto root = parseYaml(documents.front()["need"].get<std::string>(), "need");
    if (!root)
        return tl::unexpected(root.error());
    const auto need = readRequirements(*root);
    if (need.hasErrors())
        return failure(ErrorCode::InvalidArgument, "the need in the result cannot be read");
    const auto resolved = resolve(need.value, catalog);
    if (!resolved)
        return tl::unexpected(resolved.error());
    Json result = joined(std::move(documents), *resolved);
    result["shard"] = Json { { "index", 1 }, { "count", 1 } };
    return print(result);
}

} // namespace llmd
