// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <core/spec/plandiff.h>
#include <widgets/tables/recordmodel.h>

#include <QScrollArea>

#include <optional>

class QGridLayout;
class QLabel;
class QPushButton;

namespace llmd {

class CopyTableView;
class StatusBanner;

/**
 * What applying the present plan in place of an earlier export would change: how much has to be restarted, for how long,
 * and the steps there and back.
 */
class PlanDiffPanel final : public QScrollArea
{
    Q_OBJECT

public:
    explicit PlanDiffPanel(QWidget* parent = nullptr);

    /** The plan that would be exported now; nothing if there is none. */
    void setPlan(std::optional<ExecutionPlan> plan);
    /** Compares with the execution plan in that folder; an empty text means that nothing was exported. Reads it again each time. */
    void setExport(const QString& folder);

    [[nodiscard]] const std::optional<PlanDiff>& diff() const { return m_diff; }

signals:
    void exportRequested(); ///< the user wants to choose another export

private:
    using ChangeModel = RecordModel<PlanChange>;

    QLabel* addHeading(const QString& text);
    QLabel* addText(const QString& objectName);
    void refresh();
    void showDiff();
    void showHeadline();

    std::optional<ExecutionPlan> m_plan;
    std::optional<ExecutionPlan> m_before;
    std::optional<Error> m_error;
    std::optional<PlanDiff> m_diff;
    QString m_folder;
    StatusBanner* m_banner;
    QLabel* m_source;
    QPushButton* m_choose;
    QWidget* m_details;
    QLabel* m_cost;
    ChangeModel* m_changes;
    CopyTableView* m_view;
    QLabel* m_apply;
    QLabel* m_rollBack;
};

} // namespace llmd
