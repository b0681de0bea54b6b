// SPDX-License-Identifier: GPL-3.0-or-later
#include "mainwindow.h"

#include "droppedfiles.h"
#include "everythingsearch.h"
#include "filemenus.h"
#include "helpdialogs.h"
#include "issuespanel.h"
#include "jobstatus.h"
#include "pagehelp.h"
#include "pagerail.h"

#include <widgets/benchmarks/benchmarkspage.h>
#include <widgets/document/document.h>
#include <widgets/review/reviewdialog.h>
#include <widgets/start/startpage.h>
#include <widgets/start/tour.h>
#include <widgets/support/actionids.h>
#include <widgets/support/actionshortcuts.h>
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
#include <QWhatsThis>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

const QString planSuffix = u"llmdplan"_s;

QString planFilter()
{
    return MainWindow::tr("Plans (*.llmdplan)");
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
    setAnimated(false); // docks that glide lay out the whole window dozens of times
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
    applyShortcuts(*this, settings);
    connect(&settings, &Settings::shortcutsChanged, this,
            [this] { applyShortcuts(*this, m_settings); });
    if (!m_entries.empty() && (document.isBlank() || !showPage(u"requirements"_s)))
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
    m_bars = new QVBoxLayout;
    m_bars->setContentsMargins(gap, 0, gap, 0);
    column->addLayout(bannerRow);
    column->addLayout(m_bars);
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
    m_search = new EverythingSearch(m_document, *this);
    connect(m_search, &EverythingSearch::pageRequested, this, &MainWindow::showPage);
    connect(m_search, &EverythingSearch::fieldRequested, this, &MainWindow::revealField);
    m_help = new HelpPanel(this);
    addDockWidget(Qt::RightDockWidgetArea, m_help);

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
    addAction(menu, actionids::fileNewWindow, tr("New &Window"), {},
              QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_N),
              [this] { emit newWindowRequested(); });
    addAction(menu, actionids::fileOpen, tr("&Open…"), u"open"_s, QKeySequence::Open,
              [this] { askOpen(); });
    m_recentMenu = menu.addMenu(tr("Open &Recent"));
    m_recentMenu->menuAction()->setObjectName(QLatin1StringView(actionids::fileOpenRecent));
    const auto fillRecent = [this] {
        fillRecentMenu(*m_recentMenu, m_settings, [this](const QString& path) { openFile(path); });
    };
    connect(&m_settings, &Settings::recentFilesChanged, this, fillRecent);
    fillRecent();
    fillSampleMenu(*menu.addMenu(tr("New From Sa&mple")),
                   [this](const QString& path) { openSample(path); });
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
    addAction(menu, actionids::fileClose, tr("&Close Window"), {}, QKeySequence::Close,
              [this] { close(); });
    QAction* quit = addAction(menu, actionids::fileQuit, tr("&Quit"), {}, QKeySequence::Quit,
                              [this] { emit quitRequested(); });
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
    menu.addSeparator();
    addAction(menu, actionids::editSearch, tr("&Search Everything…"), u"search"_s,
              QKeySequence(Qt::CTRL | Qt::Key_K), [this] { m_search->open(m_entries); });
    menu.addSeparator();
    QAction* preferences =
        addAction(menu, actionids::editPreferences, tr("&Preferences…"), u"preferences"_s,
                  QKeySequence(Qt::CTRL | Qt::Key_Comma), [this] { emit preferencesRequested(); });
    preferences->setMenuRole(QAction::PreferencesRole);
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
        connect(
            &m_settings, &Settings::colorSchemeChanged, action,
            [action, mine = choice.scheme](ColorScheme now) { action->setChecked(now == mine); });
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
    addAction(menu, actionids::helpPage, tr("About This &Page"), u"help"_s,
              QKeySequence::HelpContents, [this] { m_help->toggle(pageAt(m_rail->current())); });
    QAction* whatsThis = QWhatsThis::createAction(this);
    whatsThis->setObjectName(QLatin1StringView(actionids::helpWhatsThis));
    menu.addAction(whatsThis);
    addAction(menu, actionids::helpShortcuts, tr("&Keyboard and Mouse"), u"keyboard"_s,
              QKeySequence(Qt::CTRL | Qt::Key_F1), [this] { showShortcutList(*this); });
    addAction(menu, actionids::helpTour, tr("&Tour of the Workbench"), {}, {},
              [this] { startTour(); });
    addAction(menu, actionids::helpAccuracy, tr("How &Accurate Is This?"), u"accuracy"_s, {},
              [this] { showPage(u"accuracy"_s); });
    QAction* about = addAction(menu, actionids::helpAbout, tr("&About"), {}, {},
                               [this] { llmd::showAbout(*this); });
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
        applyShortcuts(*page, m_settings);
        page->setWhatsThis(pageHelp(page->info()));
        if (auto* start = qobject_cast<StartPage*>(page))
            connectStart(*start);
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
    if (m_help->isVisible())
        m_help->showHelp(page.info(), nullptr);
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

