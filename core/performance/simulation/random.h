// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>

/**
 * Random numbers of the simulation. Own draws, because the distributions of the standard library differ between
 * implementations and a seed must give the same run everywhere.
 */
namespace llmd {

/** One step of SplitMix64 (Steele, Lea, Flood 2014): scrambles any 64-bit number into an unrelated one. */
[[nodiscard]] constexpr std::uint64_t scrambled(std::uint64_t value)
{
    value += 0x9e3779b97f4a7c15u;
    value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9u;
    value = (value ^ (value >> 27)) * 0x94d049bb133111ebu;
    return value ^ (value >> 31);
}

/**
 * xoshiro256++ (Blackman, Vigna 2019). Streams of one seed are independent of each other, so that a draw added for one
 * purpose leaves all others as they were: two systems can be compared under the same traffic.
 */
class Random
{
public:
    explicit Random(std::uint64_t seed = 1, std::uint64_t stream = 0)
    {
        std::uint64_t state = scrambled(seed) ^ scrambled(~stream);
        for (auto& word : m_state)
            word = state = scrambled(state);
    }

    std::uint64_t next()
    {
        const std::uint64_t result = std::rotl(m_state[0] + m_state[3], 23) + m_state[0];
        const std::uint64_t shifted = m_state[1] << 17;
        m_state[2] ^= m_state[0];
        m_state[3] ^= m_state[1];
        m_state[1] ^= m_state[2];
        m_state[0] ^= m_state[3];
        m_state[2] ^= shifted;
        m_state[3] = std::rotl(m_state[3], 45);
        return result;
    }

    /** In [0, 1), 53 bits. */
    double uniform() { return static_cast<double>(next() >> 11) * 0x1p-53; }
    /** Whole number below `bound` (> 0); the bias of the multiplication is below 2^-32 for bounds below 2^32. */
    std::uint32_t below(std::uint32_t bound)
    {
        return static_cast<std::uint32_t>(((next() >> 32) * bound) >> 32);
    }
    /** Mean 1. */
    double exponential() { return -std::log1p(-uniform()); }

    /** Mean 0, variance 1; Marsaglia's polar method. */
    double normal()
    {
        while (true) {
            const double x = 2 * uniform() - 1;
            const double y = 2 * uniform() - 1;
            const double square = x * x + y * y;
            if (square > 0 && square < 1)
                return x * std::sqrt(-2 * std::log(square) / square);
        }
    }

    /** Gamma with this shape and scale 1; Marsaglia and Tsang 2000. */
    double gamma(double shape)
    {
        if (shape < 1)
            return gamma(shape + 1) * std::pow(1 - uniform(), 1 / shape);
        const double d = shape - 1.0 / 3;
        const double c = 1 / std::sqrt(9 * d);
        while (true) {
            const double x = normal();
            const double root = 1 + c * x;
            if (root <= 0)
                continue;
            const double cube = root * root * root;
            if (std::log1p(-uniform()) < 0.5 * x * x + d - d * cube + d * std::log(cube))
                return d * cube;
        }
    }

private:
    std::uint64_t m_state[4] {};
};

} // namespace llmd
