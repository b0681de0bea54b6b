// SPDX-License-Identifier: GPL-3.0-or-later
#include "originchip.h"

#include <QCoreApplication>
#include <QEvent>
#include <QPainter>

#include <algorithm>
#include <array>

namespace llmd {

QString originName(Derivation::Origin origin)
{
    switch (origin) {
    case Derivation::Origin::Stated:
        return QCoreApplication::translate("llmd::OriginChip", "Stated");
    case Derivation::Origin::UseCase:
        return QCoreApplication::translate("llmd::OriginChip", "Use case");
    case Derivation::Origin::Computed:
        return QCoreApplication::translate("llmd::OriginChip", "Computed");
    case Derivation::Origin::Default:
        return QCoreApplication::translate("llmd::OriginChip", "Default");
    }
    return {};
}

QString originExplanation(Derivation::Origin origin)
{
    switch (origin) {
    case Derivation::Origin::Stated:
        return QCoreApplication::translate("llmd::OriginChip", "You stated this value.");
    case Derivation::Origin::UseCase:
        return QCoreApplication::translate("llmd::OriginChip",
                                           "This value follows from the rules of the use case.");
    case Derivation::Origin::Computed:
        return QCoreApplication::translate("llmd::OriginChip",
                                           "This value is computed from the others.");
    case Derivation::Origin::Default:
        return QCoreApplication::translate("llmd::OriginChip",
                                           "This is the default of the workbench.");
    }
    return {};
}

OriginChip::OriginChip(QWidget* parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setOrigin(Derivation::Origin::Default);
}

void OriginChip::setOrigin(Derivation::Origin origin)
{
    m_origin = origin;
    setAccessibleName(originName(origin));
    setToolTip(originExplanation(origin));
    update();
}

QFont OriginChip::chipFont() const
{
    QFont small = font();
    small.setPointSizeF(std::max(7.0, small.pointSizeF() * 0.85));
    small.setBold(m_origin == Derivation::Origin::Stated);
    return small;
}

// All chips are as wide as the longest word, so that what follows them in a column lines up.
QSize OriginChip::sizeHint() const
{
    QFont bold = chipFont();
    bold.setBold(true);
    const QFontMetrics metrics(bold);
    int width = 0;
    for (const auto origin :
         std::array { Derivation::Origin::Stated, Derivation::Origin::UseCase,
                      Derivation::Origin::Computed, Derivation::Origin::Default })
        width = std::max(width, metrics.horizontalAdvance(originName(origin)));
    return { width + metrics.height(), metrics.height() + metrics.height() / 4 };
}

void OriginChip::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(chipFont());
    const QRectF area = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    const double radius = area.height() / 2;
    QColor text = palette().color(QPalette::WindowText);
    QColor line = text;
    line.setAlphaF(0.45F);
    switch (m_origin) {
    case Derivation::Origin::Stated:
        painter.setPen(Qt::NoPen);
        painter.setBrush(palette().color(QPalette::Highlight));
        painter.drawRoundedRect(area, radius, radius);
        text = palette().color(QPalette::HighlightedText);
        break;
    case Derivation::Origin::UseCase:
        painter.setPen(line);
        painter.drawRoundedRect(area, radius, radius);
        break;
    case Derivation::Origin::Computed:
        painter.setPen(QPen(line, 1, Qt::DashLine));
        painter.drawRoundedRect(area, radius, radius);
        break;
    case Derivation::Origin::Default:
        text.setAlphaF(0.7F);
        break;
    }
    painter.setPen(text);
    painter.drawText(rect(), Qt::AlignCenter, originName(m_origin));
}

void OriginChip::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        updateGeometry();
    if (event->type() == QEvent::PaletteChange)
        update();
}

} // namespace llmd
