// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../coefficients.h"
#include "../engine.h"

namespace llmd {

/**
 * Runs the discrete-event simulation under a workload and reads the figures off. The same step times as the analytic
 * engine; what waits for what comes out of the scheduler instead of formulas. Some ten milliseconds per point. Reentrant;
 * equal seeds of the context give equal estimates.
 *
 * Length of a run: without a duration, a steady state is wanted, and the run has at least 6000 requests and lasts at least
 * twenty times as long as one of them; its warm-up is left out, and it is made four times longer, twice at most, while the
 * mean E2E latency is not known to 1 %. With a duration, exactly that run is simulated, several times with different
 * arrivals, and averaged: what a measurement of such a run shows on average.
 */
class SimulationEngine final : public Engine
{
public:
    explicit SimulationEngine(std::shared_ptr<const Catalog> catalog,
                              Coefficients coefficients = standardCoefficients());

    [[nodiscard]] EngineInfo info() const override;
    [[nodiscard]] Result<std::unique_ptr<Predictor>>
    predictor(const Candidate& candidate, const Workload& shape) const override;
    /** One run with all stages, which must agree in everything but load and duration where prompts are shared. */
    [[nodiscard]] Result<std::vector<Estimate>> estimateStages(const Candidate& candidate,
                                                               std::span<const Workload> stages,
                                                               RunContext& context) const override;

private:
    std::shared_ptr<const Catalog> m_catalog;
    Coefficients m_coefficients;
};

} // namespace llmd
