// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace llmd {

/** The keys of all actions of the window and the gestures of charts. */
void showShortcutList(QWidget& window);
void showAbout(QWidget& window);

} // namespace llmd
