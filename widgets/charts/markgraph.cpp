// SPDX-License-Identifier: GPL-3.0-or-later
#include "markgraph.h"

#include <QPixmap>

#include <cmath>

namespace llmd {

namespace {
constexpr qsizetype fewMarks = 60; // below this a sprite does not pay
} // namespace

MarkGraph::MarkGraph(QCPAxis* keyAxis, QCPAxis* valueAxis)
    : QCPGraph(keyAxis, valueAxis)
{ }

QPixmap MarkGraph::sprite(const QCPScatterStyle& style, double pixelRatio) const
{
    const QPen pen = style.isPenDefined() ? style.pen() : mPen;
    const double side = std::ceil(style.size() + 2 * std::max(1.0, pen.widthF()) + 2);
    QPixmap picture(QSize(1, 1) * static_cast<int>(std::ceil(side * pixelRatio)));
    picture.setDevicePixelRatio(pixelRatio);
    picture.fill(Qt::transparent);
    QCPPainter painter(&picture);
    applyScattersAntialiasingHint(&painter);
    style.applyTo(&painter, mPen);
    style.drawShape(&painter, side / 2, side / 2);
    return picture;
}

void MarkGraph::drawScatterPlot(QCPPainter* painter, const QVector<QPointF>& scatters,
                                const QCPScatterStyle& style) const
{
    const bool exporting = painter->modes() != QCPPainter::pmDefault;
    if (exporting || scatters.size() < fewMarks) {
        QCPGraph::drawScatterPlot(painter, scatters, style);
        return;
    }
    const QPixmap mark = sprite(style, painter->device()->devicePixelRatioF());
    const QSizeF size = mark.deviceIndependentSize();
    const QPointF middle(size.width() / 2, size.height() / 2);
    for (const QPointF& place : scatters) {
        if (std::isfinite(place.x()) && std::isfinite(place.y()))
            painter->drawPixmap(place - middle, mark);
    }
}

} // namespace llmd
