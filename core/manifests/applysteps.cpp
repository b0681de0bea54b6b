// SPDX-License-Identifier: Apache-2.0
#include "applysteps.h"

#include <core/base/text.h>
#include <core/plan/names.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace llmd::kubernetes {

using markdown::code;
using markdown::plainText;

namespace markdown {

std::string code(std::string_view text)
{
    auto line = oneLine(text);
    std::ranges::replace(line, '`', '\'');
    return "`" + line + "`";
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

} // namespace markdown

namespace {

bool isTarget(const Export& context, std::string_view id)
{
    return context.options.target == id;
}

bool usesPickerObjects(const Export& context)
{
    return isTarget(context, "kubernetes") || isTarget(context, "kustomize")
        || isTarget(context, "helm");
}

std::string release(const std::string& version)
{
    return version.empty() ? std::string() : fmt::format(" {}", plainText(version));
}

std::string nodesNeeded(const Export& context)
{
    std::string text;
    for (const auto& server : context.servers) {
        const auto& plan = server.plan;
        const bool amd = plan.gpu->vendor == GpuVendor::Amd;
        const auto who = plan.role == ServerRole::Both
            ? std::string("replica")
            : fmt::format("{} server", toString(plan.role));
        text += fmt::format("- Nodes with at least {} free {} each, {} of memory and {} of local "
                            "disk per {}{}, and the "
                            "device plugin that offers {}{}.\n",
                            plan.gpusPerPod(), plainText(plan.gpu->name),
                            quantity(plan.host.memory), quantity(plan.host.storage), who,
                            plan.pods > 1 ? fmt::format(" on each of its {} nodes", plan.pods) : "",
                            code(plan.gpu->kubernetesResource),
                            amd ? " with its node labeller" : " with GPU feature discovery");
    }
    return text;
}

std::string nodeGroupsNeeded(const Export& context)
{
    std::string text;
    const auto& versions = *context.plan.versions;
    const bool spans = std::ranges::any_of(context.servers, &Server::spansNodes);
    if (spans && usesPickerObjects(context))
        text += fmt::format("- LeaderWorkerSet{}.\n", release(versions.leaderWorkerSet));
    for (const auto& server : context.servers) {
        const auto& gpu = *server.plan.gpu;
        if (server.spansNodes() && gpu.scaleUpDomain > gpu.gpusPerNode
            && gpu.vendor == GpuVendor::Nvidia) {
            text += "- NVIDIA's DRA driver: a ComputeDomain lets the pods of one replica use "
                    "NVLink between nodes. "
                    "Kubernetes 1.33 or newer for the affinity that keeps them in one domain.\n";
            break;
        }
    }
    if (context.disaggregated() && usesPickerObjects(context))
        text += "- Kubernetes 1.29 or newer, for the routing sidecar as a native sidecar.\n";
    return text;
}

std::string routerNeeded(const Export& context)
{
    const auto& versions = *context.plan.versions;
    std::string text = fmt::format(
        "- The CRD `InferencePool` (`inference.networking.k8s.io/v1`) of the Gateway API "
        "Inference Extension{}, and `InferenceObjective` and `InferenceModelRewrite` "
        "(`llm-d.ai/v1alpha2`) of the llm-d router{}.\n"
        "- The Prometheus operator (`PodMonitor`, `ServiceMonitor`). If it selects monitors by "
        "a label, add that label to the monitors.\n",
        release(versions.inferenceExtension), release(versions.routerVersion));
    const auto& options = context.options;
    if (options.autoscaler == Autoscaler::Keda || options.autoscaler == Autoscaler::Wva)
        text += fmt::format("- KEDA 2, and Prometheus at {}.\n", code(options.prometheusUrl));
    if (options.autoscaler == Autoscaler::Wva)
        text += "- The Workload Variant Autoscaler 0.5 with its CRD `VariantAutoscaling`. It is no "
                "longer "
                "developed; KEDA on the endpoint picker's metrics takes its place.\n";
    if (options.autoscaler == Autoscaler::Hpa)
        text +=
            "- prometheus-adapter with the rules of `optional/prometheus-adapter-values.yaml`.\n";
    if (options.gateway.empty() && !isTarget(context, "helm"))
        text += "- A Gateway with an HTTPRoute to the InferencePool, or requests will not pass the "
                "endpoint picker. Export with the name of your Gateway to get that route.\n";
    if (!options.gateway.empty())
        text += fmt::format(
            "- The Gateway {}{}. If its class is Istio{}.\n", code(options.gateway),
            options.gatewayClass.empty()
                ? std::string()
                : fmt::format(" (`prerequisites/gateway.yaml` makes it, with Gateway API{})",
                              release(versions.gatewayApi)),
            isTarget(context, "helm") ? ", the chart adds what it needs"
                                      : ", apply `optional/istio-destination-rule.yaml` too: the "
                                        "picker serves TLS with a "
                                        "certificate of its own");
    return text;
}

std::string platformNeeded(const Export& context)
{
    const auto& versions = *context.plan.versions;
    if (isTarget(context, "kserve"))
        return fmt::format("- KServe{} with its LLMInferenceService controller and what that asks "
                           "for: Gateway API, the "
                           "Inference Extension, LeaderWorkerSet for several nodes{}.\n"
                           "- For models that need an accepted licence: the token in the service "
                           "account that KServe's "
                           "storage initializer uses.\n",
                           release(versions.kserve),
                           context.options.autoscaler == Autoscaler::None
                               ? ""
                               : ", the Workload Variant Autoscaler and KEDA or an HPA adapter, by "
                                 "way of which it scales");
    if (isTarget(context, "ray"))
        return fmt::format("- The KubeRay operator. The image holds Ray {} with vLLM {}, whatever "
                           "the version row's own "
                           "vLLM is.\n",
                           plainText(versions.ray.version), toString(versions.ray.vllm));
    if (isTarget(context, "dynamo"))
        return fmt::format(
            "- The Dynamo platform {} (operator, etcd and NATS, and Grove or LeaderWorkerSet for "
            "several "
            "nodes). The image holds vLLM {}, whatever the version row's own vLLM is.\n"
            "- The number of replicas is fixed: Dynamo scales with its own planner.\n",
            plainText(versions.dynamo.version), toString(versions.dynamo.vllm));
    return {};
}

std::string tokenStep(const Export& context)
{
    return "# Only for models that need an accepted licence; the token never is in these files.\n"
        + fmt::format(
               "kubectl -n {} create secret generic {} --from-literal=HF_TOKEN=\"$HF_TOKEN\"\n",
               context.plan.nameSpace, context.options.tokenSecret);
}

std::string beforeSteps(const Export& context)
{
    std::string text = "kubectl apply -f prerequisites/namespace.yaml\n" + tokenStep(context);
    if (!context.options.gatewayClass.empty()
        && (usesPickerObjects(context) || isTarget(context, "kserve")))
        text += "kubectl apply -f prerequisites/gateway.yaml\n";
    return text;
}

std::string testRequest(const Export& context)
{
    const nlohmann::ordered_json request = { { "model", context.plan.servedName },
                                             { "prompt", "Hello" },
                                             { "max_tokens", 16 } };
    const auto body = request.dump(-1, ' ', true, nlohmann::json::error_handler_t::replace);
    return fmt::format(
        "curl -s http://localhost:8000/v1/completions -H 'Content-Type: application/json' -d {}\n",
        shellWord(body));
}

int waitSeconds(const Export& context)
{
    return startBudget(context.answering());
}

std::string rollout(const Export& context)
{
    std::string text;
    for (const auto& server : context.servers) {
        if (server.spansNodes())
            text += fmt::format(
                "kubectl -n {} wait --for=condition=Available leaderworkerset/{} --timeout={}s\n",
                context.plan.nameSpace, server.name, waitSeconds(context));
        else
            text += fmt::format("kubectl -n {} rollout status deployment/{} --timeout={}s\n",
                                context.plan.nameSpace, server.name, waitSeconds(context));
    }
    return text;
}

std::string forward(const Export& context, const std::string& service)
{
    return fmt::format("kubectl -n {} port-forward service/{} 8000:{} &\n", context.plan.nameSpace,
                       service, servingPort)
        + testRequest(context);
}

std::string objectSteps(const Export& context)
{
    const bool kustomize = isTarget(context, "kustomize");
    const auto* apply = kustomize ? "-k overlays/site" : "-f manifests/";
    return beforeSteps(context) + fmt::format("kubectl apply {}\n", apply) + rollout(context)
        + forward(context, context.answering().name) + "```\n\n"
        + fmt::format("`kubectl delete {}` removes everything again except the namespace, which "
                      "may hold other things, and the token.\n",
                      apply);
}

std::string helmSteps(const Export& context)
{
    const auto& plan = context.plan;
    const auto& options = context.options;
    const auto* router =
        options.gateway.empty() ? "llm-d-router-standalone" : "llm-d-router-gateway";
    auto text = beforeSteps(context);
    text +=
        fmt::format("helm upgrade -i {0} oci://ghcr.io/llm-d/charts/{1} --version {2} -n {3} -f "
                    "helm/router-values.yaml\n",
                    plan.name, router, shellWord(plan.versions->routerVersion), plan.nameSpace);
    text +=
        "helm repo add llm-d-modelservice https://llm-d-incubation.github.io/llm-d-modelservice/\n";
    const auto& chart = plan.versions->modelserviceChart;
    text +=
        fmt::format("helm upgrade -i {0}-ms llm-d-modelservice/llm-d-modelservice {1}-n {2} -f "
                    "helm/modelservice-values.yaml\n",
                    plan.name, chart.empty() ? "" : fmt::format("--version {} ", shellWord(chart)),
                    plan.nameSpace);
    if (options.autoscaler != Autoscaler::None)
        text += "kubectl apply -f manifests/\n";
    text += "```\n\n";
    text += fmt::format("The release {} must keep its name: it is that of the InferencePool. "
                        "`helm uninstall {} {}-ms -n {}` removes both again.\n",
                        code(plan.name), plan.name, plan.name, plan.nameSpace);
    return text;
}

std::string platformSteps(const Export& context)
{
    const auto& plan = context.plan;
    auto text = beforeSteps(context) + "kubectl apply -f manifests/\n";
    if (isTarget(context, "kserve"))
        text += fmt::format(
            "kubectl -n {} wait --for=condition=Ready llminferenceservice/{} --timeout={}s\n",
            plan.nameSpace, plan.name, waitSeconds(context));
    if (isTarget(context, "ray"))
        text +=
            fmt::format("kubectl -n {} wait --for=condition=Ready rayservice/{} --timeout={}s\n",
                        plan.nameSpace, plan.name, waitSeconds(context))
            + forward(context, plan.name + "-serve-svc");
    if (isTarget(context, "dynamo"))
        text += fmt::format("kubectl -n {} get dynamographdeployments\n", plan.nameSpace)
            + forward(context, kubernetesName(plan.name, 36) + "-frontend");
    text += "```\n\n`kubectl delete -f manifests/` removes the service again.\n";
    if (isTarget(context, "kserve") && !context.disaggregated())
        text += "`optional/plain-inference-service.yaml` is the same model as a plain "
                "InferenceService; "
                "apply one of the two.\n";
    return text;
}

std::string commandSteps(const Export& context)
{
    std::string text;
    if (context.disaggregated()) {
        text += "HOST_ADDRESS=10.0.0.1 sh prefill.sh      # on each machine that computes prompts\n"
                "HOST_ADDRESS=10.0.0.2 sh decode.sh       # on each machine that decodes\n"
                "sh sidecar.sh                            # beside each decode.sh\n";
        text += "# The header names the prefill server; the llm-d endpoint picker sets it on "
                "Kubernetes.\n";
        text +=
            "curl -s http://localhost:8000/v1/models -H 'x-prefiller-host-port: 10.0.0.1:8000'\n";
    } else if (context.answering().spansNodes()) {
        text += fmt::format(
            "LEADER=10.0.0.1 NODE_RANK=0 sh serve.sh   # and with 1 to {} on the other machines\n",
            context.answering().plan.pods - 1);
        text += testRequest(context);
    } else {
        text += "sh serve.sh                # REPLICA=1 sh serve.sh starts a second one on the "
                "next GPUs and port\n";
        text += testRequest(context);
    }
    text += "sh benchmark.sh            # repeats the planned load\n```\n\n";
    text += fmt::format(
        "Install vLLM {} first, or run the scripts inside {}. Put a load balancer before several "
        "replicas; without the endpoint picker they share no knowledge of prefixes.\n",
        toString(context.plan.versions->vllm), code(context.plan.engineImage));
    return text;
}

} // namespace

std::string clusterNeeds(const Export& context)
{
    if (isTarget(context, "commands"))
        return {};
    std::string text =
        "\n## The cluster needs\n\n" + nodesNeeded(context) + nodeGroupsNeeded(context);
    text += usesPickerObjects(context) ? routerNeeded(context) : platformNeeded(context);
    return text;
}

std::string applySteps(const Export& context)
{
    std::string text = "\n## Steps\n\n```sh\n";
    if (isTarget(context, "commands"))
        text += commandSteps(context);
    else if (isTarget(context, "helm"))
        text += helmSteps(context);
    else
        text += usesPickerObjects(context) ? objectSteps(context) : platformSteps(context);
    const auto& scaling = context.plan.autoscaling;
    text += fmt::format("\nThe first start takes about {:.0f} s: {}.\n",
                        std::ceil(scaling.coldStart.value()), scaling.coldStartWhy);
    if (!isTarget(context, "commands") && context.plan.load.rate.value() > 0)
        text += "\n`benchmark/` holds jobs that repeat the planned load once everything runs; "
                "compare with the "
                "figures above: `kubectl apply -f benchmark/guidellm-job.yaml`.\n";
    return text;
}

} // namespace llmd::kubernetes
