// SPDX-License-Identifier: Apache-2.0
// From runs of a store to pairs of predicted and measured.
#include "calibratedengine.h"
#include "corrections.h"
#include "enginechoice.h"
#include "measureddeployment.h"

#include <core/base/parallel.h>
#include <core/base/text.h>
#include <core/benchmarks/builtinmeasurements.h>

#include <algorithm>
#include <cmath>
#include <tuple>

namespace llmd {

namespace {

constexpr const char* activeSetting = "corrections";
/** Largest factor that a run is believed to show, in log space: beyond it the report or the plan is wrong. */
constexpr double largestStep = 1.6;

std::optional<double> measuredItl(const BenchmarkRecord& record)
{
    const auto tpot = record.mean(Metric::Tpot);
    return tpot ? tpot : record.mean(Metric::Itl);
}

/** ln(predicted / measured ITL) with all steps longer by e^step; nothing where the engine sees an overload. */
std::optional<double> missAt(const MeasuredDeployment& deployment, const Engine& engine,
                             double step, double itl, RunContext& context,
                             std::optional<Estimate>& estimate)
{
    const double factor = std::exp(step);
    auto result =
        engine.estimate(deployment.candidate, onSlowerClock(deployment.workload, factor), context);
    if (!result || result->saturated || !(result->itl.mean.value() > 0))
        return std::nullopt;
    const double miss = std::log(factor * result->itl.mean.value() / itl);
    estimate = std::move(*result);
    return miss;
}

/** The factor at which the engine gives the measured ITL. In a closed loop that is the ratio; else regula falsi. */
std::optional<double> stepFactor(const MeasuredDeployment& deployment, const Engine& engine,
                                 double itl, RunContext& context, std::optional<Estimate>& at)
{
    const auto first = missAt(deployment, engine, 0, itl, context, at);
    if (!first)
        return std::nullopt;
    double low = 0;
    double lowMiss = *first;
    double step = -*first;
    if (deployment.workload.load.kind == Load::Kind::ClosedLoop) {
        return std::abs(step) < largestStep ? std::optional(step) : std::nullopt;
    }
    // An ITL grows at least in proportion to the steps, so the ratio itself is beyond the solution.
    for (int round = 0; round < 12; ++round) {
        const auto miss = missAt(deployment, engine, step, itl, context, at);
        if (!miss) { // beyond saturation: come back halfway
            step = (step + low) / 2;
            continue;
        }
        if (std::abs(*miss) < 5e-4)
            return std::abs(step) < largestStep ? std::optional(step) : std::nullopt;
        const double slope = std::max(1.0, (*miss - lowMiss) / (step - low));
        low = step;
        lowMiss = *miss;
        step -= *miss / slope;
    }
    return std::nullopt;
}

/** The same figures as a measurement that the coefficients were fitted to. */
bool isCopy(const BenchmarkRecord& record, const std::vector<BuiltinMeasurement>& builtin)
{
    const auto near = [](std::optional<double> a, std::optional<double> b) {
        return a && b && std::abs(*a / *b - 1) < 1e-3; // as many digits as are published
    };
    const auto name = [](const std::string& model) {
        const auto slash = model.rfind('/');
        return toLower(slash == std::string::npos ? model : model.substr(slash + 1));
    };
    return std::any_of(builtin.begin(), builtin.end(), [&](const BuiltinMeasurement& known) {
        return name(known.record.model) == name(record.model)
            && near(known.record.mean(Metric::Ttft), record.mean(Metric::Ttft))
            && near(known.record.mean(Metric::Tpot), measuredItl(record));
    });
}

Result<CorrectionPair> pairOf(const StoredRecord& stored, const Catalog& catalog,
                              const Engine& engine, const std::vector<BuiltinMeasurement>& builtin,
                              RunContext& context)
{
    const auto& record = stored.record;
    const auto itl = measuredItl(record);
    if (!itl || !(*itl > 0))
        return failure(ErrorCode::MissingField, "the time per token was not measured");
    if (isCopy(record, builtin))
        return failure(ErrorCode::Unsupported,
                       "it is one of the built-in measurements, which the coefficients know");
    auto deployment = measuredDeployment(record, catalog);
    if (!deployment)
        return tl::unexpected(deployment.error());
    auto predicted = engine.estimate(deployment->candidate, deployment->workload, context);
    if (!predicted)
        return tl::unexpected(predicted.error());
    const char* saturated =
        "the engine sees it at or near saturation, where waits and not steps are measured";
    if (predicted->saturated || predicted->nearSaturation)
        return failure(ErrorCode::Unsupported, saturated);
    std::optional<Estimate> at;
    const auto step = stepFactor(*deployment, engine, *itl, context, at);
    if (!step || !at)
        return failure(ErrorCode::Unsupported,
                       "no factor on the steps explains it: the server was overloaded, or the "
                       "report is of another deployment");
    CorrectionPair pair;
    pair.id = std::to_string(stored.id);
    pair.traits = correctionTraits(deployment->candidate);
    pair.variant = deployment->variant;
    pair.candidate = deployment->candidate;
    pair.workload = deployment->workload;
    pair.measuredItl = Seconds(*itl);
    pair.predicted = std::move(*predicted);
    pair.step = *step;
    if (const auto ttft = record.mean(Metric::Ttft); ttft && *ttft > 0) {
        pair.measuredTtft = Seconds(*ttft);
        const double expected = std::exp(*step) * at->ttft.mean.value();
        if (expected > 0)
            pair.firstToken = std::log(*ttft / expected);
    }
    return pair;
}

} // namespace

Result<CorrectionPairs> correctionPairs(const std::vector<StoredRecord>& records,
                                        const Catalog& catalog, const Engine& engine,
                                        RunContext& context)
{
    const auto builtin = builtinMeasurements();
    if (!builtin)
        return tl::unexpected(builtin.error());
    std::vector<Result<CorrectionPair>> results(records.size(),
                                                failure(ErrorCode::Internal, "not looked at"));
    const bool done = parallelFor(
        records.size(), context,
        [&](std::size_t i, unsigned) {
            RunContext inner = innerContext(context);
            results[i] = pairOf(records[i], catalog, engine, *builtin, inner);
        },
        "calibration");
    if (!done)
        return cancelled();
    CorrectionPairs pairs;
    for (std::size_t i = 0; i < records.size(); ++i) {
        if (results[i])
            pairs.pairs.push_back(std::move(*results[i]));
        else
            pairs.leftOut.push_back(
                { std::to_string(records[i].id), describe(results[i].error()) });
    }
    return pairs;
}

Result<std::vector<StoredRecord>> correctionRecords(BenchmarkStore& store)
{
    constexpr std::size_t mostPerDeployment = 64;
    const auto rows = store.list();
    if (!rows)
        return tl::unexpected(rows.error());
    std::map<std::tuple<std::string, std::string, std::string, std::string>, std::size_t> counts;
    RecordFilter filter;
    for (auto row = rows->rbegin(); row != rows->rend(); ++row) {
        auto& count = counts[{ row->model, row->gpu, row->topology, row->engineVersion }];
        if (count++ < mostPerDeployment)
            filter.ids.push_back(row->id);
    }
    return filter.ids.empty() ? std::vector<StoredRecord>() : store.load(filter);
}

Result<bool> correctionsActive(BenchmarkStore& store)
{
    return store.setting(activeSetting).map([](const auto& value) { return value == "on"; });
}

Result<> setCorrectionsActive(BenchmarkStore& store, bool active)
{
    return store.setSetting(activeSetting, active ? "on" : "off");
}

} // namespace llmd
