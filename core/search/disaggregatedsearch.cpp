// SPDX-License-Identifier: Apache-2.0
#include "disaggregatedsearch.h"

#include "gpusupport.h"

#include <core/candidate/enginedefaults.h>
#include <core/memory/memoryledger.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace llmd {

namespace {

/** A pool that must grow beyond this is refused by any limit. */
constexpr int mostServers = 100'000;
/** With both roles this idle, more servers make nothing faster. */
constexpr double idle = 0.02;
constexpr double defaultPercentile = 95;

/** Latencies that decide whether one option is faster than another. */
std::array<double, allLatencyMetrics.size()> latencies(const Option& option, const Slo& slo)
{
    std::array<double, allLatencyMetrics.size()> values {};
    for (const LatencyMetric metric : allLatencyMetrics) {
        const auto& target = targetOf(slo, metric);
        values[static_cast<std::size_t>(metric)] =
            latencyOf(option.atPeak, metric)
                .at(target ? target->percentile : defaultPercentile)
                .value();
    }
    return values;
}

int serversFor(RequestsPerSecond rate, RequestsPerSecond capacity, int least)
{
    const double needed = std::ceil(rate / capacity - 1e-9);
    return static_cast<int>(
        std::clamp(needed, static_cast<double>(least), static_cast<double>(mostServers)));
}

} // namespace

bool haveRoom(const GpuOffer& offer, const Pool& a, const Pool& b)
{
    if (!offer.available)
        return true;
    const bool aLarger = a.parallelism.gpus() >= b.parallelism.gpus();
    const Pool& large = aLarger ? a : b;
    const Pool& small = aLarger ? b : a;
    const int largeSize = large.parallelism.gpus();
    const int smallSize = small.parallelism.gpus();
    const int node = offer.largestTensorParallel();
    if (largeSize > node) // a group over several servers: only the sum is known
        return large.gpus() + small.gpus() <= *offer.available;
    const int nodes = *offer.available / node;
    const int perNode = node / largeSize;
    const int rest = *offer.available % node; // one smaller server
    const int whole = std::min(nodes, large.replicas / perNode);
    const int leftOver = large.replicas - whole * perNode;
    // What the groups leave free, by server: filled, begun, empty, the smaller one.
    long room = static_cast<long>(whole) * ((node - perNode * largeSize) / smallSize);
    if (leftOver == 0)
        return room + static_cast<long>(nodes - whole) * (node / smallSize) + rest / smallSize
            >= small.replicas;
    if (whole < nodes)
        return room + (node - leftOver * largeSize) / smallSize
            + static_cast<long>(nodes - whole - 1) * (node / smallSize) + rest / smallSize
            >= small.replicas;
    return leftOver * largeSize <= rest
        && room + (rest - leftOver * largeSize) / smallSize >= small.replicas;
}

DisaggregatedSearch::DisaggregatedSearch(const SearchInput& input, const SearchUnit& decode,
                                         const SearchUnit& prefill)
    : m_input(input)
    , m_decode(decode)
    , m_prefill(prefill)
{ }

RequestsPerSecond DisaggregatedSearch::plannedRate() const
{
    return m_input.peakRate() * (1 / (1 - m_input.requirements.headroom));
}

double DisaggregatedSearch::monthlyCost(const Candidate& candidate) const
{
    return inDollarsPerMonth(*m_decode.offer->price * candidate.topology.pool.gpus()
                             + *m_prefill.offer->price
                                 * candidate.topology.disaggregation->prefill.gpus());
}

void DisaggregatedSearch::failed(const Candidate& candidate, const Error& error)
{
    if (error.code == ErrorCode::Cancelled)
        m_result->cancelled = true;
    else
        m_result->refuse(Constraint::EngineRefused, 1, { 0, candidate, 0, 0, error.detail });
}

void DisaggregatedSearch::run(UnitResult& result)
{
    m_result = &result;
    m_options.clear();
    const std::vector<SettingsVariant>& variants = m_input.spelled.settings();
    for (std::size_t i = 0; i < variants.size() && !result.cancelled; ++i) {
        if (i > 0 && variants[i].comparable(variants[i - 1]))
            continue; // shares of memory and block sizes: by rule, the first
        searchVariant(variants[i]);
        keepBest();
    }
}

/** Moves what no other option of the same settings dominates to the result. */
void DisaggregatedSearch::keepBest()
{
    dropDominated();
    std::move(m_options.begin(), m_options.end(), std::back_inserter(m_result->options));
    m_options.clear();
}

