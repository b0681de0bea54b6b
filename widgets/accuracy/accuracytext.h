// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <core/calibration/accuracysummary.h>
#include <core/catalog/catalog.h>
#include <core/search/search.h>
#include <widgets/support/theme.h>

#include <QString>

/** The plain words of the accuracy page as rich text; everything that comes from data is escaped. */
namespace llmd::accuracytext {

/** Class of an option as errors are counted; empty without one. */
[[nodiscard]] std::string classOf(const Option* option);

/** What is known about the class of an option: its errors, or that nobody has measured it. */
[[nodiscard]] QString selected(const AccuracySummary& summary, const Option* option,
                               const Tones& tones);
/** Where the predictions of an engine are poor, worst first, and what was never measured. */
[[nodiscard]] QString limits(const AccuracySummary& summary, const std::string& engine,
                             const Catalog& catalog, const Tones& tones);
/** What was measured by whom, and when it was compared. */
[[nodiscard]] QString sources(const AccuracySummary& summary, const Tones& tones);

/** Whether a row is a warning: far off on average, biased, or an interval that is too narrow. */
[[nodiscard]] bool isPoor(const AccuracyRow& row);

} // namespace llmd::accuracytext
