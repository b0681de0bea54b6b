// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <core/base/units.h>

#include <QString>

#include <optional>

/**
 * Numbers for people, in the user's locale. Files, the clipboard's TSV and the command line use the C locale instead
 * (core/base/text.h). Values that are not finite show as a dash.
 */
namespace llmd::format {

/** With group separators; `digits` significant digits below 1000, no decimals above. */
[[nodiscard]] QString number(double value, int digits = 3);
[[nodiscard]] QString integer(qint64 value);
[[nodiscard]] QString fixed(double value, int decimals);
/** Milliseconds without unit, for a column that has it in its header: "0.83", "12.4", "1,240". */
[[nodiscard]] QString milliseconds(Seconds value);
/** With the unit that suits: "830 µs", "12.4 ms", "1.24 s", "3.5 min". */
[[nodiscard]] QString duration(Seconds value);
/** "12.4 GiB", binary. */
[[nodiscard]] QString gibibytes(Bytes value);
/** "16.4 KiB", "3.2 MiB", "12.4 GiB": binary with the unit that suits. */
[[nodiscard]] QString bytes(Bytes value);
/** "$1,240" with cents below 100. US dollars, whatever the locale's own currency is. */
[[nodiscard]] QString dollars(double value);
/** 0.123 to "12 %"; one decimal below 10 %. */
[[nodiscard]] QString percent(double fraction);
[[nodiscard]] QString rate(RequestsPerSecond value); ///< "6.67 requests/s"
[[nodiscard]] QString tokenRate(TokensPerSecond value); ///< "12,400 tokens/s"
/** "p95", "p99.9"; 0 is the mean. */
[[nodiscard]] QString percentile(double percentile);
/** "−12 % … +15 %" of an interval given as factors. */
[[nodiscard]] QString interval(double lowFactor, double highFactor);

/** Shown in place of a value that nobody has published or that does not exist. */
[[nodiscard]] QString noData();

} // namespace llmd::format
