// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "document.h"

#include <core/manifests/manifests.h>
#include <core/ranking/ranking.h>
#include <core/search/search.h>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace llmd {

/** What a review report tells of a search. */
struct ReviewInput
{
    const SearchReport& search;
    const Ranking& ranking;
    View view = View::Balanced;
    std::size_t top = 10;
    std::string title; ///< of the requirements
    std::string date;
    std::string notes; ///< of the user; blank lines end paragraphs
    std::string chosen; ///< id of the option to deploy; empty = the first of the view
    std::vector<Derivation> stated; ///< what a text in plain words said
    const DeploymentPlan* plan = nullptr; ///< of the chosen option; nullptr if there is none
    const std::vector<ManifestFile>* files = nullptr; ///< that the plan would be written to
    std::string obstacle; ///< why there is no plan
};

/**
 * The need and where each value comes from, the ranked options with intervals and how sure they are, charts of cost, latency and
 * throughput, what was refused and why, the chosen plan with the reason of each setting, and the files that it makes.
 */
[[nodiscard]] Report reviewReport(const ReviewInput& input);

/** The same with the plan of the chosen option and its files, or with what stands in their way. */
[[nodiscard]] Report plannedReview(ReviewInput input, const Requirements& requirements);

} // namespace llmd
