// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model.h"
#include "quality.h"

#include <core/base/issue.h>

#include <filesystem>
#include <vector>

namespace llmd {

/**
 * Appends the shipped models: every `catalog/models/org--name.json` with its entry in `catalog/models.yaml`.
 * Sorted by id. A resource that cannot be read becomes an issue and is left out.
 */
void loadBuiltinModels(std::vector<Model>& models, std::vector<Issue>& issues);

/**
 * Adds the user's `org--name.json` and `org/name/config.json` files below `folder`, each with what an optional
 * `models.yaml` there says about it. A model with an id that is already in `models` (any case) replaces it and keeps
 * its family. A bad file becomes an issue that names it and is left out; a missing folder is an error issue.
 */
void loadModelFolder(const std::filesystem::path& folder, std::vector<Model>& models,
                     std::vector<Issue>& issues);

/** Appends the shipped benchmark scores and quantisation recoveries (`catalog/quality.yaml`). */
void loadBuiltinQuality(std::vector<QualityScore>& scores,
                        std::vector<QuantizationRecovery>& recoveries, std::vector<Issue>& issues);

} // namespace llmd
