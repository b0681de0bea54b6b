// SPDX-License-Identifier: GPL-3.0-or-later
#include "importdialog.h"

#include "benchmarklibrary.h"
#include "manualfieldsform.h"

#include <widgets/support/errortext.h>
#include <widgets/support/jobrunner.h>
#include <widgets/support/numberformat.h>
#include <widgets/support/qtbridge.h>
#include <widgets/support/statusbanner.h>
#include <widgets/support/theme.h>
#include <widgets/tables/copytableview.h>
#include <widgets/tables/tablesetup.h>

#include <QFileInfo>
#include <QGroupBox>
#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QTextBrowser>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

const QString previewSlot = u"benchmarks.preview"_s;
const QString importSlot = u"benchmarks.import"_s;
constexpr std::size_t filesShown = 20'000; // of a larger import only the numbers are shown

QString outcomeText(const PreviewedFile& file)
{
    switch (file.outcome) {
    case ImportedFile::Outcome::Added:
        return PreviewModel::tr("new");
    case ImportedFile::Outcome::AlreadyThere:
        return PreviewModel::tr("already there");
    case ImportedFile::Outcome::Restored:
        return PreviewModel::tr("restored");
    case ImportedFile::Outcome::LeftOut:
        return PreviewModel::tr("left out");
    case ImportedFile::Outcome::Failed:
        return PreviewModel::tr("cannot be read");
    }
    return {};
}

QString findingsText(const PreviewedFile& file)
{
    const auto count = [&file](Severity severity) {
        return static_cast<int>(
            std::count_if(file.issues.begin(), file.issues.end(),
                          [severity](const Issue& issue) { return issue.severity == severity; }));
    };
    QStringList parts;
    if (const int errors = count(Severity::Error); errors > 0)
        parts << PreviewModel::tr("errors: %1").arg(errors);
    if (const int warnings = count(Severity::Warning); warnings > 0)
        parts << PreviewModel::tr("warnings: %1").arg(warnings);
    if (const int notes = count(Severity::Info); notes > 0)
        parts << PreviewModel::tr("notes: %1").arg(notes);
    return parts.join(u", ");
}

PreviewModel::ColumnList previewColumns()
{
    const auto text = [](const QString& id, const QString& title, QString PreviewedFile::*field) {
        return Column<PreviewedFile> { .id = id,
                                       .title = title,
                                       .value = [field](const PreviewedFile& file) {
                                           return QVariant(file.*field);
                                       } };
    };
    return {
        text(u"file"_s, PreviewModel::tr("File"), &PreviewedFile::name),
        { .id = u"outcome"_s,
          .title = PreviewModel::tr("State"),
          .value = [](const PreviewedFile& file) { return QVariant(outcomeText(file)); } },
        text(u"format"_s, PreviewModel::tr("Format"), &PreviewedFile::format),
        { .id = u"records"_s,
          .title = PreviewModel::tr("Load points"),
          .value = [](const PreviewedFile& file) { return QVariant(file.records); },
          .numeric = true },
        { .id = u"findings"_s,
          .title = PreviewModel::tr("Findings"),
          .value = [](const PreviewedFile& file) { return QVariant(findingsText(file)); } },
        text(u"model"_s, PreviewModel::tr("Model"), &PreviewedFile::model),
        text(u"gpu"_s, PreviewModel::tr("GPU"), &PreviewedFile::gpu),
        text(u"version"_s, PreviewModel::tr("Version"), &PreviewedFile::version),
    };
}

/** The folder that all paths are in, with a slash behind it: it says nothing about a file. */
std::string commonFolder(const QStringList& paths)
{
    QString root =
        QFileInfo(paths.value(0)).isDir() ? paths.value(0) : QFileInfo(paths.value(0)).path();
    while (root.endsWith(u'/'))
        root.chop(1);
    root += u'/';
    const bool all = paths.size() == 1
        || std::all_of(paths.begin(), paths.end(),
                       [&root](const QString& path) { return path.startsWith(root); });
    return all ? fromQString(root) : std::string();
}

/** Copies what the dialog shows: the document itself goes when the callback returns. */
PreviewedFile previewed(const ImportedFile& file, const std::string& root)
{
    const std::string_view name = file.name;
    PreviewedFile row { toQString(name.starts_with(root) ? name.substr(root.size()) : name),
                        file.outcome,
                        toQString(file.format),
                        static_cast<qlonglong>(file.records),
                        {},
                        {},
                        {},
                        file.issues };
    if (file.document && !file.document->records.empty()) {
        const BenchmarkRecord& record = file.document->records.front();
        row.model = toQString(record.model);
        row.gpu = toQString(record.gpu);
        if (!record.engineVersions.empty())
            row.version = toQString(record.engineVersions.front());
    }
    return row;
}

} // namespace

