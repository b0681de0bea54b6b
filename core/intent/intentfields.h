// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "intent.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace llmd {

/** Names of all fields that an intent may state, as in evidence, in the order of the JSON form. */
[[nodiscard]] std::span<const std::string_view> intentFields();
/** Whether an intent states a field; false for a name that is no field. */
[[nodiscard]] bool states(const Intent& intent, std::string_view field);
/** Whether two intents say the same of a field; what it was read from does not matter. */
[[nodiscard]] bool sayTheSame(const Intent& a, const Intent& b, std::string_view field);
/** Makes `to` say of a field what `from` says, with the words that it came from; a question about it is settled. */
void takeField(std::string_view field, const Intent& from, Intent& to);
/** Takes back what an intent states of a field. */
void dropField(std::string_view field, Intent& intent);

/**
 * A message that answers a question by one of its choices, in words that the parser reads ("time to first token: 2 seconds"), so
 * that an answer is a part of the conversation like any other. Nothing if no such message is understood.
 */
[[nodiscard]] std::optional<std::string> answerMessage(const IntentParser& parser,
                                                       const Catalog& catalog,
                                                       const std::vector<std::string>& messages,
                                                       const IntentQuestion& question,
                                                       std::size_t choice);

} // namespace llmd
