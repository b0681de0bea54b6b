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
    m_store.setValue(recentKey, QStringList(files.mid(0, recentFileLimit)));
    emit recentFilesChanged();
}

void Settings::removeRecentFile(const QString& path)
{
    QStringList files = recentFiles();
    if (files.removeAll(QFileInfo(path).absoluteFilePath()) == 0)
        return;
    m_store.setValue(recentKey, files);
    emit recentFilesChanged();
}

void Settings::clearRecentFiles()
{
    m_store.remove(recentKey);
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

} // namespace llmd
