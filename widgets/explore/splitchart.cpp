// SPDX-License-Identifier: GPL-3.0-or-later
#include "splitchart.h"

#include <widgets/charts/qcp.h>
#include <widgets/charts/unitticker.h>
#include <widgets/support/numberformat.h>
#include <widgets/support/theme.h>

#include <QComboBox>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

constexpr double nowhere = std::numeric_limits<double>::quiet_NaN();
constexpr double corner = 0.36; // of a field's size, from its middle
constexpr double edge = 0.015; // of the map: room for an outline along it
constexpr unsigned char insideAlpha = 255;
constexpr unsigned char outsideAlpha = 70; // of fields that miss the targets

/** Ticks at whole servers. */
QSharedPointer<QCPAxisTicker> serverTicker(int stride)
{
    auto ticker = QSharedPointer<QCPAxisTickerFixed>(new QCPAxisTickerFixed);
    ticker->setTickStep(stride);
    ticker->setScaleStrategy(QCPAxisTickerFixed::ssMultiples);
    return ticker;
}

} // namespace

SplitChart::SplitChart(QWidget* parent)
    : ChartView(tr("Prefill and decode servers"), parent)
    , m_model(std::make_unique<SplitModel>())
    , m_shadeBox(new QComboBox(this))
{
    m_shadeBox->setObjectName(u"splitShade"_s);
    m_shadeBox->addItem(tr("Coloured by cost"), static_cast<int>(Shade::Cost));
    m_shadeBox->addItem(tr("Coloured by goodput"), static_cast<int>(Shade::Goodput));
    m_shadeBox->setAccessibleName(tr("What the colours of the fields mean"));
    m_shadeBox->setToolTip(m_shadeBox->accessibleName());
    connect(m_shadeBox, &QComboBox::activated, this,
            [this] { setShade(static_cast<Shade>(m_shadeBox->currentData().toInt())); });
    addHeaderWidget(m_shadeBox);
    buildPlot();
    setTableModel(m_model.get());
    applyCurrentTheme();
}

SplitChart::~SplitChart() = default;

void SplitChart::buildPlot()
{
    QCustomPlot& chart = plot();
    for (QCPAxis* axis : { chart.xAxis, chart.yAxis }) {
        axis->setSubTicks(false);
        axis->grid()->setVisible(false);
    }
    chart.xAxis->setLabel(tr("Prefill servers"));
    chart.yAxis->setLabel(tr("Decode servers"));
    m_map = new QCPColorMap(chart.xAxis, chart.yAxis);
    m_map->setInterpolate(false);
    m_map->setTightBoundary(false);
    m_map->removeFromLegend();
    m_scale = new QCPColorScale(&chart);
    m_scale->setType(QCPAxis::atRight);
    m_scale->setRangeDrag(false);
    m_scale->setRangeZoom(false);
    m_scale->axis()->setTicker(QSharedPointer<QCPAxisTicker>(new UnitTicker));
    m_map->setColorScale(m_scale);
    chart.plotLayout()->addElement(0, 1, m_scale);
    auto* margins = new QCPMarginGroup(&chart);
    chart.axisRect()->setMarginGroup(QCP::msBottom | QCP::msTop, margins);
    m_scale->setMarginGroup(QCP::msBottom | QCP::msTop, margins);
    m_outline = new QCPCurve(chart.xAxis, chart.yAxis);
    m_outline->setName(tr("Within the targets"));
    m_best = chart.addGraph();
    m_best->setName(tr("Cheapest within the targets"));
    m_best->setLineStyle(QCPGraph::lsNone);
    m_own = chart.addGraph();
    m_own->setName(tr("This option"));
    m_own->setLineStyle(QCPGraph::lsNone);
    connect(&chart, &QCustomPlot::afterLayout, this, &SplitChart::labelCells);
    placeLegend(LegendPlace::Below);
}

