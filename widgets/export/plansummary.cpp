// SPDX-License-Identifier: GPL-3.0-or-later
#include "plansummary.h"

#include <core/base/text.h>
#include <widgets/support/numberformat.h>
#include <widgets/support/qtbridge.h>
#include <widgets/support/statusbanner.h>
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
    const auto column = [](const QString& id, const QString& title,
                           std::string EngineArgument::*member) {
        return Column<EngineArgument> { .id = id,
                                        .title = title,
                                        .unit = {},
                                        .value = [member](const EngineArgument& argument) {
                                            return QVariant(toQString(argument.*member));
                                        } };
    };
    auto why = column(u"why"_s, PlanSummary::tr("Why"), &EngineArgument::why);
    why.cellToolTip = [](const EngineArgument& argument) { return toQString(argument.why); };
    return { column(u"flag"_s, PlanSummary::tr("Argument"), &EngineArgument::flag),
             column(u"value"_s, PlanSummary::tr("Value"), &EngineArgument::value), std::move(why) };
}

QString capitalized(QString text)
{
    if (!text.isEmpty())
        text[0] = text[0].toUpper();
    return text;
}

std::vector<PlanFact> scalingFacts(const DeploymentPlan& plan)
{
    const AutoscalingPlan& scaling = plan.autoscaling;
    const QString replicas = scaling.minReplicas == scaling.maxReplicas
        ? format::integer(scaling.minReplicas)
        : PlanSummary::tr("%1 to %2")
              .arg(format::integer(scaling.minReplicas), format::integer(scaling.maxReplicas));
    std::vector<PlanFact> facts {
        { PlanSummary::tr("Replicas"), replicas, toQString(scaling.maxReplicasWhy) },
        { PlanSummary::tr("Aim per replica"),
          PlanSummary::tr("%1 requests in flight")
              .arg(format::number(scaling.targetRunningPerReplica)),
          {} },
        { PlanSummary::tr("Cold start"),
          PlanSummary::tr("about %1").arg(format::duration(scaling.coldStart)),
          toQString(scaling.coldStartWhy) },
    };
    QStringList scorers;
    for (const RouterScorer& scorer : plan.scorers)
        scorers << u"%1 × %2"_s.arg(toQString(scorer.type), toQString(printNumber(scorer.weight)));
    if (!scorers.isEmpty())
        facts.push_back({ PlanSummary::tr("Router scores by"), scorers.join(u", "_s), {} });
    return facts;
}

std::vector<PlanFact> podFacts(const DeploymentPlan& plan)
{
    const HostResources& host = plan.host;
    std::vector<PlanFact> facts {
        { PlanSummary::tr("Image"), toQString(plan.engineImage), {} },
        { PlanSummary::tr("GPUs"), format::integer(plan.topology.pool.parallelism.gpus()), {} },
        { PlanSummary::tr("CPUs"), format::integer(host.cpu), toQString(host.cpuWhy) },
        { PlanSummary::tr("Memory"), format::bytes(host.memory), toQString(host.memoryWhy) },
        { PlanSummary::tr("Local disk"), format::bytes(host.storage), toQString(host.storageWhy) },
        { PlanSummary::tr("Checkpoint"), format::bytes(plan.checkpointSize), {} },
        { PlanSummary::tr("Request timeout"), format::duration(plan.requestTimeout), {} },
    };
    return facts;
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
    m_warnings = new StatusBanner(content);
    m_warnings->setClosable(false);
    layout->addWidget(m_warnings);
    m_predicted = addFacts();
    addHeading(tr("Scaling and routing"));
    m_scaling = addFacts();
    addHeading(tr("One model server"));
    m_pod = addFacts();
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

QGridLayout* PlanSummary::addFacts()
{
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(fontMetrics().height());
    grid->setVerticalSpacing(fontMetrics().height() / 4);
    grid->setColumnStretch(1, 2);
    grid->setColumnStretch(2, 3);
    static_cast<QVBoxLayout*>(widget()->layout())->addLayout(grid);
    return grid;
}

void PlanSummary::fill(QGridLayout& grid, const std::vector<PlanFact>& facts)
{
    while (QLayoutItem* item = grid.takeAt(0)) {
        delete item->widget();
        delete item;
    }
    int row = 0;
    const auto add = [&](const QString& text, TextStyle style, int column) {
        auto* label = new QLabel(text, widget());
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(column > 0);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        setTextStyle(*label, style);
        grid.addWidget(label, row, column, Qt::AlignTop);
        return label;
    };
    for (const PlanFact& fact : facts) {
        add(fact.name, TextStyle::Caption, 0)->setMinimumWidth(charactersWide(*this, 22));
        add(fact.value, TextStyle::Body, 1);
        add(fact.why, TextStyle::Caption, 2);
        ++row;
    }
}

void PlanSummary::show(const ExportResult& result)
{
    const DeploymentPlan& plan = result.plan;
    m_title->setText(tr("%1 on %2, %3")
                         .arg(toQString(plan.model->displayName), toQString(plan.gpu->name),
                              toQString(plan.topology.label())));
    QStringList warnings;
    for (const std::string& warning : plan.warnings)
        warnings << toQString(warning);
    if (warnings.isEmpty())
        m_warnings->dismiss();
    else
        m_warnings->showMessage(StatusBanner::Kind::Warning, warnings.join(u'\n'));
    std::vector<PlanFact> predicted;
    for (const auto& [name, value] : plan.summary)
        predicted.push_back({ capitalized(toQString(name)), toQString(value), {} });
    fill(*m_predicted, predicted);
    fill(*m_scaling, scalingFacts(plan));
    fill(*m_pod, podFacts(plan));
    m_model->setRows(plan.arguments);
    fitColumns(*m_arguments, 34);
}

void PlanSummary::clear()
{
    m_title->clear();
    m_warnings->dismiss();
    for (QGridLayout* grid : { m_predicted, m_scaling, m_pod })
        fill(*grid, {});
    m_model->setRows({});
}

} // namespace llmd
