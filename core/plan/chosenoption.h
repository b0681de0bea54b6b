// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/search/search.h>

namespace llmd {

/**
 * A configuration that was given, such as one of an imported plan, with what a search would have found out about it: the
 * prediction at the need's peak and mean, the capacity within the targets, the cost (0 without a price). Fails where the engine
 * does, except for weights that do not fit: then nothing is predicted, and `meetsTargets` is false.
 */
[[nodiscard]] Result<Option> chosenOption(const Candidate& candidate, const ResolvedNeed& need,
                                          const Requirements& requirements, const Catalog& catalog,
                                          const Engine& engine, RunContext& context);

} // namespace llmd
