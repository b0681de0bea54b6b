// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "theme.h"

#include <QByteArray>
#include <QObject>
#include <QSettings>
#include <QStringList>
#include <QVariant>

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

signals:
    void colorSchemeChanged(llmd::ColorScheme scheme);
    void recentFilesChanged();
    void endpointChanged();

private:
    QSettings m_store;
};

} // namespace llmd
