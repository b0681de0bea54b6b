// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/search/refinement.h>

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace llmd::cli {

/** What a second engine changed, option by option. */
[[nodiscard]] std::string refinementText(const Refinement& refinement, const SearchReport& before);
[[nodiscard]] nlohmann::ordered_json refinementJson(const Refinement& refinement,
                                                    const SearchReport& before);

} // namespace llmd::cli