void DisaggregatedSearch::searchVariant(const SettingsVariant& variant)
{
    const RoleShapes shapes = roleShapes(variant);
    for (const Parallelism& prefill : shapes.prefill) {
        for (const Parallelism& decode : shapes.decode) {
            if (m_input.context.cancelled())
                m_result->cancelled = true;
            if (m_result->cancelled)
                return;
            if (auto candidate = layout(prefill, decode, variant))
                searchLayout(*candidate);
        }
    }
}

/** All shapes for both roles where they are few; of many, those that may be the best for the role. */
DisaggregatedSearch::RoleShapes DisaggregatedSearch::roleShapes(const SettingsVariant& variant)
{
    constexpr std::size_t few = 4; // every pair of so many is sized
    std::vector<Parallelism> shapes;
    // Stages with KV transfer are not documented: possible when asked for, and never proposed.
    std::ranges::copy_if(m_input.spelled.shapes(), std::back_inserter(shapes),
                         [](const Parallelism& shape) { return shape.pipeline == 1; });
    if (shapes.size() <= few)
        return { shapes, shapes };
    std::vector<RoleFigures> prefill;
    std::vector<RoleFigures> decode;
    for (const Parallelism& shape : shapes) {
        auto candidate = layout(shape, shape, variant);
        if (!candidate)
            continue;
        const auto alone = tryCounts(*candidate, 1, 1);
        const auto light = alone
            ? alone->predictor->at(Load::open(rategrid::rate(rategrid::lightest)), m_input.context)
            : tl::unexpected(alone.error());
        if (!light) {
            failed(*candidate, light.error());
            continue;
        }
        const DisaggregatedEstimate& roles = *light->disaggregated;
        const auto price = [&](const SearchUnit& unit, const RoleLoad& load) {
            return *unit.offer->price * shape.gpus() * (1 / load.capacity.value());
        };
        prefill.push_back(
            { *candidate, shape, price(m_prefill, roles.prefillLoad), roles.prefill });
        decode.push_back({ *candidate, shape, price(m_decode, roles.decodeLoad), light->itl.mean });
    }
    return { front(prefill, "prefill"), front(decode, "decode") };
}

/** The shapes that no other one beats in both price and time; the others are refused. */
std::vector<Parallelism> DisaggregatedSearch::front(const std::vector<RoleFigures>& all,
                                                    std::string_view role)
{
    std::vector<Parallelism> best;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const auto beats = [&](const RoleFigures& other) {
            const bool noWorse = other.price <= all[i].price && other.time <= all[i].time;
            const bool equal = other.price == all[i].price && other.time == all[i].time;
            return noWorse && (!equal || &other < &all[i]);
        };
        const auto better = std::ranges::find_if(all, beats);
        if (better == all.end())
            best.push_back(all[i].shape);
        else
            m_result->refuse(Constraint::Dominated, 1,
                             { 0, all[i].candidate, 0, 0,
                               fmt::format("for {}, {} costs no more per request and is not slower",
                                           role, better->shape.label()) });
    }
    return best;
}

/** A legal pair of shapes with the settings of both roles; nothing, and a refusal, where there is none. */
std::optional<Candidate> DisaggregatedSearch::layout(const Parallelism& prefill,
                                                     const Parallelism& decode,
                                                     const SettingsVariant& variant)
{
    Candidate candidate;
    candidate.model = m_decode.model;
    candidate.gpu = m_decode.offer->gpu;
    candidate.topology.pool.parallelism = decode;
    Disaggregation& split = candidate.topology.disaggregation.emplace();
    split.prefill.parallelism = prefill;
    split.transfer = m_input.space.transfer;
    if (m_prefill.offer->gpu != candidate.gpu)
        split.gpu = m_prefill.offer->gpu;
    const auto defaults = [&](const Gpu& gpu) {
        EngineSettings settings =
            defaultEngineSettings(*candidate.model, gpu, m_input.profile, m_input.version);
        settings.maxModelLen = m_input.need.contextTokens;
        settings.lora = m_input.space.lora;
        variant.applyTo(settings);
        return settings;
    };
    candidate.engine = defaults(*candidate.gpu);
    split.engine = defaults(*m_prefill.offer->gpu);
    const auto illegal = [&](std::string note) {
        m_result->refuse(Constraint::ParallelismIllegal, 1,
                         { 0, candidate, 0, 0, std::move(note) });
        return std::nullopt;
    };
    for (const auto& [unit, shape] : { std::pair { &m_prefill, prefill }, { &m_decode, decode } }) {
        if (std::string obstacle = shapeObstacle(unit->model->architecture, *unit->offer, shape);
            !obstacle.empty())
            return illegal(std::move(obstacle));
    }
    // vLLM can do it for latent attention; what llm-d does not support is not proposed.
    if (prefill.tensor > decode.tensor)
        return illegal(
            fmt::format("llm-d documents prefill TP{} above decode TP{} as not supported",
                        prefill.tensor, decode.tensor));
    for (const DisaggregationFinding& finding : disaggregationFindings(candidate)) {
        if (finding.hard)
            return illegal(finding.sentence);
    }
    if (!chooseSettings(candidate))
        return std::nullopt;
    return candidate;
}

