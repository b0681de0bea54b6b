// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "resourceplan.h"

#include <vector>

namespace llmd {

/**
 * Adds to the errors of an infeasible plan what would make it feasible, the smallest change first: latency limits, GPUs,
 * replicas, requests in flight, throughput, weight formats, context length, other GPUs. Each was planned and works.
 */
void suggestRelaxations(const SpecAnalysis& analysis, const SpecPlanner& planner,
                        std::vector<SpecFinding>& findings);

} // namespace llmd
