// SPDX-License-Identifier: Apache-2.0
#include "precision.h"

#include <core/base/text.h>

#include <array>
#include <string>
#include <utility>

namespace llmd {

std::string_view toString(Precision precision)
{
    switch (precision) {
    case Precision::Fp32:
        return "fp32";
    case Precision::Bf16:
        return "bf16";
    case Precision::Fp16:
        return "fp16";
    case Precision::Fp8:
        return "fp8";
    case Precision::Int8:
        return "int8";
    case Precision::Int4:
        return "int4";
    case Precision::Mxfp4:
        return "mxfp4";
    case Precision::Nvfp4:
        return "nvfp4";
    }
    return "bf16";
}

std::optional<Precision> parsePrecision(std::string_view text)
{
    using Name = std::pair<std::string_view, Precision>;
    static constexpr std::array<Name, 30> names { {
        { "fp32", Precision::Fp32 },
        { "float32", Precision::Fp32 },
        { "float", Precision::Fp32 },
        { "f32", Precision::Fp32 },
        { "bf16", Precision::Bf16 },
        { "bfloat16", Precision::Bf16 },
        { "fp16", Precision::Fp16 },
        { "float16", Precision::Fp16 },
        { "half", Precision::Fp16 },
        { "f16", Precision::Fp16 },
        { "fp8", Precision::Fp8 },
        { "float8", Precision::Fp8 },
        { "fp8_e4m3", Precision::Fp8 },
        { "fp8_e5m2", Precision::Fp8 },
        { "float8_e4m3fn", Precision::Fp8 },
        { "float8_e4m3", Precision::Fp8 },
        { "float8_e4m3fnuz", Precision::Fp8 },
        { "float8_e5m2", Precision::Fp8 },
        { "e4m3", Precision::Fp8 },
        { "f8", Precision::Fp8 },
        { "int8", Precision::Int8 },
        { "i8", Precision::Int8 },
        { "w8a8", Precision::Int8 },
        { "int4", Precision::Int4 },
        { "i4", Precision::Int4 },
        { "w4a16", Precision::Int4 },
        { "mxfp4", Precision::Mxfp4 },
        { "nvfp4", Precision::Nvfp4 },
        { "fp4", Precision::Nvfp4 },
        { "nvfp4a16", Precision::Nvfp4 },
    } };
    std::string lower = toLower(trimmed(text));
    constexpr std::string_view torchPrefix = "torch.";
    if (lower.starts_with(torchPrefix))
        lower.erase(0, torchPrefix.size());
    for (const auto& [name, precision] : names) {
        if (lower == name)
            return precision;
    }
    return std::nullopt;
}

} // namespace llmd
