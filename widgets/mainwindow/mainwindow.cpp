// SPDX-License-Identifier: GPL-3.0-or-later
#include "mainwindow.h"

#include "droppedfiles.h"
#include "issuespanel.h"
#include "jobstatus.h"
#include "pagerail.h"

#include <core/base/resources.h>
#include <core/base/version.h>
#include <widgets/benchmarks/benchmarkspage.h>
#include <widgets/charts/chartview.h>
#include <widgets/document/document.h>
#include <widgets/review/reviewdialog.h>
#include <widgets/support/actionids.h>
#include <widgets/support/numberformat.h>
#include <widgets/support/qtbridge.h>
#include <widgets/support/settings.h>
#include <widgets/support/statusbanner.h>
#include <widgets/support/theme.h>

#include <QActionGroup>
#include <QApplication>
#include <QCloseEvent>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QMenuBar>
#include <QMessageBox>
#include <QMimeData>
#include <QScreen>
#include <QStackedWidget>
#include <QStatusBar>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

const QString planSuffix = u"llmdplan"_s;

QString planFilter()
{
    return MainWindow::tr("Plans (*.llmdplan)");
}

/** What a sample calls itself, or its file name. */
QString sampleTitle(const Resource& resource)
{
    const auto loaded = parseProject(resource.content, std::string(resource.path));
    return loaded && !loaded->value.requirements.title.empty()
        ? toQString(loaded->value.requirements.title)
        : QFileInfo(toQString(resource.path)).completeBaseName();
}

} // namespace

MainWindow::MainWindow(Document& document, Settings& settings, std::vector<PageEntry> pages,
                       QWidget* parent)
    : QMainWindow(parent)
    , m_document(document)
    , m_settings(settings)
    , m_entries(std::move(pages))
    , m_pages(m_entries.size(), nullptr)
{
    setObjectName(u"mainWindow"_s);
    setWindowIcon(themedIcon(u"workbench"_s));
    buildCentral();
    buildFileMenu();
    buildEditMenu();
    buildViewMenu();
    buildHelpMenu();
    buildStatusBar();

    connect(&document, &Document::filePathChanged, this, &MainWindow::updateTitle);
    connect(&document, &Document::modifiedChanged, this, &QWidget::setWindowModified);
    connect(&document, &Document::issuesChanged, this, &MainWindow::updateIssues);
    connect(&document, &Document::reportChanged, this, &MainWindow::updateSummary);
    connect(&document, &Document::rankingChanged, this, &MainWindow::updateSummary);
    connect(&document, &Document::searchFailed, this, [this](const Error& error) {
        if (error.code != ErrorCode::Cancelled)
            m_banner->showError(error);
    });
    updateTitle();
    updateIssues();
    updateSummary();
    const QSize room = screen()->availableSize() * 0.9;
    resize(QSize(charactersWide(*this, 250), fontMetrics().height() * 62).boundedTo(room));
    restoreGeometry(settings.layoutState(objectName()));
    restoreState(settings.layoutState(objectName() + u".state"_s));
    setAcceptDrops(true);
    if (!m_entries.empty())
        showPageAt(0);
}

MainWindow::~MainWindow() = default;

void MainWindow::buildCentral()
{
    std::vector<PageInfo> infos;
    for (const PageEntry& entry : m_entries)
        infos.push_back(entry.info);
    auto* central = new QWidget(this);
    m_rail = new PageRail(infos, central);
    connect(m_rail, &PageRail::pageChosen, this, &MainWindow::showPageAt);
    m_banner = new StatusBanner(central);
    m_stack = new QStackedWidget(central);

    auto* column = new QVBoxLayout;
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* bannerRow = new QHBoxLayout;
    const int gap = fontMetrics().height() / 2;
    bannerRow->setContentsMargins(gap, 0, gap, 0);
    bannerRow->addWidget(m_banner);
    column->addLayout(bannerRow);
    column->addWidget(m_stack, 1);
    auto* row = new QHBoxLayout(central);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(m_rail);
    row->addLayout(column, 1);
    setCentralWidget(central);

    m_issues = new IssuesPanel(this);
    addDockWidget(Qt::BottomDockWidgetArea, m_issues);
    connect(m_issues, &IssuesPanel::fieldRequested, this, &MainWindow::revealField);

    m_dropHint =
        new QLabel(tr("Drop a plan to open it, or benchmark reports to import them"), this);
    m_dropHint->setAlignment(Qt::AlignCenter);
    m_dropHint->setAutoFillBackground(true);
    m_dropHint->setBackgroundRole(QPalette::Highlight);
    m_dropHint->setForegroundRole(QPalette::HighlightedText);
    setTextStyle(*m_dropHint, TextStyle::Title);
    m_dropHint->hide();
}