void SplitChart::setShade(Shade shade)
{
    m_shade = shade;
    const QSignalBlocker blocker(m_shadeBox);
    m_shadeBox->setCurrentIndex(m_shadeBox->findData(static_cast<int>(shade)));
    rebuild();
}

void SplitChart::setGrid(std::shared_ptr<const SplitGrid> grid, const QString& reason)
{
    m_grid = std::move(grid);
    m_step = 0;
    setMessage(m_grid ? QString() : reason);
    rebuild();
    resetView();
}

void SplitChart::rebuild()
{
    QCustomPlot& chart = plot();
    m_model->setRows(m_grid ? m_grid->cells : std::vector<SplitCell>());
    chart.axisRect()->setVisible(m_grid != nullptr);
    m_scale->setVisible(m_grid != nullptr);
    chart.legend->setVisible(m_grid != nullptr);
    m_best->data()->clear();
    m_own->data()->clear();
    for (QCPItemText* label : m_labels)
        chart.removeItem(label);
    m_labels.clear();
    if (m_grid) {
        for (QCPAxis* axis : { chart.xAxis, chart.yAxis })
            axis->setTicker(serverTicker(m_grid->stride));
        for (std::size_t i = 0; i < m_grid->cells.size(); ++i)
            m_labels.push_back(new QCPItemText(&chart));
        if (m_grid->cheapest) {
            const SplitCell& best = m_grid->cells[*m_grid->cheapest];
            // In the corner: the middle has the figure.
            m_best->addData(best.prefill + corner * m_grid->stride,
                            best.decode + corner * m_grid->stride);
        }
        if (m_grid->own)
            m_own->addData(m_grid->own->prefill - corner * m_grid->stride,
                           m_grid->own->decode + corner * m_grid->stride);
    }
    m_own->removeFromLegend();
    if (m_grid && m_grid->own)
        m_own->addToLegend();
    outlineFeasible();
    describeGrid();
    arrangeLegend();
    applyCurrentTheme();
}

double SplitChart::shadeOf(const SplitCell& cell) const
{
    if (m_shade == Shade::Goodput)
        return m_grid->peak.value() * cell.attainment.share;
    return cell.cost ? inDollarsPerMonth(*cell.cost) : nowhere;
}

void SplitChart::colorCells()
{
    if (!m_grid)
        return;
    const int columns = m_grid->columns;
    const int rows = m_grid->rows;
    const double stride = m_grid->stride;
    m_map->data()->setSize(columns, rows);
    m_map->data()->setRange({ stride, stride * columns }, { stride, stride * rows });
    double low = std::numeric_limits<double>::infinity();
    double high = -low;
    for (int row = 0; row < rows; ++row) {
        for (int column = 0; column < columns; ++column) {
            const SplitCell& cell = m_grid->at(column, row);
            const double value = shadeOf(cell);
            m_map->data()->setCell(column, row, value);
            m_map->data()->setAlpha(column, row, cell.meetsTargets ? insideAlpha : outsideAlpha);
            if (std::isfinite(value)) {
                low = std::min(low, value);
                high = std::max(high, value);
            }
        }
    }
    if (low > high)
        low = high = 0;
    m_map->setDataRange({ low, std::max(high, low + 1e-9) });
    m_scale->axis()->setLabel(m_shade == Shade::Cost ? tr("Cost [$/month]")
                                                     : tr("Within the targets [requests/s]"));
}

