// SPDX-License-Identifier: GPL-3.0-or-later
#include "optionschart.h"

#include "optionsmodel.h"
#include "optiontext.h"

#include <widgets/charts/chartparts.h>
#include <widgets/charts/markgraph.h>
#include <widgets/charts/qcp.h>
#include <widgets/charts/unitticker.h>
#include <widgets/support/numberformat.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <utility>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

constexpr double hitDistance = 9; // pixels
constexpr std::size_t namedSeries = 6; // GPUs with a colour of their own; the others share one
constexpr double infinity = std::numeric_limits<double>::infinity();

/**
 * Lets one mark through per cell of about a pixel, and none that is out of view: more than that nobody can tell apart, and
 * drawing it takes time.
 */
class PixelSieve
{
public:
    /** For marks whose pixels count from the corner of an area of this size. */
    explicit PixelSieve(const QSizeF& size)
        : m_area(QRectF({}, size).adjusted(-margin, -margin, margin, margin))
        , m_columns(static_cast<std::size_t>(m_area.width() / cell) + 1)
        , m_taken(m_columns * (static_cast<std::size_t>(m_area.height() / cell) + 1))
    { }

    [[nodiscard]] bool passes(const QPointF& place)
    {
        const QPointF pixel = place - m_area.topLeft();
        if (!(pixel.x() >= 0 && pixel.x() < m_area.width())
            || !(pixel.y() >= 0 && pixel.y() < m_area.height()))
            return false;
        const std::size_t index = static_cast<std::size_t>(pixel.y() / cell) * m_columns
            + static_cast<std::size_t>(pixel.x() / cell);
        return !std::exchange(m_taken[index], char { 1 });
    }

private:
    static constexpr double cell = 1.5; // pixels
    static constexpr double margin = 8; // of a mark whose middle is out of view
    QRectF m_area;
    std::size_t m_columns;
    std::vector<char> m_taken;
};

} // namespace

OptionsChart::OptionsChart(const QString& title, Look look, QWidget* parent)
    : ChartView(title, parent)
    , m_look(std::move(look))
    , m_frame(std::make_unique<AxisFrame>())
{
    buildPlot();
}

OptionsChart::~OptionsChart() = default;

void OptionsChart::buildPlot()
{
    QCustomPlot& chart = plot();
    m_outside = new MarkGraph(chart.xAxis, chart.yAxis);
    m_outside->setLineStyle(QCPGraph::lsNone);
    m_outside->setName(tr("Outside the targets"));
    for (std::size_t i = 0; i <= namedSeries; ++i) {
        auto* series = new MarkGraph(chart.xAxis, chart.yAxis);
        series->setLineStyle(QCPGraph::lsNone);
        m_series.push_back(series);
    }
    m_frontierLine = chart.addGraph();
    m_frontierLine->setName(m_look.frontierName);
    m_highlight = chart.addGraph();
    m_highlight->setLineStyle(QCPGraph::lsNone);
    m_highlight->removeFromLegend();
    if (!m_look.frontierIsLine)
        m_frontierLine->setLineStyle(QCPGraph::lsNone);
    for (const Qt::Orientation along : { Qt::Horizontal, Qt::Vertical }) {
        m_frontierBars.push_back(addWhiskers(*m_frontierLine, along));
        m_highlightBars.push_back(addWhiskers(*m_highlight, along));
    }
    // What is drawn depends on which marks fall on the same pixel.
    const auto marksMoved = [this] { m_stale = true; };
    for (QCPAxis* axis : { chart.xAxis, chart.yAxis })
        connect(axis, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), this, marksMoved);
    connect(&chart, &QCustomPlot::beforeReplot, this, [this] {
        if (std::exchange(m_stale, false))
            drawPoints();
    });
    if (m_look.legend)
        placeLegend(LegendPlace::Beside);
}

void OptionsChart::setOptionsModel(OptionsModel& model)
{
    m_table = &model;
    setTableModel(&model, axisColumns());
}

void OptionsChart::setResults(std::shared_ptr<const SearchReport> report, const Ranking& ranking,
                              const Slo& slo)
{
    m_report = std::move(report);
    m_inTarget = ranking.of(View::LowestCost);
    m_slo = slo;
    m_shown.clear();
    m_selected.reset();
    schedule(Work::Everything);
}

void OptionsChart::setRanking(const Ranking& ranking, const Slo& slo)
{
    const bool move = placesDiffer(m_slo, slo);
    m_inTarget = ranking.of(View::LowestCost);
    m_slo = slo;
    schedule(move ? Work::Places : Work::Targets);
}

void OptionsChart::setShown(std::vector<char> shown)
{
    m_shown = std::move(shown);
    refreshTable();
    schedule(Work::Targets);
}

void OptionsChart::replaceAll()
{
    schedule(Work::Everything);
}

