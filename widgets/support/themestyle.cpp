// SPDX-License-Identifier: GPL-3.0-or-later
#include "themestyle.h"

#include "theme.h"

#include <QPainter>
#include <QStyleFactory>
#include <QStyleOption>

namespace llmd {

namespace {

/** Half way between the surface and its text: 3:1 to the surface in our dark palette. */
QColor outlineColor(const QPalette& palette)
{
    return mixed(palette.color(QPalette::Base), palette.color(QPalette::Text), 0.45);
}

void strokeRounded(QPainter& painter, const QRectF& area, const QColor& color)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(color);
    painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2);
    painter.restore();
}

} // namespace

ThemeStyle::ThemeStyle()
    : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion")))
{
    setObjectName(QString::fromLatin1(name));
}

void ThemeStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option,
                               QPainter* painter, const QWidget* widget) const
{
    QProxyStyle::drawPrimitive(element, option, painter, widget);
    if (!option || !isDark(option->palette) || !(option->state & State_Enabled))
        return;
    switch (element) {
    case PE_FrameLineEdit:
        if (!(option->state & State_HasFocus))
            strokeRounded(*painter, option->rect, outlineColor(option->palette));
        break;
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck:
        strokeRounded(*painter, QRectF(option->rect).adjusted(0, 0, -1, -1),
                      outlineColor(option->palette));
        break;
    case PE_IndicatorRadioButton: {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setBrush(Qt::NoBrush);
        painter->setPen(outlineColor(option->palette));
        painter->drawEllipse(QRectF(option->rect).adjusted(0.5, 0.5, -1.5, -1.5));
        painter->restore();
        break;
    }
    default:
        break;
    }
}

} // namespace llmd
