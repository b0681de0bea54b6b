// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "executionplan.h"

#include <core/base/units.h>

#include <string>
#include <vector>

namespace llmd {

/** What a change of a running service needs; a plan's level is that of its hardest change. */
enum class ReloadLevel {
    None = -1, ///< the plans decide the same
    Live = 0, ///< routing and scaling: nothing that serves is restarted
    Scheduler = 1, ///< batch settings
    Worker = 2, ///< parallelism, weight format, cache: every replica in turn
    Redeploy = 3, ///< another model, revision, GPU or name: a second deployment beside the first
};
[[nodiscard]] std::string describe(ReloadLevel level); ///< "level 1: scheduler settings"

struct PlanChange
{
    std::string field; ///< path in the execution plan
    std::string before;
    std::string after;
    ReloadLevel level = ReloadLevel::Live;

    bool operator==(const PlanChange&) const = default;
};

/** Differences between two plans and how to get from one to the other. */
struct PlanDiff
{
    std::vector<PlanChange> changes; ///< hardest first, then in the order of the file
    ReloadLevel level = ReloadLevel::None;
    Seconds downtime; ///< during which no replica serves
    Seconds duration; ///< until the new plan is in force everywhere
    std::string downtimeWhy;
    std::string requestLoss;
    int extraGpus = 0; ///< that have to be free beyond those of the old plan
    std::vector<std::string> apply; ///< steps in order, with commands
    std::vector<std::string> rollBack;
};

/** The level that a change of this field needs. */
[[nodiscard]] ReloadLevel reloadLevel(std::string_view field);

/** Commands are for the exports of the plans in folders OLD and NEW. */
[[nodiscard]] PlanDiff comparePlans(const ExecutionPlan& before, const ExecutionPlan& after);

} // namespace llmd