void OptionsChart::schedule(Work work)
{
    m_work = std::max(m_work, work);
    if (isVisible())
        catchUp();
}

void OptionsChart::showEvent(QShowEvent* event)
{
    ChartView::showEvent(event);
    catchUp();
}

void OptionsChart::catchUp()
{
    const Work work = std::exchange(m_work, Work::Nothing);
    if (work == Work::Nothing)
        return;
    if (work >= Work::Places)
        rebuildPoints();
    markPoints();
    if (work == Work::Everything) {
        assignSeries();
        applyCurrentTheme();
    }
    m_frontier = findFrontier();
    drawFrontier();
    drawSelection();
    decorate();
    if (work == Work::Everything)
        resetView();
    m_stale = true;
    setSummary(summary());
    plot().replot(QCustomPlot::rpQueuedReplot);
}

void OptionsChart::rebuildPoints()
{
    prepare();
    std::vector<Point> before = std::move(m_points);
    m_points.assign(m_report ? m_report->options.size() : 0, Point {});
    for (std::size_t i = 0; i < m_points.size(); ++i) {
        const Place place = placeOf(m_report->options[i]);
        m_points[i].x = place.x;
        m_points[i].y = place.y;
        if (before.size() == m_points.size())
            m_points[i].series = before[i].series;
    }
    orderPoints();
    *m_frame = {};
}

void OptionsChart::orderPoints()
{
    m_order.clear();
    for (std::size_t i = 0; i < m_points.size(); ++i) {
        if (m_points[i].placed())
            m_order.push_back(i);
    }
    // Signs turn every aim into "less is better".
    const double signX = m_look.x == Aim::Low ? 1 : -1;
    const double signY = m_look.y == Aim::Low ? 1 : -1;
    std::sort(m_order.begin(), m_order.end(), [&](std::size_t a, std::size_t b) {
        return std::tuple(signX * m_points[a].x, signY * m_points[a].y, a)
            < std::tuple(signX * m_points[b].x, signY * m_points[b].y, b);
    });
}

void OptionsChart::computePixels()
{
    const QRect area = plot().axisRect()->rect();
    const QCPAxis& x = *plot().xAxis;
    const QCPAxis& y = *plot().yAxis;
    // While a target is dragged neither changes, and the logarithms of the axes are the dearest part of a frame.
    const AxisFrame frame = AxisFrame::of(x, y);
    if (*m_frame == frame && m_pixels.size() == m_points.size())
        return;
    *m_frame = frame;
    m_pixels.assign(m_points.size(), QPointF());
    for (const std::size_t i : m_order)
        m_pixels[i] =
            QPointF(x.coordToPixel(m_points[i].x), y.coordToPixel(m_points[i].y)) - area.topLeft();
}

void OptionsChart::assignSeries()
{
    // By catalog id, so that a GPU keeps its colour while options come and go; the most frequent ones get a name.
    std::map<const Gpu*, std::size_t> counts;
    for (std::size_t i = 0; i < m_points.size(); ++i)
        ++counts[m_report->options[i].candidate.gpu];
    std::vector<std::pair<const Gpu*, std::size_t>> gpus(counts.begin(), counts.end());
    std::sort(gpus.begin(), gpus.end(), [](const auto& a, const auto& b) {
        return a.second != b.second ? a.second > b.second : a.first->id < b.first->id;
    });
    const bool others = gpus.size() > namedSeries;
    gpus.resize(std::min(gpus.size(), namedSeries));
    std::sort(gpus.begin(), gpus.end(),
              [](const auto& a, const auto& b) { return a.first->id < b.first->id; });
    m_seriesNames.clear();
    std::map<const Gpu*, std::size_t> seriesOf;
    for (const auto& [gpu, count] : gpus) {
        seriesOf[gpu] = m_seriesNames.size();
        m_seriesNames.push_back(gpuText(*gpu));
    }
    if (others)
        m_seriesNames.push_back(tr("Other GPUs"));
    for (std::size_t i = 0; i < m_points.size(); ++i) {
        const auto it = seriesOf.find(m_report->options[i].candidate.gpu);
        m_points[i].series = it == seriesOf.end() ? m_seriesNames.size() - 1 : it->second;
    }
    for (std::size_t i = 0; i < m_series.size(); ++i) {
        m_series[i]->setVisible(i < m_seriesNames.size());
        m_series[i]->removeFromLegend();
        if (i < m_seriesNames.size()) {
            m_series[i]->setName(m_seriesNames[i]);
            m_series[i]->addToLegend();
        }
    }
    arrangeLegend();
}

void OptionsChart::markPoints()
{
    for (std::size_t i = 0; i < m_points.size(); ++i) {
        m_points[i].inTarget = false;
        m_points[i].shown = i >= m_shown.size() || m_shown[i] != 0;
    }
    for (const std::size_t index : m_inTarget) {
        if (index < m_points.size())
            m_points[index].inTarget = true;
    }
}

