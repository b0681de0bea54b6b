// SPDX-License-Identifier: GPL-3.0-or-later
#include "accuracychart.h"

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

constexpr double groupHeight = 0.6; // of the distance between two classes
constexpr double hitDistance = 12; // pixels

} // namespace

AccuracyChart::AccuracyChart(QWidget* parent)
    : ChartView(tr("Error by class"), parent)
    , m_table(std::make_unique<AccuracyModel>())
    , m_metricBox(new QComboBox(this))
{
    m_metricBox->setObjectName(u"accuracyMetric"_s);
    m_metricBox->setAccessibleName(tr("Figure shown in the chart"));
    m_metricBox->setToolTip(tr("Figure shown in the chart"));
    connect(m_metricBox, &QComboBox::activated, this,
            [this] { setMetric(m_metricBox->currentData().toString()); });
    addHeaderWidget(m_metricBox);
    QCustomPlot& chart = plot();
    setAxisLogarithmic(*chart.xAxis, false);
    chart.xAxis->setLabel(tr("Absolute error [%]: mean, from the median to p90"));
    chart.yAxis->setTickLength(0);
    chart.yAxis->setSubTickLength(0);
    chart.yAxis->grid()->setVisible(false);
    chart.axisRect()->setRangeDrag(Qt::Horizontal);
    placeLegend(LegendPlace::Below);
    setTableModel(m_table.get());
    applyCurrentTheme();
}

AccuracyChart::~AccuracyChart() = default;

void AccuracyChart::setLines(std::vector<AccuracyLine> lines)
{
    m_lines = std::move(lines);
    fillMetrics();
    rebuild();
}

void AccuracyChart::fillMetrics()
{
    const QSignalBlocker blocker(m_metricBox);
    m_metricBox->clear();
    for (const AccuracyLine& line : m_lines) {
        const QString metric = toQString(line.row.metric);
        if (m_metricBox->findData(metric) < 0)
            m_metricBox->addItem(accuracyMetricName(line.row.metric), metric);
    }
    // The same figure as before if this comparison has it, or else what people ask about first.
    int index = m_metricBox->findData(m_metric);
    for (const char* first : { "e2e_mean", "tpot_mean", "kv_cache_tokens" }) {
        if (index < 0)
            index = m_metricBox->findData(QString::fromLatin1(first));
    }
    m_metricBox->setCurrentIndex(std::max(0, index));
    m_metric = m_metricBox->currentData().toString();
}

void AccuracyChart::setMetric(const QString& metric)
{
    const int index = m_metricBox->findData(metric);
    if (index < 0)
        return;
    const QSignalBlocker blocker(m_metricBox);
    m_metricBox->setCurrentIndex(index);
    m_metric = metric;
    rebuild();
}

std::vector<QString> AccuracyChart::groups() const
{
    std::vector<QString> names;
    for (const std::string& group : m_groups)
        names.push_back(accuracyGroupName(group));
    return names;
}

void AccuracyChart::rebuild()
{
    QCustomPlot& chart = plot();
    chart.clearItems();
    chart.clearPlottables();
    m_series.clear();
    m_whiskers.clear();
    m_bands.clear();
    std::vector<AccuracyLine> shown = linesOfMetric();
    m_groups.clear();
    std::vector<std::string> engines;
    for (const AccuracyLine& line : shown) {
        if (std::find(m_groups.begin(), m_groups.end(), line.row.group) == m_groups.end())
            m_groups.push_back(line.row.group);
        if (std::find(engines.begin(), engines.end(), line.row.engine) == engines.end())
            engines.push_back(line.row.engine);
    }
    std::sort(engines.begin(), engines.end());
    auto ticker = QSharedPointer<QCPAxisTickerText>(new QCPAxisTickerText);
    for (const std::string& group : m_groups)
        ticker->addTick(placeOf(group), accuracyGroupName(group));
    chart.yAxis->setTicker(ticker);
    placeMarks(shown, engines);
    for (std::size_t engine = 0; engine < engines.size(); ++engine)
        addSeries(engine, accuracyEngineName(engines[engine]));
    m_table->setRows(std::move(shown));
    setSummary(m_groups.empty()
                   ? tr("There are no measurements to compare with.")
                   : tr("%1 by class for %2 classes; the smallest error is at the top.")
                         .arg(m_metricBox->currentText())
                         .arg(m_groups.size()));
    arrangeLegend();
    resetView();
    applyCurrentTheme();
}

std::vector<AccuracyLine> AccuracyChart::linesOfMetric() const
{
    std::vector<AccuracyLine> lines;
    std::copy_if(
        m_lines.begin(), m_lines.end(), std::back_inserter(lines),
        [this](const AccuracyLine& line) { return toQString(line.row.metric) == m_metric; });
    std::stable_sort(lines.begin(), lines.end(), [](const AccuracyLine& a, const AccuracyLine& b) {
        // All measurements together come first: the classes are read against them.
        const auto key = [](const AccuracyLine& line) {
            return std::pair(line.row.group != accuracyAll, line.row.mean);
        };
        return key(a) < key(b);
    });
    return lines;
}

double AccuracyChart::placeOf(const std::string& group) const
{
    return static_cast<double>(m_groups.end() - std::find(m_groups.begin(), m_groups.end(), group));
}

