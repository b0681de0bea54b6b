// SPDX-License-Identifier: Apache-2.0
#include "kubernetesobjects.h"

#include <core/base/text.h>
#include <core/base/version.h>
#include <core/plan/names.h>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace llmd::kubernetes {

namespace {

Labels servingLabels(const DeploymentPlan& plan)
{
    return { { "app.kubernetes.io/instance", plan.name },
             { "llm-d.ai/inference-serving", "true" },
             { "llm-d.ai/model", plan.modelLabel } };
}

/** Aggregated servers carry no role: the pool has no others to tell them from. */
Server makeServer(const DeploymentPlan& plan, const ServerPlan& group)
{
    Server server { group, plan.name + "-vllm", servingLabels(plan), false,
                    group.gpu->kubernetesResource };
    if (group.role != ServerRole::Both) {
        server.name = fmt::format("{}-{}", plan.name, toString(group.role));
        server.selector.emplace_back("llm-d.ai/role", toString(group.role));
        server.sidecar = group.role == ServerRole::Decode;
    }
    return server;
}

} // namespace

Export::Export(const DeploymentPlan& planned, const ManifestOptions& chosen)
    : plan(planned)
    , options(chosen)
    , account(plan.name + "-vllm")
    , pool(plan.name)
    , picker(plan.name + "-epp")
    , pickerGlobal(plan.name + "-" + plan.nameSpace + "-epp")
    , pickerToken(plan.name + "-epp-metrics")
    , selector(servingLabels(plan))
    , pickerSelector { { "app.kubernetes.io/instance", plan.name },
                       { "app.kubernetes.io/component", "endpoint-picker" } }
{
    for (const auto* group : plan.servers())
        servers.push_back(makeServer(plan, *group));
}

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

YamlValue stringList(const std::vector<std::string>& texts)
{
    YamlValue list = YamlValue::list();
    for (const auto& text : texts)
        list.append(text);
    return list;
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

std::string shellWord(const std::string& text)
{
    const bool plain = !text.empty() && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
            || std::string_view("_-./=:,@%+").find(c) != std::string_view::npos;
    });
    if (plain)
        return text;
    std::string quoted = "'";
    for (const char c : text)
        quoted += c == '\'' ? std::string(R"('\'')") : std::string(1, c);
    return quoted + "'";
}

void addFile(Files& files, std::string path, const std::vector<YamlValue>& documents,
             const std::string& comment)
{
    files.push_back({ std::move(path), emitYamlDocuments(documents, comment) });
}

YamlValue namespaceObject(const Export& context)
{
    YamlValue space = YamlValue::map({ { "apiVersion", "v1" }, { "kind", "Namespace" } });
    space.set("metadata", YamlValue::map({ { "name", context.plan.nameSpace } }));
    return space;
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
    if (!plan.unfit.empty())
        text += "\nDOES NOT FIT, written on request: " + oneLine(plan.unfit);
    if (figures) {
        text += "\nPredicted:";
        for (const auto& [name, value] : plan.summary)
            text += fmt::format("\n  {}: {}", oneLine(name, 80), oneLine(value));
    }
    return text;
}

} // namespace llmd::kubernetes
