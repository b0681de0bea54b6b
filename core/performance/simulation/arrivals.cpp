// SPDX-License-Identifier: Apache-2.0
#include "arrivals.h"

#include <core/base/text.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

namespace llmd {

namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

tl::unexpected<Error> bad(const std::string& what)
{
    return failure(ErrorCode::InvalidArgument, "arrivals: " + what);
}

} // namespace

Result<> checkArrivals(const ArrivalProcess& process, RequestsPerSecond rate, Seconds duration)
{
    if (!std::isfinite(rate.value()) || rate.value() <= 0)
        return bad("the rate must be above zero, not " + printNumber(rate.value()));
    if (process.kind == ArrivalProcess::Kind::Gamma
        && !(process.variation >= 1e-6 && process.variation <= 1000))
        return bad("the squared variation must be from 1e-6 to 1000, not "
                   + printNumber(process.variation));
    if (process.kind == ArrivalProcess::Kind::RescaledPoisson
        && !(rate.value() * duration.value() >= 0.5 && rate.value() * duration.value() < 1e12))
        return bad("rescaled arrivals need a duration with at least one request");
    if (process.kind != ArrivalProcess::Kind::Diurnal)
        return {};
    if (!(process.period.value() > 0) || !std::isfinite(process.period.value()))
        return bad("the period must be above zero");
    if (!(process.amplitude >= 0 && process.amplitude <= 1))
        return bad("the amplitude must be from 0 to 1, not " + printNumber(process.amplitude));
    if (process.table.empty())
        return {};
    const bool sane = std::all_of(process.table.begin(), process.table.end(),
                                  [](double v) { return std::isfinite(v) && v >= 0; });
    if (!sane || *std::max_element(process.table.begin(), process.table.end()) <= 0)
        return bad("the table needs finite rates, none below and at least one above zero");
    return {};
}

ArrivalStream::ArrivalStream(const ArrivalProcess& process, RequestsPerSecond rate,
                             Seconds duration, Random random)
    : m_process(process)
    , m_rate(rate.value())
    , m_duration(duration.value() > 0 ? duration.value() : infinite)
    , m_random(random)
{
    if (process.kind == ArrivalProcess::Kind::RescaledPoisson) {
        // Drawn twice, so that the sum is known before the first arrival without keeping the gaps.
        m_left = static_cast<std::uint64_t>(std::llround(m_rate * m_duration));
        Random rehearsal = m_random;
        double sum = 0;
        for (std::uint64_t i = 0; i < m_left; ++i)
            sum += rehearsal.exponential();
        m_scale = sum > 0 ? m_duration / sum : 0;
    } else if (process.kind == ArrivalProcess::Kind::Diurnal) {
        m_peak = 1 + process.amplitude;
        if (!process.table.empty()) {
            m_tableMean = std::accumulate(process.table.begin(), process.table.end(), 0.0)
                / static_cast<double>(process.table.size());
            m_peak = *std::max_element(process.table.begin(), process.table.end()) / m_tableMean;
        }
    }
}

double ArrivalStream::gap()
{
    switch (m_process.kind) {
    case ArrivalProcess::Kind::Constant:
        return 1 / m_rate;
    case ArrivalProcess::Kind::Gamma:
        // Mean 1 / rate: shape 1 / v and scale v.
        return m_random.gamma(1 / m_process.variation) * m_process.variation / m_rate;
    case ArrivalProcess::Kind::RescaledPoisson:
        return m_random.exponential() * m_scale;
    case ArrivalProcess::Kind::Poisson:
    case ArrivalProcess::Kind::Diurnal:
        return m_random.exponential() / m_rate;
    }
    return infinite;
}

double ArrivalStream::relativeRate(double time) const
{
    const double phase = time / m_process.period.value();
    const double part = phase - std::floor(phase);
    if (m_process.table.empty())
        return 1 - m_process.amplitude * std::cos(2 * std::numbers::pi * part);
    const auto count = static_cast<double>(m_process.table.size());
    const double index = std::min(std::floor(part * count), count - 1);
    return m_process.table[static_cast<std::size_t>(index)] / m_tableMean;
}

double ArrivalStream::nextDiurnal()
{
    // Thinning (Lewis, Shedler 1979): candidates at the peak rate, each kept with the share of the rate at its time.
    while (m_time < m_duration) {
        m_time += gap() / m_peak;
        if (m_random.uniform() * m_peak < relativeRate(m_time))
            break;
    }
    return m_time < m_duration ? m_time : infinite;
}

double ArrivalStream::next()
{
    if (m_process.kind == ArrivalProcess::Kind::Diurnal)
        return nextDiurnal();
    if (m_process.kind == ArrivalProcess::Kind::RescaledPoisson) {
        if (m_left == 0)
            return infinite;
        --m_left;
        m_time += gap();
        return m_time;
    }
    m_time += gap();
    return m_time < m_duration ? m_time : infinite;
}

} // namespace llmd
