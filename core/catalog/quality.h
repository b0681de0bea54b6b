// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model.h"

#include <string>
#include <vector>

namespace llmd {

/** One benchmark score of a model (0 to 100). Scores of different `benchmark` labels are never pooled. */
struct QualityScore
{
    std::string
        family; ///< `Model::family` it belongs to; of the user's scores it may be a variant's id
    std::string benchmark; ///< "MMLU-Pro", "LiveCodeBench v5" …
    double score = 0;
    std::string mode; ///< "instruct", "thinking" …
    Source source;
    std::string statedName {}; ///< the model's name in the user's file; empty for shipped scores
    bool userProvided = false;

    bool operator==(const QualityScore&) const = default;
};

/** What a quantised variant keeps of its family's quality, in percent. */
struct QuantizationRecovery
{
    std::string family;
    std::string scheme; ///< "fp8", "int8", "int4", "nvfp4" …
    double percent = 100;
    Source source;
};

/** Benchmarks that measure the same thing; the first that a model has a score of counts. */
struct QualityKind
{
    std::string name; ///< "Chat preference", "Knowledge" …, as shown to people
    std::vector<std::string> benchmarks; ///< labels

    bool operator==(const QualityKind&) const = default;
};

/** How much one kind of evidence counts for a use case. */
struct KindWeight
{
    std::string kind; ///< name of a `QualityKind`
    double weight = 0; ///< used as a fraction of the sum

    bool operator==(const KindWeight&) const = default;
};

} // namespace llmd
