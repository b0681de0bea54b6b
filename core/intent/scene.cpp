// SPDX-License-Identifier: Apache-2.0
#include "scene.h"

#include "numbers.h"

#include <core/base/text.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>

namespace llmd::intent {

namespace {

using Gap = Token::Gap;

/** Words of the text that only one of the languages has, counted. */
Language detectLanguage(const std::vector<Token>& tokens, const Lexicon& lexicon)
{
    std::size_t han = 0;
    std::size_t words = 0;
    std::array<std::size_t, 3> hits {};
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (tokens[i].kind == Token::Kind::Han) {
            ++han;
        } else if (tokens[i].kind == Token::Kind::Word) {
            ++words;
            const auto match = lexicon.match(std::span(tokens).subspan(i, 1), 0);
            if (match.length > 0 && match.meaning->onlyIn)
                ++hits[static_cast<std::size_t>(match.meaning->language)];
            const bool umlaut = tokens[i].text.find('\xC3') != std::string::npos;
            hits[static_cast<std::size_t>(Language::German)] += umlaut ? 1 : 0;
        }
    }
    if (han > 0 && han * 2 >= words)
        return Language::Chinese;
    return hits[1] > hits[0] ? Language::German : Language::English;
}

/** The one-digit number that a word says; -1 = none. */
int spokenDigit(const Token& token, const Lexicon& lexicon)
{
    if (token.kind != Token::Kind::Word)
        return -1;
    const auto* meaning = lexicon.match(std::span(&token, 1), 0).meaning;
    const bool digit = meaning && meaning->number && *meaning->number >= 0 && *meaning->number < 10;
    return digit ? static_cast<int>(*meaning->number) : -1;
}

/** Makes the word tokens [first, last) one number in digits. */
void writeDigits(std::vector<Token>& tokens, std::size_t first, std::size_t last,
                 std::string digits)
{
    tokens[first].kind = Token::Kind::Number;
    tokens[first].text = std::move(digits);
    tokens[first].end = tokens[last - 1].end;
    for (std::size_t i = first + 1; i < last; ++i)
        tokens[i].text.clear();
}

/** "seventy b": the size of a model, and its version before it ("qwen three thirty two b"). */
std::size_t joinSize(std::vector<Token>& tokens, std::size_t at, const Lexicon& lexicon)
{
    constexpr std::size_t longest = 6; // "four hundred and five b"
    // In "qwen three thirty two b" the three is the version.
    if (at + 2 < tokens.size() && spokenDigit(tokens[at], lexicon) > 0 && !tokens[at + 1].is("b")
        && lexicon.match(tokens, at + 1).length > 0
        && lexicon.match(tokens, at + 1).meaning->number)
        return 0;
    const std::size_t visible = std::min(tokens.size() - at, longest);
    const NumberText number = readNumber(std::span<const Token>(tokens).subspan(at, visible), 0,
                                         lexicon, Language::English);
    const std::size_t unit = at + number.length;
    if (number.length == 0 || number.vague || !(number.value > 0) || number.value >= 1000
        || unit >= tokens.size() || !tokens[unit].is("b") || tokens[unit].gap != Gap::Space
        || (unit + 1 < tokens.size() && tokens[unit + 1].kind == Token::Kind::Number
            && tokens[unit + 1].gap == Gap::None))
        return 0;
    writeDigits(tokens, at, unit, printNumber(number.value));
    tokens[unit].gap = Gap::None;
    if (at > 0 && spokenDigit(tokens[at - 1], lexicon) > 0)
        writeDigits(tokens, at - 1, at, std::to_string(spokenDigit(tokens[at - 1], lexicon)));
    return number.length;
}

/** "three point three", "llama seventy b": what was dictated becomes the digits that others type. */
std::vector<Token> joinSpoken(std::vector<Token> tokens, const Lexicon& lexicon)
{
    const auto isSize = [&](std::size_t i) { return i < tokens.size() && tokens[i].is("b"); };
    const auto isSecond = [&](std::size_t i) {
        return i < tokens.size() && (tokens[i].is("second") || tokens[i].is("seconds"));
    };
    for (std::size_t at = 0; at < tokens.size(); ++at) {
        if (tokens[at].kind != Token::Kind::Word)
            continue;
        const int digit = spokenDigit(tokens[at], lexicon);
        if (digit >= 0 && at + 2 < tokens.size() && tokens[at + 1].is("point")
            && spokenDigit(tokens[at + 2], lexicon) >= 0) {
            std::string text = std::to_string(digit) + ".";
            std::size_t next = at + 2;
            for (; next < tokens.size() && spokenDigit(tokens[next], lexicon) >= 0; ++next) {
                if (next > at + 2 && isSize(next + 1))
                    break; // "three point one eight b"
                text += std::to_string(spokenDigit(tokens[next], lexicon));
            }
            writeDigits(tokens, at, next, std::move(text));
            at = next - 1;
        } else if (tokens[at].is("point") && isSecond(at + 2)
                   && spokenDigit(tokens[at + 1], lexicon) > 0) {
            const int tenths = spokenDigit(tokens[at + 1], lexicon); // "point five seconds"
            writeDigits(tokens, at, at + 2, "0." + std::to_string(tenths));
            ++at;
        } else if (const std::size_t length = joinSize(tokens, at, lexicon)) {
            at += length - 1;
        }
    }
    std::erase_if(tokens, [](const Token& token) { return token.text.empty(); });
    return tokens;
}

class SceneReader
{
public:
    SceneReader(std::string_view text, const Knowledge& knowledge)
        : m_knowledge(knowledge)
    {
        m_scene.text = text;
        m_scene.tokens = joinSpoken(tokenize(text), knowledge.lexicon);
        m_scene.language = detectLanguage(m_scene.tokens, knowledge.lexicon);
    }

