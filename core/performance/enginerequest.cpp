// SPDX-License-Identifier: Apache-2.0
#include "engineprotocol.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace llmd {

namespace {

using Json = nlohmann::ordered_json;

const char* toText(MixerKind kind)
{
    switch (kind) {
    case MixerKind::FullAttention:
        return "full_attention";
    case MixerKind::SlidingWindow:
        return "sliding_window";
    case MixerKind::ChunkedAttention:
        return "chunked_attention";
    case MixerKind::Mla:
        return "mla";
    case MixerKind::Recurrent:
        return "recurrent";
    case MixerKind::None:
        break;
    }
    return "none";
}

const char* toText(ScaleUpKind kind)
{
    switch (kind) {
    case ScaleUpKind::Switched:
        return "switched";
    case ScaleUpKind::Mesh:
        return "mesh";
    case ScaleUpKind::Pcie:
        break;
    }
    return "pcie";
}

const char* toText(ArrivalShape shape)
{
    switch (shape) {
    case ArrivalShape::Constant:
        return "constant";
    case ArrivalShape::Bursty:
        return "bursty";
    case ArrivalShape::Poisson:
        break;
    }
    return "poisson";
}

const char* toText(LengthDistribution::Shape shape)
{
    switch (shape) {
    case LengthDistribution::Shape::Uniform:
        return "uniform";
    case LengthDistribution::Shape::LogNormal:
        return "log_normal";
    case LengthDistribution::Shape::Constant:
        break;
    }
    return "constant";
}

Json mixerJson(const TokenMixer& mixer)
{
    return { { "kind", toText(mixer.kind) },
             { "query_heads", mixer.queryHeads },
             { "kv_heads", mixer.keyValueHeads },
             { "head_dim", mixer.headDim },
             { "value_head_dim", mixer.valueHeadDim },
             { "window", mixer.window },
             { "kv_lora_rank", mixer.kvLoraRank },
             { "rope_head_dim", mixer.ropeHeadDim },
             { "state_elements", mixer.stateElements + mixer.convStateElements },
             { "has_kv_cache", mixer.hasKeyValueCache() },
             { "parameters", mixer.linearParameters + mixer.otherParameters } };
}

Json feedForwardJson(const FeedForward& ffn)
{
    return { { "intermediate_size", ffn.intermediateSize },
             { "dense_parameters", ffn.denseParameters },
             { "experts", ffn.experts },
             { "experts_per_token", ffn.expertsPerToken },
             { "moe_intermediate_size", ffn.moeIntermediateSize },
             { "parameters_per_expert", ffn.expertParameters },
             { "shared_expert_parameters", ffn.sharedExpertParameters },
             { "router_parameters", ffn.routerParameters } };
}

Json quantizationJson(const ModelArchitecture& architecture)
{
    const Quantization& quantization = architecture.quantization;
    return { { "label", quantization.label() },
             { "method", quantization.method },
             { "at_load", quantization.atLoad },
             { "activations", toString(quantization.activations) },
             { "group_size", quantization.groupSize } };
}

/** The groups that a text server loads, each with its parameters and the bytes they take. */
Json parametersJson(const ModelArchitecture& architecture)
{
    Json groups = Json::object();
    double bytes = 0;
    for (std::size_t i = 0; i < parameterGroupCount; ++i) {
        const auto group = static_cast<ParameterGroup>(i);
        const auto count = architecture.parameters(group);
        if (count == 0 || group == ParameterGroup::Mtp)
            continue;
        const double weight = architecture.weightBytes(group).value();
        bytes += weight;
        groups[std::string(toString(group))] = { { "count", count }, { "bytes", weight } };
    }
    return { { "total", architecture.textParameters() },
             { "active", architecture.activeParameters() },
             { "bytes", bytes },
             { "groups", groups } };
}

Json modelJson(const Model& model)
{
    const ModelArchitecture& a = model.architecture;
    Json groups = Json::array();
    for (const auto& group : a.groups) {
        groups.push_back({ { "count", group.count },
                           { "mixer", mixerJson(group.mixer) },
                           { "feed_forward", feedForwardJson(group.feedForward) } });
    }
    return { { "id", model.id },
             { "model_type", a.modelType },
             { "class", a.className },
             { "layers", a.layers() },
             { "hidden_size", a.hiddenSize },
             { "query_heads", a.queryHeads() },
             { "kv_heads", a.keyValueHeads() },
             { "vocabulary_size", a.vocabularySize },
             { "max_positions", a.maxPositions },
             { "tied_embeddings", a.tiedEmbeddings },
             { "dtype", toString(a.dtype) },
             { "mixture_of_experts", a.isMoe() },
             { "quantization", quantizationJson(a) },
             { "parameters", parametersJson(a) },
             { "layer_groups", groups },
             { "layer_order", a.layerOrder },
             { "sampling_sorts_vocabulary", model.sampling.topPOrTopK },
             { "approximations", a.approximations } };
}

Json gpuJson(const Gpu& gpu)
{
    return { { "id", gpu.id },
             { "name", gpu.name },
             { "vendor", toString(gpu.vendor) },
             { "architecture", gpu.architecture },
             { "memory_bytes", gpu.memory.value() },
             { "usable_memory_bytes", gpu.usableMemory.value() },
             { "memory_bandwidth_bytes_per_s", gpu.memoryBandwidth.value() },
             { "flops_per_s",
               Json { { "bf16", gpu.bf16.value() },
                      { "fp16", gpu.fp16.value() },
                      { "fp8", gpu.fp8.value() },
                      { "int8", gpu.int8.value() },
                      { "fp4", gpu.fp4.value() } } },
             { "scale_up", toText(gpu.scaleUp) },
             { "scale_up_bandwidth_bytes_per_s", gpu.scaleUpBandwidth.value() },
             { "pair_bandwidth_bytes_per_s", gpu.pairBandwidth.value() },
             { "scale_up_domain", gpu.scaleUpDomain },
             { "pcie_bandwidth_bytes_per_s", gpu.pcieBandwidth.value() },
             { "scale_out_bandwidth_bytes_per_s", gpu.scaleOutBandwidth.value() },
             { "gpus_per_node", gpu.gpusPerNode },
             { "tdp_watts", gpu.tdp.value() } };
}

Json settingsJson(const EngineSettings& engine)
{
    return { { "name", "vllm" },
             { "version", toString(engine.version) },
             { "max_model_len", engine.maxModelLen },
             { "max_num_seqs", engine.maxNumSeqs },
             { "max_num_batched_tokens", engine.maxNumBatchedTokens },
             { "gpu_memory_utilization", engine.gpuMemoryUtilization },
             { "block_size", engine.blockSize },
             { "prefix_caching", engine.prefixCaching },
             { "chunked_prefill", engine.chunkedPrefill },
             { "enforce_eager", engine.enforceEager },
             { "expert_exchange", std::string(toString(engine.expertExchange)) },
             { "kv_cache_dtype",
               engine.keyValueCache ? Json(toString(*engine.keyValueCache)) : Json("auto") } };
}

Json candidateJson(const EngineQuestion& question)
{
    const Parallelism& parallelism = question.candidate.topology.pool.parallelism;
    const MemoryLedger& memory = question.memory;
    return { { "model", modelJson(*question.candidate.model) },
             { "gpu", gpuJson(*question.candidate.gpu) },
             { "topology",
               Json { { "kind", "aggregated" },
                      { "tensor_parallel", parallelism.tensor },
                      { "pipeline_parallel", parallelism.pipeline },
                      { "data_parallel", parallelism.data },
                      { "expert_parallel", parallelism.expert } } },
             { "engine", settingsJson(question.candidate.engine) },
             { "kv_cache",
               Json { { "tokens", std::floor(memory.kvCacheTokens) },
                      { "blocks", std::floor(memory.kvBlocks) },
                      { "bytes_per_token_and_gpu", memory.kvBytesPerToken.value() } } } };
}

Json lengthJson(const LengthDistribution& lengths)
{
    return { { "shape", toText(lengths.shape) },
             { "mean", lengths.mean },
             { "variation", lengths.variation } };
}

Json workloadJson(const Workload& workload)
{
    const Load& load = workload.load;
    const Json loadJson = load.kind == Load::Kind::OpenLoop
        ? Json { { "kind", "open" }, { "rate_rps", load.rate.value() } }
        : Json { { "kind", "closed" }, { "concurrency", load.concurrency } };
    return { { "load", loadJson },
             { "arrivals", toText(workload.arrivals) },
             { "burstiness", workload.burstiness },
             { "prompt_tokens", lengthJson(workload.prompt) },
             { "output_tokens", lengthJson(workload.output) },
             { "prefix",
               Json { { "shared_tokens", workload.prefix.sharedTokens },
                      { "groups", workload.prefix.groups },
                      { "unique_prompts", workload.prefix.uniquePrompts } } },
             { "greedy", workload.greedy },
             { "duration_s", workload.duration.value() },
             { "rounds", workload.rounds },
             { "cold_start", workload.coldStart } };
}

} // namespace

std::string engineRequest(const EngineQuestion& question, const EngineRun& run)
{
    const Json request { { "protocol", engineProtocolVersion },
                         { "seed", run.seed },
                         { "time_limit_s", run.timeLimit.value() },
                         { "candidate", candidateJson(question) },
                         { "workload", workloadJson(question.workload) } };
    return request.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace llmd
