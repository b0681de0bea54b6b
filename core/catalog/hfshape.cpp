// SPDX-License-Identifier: Apache-2.0
#include "hfparts.h"

#include <fmt/format.h>

#include <algorithm>

namespace llmd::hf {

namespace {

std::optional<int> orRequired(int value)
{
    return value > 0 ? std::optional(value) : std::nullopt;
}

/** Factor by which linear, dynamic and YaRN scaling lengthen the tables, and the length that they start from. */
double scaledPositions(const Fields& text, int maxPositions)
{
    auto scaling = text.object("rope_scaling");
    if (!scaling)
        scaling = text.object("rope_parameters");
    if (!scaling)
        return maxPositions;
    // Gemma 3 and later keep one entry per kind of layer; the one of full attention is scaled.
    if (const auto full = scaling->object("full_attention"))
        scaling = full;
    std::string type = scaling->text("rope_type");
    if (type.empty())
        type = scaling->text("type");
    const double factor = scaling->number("factor", 0.001, 1e6, 1);
    if (type == "linear" || type == "dynamic")
        return maxPositions * factor;
    if (type == "yarn")
        return scaling->integer("original_max_position_embeddings", tokenRange, maxPositions)
            * factor;
    if (type == "longrope" || type == "su") { // a short and a long table
        constexpr std::string_view key = "original_max_position_embeddings";
        const int original = text.integer(key, tokenRange, maxPositions);
        return static_cast<double>(maxPositions) + scaling->integer(key, tokenRange, original);
    }
    return maxPositions;
}

} // namespace

Shape readShape(const Fields& text, const ShapeDefaults& defaults)
{
    Shape shape;
    shape.hidden = text.integer("hidden_size", sizeRange);
    shape.layers = text.integer("num_hidden_layers", layerRange);
    shape.heads = text.integer("num_attention_heads", headRange, orRequired(defaults.heads));
    const int keyValueHeads = defaults.keyValueHeads > 0 ? defaults.keyValueHeads : shape.heads;
    shape.keyValueHeads = text.integer("num_key_value_heads", headRange, keyValueHeads);
    const int derived = std::max(1, shape.hidden / std::max(1, shape.heads));
    shape.headDim =
        text.integer("head_dim", headDimRange, defaults.headDim > 0 ? defaults.headDim : derived);
    shape.intermediate = text.integer("intermediate_size", sizeRange, 0);
    shape.maxPositions =
        text.integer(text.presentOf({ "max_position_embeddings", "model_max_length" }), tokenRange,
                     defaults.maxPositions > 0 ? defaults.maxPositions : 2048);
    shape.vocabulary = text.integer("vocab_size", vocabularyRange, orRequired(defaults.vocabulary));
    if (shape.keyValueHeads > shape.heads || shape.heads % shape.keyValueHeads != 0)
        text.findings().fail(
            ErrorCode::InvalidArgument,
            fmt::format("field '{}' is {}; a divisor of the {} attention heads is expected",
                        text.pathOf("num_key_value_heads"), shape.keyValueHeads, shape.heads));
    return shape;
}

void applyShape(const Shape& shape, int finalNorms, ModelArchitecture& architecture)
{
    architecture.hiddenSize = shape.hidden;
    architecture.vocabularySize = shape.vocabulary;
    architecture.maxPositions = shape.maxPositions;
    architecture.finalNormParameters = static_cast<std::int64_t>(finalNorms) * shape.hidden;
}

/**
 * vLLM keeps, for each distinct kind of rotary embedding, one table of positions times rotated width (the sine and
 * the cosine of half the width each).
 */
std::int64_t rotaryTableElements(const Fields& text, const ModelArchitecture& architecture)
{
    int fullWidth = 0;
    int windowWidth = 0;
    for (const LayerGroup& layer : architecture.groups) {
        const TokenMixer& mixer = layer.mixer;
        if (mixer.kind == MixerKind::Mla)
            fullWidth = mixer.ropeHeadDim;
        else if (mixer.kind == MixerKind::SlidingWindow)
            windowWidth = mixer.headDim;
        else if (mixer.kind == MixerKind::FullAttention
                 || mixer.kind == MixerKind::ChunkedAttention)
            fullWidth = mixer.headDim;
    }
    double partial = text.number("partial_rotary_factor", 0, 1, 1);
    if (const auto parameters = text.object("rope_parameters"))
        partial = parameters->number("partial_rotary_factor", 0, 1, partial);
    const double scaled = scaledPositions(text, architecture.maxPositions);
    // Gemma 3 and 4 rotate window layers by another base, without scaling.
    const bool ownWindowTable = text.has("rope_local_base_freq")
        || architecture.modelType.starts_with("gemma3")
        || architecture.modelType.starts_with("gemma4");
    double elements = std::max(fullWidth, ownWindowTable ? 0 : windowWidth) * partial * scaled;
    if (ownWindowTable)
        elements += static_cast<double>(windowWidth) * architecture.maxPositions;
    constexpr double believable = 1e12;
    return static_cast<std::int64_t>(std::min(elements, believable));
}

} // namespace llmd::hf
