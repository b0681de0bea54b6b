// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <core/base/result.h>
#include <core/project/project.h>

#include <QDateTime>
#include <QLockFile>
#include <QObject>
#include <QString>
#include <QTimer>

#include <chrono>
#include <memory>
#include <vector>

namespace llmd {

class Document;
class JobRunner;

/** Unsaved work that a program which ended unexpectedly has left behind. */
struct RescuedPlan
{
    QString recoveryFile; ///< that holds it
    QString originalPath; ///< file of the plan, empty if it had none
    QString name; ///< for people
    QDateTime time; ///< of the last change that was rescued
    Project project;
};

/**
 * Keeps unsaved changes of a document in a file of their own, never in the user's: written at most `delay` after the first change
 * that it does not hold yet, removed when the document is saved or closed. A lock beside it tells other processes that its
 * owner is alive. Writing happens off the GUI thread.
 */
class Recovery final : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds delay { 10'000 };

    /** `folder` is created when it is needed. */
    Recovery(Document& document, QString folder, std::chrono::milliseconds after = delay,
             QObject* parent = nullptr);
    ~Recovery() override;

    /** Where the workbench keeps these files: the user's state folder. */
    [[nodiscard]] static QString usualFolder();
    /** What dead processes have left, newest first. Files that cannot be read are named in `issues` and left alone. */
    [[nodiscard]] static Loaded<std::vector<RescuedPlan>> leftBehind(const QString& folder);
    /** Removes what was restored or is not wanted. */
    static void discard(const RescuedPlan& plan);

    [[nodiscard]] QString file() const { return m_file; }
    [[nodiscard]] bool isWritten() const { return m_written; }
    /** The document is closed on purpose: nothing of it is kept. */
    void close();

signals:
    void written(); ///< the file holds the document as it is
    void
    failed(const llmd::Error& error); ///< nothing could be kept; tried again after the next change

private:
    void noteChange();
    void write();
    void remove();

    Document& m_document;
    QString m_folder;
    std::unique_ptr<JobRunner> m_jobs; // its own: nobody has to hear of it
    QString m_file;
    std::unique_ptr<QLockFile> m_lock;
    QTimer m_timer;
    bool m_written = false;
};

} // namespace llmd
