// SPDX-License-Identifier: Apache-2.0
#include "measurements.h"

#include <core/base/file.h>
#include <core/base/text.h>
#include <core/calibration/correctiongroups.h>
#include <core/project/project.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace llmd::cli {

using Json = nlohmann::ordered_json;

namespace {

Json differencesJson(const std::vector<MatchDifference>& differences)
{
    Json list = Json::array();
    for (const auto& difference : differences)
        list.push_back({ { "field", difference.field },
                         { "measured", difference.measured },
                         { "planned", difference.planned },
                         { "tolerated", difference.tolerated } });
    return list;
}

Json measurementJson(const Measurement& measurement)
{
    const auto& record = measurement.record;
    const auto ms = [&record](Metric metric) {
        const auto mean = record.mean(metric);
        return mean ? Json(*mean * 1e3) : Json();
    };
    return { { "id", measurement.id },
             { "builtin", measurement.builtin },
             { "source", measurement.source },
             { "date", measurement.date },
             { "model", record.model },
             { "gpu", record.gpu },
             { "topology", record.topology() },
             { "engine_versions", record.engineVersions },
             { "rate_rps", record.load.rate ? Json(record.load.rate->value()) : Json() },
             { "concurrency", record.load.concurrency ? Json(*record.load.concurrency) : Json() },
             { "ttft_mean_ms", ms(Metric::Ttft) },
             { "tpot_mean_ms", ms(Metric::Tpot) },
             { "e2e_mean_ms", ms(Metric::E2e) } };
}

} // namespace

Result<std::filesystem::path> storePath(const std::string& option)
{
    if (!option.empty())
        return std::filesystem::path(option);
    const auto path = userStorePath();
    return path
        ? path
        : failure(path.error().code, path.error().detail + "; say where it is with --store FILE");
}

void MeasurementOptions::addTo(CLI::App& command)
{
    command.add_option("--store", store, "Store of benchmarks to use instead of the user's")
        ->type_name("FILE");
    command.add_flag("--no-benchmarks", off,
                     "Estimates only, also where exactly this was measured");
    command.add_flag("--no-calibration", uncalibrated,
                     "Estimates without what was learned from your runs (see: llmd calibrate)");
}

Result<Measurements> Measurements::open(const Session& session, const MeasurementOptions& options,
                                        const Catalog& catalog)
{
    Measurements measurements;
    measurements.m_uncalibrated = options.uncalibrated;
    const auto path = storePath(options.store);
    std::error_code ignored;
    if (path && (!options.store.empty() || std::filesystem::exists(*path, ignored))) {
        if (!std::filesystem::exists(*path, ignored))
            return failure(ErrorCode::NotFound, "there is no store '" + options.store + "'");
        auto store = BenchmarkStore::open(*path);
        if (!store && !options.store.empty())
            return tl::unexpected(store.error());
        if (store)
            measurements.m_store = std::make_unique<BenchmarkStore>(std::move(*store));
        else
            session.report(
                { { .severity = Severity::Warning,
                    .text = "your measurements are not used: " + describe(store.error()) } });
    }
    if (options.off)
        return measurements;
    auto builtin = builtinMeasurements();
    if (!builtin)
        return tl::unexpected(builtin.error());
    measurements.m_finder = std::make_unique<MeasurementFinder>(catalog, measurements.m_store.get(),
                                                                std::move(*builtin));
    return measurements;
}

Result<std::optional<MatchOutcome>> Measurements::find(const MatchQuery& query, std::size_t most)
{
    if (!m_finder)
        return std::optional<MatchOutcome>();
    return m_finder->find(query, most).map([](MatchOutcome outcome) {
        return std::optional(std::move(outcome));
    });
}

Result<Corrections> Measurements::corrections(const Catalog& catalog, const Engine& engine,
                                              RunContext context)
{
    if (m_uncalibrated || !m_store)
        return Corrections();
    return activeCorrections(*m_store, catalog, engine, context);
}

Json correctionJson(const Correction& correction, const Estimate& uncalibrated)
{
    return { { "basis", correction.basis },
             { "runs", correction.runs },
             { "runs_of_gpu", correction.runsOfGpu },
             { "step_factor", correction.step },
             { "first_token_factor", correction.firstToken },
             { "uncalibrated", toJson(uncalibrated) } };
}

Json matchJson(const MatchOutcome& outcome)
{
    Json json { { "applied", Json() }, { "near", Json::array() } };
    if (outcome.applied) {
        Json from = Json::array();
        for (const auto& measurement : outcome.applied->from)
            from.push_back(measurementJson(*measurement));
        json["applied"] = { { "kind",
                              outcome.applied->interpolated          ? "interpolated"
                                  : outcome.applied->from.size() > 1 ? "repeats"
                                                                     : "exact" },
                            { "measurements", from },
                            { "tolerated", differencesJson(outcome.applied->tolerated) } };
    }
    for (const auto& match : outcome.near) {
        Json entry = measurementJson(*match.measurement);
        entry["version_check"] = std::string(toString(match.version));
        entry["distance"] = match.distance;
        entry["differences"] = differencesJson(match.differences);
        json["near"].push_back(std::move(entry));
    }
    return json;
}

std::string nearText(const MatchOutcome& outcome, std::size_t most)
{
    std::string text;
    for (const auto& match : outcome.near) {
        if (most-- == 0)
            break;
        std::vector<std::string> parts;
        for (const auto& difference : match.differences) {
            if (!difference.tolerated)
                parts.push_back(describe(difference));
        }
        const auto& record = match.measurement->record;
        const auto ms = [&record](Metric metric) {
            const auto mean = record.mean(metric);
            return mean ? printRounded(*mean * 1e3) + " ms" : std::string("–");
        };
        text +=
            fmt::format("  {:<7} TTFT {}, TPOT {}; {}\n", match.measurement->id, ms(Metric::Ttft),
                        ms(Metric::Tpot), parts.empty() ? "within tolerance" : join(parts, "; "));
    }
    return text;
}

} // namespace llmd::cli
