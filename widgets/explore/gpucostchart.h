// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "optionschart.h"

#include <map>

namespace llmd {

class PointLabels;

/** What meeting the targets costs on each GPU type: a row per type with all its options, the cheapest one labelled. */
class GpuCostChart final : public OptionsChart
{
    Q_OBJECT

public:
    explicit GpuCostChart(QWidget* parent = nullptr);
    ~GpuCostChart() override;

    /** GPU types from top to bottom, as the axis names them. */
    [[nodiscard]] QStringList rows() const { return m_rows; }
    [[nodiscard]] QStringList shownLabels() const;

protected:
    void prepare() override;
    [[nodiscard]] Place placeOf(const Option& option) const override;
    [[nodiscard]] Whiskers whiskersOf(const Option& option) const override;
    [[nodiscard]] QString describe(const Option& option) const override;
    [[nodiscard]] QString summary() const override;
    [[nodiscard]] std::vector<std::size_t> findFrontier() const override;
    [[nodiscard]] QStringList axisColumns() const override;
    void decorate() override;
    [[nodiscard]] std::vector<Gesture> ownGestures() const override;
    void applyTheme(const ChartTheme& theme) override;
    void fitRanges() override;

private:
    std::map<const Gpu*, double> m_places; ///< on the y axis; the first row is on top
    QStringList m_rows;
    PointLabels* m_labels;
};

} // namespace llmd
