// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
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

} // namespace llmd
