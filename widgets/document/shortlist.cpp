// SPDX-License-Identifier: GPL-3.0-or-later
#include "shortlist.h"

#include "document.h"

#include <widgets/support/qtbridge.h>

#include <QAction>
#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("Shortlist", text);
}

void refresh(QAction& action, const Document& document)
{
    const Option* option = document.selectedOption();
    const bool compared = option && isCompared(document, toQString(option->id));
    const bool full = document.project().shortlist.size() >= mostCompared;
    action.setEnabled(option && (compared || !full));
    action.setChecked(compared);
    action.setToolTip(full && !compared
                          ? tr("%1 options are compared already; take one out first")
                                .arg(static_cast<qulonglong>(mostCompared))
                          : tr("Put the selected option on the Compare page or take it off"));
}

} // namespace

bool isCompared(const Document& document, const QString& optionId)
{
    const auto& list = document.project().shortlist;
    return std::find(list.begin(), list.end(), fromQString(optionId)) != list.end();
}

bool setCompared(Document& document, const QString& optionId, bool compared)
{
    if (compared == isCompared(document, optionId))
        return true;
    if (compared && document.project().shortlist.size() >= mostCompared)
        return false;
    const std::string id = fromQString(optionId);
    document.edit(u"shortlist."_s + optionId,
                  compared ? tr("Add to Comparison") : tr("Remove From Comparison"),
                  [&](Project& project) {
                      if (compared)
                          project.shortlist.push_back(id);
                      else
                          project.shortlist.erase(
                              std::find(project.shortlist.begin(), project.shortlist.end(), id));
                  });
    return true;
}

QAction* makeCompareAction(Document& document, QObject* parent)
{
    auto* action = new QAction(tr("&Compare"), parent);
    action->setObjectName(u"compareOption"_s);
    action->setCheckable(true);
    action->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_D));
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    const auto update = [action, &document] { refresh(*action, document); };
    QObject::connect(&document, &Document::projectChanged, action, update);
    QObject::connect(&document, &Document::selectedOptionChanged, action, update);
    QObject::connect(&document, &Document::reportChanged, action, update);
    QObject::connect(action, &QAction::triggered, action, [&document, update](bool checked) {
        if (const Option* option = document.selectedOption())
            setCompared(document, toQString(option->id), checked);
        update();
    });
    update();
    return action;
}

} // namespace llmd
