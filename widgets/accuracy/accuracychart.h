// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accuracymodel.h"

#include <widgets/charts/chartview.h>

#include <memory>
#include <vector>

class QComboBox;
class QCPErrorBars;
class QCPGraph;
class QCPItemRect;

namespace llmd {

/**
 * Errors of one figure by class, the smallest on top: a mark at the mean, whiskers from the median to what nine of ten stay
 * below, one series per engine. The class of the selected option has a band behind it.
 */
class AccuracyChart final : public ChartView
{
    Q_OBJECT

public:
    explicit AccuracyChart(QWidget* parent = nullptr);
    ~AccuracyChart() override;

    /** The lines of one comparison; the chart shows one of their figures. */
    void setLines(std::vector<AccuracyLine> lines);
    [[nodiscard]] QString metric() const { return m_metric; }
    void setMetric(const QString& metric);
    /** Classes from top to bottom, as the axis names them. */
    [[nodiscard]] std::vector<QString> groups() const;

protected:
    void applyTheme(const ChartTheme& theme) override;
    void fitRanges() override;
    [[nodiscard]] std::optional<Readout> readoutAt(const QPointF& position) const override;

private:
    struct Mark
    {
        AccuracyLine line;
        std::size_t engine = 0; ///< series
        double place = 0; ///< on the y axis
    };
    void fillMetrics();
    void rebuild();
    /** Those of the shown figure: all measurements together, then the classes by their error. */
    [[nodiscard]] std::vector<AccuracyLine> linesOfMetric() const;
    /** Where a class stands on the y axis; the first one is on top. */
    [[nodiscard]] double placeOf(const std::string& group) const;
    void placeMarks(const std::vector<AccuracyLine>& lines,
                    const std::vector<std::string>& engines);
    void addSeries(std::size_t engine, const QString& name);

    std::vector<AccuracyLine> m_lines;
    std::vector<std::string> m_groups; ///< top to bottom
    std::vector<Mark> m_marks;
    std::unique_ptr<AccuracyModel> m_table;
    QString m_metric;
    QComboBox* m_metricBox;
    std::vector<QCPGraph*> m_series;
    std::vector<QCPErrorBars*> m_whiskers;
    std::vector<QCPItemRect*> m_bands;
};

} // namespace llmd
