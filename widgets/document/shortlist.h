// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <cstddef>

class QAction;
class QObject;

namespace llmd {

class Document;

/** Options that are compared side by side: more columns than this cannot be read. */
constexpr std::size_t mostCompared = 5;

[[nodiscard]] bool isCompared(const Document& document, const QString& optionId);
/** Adds or removes an option as an undoable step; false if it is one more than `mostCompared`. */
bool setCompared(Document& document, const QString& optionId, bool compared);
/** "Compare" (Ctrl+D) for the option that the user looks at: checked while it is in the comparison. */
[[nodiscard]] QAction* makeCompareAction(Document& document, QObject* parent);

/**
 * "Why Not This One?" (Ctrl+Shift+D) for the option that the user looks at: puts it and the best of the present view into the
 * comparison, in one step and in place of the last ones if that is full. Who shows the comparison connects `triggered`.
 */
[[nodiscard]] QAction* makeWhyNotAction(Document& document, QObject* parent);

} // namespace llmd
