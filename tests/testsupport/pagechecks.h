// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <core/project/project.h>

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QAccessible>
#include <QComboBox>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QSet>
#include <QSlider>
#include <QTest>

namespace llmd::test {

/** A need that the shipped catalog can meet in many ways. */
inline Project supportPlan()
{
    Project project;
    project.requirements.title = "Support assistant";
    project.requirements.useCase = "chatbot_conversational";
    project.requirements.users = 5000;
    return project;
}

/** Inputs below `root` that a keyboard or a screen reader cannot use, each with what is missing. */
inline QStringList inaccessibleInputs(const QWidget& root)
{
    QStringList problems;
    QSet<const QWidget*> buddies;
    for (const auto* label : root.findChildren<QLabel*>())
        buddies.insert(label->buddy());
    for (auto* widget : root.findChildren<QWidget*>()) {
        const bool isField = qobject_cast<QComboBox*>(widget) || qobject_cast<QSlider*>(widget) || qobject_cast<QLineEdit*>(widget)
            || qobject_cast<QAbstractSpinBox*>(widget);
        const bool isInput = isField || qobject_cast<QAbstractButton*>(widget) || qobject_cast<QAbstractItemView*>(widget)
            || qobject_cast<QPlainTextEdit*>(widget);
        const bool isPart = qobject_cast<QScrollBar*>(widget) || widget->objectName().startsWith(QStringLiteral("qt_"))
            || (widget->parentWidget() && (qobject_cast<QComboBox*>(widget->parentWidget()) || qobject_cast<QAbstractSpinBox*>(widget->parentWidget())
                                           || qobject_cast<QLineEdit*>(widget->parentWidget()) || qobject_cast<QAbstractItemView*>(widget->parentWidget())
                                           || widget->parentWidget()->inherits("QComboBoxPrivateContainer")))
            || widget->inherits("QHeaderView");
        if (!isInput || isPart)
            continue;
        const QString who = QString::fromLatin1(widget->metaObject()->className()) + QLatin1Char(' ') + widget->objectName();
        QAccessibleInterface* accessible = QAccessible::queryAccessibleInterface(widget);
        if (!accessible || accessible->text(QAccessible::Name).isEmpty())
            problems << who + QStringLiteral(": no accessible name");
        if (isField && !buddies.contains(widget) && widget->accessibleName().isEmpty())
            problems << who + QStringLiteral(": no label is its buddy");
    }
    return problems;
}

/** Saves a picture of the widget where LLMD_SCREENSHOT_DIR says; does nothing without it. */
inline void saveScreenshot(QWidget& widget, const QString& name)
{
    const QString folder = qEnvironmentVariable("LLMD_SCREENSHOT_DIR");
    if (folder.isEmpty())
        return;
    QDir().mkpath(folder);
    QVERIFY(widget.grab().save(QDir(folder).filePath(name + QStringLiteral(".png"))));
}

} // namespace llmd::test
