// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "analyticengine.h"

namespace llmd {

/**
 * The textbook baseline: the larger of FLOPs over peak and bytes over bandwidth, nothing else. Batch balance and
 * queueing are those of the analytic engine, so that a difference between the two is the physics alone.
 */
class RooflineEngine final : public AnalyticEngine
{
public:
    explicit RooflineEngine(std::shared_ptr<const Catalog> catalog);

    [[nodiscard]] EngineInfo info() const override;
};

} // namespace llmd
