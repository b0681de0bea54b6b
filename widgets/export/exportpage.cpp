// SPDX-License-Identifier: GPL-3.0-or-later
#include "exportpage.h"

#include "applyguide.h"
#include "exportoptions.h"
#include "filepreview.h"
#include "plandiffpanel.h"
#include "plansummary.h"

#include <widgets/document/document.h>
#include <widgets/support/errortext.h>
#include <widgets/support/jobrunner.h>
#include <widgets/support/numberformat.h>
#include <widgets/support/qtbridge.h>
#include <widgets/support/settings.h>
#include <widgets/support/statusbanner.h>
#include <widgets/support/theme.h>
#include <widgets/tables/copytableview.h>
#include <widgets/tables/tablesetup.h>

#include <QComboBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QScrollArea>
#include <QStackedWidget>
#include <QTabWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <chrono>

namespace llmd {

using namespace Qt::StringLiterals;

namespace {

const QString generateSlot = u"export"_s;
constexpr std::chrono::milliseconds refreshDelay { 40 };
constexpr std::size_t offeredOptions = 8;

QString viewName(View view)
{
    switch (view) {
    case View::Balanced:
        return ExportPage::tr("balanced");
    case View::LowestCost:
        return ExportPage::tr("lowest cost");
    case View::LowestLatency:
        return ExportPage::tr("lowest latency");
    case View::BestQuality:
        return ExportPage::tr("best quality");
    case View::Simplest:
        return ExportPage::tr("simplest");
    }
    return {};
}

QString optionName(const Option& option)
{
    return ExportPage::tr("%1, %2 %3, %4/month")
        .arg(toQString(option.candidate.model->displayName),
             toQString(option.candidate.topology.label()), toQString(option.candidate.gpu->name),
             format::dollars(inDollarsPerMonth(option.cost)));
}

QString targetName(const std::string& id)
{
    if (id == "kubernetes")
        return ExportPage::tr("Kubernetes objects");
    if (id == "kustomize")
        return ExportPage::tr("Kustomize base and overlay");
    if (id == "helm")
        return ExportPage::tr("llm-d Helm charts");
    if (id == "kserve")
        return ExportPage::tr("KServe");
    if (id == "ray")
        return ExportPage::tr("Ray Serve");
    if (id == "dynamo")
        return ExportPage::tr("NVIDIA Dynamo");
    if (id == "commands")
        return ExportPage::tr("vllm serve commands");
    return toQString(id);
}

RecordModel<Issue>::ColumnList findingColumns()
{
    const auto column = [](const QString& id, const QString& title, auto value) {
        return Column<Issue> { .id = id,
                               .title = title,
                               .unit = {},
                               .value = [value](const Issue& issue) {
                                   return QVariant(value(issue));
                               } };
    };
    return { column(u"severity"_s, ExportPage::tr("Severity"),
                    [](const Issue& issue) { return severityText(issue.severity); }),
             column(u"where"_s, ExportPage::tr("Where"),
                    [](const Issue& issue) {
                        return issue.where ? locationText(*issue.where) : toQString(issue.subject);
                    }),
             column(u"text"_s, ExportPage::tr("Finding"),
                    [](const Issue& issue) { return toQString(issue.text); }) };
}

} // namespace

PageInfo ExportPage::pageInfo()
{
    return { .id = u"export"_s,
             .title = tr("Export"),
             .iconName = u"export"_s,
             .toolTip = tr("Look at the deployment files of an option and save them.") };
}

ExportPage::ExportPage(Document& document, Settings& settings, QWidget* parent)
    : Page(pageInfo(), parent)
    , m_document(document)
    , m_settings(settings)
{
    auto* layout = new QVBoxLayout(this);
    const int margin = fontMetrics().height();
    layout->setContentsMargins(margin, margin, margin, margin);
    layout->setSpacing(margin * 2 / 3);
    layout->addWidget(makeHeader());
    m_banner = new StatusBanner(this);
    layout->addWidget(m_banner);
    auto* body = new QHBoxLayout;
    body->setSpacing(margin);
    body->addWidget(makeSettings());
    body->addWidget(makeResults(), 1);
    layout->addLayout(body, 1);

    m_timer.setSingleShot(true);
    m_timer.setInterval(refreshDelay);
    connect(&m_timer, &QTimer::timeout, this, &ExportPage::refresh);
    connect(&m_document, &Document::needChanged, this, &ExportPage::scheduleRefresh);
    connect(&m_document, &Document::reportChanged, this, &ExportPage::scheduleRefresh);
    connect(&m_document, &Document::rankingChanged, this, &ExportPage::scheduleRefresh);
    connect(&m_document, &Document::searchingChanged, this, &ExportPage::scheduleRefresh);
    refresh();
}

ExportPage::~ExportPage()
{
    m_document.jobs().discard(generateSlot);
}

QWidget* ExportPage::makeHeader()
{
    auto* header = new QWidget(this);
    auto* layout = new QVBoxLayout(header);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(fontMetrics().height() / 4);
    auto* title = new QLabel(tr("Export"), header);
    setTextStyle(*title, TextStyle::Title);
    m_headline = new QLabel(header);
    m_headline->setObjectName(u"export.headline"_s);
    m_headline->setTextFormat(Qt::PlainText);
    m_headline->setWordWrap(true);
    layout->addWidget(title);
    layout->addWidget(m_headline);
    return header;
}

void ExportPage::addRow(QVBoxLayout& form, QWidget& caption, QWidget& input)
{
    form.addSpacing(fontMetrics().height() / 2);
    form.addWidget(&caption);
    form.addWidget(&input);
}

QComboBox* ExportPage::addChoice(QVBoxLayout& form, const QString& label, const QString& objectName)
{
    auto* box = new QComboBox(this);
    box->setObjectName(objectName);
    box->setAccessibleName(label);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(24);
    auto* caption = new QLabel(label, this);
    caption->setBuddy(box);
    addRow(form, *caption, *box);
    return box;
}

QLineEdit* ExportPage::addText(QVBoxLayout& form, const QString& label, const QString& objectName,
                               const QString& placeholder)
{
    auto* edit = new QLineEdit(this);
    edit->setObjectName(objectName);
    edit->setAccessibleName(label);
    edit->setPlaceholderText(placeholder);
    auto* caption = new QLabel(label, this);
    caption->setBuddy(edit);
    addRow(form, *caption, *edit);
    connect(edit, &QLineEdit::textEdited, this, &ExportPage::scheduleRefresh);
    return edit;
}

QWidget* ExportPage::makeSettings()
{
    auto* panel = new QWidget(this);
    panel->setFixedWidth(charactersWide(*this, 46));
    auto* column = new QVBoxLayout(panel);
    column->setContentsMargins(0, 0, 0, 0);
    auto* scroll = new QScrollArea(panel);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* fields = new QWidget(scroll);
    scroll->setWidget(fields);
    column->addWidget(scroll, 1);
    auto* form = new QVBoxLayout(fields);
    form->setContentsMargins(0, 0, fontMetrics().height() / 2, 0);
    form->setSpacing(fontMetrics().height() / 4);

    m_option = addChoice(*form, tr("&Option"), u"export.option"_s);
    m_target = addChoice(*form, tr("&Target"), u"export.target"_s);
    for (const auto& [id, sentence] : manifestTargets()) {
        m_target->addItem(targetName(id), toQString(id));
        m_target->setItemData(m_target->count() - 1, toQString(sentence), Qt::ToolTipRole);
    }
    m_targetNote = new QLabel(panel);
    m_targetNote->setWordWrap(true);
    setTextStyle(*m_targetNote, TextStyle::Caption);
    form->addWidget(m_targetNote);
    m_versions = addChoice(*form, tr("&Versions"), u"export.versions"_s);
    m_versionNote = new QLabel(panel);
    m_versionNote->setObjectName(u"export.versionNote"_s);
    m_versionNote->setWordWrap(true);
    setTextStyle(*m_versionNote, TextStyle::Caption);
    form->addWidget(m_versionNote);
    m_autoscaler = addChoice(*form, tr("&Autoscaler"), u"export.autoscaler"_s);
    m_autoscaler->addItem(tr("KEDA ScaledObject"), static_cast<int>(Autoscaler::Keda));
    m_autoscaler->addItem(tr("HorizontalPodAutoscaler"), static_cast<int>(Autoscaler::Hpa));
    m_autoscaler->addItem(tr("Workload Variant Autoscaler (legacy)"),
                          static_cast<int>(Autoscaler::Wva));
    m_autoscaler->addItem(tr("None, fixed replicas"), static_cast<int>(Autoscaler::None));
    m_nameSpace = addText(*form, tr("&Namespace"), u"export.namespace"_s,
                          toQString(DeploymentPlan {}.nameSpace));
    m_nameSpaceError = new QLabel(panel);
    m_nameSpaceError->setWordWrap(true);
    m_nameSpaceError->setObjectName(u"export.namespaceError"_s);
    m_nameSpaceError->hide();
    form->addWidget(m_nameSpaceError);
    m_gateway = addText(*form, tr("&Gateway"), u"export.gateway"_s, tr("none, no HTTPRoute"));
    m_gateway->setToolTip(tr("Existing Gateway to attach an HTTPRoute to, as “name” or "
                             "“namespace/name”; empty means none."));
    m_prometheus = addText(*form, tr("&Prometheus"), u"export.prometheus"_s,
                           toQString(ManifestOptions {}.prometheusUrl));
    m_prometheus->setToolTip(tr("Where the autoscaler reads the metrics of the servers."));
    m_secret = addText(*form, tr("&Hugging Face secret"), u"export.secret"_s,
                       toQString(ManifestOptions {}.tokenSecret));
    m_secret->setToolTip(tr("Secret with the key HF_TOKEN, needed for models that ask for a "
                            "licence; it is never written by us."));
    form->addSpacing(fontMetrics().height() / 2);
    m_more = new ExportOptions(fields);
    form->addWidget(m_more);
    form->addStretch(1);

    m_save = new QPushButton(themedIcon(u"save"_s), tr("&Save to folder…"), panel);
    m_save->setObjectName(u"export.save"_s);
    m_save->setDefault(true);
    m_copyAll = new QPushButton(themedIcon(u"copy"_s), tr("&Copy all files"), panel);
    m_copyAll->setObjectName(u"export.copyAll"_s);
    m_saveArchive = new QPushButton(themedIcon(u"file"_s), tr("Save as &archive…"), panel);
    m_saveArchive->setObjectName(u"export.saveArchive"_s);
    m_saveArchive->setToolTip(tr("All files in one .tar.gz or .zip"));
    column->addWidget(m_save);
    auto* others = new QHBoxLayout;
    others->addWidget(m_saveArchive);
    others->addWidget(m_copyAll);
    column->addLayout(others);

    connect(m_option, &QComboBox::activated, this, &ExportPage::chooseOption);
    connect(m_target, &QComboBox::activated, this, &ExportPage::scheduleRefresh);
    connect(m_autoscaler, &QComboBox::activated, this, &ExportPage::scheduleRefresh);
    connect(m_versions, &QComboBox::activated, this, [this](int index) {
        m_document.edit(u"requirements.versionRow"_s, tr("Change the version row"),
                        [&](Project& project) {
                            project.requirements.versionRow =
                                fromQString(m_versions->itemData(index).toString());
                        });
    });
    connect(m_more, &ExportOptions::changed, this, &ExportPage::scheduleRefresh);
    connect(m_saveArchive, &QPushButton::clicked, this, &ExportPage::askForArchive);
    connect(m_save, &QPushButton::clicked, this, &ExportPage::askForFolder);
    connect(m_copyAll, &QPushButton::clicked, this, &ExportPage::copyAll);
    return panel;
}

QWidget* ExportPage::makeResults()
{
    m_stack = new QStackedWidget(this);
    m_nothing = new QLabel(m_stack);
    m_nothing->setObjectName(u"export.nothing"_s);
    m_nothing->setAlignment(Qt::AlignCenter);
    m_nothing->setWordWrap(true);
    m_nothing->setTextFormat(Qt::PlainText);
    m_nothing->setMargin(fontMetrics().height() * 2);
    m_stack->addWidget(m_nothing);
    m_tabs = new QTabWidget(m_stack);
    m_tabs->setObjectName(u"export.tabs"_s);
    m_tabs->setDocumentMode(true);
    m_preview = new FilePreview(m_tabs);
    m_plan = new PlanSummary(m_tabs);
    m_tabs->addTab(m_preview, tr("Files"));
    m_tabs->addTab(m_plan, tr("Plan"));
    m_tabs->addTab(makeChecks(), tr("Checks"));
    m_guide = new ApplyGuide(m_tabs);
    m_tabs->addTab(m_guide, tr("How to apply"));
    m_changes = new PlanDiffPanel(m_tabs);
    m_changes->setExport(m_settings.lastExport());
    connect(m_changes, &PlanDiffPanel::exportRequested, this, &ExportPage::askForExport);
    m_tabs->addTab(m_changes, tr("Changes"));
    m_stack->addWidget(m_tabs);
    return m_stack;
}

QWidget* ExportPage::makeChecks()
{
    auto* page = new QWidget(m_tabs);
    auto* layout = new QVBoxLayout(page);
    const int margin = fontMetrics().height();
    layout->setContentsMargins(margin, margin, margin, margin);
    m_checkBanner = new StatusBanner(page);
    m_checkBanner->setClosable(false);
    m_checkBanner->setObjectName(u"export.checkBanner"_s);
    auto* explanation = new QLabel(tr("Checked before anything is saved: names, selectors and "
                                      "ports that have to agree between objects, GPU "
                                      "counts, scale targets and references to other objects."),
                                   page);
    explanation->setWordWrap(true);
    setTextStyle(*explanation, TextStyle::Caption);
    m_findings = new IssueModel(findingColumns(), this);
    m_findingsView = new CopyTableView(page);
    m_findingsView->setAccessibleName(tr("Findings of the checks"));
    setUpTable(*m_findingsView, *m_findings);
    m_findingsView->horizontalHeader()->setStretchLastSection(true);
    m_findingsView->setToolTip(tr("Enter or a double click shows the place in the file."));
    connect(m_findingsView, &QAbstractItemView::activated, this, &ExportPage::showFinding);
    layout->addWidget(m_checkBanner);
    layout->addWidget(explanation);
    layout->addWidget(m_findingsView, 1);
    layout->addStretch(0);
    return page;
}

void ExportPage::activate()
{
    refresh();
}

bool ExportPage::revealField(const QString& fieldId)
{
    if (fieldId != u"version_row")
        return false;
    m_versions->setFocus(Qt::OtherFocusReason);
    return true;
}

void ExportPage::scheduleRefresh()
{
    m_timer.start();
}

void ExportPage::refresh()
{
    m_timer.stop();
    refreshOptions();
    refreshVersions();
    m_targetNote->setText(m_target->currentData(Qt::ToolTipRole).toString());
    describeVersions();
    const auto autoscaler = static_cast<Autoscaler>(m_autoscaler->currentData().toInt());
    m_prometheus->setEnabled(autoscaler == Autoscaler::Keda || autoscaler == Autoscaler::Wva);
    const QString problem = nameSpaceProblem();
    m_nameSpaceError->setText(problem.isEmpty() ? QString() : tr("⚠ %1").arg(problem));
    m_nameSpaceError->setVisible(!problem.isEmpty());
    generate();
}

void ExportPage::refreshOptions()
{
    m_option->clear();
    const auto& report = m_document.report();
    if (!report)
        return;
    const auto& order = m_document.ranking().order[static_cast<std::size_t>(m_document.view())];
    const QString chosen = toQString(m_document.project().chosen);
    if (!order.empty())
        m_option->addItem(tr("Best of the %1 view").arg(viewName(m_document.view())), QString());
    const Option* chosenOption = m_document.findOption(chosen);
    const auto rankOf = [&](const QString& id) {
        const auto index = m_document.optionIndex(id);
        return index ? std::find(order.begin(), order.end(), *index) - order.begin()
                     : static_cast<std::ptrdiff_t>(offeredOptions);
    };
    if (chosenOption && rankOf(chosen) >= static_cast<std::ptrdiff_t>(offeredOptions))
        m_option->addItem(tr("Chosen: %1").arg(optionName(*chosenOption)), chosen);
    for (std::size_t i = 0; i < std::min(order.size(), offeredOptions); ++i) {
        const Option& option = report->options[order[i]];
        m_option->addItem(u"%1. %2"_s.arg(i + 1).arg(optionName(option)), toQString(option.id));
        m_option->setItemData(m_option->count() - 1, optionName(option), Qt::ToolTipRole);
    }
    m_option->setCurrentIndex(chosenOption ? m_option->findData(chosen) : 0);
    m_option->setToolTip(m_option->currentText());
}

void ExportPage::refreshVersions()
{
    const auto& rows = m_document.catalog()->versionRows;
    if (m_versions->count() != static_cast<int>(rows.size())) {
        m_versions->clear();
        for (const VersionRow& row : rows)
            m_versions->addItem(
                tr("%1 (vLLM %2)").arg(toQString(row.name), toQString(toString(row.vllm))),
                toQString(row.id));
    }
    const std::string& id = m_document.requirements().versionRow;
    m_versions->setCurrentIndex(id.empty() ? 0 : m_versions->findData(toQString(id)));
}

void ExportPage::chooseOption(int index)
{
    const std::string id = fromQString(m_option->itemData(index).toString());
    m_document.edit(u"project.chosen"_s, tr("Choose the option to export"),
                    [&](Project& project) { project.chosen = id; });
    scheduleRefresh();
}

QString ExportPage::nameSpaceProblem() const
{
    static const QRegularExpression pattern(u"\\A[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\z"_s);
    const QString text = m_nameSpace->text().trimmed();
    if (text.isEmpty() || pattern.match(text).hasMatch())
        return {};
    return tr("A namespace has at most 63 lower-case letters, digits and “-”, and starts and ends "
              "with a letter or digit.");
}

void ExportPage::generate()
{
    const Option* option = m_document.chosenOption();
    const auto& need = m_document.need();
    if (!need) {
        const auto& error = m_document.needError();
        showNothing(error ? toQString(error->detail) : QString(), true);
        return;
    }
    if (!option) {
        const auto& report = m_document.report();
        if (m_document.isSearching() || !report)
            showNothing(tr("Searching for options…"), false);
        else
            showNothing(report->infeasibility.empty() ? tr("No option meets the targets.")
                                                      : toQString(report->infeasibility),
                        true);
        return;
    }
    m_headline->setText(optionName(*option));
    ExportRequest request {
        m_document.report(), m_document.catalog(), *option, *need, m_document.requirements(), {}, {}
    };
    request.manifests.target = fromQString(m_target->currentData().toString());
    request.manifests.autoscaler = static_cast<Autoscaler>(m_autoscaler->currentData().toInt());
    request.manifests.gateway = fromQString(m_gateway->text().trimmed());
    m_more->apply(request.manifests);
    if (const QString url = m_prometheus->text().trimmed(); !url.isEmpty())
        request.manifests.prometheusUrl = fromQString(url);
    if (const QString secret = m_secret->text().trimmed(); !secret.isEmpty())
        request.manifests.tokenSecret = fromQString(secret);
    const QString nameSpace =
        nameSpaceProblem().isEmpty() ? m_nameSpace->text().trimmed() : QString();
    request.nameSpace = nameSpace.isEmpty() ? DeploymentPlan {}.nameSpace : fromQString(nameSpace);
    m_document.jobs().run<ExportResult>(
        generateSlot, tr("Writing the deployment files"),
        [request = std::move(request)](RunContext&) { return prepareExport(request); }, this,
        [this](Result<ExportResult> result) { take(std::move(result)); });
}

void ExportPage::take(Result<ExportResult> result)
{
    if (!result) {
        if (result.error().code != ErrorCode::Cancelled)
            showNothing(errorText(result.error()), true);
        return;
    }
    m_result = std::move(*result);
    m_preview->setFiles(m_result->files);
    m_plan->show(*m_result);
    m_guide->setFiles(m_result->files);
    showChecks();
    showChanges();
    m_stack->setCurrentWidget(m_tabs);
    m_save->setEnabled(nameSpaceProblem().isEmpty());
    m_saveArchive->setEnabled(m_save->isEnabled());
    m_copyAll->setEnabled(true);
    emit resultChanged();
}

void ExportPage::showNothing(const QString& why, bool failed)
{
    m_document.jobs().discard(generateSlot);
    m_result.reset();
    m_headline->setText(failed ? tr("There is nothing to export yet.") : QString());
    m_nothing->setText(why);
    m_preview->setFiles({});
    m_plan->clear();
    m_guide->setFiles({});
    showChanges();
    m_stack->setCurrentWidget(m_nothing);
    m_save->setEnabled(false);
    m_saveArchive->setEnabled(false);
    m_copyAll->setEnabled(false);
    emit resultChanged();
}

void ExportPage::showChecks()
{
    const auto& findings = m_result->findings;
    const int files = static_cast<int>(m_result->files.size());
    m_findings->setRows(findings);
    m_findingsView->setVisible(!findings.empty());
    fitColumns(*m_findingsView, 40);
    m_tabs->setTabText(2, findings.empty() ? tr("Checks") : tr("Checks (%1)").arg(findings.size()));
    m_tabs->setTabIcon(2, themedIcon(findings.empty() ? u"check"_s : u"warning"_s));
    if (findings.empty())
        m_checkBanner->showMessage(StatusBanner::Kind::Success,
                                   tr("All checks passed for the %1 files.").arg(files));
    else
        m_checkBanner->showMessage(
            StatusBanner::Kind::Warning,
            findings.size() == 1
                ? tr("The checks found one thing to look at.")
                : tr("The checks found %1 things to look at.").arg(findings.size()));
}

void ExportPage::showChanges()
{
    m_changes->setPlan(m_result ? std::optional(m_result->execution) : std::nullopt);
    const auto& diff = m_changes->diff();
    const int tab = m_tabs->indexOf(m_changes);
    m_tabs->setTabText(tab,
                       diff && !diff->changes.empty()
                           ? tr("Changes (level %1)").arg(static_cast<int>(diff->level))
                           : tr("Changes"));
}

void ExportPage::askForExport()
{
    auto* dialog = new QFileDialog(this, tr("Compare with an earlier export"),
                                   m_settings.lastExport().isEmpty() ? m_settings.lastFolder()
                                                                     : m_settings.lastExport());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& folder) {
        m_changes->setExport(folder);
        showChanges();
    });
    dialog->open();
}

