// SPDX-License-Identifier: Apache-2.0
#include "measuredsearch.h"

#include "calibratedengine.h"
#include "correctiongroups.h"

namespace llmd {

Result<MeasuredSearch> withMeasurements(std::shared_ptr<const SearchReport> report,
                                        MeasurementFinder& finder, const RunContext& context)
{
    MeasuredSearch result { report, {}, {} };
    auto copy = std::make_shared<SearchReport>(*report);
    for (auto& option : copy->options) {
        if (context.cancelled())
            break;
        const auto replace = [&](const Workload& workload, Estimate& estimate) {
            auto found = finder.find({ option.candidate, workload, estimate }, 0);
            if (found && found->applied)
                estimate = found->applied->estimate;
            return found;
        };
        const Estimate before = option.atPeak;
        auto atPeak = replace(copy->need.peakLoad, option.atPeak);
        const auto atMean = replace(copy->need.meanLoad, option.atMean);
        if (!atPeak || !atMean)
            return tl::unexpected((atPeak ? atMean : atPeak).error());
        if (atPeak->applied) {
            result.applied.emplace(option.id, std::move(*atPeak));
            result.estimated.emplace(option.id, before);
        }
    }
    result.report = std::move(copy);
    return result;
}

Result<InformedSearch> searchInformed(const SearchProblem& problem,
                                      const std::shared_ptr<const Catalog>& catalog,
                                      const Engine& engine, const std::filesystem::path& path,
                                      RunContext& context)
{
    InformedSearch result;
    std::unique_ptr<BenchmarkStore> store;
    Corrections corrections;
    const auto without = [&](const Error& error) {
        result.obstacle = "your measurements are not used: " + describe(error);
        store.reset();
    };
    std::error_code ignored;
    if (!path.empty() && std::filesystem::exists(path, ignored)) {
        auto opened = BenchmarkStore::open(path);
        if (!opened)
            without(opened.error());
        else
            store = std::make_unique<BenchmarkStore>(std::move(*opened));
    }
    if (store) {
        auto learned = activeCorrections(*store, *catalog, engine, context);
        if (!learned && learned.error().code == ErrorCode::Cancelled)
            return tl::unexpected(learned.error());
        if (!learned)
            without(learned.error());
        else
            corrections = std::move(*learned);
    }
    result.correctionRuns = corrections.pairs().size();
    const CalibratedEngine calibrated(engine, corrections);
    const auto estimated = search(problem, catalog, calibrated, context);
    if (!estimated)
        return tl::unexpected(estimated.error());
    result.found.report = *estimated;
    auto builtin = builtinMeasurements();
    if (!builtin)
        return tl::unexpected(builtin.error());
    MeasurementFinder finder(*catalog, store.get(), std::move(*builtin));
    auto measured = withMeasurements(*estimated, finder, context);
    if (measured)
        result.found = std::move(*measured);
    else
        without(measured.error());
    return result;
}

} // namespace llmd
