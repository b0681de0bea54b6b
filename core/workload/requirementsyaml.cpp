// SPDX-License-Identifier: Apache-2.0
#include "requirementkeys.h"
#include "requirements.h"

#include <core/base/text.h>
#include <core/base/yamlemitter.h>

#include <fmt/format.h>

#include <cmath>
#include <limits>

namespace llmd {

const std::vector<std::string>& requirementKeys()
{
    static const std::vector<std::string> keys {
        "title",
        "use_case",
        "users",
        "rate",
        "peak_factor",
        "prompt_tokens",
        "output_tokens",
        "prompt_variation",
        "output_variation",
        "shared_prefix_tokens",
        "prefix_groups",
        "unique_prompts",
        "ttft",
        "itl",
        "e2e",
        "models",
        "quantizations",
        "gpus",
        "max_gpus",
        "budget_per_month",
        "context_tokens",
        "prices",
        "priorities",
        "headroom",
        "min_replicas",
        "version_row",
        "topology",
        "kv_transfer",
        "notes",
    };
    return keys;
}

namespace {

class Reader
{
public:
    Loaded<Requirements> run(const YamlNode& root)
    {
        if (!root.isMapping()) {
            error(root,
                  "Expected a mapping of requirements, such as \"use_case: translation\" and "
                  "\"users: 500\".");
            return std::move(m_loaded);
        }
        reportUnknownKeys(root, requirementKeys(), m_loaded.issues);
        readNeed(root);
        readLatency(root["ttft"], m_need.ttft);
        readLatency(root["itl"], m_need.itl);
        readLatency(root["e2e"], m_need.e2e);
        strings(root["models"], m_need.models);
        strings(root["quantizations"], m_need.quantizations);
        readGpus(root["gpus"]);
        readPrices(root["prices"]);
        readPriorities(root["priorities"]);
        return std::move(m_loaded);
    }

private:
    void error(const YamlNode& node, std::string text)
    {
        m_loaded.issues.push_back(node.issue(Severity::Error, std::move(text)));
    }

    /** Text of a scalar that is there and not null. */
    std::optional<std::string> text(const YamlNode& node)
    {
        if (!node.exists() || node.isNull())
            return std::nullopt;
        auto value = node.asString();
        if (value)
            return std::move(*value);
        error(node, value.error().detail);
        return std::nullopt;
    }

    /** Runs one parser of base/text.h on a node; an error becomes an issue at its position. */
    template <class Parser>
    auto parsed(const YamlNode& node, Parser parser)
        -> std::optional<typename decltype(parser(std::string_view()))::value_type>
    {
        const auto written = text(node);
        if (!written)
            return std::nullopt;
        auto value = parser(*written);
        if (value)
            return *value;
        error(node, value.error().detail);
        return std::nullopt;
    }

    std::optional<int> integer(const YamlNode& node)
    {
        const auto value = parsed(node, parseCount);
        if (!value)
            return std::nullopt;
        if (*value == std::floor(*value) && std::abs(*value) <= std::numeric_limits<int>::max())
            return static_cast<int>(*value);
        error(node, fmt::format("{} is not a whole number.", printNumber(*value)));
        return std::nullopt;
    }

    template <class T> static void assign(T& target, std::optional<T> value)
    {
        if (value)
            target = std::move(*value);
    }

    void readNeed(const YamlNode& root)
    {
        assign(m_need.title, text(root["title"]));
        assign(m_need.useCase, text(root["use_case"]));
        m_need.users = parsed(root["users"], parseCount);
        m_need.rate = parsed(root["rate"], parseRate);
        m_need.peakFactor = parsed(root["peak_factor"], parseNumber);
        m_need.promptTokens = parsed(root["prompt_tokens"], parseCount);
        m_need.outputTokens = parsed(root["output_tokens"], parseCount);
        m_need.promptVariation = parsed(root["prompt_variation"], parseNumber);
        m_need.outputVariation = parsed(root["output_variation"], parseNumber);
        m_need.sharedPrefixTokens = parsed(root["shared_prefix_tokens"], parseCount);
        m_need.prefixGroups = integer(root["prefix_groups"]);
        m_need.uniquePrompts = integer(root["unique_prompts"]);
        m_need.maxGpus = integer(root["max_gpus"]);
        if (const auto budget = parsed(root["budget_per_month"], parseMoney))
            m_need.budgetPerMonth = budget->value();
        m_need.contextTokens = integer(root["context_tokens"]);
        assign(m_need.headroom, parsed(root["headroom"], parseFraction));
        assign(m_need.minReplicas, integer(root["min_replicas"]));
        assign(m_need.versionRow, text(root["version_row"]));
        assign(m_need.topology, text(root["topology"]));
        assign(m_need.kvTransfer, text(root["kv_transfer"]));
        assign(m_need.notes, text(root["notes"]));
    }

