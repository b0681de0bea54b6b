// SPDX-License-Identifier: Apache-2.0
#include "numbers.h"

#include <core/base/text.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace llmd::intent {

namespace {

using Kind = Token::Kind;
using Gap = Token::Gap;

constexpr double largest = 1e15; // beyond it nobody states a need

/** What the digits of one token may mean. */
struct Literal
{
    double value = 0;
    std::optional<double> grouped;
    bool identifier = false;
};

double parseDigits(std::string text)
{
    if (text.size() > 18)
        return largest * 10;
    return parseNumber(text).value_or(largest * 10);
}

std::string without(std::string text, char sign)
{
    text.erase(std::remove(text.begin(), text.end(), sign), text.end());
    return text;
}

/** Whether every group after the first has three digits: "1,234,567". */
bool isGrouped(std::string_view text, char sign)
{
    const auto parts = split(text, sign);
    if (parts.front().empty() || parts.front().size() > 3 || parts.front() == "0")
        return false;
    return std::all_of(parts.begin() + 1, parts.end(), [](auto p) { return p.size() == 3; });
}

Literal readLiteral(const std::string& text, Language language)
{
    const auto points = std::count(text.begin(), text.end(), '.');
    const auto commas = std::count(text.begin(), text.end(), ',');
    if (points == 0 && commas == 0) {
        const bool code = text.size() > 1 && text.front() == '0';
        return { parseDigits(text), std::nullopt, code || text.size() > 15 };
    }
    if (points > 0 && commas > 0) {
        const char decimal = text.rfind('.') > text.rfind(',') ? '.' : ',';
        const char group = decimal == '.' ? ',' : '.';
        const auto at = text.find(decimal);
        const std::string whole = text.substr(0, at);
        const bool sound =
            std::count(text.begin(), text.end(), decimal) == 1 && isGrouped(whole, group);
        return { parseDigits(without(whole, group) + "." + text.substr(at + 1)), std::nullopt,
                 !sound };
    }
    const char sign = points > 0 ? '.' : ',';
    if (points + commas > 1)
        return { parseDigits(without(text, sign)), std::nullopt, !isGrouped(text, sign) };
    std::string decimal = text;
    std::replace(decimal.begin(), decimal.end(), ',', '.');
    const double fraction = parseDigits(decimal);
    if (!isGrouped(text, sign))
        return { fraction, std::nullopt, false };
    const double whole = parseDigits(without(text, sign));
    const bool groups = (sign == ',') == (language != Language::German);
    return { groups ? whole : fraction, whole, false };
}

bool isDigits(const Token& token, std::size_t count)
{
    return token.kind == Kind::Number && token.text.size() == count
        && token.text.find_first_of(".,") == std::string::npos;
}

double hanDigit(const Token& token)
{
    static constexpr std::array<std::pair<std::string_view, double>, 13> digits { { { "零", 0 },
                                                                                    { "〇", 0 },
                                                                                    { "一", 1 },
                                                                                    { "二", 2 },
                                                                                    { "两", 2 },
                                                                                    { "三", 3 },
                                                                                    { "四", 4 },
                                                                                    { "五", 5 },
                                                                                    { "六", 6 },
                                                                                    { "七", 7 },
                                                                                    { "八", 8 },
                                                                                    { "九", 9 },
                                                                                    { "半",
                                                                                      0.5 } } };
    for (const auto& [text, value] : digits) {
        if (token.text == text)
            return value;
    }
    return -1;
}

double hanMultiplier(const Token& token)
{
    if (token.kind != Kind::Han)
        return 0;
    static constexpr std::array<std::pair<std::string_view, double>, 5> units {
        { { "十", 10 }, { "百", 100 }, { "千", 1e3 }, { "万", 1e4 }, { "亿", 1e8 } }
    };
    for (const auto& [text, value] : units) {
        if (token.text == text)
            return value;
    }
    return 0;
}

class NumberReader
{
public:
    NumberReader(std::span<const Token> tokens, std::size_t at, const Lexicon& lexicon,
                 Language language)
        : m_tokens(tokens)
        , m_start(at)
        , m_at(at)
        , m_lexicon(lexicon)
        , m_language(language)
    { }

