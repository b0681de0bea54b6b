// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/candidate/candidate.h>
#include <core/catalog/engineversion.h>

/** Models and GPUs with figures written out, so that a test can compute what it expects by hand. */
namespace llmd::testing {

/** 8 GB per billion: the shape of Llama 3.1 8B. */
inline Model denseModel()
{
    Model model;
    model.id = "test/dense-8b";
    auto& a = model.architecture;
    LayerGroup group;
    group.mixer.queryHeads = 32;
    group.mixer.keyValueHeads = 8;
    group.mixer.headDim = group.mixer.valueHeadDim = 128;
    group.mixer.linearParameters = 2LL * 4096 * 4096 + 2LL * 4096 * 1024;
    group.feedForward.denseParameters = 3LL * 4096 * 14336;
    group.feedForward.intermediateSize = 14336;
    group.count = 32;
    a.groups = { group };
    a.layerOrder.assign(32, 0);
    a.hiddenSize = 4096;
    a.vocabularySize = 128256;
    a.maxPositions = 131072;
    return model;
}

/** 8 experts of which 2 are used, the shape of Mixtral 8x7B. */
inline Model expertModel()
{
    Model model = denseModel();
    model.id = "test/moe-8x7b";
    auto& ffn = model.architecture.groups[0].feedForward;
    ffn.denseParameters = 0;
    ffn.expertParameters = 3LL * 4096 * 14336;
    ffn.experts = 8;
    ffn.expertsPerToken = 2;
    ffn.routerParameters = 8LL * 4096;
    model.architecture.vocabularySize = 32000;
    return model;
}

inline Gpu hopper()
{
    Gpu gpu;
    gpu.id = "h100_sxm";
    gpu.name = "NVIDIA H100 SXM5";
    gpu.architecture = "Hopper";
    gpu.memory = gibibytes(80);
    gpu.usableMemory = gibibytes(79.19);
    gpu.memoryBandwidth = gigabytesPerSecond(3350);
    gpu.bf16 = gpu.fp16 = teraflopsPerSecond(989);
    gpu.fp8 = gpu.int8 = teraflopsPerSecond(1979);
    gpu.scaleUp = ScaleUpKind::Switched;
    gpu.scaleUpBandwidth = gpu.pairBandwidth = gigabytesPerSecond(450);
    gpu.pcieBandwidth = gigabytesPerSecond(64);
    gpu.scaleOutBandwidth = gigabytesPerSecond(50);
    gpu.gpusPerNode = 8;
    gpu.scaleUpDomain = 8;
    return gpu;
}

inline EngineVersionProfile sortingProfile()
{
    EngineVersionProfile profile;
    profile.from = { 0, 15, 0 };
    profile.samplerSortsVocabulary = true;
    return profile;
}

inline Candidate candidateOf(const Model& model, const Gpu& gpu, int tensor = 1)
{
    Candidate candidate;
    candidate.model = &model;
    candidate.gpu = &gpu;
    candidate.topology.pool.parallelism.tensor = tensor;
    candidate.engine.maxNumSeqs = 128;
    candidate.engine.maxNumBatchedTokens = 2048;
    candidate.engine.version = { 0, 15, 1 };
    return candidate;
}

} // namespace llmd::testing
