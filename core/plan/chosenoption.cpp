// SPDX-License-Identifier: Apache-2.0
#include "chosenoption.h"

#include <core/candidate/enginedefaults.h>
#include <core/memory/memoryledger.h>
#include <core/search/operatingpoint.h>
#include <core/search/space.h>

namespace llmd {

namespace {

bool fits(const Candidate& candidate, const Catalog& catalog)
{
    const auto ledger = memoryLedger(candidate, catalog.engineVersion(candidate.engine.version));
    return ledger && ledger->fits;
}

/** Largest rate of one part within the targets, and what runs on it with the head-room that a search keeps. */
Result<> findCapacity(const ResolvedNeed& need, const Engine& engine, double headroom,
                      RunContext& context, Option& option)
{
    Candidate one = option.candidate;
    if (!one.topology.disaggregation)
        one.topology.pool.replicas = 1; // a disaggregated deployment is one part
    const auto predictor = engine.predictor(one, need.peakLoad);
    if (!predictor)
        return tl::unexpected(predictor.error());
    const CapacitySearch operating(**predictor, need.slo, context);
    const auto light = operating.probe(rategrid::lightest);
    if (!light)
        return tl::unexpected(light.error());
    if (light->slack < 1)
        return {}; // not even one request at a time
    CapacitySearch::Probe heavy;
    heavy.step = rategrid::heaviest;
    const auto bracket = operating.closeIn(*light, heavy);
    if (!bracket)
        return tl::unexpected(bracket.error());
    option.capacityPerReplica = rategrid::rate(bracket->good.step);
    const auto full = operating.at(option.capacityPerReplica * (1 - headroom));
    if (!full)
        return tl::unexpected(full.error());
    option.maxConcurrency = full->runningPerReplica;
    return {};
}

/** Of the GPUs of all roles; 0 where one of them has no price. */
DollarsPerSecond costOf(const Candidate& candidate, const Requirements& requirements,
                        const Catalog& catalog)
{
    const auto own = priceOf(*candidate.gpu, requirements, catalog);
    if (!own)
        return {};
    const auto& split = candidate.topology.disaggregation;
    if (!split)
        return *own * candidate.topology.gpus();
    const auto other = split->gpu ? priceOf(*split->gpu, requirements, catalog) : own;
    return other ? *own * candidate.topology.pool.gpus() + *other * split->prefill.gpus()
                 : DollarsPerSecond();
}

} // namespace

Result<Option> chosenOption(const Candidate& candidate, const ResolvedNeed& need,
                            const Requirements& requirements, const Catalog& catalog,
                            const Engine& engine, RunContext& context)
{
    Option option;
    option.candidate = candidate;
    option.id = optionId("imported", candidate,
                         defaultEngineSettings(*candidate.model, *candidate.gpu,
                                               catalog.engineVersion(candidate.engine.version),
                                               candidate.engine.version));
    option.totalGpus = candidate.topology.gpus();
    option.cost = costOf(candidate, requirements, catalog);
    option.meetsTargets = false;
    if (!fits(candidate, catalog))
        return option;
    auto peak = engine.estimate(candidate, need.peakLoad, context);
    if (!peak)
        return tl::unexpected(peak.error());
    auto mean = engine.estimate(candidate, need.meanLoad, context);
    if (!mean)
        return tl::unexpected(mean.error());
    option.meetsTargets = !peak->saturated && targetRatios(*peak, need.slo).met();
    option.atPeak = std::move(*peak);
    option.atMean = std::move(*mean);
    if (auto found = findCapacity(need, engine, requirements.headroom, context, option); !found)
        return tl::unexpected(found.error());
    return option;
}

} // namespace llmd
