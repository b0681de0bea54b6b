// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "fieldspecs.h"
#include "step.h"

#include <core/catalog/usecase.h>

#include <array>
#include <vector>

class QComboBox;

namespace llmd {

class ChoiceCard;
class StatusBanner;
class ValueField;

/** Step 4: limits of the three latencies with their percentile, by experience class or one by one. */
class TargetsStep final : public Step
{
    Q_OBJECT

public:
    TargetsStep(Document& document, QWidget* parent);

    void refresh() override;
    [[nodiscard]] StepSummary summary() const override;

private:
    struct Row
    {
        fields::Latency latency;
        ValueField* field;
        QComboBox* percentile;
    };

    void addClasses();
    void addLimits();
    QComboBox* makePercentileBox(fields::Latency latency, const QString& name);
    void applyClass(const ExperienceClass& experience);
    void applyUseCase();
    void changePercentile(const Row& row);
    void refreshPercentile(const Row& row);
    void refreshClasses();
    void refreshWarnings();

    std::vector<Row> m_rows;
    ChoiceCard* m_fromUseCase = nullptr;
    std::vector<ChoiceCard*> m_classes;
    StatusBanner* m_warnings = nullptr;
};

} // namespace llmd
