// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/ranking/explanation.h>

#include <nlohmann/json_fwd.hpp>

namespace llmd {

/** `limit` with its kind and figures, and `better`: an array by cost. */
[[nodiscard]] nlohmann::ordered_json toJson(const OptionExplanation& explanation,
                                            const SearchReport& report);
/** `options`: id, place, and the figure with its interval on each axis; null where none is known. */
[[nodiscard]] nlohmann::ordered_json toJson(const std::vector<TradeoffPoint>& points,
                                            const SearchReport& report);

} // namespace llmd
