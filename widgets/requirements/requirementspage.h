// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <widgets/support/page.h>

#include <vector>

class QLabel;
class QPushButton;
class QStackedWidget;

namespace llmd {

class Document;
class Settings;
class Step;
class StepBar;

/**
 * The guided way to state a need, in eight steps that can be visited in any order. There is nothing to apply: each edit
 * changes the document at once and can be undone.
 */
class RequirementsPage final : public Page
{
    Q_OBJECT

public:
    RequirementsPage(Document& document, Settings& settings, QWidget* parent = nullptr);

    [[nodiscard]] static PageInfo pageInfo();
    void activate() override;
    [[nodiscard]] bool revealField(const QString& fieldId) override;

    void showStep(int index);
    [[nodiscard]] int currentStep() const;
    [[nodiscard]] int stepCount() const { return static_cast<int>(m_steps.size()); }
    [[nodiscard]] Step* step(int index) const { return m_steps[static_cast<std::size_t>(index)]; }

private:
    void addSteps();
    void addFooter();
    void refresh();
    void refreshSummaries();
    void refreshFooter();

    Document& m_document;
    Settings& m_settings;
    StepBar* m_bar;
    QStackedWidget* m_stack;
    std::vector<Step*> m_steps;
    QLabel* m_outcome = nullptr;
    QPushButton* m_back = nullptr;
    QPushButton* m_next = nullptr;
    QString m_shownFile;
};

} // namespace llmd
