// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comparison.h"

#include <core/base/result.h>
#include <core/base/runcontext.h>
#include <core/catalog/catalog.h>

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace llmd {

/** What is compared, in the order of the arrays below. GiB per GPU; tokens of the replica. */
enum class MemoryMetric {
    Weights,
    Activation,
    NonTorch,
    CudaGraphs,
    KvCache,
    KvCacheTokens,
    MaxConcurrency, ///< requests of max_model_len tokens that the pool holds
    Count
};
constexpr std::size_t memoryMetricCount = static_cast<std::size_t>(MemoryMetric::Count);
/** Its name in results: "weight_memory_gib", "activation_memory_gib", "non_torch_gib", … */
[[nodiscard]] std::string_view toString(MemoryMetric metric);
/** Its column in files of measurements: "weight_memory_gib", …, "non_torch_forward_gib", "cuda_graph_actual_gib". */
[[nodiscard]] std::string_view measuredColumn(MemoryMetric metric);

struct MemoryEvaluationRow
{
    int line = 0;
    /** The columns that describe the run, with their text, in the order of the file. */
    std::vector<std::pair<std::string, std::string>> input;
    std::string unsupported; ///< why it could not be predicted; empty if it was
    std::array<double, memoryMetricCount> predicted {};
    std::array<std::optional<double>, memoryMetricCount> measured {};
    bool fits = false; ///< predicted
    Bytes shortfall; ///< predicted; > 0: missing
    /** Whether the server started, if the file says so: an outcome column, or else a measured KV pool. */
    std::optional<bool> started;
    std::optional<std::size_t>
        comparedCase; ///< in `MemoryEvaluation::comparison`, if it was predicted
};

/** How "fits" agrees with what happened, over the predicted rows whose outcome is known. */
struct FitOutcomes
{
    std::size_t started = 0;
    std::size_t startedAndFits = 0;
    std::size_t failed = 0;
    std::size_t failedButFits = 0; ///< must be 0: a promise that broke

    bool operator==(const FitOutcomes&) const = default;
};

struct MemoryEvaluation
{
    std::string versionProfile;
    std::vector<MemoryEvaluationRow> rows;
    Comparison comparison; ///< one case per predicted row; metrics as `toString(MemoryMetric)`
    FitOutcomes fits;
    /** Over the rows with a prediction and a measurement, one per metric in its order. */
    std::vector<MetricErrors> errors;
};

/**
 * Predicts every run of a table of start-up measurements, in parallel, and compares. Needs the columns model, gpu and tp; reads pp, dp,
 * max_model_len, dtype, quantization, kv_cache_dtype, gpu_memory_utilization, init_total_memory_gib, max_num_seqs,
 * max_num_batched_tokens, block_size and enforce_eager where they are there; the rest are vLLM's defaults for `version` on
 * that GPU. Measured cells may be empty. A column `status`, `outcome` or `started` ("ok", "oom", "failed", "true" …) says which
 * runs failed; without it a run with a measured pool counts as started, and one with an empty pool as failed. Fails, with the line, on a table that cannot be read; a run that cannot be
 * predicted says why in its row.
 *
 * With pipeline stages the weights, activation and pool are those of the first stage, which is the one that start-up logs
 * show, while tokens are those of the stage with the least room.
 */
[[nodiscard]] Result<MemoryEvaluation> evaluateMemory(std::string_view csv, std::string fileName,
                                                      const Catalog& catalog,
                                                      const SemanticVersion& version,
                                                      RunContext& context);

/** The document of `llmd evaluate memory --json`: GiB per GPU, errors as fractions, errors also by group. */
[[nodiscard]] nlohmann::ordered_json toJson(const MemoryEvaluation& evaluation,
                                            const Grouping& grouping = { GroupKey::Class });

} // namespace llmd
