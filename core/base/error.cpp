// SPDX-License-Identifier: Apache-2.0
#include "error.h"

#include "issue.h"

#include <fmt/format.h>

namespace llmd {

namespace {

std::string prefix(const std::optional<Location>& where)
{
    if (!where)
        return {};
    std::string text = where->file;
    if (where->line > 0)
        text += fmt::format("{}{}", text.empty() ? "line " : ":", where->line);
    if (where->line > 0 && where->column > 0)
        text += fmt::format(":{}", where->column);
    return text.empty() ? text : text + ": ";
}

const char* name(Severity severity)
{
    switch (severity) {
    case Severity::Info:
        return "note";
    case Severity::Warning:
        return "warning";
    case Severity::Error:
        break;
    }
    return "error";
}

} // namespace

std::string describe(const Error& error)
{
    return prefix(error.where) + error.detail;
}

std::string describe(const Issue& issue)
{
    return fmt::format("{}{}: {}{}{}", prefix(issue.where), name(issue.severity), issue.subject,
                       issue.subject.empty() ? "" : ": ", issue.text);
}

} // namespace llmd
