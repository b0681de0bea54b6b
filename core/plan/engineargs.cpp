// SPDX-License-Identifier: Apache-2.0
#include "deploymentplan.h"
#include "featureargs.h"

#include <core/base/text.h>
#include <core/search/gpusupport.h>

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>

// Which flag exists in which version, and its default there: vLLM's "Engine Arguments" pages of
// 0.8.5 to 0.27, read 2026-08; pull requests are named where a flag came later.

namespace llmd {

namespace {

constexpr int defaultBlockSize = 16;
/** vllm-project/vllm#36666 put the drain back after 0.18 had been cut. */
constexpr SemanticVersion shutdownTimeoutSince { 0, 19, 0 };
/** vllm-project/vllm#21238: each node of a data-parallel engine takes requests. */
constexpr SemanticVersion hybridBalanceSince { 0, 10, 0 };
/** vllm-project/vllm#23691: one engine over several nodes without Ray. */
constexpr SemanticVersion nodesSince { 0, 12, 0 };

struct FlagStart
{
    std::string_view flag;
    SemanticVersion since;
};
constexpr FlagStart flagStarts[] = {
    { "--shutdown-timeout", shutdownTimeoutSince },
    { "--data-parallel-hybrid-lb", hybridBalanceSince },
    { "--nnodes", nodesSince },
    { "--node-rank", nodesSince },
    { "--master-addr", nodesSince },
    { "--all2all-backend", { 0, 11, 1 } }, // vllm-project/vllm#26732
};

bool hasBf16(const Gpu& gpu)
{
    return gpu.bf16 > FlopsPerSecond(0);
}

/** The type that the engine uses for the KV cache with `--kv-cache-dtype auto`. */
Precision automaticKeyValueType(const Candidate& candidate)
{
    const auto& architecture = candidate.model->architecture;
    const auto stated = architecture.quantization.keyValueCache;
    return stated == Precision::Fp8 ? stated : architecture.dtype;
}

/** Value of `--kv-cache-dtype`; nothing if the planner knows no value that this version
 * understands. */
std::optional<std::string> keyValueTypeName(Precision precision)
{
    switch (precision) {
    case Precision::Fp8:
        return "fp8";
    case Precision::Bf16:
        return "bfloat16";
    default:
        return std::nullopt;
    }
}

/** Value of `--quantization` for weights that are quantised while loading. */
std::optional<std::string> loadQuantizationName(const Quantization& quantization)
{
    if (quantization.of(ParameterGroup::Attention).values == Precision::Fp8
        || quantization.of(ParameterGroup::DenseFfn).values == Precision::Fp8
        || quantization.of(ParameterGroup::RoutedExperts).values == Precision::Fp8)
        return "fp8";
    return std::nullopt;
}

class ArgumentList
{
public:
    void add(std::string flag, std::string value, std::string why)
    {
        m_list.push_back({ std::move(flag), std::move(value), std::move(why) });
    }
    void add(std::string flag, int value, std::string why)
    {
        add(std::move(flag), std::to_string(value), std::move(why));
    }
    void add(std::vector<EngineArgument> arguments)
    {
        std::move(arguments.begin(), arguments.end(), std::back_inserter(m_list));
    }
    [[nodiscard]] std::vector<EngineArgument> take() { return std::move(m_list); }

private:
    std::vector<EngineArgument> m_list;
};

void addParallelism(const Candidate& candidate, int pods, ArgumentList& list)
{
    const auto& parallelism = candidate.topology.pool.parallelism;
    list.add("--tensor-parallel-size", parallelism.tensor,
             parallelism.tensor == 1 ? "one GPU holds every layer"
                                     : fmt::format("each layer over {} GPUs", parallelism.tensor));
    if (parallelism.pipeline > 1)
        list.add("--pipeline-parallel-size", parallelism.pipeline,
                 fmt::format("the layers in {} stages", parallelism.pipeline));
    if (parallelism.data > 1) {
        const auto why = fmt::format("{} attention replicas share the experts", parallelism.data);
        list.add("--data-parallel-size", parallelism.data, why);
        const int local = parallelism.data / pods;
        list.add("--data-parallel-size-local", local,
                 pods == 1 ? "all of them in this pod"
                           : fmt::format("{} pods hold {} each", pods, local));
    }
    if (parallelism.expert && candidate.model->architecture.isMoe())
        list.add("--enable-expert-parallel", "", "whole experts per GPU instead of slices of each");
}

void addPrecision(const Candidate& candidate, ArgumentList& list)
{
    const auto& architecture = candidate.model->architecture;
    if (!hasBf16(*candidate.gpu) && architecture.dtype != Precision::Fp32)
        list.add("--dtype", "float16", "this GPU has no BF16");
    if (architecture.quantization.atLoad) {
        if (const auto name = loadQuantizationName(architecture.quantization))
            list.add("--quantization", *name,
                     "weights are quantised while loading; the checkpoint stays as it is");
    }
    const auto& wanted = candidate.engine.keyValueCache;
    if (wanted && *wanted != automaticKeyValueType(candidate)) {
        if (const auto name = keyValueTypeName(*wanted))
            list.add("--kv-cache-dtype", *name,
                     "type of the KV cache in the plan; the checkpoint asks for another");
    }
}

void addScheduling(const Candidate& candidate, ArgumentList& list)
{
    const auto& engine = candidate.engine;
    list.add("--max-model-len", engine.maxModelLen, "longest prompt plus output that is served");
    list.add("--gpu-memory-utilization", printNumber(engine.gpuMemoryUtilization),
             "share of GPU memory in the plan's ledger; the default differs between versions");
    list.add("--max-num-seqs", engine.maxNumSeqs, "largest batch that the latency targets allow");
    list.add("--max-num-batched-tokens", engine.maxNumBatchedTokens,
             "tokens per step: larger favours TTFT, smaller favours ITL");
    if (engine.blockSize != defaultBlockSize)
        list.add("--block-size", engine.blockSize, "tokens per KV block in the plan");
    list.add(engine.prefixCaching ? "--enable-prefix-caching" : "--no-enable-prefix-caching", "",
             engine.prefixCaching
                 ? "common prefixes are computed once; the endpoint picker routes by them"
                 : "the plan assumes no reuse of prefixes");
    list.add(engine.chunkedPrefill ? "--enable-chunked-prefill" : "--no-enable-chunked-prefill", "",
             engine.chunkedPrefill ? "long prompts do not hold up running answers"
                                   : "the plan assumes whole prompts in one step");
    if (engine.expertExchange == ExpertExchange::Dispatch
        && candidate.topology.pool.parallelism.data > 1)
        list.add("--all2all-backend", "deepep_low_latency",
                 "tokens go to the ranks of their experts alone; needs DeepEP in the image");
    if (engine.enforceEager)
        list.add("--enforce-eager", "", "no CUDA graphs: saves their memory, costs latency");
}

} // namespace

std::vector<EngineArgument> engineArguments(const Candidate& candidate,
                                            const SemanticVersion& version, int pods)
{
    if (!candidate.model || !candidate.gpu)
        return {};
    ArgumentList list;
    addParallelism(candidate, std::max(pods, 1), list);
    addPrecision(candidate, list);
    addScheduling(candidate, list);
    list.add(featureArguments(candidate));
    if (version >= shutdownTimeoutSince)
        list.add("--shutdown-timeout", Shutdown {}.drain,
                 "seconds for running requests when the pod ends");
    return list.take();
}

bool engineHasFlag(std::string_view flag, const SemanticVersion& version)
{
    const auto it = std::ranges::find(flagStarts, flag, &FlagStart::flag);
    return it == std::end(flagStarts) || version >= it->since;
}

int podsPerReplica(const Parallelism& parallelism, int gpusPerNode)
{
    const int all = parallelism.gpus();
    const int group = parallelism.tensor * parallelism.pipeline;
    for (int gpus = std::min(all, gpusPerNode); gpus >= 1; --gpus) {
        if (all % gpus != 0)
            continue;
        const bool wholeReplicas = gpus % group == 0;
        const bool wholeGroups = gpus % parallelism.tensor == 0 || parallelism.tensor % gpus == 0;
        if (gpus == all || (parallelism.data > 1 ? wholeReplicas : wholeGroups))
            return all / gpus;
    }
    return 0;
}

std::string engineArgumentObstacle(const Candidate& candidate, const SemanticVersion& version)
{
    if (!candidate.model || !candidate.gpu)
        return "the configuration has no model or no GPU; choose both";
    if (version < oldestExportedVersion)
        return fmt::format("the command line of vLLM {} is not known here; choose a version row "
                           "with vLLM {} or newer",
                           toString(version), toString(oldestExportedVersion));
    const auto& engine = candidate.engine;
    if (engine.maxModelLen < 1 || engine.maxNumSeqs < 1 || engine.maxNumBatchedTokens < 1
        || engine.blockSize < 1)
        return "context length, sequences, batched tokens and block size must be at least 1";
    if (!(engine.gpuMemoryUtilization > 0 && engine.gpuMemoryUtilization <= 1))
        return fmt::format("a GPU memory utilization of {} is not within 0 … 1",
                           printRounded(engine.gpuMemoryUtilization));
    const int positions = candidate.model->architecture.maxPositions;
    if (positions > 0 && engine.maxModelLen > positions)
        return fmt::format(
            "a context of {} tokens is beyond the model's {}; lower the context length",
            engine.maxModelLen, positions);
    if (engine.maxNumBatchedTokens < engine.maxNumSeqs)
        return fmt::format("{} batched tokens are fewer than {} sequences: the engine refuses to "
                           "start; raise the first",
                           engine.maxNumBatchedTokens, engine.maxNumSeqs);
    if (!engine.chunkedPrefill && engine.maxNumBatchedTokens < engine.maxModelLen)
        return fmt::format("without chunked prefill the engine needs at least {} batched tokens "
                           "(the context length), "
                           "not {}",
                           engine.maxModelLen, engine.maxNumBatchedTokens);
    if (!hasBf16(*candidate.gpu) && refusesFp16(*candidate.model))
        return fmt::format("{} has no BF16, and vLLM does not run this model in FP16 (numerical "
                           "instability); choose a "
                           "GPU with BF16",
                           candidate.gpu->name);
    const auto& quantization = candidate.model->architecture.quantization;
    if (quantization.atLoad && !loadQuantizationName(quantization))
        return fmt::format("vLLM cannot quantise weights to {} while loading; choose FP8 or a "
                           "quantised checkpoint",
                           quantization.label());
    const auto& wanted = engine.keyValueCache;
    if (wanted && *wanted != automaticKeyValueType(candidate) && !keyValueTypeName(*wanted))
        return fmt::format(
            "a KV cache in {} cannot be written for vLLM {}; choose fp8, bf16 or auto",
            toString(*wanted), toString(version));
    return featureArgumentObstacle(candidate, version);
}

} // namespace llmd
