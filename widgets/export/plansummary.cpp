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

QString roleName(ServerRole role)
{
    switch (role) {
    case ServerRole::Prefill:
        return PlanSummary::tr("prefill");
    case ServerRole::Decode:
        return PlanSummary::tr("decode");
    case ServerRole::Both:
        break;
    }
    return PlanSummary::tr("all");
}

RecordModel<PlanArgument>::ColumnList argumentColumns()
{
    const auto column = [](const QString& id, const QString& title,
                           std::string EngineArgument::*member) {
        return Column<PlanArgument> { .id = id,
                                      .title = title,
                                      .unit = {},
                                      .value = [member](const PlanArgument& row) {
                                          return QVariant(toQString(row.argument.*member));
                                      } };
    };
    Column<PlanArgument> servers { .id = u"servers"_s,
                                   .title = PlanSummary::tr("Servers"),
                                   .unit = {},
                                   .value = [](const PlanArgument& row) {
                                       return QVariant(roleName(row.role));
                                   } };
    auto why = column(u"why"_s, PlanSummary::tr("Why"), &EngineArgument::why);
    why.cellToolTip = [](const PlanArgument& row) { return toQString(row.argument.why); };
    return { column(u"flag"_s, PlanSummary::tr("Argument"), &EngineArgument::flag),
             column(u"value"_s, PlanSummary::tr("Value"), &EngineArgument::value), std::move(why),
             std::move(servers) };
}

/** "Replicas" or, where there are two kinds of servers, "Prefill replicas". */
QString ofServers(const ServerPlan& server, const QString& name)
{
    if (server.role == ServerRole::Both)
        return name;
    return PlanSummary::tr("%1, %2").arg(name, roleName(server.role));
}

QString capitalized(QString text)
{
    if (!text.isEmpty())
        text[0] = text[0].toUpper();
    return text;
}

void addScalingFacts(const ServerPlan& server, std::vector<PlanFact>& facts)
{
    const AutoscalingPlan& scaling = server.autoscaling;
    const QString replicas = scaling.minReplicas == scaling.maxReplicas
        ? format::integer(scaling.minReplicas)
        : PlanSummary::tr("%1 to %2")
              .arg(format::integer(scaling.minReplicas), format::integer(scaling.maxReplicas));
    facts.push_back({ ofServers(server, PlanSummary::tr("Replicas")), replicas,
                      toQString(scaling.maxReplicasWhy) });
    if (server.role == ServerRole::Prefill)
        facts.push_back(
            { ofServers(server, PlanSummary::tr("Aim")),
              PlanSummary::tr("%1 of waiting prompts").arg(format::duration(scaling.promptBacklog)),
              {} });
    else
        facts.push_back({ ofServers(server, PlanSummary::tr("Aim per replica")),
                          PlanSummary::tr("%1 requests in flight")
                              .arg(format::number(scaling.targetRunningPerReplica)),
                          {} });
    QStringList scorers;
    for (const RouterScorer& scorer : server.scorers)
        scorers << u"%1 × %2"_s.arg(toQString(scorer.type), toQString(printNumber(scorer.weight)));
    if (!scorers.isEmpty())
        facts.push_back(
            { ofServers(server, PlanSummary::tr("Router scores by")), scorers.join(u", "_s), {} });
}

std::vector<PlanFact> scalingFacts(const DeploymentPlan& plan)
{
    std::vector<PlanFact> facts;
    for (const ServerPlan* server : plan.servers())
        addScalingFacts(*server, facts);
    facts.push_back({ PlanSummary::tr("Cold start"),
                      PlanSummary::tr("about %1").arg(format::duration(plan.autoscaling.coldStart)),
                      toQString(plan.autoscaling.coldStartWhy) });
    return facts;
}

void addPodFacts(const ServerPlan& server, std::vector<PlanFact>& facts)
{
    const HostResources& host = server.host;
    const QString gpus = server.pods == 1
        ? format::integer(server.gpusPerPod())
        : PlanSummary::tr("%1 on each of %2 nodes")
              .arg(format::integer(server.gpusPerPod()), format::integer(server.pods));
    facts.push_back({ ofServers(server, PlanSummary::tr("GPUs")), gpus, {} });
    facts.push_back({ ofServers(server, PlanSummary::tr("CPUs")), format::integer(host.cpu),
                      toQString(host.cpuWhy) });
    facts.push_back({ ofServers(server, PlanSummary::tr("Memory")), format::bytes(host.memory),
                      toQString(host.memoryWhy) });
    facts.push_back({ ofServers(server, PlanSummary::tr("Local disk")), format::bytes(host.storage),
                      toQString(host.storageWhy) });
}

std::vector<PlanFact> podFacts(const DeploymentPlan& plan)
{
    std::vector<PlanFact> facts { { PlanSummary::tr("Image"), toQString(plan.engineImage), {} } };
    for (const ServerPlan* server : plan.servers())
        addPodFacts(*server, facts);
    facts.push_back({ PlanSummary::tr("Checkpoint"), format::bytes(plan.checkpointSize), {} });
    facts.push_back(
        { PlanSummary::tr("Request timeout"), format::duration(plan.requestTimeout), {} });
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
    addHeading(tr("One pod of the model servers"));
    m_pod = addFacts();
    addHeading(tr("Engine arguments"));
    m_model = new ArgumentModel(argumentColumns(), this);
    m_arguments = new CopyTableView(content);
    m_arguments->setObjectName(u"export.arguments"_s);
    m_arguments->setAccessibleName(tr("Engine arguments with their reasons"));
    setUpTable(*m_arguments, *m_model);
    m_arguments->horizontalHeader()->setStretchLastSection(true);
    m_arguments->horizontalHeader()->moveSection(3, 0); // which servers comes first, the reason last
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
    if (!plan.unfit.empty())
        warnings << tr("This plan does not fit: %1").arg(toQString(plan.unfit));
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
    std::vector<PlanArgument> rows;
    for (const ServerPlan* server : plan.servers()) {
        for (const EngineArgument& argument : server->arguments)
            rows.push_back({ server->role, argument });
    }
    m_model->setRows(std::move(rows));
    m_arguments->setColumnHidden(3, !plan.prefill);
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
