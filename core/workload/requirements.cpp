// SPDX-License-Identifier: Apache-2.0
#include "requirements.h"

#include <core/base/text.h>

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>

namespace llmd {

namespace {

using Origin = Derivation::Origin;

/** Share of the way from the best to the acceptable latency that a default target asks for. */
constexpr double targetPosition = 0.75;
/** One request in 1000 is longer than this quantile of prompt or output. */
constexpr double contextQuantile = 0.999;
constexpr int smallestContext = 2048;
constexpr int largestPowerOfTwoContext = 16384;
constexpr int contextStep = 8192;

std::string percent(double share)
{
    return printRounded(share * 100) + " %";
}

/** "300 ms", "12.5 s": three digits, for sentences. */
std::string forPeople(Seconds value)
{
    return value.value() < 1 ? printRounded(inMilliseconds(value)) + " ms"
                             : printRounded(value.value()) + " s";
}

std::string percentileName(double percentile)
{
    return percentile == 0 ? "mean" : "p" + printNumber(percentile);
}

LengthDistribution lengths(double mean, double variation)
{
    using Shape = LengthDistribution::Shape;
    return { variation > 0 ? Shape::LogNormal : Shape::Constant, mean, variation };
}

int roundedContext(double tokens)
{
    const auto needed = static_cast<unsigned>(std::ceil(std::min(tokens, 2e9)));
    if (needed <= smallestContext)
        return smallestContext;
    if (needed <= largestPowerOfTwoContext)
        return static_cast<int>(std::bit_ceil(needed));
    return static_cast<int>((needed + contextStep - 1) / contextStep) * contextStep;
}

const char* describe(ArrivalShape shape)
{
    switch (shape) {
    case ArrivalShape::Constant:
        return "evenly spaced";
    case ArrivalShape::Poisson:
        return "Poisson";
    case ArrivalShape::Bursty:
        return "in bursts";
    }
    return "";
}

class Resolver
{
public:
    Resolver(const Requirements& requirements, const Catalog& catalog, const UseCase& useCase)
        : m_need(requirements)
        , m_catalog(catalog)
        , m_useCase(useCase)
    { }

    ResolvedNeed run()
    {
        resolveRate();
        resolveLengths();
        resolvePrefix();
        m_result.slo.ttft =
            latency("slo.ttft", { "TTFT", m_need.ttft, m_useCase.ttftTarget, m_useCase.ttft });
        m_result.slo.itl =
            latency("slo.itl", { "ITL", m_need.itl, m_useCase.itlTarget, m_useCase.itl });
        resolveEndToEnd();
        resolveContext();
        resolveRest();
        return std::move(m_result);
    }

private:
    void derive(const char* field, Origin origin, std::string text)
    {
        m_result.derivations.push_back({ field, origin, std::move(text) });
    }

    void warn(const char* subject, std::string text)
    {
        m_result.issues.push_back(
            { Severity::Warning, ErrorCode::InvalidArgument, std::move(text), subject, {} });
    }

    /** The stated value or the use case's, with the sentence that says which. */
    double pick(const char* field, const std::optional<double>& stated, double fromUseCase,
                const char* unit)
    {
        if (stated) {
            derive(field, Origin::Stated,
                   fmt::format("{}{}, as stated (use case {}: {})", printNumber(*stated), unit,
                               m_useCase.name, printNumber(fromUseCase)));
            return *stated;
        }
        derive(field, Origin::UseCase,
               fmt::format("{}{} for use case {}", printNumber(fromUseCase), unit, m_useCase.name));
        return fromUseCase;
    }

