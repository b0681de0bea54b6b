// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commandline.h"

#include <core/performance/engine.h>
#include <core/search/search.h>

#include <memory>
#include <string>
#include <vector>

namespace llmd::cli {

/** A configuration of a plan file, and what keeps alive the models that it points to. */
struct ChosenPlan
{
    Option option;
    ResolvedNeed need;
    Requirements requirements;
    std::shared_ptr<const SearchReport> report;
    std::shared_ptr<const Model> variant;
    std::vector<Issue> issues;
};

struct PlanChoice
{
    std::string file; ///< for messages
    std::string candidate; ///< id; empty = the chosen or best one
};

/**
 * The configuration of a planner.json, predicted anew, or the named, chosen or best one of a project, searched anew. Fails on
 * text of neither, on an unknown id, and where nothing is feasible (see `isNothingFeasible`).
 */
[[nodiscard]] Result<ChosenPlan> readChosenPlan(const std::string& text, const PlanChoice& choice,
                                                const std::shared_ptr<const Catalog>& catalog,
                                                const EngineRegistry& engines, Session& session);
[[nodiscard]] bool isNothingFeasible(const Error& error);

} // namespace llmd::cli
