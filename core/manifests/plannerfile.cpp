// SPDX-License-Identifier: Apache-2.0
#include "kubernetesobjects.h"

#include <core/base/version.h>
#include <core/workload/requirements.h>

#include <nlohmann/json.hpp>

#include <cmath>
#include <cstdint>

// planner.json, "format": 1. Bytes, seconds and tokens are plain numbers in base units, their names
// say the unit.

namespace llmd::kubernetes {

namespace {

using Json = nlohmann::ordered_json;

/** Bytes as the whole number that they are. */
std::int64_t wholeBytes(Bytes bytes)
{
    return std::llround(bytes.value());
}

Json modelJson(const DeploymentPlan& plan)
{
    const auto& quantization = plan.model->architecture.quantization;
    return { { "id", plan.model->id },
             { "name", plan.model->displayName },
             { "weights", quantization.label() },
             { "quantized_at_load", quantization.atLoad },
             { "checkpoint_bytes", wholeBytes(plan.checkpointSize) } };
}

Json poolJson(const Pool& pool)
{
    return { { "tensor_parallel", pool.parallelism.tensor },
             { "pipeline_parallel", pool.parallelism.pipeline },
             { "data_parallel", pool.parallelism.data },
             { "expert_parallel", pool.parallelism.expert },
             { "replicas", pool.replicas },
             { "gpus_per_replica", pool.parallelism.gpus() } };
}

Json topologyJson(const DeploymentPlan& plan)
{
    Json json { { "kind", plan.prefill ? "disaggregated" : "aggregated" } };
    json.update(poolJson(plan.pool));
    json["total_gpus"] = plan.topology.gpus();
    return json;
}

/** Settings that most plans do without; absent means the default. */
void addFeatures(const EngineSettings& engine, Json& json)
{
    if (engine.expertExchange != ExpertExchange::Gather)
        json["expert_exchange"] = toString(engine.expertExchange);
    if (const auto& guess = engine.speculative) {
        json["speculative"] = { { "method", toString(guess->method) },
                                { "head", guess->head },
                                { "tokens", guess->tokens },
                                { "acceptance", guess->acceptance },
                                { "decay", guess->decay },
                                { "stated", guess->stated } };
        if (guess->draft)
            json["speculative"]["draft"] = guess->draft->id;
    }
    if (const auto& lora = engine.lora)
        json["lora"] = { { "adapters", lora->adapters },
                         { "rank", lora->rank },
                         { "slots", lora->slotCount },
                         { "attention_only", lora->targets == LoraTargets::Attention } };
    if (engine.offload.any())
        json["kv_offload"] = { { "cpu_bytes", wholeBytes(engine.offload.cpu) },
                               { "disk_bytes", wholeBytes(engine.offload.disk) } };
}

Json engineJson(const ServerPlan& server)
{
    const auto& engine = server.engine;
    Json json { { "version", toString(engine.version) },
                { "max_model_len", engine.maxModelLen },
                { "max_num_seqs", engine.maxNumSeqs },
                { "max_num_batched_tokens", engine.maxNumBatchedTokens },
                { "gpu_memory_utilization", engine.gpuMemoryUtilization },
                { "block_size", engine.blockSize },
                { "prefix_caching", engine.prefixCaching },
                { "chunked_prefill", engine.chunkedPrefill },
                { "enforce_eager", engine.enforceEager } };
    json["kv_cache_dtype"] =
        engine.keyValueCache ? Json(toString(*engine.keyValueCache)) : Json("auto");
    addFeatures(engine, json);
    json["arguments"] = Json::array();
    for (const auto& argument : server.arguments)
        json["arguments"].push_back(
            { { "flag", argument.flag }, { "value", argument.value }, { "why", argument.why } });
    return json;
}

Json versionsJson(const DeploymentPlan& plan)
{
    const auto& row = *plan.versions;
    return { { "row", row.id },
             { "vllm", toString(row.vllm) },
             { "engine_image", plan.engineImage },
             { "router", row.routerVersion },
             { "epp_image", row.eppImage },
             { "epp_config_api_version", row.eppConfigApiVersion },
             { "sidecar_image", row.sidecarImage },
             { "modelservice_chart", row.modelserviceChart },
             { "inference_extension", row.inferenceExtension },
             { "gateway_api", row.gatewayApi },
             { "leader_worker_set", row.leaderWorkerSet },
             { "kserve", row.kserve },
             { "ray", row.ray.version },
             { "dynamo", row.dynamo.version } };
}

Json optionsJson(const ManifestOptions& options)
{
    return { { "prometheus", options.prometheusUrl },   { "gateway", options.gateway },
             { "gateway_class", options.gatewayClass }, { "token_secret", options.tokenSecret },
             { "pull_secret", options.pullSecret },     { "model_claim", options.modelClaim },
             { "tolerations", options.tolerations },    { "topology_key", options.topologyKey },
             { "rdma_resource", options.rdmaResource }, { "allow_unfit", options.allowUnfit } };
}

Json autoscalingJson(const Export& context, const AutoscalingPlan& scaling)
{
    return { { "kind", toString(context.options.autoscaler) },
             { "min_replicas", scaling.minReplicas },
             { "max_replicas", scaling.maxReplicas },
             { "max_replicas_why", scaling.maxReplicasWhy },
             { "target_running_per_replica", scaling.targetRunningPerReplica },
             { "cold_start_seconds", scaling.coldStart.value() },
             { "cold_start_why", scaling.coldStartWhy } };
}

Json hostJson(const HostResources& host)
{
    return { { "memory_bytes", wholeBytes(host.memory) },
             { "memory_why", host.memoryWhy },
             { "shared_memory_bytes", wholeBytes(host.sharedMemory) },
             { "storage_bytes", wholeBytes(host.storage) },
             { "storage_why", host.storageWhy },
             { "cpu", host.cpu },
             { "cpu_why", host.cpuWhy } };
}

Json prefillJson(const Export& context, const ServerPlan& prefill)
{
    Json json = poolJson(prefill.pool);
    json["gpu"] = prefill.gpu->id;
    json["engine"] = engineJson(prefill);
    json["autoscaling"] = autoscalingJson(context, prefill.autoscaling);
    json["host"] = hostJson(prefill.host);
    return json;
}

Json transferJson(const Disaggregation& split)
{
    Json json { { "path", toString(split.transfer.path) },
                { "overlap", split.transfer.overlap },
                { "local_prompt_tokens", split.localPromptTokens },
                { "prefill_derate", split.prefillDerate },
                { "decode_derate", split.decodeDerate } };
    if (split.transfer.bandwidth)
        json["bytes_per_second"] = split.transfer.bandwidth->value();
    if (split.transfer.latency)
        json["latency_seconds"] = split.transfer.latency->value();
    return json;
}

} // namespace

std::string plannerFile(const Export& context, const std::vector<ManifestFile>& files)
{
    const auto& plan = context.plan;
    Json json { { "format", 1 },
                { "kind", plannerFileKind },
                { "planner_version", productVersion },
                { "target", context.options.target },
                { "name", plan.name },
                { "namespace", plan.nameSpace },
                { "title", plan.title } };
    json["model"] = modelJson(plan);
    json["gpu"] = { { "id", plan.gpu->id }, { "name", plan.gpu->name } };
    json["options"] = optionsJson(context.options);
    if (!plan.unfit.empty())
        json["does_not_fit"] = plan.unfit;
    json["topology"] = topologyJson(plan);
    json["engine"] = engineJson(plan);
    json["versions"] = versionsJson(plan);
    json["router"]["scorers"] = Json::array();
    for (const auto& scorer : plan.scorers)
        json["router"]["scorers"].push_back(
            { { "type", scorer.type }, { "weight", scorer.weight } });
    json["autoscaling"] = autoscalingJson(context, plan.autoscaling);
    json["host"] = hostJson(plan.host);
    if (plan.prefill)
        json["prefill"] = prefillJson(context, *plan.prefill);
    if (plan.topology.disaggregation)
        json["transfer"] = transferJson(*plan.topology.disaggregation);
    json["predicted"] = Json::array();
    for (const auto& [name, value] : plan.summary)
        json["predicted"].push_back({ { "name", name }, { "value", value } });
    json["warnings"] = plan.warnings;
    json["files"] = Json::array();
    for (const auto& file : files)
        json["files"].push_back(file.path);
    json["requirements_yaml"] = writeRequirements(plan.requirements);
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace llmd::kubernetes
