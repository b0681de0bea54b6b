// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/performance/simulation/simulation.h>

#include <nlohmann/json_fwd.hpp>

namespace llmd {

/** The document of `llmd simulate --json`: latencies in ms, everything else as its key says. */
[[nodiscard]] nlohmann::ordered_json toJson(const SimulationReport& report);

} // namespace llmd
