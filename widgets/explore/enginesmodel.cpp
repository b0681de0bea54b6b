// SPDX-License-Identifier: GPL-3.0-or-later
#include "enginesmodel.h"

#include "enginetext.h"

#include <widgets/support/qtbridge.h>
#include <widgets/support/theme.h>

#include <QIcon>

#include <cmath>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

using Columns = RecordModel<EngineRow>::ColumnList;

QString tr(const char* text)
{
    return EnginesModel::tr(text);
}

QString figureId(EngineFigure figure)
{
    switch (figure) {
    case EngineFigure::TtftMean:
        return u"ttft_mean"_s;
    case EngineFigure::TtftP95:
        return u"ttft_p95"_s;
    case EngineFigure::ItlMean:
        return u"itl_mean"_s;
    case EngineFigure::ItlP95:
        return u"itl_p95"_s;
    case EngineFigure::E2eMean:
        return u"e2e_mean"_s;
    case EngineFigure::E2eP95:
        return u"e2e_p95"_s;
    case EngineFigure::Output:
        return u"throughput"_s;
    }
    return {};
}

const LatencyEstimate& latencyOf(const Estimate& estimate, EngineFigure figure)
{
    switch (figure) {
    case EngineFigure::TtftMean:
    case EngineFigure::TtftP95:
        return estimate.ttft;
    case EngineFigure::ItlMean:
    case EngineFigure::ItlP95:
        return estimate.itl;
    default:
        return estimate.e2e;
    }
}

bool isMean(EngineFigure figure)
{
    return figure == EngineFigure::TtftMean || figure == EngineFigure::ItlMean
        || figure == EngineFigure::E2eMean;
}

QString signedPercent(double fraction)
{
    // What rounds to nothing is no difference.
    if (std::abs(fraction) < 0.0005)
        return u"±"_s + format::percent(0);
    return (fraction < 0 ? u"−"_s : u"+"_s) + format::percent(std::abs(fraction));
}

QIcon blankIcon()
{
    QPixmap blank(64, 64); // scaled down to the size of decorations
    blank.fill(Qt::transparent);
    return blank;
}

Column<EngineRow> figureColumn(EngineFigure figure)
{
    const bool rate = figure == EngineFigure::Output;
    return { .id = figureId(figure),
             .title = figureName(figure),
             .unit = rate ? tr("tokens/s") : tr("ms"),
             .value =
                 [figure, rate](const EngineRow& row) {
                     const double value = row.done() ? figureOf(row.estimate, figure) : NAN;
                     return std::isfinite(value) ? QVariant(rate ? value : value * 1e3)
                                                 : QVariant();
                 },
             .toolTip = tr("Below it the difference to the engine of the search"),
             .numeric = true,
             .ascendingFirst = !rate,
             .missing = u"–"_s };
}

Column<EngineRow> differenceColumn(EngineFigure figure)
{
    return { .id = figureId(figure) + u"_difference"_s,
             .title = tr("%1, difference").arg(figureName(figure)),
             .unit = u"%"_s,
             .value =
                 [figure](const EngineRow& row) {
                     const auto difference = differenceOf(row, figure);
                     return difference ? QVariant(*difference * 100) : QVariant();
                 },
             .text = [](const QVariant& value) { return signedPercent(value.toDouble() / 100); },
             .numeric = true,
             .hidden = true,
             .missing = u"–"_s };
}

Columns engineColumns()
{
    Columns columns;
    columns.push_back(
        { .id = u"engine"_s,
          .title = tr("Engine"),
          .value = [](const EngineRow& row) { return QVariant(engineName(row.info)); },
          .toolTip = tr("The check mark is at the engine that made the figures of the search"),
          .cellToolTip = [](const EngineRow& row) { return toQString(row.info.description); } });
    for (const EngineFigure figure : allEngineFigures)
        columns.push_back(figureColumn(figure));
    columns.push_back({ .id = u"utilization"_s,
                        .title = tr("Batch"),
                        .unit = u"%"_s,
                        .value =
                            [](const EngineRow& row) {
                                return row.done() ? QVariant(row.estimate.batchUtilization * 100)
                                                  : QVariant();
                            },
                        .toolTip = tr("Running sequences of a replica as a share of max_num_seqs"),
                        .numeric = true,
                        .missing = u"–"_s });
    columns.push_back({ .id = u"interval"_s,
                        .title = tr("E2E interval"),
                        .value =
                            [](const EngineRow& row) {
                                return row.done() ? QVariant(intervalText(
                                           row.estimate, row.estimate.e2e.meanInterval))
                                                  : QVariant();
                            },
                        .toolTip = tr("90 % interval of the mean, or why there is none"),
                        .cellToolTip =
                            [](const EngineRow& row) {
                                return row.done() ? saturationAdvice(row.estimate) : QString();
                            } });
    columns.push_back({ .id = u"elapsed"_s,
                        .title = tr("Took"),
                        .unit = tr("ms"),
                        .value =
                            [](const EngineRow& row) {
                                return row.done() ? QVariant(inMilliseconds(row.elapsed))
                                                  : QVariant();
                            },
                        .toolTip = tr("Time that the prediction took on this computer"),
                        .numeric = true,
                        .ascendingFirst = true,
                        .missing = u"–"_s });
    for (const EngineFigure figure : allEngineFigures)
        columns.push_back(differenceColumn(figure));
    return columns;
}

