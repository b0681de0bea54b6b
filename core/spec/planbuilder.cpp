// SPDX-License-Identifier: Apache-2.0
#include "planbuilder.h"

#include "checkpointchoice.h"
#include "specproblem.h"

#include <core/base/text.h>
#include <core/base/version.h>
#include <core/plan/names.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace llmd {

namespace {

constexpr int defaultSpeculativeTokens = 5;
constexpr int defaultAdapters = 1;
constexpr int defaultAdapterRank = 16;
constexpr Seconds defaultScaleUpCooldown { 60 };
constexpr Seconds defaultScaleDownCooldown { 300 };
/** A HorizontalPodAutoscaler acts when its metric is so far off its target. */
constexpr double autoscalerTolerance = 0.1;
constexpr double largestSessionTimeout = 3600;

/** `--kv-offloading-size` and its native backend; before, only connectors of other projects did this. */
constexpr SemanticVersion offloadingSince { 0, 22, 0 };

/** Host memory for the KV cache of prefixes that the GPUs cannot keep. */
struct HostCache
{
    Bytes size; ///< of one replica, 0 = none
    std::string why;
};

/**
 * Worth it only if the shared prefixes do not fit beside the running requests: then a second tier in host memory saves their
 * prefill. Its size is what they need, within half of the node's memory that the server leaves.
 */
HostCache planHostCache(const SpecAnalysis& analysis, const ReplicaMemory& memory,
                        const Option& option, const DeploymentPlan& deployment)
{
    const Requirements& need = analysis.problem.requirements;
    const auto& perNode = analysis.service.resources.cpuMemoryPerNode;
    if (!perNode)
        return { {}, "no host memory is stated (resources.cpuMemoryPerNode)" };
    if (deployment.versions->vllm < offloadingSince)
        return { {}, "this vLLM version has no offloading of its own" };
    const double prefixTokens = need.sharedPrefixTokens.value_or(0) * need.prefixGroups.value_or(1);
    const double spare = memory.tokens * (1 - option.atPeak.kvUtilization);
    if (prefixTokens <= spare)
        return { {},
                 fmt::format(
                     "{} tokens of shared prefixes fit into the {} tokens of GPU cache that "
                     "the running requests leave",
                     printRounded(prefixTokens), printRounded(spare)) };
    const Pool& pool = option.candidate.topology.pool;
    const int perServer = std::max(1, analysis.gpusPerNode / pool.parallelism.gpus());
    const Bytes left = *perNode / perServer - deployment.host.memory;
    const Bytes wanted = memory.ledger.kvBytesPerToken * Tokens(prefixTokens)
        * static_cast<double>(pool.parallelism.gpus());
    const double gib = std::floor(inGibibytes(std::min(wanted, left * 0.5)));
    if (gib < 1)
        return { {}, "the host memory leaves no room for it" };
    return { gibibytes(gib),
             fmt::format("{} tokens of shared prefixes need {} GiB; {} GiB are used",
                         printRounded(prefixTokens), printRounded(inGibibytes(wanted)), gib) };
}

/** Adapters that the stated host memory holds; at least those that are active. */
int hostAdapters(const SpecAnalysis& analysis, const ReplicaMemory& memory, int ranks)
{
    const AdapterSpec& adapters = *analysis.service.model.adapters;
    const int active = adapters.maxActiveAdapters.value_or(defaultAdapters);
    if (!adapters.adapterCacheSizeMB)
        return active;
    const double each = memory.side.adapters.value() * ranks / active;
    const double held = each > 0 ? std::floor(*adapters.adapterCacheSizeMB * 1e6 / each) : active;
    return static_cast<int>(std::clamp(held, static_cast<double>(active), 1e4));
}

void addAdapters(const SpecAnalysis& analysis, const ReplicaMemory& memory, DeploymentPlan& plan)
{
    if (!analysis.service.model.adapters)
        return;
    const AdapterSpec& adapters = *analysis.service.model.adapters;
    const auto add = [&](const char* flag, int value, const char* why) {
        plan.arguments.push_back({ flag, value ? std::to_string(value) : std::string(), why });
    };
    const int ranks = plan.topology.pool.parallelism.tensor;
    add("--enable-lora", 0, "adapters are served beside the model");
    add("--max-loras", adapters.maxActiveAdapters.value_or(defaultAdapters),
        "adapters in one batch, as the spec states");
    add("--max-lora-rank", adapters.maxAdapterRank.value_or(defaultAdapterRank),
        "largest rank of an adapter, as the spec states");
    add("--max-cpu-loras", hostAdapters(analysis, memory, ranks),
        "adapters that the host memory of the spec holds");
    if (adapters.adapterCacheSizeMB)
        plan.host.memory += Bytes(*adapters.adapterCacheSizeMB * 1e6);
}

void addDraft(const SpecAnalysis& analysis, DeploymentPlan& plan)
{
    if (!analysis.service.model.speculative)
        return;
    const SpeculativeSpec& speculative = *analysis.service.model.speculative;
    const nlohmann::ordered_json json { { "method", "draft_model" },
                                        { "model", speculative.draftModel },
                                        { "num_speculative_tokens",
                                          speculative.numSpeculativeTokens.value_or(
                                              defaultSpeculativeTokens) } };
    plan.arguments.push_back({ "--speculative-config", json.dump(),
                               "a draft model proposes tokens, the model verifies them" });
    plan.warnings.push_back(speculativeNote(speculative));
}

void setScaling(const SpecAnalysis& analysis, const Option& option, DeploymentPlan& plan)
{
    const ScalingSpec& scaling = analysis.service.serving.scaling;
    const ScalingThresholds used = scalingThresholds(scaling);
    AutoscalingPlan& result = plan.autoscaling;
    result.minReplicas = scaling.minReplicas.value_or(1);
    result.minReplicasWhy = scaling.minReplicas ? "scaling.minReplicas of the spec"
                                                : "scaling.minReplicas is not stated";
    if (scaling.maxReplicas && *scaling.maxReplicas <= result.maxReplicas) {
        result.maxReplicas = *scaling.maxReplicas;
        result.maxReplicasWhy = "scaling.maxReplicas of the spec";
    }
    // The autoscaler acts a tolerance above its target, which has to be the threshold at the latest.
    const double trigger = std::min(used.target, used.up / (1 + autoscalerTolerance));
    result.targetRunningPerReplica =
        std::max(1.0, std::floor(option.maxConcurrency * trigger / used.target));
    result.scaleUpPeriod = scaling.scaleUpCooldown.value_or(defaultScaleUpCooldown);
    result.scaleDownPeriod = scaling.scaleDownCooldown.value_or(defaultScaleDownCooldown);
}

} // namespace

