// SPDX-License-Identifier: Apache-2.0
#include "featurefigures.h"

#include <core/base/resources.h>
#include <core/base/yamlreader.h>
#include <core/catalog/fieldreader.h>

#include <algorithm>

namespace llmd {

namespace {

constexpr std::string_view resourcePath = "performance/features.yaml";
const std::vector<std::string> methods { "draft_model", "mtp", "eagle3", "ngram" };

FieldReader strict(const YamlNode& node, std::vector<Issue>& issues)
{
    FieldReader reader(node, issues);
    reader.setRequired(true);
    return reader;
}

void readPrior(const YamlNode& node, FeatureFigures& figures, std::vector<Issue>& issues)
{
    FieldReader reader = strict(node, issues);
    reader.reportUnknown({ "method", "acceptance", "decay", "low", "high", "tokens", "source" });
    std::size_t method = 0;
    reader.choice("method", methods, method);
    AcceptancePrior prior;
    const NumberRange probability { 0, 1 };
    reader.number("acceptance", prior.acceptance, probability);
    reader.number("decay", prior.decay, { 0.1, 1 });
    reader.number("low", prior.low, probability);
    reader.number("high", prior.high, probability);
    reader.integer("tokens", prior.tokens, { 1, 16 });
    reader.source("source", prior.source);
    if (!(prior.low <= prior.acceptance && prior.acceptance <= prior.high))
        reader.fail(node, "the acceptance must lie between low and high");
    if (reader.ok())
        figures.acceptance[method] = std::move(prior);
}

/** A mapping of one quantity and its source. */
template <class Quantity>
void readFigure(const YamlNode& node, std::string_view unit, double scale, Quantity& value,
                std::vector<Issue>& issues)
{
    FieldReader reader = strict(node, issues);
    Source source;
    reader.quantity(unit, value, scale, { 1e-6, 1e6 });
    reader.source("source", source);
}

} // namespace

Result<FeatureFigures> readFeatureFigures(std::string_view yaml, const std::string& fileName)
{
    const auto root = parseYaml(yaml, fileName);
    if (!root)
        return tl::unexpected(root.error());
    FeatureFigures figures;
    std::vector<Issue> issues;
    const YamlNode priors = (*root)["acceptance"];
    for (std::size_t i = 0; i < priors.size(); ++i)
        readPrior(priors[i], figures, issues);
    readFigure((*root)["draft_pass"], "milliseconds", 1e-3, figures.draftPass, issues);
    readFigure((*root)["lora_matrix"], "microseconds", 1e-6, figures.loraMatrix, issues);
    const YamlNode offload = (*root)["offload"];
    FieldReader share = strict(offload["link_share"], issues);
    share.number("value", figures.linkShare, { 0.05, 1 });
    readFigure(offload["cpu_latency"], "milliseconds", 1e-3, figures.cpuLatency, issues);
    readFigure(offload["disk_read"], "gigabytes_per_second", 1e9, figures.diskRead, issues);
    readFigure(offload["disk_latency"], "milliseconds", 1e-3, figures.diskLatency, issues);
    for (std::size_t i = 0; i < methods.size(); ++i) {
        if (figures.acceptance[i].source.text.empty())
            issues.push_back(
                priors.issue(Severity::Error, "nothing is said of the method " + methods[i]));
    }
    for (const Issue& issue : issues)
        return failure(ErrorCode::InvalidArgument, describe(issue));
    return figures;
}

const FeatureFigures& standardFeatureFigures()
{
    static const FeatureFigures standard = readBuiltin(resourcePath, &readFeatureFigures);
    return standard;
}

} // namespace llmd
