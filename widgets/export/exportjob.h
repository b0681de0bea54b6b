// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <core/base/issue.h>
#include <core/base/result.h>
#include <core/manifests/manifests.h>
#include <core/plan/deploymentplan.h>
#include <core/search/search.h>
#include <core/spec/executionplan.h>

#include <memory>
#include <string>
#include <vector>

namespace llmd {

/** Everything that the files of an export depend on; a value, so that it can go to a worker. */
struct ExportRequest
{
    std::shared_ptr<const SearchReport> report; ///< keeps what the option points to alive
    std::shared_ptr<const Catalog> catalog;
    Option option;
    ResolvedNeed need;
    Requirements requirements;
    ManifestOptions manifests;
    std::string nameSpace;
};

/** The plan, its files and what the checks found. */
struct ExportResult
{
    std::shared_ptr<const SearchReport> report; ///< the plan points into it and into the catalog
    std::shared_ptr<const Catalog> catalog;
    DeploymentPlan plan;
    ExecutionPlan execution; ///< the same decisions, for comparisons; one of the files
    std::vector<ManifestFile> files;
    std::vector<Issue> findings;
};

/** Plans the deployment and writes its files to memory. */
[[nodiscard]] Result<ExportResult> prepareExport(const ExportRequest& request);

/** All files in one text, each under a comment with its path. */
[[nodiscard]] std::string joinFiles(const std::vector<ManifestFile>& files);

/** Paths of files in `folder` that have another content than what would be written there. */
[[nodiscard]] std::vector<std::string> differingFiles(const std::vector<ManifestFile>& files,
                                                      const std::filesystem::path& folder);

} // namespace llmd
