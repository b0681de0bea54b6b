// SPDX-License-Identifier: Apache-2.0
#include "modelarchitecture.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace llmd {

namespace {

/** The matrices that FP8 and other schemes of `--quantization` replace; the rest stays in the 16-bit type. */
constexpr std::array linearGroups {
    ParameterGroup::Attention,     ParameterGroup::DenseFfn, ParameterGroup::RoutedExperts,
    ParameterGroup::SharedExperts, ParameterGroup::Mtp,
};

bool isFloatOf16Or32(Precision precision)
{
    return bitsPerValue(precision) >= 16;
}

bool hasHeads(const TokenMixer& mixer)
{
    return mixer.kind != MixerKind::Recurrent && mixer.kind != MixerKind::None
        && mixer.queryHeads > 0;
}

std::int64_t parametersOfLayer(const LayerGroup& layer, ParameterGroup group)
{
    const FeedForward& ffn = layer.feedForward;
    switch (group) {
    case ParameterGroup::Attention:
        return layer.mixer.linearParameters;
    case ParameterGroup::DenseFfn:
        return ffn.denseParameters;
    case ParameterGroup::Router:
        return ffn.routerParameters;
    case ParameterGroup::RoutedExperts:
        return ffn.expertParameters * ffn.experts;
    case ParameterGroup::SharedExperts:
        return ffn.sharedExpertParameters;
    case ParameterGroup::Norms:
        return layer.normParameters + layer.mixer.otherParameters + ffn.otherParameters;
    default:
        return 0;
    }
}

} // namespace

std::string_view toString(ParameterGroup group)
{
    switch (group) {
    case ParameterGroup::Embedding:
        return "embedding";
    case ParameterGroup::Attention:
        return "attention";
    case ParameterGroup::DenseFfn:
        return "dense_ffn";
    case ParameterGroup::Router:
        return "router";
    case ParameterGroup::RoutedExperts:
        return "routed_experts";
    case ParameterGroup::SharedExperts:
        return "shared_experts";
    case ParameterGroup::Norms:
        return "norms";
    case ParameterGroup::LmHead:
        return "lm_head";
    case ParameterGroup::Vision:
        return "vision";
    case ParameterGroup::Mtp:
        return "mtp";
    case ParameterGroup::Count:
        break;
    }
    return "unknown";
}

std::string Quantization::label() const
{
    for (const auto group :
         { ParameterGroup::RoutedExperts, ParameterGroup::DenseFfn, ParameterGroup::Attention }) {
        const Precision precision = of(group).values;
        if (!isFloatOf16Or32(precision))
            return std::string(toString(precision));
    }
    return std::string(toString(of(ParameterGroup::Attention).values));
}

std::int64_t ModelArchitecture::parameters(ParameterGroup group) const
{
    const std::int64_t table = static_cast<std::int64_t>(vocabularySize) * hiddenSize;
    switch (group) {
    case ParameterGroup::Embedding:
        return table;
    case ParameterGroup::LmHead:
        return tiedEmbeddings ? 0 : table;
    case ParameterGroup::Vision:
        return visionParameters;
    case ParameterGroup::Mtp:
        return mtpParameters;
    case ParameterGroup::Count:
        return 0;
    default:
        break;
    }
    std::int64_t sum = group == ParameterGroup::Norms ? finalNormParameters : 0;
    for (const LayerGroup& layer : groups)
        sum += parametersOfLayer(layer, group) * layer.count;
    return sum;
}

std::int64_t ModelArchitecture::textParameters() const
{
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < parameterGroupCount; ++i) {
        const auto group = static_cast<ParameterGroup>(i);
        if (group != ParameterGroup::Vision && group != ParameterGroup::Mtp)
            sum += parameters(group);
    }
    return sum;
}

