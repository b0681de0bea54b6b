// SPDX-License-Identifier: GPL-3.0-or-later
#include "chartparts.h"

#include "qcp.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace llmd {

QCPScatterStyle seriesMarker(std::size_t series, const ChartTheme& theme, double size)
{
    const QColor& color = theme.series[series % theme.series.size()];
    const auto shape = static_cast<QCPScatterStyle::ScatterShape>(markerShape(series));
    QColor fill = color;
    fill.setAlphaF(0.35F);
    QColor edge = color;
    edge.setAlphaF(0.75F);
    return { shape, QPen(edge, 1), QBrush(fill), size };
}

QCPErrorBars* addWhiskers(QCPGraph& graph, Qt::Orientation along)
{
    auto* bars = new QCPErrorBars(graph.keyAxis(), graph.valueAxis());
    bars->setDataPlottable(&graph);
    bars->setErrorType(along == Qt::Horizontal ? QCPErrorBars::etKeyError
                                               : QCPErrorBars::etValueError);
    bars->setSymbolGap(0);
    bars->setWhiskerWidth(5);
    bars->removeFromLegend();
    return bars;
}

namespace {

MarkedLine addLine(QCPAxisRect& rect)
{
    QCustomPlot* plot = rect.parentPlot();
    QCPAxis* x = rect.axis(QCPAxis::atBottom);
    QCPAxis* y = rect.axis(QCPAxis::atLeft);
    auto* line = new QCPItemStraightLine(plot);
    auto* text = new QCPItemText(plot);
    for (QCPAbstractItem* item :
         { static_cast<QCPAbstractItem*>(line), static_cast<QCPAbstractItem*>(text) }) {
        item->setClipAxisRect(&rect);
        item->setVisible(false);
        for (QCPItemPosition* position : item->positions()) {
            position->setAxisRect(&rect);
            position->setAxes(x, y);
        }
    }
    text->setPadding(QMargins(4, 1, 4, 1));
    return { line, text };
}

bool show(const MarkedLine& marked, double value, const QString& text)
{
    const bool visible = std::isfinite(value);
    marked.line->setVisible(visible);
    marked.text->setVisible(visible && !text.isEmpty());
    marked.text->setText(text);
    return visible;
}

} // namespace

MarkedLine addLevel(QCPAxisRect& rect, Qt::AlignmentFlag side)
{
    const MarkedLine marked = addLine(rect);
    marked.text->position->setTypeX(QCPItemPosition::ptAxisRectRatio);
    marked.text->setPositionAlignment(side | Qt::AlignBottom);
    marked.text->position->setCoords(side == Qt::AlignLeft ? 0 : 1, 1);
    return marked;
}

MarkedLine addMoment(QCPAxisRect& rect, int row)
{
    const MarkedLine marked = addLine(rect);
    marked.text->position->setTypeY(QCPItemPosition::ptAxisRectRatio);
    marked.text->setPositionAlignment(Qt::AlignRight | Qt::AlignTop);
    const int line = QFontMetrics(marked.text->font()).height();
    marked.text->setPadding(QMargins(4, 1 + row * line, 4, 1));
    return marked;
}

void placeLevel(const MarkedLine& marked, double value, const QString& text)
{
    if (!show(marked, value, text))
        return;
    marked.line->point1->setCoords(1, value);
    marked.line->point2->setCoords(2, value);
    marked.text->position->setCoords(marked.text->position->key(), value);
}

void placeMoment(const MarkedLine& marked, double value, const QString& text)
{
    if (!show(marked, value, text))
        return;
    marked.line->point1->setCoords(value, 1);
    marked.line->point2->setCoords(value, 2);
    marked.text->position->setCoords(value, 0);
}

void applyTheme(const MarkedLine& marked, const ChartTheme& theme, const QPen& pen)
{
    marked.line->setPen(pen);
    marked.text->setColor(pen.color());
    marked.text->setFont(theme.font);
}

PointLabels::PointLabels(QCustomPlot& plot)
    : QObject(&plot)
    , m_plot(plot)
{
    connect(&plot, &QCustomPlot::afterLayout, this, &PointLabels::arrange);
}

void PointLabels::setLabels(std::vector<Label> labels)
{
    m_labels = std::move(labels);
    while (m_items.size() > m_labels.size()) {
        m_plot.removeItem(m_items.back());
        m_items.pop_back();
    }
    while (m_items.size() < m_labels.size()) {
        auto* item = new QCPItemText(&m_plot);
        item->position->setType(QCPItemPosition::ptAbsolute);
        item->setPositionAlignment(Qt::AlignLeft | Qt::AlignTop);
        item->setVisible(false);
        m_items.push_back(item);
    }
    for (std::size_t i = 0; i < m_items.size(); ++i) {
        QCPItemText& item = *m_items[i];
        item.setText(m_labels[i].text);
        item.setFont(m_font);
        item.setColor(m_ink);
        item.setBrush(m_halo);
    }
}

void PointLabels::applyTheme(const ChartTheme& theme)
{
    m_font = theme.font;
    m_ink = theme.text;
    m_halo = theme.background;
    m_halo.setAlphaF(0.75F);
    for (QCPItemText* item : m_items) {
        item->setFont(m_font);
        item->setColor(m_ink);
        item->setBrush(m_halo);
    }
}

void PointLabels::arrange()
{
    const QFontMetricsF metrics(m_font);
    const double gap = metrics.height() * 0.4;
    const QRectF area = m_plot.axisRect()->rect();
    std::vector<QRectF> taken;
    for (std::size_t i = 0; i < m_labels.size(); ++i) {
        const Label& label = m_labels[i];
        const QPointF point(m_plot.xAxis->coordToPixel(label.x),
                            m_plot.yAxis->coordToPixel(label.y));
        const QSizeF size(metrics.horizontalAdvance(label.text), metrics.height());
        const std::array places {
            point + QPointF(gap, -gap - size.height()),
            point + QPointF(-gap - size.width(), -gap - size.height()),
            point + QPointF(gap, gap),
            point + QPointF(-gap - size.width(), gap),
        };
        const auto place = std::find_if(places.begin(), places.end(), [&](const QPointF& corner) {
            const QRectF rect(corner, size);
            return area.contains(point) && area.contains(rect)
                && std::none_of(taken.begin(), taken.end(),
                                [&rect](const QRectF& other) { return other.intersects(rect); });
        });
        m_items[i]->setVisible(place != places.end());
        if (place == places.end())
            continue;
        m_items[i]->position->setCoords(*place);
        taken.emplace_back(*place, size);
    }
}

QStringList PointLabels::shownTexts() const
{
    QStringList texts;
    for (const QCPItemText* item : m_items) {
        if (item->visible())
            texts.append(item->text());
    }
    return texts;
}

} // namespace llmd