    /** `95`, `p95`, `mean`. */
    std::optional<double> percentile(const YamlNode& node)
    {
        const auto written = text(node);
        if (!written)
            return std::nullopt;
        const std::string lower = toLower(trimmed(*written));
        if (lower == "mean")
            return 0;
        const auto value = parseNumber(lower.starts_with('p') ? lower.substr(1) : lower);
        if (value)
            return *value;
        error(node, fmt::format("\"{}\" is not a percentile; write 95, p95 or mean.", *written));
        return std::nullopt;
    }

    void readLatency(const YamlNode& node, std::optional<LatencyTarget>& target)
    {
        if (!node.exists() || node.isNull())
            return;
        LatencyTarget value;
        if (!node.isMapping()) {
            const auto limit = parsed(node, parseDuration);
            if (limit)
                target = LatencyTarget { value.percentile, *limit };
            return;
        }
        reportUnknownKeys(node, { "percentile", "max" }, m_loaded.issues);
        assign(value.percentile, percentile(node["percentile"]));
        const auto limit = parsed(node["max"], parseDuration);
        if (limit)
            target = LatencyTarget { value.percentile, *limit };
        else if (!node["max"].exists() || node["max"].isNull())
            error(node, "The limit is missing: write {percentile: 95, max: 300ms} or just 300ms.");
    }

    /** A list of texts, or a single one. */
    void strings(const YamlNode& node, std::vector<std::string>& target)
    {
        if (!node.exists() || node.isNull())
            return;
        if (node.isScalar()) {
            if (auto one = text(node))
                target = { std::move(*one) };
            return;
        }
        auto list = node.asStrings();
        if (list)
            target = std::move(*list);
        else
            error(node, list.error().detail);
    }

    void readGpus(const YamlNode& node)
    {
        if (!node.isMapping()) {
            strings(node, m_need.gpusIncluded);
            return;
        }
        reportUnknownKeys(node, { "include", "exclude", "inventory" }, m_loaded.issues);
        strings(node["include"], m_need.gpusIncluded);
        strings(node["exclude"], m_need.gpusExcluded);
        const YamlNode inventory = node["inventory"];
        if (inventory.isMapping()) { // short form: {h100_sxm: 16}
            for (const std::string& id : inventory.keys()) {
                if (const auto count = integer(inventory[id]))
                    m_need.inventory.push_back({ id, *count, 0 });
            }
        } else if (inventory.isSequence()) {
            for (std::size_t i = 0; i < inventory.size(); ++i)
                readInventoryItem(inventory[i]);
        } else if (inventory.exists() && !inventory.isNull()) {
            error(inventory, "Expected a list such as [{gpu: h100_sxm, count: 16, per_node: 8}].");
        }
    }

    void readInventoryItem(const YamlNode& node)
    {
        if (!node.isMapping()) {
            error(node, "Expected {gpu: id, count: number} with an optional per_node.");
            return;
        }
        reportUnknownKeys(node, { "gpu", "count", "per_node" }, m_loaded.issues);
        const auto gpu = text(node["gpu"]);
        const auto count = integer(node["count"]);
        if (gpu && count)
            m_need.inventory.push_back({ *gpu, *count, integer(node["per_node"]).value_or(0) });
        else if (!node["gpu"].exists() || !node["count"].exists())
            error(node, "An inventory entry needs both gpu and count.");
    }

    void readPrices(const YamlNode& node)
    {
        if (!node.exists() || node.isNull())
            return;
        if (!node.isMapping()) {
            assign(m_need.priceList, text(node));
            return;
        }
        reportUnknownKeys(node, { "list", "per_hour" }, m_loaded.issues);
        assign(m_need.priceList, text(node["list"]));
        const YamlNode perHour = node["per_hour"];
        if (perHour.isMapping()) {
            for (const std::string& id : perHour.keys()) {
                if (const auto price = parsed(perHour[id], parseMoney))
                    m_need.priceOverrides[id] = price->value();
            }
        } else if (perHour.exists() && !perHour.isNull()) {
            error(perHour, "Expected prices by GPU, such as {h100_sxm: 2.10}.");
        }
    }

    void readPriorities(const YamlNode& node)
    {
        if (!node.exists() || node.isNull())
            return;
        if (!node.isMapping()) {
            error(node,
                  "Expected weights such as {cost: 0.4, latency: 0.3, quality: 0.2, simplicity: "
                  "0.1}.");
            return;
        }
        reportUnknownKeys(node, { "cost", "latency", "quality", "simplicity" }, m_loaded.issues);
        // A weight that is left out of a stated set is not wanted, rather than a quarter.
        Priorities value { 0, 0, 0, 0 };
        assign(value.cost, parsed(node["cost"], parseNumber));
        assign(value.latency, parsed(node["latency"], parseNumber));
        assign(value.quality, parsed(node["quality"], parseNumber));
        assign(value.simplicity, parsed(node["simplicity"], parseNumber));
        m_need.priorities = value;
    }

