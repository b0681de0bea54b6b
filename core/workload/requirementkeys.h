// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace llmd {

/** The keys of a requirements file that this version knows, in the order in which they are written. */
[[nodiscard]] const std::vector<std::string>& requirementKeys();

} // namespace llmd
