// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stop_token>
#include <thread>

namespace llmd::cli {

/**
 * Turns the first Ctrl+C (or SIGTERM) into a request to stop, so that a search shows what it has and external engines are
 * ended with us; the second one ends the program at once. Make it before any other thread.
 */
class StopOnSignal
{
public:
    StopOnSignal();
    ~StopOnSignal();
    StopOnSignal(const StopOnSignal&) = delete;
    StopOnSignal& operator=(const StopOnSignal&) = delete;

    [[nodiscard]] std::stop_token token() const { return m_stop.get_token(); }

private:
    std::stop_source m_stop;
    std::jthread m_waiter;
};

} // namespace llmd::cli