void SplitChart::outlineFeasible()
{
    QVector<QCPCurveData> lines;
    const auto line = [&lines](double x1, double y1, double x2, double y2) {
        for (const auto& [x, y] :
             { std::pair(x1, y1), std::pair(x2, y2), std::pair(nowhere, nowhere) })
            lines.append({ static_cast<double>(lines.size()), x, y });
    };
    const auto inside = [this](int column, int row) {
        return column >= 0 && row >= 0 && column < m_grid->columns && row < m_grid->rows
            && m_grid->at(column, row).meetsTargets;
    };
    for (int row = 0; m_grid && row < m_grid->rows; ++row) {
        for (int column = 0; column < m_grid->columns; ++column) {
            if (!inside(column, row))
                continue;
            const double half = m_grid->stride / 2.0;
            const double x = m_grid->at(column, row).prefill;
            const double y = m_grid->at(column, row).decode;
            if (!inside(column - 1, row))
                line(x - half, y - half, x - half, y + half);
            if (!inside(column + 1, row))
                line(x + half, y - half, x + half, y + half);
            if (!inside(column, row - 1))
                line(x - half, y - half, x + half, y - half);
            if (!inside(column, row + 1))
                line(x - half, y + half, x + half, y + half);
        }
    }
    m_outline->data()->set(lines, true);
}

int SplitChart::feasibleCount() const
{
    return m_grid
        ? static_cast<int>(std::count_if(m_grid->cells.begin(), m_grid->cells.end(),
                                         [](const SplitCell& cell) { return cell.meetsTargets; }))
        : 0;
}

QString SplitChart::cellText(const SplitCell& cell) const
{
    const double value = shadeOf(cell);
    if (!std::isfinite(value))
        return {};
    return m_shade == Shade::Cost ? format::dollars(std::round(value)) : format::number(value);
}

QRgb SplitChart::fillOf(const SplitCell& cell, const ChartTheme& theme) const
{
    const QColor color(
        QCPColorGradient(m_map->gradient()).color(shadeOf(cell), m_map->dataRange()));
    return mixed(theme.background, color, cell.meetsTargets ? 1 : outsideAlpha / 255.0).rgb();
}

void SplitChart::labelCells()
{
    if (!m_grid || m_labels.size() != m_grid->cells.size())
        return;
    const QFontMetrics metrics(theme().font);
    const double width =
        std::abs(plot().xAxis->coordToPixel(m_grid->stride) - plot().xAxis->coordToPixel(0));
    const double height =
        std::abs(plot().yAxis->coordToPixel(m_grid->stride) - plot().yAxis->coordToPixel(0));
    // All or none: a few numbers between empty fields would look like a choice.
    int widest = 0;
    for (const SplitCell& cell : m_grid->cells)
        widest = std::max(widest, metrics.horizontalAdvance(cellText(cell)));
    const bool room = widest + metrics.height() / 2 < width && metrics.height() < height;
    for (std::size_t i = 0; i < m_labels.size(); ++i) {
        const SplitCell& cell = m_grid->cells[i];
        m_labels[i]->setVisible(room);
        m_labels[i]->position->setCoords(cell.prefill, cell.decode);
        m_labels[i]->setText(cellText(cell));
    }
}

void SplitChart::describeGrid()
{
    if (!m_grid) {
        setSummary(message());
        return;
    }
    QString text = m_grid->hypothetical
        ? tr("If this option had servers of their own for prefill and decode: ")
        : QString();
    if (!m_grid->cheapest) {
        setSummary(text
                   + tr("no split up to %1 servers of a role meets the targets.")
                         .arg(std::max(m_grid->columns, m_grid->rows) * m_grid->stride));
        return;
    }
    const SplitCell& best = m_grid->cells[*m_grid->cheapest];
    setSummary(text
               + tr("%1 of %2 splits meet the targets; the cheapest has %3 prefill and %4 decode "
                    "servers on %5 GPUs.")
                     .arg(feasibleCount())
                     .arg(m_grid->cells.size())
                     .arg(best.prefill)
                     .arg(best.decode)
                     .arg(best.gpus));
}

