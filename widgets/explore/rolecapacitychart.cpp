// SPDX-License-Identifier: GPL-3.0-or-later
#include "rolecapacitychart.h"

#include <widgets/charts/unitticker.h>
#include <widgets/support/numberformat.h>
#include <widgets/tables/recordmodel.h>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

constexpr double hitDistance = 14; // pixels
constexpr double nowhere = std::numeric_limits<double>::quiet_NaN();

} // namespace

class RoleCapacityChart::Model final : public RecordModel<Row>
{
public:
    Model()
        : RecordModel({
            { .id = u"role"_s,
              .title = RoleCapacityChart::tr("Role"),
              .value = [](const Row& row) { return QVariant(row.role); } },
            { .id = u"servers"_s,
              .title = RoleCapacityChart::tr("Servers"),
              .value = [](const Row& row) { return QVariant(row.servers); },
              .numeric = true,
              .ascendingFirst = true },
            { .id = u"capacity"_s,
              .title = RoleCapacityChart::tr("Capacity"),
              .unit = RoleCapacityChart::tr("requests/s"),
              .value = [](const Row& row) { return QVariant(row.capacity); },
              .toolTip = RoleCapacityChart::tr("Planned: the share of the role's derate"),
              .numeric = true },
        })
    { }
};

RoleCapacityChart::RoleCapacityChart(QWidget* parent)
    : ChartView(tr("Capacity of prefill and decode servers"), parent)
    , m_model(std::make_unique<Model>())
    , m_peak(addLevel(*plot().axisRect()))
{
    setAxisLogarithmic(*plot().yAxis, false);
    auto ticker = QSharedPointer<QCPAxisTickerFixed>(new QCPAxisTickerFixed);
    ticker->setTickStep(1);
    ticker->setScaleStrategy(QCPAxisTickerFixed::ssMultiples);
    plot().xAxis->setTicker(ticker);
    plot().xAxis->setSubTicks(false);
    plot().xAxis->setLabel(tr("Servers of the role"));
    plot().yAxis->setLabel(tr("Capacity [requests/s]"));
    for (const QString& role : { tr("Prefill"), tr("Decode") }) {
        QCPGraph* line = plot().addGraph();
        line->setName(role);
        m_lines.push_back(line);
    }
    for (int row = 0; row < 2; ++row)
        m_needed.push_back(addMoment(*plot().axisRect(), row));
    placeLegend(LegendPlace::Beside);
    setTableModel(m_model.get());
    applyCurrentTheme();
}

RoleCapacityChart::~RoleCapacityChart() = default;

void RoleCapacityChart::setGrid(std::shared_ptr<const SplitGrid> grid, const QString& reason)
{
    m_grid = std::move(grid);
    setMessage(m_grid ? QString() : reason);
    rebuild();
    resetView();
}

int RoleCapacityChart::shownServers() const
{
    return std::max(m_grid->columns, m_grid->rows) * m_grid->stride;
}

void RoleCapacityChart::rebuild()
{
    m_rows.clear();
    for (QCPGraph* line : m_lines)
        line->data()->clear();
    plot().axisRect()->setVisible(m_grid != nullptr);
    plot().legend->setVisible(m_grid != nullptr);
    placeLevel(m_peak, m_grid ? m_grid->peak.value() : nowhere,
               m_grid ? tr("Planned peak: %1").arg(format::rate(m_grid->peak)) : QString());
    if (m_grid) {
        addRole(m_grid->prefill, 0);
        addRole(m_grid->decode, 1);
        setSummary(tr("The peak of %1 needs %2 prefill and %3 decode servers: each prefill server "
                      "carries %4, each decode server %5.")
                       .arg(format::rate(m_grid->peak))
                       .arg(m_grid->prefill.needed)
                       .arg(m_grid->decode.needed)
                       .arg(format::rate(m_grid->prefill.perServer * m_grid->prefill.derate),
                            format::rate(m_grid->decode.perServer * m_grid->decode.derate)));
    } else {
        for (const MarkedLine& line : m_needed)
            placeMoment(line, nowhere, {});
        setSummary(message());
    }
    m_model->setRows(m_rows);
    arrangeLegend();
    applyCurrentTheme();
}

void RoleCapacityChart::addRole(const RoleCapacity& role, std::size_t series)
{
    const QString name = m_lines[series]->name();
    m_lines[series]->addData(0, 0);
    for (int servers = m_grid->stride; servers <= shownServers(); servers += m_grid->stride) {
        const double capacity = role.perServer.value() * role.derate * servers;
        m_rows.push_back({ name, servers, capacity });
        m_lines[series]->addData(servers, capacity);
    }
    placeMoment(m_needed[series], role.needed > 0 ? role.needed : nowhere,
                tr("%1: %2 needed").arg(name).arg(role.needed));
}

void RoleCapacityChart::applyTheme(const ChartTheme& theme)
{
    const double size = QFontMetricsF(theme.font).height() * 0.5;
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        m_lines[i]->setPen(QPen(theme.series[i], 2, i == 0 ? Qt::SolidLine : Qt::DashLine));
        m_lines[i]->setScatterStyle(seriesMarker(i, theme, size));
        llmd::applyTheme(m_needed[i], theme, QPen(theme.series[i], 1.2, Qt::DotLine));
    }
    llmd::applyTheme(m_peak, theme, QPen(theme.target, 1.8, Qt::DashLine));
}

void RoleCapacityChart::fitRanges()
{
    if (!m_grid)
        return;
    // A role with plenty of capacity must not flatten the other one: both leave the plot above the peak.
    double highest = m_grid->peak.value() * 2;
    for (const RoleCapacity* role : { &m_grid->prefill, &m_grid->decode })
        highest = std::max(highest, role->perServer.value() * role->derate * 1.2);
    for (const RoleCapacity* role : { &m_grid->prefill, &m_grid->decode })
        highest = std::min(highest,
                           std::max(m_grid->peak.value() * 2,
                                    role->perServer.value() * role->derate * shownServers() * 1.1));
    plot().xAxis->setRange(0, shownServers() + 0.5);
    plot().yAxis->setRange(0, highest * 1.05);
}

std::optional<ChartView::Readout> RoleCapacityChart::readoutAt(const QPointF& position) const
{
    std::optional<Readout> best;
    double nearest = hitDistance;
    for (const Row& row : m_rows) {
        const QPointF mark(plot().xAxis->coordToPixel(row.servers),
                           plot().yAxis->coordToPixel(row.capacity));
        const double distance = QLineF(mark, position).length();
        if (distance >= nearest)
            continue;
        nearest = distance;
        best = Readout { mark,
                         tr("%1: %2 servers\n%3 planned, %4 of the peak")
                             .arg(row.role)
                             .arg(row.servers)
                             .arg(format::rate(RequestsPerSecond(row.capacity)),
                                  format::percent(row.capacity / m_grid->peak.value())) };
    }
    return best;
}

bool RoleCapacityChart::rowInView(int row) const
{
    const Row& record = m_model->record(row);
    return plot().xAxis->range().contains(record.servers)
        && plot().yAxis->range().contains(record.capacity);
}

} // namespace llmd
