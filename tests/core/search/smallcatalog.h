// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/catalog/catalog.h>

#include <memory>
#include <string>

namespace llmd::test {

/** A plain decoder in the shape of Llama 3.1 8B unless told otherwise. */
inline Model denseModel(const std::string& id, int layers = 32, int hidden = 4096, int heads = 32,
                        int keyValueHeads = 8, int intermediate = 14336)
{
    const int headDim = hidden / heads;
    LayerGroup group;
    group.mixer.queryHeads = heads;
    group.mixer.keyValueHeads = keyValueHeads;
    group.mixer.headDim = headDim;
    group.mixer.valueHeadDim = headDim;
    group.mixer.linearParameters = std::int64_t(hidden) * headDim * (heads + 2 * keyValueHeads)
        + std::int64_t(hidden) * hidden;
    group.feedForward.denseParameters = 3LL * hidden * intermediate;
    group.feedForward.intermediateSize = intermediate;
    group.normParameters = 2LL * hidden;
    group.count = layers;

    Model model;
    model.id = id;
    model.displayName = id.substr(id.find('/') + 1);
    model.family = id;
    ModelArchitecture& architecture = model.architecture;
    architecture.modelType = "llama";
    architecture.className = "LlamaForCausalLM";
    architecture.groups = { group };
    architecture.layerOrder.assign(static_cast<std::size_t>(layers), 0);
    architecture.hiddenSize = hidden;
    architecture.vocabularySize = 128256;
    architecture.maxPositions = 131072;
    architecture.finalNormParameters = hidden;
    model.source = { "test", "2026-01-01", "high" };
    return model;
}

inline Gpu gpu(const std::string& id, double memoryGib, double bandwidthGbs, double bf16Tflops,
               double fp8Tflops)
{
    Gpu value;
    value.id = id;
    value.name = "Test " + id;
    value.architecture = fp8Tflops > 0 ? "Hopper" : "Ampere";
    value.memory = gibibytes(memoryGib);
    value.usableMemory = gibibytes(memoryGib * 0.99);
    value.memoryBandwidth = gigabytesPerSecond(bandwidthGbs);
    value.bf16 = teraflopsPerSecond(bf16Tflops);
    value.fp16 = value.bf16;
    value.fp8 = teraflopsPerSecond(fp8Tflops);
    value.int8 = value.fp8;
    value.scaleUp = ScaleUpKind::Switched;
    value.scaleUpBandwidth = gigabytesPerSecond(450);
    value.pairBandwidth = value.scaleUpBandwidth;
    value.pcieBandwidth = gigabytesPerSecond(64);
    value.scaleOutBandwidth = gigabytesPerSecond(50);
    value.gpusPerNode = 8;
    value.scaleUpDomain = 8;
    value.kubernetesResource = "nvidia.com/gpu";
    value.source = { "test", "2026-01-01", "high" };
    return value;
}

inline UseCase chat()
{
    UseCase value;
    value.id = "chatbot_conversational";
    value.name = "Chat";
    value.promptTokens = 512;
    value.outputTokens = 256;
    value.promptVariation = 0.6;
    value.outputVariation = 0.6;
    value.activeShare = 0.2;
    value.requestsPerActiveUserAndMinute = 0.4;
    value.peakFactor = 2;
    value.ttft = { milliseconds(100), milliseconds(500) };
    value.itl = { milliseconds(15), milliseconds(50) };
    value.e2e = { Seconds(4), Seconds(13) };
    value.experienceClass = "conversational";
    value.costPriority = 0.4;
    value.latencyPriority = 0.3;
    value.qualityPriority = 0.2;
    value.simplicityPriority = 0.1;
    return value;
}

inline EngineVersionProfile profile()
{
    EngineVersionProfile value;
    value.from = { 0, 15, 0 };
    value.name = "test profile";
    value.activationBase = gibibytes(1);
    value.activationPerSequenceAndToken = Bytes(8);
    value.nonTorchSingle = gibibytes(0.3);
    value.nonTorchTensorParallel = gibibytes(1);
    value.nonTorchPipeline = gibibytes(1);
    value.source = { "test", "2026-01-01", "high" };
    return value;
}

/** Small enough to check by hand: an 8B and a 70B model, a big and a small GPU, one price list. */
inline std::shared_ptr<Catalog> smallCatalog()
{
    auto catalog = std::make_shared<Catalog>();
    catalog->models = { denseModel("acme/large-70b", 80, 8192, 64, 8, 28672),
                        denseModel("acme/small-8b") };
    catalog->gpus = { gpu("big", 80, 3350, 989, 1979), gpu("old", 40, 1555, 312, 0),
                      gpu("unpriced", 80, 3350, 989, 1979) };
    catalog->gpus[0].aliases = { "BIG-80GB" };
    catalog->useCases = { chat() };
    PriceList prices;
    prices.id = "list";
    prices.name = "List prices";
    prices.perGpu = { { "big", dollarsPerHour(2) }, { "old", dollarsPerHour(1) } };
    prices.source = { "test", "2026-01-01", "high" };
    catalog->priceLists = { prices };
    catalog->engineVersions = { profile() };
    VersionRow row;
    row.id = "2026-08";
    row.name = "August 2026";
    row.vllm = { 0, 19, 0 };
    catalog->versionRows = { row };
    return catalog;
}

} // namespace llmd::test
