// SPDX-License-Identifier: GPL-3.0-or-later
#include "distributionmodel.h"

#include "recordtext.h"

#include <widgets/support/qtbridge.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

/** What the report means by a metric. */
QString definition(const DistributionRow& row, Metric metric)
{
    const auto it = row.record->metrics.find(metric);
    if (it == row.record->metrics.end())
        return {};
    return it->second.derived ? DistributionModel::tr("Derived from other figures of the report")
                              : DistributionModel::tr("The report calls it “%1”")
                                    .arg(toQString(it->second.definition).toHtmlEscaped());
}

DistributionModel::ColumnList distributionColumns()
{
    DistributionModel::ColumnList columns {
        { .id = u"statistic"_s,
          .title = DistributionModel::tr("Figure"),
          .value =
              [](const DistributionRow& row) { return QVariant(statisticName(row.statistic)); } },
    };
    for (const Metric metric : allMetrics) {
        const bool latency = isLatency(metric);
        columns.push_back(
            { .id = toQString(toString(metric)),
              .title = metricName(metric),
              .unit = latency ? u"ms"_s : DistributionModel::tr("tokens"),
              .value =
                  [metric, latency](const DistributionRow& row) {
                      const auto value = row.value(metric);
                      return value ? QVariant(*value * (latency ? 1e3 : 1)) : QVariant();
                  },
              .numeric = true,
              .missing = u"–"_s,
              .cellToolTip =
                  [metric](const DistributionRow& row) { return definition(row, metric); } });
    }
    return columns;
}

} // namespace

DistributionModel::DistributionModel(QObject* parent)
    : RecordModel(distributionColumns(), parent)
{ }

void DistributionModel::setRecord(const BenchmarkRecord& record)
{
    const auto shared = std::make_shared<const BenchmarkRecord>(record);
    std::vector<DistributionRow> stated;
    for (std::size_t i = 0; i < statisticCount; ++i) {
        const DistributionRow row { static_cast<Statistic>(i), shared };
        if (std::any_of(allMetrics.begin(), allMetrics.end(),
                        [&row](Metric metric) { return row.value(metric).has_value(); }))
            stated.push_back(row);
    }
    setRows(std::move(stated));
}

bool DistributionModel::hasValues(int column) const
{
    if (column == 0)
        return true;
    const Metric metric = allMetrics[static_cast<std::size_t>(column - 1)];
    return std::any_of(rows().begin(), rows().end(), [metric](const DistributionRow& row) {
        return row.value(metric).has_value();
    });
}

} // namespace llmd
