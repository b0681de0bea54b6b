// SPDX-License-Identifier: Apache-2.0
#include "gpu.h"

namespace llmd {

std::string_view toString(GpuVendor vendor)
{
    switch (vendor) {
    case GpuVendor::Nvidia:
        return "NVIDIA";
    case GpuVendor::Amd:
        return "AMD";
    case GpuVendor::Intel:
        return "Intel";
    case GpuVendor::Google:
        return "Google";
    }
    return "";
}

bool Gpu::supportsNatively(Precision precision) const
{
    const FlopsPerSecond none;
    switch (precision) {
    case Precision::Fp32:
        return true;
    case Precision::Bf16:
        return bf16 > none;
    case Precision::Fp16:
        return fp16 > none;
    case Precision::Fp8:
        return fp8 > none;
    case Precision::Int8:
        return int8 > none;
    case Precision::Int4:
        return false; // weights of 4-bit integers are multiplied in 16 bit everywhere
    case Precision::Mxfp4:
        return fp4 > none;
    case Precision::Nvfp4:
        return fp4 > none && vendor == GpuVendor::Nvidia;
    }
    return false;
}

FlopsPerSecond Gpu::rate(Precision precision) const
{
    const FlopsPerSecond sixteenBit = bf16 > FlopsPerSecond() ? bf16 : fp16;
    // TF32 runs at half the 16-bit rate on every tensor core since Ampere; real FP32 matrix code is
    // slower still.
    if (precision == Precision::Fp32)
        return sixteenBit * 0.5;
    if (!supportsNatively(precision))
        return sixteenBit;
    switch (precision) {
    case Precision::Fp16:
        return fp16;
    case Precision::Fp8:
        return fp8;
    case Precision::Int8:
        return int8;
    case Precision::Mxfp4:
    case Precision::Nvfp4:
        return fp4;
    default:
        return sixteenBit;
    }
}

} // namespace llmd
