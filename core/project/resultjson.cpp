// SPDX-License-Identifier: Apache-2.0
#include "project.h"

#include <core/memory/memoryledger.h>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <set>

namespace llmd {

using Json = nlohmann::ordered_json;

namespace {

/** JSON has no infinities: a latency beyond saturation is written as null. */
Json number(double value)
{
    return std::isfinite(value) ? Json(value) : Json();
}

Json latency(const LatencyEstimate& value)
{
    const auto interval = [](Seconds at, const IntervalFactors& factors) {
        if (!factors.stated)
            return Json();
        return Json { { "lo", number(inMilliseconds(at * factors.low)) },
                      { "hi", number(inMilliseconds(at * factors.high)) } };
    };
    return Json {
        { "mean", number(inMilliseconds(value.mean)) },
        { "p50", number(inMilliseconds(value.p50)) },
        { "p90", number(inMilliseconds(value.p90)) },
        { "p95", number(inMilliseconds(value.p95)) },
        { "p99", number(inMilliseconds(value.p99)) },
        { "mean_interval_90", interval(value.mean, value.meanInterval) },
        { "p95_interval_90", interval(value.p95, value.tailInterval) },
        { "p99_interval_90", interval(value.p99, value.tailInterval) },
    };
}

Json stepTimes(const StepBreakdown& step)
{
    return Json {
        { "weights", inMilliseconds(step.weights) },
        { "compute", inMilliseconds(step.compute) },
        { "weights_and_compute", inMilliseconds(step.weightsAndCompute) },
        { "expert_tokens", inMilliseconds(step.expertTokens) },
        { "kv_read", inMilliseconds(step.keyValueRead) },
        { "layer_overhead", inMilliseconds(step.layerOverhead) },
        { "step_overhead", inMilliseconds(step.stepOverhead) },
        { "collectives", inMilliseconds(step.collectives) },
        { "sampler", inMilliseconds(step.sampler) },
        { "pipeline", inMilliseconds(step.pipeline) },
        { "draft", inMilliseconds(step.draft) },
        { "adapters", inMilliseconds(step.adapters) },
        { "total", inMilliseconds(step.total) },
    };
}

const char* labelText(Provenance::Label label)
{
    return label == Provenance::Label::Benchmarked ? "Benchmarked" : "Estimated";
}

Json scoresJson(const Scores& scores)
{
    return Json {
        { "cost", scores.cost },
        { "latency", scores.latency },
        { "quality", scores.quality ? Json(*scores.quality) : Json() },
        { "simplicity", scores.simplicity },
        { "balanced", scores.balanced },
    };
}

Json optionJson(const Option& option, const Scores& scores)
{
    Json json = toJson(option.candidate);
    json["replicas"] = option.candidate.topology.pool.replicas;
    json["total_gpus"] = option.totalGpus;
    json["cost_per_hour_usd"] = inDollarsPerHour(option.cost);
    json["cost_per_month_usd"] = inDollarsPerMonth(option.cost);
    json["capacity_per_replica_rps"] = option.capacityPerReplica.value();
    json["estimate"] = toJson(option.atPeak);
    json["estimate_at_mean_rate"] = toJson(option.atMean);
    json["scores"] = scoresJson(scores);
    json["label"] = labelText(option.atPeak.provenance.label);
    return json;
}

Json parallelismJson(const Pool& pool)
{
    const Parallelism& parallelism = pool.parallelism;
    return Json { { "tp", parallelism.tensor },
                  { "pp", parallelism.pipeline },
                  { "dp", parallelism.data },
                  { "ep", parallelism.expert },
                  { "replicas", pool.replicas } };
}

/** Settings that most servers do without: absent where they are not used. */
void addFeatures(const EngineSettings& engine, Json& settings)
{
    if (engine.speculative) {
        const SpeculativeDecoding& speculative = *engine.speculative;
        settings["speculative"] = {
            { "method", toString(speculative.method) },
            { "draft",
              speculative.draft              ? Json(speculative.draft->id)
                  : speculative.head.empty() ? Json()
                                             : Json(speculative.head) },
            { "tokens", speculative.tokens },
            { "acceptance", speculative.acceptance },
            { "acceptance_decay", speculative.decay },
            { "acceptance_stated", speculative.stated },
        };
    }
    if (engine.lora) {
        settings["lora"] = {
            { "adapters", engine.lora->adapters },
            { "max_lora_rank", engine.lora->rank },
            { "max_loras", engine.lora->slotCount },
            { "targets", engine.lora->targets == LoraTargets::Attention ? "attention" : "linear" },
        };
    }
    if (engine.offload.any())
        settings["kv_offload"] = { { "cpu_gib", inGibibytes(engine.offload.cpu) },
                                   { "disk_gib", inGibibytes(engine.offload.disk) } };
}

Json settingsJson(const EngineSettings& engine)
{
    Json json { { "max_model_len", engine.maxModelLen },
                { "max_num_seqs", engine.maxNumSeqs },
                { "max_num_batched_tokens", engine.maxNumBatchedTokens },
                { "gpu_memory_utilization", engine.gpuMemoryUtilization },
                { "block_size", engine.blockSize },
                { "enable_prefix_caching", engine.prefixCaching },
                { "enable_chunked_prefill", engine.chunkedPrefill },
                { "expert_exchange", std::string(toString(engine.expertExchange)) },
                { "kv_cache_dtype",
                  engine.keyValueCache ? Json(std::string(toString(*engine.keyValueCache)))
                                       : Json("auto") },
                { "vllm_version", toString(engine.version) } };
    addFeatures(engine, json);
    return json;
}

Json roleJson(const Candidate& role)
{
    Json json { { "gpu", role.gpu->id } };
    json.update(parallelismJson(role.topology.pool));
    json["settings"] = settingsJson(role.engine);
    return json;
}

Json topologyJson(const Candidate& candidate)
{
    const Topology& topology = candidate.topology;
    if (!topology.disaggregation) {
        Json json { { "kind", "aggregated" } };
        json.update(parallelismJson(topology.pool));
        json["label"] = topology.label();
        return json;
    }
    const Disaggregation& split = *topology.disaggregation;
    const Transfer& transfer = split.transfer;
    return Json {
        { "kind", "disaggregated" },
        { "prefill", roleJson(prefillRole(candidate)) },
        { "decode", roleJson(decodeRole(candidate)) },
        { "transfer",
          Json {
              { "path", toString(transfer.path) },
              { "bandwidth_gb_per_s",
                transfer.bandwidth ? Json(transfer.bandwidth->value() / 1e9) : Json() },
              { "latency_ms", transfer.latency ? Json(inMilliseconds(*transfer.latency)) : Json() },
              { "overlap", transfer.overlap } } },
        { "local_prompt_tokens", split.localPromptTokens },
        { "derates",
          Json { { "prefill", split.prefillDerate }, { "decode", split.decodeDerate } } },
        { "total_gpus", topology.gpus() },
        { "label", topology.label() },
    };
}

Json roleLoadJson(const RoleLoad& load)
{
    return Json { { "capacity_rps", number(load.capacity.value()) },
                  { "utilization", number(load.utilization) },
                  { "running_per_server", number(load.running) },
                  { "waiting_per_server", number(load.waiting) },
                  { "kv_utilization", number(load.kvUtilization) } };
}

Json disaggregatedJson(const DisaggregatedEstimate& d)
{
    const TransferCost& t = d.transfer;
    Json parts = Json::object();
    for (const auto& part : firstTokenParts(d))
        parts[std::string(part.id)] = number(inMilliseconds(part.time));
    return Json {
        { "ttft_parts_ms", parts },
        { "transfer",
          Json { { "bytes", number(t.bytes.value()) },
                 { "bytes_per_gpu", number(t.bytesPerGpu.value()) },
                 { "bandwidth_gb_per_s", number(t.bandwidth.value() / 1e9) },
                 { "bandwidth_source", t.bandwidthSource },
                 { "latency_ms", number(inMilliseconds(t.latency)) },
                 { "wire_ms", number(inMilliseconds(t.wire)) },
                 { "contention_ms", number(inMilliseconds(t.contention)) },
                 { "hidden_ms", number(inMilliseconds(t.hidden)) },
                 { "total_ms", number(inMilliseconds(t.total)) },
                 { "link_utilization", number(t.linkUtilization) },
                 { "capacity_rps", number(t.capacity.value()) } } },
        { "local_share", d.localShare },
        { "prefill", roleLoadJson(d.prefillLoad) },
        { "decode", roleLoadJson(d.decodeLoad) },
        { "limit", toString(d.limit) },
        { "prefill_servers_per_decode_server", number(d.prefillPerDecode) },
    };
}

} // namespace

Json toJson(const Estimate& estimate)
{
    const double output = estimate.outputThroughput.value();
    const IntervalFactors& factors = estimate.throughputInterval;
    const Json throughputInterval = factors.stated
        ? Json { { "lo", number(output * factors.low) }, { "hi", number(output * factors.high) } }
        : Json();
    Json json {
        { "ttft_ms", latency(estimate.ttft) },
        { "itl_ms", latency(estimate.itl) },
        { "e2e_ms", latency(estimate.e2e) },
        { "request_rate_rps", number(estimate.requestRate.value()) },
        { "output_tokens_per_s", number(estimate.outputThroughput.value()) },
        { "total_tokens_per_s", number(estimate.totalThroughput.value()) },
        { "throughput_interval_90", throughputInterval },
        { "running_per_replica", number(estimate.runningPerReplica) },
        { "waiting_per_replica", number(estimate.waitingPerReplica) },
        { "batch_utilization", number(estimate.batchUtilization) },
        { "kv_utilization", number(estimate.kvUtilization) },
        { "prefill_share", number(estimate.prefillShare) },
        { "prefix_hit_rate", number(estimate.prefixHitRate) },
        { "tier_hit_rate", number(estimate.tierHitRate) },
        { "tier_load_ms", number(inMilliseconds(estimate.tierLoad)) },
        { "tokens_per_step", number(estimate.tokensPerStep) },
        { "queueing_ms", number(inMilliseconds(estimate.queueing)) },
        { "prefill_ms", number(inMilliseconds(estimate.prefill)) },
        { "saturated", estimate.saturated },
        { "near_saturation", estimate.nearSaturation },
        { "step_ms", stepTimes(estimate.step) },
        { "provenance",
          Json { { "label", labelText(estimate.provenance.label) },
                 { "engine", estimate.provenance.engine },
                 { "engine_version", estimate.provenance.engineVersion },
                 { "distance", estimate.provenance.distance },
                 { "caveats", estimate.provenance.caveats } } },
    };
    if (estimate.disaggregated)
        json["disaggregated"] = disaggregatedJson(*estimate.disaggregated);
    return json;
}

Json toJson(const MemoryLedger& ledger)
{
    Json derivations = Json::object();
    for (const auto& term : ledger.terms)
        derivations[term.id] = term.derivation;
    return Json {
        { "usable_gib", inGibibytes(ledger.usable) },
        { "budget_gib", inGibibytes(ledger.budget) },
        { "weight_memory_gib", inGibibytes(ledger.weights) },
        { "draft_memory_gib", inGibibytes(ledger.draft) },
        { "adapter_memory_gib", inGibibytes(ledger.adapters) },
        { "activation_memory_gib", inGibibytes(ledger.activation) },
        { "non_torch_gib", inGibibytes(ledger.nonTorch) },
        { "cuda_graph_gib", inGibibytes(ledger.cudaGraphs) },
        { "kv_cache_memory_gib", inGibibytes(ledger.kvCache) },
        { "kv_cache_tokens", std::floor(ledger.kvCacheTokens) },
        { "kv_cache_blocks", std::floor(ledger.kvBlocks) },
        { "kv_bytes_per_token_and_gpu", ledger.kvBytesPerToken.value() },
        { "max_concurrency", ledger.maxConcurrency },
        { "fits", ledger.fits },
        { "shortfall_gib", inGibibytes(ledger.shortfall) },
        { "remedy", ledger.remedy },
        { "version_profile", ledger.versionProfile },
        { "derivations", derivations },
    };
}

Json toJson(const Candidate& candidate)
{
    return Json {
        { "model", candidate.model->id },
        { "quantization", candidate.model->architecture.quantization.label() },
        { "quantized_at_load", candidate.model->architecture.quantization.atLoad },
        { "gpu", candidate.gpu->id },
        { "topology", topologyJson(candidate) },
        { "settings", settingsJson(candidate.engine) },
    };
}

Json toJson(const SearchReport& report, const Ranking& ranking, const Requirements& requirements,
            std::size_t top)
{
    Json refusals = Json::array();
    for (const auto& refusal : report.refusals) {
        refusals.push_back({ { "constraint", toString(refusal.constraint) },
                             { "count", refusal.count },
                             { "nearest", refusal.nearest } });
    }

    std::set<std::size_t> shown(report.pareto.begin(), report.pareto.end());
    Json views = Json::object();
    for (const View view : allViews) {
        const auto& order = ranking.order[static_cast<std::size_t>(view)];
        Json ids = Json::array();
        for (std::size_t i = 0; i < std::min(top, order.size()); ++i) {
            ids.push_back(report.options[order[i]].id);
            shown.insert(order[i]);
        }
        views[std::string(toString(view))] = ids;
    }
    Json pareto = Json::array();
    for (const std::size_t index : report.pareto)
        pareto.push_back(report.options[index].id);
    Json candidates = Json::object();
    for (const std::size_t index : shown)
        candidates[report.options[index].id] =
            optionJson(report.options[index], ranking.scores[index]);

    Json derivations = Json::array();
    for (const auto& derivation : report.need.derivations)
        derivations.push_back({ { "field", derivation.field }, { "text", derivation.text } });
    Json notes = Json::array();
    for (const auto& issue : report.need.issues)
        notes.push_back(describe(issue));

    Json json {
        { "requirements", toJson(requirements) },
        { "derivations", derivations },
        { "notes", notes },
        { "searched", report.searched },
        { "feasible", report.options.size() },
        { "elapsed_ms", inMilliseconds(report.elapsed) },
        { "cancelled", report.cancelled },
        { "refusals", refusals },
        { "views", views },
        { "pareto", pareto },
        { "candidates", candidates },
    };
    if (!report.infeasibility.empty())
        json["infeasibility"] = report.infeasibility;
    for (const auto& way : report.relaxations) {
        json["relaxations"].push_back(
            { { "text", way.text }, { "requirements", toJson(way.requirements) } });
    }
    return json;
}

} // namespace llmd
