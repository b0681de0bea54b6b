// SPDX-License-Identifier: GPL-3.0-or-later
#include "recovery.h"

#include "document.h"

#include <widgets/support/jobrunner.h>
#include <widgets/support/qtbridge.h>

#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>
#include <QStandardPaths>
#include <QUuid>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

const QString suffix = u".recovery"_s;
const QString lockSuffix = u".lock"_s;
constexpr qint64 sizeLimit = 32 << 20;

/** What is written, taken in the GUI thread; the rest is done elsewhere. */
struct Snapshot
{
    QString path;
    QString name;
    QDateTime time;
    Project project;
};

QByteArray textOf(const Snapshot& snapshot)
{
    const QJsonObject json {
        { u"format"_s, 1 },
        { u"path"_s, snapshot.path },
        { u"name"_s, snapshot.name },
        { u"time"_s, snapshot.time.toUTC().toString(Qt::ISODateWithMs) },
        { u"plan"_s, toQString(printProject(snapshot.project)) },
    };
    return QJsonDocument(json).toJson();
}

Result<> writeSnapshot(const QString& file, const Snapshot& snapshot)
{
    QSaveFile target(file);
    const QByteArray text = textOf(snapshot);
    if (!target.open(QIODevice::WriteOnly) || target.write(text) != text.size()
        || !target.commit()) {
        return failure(ErrorCode::Io,
                       "unsaved changes cannot be kept for the case of a crash: "
                           + fromQString(target.errorString()),
                       Location { fromQString(file) });
    }
    return {};
}

Result<RescuedPlan> readSnapshot(const QString& path)
{
    const auto broken = [&](const std::string& why) {
        return failure(ErrorCode::Syntax, "this recovery file cannot be used: " + why,
                       Location { fromQString(path) });
    };
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return broken(fromQString(file.errorString()));
    if (file.size() > sizeLimit)
        return broken("it is larger than 32 MiB");
    const QJsonObject json = QJsonDocument::fromJson(file.readAll()).object();
    if (json.value(u"format"_s).toInt() != 1)
        return broken("it is damaged or of another version");
    auto project = parseProject(fromQString(json.value(u"plan"_s).toString()), fromQString(path));
    if (!project)
        return broken(project.error().detail);
    RescuedPlan plan;
    plan.recoveryFile = path;
    plan.originalPath = json.value(u"path"_s).toString();
    plan.name = json.value(u"name"_s).toString();
    plan.time =
        QDateTime::fromString(json.value(u"time"_s).toString(), Qt::ISODateWithMs).toLocalTime();
    plan.project = std::move(project->value);
    return plan;
}

} // namespace

Recovery::Recovery(Document& document, QString folder, std::chrono::milliseconds after,
                   QObject* parent)
    : QObject(parent)
    , m_document(document)
    , m_folder(std::move(folder))
    , m_jobs(std::make_unique<JobRunner>())
    , m_file(QDir(m_folder).filePath(QUuid::createUuid().toString(QUuid::WithoutBraces) + suffix))
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(after);
    connect(&m_timer, &QTimer::timeout, this, &Recovery::write);
    connect(&document, &Document::projectChanged, this, &Recovery::noteChange);
    connect(&document, &Document::modifiedChanged, this, &Recovery::noteChange);
}

Recovery::~Recovery()
{
    close();
}

QString Recovery::usualFolder()
{
    // Qt has no name for the state folder before 6.7; data that is no cache and is not shared lives there.
    const QString state = qEnvironmentVariable("XDG_STATE_HOME");
    return (QDir::isAbsolutePath(state) ? state : QDir::homePath() + u"/.local/state"_s)
        + u"/llmd-planner/recovery"_s;
}

void Recovery::noteChange()
{
    if (!m_document.isModified()) {
        remove();
        return;
    }
    // Not restarted by further changes: continuous editing must not put it off.
    if (!m_timer.isActive())
        m_timer.start();
}

void Recovery::write()
{
    if (!m_jobs || !m_document.isModified())
        return;
    if (!m_lock) {
        if (!QDir().mkpath(m_folder)) {
            emit failed({ ErrorCode::Io,
                          "the folder for unsaved changes cannot be made",
                          {},
                          Location { fromQString(m_folder) } });
            return;
        }
        m_lock = std::make_unique<QLockFile>(m_file + lockSuffix);
        // Only the death of its owner makes the lock stale, however long the program runs.
        m_lock->setStaleLockTime(0);
        (void)m_lock->tryLock(0);
    }
    Snapshot snapshot { m_document.filePath(), m_document.displayName(),
                        QDateTime::currentDateTime(), m_document.project() };
    m_jobs->run<bool>(
        u"recovery"_s, {},
        [file = m_file, snapshot = std::move(snapshot)](RunContext&) -> Result<bool> {
            return writeSnapshot(file, snapshot).map([] { return true; });
        },
        this,
        [this](const Result<bool>& result) {
            if (!result) {
                emit failed(result.error());
                return;
            }
            m_written = true;
            if (m_document.isModified())
                emit written();
            else
                remove(); // saved in the meantime
        });
}

void Recovery::remove()
{
    m_timer.stop();
    if (m_written || m_lock)
        QFile::remove(m_file);
    m_written = false;
}

void Recovery::close()
{
    disconnect(&m_document, nullptr, this, nullptr);
    m_jobs.reset(); // waits for a file that is being written, so that none is left
    remove();
    m_lock.reset();
}

Loaded<std::vector<RescuedPlan>> Recovery::leftBehind(const QString& folder)
{
    Loaded<std::vector<RescuedPlan>> found;
    const auto files = QDir(folder).entryInfoList({ u'*' + suffix }, QDir::Files, QDir::Time);
    for (const QFileInfo& info : files) {
        const QString path = info.absoluteFilePath();
        QLockFile lock(path + lockSuffix);
        lock.setStaleLockTime(0);
        if (!lock.tryLock(0))
            continue; // its owner lives
        auto plan = readSnapshot(path);
        if (plan) {
            found.value.push_back(std::move(*plan));
        } else {
            const Error& error = plan.error();
            found.issues.push_back(
                { Severity::Warning, error.code, error.detail, {}, error.where });
        }
    }
    std::sort(found.value.begin(), found.value.end(),
              [](const RescuedPlan& a, const RescuedPlan& b) { return a.time > b.time; });
    return found;
}

void Recovery::discard(const RescuedPlan& plan)
{
    QFile::remove(plan.recoveryFile);
}

} // namespace llmd
