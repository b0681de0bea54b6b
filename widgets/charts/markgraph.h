// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "qcp.h"

namespace llmd {

/**
 * A graph of marks that stays quick with thousands of them: on the screen a mark is painted once and copied to its places, which
 * is ten times as fast as outlining each. Exports to vectors and larger pictures draw every mark as a shape.
 */
class MarkGraph final : public QCPGraph
{
public:
    /** Belongs to the plot of the axes, as every graph does. */
    MarkGraph(QCPAxis* keyAxis, QCPAxis* valueAxis);

protected:
    void drawScatterPlot(QCPPainter* painter, const QVector<QPointF>& scatters,
                         const QCPScatterStyle& style) const override;

private:
    [[nodiscard]] QPixmap sprite(const QCPScatterStyle& style, double pixelRatio) const;
};

} // namespace llmd