/** The figure that a column shows, if it shows one. */
std::optional<EngineFigure> figureOfColumn(const QString& id)
{
    for (const EngineFigure figure : allEngineFigures) {
        if (figureId(figure) == id)
            return figure;
    }
    return std::nullopt;
}

} // namespace

double figureOf(const Estimate& estimate, EngineFigure figure)
{
    if (figure == EngineFigure::Output)
        return estimate.outputThroughput.value();
    const LatencyEstimate& latency = latencyOf(estimate, figure);
    return (isMean(figure) ? latency.mean : latency.p95).value();
}

QString figureName(EngineFigure figure)
{
    switch (figure) {
    case EngineFigure::TtftMean:
        return tr("TTFT mean");
    case EngineFigure::TtftP95:
        return tr("TTFT p95");
    case EngineFigure::ItlMean:
        return tr("ITL mean");
    case EngineFigure::ItlP95:
        return tr("ITL p95");
    case EngineFigure::E2eMean:
        return tr("E2E mean");
    case EngineFigure::E2eP95:
        return tr("E2E p95");
    case EngineFigure::Output:
        return tr("Output");
    }
    return {};
}

QString figureText(const Estimate& estimate, EngineFigure figure)
{
    const double value = figureOf(estimate, figure);
    return figure == EngineFigure::Output ? format::tokenRate(TokensPerSecond(value))
                                          : format::duration(Seconds(value));
}

const IntervalFactors& intervalOf(const Estimate& estimate, EngineFigure figure)
{
    if (figure == EngineFigure::Output)
        return estimate.throughputInterval;
    const LatencyEstimate& latency = latencyOf(estimate, figure);
    return isMean(figure) ? latency.meanInterval : latency.tailInterval;
}

std::optional<double> differenceOf(const EngineRow& row, EngineFigure figure)
{
    if (!row.done() || !row.reference)
        return std::nullopt;
    const double own = figureOf(row.estimate, figure);
    const double reference = figureOf(*row.reference, figure);
    if (!(reference > 0) || !std::isfinite(own / reference))
        return std::nullopt;
    return own / reference - 1;
}

EnginesModel::EnginesModel(QObject* parent)
    : RecordModel(engineColumns(), parent)
{ }

void EnginesModel::setReference(std::vector<EngineRow>& rows)
{
    std::shared_ptr<const Estimate> reference;
    for (const EngineRow& row : rows) {
        if (row.searches && row.done())
            reference = std::make_shared<const Estimate>(row.estimate);
    }
    for (EngineRow& row : rows)
        row.reference = reference;
}

void EnginesModel::setEngines(std::vector<EngineRow> rows)
{
    setReference(rows);
    setRows(std::move(rows));
}

void EnginesModel::update(const std::string& id, const std::function<void(EngineRow&)>& change)
{
    std::vector<EngineRow> changed = rows();
    for (EngineRow& row : changed) {
        if (row.info.id == id)
            change(row);
    }
    setEngines(std::move(changed));
}

QString EnginesModel::stateText(const EngineRow& row)
{
    switch (row.state) {
    case EngineRow::State::Waiting:
        return tr("Not asked yet.");
    case EngineRow::State::Running:
        return tr("Predicting…");
    case EngineRow::State::Stopped:
        return tr("Stopped before it was done.");
    case EngineRow::State::Failed:
        return row.problem;
    case EngineRow::State::Done:
        break;
    }
    return {};
}

int EnginesModel::stateColumn() const
{
    return columnOf(figureId(allEngineFigures.front()));
}

QVariant EnginesModel::data(const QModelIndex& index, int role) const
{
    const bool display = role == Qt::DisplayRole || role == Qt::AccessibleTextRole;
    if (!index.isValid() || index.row() >= rowCount())
        return RecordModel::data(index, role);
    const EngineRow& row = record(index.row());
    if (!row.done() && index.column() == stateColumn()) {
        if (display || role == Qt::ToolTipRole)
            return stateText(row);
        if (role == Qt::TextAlignmentRole)
            return QVariant::fromValue(Qt::Alignment(Qt::AlignVCenter | Qt::AlignLeft));
    }
    const QVariant value = RecordModel::data(index, role);
    const auto figure = figureOfColumn(columns()[static_cast<std::size_t>(index.column())].id);
    if (!display || !figure || row.searches)
        return value;
    const auto difference = differenceOf(row, *figure);
    if (!difference)
        return value;
    return role == Qt::DisplayRole ? QString(value.toString() + u'\n' + signedPercent(*difference))
                                   : tr("%1, %2 against the engine of the search")
                                         .arg(value.toString(), signedPercent(*difference));
}

QVariant EnginesModel::extraData(const Column<EngineRow>& column, const EngineRow& row,
                                 int role) const
{
    // A row without the mark keeps its place, so that the names stand in one line.
    if (role == Qt::DecorationRole && column.id == u"engine")
        return row.searches ? themedIcon(u"check"_s) : blankIcon();
    return {};
}

} // namespace llmd
