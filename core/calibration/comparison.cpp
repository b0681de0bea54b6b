// SPDX-License-Identifier: Apache-2.0
#include "comparison.h"

#include "accuracysummary.h"

#include <core/base/text.h>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace llmd {

namespace {

struct KeyName
{
    GroupKey key;
    std::string_view name;
};
constexpr std::array keyNames {
    KeyName { GroupKey::Model, "model" },
    KeyName { GroupKey::Gpu, "gpu" },
    KeyName { GroupKey::Generation, "generation" },
    KeyName { GroupKey::Precision, "precision" },
    KeyName { GroupKey::TensorParallel, "tp" },
    KeyName { GroupKey::Layout, "layout" },
    KeyName { GroupKey::Class, "class" },
    KeyName { GroupKey::Engine, "engine" },
    KeyName { GroupKey::EngineVersion, "engine_version" },
};

std::string valueOf(const CaseTraits& traits, GroupKey key)
{
    switch (key) {
    case GroupKey::Model:
        return traits.model;
    case GroupKey::Gpu:
        return traits.gpu;
    case GroupKey::Generation:
        return traits.generation;
    case GroupKey::Precision:
        return traits.precision;
    case GroupKey::TensorParallel:
        return "TP" + std::to_string(traits.tensorParallel);
    case GroupKey::Layout:
        return traits.layout;
    case GroupKey::Class:
        return traits.modelClass;
    case GroupKey::Engine:
        return traits.engine;
    case GroupKey::EngineVersion:
        return traits.engineVersion;
    }
    return {};
}

/** One collector per metric. */
class Collectors
{
public:
    explicit Collectors(const Comparison& comparison)
        : m_metrics(comparison.metrics)
        , m_collectors(comparison.metrics.size())
    { }

    void add(const ComparedCase& entry)
    {
        ++m_cases;
        for (std::size_t i = 0; i < m_collectors.size(); ++i) {
            const auto& figure = entry.figures[i];
            if (!figure)
                continue;
            m_collectors[i].add(figure->predicted, figure->measured);
            if (figure->hasInterval() && !entry.nearSaturation)
                m_collectors[i].addInterval(figure->inside());
        }
    }

    [[nodiscard]] std::size_t cases() const { return m_cases; }
    [[nodiscard]] std::vector<MetricErrors> errors() const
    {
        std::vector<MetricErrors> result;
        for (std::size_t i = 0; i < m_collectors.size(); ++i)
            result.push_back(m_collectors[i].errors(m_metrics[i]));
        return result;
    }

private:
    const std::vector<std::string>& m_metrics;
    std::vector<ErrorCollector> m_collectors;
    std::size_t m_cases = 0;
};

} // namespace

CaseTraits traitsOf(const Candidate& candidate)
{
    const ModelArchitecture& architecture = candidate.model->architecture;
    const Parallelism& parallelism = candidate.topology.pool.parallelism;
    CaseTraits traits;
    traits.model = candidate.model->id;
    traits.gpu = candidate.gpu->id;
    traits.generation = candidate.gpu->architecture;
    traits.precision = architecture.quantization.label();
    traits.layout = parallelism.label();
    traits.tensorParallel = parallelism.tensor;
    traits.modelClass = accuracyClass(architecture, *candidate.gpu);
    traits.engineVersion = toString(candidate.engine.version);
    return traits;
}

ComparedCase& Comparison::add(std::string name, CaseTraits traits)
{
    ComparedCase entry;
    entry.name = std::move(name);
    entry.traits = std::move(traits);
    entry.figures.resize(metrics.size());
    cases.push_back(std::move(entry));
    return cases.back();
}

std::optional<std::size_t> Comparison::metric(std::string_view name) const
{
    const auto it = std::find(metrics.begin(), metrics.end(), name);
    if (it == metrics.end())
        return std::nullopt;
    return static_cast<std::size_t>(it - metrics.begin());
}

std::vector<MetricErrors> errorsOf(const Comparison& comparison, CaseFilter filter)
{
    Collectors collectors(comparison);
    for (const auto& entry : comparison.cases) {
        if (filter == CaseFilter::All || !entry.nearSaturation)
            collectors.add(entry);
    }
    return collectors.errors();
}

std::size_t nearSaturationCount(const Comparison& comparison)
{
    return static_cast<std::size_t>(
        std::count_if(comparison.cases.begin(), comparison.cases.end(),
                      [](const ComparedCase& entry) { return entry.nearSaturation; }));
}

