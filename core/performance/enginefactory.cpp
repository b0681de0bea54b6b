// SPDX-License-Identifier: Apache-2.0
#include "enginefactory.h"

#include "analyticengine.h"
#include "simulation/simulationengine.h"

#include <algorithm>
#include <array>

namespace llmd {

namespace {

using Maker = std::unique_ptr<Engine> (*)(std::shared_ptr<const Catalog>, Coefficients);

template <class E>
std::unique_ptr<Engine> make(std::shared_ptr<const Catalog> catalog, Coefficients coefficients)
{
    return std::make_unique<E>(std::move(catalog), std::move(coefficients));
}

struct Refittable
{
    std::string_view id;
    Maker maker;
};
/** Every engine on the shared coefficients. */
constexpr std::array refittable { Refittable { "analytic", &make<AnalyticEngine> },
                                  Refittable { "simulation", &make<SimulationEngine> } };

const Refittable* find(std::string_view id)
{
    const auto it = std::find_if(refittable.begin(), refittable.end(),
                                 [&](const Refittable& each) { return each.id == id; });
    return it == refittable.end() ? nullptr : &*it;
}

} // namespace

Result<std::unique_ptr<Engine>>
makeEngine(std::string_view id, std::shared_ptr<const Catalog> catalog, Coefficients coefficients)
{
    const Refittable* found = find(id);
    if (found == nullptr) {
        return failure(ErrorCode::Unsupported,
                       "the engine '" + std::string(id)
                           + "' does not use the fitted coefficients, so it cannot be refitted");
    }
    return found->maker(std::move(catalog), std::move(coefficients));
}

bool canRefit(std::string_view engineId)
{
    return find(engineId) != nullptr;
}

} // namespace llmd
