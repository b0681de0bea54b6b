// SPDX-License-Identifier: Apache-2.0
#include "quantilesketch.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace llmd {

namespace {

/*
 * The upper bits of a double are already a log-linear scale: sign, exponent, then the position inside the octave. Seven
 * bits of the mantissa make 128 buckets per octave.
 */
constexpr int mantissaBits = 7;
constexpr int shift = 52 - mantissaBits;
constexpr double smallest = 0x1p-30; ///< a nanosecond; everything below shares a bucket
constexpr double largest = 0x1p30;
constexpr std::uint64_t firstKey = std::bit_cast<std::uint64_t>(smallest) >> shift;
constexpr std::size_t bucketCount = (std::bit_cast<std::uint64_t>(largest) >> shift) - firstKey + 1;

std::size_t bucketOf(double value)
{
    const double clamped = std::clamp(value, smallest, largest);
    return (std::bit_cast<std::uint64_t>(clamped) >> shift) - firstKey;
}

double middleOf(std::size_t bucket)
{
    const std::uint64_t key = (bucket + firstKey) << shift;
    const double low = std::bit_cast<double>(key);
    const double high = std::bit_cast<double>(key + (std::uint64_t { 1 } << shift));
    return 0.5 * (low + high);
}

} // namespace

void QuantileSketch::addToBucket(double value, std::uint64_t count)
{
    m_buckets[bucketOf(value)] += count;
}

void QuantileSketch::spill()
{
    m_buckets.assign(bucketCount, 0);
    for (const double sample : m_samples)
        addToBucket(sample);
    m_samples = {};
}

void QuantileSketch::add(double value)
{
    m_minimum = m_count == 0 ? value : std::min(m_minimum, value);
    m_maximum = m_count == 0 ? value : std::max(m_maximum, value);
    ++m_count;
    m_sum += value;
    if (!isExact()) {
        addToBucket(value);
        return;
    }
    m_samples.push_back(value);
    if (m_samples.size() > exactSamples)
        spill();
}

void QuantileSketch::merge(const QuantileSketch& other)
{
    if (other.m_count == 0)
        return;
    m_minimum = m_count == 0 ? other.m_minimum : std::min(m_minimum, other.m_minimum);
    m_maximum = m_count == 0 ? other.m_maximum : std::max(m_maximum, other.m_maximum);
    m_count += other.m_count;
    m_sum += other.m_sum;
    if (isExact() && other.isExact() && m_count <= exactSamples) {
        m_samples.insert(m_samples.end(), other.m_samples.begin(), other.m_samples.end());
        return;
    }
    if (isExact())
        spill();
    for (const double sample : other.m_samples)
        addToBucket(sample);
    for (std::size_t i = 0; i < other.m_buckets.size(); ++i)
        m_buckets[i] += other.m_buckets[i];
}

double QuantileSketch::quantile(double fraction) const
{
    if (m_count == 0)
        return 0;
    const double position = std::clamp(fraction, 0.0, 1.0) * static_cast<double>(m_count - 1);
    if (isExact()) {
        std::vector<double> sorted = m_samples;
        const auto lower = static_cast<std::size_t>(position);
        const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(lower);
        std::nth_element(sorted.begin(), middle, sorted.end());
        const double low = *middle;
        if (lower + 1 >= sorted.size())
            return low;
        const double high = *std::min_element(middle + 1, sorted.end());
        return low + (position - static_cast<double>(lower)) * (high - low);
    }
    std::uint64_t below = 0;
    for (std::size_t i = 0; i < m_buckets.size(); ++i) {
        below += m_buckets[i];
        if (static_cast<double>(below) > position)
            return std::clamp(middleOf(i), m_minimum, m_maximum);
    }
    return m_maximum;
}

} // namespace llmd
