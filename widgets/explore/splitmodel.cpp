// SPDX-License-Identifier: GPL-3.0-or-later
#include "splitmodel.h"

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

QString tr(const char* text)
{
    return SplitModel::tr(text);
}

QVariant asNumber(double value)
{
    return std::isfinite(value) ? QVariant(value) : QVariant();
}

Column<SplitCell> latencyColumn(const QString& id, const QString& title,
                                LatencyEstimate Estimate::*latency)
{
    return { .id = id,
             .title = title,
             .unit = tr("ms"),
             .value =
                 [latency](const SplitCell& cell) {
                     return cell.estimate.saturated
                         ? QVariant()
                         : asNumber(inMilliseconds((cell.estimate.*latency).p95));
                 },
             .numeric = true,
             .ascendingFirst = true };
}

Column<SplitCell> roleColumn(const QString& id, const QString& title,
                             RoleLoad DisaggregatedEstimate::*role)
{
    return { .id = id,
             .title = title,
             .unit = u"%"_s,
             .value =
                 [role](const SplitCell& cell) {
                     return cell.estimate.disaggregated
                         ? asNumber(((*cell.estimate.disaggregated).*role).utilization * 100)
                         : QVariant();
                 },
             .numeric = true,
             .ascendingFirst = true };
}

std::vector<Column<SplitCell>> splitColumns()
{
    return {
        { .id = u"prefill"_s,
          .title = tr("Prefill servers"),
          .value = [](const SplitCell& cell) { return QVariant(cell.prefill); },
          .numeric = true,
          .ascendingFirst = true },
        { .id = u"decode"_s,
          .title = tr("Decode servers"),
          .value = [](const SplitCell& cell) { return QVariant(cell.decode); },
          .numeric = true,
          .ascendingFirst = true },
        { .id = u"gpus"_s,
          .title = tr("GPUs"),
          .value = [](const SplitCell& cell) { return QVariant(cell.gpus); },
          .numeric = true,
          .ascendingFirst = true },
        { .id = u"cost_per_month"_s,
          .title = tr("Cost"),
          .unit = tr("$/month"),
          .value =
              [](const SplitCell& cell) {
                  return cell.cost ? asNumber(inDollarsPerMonth(*cell.cost)) : QVariant();
              },
          .numeric = true,
          .ascendingFirst = true },
        { .id = u"meets_targets"_s,
          .title = tr("Within targets"),
          .value =
              [](const SplitCell& cell) {
                  return QVariant(cell.meetsTargets ? tr("yes") : tr("no"));
              } },
        { .id = u"attainment"_s,
          .title = tr("Share within targets"),
          .unit = u"%"_s,
          .value = [](const SplitCell& cell) { return asNumber(cell.attainment.share * 100); },
          .numeric = true },
        latencyColumn(u"ttft_p95"_s, tr("TTFT p95"), &Estimate::ttft),
        latencyColumn(u"itl_p95"_s, tr("ITL p95"), &Estimate::itl),
        latencyColumn(u"e2e_p95"_s, tr("E2E p95"), &Estimate::e2e),
        roleColumn(u"prefill_utilization"_s, tr("Prefill busy"),
                   &DisaggregatedEstimate::prefillLoad),
        roleColumn(u"decode_utilization"_s, tr("Decode busy"), &DisaggregatedEstimate::decodeLoad),
    };
}

} // namespace

SplitModel::SplitModel(QObject* parent)
    : RecordModel(splitColumns(), parent)
{ }

} // namespace llmd
