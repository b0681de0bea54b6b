// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QFileSystemWatcher>
#include <QObject>
#include <QString>
#include <QTimer>

#include <chrono>
#include <memory>

namespace llmd {

class Document;
class JobRunner;

/**
 * Notices when another program changes or removes the file of a document. What counts is the plan in the file: our own saves,
 * a touched file and another formatting are no change. The file is read off the GUI thread.
 */
class FileWatch final : public QObject
{
    Q_OBJECT

public:
    /** Writers need a moment: a file is looked at when it was quiet for this long. */
    static constexpr std::chrono::milliseconds settleTime { 250 };

    explicit FileWatch(Document& document, QObject* parent = nullptr);
    ~FileWatch() override;

signals:
    void changedOnDisk(); ///< the file holds another plan than the one that was opened or saved
    void removedFromDisk();
    void sameAgain(); ///< what was reported no longer holds

private:
    void follow();
    void look();

    Document& m_document;
    std::unique_ptr<JobRunner> m_jobs;
    QFileSystemWatcher m_watcher;
    QTimer m_settle;
    QDateTime m_seenTime; ///< of the file when it was last looked at
    qint64 m_seenSize = -1;
    bool m_reported = false;
};

} // namespace llmd
