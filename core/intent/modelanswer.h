// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "intent.h"

#include <core/base/issue.h>

#include <string>
#include <string_view>
#include <vector>

namespace llmd {

/** What a language model proposes, after each field was checked. */
struct ModelReading
{
    Intent intent; ///< the fields that passed, with the words that they cite
    std::vector<Issue> dropped; ///< what did not, with the field as `subject` and the reason
};

/**
 * Takes a language model's answer apart: the first JSON object in `content`, in the form of `toJson(Intent)`. Nothing in it
 * is trusted. A field counts only if it has the right type and a possible value, names known ids, and cites words that
 * occur in `messages`; a number has to stand in the words that it cites, and for users and tokens be the same number.
 * Everything else is dropped with a reason. Fails if there is no JSON object.
 */
[[nodiscard]] Result<ModelReading> readModelAnswer(std::string_view content,
                                                   const std::vector<std::string>& messages,
                                                   const std::shared_ptr<const Catalog>& catalog);

enum class Agreement {
    Same,
    Proposed, ///< only the language model has the field
    Different, ///< both have it and do not say the same
};

struct FieldComparison
{
    std::string field;
    Agreement agreement = Agreement::Same;

    bool operator==(const FieldComparison&) const = default;
};

/**
 * Every field that a language model's reading has beside our own. The percentile of a latency counts only where both name
 * one, of a number only what to plan for.
 */
[[nodiscard]] std::vector<FieldComparison> compareReadings(const Intent& own, const Intent& model);

} // namespace llmd
