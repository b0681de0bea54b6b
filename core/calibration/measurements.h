// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "coefficientfit.h"

#include <core/base/result.h>
#include <core/catalog/catalog.h>

#include <map>
#include <string>
#include <vector>

namespace llmd {

/** A file of measurements in memory. */
struct MeasurementFile
{
    std::string name; ///< for messages
    std::string text;
};

enum class MeasurementForm {
    Latency, ///< JSON: stages with latencies, see `evaluateLatency`
    Serving, ///< CSV: closed-loop points, see `evaluateServing`
    Memory, ///< CSV: start-up memory, see `evaluateMemory`
};

/** Tells the forms apart by content. Fails, saying what each needs, on text of neither. */
[[nodiscard]] Result<MeasurementForm> recogniseMeasurements(const MeasurementFile& file);

/** What coefficients can be fitted to. */
struct FitData
{
    std::vector<LatencyCase> stages;
    std::vector<ServingRow> rows; ///< of all engines, also those without a candidate
    std::vector<FitCase> cases; ///< `fitCases` of both
};

/** Reads latency and serving files, however many. Fails on a file of start-up memory and on what the readers refuse. */
[[nodiscard]] Result<FitData> readFitData(const std::vector<MeasurementFile>& files,
                                          const Catalog& catalog);

/** Predictions beside everything in some latency and serving files. */
struct SpeedComparison
{
    Comparison latency; ///< stages, metrics `latencyMetrics`
    Comparison serving; ///< closed-loop points of vLLM: "ttft_mean", "tpot_mean"
    std::map<std::string, Comparison> otherEngines; ///< closed-loop points of each other engine
};
/** `evaluateLatency` and `evaluateServing` over all files; files of start-up memory are passed over. */
[[nodiscard]] Result<SpeedComparison> compareSpeed(const std::vector<MeasurementFile>& files,
                                                   const Catalog& catalog,
                                                   const EngineChoice& engine, RunContext& context);

/** "59 stages of 34 runs of vLLM 0.15.1 on A100 SXM and H100 SXM", for people and for the data line of coefficients. */
[[nodiscard]] std::string describeStages(const std::vector<LatencyCase>& stages);
/** The same of closed-loop points of vLLM that are predicted and counted. */
[[nodiscard]] std::string describePoints(const std::vector<ServingRow>& rows);

/** "a", "a and b", "a, b and c". */
[[nodiscard]] std::string enumerated(const std::vector<std::string>& parts);

} // namespace llmd
