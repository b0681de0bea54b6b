// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "runcontext.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <mutex>
#include <string_view>
#include <system_error>
#include <thread>
#include <vector>

namespace llmd {

/** Number of threads that `parallelFor` uses for `count` items; `worker` is below it. */
[[nodiscard]] inline unsigned workerCount(std::size_t count, const RunContext& context)
{
    const unsigned wanted =
        context.threads > 0 ? context.threads : std::max(1u, std::thread::hardware_concurrency());
    constexpr unsigned most = 256;
    return static_cast<unsigned>(std::clamp<std::size_t>(count, 1, std::min(wanted, most)));
}

namespace detail {

/** Passes on progress at most every 50 ms, and never twice at once. */
class ThrottledProgress
{
public:
    using Clock = std::chrono::steady_clock;

    ThrottledProgress(ProgressSink* sink, std::uint64_t total, std::string_view phase)
        : m_sink(sink)
        , m_total(total)
        , m_phase(phase)
    { }

    void add(std::uint64_t items)
    {
        const auto done = m_done.fetch_add(items) + items;
        if (!m_sink)
            return;
        // Whoever does not get the lock goes on working: another thread is reporting just now.
        const std::unique_lock lock(m_mutex, std::try_to_lock);
        const auto now = Clock::now();
        if (!lock || now < m_next || done < m_reported)
            return;
        m_next = now + std::chrono::milliseconds(50);
        m_reported = done;
        m_sink->update(done, m_total, m_phase);
    }

    /** The last report, after all threads have ended. */
    void finish()
    {
        if (m_sink)
            m_sink->update(m_done.load(), m_total, m_phase);
    }

private:
    ProgressSink* m_sink;
    std::uint64_t m_total;
    std::string_view m_phase;
    std::atomic<std::uint64_t> m_done { 0 };
    std::mutex m_mutex; // guards what follows
    Clock::time_point m_next = Clock::now() + std::chrono::milliseconds(50);
    std::uint64_t m_reported = 0;
};

/** What one worker has done since it last told the others, who share one counter. */
class LocalProgress
{
public:
    explicit LocalProgress(ThrottledProgress& shared)
        : m_shared(shared)
    { }
    LocalProgress(const LocalProgress&) = delete;
    LocalProgress& operator=(const LocalProgress&) = delete;
    ~LocalProgress() { flush(); }

    void itemDone()
    {
        ++m_pending;
        if (ThrottledProgress::Clock::now() >= m_next)
            flush();
    }

private:
    void flush()
    {
        m_shared.add(m_pending);
        m_pending = 0;
        m_next = ThrottledProgress::Clock::now() + std::chrono::milliseconds(10);
    }

    ThrottledProgress& m_shared;
    std::uint64_t m_pending = 0;
    ThrottledProgress::Clock::time_point m_next =
        ThrottledProgress::Clock::now() + std::chrono::milliseconds(10);
};

} // namespace detail

/**
 * Calls `function(index, worker)` once for each index below `count`, on several threads, and waits
 * for them.
 *
 * Which worker gets which index depends on timing, so a result must depend on its index only: write
 * it to `results[index]` and draw random numbers from `context.seed` and the index. `worker` (below
 * `workerCount`) serves scratch memory per thread. Returns false if `context` was cancelled before
 * all calls were made; those made are complete, but they need not be the first ones. `function`
 * must not throw. The calling thread works too, so that one thread means no thread is started.
 * Progress is reported under `phase`.
 */
template <class Function>
bool parallelFor(std::size_t count, const RunContext& context, Function&& function,
                 std::string_view phase = "work")
{
    const unsigned workers = workerCount(count, context);
    // Small enough to share out unequal work and to stop soon, large enough to keep the counter
    // cool.
    const std::size_t chunk =
        std::clamp<std::size_t>(count / (std::size_t { workers } * 32), 1, 256);
    std::atomic<std::size_t> next { 0 };
    std::atomic<bool> stopped { false };
    detail::ThrottledProgress progress(context.progress, count, phase);

    const auto work = [&](unsigned worker) {
        detail::LocalProgress local(progress);
        while (true) {
            const auto begin = next.fetch_add(chunk);
            if (begin >= count)
                return;
            const auto end = std::min(begin + chunk, count);
            for (auto index = begin; index < end; ++index) {
                if (context.cancelled()) {
                    stopped = true;
                    return;
                }
                function(index, worker);
                local.itemDone();
            }
        }
    };

    {
        std::vector<std::jthread> threads;
        threads.reserve(workers - 1);
        try {
            for (unsigned worker = 1; worker < workers; ++worker)
                threads.emplace_back(work, worker);
        } catch (const std::system_error&) {
            // The system gives no more threads; those that run do all the work.
        }
        work(0);
    }
    progress.finish();
    return !stopped;
}

} // namespace llmd