struct ImportDialog::Read
{
    ImportSummary summary;
    std::vector<PreviewedFile> files;
};

PreviewModel::PreviewModel(QObject* parent)
    : RecordModel(previewColumns(), parent)
{ }

ImportDialog::ImportDialog(BenchmarkLibrary& library, QStringList paths, QWidget* parent)
    : QDialog(parent)
    , m_library(library)
    , m_paths(std::move(paths))
    , m_model(std::make_unique<PreviewModel>())
    , m_banner(new StatusBanner(this))
    , m_headline(new QLabel(this))
    , m_table(new CopyTableView(this))
    , m_findings(new QTextBrowser(this))
    , m_byHand(new ManualFieldsForm(this))
    , m_progress(new QProgressBar(this))
    , m_import(new QPushButton(tr("&Import"), this))
    , m_close(new QPushButton(tr("Cancel"), this))
{
    setObjectName(u"importDialog"_s);
    setWindowTitle(tr("Import Benchmark Reports"));
    setAttribute(Qt::WA_DeleteOnClose);
    buildLayout();
    connect(&library.jobs(), &JobRunner::progressChanged, this,
            [this](const QString& slot, double fraction) { showProgress(slot, fraction); });
    connect(m_import, &QPushButton::clicked, this, &ImportDialog::startImport);
    connect(m_close, &QPushButton::clicked, this, &ImportDialog::reject);
    resize(charactersWide(*this, 130), fontMetrics().height() * 38);
    startPreview();
}

ImportDialog::~ImportDialog()
{
    m_library.jobs().discard(previewSlot);
}

void ImportDialog::buildLayout()
{
    m_headline->setObjectName(u"importHeadline"_s);
    m_headline->setTextFormat(Qt::PlainText);
    m_headline->setWordWrap(true);
    m_table->setObjectName(u"importFiles"_s);
    m_table->setAccessibleName(tr("Files of the import"));
    m_table->setAlternatingRowColors(true);
    m_table->setPlaceholderText(tr("No report was found yet."));
    setUpTable(*m_table, *m_model);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &ImportDialog::showFindings);
    m_findings->setObjectName(u"importFindings"_s);
    m_findings->setAccessibleName(tr("Findings of the selected files"));
    m_findings->setOpenLinks(false);
    m_progress->setAccessibleName(tr("Progress of the import"));
    m_import->setObjectName(u"importButton"_s);
    m_import->setDefault(true);
    m_close->setObjectName(u"importClose"_s);

    auto* tables = new QSplitter(Qt::Vertical, this);
    tables->addWidget(m_table);
    tables->addWidget(m_findings);
    tables->setStretchFactor(0, 3);
    tables->setStretchFactor(1, 1);
    tables->setChildrenCollapsible(false);
    auto* group =
        new QGroupBox(tr("Add where the reports do not say it (marked as added by hand)"), this);
    auto* groupLayout = new QVBoxLayout(group);
    groupLayout->addWidget(m_byHand);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_progress, 1);
    buttons->addWidget(m_import);
    buttons->addWidget(m_close);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_banner);
    layout->addWidget(m_headline);
    layout->addWidget(tables, 1);
    layout->addWidget(group);
    layout->addLayout(buttons);
}

void ImportDialog::startPreview()
{
    setState(State::Reading);
    m_headline->setText(tr("Reading what was chosen …"));
    std::vector<std::filesystem::path> paths;
    for (const QString& path : m_paths)
        paths.emplace_back(fromQString(path));
    m_library.jobs().run<std::shared_ptr<Read>>(
        previewSlot, tr("Reading reports"),
        [paths,
         root = commonFolder(m_paths)](RunContext& context) -> Result<std::shared_ptr<Read>> {
            auto read = std::make_shared<Read>();
            ImportOptions options;
            options.onFile = [&read, &root](const ImportedFile& file) {
                if (read->files.size() < filesShown
                    && file.outcome != ImportedFile::Outcome::LeftOut)
                    read->files.push_back(previewed(file, root));
            };
            auto summary = previewFiles(paths, options, context);
            if (!summary)
                return tl::unexpected(summary.error());
            read->summary = *summary;
            return read;
        },
        this, [this](const Result<std::shared_ptr<Read>>& result) { finishPreview(result); });
}

QString ImportDialog::summaryText(const ImportSummary& summary) const
{
    return tr("%1 load points in %2 reports; %3 already there, %4 left out, %5 cannot be read.")
        .arg(format::integer(static_cast<qint64>(summary.records)),
             format::integer(static_cast<qint64>(summary.added)),
             format::integer(static_cast<qint64>(summary.alreadyThere)),
             format::integer(static_cast<qint64>(summary.leftOut)),
             format::integer(static_cast<qint64>(summary.failed)));
}

