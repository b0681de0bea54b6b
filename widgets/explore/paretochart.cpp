// SPDX-License-Identifier: GPL-3.0-or-later
#include "paretochart.h"

#include "enginetext.h"
#include "optionsmodel.h"

#include <widgets/charts/qcp.h>
#include <widgets/charts/unitticker.h>
#include <widgets/support/numberformat.h>
#include <widgets/support/qtbridge.h>
#include <widgets/support/theme.h>

#include <QComboBox>
#include <QKeyEvent>
#include <QMouseEvent>

#include <algorithm>
#include <limits>
#include <map>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

constexpr double hitDistance = 9; // pixels
constexpr double targetDistance = 6; // pixels
constexpr double keyStep = 1.05;
constexpr double logarithmicRatio = 12;
constexpr std::size_t namedSeries = 6; // GPUs with a colour of their own; the others share one

QCPScatterStyle marker(std::size_t series, const QColor& color, double size)
{
    const auto shape = static_cast<QCPScatterStyle::ScatterShape>(markerShape(series));
    QColor fill = color;
    fill.setAlphaF(0.35F);
    QColor edge = color;
    edge.setAlphaF(0.75F);
    return { shape, QPen(edge, 1), QBrush(fill), size };
}

} // namespace

std::optional<LatencyTarget>& targetOf(Slo& slo, LatencyMetric metric)
{
    return metric == LatencyMetric::Ttft ? slo.ttft
        : metric == LatencyMetric::Itl   ? slo.itl
                                         : slo.e2e;
}

const std::optional<LatencyTarget>& targetOf(const Slo& slo, LatencyMetric metric)
{
    return metric == LatencyMetric::Ttft ? slo.ttft
        : metric == LatencyMetric::Itl   ? slo.itl
                                         : slo.e2e;
}

QString metricName(LatencyMetric metric)
{
    return metric == LatencyMetric::Ttft ? u"TTFT"_s
        : metric == LatencyMetric::Itl   ? u"ITL"_s
                                         : u"E2E"_s;
}

ParetoChart::ParetoChart(QWidget* parent)
    : ChartView(tr("Cost and latency"), parent)
    , m_metricBox(new QComboBox(this))
{
    m_metricBox->setObjectName(u"latencyMetric"_s);
    m_metricBox->addItem(tr("End to end (E2E)"), static_cast<int>(LatencyMetric::E2e));
    m_metricBox->addItem(tr("First token (TTFT)"), static_cast<int>(LatencyMetric::Ttft));
    m_metricBox->addItem(tr("Between tokens (ITL)"), static_cast<int>(LatencyMetric::Itl));
    m_metricBox->setAccessibleName(tr("Latency shown in the chart"));
    m_metricBox->setToolTip(tr("Latency shown in the chart"));
    connect(m_metricBox, &QComboBox::activated, this, [this] {
        m_metricChosen = true;
        setMetric(static_cast<LatencyMetric>(m_metricBox->currentData().toInt()));
    });
    addHeaderWidget(m_metricBox);
    buildPlot();
    applyCurrentTheme();
}

ParetoChart::~ParetoChart() = default;