    Scene run()
    {
        m_scene.items.reserve(m_scene.tokens.size());
        for (std::size_t at = 0; at < m_scene.tokens.size();)
            at += std::max<std::size_t>(1, take(at));
        formQuantities(m_scene);
        return std::move(m_scene);
    }

private:
    Item& add(Item::Kind kind, std::size_t first, std::size_t length)
    {
        Item& item = m_scene.items.emplace_back();
        item.kind = kind;
        item.first = first;
        item.last = first + length;
        return item;
    }

    /** The item that begins with a token; returns its length. */
    std::size_t take(std::size_t at)
    {
        const std::span<const Token> tokens(m_scene.tokens);
        const Token& token = tokens[at];
        // A text may begin with signs that make no item: a quotation mark, then a new line.
        if (token.gap == Gap::Newline && !m_scene.items.empty() && !m_scene.items.back().isBreak())
            endLine(at);
        const auto phrase = m_knowledge.lexicon.match(tokens, at);
        if (const auto length = takeName(at, phrase.length))
            return length;
        if (const auto length = takePercentile(at))
            return length;
        const NumberText number = readNumber(tokens, at, m_knowledge.lexicon, m_scene.language);
        if (number.length > 0 && number.length >= phrase.length)
            return takeNumber(at, number);
        if (phrase.length > 0) {
            add(Item::Kind::Phrase, at, phrase.length).meaning = phrase.meaning;
            return phrase.length;
        }
        if (token.kind == Token::Kind::Symbol)
            return takeSign(at);
        add(Item::Kind::Word, at, 1).people =
            m_scene.language == Language::English && m_knowledge.lexicon.namesPeople(token.text);
        return 1;
    }

    /** A new line that begins a list entry or a sentence ends the one before; wrapped text does not. */
    void endLine(std::size_t at)
    {
        const Token& token = m_scene.tokens[at];
        const bool wrapped = token.kind == Token::Kind::Word && !token.capital;
        const Token& before = m_scene.tokens[at - 1];
        if (!wrapped && !before.is(","))
            markBreak(Item::Kind::Stop, at);
    }