bool DisaggregatedSearch::fitsRole(const Candidate& role)
{
    return memoryFigures(role, m_input.profile).fits;
}

bool DisaggregatedSearch::chooseSettings(Candidate& candidate)
{
    const auto refuse = [&](const Candidate& role) {
        const MemoryLedger ledger = memoryFigures(role, m_input.profile);
        const double missing = std::max(ledger.shortfall.value(), 0.0);
        m_result->refuse(
            Constraint::MemoryTooSmall, 1,
            { missing / ledger.usable.value(), role, missing, ledger.usable.value(), {} });
        return false;
    };
    const SearchSpace& space = m_input.space;
    Disaggregation& split = *candidate.topology.disaggregation;
    const auto seats = [&](int tokens) {
        return std::min(split.engine.maxNumSeqs, std::max(tokens, 1));
    };
    bool fits = false;
    for (auto tokens = space.maxNumBatchedTokens.rbegin();
         !fits && tokens != space.maxNumBatchedTokens.rend(); ++tokens) {
        split.engine.maxNumBatchedTokens = *tokens;
        split.engine.maxNumSeqs = seats(*tokens);
        fits = fitsRole(prefillRole(candidate));
    }
    if (!fits)
        return refuse(prefillRole(candidate));
    fits = false;
    for (auto sequences = space.maxNumSeqs.rbegin(); !fits && sequences != space.maxNumSeqs.rend();
         ++sequences) {
        candidate.engine.maxNumSeqs = *sequences;
        candidate.engine.maxNumBatchedTokens =
            std::max(*sequences, space.maxNumBatchedTokens.front());
        fits = fitsRole(decodeRole(candidate));
    }
    return fits || refuse(decodeRole(candidate));
}

Result<DisaggregatedSearch::Sizing> DisaggregatedSearch::tryCounts(Candidate candidate, int prefill,
                                                                   int decode) const
{
    candidate.topology.disaggregation->prefill.replicas = prefill;
    candidate.topology.pool.replicas = decode;
    auto predictor = m_input.engine.predictor(candidate, m_input.need.peakLoad);
    if (!predictor)
        return tl::unexpected(predictor.error());
    auto planned = (*predictor)->at(Load::open(plannedRate()), m_input.context);
    if (!planned)
        return tl::unexpected(planned.error());
    const TargetRatios ratios = targetRatios(*planned, m_input.need.slo);
    return Sizing { std::move(candidate), std::move(*predictor), std::move(*planned), ratios };
}

void DisaggregatedSearch::searchLayout(const Candidate& candidate)
{
    auto sized = size(candidate);
    if (!sized)
        return failed(candidate, sized.error());
    if (!*sized)
        return;
    auto made = option(**sized);
    if (made)
        m_options.push_back(std::move(*made));
    else
        failed(candidate, made.error());
}

/** The counts for the peak with head-room; nothing, and a refusal, where no counts do. */
Result<std::optional<DisaggregatedSearch::Sizing>>
DisaggregatedSearch::size(const Candidate& candidate)
{
    const int least = m_input.requirements.minReplicas;
    auto one = tryCounts(candidate, least, least);
    if (!one)
        return tl::unexpected(one.error());
    const auto light =
        one->predictor->at(Load::open(rategrid::rate(rategrid::lightest)), m_input.context);
    if (!light)
        return tl::unexpected(light.error());
    if (const TargetRatios ratios = targetRatios(*light, m_input.need.slo); !ratios.met()) {
        one->planned = *light;
        one->ratios = ratios;
        refuseLatency(*one);
        return std::optional<Sizing>();
    }
    const DisaggregatedEstimate& roles = *light->disaggregated;
    const RequestsPerSecond remote = plannedRate() * (1 - roles.localShare);
    auto start = tryCounts(candidate, serversFor(remote, roles.prefillLoad.capacity / least, least),
                           serversFor(plannedRate(), roles.decodeLoad.capacity / least, least));
    if (!start)
        return tl::unexpected(start.error());
    // Each role needs at least so many, whatever the other has.
    if (!withinLimits(start->candidate))
        return std::optional<Sizing>();
    auto grown = grow(std::move(*start));
    if (!grown || !*grown)
        return grown;
    auto sized = shrink(std::move(**grown));
    if (!sized)
        return tl::unexpected(sized.error());
    if (!withinLimits(sized->candidate))
        return std::optional<Sizing>();
    return std::optional<Sizing>(std::move(*sized));
}

