// SPDX-License-Identifier: GPL-3.0-or-later
#include "paretochart.h"

#include "enginetext.h"
#include "optiontext.h"

#include <widgets/charts/qcp.h>
#include <widgets/support/numberformat.h>

#include <QComboBox>
#include <QKeyEvent>
#include <QMouseEvent>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

constexpr double targetDistance = 6; // pixels
constexpr double keyStep = 1.05;

} // namespace

QString metricName(LatencyMetric metric)
{
    return metric == LatencyMetric::Ttft ? u"TTFT"_s
        : metric == LatencyMetric::Itl   ? u"ITL"_s
                                         : u"E2E"_s;
}

ParetoChart::ParetoChart(QWidget* parent)
    : OptionsChart(tr("Cost and latency"),
                   { Aim::Low, Aim::Low, tr("Frontier with 90 % interval"), true }, parent)
    , m_metricBox(new QComboBox(this))
    , m_target(addLevel(*plot().axisRect()))
    , m_budgetLine(addMoment(*plot().axisRect()))
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
    plot().xAxis->setLabel(tr("Cost [$/month]"));
    applyCurrentTheme();
}

ParetoChart::~ParetoChart() = default;

double ParetoChart::percentileOf(const Slo& slo) const
{
    const auto& target = targetOf(slo, m_metric);
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

void ParetoChart::setResults(std::shared_ptr<const SearchReport> report, const Ranking& ranking,
                             const Slo& slo)
{
    if (!m_metricChosen) {
        for (const LatencyMetric metric :
             { LatencyMetric::E2e, LatencyMetric::Ttft, LatencyMetric::Itl }) {
            if (targetOf(slo, metric)) {
                m_metric = metric;
                break;
            }
        }
        const QSignalBlocker blocker(m_metricBox);
        m_metricBox->setCurrentIndex(m_metricBox->findData(static_cast<int>(m_metric)));
    }
    OptionsChart::setResults(std::move(report), ranking, slo);
}

void ParetoChart::setMetric(LatencyMetric metric)
{
    m_metric = metric;
    const QSignalBlocker blocker(m_metricBox);
    m_metricBox->setCurrentIndex(m_metricBox->findData(static_cast<int>(metric)));
    replaceAll();
}

void ParetoChart::setBudget(std::optional<double> dollarsPerMonth)
{
    m_budget = dollarsPerMonth;
    decorate();
    plot().replot(QCustomPlot::rpQueuedReplot);
}

void ParetoChart::prepare()
{
    const QString unit = m_metric == LatencyMetric::E2e ? tr("s") : tr("ms");
    plot().yAxis->setLabel(
        tr("%1 %2 [%3]").arg(metricName(m_metric), format::percentile(percentileOf(slo())), unit));
}

OptionsChart::Place ParetoChart::placeOf(const Option& option) const
{
    return { inDollarsPerMonth(option.cost),
             inUnit(latencyOf(option.atPeak, m_metric).at(percentileOf(slo()))) };
}

OptionsChart::Whiskers ParetoChart::whiskersOf(const Option& option) const
{
    // A point where no interval holds has no whiskers.
    const LatencyEstimate& latency = latencyOf(option.atPeak, m_metric);
    const IntervalFactors interval = drawnInterval(option.atPeak, latency.tailInterval);
    const double value = inUnit(latency.at(percentileOf(slo())));
    return { 0, 0, value * (1 - interval.low), value * (interval.high - 1) };
}

QString ParetoChart::describe(const Option& option) const
{
    const LatencyEstimate& latency = latencyOf(option.atPeak, m_metric);
    const double percentile = percentileOf(slo());
    const Seconds value = latency.at(percentile);
    const QString range = drawnInterval(option.atPeak, latency.tailInterval).stated
        ? tr("%1 – %2").arg(format::duration(value * latency.tailInterval.low),
                            format::duration(value * latency.tailInterval.high))
        : intervalText(option.atPeak, latency.tailInterval);
    return tr("%1\n%2 per month\n%3 %4: %5 (%6)")
        .arg(optionText(option), format::dollars(inDollarsPerMonth(option.cost)),
             metricName(m_metric), format::percentile(percentile), format::duration(value), range);
}

QString ParetoChart::summary() const
{
    return tr("%1 of %2 options meet the targets; %3 of them are on the frontier of cost and "
              "latency.")
        .arg(countInTarget())
        .arg(pointCount())
        .arg(frontier().size());
}

bool ParetoChart::placesDiffer(const Slo& before, const Slo& after) const
{
    return percentileOf(before) != percentileOf(after);
}

QStringList ParetoChart::axisColumns() const
{
    return { u"cost_per_month"_s, u"ttft_p95"_s, u"itl_p95"_s, u"e2e_p95"_s };
}

void ParetoChart::decorate()
{
    constexpr double nowhere = std::numeric_limits<double>::quiet_NaN();
    const auto& target = targetOf(slo(), m_metric);
    placeLevel(m_target, target ? inUnit(target->limit) : nowhere,
               target ? tr("Target: %1 %2 ≤ %3 – drag")
                            .arg(metricName(m_metric), format::percentile(target->percentile),
                                 format::duration(target->limit))
                      : QString());
    placeMoment(m_budgetLine, m_budget.value_or(nowhere), tr("Budget"));
}

std::vector<ChartView::Gesture> ParetoChart::ownGestures() const
{
    return { { tr("Drag the dashed line, Alt+Up, Alt+Down"), tr("change the target") },
             { tr("Click a point"), tr("select the option") } };
}

void ParetoChart::applyTheme(const ChartTheme& theme)
{
    OptionsChart::applyTheme(theme);
    llmd::applyTheme(m_target, theme, QPen(theme.target, 1.8, Qt::DashLine));
    llmd::applyTheme(m_budgetLine, theme, QPen(theme.axis, 1.2, Qt::DashDotLine));
    QColor halo = theme.background;
    halo.setAlphaF(0.8F);
    m_target.text->setBrush(halo);
}

void ParetoChart::fitRanges()
{
    double left = std::numeric_limits<double>::infinity();
    double right = 0;
    double bottom = left;
    double top = 0;
    for (const Point& point : points()) {
        if (!point.placed())
            continue;
        left = std::min(left, point.x);
        right = std::max(right, point.x);
        bottom = std::min(bottom, point.y);
        top = std::max(top, point.y);
    }
    if (left > right)
        return;
    if (const auto& target = targetOf(slo(), m_metric)) {
        bottom = std::min(bottom, inUnit(target->limit));
        top = std::max(top, inUnit(target->limit));
    }
    fitAround(left, right, bottom, top);
}

void ParetoChart::clearSelection()
{
    if (m_dragging) {
        m_dragging = false;
        emit targetDragCancelled();
        return;
    }
    OptionsChart::clearSelection();
}

std::optional<double> ParetoChart::targetPixel() const
{
    const auto& target = targetOf(slo(), m_metric);
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
        if (const auto& target = targetOf(slo(), m_metric))
            emit targetCommitted(m_metric, target->limit);
        return true;
    default:
        return false;
    }
}

bool ParetoChart::handleKey(QKeyEvent& event)
{
    const auto& target = targetOf(slo(), m_metric);
    const bool up = event.key() == Qt::Key_Up;
    if (!target || event.modifiers() != Qt::AltModifier || !(up || event.key() == Qt::Key_Down))
        return false;
    emit targetCommitted(m_metric, up ? target->limit * keyStep : target->limit / keyStep);
    return true;
}

} // namespace llmd