std::string speculativeNote(const SpeculativeSpec& speculative)
{
    const int drafted = speculative.numSpeculativeTokens.value_or(defaultSpeculativeTokens);
    std::string expected;
    if (speculative.acceptanceThreshold) {
        // Leviathan et al. 2023, eq. 1: (1 - a^(k+1)) / (1 - a) tokens per verification.
        const double a = *speculative.acceptanceThreshold;
        const double tokens = a < 1 ? (1 - std::pow(a, drafted + 1)) / (1 - a) : drafted + 1.0;
        expected = fmt::format(" ({} tokens per step, if {} of the drafts are accepted)",
                               printRounded(tokens), printNumber(a));
    }
    return fmt::format("Speculative decoding is not counted on: latencies and capacity are those "
                       "without its gain{}.",
                       expected);
}

Result<DeploymentPlan> deploySpec(const SpecAnalysis& analysis, const ResourcePlan& resources)
{
    const Option& option = *resources.option;
    auto planned = planDeployment(option, resources.report->need, analysis.problem.requirements,
                                  *analysis.catalog);
    if (!planned)
        return planned;
    DeploymentPlan& plan = *planned;
    plan.name = analysis.service.name;
    plan.nameSpace = analysis.service.nameSpace.value_or(plan.nameSpace);
    // Other weights of the same model keep name and selector, which a Deployment cannot change.
    plan.servedName = analysis.service.model.name;
    plan.modelLabel = labelValue(plan.servedName);
    const ReplicaMemory memory = replicaMemory(analysis, option.candidate);
    if (const auto& revision = analysis.service.model.revision;
        revision && *revision != "main" && plan.model->id == analysis.service.model.name)
        plan.arguments.push_back({ "--revision", *revision, "as the spec states" });
    addAdapters(analysis, memory, plan);
    addDraft(analysis, plan);
    const HostCache cache = planHostCache(analysis, memory, option, plan);
    if (cache.size > Bytes()) {
        plan.arguments.push_back(
            { "--kv-offloading-size", printNumber(inGibibytes(cache.size)), cache.why });
        plan.arguments.push_back(
            { "--kv-offloading-backend", "native", "vLLM's own tier in host memory" });
        plan.host.memory += cache.size;
        plan.host.memoryWhy += fmt::format(" + {} GiB of cached prefixes", inGibibytes(cache.size));
    }
    setScaling(analysis, option, plan);
    return planned;
}

