// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "specanalysis.h"

#include <core/memory/memoryledger.h>
#include <core/performance/engine.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace llmd {

/** What plans need to predict; must outlive the results' use of the engine. */
struct SpecPlanner
{
    const Engine& engine;
    RunContext& context;
};

/** GPU memory that adapters and a draft model take from the KV cache of each GPU. */
struct SideMemory
{
    Bytes adapters;
    Bytes draftWeights;
    Bytes draftPerToken; ///< of the draft's KV cache, for each token in the pool

    [[nodiscard]] Bytes fixed() const { return adapters + draftWeights; }
};

/** What of a replica's memory ledger matters to a plan, with adapters and draft model counted. */
struct ReplicaMemory
{
    MemoryLedger ledger; ///< without them
    SideMemory side;
    double blocks = 0; ///< of the KV cache per GPU, that are left
    double tokens = 0; ///< of the KV cache per replica, that are left
};
[[nodiscard]] ReplicaMemory replicaMemory(const SpecAnalysis& analysis, const Candidate& candidate);

/** Second stage: the configuration, or why there is none. */
struct ResourcePlan
{
    std::shared_ptr<const SearchReport>
        report; ///< keeps what the option points to alive; null if nothing fits
    const Option* option = nullptr; ///< null: infeasible
    std::vector<SpecFinding> findings; ///< without positions; the error names the constraint
};

/**
 * Latency is hard, the throughput a minimum; among what holds both, the fewest GPUs, then the most throughput, then the
 * shortest latency. Fails on cancellation and on needs that the search refuses; infeasibility is a result.
 */
[[nodiscard]] Result<ResourcePlan> planResources(const SpecAnalysis& analysis,
                                                 const SpecPlanner& planner);

/** Why the search's options are not usable beyond what the search knows, in the order of the checks. */
enum class OptionObstacle { None, SpansNodes, TooManyReplicas, TooManyRequests, SideMemory };
[[nodiscard]] OptionObstacle optionObstacle(const SpecAnalysis& analysis, const Option& option);

/** Requests in flight over all replicas at the planned load. */
[[nodiscard]] double requestsInFlight(const Option& option);

/** The option to take; null if none is usable. */
[[nodiscard]] const Option* bestOption(const SpecAnalysis& analysis, const SearchReport& report);

} // namespace llmd
