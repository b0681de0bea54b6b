// SPDX-License-Identifier: GPL-3.0-or-later
#include "plandiffpanel.h"

#include <core/base/file.h>
#include <core/spec/compiler.h>
#include <widgets/support/errortext.h>
#include <widgets/support/numberformat.h>
#include <widgets/support/qtbridge.h>
#include <widgets/support/statusbanner.h>
#include <widgets/support/theme.h>
#include <widgets/tables/copytableview.h>
#include <widgets/tables/tablesetup.h>

#include <QDir>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <filesystem>

namespace llmd {

using namespace Qt::StringLiterals;

namespace {

QString valueText(const std::string& value)
{
    return value.empty() ? PlanDiffPanel::tr("none") : toQString(value);
}

RecordModel<PlanChange>::ColumnList changeColumns()
{
    const auto column = [](const QString& id, const QString& title, auto value) {
        return Column<PlanChange> { .id = id,
                                    .title = title,
                                    .value = [value](const PlanChange& change) {
                                        return QVariant(value(change));
                                    } };
    };
    auto level = column(u"level"_s, PlanDiffPanel::tr("Level"),
                        [](const PlanChange& change) { return static_cast<int>(change.level); });
    level.numeric = true;
    level.toolTip = PlanDiffPanel::tr("0: in place, 1: batch settings, 2: workers restart in turn, "
                                      "3: new deployment beside the old one");
    return { column(u"field"_s, PlanDiffPanel::tr("Decision"),
                    [](const PlanChange& change) { return toQString(change.field); }),
             column(u"before"_s, PlanDiffPanel::tr("Before"),
                    [](const PlanChange& change) { return valueText(change.before); }),
             column(u"after"_s, PlanDiffPanel::tr("After"),
                    [](const PlanChange& change) { return valueText(change.after); }),
             std::move(level) };
}

QString numbered(const std::vector<std::string>& steps)
{
    QStringList lines;
    for (std::size_t i = 0; i < steps.size(); ++i)
        lines << u"%1. %2"_s.arg(i + 1).arg(toQString(steps[i]));
    return lines.join(u'\n');
}

} // namespace

PlanDiffPanel::PlanDiffPanel(QWidget* parent)
    : QScrollArea(parent)
{
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    auto* content = new QWidget(this);
    setWidget(content);
    auto* layout = new QVBoxLayout(content);
    const int margin = fontMetrics().height();
    layout->setContentsMargins(margin, margin, margin, margin);
    m_banner = new StatusBanner(content);
    m_banner->setClosable(false);
    m_banner->setObjectName(u"export.diffBanner"_s);
    layout->addWidget(m_banner);
    auto* row = new QHBoxLayout;
    m_source = new QLabel(content);
    m_source->setTextFormat(Qt::PlainText);
    m_source->setWordWrap(true);
    m_source->setObjectName(u"export.diffSource"_s);
    setTextStyle(*m_source, TextStyle::Caption);
    m_choose = new QPushButton(tr("&Compare with another export…"), content);
    m_choose->setObjectName(u"export.diffChoose"_s);
    connect(m_choose, &QPushButton::clicked, this, &PlanDiffPanel::exportRequested);
    row->addWidget(m_source, 1);
    row->addWidget(m_choose);
    layout->addLayout(row);
    m_details = new QWidget(content);
    auto* details = new QVBoxLayout(m_details);
    details->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_details, 1);
    layout->addStretch(0);

    m_cost = addText(u"export.diffCost"_s);
    addHeading(tr("What changes"));
    m_changes = new ChangeModel(changeColumns(), this);
    m_view = new CopyTableView(m_details);
    m_view->setObjectName(u"export.diffChanges"_s);
    m_view->setAccessibleName(tr("Decisions that change, with their reload level"));
    setUpTable(*m_view, *m_changes);
    m_view->setMinimumHeight(fontMetrics().lineSpacing() * 8);
    details->addWidget(m_view, 1);
    addHeading(tr("To apply (NEW is the folder that you save to, OLD that of the earlier export; "
                  "for other targets than Kubernetes see APPLY.md)"));
    m_apply = addText(u"export.diffApply"_s);
    addHeading(tr("To roll back"));
    m_rollBack = addText(u"export.diffRollBack"_s);
    refresh();
}

QLabel* PlanDiffPanel::addHeading(const QString& text)
{
    auto* heading = new QLabel(text, m_details);
    setTextStyle(*heading, TextStyle::Heading);
    heading->setContentsMargins(0, fontMetrics().height() / 2, 0, 0);
    m_details->layout()->addWidget(heading);
    return heading;
}

QLabel* PlanDiffPanel::addText(const QString& objectName)
{
    auto* label = new QLabel(m_details);
    label->setObjectName(objectName);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_details->layout()->addWidget(label);
    return label;
}

void PlanDiffPanel::setPlan(std::optional<ExecutionPlan> plan)
{
    m_plan = std::move(plan);
    refresh();
}

void PlanDiffPanel::setExport(const QString& folder)
{
    m_folder = folder;
    m_before.reset();
    m_error.reset();
    if (!folder.isEmpty()) {
        const std::filesystem::path path =
            std::filesystem::path(folder.toStdU16String()) / executionPlanFile;
        auto plan = readFile(path).and_then(
            [&](const std::string& text) { return readExecutionPlan(text, path.string()); });
        if (plan)
            m_before = std::move(*plan);
        else
            m_error = std::move(plan.error());
    }
    refresh();
}

void PlanDiffPanel::refresh()
{
    m_diff.reset();
    if (m_plan && m_before)
        m_diff = comparePlans(*m_before, *m_plan);
    m_source->setText(
        m_folder.isEmpty()
            ? QString()
            : tr("Compared with the export in %1.").arg(QDir::toNativeSeparators(m_folder)));
    showHeadline();
    const bool changed = m_diff && !m_diff->changes.empty();
    m_details->setVisible(changed);
    if (changed)
        showDiff();
    else
        m_changes->setRows({});
}

void PlanDiffPanel::showHeadline()
{
    using Kind = StatusBanner::Kind;
    if (m_error)
        m_banner->showError(*m_error);
    else if (m_folder.isEmpty())
        m_banner->showMessage(
            Kind::Information,
            tr("Nothing was exported yet. After the first export, this shows what "
               "a change of the plan restarts and how to apply it."));
    else if (!m_diff)
        m_banner->showMessage(Kind::Information, tr("There is no plan to compare yet."));
    else if (m_diff->changes.empty())
        m_banner->showMessage(Kind::Success,
                              tr("The plan is that of the export: nothing changes."));
    else {
        QString text = toQString(describe(m_diff->level));
        text[0] = text[0].toUpper();
        m_banner->showMessage(
            m_diff->level >= ReloadLevel::Worker ? Kind::Warning : Kind::Information, text);
    }
}

void PlanDiffPanel::showDiff()
{
    QStringList facts;
    facts << tr("Downtime: %1, %2")
                 .arg(format::duration(m_diff->downtime), toQString(m_diff->downtimeWhy));
    facts << tr("Request loss: %1").arg(toQString(m_diff->requestLoss));
    facts << tr("In force everywhere after about %1").arg(format::duration(m_diff->duration));
    if (m_diff->extraGpus > 0)
        facts << tr("GPUs needed beyond the present ones: %1").arg(m_diff->extraGpus);
    m_cost->setText(facts.join(u'\n'));
    m_changes->setRows(m_diff->changes);
    fitColumns(*m_view, 60);
    m_apply->setText(numbered(m_diff->apply));
    m_rollBack->setText(numbered(m_diff->rollBack));
}

} // namespace llmd
