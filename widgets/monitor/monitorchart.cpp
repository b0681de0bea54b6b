// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitorchart.h"

#include <widgets/charts/chartparts.h>
#include <widgets/charts/qcp.h>
#include <widgets/charts/unitticker.h>
#include <widgets/support/qtbridge.h>

#include <QComboBox>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

constexpr double nowhere = std::numeric_limits<double>::quiet_NaN();
constexpr double markerSize = 6;
constexpr std::size_t mostMarkers = 120; // more would cover the line
constexpr double shortestSpan = 120; // s on the axis

const ComparedFigure* figureIn(const MonitorSample& sample, const QString& id)
{
    const auto it = std::find_if(
        sample.figures.begin(), sample.figures.end(),
        [name = fromQString(id)](const ComparedFigure& figure) { return figure.id == name; });
    return it == sample.figures.end() ? nullptr : &*it;
}

} // namespace

MonitorChart::MonitorChart(QWidget* parent)
    : ChartView(tr("Observed and predicted"), parent)
    , m_model(std::make_unique<SamplesModel>())
    , m_figure(u"ttft_mean"_s)
    , m_scale(monitorformat::scaleOf("s"))
    , m_box(new QComboBox(this))
{
    m_box->setObjectName(u"monitorFigure"_s);
    m_box->setAccessibleName(tr("Figure shown over time"));
    m_box->setToolTip(tr("Figure shown over time"));
    m_box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    connect(m_box, &QComboBox::activated, this,
            [this] { setFigure(m_box->currentData().toString()); });
    addHeaderWidget(m_box);
    buildPlot();
    setTableModel(m_model.get());
    applyCurrentTheme();
    rebuild();
}

MonitorChart::~MonitorChart() = default;

void MonitorChart::buildPlot()
{
    QCustomPlot& chart = plot();
    auto ticker = QSharedPointer<QCPAxisTickerDateTime>(new QCPAxisTickerDateTime);
    ticker->setDateTimeFormat(u"HH:mm:ss"_s);
    ticker->setTickCount(5);
    chart.xAxis->setTicker(ticker);
    chart.xAxis->setLabel(tr("Time of day"));
    setAxisLogarithmic(*chart.yAxis, false);
    chart.axisRect()->setRangeDrag(Qt::Horizontal | Qt::Vertical);
    m_low = chart.addGraph();
    m_high = chart.addGraph();
    m_predicted = chart.addGraph();
    m_observed = chart.addGraph();
    m_low->removeFromLegend();
    m_high->setChannelFillGraph(m_low);
    m_high->setName(tr("90 % interval"));
    m_predicted->setName(tr("Predicted for the observed load"));
    m_observed->setName(tr("Observed"));
    placeLegend(LegendPlace::Below);
}

void MonitorChart::addSample(MonitorSample sample)
{
    for (const ComparedFigure& figure : sample.figures) {
        const QString id = toQString(figure.id);
        if (m_box->findData(id) < 0)
            m_box->addItem(monitorformat::figureName(figure), id);
    }
    if (const int index = m_box->findData(m_figure); index >= 0)
        m_box->setCurrentIndex(index);
    m_samples.push_back(std::move(sample));
    if (m_samples.size() > mostSamples)
        m_samples.pop_front();
    rebuild();
}

void MonitorChart::clear()
{
    m_samples.clear();
    m_step = 0;
    rebuild();
}

void MonitorChart::setFigure(const QString& id)
{
    m_figure = id;
    if (const int index = m_box->findData(id); index >= 0)
        m_box->setCurrentIndex(index);
    rebuild();
    resetView();
}

