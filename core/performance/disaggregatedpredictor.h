// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "coefficients.h"
#include "engine.h"

#include <core/catalog/catalog.h>

namespace llmd {

/**
 * Predicts a disaggregated candidate as two pools in a row with a transfer between them. `catalog` and `coefficients` must
 * outlive the predictor; `engine` is the id for provenance. Fails with `Unsupported` where the roles do not fit together
 * (candidate/disaggregationrules.h) or a role does not hold its part.
 *
 * What happens to a request, as llm-d's router and vLLM's NIXL connector have it: the sidecar of the decode server sends
 * it to a prefill server with one token to generate, whose token is thrown away; then the decode server gets it, fetches the
 * cache between two of its steps, and computes the last token of the prompt again in a decode step, which makes
 * the first token that the user sees. TTFT is the sum: both front ends, prefill queue, prefill, transfer, first decode step.
 */
[[nodiscard]] Result<std::unique_ptr<Predictor>>
disaggregatedPredictor(const Catalog& catalog, const Candidate& candidate, const Workload& shape,
                       const Coefficients& coefficients, std::string engine);

} // namespace llmd