    NumberText run()
    {
        const Token& first = m_tokens[m_start];
        if (first.kind == Kind::Number)
            readDigits();
        else if (first.kind == Kind::Han)
            readHan();
        else if (first.kind == Kind::Word)
            readWords();
        m_result.length = m_found ? m_at - m_start : 0;
        if (!(m_result.value < largest))
            m_result.identifier = true;
        return m_result;
    }

private:
    [[nodiscard]] const Token* token(std::size_t at) const
    {
        return at < m_tokens.size() ? &m_tokens[at] : nullptr;
    }
    [[nodiscard]] bool isWord(std::size_t at, std::string_view text) const
    {
        const Token* t = token(at);
        return t && t->text == text;
    }
    /** The meaning of one word, if it is no more than one. */
    [[nodiscard]] const PhraseMeaning* meaning(std::size_t at) const
    {
        const Token* t = token(at);
        if (!t || t->kind != Kind::Word)
            return nullptr;
        return m_lexicon.match(m_tokens.subspan(at, 1), 0).meaning;
    }
    [[nodiscard]] double multiplierAt(std::size_t at) const
    {
        const PhraseMeaning* m = meaning(at);
        return m ? m->multiplier : 0;
    }
    [[nodiscard]] bool isFew(std::size_t at) const
    {
        const PhraseMeaning* m = meaning(at);
        return m
            && std::find(m->concepts.begin(), m->concepts.end(), Concept::Few) != m->concepts.end();
    }

    void readDigits()
    {
        m_found = true;
        const Token& first = m_tokens[m_start];
        const Literal literal = readLiteral(first.text, m_language);
        m_result.value = literal.value;
        m_result.grouped = literal.grouped;
        m_result.identifier =
            literal.identifier || isPartOfName() || isPartOfCode() || isListMark();
        ++m_at;
        readPower();
        joinGroups();
        readSuffix();
    }

    /** "GPT-4", "v0.15", "Q3": digits that belong to the letters before them. */
    [[nodiscard]] bool isPartOfName() const
    {
        if (m_start == 0)
            return false;
        const Token& before = m_tokens[m_start - 1];
        const Gap gap = m_tokens[m_start].gap;
        if (before.kind != Kind::Word || gap == Gap::Space || gap == Gap::Newline || before.is("x"))
            return false;
        if (m_start > 1 && gap == Gap::Hyphen && (before.is("k") || before.is("m"))
            && before.gap == Gap::None && m_tokens[m_start - 2].kind == Kind::Number)
            return false; // "2.5k-3k"
        if (gap == Gap::None)
            return !before.is("usd") && !before.is("us") && !before.is("eur");
        return m_lexicon.match(m_tokens.subspan(m_start - 1, 1), 0).length == 0;
    }

    /** Dates, times, phone and ticket numbers: "2026-02-14", "10:30", "+49", "#482". */
    [[nodiscard]] bool isPartOfCode() const
    {
        const auto glued = [this](std::size_t at, std::string_view sign) {
            return isWord(at, sign) && m_tokens[at].gap == Gap::None;
        };
        const Token& self = m_tokens[m_start];
        const Token* next = token(m_start + 1);
        const Token* later = token(m_start + 2);
        if (m_start > 0 && self.gap == Gap::None) {
            const Token& before = m_tokens[m_start - 1];
            if (before.is("#") || (before.is("+") && (m_start == 1 || before.gap != Gap::None)))
                return true;
            if (before.is(":") && m_start > 1 && before.gap == Gap::None
                && m_tokens[m_start - 2].kind == Kind::Number)
                return true;
        }
        if (next && later && glued(m_start + 1, ":") && later->kind == Kind::Number
            && later->gap == Gap::None)
            return true;
        return inHyphenChain();
    }

