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

/** The best option of the present view, or nullptr. */
const Option* bestOption(const Document& document)
{
    const auto& order = document.ranking().order[static_cast<std::size_t>(document.view())];
    return document.report() && !order.empty() ? &document.report()->options[order.front()]
                                               : nullptr;
}

/** The comparison with both options in it; those that were added first stay as far as there is room. */
std::vector<std::string> withBoth(std::vector<std::string> list, const std::string& best,
                                  const std::string& other)
{
    std::erase_if(list, [&](const std::string& id) { return id == best || id == other; });
    if (list.size() > mostCompared - 2)
        list.resize(mostCompared - 2);
    list.push_back(best);
    list.push_back(other);
    return list;
}

void refreshWhyNot(QAction& action, const Document& document)
{
    const Option* option = document.selectedOption();
    const Option* best = bestOption(document);
    action.setEnabled(option && best && option->id != best->id);
    action.setToolTip(option && best && option->id == best->id
                          ? tr("This option is the best of the present view")
                          : tr("Show why the best of the present view is in front of this option"));
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

QAction* makeWhyNotAction(Document& document, QObject* parent)
{
    auto* action = new QAction(tr("&Why Not This One?"), parent);
    action->setObjectName(u"whyNotOption"_s);
    action->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_D));
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    const auto update = [action, &document] { refreshWhyNot(*action, document); };
    QObject::connect(&document, &Document::selectedOptionChanged, action, update);
    QObject::connect(&document, &Document::reportChanged, action, update);
    QObject::connect(&document, &Document::rankingChanged, action, update);
    QObject::connect(&document, &Document::projectChanged, action, update);
    QObject::connect(action, &QAction::triggered, action, [&document] {
        const Option* option = document.selectedOption();
        const Option* best = bestOption(document);
        if (!option || !best
            || (isCompared(document, toQString(option->id))
                && isCompared(document, toQString(best->id))))
            return;
        document.edit(u"shortlist.whyNot"_s, tr("Compare With the Best"), [&](Project& project) {
            project.shortlist = withBoth(project.shortlist, best->id, option->id);
        });
    });
    update();
    return action;
}

} // namespace llmd
