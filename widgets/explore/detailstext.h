// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <core/memory/memoryledger.h>
#include <core/performance/stepexplanation.h>
#include <core/ranking/ranking.h>
#include <core/search/search.h>
#include <widgets/support/theme.h>

#include <QString>

/** The texts of the details panel as rich text; everything that comes from data is escaped. */
namespace llmd::detailstext {

/** Headline figures, latencies with intervals and targets, capacity, settings, provenance and caveats. */
[[nodiscard]] QString overview(const Option& option, const Scores& scores, const ResolvedNeed& need,
                               const std::vector<std::string>& qualityParts, const Tones& tones);
/** One sentence per memory term, and what fits into the pool. */
[[nodiscard]] QString memory(const MemoryLedger& ledger, const Tones& tones);
/** One line of where time goes: how it follows, and the coefficients behind it with their origin. */
[[nodiscard]] QString timeTerm(const TimeTerm& term, const TimeExplanation& explanation,
                               const Tones& tones);
/** How each value of the need came about. */
[[nodiscard]] QString need(const ResolvedNeed& need, const Tones& tones);

} // namespace llmd::detailstext
