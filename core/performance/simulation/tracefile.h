// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "request.h"

#include <core/base/result.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace llmd {

/** One request of a trace. */
struct TraceEntry
{
    double arrival = 0; ///< s after the first one
    std::uint32_t prompt = 1; ///< tokens
    std::uint32_t output = 1;
    std::uint32_t firstSegment = 0; ///< in `Trace::segments`
    std::uint32_t segments = 0;
    std::uint8_t level = 0; ///< priority, 0 = most urgent

    bool operator==(const TraceEntry&) const = default;
};

/** A recorded sequence of requests in the order of time. */
struct Trace
{
    std::string name;
    std::vector<TraceEntry> entries;
    std::vector<PromptSegment> segments; ///< of all entries: what prompts have in common
    int levels = 1; ///< priorities
};

/** What a trace may hold; more is refused. */
struct TraceLimits
{
    std::size_t bytes = std::size_t { 512 } << 20;
    std::size_t entries = 5'000'000;
    std::size_t segments = 50'000'000;
};

/**
 * Reads a trace from text.
 * JSON lines, one object each: `timestamp` (ms) or `arrival_s`; `input_length` or `prompt_tokens` or `input_tokens`;
 * `output_length` or `output_tokens`; optional `hash_ids` (the public Mooncake form: ids of 512-token blocks of the prompt,
 * equal where prompts are equal up to there) and `priority`.
 * CSV with a header line: the same names, and those of the public Azure traces (`TIMESTAMP` as date and time,
 * `ContextTokens`, `GeneratedTokens`).
 * Lines may come in any order of time. Fails with the line on the first one that is not understood, and on anything over
 * the limits.
 */
[[nodiscard]] Result<Trace> parseTrace(std::string_view text, const std::string& name,
                                       const TraceLimits& limits = {});
[[nodiscard]] Result<Trace> readTrace(const std::filesystem::path& path,
                                      const TraceLimits& limits = {});

} // namespace llmd