    /** "2) prompts of 2k tokens", "(1) no A100": the number of a list entry. */
    [[nodiscard]] bool isListMark() const
    {
        const Token& self = m_tokens[m_start];
        const Token* next = token(m_start + 1);
        const Token* after = token(m_start + 2);
        constexpr std::size_t longest = 2;
        if (self.text.size() > longest || !next || next->gap != Gap::None
            || !(next->is(")") || next->is(".")) || !after || after->gap == Gap::None)
            return false;
        if (m_start == 0)
            return true;
        const Token& before = m_tokens[m_start - 1];
        if (self.gap == Gap::Newline)
            return true;
        if (!next->is(")"))
            return false;
        if (!before.is("("))
            return before.is(",") || before.is(";") || before.is(":") || before.is(".");
        return m_start == 1 || before.gap == Gap::Newline
            || (m_start > 1 && m_tokens[m_start - 2].kind == Kind::Symbol)
            || isWord(m_start - 2, "and") || isWord(m_start - 2, "und");
    }

    /** "10^4", "1e6". */
    void readPower()
    {
        const Token* sign = token(m_at);
        const Token* exponent = token(m_at + 1);
        if (!sign || !exponent || sign->gap != Gap::None || exponent->gap != Gap::None
            || !isDigits(*exponent, 1))
            return;
        const double power = parseDigits(exponent->text);
        if (sign->is("^"))
            m_result.value = std::pow(m_result.value, power);
        else if (sign->is("e"))
            m_result.value *= std::pow(10.0, power);
        else
            return;
        m_result.grouped.reset();
        m_result.multiplier = m_result.value >= 1000 ? 1000 : 1;
        m_at += 2;
    }

    [[nodiscard]] bool inHyphenChain() const
    {
        const auto joined = [this](std::size_t at) {
            return at > 0 && at < m_tokens.size() && m_tokens[at].kind == Kind::Number
                && m_tokens[at].gap == Gap::Hyphen && m_tokens[at - 1].kind == Kind::Number;
        };
        const int links = (joined(m_start) ? 1 : 0)
            + (m_start > 1 && joined(m_start) && joined(m_start - 1) ? 1 : 0)
            + (joined(m_start + 1) ? 1 : 0) + (joined(m_start + 1) && joined(m_start + 2) ? 1 : 0);
        return links > 1 || (joined(m_start) && m_tokens[m_start].text.front() == '0')
            || (joined(m_start + 1) && m_tokens[m_start + 1].text.front() == '0');
    }

    /** "10 000": a blank that groups. */
    void joinGroups()
    {
        const std::string& text = m_tokens[m_start].text;
        if (text.size() > 3 || text.find_first_of(".,") != std::string::npos || text == "0")
            return;
        while (const Token* next = token(m_at)) {
            if (!isDigits(*next, 3) || next->gap != Gap::Space
                || next->begin != m_tokens[m_at - 1].end + 1)
                break;
            m_result.value = m_result.value * 1000 + parseDigits(next->text);
            ++m_at;
        }
    }

    void scale(double factor)
    {
        m_result.value *= factor;
        m_result.multiplier *= factor;
        // With a suffix, digits are a decimal number: "1.250k" is 1250.
        m_result.grouped.reset();
    }

    void readSuffix()
    {
        const Token* next = token(m_at);
        if (!next)
            return;
        const bool glued = next->gap == Gap::None;
        const Token* after = token(m_at + 1);
        const bool endsThere = !after || after->gap != Gap::None || after->kind != Kind::Number;
        if (next->is("k") && (glued || next->gap == Gap::Space) && endsThere) {
            scale(1e3);
            ++m_at;
        } else if (glued && next->is("m") && endsThere) {
            if (next->capital)
                scale(1e6);
            else
                m_result.million = true;
            ++m_at;
        } else if (glued && next->is("b") && endsThere) {
            m_result.billion = true;
            ++m_at;
        } else if (glued && next->is("t") && endsThere) {
            scale(1e12);
            ++m_at;
        }
        for (double factor = multiplierAt(m_at); factor > 0; factor = multiplierAt(m_at)) {
            scale(factor);
            ++m_at;
        }
        while (const Token* han = token(m_at)) {
            const double factor = hanMultiplier(*han);
            if (factor == 0)
                break;
            scale(factor);
            ++m_at;
        }
    }

