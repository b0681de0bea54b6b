// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/base/units.h>

#include <optional>
#include <string>

namespace llmd {

/** Weight formats that a spec may ask for. */
enum class SpecQuantization { None, AwqInt4, GptqInt4, Fp8, Int8 };
/** The link between the GPUs that a spec names. */
enum class SpecInterconnect { NvLink, Pcie, InfiniBand };
enum class BatchStrategy { Auto, Continuous, Static };

/** LoRA adapters that are served beside the model. */
struct AdapterSpec
{
    std::optional<int> maxActiveAdapters;
    std::optional<int> maxAdapterRank;
    std::optional<int>
        adapterCacheSizeMB; ///< host memory for adapters that are not active, decimal

    bool operator==(const AdapterSpec&) const = default;
};

/** A small model drafts tokens that the large one verifies. */
struct SpeculativeSpec
{
    std::string draftModel;
    std::optional<int> numSpeculativeTokens;
    std::optional<double>
        acceptanceThreshold; ///< share of drafted tokens that is expected to be accepted

    bool operator==(const SpeculativeSpec&) const = default;
};

/** What is served. */
struct ModelSpec
{
    std::string name; ///< Hugging Face id
    std::optional<std::string> revision;
    std::optional<SpecQuantization> quantization; ///< absent: as the named checkpoint is stored
    std::optional<int> maxContextLength; ///< prompt and output, tokens
    std::optional<AdapterSpec> adapters;
    std::optional<SpeculativeSpec> speculative;

    bool operator==(const ModelSpec&) const = default;
};

/** Limits of latencies; TPOT is the time between tokens (ITL). Hard: no plan breaks them. */
struct LatencySpec
{
    std::optional<Seconds> ttftP50;
    std::optional<Seconds> ttftP99;
    std::optional<Seconds> tpotP50;
    std::optional<Seconds> tpotP99;
    std::optional<Seconds> e2eP50;
    std::optional<Seconds> e2eP99;

    bool operator==(const LatencySpec&) const = default;
};

struct ThroughputSpec
{
    std::optional<double> minTokensPerSecond; ///< output tokens of the whole deployment
    std::optional<int> maxConcurrentRequests;

    bool operator==(const ThroughputSpec&) const = default;
};

struct ScalingSpec
{
    std::optional<int> minReplicas;
    std::optional<int> maxReplicas;
    std::optional<double> targetUtilization; ///< share of a replica's capacity that is planned for
    std::optional<double> scaleUpThreshold;
    std::optional<double> scaleDownThreshold;
    std::optional<Seconds> scaleUpCooldown;
    std::optional<Seconds> scaleDownCooldown;

    bool operator==(const ScalingSpec&) const = default;
};

struct BatchingSpec
{
    std::optional<BatchStrategy> strategy;
    std::optional<Seconds> maxWaitTime;

    bool operator==(const BatchingSpec&) const = default;
};

/** What the service has to do. */
struct ServingSpec
{
    LatencySpec latency;
    ThroughputSpec throughput;
    std::optional<double> maxQualityDegradation; ///< by quantisation, 0.02 = 2 %
    ScalingSpec scaling;
    BatchingSpec batching;

    bool operator==(const ServingSpec&) const = default;
};

/** What hardware there is. */
struct ResourceSpec
{
    std::string gpuType;
    std::optional<Bytes> gpuMemory;
    std::optional<SpecInterconnect> interconnect;
    std::optional<BytesPerSecond> nvlinkBandwidth; ///< both directions together, as datasheets say
    std::optional<BytesPerSecond> pcieBandwidth; ///< one direction
    std::optional<BytesPerSecond> ibBandwidth; ///< of one network card, one direction
    std::optional<int> maxGpus;
    std::optional<int> gpusPerNode;
    std::optional<Bytes> cpuMemoryPerNode;
    std::optional<Bytes> nvmePerNode;
    std::optional<bool> preferColocated;
    std::optional<int> maxInterNodeLinks;

    bool operator==(const ResourceSpec&) const = default;
};

/** What arrives; every absent value is assumed, and the plan says so. */
struct WorkloadSpec
{
    std::optional<std::string> useCase; ///< id of the catalog, source of the assumptions
    std::optional<double> promptTokens;
    std::optional<double> outputTokens;
    std::optional<double> promptVariation; ///< standard deviation / mean
    std::optional<double> outputVariation;
    std::optional<RequestsPerSecond> requestRate; ///< at the peak
    std::optional<double> sharedPrefixTokens;
    std::optional<int> prefixGroups;

    bool operator==(const WorkloadSpec&) const = default;
};

/** A declarative spec, `llm-d/v1 InferenceService`, as it was written: nothing is derived or defaulted here. */
struct InferenceService
{
    std::string name;
    std::optional<std::string> nameSpace;
    ModelSpec model;
    ServingSpec serving;
    ResourceSpec resources;
    WorkloadSpec workload;

    bool operator==(const InferenceService&) const = default;
};

constexpr const char* specApiVersion = "llm-d/v1";
constexpr const char* specKind = "InferenceService";

} // namespace llmd
