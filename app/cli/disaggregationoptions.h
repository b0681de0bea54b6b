// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "candidateoptions.h"

#include <string>

namespace llmd::cli {

/** The options that split a configuration into prefill and decode servers. */
struct DisaggregationOptions
{
    std::string prefill; ///< "tp=2,replicas=2,gpu=ID"
    std::string decode;
    std::string transfer = "rdma";
    std::string bandwidth;
    std::string latency;
    double overlap = 0;
    std::string localPromptTokens;
    double prefillDerate = Disaggregation().prefillDerate;
    double decodeDerate = Disaggregation().decodeDerate;

    /** After the candidate's options, some of which they exclude. */
    void addTo(CLI::App& command);
    /** Makes the candidate disaggregated if that is asked for; its options give what a role does not say. */
    [[nodiscard]] Result<> apply(const CandidateOptions& common, OwnedCandidate& owned) const;
};

} // namespace llmd::cli
