// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace llmd {

/** Where in a text file something was found; lines and columns count from 1, 0 means unknown. */
struct Location
{
    std::string file;
    int line = 0;
    int column = 0;

    bool operator==(const Location&) const = default;
};

/** What went wrong, as a class that a program can act on; `Error::detail` says it to people. */
enum class ErrorCode {
    InvalidArgument, ///< a value that the caller gave is out of its range
    Syntax,          ///< text that its format does not allow
    WrongType,       ///< a field of another type than expected
    MissingField,    ///< a field that is needed and absent
    NotFound,        ///< an id or a file that does not exist
    Unsupported,     ///< understood, and outside what the product can do honestly
    LimitExceeded,   ///< too large, too deep or too many
    Io,              ///< reading or writing failed
    Cancelled,       ///< stopped on request
    Internal,        ///< a broken promise of our own code
};

/**
 * One failure. `detail` is a complete English sentence for command line and log: what was found, what was
 * expected, what to do. The user interface translates by `code` and `args` and falls back to `detail`.
 */
struct Error
{
    ErrorCode code = ErrorCode::Internal;
    std::string detail;
    std::vector<std::string> args;
    std::optional<Location> where;

    bool operator==(const Error&) const = default;
};

/** "file:line:column: detail", leaving out what is not known. */
[[nodiscard]] std::string describe(const Error& error);

/** For `map_error`: puts "`context`: " before the detail of an error on its way up. */
[[nodiscard]] inline auto withContext(std::string context)
{
    return [context = std::move(context)](Error error) {
        error.detail = context + ": " + error.detail;
        return error;
    };
}

} // namespace llmd
