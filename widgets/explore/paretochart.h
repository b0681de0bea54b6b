// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <core/ranking/ranking.h>
#include <core/search/search.h>
#include <widgets/charts/chartview.h>

#include <memory>
#include <optional>
#include <vector>

class QComboBox;
class QCPErrorBars;
class QCPGraph;
class QCPItemStraightLine;
class QCPItemText;

namespace llmd {

class OptionsModel;

enum class LatencyMetric { Ttft, Itl, E2e };

/** The limit of a metric in a set of targets. */
[[nodiscard]] std::optional<LatencyTarget>& targetOf(Slo& slo, LatencyMetric metric);
[[nodiscard]] const std::optional<LatencyTarget>& targetOf(const Slo& slo, LatencyMetric metric);
[[nodiscard]] QString metricName(LatencyMetric metric); ///< "TTFT", "ITL", "E2E"

/**
 * Cost against latency of all options, the frontier of those that meet the targets with their 90 % intervals, and the
 * target itself as a line that can be dragged (Alt+Up and Alt+Down on the keyboard).
 */
class ParetoChart final : public ChartView
{
    Q_OBJECT

public:
    explicit ParetoChart(QWidget* parent = nullptr);
    ~ParetoChart() override;

    /** New options: rebuilds everything and shows all of it. */
    void setResults(std::shared_ptr<const SearchReport> report, const Ranking& ranking,
                    const Slo& slo);
    /** Same options under other targets or weights: fast enough to follow a drag. */
    void setRanking(const Ranking& ranking, const Slo& slo);
    void setSelected(std::optional<std::size_t> option);
    void setBudget(std::optional<double> dollarsPerMonth);
    /** The rows of the table form. Kept by the caller. */
    void setOptionsModel(OptionsModel& model);

    [[nodiscard]] LatencyMetric metric() const { return m_metric; }
    void setMetric(LatencyMetric metric);
    [[nodiscard]] const std::vector<std::size_t>& frontier() const { return m_frontier; }
    /** Pixel row of the target line in the plot, if the metric has a target. */
    [[nodiscard]] std::optional<double> targetPixel() const;

signals:
    void optionClicked(std::size_t option);
    void selectionCleared();
    void targetDragged(llmd::LatencyMetric metric, llmd::Seconds limit);
    void targetCommitted(llmd::LatencyMetric metric, llmd::Seconds limit);
    void targetDragCancelled();

protected:
    void applyTheme(const ChartTheme& theme) override;
    void fitRanges() override;
    [[nodiscard]] std::optional<Readout> readoutAt(const QPointF& position) const override;
    [[nodiscard]] bool rowInView(int row) const override;
    void clearSelection() override;
    void stepSelection(int direction) override;
    bool handleMouse(QMouseEvent& event) override;
    bool handleKey(QKeyEvent& event) override;
    void clicked(const QPointF& position, Qt::KeyboardModifiers modifiers) override;

private:
    struct Point
    {
        double cost = 0; ///< US dollars per month
        double latency = 0; ///< in the metric's unit
        std::size_t series = 0;
        bool inTarget = false;
    };
    void buildPlot();
    void preferMetricWithTarget();
    void rebuildPoints();
    void assignSeries();
    void updatePoints();
    void updateFrontier();
    void updateTarget();
    void updateHighlight();
    void updateSummary();
    [[nodiscard]] std::optional<std::size_t> optionAt(const QPointF& position) const;
    [[nodiscard]] bool isOnTarget(const QPointF& position) const;
    [[nodiscard]] const LatencyEstimate& latencyOf(const Option& option) const;
    /** A point where no interval holds has no whiskers. */
    [[nodiscard]] IntervalFactors drawnInterval(const Option& option) const;
    [[nodiscard]] double percentile() const;
    [[nodiscard]] double inUnit(Seconds value) const; ///< ms, or s for E2E
    [[nodiscard]] Seconds fromUnit(double value) const;
    [[nodiscard]] bool startDrag(const QMouseEvent& event);
    void dragTo(const QPointF& position);

    std::shared_ptr<const SearchReport> m_report;
    Slo m_slo;
    LatencyMetric m_metric = LatencyMetric::E2e;
    std::vector<Point> m_points; ///< one per option
    std::vector<QString> m_seriesNames;
    std::vector<std::size_t> m_frontier; ///< options, by cost
    std::optional<std::size_t> m_selected;
    std::optional<double> m_budget;
    OptionsModel* m_table = nullptr;

    QComboBox* m_metricBox;
    QCPGraph* m_outside = nullptr;
    std::vector<QCPGraph*> m_series;
    QCPGraph* m_frontierLine = nullptr;
    QCPErrorBars* m_frontierBars = nullptr;
    QCPGraph* m_highlight = nullptr;
    QCPErrorBars* m_highlightBars = nullptr;
    QCPItemStraightLine* m_targetLine = nullptr;
    QCPItemText* m_targetText = nullptr;
    QCPItemStraightLine* m_budgetLine = nullptr;
    bool m_dragging = false;
    bool m_metricChosen = false; ///< by the user; until then the chart shows one that has a target
};

} // namespace llmd
