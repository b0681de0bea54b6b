// SPDX-License-Identifier: GPL-3.0-or-later
#include "badgedelegate.h"

#include "recordmodel.h"

#include <widgets/support/theme.h>

#include <QApplication>
#include <QPainter>

#include <algorithm>

namespace llmd {

namespace {

/** The cell's background as the style draws it: selection, hover, focus. */
void paintBackground(QPainter& painter, QStyleOptionViewItem& option)
{
    option.text.clear();
    option.icon = {};
    const QStyle* style = option.widget ? option.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &option, &painter, option.widget);
}

constexpr double fullScore = 100;

} // namespace

void BadgeDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                          const QModelIndex& index) const
{
    QStyleOptionViewItem cell = option;
    initStyleOption(&cell, index);
    const QString text = cell.text;
    paintBackground(*painter, cell);
    if (text.isEmpty())
        return;
    const Tones colors = tones(option.palette);
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const QColor ink =
        selected ? option.palette.color(QPalette::HighlightedText) : colors.subtleText;
    const int margin = option.fontMetrics.height() / 3;
    const int width = std::min(option.fontMetrics.horizontalAdvance(text) + 3 * margin,
                               option.rect.width() - margin);
    const QRectF pill =
        QRectF(option.rect.left() + margin, option.rect.top() + option.rect.height() * 0.14, width,
               option.rect.height() * 0.72);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(ink, 1));
    painter->setBrush(Qt::NoBrush);
    painter->drawRoundedRect(pill.adjusted(0.5, 0.5, -0.5, -0.5), pill.height() / 2,
                             pill.height() / 2);
    painter->setPen(ink);
    painter->setFont(option.font);
    painter->drawText(pill, Qt::AlignCenter,
                      option.fontMetrics.elidedText(text, Qt::ElideRight, width - 2 * margin));
    painter->restore();
}

QSize BadgeDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QSize size = QStyledItemDelegate::sizeHint(option, index);
    size.rwidth() += option.fontMetrics.height() * 3 / 2;
    return size;
}

void BarDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                        const QModelIndex& index) const
{
    const QVariant score = index.data(RawRole);
    QStyleOptionViewItem cell = option;
    initStyleOption(&cell, index);
    const QString text = cell.text;
    paintBackground(*painter, cell);
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const QColor ink = option.palette.color(selected ? QPalette::HighlightedText : QPalette::Text);
    const int margin = option.fontMetrics.height() / 3;
    const QRect area = option.rect.adjusted(margin, 0, -margin, 0);
    painter->save();
    if (score.isValid()) {
        const double share = std::clamp(score.toDouble() / fullScore, 0.0, 1.0);
        QColor fill = selected ? ink : tones(option.palette).accent;
        fill.setAlphaF(0.35F);
        const int height = std::max(2, area.height() / 8);
        painter->fillRect(
            QRectF(area.left(), area.bottom() - height - 1.0, area.width() * share, height), fill);
    }
    painter->setFont(option.font);
    painter->setPen(ink);
    painter->drawText(area, Qt::AlignRight | Qt::AlignVCenter, text);
    painter->restore();
}

QSize BarDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QSize size = QStyledItemDelegate::sizeHint(option, index);
    size.setWidth(std::max(size.width(), option.fontMetrics.averageCharWidth() * 9));
    return size;
}

} // namespace llmd
