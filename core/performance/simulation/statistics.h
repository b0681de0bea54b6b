// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "quantilesketch.h"
#include "simulation.h"

#include <vector>

namespace llmd {

/** Sums over requests whose prompt travelled, s. */
struct JourneySums
{
    std::uint64_t requests = 0;
    double frontEnd = 0;
    double queue = 0;
    double prefill = 0;
    double transfer = 0;
    double firstDecode = 0;
    double wire = 0;
    double hidden = 0;

    void add(const JourneySums& other);
};

/** What is collected about the requests that arrived in one part of a run. */
struct RunSection
{
    QuantileSketch ttft;
    QuantileSketch itl;
    QuantileSketch e2e;
    std::uint64_t arrived = 0;
    std::uint64_t timedOut = 0;
    std::uint64_t refused = 0;
    std::uint64_t good = 0; ///< within all limits
    std::uint64_t goodTtft = 0;
    std::uint64_t goodItl = 0;
    std::uint64_t goodE2e = 0;
    std::uint64_t promptTokens = 0;
    std::uint64_t hitTokens = 0;
    std::uint64_t tierTokens = 0; ///< from CPU memory or disk
    std::uint64_t outputTokens = 0;
    double waited = 0; ///< s, summed
    double prefilled = 0;
    double loading = 0;
    JourneySums journey;
    // What completed while this section's requests arrived, whenever those requests had come.
    std::uint64_t doneInside = 0;
    std::uint64_t goodInside = 0;
    std::uint64_t promptInside = 0;
    std::uint64_t outputInside = 0;
    double firstArrival = -1; ///< s
    double end = 0; ///< s: the next section's first arrival, or the last arrival of all
    ReplicaUsage usage; ///< while its requests arrived, of all replicas

    void merge(const RunSection& other);
};

/** Parts of a run, what to leave out of it, and the figures that people read. */
class RunStatistics
{
public:
    /** `blocks`: KV blocks of a replica. */
    RunStatistics(const Scenario& scenario, double blocks);

    /** The section of a request that arrives now; `progress` through its stage in 0 … 1. */
    [[nodiscard]] std::uint16_t arrive(const RequestSpec& spec, double progress,
                                       std::size_t inFlight);
    void refuse(std::uint16_t section) { ++m_sections[section].refused; }
    void timeOut(std::uint16_t section) { ++m_sections[section].timedOut; }
    /** `responding`: seconds from the server's output to the client. */
    void complete(const Request& request, double time, double responding);
    void passed(const ReplicaUsage& usage);
    /** No more requests arrive in the current stage; what happens until the next one arrives is drain. */
    void pause(double time, std::size_t inFlight);
    [[nodiscard]] bool isPaused() const { return !m_arriving; }

    /** Fills totals, stages and what is derived from them. */
    void fill(SimulationReport& report) const;
    /** Index of the first section that counts; sections before it are warm-up. */
    [[nodiscard]] std::size_t firstCounted() const;

private:
    /** How the number in flight changed in the second half of a stage. */
    struct Growth
    {
        double middle = -1;
        double end = 0;
        double arrived = 0; ///< in the second half
        bool openLoop = true;

        [[nodiscard]] bool isSaturated() const;
    };

    [[nodiscard]] StageReport stageReport(const RunSection& section) const;
    [[nodiscard]] bool isSplit() const { return m_parts > 1; }
    [[nodiscard]] double relativeError() const;

    RequestLimits m_limits;
    std::optional<double> m_warmUp;
    std::size_t m_parts = 1; ///< of the only stage
    double m_blocks;
    std::vector<Growth> m_growth; ///< of each stage
    std::vector<RunSection> m_sections; ///< without parts: warm-up, then one per stage
    std::size_t m_current = 0; ///< section of the latest arrival
    std::size_t m_currentStage = 0;
    bool m_arriving = false;
};

/** Utilisation over time in at most 256 buckets: when they are used up, neighbours are merged. */
class UsageSeries
{
public:
    UsageSeries()
        : m_buckets(1)
    { }
    void add(double from, double to, const ReplicaUsage& usage);
    void complete(double time, std::uint32_t outputTokens);
    [[nodiscard]] std::vector<UsageSample> samples(double end, double totalBlocks) const;

private:
    struct Bucket
    {
        double running = 0;
        double waiting = 0;
        double blocks = 0;
        double completed = 0;
        double output = 0;
    };
    [[nodiscard]] std::size_t bucketAt(double time);

    std::vector<Bucket> m_buckets;
    double m_width = 1.0 / 64; ///< s
};

} // namespace llmd
