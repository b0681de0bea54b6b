// SPDX-License-Identifier: Apache-2.0
#include "kubernetesobjects.h"

#include <core/base/text.h>
#include <core/base/version.h>
#include <core/plan/names.h>

#include <fmt/format.h>

#include <cmath>

namespace llmd::kubernetes {

Export::Export(const DeploymentPlan& planned, const ManifestOptions& chosen)
    : plan(planned)
    , options(chosen)
    , server(plan.name + "-vllm")
    , pool(plan.name)
    , picker(plan.name + "-epp")
    , pickerGlobal(plan.name + "-" + plan.nameSpace + "-epp")
    , pickerToken(plan.name + "-epp-metrics")
    , selector { { "app.kubernetes.io/instance", plan.name },
                 { "llm-d.ai/inference-serving", "true" },
                 { "llm-d.ai/model", plan.modelLabel } }
    , pickerSelector { { "app.kubernetes.io/instance", plan.name },
                       { "app.kubernetes.io/component", "endpoint-picker" } }
{ }

YamlValue labelMap(const Labels& labels)
{
    YamlValue map = YamlValue::map();
    for (const auto& [key, value] : labels)
        map.set(key, value);
    return map;
}

YamlValue matchLabels(const Labels& labels)
{
    return YamlValue::map({ { "matchLabels", labelMap(labels) } });
}

YamlValue object(const Export& context, const std::string& apiVersion, const std::string& kind,
                 const std::string& name, const std::string& component, bool inNamespace)
{
    YamlValue metadata = YamlValue::map({ { "name", name } });
    if (inNamespace)
        metadata.set("namespace", context.plan.nameSpace);
    metadata.set("labels",
                 labelMap({ { "app.kubernetes.io/instance", context.plan.name },
                            { "app.kubernetes.io/component", component },
                            { "app.kubernetes.io/managed-by", generatorName } }));
    YamlValue result = YamlValue::map({ { "apiVersion", apiVersion }, { "kind", kind } });
    result.set("metadata", std::move(metadata));
    return result;
}

std::string quantity(Bytes bytes)
{
    return fmt::format("{:.0f}Gi", std::ceil(inGibibytes(bytes)));
}

std::string literalArgument(std::string text)
{
    for (std::size_t at = text.find("$("); at != std::string::npos; at = text.find("$(", at + 3))
        text.insert(at, "$");
    return text;
}

std::string header(const Export& context, const std::string& what, bool figures)
{
    const auto& plan = context.plan;
    std::string text = fmt::format("{}: {}, {} on {}\n", what, oneLine(plan.model->id, 200),
                                   plan.topology.label(), oneLine(plan.gpu->name));
    if (!plan.title.empty())
        text += fmt::format("Need: {}\n", oneLine(plan.title, 200));
    text += fmt::format("Written by the llm-d planner {} for version row {}: vLLM {}, router {}",
                        productVersion, oneLine(plan.versions->id, 80),
                        toString(plan.versions->vllm), oneLine(plan.versions->routerVersion, 80));
    if (figures) {
        text += "\nPredicted:";
        for (const auto& [name, value] : plan.summary)
            text += fmt::format("\n  {}: {}", oneLine(name, 80), oneLine(value));
    }
    return text;
}

} // namespace llmd::kubernetes
