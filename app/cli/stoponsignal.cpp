// SPDX-License-Identifier: Apache-2.0
#include "stoponsignal.h"

#include <pthread.h>
#include <unistd.h>

#include <csignal>

namespace llmd::cli {

namespace {

/** The exit status that shells give to a program that a signal ended. */
constexpr int signalExit = 128;

sigset_t stopSignals()
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    return signals;
}

void waitForSignals(const std::stop_token& finished, std::stop_source& stop)
{
    const sigset_t signals = stopSignals();
    int signal = 0;
    while (::sigwait(&signals, &signal) == 0 && !finished.stop_requested()) {
        if (!stop.request_stop()) // it had been requested before
            ::_exit(signalExit + signal);
    }
}

} // namespace

StopOnSignal::StopOnSignal()
{
    const sigset_t signals = stopSignals();
    ::pthread_sigmask(SIG_BLOCK, &signals,
                      nullptr); // inherited by all threads: the waiter gets them
    m_waiter =
        std::jthread([this](const std::stop_token& finished) { waitForSignals(finished, m_stop); });
}

StopOnSignal::~StopOnSignal()
{
    m_waiter.request_stop();
    ::pthread_kill(m_waiter.native_handle(), SIGTERM); // wakes it
}

} // namespace llmd::cli
