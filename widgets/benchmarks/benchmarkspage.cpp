// SPDX-License-Identifier: GPL-3.0-or-later
#include "benchmarkspage.h"

#include "calibrationdialog.h"
#include "comparisonpanel.h"
#include "importdialog.h"
#include "librarymodel.h"
#include "manualfieldsform.h"
#include "recorddetails.h"

#include <widgets/document/document.h>
#include <widgets/support/card.h>
#include <widgets/support/jobrunner.h>
#include <widgets/support/numberformat.h>
#include <widgets/support/qtbridge.h>
#include <widgets/support/settings.h>
#include <widgets/support/statusbanner.h>
#include <widgets/support/theme.h>
#include <widgets/tables/copytableview.h>
#include <widgets/tables/filterproxy.h>
#include <widgets/tables/tablesetup.h>

#include <QAction>
#include <QComboBox>
#include <QDialog>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>

#include <algorithm>
#include <chrono>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

constexpr std::chrono::milliseconds typingDelay { 120 };
constexpr std::size_t mostReselected = 2000; // a selection of everything is not worth finding again

QString importFilters()
{
    return BenchmarksPage::tr("Reports and archives (*.yaml *.yml *.json *.csv *.zip *.tar *.gz "
                              "*.tgz *.zst *.xz *.db);;All files (*)");
}

} // namespace

PageInfo BenchmarksPage::pageInfo()
{
    return { u"benchmarks"_s, tr("Benchmarks"), u"benchmarks"_s,
             tr("Measurements: your reports and public ones, beside the plan and each other") };
}

BenchmarksPage::BenchmarksPage(Document& document, Settings& settings, QWidget* parent,
                               const std::filesystem::path& store)
    : Page(pageInfo(), parent)
    , m_document(document)
    , m_settings(settings)
    , m_library(std::make_unique<BenchmarkLibrary>(
          store.empty() ? userStorePath().value_or(std::filesystem::path()) : store,
          document.jobs()))
    , m_model(std::make_unique<LibraryModel>(*m_library))
    , m_banner(new StatusBanner(this))
    , m_stack(new QStackedWidget(this))
    , m_table(new CopyTableView(this))
    , m_details(new RecordDetails(*m_library, document, this))
    , m_comparison(new ComparisonPanel(*m_library, document, settings, this))
    , m_search(new QLineEdit(this))
    , m_modelFilter(new QComboBox(this))
    , m_gpuFilter(new QComboBox(this))
    , m_show(new QComboBox(this))
    , m_count(new QLabel(this))
{
    buildActions();
    m_stack->addWidget(buildLibrary());
    m_stack->addWidget(m_comparison);
    const int gap = fontMetrics().height() * 2 / 3;
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(gap, gap, gap, gap);
    layout->setSpacing(gap);
    layout->addWidget(m_banner);
    layout->addWidget(m_stack, 1);

    m_listTimer.setSingleShot(true);
    connect(&m_listTimer, &QTimer::timeout, this, &BenchmarksPage::list);
    connect(m_library.get(), &BenchmarkLibrary::changed, this, [this] {
        list();
        m_details->refresh();
        m_document.measurementsChanged();
    });
    connect(m_model.get(), &LibraryModel::sortRequested, this,
            [this](RecordOrder order, bool descending) {
                m_query.order = order;
                m_query.descending = descending;
                list();
            });
    connect(m_details, &RecordDetails::recordRequested, this, &BenchmarksPage::showRecord);
    connect(m_comparison, &ComparisonPanel::backRequested, this,
            [this] { m_stack->setCurrentIndex(0); });
    connect(m_comparison, &ComparisonPanel::hintChanged, this, &Page::hintChanged);
    const auto planChanged = [this] {
        if (isVisible())
            m_details->refresh();
    };
    connect(&document, &Document::reportChanged, this, planChanged);
    connect(&document, &Document::selectedOptionChanged, this, planChanged);
    updateSelection();
}

BenchmarksPage::~BenchmarksPage()
{
    // They work on the library to their end, and it goes before the children of a widget do.
    qDeleteAll(findChildren<QDialog*>());
}

