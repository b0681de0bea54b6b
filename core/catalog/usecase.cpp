// SPDX-License-Identifier: Apache-2.0
#include "usecase.h"

#include "catalogreaders.h"
#include "fieldreader.h"

#include <core/base/text.h>

#include <algorithm>
#include <array>
#include <cmath>

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
                                             "targets",
                                             "experience_class",
                                             "priorities",
                                             "quality",
                                             "based_on",
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

/** A weight as a number, or as low, medium or high for 1, 2 or 3; medium if it is not there. */
double readPriority(const YamlNode& node, FieldReader& words, const char* key)
{
    if (const auto number = node[key].asNumber(); number && node[key].isScalar()) {
        if (*number < 0 || *number > 1e6)
            words.fail(node[key], "expected low, medium, high or a weight from 0 to 1e6");
        return *number;
    }
    std::size_t level = 1;
    words.choice(key, { "low", "medium", "high" }, level);
    return static_cast<double>(level) + 1;
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
        weights[i] = readPriority(node, words, keys[i]);
        sum += weights[i];
    }
    if (!words.ok() || !(sum > 0))
        return reader.fail(node, "the priorities cannot be used");
    if (std::abs(sum - 1) < 1e-9)
        sum = 1; // shares already: written and read they stay what they are
    useCase.costPriority = weights[0] / sum;
    useCase.latencyPriority = weights[1] / sum;
    useCase.qualityPriority = weights[2] / sum;
    useCase.simplicityPriority = weights[3] / sum;
}

void readTarget(const YamlNode& node, std::optional<LatencyTarget>& target, FieldReader& reader,
                std::vector<Issue>& issues)
{
    if (!node.exists())
        return;
    if (node.isNull()) {
        target.reset(); // the default limit again
        return;
    }
    FieldReader fields(node, issues);
    fields.reportUnknown({ "percentile", "max_ms" });
    LatencyTarget read;
    fields.number("percentile", read.percentile, { 0, 99.999 });
    fields.setRequired(true);
    fields.quantity("max_ms", read.limit, 1e-3, { 0.001, 1e8 });
    if (fields.ok())
        target = read;
    else
        reader.fail(node, "the target cannot be used");
}

void readTargets(const YamlNode& node, UseCase& useCase, FieldReader& reader,
                 std::vector<Issue>& issues)
{
    if (!node.exists())
        return;
    if (!node.isMapping())
        return reader.fail(node, "expected targets such as {ttft: {percentile: 95, max_ms: 300}}");
    reportUnknownKeys(node, { "ttft", "itl", "e2e" }, issues);
    readTarget(node["ttft"], useCase.ttftTarget, reader, issues);
    readTarget(node["itl"], useCase.itlTarget, reader, issues);
    readTarget(node["e2e"], useCase.e2eTarget, reader, issues);
}

/** `{Chat preference: 0.4, …}`; replaces all weights of the use case. */
void readQualityWeights(const YamlNode& node, const std::vector<QualityKind>& kinds,
                        UseCase& useCase, FieldReader& reader)
{
    if (!node.exists())
        return;
    std::vector<KindWeight> weights;
    double sum = 0;
    std::vector<std::string> known;
    for (const QualityKind& kind : kinds)
        known.push_back(kind.name);
    for (const std::string& name : node.keys()) {
        const auto weight = node[name].asNumber();
        if (!weight || *weight < 0 || *weight > 1e6)
            return reader.fail(node[name], "expected a weight from 0 to 1e6");
        if (std::find(known.begin(), known.end(), name) == known.end()) {
            const auto near = nearestWord(name, known);
            return reader.fail(node[name],
                               "no kind of evidence is called \"" + name + "\""
                                   + (near ? "; did you mean " + *near + "?" : std::string()));
        }
        weights.push_back({ name, *weight });
        sum += *weight;
    }
    if (!(sum > 0))
        return reader.fail(node, "expected kinds of evidence with weights, at least one above 0");
    useCase.qualityWeights = std::move(weights);
}