QAction* MainWindow::addAction(QMenu& menu, const char* id, const QString& text,
                               const QString& icon, const QKeySequence& shortcut,
                               const std::function<void()>& run)
{
    auto* action = new QAction(text, this);
    action->setObjectName(QLatin1StringView(id));
    if (!icon.isEmpty())
        action->setIcon(themedIcon(icon));
    action->setShortcut(shortcut);
    connect(action, &QAction::triggered, this, run);
    menu.addAction(action);
    return action;
}

void MainWindow::buildFileMenu()
{
    QMenu& menu = *menuBar()->addMenu(tr("&File"));
    addAction(menu, actionids::fileNew, tr("&New Plan"), u"new"_s, QKeySequence::New,
              [this] { newPlan(); });
    addAction(menu, actionids::fileOpen, tr("&Open…"), u"open"_s, QKeySequence::Open,
              [this] { askOpen(); });
    m_recentMenu = menu.addMenu(tr("Open &Recent"));
    m_recentMenu->menuAction()->setObjectName(QLatin1StringView(actionids::fileOpenRecent));
    connect(&m_settings, &Settings::recentFilesChanged, this, &MainWindow::fillRecentMenu);
    fillRecentMenu();
    QMenu& samples = *menu.addMenu(tr("New From Sa&mple"));
    for (const Resource& resource : builtinResources()) {
        const QString path = toQString(resource.path);
        if (path.startsWith(u"samples/") && path.endsWith(u'.' + planSuffix))
            addAction(samples, actionids::fileOpenSample, sampleTitle(resource), {}, {},
                      [this, path] { openSample(path); });
    }
    samples.setEnabled(!samples.isEmpty());
    menu.addSeparator();
    addAction(menu, actionids::fileSave, tr("&Save"), u"save"_s, QKeySequence::Save,
              [this] { save(); });
    addAction(menu, actionids::fileSaveAs, tr("Save &As…"), {}, QKeySequence::SaveAs,
              [this] { saveAs(); });
    menu.addSeparator();
    addAction(menu, actionids::fileReview, tr("Save Re&view Report…"), {}, {}, [this] {
        auto* dialog = new ReviewDialog(m_document, m_settings, this);
        connect(dialog, &ReviewDialog::saved, m_banner, [this](const QString& path) {
            m_banner->showMessage(StatusBanner::Kind::Success, tr("Saved %1").arg(path));
        });
        dialog->open();
    });
    addAction(menu, actionids::fileImport, tr("&Import Benchmark Reports…"), u"benchmarks"_s,
              QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_O), [this] { askImport(); });
    menu.addSeparator();
    QAction* quit = addAction(menu, actionids::fileQuit, tr("&Quit"), {}, QKeySequence::Quit,
                              [this] { close(); });
    quit->setMenuRole(QAction::QuitRole);
}

void MainWindow::buildEditMenu()
{
    QMenu& menu = *menuBar()->addMenu(tr("&Edit"));
    QAction* undo = m_document.undoStack()->createUndoAction(this, tr("&Undo"));
    undo->setObjectName(QLatin1StringView(actionids::editUndo));
    undo->setIcon(themedIcon(u"undo"_s));
    undo->setShortcut(QKeySequence::Undo);
    QAction* redo = m_document.undoStack()->createRedoAction(this, tr("&Redo"));
    redo->setObjectName(QLatin1StringView(actionids::editRedo));
    redo->setIcon(themedIcon(u"redo"_s));
    redo->setShortcut(QKeySequence::Redo);
    menu.addAction(undo);
    menu.addAction(redo);
}

