// SPDX-License-Identifier: Apache-2.0
#include "applysteps.h"
#include "kubernetesobjects.h"

#include <core/base/version.h>
#include <core/plan/names.h>

#include <fmt/format.h>

#include <algorithm>

namespace llmd::kubernetes {

namespace {

std::string introduction(const Export& context)
{
    const auto& plan = context.plan;
    auto text = fmt::format(
        "# Applying this export\n\n{} on {} x {} ({}), vLLM {}, llm-d router {}.\n",
        markdown::code(plan.model->id), plan.topology.gpus(), markdown::plainText(plan.gpu->name),
        plan.topology.label(), toString(plan.versions->vllm),
        markdown::plainText(plan.versions->routerVersion));
    text += fmt::format("Written by the llm-d planner {} for version row {}.\n", productVersion,
                        markdown::plainText(plan.versions->id));
    if (!plan.title.empty())
        text += fmt::format("\nNeed: {}\n", markdown::plainText(plan.title));
    text += "\n| predicted at the peak | |\n|---|---|\n";
    for (const auto& [name, value] : plan.summary)
        text += fmt::format("| {} | {} |\n", markdown::plainText(name), markdown::plainText(value));
    if (!plan.unfit.empty())
        text += fmt::format("\n**This plan does not fit and was written on request.** {}\n",
                            markdown::plainText(plan.unfit));
    if (!plan.warnings.empty()) {
        text += "\n## Read this first\n\n";
        for (const auto& warning : plan.warnings)
            text += fmt::format("- {}\n", markdown::plainText(warning));
    }
    return text;
}

/** The file in which a reader finds the pods. */
std::string serverFile(const Export& context)
{
    const auto& target = context.options.target;
    if (target == "helm")
        return "helm/modelservice-values.yaml";
    if (target == "kserve")
        return "manifests/llm-inference-service.yaml";
    if (target == "ray")
        return "manifests/rayservice.yaml";
    if (target == "dynamo")
        return "manifests/dynamo-graph.yaml";
    return target == "kustomize" ? "base/10-model-server.yaml" : "manifests/10-model-server.yaml";
}

std::string edits(const Export& context)
{
    const auto& plan = context.plan;
    std::string text = "\n## What you may have to edit\n\n";
    const auto file = markdown::code(serverFile(context));
    if (!plan.gpuLabelKey.empty())
        text +=
            fmt::format("- Node affinity {} = {} in {}: compare with `kubectl get nodes -L {}`.\n",
                        markdown::code(plan.gpuLabelKey),
                        markdown::code(plan.gpu->kubernetesProduct), file, plan.gpuLabelKey);
    text += fmt::format("- Images in {}: your registry mirror, pull secrets.\n", file);
    if (context.options.modelClaim.empty())
        text += "- `model-cache` is a local volume of each pod, so every start downloads the "
                "model. Export with the "
                "name of a PersistentVolumeClaim that holds it to shorten the cold start.\n";
    else
        text +=
            fmt::format("- The PersistentVolumeClaim {} must be mountable by all pods at once "
                        "(ReadWriteMany) and have room for {}.\n",
                        markdown::code(context.options.modelClaim), quantity(plan.host.storage));
    text += "- Checkpoints with their own code need `--trust-remote-code`; tool calls and "
            "reasoning need the parser flags of the model's page.\n";
    for (const auto& server : context.servers) {
        if (usesRdma(context, server)) {
            text +=
                fmt::format("- The RDMA resource {}: its name is that of your device plugin; "
                            "networks with several interfaces need an annotation of their own.\n",
                            markdown::code(context.options.rdmaResource));
            break;
        }
    }
    if (std::ranges::any_of(context.servers, &Server::spansNodes))
        text += "- Replicas span nodes: where pods have several network interfaces, set "
                "`NCCL_SOCKET_IFNAME` and "
                "`GLOO_SOCKET_IFNAME`.\n";
    if (context.options.autoscaler != Autoscaler::None && context.options.target != "dynamo")
        text += fmt::format(
            "- Replicas {} to {} ({}). Only one autoscaler may act on the same servers.\n",
            plan.autoscaling.minReplicas, plan.autoscaling.maxReplicas,
            markdown::plainText(plan.autoscaling.maxReplicasWhy));
    return text;
}

std::string argumentTable(const Server& server)
{
    const bool role = server.plan.role != ServerRole::Both;
    std::string text =
        fmt::format("\n## Why these engine arguments{}\n\n| argument | why |\n|---|---|\n",
                    role ? fmt::format(": {}", toString(server.plan.role)) : "");
    for (const auto& argument : server.plan.arguments)
        text += fmt::format("| {} | {} |\n", markdown::code(argument.text()),
                            markdown::plainText(argument.why));
    return text;
}

} // namespace

std::string applyGuide(const Export& context, const std::vector<ManifestFile>& files)
{
    auto text = introduction(context) + clusterNeeds(context) + applySteps(context);
    if (context.options.target != "commands")
        text += edits(context);
    for (const auto& server : context.servers)
        text += argumentTable(server);
    text += "\n## Files\n\n";
    for (const auto& file : files)
        text += fmt::format("- `{}`\n", file.path);
    text +=
        "- `planner.json`: this plan for programs; `llmd export planner.json --target …` writes it "
        "for another target\n";
    return text;
}

} // namespace llmd::kubernetes
