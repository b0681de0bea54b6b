// SPDX-License-Identifier: Apache-2.0
#include "pricelist.h"

#include "catalogreaders.h"
#include "fieldreader.h"

#include <core/base/text.h>

#include <algorithm>

namespace llmd {

namespace {

void readPrices(const YamlNode& prices, const std::vector<Gpu>& gpus, PriceList& list,
                FieldReader& reader, std::vector<Issue>& issues)
{
    if (!prices.isMapping())
        return reader.fail(prices, "expected GPU ids with prices in US dollars per hour");
    for (const std::string& key : prices.keys()) {
        const YamlNode node = prices[key];
        const Gpu* gpu = findGpuByName(gpus, key);
        if (gpu == nullptr) {
            std::vector<std::string> known;
            for (const Gpu& each : gpus)
                known.push_back(each.id);
            const auto near = nearestWord(toLower(key), known);
            issues.push_back(node.issue(Severity::Warning,
                                        "GPU \"" + key
                                            + "\" is not in the catalog; its price is not used"
                                            + (near ? " (did you mean " + *near + "?)" : "")));
            continue;
        }
        const auto price = node.asNumber();
        // A price of 0 is allowed: hardware that is there and paid for.
        if (price && *price >= 0 && *price <= 1e5)
            list.perGpu[gpu->id] = dollarsPerHour(*price);
        else
            reader.fail(node,
                        price ? "a price must be from 0 to 100000 dollars per hour"
                              : price.error().detail);
    }
}

void readPriceList(const YamlNode& node, const std::vector<Gpu>& gpus,
                   std::vector<PriceList>& lists, std::vector<Issue>& issues)
{
    if (!node.isMapping()) {
        issues.push_back(node.issue(Severity::Error, "expected a mapping that is one price list"));
        return;
    }
    FieldReader reader(node, issues);
    reader.reportUnknown({ "id", "name", "description", "source", "usd_per_gpu_hour" });
    PriceList list;
    reader.setRequired(true);
    reader.text("id", list.id);
    if (!reader.ok())
        return;
    const auto known = std::find_if(lists.begin(), lists.end(), [&](const PriceList& other) {
        return toLower(other.id) == toLower(list.id);
    });
    const bool isNew = known == lists.end();
    if (!isNew)
        list = *known;
    reader.setRequired(isNew);
    reader.text("name", list.name);
    reader.source("source", list.source);
    reader.setRequired(false);
    reader.text("description", list.description);
    readPrices(node["usd_per_gpu_hour"], gpus, list, reader, issues);
    if (!reader.ok())
        return;
    if (isNew)
        lists.push_back(std::move(list));
    else
        *known = std::move(list);
}

} // namespace

void readPriceLists(const YamlNode& root, const std::vector<Gpu>& gpus,
                    std::vector<PriceList>& lists, std::vector<Issue>& issues)
{
    const YamlNode nodes = root["price_lists"];
    if (!nodes.isSequence()) {
        issues.push_back(root.issue(Severity::Error, "expected a list under `price_lists`"));
        return;
    }
    for (std::size_t i = 0; i < nodes.size(); ++i)
        readPriceList(nodes[i], gpus, lists, issues);
}

} // namespace llmd