namespace {

/** Fills one plan; every member function writes a section and says why. */
class PlanBuilder
{
public:
    PlanBuilder(const SpecAnalysis& analysis, const ResolvedNeed& need, const Option& option,
                const DeploymentPlan& deployment)
        : m_analysis(analysis)
        , m_spec(analysis.service)
        , m_need(need)
        , m_option(option)
        , m_deployment(deployment)
        , m_memory(replicaMemory(analysis, m_option.candidate))
    { }

    ExecutionPlan run()
    {
        describeRuntime();
        describeModel();
        describeParallelism();
        describeScheduler();
        describeCache();
        describeRouting();
        describeAutoscaling();
        describeHeader();
        return std::move(m_plan);
    }

private:
    void why(const std::string& path, std::string text) { m_plan.why[path] = std::move(text); }

    const Pool& pool() const { return m_option.candidate.topology.pool; }
    const EngineSettings& engine() const { return m_option.candidate.engine; }

    std::optional<std::string> argument(std::string_view flag) const
    {
        for (const EngineArgument& each : m_deployment.arguments) {
            if (each.flag == flag)
                return each.value;
        }
        return std::nullopt;
    }

    void describeRuntime()
    {
        PlannedRuntime& runtime = m_plan.runtime;
        runtime.service = m_deployment.name;
        runtime.nameSpace = m_deployment.nameSpace;
        runtime.engineImage = m_deployment.engineImage;
        runtime.routerImage = m_deployment.versions->eppImage;
        runtime.coldStart = Seconds(std::ceil(m_deployment.autoscaling.coldStart.value()));
        why("runtime.service", "first part of the names of all objects");
        why("runtime.namespace", m_spec.nameSpace ? "as stated" : "none is stated");
        why("runtime.engineImage", "version row " + m_deployment.versions->id);
        why("runtime.routerImage", "version row " + m_deployment.versions->id);
        why("runtime.coldStart", m_deployment.autoscaling.coldStartWhy);
    }

    void describeModel()
    {
        PlannedModel& model = m_plan.model;
        const ModelSpec& spec = m_spec.model;
        model.name = spec.name;
        model.checkpoint = m_analysis.model->id;
        model.revision = argument("--revision").value_or("main");
        model.quantization = m_option.candidate.model->architecture.quantization.label();
        model.quantizedAtLoad = m_analysis.quantizedAtLoad;
        model.maxContextLength = engine().maxModelLen;
        why("model.checkpoint",
            model.checkpoint == model.name ? "the named one"
                                           : "holds these weights in this format");
        why("model.revision",
            model.checkpoint == model.name
                ? "model.revision"
                : "of the checkpoint; model.revision is that of the named one");
        why("model.quantization",
            spec.quantization ? fmt::format("model.quantization: {}", nameOf(*spec.quantization))
                              : "as the checkpoint is stored");
        why("model.quantizedAtLoad",
            model.quantizedAtLoad ? "no such checkpoint is known" : "the files hold them");
        why("model.maxContextLength",
            spec.maxContextLength ? "as stated" : "holds 999 of 1000 requests");
        if (spec.adapters) {
            model.maxActiveAdapters = spec.adapters->maxActiveAdapters.value_or(defaultAdapters);
            model.maxAdapterRank = spec.adapters->maxAdapterRank.value_or(defaultAdapterRank);
            model.cpuAdapters = hostAdapters(m_analysis, m_memory, pool().parallelism.tensor);
        }
        const std::string adapters =
            fmt::format("{} GiB per GPU", printRounded(inGibibytes(m_memory.side.adapters)));
        why("model.maxActiveAdapters", spec.adapters ? adapters : "no adapters");
        why("model.maxAdapterRank", spec.adapters ? "model.adapters" : "no adapters");
        why("model.cpuAdapters", spec.adapters ? "as the adapter cache holds" : "no adapters");
        describeDraft();
    }

