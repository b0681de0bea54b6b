// SPDX-License-Identifier: Apache-2.0
#include "intentfields.h"

#include "draft.h"

#include <core/base/text.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace llmd {

namespace {

namespace field = intent::field;

template <class T> bool isStated(const std::optional<T>& value)
{
    return value.has_value();
}
template <class T> bool isStated(const std::vector<T>& value)
{
    return !value.empty();
}

constexpr std::array<std::string_view, 24> names {
    field::useCase,
    field::users,
    field::rate,
    field::peakRate,
    field::ratePerUser,
    field::prompt,
    field::output,
    field::context,
    field::ttft,
    field::itl,
    field::e2e,
    field::throughput,
    field::budget,
    field::maxGpus,
    field::gpusIncluded,
    field::gpusExcluded,
    field::inventory,
    field::modelsIncluded,
    field::modelsExcluded,
    field::quantization,
    field::quantizationExcluded,
    field::cost,
    field::latency,
    field::quality,
};

/** Calls `use` with the member behind a name, whatever its type; false for a name that is no field. */
template <class Use> bool withMember(std::string_view name, Use use)
{
    const auto call = [&](std::string_view candidate, auto member) {
        if (name != candidate)
            return false;
        use(member);
        return true;
    };
    return call(field::useCase, &Intent::useCase) || call(field::users, &Intent::users)
        || call(field::rate, &Intent::rate) || call(field::peakRate, &Intent::peakRate)
        || call(field::ratePerUser, &Intent::ratePerUser)
        || call(field::prompt, &Intent::promptTokens) || call(field::output, &Intent::outputTokens)
        || call(field::context, &Intent::contextTokens) || call(field::ttft, &Intent::ttft)
        || call(field::itl, &Intent::itl) || call(field::e2e, &Intent::e2e)
        || call(field::throughput, &Intent::throughput)
        || call(field::budget, &Intent::budgetPerMonth) || call(field::maxGpus, &Intent::maxGpus)
        || call(field::gpusIncluded, &Intent::gpusIncluded)
        || call(field::gpusExcluded, &Intent::gpusExcluded)
        || call(field::inventory, &Intent::inventory)
        || call(field::modelsIncluded, &Intent::modelsIncluded)
        || call(field::modelsExcluded, &Intent::modelsExcluded)
        || call(field::quantization, &Intent::quantizations)
        || call(field::quantizationExcluded, &Intent::quantizationsExcluded)
        || call(field::cost, &Intent::cost) || call(field::latency, &Intent::latency)
        || call(field::quality, &Intent::quality);
}

/** The number that a question is about with the unit that stands behind it: "2 seconds", "300ms", "2秒". */
std::string numberWithUnit(const std::vector<std::string>& messages, const IntentEvidence& evidence)
{
    if (evidence.message >= messages.size() || evidence.end > messages[evidence.message].size())
        return evidence.text;
    const std::string_view after =
        std::string_view(messages[evidence.message]).substr(evidence.end);
    std::size_t at = !after.empty() && (after[0] == ' ' || after[0] == '-') ? 1 : 0;
    for (const std::string_view unit : { "毫秒", "秒" }) {
        if (after.substr(at).starts_with(unit))
            return evidence.text + std::string(unit);
    }
    const std::size_t first = at;
    while (at < after.size()
           && ((after[at] >= 'a' && after[at] <= 'z') || (after[at] >= 'A' && after[at] <= 'Z')))
        ++at;
    return at == first ? evidence.text
                       : fmt::format("{} {}", evidence.text, after.substr(first, at - first));
}

/** How the parser is told that a number belongs to a field. */
std::string_view phraseOf(std::string_view name)
{
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 8> phrases { {
        { field::ttft, "time to first token: {}" },
        { field::itl, "time between tokens: {}" },
        { field::e2e, "end-to-end latency: {}" },
        { field::prompt, "prompt length: {} tokens" },
        { field::output, "output length: {} tokens" },
        { field::context, "context length: {} tokens" },
        { field::users, "{} users" },
        { field::rate, "{} requests per second" },
    } };
    for (const auto& [key, phrase] : phrases) {
        if (key == name)
            return phrase;
    }
    return {};
}

std::string filled(std::string_view phrase, const std::string& value)
{
    std::string text(phrase);
    if (const auto hole = text.find("{}"); hole != std::string::npos)
        text.replace(hole, 2, value);
    return text;
}

/** A message and the field that it has to state to be understood. */
struct Wording
{
    std::string text;
    std::string_view field;
};

std::vector<Wording> useCaseWordings(const Catalog& catalog, const std::string& id)
{
    std::string spaced = id;
    std::replace(spaced.begin(), spaced.end(), '_', ' ');
    std::vector<Wording> wordings { { "use case: " + spaced, field::useCase } };
    if (const UseCase* useCase = catalog.findUseCase(id)) {
        wordings.push_back({ "use case: " + useCase->name, field::useCase });
        wordings.push_back({ "use case: " + useCase->description, field::useCase });
    }
    // The ids of the two summaries put the length where no sentence has it.
    if (id == "summarization_short")
        wordings.push_back({ "use case: summaries of short texts", field::useCase });
    return wordings;
}

std::vector<Wording> wordingsOf(const IntentQuestion& question, const std::string& choice,
                                const Catalog& catalog, const std::vector<std::string>& messages)
{
    const std::string_view asked = question.field;
    if (asked == field::useCase)
        return useCaseWordings(catalog, choice);
    if (asked == field::modelsIncluded)
        return { { "model: " + choice, asked } };
    if (asked == field::gpusIncluded)
        return { { "GPU: " + choice, asked } };
    if (asked == field::quantization)
        return { { "quantization: " + choice, asked } };
    if (asked == field::users || asked == field::rate)
        return { { filled(phraseOf(asked), choice), asked } };
    if (choice == "s" || choice == "ms") // of a latency without a unit
        return { { filled(phraseOf(asked), question.evidence.text + " " + choice), asked } };
    if (asked == field::throughput) {
        const auto rate = parseCount(question.evidence.text);
        if (choice != "one user")
            return { { fmt::format("throughput of {} tokens per second in total",
                                   question.evidence.text),
                       field::throughput } };
        if (!rate || *rate <= 0)
            return {};
        return { { filled(phraseOf(field::itl), printRounded(1000 / *rate, 6) + " ms"),
                   field::itl } };
    }
    // What is left asks which field a number belongs to.
    for (const std::string_view name : names) {
        if (name == choice && !phraseOf(name).empty())
            return { { filled(phraseOf(name), numberWithUnit(messages, question.evidence)), name },
                     { filled(phraseOf(name), question.evidence.text), name } };
    }
    return {};
}

/** Whether the parser takes a message for the choice that it stands for. */
bool isUnderstood(const Intent& intent, const IntentQuestion& question, const std::string& choice,
                  const Wording& wording, std::size_t message)
{
    if (question.field == field::useCase)
        return intent.useCase == choice;
    return std::any_of(intent.evidence.begin(), intent.evidence.end(),
                       [&](const IntentEvidence& evidence) {
                           return evidence.field == wording.field && evidence.message == message;
                       });
}

} // namespace

