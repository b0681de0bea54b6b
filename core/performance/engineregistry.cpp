// SPDX-License-Identifier: Apache-2.0
#include "analyticengine.h"
#include "engine.h"
#include "processengine.h"
#include "rooflineengine.h"
#include "simulation/simulationengine.h"

#include <core/base/text.h>

namespace llmd {

EngineRegistry::EngineRegistry(std::shared_ptr<const Catalog> catalog,
                               std::vector<EngineDeclaration> programs)
    : m_catalog(std::move(catalog))
{
    m_engines.push_back(std::make_unique<AnalyticEngine>(m_catalog));
    m_engines.push_back(std::make_unique<RooflineEngine>(m_catalog));
    m_engines.push_back(std::make_unique<SimulationEngine>(m_catalog));
    for (auto& program : programs)
        m_engines.push_back(std::make_unique<ProcessEngine>(m_catalog, std::move(program)));
}

EngineRegistry::~EngineRegistry() = default;

std::vector<EngineInfo> EngineRegistry::list() const
{
    std::vector<EngineInfo> result;
    for (const auto& engine : m_engines)
        result.push_back(engine->info());
    return result;
}

Result<const Engine*> EngineRegistry::find(std::string_view id) const
{
    std::vector<std::string> known;
    for (const auto& engine : m_engines) {
        const std::string engineId = engine->info().id;
        if (engineId == id)
            return engine.get();
        known.push_back(engineId);
    }
    std::string text =
        "there is no engine '" + std::string(id) + "'; known engines: " + join(known, ", ");
    if (id.starts_with("process:"))
        text += "; declare a program in a YAML file and name its folder with --engines";
    return failure(ErrorCode::NotFound, std::move(text));
}

const Engine& EngineRegistry::standard() const
{
    return *m_engines.front();
}

} // namespace llmd
