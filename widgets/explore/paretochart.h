// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "optionschart.h"

#include <core/search/operatingpoint.h>
#include <widgets/charts/chartparts.h>

class QComboBox;

namespace llmd {

[[nodiscard]] QString metricName(LatencyMetric metric); ///< "TTFT", "ITL", "E2E"

/**
 * Cost against latency of all options, the frontier of those that meet the targets with their 90 % intervals, and the
 * target itself as a line that can be dragged (Alt+Up and Alt+Down on the keyboard).
 */
class ParetoChart final : public OptionsChart
{
    Q_OBJECT

public:
    explicit ParetoChart(QWidget* parent = nullptr);
    ~ParetoChart() override;

    void setResults(std::shared_ptr<const SearchReport> report, const Ranking& ranking,
                    const Slo& slo);
    void setBudget(std::optional<double> dollarsPerMonth);

    [[nodiscard]] LatencyMetric metric() const { return m_metric; }
    void setMetric(LatencyMetric metric);
    /** Pixel row of the target line in the plot, if the metric has a target. */
    [[nodiscard]] std::optional<double> targetPixel() const;

signals:
    void targetDragged(llmd::LatencyMetric metric, llmd::Seconds limit);
    void targetCommitted(llmd::LatencyMetric metric, llmd::Seconds limit);
    void targetDragCancelled();

protected:
    void prepare() override;
    [[nodiscard]] Place placeOf(const Option& option) const override;
    [[nodiscard]] Whiskers whiskersOf(const Option& option) const override;
    [[nodiscard]] QString describe(const Option& option) const override;
    [[nodiscard]] QString summary() const override;
    [[nodiscard]] bool placesDiffer(const Slo& before, const Slo& after) const override;
    [[nodiscard]] QStringList axisColumns() const override;
    void decorate() override;
    [[nodiscard]] std::vector<Gesture> ownGestures() const override;
    void applyTheme(const ChartTheme& theme) override;
    void fitRanges() override;
    void clearSelection() override;
    bool handleMouse(QMouseEvent& event) override;
    bool handleKey(QKeyEvent& event) override;

private:
    [[nodiscard]] bool isOnTarget(const QPointF& position) const;
    [[nodiscard]] double percentileOf(const Slo& slo) const;
    [[nodiscard]] double inUnit(Seconds value) const; ///< ms, or s for E2E
    [[nodiscard]] Seconds fromUnit(double value) const;
    [[nodiscard]] bool startDrag(const QMouseEvent& event);
    void dragTo(const QPointF& position);

    LatencyMetric m_metric = LatencyMetric::E2e;
    std::optional<double> m_budget;
    QComboBox* m_metricBox;
    MarkedLine m_target;
    MarkedLine m_budgetLine;
    bool m_dragging = false;
    bool m_metricChosen = false; ///< by the user; until then the chart shows one that has a target
};

} // namespace llmd
