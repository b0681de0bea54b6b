// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../coefficients.h"
#include "../engine.h"

namespace llmd {

/** How well the mean E2E latency of a steady state is to be known, and how often a run may be made four times longer for it. */
struct SimulationPrecision
{
    double error = 0.01; ///< standard error over the mean
    int longerRuns = 2;

    /** For comparing many candidates: several times as fast, and still finer than what the step times are known to. */
    [[nodiscard]] static SimulationPrecision quick() { return { 0.025, 1 }; }
};

/**
 * Runs the discrete-event simulation under a workload and reads the figures off. The same step times as the analytic
 * engine; what waits for what comes out of the scheduler instead of formulas. Some ten milliseconds per point. Reentrant;
 * equal seeds of the context give equal estimates.
 *
 * Length of a run: without a duration, a steady state is wanted, and the run has at least 6000 requests and lasts at least
 * twenty times as long as one of them; its warm-up is left out, and it is made four times longer while the mean E2E
 * latency is not known as well as the precision asks for. With a duration, exactly that run is simulated, several times with different
 * arrivals, and averaged: what a measurement of such a run shows on average.
 */
class SimulationEngine final : public Engine
{
public:
    explicit SimulationEngine(std::shared_ptr<const Catalog> catalog,
                              Coefficients coefficients = standardCoefficients(),
                              SimulationPrecision precision = {});

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
    SimulationPrecision m_precision;
};

} // namespace llmd
