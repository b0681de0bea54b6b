// SPDX-License-Identifier: Apache-2.0
#include "requirements.h"

#include <core/base/text.h>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace llmd {

namespace {

/** Limits beyond which a figure is a slip of the pen, not a plan. */
constexpr double maxUsers = 1e9;
constexpr double maxRate = 1e6; // requests per second
constexpr double maxPeakFactor = 1000;
constexpr double maxTokens = 1e7;
constexpr double maxVariation = 10;
constexpr double maxFirstToken = 24 * 3600.0;
constexpr double maxTokenGap = 60;
constexpr double maxEndToEnd = 7 * 24 * 3600.0;
constexpr double maxGpuCount = 1e6;
constexpr double maxBudget = 1e12;
constexpr double maxPricePerHour = 1e5;
constexpr double maxHeadroom = 0.9;

class Checker
{
public:
    Checker(const Requirements& requirements, const Catalog& catalog)
        : m_need(requirements)
        , m_catalog(catalog)
    { }

    std::vector<Issue> run()
    {
        checkLoad();
        checkLengths();
        checkTargets();
        checkModels();
        checkGpus();
        checkInventory();
        checkMoney();
        checkRest();
        return std::move(m_issues);
    }

private:
    void add(ErrorCode code, std::string field, std::string text)
    {
        m_issues.push_back({ Severity::Error, code, std::move(text), std::move(field), {} });
    }

    /** One range check with one kind of sentence; `low` itself is allowed unless `openLow`. */
    void range(const std::string& field, const std::string& what, double value, double low,
               double high, bool openLow = false)
    {
        if (std::isfinite(value) && (openLow ? value > low : value >= low) && value <= high)
            return;
        const std::string found =
            std::isfinite(value) ? printNumber(value) : std::string("not a finite number");
        add(ErrorCode::InvalidArgument, field,
            fmt::format("{} is {}; it must be {} {} and at most {}.", what, found,
                        openLow ? "above" : "at least", printNumber(low), printNumber(high)));
    }

    void checkLoad()
    {
        if (const auto useCase = m_catalog.useCase(m_need.useCase); !useCase)
            add(useCase.error().code, "use_case", useCase.error().detail);
        if (m_need.users)
            range("users", "The number of users", *m_need.users, 0, maxUsers, true);
        if (m_need.rate)
            range("rate", "The mean rate in requests per second", m_need.rate->value(), 0, maxRate,
                  true);
        if (!m_need.users && !m_need.rate) {
            add(ErrorCode::MissingField, "users",
                "Neither the number of users nor a request rate is stated; state one of them.");
        }
        if (m_need.peakFactor)
            range("peak_factor", "The ratio of peak to mean rate", *m_need.peakFactor, 1,
                  maxPeakFactor);
    }

    void checkLengths()
    {
        if (m_need.promptTokens)
            range("prompt_tokens", "The mean prompt length in tokens", *m_need.promptTokens, 1,
                  maxTokens);
        if (m_need.outputTokens)
            range("output_tokens", "The mean output length in tokens", *m_need.outputTokens, 1,
                  maxTokens);
        if (m_need.promptVariation)
            range("prompt_variation", "The variation of the prompt length", *m_need.promptVariation,
                  0, maxVariation);
        if (m_need.outputVariation)
            range("output_variation", "The variation of the output length", *m_need.outputVariation,
                  0, maxVariation);
        if (m_need.sharedPrefixTokens)
            checkSharedPrefix(*m_need.sharedPrefixTokens);
        if (m_need.prefixGroups)
            range("prefix_groups", "The number of different shared prefixes", *m_need.prefixGroups,
                  1, 1e9);
        if (m_need.uniquePrompts)
            range("unique_prompts", "The number of different prompts", *m_need.uniquePrompts, 0,
                  1e9);
    }

    void checkSharedPrefix(double shared)
    {
        range("shared_prefix_tokens", "The shared prefix in tokens", shared, 0, maxTokens);
        const UseCase* useCase = m_catalog.findUseCase(m_need.useCase);
        const double prompt = m_need.promptTokens.value_or(useCase ? useCase->promptTokens : 0);
        if (prompt > 0 && shared > prompt) {
            add(ErrorCode::InvalidArgument, "shared_prefix_tokens",
                fmt::format("The shared prefix of {} tokens is longer than the mean prompt of {} "
                            "tokens that contains it; count it into prompt_tokens.",
                            printNumber(shared), printNumber(prompt)));
        }
    }

    void target(const std::string& field, const std::optional<LatencyTarget>& value, double high)
    {
        if (!value)
            return;
        const double percentile = value->percentile;
        if (!std::isfinite(percentile) || percentile < 0 || percentile > 99.99
            || (percentile > 0 && percentile < 1)) {
            add(ErrorCode::InvalidArgument, field + ".percentile",
                fmt::format("The percentile is {}; it must be between 1 and 99.99, or 0 for the "
                            "mean.",
                            std::isfinite(percentile) ? printNumber(percentile)
                                                      : "not a finite number"));
        }
        range(field + ".max", "The limit in seconds", value->limit.value(), 0, high, true);
    }

    void checkTargets()
    {
        target("ttft", m_need.ttft, maxFirstToken);
        target("itl", m_need.itl, maxTokenGap);
        target("e2e", m_need.e2e, maxEndToEnd);
        if (m_need.contextTokens)
            range("context_tokens", "The context window in tokens", *m_need.contextTokens, 2,
                  maxTokens);
    }

