// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/search/loadcurve.h>

#include <nlohmann/json_fwd.hpp>

namespace llmd {

/** A point has the keys of an estimate and those of the load: `rate_rps`, `utilization`, `attainment`, `goodput_rps` … */
[[nodiscard]] nlohmann::ordered_json toJson(const LoadPoint& point);
[[nodiscard]] nlohmann::ordered_json toJson(const LoadCurve& curve);

} // namespace llmd
