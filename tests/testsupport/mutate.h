// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <random>
#include <string>
#include <string_view>
#include <vector>

/** Deterministic mutations of documents, for tests that a parser survives anything. */
namespace llmd::testing {

/**
 * Makes damaged variants of sample documents: bytes flipped, cut, repeated and moved, pieces of other samples and
 * tokens that parsers stumble over put in. The same seed gives the same variants with every standard library.
 */
class Mutator
{
public:
    /** `tokens` are put in as they are: brackets, quotes, anchors, huge numbers and whatever the format fears. */
    Mutator(std::vector<std::string> samples, std::vector<std::string> tokens, unsigned seed = 1)
        : m_samples(std::move(samples))
        , m_tokens(std::move(tokens))
        , m_random(seed)
    { }

    [[nodiscard]] std::string next()
    {
        auto text = m_samples[below(m_samples.size())];
        for (auto rounds = 1 + below(4); rounds > 0; --rounds)
            mutate(text);
        constexpr std::size_t longest = 20'000;
        if (text.size() > longest)
            text.resize(longest);
        return text;
    }

    /** Uniform in 0 … bound - 1. The standard distributions differ between libraries, the generator does not. */
    [[nodiscard]] std::size_t below(std::size_t bound)
    {
        return bound == 0 ? 0 : m_random() % bound;
    }

    /** A string of characters that are awkward in one format or another; always valid UTF-8. */
    [[nodiscard]] std::string hostileString(std::size_t longest = 12)
    {
        static const std::array<std::string_view, 64> pieces { "a",
                                                               "b",
                                                               "Z",
                                                               "0",
                                                               "1",
                                                               "9",
                                                               " ",
                                                               "  ",
                                                               "\t",
                                                               "\n",
                                                               "\r",
                                                               "\r\n",
                                                               "-",
                                                               "--",
                                                               "+",
                                                               ".",
                                                               "..",
                                                               ",",
                                                               ":",
                                                               ": ",
                                                               " #",
                                                               "#",
                                                               "'",
                                                               "\"",
                                                               "\\",
                                                               "{",
                                                               "}",
                                                               "[",
                                                               "]",
                                                               "&",
                                                               "*",
                                                               "!",
                                                               "|",
                                                               ">",
                                                               "%",
                                                               "@",
                                                               "`",
                                                               "?",
                                                               "? ",
                                                               "- ",
                                                               "=",
                                                               "<<",
                                                               "~",
                                                               "_",
                                                               "/",
                                                               "$(X)",
                                                               "{{ }}",
                                                               "\x01",
                                                               "\x7f",
                                                               "\x1b",
                                                               "e",
                                                               "x",
                                                               "o",
                                                               "ä",
                                                               "中",
                                                               "é",
                                                               "\xc2\x85",
                                                               "\xc2\xa0",
                                                               "\xe2\x80\xa8",
                                                               "\xe2\x80\xa9",
                                                               "\xef\xbb\xbf",
                                                               "\xf0\x9f\x9a\x80",
                                                               "\xef\xbf\xbf",
                                                               "\xe2\x80\xae" };
        std::string text;
        for (auto count = below(longest + 1); count > 0; --count)
            text += pieces[below(pieces.size())];
        return text;
    }

private:
    void mutate(std::string& text)
    {
        const auto at = below(text.size() + 1);
        const auto length = std::min(below(40) + 1, text.size() - at);
        switch (below(9)) {
        case 0: // flip a bit
            if (at < text.size())
                text[at] = static_cast<char>(text[at] ^ (1 << below(8)));
            break;
        case 1: // any byte
            text.insert(at, 1, static_cast<char>(below(256)));
            break;
        case 2:
            text.erase(at, length);
            break;
        case 3: // repeat a piece, sometimes so often that depth and size become a question
            insertRepeated(text, at, text.substr(at, length), below(8) == 0 ? 200 : 1 + below(3));
            break;
        case 4: {
            const auto& other = m_samples[below(m_samples.size())];
            text.insert(below(text.size() + 1), other, below(other.size() + 1), below(80));
            break;
        }
        case 5:
            text.resize(at);
            break;
        case 6: { // move a piece
            const auto piece = text.substr(at, length);
            text.erase(at, length);
            text.insert(below(text.size() + 1), piece);
            break;
        }
        case 7: // break or shift a line
            text.insert(at, below(2) ? "\n" : "  ");
            break;
        default:
            if (!m_tokens.empty())
                insertRepeated(text, at, m_tokens[below(m_tokens.size())],
                               below(16) == 0 ? 300 : 1);
        }
    }

    static void insertRepeated(std::string& text, std::size_t at, const std::string& piece,
                               std::size_t times)
    {
        std::string all;
        all.reserve(piece.size() * times);
        for (; times > 0; --times)
            all += piece;
        text.insert(at, all);
    }

    std::vector<std::string> m_samples;
    std::vector<std::string> m_tokens;
    std::mt19937 m_random;
};

} // namespace llmd::testing
