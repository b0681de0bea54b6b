// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "enginesmodel.h"

#include <widgets/charts/chartview.h>

#include <vector>

class QCPErrorBars;
class QCPGraph;
class QCPItemStraightLine;

namespace llmd {

/**
 * The figures of several engines side by side, each relative to the engine of the search, with 90 % intervals where they
 * hold. Relative, because milliseconds between tokens and seconds of an answer share no scale.
 */
class EnginesChart final : public ChartView
{
    Q_OBJECT

public:
    explicit EnginesChart(QWidget* parent = nullptr);

    /** The rows of the table form. Kept by the caller. */
    void setEnginesModel(EnginesModel& model);
    /** Engines shown at present: those that are done and can be compared. */
    [[nodiscard]] std::size_t engineCount() const { return m_shown.size(); }

protected:
    void applyTheme(const ChartTheme& theme) override;
    void fitRanges() override;
    [[nodiscard]] std::optional<Readout> readoutAt(const QPointF& position) const override;

private:
    void rebuild();
    /** Where an engine's mark of a figure stands on the x axis. */
    [[nodiscard]] double placeOf(std::size_t engine, std::size_t figure) const;

    EnginesModel* m_model = nullptr;
    std::vector<EngineRow> m_shown;
    std::vector<QCPGraph*> m_marks;
    std::vector<QCPErrorBars*> m_bars;
    QCPItemStraightLine* m_zero;
};

} // namespace llmd
