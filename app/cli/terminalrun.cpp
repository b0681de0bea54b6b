// SPDX-License-Identifier: Apache-2.0
#include "terminalrun.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <ctime>

namespace llmd::cli {

namespace {

sigset_t interrupt()
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    return set;
}

} // namespace

TerminalRun::TerminalRun(unsigned threads)
{
    m_context.stop = m_stop.get_token();
    m_context.threads = threads;
    if (isatty(STDERR_FILENO))
        m_context.progress = this;
    // Blocked in all threads that follow, so that only the watcher sees it: hardly anything may be done in a handler.
    const sigset_t set = interrupt();
    pthread_sigmask(SIG_BLOCK, &set, &m_before);
    m_watcher = std::jthread([this](const std::stop_token& ended) { watch(ended); });
}

TerminalRun::~TerminalRun()
{
    m_watcher.request_stop();
    m_watcher.join();
    pthread_sigmask(SIG_SETMASK, &m_before, nullptr);
    if (m_shown)
        fmt::print(stderr, "\r\033[K"); // leaves no trace of the progress line
}

void TerminalRun::update(std::uint64_t done, std::uint64_t total, std::string_view phase)
{
    m_shown = true;
    fmt::print(stderr, "\r\033[K{}: {} of {}", phase, done, total);
    std::fflush(stderr);
}

void TerminalRun::watch(const std::stop_token& ended)
{
    const sigset_t set = interrupt();
    const timespec interval { 0, 100'000'000 };
    while (!ended.stop_requested()) {
        if (sigtimedwait(&set, nullptr, &interval) != SIGINT)
            continue;
        m_stop.request_stop();
        pthread_sigmask(SIG_UNBLOCK, &set, nullptr); // the next one ends the program
    }
}

} // namespace llmd::cli
