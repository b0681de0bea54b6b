// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/base/runcontext.h>

namespace llmd::cli {

/** Shows the progress of a run in one line on stderr if that is a terminal, and clears the line at the end. */
class TerminalProgress final : private ProgressSink
{
public:
    explicit TerminalProgress(const RunContext& run);
    ~TerminalProgress() override;
    TerminalProgress(const TerminalProgress&) = delete;
    TerminalProgress& operator=(const TerminalProgress&) = delete;

    [[nodiscard]] RunContext& context() { return m_context; }
    void clear(); ///< before other output

private:
    void update(std::uint64_t done, std::uint64_t total, std::string_view phase) override;

    RunContext m_context;
    bool m_shown = false;
};

} // namespace llmd::cli
