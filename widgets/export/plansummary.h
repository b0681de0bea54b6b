// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exportjob.h"

#include <widgets/tables/recordmodel.h>

#include <QScrollArea>

class QGridLayout;
class QLabel;

namespace llmd {

class CopyTableView;

/** What the exported plan does and why: predicted figures, engine arguments with reasons, scaling and routing. */
class PlanSummary final : public QScrollArea
{
    Q_OBJECT

public:
    explicit PlanSummary(QWidget* parent = nullptr);

    void show(const ExportResult& result);
    void clear();

private:
    using ArgumentModel = RecordModel<EngineArgument>;

    void addHeading(const QString& text);
    QGridLayout* addPairs();
    void fill(QGridLayout& grid, const std::vector<std::pair<QString, QString>>& pairs);

    QLabel* m_title;
    QGridLayout* m_predicted = nullptr;
    QGridLayout* m_scaling = nullptr;
    ArgumentModel* m_model = nullptr;
    CopyTableView* m_arguments = nullptr;
};

} // namespace llmd