void SplitChart::applyTheme(const ChartTheme& theme)
{
    QCPColorGradient gradient;
    gradient.setColorStops({ { 0, theme.shadeLow }, { 1, theme.shadeHigh } });
    gradient.setNanHandling(QCPColorGradient::nhTransparent);
    colorCells();
    m_map->setGradient(gradient);
    applyChartTheme(*m_scale->axis(), theme);
    m_outline->setPen(QPen(theme.text, 2.4));
    const double size = QFontMetricsF(theme.font).height();
    m_best->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDiamond, QPen(theme.background, 1.2),
                                            theme.target, size * 0.8));
    m_own->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssSquare, QPen(theme.background, 1.2),
                                           theme.accent, size * 0.7));
    for (std::size_t i = 0; m_grid && i < m_labels.size(); ++i) {
        const QColor fill(fillOf(m_grid->cells[i], theme));
        m_labels[i]->setFont(theme.font);
        m_labels[i]->setColor(contrastRatio(fill, theme.text)
                                      > contrastRatio(fill, theme.background)
                                  ? theme.text
                                  : theme.background);
    }
}

void SplitChart::fitRanges()
{
    if (!m_grid)
        return;
    const double half = m_grid->stride / 2.0;
    const double width = m_grid->columns * m_grid->stride;
    const double height = m_grid->rows * m_grid->stride;
    plot().xAxis->setRange(half - edge * width, width * (1 + edge) + half);
    plot().yAxis->setRange(half - edge * height, height * (1 + edge) + half);
}

std::optional<ChartView::Readout> SplitChart::readoutOf(std::size_t index) const
{
    const SplitCell& cell = m_grid->cells[index];
    const Estimate& estimate = cell.estimate;
    QStringList lines {
        tr("%1 prefill and %2 decode servers").arg(cell.prefill).arg(cell.decode),
        cell.cost ? tr("%1 GPUs, %2 per month")
                        .arg(cell.gpus)
                        .arg(format::dollars(inDollarsPerMonth(*cell.cost)))
                  : tr("%1 GPUs").arg(cell.gpus),
    };
    if (estimate.saturated)
        lines.append(tr("does not carry the peak"));
    else
        lines.append(tr("p95: TTFT %1, ITL %2, E2E %3")
                         .arg(format::duration(estimate.ttft.p95),
                              format::duration(estimate.itl.p95),
                              format::duration(estimate.e2e.p95)));
    if (const auto& apart = estimate.disaggregated)
        lines.append(tr("busy: prefill %1, decode %2")
                         .arg(format::percent(apart->prefillLoad.utilization),
                              format::percent(apart->decodeLoad.utilization)));
    lines.append(cell.meetsTargets ? tr("within the targets") : tr("outside the targets"));
    return Readout { { plot().xAxis->coordToPixel(cell.prefill),
                       plot().yAxis->coordToPixel(cell.decode) },
                     lines.join(u'\n') };
}

std::optional<ChartView::Readout> SplitChart::readoutAt(const QPointF& position) const
{
    if (!m_grid || !plot().axisRect()->rect().contains(position.toPoint()))
        return std::nullopt;
    const auto place = [this](double value) {
        return static_cast<int>(std::lround(value / m_grid->stride)) - 1;
    };
    const int column = place(plot().xAxis->pixelToCoord(position.x()));
    const int row = place(plot().yAxis->pixelToCoord(position.y()));
    if (column < 0 || row < 0 || column >= m_grid->columns || row >= m_grid->rows)
        return std::nullopt;
    return readoutOf(static_cast<std::size_t>(row * m_grid->columns + column));
}

bool SplitChart::rowInView(int row) const
{
    const SplitCell& cell = m_model->record(row);
    return plot().xAxis->range().contains(cell.prefill)
        && plot().yAxis->range().contains(cell.decode);
}

void SplitChart::stepSelection(int direction)
{
    if (!m_grid || m_grid->cells.empty())
        return;
    const auto last = static_cast<std::ptrdiff_t>(m_grid->cells.size()) - 1;
    m_step = static_cast<std::size_t>(
        std::clamp<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(m_step) + direction, 0, last));
    announce(readoutOf(m_step));
}

} // namespace llmd
