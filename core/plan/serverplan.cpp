// SPDX-License-Identifier: Apache-2.0
#include "serverplan.h"

#include "names.h"

#include <core/base/text.h>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace llmd {

namespace {

// Assumptions about the cluster, stated in every export. Conservative figures of ordinary clouds: 4
// Gbit/s from the model hub, NVMe or page cache to GPU at 2 GB/s, and the start-up times that vLLM
// logs with and without compilation.
constexpr auto downloadBandwidth = gigabytesPerSecond(0.5);
constexpr auto loadBandwidth = gigabytesPerSecond(2);
constexpr Seconds compiledStart { 90 };
constexpr Seconds eagerStart { 45 };

// Host memory: processes, and at most so much page cache per GPU while safetensors files are
// mapped.
constexpr double serverGibibytes = 4;
constexpr double workerGibibytes = 4;
constexpr double mappedGibibytesPerGpu = 32;
constexpr double coresPerServer = 4; // API server, tokeniser, engine core
constexpr double coresPerWorker = 2; // one busy loop per GPU on a hyper-threaded core

/** Of `gpus` in one pod; each pod maps the whole checkpoint, of which its page cache keeps a part. */
HostResources planHost(Bytes checkpoint, int gpus, const KvOffload& offload)
{
    HostResources host;
    const double shared = gpus > 1 ? std::max(8.0, 2.0 * gpus) : 0;
    const double mapped = std::min(inGibibytes(checkpoint), mappedGibibytesPerGpu * gpus);
    const double cache = inGibibytes(offload.cpu);
    const double memory = serverGibibytes + workerGibibytes * gpus + shared + mapped + cache;
    host.sharedMemory = gibibytes(shared);
    host.memory = gibibytes(roundedUp(memory, 4));
    host.memoryWhy =
        fmt::format("{} GiB server + {} GiB per GPU worker + {} GiB mapped weights{}",
                    serverGibibytes, workerGibibytes, printRounded(mapped, 3),
                    gpus > 1 ? fmt::format(" + {} GiB /dev/shm", shared) : std::string());
    if (cache > 0)
        host.memoryWhy += fmt::format(" + {} GiB of KV cache", printRounded(cache));
    host.storage =
        gibibytes(roundedUp(1.2 * inGibibytes(checkpoint) + 10 + inGibibytes(offload.disk), 5));
    host.storageWhy = "1.2 x the checkpoint + 10 GiB for compilation caches";
    if (offload.disk > Bytes())
        host.storageWhy += fmt::format(" + {} of KV cache", printSize(offload.disk));
    host.cpu = static_cast<int>(coresPerServer + coresPerWorker * gpus);
    host.cpuWhy = fmt::format("{} for API server, tokeniser and scheduler + {} per GPU worker",
                              coresPerServer, coresPerWorker);
    return host;
}

/** How often the planned deployment fits into what there is. */
struct GrowthLimit
{
    double times = 1e6; ///< more is no limit
    std::string why;

