// SPDX-License-Identifier: Apache-2.0
#include "kubernetesobjects.h"

#include <core/base/text.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace llmd::kubernetes {

namespace {

constexpr int unhealthySeconds =
    1800; ///< a shorter one starts new clusters while weights still load
constexpr int cpusPerBundle = 2;

/** Ray's constant for a GPU; without one the placement follows the worker group alone. */
const char* acceleratorType(const Gpu& gpu)
{
    static constexpr std::array<std::pair<std::string_view, const char*>, 13> known { {
        { "t4", "T4" },
        { "l4", "L4" },
        { "l40s", "L40S" },
        { "a10g", "A10G" },
        { "a100_40_pcie", "A100-40G" },
        { "a100_40_sxm", "A100-40G" },
        { "a100_80_pcie", "A100-80G" },
        { "a100_80_sxm", "A100-80G" },
        { "h100_pcie", "H100" },
        { "h100_sxm", "H100" },
        { "h100_nvl", "H100" },
        { "h200_sxm", "H200" },
        { "b200_sxm", "B200" },
    } };
    const auto it =
        std::ranges::find(known, std::string_view(gpu.id), [](const auto& e) { return e.first; });
    return it == known.end() ? nullptr : it->second;
}

YamlValue fromJson(const nlohmann::ordered_json& json)
{
    if (json.is_object()) {
        YamlValue map = YamlValue::map();
        for (const auto& [key, value] : json.items())
            map.set(key, fromJson(value));
        return map;
    }
    if (json.is_array()) {
        YamlValue list = YamlValue::list();
        for (const auto& item : json)
            list.append(fromJson(item));
        return list;
    }
    if (json.is_boolean())
        return json.get<bool>();
    if (json.is_number_integer())
        return json.get<std::int64_t>();
    if (json.is_number())
        return json.get<double>();
    return json.is_string() ? YamlValue(json.get<std::string>()) : YamlValue();
}

/** "--max-num-seqs" as the engine's own parameter "max_num_seqs". */
std::string parameterName(std::string_view flag)
{
    std::string name(flag.substr(std::min<std::size_t>(2, flag.size())));
    std::ranges::replace(name, '-', '_');
    return name;
}

YamlValue parameterValue(const std::string& text)
{
    if (text.empty())
        return true;
    if (const auto integer = parseInteger(text))
        return static_cast<std::int64_t>(*integer);
    if (const auto number = parseNumber(text))
        return *number;
    if (text.front() == '{' || text.front() == '[') {
        const auto json = nlohmann::ordered_json::parse(text, nullptr, false);
        if (!json.is_discarded())
            return fromJson(json);
    }
    return text;
}

YamlValue engineParameters(const Export& context, const Server& server)
{
    // Of the server around the engine, or given by Ray itself.
    static constexpr std::string_view foreign[] = { "--shutdown-timeout",
                                                    "--data-parallel-size-local" };
    YamlValue values = YamlValue::map();
    YamlValue words = YamlValue::list();
    std::string several;
    for (const auto& argument : server.plan.arguments) {
        const bool given =
            std::ranges::find(foreign, std::string_view(argument.flag)) != std::end(foreign);
        if (given || !engineHasFlag(argument.flag, context.plan.versions->ray.vllm))
            continue;
        if (!argument.flag.starts_with("--")) {
            words.append(argument.flag); // of a flag with several words, which stands before them
            values.set(several, words);
            continue;
        }
        several = parameterName(argument.flag);
        words = YamlValue::list();
        constexpr std::string_view negated = "--no-";
        if (argument.flag.starts_with(negated))
            values.set(parameterName("--" + argument.flag.substr(negated.size())), false,
                       argument.why);
        else
            values.set(parameterName(argument.flag), parameterValue(argument.value), argument.why);
    }
    return values;
}

bool spreadsAttention(const Server& server)
{
    return server.plan.pool.parallelism.data > 1;
}

YamlValue placement(const Server& server)
{
    const auto& sizes = server.plan.pool.parallelism;
    YamlValue bundles;
    for (int i = 0; i < sizes.tensor * sizes.pipeline; ++i)
        bundles.append(YamlValue::map({ { "GPU", 1 }, { "CPU", cpusPerBundle } }));
    YamlValue result = YamlValue::map();
    const bool onePod = sizes.tensor * sizes.pipeline <= server.plan.gpusPerPod();
    result.set("strategy", onePod ? "STRICT_PACK" : "PACK",
               onePod ? "all ranks in one pod" : "ranks fill one pod after the other");
    result.set("bundles", std::move(bundles));
    return result;
}

YamlValue deploymentConfig(const Export& context, const Server& server)
{
    const auto& plan = server.plan;
    const auto& scaling = plan.autoscaling;
    YamlValue config = YamlValue::map();
    config.set("max_ongoing_requests", plan.engine.maxNumSeqs, "= max_num_seqs");
    config.set("health_check_period_s", 10);
    config.set("health_check_timeout_s", 30);
    config.set("graceful_shutdown_timeout_s", plan.shutdown.drain > 0 ? plan.shutdown.drain : 60);
    if (context.options.autoscaler == Autoscaler::None || spreadsAttention(server)) {
        config.set("num_replicas", plan.pool.replicas,
                   spreadsAttention(server) ? "groups of attention replicas have a fixed number"
                                            : "");
        return config;
    }
    YamlValue automatic = YamlValue::map();
    automatic.set("min_replicas", scaling.minReplicas, scaling.minReplicasWhy);
    automatic.set("initial_replicas", scaling.minReplicas);
    automatic.set("max_replicas", scaling.maxReplicas, scaling.maxReplicasWhy);
    automatic.set("target_ongoing_requests",
                  static_cast<int>(std::max(1.0, std::floor(scaling.targetRunningPerReplica))),
                  "sequences per replica at the planned operating point");
    automatic.set("upscale_delay_s", 30);
    automatic.set("downscale_delay_s",
                  static_cast<int>(std::ceil(scaling.scaleDownPeriod.value())));
    config.set("autoscaling_config", std::move(automatic));
    return config;
}

YamlValue modelConfig(const Export& context, const Server& server)
{
    YamlValue config = YamlValue::map();
    config.set("model_loading_config",
               YamlValue::map({ { "model_id", context.plan.servedName },
                                { "model_source", context.plan.model->id } }));
    if (const auto* type = acceleratorType(*server.plan.gpu))
        config.set("accelerator_type", type);
    config.set("engine_kwargs", engineParameters(context, server));
    config.set("placement_group_config", placement(server));
    config.set("deployment_config", deploymentConfig(context, server));
    return config;
}

std::string serveConfig(const Export& context)
{
    const auto& server = context.answering();
    YamlValue arguments = YamlValue::map();
    std::string builder = "build_openai_app";
    if (context.disaggregated()) {
        builder = "build_pd_openai_app";
        arguments.set("prefill_config", modelConfig(context, context.servers.front()));
        arguments.set("decode_config", modelConfig(context, server));
    } else if (spreadsAttention(server)) {
        builder = "build_dp_openai_app";
        arguments.set("llm_config", modelConfig(context, server));
    } else {
        YamlValue configs;
        configs.append(modelConfig(context, server));
        arguments.set("llm_configs", std::move(configs));
    }
    YamlValue application =
        YamlValue::map({ { "name", context.plan.name }, { "route_prefix", "/" } });
    application.set("import_path", "ray.serve.llm:" + builder);
    application.set("args", std::move(arguments));
    YamlValue applications;
    applications.append(std::move(application));
    YamlValue config = YamlValue::map({ { "proxy_location", "EveryNode" } });
    config.set("http_options", YamlValue::map({ { "host", "0.0.0.0" }, { "port", servingPort } }));
    config.set("applications", std::move(applications));
    return emitYaml(config);
}

YamlValue headGroup(const Export& context)
{
    YamlValue ports;
    const auto port = [&](const char* name, int number) {
        ports.append(YamlValue::map({ { "containerPort", number }, { "name", name } }));
    };
    port("gcs", 6379);
    port("dashboard", 8265);
    port("client", 10001);
    port("serve", servingPort);
    port("metrics", 8080);
    const YamlValue amounts = YamlValue::map({ { "cpu", "4" }, { "memory", "16Gi" } });
    YamlValue container = YamlValue::map({ { "name", "ray-head" } });
    container.set("image", context.plan.versions->ray.image);
    container.set("ports", std::move(ports));
    container.set("resources", YamlValue::map({ { "limits", amounts }, { "requests", amounts } }));
    YamlValue containers;
    containers.append(std::move(container));
    YamlValue pod = YamlValue::map({ { "containers", std::move(containers) } });
    YamlValue group = YamlValue::map();
    YamlValue start = YamlValue::map({ { "num-cpus", "0" }, { "num-gpus", "0" } });
    start.setHeadComment("The head only directs; models run on the workers.");
    group.set("rayStartParams", std::move(start));
    group.set("template", YamlValue::map({ { "spec", std::move(pod) } }));
    return group;
}

YamlValue workerPod(const Export& context, const Server& server)
{
    YamlValue container = YamlValue::map({ { "name", "ray-worker" } });
    container.set("image", context.plan.versions->ray.image);
    container.set("env", engineEnvironment(context, server));
    container.set("resources", engineResources(context, server));
    container.set("volumeMounts", engineMounts(server));
    YamlValue containers;
    containers.append(std::move(container));
    YamlValue spec = YamlValue::map();
    if (!context.options.pullSecret.empty()) {
        YamlValue secrets;
        secrets.append(YamlValue::map({ { "name", context.options.pullSecret } }));
        spec.set("imagePullSecrets", std::move(secrets));
    }
    spec.set("terminationGracePeriodSeconds", server.plan.shutdown.gracePeriod);
    if (!server.plan.gpuLabelKey.empty())
        spec.set("nodeSelector",
                 labelMap({ { server.plan.gpuLabelKey, server.plan.gpu->kubernetesProduct } }));
    spec.set("tolerations", tolerations(context, server));
    spec.set("containers", std::move(containers));
    spec.set("volumes", engineVolumes(context, server));
    return spec;
}

YamlValue workerGroup(const Export& context, const Server& server)
{
    const auto& plan = server.plan;
    const bool scaled = context.options.autoscaler != Autoscaler::None && !spreadsAttention(server);
    YamlValue group = YamlValue::map(
        { { "groupName",
            plan.role == ServerRole::Both ? "servers" : std::string(toString(plan.role)) } });
    group.set("replicas", plan.pool.replicas, "one model replica each");
    group.set("minReplicas", plan.autoscaling.minReplicas);
    group.set("maxReplicas", scaled ? plan.autoscaling.maxReplicas : plan.pool.replicas);
    group.set("numOfHosts", plan.pods, plan.pods > 1 ? "pods that one model replica spans" : "");
    group.set("rayStartParams",
              YamlValue::map({ { "num-gpus", std::to_string(plan.gpusPerPod()) } }));
    group.set("template", YamlValue::map({ { "spec", workerPod(context, server) } }));
    return group;
}

YamlValue rayService(const Export& context)
{
    const bool scaled = context.options.autoscaler != Autoscaler::None;
    YamlValue cluster = YamlValue::map({ { "rayVersion", context.plan.versions->ray.version } });
    if (scaled) {
        cluster.set("enableInTreeAutoscaling", true);
        cluster.set(
            "autoscalerOptions",
            YamlValue::map({ { "idleTimeoutSeconds", 900 }, { "upscalingMode", "Default" } }));
    }
    cluster.set("headGroupSpec", headGroup(context));
    YamlValue groups;
    for (const auto& server : context.servers)
        groups.append(workerGroup(context, server));
    cluster.set("workerGroupSpecs", std::move(groups));

    auto result = object(context, "ray.io/v1", "RayService", context.plan.name, "model-server");
    YamlValue spec = YamlValue::map();
    spec.set("serviceUnhealthySecondThreshold", unhealthySeconds,
             "weights take minutes; a shorter one starts clusters over and over");
    spec.set("deploymentUnhealthySecondThreshold", unhealthySeconds);
    YamlValue upgrade = YamlValue::map();
    upgrade.set("type", "None", "a new cluster beside the old one would need the GPUs twice");
    spec.set("upgradeStrategy", std::move(upgrade));
    spec.set("serveConfigV2", YamlValue::block(serveConfig(context)));
    spec.set("rayClusterConfig", std::move(cluster));
    result.set("spec", std::move(spec));
    return result;
}

} // namespace

Files rayFiles(const Export& context)
{
    Files files;
    addFile(files, "prerequisites/namespace.yaml", { namespaceObject(context) },
            "Apart from the service, so that deleting that keeps the namespace.");
    addFile(files, "manifests/rayservice.yaml", { rayService(context) },
            header(context,
                   fmt::format("Ray {} with vLLM {} inside, RayService",
                               context.plan.versions->ray.version,
                               toString(context.plan.versions->ray.vllm)),
                   true));
    return files;
}

} // namespace llmd::kubernetes
