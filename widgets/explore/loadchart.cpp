// SPDX-License-Identifier: GPL-3.0-or-later
#include "loadchart.h"

#include "enginetext.h"
#include "paretochart.h"

#include <widgets/charts/unitticker.h>
#include <widgets/support/numberformat.h>

#include <QComboBox>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

constexpr double nowhere = std::numeric_limits<double>::quiet_NaN();
constexpr double logarithmicRatio = 12;
constexpr double upperShare = 1.6; // height of the latencies against that of the rates

} // namespace

LoadChart::LoadChart(QWidget* parent)
    : ChartView(tr("Latency and throughput under load"), parent)
    , m_model(std::make_unique<LoadModel>())
    , m_metricBox(new QComboBox(this))
{
    m_metricBox->setObjectName(u"loadMetric"_s);
    m_metricBox->addItem(tr("First token (TTFT)"), static_cast<int>(LatencyMetric::Ttft));
    m_metricBox->addItem(tr("Between tokens (ITL)"), static_cast<int>(LatencyMetric::Itl));
    m_metricBox->addItem(tr("End to end (E2E)"), static_cast<int>(LatencyMetric::E2e));
    m_metricBox->setAccessibleName(tr("Latency shown against the load"));
    m_metricBox->setToolTip(tr("Latency shown against the load"));
    connect(m_metricBox, &QComboBox::activated, this, [this] {
        m_metricChosen = true;
        setMetric(static_cast<LatencyMetric>(m_metricBox->currentData().toInt()));
    });
    addHeaderWidget(m_metricBox);
    buildPlot();
    setTableModel(m_model.get());
    applyCurrentTheme();
}

LoadChart::~LoadChart() = default;

LoadChart::Band LoadChart::addBand(QCPAxisRect& rect, const QString& name)
{
    QCPAxis* x = rect.axis(QCPAxis::atBottom);
    QCPAxis* y = rect.axis(QCPAxis::atLeft);
    Band band;
    band.low = plot().addGraph(x, y);
    band.high = plot().addGraph(x, y);
    band.line = plot().addGraph(x, y);
    band.low->removeFromLegend();
    band.high->setChannelFillGraph(band.low);
    band.high->setName(tr("90 % interval"));
    band.line->setName(name);
    return band;
}

void LoadChart::buildPlot()
{
    QCustomPlot& chart = plot();
    m_rates = new QCPAxisRect(&chart);
    chart.plotLayout()->addElement(1, 0, m_rates);
    chart.plotLayout()->setRowStretchFactor(0, upperShare);
    auto* margins = new QCPMarginGroup(&chart);
    for (QCPAxisRect* rect : chart.axisRects()) {
        rect->setMarginGroup(QCP::msLeft | QCP::msRight, margins);
        rect->setRangeDrag(Qt::Horizontal | Qt::Vertical);
        setAxisLogarithmic(*rect->axis(QCPAxis::atBottom), false);
    }
    setAxisLogarithmic(*m_rates->axis(QCPAxis::atLeft), false);
    m_rates->axis(QCPAxis::atLeft)->ticker()->setTickCount(3); // it is low
    chart.xAxis->setTickLabels(false); // those of the lower plot count for both
    m_rates->axis(QCPAxis::atBottom)->setLabel(tr("Load on the deployment [requests/s]"));
    m_rates->axis(QCPAxis::atLeft)->setLabel(tr("Served [requests/s]"));
    linkAxes();
    m_latency = addBand(*chart.axisRect(), {});
    m_median = chart.addGraph();
    m_median->setName(u"p50"_s);
    m_tail = chart.addGraph();
    m_tail->setName(u"p99"_s);
    QCPAxis* x = m_rates->axis(QCPAxis::atBottom);
    QCPAxis* y = m_rates->axis(QCPAxis::atLeft);
    m_goodput = addBand(*m_rates, tr("Within the targets"));
    m_goodput.high->removeFromLegend();
    m_served = chart.addGraph(x, y);
    m_served->setName(tr("Served"));
    m_target = addLevel(*chart.axisRect(), Qt::AlignLeft);
    for (QCPAxisRect* rect : chart.axisRects()) {
        m_limit.push_back(addMoment(*rect, 0));
        m_peak.push_back(addMoment(*rect, 1));
        m_knee.push_back(addMoment(*rect, 2));
    }
    placeLegend(LegendPlace::Beside);
}

double LoadChart::loadOf(const LoadPoint& point) const
{
    return point.rate.value() * m_curve->parts;
}

double LoadChart::percentile() const
{
    const auto& target = targetOf(m_curve->slo, m_metric);
    return target ? target->percentile : 95;
}

double LoadChart::inUnit(Seconds value) const
{
    return m_metric == LatencyMetric::E2e ? value.value() : inMilliseconds(value);
}

double LoadChart::kneeLoad() const
{
    return m_curve ? loadOf(m_curve->curve.knee) : nowhere;
}

double LoadChart::limitLoad() const
{
    return m_curve && m_curve->curve.withinTargets ? loadOf(*m_curve->curve.withinTargets)
                                                   : nowhere;
}

