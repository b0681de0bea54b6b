// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lexicon.h"
#include "token.h"

#include <optional>
#include <span>

namespace llmd::intent {

/** A number as people write it, before its unit is known. */
struct NumberText
{
    double value = 0;
    std::optional<double>
        grouped; ///< if "2.500" may be 2500 as well: that reading, for things that are counted
    std::size_t length = 0; ///< tokens; 0 = no number here
    double multiplier = 1; ///< of the suffix: 1000 for "5k"
    bool vague = false; ///< "a few hundred": value is about the middle
    bool identifier = false; ///< a version, date, phone number, name: never a quantity
    bool million = false; ///< "5m": a million if something is counted, else minutes
    bool billion = false; ///< "7b": a billion if something is counted, else the size of a model
};

/**
 * The number that begins with token `at`, in digits ("2,500", "1.2M", "10 000", "3万") or words
 * ("half a million", "twenty-five", "zweitausendfünfhundert", "一万二千").
 */
[[nodiscard]] NumberText readNumber(std::span<const Token> tokens, std::size_t at,
                                    const Lexicon& lexicon, Language language);

/** German number words written in one: "fünfhundert", "zweitausendfünfhundert". */
[[nodiscard]] std::optional<double> germanNumber(std::string_view word);

} // namespace llmd::intent
