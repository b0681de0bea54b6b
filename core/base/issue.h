// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "error.h"

#include <string>
#include <vector>

namespace llmd {

enum class Severity { Info, Warning, Error };

/** One of many findings about a document; the rest of the document is still checked. */
struct Issue
{
    Severity severity = Severity::Error;
    ErrorCode code = ErrorCode::InvalidArgument;
    std::string text;       ///< what was found, what was expected, what to do; English
    std::string subject;    ///< path of the field, e.g. `workload.prompt.mean`
    std::optional<Location> where;

    bool operator==(const Issue&) const = default;
};

/** What a lenient reader gives: the best value it could build, and everything it found on the way. */
template <class T>
struct Loaded
{
    T value {};
    std::vector<Issue> issues;

    [[nodiscard]] bool hasErrors() const
    {
        for (const auto& issue : issues) {
            if (issue.severity == Severity::Error)
                return true;
        }
        return false;
    }
};

/** "file:line:column: error: subject: text". */
[[nodiscard]] std::string describe(const Issue& issue);

} // namespace llmd