QAction* BenchmarksPage::addAction(const char* name, const QString& text, const QString& icon,
                                   void (BenchmarksPage::*run)())
{
    auto* action = new QAction(text, this);
    action->setObjectName(QLatin1StringView(name));
    if (!icon.isEmpty())
        action->setIcon(themedIcon(icon));
    connect(action, &QAction::triggered, this, run);
    return action;
}

void BenchmarksPage::buildActions()
{
    m_compare = addAction("benchmarks.compare", tr("&Compare"), u"compare"_s,
                          &BenchmarksPage::compareSelected);
    m_compare->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_D);
    m_compare->setToolTip(tr("The selected measurements beside each other and beside predictions"));
    m_annotate = addAction("benchmarks.annotate", tr("Add &Missing…"), u"add"_s,
                           &BenchmarksPage::askAnnotate);
    m_annotate->setToolTip(tr("Model, GPU or version that the report does not say"));
    m_remove =
        addAction("benchmarks.remove", tr("&Remove"), u"remove"_s, &BenchmarksPage::removeSelected);
    m_remove->setShortcut(QKeySequence::Delete);
    m_remove->setToolTip(tr("Takes the selected measurements out; can be undone"));
    m_restore = addAction("benchmarks.restore", tr("Re&store"), u"undo"_s,
                          &BenchmarksPage::restoreSelected);
    m_undoRemove = addAction("benchmarks.undo_remove", tr("Undo"), {}, &BenchmarksPage::undoRemove);
    m_purge = addAction("benchmarks.purge", tr("Delete Removed for &Good"), {},
                        &BenchmarksPage::purgeRemoved);
    for (QAction* action : { m_compare, m_annotate, m_remove, m_restore })
        action->setShortcutContext(Qt::WidgetShortcut);
    m_table->addActions({ m_compare, m_annotate, m_remove, m_restore });
}

QWidget* BenchmarksPage::buildFilters()
{
    auto* row = new QWidget(this);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    m_importButton = new QToolButton(row);
    m_importButton->setObjectName(u"benchmarksImport"_s);
    m_importButton->setIcon(themedIcon(u"open"_s));
    m_importButton->setText(tr("&Import"));
    m_importButton->setToolTip(tr("Reports, folders and archives; they can also be dropped on the "
                                  "window"));
    m_importButton->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_importButton->setPopupMode(QToolButton::InstantPopup);
    auto* import = new QMenu(m_importButton);
    import->addAction(addAction("benchmarks.import_files", tr("&Files and Archives…"), {},
                                &BenchmarksPage::askImportFiles));
    import->addAction(addAction("benchmarks.import_folder", tr("F&older…"), {},
                                &BenchmarksPage::askImportFolder));
    m_importButton->setMenu(import);
    m_search->setObjectName(u"benchmarksSearch"_s);
    m_search->setAccessibleName(tr("Search the library"));
    m_search->setPlaceholderText(tr("Search model, GPU, description, file"));
    m_search->setClearButtonEnabled(true);
    m_search->addAction(themedIcon(u"search"_s), QLineEdit::LeadingPosition);
    connect(m_search, &QLineEdit::textChanged, this, &BenchmarksPage::scheduleListing);
    auto* find = new QShortcut(QKeySequence::Find, this);
    find->setContext(Qt::WidgetWithChildrenShortcut);
    connect(find, &QShortcut::activated, m_search, [this] {
        m_search->setFocus(Qt::ShortcutFocusReason);
        m_search->selectAll();
    });
    layout->addWidget(m_importButton);
    layout->addWidget(m_search, 2);
    const struct
    {
        QComboBox* box;
        const char* name;
        QString all;
        QString accessible;
    } filters[] = { { m_modelFilter, "benchmarksModel", tr("All models"), tr("Only this model") },
                    { m_gpuFilter, "benchmarksGpu", tr("All GPUs"), tr("Only this GPU") } };
    for (const auto& filter : filters) {
        filter.box->setObjectName(QLatin1StringView(filter.name));
        filter.box->setAccessibleName(filter.accessible);
        filter.box->setToolTip(filter.accessible);
        filter.box->addItem(filter.all);
        filter.box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        filter.box->setMinimumContentsLength(16);
        connect(filter.box, &QComboBox::activated, this, &BenchmarksPage::list);
        layout->addWidget(filter.box, 1);
    }
    m_show->setObjectName(u"benchmarksShow"_s);
    m_show->setAccessibleName(tr("Which measurements are listed"));
    m_show->addItems({ tr("All sources"), tr("Imported"), tr("Built in"), tr("Removed"),
                       tr("Imported, all formats") });
    connect(m_show, &QComboBox::activated, this, &BenchmarksPage::list);
    layout->addWidget(m_show);
    return row;
}

