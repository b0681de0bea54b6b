// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "operatingpoint.h"

#include <core/performance/power.h>

#include <optional>
#include <string>
#include <vector>

namespace llmd {

using DollarsPerToken = decltype(DollarsPerSecond() / TokensPerSecond());

/** Share of requests within all targets' limits, each request judged by itself. */
struct Attainment
{
    double share = 1; ///< as if the latencies of a request were independent of each other
    /**
     * 90 % interval: latencies at the ends of theirs, and the least and the most that dependence between the latencies
     * allows (Fréchet bounds). Equal to `share` where no interval is stated.
     */
    double low = 1;
    double high = 1;

    bool operator==(const Attainment&) const = default;
};

/** Share of requests whose latency is at most `limit`: the inverse of `LatencyEstimate::at`. */
[[nodiscard]] double shareWithin(const LatencyEstimate& latency, Seconds limit);
/** A saturated server serves nobody within a limit; without targets everybody is served in time. */
[[nodiscard]] Attainment attainmentOf(const Estimate& estimate, const Slo& slo);

/** One replica, or one disaggregated deployment, under one load; called a replica here. */
struct LoadPoint
{
    RequestsPerSecond rate; ///< arriving at the replica
    Estimate estimate; ///< of the replica
    double utilization = 0; ///< rate / largest rate that it serves without a growing queue
    Attainment attainment;
    RequestsPerSecond goodput; ///< requests within all limits
    bool meetsTargets = false; ///< every target at its percentile
    Watts power; ///< of the replica's GPUs
    std::optional<JoulesPerToken> energyPerOutputToken; ///< absent without output
    std::optional<DollarsPerToken> costPerOutputToken; ///< absent without a price
    std::optional<DollarsPerToken> costPerToken; ///< of prompt and output alike
};

/** Replicas and whole servers for a peak. */
struct FleetSizing
{
    RequestsPerSecond peak;
    int replicas = 0;
    int gpus = 0;
    int nodes = 0; ///< whole servers; replicas larger than one take several, roles have their own
    int gpusPerNode = 0;
    int idleGpus = 0; ///< in those servers
    double headroomWanted = 0;
    double headroomLeft = 0; ///< share of the capacity within targets that the peak leaves free
    LoadPoint atPeak; ///< of one replica
    Estimate estimate; ///< of the deployment at the peak
    Watts power; ///< of the GPUs in use, at the peak
    std::optional<DollarsPerSecond> cost; ///< of the GPUs in use
    std::optional<DollarsPerSecond> nodeCost; ///< of all GPUs of the servers
};

struct LoadCurveProblem
{
    Candidate candidate; ///< how many replicas it has does not matter
    Workload shape; ///< its load does not matter
    Slo slo;
    std::optional<RequestsPerSecond> peak; ///< of the deployment; sized for if given
    double headroom = 0.2; ///< share of the capacity kept free at the peak, below 1
    int minReplicas = 1;
    int gpusPerNode = 0; ///< 0 = as the catalog says
    std::optional<DollarsPerSecond> gpuPrice; ///< of one GPU
    std::optional<DollarsPerSecond> prefillGpuPrice; ///< where prefill servers have other GPUs
    int points = 32; ///< of the curve, at least 2
};

/**
 * How one replica does from a light load to the largest that it serves.
 *
 * - `saturation`: the largest rate on the grid of `rategrid` at which no queue grows without end.
 * - `knee`: the load with the largest rate / mean E2E latency, which is Kleinrock's power (L. Kleinrock: "Power and
 *   deterministic rules of thumb for probabilistic problems in computer communications", ICC 1979): below it more load
 *   costs little latency, above it latency grows faster than what is served.
 * - `withinTargets`: the largest rate on the grid that meets every target at its percentile; absent if even the lightest
 *   load does not.
 */
struct LoadCurve
{
    std::vector<LoadPoint> points; ///< ascending rates; the last is at `saturation`
    RequestsPerSecond saturation;
    LoadPoint knee;
    std::optional<LoadPoint> withinTargets; ///< absent without targets too
    std::optional<LatencyMetric> binding; ///< the target that ends it; absent if saturation does
    std::optional<FleetSizing> fleet; ///< absent without a peak or where no load meets the targets
};

/**
 * Computes the curve on several threads; equal for any number of them. Loads between light and saturation are spaced
 * closer towards saturation, where latencies bend. Fails where the engine does, on bad settings and on cancellation.
 */
[[nodiscard]] Result<LoadCurve> loadCurve(const LoadCurveProblem& problem, const Engine& engine,
                                          RunContext& context);

/** Definition of the knee in one sentence, for people. */
[[nodiscard]] const char* kneeDefinition();

} // namespace llmd
