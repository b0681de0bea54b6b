// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "modelarchitecture.h"

#include <optional>
#include <string>

namespace llmd {

/** Where a figure comes from and when it was read there. */
struct Source
{
    std::string text; ///< title or URL
    std::string date; ///< ISO 8601 day
    std::string confidence; ///< "high", "medium", "low" or empty

    bool operator==(const Source&) const = default;
};

/** What `generation_config.json` makes the engine do unless a request says otherwise. */
struct SamplingDefaults
{
    bool topPOrTopK =
        false; ///< a sort over the vocabulary per sequence and step in vLLM up to 0.15
    bool repetitionPenalty = false;

    bool operator==(const SamplingDefaults&) const = default;
};

/** One checkpoint that can be served: an architecture with its weights, under its Hugging Face id. */
struct Model
{
    std::string id; ///< "RedHatAI/Llama-3.3-70B-Instruct-FP8-dynamic"
    std::string displayName; ///< "Llama 3.3 70B Instruct (FP8)"
    std::string
        family; ///< id of the unquantised model that quality scores refer to; own id if none
    ModelArchitecture architecture;
    std::optional<double>
        publishedParameters; ///< total (text part for multimodal), as the publisher states it
    SamplingDefaults sampling;
    std::string license;
    Source source;
    bool baseCheckpoint = false; ///< pretrained only, not tuned to follow instructions
    bool userProvided = false;
};

} // namespace llmd
