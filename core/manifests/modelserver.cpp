// SPDX-License-Identifier: Apache-2.0
#include "kubernetesobjects.h"

#include <fmt/format.h>

namespace llmd::kubernetes {

namespace {

constexpr const char* component = "model-server";

YamlValue serviceAccount(const Export& context)
{
    auto account = object(context, "v1", "ServiceAccount", context.account, component);
    account.set("automountServiceAccountToken", false,
                "the engine does not talk to the API server");
    return account;
}

YamlValue service(const Export& context)
{
    const auto& server = context.answering();
    auto result = object(context, "v1", "Service", server.name, component);
    YamlValue ports;
    ports.append(YamlValue::map({ { "name", servingPortName },
                                  { "port", servingPort },
                                  { "targetPort", servingPortName },
                                  { "protocol", "TCP" } }));
    YamlValue spec = YamlValue::map({ { "type", "ClusterIP" } });
    spec.set("selector", labelMap(server.selector));
    spec.set("ports", std::move(ports));
    spec.setHeadComment(
        context.disaggregated()
            ? "For tests inside the cluster; without the endpoint picker prompts are not sent to "
              "the prefill servers."
            : "For tests and direct use inside the cluster; it does not know the prefix caches.");
    result.set("spec", std::move(spec));
    return result;
}

YamlValue disruptionBudget(const Export& context, const Server& server)
{
    auto result = object(context, "policy/v1", "PodDisruptionBudget", server.name, component);
    YamlValue spec = YamlValue::map({ { "maxUnavailable", 1 } });
    spec.set("selector", matchLabels(server.selector));
    result.set("spec", std::move(spec));
    return result;
}

std::string ownedByScaler(const Server& server)
{
    return fmt::format("No `replicas` here: the autoscaler owns the number ({} or more), and "
                       "applying this file again must not reset it.",
                       server.plan.autoscaling.minReplicas);
}

YamlValue rollingUpdate(const char* typeKey)
{
    YamlValue rolling = YamlValue::map();
    rolling.set("maxSurge", 0, "no spare GPUs are assumed");
    rolling.set("maxUnavailable", 1);
    const char* key =
        std::string_view(typeKey) == "strategy" ? "rollingUpdate" : "rollingUpdateConfiguration";
    return YamlValue::map({ { "type", "RollingUpdate" }, { key, std::move(rolling) } });
}

YamlValue deployment(const Export& context, const Server& server)
{
    auto result = object(context, "apps/v1", "Deployment", server.name, component);
    const bool scaled = context.options.autoscaler != Autoscaler::None;
    YamlValue spec = YamlValue::map();
    if (!scaled)
        spec.set("replicas", server.plan.pool.replicas);
    YamlValue selector = matchLabels(server.selector);
    if (scaled)
        selector.setHeadComment(ownedByScaler(server));
    spec.set("selector", std::move(selector));
    spec.set("strategy", rollingUpdate("strategy"));
    spec.set("progressDeadlineSeconds", startBudget(server) + 300, "longer than a slow start");
    spec.set("template", podTemplate(context, server, false));
    result.set("spec", std::move(spec));
    return result;
}

/** One group of pods per replica, which starts and restarts as a whole. */
YamlValue leaderWorkerSet(const Export& context, const Server& server)
{
    auto result =
        object(context, server.workloadVersion(), "LeaderWorkerSet", server.name, component);
    const bool scaled = context.options.autoscaler != Autoscaler::None;
    YamlValue group = YamlValue::map();
    group.set("size", server.plan.pods,
              fmt::format("nodes with {} GPUs for one replica of {}", server.plan.gpusPerPod(),
                          server.plan.pool.parallelism.label()));
    group.set("restartPolicy", "RecreateGroupOnPodRestart",
              "an engine that lost a node cannot go on");
    if (!server.plan.everyPodServes())
        group.set("leaderTemplate", podTemplate(context, server, false));
    group.set("workerTemplate", podTemplate(context, server, true));
    YamlValue spec = YamlValue::map();
    if (!scaled)
        spec.set("replicas", server.plan.pool.replicas);
    if (scaled)
        group.setHeadComment(ownedByScaler(server));
    spec.set("startupPolicy", "LeaderCreated");
    spec.set("rolloutStrategy", rollingUpdate("rolloutStrategy"));
    spec.set("leaderWorkerTemplate", std::move(group));
    result.set("spec", std::move(spec));
    return result;
}

} // namespace

std::vector<YamlValue> modelServerObjects(const Export& context)
{
    std::vector<YamlValue> objects { serviceAccount(context), service(context) };
    for (const auto& server : context.servers) {
        objects.push_back(server.spansNodes() ? leaderWorkerSet(context, server)
                                              : deployment(context, server));
        if (server.plan.pool.replicas > 1)
            objects.push_back(disruptionBudget(context, server));
    }
    return objects;
}

} // namespace llmd::kubernetes