    Loaded<Requirements> m_loaded;
    Requirements& m_need = m_loaded.value;
};

/** Whole numbers without a point, as people write them. */
YamlValue number(double value)
{
    constexpr double exact = 9007199254740992.0; // 2^53
    if (value == std::floor(value) && std::abs(value) < exact)
        return static_cast<std::int64_t>(value);
    return value;
}

YamlValue latency(const LatencyTarget& target)
{
    YamlValue percentile = target.percentile == 0 ? YamlValue("mean") : number(target.percentile);
    return YamlValue::map(
        { { "percentile", std::move(percentile) }, { "max", printDuration(target.limit) } });
}

YamlValue list(const std::vector<std::string>& items)
{
    YamlValue value = YamlValue::list();
    for (const std::string& item : items)
        value.append(item);
    return value;
}

YamlValue gpus(const Requirements& need)
{
    YamlValue value = YamlValue::map();
    if (!need.gpusIncluded.empty())
        value.set("include", list(need.gpusIncluded));
    if (!need.gpusExcluded.empty())
        value.set("exclude", list(need.gpusExcluded));
    if (need.inventory.empty())
        return value;
    YamlValue inventory = YamlValue::list();
    for (const InventoryItem& item : need.inventory) {
        YamlValue entry = YamlValue::map({ { "gpu", item.gpu }, { "count", item.count } });
        if (item.perNode != 0)
            entry.set("per_node", item.perNode);
        inventory.append(std::move(entry));
    }
    value.set("inventory", std::move(inventory));
    return value;
}

YamlValue prices(const Requirements& need)
{
    YamlValue value = YamlValue::map();
    if (!need.priceList.empty())
        value.set("list", need.priceList);
    if (need.priceOverrides.empty())
        return value;
    YamlValue perHour = YamlValue::map();
    for (const auto& [id, price] : need.priceOverrides)
        perHour.set(id, number(price));
    value.set("per_hour", std::move(perHour));
    return value;
}

void setNumber(YamlValue& root, const char* key, const std::optional<double>& value)
{
    if (value)
        root.set(key, number(*value));
}

void setNumber(YamlValue& root, const char* key, const std::optional<int>& value)
{
    if (value)
        root.set(key, *value);
}

void setText(YamlValue& root, const char* key, const std::string& value)
{
    if (!value.empty())
        root.set(key, value);
}

void setLatency(YamlValue& root, const char* key, const std::optional<LatencyTarget>& value)
{
    if (value)
        root.set(key, latency(*value));
}

void setMap(YamlValue& root, const char* key, YamlValue value)
{
    const auto* map = std::get_if<YamlValue::Map>(&value.variant());
    if (map && !map->empty())
        root.set(key, std::move(value));
}

void setLoad(YamlValue& root, const Requirements& need)
{
    setNumber(root, "users", need.users);
    if (need.rate)
        root.set("rate", printRate(*need.rate));
    setNumber(root, "peak_factor", need.peakFactor);
    setNumber(root, "prompt_tokens", need.promptTokens);
    setNumber(root, "output_tokens", need.outputTokens);
    setNumber(root, "prompt_variation", need.promptVariation);
    setNumber(root, "output_variation", need.outputVariation);
    setNumber(root, "shared_prefix_tokens", need.sharedPrefixTokens);
    setNumber(root, "prefix_groups", need.prefixGroups);
    setNumber(root, "unique_prompts", need.uniquePrompts);
}

} // namespace

Loaded<Requirements> readRequirements(const YamlNode& root)
{
    return Reader().run(root);
}

YamlValue requirementsTree(const Requirements& need)
{
    YamlValue root = YamlValue::map();
    setText(root, "title", need.title);
    root.set("use_case", need.useCase);
    setLoad(root, need);
    setLatency(root, "ttft", need.ttft);
    setLatency(root, "itl", need.itl);
    setLatency(root, "e2e", need.e2e);
    if (!need.models.empty())
        root.set("models", list(need.models));
    if (!need.quantizations.empty())
        root.set("quantizations", list(need.quantizations));
    setMap(root, "gpus", gpus(need));
    setNumber(root, "max_gpus", need.maxGpus);
    setNumber(root, "budget_per_month", need.budgetPerMonth);
    setNumber(root, "context_tokens", need.contextTokens);
    setMap(root, "prices", prices(need));
    if (need.priorities) {
        root.set("priorities",
                 YamlValue::map({ { "cost", number(need.priorities->cost) },
                                  { "latency", number(need.priorities->latency) },
                                  { "quality", number(need.priorities->quality) },
                                  { "simplicity", number(need.priorities->simplicity) } }));
    }
    root.set("headroom", number(need.headroom));
    root.set("min_replicas", need.minReplicas);
    setText(root, "version_row", need.versionRow);
    setText(root, "topology", need.topology);
    setText(root, "kv_transfer", need.kvTransfer);
    setText(root, "notes", need.notes);
    return root;
}

std::string writeRequirements(const Requirements& need)
{
    return emitYaml(requirementsTree(need));
}

} // namespace llmd
