// SPDX-License-Identifier: GPL-3.0-or-later
#include "optionsmodel.h"

#include "optiontext.h"

#include <widgets/support/qtbridge.h>
#include <widgets/support/theme.h>

#include <QIcon>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

using Columns = RecordModel<OptionRow>::ColumnList;

QString tr(const char* text)
{
    return OptionsModel::tr(text);
}

QVariant asNumber(double value)
{
    return std::isfinite(value) ? QVariant(value) : QVariant();
}

QString oneDecimal(const QVariant& value)
{
    return format::fixed(value.toDouble(), 1);
}

Column<OptionRow> scoreColumn(const QString& id, const QString& title, double Scores::*score,
                              const QString& toolTip, bool hidden)
{
    return { .id = id,
             .title = title,
             .value = [score](const OptionRow& row) { return asNumber(row.scores.*score); },
             .text = oneDecimal,
             .toolTip = toolTip,
             .numeric = true,
             .hidden = hidden };
}

/** The place, and next to it what the default order follows. */
void appendPlace(Columns& columns)
{
    columns.push_back(
        { .id = u"rank"_s,
          .title = tr("#"),
          .value = [](const OptionRow& row) { return QVariant(row.rank); },
          .toolTip =
              tr("Place in the current view; a tick puts the option on the Compare page, the "
                 "star marks the plan that will be exported"),
          .numeric = true,
          .ascendingFirst = true });
    columns.push_back(scoreColumn(u"balanced"_s, tr("Balanced"), &Scores::balanced,
                                  tr("0 to 100: the four scores under your priorities"), false));
}

void appendConfiguration(Columns& columns)
{
    columns.push_back(
        { .id = u"model"_s,
          .title = tr("Model"),
          .value =
              [](const OptionRow& row) {
                  return QVariant(modelText(*row.option->candidate.model));
              },
          .cellToolTip =
              [](const OptionRow& row) { return toQString(row.option->candidate.model->id); } });
    columns.push_back(
        { .id = u"gpu"_s,
          .title = tr("GPU"),
          .value =
              [](const OptionRow& row) { return QVariant(gpuText(*row.option->candidate.gpu)); },
          .cellToolTip =
              [](const OptionRow& row) { return toQString(row.option->candidate.gpu->name); } });
    columns.push_back(
        { .id = u"topology"_s,
          .title = tr("Topology"),
          .value =
              [](const OptionRow& row) {
                  return QVariant(topologyText(row.option->candidate.topology));
              },
          .toolTip = tr("Replicas × parallelism of each: TP tensor, PP pipeline"),
          .cellToolTip =
              [](const OptionRow& row) { return sizeText(row.option->candidate.topology); } });
    columns.push_back({ .id = u"deployment"_s,
                        .title = tr("Deployment"),
                        .value =
                            [](const OptionRow& row) {
                                return QVariant(sizeText(row.option->candidate.topology));
                            },
                        .toolTip = tr("What the GPUs are made of"),
                        .hidden = true });
}

void appendSize(Columns& columns)
{
    columns.push_back(
        { .id = u"gpus"_s,
          .title = tr("GPUs"),
          .value = [](const OptionRow& row) { return QVariant(row.option->totalGpus); },
          .toolTip = tr("GPUs of the whole deployment at the peak"),
          .numeric = true,
          .ascendingFirst = true });
    columns.push_back(
        { .id = u"cost_per_month"_s,
          .title = tr("Cost"),
          .unit = tr("$/month"),
          .value =
              [](const OptionRow& row) { return asNumber(inDollarsPerMonth(row.option->cost)); },
          .text = [](const QVariant& value) { return format::fixed(value.toDouble(), 0); },
          .toolTip = tr("Price list × GPUs × 730 hours"),
          .numeric = true,
          .ascendingFirst = true });
    columns.push_back(
        { .id = u"cost_per_million_tokens"_s,
          .title = tr("Cost of tokens"),
          .unit = tr("$/M tokens"),
          .value =
              [](const OptionRow& row) { return asNumber(dollarsPerMillionTokens(*row.option)); },
          .toolTip = tr("Dollars per million output tokens while the peak load lasts"),
          .numeric = true,
          .ascendingFirst = true,
          .hidden = true });
}

Column<OptionRow> latencyColumn(const QString& id, const QString& title,
                                LatencyEstimate Estimate::*latency, bool inSeconds,
                                const QString& toolTip)
{
    return { .id = id,
             .title = title,
             .unit = inSeconds ? tr("s") : tr("ms"),
             .value =
                 [latency, inSeconds](const OptionRow& row) {
                     const Seconds value = (row.option->atPeak.*latency).p95;
                     return asNumber(inSeconds ? value.value() : inMilliseconds(value));
                 },
             .toolTip = toolTip,
             .numeric = true,
             .ascendingFirst = true };
}

