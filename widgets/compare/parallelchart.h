// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "comparedoptions.h"

#include <widgets/charts/chartview.h>

#include <memory>
#include <vector>

class QCPErrorBars;
class QCPGraph;
class QCPItemLine;
class QCPItemStraightLine;
class QCPItemText;

namespace llmd {

/**
 * Each compared option as a line across parallel axes, one per figure, each with a scale of its own from the worst to the
 * best of the options (intervals included); better is always up. Whiskers are 90 % intervals, a dashed mark is a target's limit.
 */
class ParallelChart final : public ChartView
{
    Q_OBJECT

public:
    explicit ParallelChart(QWidget* parent = nullptr);
    ~ParallelChart() override;

    void setOptions(ComparedOptions options);
    /** Where a value of an axis lies between its lower end, 0, and its upper end, 1. */
    [[nodiscard]] double heightOf(std::size_t axis, double value) const;
    [[nodiscard]] std::size_t axisCount() const { return m_axes.size(); }
    /** Pixels of the mark of an option on an axis: for tests. */
    [[nodiscard]] QPointF markOf(std::size_t option, std::size_t axis) const;

protected:
    void applyTheme(const ChartTheme& theme) override;
    void fitRanges() override;
    [[nodiscard]] std::optional<Readout> readoutAt(const QPointF& position) const override;

private:
    class Model;
    struct Axis
    {
        MeasureRow row;
        double bottom = 0; ///< the worse end
        double top = 0; ///< the better end
    };
    void rebuild();
    void addAxis(std::size_t axis);
    void addOption(std::size_t option);
    [[nodiscard]] double placeOf(std::size_t option, std::size_t axis) const;

    ComparedOptions m_options;
    std::vector<Axis> m_axes;
    std::unique_ptr<Model> m_model;
    std::vector<QCPGraph*> m_lines; ///< one per option
    std::vector<QCPErrorBars*> m_whiskers;
    std::vector<QCPItemLine*> m_axisLines;
    std::vector<QCPItemLine*> m_limits;
    std::vector<QCPItemText*> m_texts;
};

} // namespace llmd
