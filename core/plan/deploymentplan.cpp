// SPDX-License-Identifier: Apache-2.0
#include "deploymentplan.h"

#include "names.h"

#include <core/base/text.h>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

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

constexpr std::size_t longestModelId = 512;
constexpr Seconds shortestTimeout { 300 }; // default of the router chart
constexpr Seconds longestTimeout { 7200 };

Result<const VersionRow*> chooseVersions(const Requirements& requirements, const Catalog& catalog)
{
    if (requirements.versionRow.empty()) {
        if (catalog.versionRows.empty())
            return failure(ErrorCode::NotFound,
                           "the catalog has no version row; add one to its version rows");
        return &catalog.versionRows.front();
    }
    if (const auto* row = catalog.findVersionRow(requirements.versionRow))
        return row;
    std::vector<std::string> known;
    for (const auto& row : catalog.versionRows)
        known.push_back(row.id);
    return failure(ErrorCode::NotFound,
                   fmt::format("there is no version row '{}'; known are {}",
                               oneLine(requirements.versionRow, 80), join(known, ", ")));
}

Result<> checkModelId(const std::string& id)
{
    const auto refuse = [&](std::string_view why) {
        return failure(ErrorCode::InvalidArgument,
                       fmt::format("the model id '{}' cannot be served: {}", oneLine(id, 80), why));
    };
    if (trimmed(id).empty())
        return refuse("it is empty; expected an id such as org/name");
    if (!isValidUtf8(id) || id.find('\0') != std::string::npos)
        return refuse("it is not plain UTF-8 text");
    if (id.front() == '-')
        return refuse("the engine would read its leading dash as an option");
    if (id.size() > longestModelId)
        return refuse(
            fmt::format("it has {} bytes, at most {} are accepted", id.size(), longestModelId));
    return {};
}

/** GPUs of `gpu` in one node, as the inventory or else the catalog says. */
int nodeSize(const Gpu& gpu, const Requirements& requirements)
{
    for (const auto& item : requirements.inventory) {
        if (item.gpu == gpu.id && item.perNode > 0)
            return item.perNode;
    }
    return gpu.gpusPerNode;
}

Result<> checkHardware(const Candidate& candidate, const Requirements& requirements)
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
    if (parallelism.gpus() > perNode)
        return failure(
            ErrorCode::Unsupported,
            fmt::format(
                "a replica of {} needs {} GPUs and a node with {} has {}: plain Deployments cannot "
                "span nodes; choose a smaller parallel size",
                parallelism.label(), parallelism.gpus(), gpu.name, perNode));
    return {};
}

/** Bytes of the checkpoint's files: of the catalog's model if the candidate's is a variant of it.
 */
Bytes checkpointBytes(const Model& model, const Catalog& catalog)
{
    const auto* stored =
        catalog.findModel(model.id); // also finds by a part of the id, which is not meant here
    if (stored && stored->id != model.id)
        stored = nullptr;
    const auto& architecture = stored ? stored->architecture : model.architecture;
    Bytes total;
    for (std::size_t i = 0; i < parameterGroupCount; ++i)
        total += architecture.weightBytes(static_cast<ParameterGroup>(i));
    if (!stored && model.architecture.quantization.atLoad) {
        const double parameters = static_cast<double>(model.architecture.textParameters());
        total = std::max(total, Bytes(parameters * bytesPerValue(model.architecture.dtype)));
    }
    return total;
}

double roundedUp(double value, double step)
{
    return std::ceil(value / step) * step;
}

HostResources planHost(Bytes checkpoint, int gpus)
{
    HostResources host;
    const double shared = gpus > 1 ? std::max(8.0, 2.0 * gpus) : 0;
    const double mapped = std::min(inGibibytes(checkpoint), mappedGibibytesPerGpu * gpus);
    const double memory = serverGibibytes + workerGibibytes * gpus + shared + mapped;
    host.sharedMemory = gibibytes(shared);
    host.memory = gibibytes(roundedUp(memory, 4));
    host.memoryWhy =
        fmt::format("{} GiB server + {} GiB per GPU worker + {} GiB mapped weights{}",
                    serverGibibytes, workerGibibytes, printRounded(mapped, 3),
                    gpus > 1 ? fmt::format(" + {} GiB /dev/shm", shared) : std::string());
    host.storage = gibibytes(roundedUp(1.2 * inGibibytes(checkpoint) + 10, 5));
    host.storageWhy = "1.2 x the checkpoint + 10 GiB for compilation caches";
    host.cpu = static_cast<int>(coresPerServer + coresPerWorker * gpus);
    host.cpuWhy = fmt::format("{} for API server, tokeniser and scheduler + {} per GPU worker",
                              coresPerServer, coresPerWorker);
    return host;
}

struct ReplicaLimit
{
    int replicas = std::numeric_limits<int>::max();
    std::string why;

    void lower(double limit, std::string reason)
    {
        if (!(limit < replicas))
            return;
        replicas = static_cast<int>(std::max(limit, 0.0));
        why = std::move(reason);
    }
};

