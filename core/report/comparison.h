// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "document.h"

#include <core/base/runcontext.h>
#include <core/benchmarks/record.h>
#include <core/catalog/catalog.h>
#include <core/performance/engine.h>
#include <core/performance/estimate.h>
#include <core/workload/slo.h>

#include <cstddef>
#include <string>
#include <vector>

namespace llmd {

/** One side of a comparison: load points of one deployment, measured or predicted. */
struct ComparedSide
{
    std::string name;
    std::string source; ///< where the figures come from, for people
    bool predicted = false;
    std::vector<BenchmarkRecord> points; ///< those at equal loads are repeats
};

struct ComparisonOptions
{
    std::size_t baseline = 0; ///< side that the others are compared with
    Slo targets; ///< shaded in the charts
    std::string date; ///< of the report
};

/** A point as an engine predicts it: the load and the deployment of `measured`, the figures of `estimate`. */
[[nodiscard]] BenchmarkRecord predictedPoint(const BenchmarkRecord& measured,
                                             const Estimate& estimate);

/** A measured side as an engine sees it. */
struct PredictedSide
{
    ComparedSide side;
    std::size_t missing = 0; ///< load points that cannot be predicted
    std::string reason; ///< why the last of them cannot
};
/** The same deployments and loads, predicted; cancelled, it has the points so far. */
[[nodiscard]] PredictedSide predictedSide(const ComparedSide& measured, const Catalog& catalog,
                                          const Engine& engine, RunContext& context);

/**
 * What keeps the sides from being compared like with like: other or unknown versions, other load generators, GPUs, models,
 * loads, and metrics under one name that tools define differently. Plain sentences.
 */
[[nodiscard]] std::vector<std::string> comparisonWarnings(const std::vector<ComparedSide>& sides);

/**
 * Tables of all metrics at each load with their difference to the baseline and the spread of repeats, charts of latency and
 * throughput against the load and each other, tokens/s per user against tokens/s per GPU, distributions, and what differs in the
 * configuration. Loads within 5 % count as equal.
 */
[[nodiscard]] Report comparisonReport(const std::vector<ComparedSide>& sides,
                                      const ComparisonOptions& options);

} // namespace llmd
