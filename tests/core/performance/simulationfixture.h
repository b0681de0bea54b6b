// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/candidate/enginedefaults.h>
#include <core/performance/simulation/simulation.h>

#include <memory>

/** Scenarios on real models of the catalog, for tests and benchmarks of the simulation. */
namespace llmd::testing {

inline Candidate servedModel(const Catalog& catalog, const char* model, const char* gpu,
                             int tensor = 1)
{
    Candidate candidate;
    candidate.model = catalog.findModel(model);
    candidate.gpu = catalog.findGpu(gpu);
    if (candidate.model == nullptr || candidate.gpu == nullptr)
        return candidate;
    const SemanticVersion version { 0, 19, 0 };
    candidate.engine = defaultEngineSettings(*candidate.model, *candidate.gpu,
                                             catalog.engineVersion(version), version);
    candidate.engine.maxModelLen = 8192;
    candidate.engine.maxNumSeqs = 256;
    candidate.topology.pool.parallelism.tensor = tensor;
    return candidate;
}

inline Candidate llamaOnHopper(const Catalog& catalog)
{
    return servedModel(catalog, "meta-llama/Llama-3.1-8B-Instruct", "h100_sxm");
}

inline TrafficStage openStage(double rate, std::uint64_t requests)
{
    TrafficStage stage;
    stage.load = Load::open(RequestsPerSecond(rate));
    stage.requests = requests;
    return stage;
}

inline TrafficStage closedStage(double concurrency, std::uint64_t requests)
{
    TrafficStage stage;
    stage.load = Load::closed(concurrency);
    stage.requests = requests;
    return stage;
}

inline Scenario chatScenario(const Candidate& candidate, const TrafficStage& stage)
{
    Scenario scenario;
    scenario.candidate = candidate;
    scenario.traffic.stages = { stage };
    scenario.traffic.prompt = { LengthDistribution::Shape::Constant, 500, 0 };
    scenario.traffic.output = { LengthDistribution::Shape::Constant, 250, 0 };
    return scenario;
}

inline Result<ServerModel> modelOf(const Scenario& scenario, const Catalog& catalog)
{
    return serverModel(scenario.candidate, catalog.engineVersion(scenario.candidate.engine.version),
                       scenario.greedy, standardCoefficients());
}

} // namespace llmd::testing
