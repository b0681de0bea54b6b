// SPDX-License-Identifier: Apache-2.0
#include "refit.h"

#include <core/performance/enginefactory.h>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <set>

namespace llmd {

namespace {

Result<RefitErrors> errorsWith(const std::vector<MeasurementFile>& files, const Catalog& catalog,
                               const EngineChoice& engine, RunContext& context)
{
    const auto comparison = compareSpeed(files, catalog, engine, context);
    if (!comparison)
        return tl::unexpected(comparison.error());
    return RefitErrors { errorsOf(comparison->latency), errorsOf(comparison->serving) };
}

Result<RefitErrors> errorsWith(const std::vector<MeasurementFile>& files,
                               const std::shared_ptr<const Catalog>& catalog,
                               const std::string& engineId, const Coefficients& coefficients,
                               RunContext& context)
{
    const auto engine = makeEngine(engineId, catalog, coefficients);
    if (!engine)
        return tl::unexpected(engine.error());
    return errorsWith(files, *catalog, always(**engine), context);
}

Result<RefitErrors> leftOutErrors(const std::vector<MeasurementFile>& files,
                                  const std::shared_ptr<const Catalog>& catalog,
                                  const std::vector<LeftOutFit>& fits, const RefitOptions& options,
                                  RunContext& context)
{
    const auto engines = LeftOutEngines::make(options.engine, catalog, options.leaveOut, fits);
    if (!engines)
        return tl::unexpected(engines.error());
    return errorsWith(files, *catalog, engines->choice(), context);
}

/** What the new coefficients say about themselves. */
void describeFit(Coefficients& coefficients, const FitData& data, const RefitOptions& options)
{
    coefficients.version = options.version;
    std::vector<std::string> parts;
    if (!data.stages.empty())
        parts.push_back(describeStages(data.stages));
    if (data.cases.size() > data.stages.size())
        parts.push_back(describePoints(data.rows));
    coefficients.data = enumerated(parts);
    if (!options.origin.empty())
        coefficients.data += " (" + options.origin + ")";
    std::set<std::string> gpus;
    for (const auto& each : data.cases)
        gpus.insert(each.candidate.gpu->id);
    coefficients.measuredGpus.assign(gpus.begin(), gpus.end());
    for (auto& factors : coefficients.architectures) {
        const auto seen = [&](const FitCase& each) {
            return each.candidate.gpu->architecture == factors.architecture;
        };
        factors.measured =
            factors.measured || std::any_of(data.cases.begin(), data.cases.end(), seen);
    }
}

nlohmann::ordered_json toJson(const RefitErrors& errors)
{
    return { { "latency", errorsJson(errors.latency) }, { "serving", errorsJson(errors.serving) } };
}

} // namespace

std::vector<ChangedValue> changedValues(const Coefficients& before, const Coefficients& after)
{
    std::vector<ChangedValue> result;
    const auto add = [&](std::string id, std::string_view unit, double from, double to) {
        constexpr double rounding = 5e-4;
        if (std::abs(to - from) > rounding * std::abs(from))
            result.push_back({ std::move(id), std::string(unit), from, to });
    };
    for (const auto& field : coefficientFields()) {
        const double scale = unitScale(field.unit);
        add(std::string(field.id), field.unit, before.*field.member / scale,
            after.*field.member / scale);
    }
    for (const auto& factors : after.architectures) {
        const ArchitectureFactors& old = before.factors(factors.architecture);
        add(factors.architecture + ".weight_bandwidth", "1", old.weightBandwidth,
            factors.weightBandwidth);
        add(factors.architecture + ".kv_bandwidth", "1", old.kvBandwidth, factors.kvBandwidth);
        add(factors.architecture + ".compute", "1", old.compute, factors.compute);
    }
    return result;
}

Result<RefitReport> refit(const std::vector<MeasurementFile>& files,
                          std::shared_ptr<const Catalog> catalog, const RefitOptions& options,
                          RunContext& context)
{
    const auto data = readFitData(files, *catalog);
    if (!data)
        return tl::unexpected(data.error());
    const Coefficients& shipped = standardCoefficients();
    auto before = errorsWith(files, catalog, options.engine, shipped, context);
    if (!before)
        return tl::unexpected(before.error());
    auto fit = fitCoefficients(data->cases, catalog, shipped, standardFitOptions(), context);
    if (!fit)
        return tl::unexpected(fit.error());
    RefitReport report;
    report.stages = data->stages.size();
    report.points = data->cases.size() - data->stages.size();
    report.iterations = fit->iterations;
    report.before = std::move(*before);
    report.coefficients = std::move(fit->coefficients);
    describeFit(report.coefficients, *data, options);
    auto after = errorsWith(files, catalog, options.engine, report.coefficients, context);
    if (!after)
        return tl::unexpected(after.error());
    report.after = std::move(*after);
    if (options.leaveOut == LeaveOut::Nothing)
        return report;
    const auto fits = fitLeavingOut(data->cases, catalog, options.leaveOut, context);
    if (!fits)
        return tl::unexpected(fits.error());
    auto leftOut = leftOutErrors(files, catalog, *fits, options, context);
    if (!leftOut)
        return tl::unexpected(leftOut.error());
    report.leaveOut = options.leaveOut;
    report.leftOut = std::move(*leftOut);
    report.groups = fits->size() - 1; // the first left nothing out
    return report;
}

nlohmann::ordered_json toJson(const RefitReport& report)
{
    nlohmann::ordered_json values = nlohmann::ordered_json::array();
    for (const auto& value : changedValues(standardCoefficients(), report.coefficients)) {
        values.push_back({ { "id", value.id },
                           { "unit", value.unit },
                           { "before", value.before },
                           { "after", value.after } });
    }
    nlohmann::ordered_json json = { { "version", report.coefficients.version },
                                    { "data", report.coefficients.data },
                                    { "stages", report.stages },
                                    { "points", report.points },
                                    { "iterations", report.iterations },
                                    { "changed", std::move(values) },
                                    { "errors_before", toJson(report.before) },
                                    { "errors_after", toJson(report.after) } };
    if (report.leaveOut != LeaveOut::Nothing) {
        json["left_out"] = toJson(report.leftOut);
        json["left_out"]["by"] = toString(report.leaveOut);
        json["left_out"]["fits"] = report.groups;
    }
    return json;
}

} // namespace llmd
