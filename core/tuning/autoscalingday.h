// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/search/loadcurve.h>

#include <cstdint>
#include <vector>

namespace llmd {

/** How a horizontal pod autoscaler (HPA, also behind KEDA) is set for requests in flight per replica. */
struct AutoscalerSettings
{
    int minReplicas = 1;
    int maxReplicas = 1; ///< equal to the fewest: no scaling
    double targetInFlight = 1; ///< requests running and waiting per replica that it aims at
    Seconds scaleUpWindow { 0 }; ///< stabilisation: the least that was wanted within it counts
    Seconds scaleDownWindow { 300 }; ///< the most that was wanted within it counts
    int podsUp = 1; ///< at most so many are added …
    Seconds upPeriod { 60 }; ///< … in this time
    int podsDown = 1;
    Seconds downPeriod { 300 };

    bool operator==(const AutoscalerSettings&) const = default;
};

/** A day of load, relative to its mean. */
struct DayOfLoad
{
    RequestsPerSecond mean;
    std::vector<double> relative; ///< of equal parts of the day, in between straight lines; mean 1
    /**
     * Slow fluctuation of the rate around that: standard deviation of its logarithm, and how long it lasts (an
     * Ornstein-Uhlenbeck process). The noise of single arrivals is in the latencies already.
     */
    double fluctuation = 0.1;
    Seconds fluctuationTime { 600 };

    /** From the mean at midnight - peak in the middle of the day; a cosine, or a narrower bump for peaks above twice. */
    [[nodiscard]] static std::vector<double> withPeak(double peakOverMean);
};

/** What a replica of a deployment does at any load, and what it is judged by. */
struct ServedLoad
{
    const LoadCurve& curve; ///< of one replica
    Slo slo; ///< limits count for every single request
    Seconds coldStart { 180 }; ///< from the decision to a replica that serves
    Seconds syncPeriod { 15 }; ///< of the autoscaler, and of the simulation
};

struct DaySample
{
    Seconds time;
    RequestsPerSecond rate;
    int ready = 0;
    int starting = 0;
    double inFlight = 0;
    double attainment = 1; ///< of the requests that arrive then
};

struct DayReport
{
    double attainment = 1; ///< share of the day's requests within all limits
    double worstHour = 1;
    double replicaHours = 0; ///< those that start are paid for as well
    double meanReplicas = 0;
    int mostReplicas = 0;
    int additions = 0; ///< replicas started, summed
    int removals = 0;
    double longestWait = 0; ///< s that the backlog made a request wait at most
    std::vector<DaySample> samples; ///< every `syncPeriod`, if asked for
};

/**
 * One day in steps of the autoscaler's period: each replica is on the load curve at its share of the rate; what arrives
 * beyond saturation waits as a backlog that is worked off first come, first served, and its wait counts against TTFT and
 * E2E limits. A replica that was just added serves after the cold start; removal picks those that still start first. The
 * autoscaler sees the requests in flight with the noise of a count, applies the 10 % tolerance, windows and rates of
 * Kubernetes' HPA. Six hours before midnight are run to start in a settled state. Milliseconds per day, whatever the rate.
 *
 * Equal seeds give equal days for all settings.
 */
[[nodiscard]] DayReport simulateDay(const ServedLoad& served, const DayOfLoad& day,
                                    const AutoscalerSettings& settings, std::uint64_t seed,
                                    bool withSamples = false);

} // namespace llmd
