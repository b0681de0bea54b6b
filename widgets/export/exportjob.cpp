// SPDX-License-Identifier: GPL-3.0-or-later
#include "exportjob.h"

#include <core/base/file.h>
#include <core/spec/compiler.h>
#include <core/spec/planbuilder.h>

#include <system_error>

namespace llmd {

Result<ExportResult> prepareExport(const ExportRequest& request)
{
    auto plan =
        planDeployment(request.option, request.need, request.requirements, *request.catalog);
    if (!plan)
        return tl::unexpected(plan.error());
    plan->nameSpace = request.nameSpace;
    auto files = writeManifests(*plan, request.manifests);
    if (!files)
        return tl::unexpected(files.error());
    auto findings = checkManifests(*files);
    ExecutionPlan execution = executionPlanOf(request.option, request.need, *plan, request.catalog);
    files->push_back({ executionPlanFile, writeExecutionPlan(execution) });
    return ExportResult { request.report,       request.catalog,   std::move(*plan),
                          std::move(execution), std::move(*files), std::move(findings) };
}

std::string joinFiles(const std::vector<ManifestFile>& files)
{
    std::string text;
    for (const ManifestFile& file : files) {
        if (!text.empty())
            text += "---\n";
        text += "# " + file.path + "\n" + file.content;
        if (!text.ends_with('\n'))
            text += '\n';
    }
    return text;
}

std::vector<std::string> differingFiles(const std::vector<ManifestFile>& files,
                                        const std::filesystem::path& folder)
{
    std::vector<std::string> differing;
    for (const ManifestFile& file : files) {
        std::error_code error;
        const auto path = folder / file.path;
        if (!std::filesystem::exists(path, error) || error)
            continue;
        const auto present = readFile(path);
        if (!present || *present != file.content)
            differing.push_back(file.path);
    }
    return differing;
}

} // namespace llmd
