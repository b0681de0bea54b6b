// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "step.h"

#include <vector>

class QButtonGroup;
class QGridLayout;
class QLineEdit;
class QToolButton;

namespace llmd {

class ChoiceCard;

/** Step 1: a title, and the use case that everything which is not stated follows from. */
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
    void arrangeCards();
    void resetDerivedValues();

    QLineEdit* m_title = nullptr;
    QButtonGroup* m_group = nullptr;
    QGridLayout* m_grid = nullptr;
    std::vector<ChoiceCard*> m_cards; // in the order of the catalog
    int m_columns = 0;
    QLabel* m_kept = nullptr;
    QToolButton* m_resetAll = nullptr;
};

} // namespace llmd