void LoadChart::setMetric(LatencyMetric metric)
{
    m_metric = metric;
    const QSignalBlocker blocker(m_metricBox);
    m_metricBox->setCurrentIndex(m_metricBox->findData(static_cast<int>(metric)));
    rebuild();
    resetView();
}

void LoadChart::setCurve(std::shared_ptr<const DeploymentCurve> curve, const QString& reason)
{
    m_curve = std::move(curve);
    m_step = 0;
    if (m_curve && !m_metricChosen) {
        for (const LatencyMetric metric :
             { LatencyMetric::E2e, LatencyMetric::Itl, LatencyMetric::Ttft }) {
            if (targetOf(m_curve->slo, metric))
                m_metric = metric;
        }
        // What ends the load says more than what is far from its limit.
        m_metric = m_curve->curve.binding.value_or(m_metric);
        const QSignalBlocker blocker(m_metricBox);
        m_metricBox->setCurrentIndex(m_metricBox->findData(static_cast<int>(m_metric)));
    }
    setMessage(m_curve ? QString() : reason);
    rebuild();
    resetView();
}

void LoadChart::rebuild()
{
    std::vector<LoadRow> rows;
    if (m_curve) {
        for (const LoadPoint& point : m_curve->curve.points)
            rows.push_back({ point, m_curve->parts });
    }
    m_model->setRows(std::move(rows));
    for (int i = 0; i < plot().graphCount(); ++i)
        plot().graph(i)->data()->clear();
    for (QCPAxisRect* rect : plot().axisRects())
        rect->setVisible(m_curve != nullptr);
    plot().legend->setVisible(m_curve != nullptr);
    drawMarks();
    if (m_curve) {
        drawLatency();
        drawRates();
    }
    describeCurve();
    arrangeLegend();
    plot().replot(QCustomPlot::rpQueuedReplot);
}

void LoadChart::drawLatency()
{
    const double quantile = percentile();
    m_latency.line->setName(format::percentile(quantile));
    m_tail->setVisible(quantile != 99);
    quantile != 99 ? static_cast<void>(m_tail->addToLegend())
                   : static_cast<void>(m_tail->removeFromLegend());
    for (const LoadPoint& point : m_curve->curve.points) {
        const double load = loadOf(point);
        const LatencyEstimate& latency = latencyOf(point.estimate, m_metric);
        const double value = inUnit(latency.at(quantile));
        const IntervalFactors interval = drawnInterval(point.estimate, latency.tailInterval);
        m_median->addData(load, inUnit(latency.p50));
        m_latency.line->addData(load, value);
        // Where no interval holds there is a gap.
        m_latency.low->addData(load, interval.stated ? value * interval.low : nowhere);
        m_latency.high->addData(load, interval.stated ? value * interval.high : nowhere);
        m_tail->addData(load, inUnit(latency.p99));
    }
    const QString unit = m_metric == LatencyMetric::E2e ? tr("s") : tr("ms");
    plot().yAxis->setLabel(tr("%1 [%2]").arg(metricName(m_metric), unit));
}

void LoadChart::drawRates()
{
    for (const LoadPoint& point : m_curve->curve.points) {
        const double load = loadOf(point);
        const double good = point.goodput.value() * m_curve->parts;
        m_served->addData(load, point.estimate.requestRate.value() * m_curve->parts);
        m_goodput.line->addData(load, good);
        m_goodput.low->addData(load, load * point.attainment.low);
        m_goodput.high->addData(load, load * point.attainment.high);
    }
}

void LoadChart::drawMarks()
{
    const auto& target =
        m_curve ? targetOf(m_curve->slo, m_metric) : std::optional<LatencyTarget>();
    placeLevel(
        m_target, target ? inUnit(target->limit) : nowhere,
        target ? tr("Target: %1 ≤ %2")
                     .arg(format::percentile(target->percentile), format::duration(target->limit))
               : QString());
    const auto mark = [](const std::vector<MarkedLine>& lines, double load, const QString& text) {
        // The text stands in the upper plot only.
        for (std::size_t i = 0; i < lines.size(); ++i)
            placeMoment(lines[i], load, i == 0 ? text : QString());
    };
    const auto loadText = [](double load) { return format::rate(RequestsPerSecond(load)); };
    mark(m_peak, m_curve ? m_curve->peak.value() : nowhere,
         m_curve ? tr("Planned peak: %1").arg(loadText(m_curve->peak.value())) : QString());
    mark(m_knee, kneeLoad(), tr("Knee: %1").arg(loadText(kneeLoad())));
    mark(m_limit, limitLoad(), tr("Within targets up to %1").arg(loadText(limitLoad())));
}

void LoadChart::describeCurve()
{
    if (!m_curve) {
        setSummary(message());
        return;
    }
    QString text =
        tr("Served without a growing queue: up to %1. Knee: %2.")
            .arg(format::rate(m_curve->curve.saturation * static_cast<double>(m_curve->parts)),
                 format::rate(RequestsPerSecond(kneeLoad())));
    text += u' ';
    text += std::isfinite(limitLoad())
        ? tr("Within the targets up to %1; the planned peak is %2.")
              .arg(format::rate(RequestsPerSecond(limitLoad())), format::rate(m_curve->peak))
        : tr("No load is within the targets.");
    setSummary(text);
}

