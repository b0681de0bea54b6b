// SPDX-License-Identifier: Apache-2.0
#include "rooflineengine.h"

namespace llmd {

RooflineEngine::RooflineEngine(std::shared_ptr<const Catalog> catalog)
    : AnalyticEngine(std::move(catalog), rooflineCoefficients())
{ }

EngineInfo RooflineEngine::info() const
{
    EngineInfo info = AnalyticEngine::info();
    info.id = "roofline";
    info.name = "Roofline";
    info.description = "The larger of FLOPs over peak rate and bytes over bandwidth, from "
                       "datasheets alone. A baseline to "
                       "compare other engines with, not a prediction to plan by.";
    return info;
}

} // namespace llmd
