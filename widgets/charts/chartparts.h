// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charttheme.h"

#include <QObject>
#include <QString>

#include <vector>

class QCPErrorBars;
class QCPGraph;
class QCPItemStraightLine;
class QCPItemText;
class QCPScatterStyle;
class QPen;

namespace llmd {

/** The mark of a series: its shape and colour, lightly filled so that marks on top of each other stay apart. */
[[nodiscard]] QCPScatterStyle seriesMarker(std::size_t series, const ChartTheme& theme,
                                           double size);
/** Whiskers along x or y for the intervals of a graph's points, without a place of their own in the legend. */
QCPErrorBars* addWhiskers(QCPGraph& graph, Qt::Orientation along);
/** A level or a limit across the plot, with a text at one end of it. */
struct MarkedLine
{
    QCPItemStraightLine* line = nullptr;
    QCPItemText* text = nullptr;
};
/** A horizontal line at a value of the rect's left axis; its text stands above it at that side. */
[[nodiscard]] MarkedLine addLevel(QCPAxisRect& rect, Qt::AlignmentFlag side = Qt::AlignRight);
/** A vertical line at a value of the rect's bottom axis; its text stands at the top, `row` lines down, left of the line. */
[[nodiscard]] MarkedLine addMoment(QCPAxisRect& rect, int row = 0);
/** Moves a line and its text, or hides both when the value is not finite. */
void placeLevel(const MarkedLine& marked, double value, const QString& text);
void placeMoment(const MarkedLine& marked, double value, const QString& text);
void applyTheme(const MarkedLine& marked, const ChartTheme& theme, const QPen& pen);

/**
 * Short texts beside points, such as the parallelism along a frontier. A text that would lie on another one or leave the
 * plot takes another side of its point or is left out, the most important ones first. They are placed anew at each layout.
 */
class PointLabels final : public QObject
{
    Q_OBJECT

public:
    explicit PointLabels(QCustomPlot& plot);

    struct Label
    {
        double x = 0; ///< coordinates of the plot's axes
        double y = 0;
        QString text;
    };
    /** The most important first. */
    void setLabels(std::vector<Label> labels);
    void applyTheme(const ChartTheme& theme);
    /** Those that found a place at the last layout. */
    [[nodiscard]] QStringList shownTexts() const;

private:
    void arrange();

    QCustomPlot& m_plot;
    std::vector<Label> m_labels;
    std::vector<QCPItemText*> m_items; ///< of each label
    QFont m_font;
    QColor m_ink;
    QColor m_halo;
};

} // namespace llmd
