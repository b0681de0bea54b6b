// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "splitmodel.h"

#include <widgets/charts/chartview.h>

#include <memory>

class QComboBox;
class QCPColorMap;
class QCPColorScale;
class QCPCurve;
class QCPGraph;
class QCPItemText;

namespace llmd {

/**
 * Prefill against decode servers of one option: a field per split, coloured by cost or by goodput. The
 * region within the targets is outlined, the cheapest field in it ringed.
 */
class SplitChart final : public ChartView
{
    Q_OBJECT

public:
    enum class Shade { Cost, Goodput };

    explicit SplitChart(QWidget* parent = nullptr);
    ~SplitChart() override;

    /** nullptr takes the map away; `reason` is then shown instead. */
    void setGrid(std::shared_ptr<const SplitGrid> grid, const QString& reason);
    void setShade(Shade shade);
    /** Fields that are outlined. */
    [[nodiscard]] int feasibleCount() const;

protected:
    void applyTheme(const ChartTheme& theme) override;
    void fitRanges() override;
    [[nodiscard]] std::optional<Readout> readoutAt(const QPointF& position) const override;
    void stepSelection(int direction) override;
    [[nodiscard]] bool rowInView(int row) const override;

private:
    void buildPlot();
    void rebuild();
    void colorCells();
    void outlineFeasible();
    void labelCells();
    void describeGrid();
    [[nodiscard]] double shadeOf(const SplitCell& cell) const; ///< not finite where unknown
    [[nodiscard]] QRgb fillOf(const SplitCell& cell, const ChartTheme& theme) const;
    [[nodiscard]] QString cellText(const SplitCell& cell) const;
    [[nodiscard]] std::optional<Readout> readoutOf(std::size_t cell) const;

    std::shared_ptr<const SplitGrid> m_grid;
    std::unique_ptr<SplitModel> m_model;
    Shade m_shade = Shade::Cost;
    std::size_t m_step = 0; ///< field that the keyboard is at
    QComboBox* m_shadeBox;
    QCPColorMap* m_map = nullptr;
    QCPColorScale* m_scale = nullptr;
    QCPCurve* m_outline = nullptr;
    QCPGraph* m_best = nullptr;
    QCPGraph* m_own = nullptr; ///< the split of the option itself
    std::vector<QCPItemText*> m_labels; ///< of each cell
};

} // namespace llmd
