// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "step.h"

class QRadioButton;

namespace llmd {

class LengthPreview;
class ValueField;

/** Step 3: how many requests arrive, how long they are and what they share. */
class WorkloadStep final : public Step
{
    Q_OBJECT

public:
    WorkloadStep(Document& document, QWidget* parent);

    void refresh() override;
    [[nodiscard]] StepSummary summary() const override;
    [[nodiscard]] bool reveal(const QString& field) override;

private:
    void addLoad();
    void addRateFigures();
    void addLengths();
    void stateRate();
    void stateUsers();
    void showRates();

    QRadioButton* m_byUsers = nullptr;
    QRadioButton* m_byRate = nullptr;
    ValueField* m_users = nullptr;
    ValueField* m_rate = nullptr;
    QLabel* m_meanRate = nullptr;
    QLabel* m_peakRate = nullptr;
    QLabel* m_meanDerivation = nullptr;
    QLabel* m_peakDerivation = nullptr;
    LengthPreview* m_preview = nullptr;
    bool m_showsRate = false;
};

} // namespace llmd