void ExportPage::showFinding(const QModelIndex& index)
{
    if (!m_result || !index.isValid())
        return;
    const auto row = static_cast<std::size_t>(index.row());
    const auto& findings = m_result->findings;
    if (row >= findings.size() || !findings[row].where)
        return;
    m_tabs->setCurrentWidget(m_preview);
    m_preview->showLine(toQString(findings[row].where->file), findings[row].where->line);
}

void ExportPage::describeVersions()
{
    const auto& rows = m_document.catalog()->versionRows;
    const auto index = static_cast<std::size_t>(std::max(m_versions->currentIndex(), 0));
    if (index >= rows.size())
        return;
    const VersionRow& row = rows[index];
    const std::string target = fromQString(m_target->currentData().toString());
    QString text;
    if (target == "ray")
        text = tr("Ray %1 with vLLM %2 inside")
                   .arg(toQString(row.ray.version), toQString(toString(row.ray.vllm)));
    else if (target == "dynamo")
        text = tr("Dynamo %1 with vLLM %2 inside")
                   .arg(toQString(row.dynamo.version), toQString(toString(row.dynamo.vllm)));
    else if (target == "kserve")
        text = tr("KServe %1, vLLM %2").arg(toQString(row.kserve), toQString(toString(row.vllm)));
    else if (target == "commands")
        text = tr("vLLM %1").arg(toQString(toString(row.vllm)));
    else
        text = tr("vLLM %1, router %2, Inference Extension %3")
                   .arg(toQString(toString(row.vllm)), toQString(row.routerVersion),
                        toQString(row.inferenceExtension));
    m_versionNote->setText(text);
}

} // namespace llmd
