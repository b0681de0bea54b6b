// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "step.h"
#include "userrules.h"

#include <array>

class QComboBox;
class QSlider;
class QToolButton;

namespace llmd {

class OriginChip;
class StatusBanner;

/** Step 6: what matters most when options are ranked, how much stays free, and the versions to plan for. */
class PrioritiesStep final : public Step
{
    Q_OBJECT

public:
    PrioritiesStep(Document& document, QWidget* parent);

    void refresh() override;
    [[nodiscard]] StepSummary summary() const override;
    [[nodiscard]] bool reveal(const QString& field) override;

private:
    static constexpr std::size_t count = 4;

    void addSliders();
    void addQuality();
    void addVersions();
    void changeWeights(std::size_t index);
    void refreshVersions();
    void refreshQuality();
    void askImportScores();
    void adoptScores(const Result<ChangedCatalog>& changed, const QString& done);

    std::array<QSlider*, count> m_sliders {};
    std::array<QLabel*, count> m_shares {};
    QToolButton* m_resetWeights = nullptr;
    OriginChip* m_weightsChip = nullptr;
    QLabel* m_qualityWeights = nullptr;
    QLabel* m_scoreCount = nullptr;
    QToolButton* m_forgetScores = nullptr;
    StatusBanner* m_banner = nullptr;
    QComboBox* m_versions = nullptr;
    QToolButton* m_resetVersion = nullptr;
    OriginChip* m_versionChip = nullptr;
    QLabel* m_versionNote = nullptr;
};

} // namespace llmd
