// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "record.h"

#include <nlohmann/json_fwd.hpp>

namespace llmd {

/**
 * What one report says itself, in seconds and tokens, with the fields that its format has: the document of
 * `llmd benchmark inspect`. Values that were read from a load generator's configuration are left out.
 */
[[nodiscard]] nlohmann::ordered_json toInspectJson(const BenchmarkDocument& document);

/** Everything about a record, with the origin of what the report did not state. */
[[nodiscard]] nlohmann::ordered_json toJson(const BenchmarkRecord& record);

} // namespace llmd