    void lower(double limit, std::string reason)
    {
        if (!(limit < times))
            return;
        times = std::max(limit, 0.0);
        why = std::move(reason);
    }
};

/** GPUs of one kind in the whole deployment. */
int gpusOf(const Candidate& whole, const std::string& gpu)
{
    int gpus = whole.gpu->id == gpu ? whole.topology.pool.gpus() : 0;
    if (const auto& split = whole.topology.disaggregation;
        split && (split->gpu ? split->gpu : whole.gpu)->id == gpu)
        gpus += split->prefill.gpus();
    return gpus;
}

GrowthLimit growthLimit(const Option& option, const Requirements& requirements)
{
    const auto& whole = option.candidate;
    GrowthLimit limit;
    if (requirements.maxGpus)
        limit.lower(static_cast<double>(*requirements.maxGpus) / whole.topology.gpus(),
                    fmt::format("limit of {} GPUs", *requirements.maxGpus));
    for (const auto& item : requirements.inventory) {
        if (const int used = gpusOf(whole, item.gpu))
            limit.lower(static_cast<double>(item.count) / used,
                        fmt::format("inventory of {} GPUs", item.count));
    }
    const double monthly = inDollarsPerMonth(option.cost);
    if (requirements.budgetPerMonth && monthly > 0)
        limit.lower(
            *requirements.budgetPerMonth / monthly,
            fmt::format("budget of ${} a month", printRounded(*requirements.budgetPerMonth, 6)));
    if (limit.why.empty())
        limit.lower(2, "twice the planned replicas, as no limit is stated");
    return limit;
}

/** Servers for prompts scale by the work before them, which the target for the first token limits. */
void planBacklog(const ServerInput& input, AutoscalingPlan& plan)
{
    constexpr double unstated = 1.5; // seconds; of llm-d's guide
    constexpr double least = 0.25; // of the target, however long a prompt takes
    const auto& estimate = input.option.atPeak.disaggregated;
    const double prompt = input.need.peakLoad.prompt.mean;
    if (estimate)
        plan.promptRate = TokensPerSecond(estimate->prefillLoad.capacity.value() * prompt
                                          / input.candidate.topology.pool.replicas);
    const auto& target = input.need.slo.ttft;
    const double limit = target ? target->limit.value() : unstated;
    const double own = plan.promptRate.value() > 0 ? prompt / plan.promptRate.value() : 0;
    plan.promptBacklog = Seconds(std::max(limit - own, least * limit));
}

AutoscalingPlan planAutoscaling(const ServerInput& input)
{
    AutoscalingPlan plan;
    const int replicas = input.candidate.topology.pool.replicas;
    plan.minReplicas = replicas;
    const auto limit = growthLimit(input.option, input.requirements);
    const double most = std::floor(replicas * limit.times + 1e-9);
    plan.maxReplicas = std::max(static_cast<int>(std::min(most, 1e6)), plan.minReplicas);
    plan.maxReplicasWhy = limit.why;
    const double running =
        std::isfinite(input.option.maxConcurrency) ? input.option.maxConcurrency : 0;
    plan.targetRunningPerReplica = std::clamp(
        std::floor(running), 1.0, static_cast<double>(input.candidate.engine.maxNumSeqs));
    if (input.role == ServerRole::Prefill)
        planBacklog(input, plan);
    return plan;
}

void estimateColdStart(AutoscalingPlan& plan, Bytes checkpoint, bool eager)
{
    const Seconds download = checkpoint / downloadBandwidth;
    const Seconds load = checkpoint / loadBandwidth;
    const Seconds start = eager ? eagerStart : compiledStart;
    plan.coldStart = download + load + start;
    plan.coldStartWhy = fmt::format(
        "{} GB download at 0.5 GB/s ({} s) + load at 2 GB/s ({} s) + engine start{} ({} s); "
        "the container image is assumed to be on the node",
        printRounded(checkpoint.value() / 1e9), std::ceil(download.value()),
        std::ceil(load.value()), eager ? "" : ", compilation and graph capture", start.value());
}

std::string gpuLabelKey(const Gpu& gpu)
{
    if (gpu.kubernetesProduct.empty() || !isLabelValue(gpu.kubernetesProduct))
        return {};
    return gpu.vendor == GpuVendor::Amd ? "amd.com/gpu.product-name" : "nvidia.com/gpu.product";
}

/** Long enough for all but one in a hundred running requests; the grace period stays within the endpoint picker's. */
Shutdown planShutdown(const Option& option)
{
    constexpr double shortest = 30;
    constexpr double longest = 100;
    constexpr int reserve = 15;
    Shutdown shutdown;
    const double slow = option.atPeak.e2e.p99.value();
    shutdown.drain = static_cast<int>(
        roundedUp(std::isfinite(slow) ? std::clamp(slow, shortest, longest) : longest, 10));
    shutdown.gracePeriod = shutdown.delay + shutdown.drain + reserve;
    return shutdown;
}

/** Both sides say the same; which of them sends follows from the request. */
EngineArgument transferArgument()
{
    return {
        "--kv-transfer-config",
        R"({"kv_connector":"NixlConnector","kv_role":"kv_both","kv_load_failure_policy":"fail"})",
        "KV caches travel from the servers that compute prompts to those that decode; the default "
        "of the policy "
        "differs between versions"
    };
}

/** The drain becomes the argument's value, or is dropped where the version has no such argument. */
void applyShutdown(ServerPlan& plan)
{
    const auto drain =
        std::ranges::find(plan.arguments, "--shutdown-timeout", &EngineArgument::flag);
    if (drain == plan.arguments.end())
        plan.shutdown.drain = 0;
    else
        drain->value = std::to_string(plan.shutdown.drain);
}

} // namespace