bool MainWindow::newPlan(const QString& useCaseId)
{
    if (!mayReplacePlan())
        return false;
    Project project;
    project.engine = fromQString(m_settings.engine());
    m_document.reset(std::move(project));
    if (!useCaseId.isEmpty())
        m_document.edit(u"use_case"_s, tr("Choose Use Case"),
                        [&](Project& plan) { plan.requirements.useCase = fromQString(useCaseId); });
    m_banner->dismiss();
    if (!m_entries.empty() && !showPage(u"requirements"_s))
        showPageAt(0);
    return true;
}

void MainWindow::connectStart(StartPage& start)
{
    connect(&start, &StartPage::newPlanRequested, this, &MainWindow::newPlan);
    connect(&start, &StartPage::describeRequested, this, [this] {
        if (newPlan())
            revealField(u"description"_s);
    });
    connect(&start, &StartPage::openRequested, this, [this](const QString& path) {
        if (path.isEmpty())
            askOpen();
        else
            openFile(path);
    });
    connect(&start, &StartPage::sampleRequested, this, &MainWindow::openSample);
    connect(&start, &StartPage::tourRequested, this, &MainWindow::startTour);
}

void MainWindow::leaveStart()
{
    if (currentPageId() != u"start")
        return;
    const QString last = m_settings.lastPage();
    if (last == u"start" || !showPage(last))
        showPage(u"requirements"_s);
}

void MainWindow::addBar(QWidget* bar)
{
    m_bars->addWidget(bar);
}

void MainWindow::startTour()
{
    auto* tour = new Tour(Tour::workbenchStops(), *this);
    connect(tour, &Tour::finished, &m_settings, [this] { m_settings.setTourDone(true); });
    tour->start();
}

void MainWindow::askOpen()
{
    const QStringList paths =
        QFileDialog::getOpenFileNames(this, tr("Open Plan"), m_settings.lastFolder(),
                                      tr("Plans, requirements, specs and sweeps (*.llmdplan *.yaml "
                                         "*.yml *.json);;All files (*)"));
    if (paths.isEmpty() || !openFile(paths.front()))
        return;
    if (paths.size() > 1)
        emit openElsewhereRequested(paths.mid(1));
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
    leaveStart();
    return true;
}

void MainWindow::openSample(const QString& resourcePath)
{
    if (!mayReplacePlan())
        return;
    if (const auto opened = m_document.openSample(resourcePath); !opened)
        m_banner->showError(opened.error());
    else {
        m_banner->dismiss();
        leaveStart();
    }
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

void MainWindow::updateTitle()
{
    setWindowTitle(tr("%1[*] – llm-d Planner Workbench").arg(m_document.displayName()));
    setWindowFilePath(m_document.filePath());
    setWindowModified(m_document.isModified());
}

void MainWindow::updateIssues()
{
    // Before anything is stated, what is missing is no news.
    m_issues->setIssues(m_document.isBlank() ? std::vector<Issue>() : m_document.issues());
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

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (!mayReplacePlan()) {
        event->ignore();
        return;
    }
    rememberLayout();
    event->accept();
    emit closed();
}

void MainWindow::rememberLayout()
{
    m_settings.setLayoutState(objectName(), saveGeometry());
    m_settings.setLayoutState(objectName() + u".state"_s, saveState());
    for (const Page* page : m_pages) {
        if (page)
            m_layout.save(*page, m_settings);
    }
    m_settings.setLastPage(currentPageId());
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
