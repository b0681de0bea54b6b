// SPDX-License-Identifier: Apache-2.0
#include "cues.h"
#include "recognisers.h"

#include <algorithm>
#include <map>

namespace llmd::intent {

namespace {

constexpr double least = 2; ///< weight below which words only hint
constexpr double tie = 0.25;

/** What speaks for one use case. */
struct Support
{
    double weight = 0;
    std::size_t first = 0;
    std::size_t last = 0;
};

/** Items of one sentence by the aspect of the task that they name. */
std::vector<std::vector<std::size_t>> aspectsOf(const Reading& reading, std::size_t first,
                                                std::size_t last)
{
    std::vector<std::vector<std::size_t>> found(reading.knowledge.lexicon.aspects().size());
    constexpr std::size_t most = 8; // of a text that repeats itself
    for (std::size_t i = first; i < last; ++i) {
        const Item& item = reading.scene.items[i];
        if (item.kind != Item::Kind::Phrase || reading.polarity[i] != Polarity::Wanted)
            continue;
        // "completions of 350 tokens": a length, not a task.
        const bool length = item.meaning->concepts.size() > 0 && item.means(Concept::Output)
            && cueBeside(reading.scene, i, Concept::Tokens) != none;
        for (const std::uint16_t aspect : item.meaning->aspects) {
            if (length && reading.knowledge.lexicon.aspects()[aspect] == "completions")
                continue;
            if (found[aspect].size() < most)
                found[aspect].push_back(i);
        }
    }
    return found;
}

void weigh(const Reading& reading, std::size_t first, std::size_t last,
           std::map<std::string, Support>& support)
{
    const auto found = aspectsOf(reading, first, last);
    const auto names = [&](std::uint16_t aspect) { return !found[aspect].empty(); };
    for (const UseCaseRule& rule : reading.knowledge.lexicon.rules()) {
        if (!std::all_of(rule.all.begin(), rule.all.end(), names)
            || std::any_of(rule.none.begin(), rule.none.end(), names))
            continue;
        Support each { rule.weight, last, first };
        for (const std::uint16_t aspect : rule.all) {
            each.first = std::min(each.first, found[aspect].front());
            each.last = std::max(each.last, found[aspect].front());
        }
        Support& best = support[rule.useCase];
        if (each.weight > best.weight)
            best = each;
    }
}

} // namespace

void readUseCase(const Reading& reading, Draft& draft)
{
    std::map<std::string, Support> support;
    for (const auto& [first, last] : reading.scene.sentences)
        weigh(reading, first, last, support);
    double best = 0;
    for (const auto& [useCase, each] : support)
        best = std::max(best, each.weight);
    if (best < least)
        return;
    std::vector<std::pair<std::string, Support>> winners;
    for (const auto& [useCase, each] : support) {
        if (each.weight > best - tie)
            winners.emplace_back(useCase, each);
    }
    if (winners.size() == 1) {
        draft.intent.useCase = winners.front().first;
        draft.note(field::useCase, winners.front().second.first, winners.front().second.last);
        return;
    }
    // A later message that fits what was said before decides nothing new.
    if (draft.intent.useCase && std::any_of(winners.begin(), winners.end(), [&](const auto& w) {
            return w.first == *draft.intent.useCase;
        }))
        return;
    std::vector<std::string> choices;
    for (const auto& [useCase, each] : winners)
        choices.push_back(useCase);
    draft.ask(field::useCase, "Which of these is it?", std::move(choices),
              winners.front().second.first);
}

namespace {

constexpr std::string_view shortSummary = "summarization_short";
constexpr std::string_view longSummary = "long_document_summarization";
// The prompts of the two use cases are 4096 and 10240 tokens; between these limits it stays a question.
constexpr double longestShort = 5000;
constexpr double shortestLong = 10000;

} // namespace

void settleSummaries(Draft& draft)
{
    Intent& intent = draft.intent;
    if (!intent.promptTokens)
        return;
    const bool small = *intent.promptTokens <= longestShort;
    const bool large = *intent.promptTokens >= shortestLong;
    if (intent.useCase == shortSummary && large) {
        intent.useCase = longSummary;
        return;
    }
    const auto question = std::find_if(
        intent.questions.begin(), intent.questions.end(), [](const IntentQuestion& each) {
            return each.field == field::useCase && each.choices.size() == 2
                && std::count(each.choices.begin(), each.choices.end(), shortSummary) > 0
                && std::count(each.choices.begin(), each.choices.end(), longSummary) > 0;
        });
    if (question == intent.questions.end() || (!small && !large))
        return;
    intent.useCase = small ? shortSummary : longSummary;
    IntentEvidence evidence = question->evidence;
    draft.forget(field::useCase);
    intent.evidence.push_back(std::move(evidence));
}

} // namespace llmd::intent
