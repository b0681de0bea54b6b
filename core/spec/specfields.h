// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "inferenceservice.h"

#include <array>
#include <string_view>

/**
 * The one table of the fields of a spec. Reader, writer and JSON Schema walk it with visitors of their own, so that they
 * cannot disagree. A visitor has `group`, `optionalGroup`, `text`, `count`, `number`, `fraction`, `flag`, `duration`,
 * `size`, `bandwidth`, `rate` and `choice`.
 */
namespace llmd::specfields {

struct Field
{
    const char* key;
    const char* help;
    bool required = false;
    double min = 0; ///< inclusive, of numbers; base units
    double max = 1e9;
    bool aboveMin = false; ///< `min` itself is not allowed
};

template <class Enum> struct Choice
{
    Enum value;
    std::string_view name;
};

inline constexpr std::array quantizations { Choice { SpecQuantization::None, "none" },
                                            Choice { SpecQuantization::AwqInt4, "awq-int4" },
                                            Choice { SpecQuantization::GptqInt4, "gptq-int4" },
                                            Choice { SpecQuantization::Fp8, "fp8" },
                                            Choice { SpecQuantization::Int8, "int8" } };
inline constexpr std::array interconnects { Choice { SpecInterconnect::NvLink, "NVLink" },
                                            Choice { SpecInterconnect::Pcie, "PCIe" },
                                            Choice { SpecInterconnect::InfiniBand, "InfiniBand" } };
inline constexpr std::array strategies { Choice { BatchStrategy::Auto, "auto" },
                                         Choice { BatchStrategy::Continuous, "continuous" },
                                         Choice { BatchStrategy::Static, "static" } };

template <class Enum, std::size_t count>
[[nodiscard]] std::string_view nameOf(const std::array<Choice<Enum>, count>& choices, Enum value)
{
    for (const auto& choice : choices) {
        if (choice.value == value)
            return choice.name;
    }
    return {};
}

constexpr double dayInSeconds = 24 * 3600.0;
constexpr double mostTokens = 1e7;
constexpr double mostReplicas = 1e5;

template <class Visitor, class Model> void visitModel(Visitor& v, Model& model)
{
    v.text({ "name", "Hugging Face id of the model", true }, model.name);
    v.text({ "revision", "Branch, tag or commit of the checkpoint; default main" }, model.revision);
    v.choice(
        { "quantization", "Format of the weights; default: as the named checkpoint is stored" },
        model.quantization, quantizations);
    v.count({ "maxContextLength", "Longest prompt plus output in tokens", false, 2, mostTokens },
            model.maxContextLength);
    v.optionalGroup({ "adapters", "LoRA adapters served beside the model" }, model.adapters,
                    [&](auto& adapters) {
                        v.count({ "maxActiveAdapters", "Adapters in one batch", false, 1, 4096 },
                                adapters.maxActiveAdapters);
                        v.count({ "maxAdapterRank", "Largest rank of an adapter", false, 1, 512 },
                                adapters.maxAdapterRank);
                        v.count({ "adapterCacheSizeMB",
                                  "Host memory for adapters that are not active, in MB", false, 1,
                                  1e7 },
                                adapters.adapterCacheSizeMB);
                    });
    v.optionalGroup({ "speculative", "Speculative decoding with a draft model" }, model.speculative,
                    [&](auto& speculative) {
                        v.text({ "draftModel", "Hugging Face id of the draft model", true },
                               speculative.draftModel);
                        v.count({ "numSpeculativeTokens", "Tokens drafted per step", false, 1, 32 },
                                speculative.numSpeculativeTokens);
                        v.fraction({ "acceptanceThreshold",
                                     "Share of drafted tokens that is expected to be accepted",
                                     false, 0, 1 },
                                   speculative.acceptanceThreshold);
                    });
}

template <class Visitor, class Latency> void visitLatency(Visitor& v, Latency& latency)
{
    v.duration({ "ttftP50", "Time to first token, median", false, 0, dayInSeconds, true },
               latency.ttftP50);
    v.duration({ "ttftP99", "Time to first token, 99th percentile", false, 0, dayInSeconds, true },
               latency.ttftP99);
    v.duration({ "tpotP50", "Time per output token, median", false, 0, 60, true }, latency.tpotP50);
    v.duration({ "tpotP99", "Time per output token, 99th percentile", false, 0, 60, true },
               latency.tpotP99);
    v.duration({ "e2eP50", "Time of a whole response, median", false, 0, 7 * dayInSeconds, true },
               latency.e2eP50);
    v.duration(
        { "e2eP99", "Time of a whole response, 99th percentile", false, 0, 7 * dayInSeconds, true },
        latency.e2eP99);
}

template <class Visitor, class Scaling> void visitScaling(Visitor& v, Scaling& scaling)
{
    v.count({ "minReplicas", "Fewest replicas; default 1", false, 1, mostReplicas },
            scaling.minReplicas);
    v.count({ "maxReplicas", "Most replicas; default: as the GPUs allow", false, 1, mostReplicas },
            scaling.maxReplicas);
    v.fraction({ "targetUtilization",
                 "Share of a replica's capacity that is planned for; default 0.8", false, 0.1, 1 },
               scaling.targetUtilization);
    v.fraction({ "scaleUpThreshold", "Utilisation above which replicas are added; default 0.9",
                 false, 0, 1, true },
               scaling.scaleUpThreshold);
    v.fraction({ "scaleDownThreshold",
                 "Utilisation below which replicas are removed; default half of the target", false,
                 0, 1 },
               scaling.scaleDownThreshold);
    v.duration(
        { "scaleUpCooldown", "Shortest time between additions; default 60s", false, 0, 1800 },
        scaling.scaleUpCooldown);
    v.duration(
        { "scaleDownCooldown", "Shortest time between removals; default 300s", false, 0, 1800 },
        scaling.scaleDownCooldown);
}

template <class Visitor, class Serving> void visitServing(Visitor& v, Serving& serving)
{
    v.group({ "latency", "Limits that no plan breaks" }, [&] { visitLatency(v, serving.latency); });
    v.group({ "throughput", "What the deployment has to carry" }, [&] {
        v.number({ "minTokensPerSecond", "Output tokens per second of the whole deployment", false,
                   0, 1e9, true },
                 serving.throughput.minTokensPerSecond);
        v.count({ "maxConcurrentRequests", "Most requests at the same time", false, 1, 1e6 },
                serving.throughput.maxConcurrentRequests);
    });
    v.group({ "quality", "What quantisation may cost" }, [&] {
        v.fraction({ "maxQualityDegradation",
                     "Largest loss of accuracy by quantisation, 0.02 is 2 %", false, 0, 1 },
                   serving.maxQualityDegradation);
    });
    v.group({ "scaling", "Replicas and when to change their number" },
            [&] { visitScaling(v, serving.scaling); });
    v.group({ "batching", "How requests are batched" }, [&] {
        v.choice({ "strategy", "auto and continuous are the same in vLLM" },
                 serving.batching.strategy, strategies);
        v.duration({ "maxWaitTime", "Longest wait for a batch to form", false, 0, 60 },
                   serving.batching.maxWaitTime);
    });
}

template <class Visitor, class Resources> void visitResources(Visitor& v, Resources& resources)
{
    v.text({ "gpuType", "Id, name or alias of a GPU of the catalog", true }, resources.gpuType);
    v.size({ "gpuMemory", "Memory of one GPU; must be that of the catalog", false, 1e9, 1e13 },
           resources.gpuMemory);
    v.choice({ "interconnect", "Link between the GPUs of a node; default: as the catalog says" },
             resources.interconnect, interconnects);
    v.bandwidth({ "nvlinkBandwidth", "Of one GPU, both directions together", false, 1e9, 1e14 },
                resources.nvlinkBandwidth);
    v.bandwidth({ "pcieBandwidth", "Of one GPU, one direction", false, 1e8, 1e13 },
                resources.pcieBandwidth);
    v.bandwidth({ "ibBandwidth", "Of one network card, one direction", false, 1e8, 1e13 },
                resources.ibBandwidth);
    v.count({ "maxGPUs", "Most GPUs of the whole deployment", false, 1, 1e6 }, resources.maxGpus);
    v.count({ "gpusPerNode", "GPUs of one server; default: as the catalog says", false, 1, 1024 },
            resources.gpusPerNode);
    v.size({ "cpuMemoryPerNode", "Host memory of one server", false, 1e9, 1e15 },
           resources.cpuMemoryPerNode);
    v.size({ "nvmePerNode", "Local disk of one server", false, 1e9, 1e16 }, resources.nvmePerNode);
    v.group({ "topology", "Where replicas may lie" }, [&] {
        v.flag({ "preferColocated", "Keep the GPUs of a replica in one NVLink domain" },
               resources.preferColocated);
        v.count(
            { "maxInterNodeLinks", "Most links between nodes inside one replica", false, 0, 1e4 },
            resources.maxInterNodeLinks);
    });
}

template <class Visitor, class Workload> void visitWorkload(Visitor& v, Workload& workload)
{
    v.text({ "useCase", "Use case of the catalog that the assumptions come from" },
           workload.useCase);
    v.number({ "promptTokens", "Mean prompt length", false, 1, mostTokens }, workload.promptTokens);
    v.number({ "outputTokens", "Mean output length", false, 1, mostTokens }, workload.outputTokens);
    v.number({ "promptVariation", "Standard deviation / mean of prompts", false, 0, 10 },
             workload.promptVariation);
    v.number({ "outputVariation", "Standard deviation / mean of outputs", false, 0, 10 },
             workload.outputVariation);
    v.rate({ "requestRate", "Requests at the peak", false, 0, 1e6, true }, workload.requestRate);
    v.number({ "sharedPrefixTokens", "Tokens that prompts have in common", false, 0, mostTokens },
             workload.sharedPrefixTokens);
    v.count({ "prefixGroups", "Different shared prefixes", false, 1, 1e9 }, workload.prefixGroups);
}

template <class Visitor, class Service> void visitService(Visitor& v, Service& service)
{
    v.group({ "metadata", "Name and namespace", true }, [&] {
        v.text({ "name", "Name of the objects in the cluster, a DNS label", true }, service.name);
        v.text({ "namespace", "Namespace of the objects; default llm-serving" }, service.nameSpace);
    });
    v.group({ "spec", "The three specs and what arrives", true }, [&] {
        v.group({ "model", "What is served", true }, [&] { visitModel(v, service.model); });
        v.group({ "serving", "What the service has to do" },
                [&] { visitServing(v, service.serving); });
        v.group({ "resources", "What hardware there is", true },
                [&] { visitResources(v, service.resources); });
        v.group({ "workload", "What arrives; absent values are assumed and reported" },
                [&] { visitWorkload(v, service.workload); });
    });
}

} // namespace llmd::specfields
