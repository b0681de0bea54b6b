// SPDX-License-Identifier: Apache-2.0
#include "filewatcher.h"

#include "file.h"

#include <condition_variable>
#include <mutex>

namespace llmd {

namespace {

/** Sleeps unless `stop` is or becomes requested. */
bool sleep(const std::stop_token& stop, std::chrono::milliseconds time)
{
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    never.wait_for(lock, stop, time, [] { return false; });
    return !stop.stop_requested();
}

} // namespace

std::optional<std::string> FileWatcher::next(const std::stop_token& stop)
{
    using Clock = std::chrono::steady_clock;
    std::optional<std::string> seen; // differs from the last one, not settled yet
    Clock::time_point since {};
    do {
        auto content = readFile(m_path, m_settings.limit);
        if (!content || (m_last && *content == *m_last)) {
            seen.reset();
            continue;
        }
        const bool first = !m_last;
        if (!seen || *content != *seen) {
            seen = std::move(*content);
            since = Clock::now();
        }
        if (first || Clock::now() - since >= m_settings.settle) {
            m_last = std::move(seen);
            return m_last;
        }
    } while (sleep(stop, m_settings.interval));
    return std::nullopt;
}

} // namespace llmd
