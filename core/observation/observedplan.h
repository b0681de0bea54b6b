// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "observation.h"

#include <core/base/result.h>
#include <core/base/runcontext.h>
#include <core/candidate/candidate.h>
#include <core/catalog/catalog.h>
#include <core/performance/engine.h>
#include <core/workload/requirements.h>

#include <memory>

namespace llmd {

/** The plan that a running deployment is held against. */
struct ObservedPlan
{
    Candidate candidate;
    Requirements requirements;
    ResolvedNeed need;
    std::shared_ptr<const Catalog> catalog;
    std::shared_ptr<const void>
        owner; ///< of what the candidate points to, if it is not the catalog's
};

/** The plan of a planner.json. Fails on what `readPlan` and `resolve` refuse. */
[[nodiscard]] Result<ObservedPlan> readObservedPlan(std::string_view plannerJson,
                                                    std::shared_ptr<const Catalog> catalog);

/**
 * The plan's workload under the load that was observed: rate, mean lengths, their spread and the burstiness where they are known, the
 * plan's else. Prefix sharing stays the plan's, unless `observedHits`: then as much of the prompt is shared as was found
 * in the cache.
 */
[[nodiscard]] Workload observedWorkload(const ObservedPlan& plan, const Observation& observation,
                                        bool observedHits);

/** An engine whose steps take `factor` times as long: the same server on a slower clock (see `onSlowerClock`). */
class SlowedEngine final : public Engine
{
public:
    SlowedEngine(const Engine& engine, double factor)
        : m_engine(engine)
        , m_factor(factor)
    { }

    [[nodiscard]] EngineInfo info() const override { return m_engine.info(); }
    [[nodiscard]] Result<std::unique_ptr<Predictor>>
    predictor(const Candidate& candidate, const Workload& shape) const override;

private:
    const Engine& m_engine;
    double m_factor;
};

/**
 * The factor on step times at which the engine gives this mean ITL under the workload; within 1/20 and 20. Nothing if no factor does,
 * e.g. because the load would saturate it.
 */
[[nodiscard]] Result<std::optional<double>> stepFactor(const Candidate& candidate,
                                                       const Workload& workload, Seconds itl,
                                                       const Engine& engine, RunContext& context);

} // namespace llmd
