// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "qcp.h"

namespace llmd {

/** What decides where on the axis rectangle a value is drawn. */
struct AxisFrame
{
    QSize size; ///< of the axis rectangle
    QCPRange x;
    QCPRange y;
    QCPAxis::ScaleType xScale = QCPAxis::stLinear;
    QCPAxis::ScaleType yScale = QCPAxis::stLinear;

    [[nodiscard]] static AxisFrame of(const QCPAxis& xAxis, const QCPAxis& yAxis);
    bool operator==(const AxisFrame& other) const = default;
};

/**
 * A graph of marks that stays quick with thousands of them: on the screen a mark is painted once and copied to its places, which
 * is ten times as fast as outlining each. Exports to vectors and larger pictures draw every mark as a shape.
 */
class MarkGraph final : public QCPGraph
{
public:
    /** Belongs to the plot of the axes, as every graph does. */
    MarkGraph(QCPAxis* keyAxis, QCPAxis* valueAxis);

    /**
     * Shows these values, ascending by key. `places` are theirs on the axis rectangle, from its corner, as long as the axes have
     * this frame: taking the logarithms of thousands of values again for each picture would cost more than drawing them.
     */
    void setMarks(const QVector<QCPGraphData>& values, QVector<QPointF> places,
                  const AxisFrame& frame);

protected:
    void draw(QCPPainter* painter) override;
    void drawScatterPlot(QCPPainter* painter, const QVector<QPointF>& scatters,
                         const QCPScatterStyle& style) const override;

private:
    void drawCopies(QCPPainter& painter, const QVector<QPointF>& places, const QPointF& origin,
                    const QCPScatterStyle& style) const;
    [[nodiscard]] QPixmap sprite(const QCPScatterStyle& style, double pixelRatio) const;

    QVector<QPointF> m_places;
    AxisFrame m_frame; ///< that the places hold for
};

} // namespace llmd
