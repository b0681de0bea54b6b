// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "result.h"

#include <filesystem>
#include <string>
#include <string_view>

namespace llmd {

/** Largest text file that we read unless a caller says otherwise. */
constexpr std::uintmax_t defaultFileLimit = 64u << 20;

/** The whole file as bytes. Refuses folders, unreadable files and more than `limit` bytes. */
[[nodiscard]] Result<std::string> readFile(const std::filesystem::path& path,
                                           std::uintmax_t limit = defaultFileLimit);

/**
 * Replaces `path` at once or not at all: writes a temporary file in the same folder, syncs it and renames it.
 * The old content stays when anything fails. The folder must exist.
 */
[[nodiscard]] Result<> writeFileAtomically(const std::filesystem::path& path, std::string_view content);

/** Where the user keeps additions: `llmd-planner` in XDG_DATA_HOME or `~/.local/share`; empty without a home. */
[[nodiscard]] std::filesystem::path userDataFolder();

} // namespace llmd
