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

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace llmd {

/** One closed-loop point of a serving table. */
struct ServingRow
{
    int line = 0;
    std::map<std::string, std::string> columns; ///< as in the file
    std::string engine; ///< "vllm", "sglang" …
    std::string unsupported; ///< why there is no prediction; empty if there is one
    std::string setApart; ///< why the row is predicted and still not counted; empty if it is
    std::shared_ptr<const Model> variant;
    Candidate candidate;
    Workload workload;
    std::optional<Seconds> measuredTtft;
    std::optional<Seconds> measuredTpot;
    Seconds predictedTtft;
    Seconds predictedTpot;
    IntervalFactors ttftInterval; ///< 90 %
    IntervalFactors tpotInterval;
    /**
     * The engine flags the load, or it is more than the seats (max_num_seqs on every rank) or the KV pool hold: requests
     * then wait for each other and the mean TTFT says how long the run was, not how fast the server is.
     */
    bool nearSaturation = false;
};

struct ServingEvaluation
{
    std::string engine;
    std::vector<ServingRow> rows;
    Comparison comparison; ///< of vLLM rows: "ttft_mean", "tpot_mean" in ms
    std::vector<MetricErrors> errors; ///< over all of them
    std::vector<MetricErrors> belowSaturation; ///< without those near saturation
    std::map<std::string, Comparison> otherEngines; ///< apart for SGLang and others
    Comparison setApart; ///< rows of any engine with a reason in `ServingRow::setApart`
    /** Disaggregated rows by the engine that was measured, all predicted as if they were vLLM. */
    std::map<std::string, Comparison> disaggregated;
    std::map<std::string, Comparison> disaggregatedThroughput; ///< "output_tokens_per_s_per_gpu"
};

/**
 * Reads a table of closed-loop points; all prompts are new. Layouts: "tp4 pp1 dp1 moe_tp4 moe_ep1", and of disaggregated rows
 * "P2x(tp1 dp4 ep4) D1x(tp8 dp1 ep8)", whose transfer is not recorded and taken as the fastest that the GPUs offer. Rows of a generator that names the data-parallel size are greedy with
 * lengths uniform between 0.8 and 1.0 of the nominal ones, others have the nominal lengths and the model's sampling. Rows that
 * cannot be described by a candidate say why, and so do rows whose measurements show that something mattered which the table
 * does not record (unrecorded.h). Fails on a
 * table without the needed columns and on cells that are not numbers or not positive, with the line.
 */
[[nodiscard]] Result<std::vector<ServingRow>>
readServingRows(std::string_view csv, const std::string& fileName, const Catalog& catalog);

/** Predicts every row, in parallel, and compares. Rows of other engines are predicted as if they were vLLM. */
[[nodiscard]] Result<ServingEvaluation> evaluateServing(std::vector<ServingRow> rows,
                                                        const Catalog& catalog,
                                                        const EngineChoice& engine,
                                                        RunContext& context);
[[nodiscard]] Result<ServingEvaluation>
evaluateServing(std::string_view csv, const std::string& fileName, const Catalog& catalog,
                const EngineChoice& engine, RunContext& context);
[[nodiscard]] Result<ServingEvaluation> evaluateServing(std::string_view csv,
                                                        const std::string& fileName,
                                                        const Catalog& catalog,
                                                        const Engine& engine, RunContext& context);

/** The cases of all engines together. */
[[nodiscard]] Comparison joined(const std::map<std::string, Comparison>& byEngine);

/** The document of `llmd evaluate serving --json`: times in ms, errors as fractions, errors also by group. */
[[nodiscard]] nlohmann::json toJson(const ServingEvaluation& evaluation,
                                    const Grouping& grouping = { GroupKey::Class });

} // namespace llmd
