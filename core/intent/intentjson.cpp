// SPDX-License-Identifier: Apache-2.0
#include "intent.h"

#include <nlohmann/json.hpp>

#include <cmath>

namespace llmd {

namespace {

using Json = nlohmann::ordered_json;

/** Whole numbers without a point. */
Json number(double value)
{
    constexpr double exact = 9007199254740992.0; // 2^53
    if (value == std::floor(value) && std::abs(value) < exact)
        return static_cast<std::int64_t>(value);
    return value;
}

/** Milliseconds without the noise of the conversion from seconds. */
double inWholeMicroseconds(Seconds limit)
{
    return std::round(limit.value() * 1e6) / 1e3;
}

void set(Json& json, const char* key, const std::optional<StatedNumber>& stated)
{
    if (!stated)
        return;
    Json value = Json::object();
    if (stated->min)
        value["min"] = number(*stated->min);
    if (stated->max)
        value["max"] = number(*stated->max);
    value["value"] = number(stated->value);
    json[key] = std::move(value);
}

void set(Json& json, const char* key, const std::optional<StatedLatency>& stated)
{
    if (!stated)
        return;
    Json value = Json::object();
    if (stated->percentile)
        value["percentile"] = *stated->percentile == 0 ? Json("mean") : number(*stated->percentile);
    value["max"] = number(inWholeMicroseconds(stated->limit));
    json[key] = std::move(value);
}

void set(Json& json, const char* key, const std::optional<double>& stated)
{
    if (stated)
        json[key] = number(*stated);
}

void set(Json& json, const char* key, const std::vector<std::string>& list)
{
    if (!list.empty())
        json[key] = list;
}

Json place(const IntentEvidence& evidence)
{
    return { { "field", evidence.field },
             { "text", evidence.text },
             { "message", evidence.message },
             { "start", evidence.begin },
             { "end", evidence.end },
             { "start_character", evidence.beginCharacter },
             { "end_character", evidence.endCharacter } };
}

Json inventoryJson(const std::vector<InventoryItem>& inventory)
{
    Json list = Json::array();
    for (const InventoryItem& item : inventory) {
        Json entry { { "gpu", item.gpu }, { "count", item.count } };
        if (item.perNode > 0)
            entry["per_node"] = item.perNode;
        list.push_back(std::move(entry));
    }
    return list;
}

Json prioritiesJson(const Intent& intent)
{
    Json priorities = Json::object();
    for (const auto& [key, level] :
         { std::pair { "cost", intent.cost }, std::pair { "latency", intent.latency },
           std::pair { "quality", intent.quality } }) {
        if (level)
            priorities[key] = toString(*level);
    }
    return priorities;
}

/** The text of one message: a string, or the content of an object of the user. */
std::optional<std::string> messageText(const nlohmann::json& entry)
{
    if (entry.is_string())
        return entry.get<std::string>();
    if (!entry.is_object())
        return std::nullopt;
    const auto role = entry.find("role");
    if (role != entry.end() && *role != "user")
        return std::string();
    for (const char* key : { "content", "text", "message" }) {
        const auto text = entry.find(key);
        if (text != entry.end() && text->is_string())
            return text->get<std::string>();
    }
    return std::nullopt;
}

} // namespace

nlohmann::ordered_json toJson(const Intent& intent)
{
    Json json = Json::object();
    json["language"] = intent.language;
    if (intent.useCase)
        json["use_case"] = *intent.useCase;
    set(json, "user_count", intent.users);
    set(json, "request_rate_rps", intent.rate);
    set(json, "peak_rate_rps", intent.peakRate);
    set(json, "request_rate_per_user_rps", intent.ratePerUser);
    set(json, "prompt_tokens", intent.promptTokens);
    set(json, "output_tokens", intent.outputTokens);
    set(json, "context_tokens", intent.contextTokens);
    set(json, "ttft_ms", intent.ttft);
    set(json, "itl_ms", intent.itl);
    set(json, "e2e_ms", intent.e2e);
    set(json, "throughput_tokens_per_s", intent.throughput);
    set(json, "budget_usd_month", intent.budgetPerMonth);
    if (intent.maxGpus)
        json["max_gpus"] = *intent.maxGpus;
    set(json, "gpus_include", intent.gpusIncluded);
    set(json, "gpus_exclude", intent.gpusExcluded);
    if (!intent.inventory.empty())
        json["inventory"] = inventoryJson(intent.inventory);
    set(json, "models_include", intent.modelsIncluded);
    set(json, "models_exclude", intent.modelsExcluded);
    if (intent.quantizations.size() == 1)
        json["quantization"] = intent.quantizations.front();
    else
        set(json, "quantization", intent.quantizations);
    set(json, "quantization_exclude", intent.quantizationsExcluded);
    if (Json priorities = prioritiesJson(intent); !priorities.empty())
        json["priorities"] = std::move(priorities);
    json["evidence"] = Json::array();
    for (const IntentEvidence& evidence : intent.evidence)
        json["evidence"].push_back(place(evidence));
    if (intent.questions.empty())
        return json;
    json["questions"] = Json::array();
    for (const IntentQuestion& question : intent.questions) {
        Json entry = place(question.evidence);
        entry["question"] = question.question;
        entry["choices"] = question.choices;
        json["questions"].push_back(std::move(entry));
    }
    return json;
}

Result<std::vector<std::string>> readHistory(std::string_view text)
{
    const auto json = nlohmann::json::parse(text, nullptr, false);
    if (json.is_discarded())
        return failure(ErrorCode::InvalidArgument, "the history is not valid JSON");
    const nlohmann::json* list = &json;
    for (const char* key : { "messages", "history" }) {
        if (json.is_object() && json.contains(key))
            list = &json.at(key);
    }
    if (!list->is_array())
        return failure(
            ErrorCode::InvalidArgument,
            "the history has to be a list of earlier messages, such as "
            "[\"a chatbot for 5k users\"] or [{\"role\": \"user\", \"content\": \"…\"}]");
    std::vector<std::string> messages;
    for (std::size_t i = 0; i < list->size(); ++i) {
        auto message = messageText((*list)[i]);
        if (!message)
            return failure(ErrorCode::InvalidArgument,
                           "message " + std::to_string(i + 1)
                               + " of the history is neither a text nor an object with "
                                 "\"role\" and \"content\"");
        if (!message->empty())
            messages.push_back(std::move(*message));
    }
    return messages;
}

} // namespace llmd
