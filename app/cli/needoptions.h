// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commandline.h"
#include "endpointoptions.h"

#include <core/intent/intent.h>
#include <core/workload/requirements.h>

#include <optional>
#include <string>
#include <vector>

namespace llmd::cli {

/** The options that state a need on the command line; they win over the requirements file. */
struct NeedOptions
{
    std::string file;
    std::string text; ///< the need in plain words
    EndpointArguments endpoint; ///< a language model that reads it too
    std::string useCase;
    std::string users;
    std::string rate;
    std::string promptTokens;
    std::string outputTokens;
    std::string ttft;
    std::string itl;
    std::string e2e;
    std::vector<std::string> models;
    std::vector<std::string> gpus;
    std::vector<std::string> excludedGpus;
    std::vector<std::string> inventory;
    std::vector<std::string> quantizations;
    std::string budget;
    std::string priceList;
    std::string versionRow;
    std::string topology;
    std::string kvTransfer;
    std::optional<int> maxGpus;
    std::optional<int> contextTokens;
    std::optional<int> minReplicas;
    std::string headroom;

    void addTo(CLI::App& command);
    /** The file's requirements with what the text states and then the options on top. Issues of the
     * file and questions that the text leaves open go to stderr; errors of the file fail. */
    [[nodiscard]] Result<StatedNeed> read(Session& session) const;
};

/** "h100_sxm=16", or "h100_sxm=2x8": two nodes with eight each. */
[[nodiscard]] Result<InventoryItem> parseInventory(const std::string& text);
/** "300ms" (p95), "p99=300ms" or "mean=300ms". */
[[nodiscard]] Result<LatencyTarget> parseTarget(const std::string& text);

} // namespace llmd::cli
