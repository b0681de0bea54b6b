// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "manifests.h"

namespace llmd {

/** Refuses paths that leave the export folder and paths that occur twice. */
[[nodiscard]] Result<> checkManifestPaths(const std::vector<ManifestFile>& files);

} // namespace llmd
