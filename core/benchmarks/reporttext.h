// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/base/result.h>

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace llmd {

enum class ReportSyntax { Json, Yaml, Csv };

/** What the text looks like, by its first characters. */
[[nodiscard]] ReportSyntax syntaxOf(std::string_view text);

/** Largest report; per-request arrays make GuideLLM files large. */
constexpr std::size_t reportTextLimit = 64u << 20;

/**
 * The documents of a JSON or YAML text as one kind of tree. Load generators write more than RFC 8259 allows: a byte
 * order mark, bare NaN and Infinity (which become "" and the text "inf" here), and several documents one after another.
 * Per-request arrays that no importer reads are left out. Depth and number of values are bounded.
 */
[[nodiscard]] Result<std::vector<nlohmann::json>>
parseReportText(std::string_view text, ReportSyntax syntax, const std::string& name);

} // namespace llmd
