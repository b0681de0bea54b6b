// SPDX-License-Identifier: Apache-2.0
#include "splitgrid.h"

#include <core/base/parallel.h>

#include <algorithm>
#include <cmath>

namespace llmd {

namespace {

constexpr int least = 4; // servers of a role that are shown at least
constexpr double around = 1.8; // times what the peak needs

/** The candidate with servers for each role; one that is split already keeps its own. */
Candidate split(const Candidate& candidate, const Transfer& transfer)
{
    Candidate apart = candidate;
    if (!apart.topology.disaggregation) {
        Disaggregation disaggregation;
        disaggregation.prefill = apart.topology.pool;
        disaggregation.engine = apart.engine;
        disaggregation.transfer = transfer;
        apart.topology.disaggregation = disaggregation;
    }
    apart.topology.pool.replicas = 1;
    apart.topology.disaggregation->prefill.replicas = 1;
    return apart;
}

Candidate withServers(const Candidate& candidate, int prefill, int decode)
{
    Candidate sized = candidate;
    sized.topology.disaggregation->prefill.replicas = prefill;
    sized.topology.pool.replicas = decode;
    return sized;
}

int neededServers(RequestsPerSecond peak, const RoleCapacity& role)
{
    const double carried = role.perServer.value() * role.derate;
    constexpr double most = 100'000; // beyond it the load is not one of this model
    const double servers = std::ceil(peak.value() / carried - 1e-9);
    return servers >= 0 && servers < most ? std::max(1, static_cast<int>(servers)) : 0;
}

std::optional<DollarsPerSecond> costOf(const Candidate& candidate, const SplitGridProblem& problem)
{
    if (!problem.prefillPrice || !problem.decodePrice)
        return std::nullopt;
    return *problem.decodePrice * candidate.topology.pool.gpus()
        + *problem.prefillPrice * candidate.topology.disaggregation->prefill.gpus();
}

/** Capacities per server, asked for at a load that a single pair may not carry: they do not depend on it. */
Result<SplitGrid> measureRoles(const SplitGridProblem& problem, const Engine& engine,
                               RunContext& context)
{
    SplitGrid grid;
    grid.candidate = split(problem.candidate, problem.transfer);
    grid.hypothetical = !problem.candidate.topology.disaggregation.has_value();
    if (const auto& own = problem.candidate.topology.disaggregation)
        grid.own = SplitCell { .prefill = own->prefill.replicas,
                               .decode = problem.candidate.topology.pool.replicas };
    grid.peak = problem.peak.load.rate;
    grid.slo = problem.slo;
    const auto one = engine.estimate(grid.candidate, problem.peak, context);
    if (!one)
        return tl::unexpected(one.error());
    if (!one->disaggregated)
        return failure(ErrorCode::Unsupported,
                       "the engine " + engine.info().id
                           + " does not predict prefill and decode on servers of their own");
    const Disaggregation& apart = *grid.candidate.topology.disaggregation;
    grid.prefill = { one->disaggregated->prefillLoad.capacity, 0, apart.prefillDerate };
    grid.decode = { one->disaggregated->decodeLoad.capacity, 0, apart.decodeDerate };
    for (RoleCapacity* role : { &grid.prefill, &grid.decode })
        role->needed = neededServers(grid.peak, *role);
    return grid;
}

void layOut(SplitGrid& grid, int largest)
{
    const int wanted = static_cast<int>(
        std::ceil(around * std::max({ grid.prefill.needed, grid.decode.needed, 1 })));
    const int servers = std::max(least, wanted);
    grid.stride = std::max(1, (servers + largest - 1) / largest);
    const auto steps = [&grid](int needed) {
        const int shown = std::max(least, static_cast<int>(std::ceil(around * needed)));
        return (shown + grid.stride - 1) / grid.stride;
    };
    grid.columns = steps(grid.prefill.needed);
    grid.rows = steps(grid.decode.needed);
    for (int row = 0; row < grid.rows; ++row) {
        for (int column = 0; column < grid.columns; ++column)
            grid.cells.push_back(
                { .prefill = (column + 1) * grid.stride, .decode = (row + 1) * grid.stride });
    }
}

void findCheapest(SplitGrid& grid)
{
    const auto price = [](const SplitCell& cell) {
        return std::pair(cell.cost ? cell.cost->value() : 0.0, cell.gpus);
    };
    for (std::size_t i = 0; i < grid.cells.size(); ++i) {
        if (grid.cells[i].meetsTargets
            && (!grid.cheapest || price(grid.cells[i]) < price(grid.cells[*grid.cheapest])))
            grid.cheapest = i;
    }
}

} // namespace

Result<SplitGrid> splitGrid(const SplitGridProblem& problem, const Engine& engine,
                            RunContext& context)
{
    auto grid = measureRoles(problem, engine, context);
    if (!grid)
        return grid;
    layOut(*grid, std::max(2, problem.largest));
    std::vector<std::optional<Error>> errors(grid->cells.size());
    const bool done = parallelFor(
        grid->cells.size(), context,
        [&](std::size_t i, unsigned) {
            SplitCell& cell = grid->cells[i];
            const Candidate sized = withServers(grid->candidate, cell.prefill, cell.decode);
            RunContext own = context;
            own.threads = 1;
            own.progress = nullptr;
            auto estimate = engine.estimate(sized, problem.peak, own);
            if (!estimate) {
                errors[i] = estimate.error();
                return;
            }
            cell.gpus = sized.topology.gpus();
            cell.cost = costOf(sized, problem);
            cell.attainment = attainmentOf(*estimate, problem.slo);
            cell.meetsTargets = targetRatios(*estimate, problem.slo).met() && !estimate->saturated;
            cell.estimate = std::move(*estimate);
        },
        "split");
    for (const auto& error : errors) {
        if (error)
            return tl::unexpected(*error);
    }
    if (!done)
        return failure(ErrorCode::Cancelled, "cancelled");
    findCheapest(*grid);
    return grid;
}

} // namespace llmd