    void resolveRate()
    {
        double rate = 0;
        if (m_need.users)
            derive("workload.users", Origin::Stated,
                   fmt::format("{} users, as stated", printNumber(*m_need.users)));
        if (m_need.rate) {
            rate = m_need.rate->value();
            derive("workload.rate", Origin::Stated,
                   fmt::format("{} requests/s on average, as stated{}", printNumber(rate),
                               m_need.users ? "; the number of users is not used" : ""));
        } else {
            rate = m_need.users.value_or(0) * m_useCase.activeShare
                * m_useCase.requestsPerActiveUserAndMinute / 60;
            derive("workload.rate", Origin::Computed,
                   fmt::format(
                       "{} users x {} active x {} requests/min / 60 = {} requests/s",
                       printNumber(m_need.users.value_or(0)), percent(m_useCase.activeShare),
                       printNumber(m_useCase.requestsPerActiveUserAndMinute), printRounded(rate)));
        }
        const double factor =
            pick("workload.peak_factor", m_need.peakFactor, m_useCase.peakFactor, " x the mean");
        derive("workload.peak_rate", Origin::Computed,
               fmt::format("{} requests/s x {} = {} requests/s", printRounded(rate),
                           printNumber(factor), printRounded(rate * factor)));
        Workload& load = m_result.meanLoad;
        load.load = Load::open(RequestsPerSecond(rate));
        load.arrivals = m_useCase.arrivals;
        load.burstiness = m_useCase.burstiness;
        derive("workload.arrivals", Origin::UseCase,
               fmt::format("{}, squared variation of the gaps {}, for use case {}",
                           describe(m_useCase.arrivals), printNumber(m_useCase.burstiness),
                           m_useCase.name));
        m_result.peakLoad.load = Load::open(RequestsPerSecond(rate * factor));
    }

    void resolveLengths()
    {
        Workload& load = m_result.meanLoad;
        const double prompt =
            pick("workload.prompt_tokens", m_need.promptTokens, m_useCase.promptTokens, " tokens");
        const double promptVariation = pick("workload.prompt_variation", m_need.promptVariation,
                                            m_useCase.promptVariation, "");
        const double output =
            pick("workload.output_tokens", m_need.outputTokens, m_useCase.outputTokens, " tokens");
        const double outputVariation = pick("workload.output_variation", m_need.outputVariation,
                                            m_useCase.outputVariation, "");
        load.prompt = lengths(prompt, promptVariation);
        load.output = lengths(output, outputVariation);
    }

    void resolvePrefix()
    {
        PrefixSharing& prefix = m_result.meanLoad.prefix;
        prefix.sharedTokens = m_need.sharedPrefixTokens.value_or(0);
        prefix.groups = m_need.prefixGroups.value_or(1);
        prefix.uniquePrompts = m_need.uniquePrompts.value_or(0);
        derive("workload.shared_prefix_tokens",
               m_need.sharedPrefixTokens ? Origin::Stated : Origin::Default,
               m_need.sharedPrefixTokens
                   ? fmt::format("{} tokens, as stated", printNumber(prefix.sharedTokens))
                   : "no common prefix is assumed: nothing is saved by prefix caching");
        derive("workload.prefix_groups", m_need.prefixGroups ? Origin::Stated : Origin::Default,
               fmt::format("{} different shared prefix{}{}", prefix.groups,
                           prefix.groups == 1 ? "" : "es",
                           m_need.prefixGroups ? ", as stated" : ""));
        derive("workload.unique_prompts", m_need.uniquePrompts ? Origin::Stated : Origin::Default,
               prefix.uniquePrompts == 0
                   ? std::string("every prompt is new")
                   : fmt::format("prompts repeat from a set of {}", prefix.uniquePrompts));
        // The load was set before the shape: the peak differs from the mean in nothing else.
        const Load peak = m_result.peakLoad.load;
        m_result.peakLoad = m_result.meanLoad;
        m_result.peakLoad.load = peak;
    }

    /** What may set the limit of a latency, the first that is there. */
    struct LatencyRules
    {
        const char* name;
        const std::optional<LatencyTarget>& stated;
        const std::optional<LatencyTarget>& preset; ///< of the use case
        const LatencyRange& range;
    };

