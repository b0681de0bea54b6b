// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/base/runcontext.h>

#include <stop_token>
#include <thread>

namespace llmd::cli {

/**
 * Turns the first Ctrl+C into a request to stop, so that a long command ends between two steps; the second one ends the
 * program at once. At most one at a time, made before other threads are.
 */
class InterruptWatch
{
public:
    InterruptWatch();
    InterruptWatch(const InterruptWatch&) = delete;
    InterruptWatch& operator=(const InterruptWatch&) = delete;
    ~InterruptWatch();

    [[nodiscard]] std::stop_token token() const { return m_source.get_token(); }

private:
    std::stop_source m_source;
    std::jthread m_thread;
};

/** One line on stderr that counts up, on terminals only. */
class ProgressLine final : public ProgressSink
{
public:
    explicit ProgressLine(bool quiet);
    void update(std::uint64_t done, std::uint64_t total, std::string_view phase) override;
    void clear(); ///< before other output

private:
    bool m_enabled;
    bool m_shown = false;
};

} // namespace llmd::cli