    void found(double value, std::size_t end)
    {
        m_found = true;
        m_result.value = value;
        m_at = end;
    }

    /** "a few hundred", "several thousand", "hundreds of", "tens of thousands". */
    bool readVague()
    {
        std::size_t at = m_start;
        if (isWord(at, "a") || isWord(at, "ein"))
            ++at;
        double value = 1;
        if (isFew(at) || (isWord(at, "paar") && at > m_start)) {
            value = 3;
            at += 1;
            if (isWord(at, "of"))
                ++at;
        } else if (at == m_start && isPlural(at)) {
            value = 3 * (isWord(at, "tens") ? 10 : multiplierAt(at));
            ++at;
            if (!isWord(at, "of") && multiplierAt(at) == 0 && m_language == Language::English)
                return false;
        } else {
            return false;
        }
        while (true) {
            const std::size_t of = isWord(at, "of") ? 1 : 0;
            const double factor = multiplierAt(at + of);
            if (factor == 0)
                break;
            value *= factor;
            at += of + 1;
        }
        m_result.vague = true;
        found(value, at);
        return true;
    }

    [[nodiscard]] bool isPlural(std::size_t at) const
    {
        const Token* t = token(at);
        if (!t)
            return false;
        if (t->is("tens") || t->is("hunderte") || t->is("tausende") || t->is("hunderten")
            || t->is("tausenden"))
            return true;
        return multiplierAt(at) > 0 && t->text.back() == 's';
    }

    /** "half a million", "a quarter of a second", "anderthalb Millionen". */
    bool readFraction()
    {
        std::size_t at = m_start;
        if (isWord(at, "a") || isWord(at, "eine") || isWord(at, "einer"))
            ++at;
        double value = 0;
        if (const PhraseMeaning* m = meaning(at); m
            && std::find(m->concepts.begin(), m->concepts.end(), Concept::Half)
                != m->concepts.end())
            value = 0.5;
        else if (isWord(at, "anderthalb") || isWord(at, "eineinhalb"))
            value = 1.5;
        if (value == 0)
            return false;
        ++at;
        if (isWord(at, "a") || isWord(at, "an"))
            ++at;
        const double factor = multiplierAt(at);
        found(value * (factor > 0 ? factor : 1), factor > 0 ? at + 1 : at);
        return true;
    }

    void readWords()
    {
        if (readVague() || readFraction())
            return;
        const Token& first = m_tokens[m_start];
        if (first.is("sub") && isWord(m_start + 1, "second"))
            return found(1, m_start + 1);
        static constexpr std::array<std::string_view, 6> articles { "a",    "an",    "ein",
                                                                    "eine", "einer", "einem" };
        const bool article =
            std::find(articles.begin(), articles.end(), first.text) != articles.end();
        if (article && (isWord(m_start + 1, "pair") || isWord(m_start + 1, "single")))
            return found(isWord(m_start + 1, "pair") ? 2 : 1, m_start + 2);
        if (article && isWithin()
            && (isWord(m_start + 1, "second") || isWord(m_start + 1, "minute")
                || isWord(m_start + 1, "sekunde")))
            return found(1, m_start + 1);
        if (article) {
            const double factor = multiplierAt(m_start + 1);
            if (factor == 0 || isPlural(m_start + 1))
                return;
            m_at = m_start + 1;
            return compose(1);
        }
        if (const auto german = germanNumber(first.text)) {
            m_at = m_start + 1;
            return compose(*german);
        }
        const PhraseMeaning* m = meaning(m_start);
        if (m && m->multiplier > 0 && !isPlural(m_start) && followsDeterminer()) {
            m_at = m_start;
            return compose(1); // "our hundred interns"
        }
        if (!m || !m->number)
            return;
        m_at = m_start + 1;
        compose(*m->number);
    }

