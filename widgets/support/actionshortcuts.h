// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QKeySequence>
#include <QString>

#include <vector>

class QAction;
class QWidget;

namespace llmd {

class Settings;

/** One action with the keys that it came with and those that it has. */
struct ActionShortcut
{
    QString id; ///< object name
    QString text; ///< without mnemonic and dots
    QKeySequence standard;
    QKeySequence keys;
};

/** Gives the actions below `root` that have an id the keys that the user chose; may be called again for parts that came later. */
void applyShortcuts(QWidget& root, const Settings& settings);
/** All actions below `root` that have an id and a text, each once, in the order of their texts. */
[[nodiscard]] std::vector<ActionShortcut> actionShortcuts(const QWidget& root);
/** The text of an action for people: no mnemonic, no dots. */
[[nodiscard]] QString plainText(const QAction& action);

} // namespace llmd
