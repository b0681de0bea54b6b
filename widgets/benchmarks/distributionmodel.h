// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <core/benchmarks/record.h>
#include <widgets/tables/recordmodel.h>

#include <memory>

namespace llmd {

/** One figure of all distributions, such as their 99th percentiles. */
struct DistributionRow
{
    Statistic statistic = Statistic::Mean;
    std::shared_ptr<const BenchmarkRecord> record;

    [[nodiscard]] std::optional<double> value(Metric metric) const
    {
        const Distribution* values = record->metric(metric);
        return values ? (*values)[statistic] : std::nullopt;
    }
};

/** The distributions of a record side by side; latencies in milliseconds. */
class DistributionModel final : public RecordModel<DistributionRow>
{
    Q_OBJECT

public:
    explicit DistributionModel(QObject* parent = nullptr);
    /** Figures that no distribution states are left out. */
    void setRecord(const BenchmarkRecord& record);
    /** Whether the record states anything for a column. */
    [[nodiscard]] bool hasValues(int column) const;
};

} // namespace llmd
