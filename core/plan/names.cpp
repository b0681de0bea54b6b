// SPDX-License-Identifier: Apache-2.0
#include "names.h"

#include <core/base/text.h>

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

namespace llmd {

namespace {

bool isLower(char c)
{
    return c >= 'a' && c <= 'z';
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isAlphanumeric(char c)
{
    return isLower(c) || isDigit(c) || (c >= 'A' && c <= 'Z');
}

/** `text` with every run of characters that `legal` refuses as one dash, without separators at the
 * ends. */
template <class Legal> std::string dashed(std::string_view text, Legal legal)
{
    std::string result;
    for (const char c : text) {
        if (legal(c))
            result += c;
        else if (!result.empty() && result.back() != '-')
            result += '-';
    }
    const auto end = std::find_if(result.rbegin(), result.rend(), isAlphanumeric).base();
    result.erase(end, result.end());
    result.erase(result.begin(), std::find_if(result.begin(), result.end(), isAlphanumeric));
    return result;
}

/** Cut to `length` with six digits of the hash of `whole` at the end, if it is longer. */
std::string shortened(std::string text, std::size_t length, std::string_view whole)
{
    if (text.size() <= length)
        return text;
    text.resize(length - 7);
    while (!text.empty() && !isAlphanumeric(text.back()))
        text.pop_back();
    return text + "-" + contentHash(whole).substr(0, 6);
}

bool isDnsText(std::string_view text, bool digitFirst)
{
    if (text.empty() || text.size() > maxLabelLength)
        return false;
    const bool legal =
        std::ranges::all_of(text, [](char c) { return isLower(c) || isDigit(c) || c == '-'; });
    return legal && (isLower(text.front()) || (digitFirst && isDigit(text.front())))
        && text.back() != '-';
}

/** Bytes of the UTF-8 character at the start of `text`, 0 if it is not one. */
std::size_t characterLength(std::string_view text)
{
    const auto lead = static_cast<unsigned char>(text.front());
    const std::size_t length = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    return length <= text.size() && isValidUtf8(text.substr(0, length)) ? length : 0;
}

/** Controls (C0, DEL, C1 with NEL), the separators U+2028 and U+2029, and the byte order mark. */
bool breaksLine(std::string_view character)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(character[i]); };
    if (character.size() == 1)
        return byte(0) < 0x20 || byte(0) == 0x7F;
    if (character.size() == 2)
        return byte(0) == 0xC2 && byte(1) < 0xA0;
    return character == "\u2028" || character == "\u2029" || character == "\uFEFF";
}

} // namespace

std::string contentHash(std::string_view text)
{
    std::uint64_t hash = 0xcbf29ce484222325u;
    for (const char c : text) {
        hash ^= static_cast<unsigned char>(c);
        hash *= 0x100000001b3u;
    }
    return fmt::format("{:016x}", hash);
}

std::string kubernetesName(std::string_view text, std::size_t maxLength)
{
    const auto slash = text.find_last_of('/');
    const auto last = slash == std::string_view::npos ? text : text.substr(slash + 1);
    auto name = dashed(toLower(last), [](char c) { return isLower(c) || isDigit(c); });
    if (name.empty())
        name = "model-" + contentHash(text).substr(0, 6);
    if (!isLower(name.front()))
        name = "m-" + name;
    return shortened(std::move(name), std::clamp<std::size_t>(maxLength, 8, maxLabelLength), text);
}

std::string labelValue(std::string_view text)
{
    auto value = dashed(text, [](char c) { return isAlphanumeric(c) || c == '.' || c == '_'; });
    if (value.empty())
        value = "model-" + contentHash(text).substr(0, 6);
    return shortened(std::move(value), maxLabelLength, text);
}

bool isServiceName(std::string_view text)
{
    return isDnsText(text, false);
}

bool isDnsLabel(std::string_view text)
{
    return isDnsText(text, true);
}

bool isDnsSubdomain(std::string_view text)
{
    if (text.size() > 253)
        return false;
    return std::ranges::all_of(split(text, '.'), isDnsLabel);
}

bool isLabelValue(std::string_view text)
{
    if (text.empty())
        return true;
    const bool legal = std::ranges::all_of(
        text, [](char c) { return isAlphanumeric(c) || c == '-' || c == '_' || c == '.'; });
    return legal && text.size() <= maxLabelLength && isAlphanumeric(text.front())
        && isAlphanumeric(text.back());
}

bool isLabelKey(std::string_view text)
{
    const auto slash = text.find('/');
    if (slash == std::string_view::npos)
        return !text.empty() && isLabelValue(text);
    return isDnsSubdomain(text.substr(0, slash)) && slash + 1 < text.size()
        && isLabelValue(text.substr(slash + 1));
}

std::string oneLine(std::string_view text, std::size_t maxBytes)
{
    std::string result;
    while (!text.empty()) {
        const std::size_t length = characterLength(text);
        const auto character = text.substr(0, std::max<std::size_t>(length, 1));
        if (result.size() + character.size() > maxBytes)
            return result + "…";
        if (length == 0)
            result += '?';
        else if (breaksLine(character))
            result += ' ';
        else
            result += character;
        text.remove_prefix(character.size());
    }
    return result;
}

} // namespace llmd
