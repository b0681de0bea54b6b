// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/plan/deploymentplan.h>

#include <memory>
#include <string>
#include <utility>

namespace llmd::testing {

/** A catalog, an option and a need, small enough to know every figure; independent of the shipped catalog. */
struct PlanFixture
{
    Catalog catalog;
    std::unique_ptr<Model> variant; ///< quantised at load; refers to no catalog entry
    Option option;
    ResolvedNeed need;
    Requirements requirements;

    [[nodiscard]] Result<DeploymentPlan> plan() const
    {
        return planDeployment(option, need, requirements, catalog);
    }
};

/** Groups with `parameters` in all, stored in `precision`; 32 query heads and 8 key-value heads. */
inline ModelArchitecture plainArchitecture(double parameters, Precision precision)
{
    constexpr int layers = 32;
    ModelArchitecture architecture;
    architecture.modelType = "test";
    architecture.hiddenSize = 4096;
    architecture.vocabularySize = 128256;
    architecture.maxPositions = 131072;
    LayerGroup group;
    group.mixer.queryHeads = 32;
    group.mixer.keyValueHeads = 8;
    group.mixer.headDim = 128;
    group.mixer.valueHeadDim = 128;
    group.mixer.linearParameters = static_cast<std::int64_t>(parameters * 0.25 / layers);
    group.feedForward.denseParameters = static_cast<std::int64_t>(parameters * 0.75 / layers);
    group.count = layers;
    architecture.groups.push_back(group);
    architecture.layerOrder.assign(layers, 0);
    auto& quantization = architecture.quantization;
    for (auto& stored : quantization.stored)
        stored.values = Precision::Bf16;
    if (precision == Precision::Fp8) {
        quantization.method = "fp8";
        quantization.activations = Precision::Fp8;
        for (const auto part :
             { ParameterGroup::Attention, ParameterGroup::DenseFfn, ParameterGroup::RoutedExperts })
            quantization.of(part).values = Precision::Fp8;
    }
    return architecture;
}

inline ModelArchitecture expertArchitecture(double parameters, Precision precision)
{
    auto architecture = plainArchitecture(parameters, precision);
    auto& feedForward = architecture.groups.front().feedForward;
    feedForward.experts = 128;
    feedForward.expertsPerToken = 8;
    feedForward.expertParameters = feedForward.denseParameters / feedForward.experts;
    feedForward.denseParameters = 0;
    return architecture;
}

inline Gpu plainGpu(std::string id)
{
    Gpu gpu;
    gpu.id = std::move(id);
    gpu.name = "NVIDIA H100 SXM5";
    gpu.memory = gigabytes(80);
    gpu.usableMemory = gibibytes(79.2);
    gpu.bf16 = teraflopsPerSecond(989);
    gpu.fp16 = gpu.bf16;
    gpu.fp8 = teraflopsPerSecond(1979);
    gpu.gpusPerNode = 8;
    gpu.kubernetesProduct = "NVIDIA-H100-80GB-HBM3";
    gpu.kubernetesResource = "nvidia.com/gpu";
    return gpu;
}

inline std::vector<Gpu> plainGpus()
{
    std::vector<Gpu> gpus(3, plainGpu("h100_sxm"));
    gpus[1].id = "l4";
    gpus[1].name = "NVIDIA L4";
    gpus[1].kubernetesProduct = "NVIDIA-L4";
    gpus[2].id = "mi300x";
    gpus[2].name = "AMD Instinct MI300X";
    gpus[2].vendor = GpuVendor::Amd;
    gpus[2].kubernetesProduct = "AMD_Instinct_MI300X_OAM";
    gpus[2].kubernetesResource = "amd.com/gpu";
    return gpus;
}

inline VersionRow plainVersions()
{
    VersionRow row;
    row.id = "2026-08";
    row.name = "August 2026";
    row.vllm = { 0, 26, 0 };
    row.vllmImage = "docker.io/vllm/vllm-openai:v0.26.0";
    row.routerVersion = "v0.10.0";
    row.eppImage = "ghcr.io/llm-d/llm-d-router-endpoint-picker:v0.10.0";
    row.sidecarImage = "ghcr.io/llm-d/llm-d-router-disagg-sidecar:v0.10.0";
    row.modelserviceChart = ">0.4.12";
    row.eppConfigApiVersion = "llm-d.ai/v1alpha1";
    row.inferenceExtension = "v1.6.0";
    row.gatewayApi = "v1.5.1";
    row.leaderWorkerSet = "v0.10.0";
    row.kserve = "0.20";
    row.ray = { "2.58.0", "docker.io/rayproject/ray-llm:2.58.0-py312-cu130", { 0, 26, 0 } };
    row.dynamo = { "1.3.1", "nvcr.io/nvidia/ai-dynamo/vllm-runtime:1.3.1", { 0, 23, 0 } };
    return row;
}

inline LatencyEstimate plainLatency(double milliseconds)
{
    LatencyEstimate latency;
    latency.mean = Seconds(milliseconds * 1e-3);
    latency.p50 = latency.mean * 0.9;
    latency.p90 = latency.mean * 1.5;
    latency.p95 = latency.mean * 1.8;
    latency.p99 = latency.mean * 2.5;
    latency.meanInterval = { 0.95, 1.05 };
    latency.tailInterval = { 0.85, 1.2 };
    return latency;
}

/** An 8B model in BF16 as two replicas on one H100 each. */
inline PlanFixture planFixture(const std::string& modelId = "example/Plain-8B")
{
    PlanFixture fixture;
    Model model;
    model.id = modelId;
    model.displayName = modelId;
    model.architecture = plainArchitecture(8e9, Precision::Bf16);
    fixture.catalog.models.push_back(std::move(model));
    fixture.catalog.gpus = plainGpus();
    fixture.catalog.versionRows.push_back(plainVersions());

    auto& option = fixture.option;
    option.candidate.model = &fixture.catalog.models.front();
    option.candidate.gpu = &fixture.catalog.gpus.front();
    option.candidate.topology.pool.replicas = 2;
    option.candidate.engine.version = { 0, 26, 0 };
    option.totalGpus = 2;
    option.cost = dollarsPerHour(5);
    option.capacityPerReplica = RequestsPerSecond(6.5);
    option.maxConcurrency = 48.6;
    option.atPeak.ttft = plainLatency(120);
    option.atPeak.itl = plainLatency(14);
    option.atPeak.e2e = plainLatency(3600);
    option.atPeak.outputThroughput = TokensPerSecond(2500);
    option.atPeak.provenance.engine = "analytic";
    option.atMean = option.atPeak;

    fixture.need.peakLoad.load = Load::open(RequestsPerSecond(10));
    fixture.need.peakLoad.prompt = { LengthDistribution::Shape::LogNormal, 512, 0.5 };
    fixture.need.peakLoad.output = { LengthDistribution::Shape::LogNormal, 256, 0.5 };
    fixture.need.slo.ttft = LatencyTarget { 95, milliseconds(300) };
    fixture.need.contextTokens = 8192;
    fixture.requirements.title = "Chat for the help desk";
    return fixture;
}

/** `planFixture` with another shape: the GPU by its place in `plainGpus`. */
struct PlanShape
{
    std::string modelId = "example/Plain-8B";
    double parameters = 8e9;
    Precision precision = Precision::Bf16;
    bool experts = false;
    std::size_t gpu = 0;
    Parallelism parallelism;
    int replicas = 1;
};

inline PlanFixture planFixture(const PlanShape& shape)
{
    auto fixture = planFixture(shape.modelId);
    auto& model = fixture.catalog.models.front();
    model.architecture = shape.experts ? expertArchitecture(shape.parameters, shape.precision)
                                       : plainArchitecture(shape.parameters, shape.precision);
    fixture.option.candidate.gpu = &fixture.catalog.gpus.at(shape.gpu);
    fixture.option.candidate.topology.pool = { shape.parallelism, shape.replicas };
    fixture.option.totalGpus = fixture.option.candidate.topology.gpus();
    return fixture;
}

/** A 70B model with two prefill servers of TP2 and one of TP4 that decodes; quotas and figures are round. */
inline PlanFixture disaggregatedFixture(const std::string& modelId = "example/Plain-70B")
{
    auto fixture =
        planFixture(PlanShape { modelId, 70e9, Precision::Fp8, false, 0, { 4, 1, 1, false }, 1 });
    auto& candidate = fixture.option.candidate;
    candidate.engine.keyValueCache = Precision::Fp8;
    Disaggregation split;
    split.prefill = { { 2, 1, 1, false }, 2 };
    split.engine = candidate.engine;
    split.engine.maxNumSeqs = 32;
    split.localPromptTokens = 256;
    candidate.topology.disaggregation = split;
    fixture.option.totalGpus = candidate.topology.gpus();
    DisaggregatedEstimate estimate;
    estimate.prefillLoad.capacity = RequestsPerSecond(6);
    fixture.option.atPeak.disaggregated = estimate;
    return fixture;
}

} // namespace llmd::testing
