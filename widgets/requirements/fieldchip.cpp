// SPDX-License-Identifier: GPL-3.0-or-later
#include "fieldchip.h"

#include "messageeditor.h"

#include <widgets/support/theme.h>

#include <QPainter>
#include <QStyle>
#include <QStyleOptionFocusRect>

namespace llmd {

FieldChip::FieldChip(int number, const QString& name, const QString& value, QWidget* parent)
    : QAbstractButton(parent)
    , m_number(number)
    , m_value(value)
{
    setText(name);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    setAccessibleName(tr("%1: %2").arg(name, value));
    setAccessibleDescription(number > 0 ? tr("Field %1 of the description").arg(number)
                                 : number == TextMark::question ? tr("Open question")
                                                                : tr("From the language model"));
    setToolTip(tr("%1: %2\nA click shows the words that it came from.").arg(name, value));
}

QFont FieldChip::valueFont() const
{
    QFont bold = font();
    bold.setBold(true);
    return bold;
}

QSize FieldChip::sizeHint() const
{
    const int badge = fontMetrics().height() * 3 / 2;
    return { badge + fontMetrics().horizontalAdvance(text())
                 + QFontMetrics(valueFont()).horizontalAdvance(m_value) + gap() * 5,
             fontMetrics().height() * 7 / 4 };
}

QSize FieldChip::minimumSizeHint() const
{
    return { fontMetrics().averageCharWidth() * 16, sizeHint().height() };
}

void FieldChip::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor color = markColor(palette(), m_number);
    const QRectF frame = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    const double share = underMouse() || isDown() ? 0.24 : 0.12;
    painter.setPen(QPen(mixed(palette().color(QPalette::Base), color, 0.7), 1));
    painter.setBrush(mixed(palette().color(QPalette::Base), color, share));
    painter.drawRoundedRect(frame, frame.height() / 2, frame.height() / 2);
    const double size = fontMetrics().height() * 1.05;
    const double width = m_number > 9 ? size * 1.4 : size;
    const QRectF badge(gap(), (height() - size) / 2, width, size);
    paintMarkBadge(painter, badge, palette(), m_number);

    int left = static_cast<int>(badge.right()) + gap();
    const int right = this->width() - gap();
    painter.setFont(font());
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(QRect(left, 0, right - left, height()), Qt::AlignLeft | Qt::AlignVCenter,
                     text());
    left += fontMetrics().horizontalAdvance(text()) + gap();
    painter.setFont(valueFont());
    painter.drawText(QRect(left, 0, right - left, height()), Qt::AlignLeft | Qt::AlignVCenter,
                     QFontMetrics(valueFont()).elidedText(m_value, Qt::ElideRight, right - left));
    if (hasFocus()) {
        QStyleOptionFocusRect option;
        option.initFrom(this);
        option.rect = rect().adjusted(2, 2, -2, -2);
        style()->drawPrimitive(QStyle::PE_FrameFocusRect, &option, &painter, this);
    }
}

} // namespace llmd
