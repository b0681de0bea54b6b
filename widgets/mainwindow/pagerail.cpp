// SPDX-License-Identifier: GPL-3.0-or-later
#include "pagerail.h"

#include <widgets/support/theme.h>

#include <QAbstractButton>
#include <QAction>
#include <QFocusEvent>
#include <QPainter>
#include <QStyle>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

/** One entry of the rail; an accent bar and a tint mark the current page, the focus has a frame of its own. */
class RailButton final : public QAbstractButton
{
public:
    RailButton(const PageInfo& info, const QKeySequence& shortcut, QWidget* parent)
        : QAbstractButton(parent)
    {
        setText(info.title);
        setIcon(themedIcon(info.iconName));
        setCheckable(true);
        setToolTip(tr("%1 (%2)").arg(info.toolTip, shortcut.toString(QKeySequence::NativeText)));
        setAccessibleName(info.title);
        setAccessibleDescription(info.toolTip);
        setFocusPolicy(Qt::TabFocus);
        setAttribute(Qt::WA_Hover);
    }

    [[nodiscard]] QSize sizeHint() const override
    {
        const int line = fontMetrics().height();
        return { std::max(fontMetrics().horizontalAdvance(text()) + 2 * line, line * 6),
                 iconSide() + line * 5 / 2 };
    }

protected:
    void paintEvent(QPaintEvent* /*event*/) override
    {
        const Tones colors = tones(palette());
        const int line = fontMetrics().height();
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const QRectF area =
            QRectF(rect()).adjusted(line / 3.0, line / 8.0, -line / 3.0, -line / 8.0);
        if (isChecked() || underMouse()) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(isChecked()
                                 ? colors.accentSoft
                                 : mixed(palette().color(QPalette::Window), colors.border, 0.5));
            painter.drawRoundedRect(area, line / 3.0, line / 3.0);
        }
        if (isChecked()) {
            painter.setBrush(colors.accent);
            painter.drawRoundedRect(
                QRectF(0, area.top() + line / 2.0, line / 5.0, area.height() - line), line / 10.0,
                line / 10.0);
        }
        if (hasFocus() && m_byKeyboard) {
            painter.setPen(QPen(colors.accent, 1.5));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), line / 3.0, line / 3.0);
        }
        const int side = iconSide();
        const QRect iconRect((width() - side) / 2, line * 2 / 3, side, side);
        icon().paint(&painter, iconRect);
        QFont textFont = font();
        textFont.setWeight(isChecked() ? QFont::DemiBold : QFont::Normal);
        painter.setFont(textFont);
        painter.setPen(isChecked() ? palette().color(QPalette::WindowText) : colors.subtleText);
        painter.drawText(QRect(0, iconRect.bottom(), width(), line * 3 / 2), Qt::AlignCenter,
                         text());
    }

    void focusInEvent(QFocusEvent* event) override
    {
        // A ring after a click or at start-up would only distract.
        m_byKeyboard =
            event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason;
        QAbstractButton::focusInEvent(event);
    }
    void keyPressEvent(QKeyEvent* event) override
    {
        m_byKeyboard = true;
        QAbstractButton::keyPressEvent(event);
    }

private:
    [[nodiscard]] int iconSide() const { return fontMetrics().height() * 3 / 2; }

    bool m_byKeyboard = false;
};

} // namespace

PageRail::PageRail(const std::vector<PageInfo>& pages, QWidget* parent)
    : QWidget(parent)
{
    setObjectName(u"pageRail"_s);
    setAccessibleName(tr("Pages"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, fontMetrics().height() / 2, 0, 0);
    layout->setSpacing(0);
    int index = 0;
    int figure = 0;
    const auto isStep = [](const PageInfo& info) { return !info.reference; };
    const auto steps = std::count_if(pages.begin(), pages.end(), isStep);
    for (const PageInfo& info : pages) {
        if (index == steps)
            layout->addStretch(1);
        // The steps of the work have the figures; the way back to the start is that of browsers.
        const QKeySequence shortcut = info.id == u"start"
            ? QKeySequence(Qt::ALT | Qt::Key_Home)
            : QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_1 + figure++));
        auto* button = new RailButton(info, shortcut, this);
        button->setObjectName(u"rail."_s + info.id);
        layout->addWidget(button);
        m_buttons.addButton(button, index);
        auto* action = new QAction(info.title, this);
        action->setObjectName(u"page."_s + info.id);
        action->setShortcut(shortcut);
        connect(action, &QAction::triggered, this, [this, index] { emit pageChosen(index); });
        addAction(action);
        // The user may give it other keys.
        connect(action, &QAction::changed, button, [button, action, tip = info.toolTip] {
            const QString keys = action->shortcut().toString(QKeySequence::NativeText);
            button->setToolTip(keys.isEmpty() ? tip : tr("%1 (%2)").arg(tip, keys));
        });
        ++index;
    }
    if (index == steps)
        layout->addStretch(1);
    connect(&m_buttons, &QButtonGroup::idClicked, this, &PageRail::pageChosen);
}

void PageRail::setCurrent(int index)
{
    if (auto* button = m_buttons.button(index))
        button->setChecked(true);
}

int PageRail::current() const
{
    return m_buttons.checkedId();
}

void PageRail::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.setPen(tones(palette()).border);
    painter.drawLine(rect().topRight(), rect().bottomRight());
}

} // namespace llmd
