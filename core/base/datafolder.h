// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

namespace llmd {

/**
 * Makes `userDataFolder()` (file.h) answer with this folder from now on, for users who keep their additions elsewhere. An empty
 * path gives back the usual one. May be called from any thread; who has asked before keeps the old answer.
 */
void setUserDataFolder(const std::filesystem::path& folder);
/** The folder that holds unless another one is set. */
[[nodiscard]] std::filesystem::path usualDataFolder();

} // namespace llmd
