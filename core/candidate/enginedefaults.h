// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "candidate.h"

namespace llmd {

/**
 * What `vllm serve` of this version would choose on this GPU if nothing is set. vLLM gives servers
 * on GPUs of at least 70 GiB, A100 excepted, larger batches (vllm/engine/arg_utils.py, read
 * 2026-08). `maxModelLen` is the model's.
 */
[[nodiscard]] EngineSettings defaultEngineSettings(const Model& model, const Gpu& gpu,
                                                   const EngineVersionProfile& profile,
                                                   const SemanticVersion& version);

} // namespace llmd
