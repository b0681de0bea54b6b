// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <functional>

class QMenu;

namespace llmd {

class Settings;

/** Fills "Open Recent" anew: pinned files first, then the newest; at the end a way to clear the list. */
void fillRecentMenu(QMenu& menu, Settings& settings,
                    const std::function<void(const QString& path)>& open);
/** One entry for each plan that is built in. */
void fillSampleMenu(QMenu& menu, const std::function<void(const QString& resourcePath)>& open);

} // namespace llmd