void LoadChart::applyTheme(const ChartTheme& theme)
{
    const auto band = [&theme](const Band& shown, const QColor& color) {
        QColor fill = color;
        fill.setAlphaF(theme.dark ? 0.25F : 0.16F);
        shown.low->setPen(Qt::NoPen);
        shown.high->setPen(Qt::NoPen);
        shown.high->setBrush(fill);
        shown.line->setPen(QPen(color, 2.2));
    };
    band(m_latency, theme.series[0]);
    band(m_goodput, theme.series[2]);
    // Dashes as well as colours tell the lines apart.
    m_median->setPen(QPen(theme.series[7], 1.6, Qt::DotLine));
    m_tail->setPen(QPen(theme.series[1], 1.6, Qt::DashLine));
    m_served->setPen(QPen(theme.text, 1.6, Qt::DashDotLine));
    llmd::applyTheme(m_target, theme, QPen(theme.target, 1.8, Qt::DashLine));
    for (const MarkedLine& line : m_peak)
        llmd::applyTheme(line, theme, QPen(theme.text, 1.4));
    for (const MarkedLine& line : m_knee)
        llmd::applyTheme(line, theme, QPen(theme.text, 1.2, Qt::DotLine));
    for (const MarkedLine& line : m_limit)
        llmd::applyTheme(line, theme, QPen(theme.target, 1.4, Qt::DashDotLine));
}

void LoadChart::fitRanges()
{
    if (!m_curve || m_curve->curve.points.empty())
        return;
    double low = std::numeric_limits<double>::infinity();
    double high = 0;
    for (const LoadPoint& point : m_curve->curve.points) {
        const LatencyEstimate& latency = latencyOf(point.estimate, m_metric);
        low = std::min(low, inUnit(latency.p50));
        high = std::max(high, inUnit(latency.p99));
    }
    if (const auto& target = targetOf(m_curve->slo, m_metric)) {
        low = std::min(low, inUnit(target->limit));
        high = std::max(high, inUnit(target->limit) * 1.3);
    }
    const double last = std::max(loadOf(m_curve->curve.points.back()), m_curve->peak.value());
    const bool logarithmic = low > 0 && high / low > logarithmicRatio;
    setAxisLogarithmic(*plot().yAxis, logarithmic);
    plot().yAxis->setRange(paddedRange(low, high, logarithmic));
    plot().xAxis->setRange(0, last * 1.03);
    m_rates->axis(QCPAxis::atLeft)->setRange(0, last * 1.06);
}

QString LoadChart::describe(const LoadPoint& point) const
{
    const LatencyEstimate& latency = latencyOf(point.estimate, m_metric);
    return tr("%1 (%2 of what it serves)\n%3 p50 %4, p95 %5, p99 %6 (%7)\n%8\n%9")
        .arg(format::rate(RequestsPerSecond(loadOf(point))), format::percent(point.utilization),
             metricName(m_metric), format::duration(latency.p50), format::duration(latency.p95),
             format::duration(latency.p99), intervalText(point.estimate, latency.tailInterval),
             tr("%1 of the requests within the targets")
                 .arg(format::percent(point.attainment.share)),
             format::tokenRate(point.estimate.outputThroughput
                               * static_cast<double>(m_curve->parts)));
}

std::optional<ChartView::Readout> LoadChart::readoutOf(std::size_t point) const
{
    const LoadPoint& found = m_curve->curve.points[point];
    const double value = inUnit(latencyOf(found.estimate, m_metric).at(percentile()));
    return Readout { { plot().xAxis->coordToPixel(loadOf(found)),
                       plot().yAxis->coordToPixel(value) },
                     describe(found) };
}

std::optional<ChartView::Readout> LoadChart::readoutAt(const QPointF& position) const
{
    if (!m_curve || m_curve->curve.points.empty())
        return std::nullopt;
    const auto rects = plot().axisRects();
    if (std::none_of(rects.begin(), rects.end(), [&position](const QCPAxisRect* rect) {
            return rect->rect().contains(position.toPoint());
        }))
        return std::nullopt;
    const auto& points = m_curve->curve.points;
    std::size_t nearest = 0;
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < points.size(); ++i) {
        const double away = std::abs(plot().xAxis->coordToPixel(loadOf(points[i])) - position.x());
        if (away < least) {
            least = away;
            nearest = i;
        }
    }
    return readoutOf(nearest);
}

void LoadChart::stepSelection(int direction)
{
    if (!m_curve || m_curve->curve.points.empty())
        return;
    const auto last = static_cast<std::ptrdiff_t>(m_curve->curve.points.size()) - 1;
    m_step = static_cast<std::size_t>(
        std::clamp<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(m_step) + direction, 0, last));
    announce(readoutOf(m_step));
}

bool LoadChart::rowInView(int row) const
{
    return m_curve
        && plot().xAxis->range().contains(m_model->record(row).point.rate.value() * m_curve->parts);
}

} // namespace llmd
