// SPDX-License-Identifier: Apache-2.0
#include "explanation.h"

#include "texttable.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace llmd::cli {

namespace {

std::string indented(const TimeTerm& term)
{
    return std::string(static_cast<std::size_t>(term.level) * 2, ' ') + term.name;
}

/** Each value once, in the order in which it is met. */
std::vector<CoefficientNote> allSources(const TimeExplanation& explanation)
{
    std::vector<CoefficientNote> notes;
    for (const TimeTerm& term : explanation.terms) {
        for (const CoefficientNote& note : term.sources) {
            if (std::find(notes.begin(), notes.end(), note) == notes.end())
                notes.push_back(note);
        }
    }
    return notes;
}

} // namespace

std::string explanationText(const TimeExplanation& explanation)
{
    using Align = TextTable::Align;
    TextTable table({ { "where the time goes" },
                      { "time", Align::Right },
                      { "share", Align::Right },
                      { "how it follows" } });
    for (const TimeTerm& term : explanation.terms)
        // What a part would cost alone is no share of the whole.
        table.addRow({ indented(term), timeText(term.time),
                       term.adds ? fmt::format("{:.1f} %", term.share * 100) : "(alone)",
                       term.derivation });
    std::string text = table.print();
    if (!explanation.remark.empty())
        text += "\n" + explanation.remark + "\n";
    const auto notes = allSources(explanation);
    if (notes.empty())
        return text;
    TextTable sources({ { "coefficient" },
                        { "value", Align::Right },
                        { "unit" },
                        { "origin" },
                        { "what it stands for" } });
    for (const CoefficientNote& note : notes)
        sources.addRow({ note.id, fmt::format("{:.4g}", note.value),
                         note.unit == "1" ? "" : note.unit, note.origin, note.reading });
    return text + "\n" + sources.print();
}

nlohmann::ordered_json explanationJson(const TimeExplanation& explanation)
{
    nlohmann::ordered_json terms = nlohmann::ordered_json::array();
    for (const TimeTerm& term : explanation.terms) {
        nlohmann::ordered_json sources = nlohmann::ordered_json::array();
        for (const CoefficientNote& note : term.sources)
            sources.push_back({ { "coefficient", note.id },
                                { "value", note.value },
                                { "unit", note.unit },
                                { "origin", note.origin },
                                { "reading", note.reading } });
        terms.push_back({ { "id", term.id },
                          { "name", term.name },
                          { "level", term.level },
                          { "adds", term.adds },
                          { "time_ms", inMilliseconds(term.time) },
                          { "share", term.share },
                          { "derivation", term.derivation },
                          { "sources", std::move(sources) } });
    }
    nlohmann::ordered_json json { { "sequences", explanation.sequences },
                                  { "context_tokens", explanation.context },
                                  { "terms", std::move(terms) } };
    if (!explanation.remark.empty())
        json["remark"] = explanation.remark;
    return json;
}

} // namespace llmd::cli
