// SPDX-License-Identifier: GPL-3.0-or-later
#include "candidatemark.h"

#include <widgets/charts/charttheme.h>

#include <QFontMetricsF>
#include <QGuiApplication>

#include <cmath>

namespace llmd {

QCPScatterStyle candidateStyle(std::size_t option, const ChartTheme& theme, double size)
{
    const QColor color = theme.series[option % theme.series.size()];
    return { static_cast<QCPScatterStyle::ScatterShape>(markerShape(option)), QPen(color, 1.75),
             QBrush(color), size };
}

QPixmap candidateMark(std::size_t option, const QPalette& palette)
{
    const QFont font = QGuiApplication::font();
    const double side = std::ceil(QFontMetricsF(font).height() * 0.75);
    const double scale = qGuiApp->devicePixelRatio();
    QPixmap picture(QSizeF(side * scale, side * scale).toSize());
    picture.setDevicePixelRatio(scale);
    picture.fill(Qt::transparent);
    const ChartTheme theme = chartTheme(palette, font);
    const QCPScatterStyle style = candidateStyle(option, theme, side * 0.7);
    QCPPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    style.applyTo(&painter, QPen());
    style.drawShape(&painter, side / 2, side / 2);
    return picture;
}

} // namespace llmd