    void describeDraft()
    {
        const auto& speculative = m_spec.model.speculative;
        if (speculative) {
            m_plan.model.draftModel = speculative->draftModel;
            m_plan.model.numSpeculativeTokens =
                speculative->numSpeculativeTokens.value_or(defaultSpeculativeTokens);
        }
        why("model.draftModel",
            speculative ? fmt::format("{} GiB per GPU for its weights{}",
                                      printRounded(inGibibytes(m_memory.side.draftWeights)),
                                      m_analysis.draft ? "" : ": unknown model, not counted")
                        : "no speculative decoding");
        why("model.numSpeculativeTokens",
            speculative ? "model.speculative" : "no speculative decoding");
    }

    void describeParallelism()
    {
        PlannedParallelism& result = m_plan.parallelism;
        const Parallelism& shape = pool().parallelism;
        result = { shape.tensor, shape.pipeline, pool().replicas, m_option.totalGpus,
                   m_analysis.gpu->id };
        why("parallelism.tensorParallel",
            shape.data > 1          ? "the GPUs of one attention replica"
                : shape.tensor == 1 ? "one GPU meets the latency limits"
                                    : "fewest GPUs in all that hold the model and meet the limits");
        why("parallelism.pipelineParallel",
            shape.pipeline == 1 ? "stages would only add latency" : "stages fit the model");
        const double usable =
            m_option.capacityPerReplica.value() * (1 - m_analysis.problem.requirements.headroom);
        why("parallelism.replicas",
            fmt::format("{} requests/s / ({} per replica x {} target utilisation), at least {}",
                        printRounded(m_need.peakLoad.load.rate.value()),
                        printRounded(m_option.capacityPerReplica.value()),
                        printRounded(usable / m_option.capacityPerReplica.value()),
                        m_analysis.problem.requirements.minReplicas));
        why("parallelism.totalGPUs",
            fmt::format("{} replicas x {}", pool().replicas, shape.gpus()));
        why("parallelism.gpuType", m_analysis.gpu->name);
        result.dataParallel = shape.data;
        result.expertParallel = shape.expert;
        result.podsPerReplica = m_deployment.pods;
        describeShape(m_deployment, "parallelism.dataParallel", "parallelism.expertParallel",
                      "parallelism.podsPerReplica");
        describePrefill();
    }

    /** Attention replicas, experts and pods of one kind of server. */
    void describeShape(const ServerPlan& server, const char* data, const char* expert,
                       const char* pods)
    {
        const Parallelism& shape = server.pool.parallelism;
        why(data,
            shape.data == 1 ? "one attention replica"
                            : "each sees its own sequences; experts are shared by all");
        why(expert,
            shape.expert ? "each GPU holds whole experts"
                         : "experts, where there are any, are split like other weights");
        why(pods,
            server.pods == 1
                ? "one node has room for a server"
                : fmt::format("{} GPUs in a pod, one pod per node", server.gpusPerPod()));
    }

    /** Servers that only compute prompts; the replicas above are then those that decode. */
    void describePrefill()
    {
        const auto& split = m_option.candidate.topology.disaggregation;
        if (!split) {
            why("parallelism.prefillTensorParallel", "every replica does prefill and decode");
            for (const char* field :
                 { "Replicas", "DataParallel", "ExpertParallel", "PodsPerReplica" })
                why(std::string("parallelism.prefill") + field,
                    "every replica does prefill and decode");
            return;
        }
        m_plan.parallelism.prefillTensorParallel = split->prefill.parallelism.tensor;
        m_plan.parallelism.prefillReplicas = split->prefill.replicas;
        const Parallelism& shape = split->prefill.parallelism;
        m_plan.parallelism.prefillDataParallel = shape.data;
        m_plan.parallelism.prefillExpertParallel = shape.expert;
        m_plan.parallelism.prefillPodsPerReplica = m_deployment.prefill->pods;
        describeShape(*m_deployment.prefill, "parallelism.prefillDataParallel",
                      "parallelism.prefillExpertParallel", "parallelism.prefillPodsPerReplica");
        why("parallelism.replicas", "decode servers, matched to the prefill servers at the peak");
        why("parallelism.totalGPUs", "of both roles: " + m_option.candidate.topology.label());
        why("parallelism.prefillTensorParallel", "servers of their own compute the prompts");
        why("parallelism.prefillReplicas", "matched to the decode servers at the peak");
    }