void MainWindow::buildViewMenu()
{
    QMenu& menu = *menuBar()->addMenu(tr("&View"));
    QMenu& themes = *menu.addMenu(tr("&Theme"));
    auto* group = new QActionGroup(this);
    const struct
    {
        const char* id;
        QString text;
        ColorScheme scheme;
    } choices[] = {
        { actionids::viewThemeSystem, tr("&System"), ColorScheme::System },
        { actionids::viewThemeLight, tr("&Light"), ColorScheme::Light },
        { actionids::viewThemeDark, tr("&Dark"), ColorScheme::Dark },
    };
    for (const auto& choice : choices) {
        QAction* action =
            addAction(themes, choice.id, choice.text, {}, {}, [this, scheme = choice.scheme] {
                m_settings.setColorScheme(scheme);
                applyColorScheme(scheme);
            });
        action->setCheckable(true);
        action->setChecked(m_settings.colorScheme() == choice.scheme);
        group->addAction(action);
    }
    menu.addSeparator();
    QAction* issues = m_issues->toggleViewAction();
    issues->setObjectName(QLatin1StringView(actionids::viewIssues));
    issues->setText(tr("&Issues"));
    issues->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_I));
    menu.addAction(issues);
    addAction(menu, actionids::viewResetLayout, tr("&Reset Layout"), u"reset"_s, {},
              [this] { resetLayout(); });
}

void MainWindow::buildHelpMenu()
{
    QMenu& menu = *menuBar()->addMenu(tr("&Help"));
    addAction(menu, actionids::helpShortcuts, tr("&Keyboard and Mouse"), u"help"_s,
              QKeySequence::HelpContents, [this] { showShortcuts(); });
    addAction(menu, actionids::helpAccuracy, tr("How &Accurate Is This?"), u"accuracy"_s, {},
              [this] { showPage(u"accuracy"_s); });
    QAction* about =
        addAction(menu, actionids::helpAbout, tr("&About"), {}, {}, [this] { showAbout(); });
    about->setMenuRole(QAction::AboutRole);
}

void MainWindow::buildStatusBar()
{
    m_summary = new QLabel(this);
    m_summary->setObjectName(u"searchSummary"_s);
    m_issueCounter = new QToolButton(this);
    m_issueCounter->setObjectName(u"issueCounter"_s);
    m_issueCounter->setAutoRaise(true);
    m_issueCounter->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    connect(m_issueCounter, &QToolButton::clicked, this,
            [this] { m_issues->setVisible(!m_issues->isVisible()); });
    statusBar()->addPermanentWidget(new JobStatus(m_document.jobs(), this));
    statusBar()->addPermanentWidget(m_summary);
    statusBar()->addPermanentWidget(m_issueCounter);
}

Page& MainWindow::pageAt(int index)
{
    Page*& page = m_pages[static_cast<std::size_t>(index)];
    if (!page) {
        page = m_entries[static_cast<std::size_t>(index)].create(m_document, m_settings, m_stack);
        m_stack->addWidget(page);
        m_layout.adopt(*page, m_settings);
        connect(page, &Page::pageRequested, this, &MainWindow::showPage);
        connect(page, &Page::hintChanged, this,
                [this](const QString& text) { statusBar()->showMessage(text); });
    }
    return *page;
}

void MainWindow::showPageAt(int index)
{
    Page& page = pageAt(index);
    m_rail->setCurrent(index);
    m_stack->setCurrentWidget(&page);
    statusBar()->clearMessage();
    page.activate();
}

bool MainWindow::showPage(const QString& id)
{
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        if (m_entries[i].info.id == id) {
            showPageAt(static_cast<int>(i));
            return true;
        }
    }
    return false;
}

QString MainWindow::currentPageId() const
{
    const int index = m_rail->current();
    return index < 0 ? QString() : m_entries[static_cast<std::size_t>(index)].info.id;
}

void MainWindow::newPlan()
{
    if (!mayReplacePlan())
        return;
    m_document.reset(Project {});
    m_banner->dismiss();
    if (!m_entries.empty())
        showPageAt(0);
}

void MainWindow::askOpen()
{
    const QString path =
        QFileDialog::getOpenFileName(this, tr("Open Plan"), m_settings.lastFolder(),
                                     tr("Plans, requirements, specs and sweeps (*.llmdplan *.yaml "
                                        "*.yml *.json);;All files (*)"));
    if (!path.isEmpty())
        openFile(path);
}

