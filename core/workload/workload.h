// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/base/units.h>
#include <core/catalog/usecase.h>

#include <optional>

namespace llmd {

/** Token lengths of prompts or outputs. */
struct LengthDistribution
{
    enum class Shape { Constant, Uniform, LogNormal };
    Shape shape = Shape::Constant;
    double mean = 0;
    double variation = 0; ///< coefficient of variation; for Uniform implied by the half width `variation * mean`

    bool operator==(const LengthDistribution&) const = default;
    [[nodiscard]] double quantile(double probability) const;
    [[nodiscard]] double secondMoment() const; ///< E[X²]
    [[nodiscard]] double squaredVariation() const; ///< Var[X] / E[X]²
};

/** How much of the prompts is shared, and so may be found in the prefix cache. */
struct PrefixSharing
{
    double sharedTokens = 0;  ///< common prefix (system prompt) of a group, tokens
    int groups = 1;           ///< different common prefixes
    int uniquePrompts = 0;    ///< prompts repeat from a set of this size; 0 = every prompt is new

    bool operator==(const PrefixSharing&) const = default;
};

/** The load that one prediction is for: a rate from outside, or a fixed number of requests in flight. */
struct Load
{
    enum class Kind { OpenLoop, ClosedLoop };
    Kind kind = Kind::OpenLoop;
    RequestsPerSecond rate;  ///< OpenLoop
    double concurrency = 0;  ///< ClosedLoop

    bool operator==(const Load&) const = default;
    [[nodiscard]] static Load open(RequestsPerSecond rate) { return { Kind::OpenLoop, rate, 0 }; }
    [[nodiscard]] static Load closed(double concurrency) { return { Kind::ClosedLoop, {}, concurrency }; }
};

/** What arrives. `load` is for the whole deployment; engines divide it by the replicas. */
struct Workload
{
    Load load;
    ArrivalShape arrivals = ArrivalShape::Poisson;
    double burstiness = 1; ///< squared coefficient of variation of the gaps
    LengthDistribution prompt;
    LengthDistribution output;
    PrefixSharing prefix;
    bool greedy = false;   ///< requests ask for temperature 0, so no sampling sort
    Seconds duration;      ///< of a finite run, so that first-time misses weigh in; 0 = steady state
    /** Of a closed loop that starts with all requests at once: requests per slot in the run; 0 = steady state. */
    double rounds = 0;
    bool coldStart = false; ///< the run starts with an empty prefix cache (matters with `duration`)

    bool operator==(const Workload&) const = default;
};

} // namespace llmd
