// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <core/search/operatingpoint.h>

#include <QTabWidget>
#include <QTimer>

#include <optional>
#include <vector>

namespace llmd {

class ChartView;
class Document;
class GpuCostChart;
class LoadChart;
class LoadSampler;
class OptionsChart;
class OptionsModel;
class ParetoChart;
class RoleCapacityChart;
class SplitChart;
class SplitSampler;
class StackedBarsChart;
class ThroughputChart;

/** The charts of the Explore page as tabs: all show the same options, the same filters and the same selection. */
class ChartDeck final : public QTabWidget
{
    Q_OBJECT

public:
    ChartDeck(Document& document, OptionsModel& model, QWidget* parent = nullptr);
    ~ChartDeck() override;

    /** New options of the document. */
    void showReport();
    /** Same options under other targets or weights: fast enough to follow a drag. */
    void showRanking();
    /** One flag per option: those that pass the filters; empty = all. */
    void setShown(std::vector<char> shown);
    void setSelected(std::optional<std::size_t> option);

signals:
    void optionClicked(std::size_t option);
    void selectionCleared();
    void targetDragged(llmd::LatencyMetric metric, llmd::Seconds limit);
    void targetCommitted(llmd::LatencyMetric metric, llmd::Seconds limit);
    void targetDragCancelled();
    void hintChanged(const QString& text);
    void failed(const QString& message);

private:
    void add(ChartView& chart, const QString& name);
    void connectSteps();
    void connectSamplers();
    /** What need not follow a drag step by step: those charts that the front tab shows. */
    void showLater();
    void showSteps();
    [[nodiscard]] std::vector<std::size_t> stepOptions() const;

    Document& m_document;
    std::optional<std::size_t> m_selected;
    std::vector<char> m_shown;
    ParetoChart* m_pareto;
    ThroughputChart* m_throughput;
    GpuCostChart* m_gpuCost;
    std::vector<OptionsChart*> m_optionCharts;
    StackedBarsChart* m_steps;
    std::vector<std::size_t> m_stepOptions; ///< of the bars
    LoadSampler* m_loads;
    LoadChart* m_load;
    SplitSampler* m_splits;
    SplitChart* m_splitMap;
    RoleCapacityChart* m_roles;
    QTimer m_later;
};

} // namespace llmd
