// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings.h"

#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

const QString schemeKey = u"appearance/color_scheme"_s;
const QString recentKey = u"files/recent"_s;
const QString folderKey = u"files/last_folder"_s;
const QString exportKey = u"files/last_export"_s;
const QString layoutGroup = u"layout"_s;
const QString endpointGroup = u"language_model/"_s;
constexpr int longestWait = 600; // seconds
const QString monitorGroup = u"monitor/"_s;
const QString pinnedKey = u"files/pinned"_s;
const QString tourKey = u"start/tour_done"_s;
const QString reopenKey = u"start/reopen_plans"_s;
const QString openPlansKey = u"session/open_plans"_s;
const QString lastPageKey = u"session/page"_s;
const QString languageKey = u"appearance/language"_s;
const QString priceListKey = u"planning/price_list"_s;
const QString versionRowKey = u"planning/version_row"_s;
const QString engineKey = u"planning/engine"_s;
const QString engineFoldersKey = u"engines/folders"_s;
const QString dataFolderKey = u"files/data_folder"_s;
const QString shortcutGroup = u"shortcuts"_s;
constexpr int folderLimit = 32;

QString defaultFile()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation)
        + u"/llmd-planner/workbench.ini"_s;
}

} // namespace

Settings::Settings(const QString& file, QObject* parent)
    : QObject(parent)
    , m_store(file.isEmpty() ? defaultFile() : file, QSettings::IniFormat)
{ }

ColorScheme Settings::colorScheme() const
{
    return colorSchemeFromString(m_store.value(schemeKey).toString());
}

void Settings::setColorScheme(ColorScheme scheme)
{
    if (scheme == colorScheme())
        return;
    m_store.setValue(schemeKey, toString(scheme));
    emit colorSchemeChanged(scheme);
}

QStringList Settings::recentFiles() const
{
    QStringList files;
    const QStringList stored = m_store.value(recentKey).toStringList();
    for (const QString& path : stored) {
        if (QDir::isAbsolutePath(path) && !files.contains(path) && files.size() < recentFileLimit)
            files.append(path);
    }
    return files;
}

void Settings::addRecentFile(const QString& path)
{
    const QString absolute = QFileInfo(path).absoluteFilePath();
    QStringList files = recentFiles();
    files.removeAll(absolute);
    files.prepend(absolute);
    // Those that are pinned do not have to make room.
    const QStringList pinned = pinnedFiles();
    for (auto i = files.size() - 1; i > 0 && files.size() > recentFileLimit; --i) {
        if (!pinned.contains(files.at(i)))
            files.removeAt(i);
    }
    m_store.setValue(recentKey, QStringList(files.mid(0, recentFileLimit)));
    emit recentFilesChanged();
}

void Settings::removeRecentFile(const QString& path)
{
    QStringList files = recentFiles();
    const QString absolute = QFileInfo(path).absoluteFilePath();
    if (files.removeAll(absolute) == 0)
        return;
    m_store.setValue(recentKey, files);
    QStringList pinned = pinnedFiles();
    if (pinned.removeAll(absolute) > 0)
        m_store.setValue(pinnedKey, pinned);
    emit recentFilesChanged();
}

void Settings::clearRecentFiles()
{
    m_store.setValue(recentKey, pinnedFiles());
    emit recentFilesChanged();
}

QString Settings::lastFolder() const
{
    const QString folder = m_store.value(folderKey).toString();
    return QFileInfo(folder).isDir()
        ? folder
        : QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
}

void Settings::setLastFolder(const QString& folder)
{
    m_store.setValue(folderKey, QFileInfo(folder).absoluteFilePath());
}

QString Settings::lastExport() const
{
    const QString folder = m_store.value(exportKey).toString();
    return QFileInfo(folder).isDir() ? folder : QString();
}

void Settings::setLastExport(const QString& folder)
{
    m_store.setValue(exportKey, QFileInfo(folder).absoluteFilePath());
}

EndpointSettings Settings::endpoint() const
{
    EndpointSettings endpoint;
    endpoint.enabled = m_store.value(endpointGroup + u"enabled"_s, false).toBool();
    endpoint.url = m_store.value(endpointGroup + u"url"_s).toString();
    endpoint.model = m_store.value(endpointGroup + u"model"_s).toString();
    endpoint.keyVariable = m_store.value(endpointGroup + u"key_variable"_s).toString();
    bool isNumber = false;
    const int limit = m_store.value(endpointGroup + u"time_limit"_s).toInt(&isNumber);
    if (isNumber && limit >= 1 && limit <= longestWait)
        endpoint.timeLimit = limit;
    return endpoint;
}

void Settings::setEndpoint(const EndpointSettings& endpoint)
{
    if (endpoint == this->endpoint())
        return;
    m_store.setValue(endpointGroup + u"enabled"_s, endpoint.enabled);
    m_store.setValue(endpointGroup + u"url"_s, endpoint.url);
    m_store.setValue(endpointGroup + u"model"_s, endpoint.model);
    m_store.setValue(endpointGroup + u"key_variable"_s, endpoint.keyVariable);
    m_store.setValue(endpointGroup + u"time_limit"_s, endpoint.timeLimit);
    emit endpointChanged();
}

