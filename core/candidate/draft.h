// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "candidate.h"

#include <optional>
#include <string>

/** What speculative decoding adds to a server: a draft with layers and a KV cache of its own. */
namespace llmd {

/**
 * The draft as a model of its own, so that memory and step times are computed as for any other; nothing for n-grams and without
 * speculation. MTP: one more layer like the model's last, and the projection of embedding and hidden state. EAGLE-3: a dense layer
 * with a doubled input, the projection of three hidden states, and an output projection for 32 000 frequent tokens.
 */
[[nodiscard]] std::optional<ModelArchitecture> draftArchitecture(const Candidate& candidate);
/** Embedding and output projection are the model's own and take no memory again (MTP; the embedding with EAGLE-3). */
[[nodiscard]] bool sharesEmbedding(DraftMethod method);
[[nodiscard]] bool sharesOutput(DraftMethod method);

/** Why vLLM cannot guess tokens this way for this candidate, in a sentence for people; empty if it can. */
[[nodiscard]] std::string speculationObstacle(const Candidate& candidate);
/** The same for its LoRA adapters and its KV cache outside the GPU. */
[[nodiscard]] std::string loraObstacle(const Candidate& candidate);
[[nodiscard]] std::string offloadObstacle(const Candidate& candidate);
/** The first of the three, or what the engine's version does not know yet. */
[[nodiscard]] std::string featureObstacle(const Candidate& candidate);

/** Values of the low-rank matrices of one adapter on one rank. A and B of a matrix are split or whole as vLLM keeps them. */
struct AdapterSize
{
    double values = 0;
    double matrices = 0; ///< adapted ones, over all layers
};
[[nodiscard]] AdapterSize adapterSize(const Candidate& candidate);

} // namespace llmd
