// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitormodels.h"

#include <widgets/charts/chartview.h>

#include <deque>
#include <memory>
#include <optional>
#include <vector>

class QComboBox;
class QCPErrorBars;
class QCPGraph;

namespace llmd {

/** What one reading says, as far as it is drawn. */
struct MonitorSample
{
    double time = 0; ///< seconds since 1970
    std::vector<ComparedFigure> figures;
};

/** One figure over time: observed with its uncertainty, predicted for the load of the moment with its 90 % interval. */
class MonitorChart final : public ChartView
{
    Q_OBJECT

public:
    static constexpr std::size_t mostSamples = 2000; ///< older ones are forgotten

    explicit MonitorChart(QWidget* parent = nullptr);
    ~MonitorChart() override;

    void addSample(MonitorSample sample);
    void clear();
    [[nodiscard]] std::size_t sampleCount() const { return m_samples.size(); }
    /** Id of the figure that is drawn. */
    [[nodiscard]] QString figure() const { return m_figure; }
    void setFigure(const QString& id);

protected:
    void applyTheme(const ChartTheme& theme) override;
    void fitRanges() override;
    [[nodiscard]] std::optional<Readout> readoutAt(const QPointF& position) const override;
    void stepSelection(int direction) override;
    [[nodiscard]] bool rowInView(int row) const override;

private:
    void buildPlot();
    void rebuild();
    [[nodiscard]] std::optional<Readout> readoutOf(std::size_t row) const;

    std::deque<MonitorSample> m_samples;
    std::unique_ptr<SamplesModel> m_model;
    QString m_figure;
    monitorformat::Scale m_scale;
    QString m_name;
    std::size_t m_step = 0; ///< sample that the keyboard is at
    QComboBox* m_box;
    QCPGraph* m_low = nullptr;
    QCPGraph* m_high = nullptr;
    QCPGraph* m_predicted = nullptr;
    QCPGraph* m_observed = nullptr;
};

} // namespace llmd
