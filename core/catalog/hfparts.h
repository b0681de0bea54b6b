// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hffields.h"
#include "modelarchitecture.h"

#include <optional>
#include <string_view>
#include <vector>

/** Building blocks of the reader of Hugging Face configs: token mixers, feed-forward parts, layers. */
namespace llmd::hf {

/** The sizes that nearly every decoder states. */
struct Shape
{
    int hidden = 0;
    int layers = 0;
    int heads = 0;
    int keyValueHeads = 0;
    int headDim = 0;
    int intermediate = 0;
    int maxPositions = 0;
    int vocabulary = 0;
};

/** What a config class of the transformers library assumes where the file says nothing; 0 means required. */
struct ShapeDefaults
{
    int heads = 0;
    int keyValueHeads = 0;
    int headDim = 0; ///< 0: hidden size / heads
    int maxPositions = 0;
    int vocabulary = 0;
};

[[nodiscard]] Shape readShape(const Fields& text, const ShapeDefaults& defaults = {});

enum class QueryKeyNorm { None, PerHead, WholeWidth };

/** The small things that attention layers differ in. */
struct AttentionTraits
{
    bool queryKeyValueBias = false;
    bool outputBias = false;
    QueryKeyNorm norm = QueryKeyNorm::None;
    bool outputGate = false; ///< the query projection also gives a gate of the same width
    bool sinks = false; ///< one learned logit per head
    bool sharedKeyValue = false; ///< one projection gives key and value; the cache still keeps both
};

[[nodiscard]] TokenMixer attentionMixer(const Shape& shape, const AttentionTraits& traits);
[[nodiscard]] TokenMixer withWindow(TokenMixer mixer, MixerKind kind, int window);
/** Multi-head latent attention of DeepSeek V2 and later, with the indexer of V3.2 where its fields are there. */
[[nodiscard]] TokenMixer latentMixer(const Fields& text, const Shape& shape);
/** Gated delta net of Qwen3-Next and Qwen3.5. */
[[nodiscard]] TokenMixer gatedDeltaMixer(const Fields& text, int hidden);

struct MambaShape
{
    int heads = 0;
    int headDim = 0;
    int groups = 0;
    int state = 0;
    int kernel = 0;
    bool convolutionBias = true;
    bool projectionBias = false;
};
[[nodiscard]] TokenMixer mambaMixer(const MambaShape& mamba, int hidden);

struct FeedForwardTraits
{
    bool gated = true;
    bool bias = false;
};
[[nodiscard]] FeedForward denseFeedForward(int hidden, int intermediate,
                                           FeedForwardTraits traits = {});

struct ExpertTraits
{
    int experts = 0;
    int perToken = 0;
    int intermediate = 0;
    bool gated = true;
    bool bias = false; ///< every expert matrix has one
    int routerVectors =
        0; ///< vectors of one value per expert besides the matrix: bias, score correction
    int sharedIntermediate = 0; ///< of all shared experts together
    bool sharedGate = false; ///< a projection to one value scales the shared expert
};
/** Checks that no more experts are chosen than there are. */
[[nodiscard]] FeedForward expertFeedForward(int hidden, const ExpertTraits& traits,
                                            Findings& findings);
/** Experts under the names that the family uses; shared experts and router vectors are left to the caller. */
[[nodiscard]] ExpertTraits readExperts(const Fields& text, int fallbackIntermediate);
/** Width of `n_shared_experts` shared experts of the routed size together; 0 if there are none. */
[[nodiscard]] int sharedWidth(const Fields& text, int expertIntermediate);
/** Multi-token-prediction layers that a field counts. */
constexpr Range predictionRange { 0, 8 };

/**
 * One multi-token-prediction layer without the embedding and the head that it shares with the model: a decoder
 * layer, the projection of two hidden states to one, and its norms.
 */
[[nodiscard]] std::int64_t predictionLayerParameters(const TokenMixer& mixer,
                                                     const FeedForward& feedForward, int hidden);

/** Collects layers, first to last, and gathers equal ones into groups. */
class Layers
{
public:
    explicit Layers(ModelArchitecture& architecture)
        : m_architecture(architecture)
    { }
    void add(const TokenMixer& mixer, const FeedForward& feedForward, std::int64_t normParameters);

private:
    ModelArchitecture& m_architecture;
};

/** Reads one family: fills layers, sizes and norms of the architecture. */
using FamilyReader = void (*)(const Fields& text, ModelArchitecture& architecture);

struct Family
{
    FamilyReader read = nullptr;
    bool tiedByDefault = false;
};

/** The reader of a `model_type`, nullopt if the type is unknown. */
[[nodiscard]] std::optional<Family> findFamily(std::string_view modelType);
/** Llama-like decoder, for unknown types with the fields of one. */
void readPlainDecoder(const Fields& text, ModelArchitecture& architecture);
/** The families with layers of their own kinds: MLA, gated delta net, Mamba, pruned networks. */
void readDeepSeek(const Fields& text, ModelArchitecture& architecture);
void readQwenHybrid(const Fields& text, ModelArchitecture& architecture);
void readNemotronHybrid(const Fields& text, ModelArchitecture& architecture);
void readGraniteHybrid(const Fields& text, ModelArchitecture& architecture);
void readNemotronPruned(const Fields& text, ModelArchitecture& architecture);
void readGemma4(const Fields& text, ModelArchitecture& architecture);

/** Sizes of `shape` and norms into the architecture. */
void applyShape(const Shape& shape, int finalNorms, ModelArchitecture& architecture);

/** Sets how every group is stored, from `quantization_config` (may be absent). Layers must be there already. */
void readQuantization(const std::optional<Fields>& config, ModelArchitecture& architecture,
                      Findings& findings);

/** Parameters of the encoders and projectors, from `vision_config` and its relatives in the whole config. */
[[nodiscard]] std::int64_t visionParameters(const Fields& root, const Fields& text,
                                            Findings& findings);

/** Entries of the rotary tables that vLLM builds for these layers. */
[[nodiscard]] std::int64_t rotaryTableElements(const Fields& text,
                                               const ModelArchitecture& architecture);

} // namespace llmd::hf