void MonitorChart::rebuild()
{
    std::vector<FigureSample> rows;
    for (QCPGraph* graph : { m_low, m_high, m_predicted, m_observed })
        graph->data()->clear();
    for (const MonitorSample& sample : m_samples) {
        const ComparedFigure* figure = figureIn(sample, m_figure);
        if (!figure)
            continue;
        m_scale = monitorformat::scaleOf(figure->unit);
        m_name = monitorformat::figureName(*figure);
        FigureSample row;
        row.time = sample.time;
        row.verdict = figure->verdict;
        if (figure->observed)
            row.observed = figure->observed->value * m_scale.factor;
        if (figure->predicted) {
            row.predicted = figure->predicted->value * m_scale.factor;
            if (figure->predicted->stated) {
                row.low = figure->predicted->low * m_scale.factor;
                row.high = figure->predicted->high * m_scale.factor;
            }
        }
        m_low->addData(row.time, row.low.value_or(nowhere));
        m_high->addData(row.time, row.high.value_or(nowhere));
        m_predicted->addData(row.time, row.predicted.value_or(nowhere));
        m_observed->addData(row.time, row.observed.value_or(nowhere));
        rows.push_back(row);
    }
    const bool any = !rows.empty();
    plot().yAxis->setLabel(tr("%1 [%2]").arg(m_name, m_scale.unit));
    plot().legend->setVisible(any);
    setMessage(any ? QString() : tr("Nothing was compared yet."));
    const FigureSample* last = any ? &rows.back() : nullptr;
    setSummary(last && last->observed && last->predicted
                   ? tr("%1: observed %2 %4, predicted %3 %4.")
                         .arg(m_name, format::number(*last->observed),
                              format::number(*last->predicted), m_scale.unit)
                   : message());
    m_model->setRows(std::move(rows));
    arrangeLegend();
    refit();
    applyTheme(theme());
    plot().replot(QCustomPlot::rpQueuedReplot);
}

void MonitorChart::applyTheme(const ChartTheme& theme)
{
    QColor fill = theme.series[0];
    fill.setAlphaF(theme.dark ? 0.28F : 0.18F);
    m_low->setPen(Qt::NoPen);
    m_high->setPen(Qt::NoPen);
    m_high->setBrush(fill);
    m_predicted->setPen(QPen(theme.series[0], 1.8, Qt::DashLine));
    m_observed->setPen(QPen(theme.series[1], 2.2));
    // A single point needs a mark to be seen at all.
    m_observed->setScatterStyle(m_samples.size() <= mostMarkers
                                    ? seriesMarker(1, theme, markerSize)
                                    : QCPScatterStyle(QCPScatterStyle::ssNone));
}

void MonitorChart::fitRanges()
{
    const auto& rows = m_model->rows();
    if (rows.empty())
        return;
    double high = 0;
    for (const FigureSample& row : rows) {
        for (const auto& value : { row.observed, row.predicted, row.high }) {
            if (value && std::isfinite(*value))
                high = std::max(high, *value);
        }
    }
    const double last = rows.back().time;
    const double first = std::min(rows.front().time, last - shortestSpan);
    plot().xAxis->setRange(first, last + 0.03 * (last - first));
    plot().yAxis->setRange(0, high > 0 ? high * 1.12 : 1);
}

std::optional<ChartView::Readout> MonitorChart::readoutOf(std::size_t index) const
{
    const FigureSample& row = m_model->rows()[index];
    const auto number = [this](const std::optional<double>& value) {
        return value ? tr("%1 %2").arg(format::number(*value), m_scale.unit) : format::noData();
    };
    QString text = tr("%1, %2\nobserved %3\npredicted %4")
                       .arg(monitorformat::clock(row.time), m_name, number(row.observed),
                            number(row.predicted));
    if (row.low && row.high)
        text += u'\n'
            + tr("interval %1 to %2, %3")
                  .arg(number(row.low), number(row.high), monitorformat::verdict(row.verdict));
    const double y = row.observed.value_or(row.predicted.value_or(0));
    return Readout { { plot().xAxis->coordToPixel(row.time), plot().yAxis->coordToPixel(y) },
                     text };
}

std::optional<ChartView::Readout> MonitorChart::readoutAt(const QPointF& position) const
{
    const auto& rows = m_model->rows();
    if (rows.empty() || !plot().axisRect()->rect().contains(position.toPoint()))
        return std::nullopt;
    std::size_t nearest = 0;
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const double away = std::abs(plot().xAxis->coordToPixel(rows[i].time) - position.x());
        if (away < least) {
            least = away;
            nearest = i;
        }
    }
    return readoutOf(nearest);
}

void MonitorChart::stepSelection(int direction)
{
    if (m_model->rows().empty())
        return;
    const auto last = static_cast<std::ptrdiff_t>(m_model->rows().size()) - 1;
    m_step = static_cast<std::size_t>(
        std::clamp<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(m_step) + direction, 0, last));
    announce(readoutOf(m_step));
}

bool MonitorChart::rowInView(int row) const
{
    return plot().xAxis->range().contains(m_model->record(row).time);
}

} // namespace llmd
