// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>
#include <QPalette>

#include <array>

class QCPAxis;
class QCPAxisRect;
class QCustomPlot;

namespace llmd {

/**
 * Colours of a chart, taken from a palette: QCustomPlot itself does not follow it. Series use the colour-blind-safe list
 * of Okabe and Ito, shifted in lightness to keep 3:1 on the background; each series also has its own marker.
 */
struct ChartTheme
{
    static constexpr std::size_t seriesCount = 8;

    QColor background;
    QColor text;
    QColor axis;
    QColor grid;
    QColor accent;
    QColor target; ///< lines of limits that the user set
    QColor faint; ///< points that are there but not in question
    QColor shadeLow; ///< ends of a scale of one hue, for fields that are coloured by a value
    QColor shadeHigh;
    std::array<QColor, seriesCount> series;
    QFont font;
    bool dark = false;
};

[[nodiscard]] ChartTheme chartTheme(const QPalette& palette, const QFont& font);
/** Background, axes, ticks, grid, legend and texts of a plot; series are the chart's own business. */
void applyChartTheme(QCustomPlot& plot, const ChartTheme& theme);
void applyChartTheme(QCPAxisRect& rect, const ChartTheme& theme);
void applyChartTheme(QCPAxis& axis, const ChartTheme& theme);
/** Index of a QCPScatterStyle::ScatterShape that differs for the first seven series. */
[[nodiscard]] int markerShape(std::size_t series);

} // namespace llmd