void readQualityKind(const YamlNode& node, std::vector<QualityKind>& kinds,
                     std::vector<Issue>& issues)
{
    FieldReader reader(node, issues);
    reader.reportUnknown({ "name", "benchmarks" });
    QualityKind kind;
    reader.setRequired(true);
    reader.text("name", kind.name);
    reader.texts("benchmarks", kind.benchmarks);
    if (reader.ok() && kind.benchmarks.empty())
        reader.fail(node["benchmarks"], "expected at least one benchmark");
    if (!reader.ok())
        return;
    const auto known = std::find_if(kinds.begin(), kinds.end(),
                                    [&](const auto& other) { return other.name == kind.name; });
    if (known == kinds.end())
        kinds.push_back(std::move(kind));
    else
        *known = std::move(kind);
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

/** Whom a changed use case is by: the document's own source, or the one before and that it was changed. */
void noteChange(const YamlNode& node, const Source& documentSource, UseCase& useCase)
{
    useCase.userProvided = true;
    if (node["source"].exists())
        return;
    if (!documentSource.text.empty())
        useCase.source = documentSource;
    else if (const std::string note = "changed in " + node.location().file;
             useCase.source.text.find(note) == std::string::npos)
        useCase.source.text += (useCase.source.text.empty() ? "" : ", ") + note;
}

/** What an entry starts from: the known one of its id, another that it names, or nothing. */
const UseCase* startingPoint(const YamlNode& node, const std::string& id,
                             const std::vector<UseCase>& all, FieldReader& reader)
{
    const auto find = [&](const std::string& wanted) -> const UseCase* {
        const auto it = std::find_if(all.begin(), all.end(), [&](const UseCase& other) {
            return toLower(other.id) == toLower(wanted);
        });
        return it == all.end() ? nullptr : &*it;
    };
    const YamlNode base = node["based_on"];
    if (!base.exists())
        return find(id);
    const UseCase* found = find(base.asString().value_or(std::string()));
    if (!found)
        reader.fail(base, "there is no such use case to start from");
    return found;
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
    std::string id;
    reader.text("id", id);
    if (!reader.ok())
        return;
    auto& all = tables.useCases;
    const UseCase* start = startingPoint(node, id, all, reader);
    const bool isNew = start == nullptr;
    if (isNew)
        useCase.source = source;
    else
        useCase = *start;
    const auto known = std::find_if(all.begin(), all.end(), [&](const UseCase& other) {
        return toLower(other.id) == toLower(id);
    });
    useCase.id = known == all.end() ? id : known->id;
    reader.setRequired(isNew);
    readLoad(reader, useCase);
    readRange(node["ttft_ms"], isNew, useCase.ttft, reader);
    readRange(node["itl_ms"], isNew, useCase.itl, reader);
    readRange(node["e2e_ms"], isNew, useCase.e2e, reader);
    readTargets(node["targets"], useCase, reader, issues);
    readPriorities(node["priorities"], useCase, reader, issues);
    readQualityWeights(node["quality"], tables.qualityKinds, useCase, reader);
    if (reader.ok() && !isKnownClass(tables.experienceClasses, useCase.experienceClass))
        reader.fail(node["experience_class"],
                    "experience class \"" + useCase.experienceClass + "\" is not defined");
    if (!reader.ok())
        return;
    if (tables.userProvided)
        noteChange(node, source, useCase);
    if (known == all.end())
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
    const YamlNode kinds = root["quality_kinds"];
    for (std::size_t i = 0; i < kinds.size(); ++i)
        readQualityKind(kinds[i], tables.qualityKinds, issues);
    const YamlNode nodes = root["use_cases"];
    for (std::size_t i = 0; i < nodes.size(); ++i)
        readUseCase(nodes[i], tables, source, issues);
}

} // namespace llmd
