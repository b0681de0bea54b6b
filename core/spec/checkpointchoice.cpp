// SPDX-License-Identifier: Apache-2.0
#include "checkpointchoice.h"

#include "specfields.h"

#include <core/search/gpusupport.h>

#include <algorithm>

namespace llmd {

namespace {

bool storedAs(const Model& model, SpecQuantization format)
{
    const Quantization& quantization = model.architecture.quantization;
    const std::string label = quantization.label();
    switch (format) {
    case SpecQuantization::None:
        return quantization.method == "none";
    case SpecQuantization::Fp8:
        return label == "fp8";
    case SpecQuantization::Int8:
        return label == "int8";
    case SpecQuantization::AwqInt4:
        return label == "int4" && quantization.method == "awq";
    case SpecQuantization::GptqInt4:
        // The 4-bit files in compressed-tensors form are made with GPTQ.
        return label == "int4"
            && (quantization.method == "gptq" || quantization.method == "compressed-tensors");
    }
    return false;
}

bool runsOn(const Model& model, const Gpu* gpu)
{
    return !gpu || gpuObstacle(model, *gpu).empty();
}

} // namespace

std::optional<Checkpoint> findCheckpoint(const Model& named, std::optional<SpecQuantization> format,
                                         const Gpu* gpu, const Catalog& catalog)
{
    if (!format || storedAs(named, *format))
        return Checkpoint { &named, false };
    if (named.architecture.quantization.method != "none")
        return std::nullopt;
    // The catalog is sorted by id, so the choice is stable; one that the GPU runs comes first.
    const Model* found = nullptr;
    for (const Model& model : catalog.models) {
        if (&model == &named || model.family != named.id || !storedAs(model, *format))
            continue;
        if (!found || (!runsOn(*found, gpu) && runsOn(model, gpu)))
            found = &model;
    }
    if (found)
        return Checkpoint { found, false };
    if (format == SpecQuantization::Fp8 && gpu && canQuantizeAtLoad(named, *gpu))
        return Checkpoint { &named, true };
    return std::nullopt;
}

std::vector<SpecQuantization> availableFormats(const Model& named, const Gpu* gpu,
                                               const Catalog& catalog)
{
    std::vector<SpecQuantization> formats;
    for (const SpecQuantization format :
         { SpecQuantization::AwqInt4, SpecQuantization::GptqInt4, SpecQuantization::Fp8,
           SpecQuantization::Int8, SpecQuantization::None }) {
        const auto found = findCheckpoint(named, format, gpu, catalog);
        if (found && runsOn(*found->model, gpu))
            formats.push_back(format);
    }
    return formats;
}

std::optional<double> keptQuality(const Checkpoint& checkpoint, const Catalog& catalog)
{
    const Model& model = *checkpoint.model;
    const std::string scheme = checkpoint.atLoad ? "fp8" : model.architecture.quantization.label();
    std::optional<double> lowest;
    for (const QuantizationRecovery& entry : catalog.quantizationRecoveries) {
        if (entry.family == model.family && entry.scheme == scheme)
            lowest = std::min(lowest.value_or(1), std::min(entry.percent / 100, 1.0));
    }
    return lowest;
}

std::string nameOf(SpecQuantization format)
{
    return std::string(specfields::nameOf(specfields::quantizations, format));
}

} // namespace llmd