/** More servers of the role that breaks a target, until all are met; nothing, and a refusal, where a limit comes first. */
Result<std::optional<DisaggregatedSearch::Sizing>> DisaggregatedSearch::grow(Sizing sizing)
{
    using Limit = DisaggregatedEstimate::Limit;
    while (true) {
        if (sizing.ratios.met())
            return std::optional<Sizing>(std::move(sizing));
        if (!mayShrinkIntoLimits(sizing.candidate)) {
            (void)withinLimits(sizing.candidate);
            return std::optional<Sizing>();
        }
        const DisaggregatedEstimate& roles = *sizing.planned.disaggregated;
        const LatencyMetric worst = sizing.ratios.worst();
        if (!sizing.planned.saturated && roles.prefillLoad.utilization < idle
            && roles.decodeLoad.utilization < idle) {
            refuseLatency(sizing);
            return std::optional<Sizing>();
        }
        bool prefill = roles.prefillLoad.utilization > roles.decodeLoad.utilization;
        if (sizing.planned.saturated && roles.limit != Limit::Transfer)
            prefill = roles.limit == Limit::Prefill;
        else if (worst == LatencyMetric::Itl)
            prefill = false;
        else if (worst == LatencyMetric::Ttft) // what waits for what?
            prefill = roles.prefillQueue + roles.transfer.contention > roles.firstDecode;
        // More of a role that is idle already helps nothing.
        if (!sizing.planned.saturated
            && (prefill ? roles.prefillLoad : roles.decodeLoad).utilization < idle)
            prefill = !prefill;
        int prefillCount = sizing.candidate.topology.disaggregation->prefill.replicas;
        int decodeCount = sizing.candidate.topology.pool.replicas;
        int& count = prefill ? prefillCount : decodeCount;
        count += std::max(1, count / 8);
        auto next = tryCounts(std::move(sizing.candidate), prefillCount, decodeCount);
        if (!next)
            return tl::unexpected(next.error());
        sizing = std::move(*next);
    }
}

/** Takes servers away, first of the role that costs more, while the targets are still met. */
Result<DisaggregatedSearch::Sizing> DisaggregatedSearch::shrink(Sizing sizing) const
{
    const int least = m_input.requirements.minReplicas;
    const auto price = [&](bool prefill) {
        const Topology& topology = sizing.candidate.topology;
        return prefill
            ? *m_prefill.offer->price * topology.disaggregation->prefill.parallelism.gpus()
            : *m_decode.offer->price * topology.pool.parallelism.gpus();
    };
    const bool prefillFirst = price(true) > price(false);
    for (const bool prefill : { prefillFirst, !prefillFirst }) {
        while (true) {
            int prefillCount = sizing.candidate.topology.disaggregation->prefill.replicas;
            int decodeCount = sizing.candidate.topology.pool.replicas;
            int& count = prefill ? prefillCount : decodeCount;
            if (--count < least)
                break;
            auto fewer = tryCounts(sizing.candidate, prefillCount, decodeCount);
            if (!fewer)
                return fewer;
            if (!fewer->ratios.met())
                break;
            sizing = std::move(*fewer);
        }
    }
    return sizing;
}

/** Growing goes in steps of an eighth and may overshoot; far beyond a limit nothing comes back. */
bool DisaggregatedSearch::mayShrinkIntoLimits(const Candidate& candidate) const
{
    constexpr double overshoot = 1.3;
    const auto& budget = m_input.requirements.budgetPerMonth;
    const int most = m_input.requirements.maxGpus.value_or(mostServers);
    return candidate.topology.gpus() <= overshoot * most
        && (!budget || monthlyCost(candidate) <= overshoot * *budget);
}

