// SPDX-License-Identifier: Apache-2.0
#include "interrupt.h"

#include <fmt/format.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <ctime>

namespace llmd::cli {

namespace {

sigset_t interruptSet()
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    return set;
}

} // namespace

InterruptWatch::InterruptWatch()
{
    // Blocked here and in all threads to come; only the one below takes the signal, where any code may run.
    const auto set = interruptSet();
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    m_thread = std::jthread([this](const std::stop_token& end) {
        const auto awaited = interruptSet();
        const timespec wait { 0, 50'000'000 };
        while (!end.stop_requested()) {
            if (sigtimedwait(&awaited, nullptr, &wait) <= 0)
                continue;
            if (m_source.stop_requested())
                std::_Exit(128 + SIGINT);
            m_source.request_stop();
        }
    });
}

InterruptWatch::~InterruptWatch()
{
    m_thread.request_stop();
    m_thread.join();
    const auto set = interruptSet();
    pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
}

ProgressLine::ProgressLine(bool quiet)
    : m_enabled(!quiet && ::isatty(STDERR_FILENO) == 1)
{ }

void ProgressLine::update(std::uint64_t done, std::uint64_t total, std::string_view phase)
{
    if (!m_enabled)
        return;
    fmt::print(stderr, "\r{} {}/{}\x1b[K", phase, done, total);
    std::fflush(stderr);
    m_shown = true;
}

void ProgressLine::clear()
{
    if (m_shown)
        fmt::print(stderr, "\r\x1b[K");
    m_shown = false;
}

} // namespace llmd::cli
