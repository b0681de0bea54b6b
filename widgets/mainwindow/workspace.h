// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <core/catalog/catalog.h>
#include <core/performance/enginedeclaration.h>
#include <widgets/document/recovery.h>
#include <widgets/preferences/languagesupport.h>

#include <QObject>
#include <QStringList>

#include <functional>
#include <memory>
#include <vector>

namespace llmd {

class Document;
class MainWindow;
class Settings;

/** What a workspace gets from the program that makes it. */
struct WorkspaceOptions
{
    QStringList
        engineFolders; ///< of the command line; beside the usual ones and those of the preferences
    QString recoveryFolder; ///< empty = the usual one
    LanguageSupport languages;
    /** What is said where no window is there to say it, e.g. on stderr. */
    std::function<void(const QString&)> complain = [](const QString&) {};
};

/**
 * All windows of one process, each with a document of its own, and what they share: settings, catalog, external engines. It makes
 * the preferences come true while windows are open, keeps unsaved work and offers it again after a crash.
 */
class Workspace final : public QObject
{
    Q_OBJECT

public:
    Workspace(Settings& settings, WorkspaceOptions options, QObject* parent = nullptr);
    ~Workspace() override;

    /** Reads catalog and engines; without them there is no window to open. */
    [[nodiscard]] Result<> load();
    /** The first windows: the files that were asked for, or those of last time, or a start page; then rescued work is offered. */
    void start(const QStringList& files);
    /** Opens files: the first in a window without a plan if there is one, the others in windows of their own. */
    void open(const QStringList& files);
    MainWindow& newWindow();
    [[nodiscard]] std::vector<MainWindow*> windows() const;
    /** Shows a group of the preferences over a window. */
    void showPreferences(MainWindow& window, int group = 0);
    /** Closes all windows; stops at one that refuses. */
    bool quit();

private:
    struct Seat;
    [[nodiscard]] CatalogOptions catalogOptions() const;
    [[nodiscard]] std::vector<EngineDeclaration> enginePrograms() const;
    /** The catalog with the user's price list and version row in front, where the default is. */
    [[nodiscard]] std::shared_ptr<const Catalog> withDefaults() const;
    void reload();
    void buildWindow(Seat& seat);
    void rebuildWindows();
    void addFileBar(Seat& seat);
    void offerRescued(MainWindow& window);
    void restore(const std::vector<RescuedPlan>& plans);
    void forget(const Seat& seat);
    Seat& seatOf(const MainWindow& window);
    Seat& blankSeat();

    Settings& m_settings;
    WorkspaceOptions m_options;
    std::shared_ptr<const Catalog> m_catalog;
    std::vector<std::unique_ptr<Seat>> m_seats;
    bool m_quitting = false;
};

} // namespace llmd
