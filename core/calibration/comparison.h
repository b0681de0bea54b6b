// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "evaluationerrors.h"

#include <core/base/result.h>
#include <core/candidate/candidate.h>

#include <nlohmann/json_fwd.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/** Predictions beside measurements, whatever was measured: errors in total and by group, the worst, and how many lie in their intervals. */
namespace llmd {

/** What a measured case ran; groups are formed from it. */
struct CaseTraits
{
    std::string model;
    std::string gpu; ///< id
    std::string generation; ///< "Hopper"
    std::string precision; ///< of the weights
    std::string layout; ///< "TP4"
    int tensorParallel = 1;
    std::string modelClass; ///< see `accuracyClass`
    std::string engine = "vllm"; ///< that was measured
    std::string engineVersion;
};
[[nodiscard]] CaseTraits traitsOf(const Candidate& candidate);

/** One measured figure and its prediction, in the unit of the metric. */
struct ComparedValue
{
    double measured = 0;
    double predicted = 0;
    std::optional<double> low; ///< 90 % interval; absent where the engine states none
    std::optional<double> high;

    [[nodiscard]] double error() const { return predicted / measured - 1; }
    [[nodiscard]] bool hasInterval() const { return low && high; }
    [[nodiscard]] bool inside() const
    {
        return hasInterval() && measured >= *low && measured <= *high;
    }
};

struct ComparedCase
{
    std::string name; ///< "run-1 stage_0", "line 17"
    CaseTraits traits;
    bool nearSaturation = false; ///< no interval is claimed to hold
    std::vector<std::optional<ComparedValue>> figures; ///< in the order of `Comparison::metrics`
};

struct Comparison
{
    std::vector<std::string> metrics;
    std::string unit; ///< "ms"; empty if the names of the metrics say it
    std::vector<ComparedCase> cases; ///< in the order of the file

    /** A case for these traits with no figures yet. */
    [[nodiscard]] ComparedCase& add(std::string name, CaseTraits traits);
    [[nodiscard]] std::optional<std::size_t> metric(std::string_view name) const;
};

enum class CaseFilter { All, BelowSaturation };

/** One per metric. Intervals of cases near saturation are never counted. */
[[nodiscard]] std::vector<MetricErrors> errorsOf(const Comparison& comparison,
                                                 CaseFilter filter = CaseFilter::All);
[[nodiscard]] std::size_t nearSaturationCount(const Comparison& comparison);

enum class GroupKey {
    Model,
    Gpu,
    Generation,
    Precision,
    TensorParallel,
    Layout,
    Class,
    Engine,
    EngineVersion
};
using Grouping = std::vector<GroupKey>;
/** "class", "model+gpu", "tp+precision" …; an error lists the known keys. */
[[nodiscard]] Result<Grouping> parseGrouping(std::string_view text);
[[nodiscard]] std::string toString(const Grouping& grouping);
[[nodiscard]] std::string groupOf(const CaseTraits& traits, const Grouping& grouping);

struct ErrorGroup
{
    std::string name;
    std::size_t cases = 0;
    std::vector<MetricErrors> errors; ///< one per metric
};
/** Sorted by name. */
[[nodiscard]] std::vector<ErrorGroup> errorsByGroup(const Comparison& comparison,
                                                    const Grouping& grouping);

/** The cases with the largest error of one metric (its index), worst first. They point into `comparison`. */
[[nodiscard]] std::vector<const ComparedCase*> worstCases(const Comparison& comparison,
                                                          std::size_t metric, std::size_t count);

/** `{measured, predicted, error, low, high, inside}`; the last three only with an interval. */
[[nodiscard]] nlohmann::json comparedJson(const ComparedValue& value);
/** `{metric: comparedJson}` of the figures that were measured. */
[[nodiscard]] nlohmann::json figuresJson(const Comparison& comparison, const ComparedCase& entry);
/** `{by, list: [{group, cases, errors}]}` */
[[nodiscard]] nlohmann::json groupsJson(const Comparison& comparison, const Grouping& grouping);
/** `{metric: [{case, model, gpu, near_saturation, measured, predicted, error, …}]}`, the worst five of each. */
[[nodiscard]] nlohmann::json worstJson(const Comparison& comparison);

} // namespace llmd
