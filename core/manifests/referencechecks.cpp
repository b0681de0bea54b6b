// SPDX-License-Identifier: Apache-2.0
#include "manifestset.h"

#include <core/plan/names.h>

#include <fmt/format.h>

namespace llmd::manifestcheck {

namespace {

void checkService(ManifestSet& set, const Object& service)
{
    const auto pods = set.selected(labels(service.spec()["selector"]), service.nameSpace);
    if (pods.empty()) {
        set.report(service, service.spec()["selector"],
                   "the Service selects no Deployment of this export");
        return;
    }
    const auto ports = service.spec()["ports"];
    for (std::size_t i = 0; i < ports.size(); ++i) {
        const auto target =
            ports[i]["targetPort"].exists() ? ports[i]["targetPort"] : ports[i]["port"];
        for (const auto& pod : pods) {
            if (!pod.hasPort(target))
                set.report(service, target,
                           fmt::format("port '{}' is not a port of {} {}",
                                       oneLine(text(target), 40), pod.owner->kind,
                                       pod.owner->name));
        }
    }
}

bool servicePortExists(const Object& service, const YamlNode& wanted)
{
    const auto ports = service.spec()["ports"];
    for (std::size_t i = 0; i < ports.size(); ++i) {
        if (text(ports[i]["port"]) == text(wanted) || text(ports[i]["name"]) == text(wanted))
            return !text(wanted).empty();
    }
    return false;
}

void checkPool(ManifestSet& set, const Object& pool)
{
    const auto pods = set.selected(labels(pool.spec()["selector"]["matchLabels"]), pool.nameSpace);
    if (pods.empty())
        set.report(pool, pool.spec()["selector"],
                   "the InferencePool selects no Deployment of this export");
    const auto ports = pool.spec()["targetPorts"];
    if (ports.size() == 0)
        set.report(pool, pool.spec(), "the InferencePool has no target port");
    for (std::size_t i = 0; i < ports.size(); ++i) {
        for (const auto& pod : pods) {
            if (!pod.hasPort(ports[i]["number"]))
                set.report(pool, ports[i],
                           fmt::format("target port {} is not a port of {} {}",
                                       oneLine(text(ports[i]["number"]), 40), pod.owner->kind,
                                       pod.owner->name));
        }
    }
    const auto reference = pool.spec()["endpointPickerRef"];
    const auto* service = set.find("Service", text(reference["name"]), pool.nameSpace);
    if (!service)
        set.report(pool, reference, "the endpoint picker's Service is not in this export");
    else if (!servicePortExists(*service, reference["port"]["number"]))
        set.report(pool, reference["port"], "the endpoint picker's Service has no such port");
    const auto mode = text(reference["failureMode"]);
    if (mode != "FailOpen" && mode != "FailClose")
        set.report(pool, reference, "failureMode must be FailOpen or FailClose");
}

void checkRoute(ManifestSet& set, const Object& route)
{
    const auto rules = route.spec()["rules"];
    for (std::size_t r = 0; r < rules.size(); ++r) {
        const auto backends = rules[r]["backendRefs"];
        for (std::size_t b = 0; b < backends.size(); ++b) {
            const auto kind = text(backends[b]["kind"]);
            if (!set.find(kind.empty() ? "Service" : kind, text(backends[b]["name"]),
                          route.nameSpace))
                set.report(route, backends[b], "the route's backend is not in this export");
        }
    }
}

void checkBinding(ManifestSet& set, const Object& binding)
{
    const auto reference = binding.root["roleRef"];
    const auto kind = text(reference["kind"]);
    const auto where = kind == "ClusterRole" ? std::string() : binding.nameSpace;
    if (!set.find(kind, text(reference["name"]), where))
        set.report(binding, reference, "the bound role is not in this export");
    const auto subjects = binding.root["subjects"];
    for (std::size_t i = 0; i < subjects.size(); ++i) {
        if (!set.find(text(subjects[i]["kind"]), text(subjects[i]["name"]),
                      text(subjects[i]["namespace"])))
            set.report(binding, subjects[i],
                       "the account that gets the role is not in this export");
    }
}

/** Accounts and configuration that pods need to start. */
void checkPodReferences(ManifestSet& set, const PodKind& pod)
{
    const auto& owner = *pod.owner;
    const auto account = pod.spec()["serviceAccountName"];
    if (account.exists() && !set.find("ServiceAccount", text(account), owner.nameSpace))
        set.report(owner, account, "the service account is not in this export");
    const auto volumes = pod.spec()["volumes"];
    for (std::size_t i = 0; i < volumes.size(); ++i) {
        const auto map = volumes[i]["configMap"]["name"];
        if (map.exists() && !set.find("ConfigMap", text(map), owner.nameSpace))
            set.report(owner, map, "the mounted ConfigMap is not in this export");
    }
}

void checkBudget(ManifestSet& set, const Object& budget)
{
    if (set.selected(labels(budget.spec()["selector"]["matchLabels"]), budget.nameSpace).empty())
        set.report(budget, budget.spec()["selector"],
                   "the budget selects no Deployment of this export");
}

template <class Check> void each(ManifestSet& set, const char* kind, Check check)
{
    for (const auto* object : set.ofKind(kind))
        check(set, *object);
}

} // namespace

void checkReferences(ManifestSet& set)
{
    each(set, "Service", checkService);
    each(set, "InferencePool", checkPool);
    each(set, "HTTPRoute", checkRoute);
    each(set, "RoleBinding", checkBinding);
    each(set, "ClusterRoleBinding", checkBinding);
    for (const auto& pod : set.pods())
        checkPodReferences(set, pod);
    each(set, "PodDisruptionBudget", checkBudget);
}

} // namespace llmd::manifestcheck
