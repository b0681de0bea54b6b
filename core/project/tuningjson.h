// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/tuning/autoscalingtuning.h>
#include <core/tuning/routertuning.h>

#include <nlohmann/json_fwd.hpp>

namespace llmd {

[[nodiscard]] nlohmann::ordered_json toJson(const RouterTuning& tuning);
/** With the samples of one day of what is recommended, every five minutes. */
[[nodiscard]] nlohmann::ordered_json toJson(const AutoscalingTuning& tuning);

} // namespace llmd
