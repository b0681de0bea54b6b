// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exportjob.h"

#include <widgets/tables/recordmodel.h>

#include <QScrollArea>
#include <QString>

class QGridLayout;
class QLabel;

namespace llmd {

class CopyTableView;
class StatusBanner;

/** One decision of a plan: what, how much, why. */
struct PlanFact
{
    QString name;
    QString value;
    QString why;
};

/** An engine argument with the servers that get it. */
struct PlanArgument
{
    ServerRole role = ServerRole::Both;
    EngineArgument argument;
};

/** What the exported plan does and why: predicted figures, engine arguments with reasons, scaling and routing. */
class PlanSummary final : public QScrollArea
{
    Q_OBJECT

public:
    explicit PlanSummary(QWidget* parent = nullptr);

    void show(const ExportResult& result);
    void clear();

private:
    using ArgumentModel = RecordModel<PlanArgument>;

    void addHeading(const QString& text);
    QGridLayout* addFacts();
    void fill(QGridLayout& grid, const std::vector<PlanFact>& facts);

    QLabel* m_title;
    StatusBanner* m_warnings = nullptr;
    QGridLayout* m_predicted = nullptr;
    QGridLayout* m_scaling = nullptr;
    QGridLayout* m_pod = nullptr;
    ArgumentModel* m_model = nullptr;
    CopyTableView* m_arguments = nullptr;
};

} // namespace llmd
