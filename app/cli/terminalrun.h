// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/base/runcontext.h>

#include <csignal>
#include <stop_token>
#include <thread>

namespace llmd::cli {

/**
 * The run of a command that may take long: Ctrl+C asks it to stop (a second one ends the program), and progress goes to
 * stderr if that is a terminal. One at a time; make it in the main thread before any other thread is started.
 */
class TerminalRun final : private ProgressSink
{
public:
    explicit TerminalRun(unsigned threads);
    ~TerminalRun() override;
    TerminalRun(const TerminalRun&) = delete;
    TerminalRun& operator=(const TerminalRun&) = delete;

    [[nodiscard]] RunContext& context() { return m_context; }

private:
    void update(std::uint64_t done, std::uint64_t total, std::string_view phase) override;
    void watch(const std::stop_token& ended);

    std::stop_source m_stop;
    RunContext m_context;
    bool m_shown = false;
    sigset_t m_before {};
    std::jthread m_watcher; // last: it uses the others
};

} // namespace llmd::cli
