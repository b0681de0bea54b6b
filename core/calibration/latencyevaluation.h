// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comparison.h"
#include "enginechoice.h"

#include <core/base/result.h>
#include <core/base/runcontext.h>
#include <core/base/units.h>
#include <core/catalog/catalog.h>
#include <core/performance/engine.h>

#include <nlohmann/json_fwd.hpp>

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace llmd {

/** The latencies that are compared, in the order of `LatencyFigures::values`. */
constexpr std::array<std::string_view, 7> latencyMetrics { "ttft_mean", "ttft_p90", "ttft_p99",
                                                           "itl_mean",  "e2e_mean", "e2e_p90",
                                                           "e2e_p99" };

/** The 90 % interval of a predicted latency. */
struct LatencyInterval
{
    Seconds low;
    Seconds high;
};

/** One predicted or measured row. Measured values may be missing, and only predictions have intervals. */
struct LatencyFigures
{
    std::array<std::optional<Seconds>, latencyMetrics.size()> values;
    std::array<std::optional<LatencyInterval>, latencyMetrics.size()> intervals;
};

/** One part of an experiment: constant rate or concurrency, after the parts before it on the same server. */
struct LatencyStage
{
    Load load;
    Seconds duration;
    LatencyFigures measured;
    LatencyFigures predicted;
    bool nearSaturation = false;
    std::optional<std::size_t>
        comparedCase; ///< in `LatencyEvaluation::comparison`, if it was predicted
};

struct LatencyExperiment
{
    std::string id;
    std::string modelId;
    std::string gpuId;
    std::string unsupported; ///< why the engine cannot predict it; empty if it did
    CaseTraits traits; ///< of what was predicted
    std::vector<LatencyStage> stages;
    LatencyFigures measuredSummary;
    LatencyFigures predictedSummary; ///< stages weighted by their number of requests
};

struct LatencyEvaluation
{
    std::string engine;
    std::vector<LatencyExperiment> experiments;
    Comparison comparison; ///< one case per predicted stage, in ms; metrics are `latencyMetrics`
    std::vector<MetricErrors>
        errors; ///< over all stages with a measurement, in the order of `latencyMetrics`
};

/**
 * Predicts every experiment of a measurement file, in parallel, and compares. The stages of an experiment run one after another on
 * the same prefix cache. An experiment with a model, GPU or layout that cannot be predicted is listed with the reason.
 * Fails on text that is not JSON, with its line, and on a field that is missing or of a wrong type, with its path.
 */
[[nodiscard]] Result<LatencyEvaluation>
evaluateLatency(std::string_view jsonText, const std::string& fileName, const Catalog& catalog,
                const EngineChoice& engine, RunContext& context);
[[nodiscard]] Result<LatencyEvaluation> evaluateLatency(std::string_view jsonText,
                                                        const std::string& fileName,
                                                        const Catalog& catalog,
                                                        const Engine& engine, RunContext& context);

/** The document of `llmd evaluate latency --json`: times in ms, errors as fractions, errors also by group. */
[[nodiscard]] nlohmann::json toJson(const LatencyEvaluation& evaluation,
                                    const Grouping& grouping = { GroupKey::Class });

/** The workload of an experiment's stage as the load generator produced it; for the refit of coefficients. */
struct LatencyCase
{
    std::string experiment;
    std::size_t stage = 0;
    std::shared_ptr<const Model>
        variant; ///< if the catalog's model is not of the experiment's precision
    Candidate candidate;
    Workload workload;
    LatencyFigures measured;
};
/** All stages that the catalog can describe. Same errors as `evaluateLatency`. */
[[nodiscard]] Result<std::vector<LatencyCase>>
latencyCases(std::string_view jsonText, const std::string& fileName, const Catalog& catalog);

} // namespace llmd
