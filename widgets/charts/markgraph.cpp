// SPDX-License-Identifier: GPL-3.0-or-later
#include "markgraph.h"

#include <QPixmap>

#include <cmath>
#include <utility>

namespace llmd {

namespace {
constexpr qsizetype fewMarks = 60; // below this a sprite does not pay
} // namespace

AxisFrame AxisFrame::of(const QCPAxis& xAxis, const QCPAxis& yAxis)
{
    return { xAxis.axisRect()->size(), xAxis.range(), yAxis.range(), xAxis.scaleType(),
             yAxis.scaleType() };
}

MarkGraph::MarkGraph(QCPAxis* keyAxis, QCPAxis* valueAxis)
    : QCPGraph(keyAxis, valueAxis)
{ }

void MarkGraph::setMarks(const QVector<QCPGraphData>& values, QVector<QPointF> places,
                         const AxisFrame& frame)
{
    data()->set(values, true);
    m_places = std::move(places);
    m_frame = frame;
}

void MarkGraph::draw(QCPPainter* painter)
{
    const bool known = m_places.size() == dataCount() && lineStyle() == lsNone
        && painter->modes() == QCPPainter::pmDefault
        && AxisFrame::of(*keyAxis(), *valueAxis()) == m_frame;
    if (!known || m_places.size() < fewMarks) {
        QCPGraph::draw(painter);
        return;
    }
    drawCopies(*painter, m_places, keyAxis()->axisRect()->topLeft(), scatterStyle());
}

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
    drawCopies(*painter, scatters, {}, style);
}

void MarkGraph::drawCopies(QCPPainter& painter, const QVector<QPointF>& places,
                           const QPointF& origin, const QCPScatterStyle& style) const
{
    const QPixmap mark = sprite(style, painter.device()->devicePixelRatioF());
    const QSizeF size = mark.deviceIndependentSize();
    const QPointF middle(size.width() / 2, size.height() / 2);
    for (const QPointF& place : places) {
        if (std::isfinite(place.x()) && std::isfinite(place.y()))
            painter.drawPixmap(origin + place - middle, mark);
    }
}

} // namespace llmd
