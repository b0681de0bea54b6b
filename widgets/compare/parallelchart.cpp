// SPDX-License-Identifier: GPL-3.0-or-later
#include "parallelchart.h"

#include "candidatemark.h"

#include <widgets/charts/qcp.h>
#include <widgets/support/numberformat.h>
#include <widgets/tables/recordmodel.h>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

/** Marks of different options on one axis stand side by side, so that whiskers can be told apart. */
constexpr double sideStep = 0.045;
constexpr double hitDistance = 14; // pixels

/** One mark, as the table shows it. */
struct MarkRow
{
    QString option;
    QString figure;
    QString unit;
    std::optional<double> value;
    std::optional<ScoreRange> range;
};

QVariant number(const std::optional<double>& value)
{
    return value ? QVariant(*value) : QVariant();
}

/** An end of an axis as short as it can be read: "$4,380", "18.2 s". */
QString endText(const MeasureRow& row, double value)
{
    if (row.id == u"cost")
        return format::dollars(value);
    if (row.unit == ParallelChart::tr("ms"))
        return format::duration(milliseconds(value));
    return format::number(value, 3);
}

} // namespace

class ParallelChart::Model final : public RecordModel<MarkRow>
{
public:
    Model()
        : RecordModel({
            { .id = u"option"_s,
              .title = ParallelChart::tr("Option"),
              .value = [](const MarkRow& row) { return QVariant(row.option); } },
            { .id = u"figure"_s,
              .title = ParallelChart::tr("Figure"),
              .value = [](const MarkRow& row) { return QVariant(row.figure); } },
            { .id = u"value"_s,
              .title = ParallelChart::tr("Value"),
              .value = [](const MarkRow& row) { return number(row.value); },
              .numeric = true },
            { .id = u"low"_s,
              .title = ParallelChart::tr("From"),
              .value =
                  [](const MarkRow& row) {
                      return row.range ? QVariant(row.range->low) : QVariant();
                  },
              .toolTip = ParallelChart::tr("Lower end of the 90 % interval"),
              .numeric = true,
              .missing = u"–"_s },
            { .id = u"high"_s,
              .title = ParallelChart::tr("To"),
              .value =
                  [](const MarkRow& row) {
                      return row.range ? QVariant(row.range->high) : QVariant();
                  },
              .toolTip = ParallelChart::tr("Upper end of the 90 % interval"),
              .numeric = true,
              .missing = u"–"_s },
            { .id = u"unit"_s,
              .title = ParallelChart::tr("Unit"),
              .value = [](const MarkRow& row) { return QVariant(row.unit); } },
        })
    { }
};

ParallelChart::ParallelChart(QWidget* parent)
    : ChartView(tr("Trade-offs, better is up"), parent)
    , m_model(std::make_unique<Model>())
{
    QCustomPlot& chart = plot();
    chart.yAxis->setVisible(false);
    chart.xAxis->setTickLength(0);
    chart.xAxis->setSubTickLength(0);
    chart.xAxis->setBasePen(Qt::NoPen);
    chart.xAxis->grid()->setVisible(false);
    chart.axisRect()->setRangeDrag(Qt::Horizontal);
    chart.axisRect()->setRangeZoom(Qt::Horizontal);
    auto* legendArea = new QCPLayoutGrid;
    chart.plotLayout()->addElement(1, 0, legendArea);
    legendArea->addElement(0, 0, chart.legend);
    chart.legend->setFillOrder(QCPLayoutGrid::foRowsFirst);
    chart.plotLayout()->setRowStretchFactor(1, 0.001);
    chart.legend->setVisible(true);
    setTableModel(m_model.get());
    applyCurrentTheme();
}

ParallelChart::~ParallelChart() = default;

