// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <core/intent/intent.h>
#include <core/workload/requirements.h>

#include <QString>

#include <string>
#include <string_view>

/** What a description states, as text for people in the user's locale. */
namespace llmd {

/** "Time to first token" for "ttft_ms", also of questions; the name itself if it is unknown. */
[[nodiscard]] QString intentFieldName(std::string_view field);
/** "500 ms at p95", empty if the intent does not state the field. */
[[nodiscard]] QString intentValue(const Intent& intent, std::string_view field,
                                  const Catalog& catalog);
/** What the requirements state of what a field of an intent is about, empty if they leave it open. */
[[nodiscard]] QString planValue(const Requirements& requirements, std::string_view field,
                                const Catalog& catalog);
[[nodiscard]] QString questionText(const IntentQuestion& question);
/** A choice of a question: "5,000 users", "GPU name" … */
[[nodiscard]] QString choiceText(const IntentQuestion& question, const std::string& choice,
                                 const Catalog& catalog);

} // namespace llmd