QWidget* BenchmarksPage::buildLibrary()
{
    const int gap = fontMetrics().height() * 2 / 3;
    m_table->setObjectName(u"benchmarksTable"_s);
    m_table->setAccessibleName(tr("Measurements"));
    m_table->setAlternatingRowColors(true);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setPlaceholderText(tr("No measurement matches. Drop benchmark reports, folders or "
                                   "archives on the window to import them."));
    m_table->horizontalHeader()->setResizeContentsPrecision(0); // rows in view only
    setUpTable(*m_table, *m_model);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &BenchmarksPage::updateSelection);
    auto* split = new QSplitter(Qt::Horizontal, this);
    split->setObjectName(u"benchmarksSplit"_s);
    split->addWidget(new Card(m_table, this));
    split->addWidget(new Card(m_details, this));
    split->setStretchFactor(0, 3);
    split->setStretchFactor(1, 2);
    split->setChildrenCollapsible(false);
    split->setHandleWidth(gap);
    split->setSizes({ 1000, 480 });

    auto* tools = new QHBoxLayout;
    m_count->setObjectName(u"benchmarksCount"_s);
    setTextStyle(*m_count, TextStyle::Caption);
    tools->addWidget(m_count, 1);
    const auto button = [&](QAction* action) {
        auto* tool = new QToolButton(this);
        tool->setDefaultAction(action);
        tool->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        // A button does not hide with its action by itself.
        connect(action, &QAction::visibleChanged, tool,
                [tool, action] { tool->setVisible(action->isVisible()); });
        tools->addWidget(tool);
    };
    for (QAction* action : { m_compare, m_annotate, m_remove, m_restore })
        button(action);
    button(addAction("benchmarks.calibrate", tr("Cali&brate…"), u"accuracy"_s,
                     &BenchmarksPage::calibrate));
    auto* more = new QToolButton(this);
    more->setObjectName(u"benchmarksMore"_s);
    more->setText(tr("&Library"));
    more->setPopupMode(QToolButton::InstantPopup);
    auto* menu = new QMenu(more);
    menu->addAction(addAction("benchmarks.export_store", tr("&Export Whole Library…"), u"export"_s,
                              &BenchmarksPage::askExportStore));
    menu->addAction(addAction("benchmarks.import_store", tr("&Take Over a Library…"), {},
                              &BenchmarksPage::askImportStore));
    menu->addSeparator();
    menu->addAction(
        addAction("benchmarks.check", tr("&Check for Damage"), {}, &BenchmarksPage::checkStore));
    menu->addAction(m_purge);
    more->setMenu(menu);
    tools->addWidget(more);

    auto* library = new QWidget(this);
    auto* layout = new QVBoxLayout(library);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(gap / 2);
    layout->addWidget(buildFilters());
    layout->addLayout(tools);
    layout->addWidget(split, 1);
    return library;
}

void BenchmarksPage::activate()
{
    list(); // the command line or another window may have changed it
    m_details->refresh();
}

void BenchmarksPage::scheduleListing()
{
    m_listing = true;
    m_listTimer.start(typingDelay);
}

void BenchmarksPage::list()
{
    m_listTimer.stop();
    m_listing = true;
    m_query.filter.text = fromQString(m_search->text().trimmed());
    m_query.filter.model = fromQString(m_modelFilter->currentData().toString());
    m_query.filter.gpu = fromQString(m_gpuFilter->currentData().toString());
    m_query.show = static_cast<LibraryQuery::Show>(m_show->currentIndex());
    m_library->list(m_query, this,
                    [this](Result<LibraryListing> listing) { showListing(std::move(listing)); });
}

