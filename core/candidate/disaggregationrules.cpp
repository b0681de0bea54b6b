// SPDX-License-Identifier: Apache-2.0
#include "disaggregationrules.h"

#include <core/base/text.h>

#include <cmath>

namespace llmd {

namespace {

using Finding = DisaggregationFinding;
using Rule = DisaggregationFinding::Rule;

constexpr const char* connectorSource =
    "vLLM, NixlConnector compatibility matrix, "
    "docs.vllm.ai/en/stable/features/nixl_connector_compatibility";
/** First version with the mapping of ranks to repeated KV heads (vllm-project/vllm#45879, merged 2026-06; v0.21 asserts). */
constexpr SemanticVersion repeatedHeads { 0, 22, 0 };

std::string pairText(int prefill, int decode)
{
    return "prefill TP" + std::to_string(prefill) + " and decode TP" + std::to_string(decode);
}

/** The combinations of tensor parallel sizes, by kind of attention. */
void addTensorRules(const Candidate& prefill, const Candidate& decode,
                    std::vector<Finding>& findings)
{
    const ModelArchitecture& architecture = decode.model->architecture;
    const int p = prefill.topology.pool.parallelism.tensor;
    const int d = decode.topology.pool.parallelism.tensor;
    if (p == d)
        return;
    const auto refuse = [&](std::string why, const char* source) {
        findings.push_back(
            { Rule::TensorParallel, true, pairText(p, d) + ": " + std::move(why), source });
    };
    if (architecture.hasRecurrentLayers()) {
        refuse("models with recurrent layers need the same size on both sides, because their "
               "state is laid out by it",
               "vllm-project/vllm#42895 and #41037");
        return;
    }
    if (d % p != 0 && !(architecture.hasMla() && p % d == 0)) {
        refuse(architecture.hasMla() ? "one size must be a multiple of the other"
                                     : "decode TP must be a multiple of prefill TP",
               connectorSource);
        return;
    }
    if (architecture.hasMla())
        return; // every rank has the whole latent vector
    if (d > architecture.keyValueHeads() && decode.engine.version < repeatedHeads) {
        refuse("decode TP exceeds the model's " + std::to_string(architecture.keyValueHeads())
                   + " KV heads, at which vLLM before " + toString(repeatedHeads) + " stops",
               "vllm-project/vllm#45330, fixed by #45879");
        return;
    }
    findings.push_back({ Rule::TensorParallel, false,
                         pairText(p, d)
                             + ": legal with the HND cache layout, but some builds fail at the "
                               "handshake; equal sizes are the safe choice",
                         "vllm-project/vllm#50765 (open)" });
}

void addEqualityRules(const Candidate& prefill, const Candidate& decode,
                      std::vector<Finding>& findings)
{
    const auto differ = [&](Rule rule, const std::string& what, const std::string& first,
                            const std::string& second, const std::string& why) {
        findings.push_back(
            { rule, true,
              what + " " + first + " (prefill) and " + second + " (decode) must be equal: " + why,
              connectorSource });
    };
    if (prefill.engine.blockSize != decode.engine.blockSize)
        differ(Rule::BlockSize, "block sizes", std::to_string(prefill.engine.blockSize),
               std::to_string(decode.engine.blockSize), "blocks are copied as they are");
    const auto name = [](const std::optional<Precision>& precision) {
        return precision ? std::string(toString(*precision)) : std::string("auto");
    };
    if (prefill.engine.keyValueCache != decode.engine.keyValueCache)
        differ(Rule::KeyValueType, "KV cache types", name(prefill.engine.keyValueCache),
               name(decode.engine.keyValueCache), "the bytes are copied without conversion");
    if (prefill.engine.version != decode.engine.version)
        differ(Rule::EngineVersion, "vLLM versions", toString(prefill.engine.version),
               toString(decode.engine.version), "the handshake compares them");
    if (prefill.gpu->vendor != decode.gpu->vendor)
        differ(Rule::Attention, "attention backends of", std::string(toString(prefill.gpu->vendor)),
               std::string(toString(decode.gpu->vendor)), "they lay out the cache");
    else if (prefill.gpu->architecture != decode.gpu->architecture)
        findings.push_back({ Rule::Attention, false,
                             prefill.gpu->architecture + " and " + decode.gpu->architecture
                                 + " may choose different attention backends; set the same "
                                   "--attention-backend on both",
                             connectorSource });
    for (const Candidate* role : { &prefill, &decode }) {
        if (role->topology.pool.parallelism.pipeline > 1) {
            findings.push_back({ Rule::Settings, false,
                                 "pipeline stages with KV transfer are not documented",
                                 connectorSource });
            return;
        }
    }
}

/** The router pairs any prefill server with any decode server, so the link must reach all of them. */
void addLinkRules(const Candidate& candidate, const Candidate& prefill, const Candidate& decode,
                  std::vector<Finding>& findings)
{
    if (candidate.topology.disaggregation->transfer.path != TransferPath::ScaleUp)
        return;
    const Gpu& gpu = *decode.gpu;
    const auto refuse = [&](std::string why) {
        findings.push_back({ Rule::Link, true, std::move(why), {} });
    };
    if (prefill.gpu->id != gpu.id)
        refuse("a scale-up link joins GPUs of one type, not " + prefill.gpu->name + " and "
               + gpu.name + "; use rdma or tcp");
    else if (gpu.scaleUp == ScaleUpKind::Pcie)
        refuse(gpu.name + " has no scale-up link; use rdma or tcp");
    else if (candidate.topology.gpus() > gpu.scaleUpDomain)
        refuse("the scale-up link of " + gpu.name + " reaches " + std::to_string(gpu.scaleUpDomain)
               + " GPUs and this needs " + std::to_string(candidate.topology.gpus())
               + ", as any prefill server may serve any decode server; use rdma or tcp");
}

void addTransferRules(const Disaggregation& split, std::vector<Finding>& findings)
{
    const auto refuse = [&](Rule rule, std::string why) {
        findings.push_back({ rule, true, std::move(why), {} });
    };
    const Transfer& transfer = split.transfer;
    // Written so that NaN is refused too.
    if (transfer.bandwidth && !(transfer.bandwidth->value() > 0))
        refuse(Rule::Transfer, "transfer bandwidth must be more than zero");
    if (transfer.latency
        && !(transfer.latency->value() >= 0 && std::isfinite(transfer.latency->value())))
        refuse(Rule::Transfer, "transfer latency must not be negative");
    if (!(transfer.overlap >= 0 && transfer.overlap <= 1))
        refuse(Rule::Transfer, "transfer overlap must lie between 0 and 1");
    if (!(split.localPromptTokens >= 0))
        refuse(Rule::Settings, "the threshold of local prompts must not be negative");
    for (const double derate : { split.prefillDerate, split.decodeDerate }) {
        if (!(derate > 0 && derate <= 1))
            refuse(Rule::Settings,
                   "a derate must be more than 0 and at most 1, not " + printNumber(derate));
    }
    if (split.prefill.replicas < 1)
        refuse(Rule::Settings, "disaggregation needs at least one prefill server");
}

/** What one role guesses ahead or keeps for later, the other one has to know. */
void addFeatureRules(const Candidate& prefill, const Candidate& decode,
                     std::vector<Finding>& findings)
{
    const auto refuse = [&](std::string why) {
        findings.push_back({ Rule::Settings, true, std::move(why), {} });
    };
    const auto& first = prefill.engine.speculative;
    const auto& second = decode.engine.speculative;
    const bool alike = first.has_value() == second.has_value()
        && (!first || (first->method == second->method && first->draft == second->draft));
    if (!alike)
        refuse("prefill and decode servers must speculate in the same way: a draft's layers are "
               "part of "
               "the cache that is handed over");
    if (prefill.engine.offload.any() || decode.engine.offload.any())
        refuse("a KV cache outside the GPU is not planned with disaggregation: the hand-over would "
               "compete with it for the links");
}

} // namespace

std::vector<DisaggregationFinding> disaggregationFindings(const Candidate& candidate)
{
    std::vector<Finding> findings;
    const auto& split = candidate.topology.disaggregation;
    if (!split)
        return findings;
    const Candidate prefill = prefillRole(candidate);
    const Candidate decode = decodeRole(candidate);
    addTensorRules(prefill, decode, findings);
    addEqualityRules(prefill, decode, findings);
    addLinkRules(candidate, prefill, decode, findings);
    addTransferRules(*split, findings);
    if (decode.topology.pool.replicas < 1)
        findings.push_back(
            { Rule::Settings, true, "disaggregation needs at least one decode server", {} });
    addFeatureRules(prefill, decode, findings);
    return findings;
}

Result<> checkDisaggregation(const Candidate& candidate)
{
    std::string reasons;
    for (const auto& finding : disaggregationFindings(candidate)) {
        if (!finding.hard)
            continue;
        reasons += (reasons.empty() ? "" : "; ") + finding.sentence;
        if (!finding.source.empty())
            reasons += " [" + finding.source + "]";
    }
    if (reasons.empty())
        return {};
    return failure(ErrorCode::Unsupported, reasons);
}

} // namespace llmd
