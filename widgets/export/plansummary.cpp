// SPDX-License-Identifier: GPL-3.0-or-later
#include "plansummary.h"

#include <widgets/support/numberformat.h>
#include <widgets/support/qtbridge.h>
#include <widgets/support/theme.h>
#include <widgets/tables/copytableview.h>
#include <widgets/tables/tablesetup.h>

#include <QGridLayout>
#include <QHeaderView>
#include <QLabel>
#include <QVBoxLayout>

namespace llmd {

using namespace Qt::StringLiterals;

namespace {

RecordModel<EngineArgument>::ColumnList argumentColumns()
{
    const auto column = [](const QString& id, const QString& title, std::string EngineArgument::*member) {
        return Column<EngineArgument> { .id = id, .title = title, .unit = {},
                                        .value = [member](const EngineArgument& argument) { return QVariant(toQString(argument.*member)); } };
    };
    auto why = column(u"why"_s, PlanSummary::tr("Why"), &EngineArgument::why);
    why.cellToolTip = [](const EngineArgument& argument) { return toQString(argument.why); };
    return { column(u"flag"_s, PlanSummary::tr("Argument"), &EngineArgument::flag),
             column(u"value"_s, PlanSummary::tr("Value"), &EngineArgument::value), std::move(why) };
}

std::vector<std::pair<QString, QString>> scalingPairs(const DeploymentPlan& plan)
{
    const AutoscalingPlan& scaling = plan.autoscaling;
    std::vector<std::pair<QString, QString>> pairs {
        { PlanSummary::tr("Replicas"), scaling.minReplicas == scaling.maxReplicas
              ? format::integer(scaling.minReplicas)
              : PlanSummary::tr("%1 to %2").arg(format::integer(scaling.minReplicas), format::integer(scaling.maxReplicas)) },
        { PlanSummary::tr("Aim per replica"), PlanSummary::tr("%1 requests in flight").arg(format::number(scaling.targetRunningPerReplica)) },
        { PlanSummary::tr("Cold start"), PlanSummary::tr("about %1 (estimated)").arg(format::duration(scaling.coldStart)) },
        { PlanSummary::tr("Checkpoint"), format::bytes(plan.checkpointSize) },
        { PlanSummary::tr("One pod asks for"),
          PlanSummary::tr("%n GPU(s), %1 CPUs, %2 of memory", nullptr, plan.topology.pool.parallelism.gpus())
              .arg(plan.cpuRequest)
              .arg(format::bytes(plan.memoryRequest)) },
    };
    QStringList scorers;
    for (const RouterScorer& scorer : plan.scorers)
        scorers << u"%1 × %2"_s.arg(toQString(scorer.type), format::number(scorer.weight));
    if (!scorers.isEmpty())
        pairs.emplace_back(PlanSummary::tr("Router scores by"), scorers.join(u", "_s));
    return pairs;
}

} // namespace

PlanSummary::PlanSummary(QWidget* parent)
    : QScrollArea(parent)
{
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    auto* content = new QWidget(this);
    setWidget(content);
    auto* layout = new QVBoxLayout(content);
    const int margin = fontMetrics().height();
    layout->setContentsMargins(margin, margin, margin, margin);
    m_title = new QLabel(content);
    m_title->setTextFormat(Qt::PlainText);
    m_title->setWordWrap(true);
    setTextStyle(*m_title, TextStyle::Heading);
    layout->addWidget(m_title);
    m_predicted = addPairs();
    addHeading(tr("Scaling and resources"));
    m_scaling = addPairs();
    addHeading(tr("Engine arguments"));
    m_model = new ArgumentModel(argumentColumns(), this);
    m_arguments = new CopyTableView(content);
    m_arguments->setObjectName(u"export.arguments"_s);
    m_arguments->setAccessibleName(tr("Engine arguments with their reasons"));
    setUpTable(*m_arguments, *m_model);
    m_arguments->horizontalHeader()->setStretchLastSection(true);
    m_arguments->setMinimumHeight(fontMetrics().lineSpacing() * 14);
    layout->addWidget(m_arguments, 1);
}

void PlanSummary::addHeading(const QString& text)
{
    auto* heading = new QLabel(text, widget());
    setTextStyle(*heading, TextStyle::Heading);
    heading->setContentsMargins(0, fontMetrics().height() / 2, 0, 0);
    widget()->layout()->addWidget(heading);
}

QGridLayout* PlanSummary::addPairs()
{
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(fontMetrics().height());
    grid->setVerticalSpacing(fontMetrics().height() / 4);
    grid->setColumnStretch(1, 1);
    static_cast<QVBoxLayout*>(widget()->layout())->addLayout(grid);
    return grid;
}

void PlanSummary::fill(QGridLayout& grid, const std::vector<std::pair<QString, QString>>& pairs)
{
    while (QLayoutItem* item = grid.takeAt(0)) {
        delete item->widget();
        delete item;
    }
    int row = 0;
    for (const auto& [name, value] : pairs) {
        auto* caption = new QLabel(name, widget());
        setTextStyle(*caption, TextStyle::Caption);
        caption->setMinimumWidth(charactersWide(*caption, 22));
        auto* text = new QLabel(value, widget());
        text->setTextFormat(Qt::PlainText);
        text->setWordWrap(true);
        text->setTextInteractionFlags(Qt::TextSelectableByMouse);
        grid.addWidget(caption, row, 0, Qt::AlignTop);
        grid.addWidget(text, row, 1);
        ++row;
    }
}

void PlanSummary::show(const ExportResult& result)
{
    const DeploymentPlan& plan = result.plan;
    m_title->setText(tr("%1 on %2, %3").arg(toQString(plan.model->displayName), toQString(plan.gpu->name), toQString(plan.topology.label())));
    std::vector<std::pair<QString, QString>> predicted;
    for (const auto& [name, value] : plan.summary)
        predicted.emplace_back(toQString(name), toQString(value));
    fill(*m_predicted, predicted);
    fill(*m_scaling, scalingPairs(plan));
    m_model->setRows(plan.arguments);
    fitColumns(*m_arguments, 34);
}

void PlanSummary::clear()
{
    m_title->clear();
    fill(*m_predicted, {});
    fill(*m_scaling, {});
    m_model->setRows({});
}

} // namespace llmd
