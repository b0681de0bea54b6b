// SPDX-License-Identifier: Apache-2.0
#include "gpusupport.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace llmd {

namespace {

bool supports16Bit(const Gpu& gpu)
{
    return gpu.supportsNatively(Precision::Bf16) || gpu.supportsNatively(Precision::Fp16);
}

std::string nvidiaObstacle(const Quantization& quantization, const Gpu& gpu)
{
    const std::string label = quantization.label();
    const bool turing = gpu.architecture == "Turing";
    const bool blackwell = gpu.architecture.starts_with("Blackwell");
    if (turing && (label == "fp8" || label == "mxfp4" || label == "nvfp4"))
        return fmt::format("has no kernels for {} weights (they start with Ampere)", label);
    // Marlin, the only kernel behind compressed-tensors W4A16, starts with Ampere; plain GPTQ and
    // AWQ do not need it.
    if (turing && label == "int4" && quantization.method != "gptq" && quantization.method != "awq")
        return "has no kernels for 4-bit weights of this format (they start with Ampere)";
    if (blackwell && label == "int8" && quantization.activations == Precision::Int8)
        return "has no INT8 x INT8 kernels (they end with Hopper; FP8 is the replacement)";
    return {};
}

std::string amdObstacle(const Quantization& quantization, const Gpu& gpu)
{
    const std::string label = quantization.label();
    const bool fp8 = gpu.supportsNatively(Precision::Fp8);
    if ((label == "fp8" || label == "mxfp4") && !fp8)
        return fmt::format("has no kernels for {} weights (they start with CDNA3)", label);
    if (label == "int4" || label == "int8" || label == "nvfp4")
        return fmt::format("has no kernels for {} weights in the ROCm build", label);
    return {};
}

} // namespace

std::string gpuObstacle(const Model& model, const Gpu& gpu)
{
    if (!gpu.servedByVllm)
        return "is not planned for: there is no vLLM backend that the engines describe";
    if (!supports16Bit(gpu))
        return "has no published 16-bit matrix rate";
    if (needsFp16(model, gpu) && refusesFp16(model))
        return "has no BF16, and vLLM does not run this model in FP16 (numerical instability)";
    const Quantization& quantization = model.architecture.quantization;
    if (quantization.method == "none")
        return {};
    switch (gpu.vendor) {
    case GpuVendor::Nvidia:
        return nvidiaObstacle(quantization, gpu);
    case GpuVendor::Amd:
        return amdObstacle(quantization, gpu);
    case GpuVendor::Intel:
    case GpuVendor::Google:
        return fmt::format("has no kernels for {} weights", quantization.label());
    }
    return {};
}

bool refusesFp16(const Model& model)
{
    // vLLM's list of models that overflow in FP16 (vllm/config/model.py, read 2026-11); it does not start them.
    static constexpr std::array<std::string_view, 5> types { "gemma2", "gemma3", "gemma3_text",
                                                             "plamo2", "glm4" };
    return std::find(types.begin(), types.end(), model.architecture.modelType) != types.end();
}

bool needsFp16(const Model& model, const Gpu& gpu)
{
    return model.architecture.dtype == Precision::Bf16 && !gpu.supportsNatively(Precision::Bf16);
}

bool canQuantizeAtLoad(const Model& model, const Gpu& gpu)
{
    const Precision dtype = model.architecture.dtype;
    return model.architecture.quantization.method == "none"
        && (dtype == Precision::Bf16 || dtype == Precision::Fp16)
        && gpu.supportsNatively(Precision::Fp8);
}

} // namespace llmd
