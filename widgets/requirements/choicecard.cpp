// SPDX-License-Identifier: GPL-3.0-or-later
#include "choicecard.h"

#include <widgets/support/theme.h>

#include <QPainter>
#include <QStyle>
#include <QStyleOptionFocusRect>

namespace llmd {

using namespace Qt::StringLiterals;

namespace {

double cornerRadius(const QWidget& widget)
{
    return widget.fontMetrics().height() / 3.0;
}

} // namespace

ChoiceCard::ChoiceCard(const QString& title, const QString& description, const QStringList& figures,
                       QWidget* parent)
    : QAbstractButton(parent)
    , m_description(description)
{
    setText(title);
    setCheckable(true);
    setAttribute(Qt::WA_Hover);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(title);
    setToolTip(description);
    setFigures(figures);
}

void ChoiceCard::setFigures(const QStringList& figures)
{
    m_figures = figures;
    setAccessibleDescription(
        (m_description.isEmpty() ? QStringList() : QStringList(m_description)).join(u' ') + u' '
        + figures.join(u"; "_s));
    update();
}

QSize ChoiceCard::sizeHint() const
{
    const int lines = 1 + (m_description.isEmpty() ? 0 : 2) + static_cast<int>(m_figures.size());
    return { charactersWide(*this, 34),
             fontMetrics().lineSpacing() * lines + fontMetrics().height() * 2 };
}

void ChoiceCard::paintFrame(QPainter& painter) const
{
    const Tones tone = tones(palette());
    painter.setBrush(isChecked() ? tone.accentSoft : tone.card);
    painter.setPen(
        QPen(isChecked() || underMouse() ? tone.accent : tone.border, isChecked() ? 2 : 1));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), cornerRadius(*this),
                            cornerRadius(*this));
}

// The choice must not rest on colour alone.
void ChoiceCard::paintTick(QPainter& painter, const QRectF& disc) const
{
    const double size = disc.width();
    painter.setPen(Qt::NoPen);
    painter.setBrush(tones(palette()).accent);
    painter.drawEllipse(disc);
    painter.setPen(QPen(palette().color(QPalette::HighlightedText), size / 9, Qt::SolidLine,
                        Qt::RoundCap, Qt::RoundJoin));
    painter.drawPolyline(QPolygonF { { disc.topLeft() + QPointF(size * 0.28, size * 0.53),
                                       disc.topLeft() + QPointF(size * 0.44, size * 0.68),
                                       disc.topLeft() + QPointF(size * 0.73, size * 0.35) } });
}

void ChoiceCard::paintFigures(QPainter& painter, const QRect& area) const
{
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 0.92);
    painter.setFont(small);
    const QFontMetrics metrics(small);
    const int line = metrics.lineSpacing();
    int top = area.bottom() - line * static_cast<int>(m_figures.size());
    for (const QString& figure : m_figures) {
        painter.setPen(palette().color(QPalette::WindowText));
        painter.drawText(QRect(area.left(), top, area.width(), line),
                         Qt::AlignLeft | Qt::AlignVCenter,
                         metrics.elidedText(figure, Qt::ElideRight, area.width()));
        top += line;
    }
}

void ChoiceCard::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintFrame(painter);
    const int margin = fontMetrics().height() * 3 / 4;
    const QRect area = rect().adjusted(margin, margin, -margin, -margin);
    const int line = fontMetrics().lineSpacing();
    const int tick = isChecked() ? line * 3 / 2 : 0;
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    painter.setFont(bold);
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(QRect(area.left(), area.top(), area.width() - tick, line),
                     Qt::AlignLeft | Qt::AlignVCenter,
                     QFontMetrics(bold).elidedText(text(), Qt::ElideRight, area.width() - tick));
    if (isChecked())
        paintTick(painter, QRectF(area.right() - line, area.top(), line, line));
    painter.setFont(font());
    painter.setPen(tones(palette()).subtleText);
    painter.drawText(QRect(area.left(), area.top() + line + line / 5, area.width(), 2 * line),
                     static_cast<int>(Qt::AlignLeft | Qt::AlignTop) | Qt::TextWordWrap,
                     m_description);
    paintFigures(painter, area);
    if (hasFocus()) {
        QStyleOptionFocusRect option;
        option.initFrom(this);
        option.rect = rect().adjusted(4, 4, -4, -4);
        style()->drawPrimitive(QStyle::PE_FrameFocusRect, &option, &painter, this);
    }
}

Panel::Panel(QWidget* parent)
    : QFrame(parent)
{
    const int margin = fontMetrics().height();
    setContentsMargins(margin, margin * 2 / 3, margin, margin * 2 / 3);
}

void Panel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tones tone = tones(palette());
    painter.setBrush(tone.card);
    painter.setPen(tone.border);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), cornerRadius(*this),
                            cornerRadius(*this));
}

} // namespace llmd
