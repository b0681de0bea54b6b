// SPDX-License-Identifier: GPL-3.0-or-later
#include "segmentedbar.h"

#include "theme.h"

#include <QAbstractButton>
#include <QHBoxLayout>
#include <QPainter>

namespace llmd {

namespace {

enum class Edge { Left, Middle, Right, Both };

/** One segment: filled with the accent while it is down, so that the state does not hang on a shade of grey. */
class Segment final : public QAbstractButton
{
public:
    Segment(const QString& text, Edge edge, QWidget* parent)
        : QAbstractButton(parent)
        , m_edge(edge)
    {
        setText(text);
        setCheckable(true);
        setFocusPolicy(Qt::StrongFocus);
        setAttribute(Qt::WA_Hover);
    }

    [[nodiscard]] QSize sizeHint() const override
    {
        QFont bold = font();
        bold.setWeight(QFont::DemiBold);
        const int line = fontMetrics().height();
        return { QFontMetrics(bold).horizontalAdvance(text()) + line * 3 / 2, line * 9 / 5 };
    }

protected:
    void paintEvent(QPaintEvent* /*event*/) override
    {
        const Tones colors = tones(palette());
        const double radius = fontMetrics().height() / 3.5;
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        // The rounded rectangle of the whole bar, of which this segment shows its part.
        QRectF area = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
        if (m_edge == Edge::Left || m_edge == Edge::Middle)
            area.setRight(area.right() + (m_edge == Edge::Left ? radius * 2 : 2));
        if (m_edge == Edge::Right || m_edge == Edge::Middle)
            area.setLeft(area.left() - (m_edge == Edge::Right ? radius * 2 : 2));
        painter.setPen(colors.border);
        painter.setBrush(isChecked()        ? colors.accent
                             : underMouse() ? colors.accentSoft
                                            : palette().color(QPalette::Button));
        painter.setClipRect(rect());
        const double corner = m_edge == Edge::Middle ? 0 : radius;
        painter.drawRoundedRect(area, corner, corner);
        if (m_edge == Edge::Middle || m_edge == Edge::Right)
            painter.drawLine(QPointF(0, 0.5), QPointF(0, height() - 0.5));
        QFont textFont = font();
        textFont.setWeight(isChecked() ? QFont::DemiBold : QFont::Normal);
        painter.setFont(textFont);
        painter.setPen(
            palette().color(isEnabled() ? QPalette::Active : QPalette::Disabled,
                            isChecked() ? QPalette::HighlightedText : QPalette::ButtonText));
        painter.drawText(rect(), Qt::AlignCenter, text());
        if (hasFocus()) {
            painter.setBrush(Qt::NoBrush);
            painter.setPen(QPen(
                isChecked() ? palette().color(QPalette::HighlightedText) : colors.accent, 1.5));
            painter.drawRoundedRect(QRectF(rect()).adjusted(3, 3, -3, -3), radius / 2, radius / 2);
        }
    }

private:
    Edge m_edge;
};

} // namespace

SegmentedBar::SegmentedBar(const QStringList& texts, QWidget* parent)
    : QWidget(parent)
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    for (qsizetype i = 0; i < texts.size(); ++i) {
        const bool first = i == 0;
        const bool last = i + 1 == texts.size();
        auto* segment = new Segment(texts[i],
                                    first && last ? Edge::Both
                                        : first   ? Edge::Left
                                        : last    ? Edge::Right
                                                  : Edge::Middle,
                                    this);
        layout->addWidget(segment);
        m_buttons.addButton(segment, static_cast<int>(i));
    }
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(&m_buttons, &QButtonGroup::idClicked, this, &SegmentedBar::chosen);
}

void SegmentedBar::setCurrent(int index)
{
    if (auto* button = m_buttons.button(index))
        button->setChecked(true);
}

int SegmentedBar::current() const
{
    return m_buttons.checkedId();
}

void SegmentedBar::setSegmentToolTip(int index, const QString& text)
{
    if (auto* button = m_buttons.button(index))
        button->setToolTip(text);
}

} // namespace llmd
