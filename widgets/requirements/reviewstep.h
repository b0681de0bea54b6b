// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "step.h"

#include <functional>
#include <vector>

class QGridLayout;
class QPushButton;

namespace llmd {

class OriginChip;
class StatusBanner;

/** Step 8: every value that plans are made with, what it is, where it came from, and a way back to change it. */
class ReviewStep final : public Step
{
    Q_OBJECT

public:
    ReviewStep(Document& document, QWidget* parent);

    void refresh() override;
    [[nodiscard]] StepSummary summary() const override;

    /** What one row shows. */
    struct Entry
    {
        QString value;
        Derivation::Origin origin = Derivation::Origin::Default;
        QString derivation;
    };

signals:
    /** Asks for the step that has the field. */
    void fieldRequested(const QString& field);
    void optionsRequested();

private:
    struct Row
    {
        QString field;
        std::function<Entry(const Requirements&, const ResolvedNeed*, const Catalog&)> entry;
        QLabel* value;
        OriginChip* chip;
        QLabel* derivation;
    };

    void addGroup(const QString& title);
    void addRow(const QString& field, const QString& label, decltype(Row::entry) entry);
    /** A row whose origin and sentence are those of a derivation. */
    void addDerived(const QString& field, const QString& label,
                    std::function<QString(const ResolvedNeed&)> value);
    void addUseCaseRows();
    void addTargetRows();
    void addChoiceRows();
    void addReserveRows();
    void refreshIssues();

    QWidget* m_issues = nullptr;
    std::vector<StatusBanner*> m_banners;
    QGridLayout* m_grid = nullptr;
    int m_gridRow = 0;
    std::vector<Row> m_rows;
};

} // namespace llmd
