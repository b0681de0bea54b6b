// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "paretochart.h"

#include <QWidget>

#include <array>

class QLabel;
class QSlider;
class QToolButton;

namespace llmd {

class Document;
class DurationSpinBox;

/** Priorities and latency targets with live effect: dragging re-ranks at once, letting go makes the undo step. */
class TuningBar final : public QWidget
{
    Q_OBJECT

public:
    explicit TuningBar(Document& document, QWidget* parent = nullptr);

    /** Shows a limit that is being dragged in the chart. */
    void showPreview(const Slo& slo);

private:
    struct Weight
    {
        double Priorities::*member = nullptr;
        QSlider* slider = nullptr;
        QLabel* share = nullptr;
        QLabel* firmness = nullptr; ///< how far it may move before another option is the best
    };
    struct Target
    {
        LatencyMetric metric = LatencyMetric::E2e;
        DurationSpinBox* box = nullptr;
        QLabel* percentile = nullptr;
    };
    [[nodiscard]] QWidget* buildWeights();
    [[nodiscard]] QWidget* buildTargets();
    void refresh();
    void showSlo(const Slo& slo);
    void showShares();
    void showFirmness();
    void weightMoved();
    void commitWeights();
    void commitTarget(const Target& target);
    [[nodiscard]] Priorities chosenPriorities() const;

    Document& m_document;
    std::array<Weight, 4> m_weights;
    std::array<Target, 3> m_targets;
    QToolButton* m_reset = nullptr;
};

/** Changes the limit of one metric in the requirements, as an undoable step. */
void editTarget(Document& document, LatencyMetric metric, std::optional<Seconds> limit);

} // namespace llmd
