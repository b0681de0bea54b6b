// SPDX-License-Identifier: GPL-3.0-or-later
#include "statusbanner.h"

#include "errortext.h"
#include "theme.h"

#include <QAccessible>
#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

QString iconNameOf(StatusBanner::Kind kind)
{
    switch (kind) {
    case StatusBanner::Kind::Information:
        return u"info"_s;
    case StatusBanner::Kind::Success:
        return u"check"_s;
    case StatusBanner::Kind::Warning:
        return u"warning"_s;
    case StatusBanner::Kind::Error:
        return u"error"_s;
    }
    return {};
}

QColor colorOf(StatusBanner::Kind kind, const Tones& tones)
{
    switch (kind) {
    case StatusBanner::Kind::Information:
        return tones.information;
    case StatusBanner::Kind::Success:
        return tones.success;
    case StatusBanner::Kind::Warning:
        return tones.warning;
    case StatusBanner::Kind::Error:
        return tones.error;
    }
    return tones.information;
}

} // namespace

StatusBanner::StatusBanner(QWidget* parent)
    : QFrame(parent)
    , m_icon(new QLabel(this))
    , m_text(new QLabel(this))
    , m_buttons(new QHBoxLayout)
    , m_close(new QToolButton(this))
{
    setObjectName(u"statusBanner"_s);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    m_close->setIcon(themedIcon(u"close"_s));
    m_close->setAutoRaise(true);
    m_close->setToolTip(tr("Dismiss this message"));
    m_close->setAccessibleName(tr("Dismiss this message"));
    connect(m_close, &QToolButton::clicked, this, [this] {
        dismiss();
        emit dismissed();
    });

    auto* layout = new QHBoxLayout(this);
    layout->addWidget(m_icon, 0, Qt::AlignTop);
    layout->addWidget(m_text, 1);
    layout->addLayout(m_buttons);
    layout->addWidget(m_close, 0, Qt::AlignTop);
    hide();
}

void StatusBanner::showMessage(Kind kind, const QString& text, const QList<QAction*>& actions)
{
    m_kind = kind;
    m_text->setText(text);
    while (QLayoutItem* item = m_buttons->takeAt(0)) {
        if (item->widget())
            item->widget()->deleteLater();
        delete item;
    }
    for (QAction* action : actions) {
        auto* button = new QPushButton(action->text(), this);
        button->setToolTip(action->toolTip());
        connect(button, &QPushButton::clicked, action, &QAction::trigger);
        m_buttons->addWidget(button);
    }
    setAccessibleName(text);
    updateLook();
    show();
    QAccessibleEvent event(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

void StatusBanner::showError(const Error& error, const QList<QAction*>& actions)
{
    showMessage(Kind::Error, errorText(error), actions);
}

void StatusBanner::dismiss()
{
    hide();
    m_text->clear();
}

QString StatusBanner::text() const
{
    return m_text->text();
}

void StatusBanner::setClosable(bool closable)
{
    m_close->setVisible(closable);
}

void StatusBanner::updateLook()
{
    const int size = style()->pixelMetric(QStyle::PM_SmallIconSize, nullptr, this);
    m_icon->setPixmap(
        themedIcon(iconNameOf(m_kind)).pixmap(QSize(size, size), devicePixelRatioF()));
    update();
}

void StatusBanner::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange)
        updateLook();
}

void StatusBanner::paintEvent(QPaintEvent* /*event*/)
{
    const Tones colors = tones(palette());
    const QColor color = colorOf(m_kind, colors);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double radius = fontMetrics().height() / 3.0;
    painter.setPen(mixed(palette().color(QPalette::Base), color, 0.55));
    painter.setBrush(
        mixed(palette().color(QPalette::Base), color, isDark(palette()) ? 0.16 : 0.08));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
}

} // namespace llmd
