// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "error.h"
#include "result.h"

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace llmd {

/** A file of `resources/` that is compiled into the library, so that the programs need no data folder. */
struct Resource
{
    std::string_view path; ///< relative to `resources/`, e.g. "catalog/gpus.yaml"
    std::string_view content;
};

/** All of them, sorted by path. */
[[nodiscard]] const std::vector<Resource>& builtinResources();
/** The content of one, empty if there is none of that path. */
[[nodiscard]] std::string_view builtinResource(std::string_view path);

/**
 * What `read(content, name)` makes of a resource without which the program cannot work. A failure is a broken build and not
 * a user's error (tests read every such file): it is printed, and the program ends.
 */
template <class T>
[[nodiscard]] T readBuiltin(std::string_view path,
                            Result<T> (*read)(std::string_view, const std::string&))
{
    auto result = read(builtinResource(path), std::string(path));
    if (!result) {
        std::fputs((describe(result.error()) + "\n").c_str(), stderr);
        std::abort();
    }
    return std::move(*result);
}

} // namespace llmd
