// SPDX-License-Identifier: Apache-2.0
#include "text.h"

#include <algorithm>

namespace llmd {

namespace {

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}
char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

} // namespace

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && isBlank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && isBlank(text.back()))
        text.remove_suffix(1);
    return text;
}

std::string toLower(std::string_view text)
{
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(), lower);
    return result;
}

std::vector<std::string_view> split(std::string_view text, char separator)
{
    std::vector<std::string_view> parts;
    while (true) {
        const auto end = text.find(separator);
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos)
            return parts;
        text.remove_prefix(end + 1);
    }
}

std::string join(const std::vector<std::string>& parts, std::string_view separator)
{
    std::string result;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i > 0)
            result += separator;
        result += parts[i];
    }
    return result;
}

namespace {

/** Length of the UTF-8 character at the start of a text that is not empty, 0 if there is none. */
std::size_t characterLength(std::string_view text)
{
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    const unsigned first = byte(0);
    std::size_t length = 1;
    if (first >= 0xC2 && first <= 0xDF)
        length = 2;
    else if (first >= 0xE0 && first <= 0xEF)
        length = 3;
    else if (first >= 0xF0 && first <= 0xF4)
        length = 4;
    else if (first >= 0x80)
        return 0;
    if (length > text.size())
        return 0;
    for (std::size_t k = 1; k < length; ++k) {
        if ((byte(k) & 0xC0) != 0x80)
            return 0;
    }
    // Overlong forms, surrogates and what lies beyond U+10FFFF are decided by the second byte.
    if ((first == 0xE0 && byte(1) < 0xA0) || (first == 0xED && byte(1) > 0x9F)
        || (first == 0xF0 && byte(1) < 0x90) || (first == 0xF4 && byte(1) > 0x8F))
        return 0;
    return length;
}

/** Control characters and what is invisible or changes the order in which text is shown. */
bool isUnprintable(std::string_view character)
{
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(character[at]); };
    if (character.size() == 1)
        return byte(0) < 0x20 || byte(0) == 0x7F;
    if (character.size() == 2) // U+0080 … U+009F, Arabic letter mark
        return (byte(0) == 0xC2 && byte(1) < 0xA0) || character == "\xD8\x9C";
    if (character.size() != 3)
        return false;
    const unsigned code = (byte(0) & 0x0FU) << 12 | (byte(1) & 0x3FU) << 6 | (byte(2) & 0x3FU);
    return (code >= 0x200B && code <= 0x200F) || (code >= 0x2028 && code <= 0x202E)
        || (code >= 0x2060 && code <= 0x206F) || code == 0xFEFF;
}

} // namespace

bool isValidUtf8(std::string_view text)
{
    while (!text.empty()) {
        const std::size_t length = characterLength(text);
        if (length == 0)
            return false;
        text.remove_prefix(length);
    }
    return true;
}

std::string printableLine(std::string_view text, std::size_t limit)
{
    std::string line;
    while (!text.empty()) {
        const std::size_t length = std::max<std::size_t>(1, characterLength(text));
        std::string_view character = text.substr(0, length);
        if (characterLength(text) == 0)
            character = "?";
        else if (isUnprintable(character))
            character = " ";
        text.remove_prefix(length);
        if (character == " " && (line.empty() || line.back() == ' '))
            continue;
        if (line.size() + character.size() > limit)
            return line + "...";
        line += character;
    }
    return std::string(trimmed(line));
}

namespace {

/** Optimal string alignment: insertions, deletions, replacements and swaps of neighbours cost 1
 * each. */
std::size_t editDistance(std::string_view a, std::string_view b)
{
    std::vector<std::size_t> beforeLast(b.size() + 1);
    std::vector<std::size_t> last(b.size() + 1);
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j)
        last[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
            row[j] = std::min({ last[j] + 1, row[j - 1] + 1, last[j - 1] + change });
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = std::min(row[j], beforeLast[j - 2] + 1);
        }
        std::swap(beforeLast, last);
        std::swap(last, row);
    }
    return last[b.size()];
}

} // namespace

std::optional<std::string> nearestWord(std::string_view word, const std::vector<std::string>& known)
{
    constexpr std::size_t longestWord = 200; // no point in comparing a pasted page
    if (word.empty() || word.size() > longestWord)
        return std::nullopt;
    const auto wanted = toLower(word);
    std::optional<std::string> nearest;
    std::size_t best = std::max<std::size_t>(1, word.size() / 3) + 1;
    for (const auto& candidate : known) {
        if (candidate.empty() || candidate.size() > longestWord)
            continue;
        const auto distance = editDistance(wanted, toLower(candidate));
        // Half of a short word replaced is another word.
        if (distance < best && distance < candidate.size() && distance < word.size()) {
            best = distance;
            nearest = candidate;
        }
    }
    if (nearest)
        return nearest;
    // Somebody who types only a part means the shortest word that has it.
    constexpr std::size_t shortestPart = 3;
    for (const auto& candidate : known) {
        if (word.size() >= shortestPart && toLower(candidate).find(wanted) != std::string::npos
            && (!nearest || candidate.size() < nearest->size()))
            nearest = candidate;
    }
    return nearest;
}

} // namespace llmd
