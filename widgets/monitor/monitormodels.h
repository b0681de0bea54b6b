// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <core/observation/monitor.h>
#include <widgets/tables/recordmodel.h>

#include <optional>
#include <vector>

namespace llmd {

/** Figures as observed and as predicted, with verdicts. */
class FiguresModel final : public RecordModel<ComparedFigure>
{
    Q_OBJECT

public:
    explicit FiguresModel(QObject* parent = nullptr);
};

/** The traffic against the plan. */
class DriftModel final : public RecordModel<DriftSignal>
{
    Q_OBJECT

public:
    explicit DriftModel(QObject* parent = nullptr);
};

/** One figure at one time, in the unit that it is drawn in. */
struct FigureSample
{
    double time = 0; ///< seconds since 1970
    std::optional<double> observed;
    std::optional<double> predicted;
    std::optional<double> low; ///< of the prediction's 90 % interval
    std::optional<double> high;
    Verdict verdict = Verdict::NoData;
};

class SamplesModel final : public RecordModel<FigureSample>
{
    Q_OBJECT

public:
    explicit SamplesModel(QObject* parent = nullptr);
};

namespace monitorformat {
/** "TTFT mean"; the core's own name for figures that this version does not know. */
[[nodiscard]] QString figureName(const ComparedFigure& figure);
/** With its unit: "12.4 ms", "45 %"; a lower bound as "above 10 s" is not needed here: infinite values are a dash. */
[[nodiscard]] QString value(double value, const std::string& unit);
/** Factor and unit that a figure is drawn with: 1000 and "ms". */
struct Scale
{
    double factor = 1;
    QString unit;
};
[[nodiscard]] Scale scaleOf(const std::string& unit);
[[nodiscard]] QString verdict(Verdict verdict); ///< with a mark, so that colour is not needed
[[nodiscard]] QString driftName(DriftMetric metric);
[[nodiscard]] QString driftValue(DriftMetric metric, double value);
[[nodiscard]] QString
clock(double time); ///< local time of day, or with the date if it is not today's
} // namespace monitorformat

} // namespace llmd
