// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "latencytarget.h"
#include "model.h"
#include "quality.h"

#include <core/base/units.h>

#include <optional>
#include <string>
#include <vector>

namespace llmd {

/** A range from the best that users notice to the worst that they accept. */
struct LatencyRange
{
    Seconds best;
    Seconds acceptable;

    bool operator==(const LatencyRange&) const = default;
};

enum class ArrivalShape { Constant, Poisson, Bursty };

/** How hard a latency class is: TTFT and ITL limits at p95. */
struct ExperienceClass
{
    std::string id; ///< instant, conversational, interactive, deferred, batch
    Seconds ttft;
    Seconds itl;

    bool operator==(const ExperienceClass&) const = default;
};

/** Rules of one use case, from which workload and targets are derived; every value can be overridden. */
struct UseCase
{
    std::string id;
    std::string name;
    std::string description;
    double promptTokens = 0;
    double outputTokens = 0;
    double promptVariation = 0; ///< coefficient of variation of the log-normal length
    double outputVariation = 0;
    double activeShare = 0;     ///< of the users at a busy moment
    double requestsPerActiveUserAndMinute = 0;
    double peakFactor = 1;
    ArrivalShape arrivals = ArrivalShape::Poisson;
    double burstiness = 1; ///< squared coefficient of variation of the gaps; 1 = Poisson
    LatencyRange ttft;
    LatencyRange itl;
    LatencyRange e2e;
    std::string experienceClass;
    double costPriority = 0.25;
    double latencyPriority = 0.25;
    double qualityPriority = 0.25;
    double simplicityPriority = 0.25;
    /** Limits that a preset fixes; where absent, the default limit of the range holds (E2E: no target). */
    std::optional<LatencyTarget> ttftTarget;
    std::optional<LatencyTarget> itlTarget;
    std::optional<LatencyTarget> e2eTarget;
    std::vector<KindWeight> qualityWeights;
    Source source;
    bool userProvided = false; ///< a preset, or rules that the user changed

    bool operator==(const UseCase&) const = default;
};

} // namespace llmd