    LatencyTarget latency(const char* field, const LatencyRules& rules)
    {
        const auto& [name, stated, preset, range] = rules;
        if (stated) {
            derive(field, Origin::Stated,
                   fmt::format("{} {} at most {}, as stated", name,
                               percentileName(stated->percentile), forPeople(stated->limit)));
            return *stated;
        }
        if (preset) {
            derive(field, Origin::UseCase,
                   fmt::format("{} {} at most {}, as use case {} fixes it", name,
                               percentileName(preset->percentile), forPeople(preset->limit),
                               m_useCase.name));
            return *preset;
        }
        const LatencyTarget target { 95, defaultLimit(range) };
        derive(field, Origin::UseCase,
               fmt::format("{} p95 at most {} + {} x ({} - {}) = {} for use case {}", name,
                           forPeople(range.best), printNumber(targetPosition),
                           forPeople(range.acceptable), forPeople(range.best),
                           forPeople(target.limit), m_useCase.name));
        return target;
    }

    void resolveEndToEnd()
    {
        const double gaps = std::max(0.0, m_result.meanLoad.output.mean - 1);
        const Seconds ttft = m_result.slo.ttft->limit;
        const Seconds itl = m_result.slo.itl->limit;
        const Seconds implied = ttft + itl * gaps;
        const std::string sum =
            fmt::format("{} TTFT + {} ITL x {} further tokens = {}", forPeople(ttft),
                        forPeople(itl), printNumber(gaps), forPeople(implied));
        const auto& target = m_need.e2e ? m_need.e2e : m_useCase.e2eTarget;
        if (!target) {
            derive("slo.e2e", Origin::Computed,
                   sum
                       + ", for a request of mean length; follows from the others, so it is not a "
                         "target of its own");
            return;
        }
        m_result.slo.e2e = target;
        derive("slo.e2e", m_need.e2e ? Origin::Stated : Origin::UseCase,
               fmt::format("E2E {} at most {}, as {} (the others imply {})",
                           percentileName(target->percentile), forPeople(target->limit),
                           m_need.e2e ? std::string("stated")
                                      : fmt::format("use case {} fixes it", m_useCase.name),
                           forPeople(implied)));
        if (target->limit < implied) {
            warn("e2e",
                 fmt::format("The E2E limit of {} is below what the other two allow: {}. E2E will "
                             "decide; raise it, or lower TTFT and ITL to what you need.",
                             forPeople(target->limit), sum));
        }
        if (target->limit <= ttft) {
            warn("e2e",
                 fmt::format("The E2E limit of {} is not above the TTFT limit of {}: no time is "
                             "left for the output.",
                             forPeople(target->limit), forPeople(ttft)));
        }
    }

    void resolveContext()
    {
        const Workload& load = m_result.meanLoad;
        const double prompt = std::ceil(load.prompt.quantile(contextQuantile));
        const double output = std::ceil(load.output.quantile(contextQuantile));
        if (!m_need.contextTokens) {
            m_result.contextTokens = roundedContext(prompt + output);
            derive("context_tokens", Origin::Computed,
                   fmt::format("{} prompt + {} output tokens, each exceeded by 1 request in 1000, "
                               "rounded up to {}",
                               printNumber(prompt), printNumber(output), m_result.contextTokens));
            return;
        }
        m_result.contextTokens = *m_need.contextTokens;
        derive("context_tokens", Origin::Stated,
               fmt::format("{} tokens, as stated", m_result.contextTokens));
        const double usual = load.prompt.mean + load.output.mean;
        if (m_result.contextTokens < usual) {
            warn("context_tokens",
                 fmt::format("A context of {} tokens does not hold a request of mean length, {} + "
                             "{} tokens; the engine would refuse or cut off most requests.",
                             m_result.contextTokens, printNumber(load.prompt.mean),
                             printNumber(load.output.mean)));
        } else if (m_result.contextTokens < prompt + output) {
            warn("context_tokens",
                 fmt::format("A context of {} tokens is exceeded by more than 1 request in 1000 "
                             "({} prompt + {} output tokens).",
                             m_result.contextTokens, printNumber(prompt), printNumber(output)));
        }
    }

