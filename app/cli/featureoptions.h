// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commandline.h"

#include <core/candidate/candidate.h>
#include <core/catalog/catalog.h>

#include <memory>
#include <optional>
#include <string>

namespace llmd::cli {

/** The options for what a server may do without: speculative decoding, LoRA adapters, KV cache outside the GPU. */
struct FeatureOptions
{
    std::string speculative;
    std::optional<int> speculativeTokens;
    std::optional<double> acceptance;
    int adapters = 0;
    std::optional<int> loraRank;
    std::optional<int> loraSlots;
    std::string loraTargets;
    std::string offloadCpu;
    std::string offloadDisk;

    void addTo(CLI::App& command);
    /** Puts them into the settings; gives the draft model, which must outlive these, where there is one. */
    [[nodiscard]] Result<std::shared_ptr<const Model>> apply(const Catalog& catalog,
                                                             EngineSettings& settings) const;

private:
    [[nodiscard]] Result<> applyLora(EngineSettings& settings) const;
    [[nodiscard]] Result<> applyOffload(EngineSettings& settings) const;
};

} // namespace llmd::cli
