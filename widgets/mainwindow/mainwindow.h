// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layoutstore.h"
#include "pages.h"

#include <QMainWindow>

#include <vector>

class QLabel;
class QMenu;
class QStackedWidget;
class QToolButton;
class QVBoxLayout;

namespace llmd {

class Document;
class EverythingSearch;
class HelpPanel;
class IssuesPanel;
class JobRunner;
class PageRail;
class Settings;
class StartPage;
class StatusBanner;

/**
 * The window: page rail, pages that are built when first shown, menus, status bar. It owns no logic: files and changes are
 * the document's, work is the job runner's.
 */
class MainWindow final : public QMainWindow
{
    Q_OBJECT

public:
    MainWindow(Document& document, Settings& settings,
               std::vector<PageEntry> pages = workbenchPages(), QWidget* parent = nullptr);
    ~MainWindow() override;

    /** Opens a plan; asks first if the present one has unsaved changes. A failure shows in the banner. */
    bool openFile(const QString& path);
    /** Starts from a sample that is built in. */
    void openSample(const QString& resourcePath);
    /** False if there is no such page. */
    bool showPage(const QString& id);
    [[nodiscard]] QString currentPageId() const;
    [[nodiscard]] StatusBanner& banner() { return *m_banner; }
    [[nodiscard]] Document& document() const { return m_document; }
    /** Puts a bar, such as the one about a file that changed, above the pages; the window owns it. */
    void addBar(QWidget* bar);
    /** Shows a new user around. */
    void startTour();
    /** Keeps sizes and columns for the next window. */
    void rememberLayout();

signals:
    void newWindowRequested();
    void openElsewhereRequested(const QStringList& paths); ///< in windows of their own
    void preferencesRequested();
    void quitRequested(); ///< all windows shall close
    void closed(); ///< the user closed it; it may be deleted soon

protected:
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void buildCentral();
    void buildFileMenu();
    void buildEditMenu();
    void buildViewMenu();
    void buildHelpMenu();
    void buildStatusBar();
    QAction* addAction(QMenu& menu, const char* id, const QString& text, const QString& icon,
                       const QKeySequence& shortcut, const std::function<void()>& run);

    /** Opens or imports what was dropped. */
    void take(const QStringList& paths);
    void importReports(const QStringList& paths);
    void askImport();
    bool newPlan(const QString& useCaseId = {});
    void connectStart(StartPage& start);
    void leaveStart();
    void askOpen();
    bool save();
    bool saveAs();
    bool saveTo(const QString& path);
    /** True if the present plan may go: it is saved, or the user gave it up. */
    bool mayReplacePlan();
    void showPageAt(int index);
    Page& pageAt(int index);
    void updateTitle();
    void updateIssues();
    void updateSummary();
    void revealField(const QString& fieldId);
    void resetLayout();

    Document& m_document;
    Settings& m_settings;
    std::vector<PageEntry> m_entries;
    std::vector<Page*> m_pages; // nullptr until first shown
    LayoutStore m_layout;
    PageRail* m_rail = nullptr;
    QStackedWidget* m_stack = nullptr;
    StatusBanner* m_banner = nullptr;
    QVBoxLayout* m_bars = nullptr;
    IssuesPanel* m_issues = nullptr;
    HelpPanel* m_help = nullptr;
    EverythingSearch* m_search = nullptr;
    QToolButton* m_issueCounter = nullptr;
    QLabel* m_summary = nullptr;
    QLabel* m_dropHint = nullptr;
    QMenu* m_recentMenu = nullptr;
};

} // namespace llmd