    [[nodiscard]] bool followsDeterminer() const
    {
        static constexpr std::array<std::string_view, 12> words { "our",    "the",    "my",
                                                                  "about",  "over",   "under",
                                                                  "than",   "around", "almost",
                                                                  "nearly", "for",    "maximum" };
        return m_start > 0
            && std::find(words.begin(), words.end(), m_tokens[m_start - 1].text) != words.end();
    }

    /** "under a second" is one; "requests a second" is a rate. */
    [[nodiscard]] bool isWithin() const
    {
        static constexpr std::array<std::string_view, 9> words { "under", "within", "below",
                                                                 "than",  "in",     "exceed",
                                                                 "unter", "einer",  "innerhalb" };
        return m_start > 0
            && std::find(words.begin(), words.end(), m_tokens[m_start - 1].text) != words.end();
    }

    /** Adds the words that follow: "twenty" "five", "one" "hundred" "and" "twenty", "thousand". */
    void compose(double current)
    {
        double total = 0;
        while (m_at < m_tokens.size()) {
            const std::size_t skip = isWord(m_at, "and") && current >= 100 ? 1 : 0;
            const PhraseMeaning* m = meaning(m_at + skip);
            if (m && m->multiplier > 0 && skip == 0) {
                if (m->multiplier >= 1000) {
                    total += current * m->multiplier;
                    current = 0;
                } else {
                    current *= m->multiplier;
                }
            } else if (m && m->number && total == 0 && current >= 1 && current <= 9
                       && isTens(*m->number) && m_at == m_start + 1) {
                current = current * 100 + *m->number; // "two fifty"
            } else if (m && m->number && fits(*m->number, current, total > 0)) {
                current += *m->number;
            } else if (isWord(m_at, "and") && isWord(m_at + 1, "a") && isWord(m_at + 2, "half")) {
                current += 0.5;
                m_at += 2;
            } else {
                break;
            }
            m_at += skip + 1;
        }
        if (isWord(m_at, "k") && total == 0) {
            total = current * 1000; // "thirty two k"
            current = 0;
            ++m_at;
        }
        found(total + current, m_at);
        m_result.multiplier = total + current >= 1000 ? 1000 : 1;
    }

    static bool isTens(double value)
    {
        return value >= 20 && value <= 90 && std::fmod(value, 10) == 0;
    }

    static bool fits(double next, double current, bool afterThousands)
    {
        if (current == 0) // "two thousand five hundred"
            return afterThousands && next > 0 && next < 100;
        const double tail = std::fmod(current, 100);
        return (next < 10 && next > 0 && tail >= 20 && std::fmod(tail, 10) == 0)
            || (next < 100 && tail == 0);
    }

    void readHan()
    {
        std::size_t at = m_start;
        const std::string& first = m_tokens[at].text;
        const bool few = first == "几" || first == "数" || first == "上" || first == "成";
        if (few) {
            ++at;
            double factor = 1;
            while (const Token* t = token(at)) {
                const double unit = hanMultiplier(*t);
                if (unit == 0)
                    break;
                factor *= unit;
                ++at;
            }
            if (factor == 1 && first != "几")
                return;
            m_result.vague = true;
            return found(3 * factor, at);
        }
        double total = 0;
        double section = 0;
        double digit = -1;
        for (; const Token* t = token(at); ++at) {
            if (t->kind != Kind::Han)
                break;
            const double value = hanDigit(*t);
            const double unit = hanMultiplier(*t);
            if (value >= 0) {
                digit = value;
            } else if (unit >= 1e4) {
                total = (total + section + std::max(digit, 0.0)) * unit;
                if (total == 0)
                    return; // "万一" is no number
                section = 0;
                digit = -1;
            } else if (unit > 0) {
                section += (digit < 0 ? 1 : digit) * unit;
                digit = -1;
            } else {
                break;
            }
        }
        // "十几": ten and some.
        if (at > m_start && (isWord(at, "几") || isWord(at, "来"))) {
            m_result.vague = true;
            ++at;
        }
        if (at > m_start)
            found(total + section + std::max(digit, 0.0), at);
    }

