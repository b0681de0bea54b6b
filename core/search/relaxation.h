// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "unitsearch.h"

#include <functional>

namespace llmd {

/** What a search that found nothing knows about why. */
struct Failure
{
    std::array<std::uint64_t, constraintCount> counts {};
    std::array<std::optional<Miss>, constraintCount> misses;
};

/** Runs a search for other requirements in the same space, without looking for ways out of its own. */
using Trial = std::function<Result<std::shared_ptr<SearchReport>>(const Requirements&)>;

/** Ways out, each shown feasible by `trial`, smallest change first. */
[[nodiscard]] std::vector<Relaxation> relaxationsOf(const Failure& failure,
                                                    const SearchInput& input,
                                                    const Catalog& catalog, const Trial& trial);

/** The constraint that refused those candidates that came furthest; nothing if there were none at all. */
[[nodiscard]] std::optional<Constraint> bindingConstraint(const Failure& failure);

} // namespace llmd
