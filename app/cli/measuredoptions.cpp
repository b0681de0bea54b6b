// SPDX-License-Identifier: Apache-2.0
#include "measuredoptions.h"

#include <core/manifests/manifests.h>
#include <core/plan/deploymentplan.h>
#include <core/project/project.h>
#include <core/report/review.h>

#include <nlohmann/json.hpp>

namespace llmd::cli {

Result<MeasuredSearch> withMeasurements(std::shared_ptr<const SearchReport> report,
                                        Measurements& measurements)
{
    MeasuredSearch result { report, {}, {} };
    auto copy = std::make_shared<SearchReport>(*report);
    for (auto& option : copy->options) {
        const auto replace = [&](const Workload& workload,
                                 Estimate& estimate) -> Result<std::optional<MatchOutcome>> {
            auto found = measurements.find({ option.candidate, workload, estimate }, 0);
            if (found && *found && (*found)->applied)
                estimate = (*found)->applied->estimate;
            return found;
        };
        const Estimate before = option.atPeak;
        auto atPeak = replace(copy->need.peakLoad, option.atPeak);
        const auto atMean = replace(copy->need.meanLoad, option.atMean);
        if (!atPeak || !atMean)
            return tl::unexpected((atPeak ? atMean : atPeak).error());
        if (*atPeak && (*atPeak)->applied) {
            result.applied.emplace(option.id, std::move(**atPeak));
            result.estimated.emplace(option.id, before);
        }
    }
    result.report = std::move(copy);
    return result;
}

void addMeasured(nlohmann::ordered_json& document, const MeasuredSearch& measured,
                 const Corrections& corrections, const Engine& engine, RunContext& context)
{
    const auto& report = *measured.report;
    document["calibration"] = { { "runs", corrections.pairs().size() } };
    for (const auto& option : report.options) {
        if (!document["candidates"].contains(option.id))
            continue;
        auto& entry = document["candidates"][option.id];
        if (const auto it = measured.applied.find(option.id); it != measured.applied.end()) {
            entry["benchmark"] = matchJson(it->second);
            entry["benchmark"]["estimated"] = toJson(measured.estimated.at(option.id));
        }
        const auto correction = corrections.of(option.candidate);
        if (correction.isNone())
            continue;
        if (const auto raw = engine.estimate(option.candidate, report.need.peakLoad, context))
            entry["calibration"] = correctionJson(correction, *raw);
    }
}

Result<> writeReview(const ReviewSource& source, const std::string& path)
{
    const auto& [report, ranking, viewName, top, stated] = source;
    ReviewInput input { .search = report,
                        .ranking = ranking,
                        .view = parseView(viewName).value_or(View::Balanced),
                        .top = top,
                        .title = stated.requirements.title,
                        .date = today(),
                        .stated = stated.derivations };
    const auto& order = ranking.of(input.view);
    Result<DeploymentPlan> plan = failure(ErrorCode::NotFound, "nothing is feasible");
    Result<std::vector<ManifestFile>> files = std::vector<ManifestFile>();
    if (!order.empty()) {
        plan = planDeployment(report.options[order.front()], report.need, stated.requirements,
                              *report.catalog);
        if (plan)
            files = writeManifests(*plan, {});
    }
    if (plan && files) {
        input.plan = &*plan;
        input.files = &*files;
    } else {
        input.obstacle = describe(plan ? files.error() : plan.error());
    }
    return writeReport(reviewReport(input), path);
}

} // namespace llmd::cli
