// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "candidate.h"

#include <core/base/result.h>

#include <string>
#include <vector>

namespace llmd {

/** A rule of prefill/decode disaggregation that a candidate breaks, or one that it comes close to. */
struct DisaggregationFinding
{
    enum class Rule {
        TensorParallel,
        BlockSize,
        KeyValueType,
        EngineVersion,
        Attention, ///< kernels of both roles must lay out the cache alike
        Link,
        Transfer,
        Settings,
    };
    Rule rule = Rule::Settings;
    bool hard = true; ///< it will not run; else it may not
    std::string sentence; ///< what is wrong and what would be right
    std::string source; ///< of the rule; empty where it is arithmetic

    bool operator==(const DisaggregationFinding&) const = default;
};

/**
 * What vLLM and its NIXL connector ask of two servers that hand a KV cache over, as read in 2026-08. The model is the
 * same by construction. Empty for an aggregated candidate.
 */
[[nodiscard]] std::vector<DisaggregationFinding> disaggregationFindings(const Candidate& candidate);

/** `Unsupported` with the sentences and sources of the hard ones. */
[[nodiscard]] Result<> checkDisaggregation(const Candidate& candidate);

} // namespace llmd