void appendFigures(Columns& columns)
{
    columns.push_back(
        latencyColumn(u"ttft_p95"_s, tr("TTFT p95"), &Estimate::ttft, false,
                      tr("Time to the first token at the peak load, 95th percentile")));
    columns.push_back(latencyColumn(u"itl_p95"_s, tr("ITL p95"), &Estimate::itl, false,
                                    tr("Time between tokens at the peak load, 95th percentile")));
    columns.push_back(
        latencyColumn(u"e2e_p95"_s, tr("E2E p95"), &Estimate::e2e, true,
                      tr("Time of a whole answer at the peak load, 95th percentile")));
    columns.push_back({ .id = u"throughput"_s,
                        .title = tr("Output"),
                        .unit = tr("tokens/s"),
                        .value =
                            [](const OptionRow& row) {
                                return asNumber(row.option->atPeak.outputThroughput.value());
                            },
                        .toolTip = tr("Tokens generated by the whole deployment at the peak load"),
                        .numeric = true });
    columns.push_back(
        { .id = u"output_per_gpu"_s,
          .title = tr("Output per GPU"),
          .unit = tr("tokens/s"),
          .value = [](const OptionRow& row) { return asNumber(outputPerGpu(*row.option)); },
          .toolTip = tr("Tokens generated per second and GPU at the peak load"),
          .numeric = true,
          .hidden = true });
    columns.push_back(
        { .id = u"output_per_user"_s,
          .title = tr("Output per user"),
          .unit = tr("tokens/s"),
          .value = [](const OptionRow& row) { return asNumber(outputPerUser(row.option->atPeak)); },
          .toolTip = tr("Tokens per second that one request gets: one over the mean ITL"),
          .numeric = true,
          .hidden = true });
    columns.push_back({ .id = u"capacity"_s,
                        .title = tr("Capacity"),
                        .unit = tr("requests/s"),
                        .value =
                            [](const OptionRow& row) {
                                return asNumber(
                                    row.option->capacityPerReplica.value()
                                    * row.option->candidate.topology.independentParts());
                            },
                        .toolTip = tr("Largest load within the targets, all replicas together"),
                        .numeric = true,
                        .hidden = true });
}

void appendScores(Columns& columns)
{
    columns.push_back({ .id = u"quality"_s,
                        .title = tr("Quality"),
                        .value =
                            [](const OptionRow& row) {
                                return row.scores.quality ? asNumber(*row.scores.quality)
                                                          : QVariant();
                            },
                        .text = oneDecimal,
                        .toolTip = tr("0 to 100 from published benchmark scores for this use case; "
                                      "“no data” where none is published"),
                        .numeric = true });
    columns.push_back(scoreColumn(u"simplicity"_s, tr("Simplicity"), &Scores::simplicity,
                                  tr("0 to 100: fewer GPUs, replicas and moving parts are better"),
                                  false));
    columns.push_back(scoreColumn(u"cost_score"_s, tr("Cost score"), &Scores::cost,
                                  tr("0 to 100, higher is cheaper"), true));
    columns.push_back(scoreColumn(u"latency_score"_s, tr("Latency score"), &Scores::latency,
                                  tr("0 to 100, higher is faster"), true));
    columns.push_back({ .id = u"quantization"_s,
                        .title = tr("Weights"),
                        .value =
                            [](const OptionRow& row) {
                                return QVariant(weightsText(*row.option->candidate.model));
                            },
                        .toolTip = tr("Precision of the linear weights") });
    columns.push_back(
        { .id = u"label"_s,
          .title = tr("Basis"),
          .value =
              [](const OptionRow& row) {
                  return QVariant(provenanceText(row.option->atPeak.provenance.label));
              },
          .toolTip = tr(
              "Whether the figures are estimated or were measured on exactly this configuration"),
          .cellToolTip =
              [](const OptionRow& row) {
                  return toQString(row.option->atPeak.provenance.distance);
              } });
    columns.push_back({ .id = u"engine"_s,
                        .title = tr("Engine"),
                        .value =
                            [](const OptionRow& row) {
                                return QVariant(toQString(row.option->atPeak.provenance.engine));
                            },
                        .toolTip = tr("The engine that predicted these figures"),
                        .hidden = true });
}