std::int64_t ModelArchitecture::activeParameters() const
{
    // A tied embedding is still multiplied with once, as the output projection.
    std::int64_t sum =
        hiddenSize + static_cast<std::int64_t>(vocabularySize) * hiddenSize + finalNormParameters;
    for (const LayerGroup& layer : groups) {
        const FeedForward& ffn = layer.feedForward;
        const std::int64_t perLayer = layer.mixer.linearParameters + layer.mixer.otherParameters
            + layer.normParameters + ffn.denseParameters + ffn.sharedExpertParameters
            + ffn.routerParameters + ffn.expertParameters * ffn.expertsPerToken
            + ffn.otherParameters;
        sum += perLayer * layer.count;
    }
    return sum;
}

Bytes ModelArchitecture::weightBytes(ParameterGroup group) const
{
    if (group == ParameterGroup::Count)
        return {};
    return Bytes(static_cast<double>(parameters(group)) * quantization.of(group).bytesPerValue());
}

Bytes ModelArchitecture::residentBufferBytes(int tensorParallel) const
{
    double elements = static_cast<double>(rotaryTableElements);
    for (const LayerGroup& layer : groups) {
        const TokenMixer& mixer = layer.mixer;
        if (mixer.kind != MixerKind::Mla)
            continue;
        const double perHead =
            static_cast<double>(mixer.headDim - mixer.ropeHeadDim + mixer.valueHeadDim);
        elements += perHead * mixer.kvLoraRank * mixer.queryHeads * layer.count
            / std::max(1, tensorParallel);
    }
    return Bytes(elements * llmd::bytesPerValue(dtype));
}

bool ModelArchitecture::isMoe() const
{
    return std::any_of(groups.begin(), groups.end(),
                       [](const LayerGroup& g) { return g.feedForward.isMoe(); });
}

bool ModelArchitecture::hasMla() const
{
    return std::any_of(groups.begin(), groups.end(),
                       [](const LayerGroup& g) { return g.mixer.kind == MixerKind::Mla; });
}

bool ModelArchitecture::hasRecurrentLayers() const
{
    return std::any_of(groups.begin(), groups.end(),
                       [](const LayerGroup& g) { return g.mixer.kind == MixerKind::Recurrent; });
}

int ModelArchitecture::queryHeads() const
{
    int heads = 0;
    for (const LayerGroup& layer : groups) {
        if (hasHeads(layer.mixer))
            heads = std::max(heads, layer.mixer.queryHeads);
    }
    return heads;
}

int ModelArchitecture::keyValueHeads() const
{
    int heads = 0;
    for (const LayerGroup& layer : groups) {
        if (hasHeads(layer.mixer))
            heads =
                heads == 0 ? layer.mixer.keyValueHeads : std::min(heads, layer.mixer.keyValueHeads);
    }
    return heads;
}

ModelArchitecture quantizedAtLoad(ModelArchitecture architecture, Precision precision)
{
    Quantization& quantization = architecture.quantization;
    if (quantization.method != "none" || isFloatOf16Or32(precision))
        return architecture; // vLLM refuses to quantise a quantised checkpoint again
    for (const ParameterGroup group : linearGroups)
        quantization.of(group).values = precision;
    quantization.method = toString(precision);
    // Weights of 4 bits are unpacked for the multiplication, those of 8 bits are multiplied as they are.
    quantization.activations = bitsPerValue(precision) < 8 ? architecture.dtype : precision;
    quantization.atLoad = true;
    return architecture;
}

ModelArchitecture withDtype(ModelArchitecture architecture, Precision dtype)
{
    if (!isFloatOf16Or32(dtype))
        return architecture;
    Quantization& quantization = architecture.quantization;
    for (StoredPrecision& stored : quantization.stored) {
        if (isFloatOf16Or32(stored.values))
            stored.values = dtype;
    }
    if (isFloatOf16Or32(quantization.activations))
        quantization.activations = dtype;
    if (isFloatOf16Or32(quantization.keyValueCache))
        quantization.keyValueCache = dtype;
    architecture.dtype = dtype;
    return architecture;
}

} // namespace llmd
