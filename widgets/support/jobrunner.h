// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <core/base/result.h>
#include <core/base/runcontext.h>

#include <QObject>
#include <QString>
#include <QThreadPool>

#include <any>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <vector>

namespace llmd {

/**
 * Runs core work off the GUI thread, the only place that does. Jobs live in named slots: starting a job cancels the one
 * that runs in the same slot, and its late result is dropped. Results and progress arrive in the GUI thread.
 */
class JobRunner final : public QObject
{
    Q_OBJECT

public:
    explicit JobRunner(QObject* parent = nullptr);
    ~JobRunner() override; ///< cancels everything and waits

    /**
     * `work` is called on a worker thread; `done` in this object's thread, unless the job was replaced or
     * `receiver` is gone. A cancelled job still delivers what `work` returned (best so far or `Cancelled`).
     * An exception that escapes `work` arrives as an `Internal` error.
     */
    template <class T>
    void run(const QString& slot, const QString& title, std::function<Result<T>(RunContext&)> work,
             QObject* receiver, std::function<void(Result<T>)> done)
    {
        start(
            slot, title,
            [work = std::move(work)](RunContext& context) -> std::any {
                try {
                    return std::make_shared<Result<T>>(work(context));
                } catch (const std::exception& exception) {
                    return std::make_shared<Result<T>>(failure(
                        ErrorCode::Internal,
                        std::string("the job stopped on an exception: ") + exception.what()));
                }
            },
            receiver,
            [done = std::move(done)](const std::any& result) {
                done(std::move(*std::any_cast<std::shared_ptr<Result<T>>>(result)));
            });
    }

    /** Asks the job of a slot to stop; it still finishes and delivers. */
    void cancel(const QString& slot);
    /** Asks the job of a slot to stop and never delivers its result. */
    void discard(const QString& slot);
    void cancelAll();
    [[nodiscard]] bool isRunning(const QString& slot) const;
    [[nodiscard]] bool isIdle() const;
    /** Title of the job of a slot, empty if none runs. */
    [[nodiscard]] QString title(const QString& slot) const;

signals:
    void started(const QString& slot, const QString& title);
    /** `fraction` is -1 while the total is unknown. Throttled to about 20 per second. */
    void progressChanged(const QString& slot, double fraction, const QString& phase);
    void finished(const QString& slot);

private:
    class Sink;
    struct Job;
    void start(const QString& slot, const QString& title, std::function<std::any(RunContext&)> work,
               QObject* receiver, std::function<void(const std::any&)> done);
    void report(const QString& slot, quint64 id, double fraction, const QString& phase);
    void finish(quint64 id);

    QThreadPool m_pool;
    std::map<QString, std::unique_ptr<Job>> m_jobs;
    std::vector<std::unique_ptr<Job>> m_retired; // cancelled, still running
    std::vector<std::unique_ptr<Job>> m_ended; // done, kept until the event loop is back
    quint64 m_lastId = 0;
};

} // namespace llmd
