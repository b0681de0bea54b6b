// SPDX-License-Identifier: GPL-3.0-or-later
#include "stackedbarschart.h"

#include "qcp.h"
#include "unitticker.h"

#include <widgets/support/numberformat.h>
#include <widgets/support/theme.h>
#include <widgets/tables/recordmodel.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

constexpr double barWidth = 0.62;

/** One part of one bar, as the table shows it. */
struct SegmentRow
{
    QString bar;
    QString segment;
    double value = 0;
};

} // namespace

class StackedBarsChart::Model final : public RecordModel<SegmentRow>
{
public:
    explicit Model(const QString& unit)
        : RecordModel({
            { .id = u"bar"_s,
              .title = StackedBarsChart::tr("Bar"),
              .value = [](const SegmentRow& row) { return QVariant(row.bar); } },
            { .id = u"part"_s,
              .title = StackedBarsChart::tr("Part"),
              .value = [](const SegmentRow& row) { return QVariant(row.segment); } },
            { .id = u"value"_s,
              .title = StackedBarsChart::tr("Value"),
              .unit = unit,
              .value = [](const SegmentRow& row) { return QVariant(row.value); },
              .numeric = true },
        })
    { }
};

StackedBarsChart::StackedBarsChart(const QString& title, QWidget* parent)
    : ChartView(title, parent)
{
    QCustomPlot& chart = plot();
    chart.yAxis->setTicker(QSharedPointer<QCPAxisTickerText>(new QCPAxisTickerText));
    chart.yAxis->setTickLength(0);
    chart.yAxis->setSubTickLength(0);
    chart.yAxis->grid()->setVisible(false);
    setAxisLogarithmic(*chart.xAxis, false);
    chart.axisRect()->setRangeDrag(Qt::Horizontal);
    // Beside the bars it would take the width that the values need.
    placeLegend(LegendPlace::Below);
    connect(&chart, &QCustomPlot::afterLayout, this, &StackedBarsChart::labelSegments);
    applyCurrentTheme();
}

StackedBarsChart::~StackedBarsChart() = default;

void StackedBarsChart::setBars(StackedBars bars)
{
    if (!m_model || bars.unit != m_data.unit) {
        auto model = std::make_unique<Model>(bars.unit);
        setTableModel(model.get());
        m_model = std::move(model);
    }
    m_data = std::move(bars);
    std::vector<SegmentRow> rows;
    for (const auto& bar : m_data.bars) {
        for (std::size_t i = 0; i < bar.values.size(); ++i)
            rows.push_back({ bar.label, m_data.segments[i], bar.values[i] });
    }
    m_model->setRows(std::move(rows));
    rebuild();
    arrangeLegend();
    refit();
    applyCurrentTheme();
}

void StackedBarsChart::rebuild()
{
    QCustomPlot& chart = plot();
    chart.clearItems();
    chart.clearPlottables();
    m_series.clear();
    m_labels.clear();
    const std::size_t bars = m_data.bars.size();
    for (std::size_t segment = 0; segment < m_data.segments.size(); ++segment) {
        auto* series = new QCPBars(chart.yAxis, chart.xAxis);
        series->setName(m_data.segments[segment]);
        series->setWidth(barWidth);
        if (!m_series.empty())
            series->moveAbove(m_series.back());
        for (std::size_t bar = 0; bar < bars; ++bar) {
            // The first bar is on top, as the first row of a table is.
            series->addData(static_cast<double>(bars - bar), m_data.bars[bar].values[segment]);
            auto* text = new QCPItemText(&chart);
            text->setClipToAxisRect(true);
            m_labels.push_back(text);
        }
        m_series.push_back(series);
    }
    auto ticker = QSharedPointer<QCPAxisTickerText>(new QCPAxisTickerText);
    for (std::size_t bar = 0; bar < bars; ++bar)
        ticker->addTick(static_cast<double>(bars - bar), m_data.bars[bar].label);
    chart.yAxis->setTicker(ticker);
    chart.xAxis->setLabel(m_data.unit);
    for (const BarLimit& limit : m_data.limits) {
        auto* line = new QCPItemStraightLine(&chart);
        line->point1->setCoords(limit.value, 0);
        line->point2->setCoords(limit.value, 1);
        auto* text = new QCPItemText(&chart);
        text->setText(limit.label);
        text->position->setTypeX(QCPItemPosition::ptPlotCoords);
        text->position->setTypeY(QCPItemPosition::ptAxisRectRatio);
        text->position->setCoords(limit.value, 0);
        text->setPositionAlignment(Qt::AlignRight | Qt::AlignTop);
        text->setPadding(QMargins(2, 0, 4, 0));
    }
}

