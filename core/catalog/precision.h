// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

namespace llmd {

/** How a number is stored or computed. */
enum class Precision { Fp32, Bf16, Fp16, Fp8, Int8, Int4, Mxfp4, Nvfp4 };

/** Bits of one value, without scales. */
[[nodiscard]] constexpr double bitsPerValue(Precision precision)
{
    switch (precision) {
    case Precision::Fp32:
        return 32;
    case Precision::Bf16:
    case Precision::Fp16:
        return 16;
    case Precision::Fp8:
    case Precision::Int8:
        return 8;
    case Precision::Int4:
    case Precision::Mxfp4:
    case Precision::Nvfp4:
        return 4;
    }
    return 16;
}

[[nodiscard]] constexpr double bytesPerValue(Precision precision)
{
    return bitsPerValue(precision) / 8;
}

/** "bf16", "fp8", "int4", "mxfp4", … as users write and read it. */
[[nodiscard]] std::string_view toString(Precision precision);
/** Also accepts torch names: "bfloat16", "torch.float16", "float8_e4m3fn", "half". */
[[nodiscard]] std::optional<Precision> parsePrecision(std::string_view text);

} // namespace llmd
