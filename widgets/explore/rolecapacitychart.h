// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <core/search/splitgrid.h>
#include <widgets/charts/chartparts.h>
#include <widgets/charts/chartview.h>

#include <memory>
#include <vector>

namespace llmd {

/**
 * What the prefill servers and the decode servers of one option carry, by their number, with the peak as a line and the
 * numbers that carry it: where the lines of both roles cross it, the replicas match.
 */
class RoleCapacityChart final : public ChartView
{
    Q_OBJECT

public:
    explicit RoleCapacityChart(QWidget* parent = nullptr);
    ~RoleCapacityChart() override;

    /** nullptr takes the lines away; `reason` is then shown instead. */
    void setGrid(std::shared_ptr<const SplitGrid> grid, const QString& reason);

protected:
    void applyTheme(const ChartTheme& theme) override;
    void fitRanges() override;
    [[nodiscard]] std::optional<Readout> readoutAt(const QPointF& position) const override;
    [[nodiscard]] bool rowInView(int row) const override;

private:
    class Model;
    struct Row
    {
        QString role;
        int servers = 0;
        double capacity = 0; ///< requests per second, within the derate
    };
    void rebuild();
    void addRole(const RoleCapacity& role, std::size_t series);
    [[nodiscard]] int shownServers() const;

    std::shared_ptr<const SplitGrid> m_grid;
    std::unique_ptr<Model> m_model;
    std::vector<Row> m_rows;
    std::vector<QCPGraph*> m_lines; ///< prefill, decode
    MarkedLine m_peak;
    std::vector<MarkedLine> m_needed;
};

} // namespace llmd
