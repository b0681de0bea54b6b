// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reportnode.h"

#include <string>
#include <string_view>

/**
 * The readers of the formats, for the importer only. Each looks at one parsed document: `isX` says whether it is of
 * the format, `readX` appends its load points and facts to `document` and sets its format.
 */
namespace llmd {

[[nodiscard]] bool isBenchmarkReport1(const ReportNode& root);
void readBenchmarkReport1(const ReportNode& root, BenchmarkDocument& document);
[[nodiscard]] bool isBenchmarkReport2(const ReportNode& root);
void readBenchmarkReport2(const ReportNode& root, BenchmarkDocument& document);

[[nodiscard]] bool isInferencePerf(const ReportNode& root);
void readInferencePerf(const ReportNode& root, BenchmarkDocument& document);
[[nodiscard]] bool isInferencePerfSession(const ReportNode& root);
void readInferencePerfSession(const ReportNode& root, BenchmarkDocument& document);
[[nodiscard]] bool isInferencePerfSidecar(const ReportNode& root);
void readInferencePerfSidecar(const ReportNode& root, BenchmarkDocument& document);
/** 3 of "stage_3_lifecycle_metrics.json". */
[[nodiscard]] std::optional<int> stageOfFileName(std::string_view name);

[[nodiscard]] bool isGuideLlm(const ReportNode& root);
void readGuideLlm(const ReportNode& root, BenchmarkDocument& document);
void readGuideLlmCsv(std::string_view text, Findings& findings, BenchmarkDocument& document);

[[nodiscard]] bool isVllmServe(const ReportNode& root); ///< InferenceMAX raw results too
void readVllmServe(const ReportNode& root, BenchmarkDocument& document);

[[nodiscard]] bool isInferenceMaxRows(const ReportNode& root);
void readInferenceMaxRows(const ReportNode& root, BenchmarkDocument& document);

[[nodiscard]] bool isAiPerf(const ReportNode& root);
void readAiPerf(const ReportNode& root, BenchmarkDocument& document);

[[nodiscard]] bool isNop(const ReportNode& root);
void readNop(const ReportNode& root, BenchmarkDocument& document);

[[nodiscard]] bool isPlannerDatabase(const ReportNode& root);
void readPlannerDatabase(const ReportNode& root, BenchmarkDocument& document);

// What both versions of the benchmark report share.

/** A statistics object with its unit; an unknown unit is an error and gives nothing. */
[[nodiscard]] Distribution readTimeStatistics(const ReportNode& node);
[[nodiscard]] Distribution readCountStatistics(const ReportNode& node);
/** Reads the five latencies and brings those of tools with other names for them to the canonical ones. */
void readReportLatencies(const ReportNode& latency, BenchmarkRecord& record);
/** Undoes the labels "ms" on seconds of inference-perf and GuideLLM; see the notes of the record. */
void correctMislabelledSeconds(const ReportNode& latency, BenchmarkRecord& record, bool version1);
void readEngineArguments(const ReportNode& args, ServedEngine& engine);
void readRouterConfig(const ReportNode& config, ServedRouter& router);
/** Model, GPUs and versions of the record from its engines. */
void summariseStack(const ReportNode& where, BenchmarkRecord& record);
/** Rate, concurrency and lengths from the generator's own configuration; marks them as such. */
void readGeneratorConfig(const ReportNode& args, BenchmarkRecord& record);
/** Notes and findings that hold for every tool. */
void checkRequests(const ReportNode& where, BenchmarkRecord& record);
/** A finding for the keys of an object that are not among `known`. */
void reportUnknownKeys(const ReportNode& node, const std::vector<std::string>& known);
/** A finding if the report is of accuracy tests or agent traces, which have latencies but no load point. */
void warnOfOtherTools(const ReportNode& load, const BenchmarkRecord& record);

} // namespace llmd
