// SPDX-License-Identifier: Apache-2.0
#include "../commandline.h"
#include "../endpointoptions.h"
#include "../texttable.h"

#include <core/base/file.h>
#include <core/base/text.h>
#include <core/intent/intent.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cstdio>

namespace llmd::cli {

namespace {

struct Options
{
    std::string text;
    std::string history;
    EndpointArguments endpoint;
};

/** The text as given; "-" reads it from standard input. */
std::string readText(const std::string& given)
{
    if (given != "-")
        return given;
    std::string text;
    std::array<char, 4096> buffer;
    while (const std::size_t count = std::fread(buffer.data(), 1, buffer.size(), stdin))
        text.append(buffer.data(), count);
    return text;
}

/** A JSON value on one line, strings without quotes. */
std::string plain(const nlohmann::ordered_json& value)
{
    return value.is_string() ? value.get<std::string>()
                             : value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string wordsOf(const Intent& intent, const std::string& key)
{
    std::string words;
    for (const IntentEvidence& each : intent.evidence) {
        if (each.field == key || each.field.starts_with(key + "."))
            words += (words.empty() ? "\"" : ", \"") + each.text + "\"";
    }
    return words;
}

std::string describeIntent(const Intent& intent)
{
    TextTable table({ { "stated" }, { "value" }, { "words" } });
    const auto json = toJson(intent);
    bool any = false;
    for (const auto& [key, value] : json.items()) {
        if (key == "language" || key == "evidence" || key == "questions")
            continue;
        any = true;
        table.addRow({ key, plain(value), wordsOf(intent, key) });
    }
    std::string text = any ? table.print() : "Nothing is stated that a plan could use.\n";
    for (const IntentQuestion& question : intent.questions) {
        text += fmt::format("? {}: \"{}\": {}", question.field, question.evidence.text,
                            question.question);
        text += question.choices.empty() ? "\n" : " (" + join(question.choices, ", ") + ")\n";
    }
    return text;
}

ExitCode readIntent(Session& session, const Options& options)
{
    std::vector<std::string> messages;
    if (!options.history.empty()) {
        const auto file = readFile(options.history);
        if (!file)
            return session.fail(file.error());
        auto history = readHistory(*file);
        if (!history)
            return session.fail(withContext(options.history)(history.error()));
        messages = std::move(*history);
    }
    messages.push_back(readText(options.text));
    const auto catalog = session.catalog();
    if (!catalog)
        return session.fail(catalog.error());
    const auto parser = IntentParser::create(*catalog);
    if (!parser)
        return session.fail(parser.error());
    const Intent own = parser->parse(messages);
    const auto reading = options.endpoint.read(session, own, messages);
    if (!reading)
        return session.fail(reading.error());
    if (session.json) {
        auto json = toJson(reading->intent);
        if (!options.endpoint.url.empty())
            json["language_model"] = proposalsJson(*reading);
        session.printJson(json);
        return ExitCode::Done;
    }
    session.print(describeIntent(reading->intent));
    if (reading->asked)
        session.print(describeProposals(*reading, own));
    return ExitCode::Done;
}

} // namespace

void addIntent(CLI::App& app, Session& session)
{
    auto* command = app.add_subcommand(
        "intent",
        "Read a need in plain words (English, German, Chinese): what is stated, and where");
    auto options = std::make_shared<Options>();
    command->add_option("text", options->text, "The need in plain words; - reads standard input")
        ->required();
    command
        ->add_option("--history", options->history,
                     "Earlier messages as JSON, oldest first; the text corrects them")
        ->type_name("FILE.json");
    options->endpoint.addTo(*command);
    command->callback([&session, options] {
        session.command = [&session, options] { return readIntent(session, *options); };
    });
}

} // namespace llmd::cli
