// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <core/workload/workload.h>

#include <QPolygonF>
#include <QWidget>

namespace llmd {

/**
 * Small picture of how long prompts and outputs are: two densities over a logarithmic token axis with mean and p95, told
 * apart by fill, line style and label.
 */
class LengthPreview final : public QWidget
{
    Q_OBJECT

public:
    explicit LengthPreview(QWidget* parent = nullptr);

    void setLengths(const LengthDistribution& prompt, const LengthDistribution& output);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    struct Axis;
    [[nodiscard]] Axis axis() const;
    void paintAxis(QPainter& painter, const Axis& axis) const;
    void paintCurve(QPainter& painter, const Axis& axis, const LengthDistribution& lengths,
                    const QColor& color, Qt::PenStyle line) const;
    void paintLegend(QPainter& painter, const QRectF& area) const;

    LengthDistribution m_prompt;
    LengthDistribution m_output;
};

} // namespace llmd
