// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "executionplan.h"
#include "resourceplan.h"

#include <core/plan/deploymentplan.h>

#include <memory>

namespace llmd {

/**
 * What goes into the manifests: the option's plan under the spec's names, with the engine arguments for adapters, draft model,
 * revision and host memory for cached prefixes, and the spec's scaling. Fails where planDeployment does.
 */
[[nodiscard]] Result<DeploymentPlan> deploySpec(const SpecAnalysis& analysis,
                                                const ResourcePlan& resources);

/** The figures of the execution plan, each with its reason. The option was found for `need` and deployed as `deployment`. */
[[nodiscard]] ExecutionPlan buildExecutionPlan(const SpecAnalysis& analysis,
                                               const ResolvedNeed& need, const Option& option,
                                               const DeploymentPlan& deployment);

/** The same for a configuration that was chosen without a spec, so that exports of both kinds can be compared. */
[[nodiscard]] ExecutionPlan executionPlanOf(const Option& option, const ResolvedNeed& need,
                                            const DeploymentPlan& deployment,
                                            std::shared_ptr<const Catalog> catalog);

/** Tokens that one step of speculative decoding is expected to produce, and what the plan makes of it. */
[[nodiscard]] std::string speculativeNote(const SpeculativeSpec& speculative);

} // namespace llmd