void ParetoChart::buildPlot()
{
    QCustomPlot& chart = plot();
    chart.xAxis->setLabel(tr("Cost [$/month]"));
    m_outside = chart.addGraph();
    m_outside->setLineStyle(QCPGraph::lsNone);
    m_outside->setName(tr("Outside the targets"));
    for (std::size_t i = 0; i <= namedSeries; ++i) {
        QCPGraph* series = chart.addGraph();
        series->setLineStyle(QCPGraph::lsNone);
        m_series.push_back(series);
    }
    m_frontierLine = chart.addGraph();
    m_frontierLine->setName(tr("Frontier with 90 % interval"));
    m_frontierBars = new QCPErrorBars(chart.xAxis, chart.yAxis);
    m_frontierBars->setDataPlottable(m_frontierLine);
    m_frontierBars->removeFromLegend();
    m_highlight = chart.addGraph();
    m_highlight->setLineStyle(QCPGraph::lsNone);
    m_highlight->removeFromLegend();
    m_highlightBars = new QCPErrorBars(chart.xAxis, chart.yAxis);
    m_highlightBars->setDataPlottable(m_highlight);
    m_highlightBars->removeFromLegend();
    for (QCPErrorBars* bars : { m_frontierBars, m_highlightBars }) {
        bars->setErrorType(QCPErrorBars::etValueError);
        bars->setSymbolGap(0);
        bars->setWhiskerWidth(5);
    }

    m_targetLine = new QCPItemStraightLine(&chart);
    m_targetLine->setVisible(false);
    m_targetText = new QCPItemText(&chart);
    m_targetText->position->setTypeX(QCPItemPosition::ptAxisRectRatio);
    m_targetText->position->setTypeY(QCPItemPosition::ptPlotCoords);
    m_targetText->setPositionAlignment(Qt::AlignRight | Qt::AlignBottom);
    m_targetText->setPadding(QMargins(4, 1, 4, 1));
    m_targetText->setVisible(false);
    m_budgetLine = new QCPItemStraightLine(&chart);
    m_budgetLine->setVisible(false);

    // Beside the points: on top of them it would hide the most expensive ones.
    auto* legendColumn = new QCPLayoutGrid;
    chart.plotLayout()->addElement(0, 1, legendColumn);
    legendColumn->addElement(0, 0, chart.legend);
    legendColumn->addElement(1, 0, new QCPLayoutElement);
    legendColumn->setRowStretchFactor(0, 0.001);
    chart.plotLayout()->setColumnStretchFactor(1, 0.001);
    chart.legend->setVisible(true);
}

const LatencyEstimate& ParetoChart::latencyOf(const Option& option) const
{
    return m_metric == LatencyMetric::Ttft ? option.atPeak.ttft
        : m_metric == LatencyMetric::Itl   ? option.atPeak.itl
                                           : option.atPeak.e2e;
}

IntervalFactors ParetoChart::drawnInterval(const Option& option) const
{
    return llmd::drawnInterval(option.atPeak, latencyOf(option).tailInterval);
}

double ParetoChart::percentile() const
{
    const auto& target = targetOf(m_slo, m_metric);
    return target ? target->percentile : 95;
}

double ParetoChart::inUnit(Seconds value) const
{
    return m_metric == LatencyMetric::E2e ? value.value() : inMilliseconds(value);
}

Seconds ParetoChart::fromUnit(double value) const
{
    return m_metric == LatencyMetric::E2e ? Seconds(value) : milliseconds(value);
}

void ParetoChart::setOptionsModel(OptionsModel& model)
{
    m_table = &model;
    setTableModel(&model);
}

void ParetoChart::setResults(std::shared_ptr<const SearchReport> report, const Ranking& ranking,
                             const Slo& slo)
{
    m_report = std::move(report);
    m_slo = slo;
    m_selected.reset();
    if (!m_metricChosen)
        preferMetricWithTarget();
    rebuildPoints();
    assignSeries();
    setRanking(ranking, slo);
    applyCurrentTheme();
    resetView();
}

void ParetoChart::preferMetricWithTarget()
{
    for (const LatencyMetric metric :
         { LatencyMetric::E2e, LatencyMetric::Ttft, LatencyMetric::Itl }) {
        if (targetOf(m_slo, metric)) {
            m_metric = metric;
            break;
        }
    }
    const QSignalBlocker blocker(m_metricBox);
    m_metricBox->setCurrentIndex(m_metricBox->findData(static_cast<int>(m_metric)));
}

void ParetoChart::rebuildPoints()
{
    m_points.assign(m_report ? m_report->options.size() : 0, Point {});
    const double quantile = percentile();
    for (std::size_t i = 0; i < m_points.size(); ++i) {
        const Option& option = m_report->options[i];
        m_points[i].cost = inDollarsPerMonth(option.cost);
        m_points[i].latency = inUnit(latencyOf(option).at(quantile));
    }
    const QString unit = m_metric == LatencyMetric::E2e ? tr("s") : tr("ms");
    plot().yAxis->setLabel(
        tr("%1 %2 [%3]").arg(metricName(m_metric), format::percentile(quantile), unit));
}

void ParetoChart::assignSeries()
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
}

