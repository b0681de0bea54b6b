// SPDX-License-Identifier: GPL-3.0-or-later
#include "tablesetup.h"

#include "filterproxy.h"
#include "recordmodel.h"

#include <widgets/support/theme.h>

#include <QAction>
#include <QCoreApplication>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QShortcut>
#include <QTableView>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("TableSetup", text);
}

void resetColumns(QTableView& view)
{
    QHeaderView& header = *view.horizontalHeader();
    for (int column = 0; column < header.count(); ++column) {
        header.moveSection(header.visualIndex(column), column);
        header.setSectionHidden(
            column, view.model()->headerData(column, Qt::Horizontal, HiddenRole).toBool());
    }
    fitColumns(view);
}

} // namespace

FilterProxy* setUpTable(QTableView& view, QAbstractItemModel& model)
{
    auto* proxy = new FilterProxy(&view);
    proxy->setSourceModel(&model);
    view.setModel(proxy);
    QHeaderView* header = view.horizontalHeader();
    header->setSortIndicatorClearable(true);
    header->setSortIndicator(-1, Qt::AscendingOrder);
    view.setSortingEnabled(true);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    QObject::connect(header, &QWidget::customContextMenuRequested, &view,
                     [&view](const QPoint& position) {
                         QMenu menu(&view);
                         fillColumnMenu(menu, view);
                         menu.exec(view.horizontalHeader()->mapToGlobal(position));
                     });
    for (int column = 0; column < header->count(); ++column)
        header->setSectionHidden(column,
                                 proxy->headerData(column, Qt::Horizontal, HiddenRole).toBool());
    return proxy;
}

void connectFilterLine(QLineEdit& line, FilterProxy& proxy)
{
    line.setClearButtonEnabled(true);
    line.addAction(themedIcon(u"search"_s), QLineEdit::LeadingPosition);
    if (line.placeholderText().isEmpty())
        line.setPlaceholderText(tr("Filter, e.g. h100 fp8 tp4"));
    if (line.accessibleName().isEmpty())
        line.setAccessibleName(tr("Filter the rows"));
    QObject::connect(&line, &QLineEdit::textChanged, &proxy, &FilterProxy::setFilterText);
    auto* find = new QShortcut(QKeySequence::Find, line.parentWidget());
    find->setContext(Qt::WidgetWithChildrenShortcut);
    QObject::connect(find, &QShortcut::activated, &line, [&line] {
        line.setFocus(Qt::ShortcutFocusReason);
        line.selectAll();
    });
    auto* clear = new QShortcut(Qt::Key_Escape, &line);
    clear->setContext(Qt::WidgetShortcut);
    QObject::connect(clear, &QShortcut::activated, &line, &QLineEdit::clear);
}

void fillColumnMenu(QMenu& menu, QTableView& view)
{
    QHeaderView* header = view.horizontalHeader();
    const int shown = header->count() - header->hiddenSectionCount();
    for (int column = 0; column < header->count(); ++column) {
        QAction* action = menu.addAction(
            view.model()->headerData(column, Qt::Horizontal, PlainTitleRole).toString());
        action->setCheckable(true);
        action->setChecked(!header->isSectionHidden(column));
        // The last column stays: without a header there is no menu to bring the others back.
        action->setEnabled(!action->isChecked() || shown > 1);
        QObject::connect(action, &QAction::toggled, header, [header, column, &view](bool show) {
            header->setSectionHidden(column, !show);
            if (show)
                view.resizeColumnToContents(column);
        });
    }
    menu.addSeparator();
    QObject::connect(menu.addAction(tr("Reset Columns")), &QAction::triggered, &view,
                     [&view] { resetColumns(view); });
}

namespace {
constexpr int rowsMeasured = 60;
} // namespace

void fitColumns(QTableView& view, int maxCharacters)
{
    const int widest = charactersWide(view, maxCharacters);
    // The default looks at a thousand rows, which takes a fifth of a second.
    view.horizontalHeader()->setResizeContentsPrecision(rowsMeasured);
    for (int column = 0; column < view.horizontalHeader()->count(); ++column) {
        if (view.isColumnHidden(column))
            continue;
        view.resizeColumnToContents(column);
        // Air between a right-aligned column and the left-aligned one after it.
        view.setColumnWidth(
            column, std::min(view.columnWidth(column) + view.fontMetrics().height() / 2, widest));
    }
}

} // namespace llmd
