// SPDX-License-Identifier: Apache-2.0
#include "plandiff.h"

#include <core/base/text.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace llmd {

namespace {

/**
 * The level of each field, by its whole path or its section; the first that fits counts. Figures that only follow from other
 * fields (the engine counts its cache blocks itself) are level 0, so that they do not hide how small a change is.
 */
struct Rule
{
    std::string_view path;
    ReloadLevel level;
};
constexpr std::array rules {
    Rule { "runtime.service", ReloadLevel::Redeploy },
    Rule { "runtime.namespace", ReloadLevel::Redeploy },
    Rule { "runtime.engineImage", ReloadLevel::Worker },
    Rule { "runtime.", ReloadLevel::Live },
    Rule { "model.name", ReloadLevel::Redeploy },
    Rule { "model.revision", ReloadLevel::Redeploy },
    Rule { "model.", ReloadLevel::Worker },
    Rule { "parallelism.gpuType", ReloadLevel::Redeploy },
    Rule { "parallelism.replicas", ReloadLevel::Live },
    Rule { "parallelism.totalGPUs", ReloadLevel::Live },
    Rule { "parallelism.prefillReplicas", ReloadLevel::Live },
    Rule { "parallelism.", ReloadLevel::Worker },
    Rule { "scheduler.maxTokensInBatch", ReloadLevel::Live },
    Rule { "scheduler.", ReloadLevel::Scheduler },
    Rule { "kvCache.gpuCacheBlocks", ReloadLevel::Live },
    Rule { "kvCache.", ReloadLevel::Worker },
    Rule { "routing.", ReloadLevel::Live },
    Rule { "autoscaling.", ReloadLevel::Live },
};

/** A revision that changes with the weight format is not a change of the model. */
bool followsFormat(const PlanChange& change, const ExecutionPlan& before,
                   const ExecutionPlan& after)
{
    return change.field == "model.revision" && before.model.name == after.model.name
        && before.model.checkpoint != after.model.checkpoint;
}

/** Servers for prefill that come or go: all servers get other names. */
bool changesRoles(const PlanChange& change, const ExecutionPlan& before, const ExecutionPlan& after)
{
    return change.field == "parallelism.prefillTensorParallel"
        && (before.parallelism.prefillTensorParallel == 0
            || after.parallelism.prefillTensorParallel == 0);
}

bool changed(const PlanDiff& diff, std::string_view prefix)
{
    return std::any_of(diff.changes.begin(), diff.changes.end(), [&](const PlanChange& change) {
        return std::string_view(change.field).starts_with(prefix);
    });
}

/** Steps from one export to another. */
class Steps
{
public:
    Steps(const PlanDiff& diff, const ExecutionPlan& from, const ExecutionPlan& to,
          std::string_view folder, std::string_view otherFolder)
        : m_diff(diff)
        , m_from(from)
        , m_to(to)
        , m_folder(folder)
        , m_otherFolder(otherFolder)
    { }

    std::vector<std::string> run()
    {
        switch (m_diff.level) {
        case ReloadLevel::None:
            break;
        case ReloadLevel::Live:
            live();
            break;
        case ReloadLevel::Scheduler:
        case ReloadLevel::Worker:
            rolling();
            break;
        case ReloadLevel::Redeploy:
            blueGreen();
            break;
        }
        return std::move(m_steps);
    }

private:
    /** Waits for the model servers of the new plan. */
    std::string wait(std::string_view options) const
    {
        const auto one = [&](const char* group, int pods) {
            // A rollout is of one Deployment; groups of pods say when all of them run the new revision.
            const auto* verb = pods > 1 ? "wait --for=condition=Available" : "rollout status";
            return fmt::format("kubectl {} -n {} {}/{}-{}{}", verb, m_to.runtime.nameSpace,
                               pods > 1 ? "leaderworkerset" : "deployment", m_to.runtime.service,
                               group, options);
        };
        const PlannedParallelism& to = m_to.parallelism;
        return to.prefillTensorParallel > 0
            ? one("prefill", to.prefillPodsPerReplica) + " && " + one("decode", to.podsPerReplica)
            : one("vllm", to.podsPerReplica);
    }
    std::string timeout() const
    {
        const double each = m_to.runtime.coldStart.value() * 1.5 + 120;
        const int servers = m_to.parallelism.replicas + m_to.parallelism.prefillReplicas;
        return fmt::format(" --timeout={:.0f}s", std::ceil(each * std::max(1, servers)));
    }
    void step(std::string text) { m_steps.push_back(std::move(text)); }

    void live()
    {
        if (changed(m_diff, "autoscaling.") || changed(m_diff, "parallelism."))
            step(fmt::format("Change the limits of the autoscaler in place: kubectl apply -f "
                             "{}/manifests/60-autoscaling.yaml (with --autoscaler none: "
                             "10-model-server.yaml)",
                             m_folder));
        picker();
        if (m_to.parallelism.replicas > m_from.parallelism.replicas)
            step(fmt::format("Wait for the new replicas, about {} each: {}",
                             printDuration(m_to.runtime.coldStart), wait({})));
        if (m_steps.empty())
            step("Nothing to do in the cluster: the changed figures only describe the plan.");
    }

    void picker()
    {
        if (!changed(m_diff, "runtime.routerImage") && !changed(m_diff, "model.maxContextLength"))
            return;
        step(fmt::format("Renew the endpoint picker, which reads its configuration at its start: "
                         "kubectl apply -f {}/manifests/20-endpoint-picker.yaml && kubectl rollout "
                         "restart -n {} deployment/{}-epp",
                         m_folder, m_to.runtime.nameSpace, m_to.runtime.service));
    }