void ParetoChart::setRanking(const Ranking& ranking, const Slo& slo)
{
    const double before = percentile();
    m_slo = slo;
    if (percentile() != before)
        rebuildPoints();
    for (Point& point : m_points)
        point.inTarget = false;
    for (const std::size_t index : ranking.of(View::LowestCost)) {
        if (index < m_points.size())
            m_points[index].inTarget = true;
    }
    updatePoints();
    updateFrontier();
    updateTarget();
    updateHighlight();
    updateSummary();
    plot().replot(QCustomPlot::rpQueuedReplot);
}

void ParetoChart::updatePoints()
{
    QVector<QCPGraphData> outside;
    std::vector<QVector<QCPGraphData>> inside(m_series.size());
    for (const Point& point : m_points)
        (point.inTarget ? inside[point.series] : outside).append({ point.cost, point.latency });
    // Options come ordered by cost, so the containers need no sorting.
    m_outside->data()->set(outside, false);
    for (std::size_t i = 0; i < m_series.size(); ++i)
        m_series[i]->data()->set(inside[i], false);
}

void ParetoChart::updateFrontier()
{
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < m_points.size(); ++i) {
        if (m_points[i].inTarget)
            order.push_back(i);
    }
    std::sort(order.begin(), order.end(), [this](std::size_t a, std::size_t b) {
        return std::pair(m_points[a].cost, m_points[a].latency)
            < std::pair(m_points[b].cost, m_points[b].latency);
    });
    m_frontier.clear();
    double best = std::numeric_limits<double>::infinity();
    for (const std::size_t index : order) {
        if (m_points[index].latency < best) {
            best = m_points[index].latency;
            m_frontier.push_back(index);
        }
    }
    QVector<QCPGraphData> line;
    QVector<QCPErrorBarsData> bars;
    for (const std::size_t index : m_frontier) {
        const Point& point = m_points[index];
        const IntervalFactors interval = drawnInterval(m_report->options[index]);
        line.append({ point.cost, point.latency });
        bars.append({ point.latency * (1 - interval.low), point.latency * (interval.high - 1) });
    }
    m_frontierLine->data()->set(line, true);
    m_frontierBars->data()->clear();
    for (const auto& bar : bars)
        m_frontierBars->data()->append(bar);
}

void ParetoChart::updateTarget()
{
    const auto& target = targetOf(m_slo, m_metric);
    m_targetLine->setVisible(target.has_value());
    m_targetText->setVisible(target.has_value());
    if (target) {
        const double value = inUnit(target->limit);
        m_targetLine->point1->setCoords(1, value);
        m_targetLine->point2->setCoords(2, value);
        m_targetText->position->setCoords(1, value);
        m_targetText->setText(tr("Target: %1 %2 ≤ %3 – drag")
                                  .arg(metricName(m_metric), format::percentile(target->percentile),
                                       format::duration(target->limit)));
    }
    m_budgetLine->setVisible(m_budget.has_value());
    if (m_budget) {
        m_budgetLine->point1->setCoords(*m_budget, 1);
        m_budgetLine->point2->setCoords(*m_budget, 2);
    }
}

void ParetoChart::updateHighlight()
{
    m_highlight->data()->clear();
    m_highlightBars->data()->clear();
    if (!m_selected || *m_selected >= m_points.size())
        return;
    const Point& point = m_points[*m_selected];
    const IntervalFactors interval = drawnInterval(m_report->options[*m_selected]);
    m_highlight->addData(point.cost, point.latency);
    m_highlightBars->addData(point.latency * (1 - interval.low),
                             point.latency * (interval.high - 1));
}

void ParetoChart::updateSummary()
{
    const auto inside = std::count_if(m_points.begin(), m_points.end(),
                                      [](const Point& point) { return point.inTarget; });
    setSummary(
        tr("%1 of %2 options meet the targets; %3 of them are on the frontier of cost and latency.")
            .arg(inside)
            .arg(m_points.size())
            .arg(m_frontier.size()));
}

void ParetoChart::setSelected(std::optional<std::size_t> option)
{
    m_selected = option;
    updateHighlight();
    plot().replot(QCustomPlot::rpQueuedReplot);
}

void ParetoChart::setBudget(std::optional<double> dollarsPerMonth)
{
    m_budget = dollarsPerMonth;
    updateTarget();
    plot().replot(QCustomPlot::rpQueuedReplot);
}

