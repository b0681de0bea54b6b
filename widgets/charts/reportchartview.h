// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chartparts.h"
#include "chartview.h"

#include <core/report/document.h>

#include <memory>

class QCPErrorBars;
class QCPItemRect;

namespace llmd {

class ReportPointModel;

/** The chart of a report on screen: series with their spread, limits with what lies beyond them shaded. */
class ReportChartView final : public ChartView
{
    Q_OBJECT

public:
    explicit ReportChartView(QWidget* parent = nullptr);
    ~ReportChartView() override;

    void setChart(const ReportChart& chart);
    [[nodiscard]] const ReportChart& chart() const { return m_chart; }

protected:
    void applyTheme(const ChartTheme& theme) override;
    void fitRanges() override;
    [[nodiscard]] std::optional<Readout> readoutAt(const QPointF& position) const override;
    void stepSelection(int direction) override;
    [[nodiscard]] bool rowInView(int row) const override;

private:
    void addSeries(const ChartSeries& series);
    void placeTargets();
    [[nodiscard]] Readout readoutOf(int row) const;

    ReportChart m_chart;
    std::unique_ptr<ReportPointModel> m_points;
    std::vector<QCPGraph*> m_graphs;
    std::vector<QCPErrorBars*> m_whiskers;
    MarkedLine m_yTarget;
    MarkedLine m_xTarget;
    std::vector<QCPItemRect*> m_shades;
    int m_selected = -1;
};

} // namespace llmd
