// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../commandline.h"

#include <core/manifests/manifests.h>

#include <string>

namespace llmd::cli {

/** One configuration of a project, to be written as manifests. */
struct ExportRequest
{
    std::string project;
    std::string candidate; ///< id; empty = the chosen or best one
    std::string output; ///< folder or archive
    bool dryRun = false;
    ManifestOptions manifests;
    std::string nameSpace; ///< empty = the default
    std::string versionRow; ///< id; empty = the project's
};

[[nodiscard]] ExitCode exportPlan(Session& session, const ExportRequest& request);

} // namespace llmd::cli
