// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace llmd::intent {

/** A run of letters, a number as written, one Chinese character, or one other sign. */
struct Token
{
    enum class Kind { Word, Number, Han, Symbol };
    enum class Gap { None, Hyphen, Space, Newline };

    Kind kind = Kind::Word;
    Gap gap = Gap::None; ///< what separates it from the token before
    bool capital = false; ///< its first letter was written as a capital
    std::string text; ///< lower case, full-width signs as ASCII, apostrophes dropped
    std::size_t begin = 0; ///< bytes of the original text
    std::size_t end = 0;

    [[nodiscard]] bool is(std::string_view word) const { return text == word; }
};

/**
 * Cuts any bytes into tokens: never fails, invalid UTF-8 and control characters separate. Letters
 * and digits are cut apart ("8xH100" is 8, x, h, 100), so that names, numbers and units are found
 * however they are glued together.
 */
[[nodiscard]] std::vector<Token> tokenize(std::string_view text);

} // namespace llmd::intent
