// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <core/benchmarks/record.h>
#include <widgets/tables/recordmodel.h>

namespace llmd {

/** One metric of a record with the figures that its report states. */
struct DistributionRow
{
    Metric metric = Metric::Ttft;
    MeasuredMetric measured;
};

/** All distributions of a record; latencies in milliseconds. */
class DistributionModel final : public RecordModel<DistributionRow>
{
    Q_OBJECT

public:
    explicit DistributionModel(QObject* parent = nullptr);
    void setRecord(const BenchmarkRecord& record);
};

} // namespace llmd
