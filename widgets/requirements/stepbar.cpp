// SPDX-License-Identifier: GPL-3.0-or-later
#include "stepbar.h"

#include <widgets/support/theme.h>

#include <QButtonGroup>
#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QStyle>
#include <QStyleOptionFocusRect>

namespace llmd {

using namespace Qt::StringLiterals;

StepButton::StepButton(int number, const QString& title, QWidget* parent)
    : QAbstractButton(parent)
    , m_number(number)
{
    setText(title);
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setSummary({}, State::Normal);
}

void StepButton::setSummary(const QString& summary, State state)
{
    m_summary = summary;
    m_state = state;
    setToolTip(summary);
    setAccessibleName(tr("Step %1: %2").arg(m_number).arg(text()));
    QString description = summary;
    if (state == State::Error)
        description = tr("Needs correction. %1").arg(summary);
    else if (state == State::Warning)
        description = tr("Has a warning. %1").arg(summary);
    setAccessibleDescription(description);
    update();
}

int StepButton::discDiameter() const
{
    return fontMetrics().height() * 3 / 2;
}

QSize StepButton::sizeHint() const
{
    QFont bold = font();
    bold.setBold(true);
    const int text = QFontMetrics(bold).horizontalAdvance(this->text());
    return { discDiameter() + text + fontMetrics().averageCharWidth() * 6,
             fontMetrics().lineSpacing() * 7 / 2 };
}

QSize StepButton::minimumSizeHint() const
{
    return { discDiameter() + fontMetrics().averageCharWidth() * 8, sizeHint().height() };
}

void StepButton::paintDisc(QPainter& painter, const QRect& area) const
{
    QColor line = palette().color(QPalette::WindowText);
    line.setAlphaF(0.5F);
    painter.setPen(isChecked() ? QPen(Qt::NoPen) : QPen(line, 1.2));
    painter.setBrush(isChecked() ? palette().brush(QPalette::Highlight) : QBrush(Qt::NoBrush));
    painter.drawEllipse(QRectF(area).adjusted(0.6, 0.6, -0.6, -0.6));
    painter.setPen(palette().color(isChecked() ? QPalette::HighlightedText : QPalette::WindowText));
    QFont bold = font();
    bold.setBold(isChecked() || m_state != State::Normal);
    painter.setFont(bold);
    painter.drawText(area, Qt::AlignCenter,
                     m_state == State::Normal ? QString::number(m_number) : u"!"_s);
}

void StepButton::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const int gap = fontMetrics().averageCharWidth();
    if (underMouse() && !isChecked()) {
        QColor hover = palette().color(QPalette::Highlight);
        hover.setAlphaF(0.08F);
        painter.fillRect(rect(), hover);
    }
    const int diameter = discDiameter();
    const QRect disc(gap, (height() - diameter) / 2, diameter, diameter);
    paintDisc(painter, disc);

    QFont title = font();
    title.setBold(isChecked());
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 0.88);
    const int left = disc.right() + gap + 2;
    const int width = this->width() - left - gap / 2;
    const int line = fontMetrics().lineSpacing();
    const int top = (height() - 2 * line) / 2;
    painter.setFont(title);
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(QRect(left, top, width, line), Qt::AlignLeft | Qt::AlignVCenter,
                     QFontMetrics(title).elidedText(text(), Qt::ElideRight, width));
    painter.setFont(small);
    painter.setPen(tones(palette()).subtleText);
    painter.drawText(QRect(left, top + line, width, line), Qt::AlignLeft | Qt::AlignVCenter,
                     QFontMetrics(small).elidedText(m_summary, Qt::ElideRight, width));
    if (isChecked())
        painter.fillRect(QRect(0, height() - 3, this->width(), 3),
                         palette().color(QPalette::Highlight));
    if (hasFocus()) {
        QStyleOptionFocusRect option;
        option.initFrom(this);
        option.rect = rect().adjusted(2, 2, -2, -4);
        style()->drawPrimitive(QStyle::PE_FrameFocusRect, &option, &painter, this);
    }
}

void StepButton::changeEvent(QEvent* event)
{
    QAbstractButton::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        updateGeometry();
    if (event->type() == QEvent::PaletteChange)
        update();
}

StepBar::StepBar(QWidget* parent)
    : QWidget(parent)
    , m_group(new QButtonGroup(this))
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    setAccessibleName(tr("Steps"));
    connect(m_group, &QButtonGroup::idToggled, this, [this](int id, bool checked) {
        if (checked)
            emit currentChanged(id);
    });
}

void StepBar::addStep(const QString& title)
{
    const int index = static_cast<int>(m_buttons.size());
    auto* button = new StepButton(index + 1, title, this);
    button->setObjectName(u"step%1"_s.arg(index + 1));
    m_group->addButton(button, index);
    layout()->addWidget(button);
    m_buttons.push_back(button);
}

void StepBar::setCurrent(int index)
{
    m_buttons[static_cast<std::size_t>(index)]->setChecked(true);
}

int StepBar::current() const
{
    return m_group->checkedId();
}

void StepBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), palette().base());
    painter.fillRect(QRect(0, height() - 1, width(), 1), tones(palette()).border);
}

} // namespace llmd
