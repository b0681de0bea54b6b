// SPDX-License-Identifier: Apache-2.0
#include "leaveout.h"

#include "measuredmodel.h"

#include <core/base/parallel.h>
#include <core/base/text.h>
#include <core/performance/enginefactory.h>

#include <algorithm>
#include <array>
#include <set>

namespace llmd {

namespace {

struct LeaveOutName
{
    LeaveOut by;
    std::string_view name;
};
constexpr std::array names { LeaveOutName { LeaveOut::Nothing, "none" },
                             LeaveOutName { LeaveOut::Model, "model" },
                             LeaveOutName { LeaveOut::Gpu, "gpu" },
                             LeaveOutName { LeaveOut::Generation, "generation" } };

/** The shipped coefficients as they would be without measurements of the generations that `cases` lack. */
Coefficients startFor(const std::vector<FitCase>& cases)
{
    Coefficients start = standardCoefficients();
    for (auto& factors : start.architectures) {
        const bool seen = std::any_of(cases.begin(), cases.end(), [&](const FitCase& each) {
            return each.candidate.gpu->architecture == factors.architecture;
        });
        factors.measured = factors.measured && seen;
    }
    return start;
}

Result<LeftOutFit> fitWithout(const std::string& group, const std::vector<FitCase>& cases,
                              std::shared_ptr<const Catalog> catalog, LeaveOut by,
                              RunContext context)
{
    std::vector<FitCase> rest;
    for (const auto& each : cases) {
        if (group.empty() || leaveOutGroup(each.candidate, by) != group)
            rest.push_back(each);
    }
    auto fit =
        fitCoefficients(rest, std::move(catalog), startFor(rest), standardFitOptions(), context);
    if (!fit)
        return tl::unexpected(fit.error());
    return LeftOutFit { group, cases.size() - rest.size(), std::move(fit->coefficients) };
}

} // namespace

Result<LeaveOut> parseLeaveOut(std::string_view text)
{
    std::vector<std::string> known;
    for (const auto& each : names) {
        if (each.name == text)
            return each.by;
        known.emplace_back(each.name);
    }
    return failure(ErrorCode::InvalidArgument,
                   "cannot leave out '" + std::string(text) + "'; known: " + join(known, ", "));
}

std::string_view toString(LeaveOut by)
{
    for (const auto& each : names) {
        if (each.by == by)
            return each.name;
    }
    return "";
}

std::string leaveOutGroup(const Candidate& candidate, LeaveOut by)
{
    switch (by) {
    case LeaveOut::Nothing:
        break;
    case LeaveOut::Model:
        return modelFamily(candidate.model->id);
    case LeaveOut::Gpu:
        return candidate.gpu->id;
    case LeaveOut::Generation:
        return candidate.gpu->architecture;
    }
    return {};
}

Result<std::vector<LeftOutFit>> fitLeavingOut(const std::vector<FitCase>& cases,
                                              std::shared_ptr<const Catalog> catalog, LeaveOut by,
                                              RunContext& context)
{
    std::set<std::string> groups { "" };
    for (const auto& each : cases)
        groups.insert(leaveOutGroup(each.candidate, by));
    if (groups.size() < 3) {
        return failure(ErrorCode::InvalidArgument,
                       "all measurements to fit to are of one " + std::string(toString(by))
                           + ": leaving it out leaves nothing");
    }
    const std::vector<std::string> order(groups.begin(), groups.end());
    std::vector<Result<LeftOutFit>> results(order.size());
    const bool complete = parallelFor(
        order.size(), context,
        [&](std::size_t i, unsigned) {
            results[i] = fitWithout(order[i], cases, catalog, by, innerContext(context));
        },
        "fit");
    if (!complete)
        return cancelled();
    std::vector<LeftOutFit> fits;
    for (auto& result : results) {
        if (!result)
            return tl::unexpected(result.error());
        fits.push_back(std::move(*result));
    }
    return fits;
}

Result<LeftOutEngines> LeftOutEngines::make(std::string_view engineId,
                                            std::shared_ptr<const Catalog> catalog, LeaveOut by,
                                            const std::vector<LeftOutFit>& fits)
{
    LeftOutEngines result;
    result.m_id = engineId;
    result.m_by = by;
    for (const auto& fit : fits) {
        auto engine = makeEngine(engineId, catalog, fit.coefficients);
        if (!engine)
            return tl::unexpected(engine.error());
        result.m_engines[fit.group] = std::move(*engine);
    }
    if (!result.m_engines.contains(""))
        return failure(ErrorCode::InvalidArgument, "the fit to all measurements is missing");
    return result;
}

const Engine& LeftOutEngines::engineFor(const Candidate& candidate) const
{
    const auto it = m_engines.find(leaveOutGroup(candidate, m_by));
    return it == m_engines.end() ? *m_engines.at("") : *it->second;
}

EngineChoice LeftOutEngines::choice() const
{
    return { m_id,
             [this](const Candidate& candidate) -> const Engine& { return engineFor(candidate); } };
}

} // namespace llmd
