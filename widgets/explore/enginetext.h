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

/** "−4 % … +5 %", or in words why there is none: near saturation, saturated. */
[[nodiscard]] QString intervalText(const Estimate& estimate, const IntervalFactors& interval);
/** What saturation or being near it means and what to do about it; empty if neither is the case. */
[[nodiscard]] QString saturationAdvice(const Estimate& estimate);
/** Whether a 90 % interval holds, so that it may be drawn. */
[[nodiscard]] bool hasInterval(const Estimate& estimate);

} // namespace llmd
