// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "inferenceservice.h"
#include "specfinding.h"

#include <core/catalog/catalog.h>

#include <optional>
#include <string>
#include <vector>

namespace llmd {

/** The weights that serve a model in a format. */
struct Checkpoint
{
    const Model* model = nullptr;
    bool atLoad = false; ///< quantised to FP8 by the engine while loading
};

/**
 * The checkpoint of the named model in a format: the named one itself if its weights are stored that way, else one of the same
 * family, else FP8 at load where the GPU (null = any) computes in FP8. A named checkpoint that is quantised is never replaced.
 */
[[nodiscard]] std::optional<Checkpoint> findCheckpoint(const Model& named,
                                                       std::optional<SpecQuantization> format,
                                                       const Gpu* gpu, const Catalog& catalog);

/** Formats in which the named model can be served, the strongest quantisation first. */
[[nodiscard]] std::vector<SpecQuantization> availableFormats(const Model& named, const Gpu* gpu,
                                                             const Catalog& catalog);

/** Lowest published share of its family's quality that a checkpoint keeps, 1 = all; nothing if none is known. */
[[nodiscard]] std::optional<double> keptQuality(const Checkpoint& checkpoint,
                                                const Catalog& catalog);

/** "awq-int4" */
[[nodiscard]] std::string nameOf(SpecQuantization format);

} // namespace llmd