Result<Grouping> parseGrouping(std::string_view text)
{
    Grouping grouping;
    for (const std::string_view part : split(text, '+')) {
        const std::string name = toLower(trimmed(part));
        const auto it = std::find_if(keyNames.begin(), keyNames.end(),
                                     [&](const KeyName& each) { return each.name == name; });
        if (it == keyNames.end()) {
            std::vector<std::string> known;
            for (const auto& each : keyNames)
                known.emplace_back(each.name);
            return failure(ErrorCode::InvalidArgument,
                           "cannot group by '" + name + "'; known: " + join(known, ", ")
                               + ", joined by '+'");
        }
        grouping.push_back(it->key);
    }
    return grouping;
}

std::string toString(const Grouping& grouping)
{
    std::vector<std::string> names;
    for (const GroupKey key : grouping) {
        for (const auto& each : keyNames) {
            if (each.key == key)
                names.emplace_back(each.name);
        }
    }
    return join(names, "+");
}

std::string groupOf(const CaseTraits& traits, const Grouping& grouping)
{
    std::vector<std::string> values;
    for (const GroupKey key : grouping)
        values.push_back(valueOf(traits, key));
    return join(values, ", ");
}

std::vector<ErrorGroup> errorsByGroup(const Comparison& comparison, const Grouping& grouping)
{
    std::map<std::string, Collectors> groups;
    for (const auto& entry : comparison.cases) {
        groups.try_emplace(groupOf(entry.traits, grouping), comparison).first->second.add(entry);
    }
    std::vector<ErrorGroup> result;
    for (const auto& [name, collectors] : groups)
        result.push_back({ name, collectors.cases(), collectors.errors() });
    return result;
}

std::vector<const ComparedCase*> worstCases(const Comparison& comparison, std::size_t metric,
                                            std::size_t count)
{
    std::vector<const ComparedCase*> result;
    for (const auto& entry : comparison.cases) {
        if (entry.figures[metric])
            result.push_back(&entry);
    }
    // Stable, so that equal errors stay in the order of the file.
    std::stable_sort(result.begin(), result.end(), [&](const auto* a, const auto* b) {
        return std::abs(a->figures[metric]->error()) > std::abs(b->figures[metric]->error());
    });
    result.resize(std::min(result.size(), count));
    return result;
}

nlohmann::json comparedJson(const ComparedValue& value)
{
    nlohmann::json json = { { "measured", value.measured },
                            { "predicted", value.predicted },
                            { "error", value.error() } };
    if (value.hasInterval()) {
        json["low"] = *value.low;
        json["high"] = *value.high;
        json["inside"] = value.inside();
    }
    return json;
}

nlohmann::json figuresJson(const Comparison& comparison, const ComparedCase& entry)
{
    nlohmann::json json = nlohmann::json::object();
    for (std::size_t i = 0; i < comparison.metrics.size(); ++i) {
        if (entry.figures[i])
            json[comparison.metrics[i]] = comparedJson(*entry.figures[i]);
    }
    return json;
}

nlohmann::json groupsJson(const Comparison& comparison, const Grouping& grouping)
{
    nlohmann::json list = nlohmann::json::array();
    for (const auto& group : errorsByGroup(comparison, grouping)) {
        list.push_back({ { "group", group.name },
                         { "cases", group.cases },
                         { "errors", errorsJson(group.errors) } });
    }
    return { { "by", toString(grouping) }, { "list", std::move(list) } };
}

nlohmann::json worstJson(const Comparison& comparison)
{
    constexpr std::size_t listed = 5;
    nlohmann::json json = nlohmann::json::object();
    for (std::size_t i = 0; i < comparison.metrics.size(); ++i) {
        nlohmann::json list = nlohmann::json::array();
        for (const ComparedCase* entry : worstCases(comparison, i, listed)) {
            nlohmann::json item = comparedJson(*entry->figures[i]);
            item["case"] = entry->name;
            item["model"] = entry->traits.model;
            item["gpu"] = entry->traits.gpu;
            item["near_saturation"] = entry->nearSaturation;
            list.push_back(std::move(item));
        }
        if (!list.empty())
            json[comparison.metrics[i]] = std::move(list);
    }
    return json;
}

} // namespace llmd
