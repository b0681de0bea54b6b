// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deploymentplan.h"

#include <string>
#include <vector>

namespace llmd {

/** vLLM's arguments for speculative decoding, LoRA adapters and a KV cache outside the GPU; none where none of them is used. */
[[nodiscard]] std::vector<EngineArgument> featureArguments(const Candidate& candidate);
/** Why this version of vLLM cannot be told so, in a sentence for people; empty if it can. */
[[nodiscard]] std::string featureArgumentObstacle(const Candidate& candidate,
                                                  const SemanticVersion& version);

} // namespace llmd