    /** A break that no sign stands for takes no token. */
    void markBreak(Item::Kind kind, std::size_t at)
    {
        Item& item = add(kind, at - 1, 1);
        item.used = true;
    }

    std::size_t takeName(std::size_t at, std::size_t phraseLength)
    {
        const std::span<const Token> tokens(m_scene.tokens);
        GpuMention gpu = m_knowledge.entities.gpuAt(tokens, at);
        ModelMention model = m_knowledge.entities.modelAt(tokens, at);
        if (gpu.group && !groupIsMeant(at + gpu.length))
            gpu.length = 0;
        const std::size_t longest = std::max(gpu.length, model.length);
        if (longest == 0 || longest < phraseLength)
            return 0;
        if (gpu.length >= model.length)
            add(Item::Kind::Gpu, at, gpu.length).gpu = std::move(gpu);
        else
            add(Item::Kind::Model, at, model.length).model = std::move(model);
        return longest;
    }

    /** "just not nvidia lol" */
    [[nodiscard]] bool isDeniedBefore(std::size_t next) const
    {
        if (m_scene.items.empty())
            return false;
        const Item& before = m_scene.items.back();
        return next > 1 && before.last + 1 == next
            && (before.means(Concept::Not) || before.means(Concept::Except));
    }
    [[nodiscard]] static bool namesSoftware(const std::string& word)
    {
        static constexpr std::array<std::string_view, 18> words {
            "driver",    "drivers", "toolkit",  "smi",   "container", "operator",
            "triton",    "nim",     "docker",   "xeon",  "cpu",       "cpus",
            "processor", "epyc",    "software", "ryzen", "licences",  "licenses"
        };
        return std::find(words.begin(), words.end(), word) != words.end();
    }

    /** "NVIDIA drivers", "Intel Xeon" name no GPUs: a word that we do not know may not follow. */
    [[nodiscard]] bool groupIsMeant(std::size_t next) const
    {
        const std::span<const Token> tokens(m_scene.tokens);
        if (next >= tokens.size() || tokens[next].kind != Token::Kind::Word)
            return true;
        static constexpr std::array<std::string_view, 12> about {
            "stuff", "gear",  "parts", "shop",    "hardware", "generation",
            "class", "based", "chips", "silicon", "family",   "instinct"
        };
        if (std::find(about.begin(), about.end(), tokens[next].text) != about.end())
            return true;
        const auto match = m_knowledge.lexicon.match(tokens, next);
        if (match.length == 0)
            return m_knowledge.entities.gpuAt(tokens, next).length > 0
                || (isDeniedBefore(next) && !namesSoftware(tokens[next].text));
        const auto& concepts = match.meaning->concepts;
        return std::find(concepts.begin(), concepts.end(), Concept::OtherUnit) == concepts.end();
    }

    [[nodiscard]] bool isUnitAt(std::size_t at, Concept what) const
    {
        if (at >= m_scene.tokens.size())
            return false;
        const auto phrase = m_knowledge.lexicon.match(m_scene.tokens, at);
        return phrase.length > 0 && phrase.meaning->conceptSet[static_cast<std::size_t>(what)];
    }

    /** A number between 1 and 100 that may be a percentile, in digits or words; and its end. */
    [[nodiscard]] std::pair<double, std::size_t> percentAt(std::size_t at) const
    {
        const std::span<const Token> tokens(m_scene.tokens);
        if (at >= tokens.size())
            return { 0, at };
        const bool digits = tokens[at].kind == Token::Kind::Number;
        if (!digits && tokens[at].kind != Token::Kind::Word)
            return { 0, at };
        const auto visible = digits ? tokens.subspan(0, at + 1) : tokens;
        const NumberText read = readNumber(visible, at, m_knowledge.lexicon,
                                           digits ? Language::English : m_scene.language);
        if (read.length == 0 || read.vague || read.value <= 1 || read.value >= 100)
            return { 0, at };
        return { read.value, at + read.length };
    }

