// SPDX-License-Identifier: Apache-2.0
#include "scene.h"

#include "numbers.h"

#include <algorithm>
#include <array>

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

class SceneReader
{
public:
    SceneReader(std::string_view text, const Knowledge& knowledge)
        : m_knowledge(knowledge)
    {
        m_scene.text = text;
        m_scene.tokens = tokenize(text);
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

    /** "NVIDIA drivers", "Intel Xeon" name no GPUs: a word that we do not know may not follow. */
    [[nodiscard]] bool groupIsMeant(std::size_t next) const
    {
        const std::span<const Token> tokens(m_scene.tokens);
        if (next >= tokens.size() || tokens[next].kind != Token::Kind::Word)
            return true;
        static constexpr std::array<std::string_view, 9> about {
            "shop",  "hardware", "generation", "class",   "based",
            "chips", "silicon",  "family",     "instinct"
        };
        if (std::find(about.begin(), about.end(), tokens[next].text) != about.end())
            return true;
        const auto match = m_knowledge.lexicon.match(tokens, next);
        if (match.length == 0)
            return m_knowledge.entities.gpuAt(tokens, next).length > 0;
        const auto& concepts = match.meaning->concepts;
        return std::find(concepts.begin(), concepts.end(), Concept::OtherUnit) == concepts.end();
    }

    /** "p95", "P 99.9", "95th percentile", "99 % of requests". */
    std::size_t takePercentile(std::size_t at)
    {
        const std::span<const Token> tokens(m_scene.tokens);
        const auto number = [&](std::size_t i) -> double {
            if (i >= tokens.size() || tokens[i].kind != Token::Kind::Number)
                return 0;
            const NumberText read =
                readNumber(tokens.subspan(0, i + 1), i, m_knowledge.lexicon, Language::English);
            return read.value > 1 && read.value < 100 ? read.value : 0;
        };
        if (tokens[at].is("p") && at + 1 < tokens.size() && tokens[at + 1].gap != Gap::Space) {
            const double value = number(at + 1);
            if (value == 0)
                return 0;
            add(Item::Kind::Percentile, at, 2).percentile = value;
            return 2;
        }
        double value = number(at);
        std::size_t next = at + 1;
        if (value == 0 && tokens[at].kind == Token::Kind::Word) {
            // "ninety five percent of the requests"
            const NumberText read = readNumber(tokens, at, m_knowledge.lexicon, m_scene.language);
            value = read.length > 0 && !read.vague && read.value > 1 && read.value < 100
                ? read.value
                : 0;
            next = at + read.length;
        }
        if (value == 0)
            return 0;
        if (next < tokens.size() && tokens[next].gap == Gap::None
            && (tokens[next].is("th") || tokens[next].is("st") || tokens[next].is("rd")
                || tokens[next].is(".")))
            ++next;
        if (next >= tokens.size())
            return 0;
        const auto phrase = m_knowledge.lexicon.match(tokens, next);
        const auto means = [&](Concept what) {
            return phrase.length > 0
                && std::find(phrase.meaning->concepts.begin(), phrase.meaning->concepts.end(), what)
                != phrase.meaning->concepts.end();
        };
        if (!means(Concept::Percentile))
            return 0;
        add(Item::Kind::Percentile, at, next + phrase.length - at).percentile = value;
        return next + phrase.length - at;
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

bool Item::means(Concept what) const
{
    return kind == Kind::Phrase && !used && meaning->conceptSet[static_cast<std::size_t>(what)];
}

Scene readScene(std::string_view text, const Knowledge& knowledge)
{
    return SceneReader(text, knowledge).run();
}

} // namespace llmd::intent
