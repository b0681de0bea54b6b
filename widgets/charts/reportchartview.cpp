// SPDX-License-Identifier: GPL-3.0-or-later
#include "reportchartview.h"

#include "qcp.h"
#include "unitticker.h"

#include <widgets/support/numberformat.h>
#include <widgets/support/qtbridge.h>
#include <widgets/tables/recordmodel.h>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

constexpr double hitDistance = 14; // pixels

struct ReportPoint
{
    QString series;
    std::size_t seriesIndex = 0;
    ChartPoint point;
};

using PointColumns = RecordModel<ReportPoint>::ColumnList;

QVariant optionalValue(const std::optional<double>& value)
{
    return value ? QVariant(*value) : QVariant();
}

PointColumns pointColumns(const QString& x, const QString& y)
{
    return {
        { .id = u"series"_s,
          .title = ReportChartView::tr("Series"),
          .value = [](const ReportPoint& row) { return QVariant(row.series); } },
        { .id = u"x"_s,
          .title = x,
          .value = [](const ReportPoint& row) { return QVariant(row.point.x); },
          .numeric = true },
        { .id = u"y"_s,
          .title = y,
          .value = [](const ReportPoint& row) { return QVariant(row.point.y); },
          .numeric = true },
        { .id = u"low"_s,
          .title = ReportChartView::tr("Low"),
          .value = [](const ReportPoint& row) { return optionalValue(row.point.low); },
          .numeric = true },
        { .id = u"high"_s,
          .title = ReportChartView::tr("High"),
          .value = [](const ReportPoint& row) { return optionalValue(row.point.high); },
          .numeric = true },
    };
}

bool isDrawable(const ReportChart& chart, const ChartPoint& point)
{
    return std::isfinite(point.x) && std::isfinite(point.y) && (!chart.xLog || point.x > 0)
        && (!chart.yLog || point.y > 0);
}

} // namespace

/** All points of a chart as a table. */
class ReportPointModel final : public RecordModel<ReportPoint>
{
public:
    ReportPointModel(const QString& x, const QString& y)
        : RecordModel(pointColumns(x, y))
    { }
};

ReportChartView::ReportChartView(QWidget* parent)
    : ChartView({}, parent)
    , m_points(std::make_unique<ReportPointModel>(QString(), QString()))
{
    QCustomPlot& chart = plot();
    m_yTarget = addLevel(*chart.axisRect());
    m_xTarget = addMoment(*chart.axisRect());
    placeLegend(LegendPlace::Below);
    applyCurrentTheme();
}

ReportChartView::~ReportChartView() = default;

void ReportChartView::setChart(const ReportChart& chart)
{
    m_chart = chart;
    m_selected = -1;
    QCustomPlot& area = plot();
    for (QCPErrorBars* whiskers : m_whiskers)
        area.removePlottable(whiskers);
    for (QCPGraph* graph : m_graphs)
        area.removeGraph(graph);
    m_whiskers.clear();
    m_graphs.clear();
    setTitle(toQString(chart.title));
    area.xAxis->setLabel(toQString(chart.xTitle));
    area.yAxis->setLabel(toQString(chart.yTitle));
    setAxisLogarithmic(*area.xAxis, chart.xLog);
    setAxisLogarithmic(*area.yAxis, chart.yLog);
    std::vector<ReportPoint> rows;
    for (std::size_t i = 0; i < chart.series.size(); ++i) {
        addSeries(chart.series[i]);
        for (const ChartPoint& point : chart.series[i].points) {
            if (isDrawable(chart, point))
                rows.push_back({ toQString(chart.series[i].name), i, point });
        }
    }
    setMessage(rows.empty() ? tr("No figures for this chart.") : QString());
    setSummary(
        tr("%1: %2 series, %3 points.").arg(title()).arg(chart.series.size()).arg(rows.size()));
    auto points =
        std::make_unique<ReportPointModel>(toQString(chart.xTitle), toQString(chart.yTitle));
    points->setRows(std::move(rows));
    setTableModel(points.get());
    m_points = std::move(points); // the old one goes after the table has let go of it
    placeTargets();
    arrangeLegend();
    resetView();
    applyCurrentTheme();
}

void ReportChartView::addSeries(const ChartSeries& series)
{
    QCPGraph* graph = plot().addGraph();
    graph->setName(toQString(series.name));
    graph->setLineStyle(series.line ? QCPGraph::lsLine : QCPGraph::lsNone);
    graph->setAdaptiveSampling(false);
    QCPErrorBars* whiskers = addWhiskers(*graph, Qt::Vertical);
    std::vector<ChartPoint> points;
    for (const ChartPoint& point : series.points) {
        if (isDrawable(m_chart, point))
            points.push_back(point);
    }
    // Error bars belong to points by their order, and a graph orders its points by x.
    std::stable_sort(points.begin(), points.end(),
                     [](const ChartPoint& a, const ChartPoint& b) { return a.x < b.x; });
    for (const ChartPoint& point : points) {
        graph->addData(point.x, point.y);
        whiskers->addData(point.low ? point.y - *point.low : 0,
                          point.high ? *point.high - point.y : 0);
    }
    m_graphs.push_back(graph);
    m_whiskers.push_back(whiskers);
}

