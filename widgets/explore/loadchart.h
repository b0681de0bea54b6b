// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "loadmodel.h"
#include "loadsampler.h"

#include <widgets/charts/chartparts.h>
#include <widgets/charts/chartview.h>

class QComboBox;

namespace llmd {

/**
 * Latency and throughput of one option against its load: percentiles of a latency with the interval of the one that has a
 * target, below them what is served and what is served within the targets. Lines mark the target, the peak that is planned
 * for, the knee and the largest load within the targets.
 */
class LoadChart final : public ChartView
{
    Q_OBJECT

public:
    explicit LoadChart(QWidget* parent = nullptr);
    ~LoadChart() override;

    /** nullptr takes the curve away; `reason` is then shown instead. */
    void setCurve(std::shared_ptr<const DeploymentCurve> curve, const QString& reason);
    [[nodiscard]] LatencyMetric metric() const { return m_metric; }
    void setMetric(LatencyMetric metric);
    /** Loads of the deployment at the marks, not finite where there is none. */
    [[nodiscard]] double kneeLoad() const;
    [[nodiscard]] double limitLoad() const;

protected:
    void applyTheme(const ChartTheme& theme) override;
    void fitRanges() override;
    [[nodiscard]] std::optional<Readout> readoutAt(const QPointF& position) const override;
    void stepSelection(int direction) override;
    [[nodiscard]] bool rowInView(int row) const override;

private:
    /** A line with an interval around it. */
    struct Band
    {
        QCPGraph* line = nullptr;
        QCPGraph* low = nullptr;
        QCPGraph* high = nullptr;
    };
    [[nodiscard]] Band addBand(QCPAxisRect& rect, const QString& name);
    void buildPlot();
    void rebuild();
    void drawLatency();
    void drawRates();
    void drawMarks();
    void describeCurve();
    [[nodiscard]] double loadOf(const LoadPoint& point) const; ///< on the deployment
    [[nodiscard]] double percentile() const; ///< that the interval is drawn of
    [[nodiscard]] double inUnit(Seconds value) const;
    [[nodiscard]] QString describe(const LoadPoint& point) const;
    [[nodiscard]] std::optional<Readout> readoutOf(std::size_t point) const;

    std::shared_ptr<const DeploymentCurve> m_curve;
    std::unique_ptr<LoadModel> m_model;
    LatencyMetric m_metric = LatencyMetric::Ttft;
    bool m_metricChosen = false; ///< by the user; until then the chart shows one that has a target
    std::size_t m_step = 0; ///< point that the keyboard is at
    QComboBox* m_metricBox;
    QCPAxisRect* m_rates = nullptr; ///< the lower plot
    QCPGraph* m_median = nullptr;
    QCPGraph* m_tail = nullptr;
    Band m_latency;
    QCPGraph* m_served = nullptr;
    Band m_goodput;
    MarkedLine m_target;
    std::vector<MarkedLine> m_peak; ///< in both plots
    std::vector<MarkedLine> m_knee;
    std::vector<MarkedLine> m_limit;
};

} // namespace llmd