AutoscalingPlan planAutoscaling(const Option& option, const Requirements& requirements)
{
    AutoscalingPlan plan;
    const auto& pool = option.candidate.topology.pool;
    const int perReplica = pool.parallelism.gpus();
    plan.minReplicas = pool.replicas;
    ReplicaLimit limit;
    if (requirements.maxGpus)
        limit.lower(*requirements.maxGpus / perReplica,
                    fmt::format("limit of {} GPUs", *requirements.maxGpus));
    for (const auto& item : requirements.inventory) {
        if (item.gpu == option.candidate.gpu->id)
            limit.lower(item.count / perReplica, fmt::format("inventory of {} GPUs", item.count));
    }
    const double monthly = inDollarsPerMonth(option.cost) / pool.replicas;
    if (requirements.budgetPerMonth && monthly > 0)
        limit.lower(
            std::floor(*requirements.budgetPerMonth / monthly + 1e-9),
            fmt::format("budget of ${} a month", printRounded(*requirements.budgetPerMonth, 6)));
    if (limit.why.empty())
        limit.lower(2.0 * pool.replicas, "twice the planned replicas, as no limit is stated");
    plan.maxReplicas = std::max(limit.replicas, plan.minReplicas);
    plan.maxReplicasWhy = limit.why;
    const double running = std::isfinite(option.maxConcurrency) ? option.maxConcurrency : 0;
    plan.targetRunningPerReplica = std::clamp(
        std::floor(running), 1.0, static_cast<double>(option.candidate.engine.maxNumSeqs));
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

/** The image of the row; AMD GPUs need the ROCm build, which vLLM publishes under its own name with
 * the same tag. */
std::string imageFor(const Gpu& gpu, const VersionRow& row)
{
    constexpr std::string_view cuda = "vllm/vllm-openai:";
    const auto at = row.vllmImage.find(cuda);
    if (gpu.vendor != GpuVendor::Amd || at == std::string::npos)
        return row.vllmImage;
    return row.vllmImage.substr(0, at)
        + "vllm/vllm-openai-rocm:" + row.vllmImage.substr(at + cuda.size());
}

std::string gpuLabelKey(const Gpu& gpu)
{
    if (gpu.kubernetesProduct.empty() || !isLabelValue(gpu.kubernetesProduct))
        return {};
    return gpu.vendor == GpuVendor::Amd ? "amd.com/gpu.product-name" : "nvidia.com/gpu.product";
}

std::string latencyText(const LatencyEstimate& latency, double percentile)
{
    const bool mean = percentile <= 0;
    const auto& interval = mean ? latency.meanInterval : latency.tailInterval;
    const double value = inMilliseconds(latency.at(percentile));
    const std::string range = interval.stated
        ? fmt::format("90 % interval {} … {} ms", printRounded(value * interval.low),
                      printRounded(value * interval.high))
        : "no interval stated";
    return fmt::format("{} ms {} ({})", printRounded(value),
                       mean ? "mean" : "p" + printRounded(percentile, 4), range);
}

double percentileOf(const std::optional<LatencyTarget>& target)
{
    return target ? target->percentile : 95;
}

std::vector<std::pair<std::string, std::string>> summarize(const Option& option,
                                                           const ResolvedNeed& need)
{
    const auto& estimate = option.atPeak;
    const auto& load = need.peakLoad;
    std::vector<std::pair<std::string, std::string>> rows;
    rows.emplace_back("peak load",
                      fmt::format("{} requests/s, {} prompt and {} output tokens on average",
                                  printRounded(load.load.rate.value()),
                                  printRounded(load.prompt.mean, 5),
                                  printRounded(load.output.mean, 5)));
    rows.emplace_back("TTFT", latencyText(estimate.ttft, percentileOf(need.slo.ttft)));
    rows.emplace_back("ITL", latencyText(estimate.itl, percentileOf(need.slo.itl)));
    rows.emplace_back("E2E", latencyText(estimate.e2e, percentileOf(need.slo.e2e)));
    rows.emplace_back("output",
                      fmt::format("{} tokens/s", printRounded(estimate.outputThroughput.value())));
    rows.emplace_back("capacity",
                      fmt::format("{} requests/s per replica within the targets",
                                  printRounded(option.capacityPerReplica.value())));
    rows.emplace_back("hardware",
                      fmt::format("{} x {} in {}", option.candidate.topology.gpus(),
                                  option.candidate.gpu->name, option.candidate.topology.label()));
    if (option.cost > DollarsPerSecond(0))
        rows.emplace_back("cost",
                          fmt::format("${} per hour, ${} per month",
                                      printRounded(inDollarsPerHour(option.cost), 4),
                                      printRounded(inDollarsPerMonth(option.cost), 4)));
    const bool measured = estimate.provenance.label == Provenance::Label::Benchmarked;
    rows.emplace_back("basis",
                      fmt::format("{} ({})", measured ? "Benchmarked" : "Estimated",
                                  oneLine(estimate.provenance.engine, 80)));
    return rows;
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

/** Above the time that the longest possible answer takes. */
Seconds requestTimeout(const Option& option)
{
    const auto& estimate = option.atPeak;
    const double longest =
        estimate.ttft.p99.value() + option.candidate.engine.maxModelLen * estimate.itl.p95.value();
    if (!std::isfinite(longest))
        return longestTimeout;
    const double seconds = std::clamp(longest, shortestTimeout.value(), longestTimeout.value());
    return Seconds(roundedUp(seconds, 60));
}

void planRouter(DeploymentPlan& plan, const ResolvedNeed& need)
{
    plan.scorers = { { "prefix-cache-scorer", 3 },
                     { "queue-scorer", 2 },
                     { "kv-cache-utilization-scorer", 2 } };
    if (!plan.engine.prefixCaching)
        plan.scorers.erase(plan.scorers.begin());
    // llm-d's sizing rule: up to one core per request/s with prompts of 100k tokens.
    const double cores = need.peakLoad.load.rate.value() * need.peakLoad.prompt.mean / 1e5;
    plan.eppCpu =
        std::isfinite(cores) ? static_cast<int>(std::clamp(std::ceil(cores), 2.0, 64.0)) : 2;
    plan.eppCpuWhy = "1 core per request/s at 100 000 prompt tokens, at least 2";
}

void addWarnings(DeploymentPlan& plan, const Option& option)
{
    if (plan.versions->vllm != plan.engine.version)
        plan.warnings.push_back(fmt::format(
            "The figures were predicted for vLLM {}, the image runs vLLM {}: plan again "
            "with the version row that you deploy.",
            toString(plan.engine.version), toString(plan.versions->vllm)));
    if (plan.gpuLabelKey.empty())
        plan.warnings.push_back(fmt::format(
            "The node label of {} is not known: on a cluster with several GPU types add "
            "a node affinity.",
            plan.gpu->name));
    if (plan.shutdown.drain == 0)
        plan.warnings.push_back(
            "This vLLM version has no --shutdown-timeout: requests that run longer than the delay "
            "before the stop are cut off when a pod ends.");
    if (!option.meetsTargets)
        plan.warnings.push_back("This configuration does not meet all targets of the need.");
    if (option.atPeak.saturated)
        plan.warnings.push_back(
            "At the peak rate this configuration is saturated: latencies grow without bound.");
    for (const auto& text : plan.model->architecture.approximations)
        plan.warnings.push_back("Approximated architecture: " + oneLine(text));
    for (const auto& text : option.atPeak.provenance.caveats)
        plan.warnings.push_back(oneLine(text));
}

DeploymentPlan assemble(const Option& option, const ResolvedNeed& need,
                        const Requirements& requirements, const Catalog& catalog,
                        const VersionRow& row)
{
    const auto& candidate = option.candidate;
    DeploymentPlan plan;
    plan.name = kubernetesName(candidate.model->id);
    plan.title = requirements.title;
    plan.requirements = requirements;
    plan.modelLabel = labelValue(candidate.model->id);
    plan.servedName = candidate.model->id;
    plan.model = candidate.model;
    plan.gpu = candidate.gpu;
    plan.topology = candidate.topology;
    plan.engine = candidate.engine;
    plan.versions = &row;
    plan.engineImage = imageFor(*candidate.gpu, row);
    plan.arguments = engineArguments(candidate, row.vllm);
    plan.shutdown = planShutdown(option);
    const auto drain =
        std::ranges::find(plan.arguments, "--shutdown-timeout", &EngineArgument::flag);
    if (drain == plan.arguments.end())
        plan.shutdown.drain = 0;
    else
        drain->value = std::to_string(plan.shutdown.drain);
    plan.checkpointSize = checkpointBytes(*candidate.model, catalog);
    plan.host = planHost(plan.checkpointSize, candidate.topology.pool.parallelism.gpus());
    plan.autoscaling = planAutoscaling(option, requirements);
    estimateColdStart(plan.autoscaling, plan.checkpointSize, candidate.engine.enforceEager);
    planRouter(plan, need);
    plan.requestTimeout = requestTimeout(option);
    plan.gpuLabelKey = gpuLabelKey(*candidate.gpu);
    plan.summary = summarize(option, need);
    addWarnings(plan, option);
    return plan;
}

} // namespace

Result<DeploymentPlan> planDeployment(const Option& option, const ResolvedNeed& need,
                                      const Requirements& requirements, const Catalog& catalog)
{
    const auto& candidate = option.candidate;
    if (!candidate.model || !candidate.gpu)
        return failure(ErrorCode::InvalidArgument,
                       "the configuration has no model or no GPU; choose one from a search");
    if (candidate.topology.disaggregation)
        return failure(ErrorCode::Unsupported,
                       "disaggregated prefill and decode can be estimated, but not exported yet");
    if (auto checked = checkModelId(candidate.model->id); !checked)
        return tl::unexpected(checked.error());
    if (auto checked = checkHardware(candidate, requirements); !checked)
        return tl::unexpected(checked.error());
    const auto row = chooseVersions(requirements, catalog);
    if (!row)
        return tl::unexpected(row.error());
    if (const auto obstacle = engineArgumentObstacle(candidate, (*row)->vllm); !obstacle.empty())
        return failure(ErrorCode::Unsupported, obstacle);
    return assemble(option, need, requirements, catalog, **row);
}

} // namespace llmd
