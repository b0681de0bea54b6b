// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/base/result.h>
#include <core/benchmarks/record.h>
#include <core/candidate/candidate.h>
#include <core/catalog/catalog.h>
#include <core/workload/workload.h>

#include <memory>

namespace llmd {

/** What a run measured, in the terms of the planner. */
struct MeasuredDeployment
{
    std::shared_ptr<const Model> variant; ///< owns the model if it is not the catalog's
    Candidate candidate;
    Workload workload;
};

/**
 * The deployment and the load of a record, so that an engine can predict it; settings that the report does not state are
 * those that the engine would choose. Fails, saying what is missing, on runs of unknown model, precision, GPU, layout, version or
 * load, and on what cannot be predicted: other engines, disaggregated serving, mixed stages, failed requests.
 */
[[nodiscard]] Result<MeasuredDeployment> measuredDeployment(const BenchmarkRecord& record,
                                                            const Catalog& catalog);

} // namespace llmd
