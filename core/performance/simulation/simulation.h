// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "replica.h"
#include "router.h"
#include "traffic.h"

#include <core/base/result.h>
#include <core/base/runcontext.h>
#include <core/candidate/candidate.h>
#include <core/catalog/catalog.h>
#include <core/performance/coefficients.h>
#include <core/performance/steptime.h>
#include <core/performance/transfer.h>

#include <array>
#include <optional>
#include <vector>

/** The discrete-event simulation of a deployment: what to simulate, and what comes out. */
namespace llmd {

/** Limits on the latencies of one request, for goodput; absent ones are not asked for. */
struct RequestLimits
{
    std::optional<Seconds> ttft;
    std::optional<Seconds> itl; ///< mean time per output token after the first
    std::optional<Seconds> e2e;

    [[nodiscard]] bool any() const { return ttft || itl || e2e; }
    bool operator==(const RequestLimits&) const = default;
};

/** Everything that decides a run beside the seed, which is that of the `RunContext`. */
struct Scenario
{
    enum class Policy { Fcfs, Priority };

    Candidate candidate; ///< with its number of replicas
    Traffic traffic;
    RouterSettings router; ///< with a disaggregation one for each role
    Policy policy = Policy::Fcfs; ///< order of waiting requests, and who is preempted
    RequestLimits limits;
    Seconds timeout; ///< clients give up after this long; 0 = never
    /**
     * Requests that arrive within it are left out. Absent: chosen so that the rest varies least (MSER rule on twenty equal
     * parts, at most the first half), where the traffic has one stage; with several stages nothing is left out.
     */
    std::optional<Seconds> warmUp;
    bool greedy = false; ///< requests ask for temperature 0
    bool fastForward =
        true; ///< false: every step on its own. Same results, many times slower; to check the above
};

/** Distribution of one latency over requests. */
struct LatencySummary
{
    std::uint64_t count = 0;
    Seconds mean;
    Seconds minimum;
    Seconds p50;
    Seconds p90;
    Seconds p95;
    Seconds p99;
    Seconds p999;
    Seconds maximum;
};

/** Means over the requests whose prompt was computed by another server; the five parts add up to their TTFT. */
struct JourneyReport
{
    std::uint64_t requests = 0;
    Seconds frontEnd; ///< HTTP and tokenizer of both servers
    Seconds prefillQueue;
    Seconds prefill; ///< from admission to its end
    Seconds transfer; ///< latency and contention included
    Seconds firstDecode; ///< waits for blocks, steps and a seat, and the step of the first token
    Seconds wire; ///< of the transfer: bytes on idle links
    Seconds hidden; ///< of the bytes: behind the last step of the prefill, not in `transfer`
};

/** One stage, or all of a run: requests by the time of their arrival. */
struct StageReport
{
    Seconds start; ///< of what is counted: after the warm-up
    Seconds end; ///< of the arrivals
    std::uint64_t arrived = 0;
    std::uint64_t completed = 0;
    std::uint64_t timedOut = 0;
    std::uint64_t refused = 0; ///< too long for max_model_len or the KV pool
    LatencySummary ttft;
    LatencySummary itl; ///< of a request: mean time per output token after the first
    LatencySummary e2e;
    RequestsPerSecond offeredRate;
    RequestsPerSecond requestRate; ///< completed between start and end: the drain does not count
    TokensPerSecond outputThroughput; ///< of those requests
    TokensPerSecond totalThroughput;
    double attainment = 1; ///< share of the arrived requests that completed within all limits
    double ttftAttainment = 1;
    double itlAttainment = 1;
    double e2eAttainment = 1;
    RequestsPerSecond goodput; ///< requests within all limits per second
    double prefixHitRate = 0; ///< share of prompt tokens found in the cache at admission
    double tierHitRate = 0; ///< share loaded from CPU memory or disk, not in the one above
    Seconds tierLoad; ///< mean time that took
    Seconds queueing; ///< mean wait for admission
    Seconds prefill; ///< mean time from admission to the end of the prefill
    double running = 0; ///< mean sequences per replica while requests arrived
    double waiting = 0;
    double kvUtilization = 0; ///< share of the KV blocks that requests referred to
    double prefillShare = 0; ///< of the busy time
    JourneyReport journey;
    bool saturated =
        false; ///< more arrived than could be served: the number in flight grew to the end
};

/** A stretch of simulated time. */
struct UsageSample
{
    Seconds start;
    double running = 0; ///< mean sequences in all batches
    double waiting = 0; ///< mean
    double kvUtilization = 0; ///< mean share of all KV blocks
    RequestsPerSecond completed;
    TokensPerSecond output; ///< of completed requests
};

struct ReplicaReport
{
    std::uint64_t requests = 0; ///< routed to it
    std::uint64_t preemptions = 0;
    double busy = 0; ///< share of time with a step running
    double running = 0; ///< mean
    double waiting = 0; ///< mean
    double kvUtilization = 0;
    double prefixHitRate = 0;
};

/** What a disaggregated run has beside the others, whose replicas are then the decode servers. */
struct DisaggregationReport
{
    std::vector<ReplicaReport> prefill; ///< of each prefill server
    std::uint64_t travelled = 0; ///< requests sent to a prefill server
    std::uint64_t handedOver = 0; ///< of them with their prompt through
    std::uint64_t fetched = 0; ///< caches that were brought
    std::uint64_t released = 0; ///< prompts whose blocks were given back after it
    double linkUtilization =
        0; ///< share of time that the busier side's links had something to carry
};

struct SimulationReport
{
    StageReport total;
    std::vector<StageReport> stages;
    std::uint64_t arrived = 0; ///< all, warm-up included; = completed + timed out + refused
    std::uint64_t completed = 0;
    std::uint64_t timedOut = 0;
    std::uint64_t refused = 0;
    std::uint64_t capped = 0; ///< outputs cut at max_model_len
    std::uint64_t promptTokens = 0; ///< of completed requests
    std::uint64_t outputTokens = 0;
    std::uint64_t prefillTokens =
        0; ///< computed by the servers: prompts and what preemption made them do again
    std::uint64_t hitTokens = 0; ///< prompt tokens of completed requests found in the cache
    std::uint64_t preemptions = 0;
    std::vector<UsageSample> usage; ///< at most 256 equal stretches
    std::vector<ReplicaReport> replicas;
    std::optional<DisaggregationReport> disaggregation;
    double imbalance = 1; ///< requests of the busiest replica over the mean
    double relativeError =
        0; ///< standard error of the mean E2E latency over the mean, from twenty parts of the run
    std::uint64_t steps = 0; ///< of all engines
    std::uint64_t events = 0; ///< what the simulation had to look at
    std::size_t mostInFlight = 0;
    Seconds simulated;
    Seconds wall;
};

/** A candidate compiled for simulation; serves any number of runs and threads. The candidate's parts must outlive it. */
struct ServerModel
{
    StepModel step;
    ReplicaSettings settings;
    std::int64_t maxModelLen = 0;
    int pipelineStages = 1;
    double receiving = 0; ///< s from a request's arrival to the scheduler's queue …
    double receivingPerToken = 0; ///< … and per prompt token, one request after another
    double responding = 0; ///< s from the end of a step to the token at the client
};
/** Fails with `Unsupported` where nothing can be served, e.g. when the weights leave no room for a KV cache. */
[[nodiscard]] Result<ServerModel> serverModel(const Candidate& candidate,
                                              const EngineVersionProfile& profile, bool greedy,
                                              const Coefficients& coefficients);

/** The servers that compute prompts for others, and the way of the caches. */
struct PrefillSide
{
    ServerModel server;
    int replicas = 1;
    TransferTimes transfer;
    double localPromptTokens = 0;
};

/** A whole deployment compiled for simulation. */
struct DeploymentModel
{
    ServerModel server; ///< that takes the clients' requests and decodes
    std::optional<PrefillSide> prefill;
};
/** Fails as `serverModel` does, and where the roles of a disaggregation do not fit together. */
[[nodiscard]] Result<DeploymentModel> deploymentModel(const Candidate& candidate,
                                                      const Catalog& catalog, bool greedy,
                                                      const Coefficients& coefficients);

/** Says what is wrong with a scenario. */
[[nodiscard]] Result<> checkScenario(const Scenario& scenario);
/**
 * Runs a scenario with the seed of the context, on the calling thread. Equal seeds give equal reports, the wall time
 * apart. Reports progress; fails on a bad scenario and on cancellation, which is looked for every few milliseconds at most.
 */
[[nodiscard]] Result<SimulationReport> simulate(const Scenario& scenario, const Catalog& catalog,
                                                const Coefficients& coefficients,
                                                RunContext& context);
/** The same with a model that was compiled before; the scenario must have been checked. */
[[nodiscard]] Result<SimulationReport> simulate(const Scenario& scenario,
                                                const DeploymentModel& model, RunContext& context);

} // namespace llmd
