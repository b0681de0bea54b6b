// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <stop_token>
#include <string_view>

namespace llmd {

/** Receives the progress of a long computation; called from the computing threads, at most every 50 ms or so. */
class ProgressSink
{
public:
    virtual ~ProgressSink() = default;
    /** `total` of 0 means that it is not known yet. `phase` is a short English id such as "search". */
    virtual void update(std::uint64_t done, std::uint64_t total, std::string_view phase) = 0;
};

/** What a core computation is told about its run: when to stop, whom to tell, and how to be reproducible. */
struct RunContext
{
    std::stop_token stop;
    ProgressSink* progress = nullptr;
    std::uint64_t seed = 1;
    unsigned threads = 0; ///< 0 means one per hardware thread; results never depend on it

    [[nodiscard]] bool cancelled() const { return stop.stop_requested(); }
};

} // namespace llmd
