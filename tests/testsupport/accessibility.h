// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QAccessible>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QSlider>
#include <QStringList>
#include <QTextEdit>
#include <QWidget>

namespace llmd::testing {

/** Whether a widget is a part of a larger one that speaks for it, such as the line edit of a spin box. */
inline bool isInnerPart(const QWidget& widget)
{
    const QWidget* parent = widget.parentWidget();
    return qobject_cast<const QAbstractSpinBox*>(parent) || qobject_cast<const QComboBox*>(parent)
        || qobject_cast<const QLineEdit*>(parent)
        || widget.objectName().startsWith(QLatin1String("qt_"));
}

/**
 * Inputs below `root` that a screen reader could not name: no buddy label, no accessible name, no text. Empty if every
 * input has a name.
 */
inline QStringList namelessInputs(const QWidget& root)
{
    QStringList nameless;
    const auto labels = root.findChildren<QLabel*>();
    const auto hasBuddy = [&labels](const QWidget* widget) {
        return std::any_of(labels.begin(), labels.end(),
                           [widget](const QLabel* label) { return label->buddy() == widget; });
    };
    const auto widgets = root.findChildren<QWidget*>();
    for (const QWidget* widget : widgets) {
        const auto* button = qobject_cast<const QAbstractButton*>(widget);
        const bool input = button || qobject_cast<const QLineEdit*>(widget)
            || qobject_cast<const QAbstractSpinBox*>(widget)
            || qobject_cast<const QComboBox*>(widget) || qobject_cast<const QSlider*>(widget)
            || qobject_cast<const QTextEdit*>(widget) || qobject_cast<const QPlainTextEdit*>(widget)
            || (qobject_cast<const QAbstractItemView*>(widget)
                && !qobject_cast<const QHeaderView*>(widget));
        if (!input || isInnerPart(*widget) || widget->inherits("QTabBar")
            || widget->inherits("QTableCornerButton") || widget->focusPolicy() == Qt::NoFocus)
            continue;
        // A popup of a completer or combo box is named by its owner.
        if (widget->window() != root.window())
            continue;
        if (!widget->accessibleName().isEmpty() || hasBuddy(widget)
            || (button && !button->text().isEmpty()))
            continue;
        nameless.append(
            QStringLiteral("%1 “%2” in %3")
                .arg(QString::fromLatin1(widget->metaObject()->className()), widget->objectName(),
                     widget->parentWidget() ? widget->parentWidget()->objectName() : QString()));
    }
    return nameless;
}

/** Tables that would keep Tab for themselves. */
inline QStringList tabTraps(const QWidget& root)
{
    QStringList traps;
    const auto views = root.findChildren<QAbstractItemView*>();
    for (const QAbstractItemView* view : views) {
        if (!qobject_cast<const QHeaderView*>(view) && view->window() == root.window()
            && view->tabKeyNavigation())
            traps.append(view->objectName() + QLatin1Char(' ') + view->accessibleName());
    }
    return traps;
}

} // namespace llmd::testing
