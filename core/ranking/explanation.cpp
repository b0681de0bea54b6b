// SPDX-License-Identifier: Apache-2.0
#include "explanation.h"

#include <core/base/text.h>
#include <core/search/wording.h>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace llmd {

namespace {

constexpr double nearlyFull = 0.9; ///< of seats or KV pool: what saturates has run out of it
constexpr std::array betterAxes { TradeoffAxis::Ttft, TradeoffAxis::Itl, TradeoffAxis::E2e,
                                  TradeoffAxis::ThroughputPerGpu, TradeoffAxis::Quality };

LoadLimit::Kind kindOf(LatencyMetric metric)
{
    switch (metric) {
    case LatencyMetric::Ttft:
        return LoadLimit::Kind::Ttft;
    case LatencyMetric::Itl:
        return LoadLimit::Kind::Itl;
    case LatencyMetric::E2e:
        break;
    }
    return LoadLimit::Kind::E2e;
}

std::string limitText(const LoadLimit& limit, const Slo& slo)
{
    const std::string rate = printRounded(limit.capacity.value());
    const std::string rest =
        fmt::format("{:.0f} % of the seats and {:.0f} % of the KV pool are in use then",
                    limit.seats * 100, limit.pool * 100);
    switch (limit.kind) {
    case LoadLimit::Kind::Seats:
        return fmt::format("max_num_seqs: beyond {} requests/s per replica requests queue for a "
                           "place in the batch; {}.",
                           rate, rest);
    case LoadLimit::Kind::Memory:
        return fmt::format("GPU memory: beyond {} requests/s per replica the KV pool is full; {}.",
                           rate, rest);
    case LoadLimit::Kind::Compute:
        return fmt::format("Step time: beyond {} requests/s per replica more arrives than the GPUs "
                           "can compute; {}.",
                           rate, rest);
    default:
        break;
    }
    const LatencyMetric metric = limit.ratios.worst();
    const auto& target = targetOf(slo, metric);
    return fmt::format("{} {} reaches its target of {} at {} requests/s per replica; {}.",
                       nameOf(metric), percentileName(target->percentile), forPeople(target->limit),
                       rate, rest);
}

Result<LoadLimit> limitOf(const SearchReport& report, const Option& option, const Engine& engine,
                          RunContext& context)
{
    const auto predictor = engine.predictor(option.candidate, report.need.peakLoad);
    if (!predictor)
        return tl::unexpected(predictor.error());
    LoadLimit limit;
    limit.capacity = option.capacityPerReplica;
    const int step = rategrid::stepBelow(limit.capacity);
    auto beyond = (*predictor)->at(Load::open(rategrid::rate(step + 1)), context);
    if (!beyond)
        return tl::unexpected(beyond.error());
    limit.ratios = targetRatios(*beyond, report.need.slo);
    limit.seats = std::min(1.0, beyond->batchUtilization);
    limit.pool = std::min(1.0, beyond->kvUtilization);
    // A queue before a full batch or pool shows as TTFT, but what is short is the seat or the memory.
    const bool queues =
        beyond->saturated || (limit.ratios.worst() != LatencyMetric::Itl && beyond->nearSaturation);
    if (queues && limit.pool >= nearlyFull && limit.pool >= limit.seats)
        limit.kind = LoadLimit::Kind::Memory;
    else if (queues && limit.seats >= nearlyFull)
        limit.kind = LoadLimit::Kind::Seats;
    else
        limit.kind = beyond->saturated ? LoadLimit::Kind::Compute : kindOf(limit.ratios.worst());
    limit.text = limitText(limit, report.need.slo);
    return limit;
}

std::string axisName(const SearchReport& report, TradeoffAxis axis)
{
    const auto latency = [&](LatencyMetric metric) {
        const auto& target = targetOf(report.need.slo, metric);
        return fmt::format("{} {}", nameOf(metric),
                           percentileName(target ? target->percentile : 95));
    };
    switch (axis) {
    case TradeoffAxis::Ttft:
        return latency(LatencyMetric::Ttft);
    case TradeoffAxis::Itl:
        return latency(LatencyMetric::Itl);
    case TradeoffAxis::E2e:
        return latency(LatencyMetric::E2e);
    case TradeoffAxis::ThroughputPerGpu:
        return "throughput per GPU";
    case TradeoffAxis::Cost:
        return "cost";
    case TradeoffAxis::Gpus:
        return "number of GPUs";
    case TradeoffAxis::Quality:
        break;
    }
    return "quality";
}

std::string figure(TradeoffAxis axis, double value)
{
    switch (axis) {
    case TradeoffAxis::Ttft:
    case TradeoffAxis::Itl:
    case TradeoffAxis::E2e:
        return forPeople(milliseconds(value));
    case TradeoffAxis::ThroughputPerGpu:
        return fmt::format("{:.0f} tokens/s", value);
    default:
        return fmt::format("{:.0f}", value);
    }
}

/** Better even at the unfavourable ends of both intervals. */
bool surelyBetter(const Extent& a, const Extent& b, TradeoffAxis axis)
{
    if (!a.stated || !b.stated)
        return false;
    return moreIsBetter(axis) ? a.low > b.high : a.high < b.low;
}

std::optional<BetterOption> cheapestBetter(const SearchReport& report, std::size_t chosen,
                                           TradeoffAxis axis)
{
    const auto own = extentOf(report, chosen, axis);
    if (!own)
        return std::nullopt;
    const DollarsPerSecond cost = report.options[chosen].cost;
    // Options are sorted by cost.
    for (std::size_t i = 0; i < report.options.size(); ++i) {
        if (i == chosen || report.options[i].cost < cost)
            continue;
        const auto other = extentOf(report, i, axis);
        if (!other || !surelyBetter(*other, *own, axis))
            continue;
        const Option& option = report.options[i];
        const double more = inDollarsPerMonth(option.cost - cost);
        return BetterOption { axis, i, more,
                              fmt::format(
                                  "{}: {} {} instead of {} with {} ({})",
                                  more >= 0.5 ? fmt::format("for {} more per month", dollars(more))
                                              : std::string("for the same price"),
                                  axisName(report, axis), figure(axis, other->value),
                                  figure(axis, own->value), nameOf(option.candidate), option.id) };
    }
    return std::nullopt;
}

} // namespace

