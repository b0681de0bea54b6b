// SPDX-License-Identifier: GPL-3.0-or-later
#include "modelsstep.h"

#include "plaintext.h"
#include "usermodels.h"
#include "valuefield.h"

#include <widgets/document/document.h>
#include <widgets/support/numberformat.h>
#include <widgets/support/qtbridge.h>
#include <widgets/support/statusbanner.h>
#include <widgets/tables/copytableview.h>
#include <widgets/tables/filterproxy.h>
#include <widgets/tables/tablesetup.h>

#include <QCheckBox>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QFrame>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QStandardPaths>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <filesystem>
#include <set>

namespace llmd {

using namespace Qt::StringLiterals;

namespace {

bool contains(const std::vector<std::string>& list, const std::string& value)
{
    return std::find(list.begin(), list.end(), value) != list.end();
}

void include(std::vector<std::string>& list, const std::string& value, bool chosen)
{
    if (chosen && !contains(list, value))
        list.push_back(value);
    else if (!chosen)
        std::erase(list, value);
}

QString billions(const QVariant& value)
{
    return ModelsStep::tr("%1 B").arg(format::number(value.toDouble() / 1e9));
}

QString kindOf(const ModelArchitecture& architecture)
{
    QStringList parts { architecture.isMoe() ? ModelsStep::tr("MoE") : ModelsStep::tr("dense") };
    if (architecture.hasMla())
        parts << ModelsStep::tr("MLA");
    if (architecture.hasRecurrentLayers())
        parts << ModelsStep::tr("hybrid");
    if (architecture.multimodal)
        parts << ModelsStep::tr("multimodal");
    return parts.join(u", "_s);
}

/** Published scores of the model's family: how many, or nothing. */
QVariant scoreCount(const Model& model, const Catalog& catalog)
{
    const auto count =
        std::count_if(catalog.qualityScores.begin(), catalog.qualityScores.end(),
                      [&](const QualityScore& score) { return score.family == model.family; });
    return count > 0 ? QVariant(static_cast<double>(count)) : QVariant();
}

/** Lists may name a model by a shorter or differently written id. */
bool chosenIn(const std::vector<std::string>& list, const Model& model, const Catalog& catalog)
{
    return std::any_of(list.begin(), list.end(),
                       [&](const std::string& id) { return catalog.findModel(id) == &model; });
}

/** What the config says of itself, as the start of an id: the folder or file that it came in. */
QString proposedId(const QString& path, const Model& model)
{
    const QString read = toQString(model.id);
    const bool meaningful = checkModelId(read).has_value() && !read.startsWith(u"config"_s);
    const QFileInfo file(path);
    return meaningful ? read : u"my-org/"_s + file.dir().dirName();
}

} // namespace

ModelsStep::ModelsStep(Document& document, QWidget* parent)
    : Step(document, tr("Models"),
           tr("Which models may be planned with. Without a choice the whole catalog is searched; "
              "check models to search only "
              "those. Drop a Hugging Face config.json here to add a model."),
           parent, StepWidth::Full)
{
    setAcceptDrops(true);
    m_banner = new StatusBanner(this);
    content()->addWidget(m_banner);
    addAddingPanel();
    addFormats();
    addTable();
    connect(&document, &Document::catalogChanged, this, &ModelsStep::takeCatalog);
    takeCatalog();
}

void ModelsStep::addFormats()
{
    addSection(tr("Weight formats"), tr("Any format is considered unless you check some."));
    m_formatRow = new QHBoxLayout;
    m_formatRow->setSpacing(fontMetrics().height());
    content()->addLayout(m_formatRow);
}

ChoiceModel<const Model*>::ColumnList ModelsStep::columns() const
{
    const auto text = [](const QString& id, const QString& title, auto value) {
        return Column<Row> { .id = id,
                             .title = title,
                             .unit = {},
                             .value = [value](const Row& row) { return QVariant(value(*row)); } };
    };
    const auto number = [](const QString& id, const QString& title, const QString& toolTip,
                           auto value, auto print) {
        return Column<Row> { .id = id,
                             .title = title,
                             .unit = {},
                             .value = [value](const Row& row) { return QVariant(value(*row)); },
                             .text = print,
                             .toolTip = toolTip,
                             .numeric = true };
    };
    const auto whole = [](const QVariant& value) { return format::integer(value.toLongLong()); };
    Column<Row> name = text(u"name"_s, tr("Model"),
                            [](const Model& model) { return toQString(model.displayName); });
    name.cellToolTip = [](const Row& row) { return toQString(row->id); };
    Column<Row> id =
        text(u"id"_s, tr("Id"), [](const Model& model) { return toQString(model.id); });
    id.hidden = true;
    Column<Row> source = text(u"source"_s, tr("Source"), [](const Model& model) -> QString {
        return model.userProvided
            ? tr("added by you")
            : toQString(model.source.text) + u' ' + toQString(model.source.date);
    });
    source.hidden = true;
    return {
        std::move(name),
        text(u"kind"_s, tr("Kind"), [](const Model& model) { return kindOf(model.architecture); }),
        text(u"format"_s, tr("Weights"),
             [](const Model& model) { return toQString(model.architecture.quantization.label()); }),
        text(u"license"_s, tr("License"),
             [](const Model& model) { return toQString(model.license); }),
        number(
            u"parameters"_s, tr("Parameters"), tr("All text parameters"),
            [](const Model& model) {
                return static_cast<double>(model.architecture.textParameters());
            },
            billions),
        number(
            u"active"_s, tr("Active"), tr("Parameters that one token passes through"),
            [](const Model& model) {
                return static_cast<double>(model.architecture.activeParameters());
            },
            billions),
        number(
            u"context"_s, tr("Context"),
            tr("Longest context that the model was made for, in tokens"),
            [](const Model& model) { return static_cast<double>(model.architecture.maxPositions); },
            whole),
        number(
            u"quality"_s, tr("Quality data"),
            tr("Published benchmark scores that the quality score can use"),
            [catalog = document().catalog()](const Model& model) {
                return scoreCount(model, *catalog);
            },
            [](const QVariant& value) {
                return counted(value.toUInt(), tr("1 score"), tr("%1 scores"));
            }),
        std::move(source),
        std::move(id),
    };
}

CellBehavior<const Model*> ModelsStep::modelChoice()
{
    const auto chosen = [this](const Row& row) {
        return chosenIn(document().requirements().models, *row, *m_catalog);
    };
    return { .checked = chosen,
             .setChecked = [this](const Row& row, bool on) { chooseModel(row, on); },
             .stated = chosen };
}

void ModelsStep::addTable()
{
    addSection(tr("Models"));
    auto* bar = new QHBoxLayout;
    m_filter = new QLineEdit(this);
    m_filter->setObjectName(u"models.filter"_s);
    m_filter->setPlaceholderText(tr("Filter, e.g. llama fp8"));
    m_filter->setAccessibleName(tr("Filter the models"));
    m_filter->setMaximumWidth(charactersWide(*this, 40));
    m_chooseShown = new QPushButton(tr("Choose all shown"), this);
    m_chooseShown->setObjectName(u"models.chooseShown"_s);
    m_remove = new QPushButton(tr("Remove added model"), this);
    m_remove->setObjectName(u"models.remove"_s);
    auto* add = new QPushButton(themedIcon(u"add"_s), tr("Add config.json…"), this);
    add->setObjectName(u"models.add"_s);
    bar->addWidget(m_filter, 1);
    bar->addWidget(m_chooseShown);
    bar->addStretch(1);
    bar->addWidget(m_remove);
    bar->addWidget(add);
    content()->addLayout(bar);

    m_view = new CopyTableView(this);
    m_view->setObjectName(u"models.table"_s);
    m_view->setAccessibleName(tr("Models of the catalog"));
    m_view->setMinimumHeight(fontMetrics().lineSpacing() * 14);
    m_view->horizontalHeader()->setStretchLastSection(true);
    content()->addWidget(m_view, 1);
    auto* status = new QHBoxLayout;
    m_count = makeNote({}, this);
    m_count->setObjectName(u"models.count"_s);
    m_reset = makeResetButton(tr("the choice of models"), this);
    m_reset->setText(tr("Consider all"));
    status->addWidget(m_count, 1);
    status->addWidget(m_reset);
    content()->addLayout(status);

    connect(m_chooseShown, &QPushButton::clicked, this, &ModelsStep::chooseShown);
    connect(m_remove, &QPushButton::clicked, this, &ModelsStep::removeSelectedModel);
    connect(add, &QPushButton::clicked, this, &ModelsStep::askForModelFile);
    connect(m_reset, &QToolButton::clicked, this, [this] {
        edit(u"requirements.models.reset"_s, tr("Consider all models"),
             [](Requirements& requirements) { requirements.models.clear(); });
    });
}

void ModelsStep::addAddingPanel()
{
    m_addPanel = new QFrame(this);
    m_addPanel->setFrameShape(QFrame::StyledPanel);
    auto* layout = new QVBoxLayout(m_addPanel);
    m_addText = new QLabel(m_addPanel);
    m_addText->setWordWrap(true);
    m_addText->setTextFormat(Qt::PlainText);
    auto* row = new QHBoxLayout;
    auto* label = new QLabel(tr("Add it as"), m_addPanel);
    m_addId = new QLineEdit(m_addPanel);
    m_addId->setObjectName(u"models.addId"_s);
    m_addId->setAccessibleName(tr("Id of the added model"));
    label->setBuddy(m_addId);
    auto* add = new QPushButton(tr("Add model"), m_addPanel);
    add->setObjectName(u"models.addConfirm"_s);
    auto* cancel = new QPushButton(tr("Cancel"), m_addPanel);
    row->addWidget(label);
    row->addWidget(m_addId, 1);
    row->addWidget(add);
    row->addWidget(cancel);
    m_addError = makeNote({}, m_addPanel);
    layout->addWidget(m_addText);
    layout->addLayout(row);
    layout->addWidget(m_addError);
    content()->addWidget(m_addPanel);
    m_addPanel->hide();
    connect(add, &QPushButton::clicked, this, &ModelsStep::addPendingModel);
    connect(m_addId, &QLineEdit::returnPressed, this, &ModelsStep::addPendingModel);
    connect(cancel, &QPushButton::clicked, m_addPanel, &QWidget::hide);
    connect(m_addId, &QLineEdit::textChanged, this, [this](const QString& text) {
        const auto valid = checkModelId(text.trimmed());
        m_addError->setText(valid ? QString() : toQString(valid.error().detail));
    });
}

void ModelsStep::takeCatalog()
{
    auto* model = new ChoiceModel<Row>(columns(), this);
    model->setBehavior(u"name"_s, modelChoice());
    const auto catalog = document().catalog();
    std::vector<Row> rows;
    rows.reserve(catalog->models.size());
    for (const Model& entry : catalog->models)
        rows.push_back(&entry);
    std::stable_sort(rows.begin(), rows.end(), [](Row a, Row b) {
        return QString::compare(toQString(a->displayName), toQString(b->displayName),
                                Qt::CaseInsensitive)
            < 0;
    });
    model->setRows(std::move(rows));

    delete m_proxy; // before the model that it shows
    delete m_model;
    m_model = model;
    m_catalog = catalog;
    m_proxy = setUpTable(*m_view, *m_model);
    m_filter->disconnect(m_proxy);
    connectFilterLine(*m_filter, *m_proxy);
    m_proxy->setFilterText(m_filter->text());
    m_view->setColumnWidth(0, charactersWide(*this, 45));
    fitColumns(*m_view, 45);
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        const Row selected = selectedModel();
        m_remove->setVisible(selected && selected->userProvided);
    });
    m_remove->hide();

    qDeleteAll(m_formats);
    m_formats.clear();
    while (QLayoutItem* item = m_formatRow->takeAt(0))
        delete item;
    std::set<std::string> labels;
    for (const Model& entry : catalog->models)
        labels.insert(entry.architecture.quantization.label());
    for (const std::string& label : labels) {
        auto* box = new QCheckBox(toQString(label), this);
        box->setObjectName(u"format."_s + toQString(label));
        m_formatRow->addWidget(box);
        m_formats.push_back(box);
        connect(box, &QCheckBox::clicked, this,
                [this, box](bool chosen) { chooseFormat(box->text(), chosen); });
    }
    m_formatRow->addStretch(1);
    refresh();
}

