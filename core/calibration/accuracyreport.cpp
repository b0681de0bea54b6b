// SPDX-License-Identifier: Apache-2.0
#include "accuracyreport.h"

#include "leaveout.h"
#include "memoryevaluation.h"

#include <core/performance/enginefactory.h>

#include <algorithm>
#include <array>
#include <utility>

namespace llmd {

namespace {

/** Of these also the classes are listed; percentiles in total only. */
constexpr std::array<std::string_view, 5> classMetrics { "ttft_mean", "itl_mean", "e2e_mean",
                                                         "tpot_mean", "kv_cache_memory_gib" };

/** Collects rows of one engine. */
class Rows
{
public:
    Rows(std::vector<AccuracyRow>& rows, std::string engine)
        : m_rows(rows)
        , m_engine(std::move(engine))
    { }

    void add(std::string_view data, std::string_view group, const std::vector<MetricErrors>& errors)
    {
        for (const auto& e : errors) {
            if (e.count == 0)
                continue;
            // Rounded here, so that a summary is the same before and after it was a file.
            m_rows.push_back({ .engine = m_engine,
                               .data = std::string(data),
                               .group = std::string(group),
                               .metric = e.metric,
                               .count = e.count,
                               .mean = roundedAccuracy(e.mean),
                               .median = roundedAccuracy(e.median),
                               .p90 = roundedAccuracy(e.p90),
                               .bias = roundedAccuracy(e.meanSigned),
                               .coverage = roundedAccuracy(e.coverage()) });
        }
    }

