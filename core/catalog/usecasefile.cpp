// SPDX-License-Identifier: Apache-2.0
#include "usecasefile.h"

#include "catalogreaders.h"

#include <core/base/resources.h>
#include <core/base/text.h>
#include <core/base/yamlemitter.h>
#include <core/base/yamlreader.h>

#include <algorithm>
#include <cmath>

namespace llmd {

namespace {

/** The use case whose weights hold where none are known. */
constexpr std::string_view usualUseCase = "chatbot_conversational";

/** Milliseconds as people would write them: the rounding of the way to seconds and back is taken out. */
double plainMilliseconds(Seconds value)
{
    return std::round(inMilliseconds(value) * 1e6) / 1e6;
}

YamlValue rangeTree(const LatencyRange& range)
{
    return YamlValue::list({ plainMilliseconds(range.best), plainMilliseconds(range.acceptable) });
}

YamlValue targetTree(const LatencyTarget& target)
{
    return YamlValue::map(
        { { "percentile", target.percentile }, { "max_ms", plainMilliseconds(target.limit) } });
}

YamlValue sourceTree(const Source& source)
{
    YamlValue tree = YamlValue::map({ { "text", source.text }, { "date", source.date } });
    if (!source.confidence.empty())
        tree.set("confidence", source.confidence);
    return tree;
}

const char* shapeName(ArrivalShape shape)
{
    switch (shape) {
    case ArrivalShape::Constant:
        return "constant";
    case ArrivalShape::Poisson:
        return "poisson";
    case ArrivalShape::Bursty:
        return "bursty";
    }
    return "";
}

void setLoad(YamlValue& tree, const UseCase& useCase)
{
    tree.set("prompt_tokens", useCase.promptTokens);
    tree.set("output_tokens", useCase.outputTokens);
    tree.set("prompt_variation", useCase.promptVariation);
    tree.set("output_variation", useCase.outputVariation);
    tree.set("active_share", useCase.activeShare);
    tree.set("requests_per_active_user_and_minute", useCase.requestsPerActiveUserAndMinute);
    tree.set("peak_factor", useCase.peakFactor);
    tree.set("arrivals", shapeName(useCase.arrivals));
    tree.set("burstiness", useCase.burstiness);
}

void setTargets(YamlValue& tree, const UseCase& useCase)
{
    tree.set("ttft_ms", rangeTree(useCase.ttft));
    tree.set("itl_ms", rangeTree(useCase.itl));
    tree.set("e2e_ms", rangeTree(useCase.e2e));
    YamlValue targets = YamlValue::map();
    if (useCase.ttftTarget)
        targets.set("ttft", targetTree(*useCase.ttftTarget));
    if (useCase.itlTarget)
        targets.set("itl", targetTree(*useCase.itlTarget));
    if (useCase.e2eTarget)
        targets.set("e2e", targetTree(*useCase.e2eTarget));
    if (useCase.ttftTarget || useCase.itlTarget || useCase.e2eTarget)
        tree.set("targets", std::move(targets));
    tree.set("experience_class", useCase.experienceClass);
}

YamlValue useCaseTree(const UseCase& useCase)
{
    YamlValue tree = YamlValue::map({ { "id", useCase.id }, { "name", useCase.name } });
    if (!useCase.description.empty())
        tree.set("description", useCase.description);
    setLoad(tree, useCase);
    setTargets(tree, useCase);
    tree.set("priorities",
             YamlValue::map({ { "cost", useCase.costPriority },
                              { "latency", useCase.latencyPriority },
                              { "quality", useCase.qualityPriority },
                              { "simplicity", useCase.simplicityPriority } }));
    if (!useCase.qualityWeights.empty()) {
        YamlValue weights = YamlValue::map();
        for (const KindWeight& weight : useCase.qualityWeights)
            weights.set(weight.kind, weight.weight);
        tree.set("quality", std::move(weights));
    }
    if (!useCase.source.text.empty())
        tree.set("source", sourceTree(useCase.source));
    return tree;
}

Result<std::vector<Issue>> addRoot(const Result<YamlNode>& root, Catalog& catalog)
{
    if (!root)
        return tl::unexpected(root.error());
    std::vector<Issue> issues;
    readUseCases(*root, { catalog.useCases, catalog.experienceClasses, catalog.qualityKinds, true },
                 issues);
    return issues;
}

} // namespace

Result<std::vector<Issue>> addUseCases(std::string_view yaml, const std::string& name,
                                       Catalog& catalog)
{
    return addRoot(parseYaml(yaml, name), catalog);
}

Result<std::vector<Issue>> addUseCaseFile(const std::filesystem::path& path, Catalog& catalog)
{
    return addRoot(readYamlFile(path), catalog);
}

std::string writeUseCases(const std::vector<UseCase>& useCases,
                          const std::vector<QualityKind>& kinds)
{
    YamlValue root = YamlValue::map({ { "format", 1 } });
    YamlValue kindTrees = YamlValue::list();
    for (const QualityKind& kind : kinds) {
        const bool weighed =
            std::any_of(useCases.begin(), useCases.end(), [&](const UseCase& useCase) {
                return std::any_of(
                    useCase.qualityWeights.begin(), useCase.qualityWeights.end(),
                    [&](const KindWeight& weight) { return weight.kind == kind.name; });
            });
        if (!weighed)
            continue;
        YamlValue labels = YamlValue::list();
        for (const std::string& label : kind.benchmarks)
            labels.append(label);
        kindTrees.append(
            YamlValue::map({ { "name", kind.name }, { "benchmarks", std::move(labels) } }));
    }
    root.set("quality_kinds", std::move(kindTrees));
    YamlValue trees = YamlValue::list();
    for (const UseCase& useCase : useCases)
        trees.append(useCaseTree(useCase));
    root.set("use_cases", std::move(trees));
    return emitYaml(
        root,
        "Rules of use cases for the llm-d planner: put the file into the catalog folder, "
        "or name it with --use-cases.");
}

std::vector<std::string> useCaseIdsOf(const std::filesystem::path& path)
{
    std::vector<std::string> ids;
    const auto root = readYamlFile(path);
    if (!root)
        return ids;
    const YamlNode nodes = (*root)["use_cases"];
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        if (const auto id = nodes[i]["id"].asString())
            ids.push_back(*id);
    }
    return ids;
}

