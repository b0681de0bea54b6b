// SPDX-License-Identifier: Apache-2.0
#include "kubernetesobjects.h"

#include <core/base/text.h>

#include <fmt/format.h>

#include <algorithm>

// Values of the charts llm-d-modelservice (0.4.12 and later) and llm-d-router-{standalone,gateway}. The engine's command and the
// routing sidecar are given in full instead of by the charts' own switches: those changed their flags between versions, and what is
// written here means the same with each.

namespace llmd::kubernetes {

namespace {

/** The chart runs some texts through Helm's templates; this one is data. */
std::string helmLiteral(std::string text)
{
    constexpr std::string_view open = "{{";
    constexpr std::string_view escaped = R"({{"{{"}})";
    for (auto at = text.find(open); at != std::string::npos; at = text.find(open, at)) {
        text.replace(at, open.size(), escaped);
        at += escaped.size();
    }
    return text;
}

YamlValue modelArtifacts(const Export& context)
{
    const auto& plan = context.plan;
    const auto& claim = context.options.modelClaim;
    YamlValue artifacts = YamlValue::map();
    artifacts.set("name", plan.servedName, "clients send exactly this");
    artifacts.set("uri",
                  claim.empty()
                      ? "hf://" + helmLiteral(plan.model->id)
                      : fmt::format("pvc+hf://{}/hub/{}", claim, helmLiteral(plan.model->id)));
    if (!claim.empty())
        artifacts.set("readOnly", false, "the engine downloads into the claim");
    artifacts.set("size", quantity(plan.host.storage), plan.host.storageWhy);
    artifacts.set("mountPath", modelCache);
    artifacts.set("labels", labelMap(context.selector));
    return artifacts;
}

YamlValue engineVariablesForChart(const Export& context, const Server& server)
{
    // The chart sets HF_HOME itself and runs the rest through templates.
    YamlValue list = YamlValue::list();
    const auto all = engineEnvironment(context, server);
    for (const auto& item : std::get<YamlValue::List>(all.variant())) {
        const auto* name = item.find("name");
        const bool home = name && std::get<std::string>(name->variant()) == "HF_HOME";
        const bool cache = name && std::get<std::string>(name->variant()) == "VLLM_CACHE_ROOT";
        if (cache)
            list.append(
                YamlValue::map({ { "name", "VLLM_CACHE_ROOT" }, { "value", "/vllm-home/cache" } }));
        else if (!home)
            list.append(item);
    }
    return list;
}

YamlValue chartMounts(const Server& server)
{
    YamlValue mounts;
    mounts.append(YamlValue::map({ { "name", "vllm-home" }, { "mountPath", "/vllm-home" } }));
    if (server.plan.host.sharedMemory > Bytes(0))
        mounts.append(YamlValue::map({ { "name", "shared-memory" }, { "mountPath", "/dev/shm" } }));
    return mounts;
}

YamlValue chartVolumes(const Server& server)
{
    YamlValue volumes;
    volumes.append(YamlValue::map({ { "name", "vllm-home" }, { "emptyDir", YamlValue::map() } }));
    if (server.plan.host.sharedMemory > Bytes(0)) {
        YamlValue shared = YamlValue::map(
            { { "medium", "Memory" }, { "sizeLimit", quantity(server.plan.host.sharedMemory) } });
        volumes.append(
            YamlValue::map({ { "name", "shared-memory" }, { "emptyDir", std::move(shared) } }));
    }
    return volumes;
}

/** Moves keys of a container that the chart knows no place for under its `extraConfig`. */
YamlValue chartContainer(const Export& context, const Server& server)
{
    const auto whole = engineContainer(context, server, false);
    YamlValue result = YamlValue::map({ { "name", "vllm" } });
    YamlValue extra = YamlValue::map();
    for (const auto& entry : std::get<YamlValue::Map>(whole.variant())) {
        static constexpr std::string_view known[] = { "image", "command", "args", "ports",
                                                      "resources" };
        if (std::ranges::find(known, std::string_view(entry.key)) != std::end(known)) {
            if (entry.key == "command")
                result.set("modelCommand", "custom",
                           "the command below, whatever the chart would add");
            result.set(entry.key, entry.value, entry.comment);
        } else if (entry.key != "name" && entry.key != "env" && entry.key != "volumeMounts") {
            extra.set(entry.key, entry.value, entry.comment);
        }
    }
    result.set("env", engineVariablesForChart(context, server));
    result.set("mountModelVolume", true);
    result.set("volumeMounts", chartMounts(server));
    result.set("extraConfig", std::move(extra));
    return result;
}

YamlValue roleValues(const Export& context, const Server& server)
{
    const auto& plan = server.plan;
    const auto& parallelism = plan.pool.parallelism;
    YamlValue values = YamlValue::map({ { "create", true } });
    values.set(
        "replicas", plan.pool.replicas,
        "the chart writes this number at every upgrade: keep it equal to the autoscaler's minimum");
    if (server.spansNodes() && context.options.autoscaler != Autoscaler::None)
        values.set("autoscaling", YamlValue::map({ { "enabled", true } }));
    values.set("parallelism",
               YamlValue::map({ { "tensor", parallelism.tensor },
                                { "data", parallelism.data },
                                { "dataLocal", plan.dataLocal() },
                                { "workers", plan.pods } }));
    if (!plan.gpuLabelKey.empty())
        values.set(
            "acceleratorTypes",
            YamlValue::map({ { "labelKey", plan.gpuLabelKey },
                             { "labelValues", stringList({ plan.gpu->kubernetesProduct }) } }));
    values.set("terminationGracePeriodSeconds", plan.shutdown.gracePeriod);
    if (!server.spansNodes()) {
        YamlValue rolling = YamlValue::map({ { "maxSurge", 0 }, { "maxUnavailable", 1 } });
        values.set("strategy",
                   YamlValue::map(
                       { { "type", "RollingUpdate" }, { "rollingUpdate", std::move(rolling) } }));
    }
    YamlValue monitor = YamlValue::map({ { "enabled", true },
                                         { "portName", server.engineName() },
                                         { "path", "/metrics" },
                                         { "interval", "15s" } });
    values.set("monitoring", YamlValue::map({ { "podmonitor", std::move(monitor) } }));
    values.set("tolerations", tolerations(context, server));
    if (!context.options.pullSecret.empty()) {
        YamlValue secrets;
        secrets.append(YamlValue::map({ { "name", context.options.pullSecret } }));
        values.set("extraConfig", YamlValue::map({ { "imagePullSecrets", std::move(secrets) } }));
    }
    values.set("volumes", chartVolumes(server));
    if (server.sidecar) {
        YamlValue first;
        first.append(routingSidecar(context));
        values.set("initContainers", std::move(first));
    }
    YamlValue containers;
    containers.append(chartContainer(context, server));
    values.set("containers", std::move(containers));
    return values;
}

YamlValue modelServiceValues(const Export& context)
{
    const bool spans = std::ranges::any_of(context.servers, &Server::spansNodes);
    YamlValue values = YamlValue::map({ { "fullnameOverride", context.plan.name } });
    values.set("multinode", spans, spans ? "LeaderWorkerSets" : "Deployments");
    values.set("modelArtifacts", modelArtifacts(context));
    values.set(
        "accelerator",
        YamlValue::map({ { "type", context.plan.gpu->vendor == GpuVendor::Amd ? "amd" : "nvidia" },
                         { "dra", false } }));
    YamlValue proxy = YamlValue::map();
    proxy.set("enabled", false,
              context.disaggregated()
                  ? "the sidecar is an init container of the decode role instead"
                  : "requests go to the engine itself");
    YamlValue routing = YamlValue::map({ { "servicePort", servingPort } });
    routing.set("proxy", std::move(proxy));
    values.set("routing", std::move(routing));
    if (!context.disaggregated())
        values.set("prefill", YamlValue::map({ { "create", false } }));
    for (const auto& server : context.servers)
        values.set(server.plan.role == ServerRole::Prefill ? "prefill" : "decode",
                   roleValues(context, server));
    return values;
}

/** "v0.10.0" and the rest of the chart's image keys, from "ghcr.io/llm-d/name:tag". */
YamlValue imageValues(const std::string& image)
{
    const auto colon = image.rfind(':');
    const auto slash = image.rfind('/', colon);
    YamlValue values = YamlValue::map();
    if (slash != std::string::npos)
        values.set("registry", image.substr(0, slash));
    const auto from = slash == std::string::npos ? 0 : slash + 1;
    values.set("repository", image.substr(from, colon == std::string::npos ? colon : colon - from));
    if (colon != std::string::npos)
        values.set("tag", image.substr(colon + 1));
    values.set("pullPolicy", "IfNotPresent");
    return values;
}

YamlValue pickerValues(const Export& context)
{
    YamlValue requests = YamlValue::map();
    requests.set("cpu", std::to_string(context.plan.eppCpu), context.plan.eppCpuWhy);
    requests.set("memory", "4Gi");
    YamlValue resources = YamlValue::map({ { "requests", std::move(requests) },
                                           { "limits", YamlValue::map({ { "memory", "8Gi" } }) } });
    YamlValue values = YamlValue::map();
    values.set("replicas", 1, "more do not raise throughput, and each has its own prefix index");
    values.set("image", imageValues(context.plan.versions->eppImage));
    values.set("flags", YamlValue::map({ { "v", 2 } }));
    values.set("resources", std::move(resources));
    values.set("pluginsConfigFile", pickerConfigFile);
    values.set("pluginsCustomConfig",
               YamlValue::map({ { pickerConfigFile,
                                  YamlValue::block(emitYaml(pickerConfigTree(context))) } }));
    return values;
}

YamlValue routerValues(const Export& context)
{
    const auto& options = context.options;
    YamlValue ports;
    ports.append(YamlValue::map({ { "number", servingPort } }));
    YamlValue servers = YamlValue::map({ { "type", "vllm" }, { "protocol", "http" } });
    servers.set("targetPorts", std::move(ports));
    servers.set("matchLabels", labelMap(context.selector));
    YamlValue pool = YamlValue::map({ { "create", true } });
    pool.set("failureMode", "FailOpen", "without the picker requests still reach any server");
    YamlValue auth = YamlValue::map({ { "enabled", true }, { "secretName", context.pickerToken } });
    YamlValue prometheus = YamlValue::map({ { "enabled", true }, { "auth", std::move(auth) } });
    YamlValue monitoring =
        YamlValue::map({ { "interval", "10s" },
                         { "provider", YamlValue::map({ { "name", "prometheusoperator" } }) } });
    monitoring.set("prometheus", std::move(prometheus));
    YamlValue router = YamlValue::map({ { "modelServers", std::move(servers) } });
    router.set("inferencePool", std::move(pool));
    router.set("epp", pickerValues(context));
    router.set("monitoring", std::move(monitoring));
    YamlValue values = YamlValue::map({ { "router", std::move(router) } });
    if (options.gateway.empty())
        return values;
    const auto slash = options.gateway.find('/');
    YamlValue route = YamlValue::map({ { "create", true } });
    route.set("inferenceGatewayName",
              options.gateway.substr(slash == std::string::npos ? 0 : slash + 1));
    if (slash != std::string::npos)
        route.set("inferenceGatewayNamespace", options.gateway.substr(0, slash));
    route.set("requestTimeout", fmt::format("{:.0f}s", context.plan.requestTimeout.value()),
              "above the longest generation that the context length allows");
    const auto& type = options.gatewayClass;
    values.set("provider",
               YamlValue::map({ { "name",
                                  type.starts_with("istio")     ? "istio"
                                      : type.starts_with("gke") ? "gke"
                                                                : "none" } }));
    values.set("httpRoute", std::move(route));
    return values;
}

} // namespace

Files helmFiles(const Export& given)
{
    // The chart calls the servers decode and prefill, aggregated ones as well.
    Export context = given;
    for (auto& server : context.servers)
        server.name = fmt::format("{}-{}", context.plan.name,
                                  server.plan.role == ServerRole::Prefill ? "prefill" : "decode");
    const auto& options = context.options;
    Files files;
    addFile(files, "prerequisites/namespace.yaml", { namespaceObject(context) },
            "Apart from the releases, so that removing those keeps the namespace.");
    if (!options.gatewayClass.empty())
        addFile(files, "prerequisites/gateway.yaml", { gateway(context) },
                "One Gateway serves many models; leave this out if yours exists.");
    addFile(files, "helm/router-values.yaml", { routerValues(context) },
            header(context, "Values of the llm-d router chart"));
    addFile(files, "helm/modelservice-values.yaml", { modelServiceValues(context) },
            header(context, "Values of the llm-d-modelservice chart", true));
    if (options.autoscaler != Autoscaler::None)
        addFile(files, "manifests/60-autoscaling.yaml", autoscalingObjects(context),
                header(context, "Autoscaling", true));
    if (options.autoscaler == Autoscaler::Hpa)
        addFile(files, "optional/prometheus-adapter-values.yaml",
                { prometheusAdapterValues(context) },
                "Values for the prometheus-adapter chart: the metrics that the "
                "HorizontalPodAutoscaler reads.");
    return files;
}

} // namespace llmd::kubernetes
