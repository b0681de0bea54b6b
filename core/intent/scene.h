// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "entities.h"
#include "lexicon.h"
#include "token.h"

#include <optional>
#include <string_view>
#include <vector>

namespace llmd::intent {

enum class Unit {
    None,
    Time,
    Tokens,
    People,
    Requests,
    WorkItems,
    Gpus,
    Nodes,
    Replicas,
    Memory,
    Percent,
    TokensPerSecond,
    Rate,
    Money,
    OtherMoney,
    ModelSize,
    Other
};
enum class Bound { Exactly, About, AtMost, AtLeast };

/** A number with everything around it that belongs to it. */
struct Quantity
{
    double low = 0;
    double high = 0; ///< equal to `low` unless a range was said
    Unit unit = Unit::None;
    Bound bound = Bound::Exactly;
    double seconds = 1; ///< of the unit of a time; of the period of a rate or of money
    bool hasPeriod = false; ///< `seconds` of money was said
    bool vague = false;
    bool identifier = false;
    bool perUser = false;
    bool perGpu = false;
    bool suffixed = false; ///< "5k": surely a number and no name
    bool unitBefore = false; ///< "tokens: 600"
    bool backward = false; ///< "six of them": the unit is that of a noun before
    std::optional<double> grouped; ///< the other reading of "2.500"
    bool million = false;
    bool billion = false;

    [[nodiscard]] bool isRange() const { return high > low; }
};

/** A piece of the text that means something, or a word that does not. */
struct Item
{
    enum class Kind { Word, Phrase, Number, Percentile, Gpu, Model, Comma, Stop };

    Kind kind = Kind::Word;
    std::size_t first = 0; ///< tokens [first, last)
    std::size_t last = 0;
    const PhraseMeaning* meaning = nullptr; ///< of a phrase
    Quantity quantity; ///< of a number
    double percentile = 0;
    GpuMention gpu;
    ModelMention model;
    bool people = false; ///< a word that names people by its ending only: "underwriters"
    bool used = false; ///< as a unit or a period: means nothing else any more

    /** In the header, because the readers ask it of most items around each number. */
    [[nodiscard]] bool means(Concept what) const
    {
        return kind == Kind::Phrase && !used && meaning->conceptSet[static_cast<std::size_t>(what)];
    }
    [[nodiscard]] bool isBreak() const { return kind == Kind::Comma || kind == Kind::Stop; }
};

/** Items after which a sentence is cut, so that the time for any text grows with its length only. */
inline constexpr std::size_t longestSentence = 240;

/** One message, cut into items with quantities formed. */
struct Scene
{
    std::string_view text;
    std::vector<Token> tokens;
    std::vector<Item> items;
    std::vector<std::pair<std::size_t, std::size_t>> sentences; ///< items [first, last)
    Language language = Language::English;

    [[nodiscard]] std::size_t beginOf(std::size_t item) const
    {
        return tokens[items[item].first].begin;
    }
    [[nodiscard]] std::size_t endOf(std::size_t item) const
    {
        return tokens[items[item].last - 1].end;
    }
};

/** The catalog and the words of the languages, ready to read texts with. */
struct Knowledge
{
    Lexicon lexicon;
    Entities entities;
};

[[nodiscard]] Scene readScene(std::string_view text, const Knowledge& knowledge);
/** Joins ranges, units, periods and bounds to the numbers, and finds the sentences; part of `readScene`. */
void formQuantities(Scene& scene);
/** "5-10k", "between 50 and 80", "6k ± 2k": one number; the first step of `formQuantities`. */
void joinRanges(Scene& scene);

} // namespace llmd::intent
