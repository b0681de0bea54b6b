// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/catalog/catalog.h>

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <vector>

namespace llmd::intent {

/** What a language model is told of its task: the fields, their units and the ids that there are. */
[[nodiscard]] std::string taskText(const Catalog& catalog);
/** The conversation as a JSON document, so that nothing in it looks like a part of the task. */
[[nodiscard]] std::string conversationText(const std::vector<std::string>& messages);
/** JSON schema of the answer. */
[[nodiscard]] nlohmann::ordered_json answerSchema(const Catalog& catalog);

} // namespace llmd::intent