void ParallelChart::setOptions(ComparedOptions options)
{
    m_options = std::move(options);
    m_axes.clear();
    std::vector<MarkRow> rows;
    for (const MeasureRow& row : m_options.measures) {
        if (!row.charted)
            continue;
        double low = std::numeric_limits<double>::infinity();
        double high = -low;
        for (std::size_t i = 0; i < row.values.size(); ++i) {
            if (!row.values[i])
                continue;
            const ScoreRange range =
                row.ranges[i].value_or(ScoreRange { *row.values[i], *row.values[i] });
            low = std::min({ low, range.low, *row.values[i] });
            high = std::max({ high, range.high, *row.values[i] });
            rows.push_back({ letterOf(i) + u": "_s + m_options.names[static_cast<qsizetype>(i)],
                             row.title, row.unit, row.values[i], row.ranges[i] });
        }
        if (!std::isfinite(low) || !std::isfinite(high))
            continue; // nobody has data
        m_axes.push_back({ row, row.higherIsBetter ? low : high, row.higherIsBetter ? high : low });
    }
    m_model->setRows(std::move(rows));
    rebuild();
    const QStringList names = m_options.names;
    setSummary(tr("%1 options on %2 axes: %3.")
                   .arg(format::integer(static_cast<qint64>(m_options.size())),
                        format::integer(static_cast<qint64>(m_axes.size())), names.join(u"; "_s)));
    fitRanges();
    applyCurrentTheme();
}

double ParallelChart::heightOf(std::size_t axis, double value) const
{
    const Axis& scale = m_axes[axis];
    // All the same: in the middle, neither best nor worst.
    return scale.top == scale.bottom ? 0.5 : (value - scale.bottom) / (scale.top - scale.bottom);
}

double ParallelChart::placeOf(std::size_t option, std::size_t axis) const
{
    const double middle = (static_cast<double>(m_options.size()) - 1) / 2;
    return static_cast<double>(axis) + sideStep * (static_cast<double>(option) - middle);
}

QPointF ParallelChart::markOf(std::size_t option, std::size_t axis) const
{
    const auto& value = m_axes[axis].row.values[option];
    return { plot().xAxis->coordToPixel(placeOf(option, axis)),
             plot().yAxis->coordToPixel(value ? heightOf(axis, *value) : -1) };
}

void ParallelChart::rebuild()
{
    QCustomPlot& chart = plot();
    chart.clearItems();
    chart.clearPlottables();
    m_lines.clear();
    m_whiskers.clear();
    m_axisLines.clear();
    m_limits.clear();
    m_texts.clear();
    auto ticker = QSharedPointer<QCPAxisTickerText>(new QCPAxisTickerText);
    for (std::size_t axis = 0; axis < m_axes.size(); ++axis) {
        const MeasureRow& row = m_axes[axis].row;
        // Durations and dollars carry their units at the ends of their axes.
        const bool unitAtEnds = row.unit.isEmpty() || row.id == u"cost" || row.unit == tr("ms");
        ticker->addTick(static_cast<double>(axis),
                        unitAtEnds ? row.title + u'\n' : row.title + u'\n' + row.unit);
        addAxis(axis);
    }
    chart.xAxis->setTicker(ticker);
    for (std::size_t option = 0; option < m_options.size(); ++option)
        addOption(option);
}

void ParallelChart::addAxis(std::size_t axis)
{
    QCustomPlot& chart = plot();
    const auto place = static_cast<double>(axis);
    auto* line = new QCPItemLine(&chart);
    line->start->setCoords(place, 0);
    line->end->setCoords(place, 1);
    line->setLayer(u"grid"_s);
    m_axisLines.push_back(line);
    const Axis& scale = m_axes[axis];
    const auto addText = [&](double height, Qt::Alignment alignment, const QString& text) {
        auto* item = new QCPItemText(&chart);
        item->position->setCoords(place, height);
        item->setPositionAlignment(alignment | Qt::AlignHCenter);
        item->setText(text);
        item->setClipToAxisRect(false);
        m_texts.push_back(item);
    };
    if (scale.top == scale.bottom) {
        addText(1.03, Qt::AlignBottom, tr("all %1").arg(endText(scale.row, scale.top)));
    } else {
        addText(1.03, Qt::AlignBottom, endText(scale.row, scale.top));
        addText(-0.03, Qt::AlignTop, endText(scale.row, scale.bottom));
    }
    // A limit far outside would only say that all are far from it.
    const double limit = scale.row.limit ? heightOf(axis, *scale.row.limit) : -1;
    if (scale.row.limit && limit >= -1e-9 && limit <= 1 + 1e-9) {
        auto* mark = new QCPItemLine(&chart);
        mark->start->setCoords(place - 0.22, limit);
        mark->end->setCoords(place + 0.22, limit);
        m_limits.push_back(mark);
    }
    QStringList unknown;
    for (std::size_t i = 0; i < scale.row.values.size(); ++i) {
        if (!scale.row.values[i])
            unknown.append(letterOf(i));
    }
    if (!unknown.isEmpty())
        addText(-0.13, Qt::AlignTop, tr("%1: %2").arg(unknown.join(u", "_s), format::noData()));
}