std::string_view toString(LoadLimit::Kind kind)
{
    switch (kind) {
    case LoadLimit::Kind::Ttft:
        return "ttft";
    case LoadLimit::Kind::Itl:
        return "itl";
    case LoadLimit::Kind::E2e:
        return "e2e";
    case LoadLimit::Kind::Seats:
        return "seats";
    case LoadLimit::Kind::Memory:
        return "memory";
    case LoadLimit::Kind::Compute:
        break;
    }
    return "compute";
}

Result<OptionExplanation> explainOption(const SearchReport& report, std::size_t option,
                                        const Engine& engine, RunContext& context)
{
    if (option >= report.options.size())
        return failure(ErrorCode::InvalidArgument, fmt::format("there is no option {}", option));
    OptionExplanation explanation;
    auto limit = limitOf(report, report.options[option], engine, context);
    if (!limit)
        return tl::unexpected(limit.error());
    explanation.limit = std::move(*limit);
    for (const TradeoffAxis axis : betterAxes) {
        auto better = cheapestBetter(report, option, axis);
        if (better)
            explanation.better.push_back(std::move(*better));
        else
            explanation.unbeaten.push_back(
                fmt::format("No option that costs as much or more is surely better in {}.",
                            axisName(report, axis)));
    }
    std::stable_sort(explanation.better.begin(), explanation.better.end(),
                     [](const BetterOption& a, const BetterOption& b) {
                         return a.morePerMonth < b.morePerMonth;
                     });
    return explanation;
}

} // namespace llmd
