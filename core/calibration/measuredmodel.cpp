// SPDX-License-Identifier: Apache-2.0
#include "measuredmodel.h"

#include <core/base/text.h>

#include <array>
#include <optional>

namespace llmd {

namespace {

/** NVFP4 keeps one FP8 scale for 16 values. */
constexpr int nvfp4Group = 16;
constexpr double nvfp4ScaleBits = 8.0 / nvfp4Group;

std::string_view nameOf(std::string_view id)
{
    const auto slash = id.rfind('/');
    return slash == std::string_view::npos ? id : id.substr(slash + 1);
}

/** The model under this id, or the unquantised one that a quantised checkpoint is named after. */
const Model* find(const Catalog& catalog, std::string_view id)
{
    if (const Model* found = catalog.findModel(id))
        return found;
    const std::string name = toLower(nameOf(id));
    for (const std::string_view suffix : { "-fp8-dynamic", "-fp8", "-nvfp4", "-fp4", "-bf16" }) {
        if (name.size() > suffix.size() && name.ends_with(suffix)) {
            if (const Model* found = catalog.findModel(name.substr(0, name.size() - suffix.size())))
                return found;
        }
    }
    // The family's name without "-Instruct", or with it: the shapes are the same.
    const Model* found = nullptr;
    for (const Model& model : catalog.models) {
        const std::string known = toLower(nameOf(model.id));
        if (known == name + "-instruct" || known + "-instruct" == name
            || known.ends_with("-" + name))
            found = found == nullptr ? &model : found;
    }
    return found;
}

/** Precision class of a measurement's label; nothing for 16 bit and for an empty label. */
std::optional<Precision> labelled(std::string_view label)
{
    const std::string text = toLower(trimmed(label));
    if (text == "fp8")
        return Precision::Fp8;
    if (text == "fp4" || text == "nvfp4" || text == "mxfp4")
        return Precision::Nvfp4;
    if (text == "int4")
        return Precision::Int4;
    if (text == "int8")
        return Precision::Int8;
    return std::nullopt;
}

bool is16Bit(const ModelArchitecture& architecture)
{
    return architecture.quantization.method == "none";
}

/** How the linear weights are stored. */
Precision linearPrecision(const ModelArchitecture& architecture)
{
    const auto& quantization = architecture.quantization;
    const ParameterGroup group =
        architecture.isMoe() ? ParameterGroup::RoutedExperts : ParameterGroup::Attention;
    return quantization.of(group).values;
}

double linearBits(const ModelArchitecture& architecture)
{
    return bitsPerValue(linearPrecision(architecture));
}

/**
 * A checkpoint in NVFP4, as published beside the original; multiplied in FP4 where the GPU can. What an original of 4 bits
 * keeps in 16 bit, it keeps too.
 */
ModelArchitecture asNvfp4(ModelArchitecture architecture, const Gpu& gpu)
{
    Quantization& quantization = architecture.quantization;
    const bool fromFourBits = linearBits(architecture) == 4;
    quantization.method = "nvfp4";
    quantization.groupSize = nvfp4Group;
    quantization.squareBlocks = false;
    for (const auto group : { ParameterGroup::Attention, ParameterGroup::DenseFfn,
                              ParameterGroup::RoutedExperts, ParameterGroup::SharedExperts }) {
        if (!fromFourBits || bitsPerValue(quantization.of(group).values) == 4)
            quantization.of(group) = { Precision::Nvfp4, nvfp4ScaleBits };
    }
    quantization.activations =
        gpu.supportsNatively(Precision::Nvfp4) ? Precision::Nvfp4 : architecture.dtype;
    return architecture;
}

} // namespace

Result<MeasuredModel> measuredModel(const Catalog& catalog, std::string_view id,
                                    std::string_view precision, const Gpu& gpu)
{
    const Model* model = find(catalog, id);
    if (model == nullptr) {
        std::string file(id);
        if (const auto slash = file.find('/'); slash != std::string::npos)
            file.replace(slash, 1, "--");
        return failure(ErrorCode::Unsupported,
                       "the catalog has no model '" + std::string(id) + "': put its config.json as "
                           + file + ".json into a folder and name it with --model-configs");
    }
    const auto wanted = labelled(precision);
    const ModelArchitecture& architecture = model->architecture;
    // "fp4" names NVFP4, and the MXFP4 of checkpoints that are published in it, but not INT4.
    const bool otherFourBits =
        wanted == Precision::Nvfp4 && linearPrecision(architecture) == Precision::Int4;
    const bool same = wanted ? linearBits(architecture) == bitsPerValue(*wanted) && !otherFourBits
                             : is16Bit(architecture) || trimmed(precision).empty();
    if (same)
        return MeasuredModel { model, nullptr };
    auto variant = std::make_shared<Model>(*model);
    if (wanted && bitsPerValue(*wanted) == 4)
        variant->architecture = asNvfp4(architecture, gpu);
    else if (wanted && is16Bit(architecture))
        variant->architecture = quantizedAtLoad(architecture, *wanted);
    else
        return failure(ErrorCode::Unsupported,
                       model->id + " is not available in " + std::string(precision));
    return MeasuredModel { variant.get(), variant };
}

std::string modelFamily(std::string_view id)
{
    static const std::array<std::string_view, 16> suffixes {
        "-fp8",   "-fp4",  "-nvfp4", "-mxfp4", "-int8",     "-int4", "-bf16", "-dynamic",
        "-block", "-gptq", "-awq",   "-fp16",  "-instruct", "-chat", "-hf",   "-it"
    };
    std::string name = toLower(nameOf(id));
    if (name.starts_with("meta-"))
        name.erase(0, 5);
    if (const auto at = name.find("-quantized."); at != std::string::npos)
        name.resize(at);
    for (bool shortened = true; shortened;) {
        shortened = false;
        for (const auto suffix : suffixes) {
            if (name.size() > suffix.size() && name.ends_with(suffix)) {
                name.resize(name.size() - suffix.size());
                shortened = true;
            }
        }
    }
    return name;
}

} // namespace llmd