void ReportChartView::placeTargets()
{
    constexpr double none = std::numeric_limits<double>::quiet_NaN();
    QCustomPlot& area = plot();
    for (QCPItemRect* shade : m_shades)
        area.removeItem(shade);
    m_shades.clear();
    placeLevel(m_yTarget, m_chart.yTarget.value_or(none), tr("target"));
    placeMoment(m_xTarget, m_chart.xTarget.value_or(none), tr("target"));
    // What lies beyond a limit reaches to the edge of the plot, wherever that is at the time.
    const auto shade = [&](bool vertical, double value, bool toLowEnd) {
        auto* rect = new QCPItemRect(&area);
        rect->setLayer(u"background"_s);
        const auto ratio = QCPItemPosition::ptAxisRectRatio;
        const auto atValue = QCPItemPosition::ptPlotCoords;
        rect->topLeft->setTypeX(vertical ? atValue : ratio);
        rect->topLeft->setTypeY(vertical ? ratio : atValue);
        rect->bottomRight->setType(ratio);
        // Ratios count from the top left corner.
        if (vertical) {
            rect->topLeft->setCoords(value, 0);
            rect->bottomRight->setCoords(toLowEnd ? 0 : 1, 1);
        } else {
            rect->topLeft->setCoords(0, value);
            rect->bottomRight->setCoords(1, toLowEnd ? 1 : 0);
        }
        m_shades.push_back(rect);
    };
    if (m_chart.yTarget)
        shade(false, *m_chart.yTarget, m_chart.yTargetIsMinimum);
    if (m_chart.xTarget)
        shade(true, *m_chart.xTarget, m_chart.xTargetIsMinimum);
}

void ReportChartView::applyTheme(const ChartTheme& theme)
{
    const double size = QFontMetricsF(theme.font).height() * 0.5;
    for (std::size_t i = 0; i < m_graphs.size(); ++i) {
        const QColor color = theme.series[i % theme.series.size()];
        const bool predicted = m_chart.series[i].predicted;
        QPen pen(color, 1.6);
        pen.setStyle(predicted ? Qt::DashLine : Qt::SolidLine);
        m_graphs[i]->setPen(pen);
        QCPScatterStyle marker = seriesMarker(i, theme, size);
        if (predicted)
            marker.setBrush(theme.background);
        m_graphs[i]->setScatterStyle(marker);
        m_whiskers[i]->setPen(QPen(color, 1.2));
    }
    const QPen limit(theme.target, 1.4, Qt::DashLine);
    llmd::applyTheme(m_yTarget, theme, limit);
    llmd::applyTheme(m_xTarget, theme, limit);
    QColor beyond = theme.target;
    beyond.setAlphaF(0.08F);
    for (QCPItemRect* shade : m_shades) {
        shade->setPen(Qt::NoPen);
        shade->setBrush(beyond);
    }
}

void ReportChartView::fitRanges()
{
    constexpr double none = std::numeric_limits<double>::infinity();
    double lowX = none, highX = -none, lowY = none, highY = -none;
    for (const ReportPoint& row : m_points->rows()) {
        lowX = std::min(lowX, row.point.x);
        highX = std::max(highX, row.point.x);
        const double low = row.point.low.value_or(row.point.y);
        lowY = std::min({ lowY, row.point.y, m_chart.yLog && low <= 0 ? row.point.y : low });
        highY = std::max({ highY, row.point.y, row.point.high.value_or(row.point.y) });
    }
    if (lowX > highX)
        return;
    // A limit is shown if it is anywhere near.
    if (m_chart.yTarget && *m_chart.yTarget < 3 * highY) {
        const double room = m_chart.yLog ? 1.4 : 1.12; // for the name above the line
        highY = std::max(highY, *m_chart.yTarget * room);
    }
    if (m_chart.xTarget && *m_chart.xTarget < 3 * highX)
        highX = std::max(highX, *m_chart.xTarget);
    const auto range = [](double low, double high, bool log) {
        if (log)
            return paddedRange(low, high, true);
        const double top = high > 0 ? high * 1.08 : 1;
        return QCPRange(low < 0 ? low * 1.08 : 0, top);
    };
    plot().xAxis->setRange(range(lowX, highX, m_chart.xLog));
    plot().yAxis->setRange(range(lowY, highY, m_chart.yLog));
}

ChartView::Readout ReportChartView::readoutOf(int row) const
{
    const ReportPoint& at = m_points->record(row);
    QString text = tr("%1\n%2: %3\n%4: %5")
                       .arg(at.series, toQString(m_chart.xTitle), format::number(at.point.x, 4),
                            toQString(m_chart.yTitle), format::number(at.point.y, 4));
    if (at.point.low && at.point.high)
        text = tr("%1\nrepeats: %2 to %3")
                   .arg(text, format::number(*at.point.low, 4), format::number(*at.point.high, 4));
    return { { plot().xAxis->coordToPixel(at.point.x), plot().yAxis->coordToPixel(at.point.y) },
             text };
}

std::optional<ChartView::Readout> ReportChartView::readoutAt(const QPointF& position) const
{
    int best = -1;
    double nearest = hitDistance;
    for (int row = 0; row < m_points->rowCount(); ++row) {
        const ChartPoint& point = m_points->record(row).point;
        const double distance = std::hypot(plot().xAxis->coordToPixel(point.x) - position.x(),
                                           plot().yAxis->coordToPixel(point.y) - position.y());
        if (distance < nearest) {
            nearest = distance;
            best = row;
        }
    }
    return best < 0 ? std::nullopt : std::optional(readoutOf(best));
}

void ReportChartView::stepSelection(int direction)
{
    const int count = m_points->rowCount();
    if (count == 0)
        return;
    m_selected = std::clamp(m_selected + direction, 0, count - 1);
    announce(readoutOf(m_selected));
}

bool ReportChartView::rowInView(int row) const
{
    const ChartPoint& point = m_points->record(row).point;
    return plot().xAxis->range().contains(point.x) && plot().yAxis->range().contains(point.y);
}

} // namespace llmd
