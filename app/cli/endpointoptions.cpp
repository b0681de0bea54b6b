// SPDX-License-Identifier: Apache-2.0
#include "endpointoptions.h"

#include <core/base/text.h>
#include <core/intent/intentfields.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cstdio>

namespace llmd::cli {

namespace {

using Json = nlohmann::ordered_json;

/** The value of a field in the JSON form; "priorities.cost" is inside of an object. */
Json valueOf(const Json& intent, const std::string& field)
{
    const auto dot = field.find('.');
    if (dot == std::string::npos)
        return intent.contains(field) ? intent.at(field) : Json();
    return valueOf(valueOf(intent, field.substr(0, dot)), field.substr(dot + 1));
}

std::string plainValue(const Json& value)
{
    return value.is_string() ? value.get<std::string>() : value.dump();
}

std::string citedWords(const Intent& intent, const std::string& field)
{
    std::vector<std::string> words;
    for (const IntentEvidence& evidence : intent.evidence) {
        if (evidence.field == field)
            words.push_back(fmt::format("\"{}\"", printableLine(evidence.text, 80)));
    }
    return join(words, ", ");
}

std::string_view nameOf(Agreement agreement)
{
    switch (agreement) {
    case Agreement::Same:
        return "same";
    case Agreement::Proposed:
        return "proposed";
    case Agreement::Different:
        break;
    }
    return "different";
}

} // namespace

void EndpointArguments::addTo(CLI::App& command)
{
    auto* endpoint =
        command
            .add_option("--endpoint", url,
                        "Let a language model propose fields too: URL of an OpenAI-compatible API "
                        "such as http://127.0.0.1:11434/v1; the text is sent there")
            ->type_name("URL");
    command.add_option("--endpoint-model", model, "Model to ask, as the endpoint names it")
        ->type_name("NAME")
        ->needs(endpoint);
    command
        .add_option("--endpoint-key-env", keyVariable,
                    "Environment variable that holds the API key")
        ->type_name("VAR")
        ->needs(endpoint);
    command
        .add_option("--endpoint-time-limit", timeLimit,
                    "How long to wait for the language model, e.g. 30s")
        ->type_name("TIME")
        ->needs(endpoint);
    command
        .add_flag("--accept-proposals", accept,
                  "Use what only the language model proposes; without it proposals are shown only")
        ->needs(endpoint);
}

Result<AssistedReading> EndpointArguments::read(Session& session, Intent own,
                                                const std::vector<std::string>& messages) const
{
    AssistedReading reading;
    reading.intent = std::move(own);
    if (url.empty())
        return reading;
    EndpointOptions options { url, model, keyVariable, {} };
    const auto limit = parseDuration(timeLimit);
    if (!limit)
        return tl::unexpected(withContext("--endpoint-time-limit")(limit.error()));
    options.timeLimit = *limit;
    if (auto good = checkEndpoint(options); !good)
        return tl::unexpected(withContext("--endpoint")(good.error()));
    const auto catalog = session.catalog();
    if (!catalog)
        return tl::unexpected(catalog.error());
    auto answer = askEndpoint(options, messages, *catalog, session.stop);
    if (!answer) {
        if (answer.error().code == ErrorCode::Cancelled)
            return tl::unexpected(answer.error());
        fmt::print(stderr, "llmd: {}; going on without the language model\n",
                   describe(answer.error()));
        return reading;
    }
    reading.asked = true;
    reading.model = std::move(*answer);
    reading.comparisons = compareReadings(reading.intent, reading.model.intent);
    for (const FieldComparison& each : reading.comparisons) {
        if (accept && each.agreement == Agreement::Proposed)
            takeField(each.field, reading.model.intent, reading.intent);
    }
    return reading;
}

std::string describeProposals(const AssistedReading& reading, const Intent& own)
{
    std::string text;
    const Json mine = toJson(own);
    const Json theirs = toJson(reading.model.intent);
    for (const FieldComparison& each : reading.comparisons) {
        if (each.agreement == Agreement::Same)
            continue;
        text += fmt::format("{} {}: {}, from {}", each.agreement == Agreement::Proposed ? "+" : "!",
                            each.field, plainValue(valueOf(theirs, each.field)),
                            citedWords(reading.model.intent, each.field));
        if (each.agreement == Agreement::Different)
            text += fmt::format(" (kept: {})", plainValue(valueOf(mine, each.field)));
        text += '\n';
    }
    for (const Issue& issue : reading.model.dropped)
        text += fmt::format("- {} {}\n", issue.subject, issue.text);
    if (text.empty())
        return "The language model reads the same.\n";
    return "The language model (+ proposed, ! different, - dropped):\n" + text;
}

Json proposalsJson(const AssistedReading& reading)
{
    Json list = Json::array();
    const Json theirs = toJson(reading.model.intent);
    for (const FieldComparison& each : reading.comparisons) {
        Json entry { { "field", each.field },
                     { "agreement", nameOf(each.agreement) },
                     { "value", valueOf(theirs, each.field) },
                     { "words", Json::array() } };
        for (const IntentEvidence& evidence : reading.model.intent.evidence) {
            if (evidence.field == each.field)
                entry["words"].push_back(evidence.text);
        }
        list.push_back(std::move(entry));
    }
    Json dropped = Json::array();
    for (const Issue& issue : reading.model.dropped)
        dropped.push_back({ { "field", issue.subject }, { "reason", issue.text } });
    return { { "answered", reading.asked }, { "fields", list }, { "dropped", dropped } };
}

} // namespace llmd::cli
