// SPDX-License-Identifier: GPL-3.0-or-later
#include "copytableview.h"

#include <QContextMenuEvent>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>

#include <algorithm>
#include <set>

namespace llmd {

CopyTableView::CopyTableView(QWidget* parent)
    : QTableView(parent)
{
    setTabKeyNavigation(false);
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setShowGrid(false);
    setWordWrap(false);
    setHorizontalScrollMode(ScrollPerPixel);
    setVerticalScrollMode(ScrollPerPixel);
    verticalHeader()->hide();
    // Equal heights let the view of 10 000 rows skip measuring them.
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() * 8 / 5);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setSectionsMovable(true);
}

std::vector<int> CopyTableView::visibleColumns() const
{
    std::vector<int> columns;
    for (int visual = 0; visual < horizontalHeader()->count(); ++visual) {
        const int logical = horizontalHeader()->logicalIndex(visual);
        if (!horizontalHeader()->isSectionHidden(logical))
            columns.push_back(logical);
    }
    return columns;
}

TablePart CopyTableView::selectedPart(bool header) const
{
    TablePart part { model(), {}, visibleColumns(), header };
    if (!selectionModel())
        return part;
    std::set<int> rows;
    for (const QItemSelectionRange& range : selectionModel()->selection()) {
        for (int row = range.top(); row <= range.bottom(); ++row)
            rows.insert(row);
    }
    part.rows.assign(rows.begin(), rows.end());
    return part;
}

TablePart CopyTableView::visiblePart() const
{
    TablePart part = wholeTable(*model());
    part.columns = visibleColumns();
    return part;
}

void CopyTableView::setPlaceholderText(const QString& text)
{
    m_placeholder = text;
    viewport()->update();
}

void CopyTableView::keyPressEvent(QKeyEvent* event)
{
    const bool withHeader = event->key() == Qt::Key_C
        && event->modifiers() == (Qt::ControlModifier | Qt::ShiftModifier);
    if (event->matches(QKeySequence::Copy) || withHeader) {
        copyToClipboard(selectedPart(withHeader));
        event->accept();
        return;
    }
    QTableView::keyPressEvent(event);
}

void CopyTableView::contextMenuEvent(QContextMenuEvent* event)
{
    QMenu menu(this);
    menu.addActions(actions());
    if (!actions().isEmpty())
        menu.addSeparator();
    const bool selected = selectionModel() && selectionModel()->hasSelection();
    QAction* copy = menu.addAction(tr("Copy"), QKeySequence::Copy, this,
                                   [this] { copyToClipboard(selectedPart(false)); });
    QAction* copyWithHeader =
        menu.addAction(tr("Copy With Header"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C), this,
                       [this] { copyToClipboard(selectedPart(true)); });
    copy->setEnabled(selected);
    copyWithHeader->setEnabled(selected);
    menu.addAction(tr("Copy Whole Table"), this, [this] { copyToClipboard(visiblePart()); });
    menu.exec(event->globalPos());
}

void CopyTableView::paintEvent(QPaintEvent* event)
{
    QTableView::paintEvent(event);
    if (m_placeholder.isEmpty() || (model() && model()->rowCount() > 0))
        return;
    QPainter painter(viewport());
    painter.setPen(palette().color(QPalette::PlaceholderText));
    const int margin = fontMetrics().height();
    painter.drawText(viewport()->rect().adjusted(margin, margin, -margin, -margin),
                     Qt::AlignCenter | Qt::TextWordWrap, m_placeholder);
}

} // namespace llmd