    /** "ninety-ninth": the ordinal of the last word; the number is that of the words before. */
    [[nodiscard]] std::pair<double, std::size_t> ordinalAt(std::size_t at) const
    {
        static constexpr std::array<std::pair<std::string_view, double>, 13> ordinals {
            { { "first", 1 },
              { "second", 2 },
              { "third", 3 },
              { "fifth", 5 },
              { "seventh", 7 },
              { "eighth", 8 },
              { "ninth", 9 },
              { "fiftieth", 50 },
              { "seventieth", 70 },
              { "eightieth", 80 },
              { "ninetieth", 90 },
              { "nintieth", 90 },
              { "ninteeth", 90 } }
        };
        const auto find = [&](std::size_t i) {
            for (const auto& [word, value] : ordinals) {
                if (i < m_scene.tokens.size() && m_scene.tokens[i].is(word))
                    return value;
            }
            return 0.0;
        };
        if (const double whole = find(at); whole >= 50)
            return { whole, at + 1 };
        const auto [tens, next] = percentAt(at);
        const double unit = tens >= 20 && std::fmod(tens, 10) == 0 ? find(next) : 0;
        return unit > 0 && unit < 10 ? std::pair { tens + unit, next + 1 } : std::pair { 0.0, at };
    }

    /** "95 out of 100 requests", "nine of ten users". */
    [[nodiscard]] std::pair<double, std::size_t> shareAt(std::size_t at) const
    {
        const auto& tokens = m_scene.tokens;
        const auto [part, next] = percentAt(at);
        if (part == 0 || next + 2 >= tokens.size())
            return { 0, at };
        std::size_t whole = next;
        if (tokens[whole].is("out"))
            ++whole;
        if (!tokens[whole].is("of") && !tokens[whole].is("in"))
            return { 0, at };
        const NumberText of = readNumber(tokens, whole + 1, m_knowledge.lexicon, m_scene.language);
        const std::size_t noun = whole + 1 + of.length;
        const bool round = of.length > 0 && (of.value == 10 || of.value == 20 || of.value == 100);
        const bool counted = isUnitAt(noun, Concept::Requests) || isUnitAt(noun, Concept::WorkItems)
            || isUnitAt(noun, Concept::People)
            || (noun < tokens.size() && tokens[noun].is("times"));
        if (!round || !counted || part >= of.value || part / of.value < 0.5)
            return { 0, at };
        return { part / of.value * 100, noun + 1 };
    }

    /** "p95", "P 99.9", "95p", "95th percentile", "ninety-ninth percentile", "99 % of requests". */
    std::size_t takePercentile(std::size_t at)
    {
        const std::span<const Token> tokens(m_scene.tokens);
        const auto take = [&](double value, std::size_t end) {
            add(Item::Kind::Percentile, at, end - at).percentile = value;
            return end - at;
        };
        if (tokens[at].is("p") && at + 1 < tokens.size()) {
            const bool word = tokens[at + 1].kind == Token::Kind::Word;
            const auto [value, end] = percentAt(at + 1);
            if (value == 0 || (word ? value < 50 : tokens[at + 1].gap == Gap::Space))
                return 0;
            return take(value, end);
        }
        if (const auto [value, end] = shareAt(at); value > 0)
            return take(value, end);
        auto [value, next] = ordinalAt(at);
        bool ordinal = value > 0;
        if (!ordinal)
            std::tie(value, next) = percentAt(at);
        if (value == 0 || next >= tokens.size())
            return 0;
        if (tokens[next].gap == Gap::None) {
            if (tokens[next].is("p") && value >= 50
                && (next + 1 >= tokens.size() || tokens[next + 1].gap != Gap::None
                    || tokens[next + 1].kind == Token::Kind::Symbol))
                return take(value, next + 1);
            const bool suffix = tokens[next].is("th") || tokens[next].is("st")
                || tokens[next].is("rd") || tokens[next].is(".");
            ordinal = ordinal || (suffix && !tokens[next].is("."));
            next += suffix ? 1 : 0;
        }
        if (next >= tokens.size())
            return 0;
        const auto phrase = m_knowledge.lexicon.match(tokens, next);
        const bool percent = ordinal && isUnitAt(next, Concept::Percent);
        if (!percent && !isUnitAt(next, Concept::Percentile))
            return 0;
        return take(value, next + phrase.length);
    }

