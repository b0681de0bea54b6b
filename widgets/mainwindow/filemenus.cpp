// SPDX-License-Identifier: GPL-3.0-or-later
#include "filemenus.h"

#include <core/base/resources.h>
#include <core/project/project.h>
#include <widgets/support/actionids.h>
#include <widgets/support/qtbridge.h>
#include <widgets/support/settings.h>
#include <widgets/support/theme.h>

#include <QCoreApplication>
#include <QFileInfo>
#include <QMenu>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("llmd::MainWindow", text);
}

/** A name may hold an ampersand, which a menu would take for a mnemonic. */
QString menuText(QString name)
{
    return name.replace(u'&', u"&&"_s);
}

/** What a sample calls itself, or its file name. */
QString sampleTitle(const Resource& resource)
{
    const auto loaded = parseProject(resource.content, std::string(resource.path));
    return loaded && !loaded->value.requirements.title.empty()
        ? toQString(loaded->value.requirements.title)
        : QFileInfo(toQString(resource.path)).completeBaseName();
}

} // namespace

void fillRecentMenu(QMenu& menu, Settings& settings,
                    const std::function<void(const QString& path)>& open)
{
    menu.clear();
    QStringList files = settings.recentFiles();
    const QStringList pinned = settings.pinnedFiles();
    std::stable_partition(files.begin(), files.end(),
                          [&pinned](const QString& path) { return pinned.contains(path); });
    for (const QString& path : std::as_const(files)) {
        QAction* action = menu.addAction(menuText(QFileInfo(path).fileName()), &menu,
                                         [open, path] { open(path); });
        if (pinned.contains(path))
            action->setIcon(themedIcon(u"pin"_s));
        action->setToolTip(path);
        action->setStatusTip(path);
    }
    menu.addSeparator();
    QAction* clear = menu.addAction(tr("Clear List"), &settings, &Settings::clearRecentFiles);
    clear->setObjectName(QLatin1StringView(actionids::fileClearRecent));
    menu.setEnabled(!files.isEmpty());
}

void fillSampleMenu(QMenu& menu, const std::function<void(const QString& resourcePath)>& open)
{
    for (const Resource& resource : builtinResources()) {
        const QString path = toQString(resource.path);
        if (!path.startsWith(u"samples/") || !path.endsWith(u".llmdplan"))
            continue;
        QAction* action =
            menu.addAction(menuText(sampleTitle(resource)), &menu, [open, path] { open(path); });
        action->setObjectName(QLatin1StringView(actionids::fileOpenSample));
    }
    menu.setEnabled(!menu.isEmpty());
}

} // namespace llmd