bool MainWindow::openFile(const QString& path)
{
    if (!mayReplacePlan())
        return false;
    if (const auto opened = m_document.open(QFileInfo(path).absoluteFilePath()); !opened) {
        m_banner->showError(opened.error());
        if (opened.error().code == ErrorCode::NotFound)
            m_settings.removeRecentFile(path);
        return false;
    }
    m_banner->dismiss();
    m_settings.addRecentFile(path);
    m_settings.setLastFolder(QFileInfo(path).absolutePath());
    if (m_issues->count(Severity::Error) > 0)
        m_issues->show();
    return true;
}

void MainWindow::openSample(const QString& resourcePath)
{
    if (!mayReplacePlan())
        return;
    if (const auto opened = m_document.openSample(resourcePath); !opened)
        m_banner->showError(opened.error());
    else
        m_banner->dismiss();
}

bool MainWindow::save()
{
    return m_document.filePath().isEmpty() ? saveAs() : saveTo(m_document.filePath());
}

bool MainWindow::saveAs()
{
    QFileDialog dialog(this, tr("Save Plan"), m_settings.lastFolder(), planFilter());
    dialog.setAcceptMode(QFileDialog::AcceptSave);
    dialog.setDefaultSuffix(planSuffix);
    if (!m_document.filePath().isEmpty())
        dialog.selectFile(m_document.filePath());
    if (dialog.exec() != QDialog::Accepted || dialog.selectedFiles().isEmpty())
        return false;
    return saveTo(dialog.selectedFiles().constFirst());
}

bool MainWindow::saveTo(const QString& path)
{
    if (const auto saved = m_document.saveAs(path); !saved) {
        m_banner->showError(saved.error());
        return false;
    }
    m_banner->dismiss();
    m_settings.addRecentFile(path);
    m_settings.setLastFolder(QFileInfo(path).absolutePath());
    statusBar()->showMessage(tr("Saved %1").arg(path), 4000);
    return true;
}

bool MainWindow::mayReplacePlan()
{
    if (!m_document.isModified())
        return true;
    // The one question that has to be modal: the answer decides whether work is lost.
    const auto answer = QMessageBox::question(
        this, tr("Unsaved Changes"),
        tr("“%1” has changes that are not saved.").arg(m_document.displayName()),
        QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, QMessageBox::Save);
    return answer == QMessageBox::Discard || (answer == QMessageBox::Save && save());
}

void MainWindow::fillRecentMenu()
{
    m_recentMenu->clear();
    const QStringList files = m_settings.recentFiles();
    for (const QString& path : files) {
        // A name may hold an ampersand, which a menu would take for a mnemonic.
        QString text = QFileInfo(path).fileName();
        text.replace(u'&', u"&&"_s);
        QAction* action = m_recentMenu->addAction(text, this, [this, path] { openFile(path); });
        action->setToolTip(path);
        action->setStatusTip(path);
    }
    m_recentMenu->addSeparator();
    QAction* clear =
        m_recentMenu->addAction(tr("Clear List"), &m_settings, &Settings::clearRecentFiles);
    clear->setObjectName(QLatin1StringView(actionids::fileClearRecent));
    m_recentMenu->setEnabled(!files.isEmpty());
}

void MainWindow::updateTitle()
{
    setWindowTitle(tr("%1[*] – llm-d Planner Workbench").arg(m_document.displayName()));
    setWindowFilePath(m_document.filePath());
    setWindowModified(m_document.isModified());
}

void MainWindow::updateIssues()
{
    m_issues->setIssues(m_document.issues());
    const int errors = m_issues->count(Severity::Error);
    const int warnings = m_issues->count(Severity::Warning);
    const int all = errors + warnings + m_issues->count(Severity::Info);
    m_issueCounter->setIcon(themedIcon(errors > 0         ? u"error"_s
                                           : warnings > 0 ? u"warning"_s
                                                          : u"check"_s));
    m_issueCounter->setText(all == 0       ? tr("No issues")
                                : all == 1 ? tr("1 issue")
                                           : tr("%1 issues").arg(all));
    m_issueCounter->setToolTip(
        tr("%1 errors, %2 warnings. Click to show or hide the list.").arg(errors).arg(warnings));
}

void MainWindow::updateSummary()
{
    const auto& report = m_document.report();
    if (!report) {
        m_summary->clear();
        return;
    }
    m_summary->setText(
        tr("%1 searched · %2 meet the targets · %3")
            .arg(format::integer(static_cast<qint64>(report->searched)),
                 format::integer(static_cast<qint64>(m_document.ranking().order.front().size())),
                 format::duration(report->elapsed)));
}