    /** The whole comparison, then its classes. */
    void addWithClasses(std::string_view data, const Comparison& comparison)
    {
        add(data, accuracyAll, errorsOf(comparison));
        for (auto& group : errorsByGroup(comparison, { GroupKey::Class })) {
            std::erase_if(group.errors, [](const MetricErrors& e) {
                return std::find(classMetrics.begin(), classMetrics.end(), e.metric)
                    == classMetrics.end();
            });
            add(data, group.name, group.errors);
        }
    }

private:
    std::vector<AccuracyRow>& m_rows;
    std::string m_engine;
};

/** Latency and serving measurements, and the catalog that describes what ran. */
struct SpeedData
{
    std::vector<MeasurementFile> files;
    std::shared_ptr<const Catalog> catalog;
};

/** Fits without each model, or each GPU; none where there is only one. */
struct LeftOut
{
    LeaveOut by;
    std::string_view latencyData;
    std::string_view servingData;
    std::vector<LeftOutFit> fits;
};

Result<std::vector<LeftOut>>
leftOutFits(const FitData& data, const std::shared_ptr<const Catalog>& catalog, RunContext& context)
{
    std::vector<LeftOut> result {
        { LeaveOut::Model,
          AccuracyData::latencyModelLeftOut,
          AccuracyData::servingModelLeftOut,
          {} },
        { LeaveOut::Gpu, AccuracyData::latencyGpuLeftOut, AccuracyData::servingGpuLeftOut, {} }
    };
    for (auto& each : result) {
        auto fits = fitLeavingOut(data.cases, catalog, each.by, context);
        if (fits)
            each.fits = std::move(*fits);
        else if (fits.error().code != ErrorCode::InvalidArgument)
            return tl::unexpected(fits.error());
    }
    std::erase_if(result, [](const LeftOut& each) { return each.fits.empty(); });
    return result;
}

void addSpeed(Rows& rows, const SpeedComparison& comparison)
{
    rows.addWithClasses(AccuracyData::latency, comparison.latency);
    rows.addWithClasses(AccuracyData::serving, comparison.serving);
    rows.add(AccuracyData::servingBelowSaturation, accuracyAll,
             errorsOf(comparison.serving, CaseFilter::BelowSaturation));
    for (const auto& [engine, others] : comparison.otherEngines)
        rows.add(AccuracyData::otherEngines, engine, errorsOf(others));
}

Result<> addLeftOut(Rows& rows, const std::string& engineId, const LeftOut& leftOut,
                    const SpeedData& data, RunContext& context)
{
    const auto engines = LeftOutEngines::make(engineId, data.catalog, leftOut.by, leftOut.fits);
    if (!engines)
        return tl::unexpected(engines.error());
    const auto comparison = compareSpeed(data.files, *data.catalog, engines->choice(), context);
    if (!comparison)
        return tl::unexpected(comparison.error());
    rows.addWithClasses(leftOut.latencyData, comparison->latency);
    rows.addWithClasses(leftOut.servingData, comparison->serving);
    return {};
}

/** Engines that come with the product; those of the user's own programs are for `llmd evaluate latency --engine`. */
std::vector<std::string> builtinEngines(const EngineRegistry& registry)
{
    std::vector<std::string> ids;
    for (const auto& info : registry.list()) {
        if (!info.id.starts_with("process:"))
            ids.push_back(info.id);
    }
    return ids;
}

Result<> addMemory(AccuracySummary& summary, const MeasurementFile& file, const Catalog& catalog,
                   const SemanticVersion& version, RunContext& context)
{
    const auto evaluation = evaluateMemory(file.text, file.name, catalog, version, context);
    if (!evaluation)
        return tl::unexpected(evaluation.error());
    Rows(summary.rows, "memory").addWithClasses(AccuracyData::memory, evaluation->comparison);
    summary.sources.push_back(std::to_string(evaluation->comparison.cases.size())
                              + " start-ups of vLLM " + toString(version));
    return {};
}

/** Everything that is known about one engine. */
Result<> addEngine(AccuracySummary& summary, const Engine& engine,
                   const std::vector<LeftOut>& leftOut, const SpeedData& data, RunContext& context)
{
    const std::string id = engine.info().id;
    Rows rows(summary.rows, id);
    const auto comparison = compareSpeed(data.files, *data.catalog, always(engine), context);
    if (!comparison)
        return tl::unexpected(comparison.error());
    addSpeed(rows, *comparison);
    if (!canRefit(id))
        return {};
    for (const auto& each : leftOut) {
        if (auto added = addLeftOut(rows, id, each, data, context); !added)
            return added;
    }
    return {};
}

Result<> addSpeedRows(AccuracySummary& summary, const SpeedData& data, bool leaveOut,
                      RunContext& context)
{
    const auto fitData = readFitData(data.files, *data.catalog);
    if (!fitData)
        return tl::unexpected(fitData.error());
    if (!fitData->stages.empty())
        summary.sources.push_back(describeStages(fitData->stages));
    if (!fitData->rows.empty())
        summary.sources.push_back(describePoints(fitData->rows));
    std::vector<LeftOut> leftOut;
    if (leaveOut && !fitData->cases.empty()) {
        auto fits = leftOutFits(*fitData, data.catalog, context);
        if (!fits)
            return tl::unexpected(fits.error());
        leftOut = std::move(*fits);
    }
    const EngineRegistry registry(data.catalog);
    for (const auto& id : builtinEngines(registry)) {
        const auto engine = registry.find(id);
        if (!engine)
            return tl::unexpected(engine.error());
        if (auto added = addEngine(summary, **engine, leftOut, data, context); !added)
            return added;
    }
    return {};
}

} // namespace

Result<AccuracySummary> measureAccuracy(const std::vector<MeasurementFile>& files,
                                        std::shared_ptr<const Catalog> catalog,
                                        const AccuracyOptions& options, RunContext& context)
{
    SpeedData speed { .files = {}, .catalog = catalog };
    const MeasurementFile* memory = nullptr;
    for (const auto& file : files) {
        const auto form = recogniseMeasurements(file);
        if (!form)
            return tl::unexpected(form.error());
        if (*form != MeasurementForm::Memory)
            speed.files.push_back(file);
        else if (std::exchange(memory, &file) != nullptr)
            return failure(ErrorCode::InvalidArgument,
                           "more than one file of start-up memory: put their rows into one",
                           Location { file.name, 0, 0 });
    }
    AccuracySummary summary;
    summary.date = options.date;
    summary.coefficientsVersion = standardCoefficients().version;
    if (!speed.files.empty()) {
        if (auto added = addSpeedRows(summary, speed, options.leaveOut, context); !added)
            return tl::unexpected(added.error());
    }
    if (memory != nullptr) {
        if (auto added = addMemory(summary, *memory, *catalog, options.memoryVersion, context);
            !added)
            return tl::unexpected(added.error());
    }
    summary.sources.insert(summary.sources.end(), options.origins.begin(), options.origins.end());
    return summary;
}

} // namespace llmd
