// SPDX-License-Identifier: GPL-3.0-or-later
#include "filewatch.h"

#include "document.h"

#include <widgets/support/jobrunner.h>
#include <widgets/support/qtbridge.h>

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace llmd {

FileWatch::FileWatch(Document& document, QObject* parent)
    : QObject(parent)
    , m_document(document)
    , m_jobs(std::make_unique<JobRunner>())
{
    m_settle.setSingleShot(true);
    m_settle.setInterval(settleTime);
    connect(&m_settle, &QTimer::timeout, this, &FileWatch::look);
    const auto wait = [this] { m_settle.start(); };
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, wait);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, wait);
    connect(&document, &Document::filePathChanged, this, &FileWatch::follow);
    connect(&document, &Document::saved, this, [this] {
        if (m_reported) {
            m_reported = false;
            emit sameAgain();
        }
    });
    follow();
}

FileWatch::~FileWatch() = default;

void FileWatch::follow()
{
    const QString path = m_document.filePath();
    if (m_watcher.files().contains(path))
        return;
    if (const QStringList old = m_watcher.files() + m_watcher.directories(); !old.isEmpty())
        m_watcher.removePaths(old);
    m_settle.stop();
    m_seenSize = -1;
    if (m_reported) {
        m_reported = false;
        emit sameAgain();
    }
    if (path.isEmpty())
        return;
    m_watcher.addPath(path);
    // Editors replace files: the watch of the old one ends then, and only its folder tells of the new one.
    m_watcher.addPath(QFileInfo(path).absolutePath());
}

void FileWatch::look()
{
    const QString path = m_document.filePath();
    if (path.isEmpty())
        return;
    const QFileInfo info(path);
    if (!info.exists()) {
        m_seenSize = -1;
        if (!m_reported)
            emit removedFromDisk();
        m_reported = true;
        return;
    }
    if (!m_watcher.files().contains(path))
        m_watcher.addPath(path);
    // Most changes of a folder are about other files.
    if (info.lastModified() == m_seenTime && info.size() == m_seenSize)
        return;
    m_seenTime = info.lastModified();
    m_seenSize = info.size();
    m_jobs->run<Project>(
        u"filewatch"_s, {},
        [path](RunContext&) -> Result<Project> {
            auto loaded = readProject(fromQString(path));
            if (!loaded)
                return tl::unexpected(std::move(loaded.error()));
            return std::move(loaded->value);
        },
        this,
        [this, path](const Result<Project>& onDisk) {
            if (path != m_document.filePath())
                return;
            // What cannot be read is another content too; reloading will say what is wrong with it.
            const bool other = !onDisk || *onDisk != m_document.savedProject();
            if (other)
                emit changedOnDisk();
            else if (m_reported)
                emit sameAgain();
            m_reported = other;
        });
}

} // namespace llmd