void ImportDialog::finishPreview(const Result<std::shared_ptr<Read>>& result)
{
    if (!result) {
        setState(State::Done);
        m_headline->clear();
        m_banner->showError(result.error());
        return;
    }
    const Read& read = **result;
    m_model->setRows(read.files);
    fitColumns(*m_table, 44);
    m_headline->setText(read.summary.records > 0
                            ? tr("Found: %1 Nothing is stored yet.").arg(summaryText(read.summary))
                            : tr("No benchmark report was found in what you chose. Reports of "
                                 "llm-d-benchmark, inference-perf, GuideLLM, vLLM's bench serve, "
                                 "InferenceMAX and AIPerf can be imported, as files, folders or "
                                 "archives."));
    setState(State::Ready);
    m_import->setEnabled(read.summary.records > 0);
    showFindings();
}

void ImportDialog::startImport()
{
    setState(State::Importing);
    std::vector<std::filesystem::path> paths;
    for (const QString& path : m_paths)
        paths.emplace_back(fromQString(path));
    m_library.jobs().run<std::shared_ptr<Read>>(
        importSlot, tr("Importing reports"),
        [paths, root = commonFolder(m_paths), byHand = m_byHand->fields(),
         file = m_library.file()](RunContext& context) -> Result<std::shared_ptr<Read>> {
            auto store = BenchmarkStore::open(file);
            if (!store)
                return tl::unexpected(store.error());
            auto read = std::make_shared<Read>();
            ImportOptions options;
            options.byHand = byHand;
            options.onFile = [&read, &root](const ImportedFile& each) {
                if (read->files.size() < filesShown
                    && each.outcome != ImportedFile::Outcome::LeftOut)
                    read->files.push_back(previewed(each, root));
            };
            auto summary = importFiles(paths, *store, options, context);
            if (!summary)
                return tl::unexpected(summary.error());
            read->summary = *summary;
            return read;
        },
        this, [this](const Result<std::shared_ptr<Read>>& result) { finishImport(result); });
}

void ImportDialog::finishImport(const Result<std::shared_ptr<Read>>& result)
{
    setState(State::Done);
    m_library.noteChange();
    if (!result) {
        m_banner->showError(result.error());
        return;
    }
    const ImportSummary& summary = (*result)->summary;
    m_model->setRows((*result)->files);
    const QString text = summaryText(summary);
    m_headline->setText(summary.cancelled
                            ? tr("Stopped before the end; what was added stays: %1").arg(text)
                            : tr("Added: %1").arg(text));
    emit imported(summary);
    if (summary.failed == 0 && !summary.cancelled)
        accept();
}

void ImportDialog::showFindings()
{
    const auto* proxy = static_cast<const QSortFilterProxyModel*>(m_table->model());
    std::vector<int> rows;
    for (const QModelIndex& index : m_table->selectionModel()->selectedRows())
        rows.push_back(proxy->mapToSource(index).row());
    const bool all = rows.empty();
    if (all) {
        for (int row = 0; row < m_model->rowCount(); ++row)
            rows.push_back(row);
    }
    constexpr int most = 200;
    int shown = 0;
    QString html;
    for (const int row : rows) {
        const PreviewedFile& file = m_model->record(row);
        for (const Issue& issue : file.issues) {
            if (++shown > most)
                break;
            html += u"<li><b>%1</b> %2: %3 %4</li>"_s.arg(
                severityText(issue.severity).toHtmlEscaped(), file.name.toHtmlEscaped(),
                toQString(issue.subject).toHtmlEscaped(), toQString(issue.text).toHtmlEscaped());
        }
    }
    if (shown > most)
        html += u"<li>%1</li>"_s.arg(
            tr("More than %1 findings: select files to see theirs.").arg(most));
    m_findings->setHtml(html.isEmpty() ? tr("No findings.") : u"<ul>%1</ul>"_s.arg(html));
}

void ImportDialog::showProgress(const QString& slot, double fraction)
{
    if (slot != previewSlot && slot != importSlot)
        return;
    m_progress->setRange(0, fraction < 0 ? 0 : 1000);
    m_progress->setValue(static_cast<int>(fraction * 1000));
}

void ImportDialog::setState(State state)
{
    m_state = state;
    const bool working = state == State::Reading || state == State::Importing;
    m_progress->setVisible(working);
    m_progress->setRange(0, 0);
    m_byHand->setEnabled(state != State::Importing && state != State::Done);
    m_import->setEnabled(state == State::Ready);
    m_import->setVisible(state != State::Done);
    m_close->setText(state == State::Done            ? tr("Close")
                         : state == State::Importing ? tr("Stop")
                                                     : tr("Cancel"));
}

void ImportDialog::reject()
{
    if (m_state == State::Importing) {
        m_library.jobs().cancel(importSlot); // what is stored so far stays, and is reported
        m_headline->setText(tr("Stopping after the present file …"));
        return;
    }
    QDialog::reject();
}

} // namespace llmd
