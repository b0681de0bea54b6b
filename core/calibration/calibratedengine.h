// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "corrections.h"

#include <core/performance/engine.h>

namespace llmd {

/**
 * An engine with corrections. A factor c on all step times is the same server on a clock that runs c times slower: its latencies
 * at rate r are c times those that the engine gives at rate r x c. So queueing and batches follow, and so does the capacity.
 * The further factor on TTFT is applied to the result, and E2E moves with it.
 *
 * Intervals come from the scatter of the runs where there are enough of this model on this GPU; else the engine's own are kept, a
 * little wider. Both arguments must outlive it; reentrant as `engine` is.
 */
class CalibratedEngine : public Engine
{
public:
    CalibratedEngine(const Engine& engine, const Corrections& corrections)
        : m_engine(engine)
        , m_corrections(corrections)
    { }

    [[nodiscard]] EngineInfo info() const override { return m_engine.info(); }
    [[nodiscard]] Result<std::unique_ptr<Predictor>>
    predictor(const Candidate& candidate, const Workload& shape) const override;

private:
    const Engine& m_engine;
    const Corrections& m_corrections;
};

/** The load and the shape of a workload on a clock that runs `factor` times slower. */
[[nodiscard]] Load onSlowerClock(Load load, double factor);
[[nodiscard]] Workload onSlowerClock(Workload workload, double factor);

} // namespace llmd