    void checkModels()
    {
        for (std::size_t i = 0; i < m_need.models.size(); ++i) {
            if (const auto model = m_catalog.model(m_need.models[i]); !model)
                add(model.error().code, fmt::format("models[{}]", i), model.error().detail);
        }
        std::vector<std::string> known;
        for (const char* label :
             { "fp32", "bf16", "fp16", "fp8", "int8", "int4", "mxfp4", "nvfp4" })
            known.emplace_back(label);
        for (std::size_t i = 0; i < m_need.quantizations.size(); ++i) {
            const std::string label = toLower(m_need.quantizations[i]);
            if (std::find(known.begin(), known.end(), label) != known.end())
                continue;
            const auto nearest = nearestWord(label, known);
            add(ErrorCode::NotFound, fmt::format("quantizations[{}]", i),
                fmt::format(
                    "There is no weight format \"{}\"; {}known are {}.", m_need.quantizations[i],
                    nearest ? fmt::format("did you mean {}? ", *nearest) : "", join(known, ", ")));
        }
    }

    /** The GPU of an id, or nothing and an issue. */
    const Gpu* gpu(const std::string& field, const std::string& id)
    {
        const auto found = m_catalog.gpu(id);
        if (found)
            return *found;
        add(found.error().code, field, found.error().detail);
        return nullptr;
    }

    void checkGpus()
    {
        std::set<const Gpu*> excluded;
        for (std::size_t i = 0; i < m_need.gpusExcluded.size(); ++i)
            excluded.insert(gpu(fmt::format("gpus.exclude[{}]", i), m_need.gpusExcluded[i]));
        for (std::size_t i = 0; i < m_need.gpusIncluded.size(); ++i) {
            const std::string field = fmt::format("gpus.include[{}]", i);
            const Gpu* included = gpu(field, m_need.gpusIncluded[i]);
            if (included && excluded.contains(included)) {
                add(ErrorCode::InvalidArgument, field,
                    fmt::format("{} is both included and excluded; remove it from one list.",
                                included->name));
            }
        }
        if (m_need.maxGpus)
            range("max_gpus", "The largest number of GPUs", *m_need.maxGpus, 1, maxGpuCount);
    }

    void checkInventory()
    {
        std::set<const Gpu*> seen;
        for (std::size_t i = 0; i < m_need.inventory.size(); ++i) {
            const InventoryItem& item = m_need.inventory[i];
            const std::string field = fmt::format("gpus.inventory[{}]", i);
            const Gpu* found = gpu(field + ".gpu", item.gpu);
            if (found && !seen.insert(found).second) {
                add(ErrorCode::InvalidArgument, field + ".gpu",
                    fmt::format("{} is listed twice; add up the counts.", found->name));
            }
            range(field + ".count", "The number of GPUs", item.count, 1, maxGpuCount);
            range(field + ".per_node", "The number of GPUs per node (0 = as the catalog says)",
                  item.perNode, 0, 1024);
        }
    }

    void checkMoney()
    {
        if (m_need.budgetPerMonth)
            range("budget_per_month", "The budget in US dollars per month", *m_need.budgetPerMonth,
                  0, maxBudget, true);
        if (!m_need.priceList.empty() && !m_catalog.findPriceList(m_need.priceList)) {
            std::vector<std::string> known;
            for (const PriceList& list : m_catalog.priceLists)
                known.push_back(list.id);
            unknownId("prices.list", "price list", m_need.priceList, known);
        }
        for (const auto& [id, price] : m_need.priceOverrides) {
            const std::string field = "prices.per_hour." + id;
            (void)gpu(field, id);
            range(field, "The price in US dollars per GPU and hour", price, 0, maxPricePerHour);
        }
    }

    void unknownId(const std::string& field, const std::string& what, const std::string& id,
                   const std::vector<std::string>& known)
    {
        const auto nearest = nearestWord(id, known);
        add(ErrorCode::NotFound, field,
            fmt::format("There is no {} \"{}\"; {}known are {}.", what, id,
                        nearest ? fmt::format("did you mean {}? ", *nearest) : "",
                        join(known, ", ")));
    }

    /** Empty leaves the choice open. */
    void oneOf(const char* field, const char* what, const std::string& value,
               const std::vector<std::string>& known)
    {
        if (!value.empty() && std::find(known.begin(), known.end(), value) == known.end())
            unknownId(field, what, value, known);
    }

    void checkRest()
    {
        range("headroom", "The share of capacity kept free", m_need.headroom, 0, maxHeadroom);
        range("min_replicas", "The smallest number of replicas", m_need.minReplicas, 1, 1e5);
        if (m_need.priorities) {
            const Priorities& p = *m_need.priorities;
            range("priorities.cost", "The weight of cost", p.cost, 0, 1e6);
            range("priorities.latency", "The weight of latency", p.latency, 0, 1e6);
            range("priorities.quality", "The weight of quality", p.quality, 0, 1e6);
            range("priorities.simplicity", "The weight of simplicity", p.simplicity, 0, 1e6);
            if (p.cost + p.latency + p.quality + p.simplicity == 0)
                add(ErrorCode::InvalidArgument, "priorities",
                    "All weights are 0; at least one must be above 0.");
        }
        if (!m_need.versionRow.empty() && !m_catalog.findVersionRow(m_need.versionRow)) {
            std::vector<std::string> known;
            for (const VersionRow& row : m_catalog.versionRows)
                known.push_back(row.id);
            unknownId("version_row", "version row", m_need.versionRow, known);
        }
        oneOf("topology", "topology", m_need.topology, { "any", "aggregated", "disaggregated" });
        oneOf("kv_transfer", "way for a KV cache", m_need.kvTransfer, { "rdma", "tcp", "nvlink" });
    }

    const Requirements& m_need;
    const Catalog& m_catalog;
    std::vector<Issue> m_issues;
};

} // namespace

std::vector<Issue> checkRequirements(const Requirements& requirements, const Catalog& catalog)
{
    return Checker(requirements, catalog).run();
}

} // namespace llmd