/** GPUs of both roles against the inventory and the limits of the need; a refusal where they are beyond. */
bool DisaggregatedSearch::withinLimits(const Candidate& candidate)
{
    const Topology& topology = candidate.topology;
    const Pool& prefill = topology.disaggregation->prefill;
    const auto broken = [&](Constraint constraint, double found, double limit) {
        m_result->refuse(constraint, 1,
                         { limit > 0 ? found / limit - 1 : found, candidate, found, limit, {} });
        return false;
    };
    const int most = m_input.requirements.maxGpus.value_or(mostServers);
    if (topology.gpus() > most)
        return broken(Constraint::ReplicasBeyondLimit, topology.gpus(), most);
    const bool same = m_prefill.offer == m_decode.offer;
    const Pool nothing { {}, 0 };
    const bool room = same ? haveRoom(*m_decode.offer, topology.pool, prefill)
                           : haveRoom(*m_decode.offer, topology.pool, nothing)
            && haveRoom(*m_prefill.offer, prefill, nothing);
    if (!room)
        return broken(Constraint::ReplicasBeyondLimit, topology.gpus(),
                      same ? *m_decode.offer->available
                           : m_decode.offer->available.value_or(topology.pool.gpus())
                              + m_prefill.offer->available.value_or(prefill.gpus()));
    const double cost = monthlyCost(candidate);
    const auto& budget = m_input.requirements.budgetPerMonth;
    constexpr double rounding = 1e-9; // of two sums for one
    return !budget || cost <= *budget * (1 + rounding)
        || broken(Constraint::BudgetExceeded, cost, *budget);
}

void DisaggregatedSearch::refuseLatency(const Sizing& sizing)
{
    const LatencyMetric worst = sizing.ratios.worst();
    const LatencyTarget target = targetOf(m_input.need.slo, worst).value_or(LatencyTarget {});
    const double found = latencyOf(sizing.planned, worst).at(target.percentile).value();
    const double limit = target.limit.value();
    constexpr std::array constraints { Constraint::TtftUnreachable, Constraint::ItlUnreachable,
                                       Constraint::E2eUnreachable };
    const int least = m_input.requirements.minReplicas;
    const Topology& topology = sizing.candidate.topology;
    const bool alone =
        topology.pool.replicas == least && topology.disaggregation->prefill.replicas == least;
    m_result->refuse(constraints[static_cast<std::size_t>(worst)], 1,
                     { found / limit - 1, sizing.candidate, found, limit,
                       alone ? std::string() : " however many servers there are" });
}

Result<Option> DisaggregatedSearch::option(const Sizing& sizing) const
{
    const CapacitySearch operating { *sizing.predictor, m_input.need.slo, m_input.context };
    const int planned = rategrid::stepBelow(plannedRate());
    auto bracket = operating.closeIn({ planned, 1, false, {} },
                                     { planned + rategrid::stepsPerDoubling / 2, 0, false, {} });
    if (!bracket)
        return tl::unexpected(bracket.error());
    const RequestsPerSecond capacity = rategrid::rate(bracket->good.step);
    const auto peak = operating.at(m_input.peakRate());
    const auto mean = operating.at(m_input.meanRate());
    const auto full = operating.at(capacity * (1 - m_input.requirements.headroom));
    for (const auto* each : { &peak, &mean, &full }) {
        if (!*each)
            return tl::unexpected(each->error());
    }
    const Topology& topology = sizing.candidate.topology;
    Option option;
    option.candidate = sizing.candidate;
    option.id = optionId(m_decode.idPrefix, option.candidate,
                         defaultEngineSettings(*m_decode.model, *m_decode.offer->gpu,
                                               m_input.profile, m_input.version));
    option.totalGpus = topology.gpus();
    option.cost = *m_decode.offer->price * topology.pool.gpus()
        + *m_prefill.offer->price * topology.disaggregation->prefill.gpus();
    option.capacityPerReplica = capacity * (1.0 / topology.pool.replicas);
    option.atPeak = *peak;
    option.atMean = *mean;
    option.maxConcurrency = full->runningPerReplica;
    return option;
}

/** Pairs of sizes that cost no less than another pair and are not faster in anything. */
void DisaggregatedSearch::dropDominated()
{
    std::vector<bool> dropped(m_options.size(), false);
    for (std::size_t i = 0; i < m_options.size(); ++i) {
        for (std::size_t j = 0; j < m_options.size() && !dropped[i]; ++j) {
            if (i == j || dropped[j] || m_options[j].cost > m_options[i].cost)
                continue;
            const auto a = latencies(m_options[j], m_input.need.slo);
            const auto b = latencies(m_options[i], m_input.need.slo);
            bool noSlower = true;
            for (std::size_t k = 0; k < a.size(); ++k)
                noSlower = noSlower && a[k] <= b[k];
            dropped[i] = noSlower;
            if (dropped[i])
                m_result->refuse(Constraint::Dominated, 1,
                                 { 0, m_options[i].candidate, 0, 0,
                                   m_options[j].candidate.topology.label()
                                       + " costs no more and is not slower" });
        }
    }
    std::size_t index = 0;
    std::erase_if(m_options, [&](const Option&) { return dropped[index++]; });
}

} // namespace llmd