    std::size_t takeNumber(std::size_t at, const NumberText& number)
    {
        Item& item = add(Item::Kind::Number, at, number.length);
        Quantity& quantity = item.quantity;
        quantity.low = quantity.high = number.value;
        quantity.vague = number.vague;
        quantity.identifier = number.identifier;
        quantity.grouped = number.grouped;
        quantity.million = number.million;
        quantity.billion = number.billion;
        quantity.suffixed = number.multiplier > 1;
        const std::size_t next = at + number.length;
        const auto& tokens = m_scene.tokens;
        if (next < tokens.size() && tokens[next].gap == Gap::None
            && (tokens[next].is("th") || tokens[next].is("st") || tokens[next].is("nd")
                || tokens[next].is("rd")))
            quantity.identifier = true;
        return number.length;
    }

    /** Signs that only repeat add nothing. */
    [[nodiscard]] bool isPauseAlready(const std::string& text) const
    {
        return !m_scene.items.empty() && m_scene.items.back().kind == Item::Kind::Comma
            && m_scene.tokens[m_scene.items.back().first].text == text;
    }

    [[nodiscard]] bool isHeading() const
    {
        constexpr std::size_t longestHeading = 2;
        std::size_t items = 0;
        for (auto item = m_scene.items.rbegin(); item != m_scene.items.rend(); ++item, ++items) {
            if (item->kind == Item::Kind::Stop)
                break;
            if (items == longestHeading || item->kind != Item::Kind::Phrase)
                return false;
        }
        return items > 0;
    }

    std::size_t takeSign(std::size_t at)
    {
        const auto& tokens = m_scene.tokens;
        const std::string& text = tokens[at].text;
        const bool last = at + 1 >= tokens.size();
        if (text == ".") {
            if (!last && tokens[at + 1].gap == Gap::None) {
                add(Item::Kind::Word, at, 1);
                return 1;
            }
            // "approx. 300" goes on; "No. We have" does not.
            const bool abbreviation = !last && at > 0
                && m_knowledge.lexicon.isAbbreviation(tokens[at - 1].text)
                && (tokens[at + 1].kind != Token::Kind::Word || !tokens[at + 1].capital
                    || m_scene.language == Language::German);
            if (!abbreviation)
                add(Item::Kind::Stop, at, 1);
            return 1;
        }
        static constexpr std::array<std::string_view, 4> stops { "。", "!", "?", ";" };
        static constexpr std::array<std::string_view, 4> pauses { ",", "(", ")", "|" };
        if (text == "?" && isHeading())
            return 1; // "Users? 250" is a form that was filled in
        if (std::find(stops.begin(), stops.end(), text) != stops.end())
            add(Item::Kind::Stop, at, 1);
        else if (isPauseAlready(text))
            return 1;
        else if (std::find(pauses.begin(), pauses.end(), text) != pauses.end())
            add(Item::Kind::Comma, at, 1);
        else if (text != "\"" && text != "'")
            add(Item::Kind::Word, at, 1);
        return 1;
    }

    const Knowledge& m_knowledge;
    Scene m_scene;
};

} // namespace

Scene readScene(std::string_view text, const Knowledge& knowledge)
{
    return SceneReader(text, knowledge).run();
}

} // namespace llmd::intent