void ParetoChart::setMetric(LatencyMetric metric)
{
    m_metric = metric;
    const QSignalBlocker blocker(m_metricBox);
    m_metricBox->setCurrentIndex(m_metricBox->findData(static_cast<int>(metric)));
    std::vector<Point> old = std::move(m_points);
    rebuildPoints();
    for (std::size_t i = 0; i < m_points.size(); ++i) {
        m_points[i].series = old[i].series;
        m_points[i].inTarget = old[i].inTarget;
    }
    updatePoints();
    updateFrontier();
    updateTarget();
    updateHighlight();
    resetView();
}

void ParetoChart::applyTheme(const ChartTheme& theme)
{
    const double size = QFontMetricsF(theme.font).height() * 0.34;
    QColor faint = theme.faint;
    faint.setAlphaF(0.5F);
    m_outside->setScatterStyle(
        QCPScatterStyle(QCPScatterStyle::ssCircle, QPen(faint, 0.8), Qt::NoBrush, size * 0.6));
    for (std::size_t i = 0; i < m_series.size(); ++i)
        m_series[i]->setScatterStyle(marker(i, theme.series[i], size));
    // The GPUs that share a series are background, not a choice.
    if (m_seriesNames.size() > namedSeries)
        m_series[namedSeries]->setScatterStyle(QCPScatterStyle(
            QCPScatterStyle::ssCircle, QPen(theme.faint, 1), Qt::NoBrush, size * 0.8));
    m_frontierLine->setPen(QPen(theme.text, 1.8));
    m_frontierLine->setScatterStyle(QCPScatterStyle(
        QCPScatterStyle::ssCircle, QPen(theme.background, 1), theme.text, size * 1.25));
    QColor whiskers = theme.axis;
    whiskers.setAlphaF(0.45F);
    m_frontierBars->setPen(QPen(whiskers, 1));
    m_highlight->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssCircle, QPen(theme.accent, 2.5),
                                                 Qt::NoBrush, size * 2.1));
    m_highlightBars->setPen(QPen(theme.accent, 2));
    m_targetLine->setPen(QPen(theme.target, 1.8, Qt::DashLine));
    m_targetText->setColor(theme.target);
    m_targetText->setFont(theme.font);
    QColor halo = theme.background;
    halo.setAlphaF(0.8F);
    m_targetText->setBrush(halo);
    m_budgetLine->setPen(QPen(theme.axis, 1.2, Qt::DashDotLine));
}

void ParetoChart::fitRanges()
{
    if (m_points.empty())
        return;
    double costLow = std::numeric_limits<double>::infinity();
    double costHigh = 0;
    double latencyLow = costLow;
    double latencyHigh = 0;
    for (const Point& point : m_points) {
        costLow = std::min(costLow, point.cost);
        costHigh = std::max(costHigh, point.cost);
        latencyLow = std::min(latencyLow, point.latency);
        latencyHigh = std::max(latencyHigh, point.latency);
    }
    if (const auto& target = targetOf(m_slo, m_metric)) {
        latencyLow = std::min(latencyLow, inUnit(target->limit));
        latencyHigh = std::max(latencyHigh, inUnit(target->limit));
    }
    const bool logCost = costLow > 0 && costHigh / costLow > logarithmicRatio;
    const bool logLatency = latencyLow > 0 && latencyHigh / latencyLow > logarithmicRatio;
    setAxisLogarithmic(*plot().xAxis, logCost);
    setAxisLogarithmic(*plot().yAxis, logLatency);
    plot().xAxis->setRange(paddedRange(costLow, costHigh, logCost));
    plot().yAxis->setRange(paddedRange(latencyLow, latencyHigh, logLatency));
}

