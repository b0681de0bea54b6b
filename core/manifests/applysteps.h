// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kubernetesobjects.h"

#include <string>
#include <string_view>

namespace llmd::kubernetes {

namespace markdown {
/** Any text inside a code span: one line, no backtick that would end the span. */
[[nodiscard]] std::string code(std::string_view text);
/** Any text on one line, without a meaning to Markdown. */
[[nodiscard]] std::string plainText(std::string_view text);
} // namespace markdown

/** "The cluster needs": what must be there before the files of the target can be applied. */
[[nodiscard]] std::string clusterNeeds(const Export& context);
/** "Steps": the commands in their order, and how to undo them. */
[[nodiscard]] std::string applySteps(const Export& context);

} // namespace llmd::kubernetes
