// SPDX-License-Identifier: Apache-2.0
#include "kubernetesobjects.h"

#include <core/base/text.h>
#include <core/base/version.h>
#include <core/plan/names.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cmath>

namespace llmd::kubernetes {

namespace {

/** Any text inside a code span: one line, no backtick that would end the span. */
std::string code(std::string_view text)
{
    auto line = oneLine(text);
    for (auto& c : line) {
        if (c == '`')
            c = '\'';
    }
    return "`" + line + "`";
}

/** Any text as one word of a POSIX shell. */
std::string shellWord(const std::string& text)
{
    std::string quoted = "'";
    for (const char c : text)
        quoted += c == '\'' ? std::string(R"('\'')") : std::string(1, c);
    return quoted + "'";
}

std::string plainText(std::string_view text)
{
    std::string result;
    for (const char c : oneLine(text)) {
        if (std::string_view(R"(\`*_{}[]<>#|!)").find(c) != std::string_view::npos)
            result += '\\';
        result += c;
    }
    return result;
}

std::string introduction(const Export& context)
{
    const auto& plan = context.plan;
    auto text =
        fmt::format("# Applying this export\n\n{} on {} x {} ({}), vLLM {}, llm-d router {}.\n",
                    code(plan.model->id), plan.topology.gpus(), plainText(plan.gpu->name),
                    plan.topology.label(), toString(plan.versions->vllm),
                    plainText(plan.versions->routerVersion));
    text += fmt::format("Written by the llm-d planner {} for version row {}.\n", productVersion,
                        plainText(plan.versions->id));
    if (!plan.title.empty())
        text += fmt::format("\nNeed: {}\n", plainText(plan.title));
    text += "\n| predicted at the peak | |\n|---|---|\n";
    for (const auto& [name, value] : plan.summary)
        text += fmt::format("| {} | {} |\n", plainText(name), plainText(value));
    if (!plan.warnings.empty()) {
        text += "\n## Read this first\n\n";
        for (const auto& warning : plan.warnings)
            text += fmt::format("- {}\n", plainText(warning));
    }
    return text;
}

std::string prerequisites(const Export& context)
{
    const auto& plan = context.plan;
    const bool amd = plan.gpu->vendor == GpuVendor::Amd;
    std::string text = "\n## The cluster needs\n\n";
    text += fmt::format("- Nodes with at least {} free {} each, {} of memory and {} of local disk "
                        "per replica, and the "
                        "device plugin that offers {}{}.\n",
                        plan.topology.pool.parallelism.gpus(), plainText(plan.gpu->name),
                        quantity(plan.host.memory), quantity(plan.host.storage),
                        code(plan.gpu->kubernetesResource),
                        amd ? " with its node labeller" : " with GPU feature discovery");
    text += "- The CRD `InferencePool` (`inference.networking.k8s.io/v1`) of the Gateway API "
            "Inference Extension, and "
            "`InferenceObjective` and `InferenceModelRewrite` (`llm-d.ai/v1alpha2`) of the llm-d "
            "router.\n"
            "- The Prometheus operator (`PodMonitor`, `ServiceMonitor`). If it selects monitors by "
            "a label, add that "
            "label to the objects in `manifests/50-monitoring.yaml`.\n";
    if (context.options.autoscaler == Autoscaler::Keda)
        text +=
            fmt::format("- KEDA 2, and Prometheus at {}.\n", code(context.options.prometheusUrl));
    if (context.options.autoscaler == Autoscaler::Hpa)
        text +=
            "- prometheus-adapter with the rules of `optional/prometheus-adapter-values.yaml`.\n";
    if (context.options.gateway.empty())
        text += "- A Gateway with an HTTPRoute to the InferencePool, or requests will not pass the "
                "endpoint picker. "
                "Export with the name of your Gateway to get that route.\n";
    else
        text += fmt::format(
            "- The Gateway {}. If its class is Istio, apply `optional/istio-destination-rule.yaml` "
            "too: the picker serves TLS with a certificate of its own.\n",
            code(context.options.gateway));
    return text;
}

std::string steps(const Export& context)
{
    const auto& plan = context.plan;
    const double wait = std::max(600.0, 3 * plan.autoscaling.coldStart.value());
    const nlohmann::ordered_json request = { { "model", plan.servedName },
                                             { "prompt", "Hello" },
                                             { "max_tokens", 16 } };
    const auto body = request.dump(-1, ' ', true, nlohmann::json::error_handler_t::replace);
    std::string text = "\n## Steps\n\n```sh\n";
    text += "kubectl apply -f prerequisites/namespace.yaml\n";
    text += "# Only for models that need an accepted licence; the token never is in these files.\n";
    text += fmt::format(
        "kubectl -n {} create secret generic {} --from-literal=HF_TOKEN=\"$HF_TOKEN\"\n",
        plan.nameSpace, context.options.tokenSecret);
    text += "kubectl apply -f manifests/\n";
    text += fmt::format("kubectl -n {} rollout status deployment/{} --timeout={:.0f}s\n",
                        plan.nameSpace, context.server, std::ceil(wait));
    text += fmt::format("kubectl -n {} port-forward service/{} 8000:{} &\n", plan.nameSpace,
                        context.server, enginePort);
    text += fmt::format(
        "curl -s http://localhost:8000/v1/completions -H 'Content-Type: application/json' -d {}\n",
        shellWord(body));
    text += "```\n\n";
    text +=
        fmt::format("The first start takes about {:.0f} s: {}.\n",
                    std::ceil(plan.autoscaling.coldStart.value()), plan.autoscaling.coldStartWhy);
    text += "`kubectl delete -f manifests/` removes everything again except the namespace, which "
            "may hold other "
            "things, and the token.\n";
    return text;
}

std::string edits(const Export& context)
{
    const auto& plan = context.plan;
    std::string text = "\n## What you may have to edit\n\n";
    if (!plan.gpuLabelKey.empty())
        text += fmt::format(
            "- Node affinity {} = {} in `manifests/10-model-server.yaml`: compare with "
            "`kubectl get nodes -L {}`.\n",
            code(plan.gpuLabelKey), code(plan.gpu->kubernetesProduct), plan.gpuLabelKey);
    text +=
        fmt::format("- Image {}: your registry mirror, pull secrets.\n", code(plan.engineImage));
    text += "- `model-cache` is a local volume of each pod, so every start downloads the model. A "
            "PersistentVolumeClaim "
            "that holds it shortens the cold start.\n"
            "- Checkpoints with their own code need `--trust-remote-code`; tool calls and "
            "reasoning need the parser "
            "flags of the model's page.\n";
    if (context.options.autoscaler != Autoscaler::None)
        text += fmt::format("- Replicas {} to {} ({}) in `manifests/60-autoscaling.yaml`. Only one "
                            "autoscaler may act "
                            "on the Deployment.\n",
                            plan.autoscaling.minReplicas, plan.autoscaling.maxReplicas,
                            plainText(plan.autoscaling.maxReplicasWhy));
    return text;
}

} // namespace

std::string applyGuide(const Export& context, const std::vector<ManifestFile>& files)
{
    auto text = introduction(context) + prerequisites(context) + steps(context) + edits(context);
    text += "\n## Why these engine arguments\n\n| argument | why |\n|---|---|\n";
    for (const auto& argument : context.plan.arguments)
        text += fmt::format("| {} | {} |\n", code(argument.text()), plainText(argument.why));
    text += "\n## Files\n\n";
    for (const auto& file : files)
        text += fmt::format("- `{}`\n", file.path);
    text += "- `planner.json`: this plan for programs\n";
    return text;
}

} // namespace llmd::kubernetes
