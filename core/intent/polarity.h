// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scene.h"

#include <vector>

namespace llmd::intent {

/** Whether the text wants what an item names, does not want it, or only mentions it. */
enum class Polarity : unsigned char { Wanted, Refused, Mentioned };

/** For every item of the scene; negation reaches over lists ("no T4, L4 or A10") and ends at a contrast. */
[[nodiscard]] std::vector<Polarity> readPolarity(const Scene& scene);

} // namespace llmd::intent
