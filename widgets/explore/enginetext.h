// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <core/performance/engine.h>

#include <QString>

/** What engines are and what they say, in words. Everything is plain text. */
namespace llmd {

[[nodiscard]] QString engineName(const EngineInfo& info);
/** Name of an engine by its id; the id itself if it is not among `engines`. */
[[nodiscard]] QString engineName(const std::vector<EngineInfo>& engines, const std::string& id);
/** What it does, what it can, and on which GPUs measurements stand behind it; several lines. */
[[nodiscard]] QString engineDescription(const EngineInfo& info, const Catalog& catalog);

/** "−4 % … +5 %", or in words why there is none: near saturation, saturated, not stated by the engine. */
[[nodiscard]] QString intervalText(const Estimate& estimate, const IntervalFactors& interval);
/** What saturation or being near it means and what to do about it; empty if neither is the case. */
[[nodiscard]] QString saturationAdvice(const Estimate& estimate);
/** The interval as it may be drawn: without extent where none is stated or none holds. */
[[nodiscard]] IntervalFactors drawnInterval(const Estimate& estimate,
                                            const IntervalFactors& interval);

} // namespace llmd
