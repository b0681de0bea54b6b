// SPDX-License-Identifier: Apache-2.0
#include "usecase.h"

#include "catalogreaders.h"
#include "fieldreader.h"

#include <core/base/text.h>

#include <algorithm>

namespace llmd {

namespace {

const std::vector<std::string> useCaseKeys { "id",
                                             "name",
                                             "description",
                                             "prompt_tokens",
                                             "output_tokens",
                                             "prompt_variation",
                                             "output_variation",
                                             "active_share",
                                             "requests_per_active_user_and_minute",
                                             "peak_factor",
                                             "arrivals",
                                             "burstiness",
                                             "ttft_ms",
                                             "itl_ms",
                                             "e2e_ms",
                                             "experience_class",
                                             "priorities",
                                             "source" };

void readRange(const YamlNode& node, bool required, LatencyRange& range, FieldReader& reader)
{
    if (!node.exists() && !required)
        return;
    const auto best = node[0].asNumber();
    const auto acceptable = node[1].asNumber();
    if (node.size() != 2 || !best || !acceptable || *best <= 0 || *acceptable < *best
        || *acceptable > 1e8) {
        return reader.fail(node,
                           "expected [best, acceptable] in milliseconds, above 0 and ascending");
    }
    range = { milliseconds(*best), milliseconds(*acceptable) };
}

/** Words or numbers to weights that add up to 1. */
void readPriorities(const YamlNode& node, UseCase& useCase, FieldReader& reader,
                    std::vector<Issue>& issues)
{
    if (!node.exists())
        return;
    FieldReader words(node, issues);
    words.reportUnknown({ "cost", "latency", "quality", "simplicity" });
    double sum = 0;
    std::array<double, 4> weights {};
    const std::array<const char*, 4> keys { "cost", "latency", "quality", "simplicity" };
    for (std::size_t i = 0; i < keys.size(); ++i) {
        std::size_t level = 1;
        words.choice(keys[i], { "low", "medium", "high" }, level);
        weights[i] = static_cast<double>(level) + 1;
        sum += weights[i];
    }
    if (!words.ok())
        return reader.fail(node, "the priorities cannot be used");
    useCase.costPriority = weights[0] / sum;
    useCase.latencyPriority = weights[1] / sum;
    useCase.qualityPriority = weights[2] / sum;
    useCase.simplicityPriority = weights[3] / sum;
}

void readLoad(FieldReader& reader, UseCase& useCase)
{
    reader.text("name", useCase.name);
    reader.number("prompt_tokens", useCase.promptTokens, { 1, 1e7 });
    reader.number("output_tokens", useCase.outputTokens, { 1, 1e7 });
    reader.number("active_share", useCase.activeShare, { 0, 1 });
    reader.number("requests_per_active_user_and_minute", useCase.requestsPerActiveUserAndMinute,
                  { 0, 1e6 });
    reader.text("experience_class", useCase.experienceClass);
    reader.setRequired(false);
    reader.text("description", useCase.description);
    reader.number("prompt_variation", useCase.promptVariation, { 0, 10 });
    reader.number("output_variation", useCase.outputVariation, { 0, 10 });
    reader.number("peak_factor", useCase.peakFactor, { 1, 1000 });
    std::size_t shape = static_cast<std::size_t>(useCase.arrivals);
    reader.choice("arrivals", { "constant", "poisson", "bursty" }, shape);
    useCase.arrivals = static_cast<ArrivalShape>(shape);
    reader.number("burstiness", useCase.burstiness, { 0, 1000 });
    reader.source("source", useCase.source);
}

bool isKnownClass(const std::vector<ExperienceClass>& classes, const std::string& id)
{
    return std::any_of(classes.begin(), classes.end(),
                       [&](const ExperienceClass& each) { return each.id == id; });
}

void readUseCase(const YamlNode& node, UseCaseTables tables, const Source& source,
                 std::vector<Issue>& issues)
{
    if (!node.isMapping()) {
        issues.push_back(node.issue(Severity::Error, "expected a mapping that is one use case"));
        return;
    }
    FieldReader reader(node, issues);
    reader.reportUnknown(useCaseKeys);
    UseCase useCase;
    reader.setRequired(true);
    reader.text("id", useCase.id);
    if (!reader.ok())
        return;
    auto& all = tables.useCases;
    const auto known = std::find_if(all.begin(), all.end(), [&](const UseCase& other) {
        return toLower(other.id) == toLower(useCase.id);
    });
    const bool isNew = known == all.end();
    if (isNew)
        useCase.source = source;
    else
        useCase = *known;
    reader.setRequired(isNew);
    readLoad(reader, useCase);
    readRange(node["ttft_ms"], isNew, useCase.ttft, reader);
    readRange(node["itl_ms"], isNew, useCase.itl, reader);
    readRange(node["e2e_ms"], isNew, useCase.e2e, reader);
    readPriorities(node["priorities"], useCase, reader, issues);
    if (reader.ok() && !isKnownClass(tables.experienceClasses, useCase.experienceClass))
        reader.fail(node["experience_class"],
                    "experience class \"" + useCase.experienceClass + "\" is not defined");
    if (!reader.ok())
        return;
    if (isNew)
        all.push_back(std::move(useCase));
    else
        *known = std::move(useCase);
}

void readExperienceClass(const YamlNode& node, std::vector<ExperienceClass>& classes,
                         std::vector<Issue>& issues)
{
    FieldReader reader(node, issues);
    reader.reportUnknown({ "id", "ttft_ms", "itl_ms" });
    ExperienceClass read;
    reader.setRequired(true);
    reader.text("id", read.id);
    reader.quantity("ttft_ms", read.ttft, 1e-3, { 1, 1e7 });
    reader.quantity("itl_ms", read.itl, 1e-3, { 0.1, 1e6 });
    if (!reader.ok())
        return;
    const auto known = std::find_if(classes.begin(), classes.end(),
                                    [&](const auto& other) { return other.id == read.id; });
    if (known == classes.end())
        classes.push_back(std::move(read));
    else
        *known = std::move(read);
}

} // namespace

void readUseCases(const YamlNode& root, UseCaseTables tables, std::vector<Issue>& issues)
{
    if (!root["use_cases"].isSequence() && !root["experience_classes"].isSequence()) {
        issues.push_back(root.issue(Severity::Error, "expected a list under `use_cases`"));
        return;
    }
    Source source;
    FieldReader(root, issues).source("source", source);
    const YamlNode classes = root["experience_classes"];
    for (std::size_t i = 0; i < classes.size(); ++i)
        readExperienceClass(classes[i], tables.experienceClasses, issues);
    const YamlNode nodes = root["use_cases"];
    for (std::size_t i = 0; i < nodes.size(); ++i)
        readUseCase(nodes[i], tables, source, issues);
}

} // namespace llmd
