// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model.h"

#include <optional>
#include <string>
#include <vector>

namespace llmd {

/** One published benchmark score of a model (0 to 100). Scores of different `benchmark` labels are never pooled. */
struct QualityScore
{
    std::string family;    ///< `Model::family` it belongs to
    std::string benchmark; ///< "MMLU-Pro", "LiveCodeBench v5" …
    double score = 0;
    std::string mode;      ///< "instruct", "thinking" …
    Source source;
};

/** What a quantised variant keeps of its family's quality, in percent. */
struct QuantizationRecovery
{
    std::string family;
    std::string scheme;    ///< "fp8", "int8", "int4", "nvfp4" …
    double percent = 100;
    Source source;
};

} // namespace llmd
