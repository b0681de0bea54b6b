// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace.h"

#include "mainwindow.h"

#include <core/base/datafolder.h>
#include <core/base/file.h>
#include <core/benchmarks/store.h>
#include <widgets/document/document.h>
#include <widgets/document/filewatch.h>
#include <widgets/preferences/preferencesdialog.h>
#include <widgets/requirements/endpointpanel.h>
#include <widgets/support/actionshortcuts.h>
#include <widgets/support/jobrunner.h>
#include <widgets/support/qtbridge.h>
#include <widgets/support/settings.h>
#include <widgets/support/statusbanner.h>

#include <QAction>
#include <QApplication>
#include <QDir>
#include <QFileInfo>
#include <QLocale>
#include <QTimer>

#include <algorithm>
#include <chrono>

using namespace Qt::StringLiterals;

namespace llmd {

/** A window with what stands behind it; destroyed from the window down to the jobs. */
struct Workspace::Seat
{
    JobRunner jobs;
    Document document;
    Recovery recovery;
    FileWatch watch;
    std::unique_ptr<MainWindow> window;

    Seat(std::shared_ptr<const Catalog> catalog, std::vector<EngineDeclaration> programs,
         const QString& recoveryFolder)
        : document(std::move(catalog), jobs, std::move(programs))
        , recovery(document, recoveryFolder)
        , watch(document)
    { }
};

namespace {

constexpr std::chrono::milliseconds retryTime { 200 };

/** Puts the entry with this id first; leaves the order alone if there is none. */
template <class Entry> void putFirst(std::vector<Entry>& entries, const std::string& id)
{
    const auto it = std::find_if(entries.begin(), entries.end(),
                                 [&id](const Entry& entry) { return entry.id == id; });
    if (it != entries.end())
        std::rotate(entries.begin(), it, it + 1);
}

QAction* barAction(StatusBanner& bar, const QString& text, const std::function<void()>& run)
{
    auto* action = new QAction(text, &bar);
    QObject::connect(action, &QAction::triggered, &bar, run);
    return action;
}

} // namespace

Workspace::Workspace(Settings& settings, WorkspaceOptions options, QObject* parent)
    : QObject(parent)
    , m_settings(settings)
    , m_options(std::move(options))
{
    if (m_options.recoveryFolder.isEmpty())
        m_options.recoveryFolder = Recovery::usualFolder();
    setUserDataFolder(fromQString(settings.dataFolder()));
    connect(&settings, &Settings::planDefaultsChanged, this, [this] {
        const auto catalog = withDefaults();
        for (const auto& seat : m_seats)
            seat->document.setCatalog(catalog);
    });
    connect(&settings, &Settings::engineFoldersChanged, this, [this] {
        const auto programs = enginePrograms();
        for (const auto& seat : m_seats)
            seat->document.setPrograms(programs);
    });
    // Queued: a dialog of the window that is replaced may be what changes them.
    connect(&settings, &Settings::dataFolderChanged, this, &Workspace::reload,
            Qt::QueuedConnection);
    connect(
        &settings, &Settings::languageChanged, this,
        [this](const QString& code) {
            m_options.languages.apply(code);
            rebuildWindows();
        },
        Qt::QueuedConnection);
}

Workspace::~Workspace() = default;

CatalogOptions Workspace::catalogOptions() const
{
    CatalogOptions options;
    const QDir folder(QString::fromStdString((userDataFolder() / "catalog").string()));
    if (folder.exists())
        options.overrideFolders.push_back(fromQString(folder.path()));
    if (folder.exists(u"models"_s))
        options.modelFolders.push_back(fromQString(folder.filePath(u"models"_s)));
    return options;
}

std::vector<EngineDeclaration> Workspace::enginePrograms() const
{
    auto folders = usualEngineFolders();
    const QStringList own = m_settings.engineFolders();
    for (const QString& folder : own) {
        if (QDir(folder).exists())
            folders.emplace_back(fromQString(folder));
    }
    for (const QString& folder : m_options.engineFolders)
        folders.emplace_back(fromQString(folder));
    auto loaded = loadEngineDeclarations(folders);
    for (const Issue& issue : loaded.issues)
        m_options.complain(toQString(describe(issue)));
    return std::move(loaded.value);
}

std::shared_ptr<const Catalog> Workspace::withDefaults() const
{
    const std::string prices = fromQString(m_settings.priceList());
    const std::string versions = fromQString(m_settings.versionRow());
    if (prices.empty() && versions.empty())
        return m_catalog;
    auto catalog = std::make_shared<Catalog>(*m_catalog);
    putFirst(catalog->priceLists, prices);
    putFirst(catalog->versionRows, versions);
    return catalog;
}

Result<> Workspace::load()
{
    auto loaded = loadCatalog(catalogOptions());
    if (!loaded)
        return tl::unexpected(std::move(loaded.error()));
    for (const Issue& issue : loaded->issues)
        m_options.complain(toQString(describe(issue)));
    m_catalog = std::move(loaded->value);
    return {};
}

void Workspace::reload()
{
    setUserDataFolder(fromQString(m_settings.dataFolder()));
    if (const auto loaded = load(); !loaded) {
        for (const auto& seat : m_seats)
            seat->window->banner().showError(loaded.error());
        return;
    }
    const auto catalog = withDefaults();
    const auto programs = enginePrograms();
    for (const auto& seat : m_seats) {
        seat->document.setCatalog(catalog);
        seat->document.setPrograms(programs);
    }
    // Pages may hold on to files of the old folder.
    rebuildWindows();
}

void Workspace::start(const QStringList& files)
{
    QStringList wanted = files;
    if (wanted.isEmpty() && m_settings.reopensPlans()) {
        const QStringList last = m_settings.openPlans();
        for (const QString& path : last) {
            if (QFile::exists(path))
                wanted.append(path);
        }
    }
    if (wanted.isEmpty())
        newWindow();
    else
        open(wanted);
    MainWindow& first = *m_seats.front()->window;
    offerRescued(first);
    if (!m_settings.tourDone() && wanted.isEmpty())
        QMetaObject::invokeMethod(&first, &MainWindow::startTour, Qt::QueuedConnection);
}

void Workspace::open(const QStringList& files)
{
    for (const QString& file : files) {
        const QString path = QFileInfo(file).absoluteFilePath();
        const auto open = std::find_if(m_seats.begin(), m_seats.end(), [&path](const auto& kept) {
            return kept->document.filePath() == path;
        });
        const bool isOpen = open != m_seats.end();
        Seat& seat = isOpen ? **open : blankSeat(); // a new seat ends the iterator
        if (!isOpen)
            seat.window->openFile(path);
        seat.window->raise();
        seat.window->activateWindow();
    }
}

Workspace::Seat& Workspace::blankSeat()
{
    for (const auto& seat : m_seats) {
        // A message about a file that could not be opened must stay readable.
        if (seat->document.isBlank() && seat->window->banner().isHidden())
            return *seat;
    }
    return seatOf(newWindow());
}

MainWindow& Workspace::newWindow()
{
    m_seats.push_back(
        std::make_unique<Seat>(withDefaults(), enginePrograms(), m_options.recoveryFolder));
    Seat& seat = *m_seats.back();
    if (const auto store = userStorePath())
        seat.document.setMeasurements(*store);
    connect(&seat.recovery, &Recovery::failed, this,
            [&seat](const Error& error) { seat.window->banner().showError(error); });
    buildWindow(seat);
    MainWindow& window = *seat.window;
    // Not exactly over the one before.
    if (m_seats.size() > 1)
        window.move(window.pos() + QPoint(1, 1) * window.fontMetrics().height() * 2);
    window.show();
    return window;
}

void Workspace::buildWindow(Seat& seat)
{
    seat.window = std::make_unique<MainWindow>(seat.document, m_settings);
    MainWindow* window = seat.window.get();
    addFileBar(seat);
    connect(window, &MainWindow::newWindowRequested, this, [this] { newWindow(); });
    connect(window, &MainWindow::openElsewhereRequested, this, &Workspace::open);
    connect(window, &MainWindow::preferencesRequested, this,
            [this, window] { showPreferences(*window); });
    connect(window, &MainWindow::quitRequested, this, &Workspace::quit, Qt::QueuedConnection);
    connect(window, &MainWindow::closed, this, [this, &seat] {
        seat.recovery.close();
        if (!m_quitting && m_seats.size() == 1)
            m_settings.setOpenPlans({ seat.document.filePath() });
        // The window still handles its close event.
        QMetaObject::invokeMethod(
            this, [this, &seat] { forget(seat); }, Qt::QueuedConnection);
    });
}

void Workspace::rebuildWindows()
{
    // A question that waits for its answer still needs its window.
    if (QApplication::activeModalWidget()) {
        QTimer::singleShot(retryTime, this, &Workspace::rebuildWindows);
        return;
    }
    for (const auto& seat : m_seats) {
        // Goes last: the program ends with its last visible window.
        const std::unique_ptr<MainWindow> old = std::move(seat->window);
        old->rememberLayout();
        const auto* preferences = old->findChild<PreferencesDialog*>();
        const int group = preferences ? preferences->currentPage() : -1;
        buildWindow(*seat);
        seat->window->setGeometry(old->geometry());
        seat->window->showPage(old->currentPageId());
        seat->window->show();
        if (group >= 0)
            showPreferences(*seat->window, group);
    }
}

void Workspace::addFileBar(Seat& seat)
{
    auto* bar = new StatusBanner;
    bar->setObjectName(u"fileChangedBar"_s);
    seat.window->addBar(bar);
    Document& document = seat.document;
    MainWindow* window = seat.window.get();
    QAction* reload = barAction(*bar, tr("Reload"), [&document, window, bar] {
        bar->dismiss();
        if (const auto opened = document.open(document.filePath()); !opened)
            window->banner().showError(opened.error());
    });
    QAction* keep = barAction(*bar, tr("Keep Mine"), [bar] { bar->dismiss(); });
    connect(&seat.watch, &FileWatch::changedOnDisk, bar, [&document, bar, reload, keep] {
        bar->showMessage(
            StatusBanner::Kind::Warning,
            document.isModified()
                ? tr("“%1” was changed by another program. Reloading gives up your "
                     "unsaved changes; saving replaces the other program's.")
                      .arg(document.displayName())
                : tr("“%1” was changed by another program.").arg(document.displayName()),
            { reload, keep });
    });
    connect(&seat.watch, &FileWatch::removedFromDisk, bar, [&document, bar] {
        bar->showMessage(StatusBanner::Kind::Warning,
                         tr("The file of “%1” is gone. Save the plan to write it again.")
                             .arg(document.displayName()));
    });
    connect(&seat.watch, &FileWatch::sameAgain, bar, &StatusBanner::dismiss);
    connect(&document, &Document::filePathChanged, bar, &StatusBanner::dismiss);
}

void Workspace::offerRescued(MainWindow& window)
{
    auto found = Recovery::leftBehind(m_options.recoveryFolder);
    for (const Issue& issue : found.issues)
        m_options.complain(toQString(describe(issue)));
    if (found.value.empty())
        return;
    auto* bar = new StatusBanner;
    bar->setObjectName(u"restoreBar"_s);
    bar->setClosable(false); // closing it would leave open what becomes of the work
    window.addBar(bar);
    const auto plans = std::make_shared<std::vector<RescuedPlan>>(std::move(found.value));
    const RescuedPlan& newest = plans->front();
    const QString time = QLocale().toString(newest.time, QLocale::ShortFormat);
    const QString text = plans->size() == 1
        ? tr("The program ended before “%1” was saved. Its changes up to %2 were kept.")
              .arg(newest.name, time)
        : tr("The program ended before %1 plans were saved, “%2” the last of them. Their changes "
             "up "
             "to %3 were kept.")
              .arg(plans->size())
              .arg(newest.name, time);
    QAction* yes = barAction(*bar, tr("Restore"), [this, bar, plans] {
        bar->deleteLater();
        restore(*plans);
    });
    QAction* no = barAction(*bar, tr("Discard"), [bar, plans] {
        bar->deleteLater();
        for (const RescuedPlan& plan : *plans)
            Recovery::discard(plan);
    });
    bar->showMessage(StatusBanner::Kind::Warning, text, { yes, no });
}

void Workspace::restore(const std::vector<RescuedPlan>& plans)
{
    for (const RescuedPlan& plan : plans) {
        Seat& seat = blankSeat();
        seat.document.restore(plan.project, plan.originalPath);
        seat.window->showPage(u"requirements"_s);
        // Only when the new document keeps it itself, the old file may go.
        auto* once = new QObject(&seat.recovery);
        connect(&seat.recovery, &Recovery::written, once, [once, plan] {
            Recovery::discard(plan);
            once->deleteLater();
        });
        connect(&seat.document, &Document::saved, once, [once, plan] {
            Recovery::discard(plan);
            once->deleteLater();
        });
    }
}

void Workspace::showPreferences(MainWindow& window, int group)
{
    if (auto* open = window.findChild<PreferencesDialog*>()) {
        open->raise();
        open->activateWindow();
        return;
    }
    auto* dialog = new PreferencesDialog(window.document(), m_settings, m_options.languages,
                                         actionShortcuts(window), &window);
    Document& document = window.document();
    dialog->addPage(tr("Language model"),
                    new EndpointPanel(m_settings, document.jobs(), document.catalog(), dialog));
    dialog->showPage(group);
    dialog->show();
}

bool Workspace::quit()
{
    QStringList paths;
    for (const auto& seat : m_seats) {
        if (!seat->document.filePath().isEmpty())
            paths.append(seat->document.filePath());
    }
    m_quitting = true;
    const auto all = windows();
    for (MainWindow* window : all) {
        if (!window->close()) {
            m_quitting = false;
            return false;
        }
    }
    m_settings.setOpenPlans(paths);
    return true;
}

std::vector<MainWindow*> Workspace::windows() const
{
    std::vector<MainWindow*> all;
    for (const auto& seat : m_seats)
        all.push_back(seat->window.get());
    return all;
}

Workspace::Seat& Workspace::seatOf(const MainWindow& window)
{
    return **std::find_if(m_seats.begin(), m_seats.end(),
                          [&window](const auto& seat) { return seat->window.get() == &window; });
}

void Workspace::forget(const Seat& seat)
{
    std::erase_if(m_seats, [&seat](const auto& kept) { return kept.get() == &seat; });
}

} // namespace llmd
