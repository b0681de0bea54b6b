// SPDX-License-Identifier: Apache-2.0
#include <core/base/parallel.h>

#include <QTest>

#include <mutex>
#include <set>

using namespace llmd;

namespace {

class RecordingSink final : public ProgressSink
{
public:
    void update(std::uint64_t done, std::uint64_t total, std::string_view phase) override
    {
        const std::lock_guard lock(m_mutex);
        calls.push_back({ done, total, std::string(phase), std::chrono::steady_clock::now() });
    }

    struct Call
    {
        std::uint64_t done;
        std::uint64_t total;
        std::string phase;
        std::chrono::steady_clock::time_point when;
    };
    std::vector<Call> calls;

private:
    std::mutex m_mutex;
};

RunContext contextWith(unsigned threads, ProgressSink* sink = nullptr, std::stop_token stop = {})
{
    return { std::move(stop), sink, 1, threads };
}

std::vector<double> compute(unsigned threads, std::size_t count)
{
    std::vector<double> results(count);
    parallelFor(count, contextWith(threads), [&](std::size_t index, unsigned) {
        double x = static_cast<double>(index);
        for (std::size_t i = 0; i < index % 97; ++i)
            x = x * 0.75 + 1 / (x + 1);
        results[index] = x;
    });
    return results;
}

} // namespace

class TestParallel : public QObject
{
    Q_OBJECT

private slots:
    void everyIndexOnce_data()
    {
        QTest::addColumn<int>("count");
        QTest::addColumn<int>("threads");
        for (const int count : { 0, 1, 2, 3, 31, 1000, 100'003 }) {
            for (const int threads : { 0, 1, 2, 3, 8 })
                QTest::addRow("%d items, %d threads", count, threads) << count << threads;
        }
    }
    void everyIndexOnce()
    {
        QFETCH(int, count);
        QFETCH(int, threads);
        const auto context = contextWith(static_cast<unsigned>(threads));
        std::vector<std::atomic<int>> calls(static_cast<std::size_t>(count));
        std::atomic<bool> workerInRange { true };
        const auto workers = workerCount(calls.size(), context);
        const bool complete =
            parallelFor(calls.size(), context, [&](std::size_t index, unsigned worker) {
                ++calls[index];
                if (worker >= workers)
                    workerInRange = false;
            });
        QVERIFY(complete && workerInRange);
        QVERIFY(std::all_of(calls.begin(), calls.end(), [](const auto& n) { return n == 1; }));
    }

    void workersNeverShareANumber()
    {
        const auto context = contextWith(4);
        std::vector<std::atomic<int>> busy(workerCount(1000, context));
        std::atomic<bool> shared { false };
        parallelFor(1000, context, [&](std::size_t, unsigned worker) {
            if (busy[worker]++ != 0)
                shared = true;
            std::this_thread::yield();
            --busy[worker];
        });
        QVERIFY(!shared);
    }

    void severalThreadsTakePart()
    {
        std::mutex mutex;
        std::set<std::thread::id> threads;
        parallelFor(64, contextWith(4), [&](std::size_t, unsigned) {
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
            const std::lock_guard lock(mutex);
            threads.insert(std::this_thread::get_id());
        });
        QCOMPARE(threads.size(), 4u);
        threads.clear();
        parallelFor(64, contextWith(1),
                    [&](std::size_t, unsigned) { threads.insert(std::this_thread::get_id()); });
        QVERIFY((threads == std::set<std::thread::id> { std::this_thread::get_id() }));
    }

    void resultsDoNotDependOnThreads()
    {
        const auto one = compute(1, 20'000);
        QVERIFY(one == compute(2, 20'000));
        QVERIFY(one == compute(7, 20'000));
    }

    void workerCounts()
    {
        QCOMPARE(workerCount(0, contextWith(4)), 1u);
        QCOMPARE(workerCount(3, contextWith(8)), 3u);
        QCOMPARE(workerCount(1000, contextWith(8)), 8u);
        QVERIFY(workerCount(1000, contextWith(0)) >= 1);
        QVERIFY(workerCount(1'000'000, contextWith(4'000'000'000u)) <= 256);
    }

    void cancelledBefore()
    {
        std::stop_source stop;
        stop.request_stop();
        std::atomic<int> calls { 0 };
        QVERIFY(!parallelFor(1000, contextWith(3, nullptr, stop.get_token()),
                             [&](std::size_t, unsigned) { ++calls; }));
        QCOMPARE(calls.load(), 0);
    }

    void cancelledMeanwhile()
    {
        std::stop_source stop;
        std::atomic<int> calls { 0 };
        RecordingSink sink;
        const bool complete = parallelFor(1'000'000, contextWith(3, &sink, stop.get_token()),
                                          [&](std::size_t, unsigned) {
                                              if (++calls == 500)
                                                  stop.request_stop();
                                          });
        QVERIFY(!complete);
        QVERIFY(calls >= 500 && calls <= 500 + 3); // each worker ends the call that it is in
        QCOMPARE(sink.calls.back().done, static_cast<std::uint64_t>(calls.load()));
    }

    void cancelledByTheLastCallIsComplete()
    {
        std::stop_source stop;
        QVERIFY(parallelFor(10, contextWith(1, nullptr, stop.get_token()),
                            [&](std::size_t index, unsigned) {
                                if (index == 9)
                                    stop.request_stop();
                            }));
    }

    void progressIsThrottledAndEndsAtTheTotal()
    {
        RecordingSink sink;
        parallelFor(
            300, contextWith(2, &sink),
            [](std::size_t, unsigned) {
                std::this_thread::sleep_for(std::chrono::milliseconds(2));
            },
            "sleep");
        QVERIFY(sink.calls.size() >= 3); // 300 ms of work
        for (std::size_t i = 0; i < sink.calls.size(); ++i) {
            const auto& call = sink.calls[i];
            QCOMPARE(call.total, 300u);
            QCOMPARE(call.phase, "sleep");
            if (i == 0)
                continue;
            QVERIFY(call.done >= sink.calls[i - 1].done);
            // The last one reports the end whenever that is.
            if (i + 1 < sink.calls.size())
                QVERIFY(call.when - sink.calls[i - 1].when >= std::chrono::milliseconds(45));
        }
        QCOMPARE(sink.calls.back().done, 300u);
    }
};

QTEST_APPLESS_MAIN(TestParallel)
#include "tst_parallel.moc"
