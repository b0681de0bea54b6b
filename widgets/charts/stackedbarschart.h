// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chartview.h"

#include <memory>
#include <vector>

class QCPBars;
class QCPItemText;
class QCPLayerable;

namespace llmd {

/** A labelled line at a value, such as a budget. */
struct BarLimit
{
    double value = 0;
    QString label;
};

/** What a stacked-bars chart shows: one bar per entry of `bars`, split into the same segments. */
struct StackedBars
{
    struct Bar
    {
        QString label;
        std::vector<double> values; ///< one per segment, not negative
    };
    QString unit; ///< "GiB", "ms"
    std::vector<QString> segments; ///< names, bottom to top
    std::vector<QString>
        notes; ///< what the read-out says of a segment beside its value; may be empty
    std::vector<Bar> bars;
    std::vector<BarLimit> limits;
};

/** Horizontal bars split into parts with their values written in them; the legend names the parts. */
class StackedBarsChart final : public ChartView
{
    Q_OBJECT

public:
    explicit StackedBarsChart(const QString& title, QWidget* parent = nullptr);
    ~StackedBarsChart() override;

    void setBars(StackedBars bars);
    [[nodiscard]] const StackedBars& bars() const { return m_data; }

signals:
    void barClicked(std::size_t bar);

protected:
    void applyTheme(const ChartTheme& theme) override;
    void fitRanges() override;
    [[nodiscard]] std::optional<Readout> readoutAt(const QPointF& position) const override;
    void clicked(const QPointF& position, Qt::KeyboardModifiers modifiers) override;

private:
    class Model;
    void rebuild();
    void labelSegments();
    /** The bar at a height of the plot. */
    [[nodiscard]] std::optional<std::size_t> barAt(double pixel) const;
    [[nodiscard]] QString valueText(double value) const;

    StackedBars m_data;
    std::unique_ptr<Model> m_model;
    std::vector<QCPBars*> m_series;
    std::vector<QCPItemText*> m_labels;
};

} // namespace llmd
