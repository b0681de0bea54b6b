// SPDX-License-Identifier: GPL-3.0-or-later
#include "distributionmodel.h"

#include "recordtext.h"

#include <widgets/support/qtbridge.h>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

DistributionModel::ColumnList distributionColumns()
{
    DistributionModel::ColumnList columns {
        { .id = u"metric"_s,
          .title = DistributionModel::tr("Figure"),
          .value = [](const DistributionRow& row) { return QVariant(metricName(row.metric)); },
          .cellToolTip =
              [](const DistributionRow& row) {
                  const QString name = toQString(row.measured.definition).toHtmlEscaped();
                  return row.measured.derived
                      ? DistributionModel::tr("Derived from other figures of the report")
                      : DistributionModel::tr("The report calls it “%1”").arg(name);
              } },
        { .id = u"unit"_s,
          .title = DistributionModel::tr("Unit"),
          .value =
              [](const DistributionRow& row) {
                  return QVariant(isLatency(row.metric) ? u"ms"_s
                                                        : DistributionModel::tr("tokens"));
              } },
    };
    for (std::size_t i = 0; i < statisticCount; ++i) {
        const auto which = static_cast<Statistic>(i);
        columns.push_back({ .id = toQString(toString(which)),
                            .title = statisticName(which),
                            .value =
                                [which](const DistributionRow& row) {
                                    const auto value = row.measured.values[which];
                                    return value
                                        ? QVariant(*value * (isLatency(row.metric) ? 1e3 : 1))
                                        : QVariant();
                                },
                            .numeric = true });
    }
    return columns;
}

} // namespace

DistributionModel::DistributionModel(QObject* parent)
    : RecordModel(distributionColumns(), parent)
{ }

void DistributionModel::setRecord(const BenchmarkRecord& record)
{
    std::vector<DistributionRow> rows;
    for (const Metric metric : allMetrics) {
        if (const auto it = record.metrics.find(metric);
            it != record.metrics.end() && !it->second.values.isEmpty())
            rows.push_back({ metric, it->second });
    }
    setRows(std::move(rows));
}

} // namespace llmd
