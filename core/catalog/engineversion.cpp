// SPDX-License-Identifier: Apache-2.0
#include "engineversion.h"

#include <charconv>

namespace llmd {

namespace {

/** Reads digits from the front of `text` and drops them; false if there are none or too many. */
bool takeNumber(std::string_view& text, int& number)
{
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || number < 0)
        return false;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return true;
}

} // namespace

std::optional<SemanticVersion> parseVersion(std::string_view text)
{
    if (!text.empty() && (text.front() == 'v' || text.front() == 'V'))
        text.remove_prefix(1);
    if (text.empty() || text.front() < '0' || text.front() > '9')
        return std::nullopt;
    SemanticVersion version;
    if (!takeNumber(text, version.major))
        return std::nullopt;
    for (int* part : { &version.minor, &version.patch }) {
        if (text.size() < 2 || text[0] != '.' || text[1] < '0' || text[1] > '9')
            break;
        text.remove_prefix(1);
        if (!takeNumber(text, *part))
            return std::nullopt;
    }
    // What may follow: "rc1", ".post1", ".dev3+g1234", "+cu128", "-ubi9"; nothing that could be a
    // cut-off number.
    if (!text.empty() && (text.front() == '.' && text.size() < 2))
        return std::nullopt;
    for (const char c : text) {
        const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z')
            || (c >= 'A' && c <= 'Z') || c == '.' || c == '+' || c == '-' || c == '_';
        if (!plain)
            return std::nullopt;
    }
    return version;
}

bool VersionRow::routerSince(const SemanticVersion& version) const
{
    // "v0" is the moving tag of the main branch.
    const auto parsed = parseVersion(routerVersion);
    return !parsed || *parsed == SemanticVersion {} || *parsed >= version;
}

std::string toString(const SemanticVersion& version)
{
    return std::to_string(version.major) + '.' + std::to_string(version.minor) + '.'
        + std::to_string(version.patch);
}

} // namespace llmd
