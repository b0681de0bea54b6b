// SPDX-License-Identifier: Apache-2.0
#include "measuredoptions.h"

#include <core/project/project.h>
#include <core/report/review.h>

#include <nlohmann/json.hpp>

namespace llmd::cli {

Result<MeasuredSearch> withMeasurements(std::shared_ptr<const SearchReport> report,
                                        Measurements& measurements)
{
    if (!measurements.finder())
        return MeasuredSearch { std::move(report), {}, {} };
    return withMeasurements(std::move(report), *measurements.finder());
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
    return writeReport(plannedReview({ .search = report,
                                       .ranking = ranking,
                                       .view = parseView(viewName).value_or(View::Balanced),
                                       .top = top,
                                       .title = stated.requirements.title,
                                       .date = today(),
                                       .notes = stated.requirements.notes,
                                       .stated = stated.derivations },
                                     stated.requirements),
                       path);
}

} // namespace llmd::cli
