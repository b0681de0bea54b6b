// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deploymentplan.h"

/** How one group of servers is planned; internal to core/plan. */
namespace llmd {

struct ServerInput
{
    ServerRole role = ServerRole::Both;
    const Candidate& candidate; ///< of this group: its pool and settings are those of the group
    const Option& option; ///< the whole configuration, with what was predicted
    const ResolvedNeed& need;
    const Requirements& requirements;
    const VersionRow& versions;
    Bytes checkpoint;
};

/** GPUs of `gpu` in one node, as the inventory or else the catalog says. */
[[nodiscard]] int nodeSize(const Gpu& gpu, const Requirements& requirements);

/** Fails on GPUs and parallel sizes that cannot be deployed, with a remedy. */
[[nodiscard]] Result<> checkServers(const Candidate& candidate, const Requirements& requirements,
                                    const SemanticVersion& version);

/** Everything about one group of servers; `checkServers` must have passed. */
[[nodiscard]] ServerPlan planServers(const ServerInput& input);

/** `value` rounded up to a multiple of `step`. */
[[nodiscard]] double roundedUp(double value, double step);

} // namespace llmd
