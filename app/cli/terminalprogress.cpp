// SPDX-License-Identifier: Apache-2.0
#include "terminalprogress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>

namespace llmd::cli {

TerminalProgress::TerminalProgress(const RunContext& run)
    : m_context(run)
{
    if (isatty(STDERR_FILENO))
        m_context.progress = this;
}

TerminalProgress::~TerminalProgress()
{
    clear();
}

void TerminalProgress::clear()
{
    if (m_shown)
        fmt::print(stderr, "\r\033[K");
    m_shown = false;
}

void TerminalProgress::update(std::uint64_t done, std::uint64_t total, std::string_view phase)
{
    m_shown = true;
    fmt::print(stderr, "\r\033[K{}: {} of {}", phase, done, total);
    std::fflush(stderr);
}

} // namespace llmd::cli
