// SPDX-License-Identifier: Apache-2.0
#include "hfparts.h"

#include <fmt/format.h>

#include <algorithm>

namespace llmd::hf {

namespace {

std::int64_t wide(int value)
{
    return value;
}

/** Wider than any encoder, and small enough that no product of sizes can overflow. */
constexpr Range encoderRange { 1, 131'072 };
constexpr Range mergeRange { 1, 8 };

/** A transformer encoder over image patches, in the words of the several configs. */
struct Encoder
{
    int hidden = 0;
    int layers = 0;
    int intermediate = 0;
    bool gated = false;
    bool bias = true;
    int normVectors = 4; ///< per layer; a LayerNorm has two
};

std::int64_t encoderParameters(const Encoder& encoder)
{
    const std::int64_t hidden = encoder.hidden;
    const std::int64_t inner = encoder.intermediate;
    std::int64_t layer = 4 * hidden * hidden + (encoder.gated ? 3 : 2) * hidden * inner
        + encoder.normVectors * hidden;
    if (encoder.bias)
        layer += 4 * hidden + (encoder.gated ? 2 : 1) * inner + hidden;
    return layer * encoder.layers;
}

Encoder readEncoder(const Fields& vision)
{
    Encoder encoder;
    encoder.hidden = vision.integer(
        vision.presentOf({ "hidden_size", "vt_hidden_size", "embed_dim" }), encoderRange);
    encoder.layers = vision.integer(
        vision.presentOf({ "num_hidden_layers", "depth", "vt_num_hidden_layers" }), layerRange);
    encoder.intermediate =
        vision.integer(vision.presentOf({ "intermediate_size", "vt_intermediate_size" }),
                       encoderRange, std::min(4 * encoder.hidden, encoderRange.max));
    return encoder;
}

std::int64_t patchParameters(const Fields& vision, const Encoder& encoder, bool bias)
{
    const int patch = vision.integer("patch_size", { 1, 512 }, 14);
    const int channels =
        vision.integer(vision.presentOf({ "num_channels", "in_channels" }), { 1, 64 }, 3);
    const int frames = vision.integer("temporal_patch_size", { 1, 64 }, 1);
    return wide(patch) * patch * channels * frames * encoder.hidden + (bias ? encoder.hidden : 0);
}

/** Position table of an encoder for square images. */
std::int64_t squarePositions(const Fields& vision, const Encoder& encoder)
{
    const int image = vision.integer("image_size", { 1, 16'384 }, 384);
    const int side = image / vision.integer("patch_size", { 1, 512 }, 14);
    return wide(side) * side * encoder.hidden;
}

/** SigLIP with Gemma 3's projection behind average pooling. */
std::int64_t gemma3Vision(const Fields&, const Fields& vision, int hidden)
{
    const Encoder encoder = readEncoder(vision);
    return encoderParameters(encoder) + patchParameters(vision, encoder, true)
        + squarePositions(vision, encoder) + 2 * wide(encoder.hidden)
        + wide(encoder.hidden) * hidden + encoder.hidden;
}

/** SigLIP or CLIP with LLaVA's two-layer projector; several feature layers are put side by side. */
std::int64_t llavaVision(const Fields& root, const Fields& vision, int hidden)
{
    const Encoder encoder = readEncoder(vision);
    const bool clip = vision.text("model_type").starts_with("clip");
    int features = 1;
    // A list of layers in Granite Vision, one number elsewhere.
    if (root.has("vision_feature_layer") && vision.text("model_type") == "siglip_vision_model")
        features = std::max(1, root.lengthOf("vision_feature_layer"));
    const std::int64_t input = wide(encoder.hidden) * features;
    const std::int64_t projector = input * hidden + hidden + wide(hidden) * hidden + hidden;
    const std::int64_t newline = hidden;
    return encoderParameters(encoder) + patchParameters(vision, encoder, !clip)
        + squarePositions(vision, encoder) + (clip ? 5 : 2) * wide(encoder.hidden) + projector
        + newline;
}

/** Pixtral: gated layers without biases; Mistral 3 merges patches before its two-layer projector. */
std::int64_t pixtralVision(const Fields& root, const Fields& vision, int hidden)
{
    Encoder encoder = readEncoder(vision);
    encoder.gated = true;
    encoder.bias = false;
    encoder.normVectors = 2;
    const int merge = root.integer("spatial_merge_size", mergeRange, 1);
    const bool bias = root.flag("multimodal_projector_bias", merge == 1);
    std::int64_t projector =
        wide(encoder.hidden) * hidden + wide(hidden) * hidden + (bias ? 2 * wide(hidden) : 0);
    if (merge > 1)
        projector += wide(encoder.hidden) * encoder.hidden * merge * merge + encoder.hidden;
    return encoderParameters(encoder) + patchParameters(vision, encoder, false) + encoder.hidden
        + projector;
}

/** Qwen3-VL and Qwen3.5: mergers of 2 x 2 patches, one more for each layer that feeds the decoder directly. */
std::int64_t qwen3Vision(const Fields&, const Fields& vision, int hidden)
{
    const Encoder encoder = readEncoder(vision);
    const int merge = vision.integer("spatial_merge_size", mergeRange, 2);
    const int output =
        vision.integer("out_hidden_size", encoderRange, std::min(hidden, encoderRange.max));
    const std::int64_t merged = wide(encoder.hidden) * merge * merge;
    const std::int64_t body = merged * merged + merged + merged * output + output;
    const std::int64_t deep = std::min(64, vision.lengthOf("deepstack_visual_indexes"));
    const std::int64_t mergers = body + 2 * wide(encoder.hidden) + deep * (body + 2 * merged);
    const std::int64_t positions =
        wide(vision.integer("num_position_embeddings", { 0, 1'048'576 }, 2304)) * encoder.hidden;
    return encoderParameters(encoder) + patchParameters(vision, encoder, true) + positions
        + mergers;
}

/** Qwen2.5-VL: gated layers with biases and RMS norms. */
std::int64_t qwen25Vision(const Fields&, const Fields& vision, int hidden)
{
    Encoder encoder = readEncoder(vision);
    encoder.gated = true;
    encoder.normVectors = 2;
    const int merge = vision.integer("spatial_merge_size", mergeRange, 2);
    const int output =
        vision.integer("out_hidden_size", encoderRange, std::min(hidden, encoderRange.max));
    const std::int64_t merged = wide(encoder.hidden) * merge * merge;
    return encoderParameters(encoder) + patchParameters(vision, encoder, false) + encoder.hidden
        + merged * merged + merged + merged * output + output;
}

/** Llama 4: class token, pixel shuffle with two projections, then one to the decoder. */
std::int64_t llama4Vision(const Fields&, const Fields& vision, int hidden)
{
    const Encoder encoder = readEncoder(vision);
    const int image = vision.integer("image_size", { 1, 16'384 }, 336);
    const int side = image / vision.integer("patch_size", { 1, 512 }, 14);
    const int input = vision.integer("projector_input_dim", sizeRange, 4096);
    const int output = vision.integer("projector_output_dim", sizeRange, 4096);
    const int features = vision.integer("vision_output_dim", sizeRange, output);
    const double ratio = vision.number("pixel_shuffle_ratio", 0.01, 1, 0.5);
    const auto shuffled = static_cast<std::int64_t>(encoder.hidden / (ratio * ratio));
    const std::int64_t positions = (wide(side) * side + 1) * encoder.hidden + encoder.hidden;
    return encoderParameters(encoder) + patchParameters(vision, encoder, false) + positions
        + 4 * wide(encoder.hidden) + shuffled * input + wide(input) * output
        + wide(features) * hidden;
}

/** Gemma 4: gated layers, four norms and two over the heads, a position table per axis. */
std::int64_t gemma4Vision(const Fields&, const Fields& vision, int hidden)
{
    Encoder encoder = readEncoder(vision);
    encoder.gated = true;
    encoder.bias = false;
    const int headDim = vision.integer("head_dim", headDimRange, 64);
    const int positions = vision.integer("position_embedding_size", { 1, 1'048'576 }, 10'240);
    return encoderParameters(encoder) + 2 * wide(headDim) * encoder.layers
        + patchParameters(vision, encoder, false) + 2 * wide(positions) * encoder.hidden
        + 2 * wide(encoder.hidden) + wide(encoder.hidden) * hidden;
}

/** Any other encoder: its layers, patches and positions, and a projector of two matrices. */
std::int64_t plainVision(const Fields&, const Fields& vision, int hidden)
{
    const Encoder encoder = readEncoder(vision);
    return encoderParameters(encoder) + patchParameters(vision, encoder, true)
        + squarePositions(vision, encoder) + wide(encoder.hidden) * hidden + wide(hidden) * hidden;
}

} // namespace

std::int64_t visionParameters(const Fields& root, const Fields& text, Findings& findings)
{
    const auto vision = root.object("vision_config");
    if (root.has("audio_config"))
        findings.approximate("the parameters of the audio encoder are not counted");
    if (!vision || findings.failed())
        return 0;
    const int hidden = text.integer("hidden_size", sizeRange);
    const std::string type = root.text("model_type");
    using Counter = std::int64_t (*)(const Fields&, const Fields&, int);
    struct Known
    {
        std::string_view prefix;
        Counter count;
    };
    static constexpr Known known[] {
        { "gemma3", gemma3Vision },    { "gemma4", gemma4Vision }, { "llava", llavaVision },
        { "mistral3", pixtralVision }, { "qwen3", qwen3Vision },   { "qwen2_5_vl", qwen25Vision },
        { "llama4", llama4Vision },
    };
    for (const Known& entry : known) {
        if (!type.starts_with(entry.prefix))
            continue;
        const bool pixtral = vision->text("model_type") == "pixtral";
        return pixtral ? pixtralVision(root, *vision, hidden) : entry.count(root, *vision, hidden);
    }
    findings.approximate(
        fmt::format("the parameters of the image encoder of '{}' are estimated from the sizes in "
                    "'vision_config'",
                    type));
    return plainVision(root, *vision, hidden);
}

} // namespace llmd::hf