std::vector<UseCase> userUseCases(const Catalog& catalog)
{
    std::vector<UseCase> own;
    for (const UseCase& useCase : catalog.useCases) {
        if (useCase.userProvided)
            own.push_back(useCase);
    }
    return own;
}

bool resetUseCase(std::string_view id, Catalog& catalog)
{
    const auto known =
        std::find_if(catalog.useCases.begin(), catalog.useCases.end(),
                     [&](const UseCase& useCase) { return toLower(useCase.id) == toLower(id); });
    if (known == catalog.useCases.end())
        return false;
    Catalog shipped;
    std::vector<Issue> ignored;
    const std::string name = std::string("catalog/") + useCaseFileName;
    if (const auto root = parseYaml(builtinResource(name), name))
        readUseCases(*root, { shipped.useCases, shipped.experienceClasses, shipped.qualityKinds },
                     ignored);
    if (const UseCase* original = shipped.findUseCase(id))
        *known = *original;
    else
        catalog.useCases.erase(known);
    return true;
}

std::vector<QualityWeight> qualityWeights(std::string_view useCase, const Catalog& catalog)
{
    const UseCase* found = catalog.findUseCase(useCase);
    if (!found || found->qualityWeights.empty())
        found = catalog.findUseCase(usualUseCase);
    std::vector<QualityWeight> weights;
    double sum = 0;
    if (found) {
        for (const KindWeight& entry : found->qualityWeights) {
            const auto kind =
                std::find_if(catalog.qualityKinds.begin(), catalog.qualityKinds.end(),
                             [&](const QualityKind& each) { return each.name == entry.kind; });
            if (kind == catalog.qualityKinds.end() || !(entry.weight > 0))
                continue;
            weights.push_back({ kind->name, kind->benchmarks, entry.weight });
            sum += entry.weight;
        }
    }
    for (QualityWeight& weight : weights)
        weight.weight /= sum;
    return weights;
}

} // namespace llmd
