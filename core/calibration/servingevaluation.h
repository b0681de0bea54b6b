// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "evaluationerrors.h"

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
    std::shared_ptr<const Model> variant;
    Candidate candidate;
    Workload workload;
    std::optional<Seconds> measuredTtft;
    std::optional<Seconds> measuredTpot;
    Seconds predictedTtft;
    Seconds predictedTpot;
    bool nearSaturation = false;
};

struct ServingEvaluation
{
    std::string engine;
    std::vector<ServingRow> rows;
    std::vector<MetricErrors> errors; ///< of vLLM rows: "ttft_mean", "tpot_mean"
    std::map<std::string, std::vector<MetricErrors>>
        otherEngines; ///< the same apart for SGLang and others
};

/**
 * Reads a table of closed-loop points. Prompts and outputs are uniform between 0.8 and 1.0 of the nominal lengths, all
 * prompts are new, requests are greedy. Rows that cannot be described by a candidate say why. Fails on a table without the
 * needed columns and on cells that are not numbers, with the line.
 */
[[nodiscard]] Result<std::vector<ServingRow>>
readServingRows(std::string_view csv, const std::string& fileName, const Catalog& catalog);

/** Predicts every row and compares. */
[[nodiscard]] Result<ServingEvaluation> evaluateServing(std::string_view csv,
                                                        const std::string& fileName,
                                                        const Catalog& catalog,
                                                        const Engine& engine, RunContext& context);

/** The document of `llmd evaluate serving --json`: times in ms, errors as fractions. */
[[nodiscard]] nlohmann::json toJson(const ServingEvaluation& evaluation);

} // namespace llmd
