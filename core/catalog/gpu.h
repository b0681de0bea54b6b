// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model.h"
#include "precision.h"

#include <core/base/units.h>

#include <optional>
#include <string>
#include <vector>

namespace llmd {

enum class GpuVendor { Nvidia, Amd, Intel, Google };
[[nodiscard]] std::string_view toString(GpuVendor vendor);

/** How the GPUs of one node talk to each other. */
enum class ScaleUpKind {
    Switched, ///< NVLink with NVSwitch, ICI: any pair at full rate
    Mesh,     ///< AMD Infinity Fabric, Gaudi: full rate only to all peers at once, a pair has one link
    Pcie,     ///< no link but PCIe
};

/** Datasheet figures of an accelerator. Rates are dense (no sparsity), bandwidths per direction and GPU. */
struct Gpu
{
    std::string id;           ///< "h100_sxm"
    std::string name;         ///< "NVIDIA H100 SXM5"
    std::vector<std::string> aliases; ///< "H100", "H100-SXM-80GB", "NVIDIA-H100-80GB-HBM3" …
    GpuVendor vendor = GpuVendor::Nvidia;
    std::string architecture; ///< "Hopper", "Ada", "Ampere", "Blackwell", "CDNA3" …
    std::string formFactor;
    Bytes memory;             ///< installed
    std::string memoryType;   ///< "HBM3", "GDDR6" …
    Bytes usableMemory;       ///< what the driver reports to the engine
    Source usableMemorySource; ///< of a measured figure
    BytesPerSecond memoryBandwidth;
    FlopsPerSecond bf16;      ///< dense; 0 = not supported
    FlopsPerSecond fp16;
    FlopsPerSecond fp8;
    FlopsPerSecond int8;
    FlopsPerSecond fp4;
    ScaleUpKind scaleUp = ScaleUpKind::Pcie;
    BytesPerSecond scaleUpBandwidth; ///< per GPU and direction; 0 for Pcie
    BytesPerSecond pairBandwidth;    ///< between two GPUs, for Mesh; else equal to scaleUpBandwidth
    BytesPerSecond pcieBandwidth;
    BytesPerSecond scaleOutBandwidth; ///< NIC share per GPU; a default where the datasheet has none
    int gpusPerNode = 8;
    int scaleUpDomain = 1;    ///< GPUs reached over the scale-up link
    Watts tdp;
    std::string kubernetesProduct;  ///< value of the node label `nvidia.com/gpu.product` and the like
    std::string kubernetesResource; ///< "nvidia.com/gpu"
    bool usableMemoryMeasured = false; ///< read off a driver, not derived from the nominal size
    bool servedByVllm = true; ///< has a vLLM backend that we can plan for
    Source source;
    std::string notes;

    /** Dense matrix rate for operands of this precision; a precision without native support runs as BF16 (FP16). */
    [[nodiscard]] FlopsPerSecond rate(Precision precision) const;
    [[nodiscard]] bool supportsNatively(Precision precision) const;
};

} // namespace llmd
