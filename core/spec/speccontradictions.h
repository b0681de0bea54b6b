// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "inferenceservice.h"
#include "specfinding.h"

#include <vector>

namespace llmd {

/** What the values of a spec say against each other, whatever model and GPU they are about. */
[[nodiscard]] std::vector<SpecFinding> specContradictions(const InferenceService& service);

} // namespace llmd