void OptionsChart::drawPoints()
{
    computePixels();
    const QSizeF size = plot().axisRect()->rect().size();
    PixelSieve outsideSieve(size);
    std::vector<PixelSieve> sieves(m_series.size(), PixelSieve(size));
    struct Marks
    {
        QVector<QCPGraphData> values;
        QVector<QPointF> places;
    };
    Marks outside;
    std::vector<Marks> inside(m_series.size());
    const auto add = [&](std::size_t i) {
        const Point& point = m_points[i];
        if (!point.shown)
            return;
        PixelSieve& sieve = point.inTarget ? sieves[point.series] : outsideSieve;
        if (!sieve.passes(m_pixels[i]))
            return;
        Marks& marks = point.inTarget ? inside[point.series] : outside;
        marks.values.append({ point.x, point.y });
        marks.places.append(m_pixels[i]);
    };
    // Graphs hold their data in ascending order.
    if (m_look.x == Aim::Low)
        std::for_each(m_order.begin(), m_order.end(), add);
    else
        std::for_each(m_order.rbegin(), m_order.rend(), add);
    m_outside->setMarks(outside.values, std::move(outside.places), *m_frame);
    for (std::size_t i = 0; i < m_series.size(); ++i)
        m_series[i]->setMarks(inside[i].values, std::move(inside[i].places), *m_frame);
}

std::size_t OptionsChart::pointCount() const
{
    return static_cast<std::size_t>(std::count_if(
        m_points.begin(), m_points.end(), [](const Point& point) { return point.drawn(); }));
}

std::size_t OptionsChart::countInTarget() const
{
    return static_cast<std::size_t>(
        std::count_if(m_points.begin(), m_points.end(),
                      [](const Point& point) { return point.drawn() && point.inTarget; }));
}

std::vector<std::size_t> OptionsChart::findFrontier() const
{
    const double signY = m_look.y == Aim::Low ? 1 : -1;
    std::vector<std::size_t> frontier;
    double best = infinity;
    for (const std::size_t index : m_order) {
        const Point& point = m_points[index];
        if (point.inTarget && point.shown && signY * point.y < best) {
            best = signY * point.y;
            frontier.push_back(index);
        }
    }
    if (m_look.x == Aim::High)
        std::reverse(frontier.begin(), frontier.end());
    return frontier;
}

void OptionsChart::drawFrontier()
{
    QVector<QCPGraphData> line;
    std::vector<QVector<QCPErrorBarsData>> bars(m_frontierBars.size());
    // The whiskers belong to the points by their order along x.
    std::vector<std::size_t> order = m_frontier;
    std::stable_sort(order.begin(), order.end(), [this](std::size_t a, std::size_t b) {
        return m_points[a].x < m_points[b].x;
    });
    for (const std::size_t index : order) {
        const Whiskers whiskers = whiskersOf(m_report->options[index]);
        line.append({ m_points[index].x, m_points[index].y });
        bars[0].append({ whiskers.left, whiskers.right });
        bars[1].append({ whiskers.down, whiskers.up });
    }
    m_frontierLine->data()->set(line, true);
    for (std::size_t i = 0; i < bars.size(); ++i)
        *m_frontierBars[i]->data() = bars[i];
}

void OptionsChart::drawSelection()
{
    m_highlight->data()->clear();
    for (QCPErrorBars* bars : m_highlightBars)
        bars->data()->clear();
    if (!m_selected || *m_selected >= m_points.size() || !m_points[*m_selected].placed())
        return;
    const Whiskers whiskers = whiskersOf(m_report->options[*m_selected]);
    m_highlight->addData(m_points[*m_selected].x, m_points[*m_selected].y);
    m_highlightBars[0]->addData(whiskers.left, whiskers.right);
    m_highlightBars[1]->addData(whiskers.down, whiskers.up);
}

void OptionsChart::setSelected(std::optional<std::size_t> option)
{
    m_selected = option;
    if (!isVisible()) {
        schedule(Work::Targets); // painting what nobody sees takes as long
        return;
    }
    drawSelection();
    plot().replot(QCustomPlot::rpQueuedReplot);
}

