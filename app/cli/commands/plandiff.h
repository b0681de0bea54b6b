// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../commandline.h"

#include <core/spec/plandiff.h>

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace llmd::cli {

[[nodiscard]] std::string diffText(const PlanDiff& diff);
[[nodiscard]] nlohmann::ordered_json diffJson(const PlanDiff& diff);

} // namespace llmd::cli
