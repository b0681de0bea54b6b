// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <core/base/units.h>

#include <QString>

/** Figures as people state them, in the user's locale: no trailing zeros, because nothing here was measured. */
namespace llmd {

/** "512", "0.7", "1,024"; `digits` significant digits. */
[[nodiscard]] QString plainNumber(double value, int digits = 4);
/** "41.25 ms" below a second, "1.5 s" from there on. */
[[nodiscard]] QString plainDuration(Seconds value);
/** "37.5 %" */
[[nodiscard]] QString plainPercent(double fraction);
/** `one` for 1, else `many` with %1 replaced by the count. */
[[nodiscard]] QString counted(std::size_t count, const QString& one, const QString& many);

} // namespace llmd