std::span<const std::string_view> intentFields()
{
    return names;
}

bool states(const Intent& intent, std::string_view name)
{
    bool stated = false;
    withMember(name, [&](auto member) { stated = isStated(intent.*member); });
    return stated;
}

bool sayTheSame(const Intent& a, const Intent& b, std::string_view name)
{
    bool same = true;
    withMember(name, [&](auto member) { same = a.*member == b.*member; });
    return same;
}

void takeField(std::string_view name, const Intent& from, Intent& to)
{
    if (!withMember(name, [&](auto member) { to.*member = from.*member; }))
        return;
    std::erase_if(to.evidence, [&](const auto& each) { return each.field == name; });
    std::erase_if(to.questions, [&](const auto& each) { return each.field == name; });
    for (const IntentEvidence& each : from.evidence) {
        if (each.field == name)
            to.evidence.push_back(each);
    }
}

void dropField(std::string_view name, Intent& intent)
{
    const std::vector<IntentQuestion> questions = intent.questions;
    takeField(name, {}, intent);
    intent.questions = questions;
}

std::optional<std::string> answerMessage(const IntentParser& parser, const Catalog& catalog,
                                         const std::vector<std::string>& messages,
                                         const IntentQuestion& question, std::size_t choice)
{
    if (choice >= question.choices.size())
        return std::nullopt;
    const std::string& chosen = question.choices[choice];
    for (const Wording& wording : wordingsOf(question, chosen, catalog, messages)) {
        std::vector<std::string> longer = messages;
        longer.push_back(wording.text);
        if (isUnderstood(parser.parse(longer), question, chosen, wording, messages.size()))
            return wording.text;
    }
    return std::nullopt;
}

} // namespace llmd