    void describeScheduler()
    {
        PlannedScheduler& result = m_plan.scheduler;
        result.maxBatchSize = engine().maxNumSeqs;
        const double resident =
            std::min(static_cast<double>(engine().maxNumSeqs) * engine().maxModelLen,
                     m_memory.blocks * engine().blockSize);
        result.maxTokensInBatch = static_cast<std::int64_t>(resident);
        result.chunkedPrefill = engine().chunkedPrefill;
        result.maxChunkedPrefillTokens = engine().maxNumBatchedTokens;
        const auto& wait = m_spec.serving.batching.maxWaitTime;
        why("scheduler.maxBatchSize",
            fmt::format("--max-num-seqs; {} run at the planned load",
                        printRounded(m_option.atPeak.runningPerReplica)));
        why("scheduler.maxTokensInBatch",
            "min(batch x context, tokens in the KV cache): what can be resident");
        why("scheduler.chunkedPrefill", "long prompts do not hold up running answers");
        why("scheduler.maxChunkedPrefillTokens",
            "--max-num-batched-tokens; keeps a step within the TPOT limit");
        why("scheduler.schedulerSteps", "vLLM has no multi-step scheduling since 0.10.1");
        why("scheduler.maxWaitTimeMs",
            fmt::format("batches form continuously, nothing waits for one{}",
                        wait ? fmt::format("; {} are allowed", printDuration(*wait)) : ""));
    }

    void describeCache()
    {
        PlannedCache& result = m_plan.kvCache;
        result.blockSize = engine().blockSize;
        result.gpuCacheBlocks = static_cast<std::int64_t>(m_memory.blocks);
        result.gpuUtilization = engine().gpuMemoryUtilization;
        result.offloadPolicy = "lru";
        const HostCache cache = planHostCache(m_analysis, m_memory, m_option, m_deployment);
        // The deployment decided it; host memory was part of that.
        const auto offloaded = argument("--kv-offloading-size");
        result.tier1Enabled = offloaded.has_value();
        if (offloaded) {
            const Bytes perBlock = m_memory.ledger.kvBytesPerToken * Tokens(engine().blockSize)
                * static_cast<double>(pool().parallelism.gpus());
            result.cpuSwapBlocks = static_cast<std::int64_t>(
                gibibytes(parseNumber(*offloaded).value_or(0)) / perBlock);
        }
        why("kvCache.blockSize", "tokens per block; vLLM's default");
        why("kvCache.gpuCacheBlocks",
            fmt::format("{} GiB per GPU after {} GiB of weights, for {} tokens per replica",
                        printRounded(inGibibytes(m_memory.ledger.kvCache - m_memory.side.fixed())),
                        printRounded(inGibibytes(m_memory.ledger.weights)),
                        printRounded(m_memory.tokens, 4)));
        why("kvCache.cpuSwapBlocks",
            offloaded ? "blocks of prefixes in host memory"
                      : "vLLM recomputes preempted requests, it does not swap");
        why("kvCache.gpuUtilization", "--gpu-memory-utilization");
        why("kvCache.offloadPolicy", "the block that was used longest ago leaves first");
        why("kvCache.tier1Enabled",
            offloaded ? "host memory keeps prefixes that the GPUs cannot" : cache.why);
        why("kvCache.tier2Enabled", "vLLM's own offloading has no NVMe tier");
    }

    void describeRouting()
    {
        PlannedRouting& result = m_plan.routing;
        const bool scored = std::any_of(
            m_deployment.scorers.begin(), m_deployment.scorers.end(),
            [](const RouterScorer& each) { return each.type == "prefix-cache-scorer"; });
        result.kvAwareRouting = scored && m_deployment.autoscaling.maxReplicas > 1;
        result.policy = result.kvAwareRouting ? "kv-aware" : "round-robin";
        result.sessionAffinity = result.kvAwareRouting;
        result.loadBalancingWindow =
            static_cast<int>(std::clamp(std::ceil(requestsInFlight(m_option)), 1.0, 1e6));
        const double inflow = m_option.atPeak.requestRate.value() / pool().replicas
            * (m_need.peakLoad.prompt.mean + m_need.peakLoad.output.mean);
        const double turnover = inflow > 0 ? m_memory.tokens / inflow : largestSessionTimeout;
        result.sessionAffinityTimeout =
            Seconds(std::clamp(std::floor(turnover), 1.0, largestSessionTimeout));
        why("routing.policy",
            result.kvAwareRouting ? "several replicas: the endpoint picker scores cached prefixes, "
                                    "queues and cache use"
                                  : "one replica: there is no choice");
        why("routing.kvAwareRouting", "the prefix-cache scorer of the endpoint picker");
        why("routing.loadBalancingWindow",
            "requests in flight at the planned load: what queue and cache scorers weigh");
        why("routing.sessionAffinity",
            "a conversation goes where its prefix is cached; there is no cookie");
        why("routing.sessionAffinityTimeout",
            "after it new tokens have replaced a replica's cache once, at most 1h");
    }

