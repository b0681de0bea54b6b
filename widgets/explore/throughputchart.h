// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "loadsampler.h"
#include "optionschart.h"

class QCPCurve;

namespace llmd {

class PointLabels;

/**
 * Output tokens per second and GPU against those that one user gets, both at the peak load; the frontier is labelled with
 * the parallelism. Of the selected option the way that it takes as its load grows is drawn too.
 */
class ThroughputChart final : public OptionsChart
{
    Q_OBJECT

public:
    explicit ThroughputChart(QWidget* parent = nullptr);
    ~ThroughputChart() override;

    /** Of the selected option, or nullptr while it is not known. */
    void setCurve(const std::shared_ptr<const DeploymentCurve>& curve);
    /** Parallelism beside the frontier, as far as there is room. */
    [[nodiscard]] QStringList shownLabels() const;

protected:
    [[nodiscard]] Place placeOf(const Option& option) const override;
    [[nodiscard]] Whiskers whiskersOf(const Option& option) const override;
    [[nodiscard]] QString describe(const Option& option) const override;
    [[nodiscard]] QString summary() const override;
    [[nodiscard]] QStringList axisColumns() const override;
    void decorate() override;
    [[nodiscard]] std::vector<Gesture> ownGestures() const override;
    void applyTheme(const ChartTheme& theme) override;

private:
    PointLabels* m_labels;
    QCPCurve* m_path; ///< of the selected option under growing load
};

} // namespace llmd
