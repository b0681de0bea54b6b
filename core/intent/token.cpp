// SPDX-License-Identifier: Apache-2.0
#include "token.h"

#include <cstdint>

namespace llmd::intent {

namespace {

constexpr char32_t invalid = 0xFFFD;

struct Decoded
{
    char32_t code = 0;
    std::size_t length = 1;
};

/** One code point; a malformed sequence is one invalid byte. */
Decoded decode(std::string_view text, std::size_t at)
{
    const auto byte = [&](std::size_t i) -> std::uint32_t {
        return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0;
    };
    const std::uint32_t first = byte(0);
    if (first < 0x80)
        return { first, 1 };
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 0;
    if (length == 0 || first > 0xF4)
        return { invalid, 1 };
    char32_t code = first & (0x7Fu >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0u) != 0x80u)
            return { invalid, 1 };
        code = (code << 6) | (byte(i) & 0x3Fu);
    }
    const bool overlong = (length == 3 && code < 0x800) || (length == 4 && code < 0x10000);
    if (overlong || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000))
        return { invalid, 1 };
    return { code, length };
}

void append(std::string& text, char32_t code)
{
    const auto put = [&](char32_t value) { text += static_cast<char>(value); };
    if (code < 0x80) {
        put(code);
    } else if (code < 0x800) {
        put(0xC0 | (code >> 6));
        put(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        put(0xE0 | (code >> 12));
        put(0x80 | ((code >> 6) & 0x3F));
        put(0x80 | (code & 0x3F));
    } else {
        put(0xF0 | (code >> 18));
        put(0x80 | ((code >> 12) & 0x3F));
        put(0x80 | ((code >> 6) & 0x3F));
        put(0x80 | (code & 0x3F));
    }
}

bool between(char32_t code, char32_t low, char32_t high)
{
    return code >= low && code <= high;
}

/** Signs that look alike become one; capitals of ASCII, Latin-1, Greek and Cyrillic small. */
char32_t fold(char32_t code)
{
    if (between(code, 0xFF01, 0xFF5E))
        code -= 0xFEE0;
    if (between(code, 'A', 'Z') || (between(code, 0xC0, 0xDE) && code != 0xD7)
        || between(code, 0x391, 0x3A9) || between(code, 0x410, 0x42F))
        return code + 0x20;
    switch (code) {
    case 0xD7: // multiplication sign
    case 0x2715:
    case 0x2A2F:
        return 'x';
    case 0x2018:
    case 0x2019:
    case 0x02BC:
        return '\'';
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0xAB:
    case 0xBB:
        return '"';
    case 0x2212:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
        return 0x2013;
    case 0x301C:
    case 0x223C:
    case 0x2248:
        return '~';
    case 0x3001:
        return ',';
    case 0x3002:
        return 0x3002;
    default:
        return code;
    }
}

enum class Class { Letter, Digit, Han, Blank, LineEnd, Hyphen, Nothing, Sign };

Class classify(char32_t code)
{
    if (between(code, 'a', 'z'))
        return Class::Letter;
    if (between(code, '0', '9'))
        return Class::Digit;
    if (code == '\n' || code == '\r' || code == 0x2028 || code == 0x2029 || code == 0x85)
        return Class::LineEnd;
    if (code <= ' ' || code == 0x7F || code == 0xA0 || code == 0x3000 || code == invalid
        || between(code, 0x80, 0x9F) || between(code, 0x2000, 0x200A) || code == 0x202F
        || code == 0x205F)
        return Class::Blank;
    if (code == '-' || code == '_' || code == 0x2010 || code == 0x2011)
        return Class::Hyphen;
    // Joiners, direction marks, combining marks and variation selectors do not separate.
    if (between(code, 0x200B, 0x200F) || between(code, 0x202A, 0x202E)
        || between(code, 0x2060, 0x206F) || between(code, 0x300, 0x36F)
        || between(code, 0xFE00, 0xFE0F) || code == 0xFEFF || code == 0xAD)
        return Class::Nothing;
    if (between(code, 0x3040, 0x30FF) || between(code, 0x3400, 0x9FFF)
        || between(code, 0xF900, 0xFAFF) || between(code, 0x20000, 0x3FFFF))
        return Class::Han;
    if (code < 0x80 || between(code, 0xA1, 0xBF) || between(code, 0x2010, 0x2BFF)
        || between(code, 0x3001, 0x303F) || code >= 0x1F000)
        return Class::Sign;
    return Class::Letter;
}

class Tokenizer
{
public:
    explicit Tokenizer(std::string_view text)
        : m_text(text)
    {
        m_tokens.reserve(text.size() / 5 + 8);
    }

    std::vector<Token> run()
    {
        while (m_at < m_text.size())
            step();
        return std::move(m_tokens);
    }

private:
    void step()
    {
        const auto [code, length] = decode(m_text, m_at);
        const char32_t folded = fold(code);
        switch (classify(folded)) {
        case Class::Letter:
            return takeWord();
        case Class::Digit:
            return takeNumber(m_at);
        case Class::Han:
            return takeSign(Token::Kind::Han, folded, length);
        case Class::Blank:
            m_gap = std::max(m_gap, Token::Gap::Space);
            break;
        case Class::LineEnd:
            m_gap = Token::Gap::Newline;
            break;
        case Class::Hyphen:
            takeHyphen(length);
            return;
        case Class::Nothing:
            break;
        case Class::Sign:
            return takeSign(Token::Kind::Symbol, folded, length);
        }
        m_at += length;
    }

    /** A hyphen joins; with blanks on both sides it is a dash and separates. */
    void takeHyphen(std::size_t length)
    {
        const bool blankBefore = m_gap != Token::Gap::None || m_tokens.empty();
        const auto next = decode(m_text, m_at + length);
        const bool blankAfter = m_at + length >= m_text.size()
            || classify(next.code) == Class::Blank || classify(next.code) == Class::LineEnd;
        if (blankBefore && blankAfter)
            return takeSign(Token::Kind::Symbol, 0x2013, length);
        if (m_gap == Token::Gap::None)
            m_gap = Token::Gap::Hyphen;
        m_at += length;
    }

    Token& add(Token::Kind kind, std::size_t end, std::string text)
    {
        m_tokens.push_back({ kind, m_gap, false, std::move(text), m_at, end });
        m_gap = Token::Gap::None;
        m_at = end;
        return m_tokens.back();
    }

    void takeWord()
    {
        const bool afterDigit = !m_tokens.empty() && m_gap == Token::Gap::None
            && m_tokens.back().kind == Token::Kind::Number;
        const bool capital = m_text[m_at] >= 'A' && m_text[m_at] <= 'Z';
        std::string word;
        std::size_t at = m_at;
        while (at < m_text.size()) {
            const auto [code, length] = decode(m_text, at);
            const char32_t folded = fold(code);
            const Class kind = classify(folded);
            if (kind == Class::Letter) {
                append(word, folded);
            } else if (folded == '\'') {
                const auto next = decode(m_text, at + length);
                if (at + length >= m_text.size() || classify(fold(next.code)) != Class::Letter)
                    break;
            } else if (kind != Class::Nothing) {
                break;
            }
            at += length;
            // "8xH100": the x after a number is a sign of its own.
            if (afterDigit && word == "x" && at < m_text.size())
                break;
        }
        add(Token::Kind::Word, at, std::move(word)).capital = capital;
    }

    [[nodiscard]] bool digitAt(std::size_t at) const
    {
        return at < m_text.size() && m_text[at] >= '0' && m_text[at] <= '9';
    }

    /** Digits with the signs that group them or start the fraction: "2,500", "2.500,5", "10'000". */
    void takeNumber(std::size_t start)
    {
        std::string digits = start == m_at ? "" : "0.";
        std::size_t at = start;
        while (at < m_text.size()) {
            const auto [code, length] = decode(m_text, at);
            const char32_t folded = fold(code);
            if (between(folded, '0', '9')) {
                digits += static_cast<char>(folded);
            } else if ((folded == '.' || folded == ',') && length == 1 && digitAt(at + 1)) {
                digits += static_cast<char>(folded);
            } else if ((folded == '\'' || folded == '_') && digitAt(at + length)
                       && digitAt(at + length + 1) && digitAt(at + length + 2)
                       && !digitAt(at + length + 3)) {
                // a sign that only groups
            } else {
                break;
            }
            at += length;
        }
        add(Token::Kind::Number, at, std::move(digits));
    }

    void takeSign(Token::Kind kind, char32_t folded, std::size_t length)
    {
        const bool wordBefore = m_gap == Token::Gap::None && !m_tokens.empty();
        if (folded == '.' && !wordBefore && digitAt(m_at + length))
            return takeNumber(m_at + length); // ".5"
        std::string text;
        if (folded == 0x2264 || folded == 0x2265) {
            text = folded == 0x2264 ? "<=" : ">=";
        } else {
            append(text, folded);
            const std::size_t next = m_at + length;
            if ((text == "<" || text == ">") && next < m_text.size() && m_text[next] == '=') {
                text += '=';
                ++length;
            }
        }
        add(kind, m_at + length, std::move(text));
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    Token::Gap m_gap = Token::Gap::None;
    std::vector<Token> m_tokens;
};

} // namespace

std::vector<Token> tokenize(std::string_view text)
{
    return Tokenizer(text).run();
}

} // namespace llmd::intent
