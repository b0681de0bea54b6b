// SPDX-License-Identifier: GPL-3.0-or-later
#include "engineschart.h"

#include "enginetext.h"

#include <widgets/charts/chartparts.h>
#include <widgets/charts/qcp.h>
#include <widgets/charts/unitticker.h>
#include <widgets/support/qtbridge.h>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

constexpr double groupWidth = 0.7; // of the distance between two figures
constexpr double hitDistance = 12; // pixels
constexpr double leastRange = 5; // percent: below it every rounding would look like a difference

} // namespace

EnginesChart::EnginesChart(QWidget* parent)
    : ChartView(tr("Engines compared"), parent)
{
    QCustomPlot& chart = plot();
    setAxisLogarithmic(*chart.yAxis, false);
    auto ticker = QSharedPointer<QCPAxisTickerText>(new QCPAxisTickerText);
    for (std::size_t i = 0; i < allEngineFigures.size(); ++i)
        ticker->addTick(static_cast<double>(i),
                        figureName(allEngineFigures[i]).replace(u' ', u'\n'));
    chart.xAxis->setTicker(ticker);
    chart.xAxis->setTickLength(0);
    chart.xAxis->setSubTickLength(0);
    chart.xAxis->grid()->setVisible(false);
    m_zero = new QCPItemStraightLine(&chart);
    m_zero->point1->setCoords(0, 0);
    m_zero->point2->setCoords(1, 0);
    placeLegend(LegendPlace::Below);
    applyCurrentTheme();
}

void EnginesChart::setEnginesModel(EnginesModel& model)
{
    m_model = &model;
    setTableModel(&model);
    connect(&model, &QAbstractItemModel::modelReset, this, &EnginesChart::rebuild);
    rebuild();
}

double EnginesChart::placeOf(std::size_t engine, std::size_t figure) const
{
    const auto count = static_cast<double>(m_shown.size());
    return static_cast<double>(figure)
        + groupWidth * ((static_cast<double>(engine) + 0.5) / count - 0.5);
}

void EnginesChart::rebuild()
{
    QCustomPlot& chart = plot();
    chart.clearPlottables();
    m_marks.clear();
    m_bars.clear();
    m_shown.clear();
    for (const EngineRow& row : m_model->rows()) {
        if (row.done() && row.reference && m_shown.size() < ChartTheme::seriesCount)
            m_shown.push_back(row);
    }
    QString reference;
    for (std::size_t engine = 0; engine < m_shown.size(); ++engine) {
        const EngineRow& row = m_shown[engine];
        if (row.searches)
            reference = engineName(row.info);
        QCPGraph* marks = chart.addGraph();
        marks->setLineStyle(QCPGraph::lsNone);
        marks->setName(engineName(row.info));
        QCPErrorBars* bars = addWhiskers(*marks, Qt::Vertical);
        for (std::size_t i = 0; i < allEngineFigures.size(); ++i) {
            const auto difference = differenceOf(row, allEngineFigures[i]);
            if (!difference)
                continue;
            const IntervalFactors interval =
                drawnInterval(row.estimate, intervalOf(row.estimate, allEngineFigures[i]));
            const double ratio = 100 * (1 + *difference);
            marks->addData(placeOf(engine, i), ratio - 100);
            bars->addData(ratio * (1 - interval.low), ratio * (interval.high - 1));
        }
        m_marks.push_back(marks);
        m_bars.push_back(bars);
    }
    chart.yAxis->setLabel(reference.isEmpty() ? tr("Difference [%]")
                                              : tr("Against “%1” [%]").arg(reference));
    setSummary(m_shown.size() < 2
                   ? tr("There is nothing to compare yet.")
                   : tr("%1 engines, each relative to “%2”.").arg(m_shown.size()).arg(reference));
    arrangeLegend();
    refit();
    applyCurrentTheme();
}

void EnginesChart::applyTheme(const ChartTheme& theme)
{
    const double size = QFontMetricsF(theme.font).height() * 0.45;
    for (std::size_t i = 0; i < m_marks.size(); ++i) {
        const QColor color = theme.series[i % theme.series.size()];
        m_marks[i]->setScatterStyle({ static_cast<QCPScatterStyle::ScatterShape>(markerShape(i)),
                                      QPen(color, 1.5), QBrush(color), size });
        m_bars[i]->setPen(QPen(color, 1.5));
    }
    m_zero->setPen(QPen(theme.axis, 1, Qt::DashLine));
}

void EnginesChart::fitRanges()
{
    double low = -leastRange;
    double high = leastRange;
    for (const EngineRow& row : m_shown) {
        for (const EngineFigure figure : allEngineFigures) {
            const auto difference = differenceOf(row, figure);
            if (!difference)
                continue;
            const IntervalFactors interval =
                drawnInterval(row.estimate, intervalOf(row.estimate, figure));
            low = std::min(low, 100 * ((1 + *difference) * interval.low - 1));
            high = std::max(high, 100 * ((1 + *difference) * interval.high - 1));
        }
    }
    const double air = 0.06 * (high - low);
    plot().xAxis->setRange(-0.5, static_cast<double>(allEngineFigures.size()) - 0.5);
    plot().yAxis->setRange(low - air, high + air);
}

std::optional<ChartView::Readout> EnginesChart::readoutAt(const QPointF& position) const
{
    std::optional<Readout> best;
    double nearest = hitDistance;
    for (std::size_t engine = 0; engine < m_shown.size(); ++engine) {
        const EngineRow& row = m_shown[engine];
        for (std::size_t i = 0; i < allEngineFigures.size(); ++i) {
            const EngineFigure figure = allEngineFigures[i];
            const auto difference = differenceOf(row, figure);
            if (!difference)
                continue;
            const QPointF mark(plot().xAxis->coordToPixel(placeOf(engine, i)),
                               plot().yAxis->coordToPixel(100 * *difference));
            const double distance = QLineF(mark, position).length();
            if (distance >= nearest)
                continue;
            nearest = distance;
            best =
                Readout { mark,
                          tr("%1: %2\n%3 (%4)")
                              .arg(engineName(row.info), figureName(figure),
                                   figureText(row.estimate, figure),
                                   intervalText(row.estimate, intervalOf(row.estimate, figure))) };
        }
    }
    return best;
}

} // namespace llmd