void ParallelChart::addOption(std::size_t option)
{
    QCustomPlot& chart = plot();
    QCPGraph* line = chart.addGraph();
    line->setName(letterOf(option) + u"  "_s + m_options.names[static_cast<qsizetype>(option)]);
    auto* whiskers = new QCPErrorBars(chart.xAxis, chart.yAxis);
    whiskers->setDataPlottable(line);
    whiskers->setErrorType(QCPErrorBars::etValueError);
    whiskers->setSymbolGap(0);
    whiskers->setWhiskerWidth(6);
    whiskers->removeFromLegend();
    const double nothing = std::numeric_limits<double>::quiet_NaN();
    for (std::size_t axis = 0; axis < m_axes.size(); ++axis) {
        const MeasureRow& row = m_axes[axis].row;
        const auto& value = row.values[option];
        const double height = value ? heightOf(axis, *value) : nothing;
        line->addData(placeOf(option, axis), height); // a gap where there is no data
        const auto& range = row.ranges[option];
        if (!value || !range) {
            whiskers->addData(0, 0);
            continue;
        }
        const double a = heightOf(axis, range->low);
        const double b = heightOf(axis, range->high);
        whiskers->addData(std::max(0.0, height - std::min(a, b)),
                          std::max(0.0, std::max(a, b) - height));
    }
    m_lines.push_back(line);
    m_whiskers.push_back(whiskers);
}

void ParallelChart::applyTheme(const ChartTheme& theme)
{
    plot().xAxis->setBasePen(Qt::NoPen);
    const double size = QFontMetricsF(theme.font).height() * 0.55;
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        const QColor color = theme.series[i % theme.series.size()];
        QColor soft = color;
        soft.setAlphaF(0.75F);
        m_lines[i]->setPen(QPen(soft, 1.75));
        m_lines[i]->setScatterStyle(candidateStyle(i, theme, size));
        m_whiskers[i]->setPen(QPen(color, 1.25));
    }
    for (QCPItemLine* line : m_axisLines)
        line->setPen(QPen(theme.axis));
    for (QCPItemLine* limit : m_limits)
        limit->setPen(QPen(theme.target, 1.5, Qt::DashLine));
    QFont small = theme.font;
    small.setPointSizeF(small.pointSizeF() * 0.92);
    for (QCPItemText* text : m_texts) {
        text->setColor(theme.text);
        text->setFont(small);
        text->setPen(Qt::NoPen);
        text->setBrush(Qt::NoBrush);
    }
}

void ParallelChart::fitRanges()
{
    const auto count = static_cast<double>(std::max<std::size_t>(m_axes.size(), 1));
    plot().xAxis->setRange(-0.5, count - 0.5);
    plot().yAxis->setRange(-0.22, 1.14);
}

std::optional<ChartView::Readout> ParallelChart::readoutAt(const QPointF& position) const
{
    double nearest = hitDistance;
    std::optional<std::pair<std::size_t, std::size_t>> hit; // option, axis
    for (std::size_t option = 0; option < m_options.size(); ++option) {
        for (std::size_t axis = 0; axis < m_axes.size(); ++axis) {
            if (!m_axes[axis].row.values[option])
                continue;
            const QPointF mark = markOf(option, axis);
            const double distance = std::hypot(mark.x() - position.x(), mark.y() - position.y());
            if (distance < nearest) {
                nearest = distance;
                hit = { option, axis };
            }
        }
    }
    if (!hit)
        return std::nullopt;
    const auto& [option, axis] = *hit;
    const MeasureRow& row = m_axes[axis].row;
    QString text =
        u"%1  %2\n%3: %4"_s.arg(letterOf(option), m_options.names[static_cast<qsizetype>(option)],
                                row.title, row.texts[option]);
    if (row.limit)
        text += u'\n' + tr("limit %1").arg(format::duration(milliseconds(*row.limit)));
    return Readout { markOf(option, axis), text };
}

} // namespace llmd
