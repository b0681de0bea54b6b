// SPDX-License-Identifier: GPL-3.0-or-later
#include "startcard.h"

#include <widgets/support/theme.h>

#include <QPainter>
#include <QTextLayout>

namespace llmd {

namespace {
constexpr int descriptionLines = 2;
} // namespace

StartCard::StartCard(const QString& iconName, const QString& title, const QString& description,
                     QWidget* parent)
    : QAbstractButton(parent)
    , m_description(description)
{
    setText(title);
    if (!iconName.isEmpty())
        setIcon(themedIcon(iconName));
    setAttribute(Qt::WA_Hover);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(title);
    setAccessibleDescription(description);
    setToolTip(description);
}

QSize StartCard::sizeHint() const
{
    const int lines = icon().isNull() ? 1 + descriptionLines : 2 + descriptionLines;
    return { charactersWide(*this, 26),
             fontMetrics().lineSpacing() * lines + fontMetrics().height() * 2 };
}

void StartCard::drawDescription(QPainter& painter, const QRect& area) const
{
    QTextLayout text(m_description, font());
    QTextOption wrap;
    wrap.setWrapMode(QTextOption::WordWrap);
    text.setTextOption(wrap);
    text.beginLayout();
    double y = area.top();
    const double height = fontMetrics().lineSpacing();
    for (int number = 1;; ++number) {
        QTextLine line = text.createLine();
        if (!line.isValid())
            break;
        line.setLineWidth(area.width());
        QString shown = m_description.mid(line.textStart(), line.textLength()).trimmed();
        const bool last = number == descriptionLines || y + 2 * height > area.bottom() + 1;
        if (last)
            shown = fontMetrics().elidedText(m_description.mid(line.textStart()), Qt::ElideRight,
                                             area.width());
        painter.drawText(QPointF(area.left(), y + fontMetrics().ascent()), shown);
        y += height;
        if (last)
            break;
    }
    text.endLayout();
}

void StartCard::paintEvent(QPaintEvent* /*event*/)
{
    const Tones tone = tones(palette());
    const int line = fontMetrics().lineSpacing();
    const double radius = fontMetrics().height() / 3.0;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(isDown() ? tone.accentSoft : tone.card);
    const bool marked = underMouse() || hasFocus();
    painter.setPen(QPen(marked ? tone.accent : tone.border, hasFocus() ? 2 : 1));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), radius, radius);

    const int margin = fontMetrics().height() * 3 / 4;
    QRect area = rect().adjusted(margin, margin, -margin, -margin);
    if (!icon().isNull()) {
        const int side = line * 5 / 4;
        icon().paint(&painter, QRect(area.left(), area.top(), side, side));
        area.setTop(area.top() + side + line / 4);
    }
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    painter.setFont(bold);
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(QRect(area.left(), area.top(), area.width(), line),
                     Qt::AlignLeft | Qt::AlignVCenter,
                     QFontMetrics(bold).elidedText(text(), Qt::ElideRight, area.width()));
    painter.setFont(font());
    painter.setPen(tone.subtleText);
    drawDescription(painter, area.adjusted(0, line + line / 5, 0, 0));
}

} // namespace llmd