std::optional<std::size_t> ParetoChart::optionAt(const QPointF& position) const
{
    std::optional<std::size_t> best;
    double bestDistance = hitDistance * hitDistance;
    const auto consider = [&](std::size_t index, double penalty) {
        const double dx = plot().xAxis->coordToPixel(m_points[index].cost) - position.x();
        const double dy = plot().yAxis->coordToPixel(m_points[index].latency) - position.y();
        if (const double distance = dx * dx + dy * dy + penalty; distance < bestDistance) {
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

std::optional<ChartView::Readout> ParetoChart::readoutAt(const QPointF& position) const
{
    const auto index = optionAt(position);
    if (!index)
        return std::nullopt;
    const Option& option = m_report->options[*index];
    const LatencyEstimate& latency = latencyOf(option);
    const Seconds value = latency.at(percentile());
    const Point& point = m_points[*index];
    const QString range = drawnInterval(option).stated
        ? tr("%1 – %2").arg(format::duration(value * latency.tailInterval.low),
                            format::duration(value * latency.tailInterval.high))
        : intervalText(option.atPeak, latency.tailInterval);
    QString text =
        tr("%1\n%2 on %3\n%4 per month\n%5 %6: %7 (%8)")
            .arg(modelText(*option.candidate.model), topologyText(option.candidate.topology),
                 gpuText(*option.candidate.gpu), format::dollars(point.cost), metricName(m_metric),
                 format::percentile(percentile()), format::duration(value), range);
    if (!point.inTarget)
        text += u'\n' + tr("outside the targets");
    return Readout {
        { plot().xAxis->coordToPixel(point.cost), plot().yAxis->coordToPixel(point.latency) }, text
    };
}

bool ParetoChart::rowInView(int row) const
{
    if (!m_table)
        return true;
    const Point& point = m_points[m_table->record(row).index];
    return plot().xAxis->range().contains(point.cost)
        && plot().yAxis->range().contains(point.latency);
}

void ParetoChart::clearSelection()
{
    if (m_dragging) {
        m_dragging = false;
        emit targetDragCancelled();
        return;
    }
    emit selectionCleared();
}

void ParetoChart::stepSelection(int direction)
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
    showReadout(readoutAt({ plot().xAxis->coordToPixel(m_points[option].cost),
                            plot().yAxis->coordToPixel(m_points[option].latency) }));
}

void ParetoChart::clicked(const QPointF& position, Qt::KeyboardModifiers /*modifiers*/)
{
    if (const auto option = optionAt(position))
        emit optionClicked(*option);
}

std::optional<double> ParetoChart::targetPixel() const
{
    const auto& target = targetOf(m_slo, m_metric);
    return target ? std::optional(plot().yAxis->coordToPixel(inUnit(target->limit))) : std::nullopt;
}

bool ParetoChart::isOnTarget(const QPointF& position) const
{
    const auto pixel = targetPixel();
    return pixel && std::abs(*pixel - position.y()) <= targetDistance
        && plot().axisRect()->rect().contains(position.toPoint());
}

bool ParetoChart::startDrag(const QMouseEvent& event)
{
    m_dragging = event.button() == Qt::LeftButton && event.modifiers() == Qt::NoModifier
        && isOnTarget(event.position());
    return m_dragging;
}

void ParetoChart::dragTo(const QPointF& position)
{
    const QRect area = plot().axisRect()->rect();
    const double y = std::clamp(position.y(), static_cast<double>(area.top()),
                                static_cast<double>(area.bottom()));
    // Three digits: nobody means 118.328 ms, and the number ends up in the requirements.
    const double raw = plot().yAxis->pixelToCoord(y);
    const double unit = std::pow(10.0, std::floor(std::log10(std::max(raw, 1e-6))) - 2);
    emit targetDragged(m_metric, fromUnit(std::round(raw / unit) * unit));
}

bool ParetoChart::handleMouse(QMouseEvent& event)
{
    switch (event.type()) {
    case QEvent::MouseButtonPress:
        return startDrag(event);
    case QEvent::MouseMove:
        if (m_dragging) {
            dragTo(event.position());
            return true;
        }
        plot().setCursor(isOnTarget(event.position()) ? Qt::SizeVerCursor : Qt::ArrowCursor);
        return false;
    case QEvent::MouseButtonRelease:
        if (!m_dragging)
            return false;
        m_dragging = false;
        if (const auto& target = targetOf(m_slo, m_metric))
            emit targetCommitted(m_metric, target->limit);
        return true;
    default:
        return false;
    }
}

bool ParetoChart::handleKey(QKeyEvent& event)
{
    const auto& target = targetOf(m_slo, m_metric);
    const bool up = event.key() == Qt::Key_Up;
    if (!target || event.modifiers() != Qt::AltModifier || !(up || event.key() == Qt::Key_Down))
        return false;
    emit targetCommitted(m_metric, up ? target->limit * keyStep : target->limit / keyStep);
    return true;
}

} // namespace llmd
