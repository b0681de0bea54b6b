// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/base/result.h>
#include <core/base/runcontext.h>
#include <core/candidate/candidate.h>
#include <core/catalog/catalog.h>
#include <core/memory/memoryledger.h>
#include <core/performance/engine.h>
#include <core/workload/requirements.h>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace llmd {

/** The values that are combined. Empty lists mean "all that are legal", of settings with a default that default. */
struct SearchSpace
{
    std::vector<int> tensorParallel { 1, 2, 4, 8 };
    std::vector<int> pipelineParallel { 1, 2 };
    std::vector<int> maxNumSeqs { 64, 128, 256, 512 };
    std::vector<int> maxNumBatchedTokens { 2048, 8192 };
    bool quantizeAtLoad = true; ///< also try FP8 at load for BF16 checkpoints on GPUs that have FP8
    bool aggregated = true; ///< servers that do prefill and decode
    bool disaggregated = true; ///< servers for each; engines that cannot predict them skip these
    /**
     * Prefill also on other kinds of GPUs than decode. Where the need neither names GPUs nor has an inventory that would
     * be all pairs of the catalog, and only one kind at a time is looked at.
     */
    bool mixedGpus = true;
    Transfer transfer; ///< of the KV cache, in disaggregated ones
    /**
     * Attention data parallelism, of mixtures of experts. Unstated, a node of replicas is tried too where the need names a single
     * such model; over the whole catalog that would cost more time than it is worth.
     */
    std::vector<int> dataParallel {};
    /** Whole experts per GPU: tried beside split ones, not tried, or (unstated) exactly where attention is data parallel. */
    std::optional<bool> expertParallel {};
    std::vector<double> gpuMemoryUtilization {};
    std::vector<int> blockSize {};
    std::vector<std::optional<Precision>> keyValueCache {}; ///< nothing = auto
    std::vector<bool> prefixCaching {};
    std::vector<std::optional<SpeculativeDecoding>> speculative {}; ///< nothing = without
    std::vector<KvOffload> offload {};
    std::optional<LoraServing> lora {}; ///< part of what is needed, not of what is tried
    std::vector<std::shared_ptr<const Model>> drafts {}; ///< what `speculative` points to

    bool operator==(const SearchSpace&) const = default;
};

/** A configuration that meets the targets, sized for the peak. */
struct Option
{
    std::string id; ///< stable across runs: derived from the configuration
    Candidate candidate; ///< topology holds the replicas
    int totalGpus = 0;
    DollarsPerSecond cost;
    RequestsPerSecond capacityPerReplica; ///< largest rate within the targets
    Estimate atPeak; ///< at the peak rate over the replicas
    Estimate atMean;
    double maxConcurrency =
        0; ///< sequences at the operating point that the autoscaler aims at, per replica
    bool meetsTargets = true;
};

/** Why a configuration was refused. */
enum class Constraint {
    GpuUnsupported, ///< engine or precision not available on this GPU
    ParallelismIllegal,
    MemoryTooSmall,
    ContextTooLong,
    TtftUnreachable, ///< not met even at the lightest load
    ItlUnreachable,
    E2eUnreachable,
    ReplicasBeyondLimit, ///< max GPUs or inventory
    BudgetExceeded,
    NoPrice,
    NotInstructionTuned, ///< a base checkpoint that was not asked for by name
    EngineRefused,
    Dominated, ///< same hardware and model with other settings is at least as good everywhere
};
[[nodiscard]] std::string_view toString(Constraint constraint); ///< snake_case id for JSON
[[nodiscard]] std::string describe(Constraint constraint); ///< English, for people

/** How many candidates failed one constraint, and the one that came nearest to meeting it. */
struct Refusal
{
    Constraint constraint = Constraint::MemoryTooSmall;
    std::uint64_t count = 0;
    std::string nearest; ///< plain sentence with figures: what, by how much, what would change it
    double nearestMiss = 0; ///< relative excess, 0.1 = 10 % over the limit
};

/** A smaller demand under which something is feasible; checked by a search. */
struct Relaxation
{
    std::string text; ///< "A budget of $12,300 per month instead of $10,000 would be enough: …"
    double relative =
        0; ///< largest relative change of a figure; infinite where a selection is widened
    Requirements requirements; ///< the need with this change
};

