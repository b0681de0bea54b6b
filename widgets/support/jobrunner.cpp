// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobrunner.h"

#include "qtbridge.h"

#include <QFutureWatcher>
#include <QMetaObject>
#include <QPointer>
#include <QtConcurrent>

#include <algorithm>
#include <atomic>
#include <chrono>

namespace llmd {

namespace {
constexpr auto progressInterval = std::chrono::milliseconds(50);
// Replaced jobs need a moment to notice; they must not hold up the ones that replaced them.
constexpr int workerThreads = 8;
} // namespace

/** Carries progress from the computing threads to the runner, at most every `progressInterval`. */
class JobRunner::Sink final : public ProgressSink
{
public:
    Sink(JobRunner& runner, QString slot, quint64 id)
        : m_runner(runner)
        , m_slot(std::move(slot))
        , m_id(id)
    { }

    void update(std::uint64_t done, std::uint64_t total, std::string_view phase) override
    {
        const auto now = std::chrono::steady_clock::now().time_since_epoch().count();
        auto last = m_last.load(std::memory_order_relaxed);
        const auto gap =
            std::chrono::duration_cast<std::chrono::steady_clock::duration>(progressInterval)
                .count();
        if ((last != 0 && now - last < gap && done != total)
            || !m_last.compare_exchange_strong(last, now, std::memory_order_relaxed))
            return;
        const double fraction = total == 0
            ? -1.0
            : std::clamp(static_cast<double>(done) / static_cast<double>(total), 0.0, 1.0);
        QMetaObject::invokeMethod(
            &m_runner,
            [&runner = m_runner, slot = m_slot, id = m_id, fraction, text = toQString(phase)] {
                runner.report(slot, id, fraction, text);
            },
            Qt::QueuedConnection);
    }

private:
    JobRunner& m_runner;
    const QString m_slot;
    const quint64 m_id;
    std::atomic<std::chrono::steady_clock::rep> m_last { 0 };
};

struct JobRunner::Job
{
    quint64 id = 0;
    QString title;
    std::stop_source stop;
    std::unique_ptr<Sink> sink;
    QPointer<QObject> receiver;
    std::function<void(const std::any&)> done;
    QFutureWatcher<std::any> watcher;
};

JobRunner::JobRunner(QObject* parent)
    : QObject(parent)
{
    m_pool.setMaxThreadCount(workerThreads);
}

JobRunner::~JobRunner()
{
    cancelAll();
    // The jobs refer to this object and to their sinks, so they have to end first.
    m_pool.waitForDone();
}

void JobRunner::start(const QString& slot, const QString& title,
                      std::function<std::any(RunContext&)> work, QObject* receiver,
                      std::function<void(const std::any&)> done)
{
    discard(slot);
    auto job = std::make_unique<Job>();
    job->id = ++m_lastId;
    job->title = title;
    job->receiver = receiver;
    job->done = std::move(done);
    job->sink = std::make_unique<Sink>(*this, slot, job->id);
    connect(&job->watcher, &QFutureWatcherBase::finished, this,
            [this, id = job->id] { finish(id); });
    job->watcher.setFuture(QtConcurrent::run(&m_pool,
                                             [work = std::move(work), stop = job->stop.get_token(),
                                              sink = job->sink.get()]() -> std::any {
                                                 RunContext context;
                                                 context.stop = stop;
                                                 context.progress = sink;
                                                 return work(context);
                                             }));
    m_jobs[slot] = std::move(job);
    emit started(slot, title);
}

void JobRunner::report(const QString& slot, quint64 id, double fraction, const QString& phase)
{
    const auto it = m_jobs.find(slot);
    if (it != m_jobs.end() && it->second->id == id)
        emit progressChanged(slot, fraction, phase);
}

void JobRunner::finish(quint64 id)
{
    // We are inside a signal of the job's watcher, so the job itself has to stay until the event loop is back. It must not
    // travel in an event either: events are destroyed under a lock that the watcher's destructor takes.
    QMetaObject::invokeMethod(
        this, [this] { m_ended.clear(); }, Qt::QueuedConnection);
    if (const auto retired = std::find_if(m_retired.begin(), m_retired.end(),
                                          [id](const auto& job) { return job->id == id; });
        retired != m_retired.end()) {
        m_ended.push_back(std::move(*retired));
        m_retired.erase(retired);
        return;
    }
    const auto it = std::find_if(m_jobs.begin(), m_jobs.end(),
                                 [id](const auto& entry) { return entry.second->id == id; });
    if (it == m_jobs.end())
        return;
    const QString slot = it->first;
    const QPointer<QObject> receiver = it->second->receiver;
    const auto done = std::move(it->second->done);
    const std::any result = it->second->watcher.result();
    m_ended.push_back(std::move(it->second));
    m_jobs.erase(it);
    emit finished(slot);
    if (receiver)
        done(result);
}

void JobRunner::cancel(const QString& slot)
{
    if (const auto it = m_jobs.find(slot); it != m_jobs.end())
        it->second->stop.request_stop();
}

void JobRunner::discard(const QString& slot)
{
    const auto it = m_jobs.find(slot);
    if (it == m_jobs.end())
        return;
    it->second->stop.request_stop();
    m_retired.push_back(std::move(it->second));
    m_jobs.erase(it);
    emit finished(slot);
}

void JobRunner::cancelAll()
{
    for (const auto& [slot, job] : m_jobs)
        job->stop.request_stop();
}

bool JobRunner::isRunning(const QString& slot) const
{
    return m_jobs.contains(slot);
}

bool JobRunner::isIdle() const
{
    return m_jobs.empty();
}

QString JobRunner::title(const QString& slot) const
{
    const auto it = m_jobs.find(slot);
    return it == m_jobs.end() ? QString() : it->second->title;
}

} // namespace llmd
