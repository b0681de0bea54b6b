// SPDX-License-Identifier: GPL-3.0-or-later
#include "actionshortcuts.h"

#include "settings.h"

#include <QAction>
#include <QMenu>
#include <QSet>
#include <QVariant>
#include <QWidget>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

constexpr auto standardProperty = "llmd.standardShortcut";

QKeySequence standardOf(const QAction& action)
{
    const QVariant stored = action.property(standardProperty);
    return stored.isValid() ? stored.value<QKeySequence>() : action.shortcut();
}

} // namespace

void applyShortcuts(QWidget& root, const Settings& settings)
{
    const auto actions = root.findChildren<QAction*>();
    for (QAction* action : actions) {
        if (action->objectName().isEmpty())
            continue;
        const auto chosen = settings.shortcut(action->objectName());
        const bool known = action->property(standardProperty).isValid();
        if (!chosen && !known)
            continue;
        if (!known)
            action->setProperty(standardProperty, QVariant::fromValue(action->shortcut()));
        action->setShortcut(chosen ? QKeySequence(*chosen, QKeySequence::PortableText)
                                   : standardOf(*action));
    }
}

std::vector<ActionShortcut> actionShortcuts(const QWidget& root)
{
    std::vector<ActionShortcut> all;
    QSet<QString> seen;
    const auto actions = root.findChildren<QAction*>();
    for (const QAction* action : actions) {
        const QString id = action->objectName();
        // Samples share one id, and menus are no actions of their own.
        if (id.isEmpty() || action->text().isEmpty() || action->isSeparator() || action->menu()
            || seen.contains(id) || !id.contains(u'.'))
            continue;
        seen.insert(id);
        all.push_back({ id, plainText(*action), standardOf(*action), action->shortcut() });
    }
    std::sort(all.begin(), all.end(), [](const ActionShortcut& a, const ActionShortcut& b) {
        return QString::localeAwareCompare(a.text, b.text) < 0;
    });
    return all;
}

QString plainText(const QAction& action)
{
    QString text = action.text();
    text.replace(u"&&"_s, u"\1"_s);
    return text.remove(u'&').remove(u'…').replace(u'\1', u'&').trimmed();
}

} // namespace llmd