void AccuracyChart::placeMarks(const std::vector<AccuracyLine>& lines,
                               const std::vector<std::string>& engines)
{
    m_marks.clear();
    for (const AccuracyLine& line : lines) {
        const auto engine = static_cast<std::size_t>(
            std::find(engines.begin(), engines.end(), line.row.engine) - engines.begin());
        const double offset = groupHeight
            * (0.5 - (static_cast<double>(engine) + 0.5) / static_cast<double>(engines.size()));
        m_marks.push_back({ line, engine, placeOf(line.row.group) + offset });
        if (!line.applies || line.row.group == accuracyAll)
            continue;
        auto* band = new QCPItemRect(&plot());
        band->topLeft->setTypeX(QCPItemPosition::ptAxisRectRatio);
        band->bottomRight->setTypeX(QCPItemPosition::ptAxisRectRatio);
        band->topLeft->setCoords(0, placeOf(line.row.group) + 0.45);
        band->bottomRight->setCoords(1, placeOf(line.row.group) - 0.45);
        band->setLayer(u"background"_s);
        m_bands.push_back(band);
    }
}

void AccuracyChart::addSeries(std::size_t engine, const QString& name)
{
    QCustomPlot& chart = plot();
    // Errors lie along x, so the axes are exchanged: the class is the key.
    QCPGraph* series = chart.addGraph(chart.yAxis, chart.xAxis);
    series->setLineStyle(QCPGraph::lsNone);
    series->setName(name);
    auto* whiskers = new QCPErrorBars(chart.yAxis, chart.xAxis);
    whiskers->setDataPlottable(series);
    whiskers->setErrorType(QCPErrorBars::etValueError);
    whiskers->setSymbolGap(0);
    whiskers->setWhiskerWidth(7);
    whiskers->removeFromLegend();
    std::vector<const Mark*> marks;
    for (const Mark& mark : m_marks) {
        if (mark.engine == engine)
            marks.push_back(&mark);
    }
    // Error bars belong to points by their order, and the graph orders its points by key.
    std::sort(marks.begin(), marks.end(),
              [](const Mark* a, const Mark* b) { return a->place < b->place; });
    for (const Mark* mark : marks) {
        const AccuracyRow& row = mark->line.row;
        series->addData(mark->place, row.mean * 100);
        whiskers->addData(std::max(0.0, row.mean - row.median) * 100,
                          std::max(0.0, row.p90 - row.mean) * 100);
    }
    m_series.push_back(series);
    m_whiskers.push_back(whiskers);
}

void AccuracyChart::applyTheme(const ChartTheme& theme)
{
    const double size = QFontMetricsF(theme.font).height() * 0.5;
    for (std::size_t i = 0; i < m_series.size(); ++i) {
        const QColor color = theme.series[i % theme.series.size()];
        m_series[i]->setScatterStyle({ static_cast<QCPScatterStyle::ScatterShape>(markerShape(i)),
                                       QPen(color, 1.5), QBrush(color), size });
        m_whiskers[i]->setPen(QPen(color, 1.5));
    }
    QColor band = theme.accent;
    band.setAlphaF(0.16F);
    for (QCPItemRect* rect : m_bands) {
        rect->setPen(Qt::NoPen);
        rect->setBrush(band);
    }
}

void AccuracyChart::fitRanges()
{
    double largest = 0;
    for (const Mark& mark : m_marks)
        largest = std::max({ largest, mark.line.row.p90, mark.line.row.mean });
    plot().xAxis->setRange(0, largest > 0 ? largest * 106 : 10);
    plot().yAxis->setRange(0.4, std::max(1.6, static_cast<double>(m_groups.size()) + 0.6));
}

std::optional<ChartView::Readout> AccuracyChart::readoutAt(const QPointF& position) const
{
    const Mark* best = nullptr;
    double nearest = hitDistance;
    for (const Mark& mark : m_marks) {
        const AccuracyRow& row = mark.line.row;
        const double y = plot().yAxis->coordToPixel(mark.place);
        const double left = plot().xAxis->coordToPixel(100 * std::min(row.median, row.mean));
        const double right = plot().xAxis->coordToPixel(100 * std::max(row.p90, row.mean));
        const double dx = std::max({ left - position.x(), position.x() - right, 0.0 });
        const double distance = std::hypot(dx, y - position.y());
        if (distance < nearest) {
            nearest = distance;
            best = &mark;
        }
    }
    if (!best)
        return std::nullopt;
    const AccuracyRow& row = best->line.row;
    QString text =
        tr("%1, %2\n%3: %4 measurements\nmean %5, median %6, nine of ten below %7")
            .arg(accuracyGroupName(row.group), accuracyEngineName(row.engine),
                 accuracyMetricName(row.metric), format::integer(static_cast<qint64>(row.count)),
                 format::percent(row.mean), format::percent(row.median), format::percent(row.p90));
    if (best->line.applies && row.group != accuracyAll)
        text += u'\n' + tr("the class of the selected option");
    return Readout { { plot().xAxis->coordToPixel(row.mean * 100),
                       plot().yAxis->coordToPixel(best->place) },
                     text };
}

} // namespace llmd