void ModelsStep::chooseFormat(const QString& label, bool chosen)
{
    edit(u"requirements.quantizations"_s,
         chosen ? tr("Choose %1 weights").arg(label) : tr("Do not insist on %1 weights").arg(label),
         [&](Requirements& requirements) {
             include(requirements.quantizations, fromQString(label), chosen);
         });
}

void ModelsStep::chooseModel(Row model, bool chosen)
{
    edit(u"requirements.models."_s + toQString(model->id),
         chosen ? tr("Choose %1").arg(toQString(model->displayName))
                : tr("Do not insist on %1").arg(toQString(model->displayName)),
         [&](Requirements& requirements) {
             std::erase_if(requirements.models, [&](const std::string& id) {
                 return m_catalog->findModel(id) == model;
             });
             include(requirements.models, model->id, chosen);
         });
}

void ModelsStep::chooseShown()
{
    std::vector<std::string> shown;
    for (int row = 0; row < m_proxy->rowCount(); ++row)
        shown.push_back(m_model->record(m_proxy->mapToSource(m_proxy->index(row, 0)).row())->id);
    edit(u"requirements.models.shown"_s, tr("Choose the models shown"),
         [&](Requirements& requirements) {
             for (const std::string& id : shown)
                 include(requirements.models, id, true);
         });
}

