// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "theme.h"

#include <QByteArray>
#include <QObject>
#include <QSettings>
#include <QStringList>
#include <QVariant>

#include <optional>

namespace llmd {

/** The language model that may be asked to read descriptions; off until the user turns it on. */
struct EndpointSettings
{
    bool enabled = false;
    QString url; ///< "http://127.0.0.1:11434/v1"
    QString model;
    QString keyVariable; ///< name of an environment variable; the key itself is never stored
    int timeLimit = 30; ///< seconds

    bool operator==(const EndpointSettings&) const = default;
};

/** Where the metrics of a running deployment were read last; never a token. */
struct MonitorConnection
{
    bool direct = false; ///< the servers' own pages instead of Prometheus
    QString address;
    QString selector;
    QString tokenVariable; ///< name of an environment variable
    int interval = 15; ///< s
};

/**
 * What the program remembers of its user, in an INI file: never anything that belongs to a plan. Values that do not make
 * sense (edited by hand, from another version) are replaced by their defaults.
 */
class Settings final : public QObject
{
    Q_OBJECT

public:
    static constexpr int recentFileLimit = 10;

    /** An empty `file` means the user's own settings file. */
    explicit Settings(const QString& file = {}, QObject* parent = nullptr);

    [[nodiscard]] ColorScheme colorScheme() const;
    void setColorScheme(ColorScheme scheme);

    [[nodiscard]] QStringList recentFiles() const; ///< newest first, absolute
    void addRecentFile(const QString& path);
    void removeRecentFile(const QString& path);
    void clearRecentFiles();

    [[nodiscard]] QString lastFolder() const; ///< for file dialogs; the documents folder at first
    void setLastFolder(const QString& folder);

    [[nodiscard]] QString
    lastExport() const; ///< folder that was exported to last; empty if it is gone or there was none
    void setLastExport(const QString& folder);

    [[nodiscard]] EndpointSettings endpoint() const;
    void setEndpoint(const EndpointSettings& endpoint);
    [[nodiscard]] MonitorConnection monitorConnection() const;
    void setMonitorConnection(const MonitorConnection& connection);

    /** Saved state of a window, splitter or table header under its object name; empty if none. */
    [[nodiscard]] QByteArray layoutState(const QString& objectName) const;
    void setLayoutState(const QString& objectName, const QByteArray& state);
    void clearLayout();

    [[nodiscard]] QString fileName() const { return m_store.fileName(); }

    // Start and session.
    /** Recent files that stay however many others are opened; absolute, in the order of pinning. */
    [[nodiscard]] QStringList pinnedFiles() const;
    void setPinned(const QString& path, bool pinned);
    /** Whether the tour was taken or skipped. */
    [[nodiscard]] bool tourDone() const;
    void setTourDone(bool done);
    /** Whether the program begins with the plans that were open when it ended. */
    [[nodiscard]] bool reopensPlans() const;
    void setReopensPlans(bool reopens);
    [[nodiscard]] QStringList openPlans() const; ///< when the program ended; absolute
    void setOpenPlans(const QStringList& paths);
    [[nodiscard]] QString
    lastPage() const; ///< id of the page that was shown last; may be of no page
    void setLastPage(const QString& id);

    // Preferences.
    /** Code of the language of the program ("de"), empty for that of the system. */
    [[nodiscard]] QString language() const;
    void setLanguage(const QString& code);
    /** Ids that new plans follow where they state none; empty for the catalog's first. May be unknown by now. */
    [[nodiscard]] QString priceList() const;
    void setPriceList(const QString& id);
    [[nodiscard]] QString versionRow() const;
    void setVersionRow(const QString& id);
    [[nodiscard]] QString engine() const; ///< of new plans; "analytic" unless chosen
    void setEngine(const QString& id);
    /** Folders with declarations of external engines, beside the usual ones; absolute. */
    [[nodiscard]] QStringList engineFolders() const;
    void setEngineFolders(const QStringList& folders);
    /** Where the user's additions are kept; absolute, empty for the usual folder. */
    [[nodiscard]] QString dataFolder() const;
    void setDataFolder(const QString& folder);
    /** Shortcut of an action in portable form; nothing if the user left it as it is, empty if it shall have none. */
    [[nodiscard]] std::optional<QString> shortcut(const QString& actionId) const;
    void setShortcut(const QString& actionId, const std::optional<QString>& keys);
    void clearShortcuts();

signals:
    void colorSchemeChanged(llmd::ColorScheme scheme);
    void recentFilesChanged();
    void endpointChanged();
    void languageChanged(const QString& code);
    void planDefaultsChanged(); ///< price list or version row
    void engineFoldersChanged();
    void dataFolderChanged();
    void shortcutsChanged();

private:
    [[nodiscard]] QStringList absolutePaths(const QString& key) const;

    QSettings m_store;
};

} // namespace llmd
