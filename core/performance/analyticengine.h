// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "coefficients.h"
#include "engine.h"

namespace llmd {

/**
 * Calibrated step-time physics, the balance of arrivals and service, and queueing; closed form, a few microseconds per
 * point. Reentrant.
 */
class AnalyticEngine : public Engine
{
public:
    explicit AnalyticEngine(std::shared_ptr<const Catalog> catalog,
                            Coefficients coefficients = standardCoefficients());

    [[nodiscard]] EngineInfo info() const override;
    [[nodiscard]] Result<std::unique_ptr<Predictor>>
    predictor(const Candidate& candidate, const Workload& shape) const override;

    [[nodiscard]] const Coefficients& coefficients() const { return m_coefficients; }

private:
    std::shared_ptr<const Catalog> m_catalog;
    Coefficients m_coefficients;
};

} // namespace llmd