    void rolling()
    {
        step(fmt::format("Start the rolling update, one replica at a time: kubectl apply -f "
                         "{}/manifests/10-model-server.yaml",
                         m_folder));
        step("Each replica in turn leaves the pool, finishes its requests, ends, starts with the "
             "new settings and comes back when it is ready; Kubernetes does this by itself.");
        step("Wait until all are ready: " + wait(timeout()));
        picker();
        step(fmt::format("Apply the rest: kubectl apply -f {}/manifests/", m_folder));
    }

    void blueGreen()
    {
        const bool renamed = m_from.runtime.service != m_to.runtime.service
            || m_from.runtime.nameSpace != m_to.runtime.nameSpace;
        if (!renamed)
            step(
                "Give the new spec another metadata.name and compile it again: two deployments of "
                "one name cannot run side by side. Its name takes the place of the new one below.");
        step(fmt::format("Create the new deployment beside the old one: kubectl apply -f "
                         "{0}/prerequisites/namespace.yaml -f {0}/manifests/",
                         m_folder));
        step("Wait until it is ready: " + wait(timeout()));
        step("Switch the traffic: point the HTTPRoute (or the clients) to the new InferencePool.");
        step(fmt::format("When no request runs in the old one, delete it: kubectl delete -f "
                         "{}/manifests/",
                         m_otherFolder));
    }

    const PlanDiff& m_diff;
    const ExecutionPlan& m_from;
    const ExecutionPlan& m_to;
    std::string_view m_folder; ///< of the plan to get to
    std::string_view m_otherFolder;
    std::vector<std::string> m_steps;
};

void describeCost(PlanDiff& diff, const ExecutionPlan& before, const ExecutionPlan& after)
{
    const int replicas = std::max(1, before.parallelism.replicas);
    const Seconds start = after.runtime.coldStart;
    diff.extraGpus = std::max(0, after.parallelism.totalGpus - before.parallelism.totalGpus);
    switch (diff.level) {
    case ReloadLevel::None:
        diff.downtimeWhy = "nothing changes";
        diff.requestLoss = "none";
        return;
    case ReloadLevel::Live:
        diff.downtimeWhy = "nothing that serves is restarted";
        diff.requestLoss = "none";
        diff.duration =
            after.parallelism.replicas > before.parallelism.replicas ? start : Seconds();
        return;
    case ReloadLevel::Scheduler:
    case ReloadLevel::Worker:
        // vLLM reads batch settings at its start like all others, so a scheduler is not restarted by itself.
        diff.duration = start * static_cast<double>(std::max(replicas, after.parallelism.replicas));
        diff.downtime = replicas > 1 ? Seconds() : start;
        diff.downtimeWhy = replicas > 1
            ? fmt::format("replicas restart in turn, {} of {} serve meanwhile", replicas - 1,
                          replicas)
            : std::string("the only replica restarts; with two of them it would be none");
        diff.requestLoss = replicas > 1
            ? "none: running requests finish within the drain time, new ones go to other replicas"
            : "running requests finish within the drain time, new ones fail until it is back";
        return;
    case ReloadLevel::Redeploy:
        diff.duration = start;
        diff.extraGpus = after.parallelism.totalGpus;
        diff.downtimeWhy = "the new deployment is ready before the traffic is switched";
        diff.requestLoss = "none: the traffic switches at once, the old one finishes its requests";
        return;
    }
}

} // namespace

std::string describe(ReloadLevel level)
{
    switch (level) {
    case ReloadLevel::None:
        return "no change";
    case ReloadLevel::Live:
        return "level 0: routing and scaling, in place";
    case ReloadLevel::Scheduler:
        return "level 1: batch settings, replicas restart in turn";
    case ReloadLevel::Worker:
        return "level 2: workers, replicas restart in turn";
    case ReloadLevel::Redeploy:
        break;
    }
    return "level 3: new deployment beside the old one";
}

ReloadLevel reloadLevel(std::string_view field)
{
    for (const Rule& rule : rules) {
        if (rule.path.back() == '.' ? field.starts_with(rule.path) : field == rule.path)
            return rule.level;
    }
    return ReloadLevel::Redeploy;
}

PlanDiff comparePlans(const ExecutionPlan& before, const ExecutionPlan& after)
{
    PlanDiff diff;
    const auto old = planFields(before);
    const auto fresh = planFields(after);
    for (std::size_t i = 0; i < old.size(); ++i) {
        if (old[i].value == fresh[i].value)
            continue;
        PlanChange change { old[i].path, old[i].value, fresh[i].value, reloadLevel(old[i].path) };
        if (followsFormat(change, before, after))
            change.level = ReloadLevel::Worker;
        if (changesRoles(change, before, after))
            change.level = ReloadLevel::Redeploy;
        diff.level = std::max(diff.level, change.level);
        diff.changes.push_back(std::move(change));
    }
    std::stable_sort(diff.changes.begin(), diff.changes.end(),
                     [](const PlanChange& a, const PlanChange& b) { return a.level > b.level; });
    describeCost(diff, before, after);
    diff.apply = Steps(diff, before, after, "NEW", "OLD").run();
    if (diff.level == ReloadLevel::Redeploy)
        diff.rollBack = {
            "Before the switch: delete the new deployment, the old one still serves.",
            "After it: point the HTTPRoute back to the old InferencePool; keep the old "
            "deployment until you are sure."
        };
    else
        diff.rollBack = Steps(diff, after, before, "OLD", "NEW").run();
    return diff;
}

} // namespace llmd
