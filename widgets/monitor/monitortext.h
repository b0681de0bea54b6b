// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <core/observation/adaptation.h>
#include <core/observation/monitor.h>
#include <widgets/support/theme.h>

#include <QString>

namespace llmd::monitortext {

/** What the newest reading means: causes, differences of the configuration, notes. HTML; texts from outside are escaped. */
[[nodiscard]] QString findings(const MonitorUpdate& update, const Tones& colors);
/** What to change, with reload level and gain of each proposal. HTML. */
[[nodiscard]] QString suggestion(const Adaptation& adaptation, const Tones& colors);
/** "what changed" in one sentence, as HTML. */
[[nodiscard]] QString shift(const Shift& shift, const ResolvedNeed& planned, const Tones& colors);

} // namespace llmd::monitortext
