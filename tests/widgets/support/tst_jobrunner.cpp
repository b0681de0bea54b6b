// SPDX-License-Identifier: GPL-3.0-or-later
#include <widgets/support/jobrunner.h>

#include <QSignalSpy>
#include <QTest>

#include <atomic>
#include <stdexcept>
#include <thread>

using namespace llmd;
using namespace std::chrono_literals;

namespace {

const QString searchSlot = QStringLiteral("search");

/** Works until it is told to stop. */
Result<int> workUntilStopped(RunContext& context)
{
    while (!context.cancelled())
        std::this_thread::sleep_for(1ms);
    return failure(ErrorCode::Cancelled, "stopped");
}

} // namespace

class TestJobRunner : public QObject
{
    Q_OBJECT

private slots:
    void deliversInTheGuiThread()
    {
        JobRunner jobs;
        QSignalSpy started(&jobs, &JobRunner::started);
        QSignalSpy finished(&jobs, &JobRunner::finished);
        std::thread::id worker;
        std::optional<int> result;
        jobs.run<int>(
            searchSlot, QStringLiteral("Counting"),
            [&worker](RunContext&) -> Result<int> {
                worker = std::this_thread::get_id();
                return 42;
            },
            this, [&result](Result<int> value) { result = *value; });
        QVERIFY(jobs.isRunning(searchSlot));
        QCOMPARE(jobs.title(searchSlot), QStringLiteral("Counting"));
        QVERIFY(QTest::qWaitFor([&] { return result.has_value(); }));
        QCOMPARE(*result, 42);
        QVERIFY(worker != std::this_thread::get_id());
        QVERIFY(jobs.isIdle());
        QCOMPARE(started.size(), 1);
        QCOMPARE(finished.size(), 1);
    }

    void cancelStillDelivers()
    {
        JobRunner jobs;
        std::optional<Error> error;
        jobs.run<int>(searchSlot, {}, workUntilStopped, this,
                      [&error](Result<int> value) { error = value.error(); });
        QTest::qWait(20);
        QVERIFY(!error);
        jobs.cancel(searchSlot);
        QVERIFY(QTest::qWaitFor([&] { return error.has_value(); }));
        QCOMPARE(error->code, ErrorCode::Cancelled);
    }

    void newJobReplacesTheOldOne()
    {
        JobRunner jobs;
        std::atomic<bool> oldEnded = false;
        int oldDeliveries = 0;
        std::optional<int> fresh;
        jobs.run<int>(
            searchSlot, {},
            [&oldEnded](RunContext& context) {
                auto result = workUntilStopped(context);
                oldEnded = true;
                return result;
            },
            this, [&oldDeliveries](Result<int>) { ++oldDeliveries; });
        jobs.run<int>(
            searchSlot, {}, [](RunContext&) -> Result<int> { return 7; }, this,
            [&fresh](Result<int> value) { fresh = *value; });
        QVERIFY(QTest::qWaitFor([&] { return fresh.has_value() && oldEnded; }));
        QTest::qWait(30);
        QCOMPARE(*fresh, 7);
        QCOMPARE(oldDeliveries, 0);
    }

    void otherSlotsRunSideBySide()
    {
        JobRunner jobs;
        int done = 0;
        jobs.run<int>(searchSlot, {}, workUntilStopped, this, [&done](Result<int>) { ++done; });
        jobs.run<int>(
            QStringLiteral("export"), {}, [](RunContext&) -> Result<int> { return 1; }, this,
            [&done](Result<int>) { ++done; });
        QVERIFY(QTest::qWaitFor([&] { return done == 1; }));
        QVERIFY(jobs.isRunning(searchSlot));
        jobs.cancelAll();
        QVERIFY(QTest::qWaitFor([&] { return done == 2; }));
    }

    void lateResultOfADiscardedJobIsDropped()
    {
        JobRunner jobs;
        int deliveries = 0;
        std::atomic<bool> ended = false;
        jobs.run<int>(
            searchSlot, {},
            [&ended](RunContext& context) {
                auto result = workUntilStopped(context);
                ended = true;
                return result;
            },
            this, [&deliveries](Result<int>) { ++deliveries; });
        jobs.discard(searchSlot);
        QVERIFY(!jobs.isRunning(searchSlot));
        QVERIFY(QTest::qWaitFor([&] { return ended.load(); }));
        QTest::qWait(30);
        QCOMPARE(deliveries, 0);
    }

    void goneReceiverGetsNothing()
    {
        JobRunner jobs;
        auto receiver = std::make_unique<QObject>();
        int deliveries = 0;
        jobs.run<int>(searchSlot, {}, workUntilStopped, receiver.get(),
                      [&deliveries](Result<int>) { ++deliveries; });
        receiver.reset();
        jobs.cancel(searchSlot);
        QVERIFY(QTest::qWaitFor([&] { return jobs.isIdle(); }));
        QCOMPARE(deliveries, 0);
    }

    void reportsProgress()
    {
        JobRunner jobs;
        QSignalSpy progress(&jobs, &JobRunner::progressChanged);
        bool done = false;
        jobs.run<int>(
            searchSlot, {},
            [](RunContext& context) -> Result<int> {
                context.progress->update(0, 0, "load");
                for (std::uint64_t i = 1; i <= 1000; ++i) {
                    std::this_thread::sleep_for(200us);
                    context.progress->update(i, 1000, "search");
                }
                return 0;
            },
            this, [&done](Result<int>) { done = true; });
        QVERIFY(QTest::qWaitFor([&] { return done; }));
        QVERIFY(progress.size() >= 2);
        QVERIFY2(progress.size() < 40, "a thousand updates have to be thinned out");
        QCOMPARE(progress.first().at(1).toDouble(), -1.0);
        QCOMPARE(progress.first().at(2).toString(), QStringLiteral("load"));
        double last = -1;
        for (const auto& arguments : progress) {
            QVERIFY(arguments.at(1).toDouble() >= last);
            last = arguments.at(1).toDouble();
        }
        QCOMPARE(last, 1.0);
    }

    void exceptionBecomesAnError()
    {
        JobRunner jobs;
        std::optional<Error> error;
        jobs.run<int>(
            searchSlot, {},
            [](RunContext&) -> Result<int> { throw std::runtime_error("out of luck"); }, this,
            [&error](Result<int> value) { error = value.error(); });
        QVERIFY(QTest::qWaitFor([&] { return error.has_value(); }));
        QCOMPARE(error->code, ErrorCode::Internal);
        QVERIFY(error->detail.find("out of luck") != std::string::npos);
    }

    void endsItsJobsWhenItGoes()
    {
        std::atomic<bool> ended = false;
        {
            JobRunner jobs;
            jobs.run<int>(
                searchSlot, {},
                [&ended](RunContext& context) {
                    auto result = workUntilStopped(context);
                    ended = true;
                    return result;
                },
                this, [](Result<int>) { QFAIL("nobody is left to be told"); });
        }
        QVERIFY(ended);
    }

    void mayStartTheNextJobFromDone()
    {
        JobRunner jobs;
        int rounds = 0;
        std::function<void(Result<int>)> again = [&](Result<int>) {
            if (++rounds < 3)
                jobs.run<int>(
                    searchSlot, {}, [](RunContext&) -> Result<int> { return 0; }, this, again);
        };
        again(0);
        QVERIFY(QTest::qWaitFor([&] { return rounds == 3; }));
    }
};

QTEST_MAIN(TestJobRunner)
#include "tst_jobrunner.moc"
