// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "candidateoptions.h"
#include "workloadoptions.h"

#include <core/search/search.h>

#include <optional>
#include <string>

namespace llmd::cli {

/** One configuration with what it is for. */
struct ServedNeed
{
    OwnedCandidate owned;
    Workload workload; ///< at the peak, if a load is known
    Slo slo;
    std::optional<RequestsPerSecond> mean; ///< of a need in a file
    std::optional<RequestsPerSecond> peak;
    double headroom = 0.2;
    int minReplicas = 1;
    int gpusPerNode = 0; ///< 0 = as the catalog says
    std::optional<DollarsPerSecond> gpuPrice;
    std::string priceSource; ///< "price list on-demand", "--gpu-price"
    const PriceList* prices = nullptr; ///< absent where the price is stated
};

/** What another GPU of the same deployment costs; nothing where only one price is stated. */
[[nodiscard]] std::optional<DollarsPerSecond> priceOf(const ServedNeed& served, const Gpu& gpu);

/**
 * The options that name one configuration and what it serves: by its parts, or as an option that the search finds for a
 * need (`--workload FILE --candidate ID`).
 */
struct ServedOptions
{
    CandidateOptions candidate;
    WorkloadOptions workload;
    std::string candidateId;
    std::string ttft;
    std::string itl;
    std::string e2e;
    std::string headroom;
    std::string prices;
    std::string gpuPrice;

    void addTo(CLI::App& command);
    [[nodiscard]] Result<ServedNeed> read(Session& session) const;
};

} // namespace llmd::cli