struct SearchReport
{
    std::shared_ptr<const Catalog> catalog; ///< keeps what the options point to alive
    std::shared_ptr<const std::vector<Model>> variants; ///< models quantised at load
    std::vector<std::shared_ptr<const Model>> drafts; ///< of speculative decoding
    ResolvedNeed need;
    std::string useCase; ///< id that the need was resolved with
    std::vector<Option> options; ///< feasible, by cost and then id
    std::vector<Refusal> refusals;
    std::uint64_t searched = 0; ///< combinations that were examined
    std::vector<std::size_t>
        pareto; ///< indices of options: no other is both cheaper and faster (E2E p95)
    Seconds elapsed;
    bool cancelled = false; ///< stopped early: the options are the best so far
    std::string infeasibility; ///< when there are none: binding constraint, smallest relaxation
    std::vector<Relaxation> relaxations; ///< when there are none: ways out, smallest change first
};

struct SearchProblem
{
    Requirements requirements;
    SearchSpace space;
    /** Replace those that follow from the requirements: a latency without target is then free. No relaxations are sought. */
    std::optional<Slo> targets {};
};

/** By cost and then id, as reports hold them. */
void sortOptions(std::vector<Option>& options);
/** Indices of the options that no other one beats in both cost and E2E p95 at the peak; `options` must be sorted. */
[[nodiscard]] std::vector<std::size_t> paretoFront(const std::vector<Option>& options);

/**
 * A part of a search, for several machines: of the space's units (a checkpoint on a kind of GPU), counted from 0, those
 * whose number leaves this remainder.
 */
struct Shard
{
    std::size_t index = 0;
    std::size_t count = 1;

    bool operator==(const Shard&) const = default;
};

/** What one shard found, and what it takes to join shards into the report of one search. */
struct ShardReport
{
    std::shared_ptr<const SearchReport> report; ///< of the shard's units; says nothing of ways out
    std::vector<std::size_t>
        refusalUnits; ///< of each refusal of the report: the unit of the nearest miss
    std::size_t units = 0; ///< of the whole space
};

/**
 * Examines the whole space: models (each checkpoint, and FP8 at load where the GPU has FP8) x GPUs x parallel sizes x
 * max_num_seqs x max_num_batched_tokens x the other settings of the space.
 *
 * - Refused before any prediction, for all settings at once where one proof holds for all: GPUs that cannot run the
 *   weights, contexts longer than the model's, GPUs without a price, illegal parallelism, too little memory, limits that one
 *   replica breaks. Each refused combination is counted, so that `searched` = options + sum of the refusals.
 * - Capacity is the largest rate of one replica within all targets at their percentiles, on a grid of 0.5 %; replicas =
 *   peak rate / (capacity x (1 - head-room)), rounded up, at least `minReplicas`.
 * - Of the settings of one layout, one KV type and one way to speculate those stay that no other dominates, that is carries at least as much and is not slower
 *   (by 0.5 %) at the same load per replica: just above its capacity, or what it has at the peak. Settings that differ only
 *   in a max_num_seqs that neither comes near, with a KV cache of which less than half is used, behave alike and are judged
 *   once; a max_num_seqs that Little's law shows to be too small needs no prediction.
 * - Prefill/decode disaggregation: pairs of tensor parallel sizes, see disaggregatedsearch.h; each counts as one combination.
 * - Options are on the Pareto front if none is both cheaper and faster in E2E p95 at the peak.
 *
 * The result does not depend on the number of threads. When cancelled, it holds what was found so far. Fails on requirements
 * that cannot be resolved and on space values below 1; "nothing feasible" is a result.
 */
[[nodiscard]] Result<std::shared_ptr<const SearchReport>>
search(const SearchProblem& problem, std::shared_ptr<const Catalog> catalog, const Engine& engine,
       RunContext& context);

/** `search` for one shard. Fails on a shard outside its count too. */
[[nodiscard]] Result<ShardReport> searchShard(const SearchProblem& problem, const Shard& shard,
                                              std::shared_ptr<const Catalog> catalog,
                                              const Engine& engine, RunContext& context);

} // namespace llmd