void MainWindow::revealField(const QString& fieldId)
{
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        if (pageAt(static_cast<int>(i)).revealField(fieldId)) {
            showPageAt(static_cast<int>(i));
            return;
        }
    }
}

void MainWindow::resetLayout()
{
    m_settings.clearLayout();
    m_issues->hide();
    for (Page* page : m_pages) {
        if (page)
            m_layout.reset(*page);
    }
}

void MainWindow::showShortcuts()
{
    QString rows;
    const auto addRow = [&rows](const QString& keys, const QString& what) {
        rows += u"<tr><td><b>"_s + keys.toHtmlEscaped() + u"</b>&nbsp;&nbsp;</td><td>"_s
            + what.toHtmlEscaped() + u"</td></tr>"_s;
    };
    const auto actions = findChildren<QAction*>();
    for (const QAction* action : actions) {
        if (!action->shortcut().isEmpty() && !action->text().isEmpty())
            addRow(action->shortcut().toString(QKeySequence::NativeText),
                   QString(action->text()).remove(u'&').remove(u'…'));
    }
    const auto gestures = ChartView::gestureHint().split(u" · "_s);
    for (const QString& gesture : gestures)
        addRow(gesture.section(u": "_s, 0, 0), tr("Chart: %1").arg(gesture.section(u": "_s, 1)));
    auto* box = new QMessageBox(QMessageBox::NoIcon, tr("Keyboard and Mouse"),
                                u"<table>"_s + rows + u"</table>"_s, QMessageBox::Close, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

void MainWindow::showAbout()
{
    auto* box = new QMessageBox(QMessageBox::NoIcon, tr("About"),
                                tr("<h3>llm-d Planner Workbench %1</h3><p>Plans how to serve a "
                                   "language model with llm-d: offline, with honest "
                                   "error bars.</p><p>Figures are estimates unless they are "
                                   "labelled as benchmarked. Core: Apache-2.0; desktop "
                                   "program: GPL-3.0-or-later.</p>")
                                    .arg(toQString(productVersion)),
                                QMessageBox::Close, this);
    box->setIconPixmap(windowIcon().pixmap(fontMetrics().height() * 3));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (!mayReplacePlan()) {
        event->ignore();
        return;
    }
    m_settings.setLayoutState(objectName(), saveGeometry());
    m_settings.setLayoutState(objectName() + u".state"_s, saveState());
    for (const Page* page : m_pages) {
        if (page)
            m_layout.save(*page, m_settings);
    }
    event->accept();
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    if (!canTake(*event->mimeData()))
        return;
    event->acceptProposedAction();
    m_dropHint->setGeometry(centralWidget()->geometry());
    m_dropHint->show();
    m_dropHint->raise();
}

void MainWindow::dragLeaveEvent(QDragLeaveEvent* event)
{
    m_dropHint->hide();
    QMainWindow::dragLeaveEvent(event);
}

void MainWindow::dropEvent(QDropEvent* event)
{
    m_dropHint->hide();
    const QStringList paths = localPaths(*event->mimeData());
    if (paths.isEmpty())
        return;
    event->acceptProposedAction();
    // The source of the drop waits until this event is done; a question must not hold it up.
    QMetaObject::invokeMethod(
        this, [this, paths] { take(paths); }, Qt::QueuedConnection);
}

void MainWindow::take(const QStringList& paths)
{
    const DroppedFiles dropped = sortDropped(paths);
    if (!dropped.plan.isEmpty())
        openFile(dropped.plan);
    if (!dropped.reports.isEmpty())
        importReports(dropped.reports);
}

void MainWindow::importReports(const QStringList& paths)
{
    if (!showPage(BenchmarksPage::pageInfo().id))
        return;
    if (auto* page = qobject_cast<BenchmarksPage*>(m_stack->currentWidget()))
        page->importPaths(paths);
}

void MainWindow::askImport()
{
    const QStringList paths = QFileDialog::getOpenFileNames(
        this, tr("Import Benchmark Reports"), m_settings.lastFolder(),
        tr("Reports and archives (*.yaml *.yml *.json *.csv *.zip *.tar *.gz *.tgz *.zst *.xz "
           "*.db);;All files (*)"));
    if (paths.isEmpty())
        return;
    m_settings.setLastFolder(QFileInfo(paths.front()).absolutePath());
    importReports(paths);
}

} // namespace llmd
