// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <core/benchmarks/match.h>
#include <core/benchmarks/store.h>
#include <widgets/support/theme.h>

#include <QString>

namespace llmd {

/** "TTFT", "time per token" … of a metric. */
[[nodiscard]] QString metricName(Metric metric);
/** "mean", "p99", "p99.9", "largest". */
[[nodiscard]] QString statisticName(Statistic statistic);
/** Where a value was found, as a clause: "added by hand". */
[[nodiscard]] QString originText(Origin origin);

/** What was served, how it was loaded, what came out and where that is from, as HTML; everything from outside is escaped. */
[[nodiscard]] QString recordHtml(const StoredRecord& stored, const Tones& colors);
/** Facts of the file and what was found or corrected when it was read. `document` is nullptr for built-in measurements. */
[[nodiscard]] QString findingsHtml(const StoredRecord& stored, const StoredDocument* document,
                                   const Tones& colors);

/** What was measured of a planned option: what stands for its estimate, and what is only near. Links are ids: "17", "b3". */
[[nodiscard]] QString matchHtml(const MatchOutcome& outcome, const Estimate& estimate,
                                const QString& optionName, const Tones& colors);
/** "compatible", "another version", "cannot be verified" with a mark that needs no colour. */
[[nodiscard]] QString versionVerdict(VersionCheck check);

} // namespace llmd
