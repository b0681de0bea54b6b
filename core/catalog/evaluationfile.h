// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "qualityfile.h"

namespace llmd {

/** Result files of evaluation programs that scores can be taken from. */
enum class EvaluationFormat {
    None, ///< something else, such as our own CSV
    LmEvaluationHarness, ///< `results_*.json`: tasks under "results", the model under "config"
    OpenCompass, ///< `summary_*.csv`: dataset, version, metric, mode and one column per model
};
[[nodiscard]] EvaluationFormat evaluationFormat(std::string_view text);

/**
 * Scores from the results of an evaluation program. Tasks become the benchmark labels that the kinds of evidence know
 * ("mmlu_pro" is MMLU-Pro), with a remark that says which task and metric were taken; other tasks are left out and named.
 * Shares of 1 become 0 to 100. The source names the program and the file; the day is that of the results, or else `day`. Models are
 * found as `readQualityScores` does. Fails if the text is no such file.
 */
[[nodiscard]] Result<Loaded<std::vector<QualityScore>>> readEvaluation(std::string_view text,
                                                                       const std::string& name,
                                                                       const std::string& day,
                                                                       const Catalog& catalog);

} // namespace llmd