void BenchmarksPage::showListing(Result<LibraryListing> listing)
{
    m_listing = false;
    if (!listing) {
        if (listing.error().code != ErrorCode::Cancelled)
            m_banner->showError(listing.error());
        return;
    }
    const auto fill = [](QComboBox& box, const std::vector<std::string>& names) {
        const QVariant before = box.currentData();
        const QSignalBlocker blocker(box);
        while (box.count() > 1)
            box.removeItem(box.count() - 1);
        for (const auto& name : names)
            box.addItem(toQString(name), toQString(name));
        box.setCurrentIndex(before.isValid() ? std::max(0, box.findData(before)) : 0);
    };
    fill(*m_modelFilter, listing->models);
    fill(*m_gpuFilter, listing->gpus);
    const std::vector<RecordKey> selected = selectedKeys();
    m_model->setKeys(std::move(listing->keys));
    const QString count = format::integer(static_cast<qint64>(m_model->keys().size()));
    m_count->setText(listing->superseded > 0
                         ? tr("%1 measurements; %2 more report the same in other formats")
                               .arg(count, format::integer(listing->superseded))
                         : tr("%1 measurements").arg(count));
    if (!m_columnsFitted && m_model->rowCount() > 0) {
        fitColumns(*m_table, 24);
        // Short figures under a title and a unit: what a header asks for would push the last ones out of view.
        const QFontMetrics header(m_table->horizontalHeader()->font());
        for (int column = 0; column < m_model->columnCount(); ++column) {
            const auto inHeader = [&](int role) {
                return m_model->headerData(column, Qt::Horizontal, role);
            };
            if (!(inHeader(Qt::TextAlignmentRole).value<Qt::Alignment>() & Qt::AlignRight))
                continue;
            int longest = charactersWide(*m_table, 7);
            for (const QString& word : inHeader(PlainTitleRole).toString().split(u' '))
                longest = std::max(longest, header.horizontalAdvance(word));
            m_table->setColumnWidth(
                column,
                std::min(m_table->columnWidth(column), longest + charactersWide(*m_table, 2)));
        }
        m_columnsFitted = true;
        select({ m_model->key(0) });
    } else if (selected.size() <= mostReselected)
        select(selected);
    updateSelection();
}

std::vector<RecordKey> BenchmarksPage::selectedKeys() const
{
    std::vector<RecordKey> keys;
    for (const int row : m_table->selectedPart(false).rows) {
        if (row < m_model->rowCount())
            keys.push_back(m_model->key(row)); // the proxy filters and sorts nothing
    }
    return keys;
}

std::vector<std::int64_t> BenchmarksPage::selectedIds() const
{
    std::vector<std::int64_t> ids;
    for (const RecordKey& key : selectedKeys()) {
        if (!key.builtin)
            ids.push_back(key.id);
    }
    return ids;
}

