// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "step.h"
#include "userrules.h"

#include <vector>

class QButtonGroup;
class QGridLayout;
class QLineEdit;
class QMenu;
class QToolButton;

namespace llmd {

class ChoiceCard;
class StatusBanner;

/** Step 2: a title, the use case that everything which is not stated follows from, and presets of it. */
class UseCaseStep final : public Step
{
    Q_OBJECT

public:
    UseCaseStep(Document& document, QWidget* parent);

    void refresh() override;
    [[nodiscard]] StepSummary summary() const override;
    [[nodiscard]] bool reveal(const QString& field) override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void addTitleField();
    void addPresets();
    void buildCards();
    void arrangeCards();
    void resetDerivedValues();
    void fillPresetMenu(QMenu& menu);
    void saveAsPreset();
    void askLoadPresets();
    void askSharePresets();
    void removePresetOf(const std::string& id);
    void adopt(const Result<ChangedCatalog>& changed, const QString& done);

    QLineEdit* m_title = nullptr;
    QButtonGroup* m_group = nullptr;
    QWidget* m_cardArea = nullptr;
    QGridLayout* m_grid = nullptr;
    std::vector<ChoiceCard*> m_cards; // in the order of the catalog
    int m_columns = 0;
    QLabel* m_kept = nullptr;
    QToolButton* m_resetAll = nullptr;
    StatusBanner* m_banner = nullptr;
};

} // namespace llmd
