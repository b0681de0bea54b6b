// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commandline.h"

#include <core/intent/endpoint.h>

#include <string>
#include <vector>

namespace llmd::cli {

/** A reading of a text beside what a language model makes of it. */
struct AssistedReading
{
    Intent intent; ///< our own, with the proposals if they are accepted
    ModelReading model;
    std::vector<FieldComparison> comparisons;
    bool asked = false; ///< and answered
};

/** The options that let a language model propose fields; without --endpoint nothing is sent anywhere. */
struct EndpointArguments
{
    std::string url;
    std::string model;
    std::string keyVariable;
    std::string timeLimit = "30s";
    bool accept = false;

    void addTo(CLI::App& command);
    /**
     * Asks the endpoint if there is one. That it does not answer or answers nonsense is a message on stderr, and the own
     * reading stays; wrong options fail.
     */
    [[nodiscard]] Result<AssistedReading> read(Session& session, Intent own,
                                               const std::vector<std::string>& messages) const;
};

/** "use_case: code_completion (own reading: chatbot_conversational)", a line for each field that is not the same. */
[[nodiscard]] std::string describeProposals(const AssistedReading& reading, const Intent& own);
/** The same and what was dropped for JSON. */
[[nodiscard]] nlohmann::ordered_json proposalsJson(const AssistedReading& reading);

} // namespace llmd::cli
