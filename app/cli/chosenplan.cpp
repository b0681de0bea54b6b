// SPDX-License-Identifier: Apache-2.0
#include "chosenplan.h"

#include "spaceoptions.h"

#include <core/manifests/manifests.h>
#include <core/plan/chosenoption.h>
#include <core/project/project.h>
#include <core/ranking/ranking.h>

#include <fmt/format.h>

#include <algorithm>

namespace llmd::cli {

namespace {

constexpr std::string_view nothingFeasible = "nothing is feasible for this project: ";

/** The named option, else the one chosen in the project, else the best of the project's view. */
Result<const Option*> pickOption(const SearchReport& report, const Project& project,
                                 const std::string& id)
{
    if (report.options.empty())
        return failure(ErrorCode::NotFound, std::string(nothingFeasible) + report.infeasibility);
    const std::string& wanted = id.empty() ? project.chosen : id;
    if (!wanted.empty()) {
        const auto it = std::find_if(report.options.begin(), report.options.end(),
                                     [&](const Option& o) { return o.id == wanted; });
        if (it != report.options.end())
            return &*it;
        return failure(
            ErrorCode::NotFound,
            fmt::format("no feasible configuration has the id '{}'; 'llmd recommend' lists the ids",
                        wanted));
    }
    const Ranking ranking = rank(rankingInputs(report), report.need.priorities, report.need.slo);
    for (const View view : allViews) {
        const auto& order = ranking.order[static_cast<std::size_t>(view)];
        if (toString(view) == project.view && !order.empty())
            return &report.options[order.front()];
    }
    const auto& balanced = ranking.order[0];
    return &report.options[balanced.empty() ? 0 : balanced.front()];
}

/** The configuration of an earlier export, predicted anew. */
Result<ChosenPlan> fromPlan(const std::string& text, const Catalog& catalog, const Engine& engine,
                            RunContext& context)
{
    auto plan = readPlan(text, catalog);
    if (!plan)
        return tl::unexpected(plan.error());
    auto need = resolve(plan->requirements, catalog);
    if (!need)
        return tl::unexpected(need.error());
    auto option =
        chosenOption(plan->candidate, *need, plan->requirements, catalog, engine, context);
    if (!option)
        return tl::unexpected(option.error());
    return ChosenPlan {
        std::move(*option),       std::move(*need),       std::move(plan->requirements), nullptr,
        std::move(plan->variant), std::move(plan->issues)
    };
}

/** The named, chosen or best configuration of a project, searched anew. */
Result<ChosenPlan> fromProject(const std::string& text, const PlanChoice& choice,
                               const std::shared_ptr<const Catalog>& catalog,
                               const EngineRegistry& engines, Session& session)
{
    auto project = parseProject(text, choice.file);
    if (!project)
        return tl::unexpected(project.error());
    const auto engine = engines.find(project->value.engine);
    if (!engine)
        return tl::unexpected(engine.error());
    const auto space = readSpaceOf(project->value.space, session, *catalog);
    if (!space)
        return tl::unexpected(space.error());
    RunContext context = session.runContext();
    const auto report = search({ project->value.requirements, *space }, catalog, **engine, context);
    if (!report)
        return tl::unexpected(report.error());
    if ((*report)->cancelled)
        return failure(ErrorCode::Cancelled, "stopped on request; nothing was written");
    const auto option = pickOption(**report, project->value, choice.candidate);
    if (!option)
        return tl::unexpected(option.error());
    return ChosenPlan { **option, (*report)->need, project->value.requirements,
                        *report,  nullptr,         std::move(project->issues) };
}

} // namespace

bool isNothingFeasible(const Error& error)
{
    return error.code == ErrorCode::NotFound && error.detail.starts_with(nothingFeasible);
}

Result<ChosenPlan> readChosenPlan(const std::string& text, const PlanChoice& choice,
                                  const std::shared_ptr<const Catalog>& catalog,
                                  const EngineRegistry& engines, Session& session)
{
    RunContext context = session.runContext();
    return isPlan(text) ? fromPlan(text, *catalog, engines.standard(), context)
                        : fromProject(text, choice, catalog, engines, session);
}

} // namespace llmd::cli