ModelsStep::Row ModelsStep::selectedModel() const
{
    const QModelIndex index = m_view->currentIndex();
    return index.isValid() ? m_model->record(m_proxy->mapToSource(index).row()) : nullptr;
}

void ModelsStep::askForModelFile()
{
    auto* dialog =
        new QFileDialog(this, tr("Add a model by its config.json"),
                        QStandardPaths::writableLocation(QStandardPaths::DownloadLocation),
                        tr("Hugging Face configuration (*.json);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &ModelsStep::openModelFile);
    dialog->open();
}

void ModelsStep::openModelFile(const QString& path)
{
    const auto model = readModelFile(std::filesystem::path(path.toStdU16String()));
    if (!model) {
        m_addPanel->hide();
        m_banner->showError(model.error());
        return;
    }
    m_banner->dismiss();
    m_pendingPath = path;
    const ModelArchitecture& architecture = model->architecture;
    QString text = tr("%1: %2, %3 parameters (%4 active), %5 weights, context of %6 tokens.")
                       .arg(QFileInfo(path).fileName(), kindOf(architecture),
                            billions(static_cast<double>(architecture.textParameters())),
                            billions(static_cast<double>(architecture.activeParameters())),
                            toQString(architecture.quantization.label()),
                            format::integer(architecture.maxPositions));
    for (const std::string& approximation : architecture.approximations)
        text += u'\n' + tr("Approximated: %1").arg(toQString(approximation));
    m_addText->setText(text);
    m_addId->setText(proposedId(path, *model));
    m_addPanel->show();
    m_addId->setFocus(Qt::OtherFocusReason);
    m_addId->selectAll();
}

void ModelsStep::addPendingModel()
{
    const QString id = m_addId->text().trimmed();
    auto changed = addUserModel(*document().catalog(), m_pendingPath, id);
    if (!changed) {
        m_addError->setText(toQString(changed.error().detail));
        return;
    }
    m_addPanel->hide();
    document().setCatalog(*changed);
    m_banner->showMessage(StatusBanner::Kind::Success,
                          tr("%1 was added to your models and is searched from now on.").arg(id));
}

void ModelsStep::removeSelectedModel()
{
    const Row model = selectedModel();
    if (!model)
        return;
    const std::string id = model->id;
    auto changed = removeUserModel(*document().catalog(), toQString(id));
    if (!changed) {
        m_banner->showError(changed.error());
        return;
    }
    if (contains(document().requirements().models, id)) {
        edit(u"requirements.models.removed"_s, tr("Remove %1").arg(toQString(id)),
             [&](Requirements& requirements) { include(requirements.models, id, false); });
    }
    document().setCatalog(*changed);
    m_banner->showMessage(StatusBanner::Kind::Information,
                          tr("%1 was removed from your models.").arg(toQString(id)));
}

void ModelsStep::refresh()
{
    Step::refresh();
    const Requirements& requirements = document().requirements();
    m_model->refresh();
    for (QCheckBox* box : m_formats)
        box->setChecked(contains(requirements.quantizations, fromQString(box->text())));
    const std::size_t total = document().catalog()->models.size();
    const std::size_t chosen = requirements.models.size();
    m_count->setText(chosen == 0
                         ? tr("All %1 models of the catalog are considered.").arg(total)
                         : tr("Only %1 of %2 models are considered.").arg(chosen).arg(total));
    m_reset->setVisible(chosen > 0);
}

StepSummary ModelsStep::summary() const
{
    const auto& models = document().requirements().models;
    const auto& formats = document().requirements().quantizations;
    QString text = models.empty() ? tr("All %1 models").arg(document().catalog()->models.size())
                                  : counted(models.size(), tr("1 model"), tr("%1 models"));
    if (!formats.empty())
        text = tr("%1, %2").arg(text,
                                formats.size() == 1 ? toQString(formats.front())
                                                    : tr("%1 formats").arg(formats.size()));
    const auto unknown = std::find_if(models.begin(), models.end(), [this](const std::string& id) {
        return !document().catalog()->findModel(id);
    });
    if (unknown != models.end())
        return { tr("Unknown: %1").arg(toQString(*unknown)), StepButton::State::Error };
    return { text, StepButton::State::Normal };
}

bool ModelsStep::reveal(const QString& field)
{
    const QString name = fieldName(field);
    if (name == u"models")
        m_view->setFocus(Qt::OtherFocusReason);
    else if (name == u"quantizations" && !m_formats.empty())
        m_formats.front()->setFocus(Qt::OtherFocusReason);
    else
        return Step::reveal(field);
    return true;
}

void ModelsStep::dragEnterEvent(QDragEnterEvent* event)
{
    const auto urls = event->mimeData()->urls();
    if (urls.size() == 1 && urls.front().isLocalFile()
        && urls.front().toLocalFile().endsWith(u".json"_s, Qt::CaseInsensitive))
        event->acceptProposedAction();
}

void ModelsStep::dropEvent(QDropEvent* event)
{
    event->acceptProposedAction();
    openModelFile(event->mimeData()->urls().front().toLocalFile());
}

} // namespace llmd