void OptionsChart::applyTheme(const ChartTheme& theme)
{
    const double size = QFontMetricsF(theme.font).height() * 0.34;
    QColor faint = theme.faint;
    faint.setAlphaF(0.5F);
    m_outside->setScatterStyle(
        QCPScatterStyle(QCPScatterStyle::ssCircle, QPen(faint, 0.8), Qt::NoBrush, size * 0.6));
    for (std::size_t i = 0; i < m_series.size(); ++i)
        m_series[i]->setScatterStyle(seriesMarker(i, theme, size));
    // The GPUs that share a series are background, not a choice.
    if (m_seriesNames.size() > namedSeries)
        m_series[namedSeries]->setScatterStyle(QCPScatterStyle(
            QCPScatterStyle::ssCircle, QPen(theme.faint, 1), Qt::NoBrush, size * 0.8));
    m_frontierLine->setPen(QPen(theme.text, 1.8));
    m_frontierLine->setScatterStyle(QCPScatterStyle(
        QCPScatterStyle::ssCircle, QPen(theme.background, 1), theme.text, size * 1.25));
    QColor whiskers = theme.axis;
    whiskers.setAlphaF(0.45F);
    for (QCPErrorBars* bars : m_frontierBars)
        bars->setPen(QPen(whiskers, 1));
    m_highlight->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssCircle, QPen(theme.accent, 2.5),
                                                 Qt::NoBrush, size * 2.1));
    for (QCPErrorBars* bars : m_highlightBars)
        bars->setPen(QPen(theme.accent, 2));
}

void OptionsChart::fitRanges()
{
    double left = infinity;
    double right = -infinity;
    double bottom = infinity;
    double top = -infinity;
    for (const Point& point : m_points) {
        if (!point.placed())
            continue;
        left = std::min(left, point.x);
        right = std::max(right, point.x);
        bottom = std::min(bottom, point.y);
        top = std::max(top, point.y);
    }
    if (left <= right)
        fitAround(left, right, bottom, top);
}

void OptionsChart::fitAround(double left, double right, double bottom, double top)
{
    const bool logX = left > 0 && right / left > logarithmicRatio;
    const bool logY = bottom > 0 && top / bottom > logarithmicRatio;
    setAxisLogarithmic(*plot().xAxis, logX);
    setAxisLogarithmic(*plot().yAxis, logY);
    plot().xAxis->setRange(paddedRange(left, right, logX));
    plot().yAxis->setRange(paddedRange(bottom, top, logY));
}

QPointF OptionsChart::pixelOf(std::size_t option) const
{
    return { plot().xAxis->coordToPixel(m_points[option].x),
             plot().yAxis->coordToPixel(m_points[option].y) };
}

std::optional<std::size_t> OptionsChart::optionAt(const QPointF& position) const
{
    std::optional<std::size_t> best;
    double bestDistance = hitDistance * hitDistance;
    const auto consider = [&](std::size_t index, double penalty) {
        if (!m_points[index].drawn())
            return;
        const QPointF away = pixelOf(index) - position;
        if (const double distance = QPointF::dotProduct(away, away) + penalty;
            distance < bestDistance) {
            bestDistance = distance;
            best = index;
        }
    };
    // What lies outside the targets only counts where nothing else is near.
    for (std::size_t i = 0; i < m_points.size(); ++i)
        consider(i, m_points[i].inTarget ? 1 : hitDistance * 2);
    for (const std::size_t index : m_frontier)
        consider(index, 0);
    return best;
}

std::optional<ChartView::Readout> OptionsChart::readoutOf(std::size_t option) const
{
    QString text = describe(m_report->options[option]);
    if (!m_points[option].inTarget)
        text += u'\n' + tr("outside the targets");
    return Readout { pixelOf(option), text };
}

std::optional<ChartView::Readout> OptionsChart::readoutAt(const QPointF& position) const
{
    const auto index = optionAt(position);
    return index ? readoutOf(*index) : std::nullopt;
}

bool OptionsChart::rowShown(int row) const
{
    const std::size_t index = m_table->record(row).index;
    return index >= m_shown.size() || m_shown[index] != 0;
}

bool OptionsChart::rowInView(int row) const
{
    const std::size_t index = m_table->record(row).index;
    return index < m_points.size() && m_points[index].drawn()
        && plot().xAxis->range().contains(m_points[index].x)
        && plot().yAxis->range().contains(m_points[index].y);
}

void OptionsChart::clearSelection()
{
    emit selectionCleared();
}

void OptionsChart::stepSelection(int direction)
{
    // Along the frontier: the order in which these points make sense to someone who cannot see them.
    if (m_frontier.empty())
        return;
    const auto it = m_selected ? std::find(m_frontier.begin(), m_frontier.end(), *m_selected)
                               : m_frontier.end();
    const auto count = static_cast<std::ptrdiff_t>(m_frontier.size());
    const std::ptrdiff_t position = it == m_frontier.end()
        ? (direction > 0 ? 0 : count - 1)
        : std::clamp<std::ptrdiff_t>(it - m_frontier.begin() + direction, 0, count - 1);
    const std::size_t option = m_frontier[static_cast<std::size_t>(position)];
    emit optionClicked(option);
    announce(readoutOf(option));
}

void OptionsChart::clicked(const QPointF& position, Qt::KeyboardModifiers /*modifiers*/)
{
    if (const auto option = optionAt(position))
        emit optionClicked(*option);
}

} // namespace llmd