double roundedUp(double value, double step)
{
    return std::ceil(value / step) * step;
}

int nodeSize(const Gpu& gpu, const Requirements& requirements)
{
    for (const auto& item : requirements.inventory) {
        if (item.gpu == gpu.id && item.perNode > 0)
            return item.perNode;
    }
    return gpu.gpusPerNode;
}

Result<> checkServers(const Candidate& candidate, const Requirements& requirements,
                      const SemanticVersion& version)
{
    const auto& gpu = *candidate.gpu;
    if (!gpu.servedByVllm || (gpu.vendor != GpuVendor::Nvidia && gpu.vendor != GpuVendor::Amd))
        return failure(
            ErrorCode::Unsupported,
            fmt::format("manifests are written for NVIDIA and AMD GPUs, not for {}", gpu.name));
    const auto& pool = candidate.topology.pool;
    const auto& parallelism = pool.parallelism;
    if (pool.replicas < 1 || parallelism.tensor < 1 || parallelism.pipeline < 1
        || parallelism.data < 1)
        return failure(ErrorCode::InvalidArgument,
                       "replicas and parallel sizes must be at least 1");
    const int perNode = nodeSize(gpu, requirements);
    // A tensor group exchanges data in every layer: only a link such as NVLink carries that between nodes.
    const bool linked = gpu.scaleUpDomain > gpu.gpusPerNode;
    if (parallelism.tensor > (linked ? std::max(gpu.scaleUpDomain, perNode) : perNode))
        return failure(
            ErrorCode::Unsupported,
            fmt::format(
                "a tensor group of {} GPUs would leave its node, and a node with {} has {}; choose "
                "a smaller tensor parallel size",
                parallelism.tensor, gpu.name, perNode));
    const int pods = podsPerReplica(parallelism, perNode);
    if (pods == 0)
        return failure(
            ErrorCode::Unsupported,
            fmt::format("a replica of {} needs {} GPUs, which do not divide into equal shares of "
                        "nodes with {} {}; choose another parallel size",
                        parallelism.label(), parallelism.gpus(), perNode, gpu.name));
    const auto* flag = parallelism.data > 1 ? "--data-parallel-hybrid-lb" : "--nnodes";
    if (pods > 1 && !engineHasFlag(flag, version))
        return failure(
            ErrorCode::Unsupported,
            fmt::format("a replica of {} spans {} nodes, for which vLLM {} has no {}; choose a "
                        "version row with a newer one or a smaller parallel size",
                        parallelism.label(), pods, toString(version), flag));
    return {};
}

ServerPlan planServers(const ServerInput& input)
{
    const auto& candidate = input.candidate;
    ServerPlan plan;
    plan.role = input.role;
    plan.gpu = candidate.gpu;
    plan.pool = candidate.topology.pool;
    plan.engine = candidate.engine;
    plan.pods = podsPerReplica(plan.pool.parallelism, nodeSize(*candidate.gpu, input.requirements));
    plan.arguments = engineArguments(candidate, input.versions.vllm, plan.pods);
    if (input.role != ServerRole::Both)
        plan.arguments.push_back(transferArgument());
    plan.shutdown = planShutdown(input.option);
    applyShutdown(plan);
    plan.host = planHost(input.checkpoint, plan.gpusPerPod(), plan.engine.offload);
    plan.autoscaling = planAutoscaling(input);
    estimateColdStart(plan.autoscaling, input.checkpoint, candidate.engine.enforceEager);
    plan.gpuLabelKey = gpuLabelKey(*candidate.gpu);
    return plan;
}

} // namespace llmd
