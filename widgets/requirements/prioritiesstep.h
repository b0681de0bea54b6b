// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "step.h"
#include "userrules.h"

#include <array>
#include <string>
#include <utility>
#include <vector>

class QComboBox;
class QSlider;
class QToolButton;

namespace llmd {

class OriginChip;
class StatusBanner;

/** Step 7: what matters most when options are ranked, how much stays free, and the versions to plan for. */
class PrioritiesStep final : public Step
{
    Q_OBJECT

public:
    PrioritiesStep(Document& document, QWidget* parent);
    ~PrioritiesStep() override;

    void refresh() override;
    [[nodiscard]] StepSummary summary() const override;
    [[nodiscard]] bool reveal(const QString& field) override;

    /** Reads a file of scores in the background, shows what it holds and imports it if the user agrees. */
    void previewScores(const QString& path);

private:
    static constexpr std::size_t count = 4;

    void addSliders();
    void addQuality();
    /** One of several values of a text of the need; the first stands for a text that is empty. */
    struct Choice
    {
        QString field; ///< of the derivation
        QString objectName;
        QString command; ///< for undo
        std::string Requirements::*member;
        QComboBox* box = nullptr;
        QToolButton* reset = nullptr;
        OriginChip* chip = nullptr;
        QLabel* note = nullptr;
    };

    void addDeployment();
    void addChoice(FieldGrid& grid, const QString& name, Choice choice,
                   const std::vector<std::pair<QString, QString>>& values);
    void changeWeights(std::size_t index);
    void refreshChoices();
    void refreshQuality();
    void askImportScores();
    void offerScores(const QString& name, const Result<Loaded<std::vector<QualityScore>>>& read);
    void adoptScores(const Result<ChangedCatalog>& changed, const QString& done);

    std::array<QSlider*, count> m_sliders {};
    std::array<QLabel*, count> m_shares {};
    QToolButton* m_resetWeights = nullptr;
    OriginChip* m_weightsChip = nullptr;
    QLabel* m_qualityWeights = nullptr;
    QLabel* m_scoreCount = nullptr;
    QToolButton* m_forgetScores = nullptr;
    StatusBanner* m_banner = nullptr;
    std::vector<Choice> m_choices;
};

} // namespace llmd