    std::span<const Token> m_tokens;
    std::size_t m_start;
    std::size_t m_at;
    const Lexicon& m_lexicon;
    Language m_language;
    NumberText m_result;
    bool m_found = false;
};

std::optional<double> germanSmall(std::string_view word)
{
    static constexpr std::array<std::pair<std::string_view, double>, 23> units {
        { { "ein", 1 },       { "eins", 1 },      { "zwei", 2 },      { "drei", 3 },
          { "vier", 4 },      { "fünf", 5 },      { "sechs", 6 },     { "sieben", 7 },
          { "acht", 8 },      { "neun", 9 },      { "zehn", 10 },     { "elf", 11 },
          { "zwölf", 12 },    { "dreizehn", 13 }, { "vierzehn", 14 }, { "fünfzehn", 15 },
          { "sechzehn", 16 }, { "siebzehn", 17 }, { "achtzehn", 18 }, { "neunzehn", 19 },
          { "zwo", 2 },       { "fuenf", 5 },     { "zwoelf", 12 } }
    };
    static constexpr std::array<std::pair<std::string_view, double>, 9> tens { { { "zwanzig", 20 },
                                                                                 { "dreißig", 30 },
                                                                                 { "dreissig", 30 },
                                                                                 { "vierzig", 40 },
                                                                                 { "fünfzig", 50 },
                                                                                 { "sechzig", 60 },
                                                                                 { "siebzig", 70 },
                                                                                 { "achtzig", 80 },
                                                                                 { "neunzig",
                                                                                   90 } } };
    for (const auto& [text, value] : units) {
        if (word == text)
            return value;
    }
    for (const auto& [text, value] : tens) {
        if (word == text)
            return value;
        if (!word.ends_with(text))
            continue;
        const auto rest = word.substr(0, word.size() - text.size());
        if (!rest.ends_with("und"))
            continue;
        const auto unit = germanSmall(rest.substr(0, rest.size() - 3));
        if (unit && *unit < 10)
            return value + *unit;
    }
    return std::nullopt;
}

std::optional<double> germanBelowThousand(std::string_view word)
{
    constexpr std::string_view hundred = "hundert";
    const auto at = word.find(hundred);
    if (at == std::string_view::npos)
        return germanSmall(word);
    const auto count = at == 0 ? std::optional<double>(1) : germanSmall(word.substr(0, at));
    auto rest = word.substr(at + hundred.size());
    if (rest.starts_with("und"))
        rest.remove_prefix(3);
    const auto tail = rest.empty() ? std::optional<double>(0) : germanSmall(rest);
    if (!count || !tail)
        return std::nullopt;
    return *count * 100 + *tail;
}

} // namespace

std::optional<double> germanNumber(std::string_view word)
{
    constexpr std::size_t longestWord = 60;
    // "ein" alone is an article, "hundert" and "tausend" alone are multipliers of the lexicon.
    if (word.size() > longestWord || word == "ein" || word == "eins")
        return std::nullopt;
    constexpr std::string_view thousand = "tausend";
    const auto at = word.find(thousand);
    if (at == std::string_view::npos)
        return germanBelowThousand(word);
    const auto count = at == 0 ? std::optional<double>(1) : germanBelowThousand(word.substr(0, at));
    const auto rest = word.substr(at + thousand.size());
    const auto tail = rest.empty() ? std::optional<double>(0) : germanBelowThousand(rest);
    if (!count || !tail)
        return std::nullopt;
    return *count * 1000 + *tail;
}

NumberText readNumber(std::span<const Token> tokens, std::size_t at, const Lexicon& lexicon,
                      Language language)
{
    return NumberReader(tokens, at, lexicon, language).run();
}

} // namespace llmd::intent
