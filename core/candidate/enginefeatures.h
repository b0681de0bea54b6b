// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/base/units.h>

#include <optional>
#include <string>
#include <string_view>

/** Settings of the engine that a deployment may do without: speculative decoding, LoRA adapters, KV cache outside the GPU. */
namespace llmd {

struct Model;

/** Who guesses the tokens that a step of the model then verifies. */
enum class DraftMethod {
    DraftModel, ///< a small model of the same vocabulary
    Mtp, ///< the multi-token-prediction layers of the checkpoint
    Eagle3, ///< a one-layer head trained for the model
    NGram, ///< a look-up in prompt and output so far
};
/** vLLM's name: "draft_model", "mtp", "eagle3", "ngram". */
[[nodiscard]] std::string_view toString(DraftMethod method);

/** Several tokens per step: `tokens` are guessed, the model checks them all at once and keeps the leading right ones. */
struct SpeculativeDecoding
{
    DraftMethod method = DraftMethod::Mtp;
    const Model* draft = nullptr; ///< of DraftModel; must outlive this
    std::string head; ///< of Eagle3: the repository of the head
    int tokens = 1; ///< guessed per step and sequence
    double acceptance = 0.7; ///< probability that the first guess is right
    double decay = 1; ///< factor on it for each further guess, given that all before it were right
    bool stated = false; ///< the acceptance was given and is no prior

    bool operator==(const SpeculativeDecoding&) const = default;
    /** Probability that guess `index` (0 = first) is right if all before it are. */
    [[nodiscard]] double acceptanceAt(int index) const;
    /**
     * Mean tokens that a step gives, 1 … tokens + 1: those accepted and the model's own one. With equal acceptance this is
     * (1 - a^(k+1)) / (1 - a), equation 1 of Leviathan et al., "Fast Inference from Transformers via Speculative Decoding", 2023.
     */
    [[nodiscard]] double tokensPerStep() const;
    [[nodiscard]] std::string label() const; ///< "mtp x1", "draft_model Qwen/Qwen3-0.6B x3"
};

/** Which matrices adapters may change; room is kept and time spent for all of them, whatever the adapters use. */
enum class LoraTargets {
    Attention, ///< query, key, value, output
    Linear, ///< those and the feed-forward matrices
};

/** Low-rank adapters served beside the model. Requests name one each; all are taken as equally popular. */
struct LoraServing
{
    int adapters = 1; ///< that requests ask for
    int rank = 16; ///< largest (`--max-lora-rank`)
    int slotCount =
        1; ///< on the GPU at a time (`--max-loras`): a step computes at most so many different ones
    LoraTargets targets = LoraTargets::Linear;

    bool operator==(const LoraServing&) const = default;
    /** Mean number of different adapters among `sequences` requests, at most `slotCount`. */
    [[nodiscard]] double distinct(double sequences) const;
};

/** Room outside the GPU for KV blocks that prompts may need again, of one replica over all its GPUs. */
struct KvOffload
{
    Bytes cpu; ///< of the host's memory
    Bytes disk; ///< of a local NVMe drive

    bool operator==(const KvOffload&) const = default;
    [[nodiscard]] bool any() const { return cpu > Bytes() || disk > Bytes(); }
};

} // namespace llmd