QString StackedBarsChart::valueText(double value) const
{
    return format::number(value);
}

void StackedBarsChart::labelSegments()
{
    // A value is written into its segment only where it fits; the legend and the read-out have them all.
    const QFontMetrics metrics(theme().font);
    const QCPAxis& axis = *plot().xAxis;
    std::size_t label = 0;
    std::vector<double> base(m_data.bars.size(), 0);
    for (std::size_t segment = 0; segment < m_series.size(); ++segment) {
        for (std::size_t bar = 0; bar < m_data.bars.size(); ++bar) {
            const double value = m_data.bars[bar].values[segment];
            QCPItemText& text = *m_labels[label++];
            text.setText(valueText(value));
            text.position->setCoords(base[bar] + value / 2,
                                     static_cast<double>(m_data.bars.size() - bar));
            const double width =
                axis.coordToPixel(base[bar] + value) - axis.coordToPixel(base[bar]);
            text.setVisible(value > 0 && width > metrics.horizontalAdvance(text.text()) + 4);
            base[bar] += value;
        }
    }
}

void StackedBarsChart::applyTheme(const ChartTheme& theme)
{
    for (std::size_t i = 0; i < m_series.size(); ++i) {
        // The last segment is what is left over: hollow, so that "free" does not look like use.
        const bool rest = m_data.segments[i].startsWith(u'(');
        const QColor fill = rest ? theme.background : theme.series[i % theme.series.size()];
        // No outline and no gap: they would swallow a segment of a few pixels.
        m_series[i]->setPen(rest ? QPen(theme.axis, 1) : QPen(Qt::NoPen));
        m_series[i]->setStackingGap(0);
        m_series[i]->setBrush(fill);
        const QColor ink = contrastRatio(fill, theme.text) > contrastRatio(fill, theme.background)
            ? theme.text
            : theme.background;
        for (std::size_t bar = 0; bar < m_data.bars.size(); ++bar) {
            QCPItemText* text = m_labels[i * m_data.bars.size() + bar];
            text->setColor(ink);
            text->setFont(theme.font);
        }
    }
    for (int i = 0; i < plot().itemCount(); ++i) {
        if (auto* line = qobject_cast<QCPItemStraightLine*>(plot().item(i)))
            line->setPen(QPen(theme.target, 1.5, Qt::DashLine));
    }
    for (int i = static_cast<int>(m_labels.size()); i < plot().itemCount(); ++i) {
        if (auto* text = qobject_cast<QCPItemText*>(plot().item(i))) {
            text->setColor(theme.target);
            text->setFont(theme.font);
        }
    }
}

void StackedBarsChart::fitRanges()
{
    double largest = 0;
    for (const auto& bar : m_data.bars)
        largest = std::max(largest, std::accumulate(bar.values.begin(), bar.values.end(), 0.0));
    for (const BarLimit& limit : m_data.limits)
        largest = std::max(largest, limit.value);
    plot().xAxis->setRange(0, largest > 0 ? largest * 1.04 : 1);
    // Room above the top bar for the labels of the limits.
    plot().yAxis->setRange(
        0.4, static_cast<double>(m_data.bars.size()) + (m_data.limits.empty() ? 0.6 : 0.75));
}

std::optional<std::size_t> StackedBarsChart::barAt(double pixel) const
{
    const double key = plot().yAxis->pixelToCoord(pixel);
    for (std::size_t bar = 0; bar < m_data.bars.size(); ++bar) {
        if (std::abs(key - static_cast<double>(m_data.bars.size() - bar)) <= barWidth / 2)
            return bar;
    }
    return std::nullopt;
}

void StackedBarsChart::clicked(const QPointF& position, Qt::KeyboardModifiers /*modifiers*/)
{
    if (const auto bar = barAt(position.y()))
        emit barClicked(*bar);
}

std::optional<ChartView::Readout> StackedBarsChart::readoutAt(const QPointF& position) const
{
    const auto bar = barAt(position.y());
    if (!bar)
        return std::nullopt;
    const double value = plot().xAxis->pixelToCoord(position.x());
    const auto& values = m_data.bars[*bar].values;
    const double total = std::accumulate(values.begin(), values.end(), 0.0);
    double base = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (value >= base && value < base + values[i]) {
            QString text = tr("%1\n%2 %3 (%4)")
                               .arg(m_data.segments[i], valueText(values[i]), m_data.unit,
                                    format::percent(values[i] / total));
            if (i < m_data.notes.size() && !m_data.notes[i].isEmpty())
                text += u'\n' + m_data.notes[i];
            return Readout { position, text };
        }
        base += values[i];
    }
    return std::nullopt;
}

} // namespace llmd
