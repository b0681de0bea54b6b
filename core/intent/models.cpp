// SPDX-License-Identifier: Apache-2.0
#include "cues.h"
#include "recognisers.h"

#include <algorithm>
#include <array>

namespace llmd::intent {

namespace {

constexpr std::size_t mostChoices = 8;

template <class T> void addOnce(std::vector<T>& list, const T& value)
{
    if (std::find(list.begin(), list.end(), value) == list.end())
        list.push_back(value);
}

bool contains(const std::vector<std::string>& list, const std::string& value)
{
    return std::find(list.begin(), list.end(), value) != list.end();
}

bool adds(const Scene& scene)
{
    return std::any_of(scene.items.begin(), scene.items.end(),
                       [](const Item& item) { return item.means(Concept::Also); })
        || (!scene.items.empty() && scene.items.front().means(Concept::Or));
}

/** What one message wants and rules out, of models or of weights. */
struct Choice
{
    std::vector<std::string> wanted;
    std::vector<std::string> refused;
    std::vector<std::size_t> wantedAt;
    std::vector<std::size_t> refusedAt;
};

struct Lists
{
    std::vector<std::string>& included;
    std::vector<std::string>& excluded;
    std::string_view includedField;
    std::string_view excludedField;
};

/** Later messages replace what was wanted unless they add; what is ruled out adds up. */
void store(const Choice& choice, Lists lists, const Scene& scene, Draft& draft)
{
    if (!choice.wanted.empty()) {
        if (!adds(scene)) {
            lists.included.clear();
            draft.forget(lists.includedField);
        }
        for (const std::string& id : choice.wanted) {
            addOnce(lists.included, id);
            std::erase(lists.excluded, id);
        }
        for (const std::size_t at : choice.wantedAt)
            draft.noteMore(lists.includedField, at, at);
    }
    for (const std::string& id : choice.refused) {
        if (contains(choice.wanted, id))
            continue;
        addOnce(lists.excluded, id);
        std::erase(lists.included, id);
    }
    for (const std::size_t at : choice.refusedAt)
        draft.noteMore(lists.excludedField, at, at);
    if (lists.included.empty())
        std::erase_if(draft.intent.evidence,
                      [&](const auto& e) { return e.field == lists.includedField; });
    if (lists.excluded.empty())
        draft.forget(lists.excludedField);
}

/** "FP8 over BF16", "FP8 rather than …": what comes second is not wanted. */
bool isSecondChoice(const Scene& scene, std::size_t item)
{
    for (std::size_t back = 1; back <= 2 && back <= item; ++back) {
        const Item& before = scene.items[item - back];
        if (before.kind == Item::Kind::Phrase && before.means(Concept::Over) && item > back
            && scene.items[item - back - 1].kind != Item::Kind::Number)
            return scene.items[item - back - 1].kind == Item::Kind::Phrase
                && !scene.items[item - back - 1].meaning->precisions.empty();
    }
    return false;
}

/** "in Q4 2026": a quarter of a year, no weights of four bits. */
bool isQuarter(const Scene& scene, std::size_t item)
{
    static constexpr std::array<std::string_view, 16> words { "in",    "by",    "until",  "till",
                                                              "end",   "of",    "during", "before",
                                                              "after", "since", "next",   "this",
                                                              "im",    "bis",   "ab",     "last" };
    if (!scene.tokens[scene.items[item].first].is("q"))
        return false;
    if (item + 1 < scene.items.size()) {
        const Item& next = scene.items[item + 1];
        if (next.kind == Item::Kind::Number && next.quantity.high >= 2000
            && next.quantity.high < 2100)
            return true;
    }
    return item > 0
        && std::find(words.begin(), words.end(), scene.tokens[scene.items[item - 1].last - 1].text)
        != words.end();
}

/** Whether a negation shortly before covers the item. */
bool isDenied(const Scene& scene, std::size_t item)
{
    constexpr std::size_t reach = 4;
    for (std::size_t back = 1; back <= std::min(item, reach); ++back) {
        const Item& before = scene.items[item - back];
        if (before.isBreak() || before.kind == Item::Kind::Number
            || before.means(Concept::Contrast))
            return false;
        if (before.means(Concept::Not))
            return true;
    }
    return false;
}

} // namespace

void readModels(const Reading& reading, Draft& draft)
{
    const auto& models = reading.knowledge.entities.catalog().models;
    Choice choice;
    std::size_t unclear = none;
    std::size_t unknown = none;
    for (std::size_t i = 0; i < reading.scene.items.size(); ++i) {
        const Item& item = reading.scene.items[i];
        if (item.kind != Item::Kind::Model || reading.polarity[i] == Polarity::Mentioned)
            continue;
        if (reading.polarity[i] == Polarity::Refused) {
            const bool one = item.model.models.size() == 1 && !item.model.familyOnly;
            for (const std::uint16_t index : one ? item.model.models : item.model.all)
                addOnce(choice.refused, models[index].id);
            choice.refusedAt.push_back(i);
        } else if (item.model.models.size() == 1 && !item.model.familyOnly) {
            addOnce(choice.wanted, models[item.model.models.front()].id);
            choice.wantedAt.push_back(i);
        } else if (item.model.unknown) {
            unknown = i;
        } else if (!item.model.models.empty() || !item.model.all.empty()) {
            unclear = i;
        }
    }
    store(choice,
          { draft.intent.modelsIncluded, draft.intent.modelsExcluded, field::modelsIncluded,
            field::modelsExcluded },
          reading.scene, draft);
    if (unknown != none) {
        draft.ask(field::modelsIncluded,
                  "The catalog does not know this model. Which one is to be planned with instead?",
                  {}, unknown);
        return;
    }
    // "a Mistral model, ideally Mistral Nemo": the family and then the one that is meant.
    const auto isWanted = [&](std::uint16_t index) {
        return contains(choice.wanted, models[index].id);
    };
    if (unclear != none) {
        const auto& fits = reading.scene.items[unclear].model.all;
        if (std::any_of(fits.begin(), fits.end(), isWanted))
            unclear = none;
    }
    if (unclear == none)
        return;
    std::vector<std::string> choices;
    const ModelMention& mention = reading.scene.items[unclear].model;
    for (const std::uint16_t index : mention.familyOnly ? mention.all : mention.models) {
        if (choices.size() < mostChoices && !models[index].baseCheckpoint)
            choices.push_back(models[index].id);
    }
    draft.ask(field::modelsIncluded, "Which of these models is meant?", std::move(choices),
              unclear);
}

void readQuantization(const Reading& reading, Draft& draft)
{
    const auto& models = reading.knowledge.entities.catalog().models;
    Choice choice;
    std::size_t unclear = none;
    bool halfPrecision = false;
    for (std::size_t i = 0; i < reading.scene.items.size(); ++i) {
        const Item& item = reading.scene.items[i];
        if (item.kind == Item::Kind::Model && item.model.models.size() == 1
            && reading.polarity[i] == Polarity::Wanted) {
            // A checkpoint that is named with its weights states them.
            const Model& model = models[item.model.models.front()];
            const std::string label = model.architecture.quantization.label();
            if (model.family != model.id && label != "bf16") {
                addOnce(choice.wanted, label);
                choice.wantedAt.push_back(i);
            }
            continue;
        }
        if (item.kind != Item::Kind::Phrase || item.used)
            continue;
        if (item.means(Concept::Unquantized)) {
            addOnce(choice.wanted, std::string("bf16"));
            choice.wantedAt.push_back(i);
            continue;
        }
        if (item.means(Concept::Quantized) && isDenied(reading.scene, i)) {
            addOnce(choice.wanted, std::string("bf16")); // "do not use any quantization"
            choice.wantedAt.push_back(i);
            continue;
        }
        if (item.means(Concept::Quantized) && reading.polarity[i] == Polarity::Wanted
            && unclear == none)
            unclear = i;
        for (const std::string& label : item.meaning->precisions) {
            const bool refused = reading.polarity[i] == Polarity::Refused;
            if (isSecondChoice(reading.scene, i) || isQuarter(reading.scene, i))
                continue;
            if (label == "fp4" && refused) {
                for (const char* fp4 : { "nvfp4", "mxfp4" })
                    addOnce(choice.refused, std::string(fp4));
                choice.refusedAt.push_back(i);
            } else if (label == "fp4" || label == "8bit") {
                unclear = i;
            } else if (refused) {
                addOnce(choice.refused, label);
                choice.refusedAt.push_back(i);
            } else {
                halfPrecision = halfPrecision || reading.scene.tokens[item.first].is("half");
                addOnce(choice.wanted, label);
                choice.wantedAt.push_back(i);
            }
        }
    }
    // "half precision (bf16)" is one kind of weights, described twice.
    if (halfPrecision && contains(choice.wanted, "bf16"))
        std::erase(choice.wanted, "fp16");
    const bool eightBits =
        unclear != none && !reading.scene.items[unclear].meaning->precisions.empty();
    const bool answered = eightBits
        ? (contains(choice.wanted, "fp8") || contains(choice.wanted, "int8"))
        : !choice.wanted.empty() || !choice.refused.empty();
    if (unclear != none && !answered) {
        std::vector<std::string> choices { "fp8", "int8", "int4", "nvfp4", "mxfp4" };
        if (eightBits && reading.scene.items[unclear].meaning->precisions.front() == "8bit")
            choices = { "fp8", "int8" };
        draft.ask(field::quantization, "Which weights are meant?", std::move(choices), unclear);
        return;
    }
    store(choice,
          { draft.intent.quantizations, draft.intent.quantizationsExcluded, field::quantization,
            field::quantizationExcluded },
          reading.scene, draft);
}

} // namespace llmd::intent
