// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "executionplan.h"
#include "resourceplan.h"
#include "specdocument.h"

#include <core/manifests/manifests.h>
#include <core/plan/deploymentplan.h>

#include <optional>
#include <string>
#include <vector>

namespace llmd {

/** What a spec compiles to. The deployment plan points into `analysis.catalog` and `resources.report`. */
struct CompiledSpec
{
    SpecAnalysis analysis;
    ResourcePlan resources;
    DeploymentPlan deployment;
    ExecutionPlan plan;
};

struct SpecCompilation
{
    std::string name; ///< of the service, may be empty
    std::string file;
    std::vector<SpecFinding> findings; ///< with positions, in the order of the file
    std::optional<CompiledSpec> compiled; ///< absent exactly if there are errors

    /** The errors are about what cannot be met, not about the text. */
    [[nodiscard]] bool infeasible() const
    {
        return hasErrors(findings) && !hasValidationErrors(findings);
    }
};

/**
 * Constraint analysis, resource planning, execution plan: everything but the files. What cannot be met gets a finding that
 * names the field, the computed figure and a change that was compiled and works. Equal input gives an equal result. Fails only
 * on cancellation and broken promises of our own.
 */
[[nodiscard]] Result<SpecCompilation> compileSpec(const SpecDocument& document,
                                                  std::shared_ptr<const Catalog> catalog,
                                                  const SpecPlanner& planner);

/** Many specs on all threads; the results are in the order of the documents. */
[[nodiscard]] Result<std::vector<SpecCompilation>>
compileSpecs(const std::vector<SpecDocument>& documents, std::shared_ptr<const Catalog> catalog,
             const SpecPlanner& planner);

constexpr const char* executionPlanFile = "execution-plan.yaml";

/** Fourth stage: the manifests of a target, and the execution plan beside them. */
[[nodiscard]] Result<std::vector<ManifestFile>> writeSpecFiles(const CompiledSpec& compiled,
                                                               const ManifestOptions& options);

} // namespace llmd
