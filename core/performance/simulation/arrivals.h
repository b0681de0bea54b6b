// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "random.h"

#include <core/base/result.h>
#include <core/base/units.h>

#include <cstdint>
#include <vector>

namespace llmd {

/** How requests of an open loop are spread over time, around a mean rate. */
struct ArrivalProcess
{
    enum class Kind {
        Constant, ///< equal gaps
        Poisson, ///< exponential gaps
        Gamma, ///< gamma gaps with the squared variation below
        RescaledPoisson, ///< exponential gaps, rescaled so that exactly rate x duration requests fill the stage
        Diurnal, ///< Poisson with a rate that rises and falls
    };
    Kind kind = Kind::Poisson;
    double variation = 1; ///< Gamma: squared coefficient of variation of the gaps
    Seconds period { 86400 }; ///< Diurnal
    double amplitude =
        0.5; ///< Diurnal: peak rate = (1 + amplitude) x mean, half a period after the start
    std::vector<double>
        table; ///< Diurnal: relative rate of equal parts of the period, instead of the sine

    bool operator==(const ArrivalProcess&) const = default;
};

/** Says what is wrong with a process for a stage of this rate and duration. */
[[nodiscard]] Result<> checkArrivals(const ArrivalProcess& process, RequestsPerSecond rate,
                                     Seconds duration);

/** The arrivals of one stage, one after another, in constant memory. The process must have been checked. */
class ArrivalStream
{
public:
    /** `duration` of 0: without end. */
    ArrivalStream(const ArrivalProcess& process, RequestsPerSecond rate, Seconds duration,
                  Random random);

    /** Seconds from the start of the stage to the next arrival; infinite at the end. */
    [[nodiscard]] double next();

private:
    [[nodiscard]] double gap();
    [[nodiscard]] double nextDiurnal();
    [[nodiscard]] double relativeRate(double time) const;

    ArrivalProcess m_process;
    double m_rate;
    double m_duration;
    Random m_random;
    double m_time = 0;
    std::uint64_t m_left = 0; ///< RescaledPoisson
    double m_scale = 1; ///< RescaledPoisson: seconds per drawn second
    double m_peak = 1; ///< Diurnal: largest relative rate
    double m_tableMean = 1;
};

} // namespace llmd