void BenchmarksPage::select(const std::vector<RecordKey>& keys)
{
    QItemSelection selection;
    for (const RecordKey& key : keys) {
        const int row = m_model->rowOf(key);
        if (row >= 0)
            selection.select(m_table->model()->index(row, 0), m_table->model()->index(row, 0));
    }
    m_table->selectionModel()->select(
        selection, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
}

void BenchmarksPage::showRecord(const RecordKey& key)
{
    const int row = m_model->rowOf(key);
    if (row < 0) {
        m_details->setRecord(key); // filtered away, but there
        return;
    }
    select({ key });
    m_table->scrollTo(m_table->model()->index(row, 0));
}

void BenchmarksPage::updateSelection()
{
    const std::vector<RecordKey> keys = selectedKeys();
    const bool removed = m_query.show == LibraryQuery::Show::Removed;
    const bool stored =
        std::any_of(keys.begin(), keys.end(), [](const RecordKey& key) { return !key.builtin; });
    m_compare->setEnabled(!keys.empty() && !removed);
    m_compare->setText(keys.size() > 1 ? tr("&Compare %1").arg(keys.size()) : tr("&Compare"));
    m_annotate->setEnabled(stored && !removed);
    m_remove->setEnabled(stored && !removed);
    m_remove->setVisible(!removed);
    m_restore->setEnabled(stored && removed);
    m_restore->setVisible(removed);
    const QModelIndex current = m_table->selectionModel()->currentIndex();
    std::optional<RecordKey> shown;
    if (!keys.empty()) {
        shown = keys.front();
        if (current.isValid() && current.row() < m_model->rowCount()
            && m_table->selectionModel()->isRowSelected(current.row(), {}))
            shown = m_model->key(current.row());
    }
    const auto& before = m_details->key();
    const bool same =
        shown && before && shown->id == before->id && shown->builtin == before->builtin;
    if (!same)
        m_details->setRecord(shown);
}

void BenchmarksPage::change(const QString& title, BenchmarkLibrary::Change work,
                            const QList<QAction*>& actions)
{
    m_library->change(title, std::move(work), this, [this, actions](const Result<QString>& result) {
        if (!result)
            m_banner->showError(result.error());
        else
            m_banner->showMessage(StatusBanner::Kind::Success, *result, actions);
    });
}

void BenchmarksPage::askImportFiles()
{
    const QStringList paths = QFileDialog::getOpenFileNames(
        this, tr("Import Benchmark Reports"), m_settings.lastFolder(), importFilters());
    if (!paths.isEmpty()) {
        m_settings.setLastFolder(QFileInfo(paths.front()).absolutePath());
        importPaths(paths);
    }
}

void BenchmarksPage::askImportFolder()
{
    const QString path = QFileDialog::getExistingDirectory(this, tr("Import a Folder of Reports"),
                                                           m_settings.lastFolder());
    if (!path.isEmpty()) {
        m_settings.setLastFolder(path);
        importPaths({ path });
    }
}

void BenchmarksPage::importPaths(const QStringList& paths)
{
    QStringList reports;
    for (const QString& path : paths) {
        if (!QFileInfo(path).isDir() && isSqliteFile(fromQString(path)))
            importStore(path);
        else
            reports << path;
    }
    if (reports.isEmpty())
        return;
    if (m_library->file().empty()) {
        m_banner->showMessage(StatusBanner::Kind::Error,
                              tr("There is no place for your measurements: neither XDG_DATA_HOME "
                                 "nor HOME is set. Set one of them and start again."));
        return;
    }
    auto* dialog = new ImportDialog(*m_library, reports, this);
    connect(dialog, &ImportDialog::imported, this, [this](const ImportSummary& summary) {
        m_banner->showMessage(summary.cancelled ? StatusBanner::Kind::Warning
                                                : StatusBanner::Kind::Success,
                              tr("%1 load points of %2 reports were added to the library.")
                                  .arg(format::integer(static_cast<qint64>(summary.records)),
                                       format::integer(static_cast<qint64>(summary.added))));
    });
    dialog->open();
}

void BenchmarksPage::compareSelected()
{
    const std::vector<RecordKey> keys = selectedKeys();
    if (keys.empty())
        return;
    m_comparison->compare(keys);
    m_stack->setCurrentWidget(m_comparison);
}

void BenchmarksPage::askAnnotate()
{
    const std::vector<std::int64_t> ids = selectedIds();
    auto* dialog = new AnnotateDialog(static_cast<int>(ids.size()), this);
    connect(dialog, &QDialog::accepted, this, [this, dialog, ids] {
        change(tr("Adding what is missing"),
               [ids, fields = dialog->fields()](BenchmarkStore& store,
                                                RunContext&) -> Result<QString> {
                   const auto changed = store.annotate(ids, fields);
                   if (!changed)
                       return tl::unexpected(changed.error());
                   return *changed > 0
                       ? tr("%1 measurements were completed.").arg(*changed)
                       : tr("Nothing was missing: what a report states itself is not changed.");
               });
    });
    dialog->open();
}

void BenchmarksPage::removeSelected()
{
    const std::vector<std::int64_t> ids = selectedIds();
    if (ids.empty())
        return;
    m_lastRemoved = ids;
    change(tr("Removing measurements"),
           [ids](BenchmarkStore& store, RunContext&) -> Result<QString> {
               const auto removed = store.remove(ids);
               if (!removed)
                   return tl::unexpected(removed.error());
               return tr("%1 measurements were removed.").arg(*removed);
           },
           { m_undoRemove });
}

void BenchmarksPage::restoreSelected()
{
    restore(selectedIds());
}

void BenchmarksPage::undoRemove()
{
    restore(m_lastRemoved);
}

void BenchmarksPage::restore(const std::vector<std::int64_t>& ids)
{
    if (ids.empty())
        return;
    change(tr("Restoring measurements"),
           [ids](BenchmarkStore& store, RunContext&) -> Result<QString> {
               const auto restored = store.restore(ids);
               if (!restored)
                   return tl::unexpected(restored.error());
               return tr("%1 measurements are back.").arg(*restored);
           });
}

void BenchmarksPage::purgeRemoved()
{
    auto* question =
        new QMessageBox(QMessageBox::Question, tr("Delete Removed for Good"),
                        tr("Delete all removed measurements for good? They cannot be restored."),
                        QMessageBox::Cancel, this);
    question->setAttribute(Qt::WA_DeleteOnClose);
    auto* agree = question->addButton(tr("&Delete"), QMessageBox::DestructiveRole);
    question->setDefaultButton(QMessageBox::Cancel);
    connect(agree, &QAbstractButton::clicked, this, &BenchmarksPage::deleteRemoved);
    question->open();
}

void BenchmarksPage::deleteRemoved()
{
    change(tr("Deleting removed measurements"),
           [](BenchmarkStore& store, RunContext&) -> Result<QString> {
               const auto purged = store.purge();
               if (!purged)
                   return tl::unexpected(purged.error());
               return tr("%1 measurements were deleted for good.").arg(*purged);
           });
}

void BenchmarksPage::askExportStore()
{
    const QString path =
        QFileDialog::getSaveFileName(this, tr("Export Whole Library"),
                                     QDir(m_settings.lastFolder()).filePath(u"benchmarks.db"_s),
                                     tr("Stores of benchmarks (*.db)"));
    if (!path.isEmpty())
        exportStore(path);
}

void BenchmarksPage::exportStore(const QString& path)
{
    change(tr("Exporting the library"),
           [path](BenchmarkStore& store, RunContext&) -> Result<QString> {
               if (const auto written = store.exportTo(fromQString(path)); !written)
                   return tl::unexpected(written.error());
               return tr("Saved %1").arg(path);
           });
}

void BenchmarksPage::askImportStore()
{
    const QString path =
        QFileDialog::getOpenFileName(this, tr("Take Over a Library"), m_settings.lastFolder(),
                                     tr("Stores of benchmarks (*.db);;All files (*)"));
    if (!path.isEmpty())
        importStore(path);
}

void BenchmarksPage::importStore(const QString& path)
{
    change(tr("Taking over a library"),
           [path](BenchmarkStore& store, RunContext& context) -> Result<QString> {
               const auto merged = store.merge(fromQString(path), context);
               if (!merged)
                   return tl::unexpected(merged.error());
               return tr("%1 load points in %2 reports were added, %3 reports were there already.")
                   .arg(merged->records)
                   .arg(merged->added)
                   .arg(merged->alreadyThere);
           });
}

void BenchmarksPage::checkStore()
{
    change(tr("Checking the library"), [](BenchmarkStore& store, RunContext&) -> Result<QString> {
        const auto findings = store.checkIntegrity();
        const auto count = store.count({});
        if (!findings || !count)
            return tl::unexpected((findings ? count.error() : findings.error()));
        if (findings->empty())
            return tr("The library is sound: %1 measurements.").arg(*count);
        return failure(ErrorCode::Io, "the library is damaged: " + findings->front());
    });
}

void BenchmarksPage::calibrate()
{
    auto* dialog = new CalibrationDialog(*m_library, m_document, m_settings, this);
    dialog->open();
}

} // namespace llmd
