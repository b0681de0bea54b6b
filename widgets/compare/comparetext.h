// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "comparedoptions.h"

#include <core/ranking/comparison.h>

#include <QString>

namespace llmd {

struct Tones;

/** "▲ better", "▼ worse", "= tied", "? open": of the first option to the second in one respect. */
[[nodiscard]] QString standingText(Standing standing);
/** "Cost", "Latency" … of the subject of a point. */
[[nodiscard]] QString subjectText(const std::string& subject);

/** A comparison of two options as rich text; what comes from data is escaped. */
[[nodiscard]] QString comparisonHtml(const OptionComparison& comparison, const Tones& tones);
/** How firm the order of all options is: ties with the first, and how far each weight may move. */
[[nodiscard]] QString firmnessHtml(const SearchReport& report, const RankedOptions& ranked,
                                   const Tones& tones);
/** The table of the compared options for paper: differences first, then what all have in common. */
[[nodiscard]] QString comparisonTableHtml(const ComparedOptions& options, const Tones& tones);

} // namespace llmd