    void resolvePriorities()
    {
        const bool stated = m_need.priorities.has_value();
        Priorities p = stated
            ? *m_need.priorities
            : Priorities { m_useCase.costPriority, m_useCase.latencyPriority,
                           m_useCase.qualityPriority, m_useCase.simplicityPriority };
        double sum = p.cost + p.latency + p.quality + p.simplicity;
        if (!(sum > 0)) {
            p = {};
            sum = 1;
        }
        m_result.priorities = { p.cost / sum, p.latency / sum, p.quality / sum,
                                p.simplicity / sum };
        const Priorities& shares = m_result.priorities;
        derive("priorities", stated ? Origin::Stated : Origin::UseCase,
               fmt::format("cost {}, latency {}, quality {}, simplicity {}{}", percent(shares.cost),
                           percent(shares.latency), percent(shares.quality),
                           percent(shares.simplicity),
                           stated ? ", as stated" : " for use case " + m_useCase.name));
    }

    void resolveRest()
    {
        resolvePriorities();
        const Requirements plain;
        derive("headroom", m_need.headroom == plain.headroom ? Origin::Default : Origin::Stated,
               fmt::format("{} of the capacity stays free at the peak", percent(m_need.headroom)));
        derive("min_replicas",
               m_need.minReplicas == plain.minReplicas ? Origin::Default : Origin::Stated,
               m_need.minReplicas == 1 ? std::string("1: one server may be enough")
                                       : fmt::format("at least {} replicas", m_need.minReplicas));
        const PriceList* prices = m_need.priceList.empty()
            ? (m_catalog.priceLists.empty() ? nullptr : &m_catalog.priceLists.front())
            : m_catalog.findPriceList(m_need.priceList);
        derive("price_list", m_need.priceList.empty() ? Origin::Default : Origin::Stated,
               fmt::format("{}{}",
                           prices ? fmt::format("{} of {}", prices->name, prices->source.date)
                                  : std::string("no price list"),
                           m_need.priceOverrides.empty()
                               ? std::string()
                               : fmt::format(", {} own price{}", m_need.priceOverrides.size(),
                                             m_need.priceOverrides.size() == 1 ? "" : "s")));
        const VersionRow* row = m_need.versionRow.empty()
            ? (m_catalog.versionRows.empty() ? nullptr : &m_catalog.versionRows.front())
            : m_catalog.findVersionRow(m_need.versionRow);
        derive("version_row", m_need.versionRow.empty() ? Origin::Default : Origin::Stated,
               row ? fmt::format("{} (vLLM {})", row->name, toString(row->vllm))
                   : std::string("no version row"));
        derive("topology", m_need.topology.empty() ? Origin::Default : Origin::Stated,
               m_need.topology.empty()
                   ? std::string(splitsByDefault(m_need)
                                     ? "aggregated or disaggregated, whichever is better"
                                     : "aggregated; choose up to 8 models, or say \"any\", to have "
                                       "disaggregation considered too")
                   : m_need.topology);
        derive("kv_transfer", m_need.kvTransfer.empty() ? Origin::Default : Origin::Stated,
               fmt::format("NIXL over {}", m_need.kvTransfer.empty() ? "rdma" : m_need.kvTransfer));
    }

    const Requirements& m_need;
    const Catalog& m_catalog;
    const UseCase& m_useCase;
    ResolvedNeed m_result;
};

} // namespace

bool splitsByDefault(const Requirements& requirements)
{
    constexpr std::size_t fewModels = 8;
    return !requirements.models.empty() && requirements.models.size() <= fewModels;
}

Seconds defaultLimit(const LatencyRange& range)
{
    return range.best + targetPosition * (range.acceptable - range.best);
}

Result<ResolvedNeed> resolve(const Requirements& requirements, const Catalog& catalog)
{
    const std::vector<Issue> issues = checkRequirements(requirements, catalog);
    if (!issues.empty()) {
        const Issue& first = issues.front();
        std::string detail = first.subject + ": " + first.text;
        if (issues.size() > 1)
            detail += fmt::format(" ({} more finding{})", issues.size() - 1,
                                  issues.size() == 2 ? "" : "s");
        return tl::unexpected<Error>(
            Error { first.code, std::move(detail), { first.subject }, {} });
    }
    return Resolver(requirements, catalog, *catalog.findUseCase(requirements.useCase)).run();
}

} // namespace llmd