    void describeAutoscaling()
    {
        PlannedAutoscaling& result = m_plan.autoscaling;
        const AutoscalingPlan& planned = m_deployment.autoscaling;
        const ScalingSpec& scaling = m_spec.serving.scaling;
        const ScalingThresholds used = scalingThresholds(scaling);
        result.minReplicas = planned.minReplicas;
        result.maxReplicas = planned.maxReplicas;
        result.scaleUpThreshold = used.up;
        result.scaleDownThreshold = used.down;
        result.scaleUpCooldown = planned.scaleUpPeriod.value_or(defaultScaleUpCooldown);
        result.scaleDownCooldown = planned.scaleDownPeriod;
        result.metric = "requests_running";
        result.targetRunningPerReplica = planned.targetRunningPerReplica;
        const auto stated = [](bool is, const char* text) {
            return is ? "as stated" : std::string(text);
        };
        why("autoscaling.minReplicas", planned.minReplicasWhy);
        why("autoscaling.maxReplicas", planned.maxReplicasWhy);
        why("autoscaling.scaleUpThreshold",
            stated(scaling.scaleUpThreshold.has_value(), "the default"));
        why("autoscaling.scaleDownThreshold",
            stated(scaling.scaleDownThreshold.has_value(), "half of the target at most")
                + fmt::format(
                    "; the autoscaler itself removes a replica 10 % below its target ({})",
                    printRounded(used.target * (1 - autoscalerTolerance))));
        why("autoscaling.scaleUpCooldown",
            stated(scaling.scaleUpCooldown.has_value(), "the default"));
        why("autoscaling.scaleDownCooldown",
            stated(scaling.scaleDownCooldown.has_value(), "the default"));
        why("autoscaling.metric",
            "GPU utilisation reads near 100 % at any load; requests tell the load");
        why("autoscaling.targetRunningPerReplica",
            fmt::format("requests per replica at {} utilisation, or a tolerance below {}",
                        printRounded(used.target), printRounded(used.up)));
    }

    void describeHeader()
    {
        m_plan.header = { fmt::format("Execution plan of {}, made by llm-d planner {}.",
                                      m_deployment.name, productVersion) };
        for (const auto& [name, value] : m_deployment.summary)
            m_plan.header.push_back(fmt::format("  {}: {}", name, value));
        for (const SpecAssumption& each : m_analysis.assumptions)
            m_plan.header.push_back(fmt::format("Assumed {}: {}", each.field, each.text));
    }

    const SpecAnalysis& m_analysis;
    const InferenceService& m_spec;
    const ResolvedNeed& m_need;
    const Option& m_option;
    const DeploymentPlan& m_deployment;
    ReplicaMemory m_memory;
    ExecutionPlan m_plan;
};

} // namespace

ExecutionPlan buildExecutionPlan(const SpecAnalysis& analysis, const ResolvedNeed& need,
                                 const Option& option, const DeploymentPlan& deployment)
{
    return PlanBuilder(analysis, need, option, deployment).run();
}

ExecutionPlan executionPlanOf(const Option& option, const ResolvedNeed& need,
                              const DeploymentPlan& deployment,
                              std::shared_ptr<const Catalog> catalog)
{
    SpecAnalysis analysis;
    const Model* stored = catalog->findModel(option.candidate.model->id);
    analysis.service.name = deployment.name;
    analysis.service.nameSpace = deployment.nameSpace;
    analysis.service.model.name = option.candidate.model->id;
    analysis.service.model.maxContextLength = deployment.requirements.contextTokens;
    analysis.service.serving.scaling.targetUtilization = 1 - deployment.requirements.headroom;
    analysis.model = option.candidate.model;
    analysis.gpu = option.candidate.gpu;
    analysis.gpusPerNode = analysis.gpu->gpusPerNode;
    analysis.quantizedAtLoad = stored
        && stored->architecture.quantization.label()
            != option.candidate.model->architecture.quantization.label();
    analysis.problem.requirements = deployment.requirements;
    analysis.catalog = std::move(catalog);
    return PlanBuilder(analysis, need, option, deployment).run();
}

} // namespace llmd
