// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "inferenceservice.h"
#include "specfinding.h"

#include <core/catalog/catalog.h>
#include <core/search/search.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace llmd {

/** A value that the spec leaves open and the plan needs. */
struct SpecAssumption
{
    std::string field; ///< that would state it
    std::string text; ///< the value and where it comes from

    bool operator==(const SpecAssumption&) const = default;
};

/** Standard deviation / mean of lengths. */
struct LengthVariation
{
    double prompt = 0;
    double output = 0;
};

/** First stage: what a spec means in terms of the catalog. Points into `catalog`. */
struct SpecAnalysis
{
    InferenceService service;
    std::shared_ptr<const Catalog> catalog; ///< with the GPU as the spec describes it
    const Model* model = nullptr; ///< the checkpoint that is served; null if there is none
    bool quantizedAtLoad = false; ///< to FP8, by the engine
    const Gpu* gpu = nullptr;
    const Model* draft = nullptr; ///< for speculative decoding; null if none or not known
    int gpusPerNode = 8;
    SearchProblem problem;
    std::optional<LengthVariation>
        usualVariation; ///< of the assumed use case, where the spec states none and none is planned with
    std::vector<SpecAssumption> assumptions;
    std::vector<SpecFinding> findings; ///< without positions
};

/** Resolves names and checks everything that needs no prediction. Never fails: problems are findings. */
[[nodiscard]] SpecAnalysis analyseSpec(const InferenceService& service,
                                       std::shared_ptr<const Catalog> catalog);

} // namespace llmd
