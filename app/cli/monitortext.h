// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/observation/adaptation.h>
#include <core/observation/monitor.h>

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace llmd::cli {

/** One reading for a terminal: state, figures with verdicts, causes, drift. */
[[nodiscard]] std::string monitorText(const MonitorUpdate& update);
/** `{state, time, message, observation, validation, drift, notes}` */
[[nodiscard]] nlohmann::ordered_json monitorJson(const MonitorUpdate& update);
/** Proposals with reload levels and what they gain. */
[[nodiscard]] std::string adaptationText(const Adaptation& adaptation);

} // namespace llmd::cli