MonitorConnection Settings::monitorConnection() const
{
    constexpr int longest = 4096; // characters; more is no address
    const auto text = [this](const char* key) {
        return m_store.value(monitorGroup + QString::fromLatin1(key)).toString().left(longest);
    };
    MonitorConnection connection;
    connection.direct = m_store.value(monitorGroup + u"direct"_s, false).toBool();
    connection.address = text("address");
    connection.selector = text("selector");
    connection.tokenVariable = text("tokenVariable");
    const int interval = m_store.value(monitorGroup + u"interval"_s).toInt();
    if (interval >= 1 && interval <= 3600)
        connection.interval = interval;
    return connection;
}

void Settings::setMonitorConnection(const MonitorConnection& connection)
{
    m_store.setValue(monitorGroup + u"direct"_s, connection.direct);
    m_store.setValue(monitorGroup + u"address"_s, connection.address);
    m_store.setValue(monitorGroup + u"selector"_s, connection.selector);
    m_store.setValue(monitorGroup + u"tokenVariable"_s, connection.tokenVariable);
    m_store.setValue(monitorGroup + u"interval"_s, connection.interval);
}

QByteArray Settings::layoutState(const QString& objectName) const
{
    return m_store.value(layoutGroup + u'/' + objectName).toByteArray();
}

void Settings::setLayoutState(const QString& objectName, const QByteArray& state)
{
    m_store.setValue(layoutGroup + u'/' + objectName, state);
}

void Settings::clearLayout()
{
    m_store.remove(layoutGroup);
}

QStringList Settings::absolutePaths(const QString& key) const
{
    QStringList paths;
    const QStringList stored = m_store.value(key).toStringList();
    for (const QString& path : stored) {
        if (QDir::isAbsolutePath(path) && !paths.contains(path) && paths.size() < folderLimit)
            paths.append(path);
    }
    return paths;
}

QStringList Settings::pinnedFiles() const
{
    return absolutePaths(pinnedKey).mid(0, recentFileLimit - 1);
}

void Settings::setPinned(const QString& path, bool pinned)
{
    QStringList files = pinnedFiles();
    const QString absolute = QFileInfo(path).absoluteFilePath();
    if (files.contains(absolute) == pinned)
        return;
    if (pinned)
        files.append(absolute);
    else
        files.removeAll(absolute);
    m_store.setValue(pinnedKey, files);
    emit recentFilesChanged();
}

bool Settings::tourDone() const
{
    return m_store.value(tourKey).toBool();
}

void Settings::setTourDone(bool done)
{
    m_store.setValue(tourKey, done);
}

bool Settings::reopensPlans() const
{
    return m_store.value(reopenKey).toBool();
}

void Settings::setReopensPlans(bool reopens)
{
    m_store.setValue(reopenKey, reopens);
}

QStringList Settings::openPlans() const
{
    return absolutePaths(openPlansKey);
}

void Settings::setOpenPlans(const QStringList& paths)
{
    m_store.setValue(openPlansKey, paths);
}

QString Settings::lastPage() const
{
    return m_store.value(lastPageKey).toString();
}

void Settings::setLastPage(const QString& id)
{
    m_store.setValue(lastPageKey, id);
}

QString Settings::language() const
{
    return m_store.value(languageKey).toString();
}

void Settings::setLanguage(const QString& code)
{
    if (code == language())
        return;
    m_store.setValue(languageKey, code);
    emit languageChanged(code);
}

QString Settings::priceList() const
{
    return m_store.value(priceListKey).toString();
}

void Settings::setPriceList(const QString& id)
{
    if (id == priceList())
        return;
    m_store.setValue(priceListKey, id);
    emit planDefaultsChanged();
}

QString Settings::versionRow() const
{
    return m_store.value(versionRowKey).toString();
}

void Settings::setVersionRow(const QString& id)
{
    if (id == versionRow())
        return;
    m_store.setValue(versionRowKey, id);
    emit planDefaultsChanged();
}

QString Settings::engine() const
{
    const QString id = m_store.value(engineKey).toString();
    return id.isEmpty() ? u"analytic"_s : id;
}

void Settings::setEngine(const QString& id)
{
    m_store.setValue(engineKey, id);
}

QStringList Settings::engineFolders() const
{
    return absolutePaths(engineFoldersKey);
}

void Settings::setEngineFolders(const QStringList& folders)
{
    if (folders == engineFolders())
        return;
    m_store.setValue(engineFoldersKey, folders);
    emit engineFoldersChanged();
}

QString Settings::dataFolder() const
{
    const QString folder = m_store.value(dataFolderKey).toString();
    return QDir::isAbsolutePath(folder) ? folder : QString();
}

void Settings::setDataFolder(const QString& folder)
{
    if (folder == dataFolder())
        return;
    m_store.setValue(dataFolderKey, folder);
    emit dataFolderChanged();
}

std::optional<QString> Settings::shortcut(const QString& actionId) const
{
    const QString key = shortcutGroup + u'/' + actionId;
    if (!m_store.contains(key))
        return std::nullopt;
    return m_store.value(key).toString();
}

void Settings::setShortcut(const QString& actionId, const std::optional<QString>& keys)
{
    if (keys == shortcut(actionId))
        return;
    const QString key = shortcutGroup + u'/' + actionId;
    if (keys)
        m_store.setValue(key, *keys);
    else
        m_store.remove(key);
    emit shortcutsChanged();
}

void Settings::clearShortcuts()
{
    m_store.remove(shortcutGroup);
    emit shortcutsChanged();
}

} // namespace llmd