void appendSettings(Columns& columns)
{
    columns.push_back({ .id = u"max_num_seqs"_s,
                        .title = tr("Max sequences"),
                        .value =
                            [](const OptionRow& row) {
                                return QVariant(row.option->candidate.engine.maxNumSeqs);
                            },
                        .toolTip = u"--max-num-seqs"_s,
                        .numeric = true,
                        .hidden = true });
    columns.push_back({ .id = u"max_num_batched_tokens"_s,
                        .title = tr("Max batched tokens"),
                        .value =
                            [](const OptionRow& row) {
                                return QVariant(row.option->candidate.engine.maxNumBatchedTokens);
                            },
                        .toolTip = u"--max-num-batched-tokens"_s,
                        .numeric = true,
                        .hidden = true });
    columns.push_back(
        { .id = u"kv_utilization"_s,
          .title = tr("KV pool used"),
          .unit = u"%"_s,
          .value =
              [](const OptionRow& row) { return asNumber(row.option->atPeak.kvUtilization * 100); },
          .text = oneDecimal,
          .toolTip = tr("Share of the KV cache in use at the peak load"),
          .numeric = true,
          .ascendingFirst = true,
          .hidden = true });
    columns.push_back(
        { .id = u"option_id"_s,
          .title = tr("Option id"),
          .value = [](const OptionRow& row) { return QVariant(toQString(row.option->id)); },
          .toolTip = tr("Stable id, as the command line takes it"),
          .hidden = true });
}

Columns optionColumns()
{
    Columns columns;
    appendPlace(columns);
    appendConfiguration(columns);
    appendSize(columns);
    appendFigures(columns);
    appendScores(columns);
    appendSettings(columns);
    return columns;
}

} // namespace

OptionsModel::OptionsModel(QObject* parent)
    : RecordModel(optionColumns(), parent)
{ }

void OptionsModel::setResults(std::shared_ptr<const SearchReport> report, const Ranking& ranking,
                              View view, const std::vector<std::size_t>& tied)
{
    m_tied.assign(report ? report->options.size() : 0, 0);
    for (const std::size_t option : tied)
        m_tied[option] = 1;

    std::vector<OptionRow> rows;
    if (report) {
        const auto& order = ranking.of(view);
        rows.reserve(order.size());
        for (const std::size_t index : order)
            rows.push_back({ &report->options[index], ranking.scores[index], index,
                             static_cast<int>(rows.size()) + 1 });
    }
    setRows(std::move(rows));
    // Only now may the report that the old rows pointed into go.
    m_report = std::move(report);
}

void OptionsModel::setChosen(const QString& optionId)
{
    m_chosen = fromQString(optionId);
    if (rowCount() > 0)
        emit dataChanged(index(0, 0), index(rowCount() - 1, 0), { Qt::DecorationRole });
}

void OptionsModel::setCompared(const std::vector<std::string>& optionIds)
{
    m_compared = optionIds;
    if (rowCount() > 0)
        emit dataChanged(index(0, 0), index(rowCount() - 1, 0), { Qt::CheckStateRole });
}

QVariant OptionsModel::data(const QModelIndex& index, int role) const
{
    const QVariant value = RecordModel::data(index, role);
    if (!index.isValid() || index.column() != columnOf(u"rank"_s)
        || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
        return value;
    const std::size_t option = record(index.row()).index;
    const bool tied = option < m_tied.size() && m_tied[option] != 0;
    if (role == Qt::DisplayRole)
        return tied ? QVariant(value.toString() + u" ="_s) : value;
    return tied ? QVariant(tr("Tied with the first: within the intervals of the figures either may "
                              "be in front"))
                : value;
}

Qt::ItemFlags OptionsModel::flags(const QModelIndex& index) const
{
    const Qt::ItemFlags base = RecordModel::flags(index);
    return index.isValid() && index.column() == columnOf(u"rank"_s) ? base | Qt::ItemIsUserCheckable
                                                                    : base;
}

bool OptionsModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (role != Qt::CheckStateRole || !(flags(index) & Qt::ItemIsUserCheckable))
        return false;
    emit compareToggled(toQString(record(index.row()).option->id),
                        value.toInt() == static_cast<int>(Qt::Checked));
    return true;
}

int OptionsModel::rowOfOption(std::size_t optionIndex) const
{
    for (int row = 0; row < rowCount(); ++row) {
        if (record(row).index == optionIndex)
            return row;
    }
    return -1;
}

QVariant OptionsModel::extraData(const Column<OptionRow>& column, const OptionRow& row,
                                 int role) const
{
    if (role == Qt::DecorationRole && column.id == u"rank" && !m_chosen.empty()
        && row.option->id == m_chosen)
        return themedIcon(u"star"_s);
    if (role == Qt::CheckStateRole && column.id == u"rank")
        return static_cast<int>(std::find(m_compared.begin(), m_compared.end(), row.option->id)
                                        != m_compared.end()
                                    ? Qt::Checked
                                    : Qt::Unchecked);
    return {};
}

} // namespace llmd
